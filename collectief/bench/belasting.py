"""Load on a web server of our own: by wrk when it is on the PATH, else by threads of this process."""

import http.client
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from urllib.parse import urlsplit

from collectief.bench.meting import Tempo, p95

VERBINDINGEN = 4
ELKE = 0.04  # seconds from one visitor to the next: busy, and yet no queue

# Takes the addresses in turn and prints one line of JSON at the end. Times are in microseconds.
LUA = """
local paden, koppen, stap = %(paden)s, %(koppen)s, %(begin)d
request = function()
  stap = stap + 1
  return wrk.format("GET", paden[stap %% #paden + 1], koppen)
end
done = function(samen, wachttijd, _)
  io.write(string.format('\\nUITSLAG {"verzoeken": %%d, "duur": %%d, "p95": %%d, "fouten": %%d}\\n', samen.requests,
    samen.duration, wachttijd:percentile(95), samen.errors.status + samen.errors.connect + samen.errors.read
    + samen.errors.write + samen.errors.timeout))
end
"""


class Mislukt(Exception):
    """The load did not go as it should: the figures would mean nothing."""


@dataclass(frozen=True)
class Uitslag:
    """Requests a second and the 95th percentile of the waiting time in milliseconds."""

    per_seconde: float
    p95: float


def generator() -> str:
    """The name of the load generator, for the report."""
    return "wrk" if shutil.which("wrk") else "threads in Python (wrk is not on the PATH)"


def belast(basis: str, paden: Sequence[str], seconden: float, koppen: Mapping[str, str], begin: int = 0) -> Uitslag:
    """Ask these addresses in turn over a few connections. Raises Mislukt when any answer is an error."""
    programma = shutil.which("wrk")
    if programma and seconden >= 1:
        return _met_wrk(programma, basis, paden, seconden, koppen, begin)
    return _met_draden(basis, paden, seconden, koppen, begin)


def om_beurten(basis: str, tempo: Tempo, koppen: Mapping[str, str], **wat: Sequence[str]) -> dict[str, Uitslag]:
    """Warm up and load each set of addresses in turn, several rounds; the medians per set."""
    gemeten: dict[str, list[Uitslag]] = {naam: [] for naam in wat}
    for paden in wat.values():
        belast(basis, paden, tempo.opwarmen, koppen)
    for ronde in range(tempo.rondes):
        for naam, paden in wat.items():
            begin = ronde * len(paden) // tempo.rondes
            gemeten[naam].append(belast(basis, paden, tempo.seconden, koppen, begin))
    return {
        naam: Uitslag(median(u.per_seconde for u in uitslagen), median(u.p95 for u in uitslagen))
        for naam, uitslagen in gemeten.items()
    }


def kuier(
    basis: str, paden: Sequence[str], seconden: float, koppen: Mapping[str, str] | None = None, elke: float = ELKE
) -> list[float]:
    """One visitor after the other, `elke` seconds apart; how many milliseconds each had to wait."""
    return _vraag(basis, paden, perf_counter() + seconden, koppen or {}, pauze=elke)


def _met_wrk(
    programma: str, basis: str, paden: Sequence[str], seconden: float, koppen: Mapping[str, str], begin: int
) -> Uitslag:
    with tempfile.TemporaryDirectory() as map_:
        script = Path(map_) / "vraag.lua"
        tabel = ", ".join(f"[{json.dumps(kop)}] = {json.dumps(waarde)}" for kop, waarde in koppen.items())
        lijst = ", ".join(json.dumps(pad) for pad in paden)
        script.write_text(LUA % {"paden": f"{{{lijst}}}", "koppen": f"{{{tabel}}}", "begin": begin})
        opdracht = [
            programma,
            "-t1",
            f"-c{VERBINDINGEN}",
            f"-d{round(seconden)}s",
            "--timeout",
            "30s",
            "-s",
            str(script),
            basis,
        ]
        uitvoer = subprocess.run(opdracht, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our list
    uitslag = json.loads(uitvoer.partition("UITSLAG ")[2].splitlines()[0])
    if uitslag["fouten"] or not uitslag["verzoeken"]:
        raise Mislukt(f"{uitslag['fouten']} of {uitslag['verzoeken']} requests went wrong, such as {paden[0]}")
    return Uitslag(uitslag["verzoeken"] / uitslag["duur"] * 1_000_000, uitslag["p95"] / 1000)


def _met_draden(basis: str, paden: Sequence[str], seconden: float, koppen: Mapping[str, str], begin: int) -> Uitslag:
    start = perf_counter()
    with ThreadPoolExecutor(VERBINDINGEN) as draden:
        delen = [
            draden.submit(_vraag, basis, _rond(paden, begin + nummer), start + seconden, koppen)
            for nummer in range(VERBINDINGEN)
        ]
        tijden = [tijd for deel in delen for tijd in deel.result()]
    return Uitslag(len(tijden) / (perf_counter() - start), p95(tijden))


def _rond(paden: Sequence[str], begin: int) -> list[str]:
    """The same addresses, beginning elsewhere."""
    begin %= len(paden)
    return [*islice(paden, begin, None), *islice(paden, begin)]


def _vraag(basis: str, paden: Sequence[str], einde: float, koppen: Mapping[str, str], pauze: float = 0) -> list[float]:
    tijden: list[float] = []
    with closing(http.client.HTTPConnection(urlsplit(basis).netloc, timeout=30)) as verbinding:
        while not tijden or perf_counter() < einde:
            pad = paden[len(tijden) % len(paden)]
            begin = perf_counter()
            verbinding.request("GET", pad, headers=dict(koppen))
            antwoord = verbinding.getresponse()
            antwoord.read()
            tijden.append((perf_counter() - begin) * 1000)
            if antwoord.status >= 400:
                raise Mislukt(f"{antwoord.status} at {pad}")
            sleep(max(0, begin + pauze - perf_counter()))
    return tijden
