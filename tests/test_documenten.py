"""Documents that have to stay true are compared with the code."""

import importlib
import re
from pathlib import Path

import pghistory.models
import pytest
from django.apps import apps
from django.db.models import Choices, Field, Model

from collectief.management.commands.maak_schermafbeeldingen import BEELDEN
from tests.test_repo import ONZE_APPS, PYTHON, WORTEL

CONTRIBUTING = (WORTEL / "CONTRIBUTING.md").read_text()
BEHEER = (WORTEL / "docs/beheer.md").read_text()
PRIVACY = (WORTEL / "docs/privacy.md").read_text()
DOCUMENTEN = [*WORTEL.glob("*.md"), *WORTEL.glob("docs/**/*.md")]
# Other people's apps that keep something about our users.
VREEMDE_APPS = ["account", "mfa", "usersessions", "sessions", "admin"]

# Reviewed by hand: these fields say nothing about a person. A field that is neither here nor in docs/privacy.md fails.
NIET_PERSOONLIJK = {
    "Rol": "id",
    "Roluitnodiging": "id",
    "Postcode": "pc4 plaats gemeente provincie lat lon rd nauwkeurigheid",
    "Plaats": "id naam gemeente provincie lat lon rd aantal_postcodes",
    "Bericht": "id pogingen pacht_tot overdag trace",
    "Berichtdeel": "id bericht is_vervallen",
    "Afmelding": "id",
    "Ladderinstelling": "initiatief vooraf vandaag daarna coordinator bord vanaf_uur tot_uur werkdagen",
    "Hartslag": "naam gezien_op",
    "Wijziging": "id op",
    "Initiatief": "id naam slug naam_sleutel lidmaatschap lid_sinds soort domein omschrijving werkwijze doelgroepen "
    "aanbod_hoofd aanbod_hart aanbod_handen begeleiding bekostiging bekostiging_uitleg opgericht_op aantal_jongeren "
    "leeftijd_van leeftijd_tot website is_demo aangemaakt_op past_wel past_niet groepsgrootte reizen toegankelijk "
    "openingstijden kennismaken is_vindbaar bevestigd_op verwijderd_op",
    "Bladzijdewijziging": "id onderdeel locatie stand",
    "Versheid": "initiatief ronde stiltes gevraagd_op volgende_op plekken_gevraagd_op bellen_sinds bellen_waarom "
    "bellen_weer_op",
    "Bevestiging": "id initiatief antwoord weg",
    "Bladzijdemelding": "id initiatief wat",
    "Verbondgenootcontact": "id verbondgenoot hoe",
    "OudAdres": "id slug initiatief sinds",
    "Plekfoto": "id initiatief breedte hoogte volgorde is_openbaar",
    "Plekverhaal": "id initiatief foto herkomst bron",
    "Aanmelding": "id naam soort omschrijving pc4 plaats website opgericht_op aantal_jongeren leeftijd_van "
    "leeftijd_tot initiatief toestand besluit aangehouden_tot aangemaakt_op ingediend_op is_demo benadering "
    "is_online is_landelijk bezwaar_tegen tweede_oordeel wacht_op veranderd_op",
    "Aanmeldconcept": "id",
    "AanmeldingBericht": "id aanmelding soort",
    "AanmeldingLezing": "id aanmelding",
    "Gespreksmoment": "id aanmelding begint_op minuten gekozen_op",
    "Referentie": "id aanmelding initiatief",
    "Benadering": "id versie tekst wat_anders vastgesteld_op",
    "Onderschrijving": "id benadering initiatief",
    "Importproef": "id zijn_lid",
    "Jaarcheck": "id initiatief voor_datum gevraagd_op aantal_jongeren bron toelichting besproken_waarom",
    "Toets": "id aanmelding soort oordeel",
    "AanmeldingStap": "id aanmelding stap van naar",
    "Locatie": "id initiatief naam is_online is_landelijk nauwkeurigheid plaats provincie",
    "Plekken": "id initiatief leeftijd_van leeftijd_tot toestand wachtweken per_datum",
    "Verbondgenoot": "id organisatie werkveld is_ambassadeur wat_we_elkaar_brengen website is_demo",
    "JongereIdentiteit": "jongere",
    "Bijeenkomst": "id soort titel omschrijving begint_op eindigt_op plaats link capaciteit status afgelast_omdat "
    "is_openbaar is_demo bron uid volgnummer_agenda aangemaakt_op gewijzigd_op pc4 reis provincies gastheer "
    "introducees afmelden_tot groep_uitgenodigd_op",
    "Antwoordmail": "id",
    "Rondmail": "id bijeenkomst soort wie dagen_vooraf uur sleutel verstuurd_voor aantal",
    "Uitnodiging": "id",
    "Zoekvraag": "id pc4 maand aantal",
    "Contactcijfer": "id maand soort waarde aantal",
    "Dekking": "id versie berekend_op gegevens",
    "Programmadeel": "id bijeenkomst volgorde titel minuten",
    "Document": "id bijeenkomst mediatype omvang voor",
    "Voorbereider": "id",
    "Belangstelling": "id",
    "Schoolvakantie": "id schooljaar soort regio van tot_en_met bron",
    "Vraag": "id initiatief hulp is_vertrouwelijk bijeenkomst stand minuten geplaatst_op beantwoord_op in_vraag "
    "keer_doorgeschoven stapnummer aangemaakt_op",
    "Vraagsteun": "id vraag initiatief",
    "Datumprikker": "id soort titel toelichting plaats link stand bijeenkomst aangemaakt_op antwoord_tot herinnert "
    "herinnerd_op",
    "Prikdatum": "id prikker begint_op eindigt_op",
    "Prikgast": "id",
    "Prik": "id",
    "Verslag": "id bijeenkomst stand samenvatting vastgesteld_op aangemaakt_op",
    "Verslagdeel": "id verslag kop tekst lezers",
    "Besluit": "id verslag tekst raakt vanaf lezers",
    "Actie": "id verslag lezers aangemaakt_op",
    "Verslagreactie": "id verslag verwerkt_op",
    "EmailAddress": "id primary",
    "EmailConfirmation": "id",
    "Authenticator": "id",
    "UserSession": "id",
    "LogEntry": "id content_type action_flag",
}


