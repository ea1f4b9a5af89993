"""What stands in a mail: its subject, its link, its buttons, and the words of its own template."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collectief import trace
from collectief.post.actions import leg_klaar
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op, verstuur_alles
from tests.post.postkantoor import Server, leg

pytestmark = pytest.mark.django_db
LINK = "http://localhost:8000/mijn/"


def html_van(mail) -> str:
    (html, _) = mail.alternatives[0]
    return html


def test_a_mail_is_built_once_however_often_it_is_asked_for():
    mail = stel_op(leg())

    assert mail.message() is mail.message()


def test_a_message_about_no_page_has_no_link():
    bericht = leg()
    bericht.gegevens["tekst"] = "Alles staat op http://localhost:8000"

    mail = stel_op(bericht)

    assert ">Openen</a>" not in html_van(mail)
    assert [alinea["heeft_knop"] for alinea in mail.alineas] == [False]


@pytest.mark.parametrize(
    ("tekst", "alineas"),
    [
        (f"Er staat iets klaar:\n{LINK}", [("Er staat iets klaar:", True)]),
        (f"Kijk op {LINK} of bel.", [(f"Kijk op {LINK} of bel.", False)]),
        (f"  Hoi.\n\n{LINK}\n\nDag. ", [("  Hoi.", False), ("", True), ("Dag. ", False)]),
        ("Hoi.\n\n\n\nDag.", [("Hoi.", False), ("", False), ("Dag.", False)]),
    ],
)
def test_only_a_link_at_the_end_of_a_paragraph_becomes_a_button(tekst, alineas):
    bericht = leg(pad="/mijn/")
    bericht.gegevens["tekst"] = tekst

    mail = stel_op(bericht)

    assert [(alinea["tekst"], alinea["heeft_knop"]) for alinea in mail.alineas] == alineas
    assert not any("knoppen" in alinea for alinea in mail.alineas)
    assert html_van(mail).count(">Openen</a>") == sum(heeft_knop for _, heeft_knop in alineas)


def test_a_subject_is_one_line_with_single_spaces():
    bericht = leg()
    bericht.gegevens["onderwerp"] = " Hallo  daar\n allemaal "

    assert stel_op(bericht).subject == "Hallo daar allemaal"


def test_a_template_gets_what_was_laid_down_for_it_and_where_the_site_is():
    leg_klaar(
        sleutel="lid:1",
        soort="aanmelding_lid",
        aan_adres="iemand@voorbeeld.example",
        pad="/initiatieven/wilgenhoek/",
        gegevens={"contactpersoon": "Ans", "initiatief": "De Wilgenhoek", "waarom": "Warm en klein."},
    )

    tekst = stel_op(Bericht.objects.get()).body

    assert "Hallo Ans," in tekst
    assert "http://localhost:8000/initiatieven/wilgenhoek/" in tekst
    assert "Op http://localhost:8000/bijeenkomsten/ staat" in tekst


def test_a_template_gets_its_buttons_as_whole_addresses():
    leg_klaar(
        sleutel="vers:1",
        soort="plekken_versheid",
        aan_adres="iemand@voorbeeld.example",
        gegevens={"initiatief": "De Wilgenhoek", "knoppen": [["Klopt nog", "/vers/1/"], ["Bijwerken", "/vers/2/"]]},
    )

    mail = stel_op(Bericht.objects.get())

    assert "Klopt nog: http://localhost:8000/vers/1/\nBijwerken: http://localhost:8000/vers/2/" in mail.body
    assert [len(alinea["knoppen"]) for alinea in mail.alineas if "knoppen" in alinea] == [2]


# --- Which messages a worker takes -----------------------------------------------------------------------------------


def test_what_a_dead_worker_left_counts_for_the_number_that_is_taken():
    for nummer in range(4):
        leg(f"proef:{nummer}")
    (verlaten,) = Bericht.objects.neem(1)
    Bericht.objects.filter(pk=verlaten.pk).update(pacht_tot=timezone.now() - timedelta(seconds=1))

    genomen = Bericht.objects.neem(2)

    assert (len(genomen), genomen[0].pk) == (2, verlaten.pk)


def test_offering_a_message_holds_it_for_a_while_longer(settings):
    leg()
    (bericht,) = Bericht.objects.neem(1)
    voor = timezone.now()

    assert bericht.bied_aan()

    assert bericht.pacht_tot >= voor + settings.POST_PACHT
    assert Bericht.objects.get().pacht_tot == bericht.pacht_tot


def test_only_what_should_have_gone_before_then_is_late(settings):
    settings.RUSTIGE_UREN = False
    nu = timezone.now()
    for naam, wanneer in (("vroeger", -1), ("nu", 0), ("straks", 1)):
        leg(naam, vanaf=nu + timedelta(hours=wanneer))

    assert set(Bericht.objects.te_laat(nu).values_list("sleutel", flat=True)) == {"vroeger"}


class Meelezer(Server):
    """Keeps under what each mail was handed over."""

    sporen: list = []

    def send_messages(self, email_messages):
        Meelezer.sporen.append(trace.huidige())
        return super().send_messages(email_messages)


@pytest.mark.parametrize(("gevraagd_door", "spoor"), [("abc123", "abc123"), ("", "de-ronde")])
def test_a_mail_is_logged_under_what_asked_for_it_or_else_under_the_run(server, settings, gevraagd_door, spoor):
    settings.MAILERS = {"default": {"BACKEND": "tests.post.test_opstellen.Meelezer"}}
    Meelezer.sporen = []
    leg()
    Bericht.objects.update(trace=gevraagd_door)

    with trace.onder("de-ronde"):
        verstuur_alles()
        assert trace.huidige() == "de-ronde"

    assert Meelezer.sporen == [spoor]
