"""The ground that every app stands on."""

import pytest
from django.db import connection


def test_tests_reach_the_database_as_the_application_role(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        rij = cursor.fetchone()

    assert rij == ("collectief_app", False, False)


@pytest.mark.django_db(transaction=True)
def test_a_committing_test_leaves_nothing_behind_for_the_next_one(begeleider):
    assert type(begeleider).objects.count() == 1


def test_the_next_one_finds_an_empty_table(django_user_model, db):
    assert django_user_model.objects.count() == 0