def _modellen(namen: list[str]) -> list[type[Model]]:
    return [model for naam in namen for model in apps.get_app_config(naam).get_models()]


# --- CONTRIBUTING: the glossary -------------------------------------------------------------------------------------


def _keuzes() -> list[type[Choices]]:
    """Every enum of choices in our own code, nested ones too."""
    for pad in PYTHON:
        if pad.parts[len(WORTEL.parts)] in {"collectief", "initiatieven", "trajecten", "bijeenkomsten", "kaart"} and (
            "Choices" in pad.read_text() and "migrations" not in pad.parts
        ):
            importlib.import_module(".".join(pad.relative_to(WORTEL).with_suffix("").parts).removesuffix(".__init__"))
    gevonden, open_ = [], [Choices]
    while open_:
        soort = open_.pop()
        open_ += soort.__subclasses__()
        if len(soort) and soort.__module__.split(".")[0] in {"collectief", *ONZE_APPS}:
            gevonden.append(soort)
    return gevonden


def _uitgelegd() -> set[str]:
    woordenlijst = CONTRIBUTING.split("## Glossary")[1]
    return set(re.findall(r"\*\*([^*]+)\*\*(?=:|,)", woordenlijst))


def test_every_model_is_in_the_glossary():
    modellen = {model.__name__ for model in _modellen(ONZE_APPS) if not issubclass(model, pghistory.models.Event)}

    assert len(modellen) > 20
    assert modellen - _uitgelegd() == set()


def test_every_enum_is_in_the_glossary():
    namen = {keuze.__qualname__ for keuze in _keuzes()}

    assert {"Fase", "Traject.Toestand", "Uitnodiging.Antwoord"} <= namen
    assert namen - _uitgelegd() == set()


def test_every_state_is_in_the_glossary():
    woordenlijst = CONTRIBUTING.split("## Glossary")[1]
    toestanden = {
        waarde
        for keuze in _keuzes()
        if keuze.__name__
        in {"Fase", "Toestand", "Status", "Besluit", "Oordeel", "Antwoord", "Resultaat", "Lidmaatschap"}
        for waarde in keuze.values
    }

    assert {waarde for waarde in toestanden if f"`{waarde}`" not in woordenlijst} == set()


# --- docs/beheer.md: the settings -----------------------------------------------------------------------------------


def _gelezen_instellingen() -> set[str]:
    tekst = (WORTEL / "collectief/settings.py").read_text()
    return set(re.findall(r"""(?:env(?:\.\w+)?|_ja)\(\s*"([A-Z_]+)\"""", tekst)) | {"DATABASE_OWNER_URL"}


def test_every_setting_is_explained_and_none_that_does_not_exist():
    uitgelegd = set(re.findall(r"^\| `([A-Z_]+)` \|", BEHEER, re.MULTILINE))

    assert uitgelegd == _gelezen_instellingen()


