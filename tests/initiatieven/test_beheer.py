"""What the staff of an initiative do with its page, and what nobody else may."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatieven.forms import LocatieFormSet, PlekkenFormSet, ProfielForm
from initiatieven.models import Initiatief, Locatie, Plekken
from initiatieven.wijzigen import beslis_wijziging
from tests.factories import RolFactory
from tests.initiatieven.factories import LocatieFactory, PlekkenFactory
from tests.initiatieven.formulieren import profiel_data

PAD = "/initiatieven/de-wilgenhoek/bewerken/"
BEHEER = "/initiatieven/beheer/"
KLOPPEN = "/initiatieven/de-wilgenhoek/plekken-kloppen/"


@pytest.fixture
def nog_niet_openbaar(initiatief) -> None:
    """On a page that nobody sees yet, places change at once."""
    Initiatief.objects.filter(pk=initiatief.pk).update(lidmaatschap="aangemeld")


def rij(prefix: str, nummer: int = 0, **velden: str) -> dict:
    return {f"{prefix}-{nummer}-{veld}": waarde for veld, waarde in velden.items()}


@pytest.mark.parametrize("wie", ["begeleider", "coordinator"])
def test_own_staff_open_and_save_the_page(request, als, initiatief, wie):
    client = als(request.getfixturevalue(wie))

    bladzijde = client.get(PAD)
    antwoord = client.post(PAD, profiel_data(initiatief, omschrijving="Thee om tien uur."))

    assert bladzijde.status_code == 200
    assert antwoord.headers["Location"] == BEHEER
    initiatief.refresh_from_db()
    assert initiatief.omschrijving == "Thee om tien uur."


@pytest.mark.parametrize(("vindbaar", "staat_er"), [(True, 0), (False, 1)])
def test_a_page_that_search_hides_says_so_to_who_keeps_it(als, coordinator, initiatief, vindbaar, staat_er):
    Initiatief.objects.filter(pk=initiatief.pk).update(is_vindbaar=vindbaar)

    paginas = [als(coordinator).get(pad).text for pad in (BEHEER, PAD)]

    assert [pagina.count("Wie zoekt, vindt jullie nu niet.") for pagina in paginas] == [staat_er] * 2


@pytest.mark.parametrize("wie", ["buitenstaander", "kernteamlid", "beheerder", "verbondgenoot"])
def test_for_everybody_else_the_page_does_not_exist(request, als, initiatief, wie):
    client = als(request.getfixturevalue(wie))

    assert client.get(PAD).status_code == 404
    assert client.post(PAD, profiel_data(initiatief, naam="Gekaapt")).status_code == 404
    assert client.post(KLOPPEN).status_code == 404
    initiatief.refresh_from_db()
    assert initiatief.naam == "De Wilgenhoek"


@pytest.mark.parametrize("wie", ["kernteamlid", "beheerder", "verbondgenoot"])
def test_whoever_keeps_no_page_has_no_list_of_own_pages(request, als, wie):
    assert als(request.getfixturevalue(wie)).get(BEHEER).status_code == 404


@pytest.mark.parametrize("pad", [PAD, BEHEER, KLOPPEN])
def test_without_signing_in_there_is_only_the_way_to_sign_in(client, initiatief, pad):
    antwoord = client.post(pad) if pad == KLOPPEN else client.get(pad)

    assert antwoord.headers["Location"].startswith("/accounts/login/")


def test_only_where_she_is_coordinator_can_she_say_that_it_stops(als, coordinator, initiatief, ander_initiatief):
    RolFactory(gebruiker=coordinator, initiatief=ander_initiatief, soort="begeleider")

    tekst = als(coordinator).get("/initiatieven/beheer/").text

    assert f"/trajecten/stoppen/{initiatief.pk}/" in tekst
    assert f"/trajecten/stoppen/{ander_initiatief.pk}/" not in tekst


def test_the_own_list_shows_own_initiatives_only(als, begeleider, ander_initiatief):
    tekst = als(begeleider).get(BEHEER).text

    assert "De Wilgenhoek" in tekst
    assert "Atelier Noord" not in tekst


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_own_list_costs_the_same_at_one_and_at_three(
    als, begeleider, initiatief, django_assert_num_queries, aantal
):
    for nummer in range(aantal):
        PlekkenFactory(initiatief=initiatief, leeftijd_van=nummer)
        LocatieFactory(initiatief=initiatief)
    client = als(begeleider)
    client.get(BEHEER)

    with django_assert_num_queries(10):
        client.get(BEHEER)


def test_who_changed_the_page_stands_in_its_history(als, begeleider, initiatief):
    als(begeleider).post(PAD, profiel_data(initiatief, telefoon="0570 12 34 56"))

    versie = initiatief.events.order_by("pgh_id").last()
    assert (versie.pgh_label, versie.telefoon) == ("update", "0570 12 34 56")
    assert versie.pgh_context.metadata == {"gebruiker": begeleider.pk}


def test_room_is_added_with_the_date_of_today(als, begeleider, initiatief):
    groep = rij("plekken", leeftijd_van="12", leeftijd_tot="16", toestand="wachtlijst", wachtweken="6")

    als(begeleider).post(PAD, profiel_data(initiatief, **groep))

    plekken = initiatief.plekken.get()
    assert (plekken.toestand, plekken.wachtweken, plekken.per_datum) == ("wachtlijst", 6, timezone.localdate())


def _bestaande_groepen(*groepen: Plekken, **anders: str) -> dict:
    data = {"plekken-TOTAL_FORMS": str(len(groepen)), "plekken-INITIAL_FORMS": str(len(groepen))}
    for nummer, groep in enumerate(groepen):
        data |= rij(
            "plekken",
            nummer,
            id=str(groep.pk),
            leeftijd_van=str(groep.leeftijd_van),
            leeftijd_tot=str(groep.leeftijd_tot),
            toestand=groep.toestand,
            wachtweken="",
        )
    return data | anders


def test_room_keeps_its_date_unless_it_changes_or_is_confirmed(als, begeleider, initiatief):
    oud = timezone.localdate() - timedelta(days=20)
    groepen = [
        PlekkenFactory(initiatief=initiatief, leeftijd_van=van, leeftijd_tot=van + 3, per_datum=oud)
        for van in (4, 8, 12)
    ]
    wijziging = {"plekken-1-toestand": "vol", "plekken-2-klopt_nog": "on"}

    als(begeleider).post(PAD, profiel_data(initiatief, **_bestaande_groepen(*groepen, **wijziging)))

    datums = list(initiatief.plekken.order_by("leeftijd_van").values_list("per_datum", flat=True))
    assert datums == [oud, timezone.localdate(), timezone.localdate()]


def test_a_group_can_be_taken_away(als, begeleider, initiatief):
    groep = PlekkenFactory(initiatief=initiatief)

    als(begeleider).post(PAD, profiel_data(initiatief, **_bestaande_groepen(groep, **{"plekken-0-DELETE": "on"})))

    assert not initiatief.plekken.exists()


def test_a_group_of_another_initiative_cannot_be_touched(als, begeleider, initiatief, ander_initiatief):
    van_een_ander = PlekkenFactory(initiatief=ander_initiatief)

    als(begeleider).post(
        PAD, profiel_data(initiatief, **_bestaande_groepen(van_een_ander, **{"plekken-0-toestand": "vol"}))
    )

    van_een_ander.refresh_from_db()
    assert van_een_ander.initiatief == ander_initiatief
    assert van_een_ander.toestand == "plek_vrij"


def test_one_press_confirms_that_the_room_is_still_so(als, begeleider, initiatief):
    PlekkenFactory(initiatief=initiatief, per_datum=timezone.localdate() - timedelta(days=40))

    als(begeleider).post(KLOPPEN)

    assert initiatief.plekken.get().toestand_nu == "plek_vrij"


@pytest.mark.parametrize(
    ("velden", "vraag"),
    [
        ({"leeftijd_van": "18", "leeftijd_tot": "12"}, "De hoogste leeftijd is lager dan 18."),
        ({"leeftijd_van": "12"}, "Vul ook de hoogste leeftijd in."),
        ({"website": "javascript:alert(1)"}, "Vul een webadres in"),
        ({"aantal_jongeren": "-3"}, "Vul 0 of meer in."),
        ({"aantal_jongeren": "10000"}, "Er zijn nu 10000 jongeren. Klopt dat?"),
        ({"opgericht_op": "2999-01-01"}, "Kies een datum tot en met vandaag."),
        ({"doelgroepen": ["draken"]}, "geldige keuze"),
        ({"naam": ""}, "Vul de naam van jullie initiatief in."),
        (rij("plekken", leeftijd_van="18", leeftijd_tot="12", toestand="vol"), "De hoogste leeftijd is lager dan 18."),
        (rij("plekken", leeftijd_van="8", leeftijd_tot="12"), "Kies of er plek is."),
        (
            rij("plekken", leeftijd_van="8", leeftijd_tot="12", toestand="vol", wachtweken="3"),
            "Een wachttijd hoort bij een wachtlijst.",
        ),
        (rij("locaties", naam="Tuin"), "Vul een postcode in, of kies dat deze plek online is."),
        (rij("locaties", pc4="1000"), "Deze postcode kennen we niet."),
        (rij("locaties", pc4="7201", is_online="on"), "Een online plek heeft geen adres."),
        (rij("locaties", pc4="7201", lat="52,1"), "Vul twee getallen in, of geen."),
        (rij("locaties", pc4="7201", lat="50.9", lon="5.7"), "Dit punt ligt ver van postcode 7201."),
        (rij("locaties", pc4="7201", lat="nan", lon="nan"), "Vul een getal in"),
    ],
)
def test_bad_input_is_asked_back_beside_the_field_and_nothing_is_lost(als, begeleider, initiatief, velden, vraag):
    antwoord = als(begeleider).post(PAD, profiel_data(initiatief, **{"werkwijze": "Thee om tien uur.", **velden}))

    assert antwoord.status_code == 200
    assert vraag in antwoord.text
    assert "Kijk dit nog even na" in antwoord.text
    assert "Thee om tien uur." in antwoord.text
    initiatief.refresh_from_db()
    assert initiatief.werkwijze == ""
    assert not Plekken.objects.exists()
    assert not Locatie.objects.exists()


def test_the_same_group_twice_is_asked_back(als, begeleider, initiatief):
    groep = {"leeftijd_van": "8", "leeftijd_tot": "12", "toestand": "vol"}
    data = profiel_data(initiatief, **rij("plekken", 0, **groep), **rij("plekken", 1, **groep))

    antwoord = als(begeleider).post(PAD, data | {"plekken-TOTAL_FORMS": "2"})

    assert antwoord.status_code == 200
    assert "Kijk dit nog even na" in antwoord.text
    assert not Plekken.objects.exists()


def test_a_place_gets_the_point_of_its_postcode(als, begeleider, nog_niet_openbaar, initiatief):
    als(begeleider).post(PAD, profiel_data(initiatief, **rij("locaties", pc4="7201 AB", adres="Dorpsweg 1")))

    locatie = initiatief.locaties.get()
    assert (locatie.plaats, locatie.provincie, locatie.adres) == ("Zutphen", "Gelderland", "Dorpsweg 1")
    assert locatie.lat == pytest.approx(52.14, abs=0.05)


def test_a_point_that_was_typed_is_kept_until_the_postcode_changes(als, begeleider, nog_niet_openbaar, initiatief):
    client = als(begeleider)
    client.post(PAD, profiel_data(initiatief, **rij("locaties", pc4="7201", lat="52.15", lon="6.21")))
    locatie = initiatief.locaties.get()
    bestaand = {
        "locaties-INITIAL_FORMS": "1",
        **rij("locaties", id=str(locatie.pk), lat=str(locatie.lat), lon=str(locatie.lon)),
    }

    client.post(PAD, profiel_data(initiatief, **bestaand, **rij("locaties", pc4="7201", naam="Tuin")))
    locatie.refresh_from_db()
    na_de_naam = (locatie.naam, locatie.lat, locatie.lon)
    client.post(PAD, profiel_data(initiatief, **bestaand, **rij("locaties", pc4="7001")))
    locatie.refresh_from_db()

    assert na_de_naam == ("Tuin", 52.15, 6.21)
    assert (locatie.plaats, locatie.lat != 52.15) == ("Doetinchem", True)


def test_a_place_that_turns_out_to_be_a_home_loses_street_and_exact_point(als, begeleider, initiatief):
    locatie = LocatieFactory(initiatief=initiatief)
    data = rij(
        "locaties",
        id=str(locatie.pk),
        pc4="7201",
        adres="Dorpsweg 1",
        nauwkeurigheid="ongeveer",
        lat=str(locatie.lat),
        lon=str(locatie.lon),
    )

    als(begeleider).post(PAD, profiel_data(initiatief, **{"locaties-INITIAL_FORMS": "1", **data}))

    locatie.refresh_from_db()
    assert (locatie.adres, locatie.lat, locatie.lon) == ("", 52.14, 6.2)


def test_an_online_place_needs_no_address(als, begeleider, nog_niet_openbaar, initiatief):
    als(begeleider).post(PAD, profiel_data(initiatief, **rij("locaties", is_online="on", naam="Samen bouwen")))

    locatie = initiatief.locaties.get()
    assert (locatie.is_online, locatie.lat, locatie.pc4) == (True, None, "")


def test_staff_say_that_young_people_from_everywhere_may_come(als, begeleider, nog_niet_openbaar, initiatief):
    als(begeleider).post(PAD, profiel_data(initiatief, **rij("locaties", pc4="7201", is_landelijk="on")))

    assert initiatief.locaties.get().is_landelijk
    tekst = als(begeleider).get(PAD).text
    assert "Jongeren uit heel Nederland kunnen hier terecht" in tekst


def test_on_a_public_page_that_waits_as_the_place_does(als, begeleider, beheerder, initiatief):
    als(begeleider).post(PAD, profiel_data(initiatief, **rij("locaties", pc4="7201", is_landelijk="on")))

    assert not initiatief.locaties.exists()
    voorstel = initiatief.wijzigingen.get()
    assert ("voor jongeren uit heel Nederland", "", "ja") in voorstel.regels
    beslis_wijziging(wijziging=voorstel, stand="doorgevoerd", door=beheerder)
    assert initiatief.locaties.get().is_landelijk
    voorstel.refresh_from_db()
    assert voorstel.nieuw["is_landelijk"]


VELDEN = [
    "naam",
    "leeftijd_van",
    "leeftijd_tot",
    "aantal_jongeren",
    "opgericht_op",
    "website",
    "telefoon",
    "email",
    "plekken-TOTAL_FORMS",
    "plekken-0-id",
    "plekken-0-leeftijd_van",
    "plekken-0-leeftijd_tot",
    "plekken-0-toestand",
    "plekken-0-wachtweken",
    "locaties-INITIAL_FORMS",
    "locaties-0-pc4",
    "locaties-0-lat",
    "locaties-0-lon",
    "locaties-0-nauwkeurigheid",
    "locaties-0-is_online",
    "locaties-0-is_landelijk",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    vreemd=st.dictionaries(
        st.sampled_from(VELDEN),
        st.one_of(st.text(max_size=20), st.integers().map(str), st.floats().map(str), st.just("7201")),
        min_size=1,
        max_size=8,
    )
)
def test_whatever_is_typed_the_page_answers_and_what_it_takes_fits_in_the_database(initiatief, vreemd):
    data = profiel_data(initiatief, **vreemd)
    initiatief.refresh_from_db()
    formulieren = [
        ProfielForm(data, instance=initiatief),
        PlekkenFormSet(data, instance=initiatief),
        LocatieFormSet(data, instance=initiatief),
    ]

    if all(formulier.is_valid() for formulier in formulieren):
        for formulier in formulieren:
            formulier.save()
        initiatief.plekken.all().delete()
        initiatief.locaties.all().delete()
