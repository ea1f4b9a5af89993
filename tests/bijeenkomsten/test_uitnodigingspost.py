"""What an invitation says to calendar programs, read back by two parsers that know nothing of each other."""

import email
import email.policy
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
import vobject
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from icalendar import Calendar

from bijeenkomsten.actions import gelast_af, nodig_uit, wijzig
from bijeenkomsten.antwoordadres import adres_voor, gelezen, klopt
from bijeenkomsten.brieven import brieven
from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from bijeenkomsten.veranderd import zin
from collectief.agenda import als_agendapost
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.bijeenkomsten.test_agenda import HOSTIEL, nl

GOUDEN = Path(__file__).parent / "gouden"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
POST = {
    "methode": "REQUEST",
    "is_afgelast": False,
    "uid": "6f1a3a52-5d0e-4c1e-9d7d-0d2b6a3c9f10",
    "volgnummer": 0,
    "stempel": "2026-01-02T03:04:05+00:00",
    "begint_op": nl("2026-11-18 14:00").isoformat(),
    "eindigt_op": nl("2026-11-18 17:00").isoformat(),
    "titel": "Samen leren",
    "omschrijving": "Neem laarzen mee; het gras is nat, zegt De Wilgenhoek.",
    "plaats": "De Schuur, Dorpsstraat 1, Voorbeelddorp",
    "afzender": "post@collectief.example",
    "organisator": "antwoord+u7-0123456789abcdef0123@collectief.example",
    "naam": "Zoë van den Berg",
    "adres": "zoe@voorbeeld.example",
    "stand": "NEEDS-ACTION",
    "url": "https://collectief.example/bijeenkomsten/7/meedoen/",
}


def tijden(begin: datetime, uren: float) -> dict[str, str]:
    return {"begint_op": begin.isoformat(), "eindigt_op": (begin + timedelta(hours=uren)).isoformat()}


# The files in gouden/ were written once and looked at; what changes in one of them changes for every mail program.
GOUDEN_POST = {
    "itip_uitnodiging": {},
    "itip_gewijzigd": {"volgnummer": 2, "stand": "ACCEPTED", **tijden(nl("2026-11-19 09:30"), 3)},
    "itip_afgelast": {"methode": "CANCEL", "is_afgelast": True, "volgnummer": 3, "stand": "ACCEPTED"},
    "itip_alleen_vertellen": {"methode": "PUBLISH", "organisator": "post@collectief.example"},
    "itip_klok_vooruit": tijden(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), 2),
    "itip_klok_terug": tijden(datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 2),
    "itip_klok_terug_tweede_keer": tijden(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 2),
    "itip_schrikkeldag": tijden(nl("2028-02-29 14:00"), 3),
    "itip_hele_dag": tijden(nl("2026-11-18 00:00"), 24),
}


@pytest.mark.parametrize(("naam", "anders"), GOUDEN_POST.items())
def test_an_invitation_stays_byte_for_byte_what_it_was(naam, anders):
    assert als_agendapost(POST | anders) == (GOUDEN / f"{naam}.ics").read_bytes()


def in_utc(tijd: date) -> date:
    return tijd.astimezone(UTC) if isinstance(tijd, datetime) else tijd


@pytest.mark.parametrize("anders", GOUDEN_POST.values(), ids=GOUDEN_POST)
def test_two_parsers_read_the_same_from_it(anders):
    post = POST | anders
    inhoud = als_agendapost(post)

    (een,) = Calendar.from_ical(inhoud).walk("VEVENT")
    twee = vobject.readOne(inhoud.decode()).vevent

    assert str(een["UID"]) == twee.uid.value == post["uid"]
    assert een["SEQUENCE"] == int(twee.sequence.value) == post["volgnummer"]
    assert str(een["SUMMARY"]) == twee.summary.value == post["titel"]
    assert in_utc(een.decoded("DTSTART")) == in_utc(twee.dtstart.value)
    assert in_utc(een.decoded("DTEND")) == in_utc(twee.dtend.value)
    assert str(een["ORGANIZER"]) == twee.organizer.value == f"mailto:{post['organisator']}"
    if isinstance(een.decoded("DTSTART"), datetime):
        assert een.decoded("DTSTART").astimezone(UTC) == datetime.fromisoformat(post["begint_op"]).astimezone(UTC)
    else:
        assert een.decoded("DTSTART") == date(2026, 11, 18)
        assert een.decoded("DTEND") == date(2026, 11, 19)
    if post["methode"] != "PUBLISH":
        assert str(een["ATTENDEE"]) == twee.attendee.value == "mailto:zoe@voorbeeld.example"
        assert een["ATTENDEE"].params["PARTSTAT"] == twee.attendee.params["PARTSTAT"][0] == post["stand"]


