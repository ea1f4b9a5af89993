"""What the outbox does to one row it does to no other, and every failure leaves the right words and the right line."""

import smtplib
import threading
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.utils import timezone

from collectief.post import verzenden
from collectief.post.afmelden import ZOUT, afmeldlink, lees_token
from collectief.post.lijn import Lijn
from collectief.post.models import Bericht, Berichtdeel
from tests.post.postkantoor import Server, leg


class Ophanger(Server):
    """Counts how often the line was closed."""

    gesloten = 0

    def close(self):
        Ophanger.gesloten += 1


@pytest.fixture
def ophanger(server, settings) -> type[Ophanger]:
    settings.MAILERS = {"default": {"BACKEND": "tests.post.test_precies.Ophanger"}}
    Ophanger.gesloten = 0
    return Ophanger


@pytest.mark.parametrize(
    ("antwoord", "fout", "gesloten"),
    [
        (smtplib.SMTPDataError(451, b"later"), "SMTP 451", 1),
        (smtplib.SMTPDataError(421, b"later, bye"), "SMTP 421", 2),
        (smtplib.SMTPDataError(550, b"no"), "SMTP 550", 1),
        (smtplib.SMTPRecipientsRefused({"iemand@voorbeeld.example": (450, b"later")}), "SMTP 450", 1),
        (smtplib.SMTPSenderRefused(550, b"who?", "post@collectief.example"), "SMTP 550", 2),
        (smtplib.SMTPServerDisconnected("weg"), "SMTPServerDisconnected", 2),
        (ConnectionResetError("weg"), "ConnectionResetError", 2),
        (ValueError("onverwacht"), "ValueError", 1),
    ],
)
def test_a_failure_is_noted_and_the_line_closed_only_when_it_is_worth_nothing(db, ophanger, antwoord, fout, gesloten):
    """A run always hangs up at its end."""
    Server.antwoord = antwoord
    bericht = leg()

    verzenden.verstuur_alles()

    bericht.refresh_from_db()
    assert (bericht.fout, Ophanger.gesloten) == (fout, gesloten)


@pytest.mark.parametrize("noteer", ["noteer_later", "noteer_onbestelbaar"])
def test_a_reason_that_is_too_long_is_cut_off(db, noteer):
    leg()
    (bericht,) = Bericht.objects.neem(1)

    getattr(bericht, noteer)("x" * 300)

    bericht.refresh_from_db()
    assert bericht.fout == "x" * 200


@pytest.mark.parametrize(
    "doe",
    [
        lambda bericht: bericht.noteer_later("SMTP 451"),
        lambda bericht: bericht.noteer_vervallen(),
        lambda bericht: bericht.noteer_onbestelbaar("SMTP 550"),
        lambda bericht: Bericht.objects.laat_los([bericht]),
        lambda bericht: bericht.houd_vast(),
    ],
)
def test_what_was_sent_meanwhile_stays_as_it_is(db, doe):
    leg()
    (bericht,) = Bericht.objects.neem(1)
    Bericht.objects.update(toestand="verstuurd")
    eerst = Bericht.objects.values().get()

    doe(bericht)

    assert Bericht.objects.values().get() == eerst


def test_a_lease_is_renewed_for_its_own_message_as_long_as_it_is_ours(db):
    for nummer in range(3):
        leg(f"proef:{nummer}")
    eigen, _, overgenomen = Bericht.objects.neem(3)
    straks = timezone.now() + timedelta(days=1)
    Bericht.objects.filter(pk=overgenomen.pk).update(pacht_tot=straks)
    pacht = eigen.pacht_tot

    for bericht in (eigen, overgenomen):
        bericht.houd_vast()

    eerste, ander, derde = Bericht.objects.order_by("pk").values_list("pacht_tot", flat=True)
    assert (eerste, eerste > pacht, ander, derde) == (eigen.pacht_tot, True, pacht, straks)


def test_giving_back_ends_the_lease(db):
    leg()
    Bericht.objects.laat_los(Bericht.objects.neem(1))

    assert Bericht.objects.values_list("toestand", "pacht_tot", "pogingen").get() == ("wacht", None, 0)


def test_silencing_touches_no_message_of_others(db):
    los, half, heel = leg("los", groep="iets anders"), leg("half"), leg("heel")
    Berichtdeel.objects.bulk_create(
        Berichtdeel(bericht=bericht, groep=groep) for bericht, groep in ((half, "a"), (half, "b"), (heel, "a"))
    )

    assert Bericht.objects.laat_vervallen(["a"]) == 1

    assert dict(Bericht.objects.values_list("pk", "toestand")) == {
        los.pk: "wacht",
        half.pk: "wacht",
        heel.pk: "vervallen",
    }


@pytest.mark.parametrize("inhoud", [["x", "herinneringen"], [7, "een soort van vroeger"], None, [7], [None, "acties"]])
def test_a_stop_link_with_something_else_in_it_stops_nothing(inhoud):
    assert lees_token(signing.dumps(inhoud, salt=ZOUT)) is None


