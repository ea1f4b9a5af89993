"""Whatever a request calls itself, it gets an answer that says what was wrong, or none at all; never a 500."""

import io

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from collectief.verzoeken import schone_soort
from collectief.wsgi import application

VREEMDE_SOORTEN = [
    *(f"multipart/form-data; boundary=x; charset={naam}" for naam in ("hex", "rot13", "undefined", "idna", "utf-16")),
    "multipart/form-data; boundary=x; charset*=hex''x",
    "multipart/form-data",
    "text/plain; charset=punycode",
    f"text/plain; x={'x' * 20_000}",
    "/",
]
NUL = "%00"


@pytest.fixture
def vreemde() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def server():
    """Ask the application as the web server does, below Django's test client; a page that needs no database."""

    def vraag(methode: str, pad: str, soort: str, inhoud: bytes = b"") -> int:
        gesplitst = pad.partition("?")
        environ = RequestFactory()._base_environ(
            REQUEST_METHOD=methode,
            PATH_INFO=gesplitst[0],
            QUERY_STRING=gesplitst[2],
            CONTENT_TYPE=soort,
            CONTENT_LENGTH=str(len(inhoud)),
            **{"wsgi.input": io.BytesIO(inhoud)},
        )
        antwoorden = []
        application(environ, lambda status, koppen: antwoorden.append(status)).close()
        return int(antwoorden[0][:3])

    for signaal in (request_started, request_finished):
        signaal.disconnect(close_old_connections)
    yield vraag
    for signaal in (request_started, request_finished):
        signaal.connect(close_old_connections)


@pytest.mark.parametrize("soort", VREEMDE_SOORTEN)
def test_a_strange_content_type_changes_nothing(server, soort):
    assert server("GET", "/over/?q=%ff", soort) == 200


def test_too_many_parameters_break_nothing_whatever_the_content_type(server):
    assert server("GET", "/over/?" + "q=a&" * 600, "text/plain; charset=utf-8") == 200


@pytest.mark.parametrize("soort", VREEMDE_SOORTEN)
def test_a_form_of_a_strange_content_type_is_refused_and_nothing_breaks(server, soort):
    inhoud = b'--x\r\nContent-Disposition: form-data; name="naam"\r\n\r\nHof\r\n--x--\r\n'

    assert server("POST", "/over/", soort, inhoud) in (400, 403)


@pytest.mark.parametrize(
    ("kop", "schoon"),
    [
        ("", ""),
        ("onzin", ""),
        ("application/x-www-form-urlencoded; charset=UTF-8", "application/x-www-form-urlencoded"),
        (
            "multipart/form-data; charset=hex; boundary=----WebKitFormBoundaryA1b2",
            'multipart/form-data; boundary="----WebKitFormBoundaryA1b2"',
        ),
        ('multipart/form-data; boundary="a b"', "multipart/form-data"),
    ],
)
def test_of_a_content_type_only_the_media_type_and_the_boundary_count(kop, schoon):
    assert schone_soort(kop) == schoon


@pytest.mark.parametrize("pad", [f"/gebruikers/welkom/{NUL}/", f"/bijeenkomsten/antwoord/{NUL}/", f"/post/{NUL}/"])
def test_a_secret_with_a_nul_in_it_is_not_found(vreemde, db, pad):
    assert vreemde.get(pad).status_code == 404


@pytest.mark.parametrize(
    "pad",
    [
        "/accounts/password/reset/",
        "/accounts/password/reset/key/1-abc/",
        "/accounts/confirm-email/abc/",
        "/accounts/inactive/",
        "/accounts/login/",
    ],
)
def test_a_page_about_an_account_is_not_kept_by_anybody(client, db, pad):
    response = client.get(pad)

    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("pad", ["/", "/over/", "/kaart/?q=3511", "/initiatieven/", "/bijeenkomsten/agenda.ics"])
def test_a_public_page_may_be_kept_and_knows_no_visitor(client, db, pad):
    response = client.get(pad)

    assert "Cookie" not in response.get("Vary", "")
    assert "no-store" not in response.get("Cache-Control", "")
    assert not response.cookies


def test_who_comes_back_to_a_button_after_signing_in_is_told_what_to_do(als, kernteamlid):
    response = als(kernteamlid).get("/bijeenkomsten/planning/publiceren/")

    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert response["Content-Length"] == str(len(response.content))
    assert "Ga dan terug en druk nog eens op de knop." in response.text
