"""What a visitor fills in, complete and true; a test changes only what it is about."""

from initiatieven.models import Aanmelding, Initiatief
from initiatieven.wijzigen import versie


def aanmelding_data(**anders) -> dict:
    return {
        "naam": "De Morgenster",
        "soort": "werkplaats",
        "omschrijving": "Een kleine werkplaats met een tuin.",
        "pc4": "7201 ab",
        "adres": "",
        "lat": "",
        "lon": "",
        "website": "https://morgenster.example",
        "leeftijd_van": "12",
        "leeftijd_tot": "18",
        "contactpersoon": "Ans Aanmelder",
        "contact_email": "ans@voorbeeld.example",
        "contact_telefoon": "",
        "opgericht_op": "2019-09-01",
        "bewijs_jaar": "Zie de inschrijving.",
        "aantal_jongeren": "9",
        "bewijs_jongeren": "De gemeente.",
        "aantal_op": "2026-11-01",
        "landen": "We beginnen met rust.",
        "verkennen": "We doen wat bij hem past.",
        "doorstromen": "We zoeken samen verder.",
        "nazorg": "We blijven bellen.",
        "bewijs_herkenning": "",
        "versie": "1",
        "onderschrijft": "on",
        "onderwerp": "",
        **anders,
    }


def profiel_data(initiatief: Initiatief, **anders) -> dict:
    """A page without rows of room and places yet; add rows as `plekken-0-…` and `locaties-0-…`."""
    return {
        "naam": initiatief.naam,
        "soort": "boerderij",
        "domein": "snijvlak",
        "omschrijving": "",
        "werkwijze": "",
        "leeftijd_van": "",
        "leeftijd_tot": "",
        "aanbod_hoofd": "",
        "aanbod_hart": "",
        "aanbod_handen": "",
        "aantal_jongeren": "",
        "opgericht_op": "",
        "bekostiging_uitleg": "",
        "email": "",
        "telefoon": "",
        "website": "",
        "plekken-TOTAL_FORMS": "1",
        "plekken-INITIAL_FORMS": "0",
        "locaties-TOTAL_FORMS": "1",
        "locaties-INITIAL_FORMS": "0",
        "locaties-0-nauwkeurigheid": "exact",
        "versie": versie(initiatief),
        **anders,
    }


def oordelen_data(aanmelding: Aanmelding, **anders) -> dict:
    """The three check cards as they stand; change them as `toets_0_oordeel="voldoet"`."""
    data = {"toets-TOTAL_FORMS": "3", "toets-INITIAL_FORMS": "3"}
    for nummer, toets in enumerate(aanmelding.toetsen.all()):
        data |= {
            f"toets-{nummer}-id": str(toets.pk),
            f"toets-{nummer}-oordeel": toets.oordeel,
            f"toets-{nummer}-waarom": toets.waarom,
        }
    return {**data, **{veld.replace("_", "-"): waarde for veld, waarde in anders.items()}}
