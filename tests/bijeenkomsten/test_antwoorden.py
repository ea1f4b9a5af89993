"""Answers from calendar programs: a corpus of mails, each with what has to become of it.

The mails in antwoorden/ are written by hand after the formats that the programs use; people and addresses are invented.
"""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bijeenkomsten import itip
from bijeenkomsten.actions import beantwoord
from bijeenkomsten.antwoordadres import adres_voor
from bijeenkomsten.antwoorden import _kaal, verwerk
from bijeenkomsten.models import Antwoordmail, Uitnodiging
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from tests.bijeenkomsten.conftest import NU, UID
from tests.bijeenkomsten.factories import UitnodigingFactory

CORPUS = Path(__file__).parent / "antwoorden"

JA, MISSCHIEN, NEE = ("verwerkt", "ja"), ("verwerkt", "misschien"), ("verwerkt", "nee")
VEROUDERD, GEWEIGERD, ONBEKEND = ("verouderd", "open"), ("geweigerd", "open"), ("onbekend", "open")
ONLEESBAAR, AUTOMATISCH, DOORGESTUURD = ("onleesbaar", "open"), ("automatisch", "open"), ("doorgestuurd", "open")

# By hand: what becomes of each mail, and how Zoë stands afterwards.
VERWACHT = {
    "agenda-als-hele-mail": JA,
    "agenda-als-onbekend-bestand": JA,
    "agenda-zonder-afspraak": ONLEESBAAR,
    "alleen-adres-in-organizer": JA,
    "ander-adres": GEWEIGERD,
    "andere-afspraak": GEWEIGERD,
    "antwoord-van-wie-het-kreeg": GEWEIGERD,
    "aol-nee": NEE,
    "apple-mail-ja": JA,
    "apple-mail-misschien": MISSCHIEN,
    "apple-mail-nee": NEE,
    "apple-oude-versie-misschien": VEROUDERD,
    "blackberry-nee": NEE,
    "delivered-to": NEE,
    "doorgegeven-aan": GEWEIGERD,
    "evolution-ja": JA,
    "exchange-afwezig": AUTOMATISCH,
    "exchange-gedelegeerde-misschien": MISSCHIEN,
    "exchange-vanzelf-aangenomen": JA,
    "fastmail-ja": JA,
    "fastmail-misschien": MISSCHIEN,
    "gast-die-niet-bestaat": ONBEKEND,
    "geen-mail": ONBEKEND,
    "gewone-vraag": DOORGESTUURD,
    "gewone-vraag-alleen-html": DOORGESTUURD,
    "gewone-vraag-met-bijlage": DOORGESTUURD,
    "gmail-eigen-label-in-adres": JA,
    "gmail-ja": JA,
    "gmail-met-gasten": JA,
    "gmail-misschien": MISSCHIEN,
    "gmail-nee-met-reden": NEE,
    "gmail-oude-versie-nee": VEROUDERD,
    "gmail-tegenvoorstel": GEWEIGERD,
    "gmail-vakantiebericht": AUTOMATISCH,
    "groupwise-misschien": MISSCHIEN,
    "hoofdletters-in-adres": JA,
    "horde-ja": JA,
    "icloud-adres-in-parameter": JA,
    "ios-ja": JA,
    "ios-nee": NEE,
    "ios-stempel-van-de-uitnodiging": NEE,
    "kapotte-agenda": ONLEESBAAR,
    "kapotte-base64": ONLEESBAAR,
    "kenmerk-van-een-ander": ONBEKEND,
    "kleine-letters": JA,
    "kontact-misschien": MISSCHIEN,
    "kopano-ja": JA,
    "lege-mail": ONLEESBAAR,
    "lege-regels-ertussen": JA,
    "mailo-met-antwoordadres-in-kopie": JA,
    "methode-alleen-in-type": JA,
    "methode-nergens": MISSCHIEN,
    "nextcloud-ja": JA,
    "nextcloud-misschien": MISSCHIEN,
    "nextcloud-nee": NEE,
    "nextcloud-vanaf-de-server": JA,
    "niet-bezorgd": AUTOMATISCH,
    "nog-geen-keus": AUTOMATISCH,
    "notes-doorgegeven": GEWEIGERD,
    "notes-ja-met-meer-deelnemers": JA,
    "onbekende-stand": AUTOMATISCH,
    "onzin-als-volgnummer": JA,
    "open-xchange-ja": JA,
    "outlook-com-misschien": MISSCHIEN,
    "outlook-desktop-ja": JA,
    "outlook-desktop-misschien": MISSCHIEN,
    "outlook-desktop-nee": NEE,
    "outlook-doorgestuurd-aan-collega": GEWEIGERD,
    "outlook-engels-nee": NEE,
    "outlook-latin1": JA,
    "outlook-mac-misschien": MISSCHIEN,
    "outlook-met-opmerking": JA,
    "outlook-mobiel-nee": NEE,
    "outlook-namens-zoe": JA,
    "outlook-oude-versie": VEROUDERD,
    "outlook-tegenvoorstel": GEWEIGERD,
    "outlook-utf16": MISSCHIEN,
    "outlook-web-ja": JA,
    "outlook-web-nee-met-opmerking": NEE,
    "outlook-windows1252-zonder-opgave": NEE,
    "outlook-winmail": ONLEESBAAR,
    "proton-ja": JA,
    "proton-misschien": MISSCHIEN,
    "proton-nee-met-handtekening": NEE,
    "roundcube-kolab-ja": JA,
    "samsung-ja": JA,
    "samsung-misschien-zonder-volgnummer": MISSCHIEN,
    "sogo-ja-namens-zoe": JA,
    "sogo-nee": NEE,
    "soverin-nee": NEE,
    "stempel-in-de-toekomst": MISSCHIEN,
    "stempel-zonder-zone": NEE,
    "te-hoog-volgnummer": NEE,
    "thunderbird-ja": JA,
    "thunderbird-kale-regeleinden": JA,
    "thunderbird-misschien": MISSCHIEN,
    "thunderbird-nee": NEE,
    "thunderbird-tegenvoorstel": GEWEIGERD,
    "tuta-ja": JA,
    "twee-versies-in-een-mail": JA,
    "vals-kenmerk": ONBEKEND,
    "valse-afgelasting": GEWEIGERD,
    "valse-uitnodiging-terug": GEWEIGERD,
    "vraagt-de-laatste-versie": AUTOMATISCH,
    "yahoo-ja": JA,
    "yahoo-misschien-gevouwen-midden-in-een-letter": MISSCHIEN,
    "yahoo-nee": NEE,
    "zimbra-ja": JA,
    "zimbra-misschien-eigen-tijdzone": MISSCHIEN,
    "zimbra-nee": NEE,
    "zimbra-tegenvoorstel": GEWEIGERD,
    "zoho-ja": JA,
    "zoho-nee-met-reden": NEE,
    "zonder-deelnemer": ONLEESBAAR,
    "zonder-kenmerk": ONBEKEND,
    "zonder-stempel": JA,
    "zonder-volgnummer": JA,
}


