"""What a visitor sees when something fails."""

import re

import pytest
from django.test import Client

from collectief.logs import ZonderPersoonsgegevens

pytestmark = pytest.mark.urls("tests.vorm.urls_met_storing")


@pytest.fixture
def bezoeker() -> Client:
    return Client(raise_request_exception=False)


def test_an_unknown_address_offers_the_search_field_and_ways_on(bezoeker):
    response = bezoeker.get("/bestaat-niet/")

    assert response.status_code == 404
    tekst = response.content.decode()
    assert 'action="/zoeken/"' in tekst
    assert 'href="/kaart/"' in tekst
    assert 'href="/initiatieven/"' in tekst


def test_a_page_that_is_not_yours_says_whom_to_ask(bezoeker):
    response = bezoeker.get("/verboden/")

    assert response.status_code == 403
    assert "coördinator" in response.content.decode()


def test_a_strange_request_gets_an_explanation(bezoeker):
    response = bezoeker.get("/vreemd/")

    assert response.status_code == 400
    assert "begrepen we niet" in response.content.decode()


def test_an_error_of_ours_tells_nothing_of_what_went_wrong(bezoeker):
    response = bezoeker.get("/kapot/")

    assert response.status_code == 500
    assert "Het ligt niet aan jou" in response.content.decode()
    assert "Roos" not in response.content.decode()


def test_the_number_on_that_page_leads_to_the_lines_in_the_log(bezoeker, caplog):
    caplog.handler.addFilter(ZonderPersoonsgegevens())

    nummer = re.search("<code>([0-9a-f]{12})</code>", bezoeker.get("/kapot/").text)[1]

    assert nummer in {regel.trace for regel in caplog.records if regel.levelname == "ERROR"}


@pytest.mark.django_db(transaction=True)
def test_a_lost_database_connection_says_we_will_be_back(bezoeker):
    response = bezoeker.get("/verbroken/")

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "We zijn er zo weer" in response.content.decode()


def test_an_expired_form_explains_what_to_do():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "bo@voorbeeld.example"})

    assert response.status_code == 403
    assert "Ga terug" in response.content.decode()
