"""Published files from memory: exactly what Django answers, for as long as the file is there, and nothing else."""

import io
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from collectief import bench, wsgi
from kaart import uitreiken
from kaart.uitgeven import Soort, leg_neer, nieuwste
from kaart.uitreiken import Uitreiker

GZIP = {"HTTP_ACCEPT_ENCODING": "br, gzip"}
VEILIG = {"HTTP_X_FORWARDED_PROTO": "https"}


class Gekregen(NamedTuple):
    status: str
    koppen: list[tuple[str, str]]
    inhoud: bytes


@pytest.fixture(autouse=True)
def zonder_verbinding():
    """Asked as the web server asks, the application gives up its connections to the database."""
    for signaal in (request_started, request_finished):
        signaal.disconnect(close_old_connections)
    yield
    for signaal in (request_started, request_finished):
        signaal.connect(close_old_connections)


@pytest.fixture
def bestand() -> Path:
    leg_neer([], date(2026, 11, 28), [Soort.KAART])
    return nieuwste(Soort.KAART).pad


@pytest.fixture
def django() -> Callable:
    """Django itself, and in `django.gevraagd` what it was asked."""
    toepassing, gevraagd = WSGIHandler(), []

    def met_teller(environ, start_response):
        gevraagd.append(environ["PATH_INFO"])
        return toepassing(environ, start_response)

    met_teller.gevraagd = gevraagd
    return met_teller


def vraag(toepassing, pad: str, **koppen: str) -> Gekregen:
    gezegd = []
    environ = RequestFactory()._base_environ(PATH_INFO=pad, **{"wsgi.input": io.BytesIO()} | koppen)
    antwoord = toepassing(environ, lambda status, koppen: gezegd.append((status, koppen)))
    inhoud = b"".join(antwoord)
    if hasattr(antwoord, "close"):
        antwoord.close()
    [(status, teruggekregen)] = gezegd
    return Gekregen(status, sorted(teruggekregen), inhoud)


def _adres(bestand: Path) -> str:
    return f"/gepubliceerd/{bestand.name}"


VRAGEN = {
    "plain": {},
    "gzip": GZIP,
    "a later date": {"HTTP_IF_MODIFIED_SINCE": "Fri, 01 Jan 2100 00:00:00 GMT"},
    "another edition": {"HTTP_IF_NONE_MATCH": '"something-else"'},
    "the second to the fifth byte": {"HTTP_RANGE": "bytes=1-4"},
    "the headers": {"REQUEST_METHOD": "HEAD"},
    "the headers, gzip": {"REQUEST_METHOD": "HEAD", **GZIP},
    "a form": {"REQUEST_METHOD": "POST"},
    "a parameter": {"QUERY_STRING": "x=1"},
    "https": VEILIG,
    "https and gzip": VEILIG | GZIP,
}


@pytest.mark.parametrize("beveiligd", [False, True], ids=["http", "https only"])
@pytest.mark.parametrize("koppen", VRAGEN.values(), ids=VRAGEN)
def test_every_question_gets_what_django_answers(bestand, settings, koppen, beveiligd):
    settings.SECURE_SSL_REDIRECT = beveiligd
    settings.SECURE_HSTS_SECONDS = 60 * beveiligd
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if beveiligd else None
    django = WSGIHandler()
    uitreiker = Uitreiker(django)
    verwacht = vraag(django, _adres(bestand), **koppen)
    for andere in VRAGEN.values():
        vraag(uitreiker, _adres(bestand), **andere)

    assert vraag(uitreiker, _adres(bestand), **koppen) == verwacht
    assert vraag(uitreiker, _adres(bestand), **koppen) == verwacht


def test_the_headers_are_those_of_a_file_that_never_changes(bestand, django):
    uitreiker = Uitreiker(django)
    vraag(uitreiker, _adres(bestand), **GZIP)

    status, koppen, inhoud = vraag(uitreiker, _adres(bestand), **GZIP)

    koppen = dict(koppen)
    assert status == "200 OK"
    assert inhoud == bestand.with_name(f"{bestand.name}.gz").read_bytes()
    assert "immutable" in koppen["Cache-Control"]
    assert (koppen["Content-Encoding"], koppen["Vary"]) == ("gzip", "Accept-Encoding")
    assert (koppen["X-Content-Type-Options"], koppen["Content-Type"]) == ("nosniff", "application/json")
    assert koppen["Content-Length"] == str(len(inhoud))
    assert "Set-Cookie" not in koppen


