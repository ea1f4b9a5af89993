"""Where nobody reads questions on this site, no page promises that somebody does."""

import pytest

from tests.factories import RolFactory

BELLEN = "Bel of mail deze plek"
VRAGEN = "Vraag of er plek is"


@pytest.fixture
def plek(maak_plek):
    plek = maak_plek("De Wilgenhoek")
    plek.initiatief.telefoon = "0575 123456"
    plek.initiatief.save()
    return plek


@pytest.mark.parametrize("pad", ["/kaart/?q=7201", "/kaart/insluiten/?q=7201", "/kaart/lijstje/naast-elkaar/?p={pk}"])
def test_a_card_offers_what_works(client, plek, pad):
    zonder = client.get(pad.format(pk=plek.pk)).text
    RolFactory(initiatief=plek.initiatief)
    met = client.get(pad.format(pk=plek.pk)).text

    assert BELLEN in zonder
    assert "kaart/contact/?plek=" not in zonder
    assert VRAGEN in met
    assert BELLEN not in met


def test_somebody_who_may_not_sign_in_any_more_reads_nothing(client, plek):
    rol = RolFactory(initiatief=plek.initiatief)
    rol.gebruiker.is_active = False
    rol.gebruiker.save()

    assert BELLEN in client.get("/kaart/?q=7201").text


def test_the_page_of_a_place_says_how_to_reach_it(client, plek):
    pad = plek.initiatief.get_absolute_url()

    zonder = client.get(pad).text
    RolFactory(initiatief=plek.initiatief)
    met = client.get(pad).text

    assert "leest hier nog geen vragen" in zonder
    assert "tel:0575123456" in zonder
    assert VRAGEN not in zonder
    assert VRAGEN in met


def test_a_shortlist_asks_only_where_somebody_reads(client, maak_plek, plek):
    ander = maak_plek("Ander")
    pad = f"/kaart/lijstje/?p={plek.pk},{ander.pk}"

    zonder = client.get(pad).text
    RolFactory(initiatief=plek.initiatief)
    met = client.get(pad).text

    assert VRAGEN not in zonder
    assert f'kaart/contact/?plek={plek.initiatief.slug}"' in met
    assert "bij wie hier vragen leest" in met
