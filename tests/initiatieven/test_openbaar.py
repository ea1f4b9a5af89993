"""What a parent sees: the list, one initiative, the allies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatieven.actions import bewaar_foto
from initiatieven.lidmaatschap import Oordeel, Stap
from tests.factories import InitiatiefFactory
from tests.initiatieven.bladzijde import foto
from tests.initiatieven.factories import AanmeldingFactory, LocatieFactory, PlekkenFactory, VerbondgenootFactory

LIJST = "/initiatieven/"


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_costs_the_same_at_one_and_at_three(client, db, django_assert_num_queries, aantal):
    for _ in range(aantal):
        initiatief = InitiatiefFactory()
        LocatieFactory(initiatief=initiatief)
        PlekkenFactory(initiatief=initiatief)
    client.get(LIJST)  # reads the whole directory, once a minute

    with django_assert_num_queries(3):
        client.get(LIJST)
    with django_assert_num_queries(4):
        client.get(LIJST, {"q": "initiatief", "provincie": "Gelderland"})


@pytest.mark.parametrize("aantal", [1, 3])
def test_one_initiative_costs_the_same_at_one_and_at_three_places(
    client, initiatief, beheerder, django_assert_num_queries, aantal
):
    aanmelding = AanmeldingFactory(toestand="kennismaking", toetsen=Oordeel.VOLDOET, initiatief=initiatief)
    aanmelding.zet_stap(Stap.LID_MAKEN, door=beheerder, waarom="Fijne plek.")
    for nummer in range(aantal):
        LocatieFactory(initiatief=initiatief)
        PlekkenFactory(initiatief=initiatief, leeftijd_van=nummer)

        bewaar_foto(initiatief=initiatief, foto=foto(), alt="De tuin", door=None, openbaar=True)
        initiatief.verhalen.create(titel="a", tekst="b", openbaar_op=timezone.now(), openbaar_door=beheerder)

    with django_assert_num_queries(7):
        client.get(initiatief.get_absolute_url())


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_allies_cost_the_same_at_one_and_at_three(client, db, django_assert_num_queries, aantal):
    VerbondgenootFactory.create_batch(aantal)

    with django_assert_num_queries(1):
        client.get("/initiatieven/verbondgenoten/")


def test_the_list_says_how_many_and_stands_in_order(client, db):
    for naam in ["Zonnehof", "Élan", "De Eik"]:
        InitiatiefFactory(naam=naam)

    tekst = client.get(LIJST).text

    assert "3 initiatieven, op alfabet." in tekst
    assert tekst.index("De Eik") < tekst.index("Élan") < tekst.index("Zonnehof")


def test_search_says_what_it_looked_for_and_offers_the_way_back(client, initiatief, ander_initiatief):
    tekst = client.get(LIJST, {"q": "wilgenhoke"}).text

    assert "1 initiatief dat past bij je vraag" in tekst
    assert "De Wilgenhoek" in tekst
    assert "Atelier Noord" not in tekst
    assert "Laat alle initiatieven zien" in tekst


def test_a_search_without_result_offers_the_map(client, initiatief):
    tekst = client.get(LIJST, {"q": "Zutphen"}).text

    assert "We vonden geen initiatief dat bij alles past wat je koos." in tekst
    assert "/kaart/?q=Zutphen" in tekst


@pytest.mark.parametrize(
    "vraag",
    [
        {"q": "x" * 5000},
        {"q": "\x00"},
        {"q": "😀"},
        {"q": "<script>alert(1)</script>"},
        {"q": "%"},
        {"pagina": "-1"},
        {"pagina": "9" * 400},
        {"pagina": "twee"},
        {"provincie": "Atlantis", "voor": "\x00", "plek": "ja", "sorteer": "prijs"},
        {"bij": "x" * 500, "sorteer": "afstand"},
        {"bij": "\x00 😀"},
    ],
)
def test_strange_questions_get_a_page(client, initiatief, vraag):
    antwoord = client.get(LIJST, vraag)

    assert antwoord.status_code == 200
    assert "<script>alert" not in antwoord.text


def test_an_empty_directory_says_what_belongs_there(client, db):
    assert "Hier komen de initiatieven van het collectief." in client.get(LIJST).text


def test_the_list_has_pages_that_keep_the_search(client, db):
    for nummer in range(30):
        InitiatiefFactory(naam=f"Hof {nummer:02}")

    tekst = client.get(LIJST, {"q": "hof", "pagina": "2"}).text

    assert "Bladzijde 2 van 2" in tekst
    assert "q=hof" in tekst
    assert "Hof 29" in tekst


@pytest.mark.parametrize("lidmaatschap", ["geen", "aangemeld"])
def test_whoever_is_no_member_has_no_public_page(client, db, lidmaatschap):
    initiatief = InitiatiefFactory(lidmaatschap=lidmaatschap)

    assert client.get(initiatief.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("locatie", "vraag"),
    [
        ({}, "?q=7201"),
        ({"nauwkeurigheid": "ongeveer", "adres": "", "lat": 52.1, "lon": 6.1}, "?q=Zutphen"),  # not where a home is
        ({"is_online": True, "pc4": "", "adres": "", "lat": None, "lon": None}, ""),
    ],
)
def test_who_kept_the_address_of_a_place_that_stopped_is_helped_on(client, db, locatie, vraag):
    initiatief = InitiatiefFactory(naam="De Stille Hoek", lidmaatschap="gestopt", omschrijving="Bij ons thuis.")
    LocatieFactory(initiatief=initiatief, **locatie)

    response = client.get(initiatief.get_absolute_url())

    assert response.status_code == 410
    assert f'href="/kaart/{vraag}"' in response.text
    assert ("/kaart/alarm/" in response.text) == bool(vraag)
    assert "De Stille Hoek" not in response.text
    assert "Bij ons thuis" not in response.text
    assert not response.cookies


def test_of_a_place_that_stopped_an_older_address_leads_on_too(client, db):
    initiatief = InitiatiefFactory(lidmaatschap="gestopt")
    initiatief.oude_adressen.create(slug="hoe-het-eerst-heette")

    assert client.get("/initiatieven/hoe-het-eerst-heette/").status_code == 410


def test_a_parent_reads_what_a_day_is_like_for_whom_and_how_it_is_paid(client, db):
    initiatief = InitiatiefFactory(
        naam="De Wilgenhoek",
        werkwijze="We beginnen om tien uur met thee.",
        aanbod_handen="Hout en moestuin",
        leeftijd_van=12,
        leeftijd_tot=18,
        doelgroepen=["prikkels"],
        begeleiding=["groep"],
        bekostiging=["pgb"],
        reizen="Bus 4 stopt voor de deur.",
        toegankelijk=["hulphond"],
        telefoon="0570 12 34 56",
        email="hoi@wilgenhoek.example",
        website="https://wilgenhoek.example/",
    )

    tekst = client.get(initiatief.get_absolute_url()).text

    for zin in [
        "We beginnen om tien uur met thee.",
        "Hout en moestuin",
        "12 tot en met 18 jaar",
        "is gevoelig voor prikkels",
        "in een kleine groep",
        "persoonsgebonden budget (pgb)",
        "Bus 4 stopt voor de deur.",
        "Een hulphond mag mee",
        'href="tel:0570123456"',
        'href="mailto:hoi@wilgenhoek.example"',
        ">wilgenhoek.example<",
    ]:
        assert zin in tekst


@pytest.mark.parametrize(("is_landelijk", "aantal"), [(True, 1), (False, 0)])
def test_a_parent_who_lives_far_away_reads_whether_her_child_may_come(client, initiatief, is_landelijk, aantal):
    LocatieFactory(initiatief=initiatief, is_landelijk=is_landelijk)

    bladzijden = [client.get(f"/initiatieven/{initiatief.slug}/{deel}").text for deel in ("", "blad/")]

    assert [tekst.count("Jongeren uit heel Nederland kunnen hier terecht") for tekst in bladzijden] == [aantal] * 2
    assert bladzijden[0].count('"areaServed": {"@type": "Country", "name": "Nederland"}') == aantal


def test_room_shows_since_when_it_is_known_and_old_room_is_unknown(client, initiatief):
    vandaag = timezone.localdate()
    PlekkenFactory(initiatief=initiatief, leeftijd_van=8, leeftijd_tot=11, toestand="wachtlijst", wachtweken=6)
    PlekkenFactory(initiatief=initiatief, per_datum=vandaag - timedelta(days=31))

    tekst = client.get(initiatief.get_absolute_url()).text

    assert "wachtlijst" in tekst
    assert "ongeveer 6 weken" in tekst
    assert "onbekend" in tekst
    assert "plek vrij" not in tekst


def test_a_place_at_home_shows_the_town_and_no_street(client, initiatief):
    LocatieFactory(initiatief=initiatief, nauwkeurigheid="ongeveer", adres="", pc4="7203", lat=52.14, lon=6.2)

    tekst = client.get(initiatief.get_absolute_url()).text

    assert "In de buurt van Zutphen." in tekst
    assert 'href="/kaart/?q=Zutphen">Bekijk op de kaart' in tekst
    assert "7203" not in tekst
    assert "52.14" not in tekst


def test_the_page_explains_why_the_initiative_stands_here(client, initiatief, beheerder):
    aanmelding = AanmeldingFactory(toestand="kennismaking", toetsen=Oordeel.VOLDOET, initiatief=initiatief)
    aanmelding.zet_stap(Stap.LID_MAKEN, door=beheerder, waarom="Fijne plek.")

    tekst = client.get(initiatief.get_absolute_url()).text

    assert "Begeleidt minstens vijf jongeren" in tekst
    assert "gezien op" in tekst
    assert "Ans Aanmelder" not in tekst
    assert "Gezien bij ons bezoek." not in tekst


def test_allies_show_what_we_bring_each_other(client, db):
    VerbondgenootFactory(organisatie="Zorgbelang", is_ambassadeur=True, wat_we_elkaar_brengen="Kennis en koffie.")
    VerbondgenootFactory(organisatie="Élan")

    tekst = client.get("/initiatieven/verbondgenoten/").text

    assert "2 verbondgenoten, op alfabet." in tekst
    assert "Kennis en koffie." in tekst
    assert tekst.index("Élan") < tekst.index("Zorgbelang")


@pytest.mark.parametrize("pad", [LIJST, "/initiatieven/de-wilgenhoek/", "/initiatieven/verbondgenoten/"])
def test_public_pages_set_no_cookie_and_vary_on_none(client, initiatief, pad):
    antwoord = client.get(pad)

    assert not antwoord.cookies
    assert "Cookie" not in antwoord.headers.get("Vary", "")


@pytest.mark.parametrize("pad", ["aanmelden", "beheer", "toetsing", "verbondgenoten"])
def test_our_own_words_are_not_taken_for_an_initiative(client, db, pad):
    assert client.get(f"{LIJST}{pad}/").status_code in (200, 302)
