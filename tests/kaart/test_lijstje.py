"""The shortlist, side by side, and the questions that help: all of it in an address, nothing kept."""

import re

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatieven.models import Initiatief, Locatie
from kaart.filters import OP_NAAM
from kaart.forms.lijst import LijstForm
from kaart.forms.vraag import lees_vraag
from kaart.hulpvragen import HULPVRAGEN
from kaart.lijstjes import lijst_pad, qr_code
from tests.initiatieven.factories import LocatieFactory
from tests.kaart.pagina import tekst_van

NIET = '<span class="zacht">niet ingevuld</span>'


@pytest.fixture
def drie(maak_plek) -> list[int]:
    return [
        maak_plek("De Wilgenhoek", noord=0.06, leeftijd=(12, 18), plekken=[(12, 18, "plek_vrij")]).pk,
        maak_plek("Atelier Noord", noord=0.1).pk,
        maak_plek("Thuis bij Riet", nauwkeurigheid="ongeveer", adres="", lat=52.1, lon=6.1).pk,
    ]


def test_a_list_shows_its_places_in_its_own_order(client, drie):
    tekst = tekst_van(client.get("/kaart/lijstje/", {"p": f"{drie[1]},{drie[0]}"}))

    assert "2 plekken." in tekst
    assert tekst.index("Atelier Noord") < tekst.index("De Wilgenhoek")
    assert "plek vrij (op" in tekst
    assert "Thuis bij Riet" not in tekst


def test_with_where_you_searched_it_tells_how_far_and_the_link_to_share_does_not_tell_where(client, drie):
    response = client.get("/kaart/lijstje/", {"p": str(drie[0]), "q": "7201"})

    assert "De Wilgenhoek ca. 7 km" in tekst_van(response)
    assert f'id="deel-link" href="/kaart/lijstje/?p={drie[0]}"' in response.content.decode()


def test_without_a_script_places_are_ticked_and_go_to_one_list(client, drie):
    pagina = client.get("/kaart/", {"q": "7201"}).content.decode()

    gekruist = re.findall(r'<input type="checkbox" name="p" value="(\d+)" form="kies"', pagina)
    assert set(map(str, drie)) == set(gekruist)
    assert '<form id="kies" action="/kaart/lijstje/" method="get"><input type="hidden" name="q" value="7201">' in pagina
    tekst = tekst_van(client.get("/kaart/lijstje/", {"p": gekruist, "q": "7201"}))
    assert "3 plekken, met de afstand hemelsbreed vanaf 7201" in tekst


def test_a_place_can_be_kept_from_the_page_that_tells_about_it(client, drie):
    pagina = client.get(Locatie.objects.get(pk=drie[0]).initiatief.get_absolute_url()).content.decode()

    assert f'href="/kaart/lijstje/?p={drie[0]}" data-bewaar="{drie[0]}"' in pagina
    assert "js/lijstje" in pagina


def test_a_list_of_long_ago_says_what_is_gone(client, drie):
    Initiatief.objects.filter(naam="Atelier Noord").update(lidmaatschap="gestopt")

    tekst = tekst_van(client.get("/kaart/lijstje/", {"p": f"{drie[0]},{drie[1]},999999"}))

    assert "2 plekken van dit lijstje staan niet meer op de kaart." in tekst
    assert "Atelier Noord" not in tekst


def test_a_list_of_which_everything_is_gone_says_so_and_leads_on(client, db):
    tekst = tekst_van(client.get("/kaart/lijstje/?p=999998,999999&q=7201"))

    assert "Van dit lijstje staat niets meer op de kaart." in tekst
    assert "Er staat nog niets" not in tekst
    assert (
        'href="/kaart/?q=7201">Zoek een andere plek'
        in client.get("/kaart/lijstje/?p=999998,999999&q=7201").content.decode()
    )


