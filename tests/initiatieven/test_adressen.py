"""Two who take the same address on the site at the same moment."""

from functools import partial

import pytest
from django.db import transaction

from collectief.gebruikers.models import Rol
from initiatieven.actions import beslis
from initiatieven.lidmaatschap import Oordeel, Stap, Toestand
from initiatieven.models import AanmeldingLezing, Initiatief
from initiatieven.models.initiatief import vrije_slug
from tests.factories import InitiatiefFactory, RolFactory
from tests.initiatieven.factories import AanmeldingFactory
from tests.samen import ernaast, is_klaar_na, tegelijk


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


@pytest.mark.django_db(transaction=True)
def test_two_admins_making_members_of_one_name_at_once_make_two_pages():
    aanmeldingen = AanmeldingFactory.create_batch(
        2, naam="De Werf", toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET
    )
    doen = []
    for aanmelding in aanmeldingen:
        wie = RolFactory(soort=Rol.Soort.BEHEERDER).gebruiker
        AanmeldingLezing.objects.leest(aanmelding, wie)
        doen.append(partial(beslis, aanmelding=aanmelding, stap=Stap.LID_MAKEN, door=wie, waarom="Daarom."))

    tegelijk(*doen)

    assert sorted(Initiatief.objects.values_list("slug", flat=True)) == ["de-werf", "de-werf-2"]
