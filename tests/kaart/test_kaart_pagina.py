"""The page as a visitor gets it, without JavaScript."""

import gzip
import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatieven.models import Locatie
from kaart.wegwijzer import wegwijzer
from tests.initiatieven.factories import PlekkenFactory
from tests.kaart.pagina import tekst_van as _tekst


def test_a_postcode_gives_the_nearest_places_with_distance_and_room(client, maak_plek):
    maak_plek("De Wilgenhoek", noord=0.06, leeftijd=(12, 18), plekken=[(12, 18, "plek_vrij")])

    response = client.get("/kaart/", {"q": "7201"})

    tekst = _tekst(response)
    dag = timezone.localdate()
    assert response.status_code == 200
    assert "Plekken rond 7201 Zutphen" in tekst
    assert "1 plek binnen 25 km van 7201 Zutphen." in tekst
    assert "De Wilgenhoek ca. 7 km" in tekst
    assert f"plek vrij (op {dag.day} " in tekst
    assert "hemelsbreed" in tekst


def test_the_address_holds_the_whole_question(client, maak_plek):
    maak_plek("De Wilgenhoek", noord=0.06)

    response = client.get("/kaart/?q=7201&straal=5&leeftijd=14&plek=1")

    assert '<option value="5" selected>binnen 5 km (' in response.content.decode()
    assert 'value="14"' in response.content.decode()
    assert 'name="plek" value="1" checked' in response.content.decode()


@pytest.mark.parametrize(
    ("q", "adres"),
    [
        ("7201 AB", "/kaart/?q=7201&straal=25"),
        ("7201ab", "/kaart/?q=7201&straal=25"),
        (" 7201 ", None),
        ("Kerkplein 3, 7201 AB Zutphen", "/kaart/?q=7201&straal=25"),
        ("Kerkplein 3 Zutphen", "/kaart/?q=Zutphen%2C+Zutphen&straal=25"),
        ("7201", None),
        ("zutphen", None),
        ("Zuthpen", None),
        ("1234", None),
    ],
)
def test_letters_of_a_postcode_and_streets_never_stay_in_the_address(client, db, q, adres):
    response = client.get("/kaart/", {"q": q})

    assert (response.status_code, response.get("Location")) == ((302, adres) if adres else (200, None))


def test_the_filters_survive_the_way_to_the_clean_address(client, db):
    response = client.get("/kaart/?q=7201AB&straal=nl&leeftijd=14&plek=on&pagina=2&vreemd=1")

    assert response["Location"] == "/kaart/?q=7201&straal=nl&leeftijd=14&plek=1&pagina=2"


def test_a_name_that_occurs_twice_asks_which_and_keeps_the_filters(client, db):
    response = client.get("/kaart/?q=Hengelo&leeftijd=14")

    assert "Welke Hengelo bedoel je?" in _tekst(response)
    assert "gemeente Bronckhorst, Gelderland" in _tekst(response)
    assert 'href="?q=Hengelo+%28Gld%29%2C+Bronckhorst&amp;straal=25&amp;leeftijd=14"' in response.content.decode()


def test_nothing_within_reach_shows_what_is_beyond(client, maak_plek):
    for nummer in range(4):
        maak_plek(f"Plek {nummer}", noord=0.3 + nummer / 100)

    tekst = _tekst(client.get("/kaart/?q=7201&straal=10"))

    assert "We vonden geen plek binnen 10 km van 7201 Zutphen. Dit zijn de drie dichtstbijzijnde." in tekst
    assert "Plek 2 ca. 36 km" in tekst
    assert "Plek 3" not in tekst


def test_little_within_reach_is_followed_by_what_is_a_bit_further(client, maak_plek):
    maak_plek("Binnen")
    maak_plek("Buiten", noord=0.3)

    tekst = _tekst(client.get("/kaart/?q=7201&straal=10"))

    assert "1 plek binnen 10 km" in tekst
    assert tekst.index("Iets verder weg") < tekst.index("Buiten ca. 3")


def test_the_page_arrives_pressed_as_it_is(client, vrije_plek):
    los = client.get("/kaart/?q=7201").content
    response = client.get("/kaart/?q=7201", headers={"Accept-Encoding": "br, gzip"})

    uitgepakt = gzip.decompress(response.content)

    def zonder_nonce(inhoud: bytes) -> bytes:
        return re.sub(rb'nonce="[^"]+"', b"", inhoud)

    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert zonder_nonce(uitgepakt) == zonder_nonce(los)


def test_a_country_without_places_still_says_what_to_do(client, db):
    tekst = _tekst(client.get("/kaart/?q=7201"))

    assert "Er staan nog geen plekken op de kaart." in tekst
    assert "Bekijk alle initiatieven" in tekst


