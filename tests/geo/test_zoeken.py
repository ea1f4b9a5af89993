"""What a visitor types, and what comes of it. Every expectation is written by hand."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.geo import namen
from collectief.geo.models import Plaats, Postcode
from collectief.geo.register import GEMEENTE, PROVINCIE, register, vergeet_register
from collectief.geo.zoeken import Gevonden, Keuze, Leeg, Onbekend, zoek

pytestmark = pytest.mark.django_db


@pytest.fixture
def vers_register():
    """A process that has not read the country yet, and keeps nothing of what this test makes of it."""
    vergeet_register()
    yield
    vergeet_register()


@pytest.mark.parametrize(
    ("tekst", "label", "waar"),
    [
        ("3511", "3511 Utrecht", ""),
        ("3511 ab", "3511 Utrecht", ""),
        ("3511AB", "3511 Utrecht", ""),
        ("  3511   Ab ", "3511 Utrecht", ""),
        ("NL-3511 AB", "3511 Utrecht", ""),
        ("3511 Utrecht", "3511 Utrecht", ""),
        ("Dorpsstraat 12, 7201 AB Zutphen", "7201 Zutphen", ""),
        ("\u202e3511\u202c", "3511 Utrecht", ""),
        ("35\u200b11", "3511 Utrecht", ""),
        ("３５１１", "3511 Utrecht", ""),
        ("9999", "9999 Stitswerd", ""),
        ("Zutphen", "Zutphen", "gemeente Zutphen, Gelderland"),
        ("ZUTPHEN", "Zutphen", "gemeente Zutphen, Gelderland"),
        ("den haag", "Den Haag", "gemeente Den Haag, Zuid-Holland"),
        ("denhaag", "Den Haag", "gemeente Den Haag, Zuid-Holland"),
        ("’s-Gravenhage", "Den Haag", "gemeente Den Haag, Zuid-Holland"),
        ("Den Bosch", "Den Bosch", "gemeente Den Bosch, Noord-Brabant"),
        ("'s-Hertogenbosch", "Den Bosch", "gemeente Den Bosch, Noord-Brabant"),
        ("s hertogenbosch", "Den Bosch", "gemeente Den Bosch, Noord-Brabant"),
        ("Ljouwert", "Leeuwarden", "gemeente Leeuwarden, Fryslân"),
        ("Snits", "Sneek", "gemeente Súdwest-Fryslân, Fryslân"),
        ("It Hearrenfean", "Heerenveen", "gemeente Heerenveen, Fryslân"),
        ("Bergum", "Burgum", "gemeente Tytsjerksteradiel, Fryslân"),
        ("Walterswald", "Wâlterswâld", "gemeente Dantumadiel, Fryslân"),
        ("Ohe en Laak", "Ohé en Laak", "gemeente Maasgouw, Limburg"),
        ("st annaparochie", "St.-Annaparochie", "gemeente Waadhoeke, Fryslân"),
        ("Alphen a/d Rijn", "Alphen aan den Rijn", "gemeente Alphen aan den Rijn, Zuid-Holland"),
        ("hengelo (gld)", "Hengelo", "gemeente Bronckhorst, Gelderland"),
        ("Hengelo, Bronckhorst", "Hengelo", "gemeente Bronckhorst, Gelderland"),
        ("hengelo gelderland", "Hengelo", "gemeente Bronckhorst, Gelderland"),
        ("Balinge", "Balinge", "gemeente Midden-Drenthe, Drenthe"),  # hamlets with a postcode of their own
        ("radewijk", "Radewijk", "gemeente Hardenberg, Overijssel"),
        ("Eursinge, De Wolden", "Eursinge", "gemeente De Wolden, Drenthe"),
        ("Bergen NH", "Bergen", "gemeente Bergen (NH.), Noord-Holland"),
        ("Dorpsstraat 12 Zutphen", "Zutphen", "gemeente Zutphen, Gelderland"),
        ("Utrecht", "Utrecht", "gemeente Utrecht, Utrecht"),
        ("Groningen", "Groningen", "gemeente Groningen, Groningen"),
        ("Bronckhorst", "gemeente Bronckhorst", "Gelderland"),
        ("gemeente Bergen (L.)", "gemeente Bergen (L.)", "Limburg"),
        ("Friesland", "provincie Fryslân", ""),
        ("amersf", "Amersfoort", "gemeente Amersfoort, Utrecht"),
        ("Zuthpen", "Zutphen", "gemeente Zutphen, Gelderland"),
        ("eindhovne", "Eindhoven", "gemeente Eindhoven, Noord-Brabant"),
        ("mastricht", "Maastricht", "gemeente Maastricht, Limburg"),
    ],
)
def test_what_people_type_finds_one_point(tekst, label, waar):
    uitkomst = zoek(tekst)

    assert isinstance(uitkomst, Gevonden), uitkomst
    assert (uitkomst.doel.label, uitkomst.doel.ligging) == (label, waar)


@pytest.mark.parametrize("tekst", ["3511", "3511AB", "Zutphen", "den haag", "Alphen a/d Rijn", "St Annaparochie"])
def test_a_plain_find_needs_no_explanation(tekst):
    assert zoek(tekst).uitleg == ""


@pytest.mark.parametrize("tekst", ["3511 AB", "3511ab", "Kerkplein 3, 3511 AB", "3511\x00AB", "NL-3511AB"])
def test_letters_of_a_postcode_are_dropped_at_once(tekst):
    assert zoek(tekst).zoekterm == "3511"


def test_a_street_goes_no_further():
    assert zoek("Dorpsstraat 12 Zutphen").zoekterm == "Zutphen, Zutphen"
    assert zoek("Dorpsstraat 12, Zutphen").zoekterm == "Zutphen, Zutphen"


def test_behind_a_street_every_name_asks_or_finds_as_it_does_by_itself():
    boek = register()
    dubbel = {doel.naam for doelen in boek.op_sleutel.values() if len(doelen) > 1 for doel in doelen}

    for naam in sorted(dubbel):
        zoekterm = zoek(f"Dorpsweg 12 {naam}").zoekterm
        assert "12" not in zoekterm, naam
        assert zoek(zoekterm).zoekterm == zoekterm, naam  # the address that it leads to stays as it is


@pytest.mark.parametrize(
    ("tekst", "zoekterm"),
    [
        ("Dorpsstraat 12 Hengelo", "Hengelo"),  # which of the two is asked
        ("Kerkplein 3", "Kerkplein"),
        ("Kerkplein 3a, Xyzqq", "Kerkplein, Xyzqq"),
        ("Kerkplein 12 b", "Kerkplein"),
        ("Dorpsstraat 12 Zutpen", "Dorpsstraat Zutpen"),
        ("2e Xyzqq", "2e Xyzqq"),
        ("0000", "0000"),
    ],
)
def test_the_number_of_a_house_goes_no_further_either_where_no_one_place_is_known(tekst, zoekterm):
    assert zoek(tekst).zoekterm == zoekterm
    assert zoek(zoekterm).zoekterm == zoekterm


def test_a_misspelt_name_is_searched_and_said():
    assert zoek("Zuthpen").uitleg == "Je typte “Zuthpen”. We zoeken rond Zutphen."


@pytest.mark.parametrize(
    ("tekst", "liggingen"),
    [
        ("Hengelo", ["gemeente Hengelo, Overijssel", "gemeente Bronckhorst, Gelderland"]),
        ("Loo", ["gemeente Duiven, Gelderland", "gemeente Oldebroek, Gelderland"]),
        (
            "Beek",
            [
                "gemeente Beek, Limburg",
                "gemeente Berg en Dal, Gelderland",
                "gemeente Montferland, Gelderland",
                "gemeente Laarbeek, Noord-Brabant",
            ],
        ),
        (
            "Bergen",
            [
                "gemeente Bergen (NH.), Noord-Holland",
                "gemeente Bergen (L.), Limburg",
                "gemeente Bergen op Zoom, Noord-Brabant",
                "gemeente Bergen (NH.), Noord-Holland",
            ],
        ),
    ],
)
def test_a_name_that_occurs_more_than_once_asks_which(tekst, liggingen):
    uitkomst = zoek(tekst)

    assert isinstance(uitkomst, Keuze)
    assert [doel.ligging for doel in uitkomst.keuzes] == liggingen


def test_zeeland_may_be_the_province_or_the_village():
    assert [doel.label for doel in zoek("Zeeland").keuzes] == ["provincie Zeeland", "Zeeland"]


def test_alphen_may_well_be_alphen_aan_den_rijn():
    assert "Alphen aan den Rijn" in [doel.label for doel in zoek("Alphen").keuzes]


@pytest.mark.parametrize(("pc4", "buur"), [("1234", "1231"), ("1250", "1251"), ("8888", "8885"), ("3500", "3511")])
def test_an_unknown_code_falls_back_to_the_nearest_one_and_says_so(pc4, buur):
    uitkomst = zoek(pc4)

    assert uitkomst.doel.naam == buur
    assert uitkomst.zoekterm == pc4
    assert f"Postcode {pc4} kennen we niet" in uitkomst.uitleg


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("0000", "Een postcode heeft vier cijfers"),
        ("0123", "Een postcode heeft vier cijfers"),
        ("123", "Een postcode heeft vier cijfers"),
        ("12345", "Een postcode heeft vier cijfers"),
        ("🌱", "We zagen geen letters of cijfers"),
        ("'", "We zagen geen letters of cijfers"),
        ("\x00", "We zagen geen letters of cijfers"),
        ("\u202e", "We zagen geen letters of cijfers"),
        ("مرحبا", "We zagen geen letters of cijfers"),
        ("x" * 5000, "Dat is wel erg lang"),
        ("3" * 101, "Dat is wel erg lang"),
        ("abc", "We vonden geen plaats of postcode bij “abc”"),
        ("qqqqq", "We vonden geen plaats of postcode bij “qqqqq”"),
        ("'; DROP TABLE geo_plaats; --", "We vonden geen plaats of postcode bij"),
    ],
)
def test_what_is_not_found_gets_a_helpful_sentence(tekst, zin):
    uitkomst = zoek(tekst)

    assert isinstance(uitkomst, Onbekend)
    assert uitkomst.uitleg.startswith(zin)


def test_half_a_name_is_met_with_suggestions():
    assert [doel.label for doel in zoek("abc").suggesties] == ["Abcoude"]
    assert "Utrecht" in [doel.label for doel in zoek("utr").suggesties]


@pytest.mark.parametrize("tekst", ["", "   ", "\t\n"])
def test_nothing_typed_is_no_question(tekst):
    assert zoek(tekst) == Leeg()


def test_every_postcode_finds_itself():
    for pc4 in Postcode.objects.values_list("pc4", flat=True):
        assert zoek(pc4).doel.naam == pc4


def test_every_choice_and_suggestion_leads_to_exactly_what_it_says():
    """The term behind a link finds that one place, municipality or province, for all of them."""
    doelen = {doel for lijst in register().op_sleutel.values() for doel in lijst}
    assert len(doelen) == Plaats.objects.count() + 342 + 12

    for doel in doelen:
        uitkomst = zoek(doel.zoekterm)
        assert isinstance(uitkomst, Gevonden), (doel, uitkomst)
        assert uitkomst.doel == doel
        assert uitkomst.uitleg == ""


def test_every_place_is_found_or_asked_about_by_its_own_name():
    for plaats in Plaats.objects.all():
        uitkomst = zoek(plaats.naam)
        labels = [uitkomst.doel] if isinstance(uitkomst, Gevonden) else uitkomst.keuzes
        assert any((doel.naam, doel.gemeente) == (plaats.naam, plaats.gemeente) for doel in labels), plaats


def test_a_municipality_and_a_province_lie_in_their_middle():
    bronckhorst, gelderland = zoek("Bronckhorst").doel, zoek("Gelderland").doel

    assert (bronckhorst.soort, gelderland.soort) == (GEMEENTE, PROVINCIE)
    assert (bronckhorst.lat, bronckhorst.lon) == pytest.approx((52.05, 6.23), abs=0.05)
    assert (gelderland.lat, gelderland.lon) == pytest.approx((52.0, 5.95), abs=0.15)


def test_the_country_is_read_with_one_query_and_then_never_again(vers_register, django_assert_num_queries):
    with django_assert_num_queries(1):
        zoek("3511")

    with django_assert_num_queries(0):
        for tekst in ("Zuthpen", "Hengelo", "1234", "abc"):
            zoek(tekst)


def test_an_empty_table_is_not_remembered(vers_register):
    Postcode.objects.all().delete()
    Plaats.objects.all().delete()
    assert isinstance(zoek("3511"), Onbekend)

    Postcode.objects.create(
        pc4="3511",
        plaats="Utrecht",
        gemeente="Utrecht",
        provincie="Utrecht",
        lat=52.09,
        lon=5.11,
        nauwkeurigheid="postcode",
    )

    assert isinstance(zoek("3511"), Gevonden)


@pytest.mark.parametrize("tekst", ["x" * 5000, "a" * 100, "zuthpen " * 12, "é" * 100, "٣" * 100, "de de de de de de"])
def test_no_question_takes_a_tenth_of_a_second(tekst):
    register()
    tijden = []

    for _ in range(3):
        begin = time.thread_time()
        zoek(tekst)
        tijden.append(time.thread_time() - begin)

    assert min(tijden) < 0.1


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120) | st.from_regex(r"[0-9 a-zA-Z'(),.-]{0,40}"))
def test_any_text_gets_an_answer(tekst):
    assert isinstance(zoek(tekst), (Leeg, Gevonden, Keuze, Onbekend))


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_folds_to_lower_case_letters_digits_and_single_spaces(tekst):
    met_de_hand = "".join(teken.lower() if teken.isalnum() else " " for teken in tekst)

    assert namen.schoon(tekst) == " ".join(met_de_hand.split())
    assert namen.schoon(f"é{tekst}").removeprefix("e").lstrip() == namen.schoon(tekst)  # the long way says the same
