"""The questions of "Help me zoeken", in words for somebody of fourteen. Every answer is a filter of the map."""

from __future__ import annotations

from dataclasses import dataclass

MAAKT_NIET_UIT = ""


@dataclass(frozen=True)
class Hulpvraag:
    """One question. `naam` is a parameter of the map, each choice one of its values; `mag_meer`: more than one."""

    naam: str
    vraag: str
    uitleg: str
    keuzes: dict[str, str]
    mag_meer: bool = True


HULPVRAGEN = (
    Hulpvraag(
        "soort",
        "Waar zou je je thuis kunnen voelen?",
        "Kies alles wat je fijn lijkt. Of niets, dat mag ook.",
        {
            "boerderij": "op een boerderij, bij dieren",
            "tuin": "buiten, in een tuin of bos",
            "werkplaats": "in een werkplaats, iets maken of bouwen",
            "atelier": "in een atelier: tekenen, muziek, toneel",
            "kleine_school": "op een kleine school, waar je op jouw manier leert",
            "praktijk": "in een rustige ruimte, met iemand om mee te praten",
        },
    ),
    Hulpvraag(
        "voor",
        "Wat past bij jou?",
        "We bewaren dit niet. Het helpt alleen om plekken te kiezen.",
        {
            "rust": "ik wil eerst gewoon even bijkomen",
            "prikkels": "ik heb last van drukte en geluid",
            "doener": "ik leer het meest door te doen",
            "spanning": "school of groepen vind ik spannend",
            "hoogbegaafd": "mijn hoofd gaat snel, ik denk veel",
            "thuis": "ik ben al een tijd thuis",
        },
    ),
    Hulpvraag(
        "samen",
        "Ben je liever alleen of met anderen?",
        "Later kan het altijd anders.",
        {
            "individueel": "liever alleen, met één begeleider",
            "groep": "met een paar anderen erbij",
            MAAKT_NIET_UIT: "dat maakt me niet uit",
        },
        mag_meer=False,
    ),
)