def test_the_next_page_goes_on_counting(client, maak_plek):
    for nummer in range(13):
        maak_plek(f"Plek {nummer:02}", noord=nummer / 1000)

    eerste, tweede = client.get("/kaart/?q=7201"), client.get("/kaart/?q=7201&pagina=2")

    assert 'rel="next" href="?q=7201&amp;straal=25&amp;pagina=2"' in eerste.content.decode()
    assert "13 plekken binnen 25 km van 7201 Zutphen." in _tekst(eerste)
    assert "Plek 13 tot en met 13 van 13 binnen 25 km" in _tekst(tweede)
    assert '<li value="13"' in tweede.content.decode()


def test_room_of_long_ago_is_unknown(client, maak_plek):
    plek = maak_plek("Lang geleden")
    PlekkenFactory(initiatief=plek.initiatief, per_datum=timezone.localdate() - timedelta(days=31))

    tekst = _tekst(client.get("/kaart/?q=7201"))

    assert "onbekend of er plek is, vraag het na" in tekst
    assert "plek vrij (op" not in tekst


def test_a_waiting_list_says_how_long(client, maak_plek):
    plek = maak_plek("Wachten")
    PlekkenFactory(initiatief=plek.initiatief, toestand="wachtlijst", wachtweken=6)

    assert "wachtlijst, ongeveer 6 weken (op" in _tekst(client.get("/kaart/?q=7201"))


def test_a_place_at_home_shows_no_street_and_a_rounded_point(client, maak_plek):
    maak_plek("Thuis", nauwkeurigheid="ongeveer", adres="", lat=52.14, lon=6.2)

    inhoud = client.get("/kaart/?q=7201").content.decode()

    assert "omgeving Zutphen" in inhoud
    assert 'data-lat="52.1400" data-lon="6.2000" data-ongeveer' in inhoud


def test_hostile_names_are_only_words(client, maak_plek):
    plek = maak_plek('<script>alert("x")</script>')
    Locatie.objects.filter(pk=plek.pk).update(naam='"><img src=x onerror=alert(1)>', plaats="<b>Zutphen</b>")

    inhoud = client.get("/kaart/?q=7201").content.decode()

    assert "<script>alert" not in inhoud
    assert "<img" not in inhoud
    assert "<b>" not in inhoud


def test_the_drawing_holds_every_place_of_the_list(client, maak_plek):
    for nummer in range(3):
        maak_plek(f"Plek {nummer}", noord=nummer / 100)

    tekening = re.search(r'<svg class="kaart-tekening".*?</svg>', client.get("/kaart/?q=7201").content.decode()).group()

    assert re.findall(r"<text[^>]*>(\d+)</text>", tekening) == ["3", "2", "1"]
    assert "," not in re.search(r'viewBox="([^"]+)"', tekening).group(1)


@pytest.mark.parametrize("pad", ["/kaart/", "/kaart/?q=7201", "/kaart/?q=Hengelo", "/kaart/plekken.json"])
def test_reading_the_map_sets_no_cookie_and_varies_on_none(client, maak_plek, pad):
    maak_plek("De Wilgenhoek")

    response = client.get(pad)

    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("pad", ["/kaart/", "/kaart/?q=7201", "/kaart/?q=🌱"])
def test_the_page_names_no_other_host_and_holds_no_inline_style(client, maak_plek, pad):
    maak_plek("De Wilgenhoek")

    inhoud = client.get(pad).content.decode()

    assert re.findall(r'(?:src|href|action)="(?:https?:)?//', inhoud) == []
    assert " style=" not in inhoud
    assert re.findall(r"<script(?![^>]*(?:src|nonce)=)", inhoud) == []


@pytest.mark.parametrize("methode", ["put", "patch", "delete"])  # by POST it only says where to look
def test_the_map_is_only_read(client, db, methode):
    assert getattr(client, methode)("/kaart/").status_code == 405


@pytest.mark.usefixtures("koud_register")
@pytest.mark.parametrize("aantal", [1, 3])
def test_a_first_question_takes_two_queries_and_a_next_one(client, maak_plek, django_assert_num_queries, aantal):
    for nummer in range(aantal):
        maak_plek(f"Plek {nummer}", plekken=[(12, 18, "vol")])

    with django_assert_num_queries(2):
        client.get("/kaart/?q=7201")
    client.get("/kaart/?q=7202")  # reads the places once more, and notes how they stand
    with django_assert_num_queries(1):
        client.get("/kaart/?q=7203")


def test_the_same_question_again_takes_no_query(client, maak_plek, django_assert_num_queries, bewaart_plekken):
    maak_plek("De Wilgenhoek")
    eerste = client.get("/kaart/?q=7201&straal=10")

    with django_assert_num_queries(0):
        tweede = client.get("/kaart/?q=7201&straal=10")

    assert _tekst(tweede) == _tekst(eerste)
    with django_assert_num_queries(0):  # another question, about places that are known by now
        client.get("/kaart/?q=7201&straal=10&leeftijd=14")


