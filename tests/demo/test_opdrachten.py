"""The two commands around demo data: what they say, and where they refuse."""

import io

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command

from collectief.demo.accounts import ACCOUNTS, WACHTWOORD
from collectief.gebruikers.models import Gebruiker
from initiatieven.models import Initiatief


@pytest.fixture(autouse=True)
def als_demo(settings):
    settings.DEMO = True


def zegt(opdracht: str, *argumenten: str) -> str:
    uitvoer = io.StringIO()
    call_command(opdracht, *argumenten, stdout=uitvoer)
    return uitvoer.getvalue()


def test_een_tweede_keer_laden_verandert_niets_en_zegt_dat(demodata):
    assert zegt("laad_demodata", "--schaal", "groot") == "De demogegevens staan er al; er is niets veranderd.\n"
    assert Initiatief.objects.count() == 120


def test_in_productie_wordt_niets_geladen(demodata, settings):
    settings.MODUS = "productie"

    with pytest.raises(CommandError, match="horen niet in productie"):
        call_command("laad_demodata")
    with pytest.raises(CommandError, match="nooit in productie"):
        call_command("demo_accounts")


def test_zonder_merkteken_op_de_paginas_wordt_niets_geladen(demodata, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="COLLECTIEF_DEMO=ja"):
        call_command("laad_demodata")
    with pytest.raises(CommandError, match="COLLECTIEF_DEMO=ja"):
        call_command("demo_accounts")


def test_alleen_de_eigenaar_van_de_tabellen_laadt(demodata, settings):
    settings.DATABASE_ROL = "app"

    with pytest.raises(CommandError, match="COLLECTIEF_DATABASE_ROL=eigenaar"):
        call_command("laad_demodata")


@pytest.mark.django_db
def test_zonder_demogegevens_zijn_er_geen_accounts_om_klaar_te_maken():
    with pytest.raises(CommandError, match="laad_demodata"):
        call_command("demo_accounts")


@pytest.mark.django_db
def test_naast_echte_gegevens_wordt_niets_geladen(initiatief, settings):
    settings.DATABASE_ROL = "eigenaar"

    with pytest.raises(CommandError, match="echte gegevens"):
        call_command("laad_demodata")


def test_de_accounts_passen_in_een_tabel_en_kunnen_inloggen(demodata):
    uitvoer = zegt("demo_accounts")

    assert zegt("demo_accounts") == uitvoer
    assert max(map(len, uitvoer.splitlines())) <= 80
    assert WACHTWOORD in uitvoer
    assert all(account.email in uitvoer for account in ACCOUNTS)
    assert Gebruiker.objects.get(email=ACCOUNTS[0].email).check_password(WACHTWOORD)
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(ACCOUNTS)
