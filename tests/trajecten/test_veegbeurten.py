"""Sweeps beside each other, sweeps that never came, and the way from a mail to what it is about."""

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from collectief.celery import TeVerVooruit, app
from collectief.post import verzenden
from collectief.post.models import Bericht
from collectief.post.tasks import verstuur_wachtende
from collectief.rijbeveiliging import als_gebruiker
from collectief.werkdagen import AMSTERDAM
from tests.factories import WACHTWOORD, geef_wachtwoord
from tests.gebruikers.test_inloggen import code_van
from tests.samen import ernaast, tegelijk
from tests.trajecten.bezetting import maak_traject
from trajecten.herinneringen import zet_klaar
from trajecten.models import Contactmoment, Herinnering, NazorgAfspraak

DONDERDAG = datetime(2027, 6, 17, 9, tzinfo=AMSTERDAM)


@pytest.fixture
def contacten(begeleider, initiatief) -> list[Contactmoment]:
    """Contact with three young people on Thursday 17 June 2027."""
    with time_machine.travel("2027-06-01T10:00+02:00"):
        trajecten = [maak_traject(door=begeleider, initiatief=initiatief) for _ in range(3)]
        with als_gebruiker(begeleider.pk):
            afspraken = [NazorgAfspraak.objects.create(traject=t, vormen=["gezin"], door=begeleider) for t in trajecten]
            return [
                Contactmoment.plan_op(afspraak=een, dag=date(2027, 6, 17), eigenaar=begeleider) for een in afspraken
            ]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_make_one_mail_for_each_step(contacten):
    aantallen = tegelijk(*[lambda: zet_klaar(DONDERDAG)] * 4)

    assert sum(aantallen) == 6  # on the day, and three days before: that one was overtaken
    assert Bericht.objects.filter(soort="herinnering").count() == 3


@pytest.mark.django_db(transaction=True)
def test_who_records_a_result_during_a_sweep_comes_first_or_silences_the_mail(contacten, begeleider):
    """The row is locked by who records; the sweep passes it by, and finds nothing to do about it afterwards."""
    eigen = contacten[0]

    with als_gebruiker(begeleider.pk):
        eigen.rond_af("gesproken")
        ernaast(lambda: zet_klaar(DONDERDAG)).result(timeout=10)
    zet_klaar(DONDERDAG)

    assert Bericht.objects.filter(soort="herinnering").count() == 2


def test_two_beats_or_none_for_an_hour_change_nothing_but_the_delay(contacten, begeleider):
    gezien = []
    for vegen in ((0, 0), (60,), ()):  # twice at once; once an hour late; and then never, until ten
        with transaction.atomic():
            for minuten in (*vegen, 60):
                zet_klaar(DONDERDAG + timedelta(minutes=minuten))
            with als_gebruiker(begeleider.pk):
                stappen = Herinnering.objects.exclude(gezet_op=None).values_list("contactmoment", "stap")
                gezien.append((sorted(stappen), Bericht.objects.filter(soort="herinnering").count()))
            transaction.set_rollback(True)

    assert gezien[0] == gezien[1] == gezien[2]
    assert gezien[0][1] == 3


def test_the_link_in_the_mail_leads_through_both_doors_to_the_contact_itself(
    contacten,
    begeleider,
    client,
    settings,
    mailmap,
):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    geef_wachtwoord(begeleider)
    geheim = generate_totp_secret()
    TOTP.activate(begeleider, geheim)
    zet_klaar(DONDERDAG)
    tekst = verzenden.stel_op(Bericht.objects.filter(soort="herinnering").first()).body
    pad = urlsplit(re.search(r"http\S+", tekst)[0]).path

    deur = client.get(pad).url
    tweede = client.post(deur, {"login": begeleider.email, "password": WACHTWOORD}).url
    binnen = client.post(tweede, {"code": code_van(geheim)}).url

    assert deur == f"/accounts/login/?next={pad}"
    assert tweede.startswith("/accounts/2fa/authenticate/")
    assert binnen == pad
    assert "Hoe was het" in client.get(binnen).text or "Contact met" in client.get(binnen).text


# --- Celery remembers nothing for long ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanneer", "mag"),
    [
        ({}, True),
        ({"countdown": 300}, True),
        ({"countdown": 301}, False),
        ({"countdown": 86_400}, False),
        ({"eta": datetime(2100, 1, 1, tzinfo=AMSTERDAM)}, False),
    ],
)
def test_a_task_that_is_put_off_for_longer_than_five_minutes_never_reaches_the_broker(wanneer, mag):
    with app.connection_for_write(transport="memory") as lijn:
        if mag:
            verstuur_wachtende.apply_async(connection=lijn, **wanneer)
        else:
            with pytest.raises(TeVerVooruit):
                verstuur_wachtende.apply_async(connection=lijn, **wanneer)