def test_django_is_asked_once_for_each_form_of_a_file(bestand, django):
    uitreiker = Uitreiker(django)
    etag = dict(vraag(uitreiker, _adres(bestand)).koppen)["ETag"]

    for _ in range(3):
        assert vraag(uitreiker, _adres(bestand)).status == "200 OK"
        assert vraag(uitreiker, _adres(bestand), **GZIP).status == "200 OK"
        onveranderd = vraag(uitreiker, _adres(bestand), HTTP_IF_NONE_MATCH=etag)
        assert (onveranderd.status, onveranderd.inhoud) == ("304 Not Modified", b"")

    assert len(django.gevraagd) == 3
    assert onveranderd == vraag(django, _adres(bestand), HTTP_IF_NONE_MATCH=etag)


def test_only_the_file_and_its_304_are_kept(bestand, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    uitreiker = Uitreiker(WSGIHandler())

    assert vraag(uitreiker, _adres(bestand)).status == "301 Moved Permanently"
    assert vraag(uitreiker, _adres(bestand), HTTP_IF_NONE_MATCH='"another"', **VEILIG).status == "200 OK"

    assert uitreiker._antwoorden == {}


def test_a_file_that_was_cleared_away_is_gone_and_one_that_came_back_is_there(bestand, django, db):
    uitreiker = Uitreiker(django)
    inhoud = bestand.read_bytes()
    assert vraag(uitreiker, _adres(bestand)).inhoud == inhoud

    bestand.unlink()
    assert vraag(uitreiker, _adres(bestand)).status == "404 Not Found"

    bestand.write_bytes(inhoud)
    assert vraag(uitreiker, _adres(bestand)).inhoud == inhoud


def test_a_file_that_was_written_or_touched_since_is_asked_anew(bestand, django):
    uitreiker = Uitreiker(django)
    vraag(uitreiker, _adres(bestand))

    os.utime(bestand, (1, 1))
    vraag(uitreiker, _adres(bestand))
    vraag(uitreiker, _adres(bestand))

    assert len(django.gevraagd) == 2


def test_a_file_of_the_same_name_in_another_folder_is_another_file(bestand, django, settings, tmp_path):
    uitreiker = Uitreiker(django)
    vraag(uitreiker, _adres(bestand))
    shutil.copy(bestand, tmp_path)

    settings.UITGAVE_MAP = tmp_path
    vraag(uitreiker, _adres(bestand))

    assert len(django.gevraagd) == 2


@pytest.mark.parametrize(
    "naam",
    [
        "",
        "kaart.00000000000000000000.json",
        "../kaart.00000000000000000000.json",
        "../../../../../../etc/passwd",
        "nieuwste.json",
        "{}.gz",
        "./{}",
        "{}\x00",
        "{}\n",
    ],
)
def test_what_was_not_published_is_for_django_to_refuse(bestand, django, db, naam):
    adres = f"/gepubliceerd/{naam.format(bestand.name)}"
    uitreiker = Uitreiker(django)

    assert [vraag(uitreiker, adres).status for _ in range(2)] == ["404 Not Found"] * 2
    assert django.gevraagd == [adres] * 2


def test_other_pages_go_straight_through(django, db):
    uitreiker = Uitreiker(django)

    assert [vraag(uitreiker, "/pers/").status for _ in range(2)] == ["200 OK"] * 2
    assert len(django.gevraagd) == 2


def test_memory_is_bounded_by_files_and_by_answers(bestand, django, monkeypatch):
    uitreiker = Uitreiker(django)
    groot = len(bestand.read_bytes())

    monkeypatch.setattr(uitreiken, "HOOGSTENS", 3)
    for nummer in range(10):
        vraag(uitreiker, _adres(bestand), HTTP_ACCEPT_ENCODING=f"x-{nummer}")
        assert len(uitreiker._antwoorden) <= 3
    monkeypatch.setattr(uitreiken, "GEHEUGEN", 4 * groot)
    monkeypatch.setattr(uitreiken, "HOOGSTENS", 100)
    for nummer in range(10):
        vraag(uitreiker, _adres(bestand), HTTP_ACCEPT_ENCODING=f"y-{nummer}")
        assert len(uitreiker._antwoorden) <= 4


def test_a_file_that_is_too_large_to_keep_is_not_kept(bestand, django, monkeypatch):
    uitreiker = Uitreiker(django)
    monkeypatch.setattr(uitreiken, "GEHEUGEN", 4 * len(bestand.read_bytes()) - 4)

    assert [vraag(uitreiker, _adres(bestand)).inhoud for _ in range(2)] == [bestand.read_bytes()] * 2
    assert len(django.gevraagd) == 2


def test_the_site_and_the_bench_have_it_in_front():
    assert isinstance(wsgi.application, Uitreiker)
    assert "Uitreiker(" in Path(bench.__file__).with_name("wsgi.py").read_text()
