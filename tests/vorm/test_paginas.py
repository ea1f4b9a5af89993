"""The public front pages and the style page."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.bijeenkomsten.factories import BijeenkomstFactory

pytestmark = pytest.mark.django_db
PUBLIEK = ["/", "/over/", "/pers/", "/privacy/", "/beveiliging/", "/zoeken/", "/uitleg/", "/uitleg/medewerker/"]


def over_dagen(dagen: int) -> datetime:
    return timezone.now() + timedelta(days=dagen)


@pytest.mark.parametrize("pad", PUBLIEK)
def test_a_public_page_sets_no_cookie_and_is_the_same_for_everyone(pad):
    response = Client().get(pad)

    assert response.status_code == 200
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(("pad", "aantal"), [("/", 1), ("/over/", 0), ("/pers/", 0), ("/privacy/", 0), ("/zoeken/", 0)])
def test_a_public_page_hardly_needs_the_database(pad, aantal, django_assert_num_queries, db):
    with django_assert_num_queries(aantal):
        response = Client().get(pad)

    assert response.status_code == 200


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_front_page_names_only_the_next_public_meeting(db, django_assert_num_queries, aantal):
    BijeenkomstFactory(titel="Besloten", is_openbaar=False, begint_op=over_dagen(1))
    for dag in range(aantal):
        BijeenkomstFactory(titel=f"Openbaar {dag}", begint_op=over_dagen(2 + dag))

    with django_assert_num_queries(1):
        tekst = Client().get("/").content.decode()

    assert "Openbaar 0" in tekst
    assert "Openbaar 1" not in tekst
    assert "Besloten" not in tekst


@pytest.mark.parametrize("pad", PUBLIEK)
def test_a_page_has_one_heading_landmarks_and_a_way_past_the_menu(pad):
    tekst = Client().get(pad).content.decode()

    assert len(re.findall(r"<h1[ >]", tekst)) == 1
    assert tekst.index('href="#inhoud"') < tekst.index("<header")
    assert '<main id="inhoud"' in tekst
    assert "GeoNames (CC BY 4.0) en GeoLite2-gegevens van MaxMind (CC BY-SA 4.0), bewerkt" in tekst


def test_the_front_page_asks_one_question_and_opens_three_doors():
    tekst = Client().get("/").content.decode()

    assert re.findall(r'<form[^>]* action="([^"]+)" method="post" role="search"', tekst) == ["/kaart/"]
    assert re.findall(r'class="deur" href="([^"]+)"', tekst) == ["/kaart/", "/initiatieven/aanmelden/", "/mijn/"]


def test_the_stories_say_that_they_are_invented():
    assert "verzonnen" in Client().get("/").content.decode()


def test_example_data_are_marked_on_every_page(settings):
    settings.DEMO = True

    for pad in [*PUBLIEK, "/bestaat-niet/"]:
        assert "Dit zijn voorbeeldgegevens" in Client().get(pad).content.decode()


def test_without_example_data_no_page_speaks_of_them(settings):
    settings.DEMO = False

    assert "voorbeeldgegevens" not in Client().get("/").content.decode()


def test_only_an_admin_sees_the_style_page(als, beheerder, begeleider, coordinator, kernteamlid, verbondgenoot):
    assert als(beheerder).get("/stijl/").status_code == 200
    for gebruiker in (begeleider, coordinator, kernteamlid, verbondgenoot):
        assert als(gebruiker).get("/stijl/").status_code == 404
    assert Client().get("/stijl/").status_code == 302


def test_the_menu_shows_what_a_role_can_open(als, beheerder):
    menu = als(beheerder).get("/stijl/").content.decode()

    assert 'href="/gebruikers/uitnodigen/"' in menu
    assert 'href="/trajecten/"' not in menu
    assert re.search(r'<form method="post" action="/accounts/logout/">', menu)


@pytest.mark.parametrize("wie", ["begeleider", "coordinator", "kernteamlid", "beheerder", "verbondgenoot"])
def test_who_is_signed_in_finds_the_search_in_the_menu(als, wie, request):
    bladzijde = als(request.getfixturevalue(wie)).get("/gebruikers/wat-mag-ik/").content.decode()

    menu = bladzijde.split('<nav class="menu"')[1].split("</nav>")[0]
    assert '<a href="/zoeken/">Zoeken</a>' in menu