def antwoord_van_zoe() -> str:
    return Uitnodiging.objects.get(pk=7001).antwoord


def lees(naam: str) -> Antwoordmail | None:
    return verwerk((CORPUS / f"{naam}.eml").read_bytes())


def test_every_mail_of_the_corpus_has_its_outcome_in_the_table():
    assert {pad.stem for pad in CORPUS.glob("*.eml")} == set(VERWACHT)
    assert len(VERWACHT) >= 60


@pytest.mark.parametrize(("naam", "verwacht"), VERWACHT.items(), ids=VERWACHT)
def test_each_mail_program_is_understood(zoe, naam, verwacht):
    mail = lees(naam)

    assert (mail.uitkomst, antwoord_van_zoe()) == verwacht
    assert bool(mail.reden) or mail.uitkomst in mail.GEWOON
    assert Uitnodiging.objects.get(pk=7002).antwoord == "open"


def test_the_whole_corpus_twice_and_backwards_ends_in_the_same_answer(zoe):
    namen = sorted(VERWACHT)
    for naam in namen:
        lees(naam)
    eerst = Uitnodiging.objects.filter(pk=7001).values("antwoord", "beantwoord_op", "antwoord_volgnummer").get()

    assert [lees(naam) for naam in reversed(namen)] == [None] * len(namen)
    assert Antwoordmail.objects.count() == len(namen)

    Antwoordmail.objects.all().delete()
    Uitnodiging.objects.filter(pk=7001).update(antwoord="open", beantwoord_op=None, antwoord_bron="")
    for naam in reversed(namen):
        lees(naam)
    assert Uitnodiging.objects.filter(pk=7001).values("antwoord", "beantwoord_op", "antwoord_volgnummer").get() == eerst


# --- Order and duplicates -------------------------------------------------------------------------------------------