@pytest.mark.parametrize("p", ["", "x", "-1", "1e9", "9" * 400, "٣", "\x00", "' OR 1=1 --"])
def test_a_list_without_places_says_how_to_begin(client, db, p):
    response = client.get("/kaart/lijstje/", {"p": p})

    assert response.status_code == 200
    assert "Er staat nog niets op je lijstje." in tekst_van(response)


@pytest.mark.parametrize(
    ("p", "nummers"),
    [
        ("1,2,3", [1, 2, 3]),
        ("3,1,3", [3, 1]),
        ("1,,x, 2,-3,4.0,5", [1, 5]),
        (",".join(map(str, range(400))), list(range(30))),
    ],
)
def test_of_an_address_only_thirty_numbers_are_read(rf, p, nummers):
    assert LijstForm(rf.get("/", {"p": p}).GET).nummers == nummers


def test_a_form_without_javascript_sends_each_place_by_itself(rf):
    assert LijstForm(rf.get("/?p=4&p=2").GET).nummers == [4, 2]


def test_taking_a_place_off_is_a_link(client, drie):
    inhoud = client.get("/kaart/lijstje/", {"p": f"{drie[0]},{drie[1]}", "q": "7201"}).content.decode()

    assert f'href="/kaart/lijstje/?p={drie[1]}&amp;q=7201" data-weg="{drie[0]}"' in inhoud


@pytest.mark.parametrize("aantal", [1, 3])
def test_a_list_takes_one_query_for_what_cards_do_not_have(client, drie, django_assert_num_queries, aantal):
    with django_assert_num_queries(2):  # and one for all places, which production keeps a minute
        client.get("/kaart/lijstje/", {"p": ",".join(map(str, drie[:aantal]))})


def test_three_places_stand_side_by_side_and_a_fourth_waits(client, drie, maak_plek):
    vierde = maak_plek("Vierde").pk
    Initiatief.objects.filter(naam="De Wilgenhoek").update(bekostiging=["pgb"], groepsgrootte=6)
    Locatie.objects.filter(pk=drie[1]).update(is_landelijk=True)

    response = client.get("/kaart/lijstje/naast-elkaar/", {"p": [*drie, vierde], "q": "7201"})

    tekst = tekst_van(response)
    assert "Naast elkaar passen er hooguit drie." in tekst
    assert "Vierde" not in tekst
    rijen = re.findall(r'<tr><th scope="row">([^<]+)</th>(.*?)</tr>', response.content.decode(), re.DOTALL)
    cellen = {kop: re.findall(r"<td[^>]*>(.*?)</td>", rij) for kop, rij in rijen}
    van_ver = "ca. 11 km<br>Zutphen<br>voor jongeren uit heel Nederland"
    assert cellen["Hoe ver"] == ["ca. 7 km<br>Zutphen", van_ver, "ca. 8 km<br>omgeving Zutphen"]
    assert cellen["Leeftijd"] == ["12 tot en met 18 jaar", NIET, NIET]
    assert cellen["Je bent er"][0] == "hooguit 6 jongeren"
    assert cellen["Hoe het betaald wordt"][0] == "persoonsgebonden budget (pgb)"
    rij = re.search(r'class="scherm"><th scope="row">En nu.*?</tr>', response.text, re.DOTALL)[0]
    assert rij.count('aria-label="Lees meer over ') == 3  # on a phone the heading row is not shown


def test_two_places_of_one_initiative_are_told_apart_by_where_they_are(client, maak_plek):
    thuis = maak_plek("De Wilgenhoek", plaats="Hengelo")
    ook = LocatieFactory(initiatief=thuis.initiatief, plaats="Oldenzaal")
    ander = maak_plek("Atelier Noord")
    nummers = {"p": [thuis.pk, ook.pk, ander.pk]}

    naast_elkaar = client.get("/kaart/lijstje/naast-elkaar/", nummers).text
    lijst = client.get("/kaart/lijstje/", nummers).text

    koppen = re.findall(r'<th scope="col"><a[^>]*>([^<]+)</a>', naast_elkaar)
    assert koppen == ["De Wilgenhoek, Hengelo", "De Wilgenhoek, Oldenzaal", "Atelier Noord"]
    assert 'aria-label="Haal De Wilgenhoek, Oldenzaal van dit lijstje"' in lijst


