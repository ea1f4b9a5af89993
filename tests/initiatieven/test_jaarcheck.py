"""Once a year, when the text of the approach changes, and when a member stops. The rules are written a second time."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.actions import stop
from initiatieven.jaarcheck import beantwoord, bespreek, onderschrijf, stel_vast, vraag_aandacht, vraag_jaarchecks
from initiatieven.lidmaatschap import jaarstand
from initiatieven.models import Benadering, Initiatief, Jaarcheck, Versheid
from initiatieven.opfrissen import vraag_of_het_klopt
from tests.factories import InitiatiefFactory

DAG = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("dagen", "aantal", "is_besproken", "stand"),
    [
        (-30, None, False, "gevraagd"),
        (0, None, False, "gevraagd"),
        (1, None, False, "respijt"),
        (60, None, False, "respijt"),
        (61, None, False, "aandacht"),
        (-30, 4, False, "aandacht"),
        (-30, 0, False, "aandacht"),
        (-30, 5, False, "bevestigd"),
        (400, 5, False, "bevestigd"),
        (61, None, True, "bevestigd"),
        (61, 3, True, "bevestigd"),
    ],
)
def test_where_a_yearly_check_stands(dagen, aantal, is_besproken, stand):
    vandaag = DAG + timedelta(days=dagen)

    assert jaarstand(voor=DAG, aantal=aantal, is_besproken=is_besproken, vandaag=vandaag) == stand


@pytest.mark.parametrize(
    ("lid_sinds", "vandaag", "voor"),
    [
        ("2024-06-01", "2026-05-02", "2026-06-01"),  # thirty days before
        ("2024-06-01", "2026-05-01", None),
        ("2024-06-01", "2026-06-15", "2026-06-01"),  # beat was away for a fortnight
        ("2024-06-01", "2026-06-16", None),
        ("2024-02-29", "2027-02-01", "2027-02-28"),
        ("2020-02-29", "2028-02-01", "2028-02-29"),
        ("2025-01-10", "2026-12-20", "2027-01-10"),  # over the turn of the year
        ("2026-12-28", "2027-01-05", None),  # a member for a week
        ("2025-12-28", "2027-01-05", "2026-12-28"),
        (None, "2026-05-02", None),
    ],
)
def test_a_member_is_asked_before_its_day_and_once(coordinator, initiatief, time_machine, lid_sinds, vandaag, voor):
    Initiatief.objects.filter(pk=initiatief.pk).update(lid_sinds=lid_sinds)
    time_machine.move_to(f"{vandaag}T10:00+01:00")

    aantallen = [vraag_jaarchecks(), vraag_jaarchecks()]

    assert aantallen == ([1, 0] if voor else [0, 0])
    assert [str(check.voor_datum) for check in Jaarcheck.objects.all()] == ([voor] if voor else [])
    assert [bericht.aan for bericht in Bericht.objects.all()] == ([coordinator] if voor else [])


def test_who_is_no_member_is_not_asked(db):
    for lidmaatschap in ("geen", "aangemeld", "gestopt"):
        InitiatiefFactory(lidmaatschap=lidmaatschap, lid_sinds=timezone.localdate() - timedelta(days=360))

    assert vraag_jaarchecks() == 0


@pytest.fixture
def check(initiatief) -> Jaarcheck:
    return Jaarcheck.objects.create(initiatief=initiatief, voor_datum=timezone.localdate() - timedelta(days=61))


def lidmaatschap(initiatief) -> str:
    return Initiatief.objects.get(pk=initiatief.pk).lidmaatschap


def test_silence_asks_for_attention_and_ends_no_membership(coordinator, initiatief, check):
    aantallen = [vraag_aandacht(), vraag_aandacht()]

    assert aantallen == [1, 0]
    assert lidmaatschap(initiatief) == "aandacht"
    assert initiatief in Initiatief.objects.openbaar()
    assert Bericht.objects.get().soort == "jaarcheck_aandacht"


def test_an_answer_ends_the_attention_and_too_few_begins_a_talk(beheerder, coordinator, initiatief, check):
    vraag_aandacht()
    beantwoord(check=check, aantal=5, bron=Jaarcheck.Bron.EIGEN, door=coordinator)
    genoeg = lidmaatschap(initiatief)
    beantwoord(check=check, aantal=4, bron=Jaarcheck.Bron.EIGEN, door=coordinator)
    te_weinig = lidmaatschap(initiatief)

    bespreek(check=check, door=beheerder, waarom="In het voorjaar komen er weer twee.")

    assert (genoeg, te_weinig, lidmaatschap(initiatief)) == ("lid", "aandacht", "lid")


def test_what_was_talked_about_stays_settled_when_the_member_answers_again(beheerder, coordinator, initiatief, check):
    beantwoord(check=check, aantal=4, bron=Jaarcheck.Bron.EIGEN, door=coordinator)
    bespreek(check=check, door=beheerder, waarom="In het voorjaar komen er weer twee.")

    beantwoord(check=check, aantal=3, bron=Jaarcheck.Bron.EIGEN, door=coordinator)

    assert (check.stand, lidmaatschap(initiatief)) == ("bevestigd", "lid")


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"aantal": "-3"}, "Vul 0 of meer in."),
        ({"aantal": "10000"}, "Jullie begeleiden 10000 jongeren. Klopt dat?"),
        ({"aantal": ""}, "Vul in hoeveel jongeren jullie nu begeleiden."),
        ({"klopt": ""}, "Zet hier een vinkje als dat zo is."),
        ({"toelichting": "x" * 1001}, "Houd het korter"),
    ],
)
def test_an_answer_that_makes_no_sense_is_asked_back(als, begeleider, initiatief, check, anders, zin):
    pad = f"/initiatieven/{initiatief.slug}/jaarcheck/"

    response = als(begeleider).post(pad, {"aantal": "8", "klopt": "on", "toelichting": "", **anders})

    assert zin in response.text
    assert Jaarcheck.objects.get().op is None


def test_an_admin_sees_what_waits_and_notes_what_was_agreed(als, beheerder, check):
    client = als(beheerder)

    leeg = client.post(f"/initiatieven/toetsing/jaarchecks/{check.pk}/", {f"{check.pk}-waarom": " "})
    client.post(f"/initiatieven/toetsing/jaarchecks/{check.pk}/", {f"{check.pk}-waarom": "We belden."})

    assert "we willen praten" in leeg.text
    assert "Schrijf op wat jullie afspraken." in leeg.text
    assert "Alles klopt nog. Mooi zo." in client.get("/initiatieven/toetsing/jaarchecks/").text


@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize("pad", ["toetsing/jaarchecks/", "beheer/benadering/"])
def test_the_lists_cost_the_same_at_one_and_at_three(als, beheerder, django_assert_num_queries, pad, aantal):
    for _ in range(aantal):
        Jaarcheck.objects.create(initiatief=InitiatiefFactory(), voor_datum=timezone.localdate())
    client = als(beheerder)
    client.get(f"/initiatieven/{pad}")

    with django_assert_num_queries(7 if "benadering" in pad else 5):
        client.get(f"/initiatieven/{pad}")


# --- The number of the platform --------------------------------------------------------------------------------------


def test_the_platform_counts_with_consent_and_hands_down_only_the_number(als, coordinator, initiatief, check, traject):
    pad = f"/trajecten/telling/{initiatief.pk}/"

    gezien = als(coordinator).get(pad)
    voor = Jaarcheck.objects.get().aantal_jongeren
    als(coordinator).post(pad)

    check.refresh_from_db()
    assert "<strong>1</strong>" in gezien.text
    assert voor is None
    assert (check.aantal_jongeren, check.bron, check.door, check.toelichting) == (1, "platform", coordinator, "")


def test_the_application_cannot_count_past_row_security(db, initiatief, traject):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT zonder_vervolgplek(%s)", [initiatief.pk])


# --- Stopping --------------------------------------------------------------------------------------------------------


def test_an_initiative_cannot_stop_while_somebody_has_no_place(als, coordinator, initiatief, traject):
    response = als(coordinator).post(f"/trajecten/stoppen/{initiatief.pk}/")

    assert "Nog 1 jongere heeft geen plek" in response.text
    assert lidmaatschap(initiatief) == "lid"


def test_the_database_refuses_it_too_for_an_admin_who_sees_no_trajectory(beheerder, initiatief, traject):
    with (
        als_gebruiker(beheerder.pk),
        pytest.raises(IntegrityError, match="niet elk lopend traject"),
        transaction.atomic(),
    ):
        stop(initiatief=initiatief, door=beheerder)


def test_when_everybody_rests_an_initiative_may_stop_and_leaves_the_site(
    als, coordinator, initiatief, traject, kijkt_als
):
    kijkt_als(coordinator)
    traject.laat_rusten()
    kijkt_als(None)

    Versheid.objects.create(initiatief=initiatief, volgende_op=timezone.localdate())
    vraag_of_het_klopt()
    vraag = Bericht.objects.get(soort="versheid")

    tekst = als(coordinator).post(f"/trajecten/stoppen/{initiatief.pk}/", follow=True).text

    assert lidmaatschap(initiatief) == "gestopt"
    assert als(coordinator).get(f"/initiatieven/{initiatief.slug}/").status_code == 410
    assert "is gestopt. De bladzijde staat niet meer op de site. Wat jullie" in tekst
    assert "Bladzijde bewerken" not in tekst
    vraag.refresh_from_db()
    assert vraag.toestand == Bericht.Toestand.VERVALLEN


# --- The approach ----------------------------------------------------------------------------------------------------


def test_a_new_text_opens_a_round_with_a_counter_that_lives(als, beheerder, coordinator, initiatief, ander_initiatief):
    client, pad = als(coordinator), "/initiatieven/beheer/benadering/"
    nieuwe = stel_vast(tekst="Wij gaan samen verder.", wat_anders="Korter.", door=beheerder)
    voor = client.get(pad).text

    client.post(f"{pad}{initiatief.slug}/", {"versie": "2"})
    client.post(f"{pad}{initiatief.slug}/", {"versie": "2"})

    teller = client.get(pad, headers={"HX-Request": "true"}).text
    assert "0 van de 2 leden" in voor
    assert "1 van de 2 leden" in teller
    assert "<html" not in teller
    assert Bericht.objects.get(soort="benadering_nieuw").aan == coordinator
    assert [(rij.initiatief, rij.door) for rij in nieuwe.onderschrijvingen.all()] == [(initiatief, coordinator)]


def test_what_was_not_read_is_not_endorsed(als, beheerder, coordinator, initiatief):
    stel_vast(tekst="Nieuw.", wat_anders="Alles.", door=beheerder)

    als(coordinator).post(f"/initiatieven/beheer/benadering/{initiatief.slug}/", {"versie": "1"})

    assert not initiatief.onderschrijvingen.exists()


def test_a_version_stays_as_it_was_endorsed(initiatief):
    eerste = Benadering.objects.nu()
    onderschrijf(benadering=eerste, initiatief=initiatief, door=None)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Benadering.objects.update(tekst="Anders.")
    with pytest.raises(ProtectedError):
        eerste.delete()


def test_a_version_that_nobody_endorsed_stays_too(db):
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Benadering.objects.all().delete()