def reply(stand: str, *, op: datetime, volgnummer: int = 1, uniek: str = "") -> bytes:
    """A plain reply of Zoë; `uniek` makes another mail that says the same."""
    return (
        f"From: zoe@voorbeeld.example\r\nTo: {adres_voor(7001, 'token-van-zoe')}\r\nX-Nummer: {uniek}\r\n"
        "Content-Type: text/calendar; method=REPLY\r\n\r\n"
        f"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:{UID}\r\n"
        f"DTSTAMP:{op:%Y%m%dT%H%M%SZ}\r\nSEQUENCE:{volgnummer}\r\n"
        f"ATTENDEE;PARTSTAT={stand}:mailto:zoe@voorbeeld.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


STANDEN = {"ACCEPTED": "ja", "TENTATIVE": "misschien", "DECLINED": "nee"}
RANG = ["ACCEPTED", "TENTATIVE", "DECLINED"]
ANTWOORDEN = st.lists(
    st.tuples(st.sampled_from(RANG), st.integers(0, 4), st.sampled_from([0, 1, 1, 1])), min_size=1, max_size=6
)


@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(gegeven=ANTWOORDEN, data=st.data())
def test_in_any_order_and_however_often_the_newest_answer_counts(zoe, gegeven, data):
    Antwoordmail.objects.all().delete()
    Uitnodiging.objects.filter(pk=7001).update(antwoord="open", beantwoord_op=None, antwoord_bron="")
    begin = NU - timedelta(days=1)
    volgorde = data.draw(st.permutations(gegeven + gegeven[:2]))

    for nummer, (stand, uur, volgnummer) in enumerate(volgorde):
        verwerk(reply(stand, op=begin + timedelta(hours=uur), volgnummer=volgnummer, uniek=str(nummer % 3)))

    geldig = [(uur, RANG.index(stand)) for stand, uur, volgnummer in gegeven if volgnummer == 1]
    assert antwoord_van_zoe() == (STANDEN[RANG[max(geldig)[1]]] if geldig else "open")


def test_an_answer_on_the_site_after_it_wins_from_a_mail_that_arrives_late(zoe):
    beantwoord(uitnodiging=zoe, antwoord="nee")

    mail = verwerk(reply("ACCEPTED", op=NU - timedelta(hours=1)))

    assert (mail.uitkomst, antwoord_van_zoe()) == ("verouderd", "nee")


def test_a_mail_after_an_answer_on_the_site_wins(zoe):
    with time_machine.travel(NU - timedelta(hours=2)):
        beantwoord(uitnodiging=zoe, antwoord="nee")

    verwerk(reply("ACCEPTED", op=NU - timedelta(hours=1)))

    nu = Uitnodiging.objects.get(pk=7001)
    assert (nu.antwoord, nu.antwoord_bron) == ("ja", "agenda")


# --- What others hear -----------------------------------------------------------------------------------------------


def post() -> list:
    return [stel_op(bericht) for bericht in Bericht.objects.select_related("aan").order_by("pk")]


@pytest.mark.parametrize(
    ("naam", "woorden"),
    [
        ("outlook-tegenvoorstel", "Je stelde een andere tijd voor"),
        ("doorgegeven-aan", "Je gaf je uitnodiging door"),
        ("ander-adres", "maar niet van jouw adres"),
    ],
)
def test_a_refusal_is_explained_to_the_guest_herself_once_a_day(zoe, naam, woorden):
    lees(naam)
    verwerk((CORPUS / f"{naam}.eml").read_bytes() + b"\r\n")  # the same again, as another mail

    (brief,) = post()
    assert brief.to == ["zoe@voorbeeld.example"]
    assert woorden in brief.body
    assert "Ik kom: http" in brief.body


@pytest.mark.parametrize("naam", [naam for naam, verwacht in VERWACHT.items() if verwacht in (ONBEKEND, ONLEESBAAR)])
def test_what_may_be_forged_is_never_answered(zoe, naam):
    lees(naam)

    assert post() == []


def test_words_go_to_the_trekkers_who_answer_the_guest_straight_away(zoe, kernteamlid, beheerder):
    zoe.bijeenkomst.trekkers.set([beheerder])
    lees("gewone-vraag")
    lees("gewone-vraag-alleen-html")

    eerst, tweede = post()
    assert (eerst.to, eerst.reply_to) == ([beheerder.email], ["zoe@voorbeeld.example"])
    assert eerst.subject == "Reactie op Samen leren"
    assert "Is er een lift?" in eerst.body
    assert "Mag mijn hond mee?" in tweede.body
    assert "alert" not in tweede.body


def test_without_trekkers_words_go_to_the_core_team_and_an_attachment_is_told_of(zoe, kernteamlid):
    lees("gewone-vraag-met-bijlage")

    (brief,) = post()
    assert brief.to == [kernteamlid.email]
    assert "zat een bijlage" in brief.body


def test_a_program_that_asks_for_the_latest_version_gets_it(zoe):
    lees("vraagt-de-laatste-versie")

    (brief,) = post()
    assert (brief.agenda["methode"], brief.agenda["volgnummer"]) == ("REQUEST", 1)


def test_a_yes_to_a_full_meeting_is_a_place_on_the_waiting_list_and_she_hears_it(zoe):
    zoe.bijeenkomst.capaciteit = 1
    zoe.bijeenkomst.save()
    UitnodigingFactory(bijeenkomst=zoe.bijeenkomst, antwoord="ja")

    mail = lees("gmail-ja")

    assert (mail.uitkomst, antwoord_van_zoe()) == ("verwerkt", "wachtlijst")
    assert "Je staat nu op de wachtlijst" in post()[0].body


@pytest.mark.parametrize(
    ("velden", "reden"),
    [
        ({"begint_op": NU - timedelta(days=2), "eindigt_op": NU - timedelta(days=1, hours=22)}, "al geweest"),
        ({"status": "afgelast"}, "gaat niet door"),
    ],
)
def test_an_answer_after_the_meeting_is_a_line_in_the_list_and_no_mail(zoe, velden, reden):
    type(zoe.bijeenkomst).objects.filter(pk=zoe.bijeenkomst_id).update(**velden)

    mail = lees("gmail-ja")

    assert (mail.uitkomst, antwoord_van_zoe()) == ("geweigerd", "open")
    assert reden in mail.reden
    assert post() == []


def test_hostile_words_in_a_letter_stay_words(zoe, kernteamlid):
    ruw = (CORPUS / "gewone-vraag.eml").read_bytes()
    lees_van = ruw.replace(b"Is er een lift?", b"=HYPERLINK(1)\x00 <script>alert(1)</script>")
    verwerk(lees_van.replace(b"Subject: Re", b"Subject: =?utf-8?Q?Hoi=0D=0ABcc:_x=40y.example?= Re"))

    (brief,) = post()
    assert brief.message()["Bcc"] is None
    assert "<script>" not in brief.alternatives[0].content
    mail = Antwoordmail.objects.get()
    assert "\n" not in mail.onderwerp


@hypothesis_settings(max_examples=120, deadline=None)
@given(ruw=st.binary(max_size=400))
def test_no_bytes_make_reading_fail(ruw):
    itip.lees(ruw)
    itip.lees(b"Content-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + ruw)


@hypothesis_settings(max_examples=80, deadline=None)
@given(plek=st.integers(0, 2500), stuk=st.binary(max_size=12), naam=st.sampled_from(["gmail-ja", "outlook-desktop-ja"]))
def test_a_reply_that_was_damaged_anywhere_is_read_or_refused(plek, stuk, naam):
    ruw = (CORPUS / f"{naam}.eml").read_bytes()

    itip.lees(ruw[:plek] + stuk + ruw[plek + len(stuk) :])


@pytest.mark.parametrize(
    ("een", "ander", "zelfde"),
    [
        ("zoe@voorbeeld.example", "ZOE@Voorbeeld.example ", True),
        ("zoe@voorbeeld.example", "zoe+agenda@voorbeeld.example", True),
        ("z.o.e@gmail.com", "zoe@googlemail.com", True),
        ("z.oe@voorbeeld.example", "zoe@voorbeeld.example", False),
        ("zoe@voorbeeld.example", "zoe@elders.example", False),
        ("", "zoe@voorbeeld.example", False),
    ],
)
def test_an_address_is_the_same_whatever_a_program_makes_of_it(een, ander, zelfde):
    assert (_kaal(een) == _kaal(ander)) is zelfde


def test_senders_are_forgotten_after_ninety_days(zoe):
    lees("gewone-vraag")
    with time_machine.travel(NU + timedelta(days=91)):
        aantal = Antwoordmail.objects.vergeet_afzenders()

    mail = Antwoordmail.objects.get()
    assert (aantal, mail.van, mail.onderwerp) == (1, "", "")
    assert lees("gewone-vraag") is None
    assert timezone.now() == NU
