"""Publishing: on change, in one step, found by every process, and old files stay as long as pages are open."""

import gzip
import json
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from collectief.post.models import Hartslag
from initiatieven.models import Initiatief, Plekken
from kaart import uitgeven
from kaart.models import Wijziging
from kaart.tasks import geef_uit as taak
from kaart.tasks import ruim_uitgaven_op
from kaart.uitgeven import SLOT, Soort, geef_uit, nieuwste, ruim_oude_op


@pytest.fixture
def uitgavemap(settings):
    return settings.UITGAVE_MAP


def _namen(map_) -> list[str]:
    """The published files, without their packed twins and the manifest."""
    return sorted(pad.name for pad in map_.iterdir() if pad.suffix != ".gz" and pad.name != "nieuwste.json")


def _nieuwste() -> set[str]:
    return {nieuwste(soort).bestand for soort in Soort}


def test_a_change_is_published_and_then_there_is_nothing_to_do(maak_plek, uitgavemap):
    maak_plek("Een")

    assert geef_uit()

    assert [naam.split(".")[0] for naam in _namen(uitgavemap)] == ["csv", "geojson", "gids", "kaart", "voorpagina"]
    assert not Wijziging.objects.exists()
    assert not geef_uit()


@pytest.mark.parametrize("wat", ["naam", "plekken", "weg", "lidmaatschap", "nieuw"])
def test_every_kind_of_change_is_noticed_by_the_database_itself(maak_plek, wat):
    plek = maak_plek("Een", plekken=[(12, 18, "vol")])
    geef_uit()

    if wat == "naam":
        Initiatief.objects.update(naam="Twee")
    elif wat == "plekken":
        Plekken.objects.update(toestand="plek_vrij")
    elif wat == "weg":
        plek.delete()
    elif wat == "lidmaatschap":
        Initiatief.objects.update(lidmaatschap="gestopt")
    else:
        maak_plek("Nieuw")

    assert Wijziging.objects.exists()
    voor = _nieuwste()
    assert geef_uit()
    assert _nieuwste() != voor


def test_a_change_that_was_rolled_back_is_not_published(maak_plek):
    maak_plek("Een")
    geef_uit()

    with transaction.atomic():
        Initiatief.objects.update(naam="Nooit")
        transaction.set_rollback(True)

    assert not geef_uit()


def test_a_new_day_is_published_because_what_is_known_of_room_gets_older(maak_plek, time_machine):
    time_machine.move_to("2026-11-01 12:00+01:00")
    maak_plek("Een", plekken=[(12, 18, "plek_vrij")])
    geef_uit()
    assert json.loads((uitgeven.map_van_uitgaven() / nieuwste(Soort.KAART).bestand).read_bytes())["vrij"] != [0]

    time_machine.move_to("2026-12-02 00:00:05+01:00")

    assert geef_uit()
    assert json.loads((uitgeven.map_van_uitgaven() / nieuwste(Soort.KAART).bestand).read_bytes())["vrij"] == [0]


def test_the_same_content_keeps_its_name_and_is_written_once(maak_plek, uitgavemap):
    maak_plek("Een")
    geef_uit()
    tijden = {naam: (uitgavemap / naam).stat().st_mtime_ns for naam in _namen(uitgavemap)}

    Initiatief.objects.update(email="ander@voorbeeld.example")
    geef_uit()

    assert {naam: (uitgavemap / naam).stat().st_mtime_ns for naam in _namen(uitgavemap)} == tijden
    assert len(_namen(uitgavemap)) == 5


def test_what_was_taken_back_is_the_newest_again(maak_plek):
    maak_plek("Een")
    geef_uit()
    eerst = nieuwste(Soort.GIDS).bestand
    Initiatief.objects.update(naam="Twee")
    geef_uit()

    Initiatief.objects.update(naam="Een")
    geef_uit()

    assert nieuwste(Soort.GIDS).bestand == eerst


def test_old_files_stay_for_open_pages_and_go_after_a_day(maak_plek, uitgavemap, time_machine):
    time_machine.move_to("2026-11-01 12:00+01:00")
    plek = maak_plek("Een")
    geef_uit()
    oud = nieuwste(Soort.KAART).bestand
    plek.delete()
    geef_uit()

    time_machine.shift(timedelta(hours=23))
    ruim_oude_op()
    assert oud in _namen(uitgavemap)

    time_machine.shift(timedelta(hours=2))
    ruim_oude_op()
    assert oud not in _namen(uitgavemap)
    assert not (uitgavemap / f"{oud}.gz").exists()
    assert len(_namen(uitgavemap)) == 5
    assert nieuwste(Soort.KAART).bestand in _namen(uitgavemap)


def test_half_a_file_of_a_killed_worker_is_cleared_away_later(maak_plek, uitgavemap, time_machine):
    maak_plek("Een")
    geef_uit()
    half = uitgavemap / ".bezigabc"
    half.write_bytes(b"{")

    ruim_oude_op()
    assert half.exists()
    time_machine.move_to(timezone.now() + timedelta(days=2))
    ruim_oude_op()

    assert not half.exists()