@pytest.mark.parametrize("tekst", HOSTIEL)
def test_hostile_words_stay_words_for_both_parsers(tekst):
    inhoud = als_agendapost(POST | dict.fromkeys(("titel", "omschrijving", "plaats", "naam"), tekst))

    (een,) = Calendar.from_ical(inhoud).walk("VEVENT")
    twee = vobject.readOne(inhoud.decode()).vevent
    assert set(een) <= {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "URL", "TRANSP", "ORGANIZER", "ATTENDEE"),
        *("SUMMARY", "DESCRIPTION", "LOCATION"),
    }
    assert str(een["SUMMARY"]) == twee.summary.value
    assert str(een["ATTENDEE"]) == twee.attendee.value == "mailto:zoe@voorbeeld.example"
    assert max(map(len, inhoud.split(b"\r\n"))) <= 75
    assert b"\n" not in inhoud.replace(b"\r\n", b"")


@hypothesis_settings(max_examples=60, deadline=None)
@given(naam=st.text(max_size=60), titel=st.text(min_size=1, max_size=80))
def test_any_name_and_title_leave_one_guest_and_one_event(naam, titel):
    inhoud = als_agendapost(POST | {"naam": naam, "titel": titel})

    (een,) = Calendar.from_ical(inhoud).walk("VEVENT")
    assert str(een["ATTENDEE"]) == "mailto:zoe@voorbeeld.example"
    assert een["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert inhoud.count(b"BEGIN:VEVENT") == 1 or "BEGIN:VEVENT" in naam + titel


# --- The mail around it ---------------------------------------------------------------------------------------------


@pytest.fixture
def met_postbus(settings, tmp_path):
    """Somebody reads the answers, so invitations may ask for them."""
    settings.ANTWOORD_ADRES, settings.ANTWOORD_MAP = "antwoord@collectief.example", str(tmp_path)
    settings.DEFAULT_FROM_EMAIL = "Collectief <post@collectief.example>"


def gast(**velden) -> Uitnodiging:
    return nodig_uit(bijeenkomst=BijeenkomstFactory(**velden), naam="Gast", adres="gast@voorbeeld.example")


def laatste_mail() -> EmailMessage:
    return stel_op(Bericht.objects.select_related("aan").order_by("-pk").first()).message()


def agendadeel(mail: EmailMessage) -> EmailMessage:
    (deel,) = [deel for deel in mail.walk() if deel.get_content_type() == "text/calendar"]
    return deel


def gebeurtenis(mail: EmailMessage):
    (vevent,) = Calendar.from_ical(agendadeel(mail).get_payload(decode=True)).walk("VEVENT")
    return vevent


def test_a_mail_program_sees_an_invitation_as_the_last_of_the_alternatives(db, met_postbus):
    gast()

    mail = laatste_mail()
    assert mail.get_content_type() == "multipart/alternative"
    assert [deel.get_content_type() for deel in mail.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    deel = agendadeel(mail)
    assert deel["Content-Type"].params == {"method": "REQUEST", "charset": "UTF-8"}
    assert b"METHOD:REQUEST\r\n" in deel.get_payload(decode=True)


def test_the_whole_mail_survives_the_way_over_the_line(db, met_postbus):
    gast(titel="Café “Zoë” – leren")

    terug = email.message_from_bytes(laatste_mail().as_bytes(), policy=email.policy.default)
    assert str(gebeurtenis(terug)["SUMMARY"]) == "Café “Zoë” – leren"
    assert max(map(len, laatste_mail().as_bytes().splitlines())) <= 998


def test_the_invitation_names_one_guest_and_her_own_address_for_answers(db, met_postbus):
    bijeenkomst = BijeenkomstFactory()
    een = nodig_uit(bijeenkomst=bijeenkomst, naam="Een", adres="een@voorbeeld.example")
    ander = nodig_uit(bijeenkomst=bijeenkomst, naam="Ander", adres="ander@voorbeeld.example")

    mail = laatste_mail()
    adres = adres_voor(ander.pk, ander.token)
    assert mail["Reply-To"] == adres
    assert str(gebeurtenis(mail)["ORGANIZER"]) == f"mailto:{adres}"
    assert gebeurtenis(mail)["ORGANIZER"].params["SENT-BY"] == "mailto:post@collectief.example"
    assert str(gebeurtenis(mail)["ATTENDEE"]) == "mailto:ander@voorbeeld.example"
    assert "een@voorbeeld.example" not in mail.as_string()
    assert adres != adres_voor(een.pk, een.token)


def test_where_nobody_reads_answers_an_invitation_only_tells(db, settings):
    settings.ANTWOORD_ADRES = ""
    gast()

    mail = laatste_mail()
    assert mail["Reply-To"] is None
    assert b"METHOD:PUBLISH" in agendadeel(mail).get_payload(decode=True)
    assert "ATTENDEE" not in gebeurtenis(mail)


def test_a_move_is_the_same_event_one_number_higher_and_says_in_one_sentence_what_changed(db, met_postbus):
    bijeenkomst = gast(begint_op=nl("2030-09-12 14:00")).bijeenkomst

    bijeenkomst.begint_op, bijeenkomst.eindigt_op = nl("2030-09-13 10:00"), nl("2030-09-13 12:00")
    bijeenkomst.plaats = "De Kas"
    wijzig(bijeenkomst=bijeenkomst)

    mail = laatste_mail()
    assert (gebeurtenis(mail)["SEQUENCE"], str(gebeurtenis(mail)["UID"])) == (1, str(bijeenkomst.uid))
    assert (
        "Dit is veranderd: de tijd is nu vrijdag 13 september 2030, 10:00 tot 12:00 uur in plaats van donderdag 12 "
        "september 2030, 14:00 tot 17:00 uur en de plaats is nu De Kas in plaats van De Schuur"
    ) in " ".join(mail.get_body(("plain",)).get_content().split())


def test_a_change_in_words_alone_keeps_the_number_and_mails_nobody(db, met_postbus):
    bijeenkomst = gast().bijeenkomst

    bijeenkomst.titel, bijeenkomst.omschrijving = "Anders", "Ook anders"
    wijzig(bijeenkomst=bijeenkomst)

    bijeenkomst.refresh_from_db()
    assert bijeenkomst.volgnummer_agenda == 0
    assert Bericht.objects.count() == 1


def test_calling_off_takes_the_event_out_of_the_calendar(db, met_postbus):
    bijeenkomst = gast().bijeenkomst

    gelast_af(bijeenkomst=bijeenkomst, omdat="Er ligt sneeuw.")

    mail = laatste_mail()
    assert agendadeel(mail)["Content-Type"].params["method"] == "CANCEL"
    assert (gebeurtenis(mail)["STATUS"], gebeurtenis(mail)["SEQUENCE"]) == ("CANCELLED", 1)
    assert "Ik kom" not in mail.get_body(("plain",)).get_content()


def test_no_mail_holds_the_online_link(db, met_postbus):
    gast(soort="online", plaats="", link="https://vergader.example/geheim")

    mail = laatste_mail()
    for deel in mail.iter_parts():
        assert b"geheim" not in deel.get_payload(decode=True).replace(b"\r\n ", b"")


def test_what_a_calendar_was_told_is_erased_once_it_was_sent(db, met_postbus, settings):
    settings.MAILERS = {"default": {"BACKEND": "collectief.post.backends.MapBackend", "OPTIONS": {"file_path": "x"}}}
    gast()
    bericht = Bericht.objects.get()
    assert bericht.agenda["adres"] == "gast@voorbeeld.example"

    with time_machine.travel(bericht.versturen_vanaf + timedelta(seconds=1)):
        (eigen,) = Bericht.objects.neem(1)
        eigen.bied_aan()
        eigen.noteer_verstuurd()

    assert Bericht.objects.get().agenda is None


def test_the_buttons_are_links_of_their_own_in_text_and_in_html(db):
    gast()

    mail = laatste_mail()
    tekst, html = (mail.get_body((soort,)).get_content() for soort in ("plain", "html"))
    for woord in ("Ik kom: http", "Misschien: http", "Ik kom niet: http"):
        assert woord in tekst
    assert html.count('class="knop"') == 4


def test_the_answer_address_is_known_again_whatever_a_server_does_with_capitals(met_postbus):
    adres = adres_voor(12, "geheim")

    pk, gegeven = gelezen(f"Collectief <{adres.upper()}>")
    assert (pk, klopt(12, "geheim", gegeven), klopt(12, "vernieuwd", gegeven)) == (12, True, False)
    assert klopt(13, "geheim", gegeven) is False
    assert len(adres.partition("@")[0]) <= 64


@pytest.mark.parametrize(
    "adres", ["antwoord@collectief.example", "antwoord+u-x@c.example", "antwoord+u1-xyz@c.example", ""]
)
def test_another_address_is_none_of_ours(adres):
    assert gelezen(adres) is None


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({}, ""),
        ({"titel": "Nieuwe titel"}, ""),
        ({"plaats": "De Kas"}, "Dit is veranderd: de plaats is nu De Kas in plaats van De Schuur."),
        ({"plaats": ""}, "Dit is veranderd: de plaats volgt nog, het wordt niet De Schuur."),
        ({"link": "https://v.example/1"}, "Dit is veranderd: je kunt nu ook online meedoen."),
        (
            {"plaats": "De Kas", "link": "https://v.example/1"},
            "Dit is veranderd: de plaats is nu De Kas in plaats van De Schuur en je kunt nu ook online meedoen.",
        ),
    ],
)
def test_one_sentence_says_what_changed(anders, verwacht):
    velden = {"begint_op": nl("2030-09-12 14:00"), "eindigt_op": nl("2030-09-12 15:00"), "plaats": "De Schuur"}

    assert zin(Bijeenkomst(**velden), Bijeenkomst(**velden | anders)) == verwacht


