"""The statements that are written out, because every page or every moment runs them, do what the ORM would."""

import pytest

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from trajecten.models import Inzagelog, Momentconcept


def test_who_asks_is_the_same_person_as_the_table_says(db):
    rol = RolFactory(soort=Rol.Soort.COORDINATOR)

    vraagt, staat = Gebruiker.objects.die_vraagt(rol.gebruiker.pk), Gebruiker.objects.get(pk=rol.gebruiker.pk)

    velden = [veld.attname for veld in Gebruiker._meta.concrete_fields]
    assert [getattr(vraagt, veld) for veld in velden] == [getattr(staat, veld) for veld in velden]
    assert vraagt.rollen_nu == [rol]
    assert not vraagt._state.adding
    assert Gebruiker.objects.die_vraagt(0) is None


@pytest.mark.parametrize("als", ["begeleider", "coordinator"])
def test_a_look_is_noted_with_its_ground_in_one_statement(traject, request, als, django_assert_num_queries):
    gebruiker = request.getfixturevalue(als)
    assert gebruiker.rollen_nu  # a request knows them before it opens anything

    with als_gebruiker(gebruiker.pk):
        with django_assert_num_queries(1):
            traject.noteer_inzagen([traject, traject], gebruiker, "zoeken")
        with django_assert_num_queries(0):
            traject.noteer_inzagen([], gebruiker, "zoeken")

    grond = {"begeleider": Inzagelog.Grond.BETROKKEN, "coordinator": Inzagelog.Grond.COORDINATOR}[als]
    with als_gebruiker(gebruiker.pk):
        assert [(regel.gebruiker, regel.grond, regel.wat) for regel in traject.inzagen.all()] == [
            (gebruiker, grond, "zoeken")
        ]


def test_only_her_own_draft_here_goes(traject, begeleider, coordinator):
    for wie in (begeleider, coordinator):
        with als_gebruiker(wie.pk):
            Momentconcept.objects.create(traject=traject, gebruiker=wie, tekst="Bijna klaar.")

    with als_gebruiker(begeleider.pk):
        Momentconcept.objects.gooi_weg(traject=traject.pk, gebruiker=coordinator.pk)
        Momentconcept.objects.gooi_weg(traject=traject.pk, gebruiker=begeleider.pk)
        assert not Momentconcept.objects.exists()

    with als_gebruiker(coordinator.pk):
        assert Momentconcept.objects.count() == 1