def test_a_stop_link_in_a_mail_of_long_ago_still_works():
    assert lees_token(signing.dumps([7, "acties"], salt="post.afmelden")) == (7, "acties")


@pytest.mark.parametrize(("soort", "wie"), [("acties", None), ("herinnering", 7)])
def test_where_nothing_can_be_stopped_there_is_no_stop_link(soort, wie):
    assert afmeldlink(soort, wie) == ""


@pytest.mark.django_db(transaction=True)
def test_a_lease_is_renewed_again_after_the_database_was_away(settings):
    settings.POST_PACHT = timedelta(seconds=0.6)
    leg()
    (bericht,) = Bericht.objects.neem(1)
    anderen = set(threading.enumerate())
    lijn = Lijn()

    with lijn._houdt_vast(bericht):
        verbroken = wacht_op(verbreek_anderen)
        toen = bericht.pacht_tot
        weer = wacht_op(lambda: Bericht.objects.get().pacht_tot > toen + settings.POST_PACHT)
    lijn.sluit()

    assert (verbroken, weer, set(threading.enumerate()) - anderen) == (True, True, set())


def verbreek_anderen() -> bool:
    """End every other connection to this database; whether there was one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0] > 0


def wacht_op(vraag) -> bool:
    """Ask until it is so; ten seconds at most."""
    for _ in range(200):
        if vraag():
            return True
        time.sleep(0.05)
    return False


class Weg(Server):
    """A line that is gone already when we hang up."""

    def close(self):
        raise ConnectionResetError("weg")


def test_a_line_that_is_gone_already_is_hung_up_all_the_same(db, server, settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.post.test_precies.Weg"}}
    leg()

    assert verzenden.verstuur_alles() == 1


def test_a_list_of_links_becomes_a_row_of_buttons(db):
    bericht = leg()
    bericht.gegevens |= {
        "knoppen": [["Ja", "/ja/"], ["Nee", "/nee/"]],
        "tekst": "Kom je?\n\nJa: http://localhost:8000/ja/\nNee: http://localhost:8000/nee/\n\nTot dan.",
    }

    mail = verzenden.stel_op(bericht)

    assert [(alinea["tekst"], alinea["heeft_knop"], len(alinea.get("knoppen", ()))) for alinea in mail.alineas] == [
        ("Kom je?", False, 0),
        ("", False, 2),
        ("Tot dan.", False, 0),
    ]
    (html, _) = mail.alternatives[0]
    assert (html.count('href="http://localhost:8000/ja/"'), "Ja: http" in html) == (1, False)


def test_a_mail_says_that_a_machine_sent_it_so_that_no_machine_answers(db):
    mail = verzenden.stel_op(leg())

    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"  # RFC 3834


@pytest.mark.parametrize(
    ("antwoord_aan", "waarheen"), [("", []), ("komt@voorbeeld.example", ["komt@voorbeeld.example"])]
)
def test_an_answer_goes_where_the_message_says(db, antwoord_aan, waarheen):
    bericht = leg()
    bericht.antwoord_aan = antwoord_aan

    assert verzenden.stel_op(bericht).reply_to == waarheen


@pytest.mark.parametrize(
    "basis", ["https://voorbeeld.example", "http://voorbeeld.example:8000", "https://voorbeeld.example/x"]
)
def test_a_mail_is_numbered_below_the_name_of_the_site(settings, basis):
    settings.BASIS_URL = basis

    assert Bericht(pk=7).message_id == "<bericht-7@voorbeeld.example>"


@pytest.mark.parametrize(("soort", "over"), [("tekst", {}), ("herinnering", {"onderwerp": "Hoi", "tekst": "Dag."})])
def test_of_what_cannot_be_delivered_only_written_text_is_erased(db, soort, over):
    leg()
    Bericht.objects.update(soort=soort, gegevens={"onderwerp": "Hoi", "tekst": "Dag."})
    (bericht,) = Bericht.objects.neem(1)

    bericht.noteer_onbestelbaar("SMTP 550")

    assert Bericht.objects.get().gegevens == over


def test_at_what_was_dealt_with_nobody_looks_again(db):
    for toestand in Bericht.Toestand:
        leg(toestand.value)
        Bericht.objects.filter(sleutel=toestand.value).update(toestand=toestand)

    klaar = set(Bericht.objects.afgehandeld().values_list("sleutel", flat=True))

    assert klaar == {"verstuurd", "onbestelbaar", "vervallen"}


def test_who_has_no_account_stops_mail_at_the_address_that_came_with_it(db):
    bericht = leg()
    bericht.gegevens |= {"stoppad": "/kaart/alarm/abc/"}

    koppen = verzenden.stel_op(bericht).extra_headers

    assert koppen["List-Unsubscribe"] == "<http://localhost:8000/kaart/alarm/abc/>"
    assert koppen["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
