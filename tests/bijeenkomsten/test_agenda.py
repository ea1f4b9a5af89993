"""Calendars: one meeting and the feed, read back by a calendar library."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from bijeenkomsten.agenda import als_agenda
from bijeenkomsten.models import Bijeenkomst
from tests.bijeenkomsten.factories import BijeenkomstFactory

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
GOUDEN = Path(__file__).parent / "gouden"
VAST = {
    "uid": "6f1a3a52-5d0e-4c1e-9d7d-0d2b6a3c9f10",
    "gewijzigd_op": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    "pk": 7,
}


def nl(tekst: str) -> datetime:
    return datetime.strptime(tekst, "%Y-%m-%d %H:%M").replace(tzinfo=AMSTERDAM)


def gebeurtenissen(inhoud: bytes) -> list[Event]:
    return list(Calendar.from_ical(inhoud).walk("VEVENT"))


def bijeenkomst(**velden) -> Bijeenkomst:
    begin = velden.pop("begint_op", nl("2023-11-15 14:00"))
    return BijeenkomstFactory.build(
        **{"titel": "Samen leren", "begint_op": begin, "eindigt_op": begin + timedelta(hours=3)} | VAST | velden
    )


# The files in gouden/ were written once and looked at; a change in one of them is a change for every subscriber.
GOUDEN_BIJEENKOMSTEN = {
    "gewoon": {"omschrijving": "Neem laarzen mee; het gras is nat, zegt De Wilgenhoek."},
    "online_zonder_link": {"soort": "online", "plaats": "", "titel": "", "link": "https://vergader.example/geheim"},
    "verplaatst": {"volgnummer_agenda": 2, "begint_op": nl("2023-11-16 09:30")},
    "afgelast": {"status": "afgelast", "afgelast_omdat": "Er ligt sneeuw.", "volgnummer_agenda": 2},
    "schrikkeldag": {"begint_op": nl("2028-02-29 14:00")},
    "klok_vooruit": {"begint_op": nl("2026-03-29 01:30")},
    "klok_terug": {"begint_op": datetime(2026, 10, 25, 0, 30, tzinfo=UTC)},
    "klok_terug_tweede_keer": {"begint_op": datetime(2026, 10, 25, 1, 30, tzinfo=UTC)},
}


@pytest.mark.parametrize(("naam", "velden"), GOUDEN_BIJEENKOMSTEN.items())
def test_a_calendar_file_stays_byte_for_byte_what_it_was(naam, velden, settings):
    settings.BASIS_URL = "https://collectief.example"

    inhoud = als_agenda([bijeenkomst(**velden)], naam="Het Initiatieven Collectief")

    assert inhoud == (GOUDEN / f"{naam}.ics").read_bytes()


@pytest.mark.parametrize(
    ("begin", "eind"),
    [
        (nl("2023-09-14 15:30"), nl("2023-09-14 17:00")),
        (nl("2028-02-29 14:00"), nl("2028-02-29 17:00")),
        (nl("2026-03-29 01:30"), nl("2026-03-29 03:30")),  # one hour: the clock skips 02:00 to 03:00
        (nl("2026-10-25 01:30"), nl("2026-10-25 03:30")),  # three hours: 02:00 to 03:00 comes twice
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # 02:30 and 02:30
        (nl("2026-12-31 22:00"), nl("2027-01-01 01:00")),
    ],
)
def test_times_come_back_as_the_same_moments(begin, eind):
    (terug,) = gebeurtenissen(als_agenda([bijeenkomst(begint_op=begin, eindigt_op=eind)], naam="x"))

    assert terug.decoded("dtstart").astimezone(UTC) == begin.astimezone(UTC)
    assert terug.decoded("dtend").astimezone(UTC) == eind.astimezone(UTC)


@pytest.mark.parametrize("jaar", range(2000, 2100, 9))
def test_the_written_time_zone_has_the_same_nights_as_the_real_one(jaar):
    (zone,) = Calendar.from_ical(als_agenda([], naam="x")).walk("VTIMEZONE")

    for deel, uur in zip(zone.subcomponents, (2, 3), strict=True):
        maand = deel["RRULE"]["BYMONTH"][0]
        nacht = max(dag for dag in range(25, 32) if datetime(jaar, maand, dag, tzinfo=UTC).weekday() == 6)
        overgang = datetime(jaar, maand, nacht, 1, tzinfo=UTC)  # all of Europe changes at 01:00 UTC
        assert (overgang - timedelta(seconds=1)).astimezone(AMSTERDAM).utcoffset() == deel.decoded("tzoffsetfrom")
        assert overgang.astimezone(AMSTERDAM).utcoffset() == deel.decoded("tzoffsetto")
        assert deel.decoded("dtstart").hour == uur


HOSTIEL = [
    "Stil\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Vals",
    "a\rATTENDEE:mailto:x@y.example",
    'tab\tkomma, puntkomma; terug\\slag\\n en "aanhaling"',
    "<script>alert(1)</script>",
    '=HYPERLINK("https://kwaad.example")',
    "\x0b\x0c\x1c\x85\u2028ATTACH:x",
    "é" * 60 + "🌱" * 20,
    "woord" * 24,
]


@pytest.mark.parametrize("tekst", HOSTIEL)
def test_hostile_text_stays_text(tekst):
    inhoud = als_agenda([bijeenkomst(titel=tekst, omschrijving=tekst, plaats=tekst)], naam="x")

    (terug,) = gebeurtenissen(inhoud)
    assert set(terug) <= {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SEQUENCE", "STATUS"),
        *("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "URL"),
    }
    assert inhoud.count(b"BEGIN:VEVENT\r\n") == 1
    assert b"\n" not in inhoud.replace(b"\r\n", b"")
    assert max(map(len, inhoud.split(b"\r\n"))) <= 75


@settings(max_examples=200, deadline=None)
@given(titel=st.text(min_size=1, max_size=120))
@example(titel=r"map C:\Nieuw, of \\N; en \n")
def test_any_text_survives_the_way_to_a_calendar_and_back(titel):
    (terug,) = gebeurtenissen(als_agenda([bijeenkomst(titel=titel)], naam="x"))

    regels = re.sub("\r\n|[\r\u2028\u2029]", "\n", titel)
    assert str(terug["SUMMARY"]) == re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", regels)


def test_a_cancelled_meeting_says_so_and_stands_above_its_last_number():
    (terug,) = gebeurtenissen(als_agenda([bijeenkomst(status="afgelast", volgnummer_agenda=2)], naam="x"))

    assert (terug["STATUS"], terug["SEQUENCE"], terug["SUMMARY"]) == ("CANCELLED", 3, "Afgelast: Samen leren")


@pytest.fixture
def feed(client):
    return lambda **koppen: client.get(reverse("bijeenkomsten:agenda"), headers=koppen)


def test_the_feed_holds_public_meetings_only(db, feed):
    openbaar = BijeenkomstFactory()
    afgelast = BijeenkomstFactory(status="afgelast")
    BijeenkomstFactory(is_openbaar=False)
    BijeenkomstFactory(status="concept")

    antwoord = feed()

    assert antwoord.headers["Content-Type"] == "text/calendar; charset=utf-8"
    uids = {str(gebeurtenis["UID"]) for gebeurtenis in gebeurtenissen(antwoord.content)}
    assert uids == {str(openbaar.uid), str(afgelast.uid)}


def test_no_calendar_holds_the_online_link(db, client, feed):
    online = BijeenkomstFactory(soort="online", plaats="", link="https://vergader.example/geheim")

    for antwoord in (feed(), client.get(reverse("bijeenkomsten:agenda_van_een", args=[online.pk]))):
        assert b"geheim" not in antwoord.content.replace(b"\r\n ", b"")
        assert [g["LOCATION"] for g in gebeurtenissen(antwoord.content)] == ["Online"]


def test_an_empty_feed_is_a_calendar_too(db, feed):
    assert gebeurtenissen(feed().content) == []


@pytest.mark.parametrize("velden", [{"is_openbaar": False}, {"status": "concept"}])
def test_one_meeting_that_is_not_public_has_no_calendar_file(db, client, velden):
    pk = BijeenkomstFactory(**velden).pk

    assert client.get(reverse("bijeenkomsten:agenda_van_een", args=[pk])).status_code == 404


def test_a_program_that_is_up_to_date_hears_304(db, feed, django_assert_num_queries):
    BijeenkomstFactory()
    eerst = feed()

    with django_assert_num_queries(2):
        met_etag = feed(if_none_match=eerst.headers["ETag"])
    met_datum = feed(if_modified_since=eerst.headers["Last-Modified"])

    assert (met_etag.status_code, met_datum.status_code) == (304, 304)
    assert met_etag.content == b""


@pytest.mark.parametrize(
    "verander",
    [
        lambda b: Bijeenkomst.objects.get(pk=b.pk).gelast_af(),
        lambda b: BijeenkomstFactory(),
        lambda b: Bijeenkomst.objects.filter(pk=b.pk).delete(),
        lambda b: [setattr(b, "is_openbaar", False), b.bewaar_wijziging()],
        lambda b: [setattr(b, "titel", "Anders"), b.bewaar_wijziging()],
    ],
)
def test_every_change_reaches_a_subscriber(db, feed, verander):
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        BijeenkomstFactory()
        bijeenkomst = BijeenkomstFactory()
    eerst = feed()

    verander(bijeenkomst)

    daarna = feed(if_none_match=eerst.headers["ETag"])
    assert daarna.status_code == 200
    assert daarna.content != eerst.content


def test_a_meeting_taken_off_the_public_page_reaches_a_program_that_only_knows_dates(db, feed):
    with time_machine.travel(timezone.now() - timedelta(minutes=5)):
        BijeenkomstFactory()
        bijeenkomst = BijeenkomstFactory()
    eerst = feed()

    bijeenkomst.is_openbaar = False
    bijeenkomst.bewaar_wijziging()

    assert feed(if_modified_since=eerst.headers["Last-Modified"]).status_code == 200


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_feed_takes_three_queries_however_many_meetings(db, feed, django_assert_num_queries, aantal):
    BijeenkomstFactory.create_batch(aantal)

    with django_assert_num_queries(3):
        feed()


def test_calendars_set_no_cookie_and_may_be_cached(db, client, feed):
    een = client.get(reverse("bijeenkomsten:agenda_van_een", args=[BijeenkomstFactory().pk]))

    for antwoord in (feed(), een):
        assert not antwoord.cookies
        assert antwoord.headers["Cache-Control"] == "public, max-age=300"
        assert "Cookie" not in antwoord.headers.get("Vary", "")
    assert client.head(reverse("bijeenkomsten:agenda")).status_code == 200
