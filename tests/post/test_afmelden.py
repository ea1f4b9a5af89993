"""Stopping a kind of mail: by the link in the mail, by the mail program, or signed in."""

import email
import email.policy
import re

import pytest

from collectief.post import verzenden
from collectief.post.actions import meld_af
from collectief.post.afmelden import afmeldlink, lees_token
from collectief.post.models import Afmelding, Bericht
from tests.post.postkantoor import leg


def pad(link: str) -> str:
    return "/" + link.split("/", 3)[3]


@pytest.fixture
def link(begeleider) -> str:
    return pad(afmeldlink("herinneringen", begeleider.pk))


def soorten(gebruiker) -> set[str]:
    return set(gebruiker.afmeldingen.values_list("soort", flat=True))


def test_looking_at_the_link_stops_nothing(client, link, begeleider):
    for _ in range(3):
        antwoord = client.get(link)

    assert antwoord.status_code == 200
    assert soorten(begeleider) == set()


def test_the_button_stops_it_and_twice_is_the_same_as_once(client, link, begeleider):
    client.post(link)
    antwoord = client.post(link)

    assert antwoord.status_code == 200
    assert soorten(begeleider) == {"herinneringen"}


def test_a_mail_program_needs_one_post_without_cookies(link, begeleider):
    from django.test import Client

    antwoord = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})

    assert (antwoord.status_code, soorten(begeleider)) == (200, {"herinneringen"})


def test_the_same_page_turns_it_on_again(client, link, begeleider):
    client.post(link)
    client.post(link, {"weer": "ja"})

    assert soorten(begeleider) == set()


def test_turning_one_kind_on_leaves_other_kinds_and_other_people_alone(client, link, begeleider, coordinator):
    for wie, soort in ((begeleider, "herinneringen"), (begeleider, "weekoverzicht"), (coordinator, "herinneringen")):
        meld_af(gebruiker_id=wie.pk, soort=soort)

    client.post(link, {"weer": "ja"})

    assert (soorten(begeleider), soorten(coordinator)) == ({"weekoverzicht"}, {"herinneringen"})


@pytest.mark.parametrize("verminkt", ["x", "eyJ", "a:b:c", "%00"])
def test_a_link_that_is_not_ours_says_so(client, begeleider, verminkt):
    antwoord = client.post(f"/post/afmelden/{verminkt}/")

    assert antwoord.status_code == 404
    assert "kennen we niet" in antwoord.text


def test_a_link_of_somebody_who_is_gone_says_so(client, begeleider, link):
    begeleider.rollen.all().delete()
    begeleider.delete()

    assert client.post(link).status_code == 404


def test_a_link_stops_only_its_own_kind(begeleider):
    herinneringen, week = (lees_token(pad(afmeldlink(s, 7)).split("/")[3]) for s in ("herinneringen", "weekoverzicht"))

    assert (herinneringen, week) == ((7, "herinneringen"), (7, "weekoverzicht"))
    assert afmeldlink("roluitnodiging", 7) == ""


def test_signed_in_one_chooses_too(als, begeleider):
    client = als(begeleider)

    client.post("/post/mailkeuze/", {"soort": "weekoverzicht"})
    assert soorten(begeleider) == {"weekoverzicht"}
    assert "Weer aanzetten" in client.get("/post/mailkeuze/").text

    client.post("/post/mailkeuze/", {"soort": "weekoverzicht", "weer": "ja"})
    assert soorten(begeleider) == set()


def test_nonsense_is_no_choice(als, begeleider):
    assert als(begeleider).post("/post/mailkeuze/", {"soort": "alles"}).status_code == 200
    assert not Afmelding.objects.exists()


def brief(mailmap) -> email.message.EmailMessage:
    (pad_,) = mailmap.glob("*.eml")
    return email.message_from_bytes(pad_.read_bytes(), policy=email.policy.default)


@pytest.mark.parametrize(
    ("soort", "kan_stoppen"), [("herinneringen", True), ("weekoverzicht", True), ("herinnering", False)]
)
def test_a_bundle_says_to_mail_programs_how_to_stop_it(begeleider, mailmap, soort, kan_stoppen):
    Bericht.objects.create(sleutel="x", soort=soort, aan=begeleider, pad="/trajecten/")
    verzenden.verstuur_alles()
    mail = brief(mailmap)

    assert (mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click") is kan_stoppen
    assert bool(re.fullmatch(r"<http[^>]+>", str(mail["List-Unsubscribe"]))) is kan_stoppen
    assert ("/post/afmelden/" in mail.get_body(("plain",)).get_content()) is kan_stoppen


def test_a_mail_has_text_and_html_with_the_same_link(begeleider, mailmap):
    Bericht.objects.create(sleutel="x", soort="herinnering", aan=begeleider, pad="/trajecten/zo/")
    verzenden.verstuur_alles()
    mail = brief(mailmap)
    html = mail.get_body(("html",)).get_content()

    assert "/trajecten/zo/" in mail.get_body(("plain",)).get_content()
    assert 'href="http://localhost:8000/trajecten/zo/">Openen</a>' in html
    assert 'content="light dark"' in html
    assert not [woord for woord in ("<img", "<script", "src=", "@import", "url(", "#fff", "color:") if woord in html]


def test_the_mail_folder_shows_the_html_where_it_can_do_nothing(client, begeleider, mailmap, settings):
    settings.MAIL_MAP = str(mailmap)
    leg()
    verzenden.verstuur_alles()
    naam = next(mailmap.glob("*.eml")).stem

    pagina = client.get(f"/post/{naam}/")
    opmaak = client.get(f"/post/{naam}/opmaak/")

    assert "<iframe sandbox " in pagina.text
    assert "frame-src 'self'" in pagina["Content-Security-Policy"]
    assert "; sandbox;" in opmaak["Content-Security-Policy"]
    assert "unsafe" not in opmaak["Content-Security-Policy"]
    assert opmaak["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("naam", ["bestaat-niet", "..%2fgeheim"])
def test_the_mail_folder_shows_nothing_else(client, mailmap, settings, naam):
    settings.MAIL_MAP = str(mailmap)

    assert client.get(f"/post/{naam}/opmaak/").status_code == 404


@pytest.mark.parametrize(
    ("anders", "vanaf"), [({}, "192.0.2.7"), ({"MODUS": "productie"}, "127.0.0.1"), ({"MAIL_MAP": ""}, "127.0.0.1")]
)
def test_the_mail_folder_is_for_this_machine_in_embedded_mode_only(
    db,
    client,
    mailmap,
    settings,
    anders,
    vanaf,
):
    settings.MAIL_MAP = str(mailmap)
    leg()
    verzenden.verstuur_alles()
    naam = next(mailmap.glob("*.eml")).stem
    paden = ["/post/", f"/post/{naam}/", f"/post/{naam}/opmaak/"]
    hier = [client.get(pad).status_code for pad in paden]

    for instelling, waarde in anders.items():
        setattr(settings, instelling, waarde)

    assert (hier, [client.get(pad, REMOTE_ADDR=vanaf).status_code for pad in paden]) == ([200] * 3, [404] * 3)


def test_stopping_twice_at_once_is_no_error(begeleider):
    for _ in range(2):
        meld_af(gebruiker_id=begeleider.pk, soort=Afmelding.Soort.WEEKOVERZICHT)

    assert soorten(begeleider) == {"weekoverzicht"}
