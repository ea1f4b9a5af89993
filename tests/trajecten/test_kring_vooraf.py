"""What is worked out beforehand about one's own circle opens nothing more than the tables do, and not for longer."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker, als_taak
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.test_rijbeveiliging import TABELLEN, tel, volle_zaak
from trajecten.actions import begin_traject, draag_over
from trajecten.models import Betrokkene, Contactmoment, Jongere, Moment, Toestemming, Traject

__all__ = ["volle_zaak"]


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


# --- Every policy earns its place: without it, somebody can do less than she should -----------------------------------


def kan(vraag) -> object:
    """What comes of it, or with which code it is refused; nothing of it stays."""
    try:
        with transaction.atomic():
            uitkomst = vraag()
            transaction.set_rollback(True)
    except DatabaseError as fout:
        return getattr(fout.__cause__, "sqlstate", "geweigerd")
    return uitkomst


def sql(vraag: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(vraag)
        return cursor.rowcount


def wijzigingen() -> list[str]:
    """For every table that may change, a statement that changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (c.oid) format('UPDATE %I SET %I = %I', c.relname, a.attname, a.attname)"
            " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attgenerated = ''"
            " WHERE c.relname LIKE 'trajecten%%' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
            " AND has_column_privilege(c.oid, a.attnum, 'UPDATE') ORDER BY c.oid, a.attnum DESC"
        )
        return [vraag for (vraag,) in cursor.fetchall()]


def toevoegingen() -> list[str]:
    """For every table, a statement that adds one of its own rows once more."""
    vragen = []
    for model in TABELLEN:
        velden = [veld for veld in model._meta.concrete_fields if not veld.generated]
        nieuw = {veld.column: veld.column for veld in velden if not isinstance(veld, models.AutoField)}
        if isinstance(model._meta.pk, models.UUIDField):
            nieuw[model._meta.pk.column] = "gen_random_uuid()"
        tabel = model._meta.db_table
        rij = f"SELECT {', '.join(nieuw.values())} FROM {tabel} LIMIT 1"  # noqa: S608
        vragen.append(f"INSERT INTO {tabel} ({', '.join(nieuw)}) {rij}")
    return vragen


def vertrek(begeleider) -> list:
    """A counsellor leaves: who owns what waits?"""
    begeleider.rollen.get().beeindig()
    eigenaren = Contactmoment.objects.order_by("pk").values_list("eigenaar", flat=True)
    return [*eigenaren, *Betrokkene.objects.order_by("pk").values_list("tot", flat=True)]


def trek_in(door) -> list:
    for toestemming in Toestemming.objects.all():
        toestemming.trek_in(door)
    return list(Toestemming.objects.order_by("pk").values_list("ingetrokken_door", flat=True))


def antwoord(vraag: str, *waarden) -> object:
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden)
        return cursor.fetchone()


def wat_kan(traject, door, initiatief, begeleider) -> Iterator[str]:
    """Everything that the user or task of this transaction can read, change and begin, one thing at a time."""
    begin = {"initiatief": initiatief, "door": door, "op": timezone.localdate()}
    proeven = [
        tel,
        *(partial(sql, vraag) for vraag in [*wijzigingen(), *toevoegingen()]),
        lambda: begin_traject(jongere=Jongere(roepnaam="Sem"), **begin).toestand,
        lambda: traject.noteer_inzage(door, "traject"),
        lambda: Traject.objects.zelfde_roepnaam(initiatief, "Noor"),
        lambda: vertrek(begeleider),
        lambda: trek_in(door),
        lambda: antwoord("SELECT wie_beslist(%s, '2020-06-01')", traject.jongere_id),
        lambda: antwoord("SELECT toestemming_geldt(%s, %s, %s, %s, %s)", *traject.toegestaan),
    ]
    for proef in proeven:
        yield f"{door}: {kan(proef)}"


def toegestaan(traject) -> tuple:
    """A question about consent whose answer is yes: on that day the young person decides alone."""
    ja = traject.toestemmingen.order_by("pk").first()
    return (traject.pk, ja.doel, ja.betrokkene_id, ja.initiatief_id, date(2031, 1, 1))


def vingerafdruk(traject, mensen, initiatief) -> Iterator[str]:
    for mens in mensen:
        with als_gebruiker(mens.pk):
            yield from wat_kan(traject, mens, initiatief, mensen[0])
    for taak in ("nazorg", "vertrek", "agenda", "seintje"):
        with als_taak(taak):
            yield from wat_kan(traject, mensen[0], initiatief, mensen[0])


# Proof that a story was deleted: only the owner writes it.
BEWIJS = """
INSERT INTO trajecten_verwijderbewijs (initiatief_id, op, aanleiding, grond, aantallen, door_id)
VALUES (%s, '2026-01-01', 'verzoek', 'overig', '{}', %s)
"""
POLICIES = """
SELECT format('DROP POLICY %I ON %I', policyname, tablename),
       format('CREATE POLICY %I ON %I FOR %s TO %s', policyname, tablename, cmd, array_to_string(roles, ', '))
       || coalesce(' USING (' || qual || ')', '') || coalesce(' WITH CHECK (' || with_check || ')', '')
FROM pg_policies WHERE tablename LIKE 'trajecten%' AND policyname <> 'opruimen_door_eigenaar'
ORDER BY tablename, policyname
"""


@pytest.mark.django_db(transaction=True)
def test_without_any_one_policy_somebody_can_do_less(volle_zaak, begeleider, coordinator, initiatief, eigenaar):
    with als_gebruiker(begeleider.pk):
        volle_zaak.initiatief, volle_zaak.jongere  # noqa: B018 - fetched while she may
        volle_zaak.toegestaan = toegestaan(volle_zaak)
    collega = RolFactory(initiatief=initiatief).gebruiker  # not involved
    vraag = (volle_zaak, [begeleider, coordinator, collega], initiatief)
    with eigenaar.transaction():
        eigenaar.execute("SELECT set_config('app.opruimen', 'ja', true)")
        eigenaar.execute(BEWIJS, [initiatief.pk, coordinator.pk])
    heel = list(vingerafdruk(*vraag))
    policies = eigenaar.execute(POLICIES).fetchall()

    overbodig = []
    for weg, terug in policies:
        eigenaar.execute(weg)
        if all(nu == eerst for nu, eerst in zip(vingerafdruk(*vraag), heel, strict=True)):
            overbodig.append(weg)
        eigenaar.execute(terug)

    assert overbodig == []  # or no test notices: add to volle_zaak or wat_kan what the policy is for
    assert len(policies) > 20
    assert list(vingerafdruk(*vraag)) == heel
