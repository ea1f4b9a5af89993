"""Two who take the same address on the site at the same moment."""

import pytest
from django.db import transaction

from initiatieven.models import Initiatief
from initiatieven.models.initiatief import vrije_slug
from tests.factories import InitiatiefFactory
from tests.samen import ernaast, is_klaar_na


def neem(naam: str) -> str:
    return InitiatiefFactory(naam=naam, slug=vrije_slug(naam)).slug


@pytest.mark.django_db(transaction=True)
def test_two_of_one_name_that_become_a_member_at_once_each_get_an_address():
    def neem_ook() -> str:
        with transaction.atomic():
            return neem("De Morgenster")

    with transaction.atomic():
        eerste = neem("De Morgenster")
        tweede = ernaast(neem_ook)
        assert not is_klaar_na(tweede, 0.3)  # looks for an address before the first is there for everybody

    assert (eerste, tweede.result(timeout=10)) == ("de-morgenster", "de-morgenster-2")
    assert Initiatief.objects.count() == 2
