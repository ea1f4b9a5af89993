"""Prove from the tables that no reminder that was due is still here: what the machine says of itself is not asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_taak
from trajecten.herinneringen import MET_MAIL, achterstand
from trajecten.storingen import NAZORGPOST

TERUG = timedelta(days=30)  # mail that was sent is kept much longer

# Steps that are said to be dealt with, although no mail was ever made about them. Who stopped our mail, or went away
# before it left, has one that fell silent. A mail about several things names its steps in its parts.
ZONDER_BERICHT = f"""
SELECT count(*) FROM trajecten_herinnering h
WHERE h.gezet_op BETWEEN %(sinds)s AND %(nu)s AND h.stap IN ({MET_MAIL})
  AND NOT EXISTS (SELECT 1 FROM post_bericht p WHERE p.groep = 'herinnering:' || h.id AND p.groep <> '')
  AND NOT EXISTS (SELECT 1 FROM post_berichtdeel d WHERE d.groep = 'herinnering:' || h.id)
"""  # noqa: S608 - only constants
# Contact that waits without the last step can be forgotten for good. A soft question has no ladder by design.
ZONDER_BORD = """
SELECT count(*) FROM trajecten_contactmoment c JOIN trajecten_traject t ON t.id = c.traject_id
WHERE c.resultaat = '' AND c.vervallen_op IS NULL AND NOT c.is_zachte_vraag AND t.toestand = 'lopend'
  AND NOT EXISTS (SELECT 1 FROM trajecten_herinnering h
                  WHERE h.contactmoment_id = c.id AND h.planningversie = c.planningversie AND h.stap = 'bord'
                    AND h.vervallen_op IS NULL)
"""


# What each kind of trouble is called, of one and of more.
TE_LAAT = (
    "herinnering was aan de beurt en staat niet in de post",
    "herinneringen waren aan de beurt en staan niet in de post",
)
NIET_WEG = ("mail had al weg moeten zijn", "mails hadden al weg moeten zijn")
NIET_AAN = (
    "mail kwam niet aan en geen coördinator heeft het gezien",
    "mails kwamen niet aan en geen coördinator heeft het gezien",
)
NOOIT_MAIL = (
    "herinnering heet klaar, maar er is nooit een mail van gemaakt",
    "herinneringen heten klaar, maar er is nooit een mail van gemaakt",
)
NOOIT_BORD = (
    "contact wacht zonder laatste stap en kan vergeten raken",
    "contacten wachten zonder laatste stap en kunnen vergeten raken",
)


@dataclass(frozen=True)
class Bevinding:
    """One kind of thing that is not as promised: how often, what it is in Dutch, and what else there is to say."""

    aantal: int
    woorden: tuple[str, str]
    erbij: str = ""

    @property
    def wat(self) -> str:
        een, meer = self.woorden
        return (een if self.aantal == 1 else meer) + self.erbij


def controleer(nu: datetime, marge: timedelta) -> list[Bevinding]:
    """Look at everything that should have happened `marge` before `nu`; empty when all of it did."""
    toen = nu - marge
    te_laat = achterstand(toen)
    sinds = f", het oudste sinds {te_laat.oudste:%Y-%m-%d %H:%M}" if te_laat.oudste else ""
    post = Bericht.objects.filter(soort__in=NAZORGPOST)
    niet_aan = post.filter(toestand=Bericht.Toestand.ONBESTELBAAR, gezien_op=None)
    gevonden = [
        Bevinding(te_laat.aantal, TE_LAAT, sinds),
        Bevinding(post.te_laat(toen).count(), NIET_WEG),
        Bevinding(niet_aan.count(), NIET_AAN),
        Bevinding(_tel(ZONDER_BERICHT, toen), NOOIT_MAIL),
        Bevinding(_tel(ZONDER_BORD, toen), NOOIT_BORD),
    ]
    return [bevinding for bevinding in gevonden if bevinding.aantal]


def _tel(vraag: str, nu: datetime) -> int:
    with als_taak("nazorg"), connection.cursor() as cursor:
        cursor.execute(vraag, {"nu": nu, "sinds": nu - TERUG})
        return cursor.fetchone()[0]
