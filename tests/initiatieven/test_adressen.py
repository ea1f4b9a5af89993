"""Two who take the same address on the site at the same moment."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from initiatieven.models import Initiatief
from initiatieven.models.initiatief import vrije_slug
from tests.factories import InitiatiefFactory


def neem(naam: str) -> str:
    return InitiatiefFactory(naam=naam, slug=vrije_slug(naam)).slug


@pytest.mark.django_db(transaction=True)
def test_two_of_one_name_that_become_a_member_at_once_each_get_an_address():
    def tweede() -> str:
        try:
            with transaction.atomic():
                return neem("De Morgenster")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as draad:
        with transaction.atomic():
            eerste = neem("De Morgenster")
            uitkomst = draad.submit(tweede)
            time.sleep(0.3)  # the second looks for an address before the first is there for everybody

        assert (eerste, uitkomst.result()) == ("de-morgenster", "de-morgenster-2")
    assert Initiatief.objects.count() == 2
