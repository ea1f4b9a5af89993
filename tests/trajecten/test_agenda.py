"""One's own contact in one's own calendar: when, nothing about whom, and only at the address of now."""

import html
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from trajecten.actions import draag_over, spreek_nazorg_af
from trajecten.models import Agendalink, Inzagelog
from trajecten.models.nazorg import Planning

pytestmark = pytest.mark.usefixtures("klok")

DAGEN = (date(2027, 6, 8), date(2027, 12, 1))  # summer time and winter time


@pytest.fixture
def contacten(traject, begeleider) -> list:
    with als_gebruiker(begeleider.pk):
        planning = Planning(DAGEN, begeleider)
        afspraak = spreek_nazorg_af(
            traject=traject, vormen=["gezin"], afspraak="Samen koken.", door=begeleider, planning=planning
        )
        return list(afspraak.contactmomenten.order_by("gepland_op"))


def adres_van(gebruiker) -> str:
    with als_gebruiker(gebruiker.pk):
        Agendalink.vernieuw(gebruiker.pk)
        return reverse("agenda_feed", args=[Agendalink.objects.get().token])


def agenda(client, adres: str) -> Calendar:
    return Calendar.from_ical(client.get(adres).content)


def test_only_when_and_nothing_about_whom(client, begeleider, contacten):
    antwoord = client.get(adres_van(begeleider))
    kalender = Calendar.from_ical(antwoord.content)
    eerste, tweede = kalender.walk("VEVENT")

    assert [str(een["summary"]) for een in (eerste, tweede)] == ["Contact", "Contact"]
    assert [een.decoded("dtstart").isoformat() for een in (eerste, tweede)] == [
        "2027-06-08T09:00:00+02:00",
        "2027-12-01T09:00:00+01:00",
    ]
    assert "DTSTART;TZID=Europe/Amsterdam:20270608T090000" in antwoord.text
    assert len(kalender.walk("VTIMEZONE")) == 1
    for geheim in ("Noor", "koken", "gezin", str(contacten[0].traject_id), "Bo", "waakvlam"):
        assert geheim not in antwoord.text


def test_moving_keeps_the_event_and_raises_its_number(client, begeleider, contacten):
    adres = adres_van(begeleider)
    eerst = agenda(client, adres).walk("VEVENT")[0]
    with als_gebruiker(begeleider.pk):
        contacten[0].verplaats(date(2027, 6, 10))
    daarna = agenda(client, adres).walk("VEVENT")[0]

    assert eerst["uid"] == daarna["uid"]
    assert (eerst["sequence"], daarna["sequence"]) == (0, 1)
    assert daarna.decoded("dtstart").date() == date(2027, 6, 10)


def test_recorded_silenced_resting_or_handed_over_contact_leaves_the_calendar(
    client, begeleider, contacten, initiatief
):
    adres = adres_van(begeleider)
    with als_gebruiker(begeleider.pk):
        contacten[0].rond_af("gesproken")
    na_resultaat = len(agenda(client, adres).walk("VEVENT"))
    collega = RolFactory(initiatief=initiatief).gebruiker
    with als_gebruiker(begeleider.pk):
        draag_over(traject=contacten[0].traject, aan=collega, blijft_waarnemer=True)

    assert na_resultaat == 1
    assert agenda(client, adres).walk("VEVENT") == []
    assert len(agenda(client, adres_van(collega)).walk("VEVENT")) == 1


def test_a_coordinator_reads_only_her_own_contact(client, coordinator, contacten):
    assert agenda(client, adres_van(coordinator)).walk("VEVENT") == []


def test_a_feed_is_no_look_at_a_trajectory(client, begeleider, contacten, kijkt_als):
    client.get(adres_van(begeleider))

    kijkt_als(begeleider)
    assert not Inzagelog.objects.exists()


def test_the_old_address_is_dead_at_once_and_stopping_kills_it_too(als, client, begeleider, contacten):
    oud = adres_van(begeleider)
    pagina = als(begeleider).post(reverse("trajecten:agenda"), {"knop": "nieuw"}, follow=True)
    nieuw = re.search(r"/agenda/[^/\s\"]+\.ics", html.unescape(pagina.text))[0]
    levend = client.get(nieuw).status_code
    als(begeleider).post(reverse("trajecten:agenda"), {"knop": "stop"})

    assert (client.get(oud).status_code, levend, client.get(nieuw).status_code) == (404, 200, 404)


