"""What every request asks is planned once per connection; nothing else of Django changes by it."""

import pytest
from django.db import DataError, connection, transaction

from collectief.voorbereid import voorbereide_cursor

VRAAG = "SELECT %s::int + 1"
KLAAR = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::int%'"


def vraag(waarde: object) -> object:
    with voorbereide_cursor() as cursor:
        cursor.execute(VRAAG, [waarde])
        return cursor.fetchone()[0]


def klaar() -> int:
    with connection.cursor() as cursor:
        cursor.execute(KLAAR)
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def verse_verbinding(transactional_db):
    """A connection that nobody prepared anything on, also for the next test."""
    connection.close()
    yield
    connection.close()


def test_it_is_planned_once_whatever_the_value():
    antwoorden = [vraag(waarde) for waarde in (1, 2, 3)]

    assert (antwoorden, klaar()) == ([2, 3, 4], 1)


def test_an_ordinary_statement_is_never_prepared():
    vraag(1)
    for _ in range(10):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT 7%'")
        assert cursor.fetchone()[0] == 0


def test_it_counts_as_a_query_like_any_other(django_assert_num_queries):
    with django_assert_num_queries(2) as gevangen:
        vraag(1)
        vraag(2)

    assert all(VRAAG in wat["sql"] for wat in gevangen.captured_queries)


def test_a_value_that_does_not_fit_is_an_error_of_django_and_the_next_one_is_answered():
    with pytest.raises(DataError), transaction.atomic():
        vraag("geen getal")

    assert vraag("4") == 5


def test_a_connection_that_was_lost_plans_anew():
    vraag(1)
    connection.close()

    assert (vraag(2), klaar()) == (3, 1)


@pytest.mark.parametrize(
    ("tabel", "kolom", "soort", "langer"),
    [
        ("gebruikers_gebruiker", "naam", "varchar(120)", "varchar(240)"),
        ("gebruikers_gebruiker", "email", "varchar(254)", "varchar(320)"),
        ("django_session", "session_data", "text", "varchar(100000)"),
    ],
)
def test_while_a_migration_makes_a_column_longer_everybody_goes_on(
    als, begeleider, eigenaar, tabel, kolom, soort, langer
):
    client = als(begeleider)
    statussen = [client.get("/trajecten/").status_code]

    for wordt in (langer, soort):
        eigenaar.execute(f"ALTER TABLE {tabel} ALTER {kolom} TYPE {wordt}")
        statussen.append(client.get("/trajecten/").status_code)

    assert statussen == [200, 200, 200]
