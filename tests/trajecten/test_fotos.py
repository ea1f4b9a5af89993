"""The photo of a moment: kept apart, shown behind the same permission, and gone when it should be."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from collectief import bestanden
from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.momenten import beeld, bestand, vul_momenten
from trajecten.actions import ruim_fotobestanden_op
from trajecten.models import Inzagelog, Momentfoto
from trajecten.tasks import ruim_fotos_op


@pytest.fixture
def map_(settings, tmp_path) -> Path:
    """An empty private storage for one test."""
    opties = settings.STORAGES["prive"] | {"OPTIONS": {**settings.STORAGES["prive"]["OPTIONS"], "location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"prive": opties}
    return tmp_path


def in_de_map(map_: Path) -> list[str]:
    return [pad.name for pad in map_.rglob("*") if pad.is_file()]


@pytest.fixture
def bewaar(als, begeleider, traject, map_):
    """Send a moment with a photo as begeleider."""
    client = als(begeleider)

    def stuur(foto, **velden):
        data = {"tekst": "Samen gekookt.", "soort": "indruk", "datum": timezone.localdate().isoformat(), "foto": foto}
        return client.post(reverse("trajecten:moment", args=[traject.pk]), data | velden)

    return stuur


@pytest.fixture
def foto(bewaar, begeleider, kijkt_als) -> Momentfoto:
    bewaar(bestand(), beschrijving="Een pan soep")
    kijkt_als(begeleider)
    return Momentfoto.objects.get()


def adres(foto: Momentfoto, naam: str = "foto") -> str:
    return reverse(f"trajecten:{naam}", args=[foto.traject_id, foto.pk])


def test_a_photo_is_kept_apart_under_a_name_that_says_nothing(foto, map_):
    assert in_de_map(map_) == [f"{foto.pk}.webp"]
    assert (map_ / foto.bestand).stat().st_mode & 0o077 == 0
    assert (map_ / foto.bestand).parent.stat().st_mode & 0o077 == 0


def test_the_page_shows_the_photo_with_what_it_says(foto, als, begeleider):
    inhoud = als(begeleider).get(reverse("trajecten:traject", args=[foto.traject_id])).text

    assert f'src="{adres(foto)}" alt="Een pan soep" width="40" height="30"' in inhoud


def test_the_picture_itself_is_sent_so_that_nobody_keeps_or_misreads_it(foto, als, begeleider, map_):
    antwoord = als(begeleider).get(adres(foto))

    assert antwoord.content == (map_ / foto.bestand).read_bytes()
    assert antwoord["Content-Type"] == "image/webp"
    assert antwoord["Cache-Control"] == "no-store, private"
    assert antwoord["X-Content-Type-Options"] == "nosniff"
    assert antwoord["Content-Disposition"] == 'inline; filename="foto.webp"'
    assert Inzagelog.objects.filter(wat="foto", gebruiker=begeleider).count() == 1


@pytest.mark.parametrize("wie", ["buitenstaander", "kernteamlid", "beheerder", "verbondgenoot"])
def test_for_others_the_photo_does_not_exist(foto, als, wie, request, kijkt_als, begeleider):
    client = als(request.getfixturevalue(wie))

    assert client.get(adres(foto)).status_code == client.post(adres(foto, "foto_weg")).status_code == 404
    kijkt_als(begeleider)
    assert not Momentfoto.objects.exclude(weggehaald_op=None).exists()


def test_a_photo_is_not_found_below_another_trajectory_of_the_same_person(foto, als, begeleider, initiatief):
    from tests.trajecten.bezetting import maak_traject

    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")

    assert als(begeleider).get(reverse("trajecten:foto", args=[ander.pk, foto.pk])).status_code == 404


def test_a_photo_whose_file_is_lost_is_not_found(foto, als, begeleider, map_):
    (map_ / foto.bestand).unlink()

    assert als(begeleider).get(adres(foto)).status_code == 404


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"%PDF-1.7 dit is geen foto", "Dit kunnen we niet als foto lezen."),
        (b"x" * 15_000_001, "Een foto mag hooguit 15 MB zijn."),
        (b"", "Dit kunnen we niet als foto lezen."),
    ],
    ids=["pdf", "te groot", "leeg"],
)
def test_a_refused_photo_gets_a_sentence_and_everything_typed_stays(bewaar, map_, begeleider, kijkt_als, inhoud, zin):
    antwoord = bewaar(
        bestand(inhoud), tekst="Dit bleef staan.", ook_erbij="De buurvrouw", vormen=["creatief"], beschrijving="Soep"
    )

    kijkt_als(begeleider)
    assert antwoord.status_code == 200
    assert zin in str(antwoord.context["momentform"]["foto"].errors)
    assert "Dit bleef staan.</textarea>" in antwoord.text
    assert 'value="De buurvrouw"' in antwoord.text
    assert antwoord.context["momentform"]["vormen"].value() == ["creatief"]
    assert "<details open>" in antwoord.text
    assert (in_de_map(map_), Momentfoto.objects.count()) == ([], 0)


def test_a_good_photo_has_to_be_chosen_again_when_something_else_was_wrong(bewaar, map_):
    antwoord = bewaar(bestand(), tekst="")

    assert "Kies de foto nog een keer." in antwoord.text
    assert in_de_map(map_) == []


def test_what_a_photo_says_refuses_a_bsn_too(bewaar):
    assert "BSN" in bewaar(bestand(), beschrijving="111222333").text


def test_several_names_of_a_file_mean_nothing(bewaar, map_, begeleider, kijkt_als):
    bewaar(SimpleUploadedFile("../../etc/passwd.svg", beeld("PNG"), content_type="image/svg+xml"))

    kijkt_als(begeleider)
    assert in_de_map(map_) == [f"{Momentfoto.objects.get().pk}.webp"]


def test_taking_a_photo_away_removes_the_file_and_leaves_a_trace(
    foto, als, coordinator, map_, django_capture_on_commit_callbacks, kijkt_als
):
    with django_capture_on_commit_callbacks(execute=True):
        antwoord = als(coordinator).post(adres(foto, "foto_weg"))

    kijkt_als(coordinator)
    foto.refresh_from_db()
    assert (antwoord.status_code, in_de_map(map_)) == (302, [])
    assert foto.weggehaald_door == coordinator
    assert als(coordinator).get(adres(foto)).status_code == 404
    assert "Die is weggehaald op" in als(coordinator).get(antwoord.url).text


def test_a_photo_that_was_taken_away_is_not_shown_while_its_file_is_still_there(foto, als, coordinator, map_):
    als(coordinator).post(adres(foto, "foto_weg"))  # the process dies before the file goes

    assert in_de_map(map_) == [f"{foto.pk}.webp"]
    assert als(coordinator).get(adres(foto)).status_code == 404


def test_a_file_goes_when_its_transaction_is_undone(traject, begeleider, map_, monkeypatch):
    """Whatever fails after the file was written: here the draft that cannot be deleted."""
    from trajecten.models import Momentconcept

    def stuk(*args, **kwargs):
        raise RuntimeError("stuk")

    client = Client(raise_request_exception=False)
    client.force_login(begeleider)
    monkeypatch.setattr(type(Momentconcept.objects), "gooi_weg", stuk)
    data = {"tekst": "Soep", "soort": "indruk", "datum": timezone.localdate().isoformat(), "foto": bestand()}

    with transaction.atomic():
        antwoord = client.post(reverse("trajecten:moment", args=[traject.pk]), data)
        transaction.set_rollback(True)

    assert (antwoord.status_code, in_de_map(map_)) == (500, [])


def verouder(map_: Path) -> None:
    gisteren = time.time() - timedelta(days=2).total_seconds()
    for pad in map_.rglob("*.webp"):
        os.utime(pad, (gisteren, gisteren))


def test_the_sweep_takes_what_belongs_to_no_photo_and_nothing_else(foto, map_):
    bestanden.bewaar("momenten/aa/aaaaaaaa-0000-4000-8000-000000000000.webp", b"wees")
    verouder(map_)
    bestanden.bewaar("momenten/bb/bbbbbbbb-0000-4000-8000-000000000000.webp", b"nog bezig")

    assert ruim_fotobestanden_op() == 1
    assert sorted(in_de_map(map_)) == sorted([f"{foto.pk}.webp", "bbbbbbbb-0000-4000-8000-000000000000.webp"])


def test_the_sweep_takes_the_file_of_a_photo_that_was_taken_away(foto, map_):
    Momentfoto.objects.update(weggehaald_op=timezone.now())
    bestanden.bewaar("momenten/zz/geen-sleutel.webp", b"niet van ons")
    verouder(map_)

    ruim_fotos_op()

    assert in_de_map(map_) == ["geen-sleutel.webp"]


def test_a_database_without_photos_is_not_believed(map_, db):
    bestanden.bewaar("momenten/aa/aaaaaaaa-0000-4000-8000-000000000000.webp", b"wees")
    verouder(map_)

    assert (ruim_fotobestanden_op(), len(in_de_map(map_))) == (0, 1)


def test_the_task_sees_photos_and_no_moment(traject, begeleider):
    from collectief.rijbeveiliging import als_taak
    from trajecten.models import Moment

    with als_gebruiker(begeleider.pk):
        vul_momenten(traject, begeleider)

    with als_taak("fotos"):
        assert (Momentfoto.objects.count(), Moment.objects.count()) == (1, 0)
