"""The waiting list: who gets a seat that comes free, for how long it is kept, and which answer counts."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.actions import beantwoord, mail_aanbiedingen, schuif_door, wijzig
from bijeenkomsten.models import Uitnodiging
from bijeenkomsten.tasks import schuif_wachtlijsten_door, wis_wensen
from collectief.post.models import Bericht
from tests.bijeenkomsten.factories import AL_GEWEEST, BijeenkomstFactory, UitnodigingFactory
from tests.initiatieven.factories import InitiatiefFactory

pytestmark = pytest.mark.django_db


def stand(*uitnodigingen: Uitnodiging) -> list[str]:
    """What each of them answered, with `!` where a seat is kept."""
    nu = {u.pk: u for u in Uitnodiging.objects.all()}
    return [nu[u.pk].antwoord + ("!" if nu[u.pk].aanbod_tot else "") for u in uitnodigingen]


def vol(capaciteit: int = 1, **velden):
    """A full meeting, who took its seats, and two people who wait."""
    bijeenkomst = BijeenkomstFactory(capaciteit=capaciteit, **velden)
    zitten = UitnodigingFactory.create_batch(capaciteit, bijeenkomst=bijeenkomst, antwoord="ja")
    wachten = UitnodigingFactory.create_batch(2, bijeenkomst=bijeenkomst)
    for uitnodiging in wachten:
        uitnodiging.beantwoord("ja")
    return bijeenkomst, zitten, wachten


def test_a_seat_that_comes_free_is_kept_for_the_first_who_waits_and_she_gets_one_mail():
    _, (zit,), (eerste, tweede) = vol()

    beantwoord(uitnodiging=zit, antwoord="nee")
    schuif_wachtlijsten_door()

    assert stand(zit, eerste, tweede) == ["nee", "wachtlijst!", "wachtlijst"]
    assert [b.aan_id for b in Bericht.objects.filter(soort="bijeenkomst_plek")] == [eerste.gebruiker_id]


def test_a_seat_that_is_kept_is_not_given_to_somebody_else_meanwhile():
    bijeenkomst, (zit,), (eerste, tweede) = vol()
    beantwoord(uitnodiging=zit, antwoord="nee")
    nieuw = UitnodigingFactory(bijeenkomst=bijeenkomst)

    beantwoord(uitnodiging=nieuw, antwoord="ja")
    beantwoord(uitnodiging=eerste, antwoord="ja")

    assert stand(eerste, tweede, nieuw) == ["ja", "wachtlijst", "wachtlijst"]
    assert bijeenkomst.aantal_dat_komt() == 1


def test_who_declines_the_seat_passes_it_on():
    _, (zit,), (eerste, tweede) = vol()
    beantwoord(uitnodiging=zit, antwoord="nee")

    beantwoord(uitnodiging=eerste, antwoord="nee")

    assert stand(eerste, tweede) == ["nee", "wachtlijst!"]


def test_who_does_not_answer_in_time_passes_it_on_and_is_asked_no_more():
    _, (zit,), (eerste, tweede) = vol()
    beantwoord(uitnodiging=zit, antwoord="nee")

    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        schuif_wachtlijsten_door()
        schuif_wachtlijsten_door()

    assert stand(eerste, tweede) == ["misschien", "wachtlijst!"]
    assert Uitnodiging.objects.get(pk=eerste.pk).antwoord_bron == "termijn"
    assert Bericht.objects.filter(soort="bijeenkomst_plek").count() == 2


def test_the_time_to_answer_never_passes_the_beginning():
    bijeenkomst, (zit,), (eerste, _) = vol(begint_op=timezone.now() + timedelta(hours=5))

    beantwoord(uitnodiging=zit, antwoord="misschien")

    assert Uitnodiging.objects.get(pk=eerste.pk).aanbod_tot == bijeenkomst.begint_op


@pytest.mark.parametrize("aantal", [1, 3])
def test_telling_who_gets_a_seat_takes_as_many_queries_for_one_as_for_three(django_assert_num_queries, aantal):
    bijeenkomst, _, _ = vol()
    rest = UitnodigingFactory.create_batch(aantal - 1, bijeenkomst=bijeenkomst)
    for uitnodiging in rest:
        uitnodiging.beantwoord("ja")
    bijeenkomst.uitnodigingen.wacht().filter(pk__in=bijeenkomst.uitnodigingen.wacht()[:aantal]).update(
        aanbod_tot=timezone.now() + timedelta(days=1)
    )

    with django_assert_num_queries(2):
        mail_aanbiedingen(bijeenkomst=bijeenkomst)

    assert Bericht.objects.filter(soort="bijeenkomst_plek").count() == aantal


def test_more_seats_let_the_list_move():
    bijeenkomst, _, wachten = vol()
    bijeenkomst.capaciteit = 2

    wijzig(bijeenkomst=bijeenkomst)

    assert stand(*wachten) == ["wachtlijst!", "wachtlijst"]
    assert Bericht.objects.filter(soort="bijeenkomst_plek").count() == 1


@pytest.mark.parametrize("velden", [{"status": "afgelast"}, {"begint_op": 1}])
def test_a_meeting_that_does_not_come_any_more_offers_nothing(velden):
    bijeenkomst, (zit,), wachten = vol(
        eindigt_op=timezone.now() + timedelta(hours=2), begint_op=timezone.now() + timedelta(hours=1)
    )
    velden = {veld: timezone.now() if veld == "begint_op" else waarde for veld, waarde in velden.items()}
    type(bijeenkomst).objects.filter(pk=bijeenkomst.pk).update(**velden)
    Uitnodiging.objects.filter(pk=zit.pk).update(antwoord="nee")

    schuif_door(bijeenkomst=bijeenkomst)

    assert stand(*wachten) == ["wachtlijst", "wachtlijst"]


# --- Which answer counts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("eerste", "tweede", "blijft"),
    [  # (SEQUENCE, minutes ago, answer), in order of arrival
        ((0, 5, "ja"), (0, 3, "nee"), "nee"),
        ((0, 3, "nee"), (0, 5, "ja"), "nee"),
        ((1, 5, "nee"), (0, 3, "ja"), "nee"),
        ((0, 3, "ja"), (1, 5, "nee"), "nee"),
        ((0, 3, "ja"), (0, 3, "ja"), "ja"),
        ((0, -60, "ja"), (0, 0, "nee"), "nee"),  # a clock that runs ahead does not win for ever
    ],
)
def test_the_newest_answer_counts_in_whatever_order_they_arrive(eerste, tweede, blijft):
    uitnodiging = UitnodigingFactory()

    for volgnummer, minuten, antwoord in (eerste, tweede):
        op = timezone.now() - timedelta(minutes=minuten)
        uitnodiging.beantwoord(antwoord, bron="agenda", op=op, volgnummer=volgnummer)

    bewaard = Uitnodiging.objects.get()
    assert (bewaard.antwoord, bewaard.antwoord_bron) == (blijft, "agenda")
    assert bewaard.beantwoord_op <= timezone.now()


def test_an_older_answer_says_that_it_changed_nothing():
    uitnodiging = UitnodigingFactory()
    uitnodiging.beantwoord("ja")

    assert not uitnodiging.beantwoord("nee", bron="agenda", op=timezone.now() - timedelta(days=1))
    assert uitnodiging.komt


def test_giving_back_a_seat_is_possible_until_the_moment_that_was_set():
    bijeenkomst = BijeenkomstFactory(afmelden_tot=timezone.now() - timedelta(minutes=1))
    komt, twijfelt = (UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord=a) for a in ("ja", "misschien"))

    with pytest.raises(ValidationError) as fout:
        komt.beantwoord("nee")
    twijfelt.beantwoord("nee")

    assert fout.value.code == "te_laat"
    assert stand(komt, twijfelt) == ["ja", "nee"]
    assert komt.beantwoord("nee", bron="kernteam")


def test_a_meeting_that_moves_takes_the_last_moment_to_decline_along():
    bijeenkomst = BijeenkomstFactory()
    bijeenkomst.afmelden_tot = bijeenkomst.begint_op - timedelta(days=1)
    bijeenkomst.save()

    bijeenkomst.begint_op += timedelta(days=7)
    bijeenkomst.eindigt_op += timedelta(days=7)
    wijzig(bijeenkomst=bijeenkomst)

    bijeenkomst.refresh_from_db()
    assert bijeenkomst.begint_op - bijeenkomst.afmelden_tot == timedelta(days=1)


# --- Whom somebody brings -----------------------------------------------------------------------------------


def test_people_of_one_initiative_share_whom_it_may_bring():
    initiatief = InitiatiefFactory()
    bijeenkomst = BijeenkomstFactory(introducees=2)
    een, twee = UitnodigingFactory.create_batch(2, bijeenkomst=bijeenkomst, initiatief=initiatief)
    een.beantwoord("ja", meegenomen=1)

    with pytest.raises(ValidationError) as fout:
        twee.beantwoord("ja", meegenomen=2)
    twee.beantwoord("ja", meegenomen=1)

    assert fout.value.message == "Je kunt nog 1 mens meenemen."
    assert bijeenkomst.aantal_dat_komt() == 4


def test_who_brings_somebody_takes_two_seats_and_gives_both_back():
    bijeenkomst = BijeenkomstFactory(capaciteit=2, introducees=1)
    samen, alleen = UitnodigingFactory.create_batch(2, bijeenkomst=bijeenkomst)
    samen.beantwoord("ja", meegenomen=1)
    alleen.beantwoord("ja")

    samen.beantwoord("nee")

    assert stand(samen, alleen) == ["nee", "wachtlijst!"]
    assert Uitnodiging.objects.get(pk=samen.pk).meegenomen == 0


def test_bringing_more_than_there_is_room_for_is_explained_and_the_seat_stays():
    bijeenkomst = BijeenkomstFactory(capaciteit=2, introducees=3)
    UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord="ja")
    uitnodiging = UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord="ja")

    with pytest.raises(ValidationError) as fout:
        uitnodiging.beantwoord("ja", meegenomen=1)

    assert fout.value.message == "Zoveel plek is er niet. Je kunt met 1 komen."
    assert stand(uitnodiging) == ["ja"]


@pytest.mark.parametrize(
    ("velden", "constraint"),
    [
        ({"antwoord": "wachtlijst"}, "uitnodiging_wachtlijst_heeft_begin"),
        ({"antwoord": "ja", "aanbod_tot": AL_GEWEEST}, "uitnodiging_wachtlijst_heeft_begin"),
        ({"antwoord": "nee", "meegenomen": 1}, "uitnodiging_meegenomen"),
        ({"antwoord": "ja", "meegenomen": 11}, "uitnodiging_meegenomen"),
    ],
)
def test_the_database_refuses_an_answer_that_cannot_be(velden, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        UitnodigingFactory(**velden)


# --- What people need ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("dagen", "blijft"), [(29, "vegan"), (31, "")])
def test_what_somebody_needed_is_forgotten_a_month_afterwards(dagen, blijft):
    begin = timezone.now() - timedelta(days=dagen, hours=3)
    UitnodigingFactory(bijeenkomst__begint_op=begin, antwoord="ja", dieet="vegan")

    wis_wensen()
    wis_wensen()

    assert Uitnodiging.objects.get().dieet == blijft


# --- Told to the core team ----------------------------------------------------------------------------------


def test_the_core_team_writes_down_what_somebody_told_and_the_seat_goes_on(als, kernteamlid):
    bijeenkomst, (zit,), (eerste, _) = vol(afmelden_tot=timezone.now() - timedelta(hours=1))
    adres = reverse("bijeenkomsten:antwoord_van", args=[bijeenkomst.pk])

    als(kernteamlid).post(adres, {"uitnodiging": zit.pk, "antwoord": "nee"})

    assert stand(zit, eerste) == ["nee", "wachtlijst!"]
    assert Uitnodiging.objects.get(pk=zit.pk).antwoord_bron == "kernteam"


@pytest.mark.parametrize(("antwoord", "vraagt"), [("open", True), ("misschien", False)])
def test_nothing_is_chosen_yet_for_who_did_not_answer(als, kernteamlid, antwoord, vraagt):
    """Otherwise whoever presses without choosing says yes for her."""
    uitnodiging = UitnodigingFactory(antwoord=antwoord)

    tekst = als(kernteamlid).get(reverse("bijeenkomsten:deelnemers", args=[uitnodiging.bijeenkomst_id])).text

    assert ('required><option value="">kies een antwoord</option>' in tekst) is vraagt
    assert ('value="misschien" selected' in tekst) is not vraagt


@pytest.mark.parametrize("velden", [{}, {"antwoord": "graag"}, {"uitnodiging": "x", "antwoord": "ja"}])
def test_nonsense_in_that_form_changes_nothing(als, kernteamlid, velden):
    uitnodiging = UitnodigingFactory()
    adres = reverse("bijeenkomsten:antwoord_van", args=[uitnodiging.bijeenkomst_id])

    pagina = als(kernteamlid).post(adres, {"uitnodiging": uitnodiging.pk} | velden, follow=True)

    assert "Dat is niet gelukt. Kies een antwoord." in pagina.content.decode()
    assert stand(uitnodiging) == ["open"]


def test_an_answer_of_another_meeting_is_not_found(als, kernteamlid):
    adres = reverse("bijeenkomsten:antwoord_van", args=[BijeenkomstFactory().pk])

    antwoord = als(kernteamlid).post(adres, {"uitnodiging": UitnodigingFactory().pk, "antwoord": "ja"})

    assert antwoord.status_code == 404
