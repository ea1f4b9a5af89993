"""How often we ask whether a page is still true, and what silence means. Knows no database.

| silences | with staff, every three months | without staff, every two weeks | what happens |
|---|---|---|---|
| 0 | the page is asked about | asked about at once | a mail |
| 1 | | | a mail again |
| 2 | | | a mail, and the page says that it was not confirmed lately |
| 3 | | | search hides the page, core team calls |
"""

from datetime import date, timedelta

from django.db.models import TextChoices

RITME = timedelta(days=91)
RITME_ZONDER_MEDEWERKERS = timedelta(days=14)
RITME_PLEKKEN = timedelta(days=30)
NIET_BEREIKT = timedelta(days=14)  # core team calls again after this
LABEL_VANAF = 2
VERBORGEN_VANAF = HOOGSTE = 3


class Antwoord(TextChoices):
    """What somebody says about a page."""

    KLOPT = "klopt", "de bladzijde klopt"
    GESTOPT = "gestopt", "we zijn gestopt"
    NIET_BEREIKT = "niet_bereikt", "niet bereikt"


class Bellen(TextChoices):
    """Why core team has to call."""

    STIL = "stil", "drie keer geen antwoord"
    GESTOPT = "gestopt", "zegt gestopt te zijn"
    GEEN_ADRES = "geen_adres", "er is geen mailadres"


def ritme(*, heeft_medewerkers: bool) -> timedelta:
    """Return how long after one question the next one comes."""
    return RITME if heeft_medewerkers else RITME_ZONDER_MEDEWERKERS


def is_vindbaar(stiltes: int) -> bool:
    """Tell whether search shows a page after this many silences."""
    return stiltes < VERBORGEN_VANAF


def eerste_vraag(bevestigd_op: date | None, vandaag: date, *, heeft_medewerkers: bool) -> date:
    """The day of the first question: three months after the last word, or at once when nobody keeps the page."""
    if not heeft_medewerkers:
        return vandaag
    return max(vandaag, bevestigd_op + RITME) if bevestigd_op else vandaag + RITME
