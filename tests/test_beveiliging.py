"""Who finds a leak can tell us: the page, security.txt and the check that somebody can be reached."""

import re

import pytest
from django.core.checks import run_checks
from django.test import Client

pytestmark = pytest.mark.django_db
LEES = re.compile(r"([A-Za-z-]+): (.+)")


def test_security_txt_says_whom_to_tell_and_until_when(settings, time_machine):
    time_machine.move_to("2026-11-27 21:00Z")
    settings.CONTACT_ADRES = "contact@collectief.example"

    antwoord = Client().get("/.well-known/security.txt")

    velden = dict(LEES.fullmatch(regel).groups() for regel in antwoord.content.decode().splitlines())
    assert antwoord["Content-Type"] == "text/plain; charset=utf-8"
    assert antwoord.cookies == {}
    assert velden == {
        "Contact": "mailto:contact@collectief.example",
        "Expires": "2027-05-26T00:00:00Z",
        "Preferred-Languages": "nl, en",
        "Canonical": f"{settings.BASIS_URL}/.well-known/security.txt",
        "Policy": f"{settings.BASIS_URL}/beveiliging/",
    }


def test_without_an_address_there_is_no_security_txt(settings):
    settings.CONTACT_ADRES = ""

    assert Client().get("/.well-known/security.txt").status_code == 404
    assert "mailto:" not in Client().get("/beveiliging/").content.decode()


@pytest.mark.parametrize(
    ("adres", "dagen", "fouten"),
    [
        ("contact@collectief.example", 180, set()),
        ("contact@collectief.example", 365, set()),
        ("", 180, {"collectief.E008"}),
        ("bel ons maar", 180, {"collectief.E008"}),
        ("contact@collectief.example", 0, {"collectief.E009"}),
        ("contact@collectief.example", 366, {"collectief.E009"}),
    ],
)
def test_a_deployment_without_somebody_to_reach_is_refused(settings, adres, dagen, fouten):
    settings.CONTACT_ADRES, settings.BEVEILIGING_DAGEN = adres, dagen

    gevonden = {fout.id for fout in run_checks(tags=["security"], include_deployment_checks=True)}

    assert gevonden & {"collectief.E008", "collectief.E009"} == fouten
