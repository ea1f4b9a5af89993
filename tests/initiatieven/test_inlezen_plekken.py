"""Everything on a page goes out as a table and comes in again; places and room in groups of columns."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatieven.forms.profiel import ProfielForm
from initiatieven.forms.rij import SLEUTEL, VELDEN, RijForm
from initiatieven.forms.rijdelen import kolommen
from initiatieven.importeren import maak_plan
from initiatieven.models import Initiatief, Locatie, Plekken
from tests.initiatieven.factories import LocatieFactory, PlekkenFactory
from tests.initiatieven.rekenbladen import als_csv, lees_in, plan

SOORTEN_PLEK = {
    "hof": {"is_landelijk": True},
    "thuis": {"nauwkeurigheid": "ongeveer", "adres": "", "lat": 52.14, "lon": 6.2},
    "online": {"is_online": True, "adres": "", "pc4": "", "plaats": "", "provincie": "", "lat": None, "lon": None},
}
TEKST = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60).map(str.strip)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    naam=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=40),
    teksten=st.tuples(TEKST, TEKST, TEKST),
    plekken=st.lists(st.sampled_from(["hof", "thuis", "online"]), max_size=3),
    ruimte=st.sets(st.integers(0, 3), max_size=3),
    lijst=st.lists(st.sampled_from(["rolstoel", "rustplek"]), unique=True),
)
def test_what_goes_out_comes_in_with_nothing_to_change(client, initiatief, naam, teksten, plekken, ruimte, lijst):
    velden = dict(zip(("past_wel", "kennismaken", "reizen"), teksten, strict=True))
    Initiatief.objects.update(naam=naam, toegankelijk=lijst, groepsgrootte=len(lijst) or None, **velden)
    for model in (Locatie, Plekken):
        model.objects.all().delete()
    for soort in plekken:
        LocatieFactory(initiatief=initiatief, naam=naam, **SOORTEN_PLEK[soort])
    for groep in ruimte:
        wacht = {"toestand": "wachtlijst", "wachtweken": groep} if groep else {"toestand": "vol"}
        PlekkenFactory(initiatief=initiatief, leeftijd_van=groep, leeftijd_tot=groep + 4, **wacht)

    gevonden = plan(b"".join(client.get("/initiatieven/export/open-data.csv").streaming_content))

    assert (gevonden.fouten, gevonden.overgeslagen) == ([], [])
    assert gevonden.gewijzigd == []
    assert (len(gevonden.ongewijzigd), gevonden.rondom) == (1, [])


# --- Places and room -------------------------------------------------------------------------------------------------

PLEKKEN = ("adres", "naam", *kolommen("plek", 2), *kolommen("ruimte", 2))
HOF = ("Het erf", "nee", "ja", "exact", "Dorpsstraat 1", "7201 AB", "", "")
THUIS = ("", "", "", "ongeveer", "", "7211", "", "")
VRIJ = ("8", "12", "plek vrij", "", "2026-11-01")
WACHT = ("13", "18", "wachtlijst", "6", "2026-11-01")


def test_places_and_room_come_in_and_a_second_time_change_nothing(als, beheerder):
    rij = ("de-hoek", "De Hoek", *HOF, *THUIS, *VRIJ, *WACHT)

    lees_in(als(beheerder), als_csv(rij, kop=PLEKKEN))

    hoek = Initiatief.objects.get()
    erf, thuis = hoek.locaties.order_by("pk")
    assert (erf.naam, erf.adres, erf.pc4, erf.plaats) == ("Het erf", "Dorpsstraat 1", "7201", "Zutphen")
    assert (thuis.is_ongeveer, thuis.adres, thuis.lat) == (True, "", round(thuis.lat, 2))
    assert [(groep.toestand, groep.wachtweken) for groep in hoek.plekken.order_by("leeftijd_van")] == [
        ("plek_vrij", None),
        ("wachtlijst", 6),
    ]
    assert plan(als_csv(rij, kop=PLEKKEN)).ongewijzigd == [hoek]


def test_what_changed_of_a_place_is_shown_and_what_is_not_there_stays(als, beheerder):
    lees_in(als(beheerder), als_csv(("de-hoek", "De Hoek", *HOF, *THUIS, *VRIJ, *WACHT), kop=PLEKKEN))
    kop = ("adres", "naam", *kolommen("plek", 1), *kolommen("ruimte", 1))
    anders = ("Het erf", "nee", "", "exact", "Kerkstraat 2", "7201", "", "")
    rij = als_csv(("de-hoek", "De Hoek", *anders, *VRIJ), kop=kop)

    ((_, verschillen),) = plan(rij).gewijzigd
    lees_in(als(beheerder), rij)

    assert verschillen == [("plek_1_straat", "Dorpsstraat 1", "Kerkstraat 2")]
    hoek = Initiatief.objects.get()
    assert (hoek.locaties.count(), hoek.plekken.count()) == (2, 2)
    assert hoek.locaties.filter(is_landelijk=True).count() == 1  # an empty cell takes nothing back
    assert hoek.locaties.filter(adres="Kerkstraat 2").exists()


@pytest.mark.parametrize(
    ("anders", "kolom", "zin"),
    [
        ({"plek_1_postcode": ""}, "plek_1_postcode", "Vul een postcode in, of zet online op ja."),
        ({"plek_1_postcode": "12"}, "plek_1_postcode", "Vul een postcode in"),
        ({"plek_1_postcode": "1000"}, "plek_1_postcode", "kennen we niet"),
        ({"plek_1_online": "misschien"}, "plek_1_online", "Kies uit: ja, nee."),
        ({"plek_1_landelijk": "soms"}, "plek_1_landelijk", "Kies uit: ja, nee."),
        ({"plek_1_online": "ja", "plek_1_straat": ""}, "plek_1_postcode", "heeft geen adres"),
        ({"plek_1_zichtbaar": "ongeveer"}, "plek_1_straat", "bewaren we geen straat"),
        ({"plek_1_lat": "52,14"}, "plek_1_lat", "twee getallen"),
        ({"plek_1_lat": "51,0", "plek_1_lon": "5,0"}, "plek_1_lat", "ver van postcode 7201"),
        ({"plek_1_lat": "0", "plek_1_lon": "0"}, "plek_1_lat", "buiten Nederland"),
        ({"ruimte_1_leeftijd_tot": "4"}, "ruimte_1_leeftijd_tot", "Staan ze andersom?"),
        ({"ruimte_1_toestand": "misschien"}, "ruimte_1_toestand", "kennen we niet"),
        ({"ruimte_1_toestand": ""}, "ruimte_1_toestand", "Vul in of er plek is."),
        ({"ruimte_1_wachtweken": "6"}, "ruimte_1_wachtweken", "hoort bij een wachtlijst"),
        ({"ruimte_1_gekeken_op": "2999-01-01"}, "ruimte_1_gekeken_op", "tot en met vandaag"),
        ({"ruimte_2_leeftijd_van": "8", "ruimte_2_leeftijd_tot": "12"}, "ruimte_2_leeftijd_van", "staat er twee keer"),
    ],
)
def test_each_wrong_cell_of_a_place_or_of_room_is_named(db, anders, kolom, zin):
    rij = dict(zip(PLEKKEN, ("de-hoek", "De Hoek", *HOF, *THUIS, *VRIJ, *WACHT), strict=True)) | anders

    fouten = {naam: zin for _, naam, zin in maak_plan(PLEKKEN, [(2, rij)], zijn_lid=False).fouten}

    assert zin in fouten[kolom]


@pytest.mark.parametrize("aantal", [1, 50])
def test_a_trial_with_places_asks_as_much_for_one_row_as_for_fifty(als, beheerder, django_assert_num_queries, aantal):
    rijen = [(f"hof-{nummer}", "De Hof", *HOF, *THUIS, *VRIJ, *WACHT) for nummer in range(aantal)]
    lees_in(als(beheerder), als_csv(*rijen, kop=PLEKKEN))

    with django_assert_num_queries(5):
        gevonden = plan(als_csv(*rijen, kop=PLEKKEN))

    assert len(gevonden.ongewijzigd) == aantal


def test_all_that_staff_can_write_on_their_page_is_kept_and_can_be_read_in():
    assert set(ProfielForm.base_fields) - {"aantal_klopt"} == set(VELDEN)  # asks back, and is no field of the page
    assert set(RijForm({}, VELDEN).fields) == {SLEUTEL, *VELDEN}
