"""Where answers come in: a folder, and a mailbox over IMAP that may be away, slow to forget, or full of nonsense."""

import re
import socketserver
import threading
from pathlib import Path

import pytest
from django.urls import reverse

from bijeenkomsten.models import Antwoordmail, Uitnodiging
from bijeenkomsten.postbus import GROOTSTE, lees_antwoorden
from bijeenkomsten.tasks import lees_antwoorden as taak
from tests.bijeenkomsten.test_antwoorden import CORPUS

GROOT = b"To: antwoord@collectief.example\r\nSubject: Foto's\r\n\r\n" + b"x" * (GROOTSTE + 1)


def antwoord_van_zoe() -> str:
    return Uitnodiging.objects.get(pk=7001).antwoord


@pytest.fixture
def map_(zoe, settings) -> Path:
    return Path(settings.ANTWOORD_MAP)


def test_a_letter_in_the_folder_is_read_once_and_stays_there(map_):
    (map_ / "a.eml").write_bytes((CORPUS / "gmail-ja.eml").read_bytes())
    (map_ / "nog-eens.eml").write_bytes((CORPUS / "gmail-ja.eml").read_bytes())
    (map_ / "notities.txt").write_text("geen mail")

    assert [lees_antwoorden(), lees_antwoorden()] == [1, 0]
    assert antwoord_van_zoe() == "ja"
    assert len(list(map_.iterdir())) == 3


def test_a_mail_of_twenty_megabytes_is_a_line_in_the_list_and_stops_nobody(map_):
    (map_ / "a.eml").write_bytes(GROOT + b"x" * 20_000_000)
    (map_ / "b.eml").write_bytes((CORPUS / "gmail-nee-met-reden.eml").read_bytes())

    taak()

    groot = Antwoordmail.objects.get(uitkomst="onleesbaar")
    assert (groot.onderwerp, groot.reden) == ("Foto's", "De mail is te groot (22 MB). Hij staat nog in de postbus.")
    assert antwoord_van_zoe() == "nee"


@pytest.mark.parametrize("kop", [b"To: " + b"(" * 30_000, b"Subject: =?utf-8?b?abcde?="])
def test_a_mail_that_is_too_large_with_headers_that_are_nonsense_stops_nobody(map_, kop):
    (map_ / "a.eml").write_bytes(kop + b"\r\n" + GROOT)
    (map_ / "b.eml").write_bytes((CORPUS / "gmail-nee-met-reden.eml").read_bytes())

    taak()

    assert Antwoordmail.objects.get(uitkomst="onleesbaar").reden.startswith("De mail is te groot (2 MB).")
    assert antwoord_van_zoe() == "nee"


def test_without_a_mailbox_there_is_nothing_to_read(db, settings):
    settings.ANTWOORD_MAP = settings.ANTWOORD_IMAP = ""

    assert lees_antwoorden() == 0


# --- IMAP -----------------------------------------------------------------------------------------------------------


class Imap(socketserver.StreamRequestHandler):
    """As much of an IMAP server as we need: one mailbox, and what was read."""

    def handle(self):
        self.zeg(b"* OK klaar")
        for regel in self.rfile:
            label, opdracht, *rest = regel.decode().split()
            self.antwoord(opdracht.upper(), rest)
            self.zeg(f"{label} {self.server.oordeel.get(opdracht.upper(), 'OK')} klaar".encode())

    def zeg(self, regel: bytes) -> None:
        self.wfile.write(regel + b"\r\n")

    def antwoord(self, opdracht: str, rest: list[str]) -> None:
        post, gelezen = self.server.post, self.server.gelezen
        if opdracht == "CAPABILITY":
            self.zeg(b"* CAPABILITY IMAP4rev1")
        elif opdracht == "LOGIN":
            self.server.aangemeld = rest
        elif opdracht == "SELECT":
            self.zeg(f"* {len(post)} EXISTS".encode())
        elif opdracht == "UID" and rest[0] == "SEARCH":
            self.zeg(b"* SEARCH " + b" ".join(str(uid).encode() for uid in post if uid not in gelezen))
        elif opdracht == "UID" and rest[0] == "STORE":
            gelezen.add(int(rest[1]))
            self.zeg(b"* 1 FETCH (FLAGS (\\Seen))")
        elif opdracht == "UID" and rest[0] == "FETCH":
            self.geef(post[int(rest[1])], " ".join(rest[2:]))

    def geef(self, mail: bytes, wat: str) -> None:
        self.server.gevraagd.append(wat)
        if "SIZE" in wat:
            self.zeg(f"* 1 FETCH (UID 1 RFC822.SIZE {len(mail)})".encode())
            return
        deel = mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in wat else mail
        self.wfile.write(f"* 1 FETCH (UID 1 {wat.strip('()')} {{{len(deel)}}}\r\n".encode() + deel + b")\r\n")


