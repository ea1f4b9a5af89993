"""Who holds a role; and ending one: by whom, of whom, and at once."""

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker, Rol
from tests.factories import RolFactory

ROLLEN = "/gebruikers/rollen/"


def beeindig(client, rol):
    return client.post(reverse("gebruikers:beeindig", args=[rol.pk]))


def test_a_coordinator_sees_and_ends_the_roles_of_her_own_initiative(als, coordinator, begeleider, buitenstaander):
    client = als(coordinator)
    rol = begeleider.rollen.get()

    pagina = client.get(ROLLEN)
    beeindig(client, rol)

    rol.refresh_from_db()
    assert begeleider.naam in pagina.text
    assert buitenstaander.naam not in pagina.text
    assert rol.tot is not None


def test_only_a_coordinator_is_led_on_to_dividing_what_a_colleague_leaves(als, coordinator, beheerder):
    assert ["/trajecten/verdelen/" in als(wie).get(ROLLEN).text for wie in (coordinator, beheerder)] == [True, False]


def test_who_lost_her_role_loses_the_page_on_the_next_request(als, coordinator, begeleider):
    client = als(begeleider)
    eerst = client.get("/trajecten/").status_code
    beeindig(als(coordinator), begeleider.rollen.get())

    assert (eerst, client.get("/trajecten/").status_code) == (200, 404)


def test_another_initiative_is_404(als, coordinator, buitenstaander):
    assert beeindig(als(coordinator), buitenstaander.rollen.get()).status_code == 404


@pytest.mark.parametrize("soort", [Rol.Soort.KERNTEAM, Rol.Soort.BEHEERDER, Rol.Soort.COORDINATOR])
def test_an_admin_ends_any_role_of_somebody_else(als, beheerder, soort):
    rol = RolFactory(soort=soort)

    beeindig(als(beheerder), rol)

    assert not Rol.objects.nu().filter(pk=rol.pk).exists()


@pytest.mark.parametrize("wie", ["coordinator", "beheerder"])
def test_nobody_ends_a_role_of_her_own(als, wie, request):
    gebruiker = request.getfixturevalue(wie)

    response = beeindig(als(gebruiker), gebruiker.rollen.get())

    assert response.status_code == 302
    assert gebruiker.rollen.nu().count() == 1


def test_names_stand_as_a_human_being_sorts_them(als, beheerder):
    for naam in ("Zoë Smit", "André de Waard", "Andre Ramdin", "Ans Bos"):
        RolFactory(gebruiker__naam=naam)

    pagina = als(beheerder).get(ROLLEN).text

    namen = ["Andre Ramdin", "André de Waard", "Ans Bos", "Zoë Smit"]
    assert sorted(namen, key=pagina.index) == ["André de Waard", "Andre Ramdin", "Ans Bos", "Zoë Smit"]


def test_looking_for_someone_by_part_of_the_name(als, beheerder, begeleider, coordinator):
    response = als(beheerder).get(ROLLEN, {"q": "begeleid"})

    assert [rol.gebruiker for rol in response.context["bladzijde"]] == [begeleider]


@pytest.mark.parametrize(
    "vraag", [{"q": "x" * 5000}, {"q": "\0"}, {"pagina": "-1"}, {"pagina": "heel veel"}, {"q": "%_"}]
)
def test_odd_questions_give_a_page(als, coordinator, vraag):
    assert als(coordinator).get(ROLLEN, vraag).status_code == 200


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_page_takes_the_same_number_of_queries_however_many_roles(
    als, coordinator, initiatief, aantal, django_assert_num_queries
):
    RolFactory.create_batch(aantal, initiatief=initiatief)
    client = als(coordinator)

    with django_assert_num_queries(6):
        client.get(ROLLEN)


def test_a_request_knows_the_roles_held_now_as_the_table_has_them(begeleider, initiatief):
    RolFactory(gebruiker=begeleider, initiatief=initiatief, soort=Rol.Soort.COORDINATOR)
    RolFactory(gebruiker=begeleider, soort=Rol.Soort.VERBONDGENOOT, initiatief=None).beeindig()

    with transaction.atomic():
        wie = Gebruiker.objects.die_vraagt(begeleider.pk)

    verwacht = [
        (rol.pk, rol.soort, rol.initiatief_id, rol.van, None) for rol in begeleider.rollen.order_by("soort")[:2]
    ]
    assert [(rol.pk, rol.soort, rol.initiatief_id, rol.van, rol.tot) for rol in wie.rollen_nu] == verwacht
    assert (wie, wie.heeft_tweede_factor) == (begeleider, False)


def test_a_session_that_ran_out_is_nobodys(als, begeleider):
    client = als(begeleider)
    eerst = client.get("/trajecten/").status_code
    Session.objects.update(expire_date=timezone.now())

    assert (eerst, client.get("/trajecten/").status_code) == (200, 302)


def test_nobody_is_behind_a_key_that_is_gone(db):
    assert Gebruiker.objects.die_vraagt(0) is None


@pytest.mark.django_db
def test_who_holds_a_role_is_asked_of_open_accounts_and_running_roles():
    rol = RolFactory(soort=Rol.Soort.COORDINATOR)
    RolFactory(soort=Rol.Soort.COORDINATOR, gebruiker__is_active=False, initiatief=rol.initiatief)
    RolFactory(soort=Rol.Soort.COORDINATOR, tot=timezone.now(), initiatief=rol.initiatief)
    RolFactory(soort=Rol.Soort.BEGELEIDER, initiatief=rol.initiatief)
    elders = RolFactory(soort=Rol.Soort.COORDINATOR)

    overal = Gebruiker.objects.met_rol(Rol.Soort.COORDINATOR)
    bij = Gebruiker.objects.met_rol(Rol.Soort.COORDINATOR, bij=[rol.initiatief_id])

    assert set(overal) == {rol.gebruiker, elders.gebruiker}
    assert list(bij) == [rol.gebruiker]
