"""Meetings for other programs: one's own calendar, the news of public meetings, and what search engines read."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
import vobject
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from bijeenkomsten.agenda import als_eigen_agenda
from bijeenkomsten.models import Agendasleutel, Bijeenkomst, Uitnodiging
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.bijeenkomsten.test_agenda import HOSTIEL, nl

pytestmark = pytest.mark.django_db


@pytest.fixture
def eigen(begeleider, client):
    """Fetch the calendar of begeleider."""
    sleutel = Agendasleutel.objects.create(gebruiker=begeleider)
    adres = reverse("bijeenkomsten:eigen_agenda", args=[sleutel.token])
    return lambda **koppen: client.get(adres, headers=koppen)


def gebeurtenissen(inhoud: bytes) -> dict[str, tuple[str, str]]:
    """Title with status and whether it takes time, as one parser reads it; the other has to agree."""
    een = list(Calendar.from_ical(inhoud).walk("VEVENT"))
    twee = vobject.readOne(inhoud.decode()).contents.get("vevent", [])
    assert [str(g["SUMMARY"]) for g in een] == [g.summary.value for g in twee]
    return {str(g["SUMMARY"]): (str(g["STATUS"]), str(g.get("TRANSP", ""))) for g in een}


# --- One's own calendar ---------------------------------------------------------------------------------------------


def test_only_what_one_was_asked_for_and_did_not_refuse_with_how_sure_it_is(begeleider, eigen):
    for antwoord in ("ja", "misschien", "open", "nee"):
        UitnodigingFactory(gebruiker=begeleider, antwoord=antwoord, bijeenkomst__titel=antwoord.upper())
    wacht = {"antwoord": "wachtlijst", "wacht_sinds": timezone.now()}
    UitnodigingFactory(gebruiker=begeleider, bijeenkomst__titel="VOL", **wacht)
    UitnodigingFactory(gebruiker=begeleider, antwoord="ja", bijeenkomst__titel="WEG", bijeenkomst__status="afgelast")
    UitnodigingFactory(gebruiker=begeleider, bijeenkomst__titel="CONCEPT", bijeenkomst__status="concept")
    UitnodigingFactory(antwoord="ja", bijeenkomst__titel="VAN EEN ANDER")
    BijeenkomstFactory(titel="NIET GEVRAAGD")

    assert gebeurtenissen(eigen().content) == {
        "JA": ("CONFIRMED", "OPAQUE"),
        "Misschien: MISSCHIEN": ("TENTATIVE", "TRANSPARENT"),
        "Nog antwoorden: OPEN": ("TENTATIVE", "TRANSPARENT"),
        "Wachtlijst: VOL": ("TENTATIVE", "TRANSPARENT"),
        "Afgelast: WEG": ("CANCELLED", ""),
    }


def test_it_never_holds_the_online_link(begeleider, eigen):
    online = {"soort": "online", "plaats": "", "link": "https://vergader.example/geheim"}
    UitnodigingFactory(gebruiker=begeleider, antwoord="ja", bijeenkomst=BijeenkomstFactory(**online))

    assert b"geheim" not in eigen().content.replace(b"\r\n ", b"")


def test_a_program_that_is_up_to_date_hears_304_and_an_answer_is_news(begeleider, eigen):
    uitnodiging = UitnodigingFactory(gebruiker=begeleider)
    eerst = eigen()
    merk = eerst.headers["ETag"]

    assert eigen(if_none_match=merk).status_code == 304
    uitnodiging.beantwoord("ja")
    assert eigen(if_none_match=merk).status_code == 200
    assert eerst.headers["Cache-Control"] == "private, no-cache"
    assert not eerst.cookies


def test_a_new_address_makes_the_old_one_dead_and_so_does_stopping(als, client, begeleider):
    eigen_client, pad = als(begeleider), reverse("bijeenkomsten:mijn_agenda")
    adressen = []
    for _ in range(2):
        eigen_client.post(pad, {"knop": "nieuw"})
        token = Agendasleutel.objects.get().token
        adressen.append(reverse("bijeenkomsten:eigen_agenda", args=[token]))
        assert token in eigen_client.get(pad).text.replace("&#x27;", "'")

    assert [client.get(adres).status_code for adres in adressen] == [404, 200]
    eigen_client.post(pad, {"knop": "stop"})
    assert client.get(adressen[1]).status_code == 404


@pytest.mark.parametrize("token", ["x", "x:y", "abc:def:ghi", "é"])
def test_a_forged_address_does_not_exist(client, token):
    assert client.get(reverse("bijeenkomsten:eigen_agenda", args=[token])).status_code == 404


def test_the_address_of_who_left_is_dead(begeleider, eigen):
    begeleider.is_active = False
    begeleider.save()

    assert eigen().status_code == 404


@pytest.mark.parametrize("aantal", [1, 10])
def test_it_takes_two_queries_however_many_meetings(begeleider, eigen, django_assert_num_queries, aantal):
    UitnodigingFactory.create_batch(aantal, gebruiker=begeleider)

    with django_assert_num_queries(2):
        eigen()


@pytest.mark.parametrize("tekst", HOSTIEL)
def test_hostile_words_stay_words_in_ones_own_calendar(tekst):
    bijeenkomst = BijeenkomstFactory.build(pk=7, titel=tekst, omschrijving=tekst, gewijzigd_op=timezone.now())
    inhoud = als_eigen_agenda([Uitnodiging(bijeenkomst=bijeenkomst, antwoord="misschien", token="x" * 9)], naam="x")

    assert list(gebeurtenissen(inhoud).values()) == [("TENTATIVE", "TRANSPARENT")]


# --- News (RSS) -----------------------------------------------------------------------------------------------------


@pytest.fixture
def nieuws(client):
    return lambda **koppen: client.get(reverse("bijeenkomsten:nieuws"), headers=koppen)


def berichten(response) -> list[dict[str, str]]:
    boom = ElementTree.fromstring(response.content)  # noqa: S314  (our own)
    return [{veld.tag: veld.text for veld in item} for item in boom.iter("item")]


def test_the_news_holds_public_meetings_that_come_and_says_what_was_called_off(nieuws):
    BijeenkomstFactory(titel="Komt", begint_op=timezone.now() + timedelta(days=1))
    BijeenkomstFactory(titel="Weg", status="afgelast", afgelast_omdat="Er ligt sneeuw.")
    BijeenkomstFactory(titel="Besloten", is_openbaar=False)
    BijeenkomstFactory(titel="Concept", status="concept")
    BijeenkomstFactory(titel="Geweest", begint_op=timezone.now() - timedelta(days=9))

    eerst, tweede = berichten(nieuws())

    assert (eerst["title"], tweede["title"]) == ("Komt", "Afgelast: Weg")
    assert "Er ligt sneeuw." in tweede["description"]


def test_a_meeting_that_moved_is_news_again(nieuws):
    bijeenkomst = BijeenkomstFactory()
    eerst = berichten(nieuws())[0]["guid"]

    bijeenkomst.plaats = "De Kas"
    bijeenkomst.bewaar_wijziging()

    assert berichten(nieuws())[0]["guid"] != eerst


@pytest.mark.parametrize("tekst", HOSTIEL)
def test_hostile_words_stay_words_in_the_news(nieuws, tekst):
    BijeenkomstFactory(titel=tekst[:120], omschrijving=tekst)

    (bericht,) = berichten(nieuws())
    assert bericht["title"]


def test_the_news_may_be_cached_and_sets_no_cookie(nieuws, django_assert_num_queries):
    BijeenkomstFactory.create_batch(3)
    with django_assert_num_queries(3):
        eerst = nieuws()

    assert nieuws(if_none_match=eerst.headers["ETag"]).status_code == 304
    assert not eerst.cookies
    assert eerst.headers["Content-Type"] == "application/rss+xml; charset=utf-8"


# --- schema.org -----------------------------------------------------------------------------------------------------


def gegevens(client, bijeenkomst: Bijeenkomst) -> dict:
    tekst = client.get(bijeenkomst.get_absolute_url()).text
    (blok,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', tekst, re.DOTALL)
    return json.loads(blok)


def test_a_search_engine_reads_what_the_page_says(client):
    bijeenkomst = BijeenkomstFactory(titel="Samen leren", begint_op=nl("2030-09-12 14:00"), capaciteit=30)

    gelezen = gegevens(client, bijeenkomst)

    assert gelezen["@type"] == "Event"
    assert (gelezen["name"], gelezen["startDate"]) == ("Samen leren", "2030-09-12T14:00+02:00")
    assert gelezen["location"]["name"] == bijeenkomst.plaats
    assert gelezen["eventStatus"] == "https://schema.org/EventScheduled"
    assert gelezen["maximumAttendeeCapacity"] == 30


def test_called_off_and_online_are_told_too_and_the_link_is_not(client):
    online = BijeenkomstFactory(soort="online", plaats="", link="https://vergader.example/geheim", status="afgelast")

    gelezen = gegevens(client, online)

    assert gelezen["eventStatus"] == "https://schema.org/EventCancelled"
    assert gelezen["location"]["@type"] == "VirtualLocation"
    assert "geheim" not in json.dumps(gelezen)


@pytest.mark.parametrize("tekst", ["</script><script>alert(1)</script>", "<!--", "&amp; \u2028 x"])
def test_nothing_in_a_title_ends_the_data_block(client, tekst):
    assert gegevens(client, BijeenkomstFactory(titel=tekst))["name"] == tekst