@pytest.fixture
def imap(zoe, settings):
    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = allow_reuse_address = True

    with Server(("127.0.0.1", 0), Imap) as server:
        server.post, server.gelezen, server.gevraagd, server.oordeel, server.aangemeld = {}, set(), [], {}, None
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        settings.ANTWOORD_MAP = ""
        settings.ANTWOORD_IMAP = f"imap://naam%40x:ge%2Fheim@127.0.0.1:{server.server_address[1]}/INBOX"
        yield server
        server.shutdown()


def test_unread_mail_is_read_once_and_marked_and_never_taken_away(imap):
    imap.post = {4: (CORPUS / "outlook-desktop-ja.eml").read_bytes(), 9: (CORPUS / "vals-kenmerk.eml").read_bytes()}

    assert [lees_antwoorden(), lees_antwoorden()] == [2, 0]
    assert antwoord_van_zoe() == "ja"
    assert imap.gelezen == {4, 9}
    assert imap.aangemeld == ["naam@x", '"ge/heim"']
    assert not any(re.search("BODY\\[", wat) for wat in imap.gevraagd)  # PEEK: looking alone marks nothing


def test_a_mailbox_that_forgets_what_was_read_changes_nothing(imap):
    imap.post = {4: (CORPUS / "outlook-desktop-ja.eml").read_bytes()}
    lees_antwoorden()
    imap.gelezen.clear()

    assert lees_antwoorden() == 0
    assert Antwoordmail.objects.count() == 1


def test_of_a_mail_that_is_too_large_only_the_headers_are_fetched(imap):
    imap.post = {1: GROOT}

    lees_antwoorden()

    assert imap.gevraagd == ["(RFC822.SIZE)", "(BODY.PEEK[HEADER])"]
    assert "te groot" in Antwoordmail.objects.get().reden


def test_a_mailbox_that_is_away_is_tried_again_later(zoe, settings, caplog):
    settings.ANTWOORD_MAP, settings.ANTWOORD_IMAP = "", "imap://naam:geheim@127.0.0.1:1/INBOX"

    assert lees_antwoorden() == 0
    assert "cannot be read (ConnectionRefusedError)" in caplog.text
    assert "geheim" not in caplog.text


def test_a_refused_password_is_no_error_page(imap, caplog):
    imap.oordeel = {"LOGIN": "NO"}

    assert lees_antwoorden() == 0
    assert "cannot be read" in caplog.text


# --- The list -------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_did_not_work_first_and_why(map_, als, kernteamlid):
    for naam in ("gmail-ja", "vals-kenmerk", "kapotte-agenda"):
        (map_ / f"{naam}.eml").write_bytes((CORPUS / f"{naam}.eml").read_bytes())
    lees_antwoorden()

    tekst = als(kernteamlid).get(reverse("bijeenkomsten:antwoorden")).text

    assert "Het adres is niet van een genodigde" in tekst
    assert "is niet te lezen" in tekst
    assert "Zoë" in tekst


@pytest.mark.parametrize("aantal", [1, 10])
def test_the_list_takes_as_many_queries_for_ten_lines_as_for_one(
    zoe,
    als,
    beheerder,
    django_assert_num_queries,
    aantal,
):
    for nummer in range(aantal):
        Antwoordmail.objects.create(kenmerk=str(nummer), uitnodiging=zoe, uitkomst="geweigerd", reden="Kan niet.")
    client = als(beheerder)

    with django_assert_num_queries(6):
        client.get(reverse("bijeenkomsten:antwoorden"))