def test_a_kept_page_has_a_nonce_of_its_own_every_time(client, maak_plek):
    maak_plek("De Wilgenhoek")

    antwoorden = [client.get("/kaart/?q=7201&straal=50") for _ in range(2)]

    nonces = [re.search(r'<script nonce="([^"]+)"', antwoord.content.decode()).group(1) for antwoord in antwoorden]
    assert nonces[0] != nonces[1]
    for nonce, antwoord in zip(nonces, antwoorden, strict=True):
        assert f"'nonce-{nonce}'" in antwoord["Content-Security-Policy"]


@pytest.mark.parametrize("q", ["Zuthpen", "1234", "abcdef", "Hengelo", ""])
def test_what_we_do_not_know_by_that_name_is_kept_nowhere(client, db, q):
    client.get("/kaart/", {"q": q})

    assert wegwijzer().antwoorden == {}


@pytest.mark.parametrize(
    ("q", "zin"),
    [
        ("", "Typ je postcode of woonplaats"),
        ("3511", "Plekken rond 3511 Utrecht"),
        ("Zutphen", "Plekken rond Zutphen"),
        ("Hengelo", "Welke Hengelo bedoel je?"),
        ("9999", "Plekken rond 9999 Stitswerd"),
        ("0000", "Een postcode heeft vier cijfers"),
        ("abc", "Bedoel je een van deze?"),
        ("🌱", "We zagen geen letters of cijfers"),
        ("x" * 5000, "Dat is wel erg lang"),
        ("1234", "misschien is het een postbus"),
        ("\x00", "Typ je postcode of woonplaats"),
        ("\u202eabcd", "We vonden geen plaats of postcode bij “abcd”"),
    ],
)
def test_every_question_gets_a_sensible_page_within_a_tenth_of_a_second(client, vrije_plek, warm_register, q, zin):
    tijden = []

    for _ in range(3):  # the first reads templates; on a busy machine one may catch somebody else's pause
        begin = time.thread_time()
        response = client.get("/kaart/", {"q": q})
        tijden.append(time.thread_time() - begin)

    assert min(tijden) < 0.1
    assert response.status_code == 200
    assert zin in _tekst(response)


@pytest.mark.parametrize("straal", ["", "-1", "0", "7", "1e9", "25km", "NaN", "nl ", "٢٥", "25\x00", "9" * 400])
def test_an_odd_radius_falls_back_to_the_usual_one(client, db, straal):
    response = client.get("/kaart/", {"q": "7201", "straal": straal})

    assert '<option value="25" selected>binnen 25 km (' in response.content.decode()


@pytest.mark.parametrize("leeftijd", ["-1", "31", "99999999999999999999", "veertien", "1.5", "1e3", "14\x00"])
def test_an_odd_age_gets_a_sentence_and_all_ages(client, vrije_plek, leeftijd):
    response = client.get("/kaart/", {"q": "7201", "leeftijd": leeftijd})

    assert "We zochten nu voor alle leeftijden." in _tekst(response)
    assert "Vrije plek" in _tekst(response)


@pytest.mark.parametrize("pagina", ["0", "-1", "1e9", "twee", "99999", "²", "", "1\x00"])
def test_an_odd_page_number_is_the_first_page(client, vrije_plek, pagina):
    assert "Vrije plek" in _tekst(client.get("/kaart/", {"q": "7201", "pagina": pagina}))


def test_a_page_past_the_end_says_so(client, vrije_plek):
    response = client.get("/kaart/?q=7201&leeftijd=14&pagina=40")

    assert "Verder vonden we niets meer." in _tekst(response)
    assert 'href="?q=7201&amp;straal=25&amp;leeftijd=14">Terug naar het begin' in response.content.decode()


def test_four_hundred_parameters_are_ignored(client, vrije_plek):
    adres = "/kaart/?q=7201&" + "&".join(f"filter{n}=x" for n in range(400))

    assert client.get(adres).status_code == 200


VREEMD = st.text(max_size=30) | st.sampled_from(
    ["3511", "nl", "on", "' OR 1=1 --", "\x00", "-1", "1e999", "NaN", "\ud800"]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["q", "bij", "straal", "leeftijd", "plek", "soort", "online", "pagina", "x"]), VREEMD
    )
)
def test_any_query_string_gets_a_page(client, vrije_plek, parameters):
    schoon = {naam: waarde.encode("utf-8", "surrogatepass") for naam, waarde in parameters.items()}

    assert client.get("/kaart/", schoon).status_code in {200, 302}


@pytest.mark.parametrize("gebied", ["gemeente Zutphen", "provincie Gelderland"])
def test_around_an_area_it_says_that_its_middle_is_meant(client, maak_plek, gebied):
    """Somebody at its edge has a place next door, in the same area, that is not counted."""
    maak_plek("De Wilgenhoek")

    antwoord = client.get("/kaart/", {"q": gebied, "straal": 50})

    assert f"binnen 50 km van het midden van {gebied}." in _tekst(antwoord)


def test_the_buttons_of_provinces_ask_wide_enough_for_a_province(client, db):
    assert client.get("/kaart/").text.count("&amp;straal=50") == 12
