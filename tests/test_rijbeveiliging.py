"""The request names its user to the database, for its own transaction only; a powerful role is refused."""

import logging

import pytest
from django.db import connection, connections
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from collectief.rijbeveiliging import (
    OnveiligeDatabaserol,
    RijbeveiligingMiddleware,
    als_gebruiker,
    als_taak,
    weiger_machtige_rol,
)
from tests.trajecten.bezetting import maak_traject
from trajecten.models import Traject


def instelling(naam: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [naam])
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_the_name_of_the_user_ends_with_the_transaction(begeleider):
    with als_gebruiker(begeleider.pk):
        binnen = instelling("app.gebruiker")

    assert (binnen, instelling("app.gebruiker")) == (str(begeleider.pk), "")


@pytest.mark.django_db(transaction=True)
def test_the_connection_of_one_request_carries_nothing_to_the_next(als, begeleider, initiatief, client):
    maak_traject(door=begeleider, initiatief=initiatief)

    als(begeleider).get("/gebruikers/wat-mag-ik/")

    assert instelling("app.gebruiker") == ""
    assert Traject.objects.count() == 0


def test_nested_users_give_back_what_was(begeleider, buitenstaander):
    with als_gebruiker(begeleider.pk), als_gebruiker(buitenstaander.pk):
        binnen = instelling("app.gebruiker")
    with als_gebruiker(begeleider.pk):
        with als_gebruiker(buitenstaander.pk):
            pass
        daarna = instelling("app.gebruiker")

    assert (binnen, daarna) == (str(buitenstaander.pk), str(begeleider.pk))


def test_a_task_is_not_a_user(db):
    with als_taak("nazorg"):
        assert (instelling("app.taak"), instelling("app.gebruiker")) == ("nazorg", "")


@pytest.mark.django_db(transaction=True)
def test_a_request_that_fails_leaves_nothing_written(begeleider):
    def stuk(request):
        type(begeleider).objects.update(naam="half geschreven")
        return HttpResponse(status=500)

    request = RequestFactory().get("/gebruikers/wat-mag-ik/")

    RijbeveiligingMiddleware(stuk)(request)

    begeleider.refresh_from_db()
    assert begeleider.naam == "Bo Begeleider"


@pytest.mark.django_db(transaction=True)
def test_a_page_that_turns_out_not_to_exist_leaves_nothing_written(begeleider):
    def bestaat_toch_niet(request):
        type(begeleider).objects.update(naam="half geschreven")
        middleware.process_exception(request, Http404())  # as Django does before it makes the answer
        return HttpResponse(status=404)

    middleware = RijbeveiligingMiddleware(bestaat_toch_niet)

    middleware(RequestFactory().get("/gebruikers/wat-mag-ik/"))

    begeleider.refresh_from_db()
    assert begeleider.naam == "Bo Begeleider"


def test_private_pages_are_not_stored(als, begeleider):
    response = als(begeleider).get("/gebruikers/wat-mag-ik/")

    assert response["Cache-Control"] == "no-store, private"


PUBLIEK = [
    "/",
    "/over/",
    "/privacy/",
    "/kaart/",
    "/kaart/?q=3511",
    "/kaart/dekking/",
    "/initiatieven/",
    "/bijeenkomsten/",
]


@pytest.mark.parametrize("pad", PUBLIEK)
def test_a_public_page_that_is_only_read_sets_no_cookie_and_varies_on_none(als, client, begeleider, pad):
    for bezoeker in (client, als(begeleider)):
        response = bezoeker.get(pad, follow=True)

        assert response.status_code == 200
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


@pytest.fixture
def verbind_als(django_db_blocker, db):
    """Open Django's own connection as another role, then put the application role back."""
    eigen = dict(connection.settings_dict)

    def als_rol(**gegevens):
        connections.close_all()
        connection.settings_dict.update(gegevens)
        connection.ensure_connection()

    yield als_rol
    connection.settings_dict.update(eigen)


@pytest.mark.django_db(transaction=True)
def test_the_application_refuses_to_work_as_the_owner(verbind_als, eigenaar_gegevens):
    with pytest.raises(OnveiligeDatabaserol):
        verbind_als(**eigenaar_gegevens)


def test_a_connection_out_of_the_pool_is_not_looked_at_again(db, django_assert_num_queries):
    connection.ensure_connection()

    with django_assert_num_queries(0):
        weiger_machtige_rol(None, connection=connection)


def test_a_public_url_is_not_wrapped_in_a_transaction(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/over/")


def test_no_log_line_holds_an_address_or_a_query_string(caplog):
    from collectief.logs import ZonderPersoonsgegevens

    record = logging.makeLogRecord({"msg": "GET %s by %s", "args": ("/kaart/?q=3511AB", "nel@voorbeeld.example")})
    ZonderPersoonsgegevens().filter(record)

    assert record.getMessage() == "GET /kaart/?… by <adres>"
