"""The proof that nothing was left behind, and the page for admins: each trouble is found, and nothing else."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from collectief.post import verzenden
from collectief.post.models import Bericht, Hartslag
from collectief.post.tasks import verstuur_wachtende
from collectief.rijbeveiliging import als_gebruiker
from collectief.stand import ONDERDELEN
from tests.trajecten.klok import om
from trajecten.controle import TE_LAAT, Bevinding, controleer
from trajecten.herinneringen import zet_klaar
from trajecten.models import Herinnering
from trajecten.storingen import GEDULD, post_loopt_achter


def bevindingen() -> list[tuple[int, str]]:
    return [(bevinding.aantal, bevinding.wat.split()[0]) for bevinding in controleer(timezone.now(), GEDULD)]


def test_all_is_well_when_everything_went_out(klok, contact, coordinator, mailmap):
    for dag in range(50):
        klok.move_to(om("2027-06-01T09:00") + timedelta(days=dag))
        zet_klaar()
        verzenden.verstuur_alles()
        klok.shift(GEDULD.total_seconds() + 60)
        assert bevindingen() == [], dag


def test_a_step_that_no_sweep_dealt_with_is_found_after_a_quarter_of_an_hour(klok, contact):
    klok.move_to(om("2027-06-14T09:14"))
    nog_niet = bevindingen()
    klok.move_to(om("2027-06-14T09:15"))

    assert (nog_niet, bevindingen()) == ([], [(1, "herinnering")])


@pytest.mark.parametrize("toestand", ["wacht", "bezig"])
def test_mail_that_stays_in_the_outbox_is_found(klok, contact, toestand):
    klok.move_to(om("2027-06-14T09:00"))
    zet_klaar()
    Bericht.objects.update(toestand=toestand, pacht_tot=timezone.now() if toestand == "bezig" else None)
    klok.move_to(om("2027-06-14T09:30"))

    assert bevindingen() == [(1, "mail")]


@pytest.mark.parametrize(
    ("vanaf", "nu", "is_te_laat"),
    [
        ("2027-06-18T17:59", "2027-06-19T12:00", True),  # a Friday on which nothing went out, seen on Saturday
        ("2027-06-18T20:30", "2027-06-19T12:00", False),  # a second try that fell in the night waits for Monday
        ("2027-06-18T20:30", "2027-06-21T08:14", False),
        ("2027-06-18T20:30", "2027-06-21T08:16", True),
        ("2027-06-14T09:00", "2027-06-14T09:14", False),
    ],
)
def test_mail_that_waits_for_the_day_is_not_late_at_night(klok, contact, vanaf, nu, is_te_laat):
    klok.move_to(om("2027-06-14T09:00"))
    zet_klaar()
    Bericht.objects.update(versturen_vanaf=om(vanaf))

    klok.move_to(om(nu))

    assert ("mail" in [wat for _, wat in bevindingen()]) is is_te_laat
    assert post_loopt_achter(timezone.now()) is is_te_laat


@pytest.mark.parametrize(
    ("aantal", "begin"),
    [(1, "herinnering was aan de beurt en staat "), (2, "herinneringen waren aan de beurt en staan ")],
)
def test_one_is_said_as_one(aantal, begin):
    assert (
        Bevinding(aantal, TE_LAAT, ", het oudste sinds gisteren").wat
        == f"{begin}niet in de post, het oudste sinds gisteren"
    )


def test_mail_that_came_back_is_found_until_a_coordinator_saw_it(klok, contact):
    klok.move_to(om("2027-06-14T09:00"))
    zet_klaar()
    Bericht.objects.update(toestand="onbestelbaar")
    eerst = bevindingen()
    Bericht.objects.update(gezien_op=timezone.now())

    assert (eerst, bevindingen()) == ([(1, "mail")], [])


def test_a_step_that_says_it_went_out_without_any_mail_is_found(klok, contact, begeleider):
    klok.move_to(om("2027-06-14T10:00"))
    with als_gebruiker(begeleider.pk):
        Herinnering.objects.filter(stap="vooraf").update(gezet_op=timezone.now() - timedelta(hours=1))

    assert bevindingen() == [(1, "herinnering")]


def test_contact_without_its_last_step_is_found(klok, contact, begeleider):
    with als_gebruiker(begeleider.pk):
        Herinnering.objects.filter(stap="bord").update(vervallen_op=timezone.now())

    assert bevindingen() == [(1, "contact")]


def test_the_command_ends_well_or_with_an_error(klok, contact, coordinator):
    uitvoer = io.StringIO()
    call_command("nazorg_controle", stdout=uitvoer)
    klok.move_to(om("2027-06-14T12:00"))

    assert "niets blijven liggen" in uitvoer.getvalue()
    with pytest.raises(
        CommandError, match=r"^1 herinnering was aan de beurt en staat niet in de post, het oudste sinds"
    ):
        call_command("nazorg_controle", stdout=uitvoer)
    call_command("nazorg_controle", "--marge", "1440", stdout=uitvoer)


# --- The page for admins --------------------------------------------------------------------------------------------


def test_an_admin_sees_how_the_machine_does_and_nothing_of_a_case(klok, contact, als, beheerder, begeleider):
    klok.move_to(om("2027-06-14T09:00"))
    verstuur_wachtende()
    zet_klaar()
    Bericht.objects.create(
        sleutel="x", soort="roluitnodiging", aan=begeleider, toestand="onbestelbaar", fout="SMTP 550"
    )
    klok.move_to(om("2027-06-17T09:00"))

    tekst = als(beheerder).get("/beheer/stand/").text

    assert "<dt>Klaar om te gaan</dt><dd>1</dd>" in tekst
    assert "<dt>Aan de beurt en nog niet in de post</dt><dd>1</dd>" in tekst
    assert "14 juni 2027, 09:00:00" in tekst
    assert "SMTP 550" not in tekst  # that was on Monday
    assert not [woord for woord in ("Noor", "bo@voorbeeld", "Bo Begeleider", "trajecten/") if woord in tekst]


def test_what_came_back_today_is_counted_by_kind(als, beheerder, begeleider):
    for nummer in range(2):
        Bericht.objects.create(sleutel=f"{nummer}", soort="herinnering", aan=begeleider, toestand="onbestelbaar")

    assert "<td>herinnering</td><td>onbekend</td><td>2</td>" in als(beheerder).get("/beheer/stand/").text


def test_the_sweeps_write_when_they_looked(db):
    zet_klaar()
    verstuur_wachtende()

    assert set(Hartslag.objects.values_list("naam", flat=True)) == {"nazorg", "post"}


@pytest.mark.parametrize(
    ("deel", "geleden", "is_te_lang"),
    [
        ("kopie", None, True),
        ("kopie", timedelta(days=1), False),
        ("kopie", timedelta(days=3), True),
        ("oefening", timedelta(days=39), False),
        ("oefening", timedelta(days=41), True),
        ("worker", timedelta(minutes=3), True),
        ("post", None, False),
    ],
)
def test_the_page_says_what_was_too_long_ago(als, beheerder, deel, geleden, is_te_lang):
    for naam in ONDERDELEN:
        op = timezone.now() - (geleden if naam == deel and geleden else timedelta())
        if naam != deel or geleden:
            Hartslag.objects.update_or_create(naam=naam, defaults={"gezien_op": op})

    assert ("dat is lang" in als(beheerder).get("/beheer/stand/").text) is is_te_lang
