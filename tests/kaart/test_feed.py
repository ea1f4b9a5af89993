"""The compact file with all public places."""

import gzip
import json
import time
from itertools import accumulate

import pytest

from initiatieven.models import Initiatief, Locatie, Plekken
from kaart.feed import HOUDBAAR, feed, maak


def _pak_uit(response) -> list[dict]:
    """Read the columns back as a browser does, by the description of the file; in the order of their numbers."""
    kolommen = json.loads(response.content)
    nummers, lats, lons = (list(accumulate(kolommen[naam])) for naam in ("id", "lat", "lon"))
    plekken = [
        {
            "pk": pk,
            "punt": (round(50 + lats[nummer] / 10_000, 4), round(3 + lons[nummer] / 10_000, 4)),
            "leeftijd": (kolommen["van"][nummer], kolommen["tot"][nummer]),
            "is_vrij": bool(kolommen["vrij"][nummer]),
            "is_ongeveer": kolommen["ongeveer"][nummer] == "1",
        }
        for nummer, pk in enumerate(nummers)
    ]
    return sorted(plekken, key=lambda plek: plek["pk"])


def test_every_public_place_is_in_the_file(client, maak_plek, gestopt):
    eerste = maak_plek("Een", leeftijd=(4, 12), plekken=[(4, 12, "plek_vrij")])
    tweede = maak_plek("Twee", nauwkeurigheid="ongeveer", adres="", lat=52.14, lon=6.2)

    assert _pak_uit(client.get("/kaart/plekken.json")) == [
        {"pk": eerste.pk, "punt": (52.1413, 6.1961), "leeftijd": (4, 12), "is_vrij": True, "is_ongeveer": False},
        {"pk": tweede.pk, "punt": (52.14, 6.2), "leeftijd": (0, 99), "is_vrij": False, "is_ongeveer": True},
    ]


def test_room_is_told_by_year_of_age(client, maak_plek):
    maak_plek("Een", plekken=[(2, 3, "plek_vrij"), (5, 5, "plek_vrij"), (6, 9, "vol")])

    (vrij,) = json.loads(client.get("/kaart/plekken.json").content)["vrij"]

    assert [jaar for jaar in range(31) if vrij >> jaar & 1] == [2, 3, 5]


def test_the_file_names_nobody_and_no_street(client, maak_plek):
    maak_plek("Geheim", adres="Dorpsweg 1")

    inhoud = client.get("/kaart/plekken.json").content.decode()

    assert "Geheim" not in inhoud
    assert "Dorpsweg" not in inhoud


def test_no_places_is_a_file_too(client, db):
    assert _pak_uit(client.get("/kaart/plekken.json")) == []


def test_the_same_places_are_not_sent_twice(client, maak_plek):
    maak_plek("Een")
    eerste = client.get("/kaart/plekken.json")

    tweede = client.get("/kaart/plekken.json", headers={"If-None-Match": eerste["ETag"]})

    assert (tweede.status_code, tweede.content) == (304, b"")
    assert tweede["ETag"] == eerste["ETag"]


def test_a_change_gives_another_hash(client, maak_plek):
    maak_plek("Een")
    oud = client.get("/kaart/plekken.json")["ETag"]
    maak_plek("Twee")
    feed.vergeet()

    response = client.get("/kaart/plekken.json", headers={"If-None-Match": oud})

    assert response.status_code == 200
    assert len(_pak_uit(response)) == 2


def test_the_hash_is_of_the_content_only(maak_plek):
    maak_plek("Een")

    assert maak().etag == maak().etag


def test_the_packed_file_is_the_same_file(client, maak_plek):
    maak_plek("Een")

    los = client.get("/kaart/plekken.json")
    verpakt = client.get("/kaart/plekken.json", headers={"Accept-Encoding": "br, gzip"})

    assert verpakt["Content-Encoding"] == "gzip"
    assert gzip.decompress(verpakt.content) == los.content
    assert los["Vary"] == verpakt["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_file_takes_two_queries_and_then_none(client, maak_plek, django_assert_num_queries, aantal):
    for nummer in range(aantal):
        maak_plek(f"Plek {nummer}")

    with django_assert_num_queries(2):
        client.get("/kaart/plekken.json")
    with django_assert_num_queries(0):
        client.get("/kaart/plekken.json")


def test_after_a_silence_the_file_is_made_anew(client, maak_plek, monkeypatch):
    maak_plek("Een")
    client.get("/kaart/plekken.json")
    maak_plek("Twee")
    assert len(_pak_uit(client.get("/kaart/plekken.json"))) == 1

    straks = (
        time.monotonic() + 2 * HOUDBAAR + 1
    )  # before that a thread beside does it, and the old one is given once more
    monkeypatch.setattr("collectief.onthouden.time.monotonic", lambda: straks)

    assert len(_pak_uit(client.get("/kaart/plekken.json"))) == 2


def test_three_thousand_places_take_at_most_eighteen_bytes_each(db):
    initiatieven = Initiatief.objects.bulk_create(
        Initiatief(
            naam=f"Plek {n}", slug=f"plek-{n}", lidmaatschap="lid", leeftijd_van=n % 9 + 4, leeftijd_tot=n % 13 + 13
        )
        for n in range(3000)
    )
    Locatie.objects.bulk_create(
        Locatie(
            initiatief=initiatief, plaats="x", lat=51 + n * 7919 % 19997 / 10_000, lon=4 + n * 104729 % 29989 / 10_000
        )
        for n, initiatief in enumerate(initiatieven)
    )
    Plekken.objects.bulk_create(
        Plekken(initiatief=initiatief, leeftijd_van=4, leeftijd_tot=18, toestand="plek_vrij")
        for initiatief in initiatieven[::3]
    )

    assert len(maak().verpakt) / 3000 <= 18


def test_a_dot_opens_with_its_place(client, vrije_plek):
    response = client.get(f"/kaart/plek/{vrije_plek.pk}/")

    assert "Vrije plek" in response.content.decode()
    assert "plek vrij" in response.content.decode()


def test_a_dot_takes_one_query(client, vrije_plek, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(f"/kaart/plek/{vrije_plek.pk}/")


def test_a_place_that_is_not_public_does_not_exist(client, gestopt):
    assert client.get(f"/kaart/plek/{gestopt.pk}/").status_code == 404


@pytest.mark.parametrize("pk", ["0", "9" * 30, "-1", "abc", "1;"])
def test_an_odd_number_of_a_place_does_not_exist(client, db, pk):
    assert client.get(f"/kaart/plek/{pk}/").status_code == 404
