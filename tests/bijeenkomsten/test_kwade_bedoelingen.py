"""Mails and files that somebody made to do harm, or that were damaged on the way."""

import time
from contextlib import suppress

import pytest

from bijeenkomsten import itip
from bijeenkomsten.antwoordadres import adres_voor
from bijeenkomsten.antwoorden import verwerk
from bijeenkomsten.importeren import OnleesbaarBestand, maak_plan
from tests.bijeenkomsten.test_antwoorden import CORPUS
from tests.bijeenkomsten.test_jaar_plannen import agenda


@pytest.mark.parametrize(
    "ruw",
    [
        b"Content-Type: text/html\r\n\r\n" + b"<head " * 300_000,
        b"Content-Type: text/html\r\n\r\n" + b"<style>" * 280_000,
        b"Subject: " + b"=?a?q?" * 300_000 + b"\r\n\r\nhallo",
        b"Content-Type: text/html" + b";a=b" * 450_000 + b"\r\n\r\nhallo",
        b"To: " + b"a@b," * 450_000 + b"\r\n\r\nhallo",
    ],
    ids=["head", "style", "subject", "type", "to"],
)
def test_no_mail_of_two_megabytes_keeps_the_reader_busy(ruw):
    begin = time.process_time()
    itip.lees(ruw)

    assert time.process_time() - begin < 20  # it was hours


def test_a_subject_that_cannot_be_decoded_does_not_lose_the_answer(zoe):
    mail = (CORPUS / "gmail-ja.eml").read_bytes()
    regels = [b"Subject: =?utf-8?b?abcde?=" if r.startswith(b"Subject:") else r for r in mail.split(b"\r\n")]
    assert verwerk(b"\r\n".join(regels)).uitkomst == "verwerkt"


def test_a_head_that_does_not_end_leaves_the_words_of_the_body():
    ruw = b"Content-Type: text/html\r\n\r\n<html><head><title>Antwoord<body>Ik kom met de trein.</body></html>"

    assert itip.lees(ruw).tekst == "Ik kom met de trein."


def test_a_guest_who_writes_and_writes_does_not_fill_the_boxes_of_those_who_lead(zoe):
    brief = (
        f"From: zoe@voorbeeld.example\r\nTo: {adres_voor(zoe.pk, zoe.token)}\r\nContent-Type: text/plain\r\n"
        "Message-ID: <{0}@x>\r\n\r\nBericht {0}\r\n"
    )

    uitkomsten = [verwerk(brief.format(nummer).encode()).uitkomst for nummer in range(12)]

    assert uitkomsten == ["doorgestuurd"] * 10 + ["geweigerd"] * 2


@pytest.mark.parametrize(
    "regel",
    ["DTSTART:20270101", "DTSTART;TZID=x:2027", "DTSTART:99991231T235959Z", "DTSTART:00010101T000000Z", "RRULE:x"],
)
def test_a_calendar_with_a_line_that_makes_no_sense_is_refused_in_words(db, regel):
    with suppress(OnleesbaarBestand):
        assert maak_plan(agenda("UID:1", regel, "DTEND:20270101T120000")).fouten
