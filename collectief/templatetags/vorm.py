"""Template filters of the look."""

from django import template

register = template.Library()

# The first word that occurs wins: browsers name their ancestors too.
BROWSERS = (
    *(("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox")),
    *(("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari")),
)
APPARATEN = (
    *(("iPhone", "een iPhone"), ("iPad", "een iPad"), ("Android", "Android"), ("CrOS", "een Chromebook")),
    *(("Windows", "Windows"), ("Macintosh", "een Mac"), ("Linux", "Linux")),
)


# Long words of ours, with the place where they may break: not every browser knows how to hyphenate Dutch.
LANG = {
    heel.replace("-", ""): heel.replace("-", "\u00ad") for heel in ("ontwikkelings-gerichte", "samenwerkings-verband")
}


@register.filter
def afbreekbaar(tekst: str) -> str:
    """Let long words break with a hyphen on a narrow screen."""
    for heel, in_delen in LANG.items():
        tekst = tekst.replace(heel, in_delen)
    return tekst


def _eerste(lijst: tuple[tuple[str, str], ...], tekst: str) -> str | None:
    return next((naam for teken, naam in lijst if teken in tekst), None)


@register.filter
def apparaat(user_agent: str) -> str:
    """Say in words where someone signed in, from what the browser tells of itself: "Firefox op Windows"."""
    browser = _eerste(BROWSERS, user_agent) or "een browser"
    systeem = _eerste(APPARATEN, user_agent)
    return f"{browser} op {systeem}" if systeem else browser
