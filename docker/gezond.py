"""Health check of a container: are the named parts in order, according to the health page?

    python docker/gezond.py http://web:8000 worker

Reads the page's JSON whether it says 200 or 503: one part that is down does not make the others unhealthy.
"""

import json
import os
import sys
import urllib.error
import urllib.request


def lees(basis: str) -> dict[str, object]:
    """The health page of the site at `basis`, asked for under the name that the site is known by."""
    domein = os.environ.get("TOEGESTANE_HOSTS", "").split(",")[0]
    vraag = urllib.request.Request(f"{basis}/gezond/", headers={"Host": domein} if domein else {})  # noqa: S310
    try:
        with urllib.request.urlopen(vraag, timeout=5) as antwoord:  # noqa: S310 - our own site
            return json.load(antwoord)
    except urllib.error.HTTPError as fout:
        return json.load(fout)


def main(basis: str, *delen: str) -> int:
    """0 when every named part is in order, otherwise 1."""
    try:
        gezond = lees(basis)
    except (OSError, ValueError):
        return 1
    return 0 if all(gezond.get(deel) is True for deel in delen) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
