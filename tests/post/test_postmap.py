"""The mail folder of a trial: every letter that lies in it can be opened, also one that was not made by us."""

import email
import email.policy
from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from collectief.post import verzenden
from collectief.post.backends import MapBackend
from collectief.post.models import Bericht
from tests.bijeenkomsten.test_uitnodigingspost import POST
from tests.post.postkantoor import leg

KOP = b"Subject: Hallo\nTo: iemand@voorbeeld.example\n"
BESCHADIGD = {
    "leeg": b"",
    "alleen opmaak": KOP + b"Content-Type: text/html\n\n<p>Dag</p>",
    "onbekend schrift": KOP + b"Content-Type: text/plain; charset=geheim\n\nDag \xff",
    "halve base64": KOP + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nRGFn!!!",
    "zonder delen": KOP + b"Content-Type: multipart/alternative; boundary=x\n\nDag",
    "een bijlage": KOP + b"Content-Type: application/pdf\n\n%PDF",
    "bytes": bytes(range(256)) * 4,
    "dag onleesbaar": KOP + b"Date: gisteren\n\nDag",
}


@pytest.fixture
def postmap(settings, tmp_path) -> Path:
    """Where mail arrives, and what the pages of the folder show."""
    settings.MAIL_MAP = str(tmp_path)
    settings.MAILERS = {
        "default": {"BACKEND": "collectief.post.backends.MapBackend", "OPTIONS": {"file_path": str(tmp_path)}}
    }
    return tmp_path


@pytest.mark.parametrize("inhoud", BESCHADIGD.values(), ids=BESCHADIGD)
def test_a_damaged_letter_is_shown_as_far_as_it_goes(client, postmap, inhoud):
    (postmap / "brief.eml").write_bytes(inhoud)

    assert [client.get(pad).status_code for pad in ("/post/", "/post/brief/")] == [200, 200]
    assert client.get("/post/brief/opmaak/").status_code in (200, 404)


@pytest.mark.parametrize(
    ("welke", "woord"), [("onbekend schrift", "Dag"), ("alleen opmaak", "Zo ziet een mailprogramma")]
)
def test_what_can_be_read_of_it_stands_there(client, postmap, welke, woord):
    (postmap / "brief.eml").write_bytes(BESCHADIGD[welke])

    assert woord in client.get("/post/brief/").text


def test_a_letter_without_html_has_no_frame(client, postmap):
    (postmap / "brief.eml").write_bytes(KOP + b"\nDag")

    assert "<iframe" not in client.get("/post/brief/").text
    assert client.get("/post/brief/opmaak/").status_code == 404


def test_a_letter_that_has_just_been_cleared_away_is_skipped(client, postmap):
    (postmap / "blijft.eml").write_bytes(KOP + b"\nDag")
    (postmap / "weg.eml").symlink_to(postmap / "al-weg")

    assert client.get("/post/").context["aantal"] == 1
    assert client.get("/post/weg/").status_code == 404


def test_an_empty_folder_says_so(client, postmap):
    assert "Er is nog niets verstuurd." in client.get("/post/").text


def test_an_invitation_brings_its_calendar_along_as_the_last_alternative(db, postmap):
    bericht = leg()
    Bericht.objects.update(agenda=POST)

    verzenden.verstuur_alles()

    mail = email.message_from_bytes(next(postmap.glob("*.eml")).read_bytes(), policy=email.policy.default)
    delen = [deel.get_content_type() for deel in mail.iter_parts()]
    agenda = [deel for deel in mail.walk() if deel.get_content_type() == "text/calendar"]
    assert (delen, [deel["Content-Type"].params["method"] for deel in agenda]) == (
        ["text/plain", "text/html", "text/calendar"],
        ["REQUEST"],
    )
    assert agenda[0].get_content_charset() == "utf-8"
    assert POST["uid"] in agenda[0].get_content()
    bericht.refresh_from_db()
    assert (bericht.toestand, bericht.agenda) == ("verstuurd", None)


def test_a_letter_that_is_handed_over_twice_lies_there_once_and_whole(tmp_path):
    diep = tmp_path / "nog niet" / "gemaakt"
    brief = EmailMessage(
        "Hoi", "Dag.", to=["a@voorbeeld.example"], headers={"Message-ID": "<een/twee@voorbeeld.example>"}
    )

    aantallen = [MapBackend(file_path=str(diep)).send_messages([brief]) for _ in range(2)]

    assert aantallen == [1, 1]
    assert [bestand.name for bestand in diep.iterdir()] == ["een_twee@voorbeeld.example.eml"]
    assert "Dag." in next(diep.iterdir()).read_text()
