"""The buttons in a mail: a look changes nothing, the button on the page answers."""

import pytest
from django.urls import reverse

from bijeenkomsten.brieven import KNOP, knoppen
from bijeenkomsten.models import Uitnodiging
from tests.bijeenkomsten.factories import AL_GEWEEST, BijeenkomstFactory, UitnodigingFactory

pytestmark = pytest.mark.django_db


def adres(uitnodiging: Uitnodiging, antwoord: str = "ja") -> str:
    return reverse("bijeenkomsten:knop", args=[KNOP.sign(uitnodiging.pk), antwoord])


def test_a_scanner_that_opens_every_link_answers_for_nobody(client):
    uitnodiging = UitnodigingFactory()

    for _, pad in knoppen(uitnodiging):
        response = client.get(pad)
        client.head(pad)

    assert response.status_code == 200
    assert Uitnodiging.objects.get().antwoord == "open"
    assert "sessie" not in response.cookies


@pytest.mark.parametrize("antwoord", ["ja", "misschien", "nee"])
def test_the_button_on_the_page_answers_without_signing_in(client, antwoord):
    uitnodiging = UitnodigingFactory()

    response = client.post(adres(uitnodiging), {"antwoord": antwoord}, follow=True)

    assert Uitnodiging.objects.get().antwoord == antwoord
    assert response.redirect_chain == [(f"{adres(uitnodiging, antwoord)}?bewaard", 302)]
    assert "Bewaard. Dank je wel." in response.text


def test_the_page_offers_what_the_button_said_first(client):
    tekst = client.get(adres(UitnodigingFactory(), "misschien")).text

    assert tekst.index('value="misschien"') < tekst.index('value="ja"') < tekst.index('value="nee"')


@pytest.mark.parametrize(
    "anders", [lambda t: t.replace(":", ":A", 1), lambda t: t + "x", lambda t: "1", lambda t: "1:", lambda t: "é:x"]
)
def test_a_forged_button_does_not_exist(client, anders):
    token = anders(KNOP.sign(UitnodigingFactory().pk))

    for doe in (client.get, client.post):
        assert doe(reverse("bijeenkomsten:knop", args=[token, "ja"])).status_code == 404


def test_the_button_of_a_guest_who_is_gone_or_of_a_draft_does_not_exist(client):
    weg = UitnodigingFactory()
    pad = adres(weg)
    weg.delete()
    concept = UitnodigingFactory(bijeenkomst__status="concept")

    assert client.get(pad).status_code == client.get(adres(concept)).status_code == 404


def test_another_word_is_no_answer(client):
    uitnodiging = UitnodigingFactory()

    assert client.get(adres(uitnodiging, "graag")).status_code == 404
    response = client.post(adres(uitnodiging), {"antwoord": "graag"})
    assert (response.status_code, Uitnodiging.objects.get().antwoord) == (200, "open")
    assert "Kies ja, misschien of nee." in response.text


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"begint_op": AL_GEWEEST}, "Deze bijeenkomst is al geweest."),
        ({"status": "afgelast"}, "Deze bijeenkomst gaat niet door."),
    ],
)
def test_an_answer_that_comes_too_late_hears_why(client, velden, zin):
    uitnodiging = UitnodigingFactory(bijeenkomst=BijeenkomstFactory(**velden))

    response = client.post(adres(uitnodiging), {"antwoord": "ja"})

    assert zin in response.text
    assert Uitnodiging.objects.get().antwoord == "open"


def test_whoever_has_a_forwarded_mail_never_sees_the_online_link(client):
    uitnodiging = UitnodigingFactory(
        bijeenkomst__soort="online", bijeenkomst__link="https://vergader.example/geheim", antwoord="ja"
    )

    assert "geheim" not in client.get(adres(uitnodiging)).text