def test_nothing_to_compare_is_no_error(client, db):
    assert "Er is niets om te vergelijken." in tekst_van(client.get("/kaart/lijstje/naast-elkaar/"))


def test_a_place_at_home_stays_about_there_on_a_list(client, drie):
    Locatie.objects.filter(pk=drie[0]).update(adres="Dorpsweg 1")

    for pad in ("/kaart/lijstje/", "/kaart/lijstje/naast-elkaar/"):
        tekst = tekst_van(client.get(pad, {"p": ",".join(map(str, drie))}))
        assert "omgeving Zutphen" in tekst
        assert "Dorpsweg" not in tekst


def test_the_code_on_paper_holds_the_full_address_and_has_its_marks():
    """47 bytes with medium correction need version 4 (ISO/IEC 18004): 33 modules a side, and four white ones around."""
    qr_code("/kaart/lijstje/?p=1,2")  # another address of this site before: it is not kept for the next
    with override_settings(BASIS_URL="https://collectief.example"):
        tekening = qr_code("/kaart/lijstje/?p=1,2")

    assert '<path fill="#000"' in tekening  # our style sheet fills no drawing by itself
    maat = int(re.search(r'viewBox="0 0 (\d+)', tekening)[1])
    zwart = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", tekening)}
    zoeker = {(4 + x, 4 + y) for x in range(7) for y in range(7) if {x, y} & {0, 6} or (2 <= x <= 4 and 2 <= y <= 4)}
    assert maat == 4 + 33 + 4
    assert zoeker <= zwart  # the mark in the corner, by which a phone finds the code
    assert min(x for x, _ in zwart) == min(y for _, y in zwart) == 4


def test_an_address_of_a_list_holds_only_what_there_is():
    assert lijst_pad([]) == "/kaart/lijstje/"
    assert lijst_pad([3, 1]) == "/kaart/lijstje/?p=3,1"
    assert lijst_pad([3], "Hengelo, Bronckhorst") == "/kaart/lijstje/?p=3&q=Hengelo,+Bronckhorst"


@pytest.mark.parametrize("pad", ["/kaart/lijstje/?p=1", "/kaart/lijstje/naast-elkaar/?p=1", "/kaart/hulp/"])
def test_nothing_of_this_sets_a_cookie(client, drie, pad):
    response = client.get(pad)

    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


VREEMD = st.text(max_size=40) | st.sampled_from(["1,2", "7201", "\x00", "\ud800", "NaN", "' OR 1=1"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["p", "q", "x"]), VREEMD))
def test_whatever_stands_in_the_address_of_a_list_it_is_a_page(client, drie, parameters):
    schoon = {naam: waarde.encode("utf-8", "surrogatepass") for naam, waarde in parameters.items()}

    for pad in ("/kaart/lijstje/", "/kaart/lijstje/naast-elkaar/"):
        antwoord = client.get(pad, schoon, follow=True)
        assert antwoord.status_code == 200
        assert len(antwoord.redirect_chain) <= 2


def test_help_asks_at_most_five_questions_and_each_answer_is_a_filter(client, db, rf):
    inhoud = client.get("/kaart/hulp/").content.decode()

    assert inhoud.count("<fieldset") == 5
    assert re.search(r'<form [^>]*action="/kaart/" method="post" data-zoek>', inhoud)
    for vraag in HULPVRAGEN:
        assert set(vraag.keuzes) - {""} <= set(OP_NAAM[vraag.naam].keuzes)
    gevraagd = lees_vraag(
        rf.get("/?leeftijd=14&soort=tuin&soort=boerderij&voor=rust&samen=&q=7201&straal=10").GET
    ).vraag
    assert gevraagd.adres() == "?q=7201&straal=10&leeftijd=14&soort=boerderij&soort=tuin&voor=rust"
