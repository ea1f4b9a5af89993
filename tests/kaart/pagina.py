"""The map page as a reader sees it."""

import re


def tekst_van(response) -> str:
    """Return the words of the page."""
    inhoud = re.sub(r"<(script|svg)\b.*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", inhoud).split())
