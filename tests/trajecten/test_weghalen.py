"""Removing a trajectory: whom the database refuses, and that nothing of it is left anywhere."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from collectief import bestanden
from collectief.post.actions import leg_klaar
from collectief.post.models import Bericht, Berichtdeel
from collectief.rijbeveiliging import als_gebruiker, als_taak
from initiatieven.models import Initiatief
from initiatieven.prullenbak import verwijder_voorgoed
from tests.samen import tegelijk
from tests.trajecten import test_rijbeveiliging
from tests.trajecten.bezetting import LANG_GELEDEN, maak_traject
from tests.trajecten.vertrekken import besluit, kies, vandaag, verzoek
from trajecten.models import Herinnering, Jongere, Moment, Traject, Verwijderbewijs
from trajecten.models.vertrek import herreken
from trajecten.opruimen import haal_weg, ruim_op, verwijder_bestanden
from trajecten.tasks import ruim_trajecten_op
from trajecten.uittreksel import wat_weggaat

ZONDER_SPOOR = {
    *("trajecten_ladderinstelling", "trajecten_agendalink", "trajecten_verwijderbewijs"),  # of nobody in particular
    *("trajecten_overdrachtstap", "trajecten_overdrachtafspraak"),  # hang on a handover, and cannot stay without it
    "trajecten_inzagelog",  # its rows are found in the part of a month
}


def laat_bedenktijd_verlopen(eigenaar, dagen=15) -> None:
    """Only the owner can turn back the clock of a decision."""
    eigenaar.execute("SELECT set_config('app.opruimen', 'ja', false)")
    eigenaar.execute("UPDATE trajecten_vertrek SET besloten_op = besloten_op - make_interval(days => %s)", [dagen])


def weiger(traject, wie) -> str:
    """Ask the database to remove the trajectory, as this user; return why it does not."""
    with pytest.raises(DatabaseError) as fout, als_gebruiker(wie.pk), connection.cursor() as cursor:
        cursor.execute("SELECT verwijder_traject(%s)", [traject.pk])
    return fout.value.__cause__.diag.message_primary


# --- What the database refuses --------------------------------------------------------------------------------------


@pytest.mark.parametrize("wie", ["begeleider", "buitenstaander", "kernteamlid", "beheerder", "verbondgenoot"])
def test_nobody_but_the_coordinator_removes_or_counts(oud_traject, coordinator, wie, request):
    kies(oud_traject, coordinator)
    besluit(oud_traject, coordinator)
    gebruiker = request.getfixturevalue(wie)

    assert weiger(oud_traject, gebruiker) == "niet van jou"
    with pytest.raises(DatabaseError, match="niet van jou"), als_gebruiker(gebruiker.pk):
        wat_weggaat(oud_traject)


def test_without_a_user_or_as_a_task_nothing_is_removed(oud_traject, coordinator):
    kies(oud_traject, coordinator)
    besluit(oud_traject, coordinator)

    for kader in (transaction.atomic(), als_taak("opruimen"), als_taak("nazorg")):
        with pytest.raises(DatabaseError, match="niet van jou"), kader, connection.cursor() as cursor:
            cursor.execute("SELECT verwijder_traject(%s)", [oud_traject.pk])


def test_what_was_not_decided_stays(oud_traject, coordinator, begeleider):
    kies(oud_traject, coordinator)
    zonder = weiger(oud_traject, coordinator)
    verzoek(oud_traject, begeleider)

    assert (zonder, weiger(oud_traject, coordinator)) == ("niet besloten", "niet besloten")


def test_within_the_fortnight_it_stays(oud_traject, coordinator):
    kies(oud_traject, coordinator)
    besluit(oud_traject, coordinator)

    assert weiger(oud_traject, coordinator) == "bedenktijd"


@pytest.mark.django_db(transaction=True)
def test_a_term_that_runs_again_stops_the_removal_and_the_page_says_so(
    oud_traject, begeleider, coordinator, eigenaar, als
):
    kies(oud_traject, coordinator)
    besluit(oud_traject, coordinator)
    with als_gebruiker(begeleider.pk):
        Moment.objects.create(traject=oud_traject, tekst="Toch weer gebeld.", door=begeleider)
    laat_bedenktijd_verlopen(eigenaar)

    assert weiger(oud_traject, coordinator) == "niet voorbij"
    assert ruim_op().bleven == 1
    with als_gebruiker(coordinator.pk):
        assert Traject.objects.count() == 1
    assert (
        "Draai het terug en besluit opnieuw."
        in als(coordinator).get(reverse("trajecten:weggaan", args=[oud_traject.pk])).text
    )


@pytest.mark.parametrize(
    "opdracht",
    [
        "SELECT * FROM alles_van(gen_random_uuid(), gen_random_uuid())",
        "SELECT * FROM wegen_naar('trajecten_traject', '$1')",
        "SELECT * FROM uit_te_voeren_vertrekken()",
        "SELECT * FROM initiatieven_met_opruimvoorstel()",
        "INSERT INTO trajecten_verwijderbewijs DEFAULT VALUES",
    ],
)
def test_the_tools_of_the_owner_are_not_for_a_visitor(coordinator, kijkt_als, opdracht):
    kijkt_als(coordinator)

    with (
        pytest.raises(DatabaseError, match=r"permission denied|niet van jou"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(opdracht)


def test_the_setting_of_the_owner_opens_nothing_for_the_application(volle_zaak, buitenstaander, kijkt_als):
    kijkt_als(buitenstaander)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.opruimen', 'ja', true)")

    assert set(test_rijbeveiliging.tel().values()) == {0}


def test_every_protected_table_lets_the_owner_clear_away_and_in_no_other_moment(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, pg_get_expr(p.polqual, p.polrelid) FROM pg_class c LEFT JOIN pg_policy p "
            "ON p.polrelid = c.oid AND p.polname = 'opruimen_door_eigenaar' "
            "WHERE c.relforcerowsecurity AND NOT (c.relispartition AND c.relname <> 'trajecten_inzagelog_rest')"
        )
        regels = dict(cursor.fetchall())

    assert len(regels) > 14
    assert {naam for naam, regel in regels.items() if "app.opruimen" not in (regel or "")} == set()


# --- Gone -----------------------------------------------------------------------------------------------------------


def rijen_met(eigenaar, *tekens: str) -> dict[str, int]:
    """Walk every table of the database for rows that hold one of these texts anywhere."""
    eigenaar.execute("SELECT set_config('app.opruimen', 'ja', false)")
    tabellen = eigenaar.execute(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        " AND relname NOT IN ('geo_postcode', 'geo_plaats')"
    ).fetchall()
    patronen = [f"%{teken}%" for teken in tekens]
    aantallen = {}
    for (tabel,) in tabellen:
        if tabel.startswith("trajecten_inzagelog_"):
            continue
        vraag = f"SELECT count(*) FROM {tabel} r WHERE r::text LIKE ANY(%s)"  # noqa: S608
        aantallen[tabel] = eigenaar.execute(vraag, [patronen]).fetchone()[0]
    return {tabel: aantal for tabel, aantal in aantallen.items() if aantal}


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_anywhere_and_the_proof_names_nobody(
    volle_zaak, begeleider, coordinator, ander_traject, eigenaar, settings, tmp_path
):
    vertrek = volle_zaak.vertrekken.model.objects
    besluit(volle_zaak, coordinator)
    leg_klaar(sleutel="x", soort="herinnering", aan=begeleider, pad=f"/trajecten/{volle_zaak.pk}/contact/1/")
    leg_klaar(sleutel="y", soort="herinnering", aan=begeleider, pad=f"/trajecten/{ander_traject.pk}/contact/1/")
    deel_van_veel, alleen_hiervan = (Bericht.objects.create(sleutel=naam, soort="x", aan=begeleider) for naam in "ab")
    with als_gebruiker(begeleider.pk):
        stappen = [f"herinnering:{pk}" for pk in Herinnering.objects.values_list("pk", flat=True)]
    for bericht, groepen in ((deel_van_veel, [stappen[0], "herinnering:0"]), (alleen_hiervan, stappen[1:3])):
        Berichtdeel.objects.bulk_create(Berichtdeel(bericht=bericht, groep=groep) for groep in groepen)
    with als_gebruiker(coordinator.pk):
        verteld = wat_weggaat(volle_zaak)
    laat_bedenktijd_verlopen(eigenaar)
    herreken()
    sporen = (str(volle_zaak.pk), str(volle_zaak.jongere_id), ",Noor,", "Samen gekookt", "Nog bezig")
    ervoor = rijen_met(eigenaar, *sporen)
    ander_ervoor = rijen_met(eigenaar, str(ander_traject.pk), "Sem")

    ruim_trajecten_op()

    assert {model._meta.db_table for model in test_rijbeveiliging.TABELLEN} - set(ervoor) == ZONDER_SPOOR
    assert rijen_met(eigenaar, *sporen) == {}
    assert rijen_met(eigenaar, str(ander_traject.pk), "Sem") == ander_ervoor
    with als_gebruiker(coordinator.pk):
        assert vertrek.count() == 0
        bewijs = Verwijderbewijs.objects.get()
    assert (bewijs.op, bewijs.aanleiding, bewijs.door) == (vandaag(), "verzoek", coordinator)
    assert list(Bericht.objects.filter(sleutel__in="ab")) == [deel_van_veel]
    assert [deel.groep for deel in Berichtdeel.objects.all()] == ["herinnering:0"]
    assert bewijs.initiatief_id == volle_zaak.initiatief_id
    assert sum(bewijs.aantallen.values()) == sum(aantal for _, aantal in verteld)


@pytest.mark.django_db(transaction=True)
def test_a_young_person_with_another_trajectory_stays(begeleider, coordinator, initiatief, eigenaar):
    oud = maak_traject(door=begeleider, initiatief=initiatief, op=vandaag() - LANG_GELEDEN)
    with als_gebruiker(begeleider.pk):
        nieuw = Traject.begin(jongere=oud.jongere, initiatief=initiatief, door=begeleider)
    kies(oud, coordinator)
    besluit(oud, coordinator)
    laat_bedenktijd_verlopen(eigenaar)

    call_command("opruimen")

    with als_gebruiker(begeleider.pk):
        assert list(Traject.objects.all()) == [nieuw]
        assert Jongere.objects.get() == oud.jongere


@pytest.mark.django_db(transaction=True)
def test_of_two_rounds_at_once_one_removes_and_neither_fails(oud_traject, coordinator, eigenaar):
    kies(oud_traject, coordinator)
    besluit(oud_traject, coordinator)
    laat_bedenktijd_verlopen(eigenaar)

    uitkomsten = tegelijk(*[lambda: haal_weg(oud_traject.pk, coordinator.pk)] * 2)

    assert sorted(uitkomsten) == [False, True]
    with als_gebruiker(coordinator.pk):
        assert Verwijderbewijs.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_coordinator_who_left_removes_nothing_any_more(oud_traject, begeleider, coordinator, eigenaar):
    kies(oud_traject, coordinator)
    besluit(oud_traject, coordinator)
    laat_bedenktijd_verlopen(eigenaar)
    coordinator.rollen.get().beeindig()

    assert ruim_op().bleven == 1
    with als_gebruiker(begeleider.pk):
        assert Traject.objects.count() == 1


def test_removing_a_file_that_is_gone_already_is_no_trouble(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pad = bestanden.opslag().save("momenten/aa/proef.webp", ContentFile(b"x"))

    verwijder_bestanden([pad, pad])

    assert not bestanden.opslag().exists(pad)


@pytest.mark.django_db(transaction=True)
def test_proofs_of_removal_go_with_an_initiative_that_leaves_the_bin(oud_traject, coordinator, eigenaar):
    kies(oud_traject, coordinator)
    besluit(oud_traject, coordinator)
    laat_bedenktijd_verlopen(eigenaar)
    assert haal_weg(oud_traject.pk, coordinator.pk)
    weg = Initiatief.objects.filter(pk=oud_traject.initiatief_id)
    weg.update(lidmaatschap="gestopt", verwijderd_op=timezone.now() - timedelta(days=31))

    assert verwijder_voorgoed() == 1
    assert not weg.exists()