def test_the_defaults_that_are_told_are_the_real_ones():
    tekst = (WORTEL / "collectief/settings.py").read_text()
    verteld = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]*)` \|", BEHEER, re.MULTILINE))
    echt = dict(re.findall(r"""env\.\w+\("([A-Z_]+)", default="?([^")\n]+?)"?\)""", tekst))
    echt |= {
        naam: "ja" if aan == "True" else "nee" for naam, aan in re.findall(r'_ja\("(\w+)", standaard=(\w+)\)', tekst)
    }

    assert len(echt) > 12
    assert {naam: (verteld.get(naam), echt[naam]) for naam in echt if verteld.get(naam) != echt[naam]} == {}


# --- docs/privacy.md: every field about a person --------------------------------------------------------------------


def _beschreven() -> set[tuple[str, str]]:
    """Rows of the tables: | `Model`: `veld`, `veld` | why | where | who | how long |"""
    velden = set()
    for rij in re.findall(r"^\| (`\w+`: .+) \|$", PRIVACY, re.MULTILINE):
        kolommen = rij.split(" | ")
        assert len(kolommen) == 5, rij
        assert all(kolom.strip() for kolom in kolommen), rij
        model, *namen = re.findall(r"`(\w+)`", kolommen[0])
        velden |= {(model, naam) for naam in namen}
    return velden


def _velden(model: type[Model]) -> list[Field]:
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def _alle_velden() -> set[tuple[str, str]]:
    return {
        (model.__name__, veld.name)
        for model in _modellen([*ONZE_APPS, *VREEMDE_APPS])
        if not issubclass(model, pghistory.models.Event)
        for veld in _velden(model)
    }


def test_every_field_is_in_the_privacy_table_or_says_nothing_about_a_person():
    nagekeken = {(model, veld) for model, velden in NIET_PERSOONLIJK.items() for veld in velden.split()}

    assert _alle_velden() - _beschreven() - nagekeken == set()


def test_the_privacy_table_names_no_field_that_does_not_exist_or_is_not_personal():
    nagekeken = {(model, veld) for model, velden in NIET_PERSOONLIJK.items() for veld in velden.split()}

    assert _beschreven() - _alle_velden() == set()
    assert nagekeken - _alle_velden() == set()
    assert _beschreven() & nagekeken == set()


def test_the_history_of_a_table_keeps_nothing_that_the_table_does_not_have():
    """docs/privacy.md says of a history only that it keeps what its table keeps."""
    for model in _modellen(ONZE_APPS):
        if issubclass(model, pghistory.models.Event):
            eigen = {veld.name for veld in _velden(model) if not veld.name.startswith("pgh_")}
            assert eigen <= {veld.name for veld in _velden(model.pgh_tracked_model)}


# --- The guide, and links in every document ---------------------------------------------------------------------------


def _verwijzingen(document: Path) -> list[str]:
    return [
        doel.split("#")[0]
        for doel in re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", document.read_text())
        if not re.match(r"https?:|mailto:|#", doel)
    ]


@pytest.mark.parametrize("document", DOCUMENTEN, ids=lambda pad: pad.relative_to(WORTEL).as_posix())
def test_a_document_points_only_at_files_that_exist(document):
    assert [doel for doel in _verwijzingen(document) if not (document.parent / doel).exists()] == []


def test_a_folder_that_the_readme_names_exists():
    mappen = re.findall(r"`([a-z_/]+/)`", (WORTEL / "README.md").read_text())

    assert [map_ for map_ in mappen if not map_.startswith("/") and not (WORTEL / map_).is_dir()] == []


def test_every_role_has_a_guide():
    gidsen = {pad.stem for pad in (WORTEL / "docs/gids").glob("*.md")}

    assert gidsen == {
        "README",
        "ouders-en-jongeren",
        "aanmelder",
        "medewerker",
        "samen",
        "coordinator",
        "kernteam",
        "beheerder",
        "verbondgenoot",
    }


def test_the_pictures_of_the_guide_are_light_and_all_used():
    beelden = {pad for pad in (WORTEL / "docs/gids/beelden").iterdir() if pad.suffix in {".png", ".webp"}}
    gebruikt = {
        (gids.parent / doel).resolve()
        for gids in (WORTEL / "docs/gids").glob("*.md")
        for doel in _verwijzingen(gids)
        if "beelden/" in doel
    }

    assert beelden == gebruikt
    assert {beeld.stem for beeld in beelden} == {beeld.naam for beeld in BEELDEN}
    assert sum(beeld.stat().st_size for beeld in beelden) < 3_000_000


def test_every_promise_names_proof_that_exists():
    regels = re.findall(r"^\| (R\d+) \|.*\|(.*)\|$", (WORTEL / "docs/beloften.md").read_text(), re.MULTILINE)
    bewijzen = {nummer: re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", bewijs) for nummer, bewijs in regels}

    assert list(bewijzen) == [f"R{nummer}" for nummer in range(1, 15)]
    assert [nummer for nummer, gevonden in bewijzen.items() if not gevonden] == []
    for bestand, naam in (bewijs for gevonden in bewijzen.values() for bewijs in gevonden):
        assert f"\ndef {naam}(" in (WORTEL / bestand).read_text(), naam
