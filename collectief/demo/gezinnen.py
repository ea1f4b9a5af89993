"""Families who ask the demo initiative for room, and what was looked for in vain around the country."""

from datetime import timedelta

from collectief.demo.plekken import Plek
from collectief.demo.toeval import Toeval
from kaart.contactstanden import Contactstand, Reden
from kaart.models import Contactplek, Contactverzoek, Zoekvraag
from trajecten.ritme import maanden_later

# Days ago, who asks, her name, the age, how she likes to be reached and when, what she tells, and where it stands.
VRAGEN = (
    (1, "ouder", "Marloes", 13, "bellen", "na vier uur", "Ze is al een jaar thuis en houdt van dieren.", "nieuw"),
    (6, "jongere", "Siem", 16, "bericht", "", "Ik wil graag iets met mijn handen doen.", "nieuw"),
    (12, "ouder", "Youssef", 11, "mail", "", "We zoeken een rustige plek, een of twee dagen.", "in_gesprek"),
    (20, "ander", "Hanneke", 14, "mail", "op dinsdag", "Ik help dit gezin zoeken.", "kennismaking"),
    (33, "ouder", "Joyce", 9, "bellen", "in de ochtend", "", "geen_plek"),
    (41, "ouder", "Pim", 15, "mail", "", "Hij wil het liefst buiten zijn.", "geen_reactie"),
)
TELEFOON = "06 12345678"
# Around which postcode, and how often in each of the last months, the newest first.
ZOEKVRAGEN = {
    "4501": (9, 7, 11, 6),
    "4561": (12, 8, 3, 9),
    "1791": (6, 9, 5),
    "9541": (7, 4, 8, 5),
    "5911": (5, 6),
    "8881": (3, 2, 4),  # too few to be shown
}


def maak_gezinnen(toeval: Toeval, plek: Plek, andere: Plek) -> None:
    """Make the questions; some went to another place as well."""
    for nummer, rij in enumerate(VRAGEN):
        _maak_vraag(toeval, [plek, andere][: 1 + nummer % 2], rij)
    Zoekvraag.objects.bulk_create(
        Zoekvraag(pc4=pc4, maand=maanden_later(toeval.vandaag.replace(day=1), -terug), aantal=aantal)
        for pc4, aantallen in ZOEKVRAGEN.items()
        for terug, aantal in enumerate(aantallen)
    )


def _maak_vraag(toeval: Toeval, plekken: list[Plek], rij: tuple) -> None:
    dagen, wie, naam, leeftijd, hoe, wanneer, bericht, stand = rij
    gevraagd = toeval.moment_op(toeval.vandaag - timedelta(days=dagen))
    verzoek = Contactverzoek.objects.create(
        id=toeval.sleutel(),
        kenmerk=toeval.sleutel(),
        wie=wie,
        naam=naam,
        email=f"{naam.lower()}@voorbeeld.example",
        telefoon=None if hoe == "mail" else TELEFOON,
        hoe=hoe,
        wanneer=wanneer or None,
        leeftijd=leeftijd,
        bericht=bericht or None,
        aangemaakt_op=gevraagd,
        gevraagd_na=30 if dagen > 30 else 0,
    )
    for plek in plekken:
        Contactplek.objects.create(
            verzoek=verzoek,
            initiatief_id=plek.id,
            stand=stand,
            reden=Reden.VOL if stand == Contactstand.GEEN_PLEK else "",
            gevraagd_op=gevraagd,
            sinds=gevraagd if stand == Contactstand.NIEUW else gevraagd + timedelta(days=2),
            herinnerd_op=gevraagd + timedelta(days=5) if stand == Contactstand.NIEUW and dagen > 5 else None,
        )
