"""What is worked out beforehand about one's own circle opens nothing more than the tables do, and not for longer."""

import pytest
from django.db import DatabaseError, connection, transaction

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.test_rijbeveiliging import tel
from trajecten.actions import draag_over
from trajecten.models import Jongere, Moment, Traject


def instelling(naam: str, waarde: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [naam, waarde])


@pytest.mark.parametrize("wie", ["begeleider", "coordinator", "buitenstaander", "kernteamlid", "beheerder"])
def test_named_or_just_set_a_user_sees_the_same(volle_zaak, wie, kijkt_als, genoemd_als, request):
    mens = request.getfixturevalue(wie)
    kijkt_als(mens)
    los = tel()

    genoemd_als(mens)

    assert tel() == los
    assert any(los.values()) is (wie in {"begeleider", "coordinator"})


def test_an_ended_role_closes_the_door_on_the_next_query(volle_zaak, begeleider, coordinator, genoemd_als):
    genoemd_als(begeleider)
    begeleider.rollen.get().beeindig()

    assert set(tel().values()) == {0}


def test_a_deactivated_account_sees_nothing(volle_zaak, begeleider, coordinator, genoemd_als):
    genoemd_als(begeleider)
    begeleider.is_active = False
    begeleider.save()

    assert set(tel().values()) == {0}


def test_who_hands_over_is_out_at_once(volle_zaak, begeleider, initiatief, genoemd_als):
    collega = RolFactory(initiatief=initiatief).gebruiker
    genoemd_als(begeleider)

    draag_over(traject=volle_zaak, aan=collega, blijft_waarnemer=False)

    # Her own, empty calendar, and the ladder of the initiative where she still works.
    assert {naam for naam, aantal in tel().items() if aantal} == {"Agendalink", "Ladderinstelling"}


def test_what_one_begins_is_seen_at_once(begeleider, initiatief, genoemd_als):
    genoemd_als(begeleider)
    jongere = Jongere(roepnaam="Noor")
    jongere.save(force_insert=True)

    Traject.begin(jongere=jongere, initiatief=initiatief, door=begeleider)

    assert (Traject.objects.count(), Jongere.objects.count()) == (1, 1)


def test_the_lists_of_one_user_say_nothing_for_another(volle_zaak, begeleider, buitenstaander, genoemd_als, kijkt_als):
    genoemd_als(begeleider)
    kijkt_als(buitenstaander)

    assert set(tel().values()) == {0}


def test_without_a_user_the_lists_say_nothing(volle_zaak, begeleider, genoemd_als, kijkt_als):
    genoemd_als(begeleider)
    kijkt_als(None)

    assert set(tel().values()) == {0}


def test_a_list_that_is_out_of_date_still_writes_nothing(volle_zaak, buitenstaander, genoemd_als):
    """As when a colleague takes a trajectory over while this request waits."""
    genoemd_als(buitenstaander)
    instelling("app.trajecten", f"{{{volle_zaak.pk}}}")

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Moment.objects.create(traject=volle_zaak, tekst="Te laat", door=buitenstaander)


def test_more_trajectories_than_fit_a_list_are_all_seen(begeleider, coordinator, initiatief, genoemd_als):
    with als_gebruiker(begeleider.pk):
        jongeren = [Jongere(roepnaam=f"Jongere {nummer}") for nummer in range(201)]
        Jongere.objects.bulk_create(jongeren)
        Traject.objects.bulk_create(Traject(jongere=jongere, initiatief=initiatief) for jongere in jongeren)

    genoemd_als(coordinator)

    assert (Traject.objects.count(), Jongere.objects.count()) == (201, 201)


@pytest.mark.django_db(transaction=True)
def test_a_request_names_its_user_while_fetching_her(als, begeleider, initiatief):
    maak_traject(door=begeleider, initiatief=initiatief)

    assert "Noor" in als(begeleider).get("/trajecten/lijst/").text


def test_somebody_without_a_role_is_named_too(als, db):
    mens = Gebruiker.objects.create_user("los@voorbeeld.example", naam="Los")

    assert als(mens).get("/gebruikers/wat-mag-ik/").status_code == 200
    assert als(mens).get("/trajecten/").status_code == 404


def test_a_session_that_is_refused_names_nobody(als, begeleider, traject):
    client = als(begeleider)
    begeleider.set_password("een ander wachtwoord dan eerst")
    begeleider.save()

    antwoord = client.get(f"/trajecten/{traject.pk}/")

    assert antwoord.url.startswith("/accounts/login/")
    assert set(tel().values()) == {0}
