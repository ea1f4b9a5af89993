"""Everything about a young person on a page and as JSON, complete by a walk of the database itself."""

import json
import time
import tracemalloc

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import bewaar_identiteit
from trajecten.models import Inzagelog, JongereIdentiteit, Moment, Preventieplan, Reisblad, Reisboekje, Traject
from trajecten.uitschrijven import als_bestand, json_stukken
from trajecten.uittreksel import BUITEN, Uittreksel, delen

# By hand: generated columns, which repeat another one for searching and sorting. Anything else has to go along.
AFGELEID = {
    ("trajecten_jongere", "roepnaam_sleutel"),
    ("trajecten_moment", "zoekvector"),
    ("trajecten_aanvulling", "zoekvector"),
}

# The walk of the database, written apart from the one that removes: which tables hang below a young person.
WANDELING = """
WITH RECURSIVE onder AS (
    SELECT 'trajecten_jongere'::regclass::oid AS tabel
    UNION
    SELECT c.conrelid FROM pg_constraint c JOIN onder ON c.confrelid = onder.tabel
    WHERE c.contype = 'f' AND c.conparentid = 0
)
SELECT t.relname::text, a.attname::text, a.attgenerated <> ''
FROM onder JOIN pg_class t ON t.oid = onder.tabel AND NOT t.relispartition
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
"""


@pytest.fixture
def adres(traject) -> str:
    return reverse("trajecten:alles", args=[traject.pk])


def wandel() -> tuple[set, set]:
    """The columns of every table below a young person, and which of them are generated."""
    with connection.cursor() as cursor:
        cursor.execute(WANDELING)
        kolommen = cursor.fetchall()
    return {rij[:2] for rij in kolommen}, {rij[:2] for rij in kolommen if rij[2]}


def test_every_column_below_a_young_person_goes_along_or_stands_on_the_list_with_a_reason(db):
    in_de_database, gemaakt = wandel()
    buiten = {apps.get_model("trajecten", naam)._meta.db_table for naam in BUITEN}
    mee = {(deel.model._meta.db_table, veld.column) for deel in delen() for veld in deel.velden}

    mist = {kolom for kolom in in_de_database - mee if kolom[0] not in buiten}

    assert len(in_de_database) > 60
    assert mist - AFGELEID == set()
    assert mist <= gemaakt
    assert mee - in_de_database == set()
    assert all(BUITEN.values())


def test_the_walk_of_the_models_finds_the_tables_that_the_database_finds(db):
    in_de_database, _ = wandel()
    van_de_modellen = {deel.model._meta.db_table for deel in delen()}

    assert van_de_modellen | {"trajecten_momentconcept"} == {tabel for tabel, _ in in_de_database}


def test_the_json_holds_every_kind_with_its_rows(volle_zaak, als, coordinator, adres):
    antwoord = als(coordinator).get(adres, {"wie": "ouders", "vorm": "json"})

    data = json.loads(antwoord.getvalue())
    soorten = {deel["soort"]: deel["rijen"] for deel in data["delen"]}
    assert antwoord["Cache-Control"] == "no-store, private"
    assert antwoord["Content-Disposition"].startswith('attachment; filename="alles-')
    assert (data["versie"], data["gevraagd_door"]) == (1, "de ouders")
    assert list(soorten)[:3] == ["jongere", "jongereidentiteit", "traject"]
    assert all(soorten.values())  # volle_zaak has a row in every table
    assert soorten["jongereidentiteit"][0]["officiele_naam"] == "Noor Voorbeeld"
    assert soorten["moment"][0]["tekst"] == "Samen gekookt."
    assert soorten["moment"][0]["door"] == "Bo Begeleider"


def test_the_page_says_the_same_in_words(volle_zaak, als, coordinator, adres):
    antwoord = als(coordinator).get(adres, {"wie": "samen", "vorm": "html"})

    tekst = antwoord.getvalue().decode()
    assert antwoord["Cache-Control"] == "no-store, private"
    for woord in (
        "Noor Voorbeeld",
        "Samen gekookt.",
        "Bo Begeleider",
        "verbinding met gezin en jongere",
        "Dit was alles",
    ):
        assert woord in tekst
    for ons_woord in ("None", "True", "betrokken</dd>", "vaste_begeleider"):
        assert ons_woord not in tekst


def test_the_page_tells_what_is_kept_in_lists_in_words(als, begeleider, coordinator, traject, adres):
    with als_gebruiker(begeleider.pk):
        inhoud = {"signalen": "Dan slaap ik lang.", "wat_helpt": "", "wat_niet_helpt": ""}
        bellen = [{"wie": "Oma", "hoe": "na vieren"}, {"wie": "De boer", "hoe": ""}]
        Preventieplan.schrijf(traject, inhoud | {"bellen": bellen}, door=begeleider, op_versie=0)
        bewaar_identiteit(identiteit=JongereIdentiteit(jongere_id=traject.jongere_id, geboortedatum="2012-02-29"))
        weg = Reisblad(soort="weg", kop="De weg tot nu", gegevens=[["orientatie", "volgende_stap", "2026-07-31"]])
        Reisboekje.bewaar(traject, titel="Mijn reis", bladen=[weg], door=begeleider)
        moment = Moment.objects.create(
            traject=traject, tekst="Soep.", erbij=[traject.betrokkenen.get().pk], door=begeleider
        )
        Moment.objects.create(traject=traject, tekst="landing", door=begeleider)
        moment.soort, moment.vormen = "lichtje", ["fysiek"]
        moment.pas_aan(gezien=0)

    tekst = als(coordinator).get(adres, {"wie": "samen", "vorm": "html"}).getvalue().decode()

    assert "<dd>landing</dd>" in tekst  # somebody's own words stay as they are
    assert "1. Oma, na vieren<br>2. De boer</dd>" in tekst
    assert "<dd>29 februari 2012</dd>" in tekst
    assert "Oriëntatiefase – doorstromen, volgende stap, 2026-07-31" in tekst
    assert "wat voor moment: indruk<br>" in tekst
    assert "wie waren erbij?: Bo Begeleider" in tekst
    for ons_woord in ("{", "[", "&#x27;", "Gevolgen", "Sleutel", "Planningversie", "volgende_stap"):
        assert ons_woord not in tekst.split("<main")[1].split("Dit was alles")[0], ons_woord


