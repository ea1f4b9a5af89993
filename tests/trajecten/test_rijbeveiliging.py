"""The database alone keeps a case inside its own circle: no Python filter is used in these tests."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from collectief.rijbeveiliging import als_gebruiker, als_taak
from tests.trajecten.zaak import vul_zaak
from trajecten import models

TABELLEN = [
    models.Agendalink,
    models.Seintje,
    models.Aanvulling,
    models.Momentfoto,
    models.Momentversie,
    models.Beleving,
    models.Betrokkene,
    models.Bewaartermijn,
    models.Contactmoment,
    models.EerdereWens,
    models.KleineStap,
    models.MogelijkePlek,
    models.FaseVerblijf,
    models.Herinnering,
    models.Inzagelog,
    models.Jongere,
    models.JongereIdentiteit,
    models.Ladderinstelling,
    models.Leeftijdsgrenzen,
    models.Moment,
    models.Momentconcept,
    models.NazorgAfspraak,
    models.Overdracht,
    models.Overdrachtafspraak,
    models.Overdrachtstap,
    models.Overdrachtstuk,
    models.Nazorgpauze,
    models.Toestemming,
    models.PlanAkkoord,
    models.Preventieplan,
    models.Rustperiode,
    models.Terugvalsignaal,
    models.Reisblad,
    models.Reisboekje,
    models.Terugblik,
    models.Traject,
    models.Vertrek,
    models.Verwijderbewijs,
    models.Verhaal,
]


pytestmark = pytest.mark.usefixtures("zaak_van_bestand")


@pytest.fixture(scope="module")
def zaak_van_bestand(een_keer) -> models.Traject:
    wie = een_keer.bezetting
    with een_keer.schrijf():
        return vul_zaak(wie.traject, wie.begeleider, wie.coordinator)


@pytest.fixture
def volle_zaak(zaak_van_bestand, traject) -> models.Traject:
    return traject


def tel() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in TABELLEN}


def test_every_table_of_trajecten_is_named_in_this_test():
    assert set(TABELLEN) == set(apps.get_app_config("trajecten").get_models())


def test_every_table_of_trajecten_has_forced_row_security(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'trajecten%%' AND relkind IN ('r', 'p')"
            " AND NOT (relrowsecurity AND relforcerowsecurity)"
        )
        onbeschermd = cursor.fetchall()

    assert onbeschermd == []


def test_ones_own_circle_is_tried_before_any_other_way_in(db):
    """PostgreSQL tries permissive policies from the last name to the first, and the others cost more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, array_agg(policyname::text ORDER BY policyname DESC) FROM pg_policies "
            "WHERE tablename LIKE 'trajecten%%' AND cmd = 'SELECT' GROUP BY tablename"
        )
        te_laat = {tabel: namen for tabel, namen in cursor.fetchall() if "zien" in namen and namen[0] != "zien"}

    assert te_laat == {}


def test_without_a_user_there_is_no_row(volle_zaak):
    assert set(tel().values()) == {0}


def test_the_counsellor_finds_a_row_in_every_table(volle_zaak, begeleider, kijkt_als):
    kijkt_als(begeleider)
    aantallen = tel()

    assert aantallen.pop("Verwijderbewijs") == 0  # of nobody, and written only when everything of somebody is gone
    assert all(aantal > 0 for aantal in aantallen.values()), aantallen


def test_the_coordinator_sees_all_but_a_colleagues_draft_and_calendar(volle_zaak, coordinator, kijkt_als):
    kijkt_als(coordinator)
    aantallen = tel()

    assert aantallen.pop("Momentconcept") == aantallen.pop("Agendalink") == aantallen.pop("Verwijderbewijs") == 0
    assert all(aantal > 0 for aantal in aantallen.values()), aantallen


@pytest.mark.parametrize("wie", ["buitenstaander", "kernteamlid", "beheerder", "verbondgenoot"])
def test_nobody_else_sees_any_row(volle_zaak, wie, kijkt_als, request):
    kijkt_als(request.getfixturevalue(wie))

    assert set(tel().values()) == {0}


def test_a_colleague_of_the_same_initiative_who_is_not_involved_sees_nothing(volle_zaak, initiatief, kijkt_als):
    from tests.factories import RolFactory

    kijkt_als(RolFactory(initiatief=initiatief).gebruiker)
    aantallen = tel()

    assert aantallen.pop("Ladderinstelling") == 1  # of her own initiative, and no case data
    assert set(aantallen.values()) == {0}


def test_an_ended_role_closes_the_door_on_the_next_query(volle_zaak, begeleider, coordinator, kijkt_als):
    kijkt_als(begeleider)
    begeleider.rollen.get().beeindig()

    assert set(tel().values()) == {0}


def test_a_deactivated_account_sees_nothing(volle_zaak, begeleider, coordinator, kijkt_als):
    kijkt_als(begeleider)
    begeleider.is_active = False
    begeleider.save()

    assert set(tel().values()) == {0}