def test_a_lost_folder_is_filled_again(maak_plek, uitgavemap):
    maak_plek("Een")
    geef_uit()
    naam = nieuwste(Soort.KAART).bestand
    (uitgavemap / naam).unlink()

    assert geef_uit()

    assert naam in _namen(uitgavemap)


def test_when_writing_fails_the_change_is_not_forgotten(maak_plek, uitgavemap):
    maak_plek("Een")
    geef_uit()
    in_de_weg = nieuwste(Soort.CSV).verpakt
    for pad in uitgavemap.iterdir():
        pad.unlink()
    in_de_weg.mkdir()
    Initiatief.objects.update(email="ander@voorbeeld.example")

    with pytest.raises(IsADirectoryError), transaction.atomic():
        geef_uit()

    assert Wijziging.objects.exists()
    assert nieuwste(Soort.CSV) is None
    in_de_weg.rmdir()
    assert geef_uit()  # the next round
    assert nieuwste(Soort.CSV)


def test_the_task_is_safe_twice_and_without_places(db, uitgavemap):
    taak()
    taak()
    ruim_uitgaven_op()

    assert Hartslag.objects.filter(naam="uitgave").exists()  # an admin sees when it last worked
    assert len(_namen(uitgavemap)) == 5


@pytest.mark.parametrize("aantal", [1, 3])
def test_publishing_takes_a_fixed_number_of_queries(maak_plek, django_assert_num_queries, aantal):
    for nummer in range(aantal):
        maak_plek(f"Plek {nummer}", plekken=[(12, 18, "vol")])

    with django_assert_num_queries(8):
        geef_uit()
    with django_assert_num_queries(3):
        geef_uit()


# --- Serving --------------------------------------------------------------------------------------------------------


def test_a_published_file_is_served_packed_and_may_be_kept_for_ever(
    client, maak_plek, uitgavemap, django_assert_num_queries
):
    maak_plek("Een")
    geef_uit()
    adres = nieuwste(Soort.KAART).adres

    with django_assert_num_queries(0):
        response = client.get(adres, headers={"Accept-Encoding": "br, gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert response["Content-Type"] == "application/json"
    assert "immutable" in response["Cache-Control"]
    assert "Set-Cookie" not in response
    inhoud = gzip.decompress(response.getvalue())
    assert inhoud == client.get(adres).getvalue()
    assert inhoud == (uitgavemap / adres.rsplit("/", 1)[1]).read_bytes()


@pytest.mark.parametrize(
    "naam",
    [
        "kaart.00000000000000000000.json",
        "../../etc/passwd",
        "%2e%2e/%2e%2e/pyproject.toml",
        "kaart.json",
        ".bezigabc",
        "",
        "kaart.00000000000000000000.json.gz",
        "../elders/kaart.00000000000000000000.json",  # this one is on the disk, and has the right form
        "elders/kaart.00000000000000000000.json",
    ],
)
def test_what_was_not_published_does_not_exist(client, db, settings, tmp_path, naam):
    settings.UITGAVE_MAP = tmp_path / "uit"
    for elders in (tmp_path / "elders", tmp_path / "uit" / "elders"):
        elders.mkdir(parents=True)
        (elders / "kaart.00000000000000000000.json").write_text("of somebody else")
    (tmp_path / "uit" / ".bezigabc").write_text("half")

    assert client.get(f"/gepubliceerd/{naam}").status_code == 404


def test_a_file_that_went_away_is_gone_and_one_that_came_back_is_there(client, maak_plek, uitgavemap):
    maak_plek("Een")
    geef_uit()
    adres = nieuwste(Soort.KAART).adres
    inhoud = (uitgavemap / adres.rsplit("/", 1)[1]).read_bytes()
    assert client.get(adres).getvalue() == inhoud

    for pad in uitgavemap.iterdir():
        pad.unlink()
    assert client.get(adres).status_code == 404

    (uitgavemap / adres.rsplit("/", 1)[1]).write_bytes(inhoud)
    assert client.get(adres).getvalue() == inhoud


def test_the_page_names_the_newest_file_and_works_before_anything_was_published(client, maak_plek):
    maak_plek("Een")
    assert 'data-feed="/kaart/plekken.json"' in client.get("/kaart/").content.decode()

    geef_uit()

    assert f'data-feed="{nieuwste(Soort.KAART).adres}"' in client.get("/kaart/").content.decode()
    response = client.get("/kaart/plekken.json")
    assert (response.status_code, response["Location"]) == (302, nieuwste(Soort.KAART).adres)


def test_while_another_worker_publishes_this_one_leaves_it_to_that(maak_plek, uitgavemap):
    maak_plek("Een")
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.ClientCursor}) as ander:
        ander.execute("SELECT pg_advisory_xact_lock(%s)", [SLOT])

        assert not geef_uit()

    assert Wijziging.objects.exists()
    assert geef_uit()


def test_after_an_update_of_the_code_the_files_are_written_anew(vrije_plek, monkeypatch):
    assert geef_uit()
    assert not geef_uit()

    monkeypatch.setattr("kaart.uitgeven.vorm", lambda: "another")

    assert geef_uit()
    assert not geef_uit()