def test_hostile_text_stays_text(als, begeleider, coordinator, traject, adres):
    kwaad = '</script><img src=x onerror=alert(1)>"\\ \u2028'
    with als_gebruiker(begeleider.pk):
        Moment.objects.create(traject=traject, tekst=kwaad, door=begeleider)
    client = als(coordinator)

    tekst = client.get(adres, {"wie": "ouders", "vorm": "html"}).getvalue().decode()
    data = json.loads(client.get(adres, {"wie": "ouders", "vorm": "json"}).getvalue())

    assert "<img src=x" not in tekst
    assert "&lt;img src=x" in tekst
    [moment] = next(deel["rijen"] for deel in data["delen"] if deel["soort"] == "moment")
    assert moment["tekst"] == kwaad


def test_it_is_written_down_who_handed_everything_over_and_for_whom(als, coordinator, traject, adres, kijkt_als):
    als(coordinator).get(adres, {"wie": "samen", "vorm": "json"}).getvalue()

    kijkt_als(coordinator)
    regel = Inzagelog.objects.get()
    assert (regel.wat, regel.grond) == ("alles, voor jongere en ouders samen", "coordinator")


def test_only_the_coordinator_hands_everything_over(als, begeleider, coordinator, buitenstaander, adres, kijkt_als):
    assert als(coordinator).get(adres).status_code == 200
    for wie in (begeleider, buitenstaander):
        assert als(wie).get(adres, {"wie": "ouders", "vorm": "json"}).status_code == 404

    kijkt_als(coordinator)
    assert Inzagelog.objects.filter(gebruiker=begeleider).count() == 0


@pytest.mark.parametrize("vraag", [{"wie": ""}, {"wie": "buurman", "vorm": "html"}, {"wie": "ouders", "vorm": "pdf"}])
def test_an_incomplete_question_gives_the_form_and_nothing_else(als, coordinator, volle_zaak, adres, vraag):
    antwoord = als(coordinator).get(adres, vraag)

    assert "Kies er een" in antwoord.text
    assert "Samen gekookt." not in antwoord.text


def test_the_second_factor_has_to_be_fresh(als, coordinator, adres, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=coordinator, type="totp", data={})
    client = als(coordinator)
    antwoorden = []
    for oud in (400, 10):
        sessie = client.session
        sessie["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - oud}]
        sessie["account_authentication_methods_user"] = str(coordinator.pk)
        sessie.save()
        antwoorden.append(client.get(adres))

    assert antwoorden[0].url.startswith("/accounts/2fa/reauthenticate/?next=%2Ftrajecten%2F")
    assert antwoorden[1].status_code == 200


def test_another_trajectory_of_the_same_young_person_goes_along_and_that_of_another_does_not(
    als, begeleider, coordinator, traject, initiatief, adres
):
    with als_gebruiker(begeleider.pk):
        tweede = Traject.begin(jongere=traject.jongere, initiatief=initiatief, door=begeleider)
        Moment.objects.create(traject=tweede, tekst="De tweede keer.", door=begeleider)
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")
    with als_gebruiker(begeleider.pk):
        Moment.objects.create(traject=ander, tekst="Van een ander.", door=begeleider)

    tekst = als(coordinator).get(adres, {"wie": "ouders", "vorm": "json"}).getvalue().decode()

    assert "De tweede keer." in tekst
    assert "Van een ander." not in tekst


def test_the_number_of_questions_does_not_grow_with_the_story(als, begeleider, coordinator, traject, adres):
    client = als(coordinator)
    aantallen = []
    for _ in range(2):
        with als_gebruiker(begeleider.pk):
            Moment.objects.bulk_create(Moment(traject=traject, tekst="Weer een.", door=begeleider) for _ in range(40))
        with CaptureQueriesContext(connection) as vragen:
            client.get(adres, {"wie": "ouders", "vorm": "html"}).getvalue()
        aantallen.append(len(vragen))

    assert aantallen[0] == aantallen[1]
    assert aantallen[0] - 2 * len(delen()) <= 14  # a named cursor is opened and read for each kind


def test_a_long_story_takes_little_memory(begeleider, coordinator, traject, kijkt_als):
    with als_gebruiker(begeleider.pk):
        Moment.objects.bulk_create(
            (Moment(traject=traject, tekst=f"{nummer} " * 2500, door=begeleider) for nummer in range(1500)),
            batch_size=100,
        )
    kijkt_als(coordinator)
    traject = Traject.objects.select_related("jongere", "initiatief").get(pk=traject.pk)
    uittreksel = Uittreksel(traject.jongere, [traject], coordinator, "de ouders")

    tracemalloc.start()
    with als_bestand(json_stukken(uittreksel)) as uitvoer:
        lengte = uitvoer.seek(0, 2)
    _, piek = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert lengte > 16_000_000
    assert piek < 12_000_000


def test_a_failure_half_way_leaves_no_file_open():
    def stukken():
        yield "eerst"
        raise ValueError("halverwege")

    with pytest.raises(ValueError, match="halverwege"):
        als_bestand(stukken())