def test_the_reminder_task_sees_planning_but_no_moment_and_no_person(volle_zaak):
    with als_taak("nazorg"):
        zichtbaar = {naam for naam, aantal in tel().items() if aantal}

    assert zichtbaar == {
        "Traject",
        "Betrokkene",
        "Contactmoment",
        "Herinnering",
        "Ladderinstelling",
        "Nazorgpauze",
    }


def test_an_outsider_cannot_write_into_a_case(volle_zaak, buitenstaander, kijkt_als):
    kijkt_als(buitenstaander)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        models.Moment.objects.create(traject=volle_zaak, tekst="Van buiten", door=buitenstaander)


def test_an_outsider_cannot_make_herself_involved(volle_zaak, buitenstaander, kijkt_als):
    kijkt_als(buitenstaander)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        models.Betrokkene(traject=volle_zaak, gebruiker=buitenstaander, rol="waarnemer").save(force_insert=True)


def test_a_colleague_cannot_make_herself_involved(volle_zaak, initiatief, kijkt_als):
    from tests.factories import RolFactory

    collega = RolFactory(initiatief=initiatief).gebruiker
    kijkt_als(collega)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        models.Betrokkene(traject=volle_zaak, gebruiker=collega, rol="waarnemer").save(force_insert=True)


def test_an_update_by_an_outsider_touches_no_row(volle_zaak, buitenstaander, kijkt_als):
    kijkt_als(buitenstaander)

    assert models.Traject.objects.update(wensdroom="x") == 0


# What somebody is still typing, and what is still being chosen and agreed before a handover is finished.
TERUG_TE_NEMEN = {models.Momentconcept, models.Overdrachtafspraak, models.Overdrachtstuk}


@pytest.mark.parametrize("model", [model for model in TABELLEN if model not in TERUG_TE_NEMEN])
def test_the_application_cannot_delete_case_rows(volle_zaak, begeleider, kijkt_als, model):
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608


@pytest.mark.parametrize(
    ("tabel", "kolom"),
    [
        ("trajecten_inzagelog", "wat"),
        ("trajecten_faseverblijf", "fase"),
        ("trajecten_faseverblijf", "van"),
        ("trajecten_momentversie", "inhoud"),
        ("trajecten_aanvulling", "tekst"),
        ("trajecten_moment", "door_id"),
        ("trajecten_moment", "traject_id"),
        ("trajecten_momentfoto", "moment_id"),
    ],
)
def test_read_log_and_history_cannot_be_changed(volle_zaak, begeleider, kijkt_als, tabel, kolom):
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {tabel} SET {kolom} = {kolom}")  # noqa: S608


@pytest.mark.parametrize("tabel", ["inzagelog", "faseverblijf", "momentversie", "aanvulling"])
@pytest.mark.parametrize("weg", ["DELETE FROM", "TRUNCATE"])
def test_read_log_and_history_cannot_be_taken_away(volle_zaak, begeleider, kijkt_als, tabel, weg):
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{weg} trajecten_{tabel}")


def test_the_user_of_one_transaction_does_not_leak_into_the_next(volle_zaak, begeleider):
    with als_gebruiker(begeleider.pk):
        binnen = models.Traject.objects.count()

    assert (binnen, models.Traject.objects.count()) == (1, 0)


def test_identity_stands_encrypted_in_the_table(volle_zaak, begeleider, kijkt_als):
    kijkt_als(begeleider)
    with connection.cursor() as cursor:
        cursor.execute("SELECT officiele_naam FROM trajecten_jongereidentiteit")
        (ruw,) = cursor.fetchone()

    assert "Noor" not in ruw
    assert models.JongereIdentiteit.objects.get().officiele_naam == "Noor Voorbeeld"


def test_knowing_the_number_of_a_young_person_opens_nothing(volle_zaak, buitenstaander, ander_initiatief, kijkt_als):
    """Foreign keys look past row security, so the policy has to look at the young person too."""
    kijkt_als(buitenstaander)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        models.Traject(jongere_id=volle_zaak.jongere_id, initiatief=ander_initiatief).save(force_insert=True)


@pytest.mark.parametrize("kolom", ["jongere_id", "initiatief_id"])
def test_a_trajectory_keeps_its_young_person_and_its_initiative(volle_zaak, begeleider, kijkt_als, kolom):
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        models.Traject.objects.update(**{kolom: getattr(volle_zaak, kolom)})


@pytest.mark.parametrize("kolom", ["traject_id", "gebruiker_id"])
def test_an_involvement_stays_with_its_trajectory_and_its_person(volle_zaak, begeleider, kijkt_als, kolom):
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        models.Betrokkene.objects.update(**{kolom: models.Betrokkene.objects.values(kolom)[:1]})


def test_a_counsellor_begins_another_trajectory_of_her_own_young_person(volle_zaak, begeleider, initiatief, kijkt_als):
    kijkt_als(begeleider)

    models.Traject.begin(jongere=volle_zaak.jongere, initiatief=initiatief, door=begeleider)

    assert models.Traject.objects.filter(jongere=volle_zaak.jongere).count() == 2


@pytest.mark.parametrize("model", [models.Jongere, models.Traject])
def test_a_row_that_is_not_visible_yet_is_not_read_back_when_it_is_made(model):
    assert model._meta.db_returning_fields == []