@pytest.mark.parametrize(
    "knoei", [lambda t: t[:-1], lambda t: t + "x", lambda t: t[1:], lambda t: t.swapcase(), lambda t: t.split(":")[0]]
)
def test_a_guessed_or_broken_address_does_not_exist(client, begeleider, contacten, knoei):
    token = adres_van(begeleider).split("/")[-1].removesuffix(".ics")

    assert client.get(reverse("agenda_feed", args=[knoei(token)])).status_code == 404


def test_half_of_the_address_stands_in_the_table(begeleider, contacten, kijkt_als):
    token = adres_van(begeleider).split("/")[-1].removesuffix(".ics")

    kijkt_als(begeleider)
    assert Agendalink.objects.get().sleutel == token.split(":")[0] != token


def test_a_token_for_another_purpose_opens_nothing(client, begeleider, contacten, kijkt_als):
    sleutel = adres_van(begeleider).split("/")[-1].split(":")[0]
    vals = Agendalink(sleutel=sleutel)
    vals.ZOUT = "trajecten.seintje"

    assert client.get(reverse("agenda_feed", args=[vals.token])).status_code == 404


@pytest.mark.parametrize("vertrek", ["account", "rol"])
def test_who_left_has_no_calendar_any_more(client, begeleider, coordinator, contacten, vertrek):
    adres = adres_van(begeleider)
    if vertrek == "account":
        begeleider.is_active = False
        begeleider.save()
    else:
        begeleider.rollen.get().beeindig()

    assert client.get(adres).status_code == 404


def test_unchanged_is_not_sent_again_and_nobody_else_may_keep_it(client, begeleider, contacten, klok):
    adres = adres_van(begeleider)
    eerste = client.get(adres)
    klok.shift(timedelta(hours=5))
    tweede = client.get(adres, headers={"If-None-Match": eerste["ETag"]})
    with als_gebruiker(begeleider.pk):
        contacten[0].verplaats(date(2027, 6, 10))
    derde = client.get(adres, headers={"If-None-Match": eerste["ETag"]})

    assert (tweede.status_code, derde.status_code) == (304, 200)
    assert eerste["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in eerste.headers


@pytest.mark.parametrize("aantal", [1, 3, 10])
def test_a_feed_asks_the_same_questions_however_long_it_is(
    client, begeleider, traject, aantal, django_assert_num_queries
):
    with als_gebruiker(begeleider.pk):
        dagen = tuple(date(2027, 6, 8) + timedelta(weeks=week) for week in range(aantal))
        spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, planning=Planning(dagen, begeleider))
    adres = adres_van(begeleider)

    with django_assert_num_queries(VRAGEN):
        antwoord = client.get(adres)

    assert antwoord.text.count("BEGIN:VEVENT") == aantal


VRAGEN = 13  # two transactions that name who asks; the address, the roles and the contact


def test_the_page_makes_no_address_by_itself(als, begeleider, kijkt_als):
    antwoord = als(begeleider).get(reverse("trajecten:agenda"))

    kijkt_als(begeleider)
    assert "Maak mijn adres" in antwoord.text
    assert not Agendalink.objects.exists()


# --- The link in the calendar ---------------------------------------------------------------------------------------


def test_the_link_leads_to_the_contact(als, begeleider, contacten):
    antwoord = als(begeleider).get(reverse("trajecten:contact_openen", args=[contacten[0].pk]))

    assert antwoord.url == reverse("trajecten:contact", args=[contacten[0].traject_id, contacten[0].pk])


@pytest.mark.parametrize("wie", ["buitenstaander", "kernteamlid", "beheerder", "verbondgenoot"])
def test_for_everybody_else_the_link_leads_nowhere(als, contacten, wie, request):
    client = als(request.getfixturevalue(wie))

    assert client.get(reverse("trajecten:contact_openen", args=[contacten[0].pk])).status_code == 404
    assert client.get(reverse("trajecten:contact_openen", args=[999_999])).status_code == 404
