"""The bin: thirty days to regret it, then an initiative is gone with everything it ever said."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectief import bestanden
from initiatieven.actions import bewaar_foto
from initiatieven.forms import BesluitForm
from initiatieven.models import Initiatief, Locatie, Plekken
from initiatieven.prullenbak import WeggooienGeweigerd, gooi_weg, verwijder_voorgoed, zet_terug
from tests.factories import InitiatiefFactory
from tests.initiatieven.bladzijde import foto
from tests.initiatieven.factories import AanmeldingFactory, LocatieFactory, PlekkenFactory


def ligt_er(initiatief: Initiatief, hoe_lang: timedelta) -> None:
    Initiatief.objects.filter(pk=initiatief.pk).update(verwijderd_op=timezone.now() - hoe_lang)


def test_what_is_thrown_away_can_come_back_for_thirty_days_and_is_then_gone_with_its_versions(als, beheerder):
    weg, terug = (InitiatiefFactory(lidmaatschap="geen") for _ in range(2))
    LocatieFactory(initiatief=weg)
    PlekkenFactory(initiatief=weg)
    versies = Initiatief.events.rel.related_model.objects
    eromheen = [model.events.rel.related_model.objects for model in (Locatie, Plekken)]
    for initiatief in (weg, terug):
        als(beheerder).post(f"/initiatieven/toetsing/prullenbak/{initiatief.pk}/")
    zet_terug(initiatief=terug)

    ligt_er(weg, timedelta(days=29, hours=23))
    te_vroeg = verwijder_voorgoed()
    ligt_er(weg, timedelta(days=30, minutes=1))

    assert (te_vroeg, verwijder_voorgoed(), verwijder_voorgoed()) == (0, 1, 0)
    assert list(Initiatief.objects.all()) == [terug]
    assert set(versies.values_list("id", flat=True)) == {terug.pk}
    assert [alle.count() for alle in eromheen] == [0, 0]


@pytest.mark.parametrize("openbaar", [True, False])
def test_what_goes_for_good_takes_the_files_of_its_photos_along(db, django_capture_on_commit_callbacks, openbaar):
    weg = InitiatiefFactory(lidmaatschap="geen")
    beeld = bewaar_foto(initiatief=weg, foto=foto(), alt="De tuin", door=None, openbaar=openbaar).bestand
    ligt_er(weg, timedelta(days=31))

    with django_capture_on_commit_callbacks(execute=True):
        assert verwijder_voorgoed() == 1

    with pytest.raises(FileNotFoundError):
        bestanden.lees(beeld)


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_bin_costs_the_same_at_one_and_at_three(als, beheerder, django_assert_num_queries, aantal):
    for _ in range(aantal):
        ligt_er(InitiatiefFactory(lidmaatschap="gestopt"), timedelta(days=1))
        InitiatiefFactory(lidmaatschap="geen")
    client = als(beheerder)
    client.get("/initiatieven/toetsing/prullenbak/")

    with django_assert_num_queries(6):
        client.get("/initiatieven/toetsing/prullenbak/")


@pytest.mark.parametrize("q", ["\x00", "x" * 5000, "%", "'"])
def test_nonsense_in_the_address_of_the_bin_is_no_mistake_of_ours(als, beheerder, q):
    assert als(beheerder).get("/initiatieven/toetsing/prullenbak/", {"q": q}).status_code == 200


def test_what_lies_in_the_bin_is_not_offered_to_a_new_member(db):
    ligt_er(InitiatiefFactory(naam="De Morgenster", lidmaatschap="geen"), timedelta(days=1))

    assert "initiatief" not in BesluitForm(aanmelding=AanmeldingFactory(naam="De Morgenster")).fields


def test_who_threw_it_away_is_found_back(beheerder, caplog):
    weg = InitiatiefFactory(lidmaatschap="geen")

    with caplog.at_level("INFO"):
        gooi_weg(initiatief=weg, door=beheerder)

    assert f"initiative {weg.pk} was thrown away by user {beheerder.pk}" in caplog.text


def test_a_member_is_not_thrown_away(beheerder, initiatief):
    with pytest.raises(WeggooienGeweigerd, match="Het stopt eerst"):
        gooi_weg(initiatief=initiatief, door=beheerder)
    with pytest.raises(IntegrityError, match="initiatief_weg_is_niet_openbaar"), transaction.atomic():
        Initiatief.objects.update(verwijderd_op=timezone.now())


def test_where_trajectories_are_kept_the_initiative_stays(initiatief, traject, kijkt_als):
    kijkt_als(None)
    with transaction.atomic():
        Initiatief.objects.filter(pk=initiatief.pk).update(
            lidmaatschap="geen", verwijderd_op=timezone.now() - timedelta(days=40)
        )

    assert verwijder_voorgoed() == 0
    assert Initiatief.objects.filter(pk=initiatief.pk).exists()