def test_letters_say_how_everybody_stands_in_the_calendar(db, met_postbus):
    bijeenkomst = BijeenkomstFactory()
    for antwoord in ("ja", "misschien", "nee", "open"):
        UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord=antwoord)

    gemaakt = brieven(
        bijeenkomst,
        bijeenkomst.uitnodigingen.order_by("pk"),
        soort="bijeenkomst_uitnodiging",
        sleutel="x",
        methode="REQUEST",
    )

    assert [brief.agenda["stand"] for brief in gemaakt] == ["ACCEPTED", "TENTATIVE", "DECLINED", "NEEDS-ACTION"]


@pytest.mark.parametrize(
    ("tot", "zin"),
    [
        (None, "Je antwoord veranderen kan altijd."),
        (nl("2030-09-10 14:00"), "Afmelden kan tot dinsdag 10 september, 14:00 uur."),
    ],
)
def test_an_invitation_says_until_when_one_can_still_say_no(db, tot, zin):
    bijeenkomst = BijeenkomstFactory(begint_op=nl("2030-09-12 14:00"), afmelden_tot=tot)

    nodig_uit(bijeenkomst=bijeenkomst, naam="Zoë", adres="zoe@voorbeeld.example")

    assert zin in stel_op(Bericht.objects.get()).body
