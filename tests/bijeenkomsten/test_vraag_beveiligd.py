"""Who reads and changes a confidential question, as the database alone decides; and which meetings a question names."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.models import Bijeenkomst, Vraag, Vraagsteun
from bijeenkomsten.vragen import plaats, schuif_alles_door
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker, als_taak
from initiatieven.models import Initiatief
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory, VraagFactory
from tests.factories import InitiatiefFactory, RolFactory
from tests.proberen import lukt

TABELLEN = ["bijeenkomsten_vraag", "bijeenkomsten_vraagsteun"]
POLICIES = """
SELECT tablename, format('DROP POLICY %I ON %I', policyname, tablename),
       format('CREATE POLICY %I ON %I FOR %s TO %s', policyname, tablename, cmd, array_to_string(roles, ', '))
       || coalesce(' USING (' || qual || ')', '') || coalesce(' WITH CHECK (' || with_check || ')', '')
FROM pg_policies WHERE tablename LIKE 'bijeenkomsten%' AND policyname <> 'opruimen_door_eigenaar'
ORDER BY tablename, policyname
"""


@pytest.fixture
def vraag(bezetting) -> Vraag:
    """Confidential, of De Wilgenhoek, for a meeting to which a member, an ally and an admin are invited."""
    bijeenkomst = BijeenkomstFactory()
    for wie in (bezetting.buitenstaander, bezetting.verbondgenoot, bezetting.beheerder):
        UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=wie)
    gevraagd = VraagFactory(initiatief=bezetting.initiatief, is_vertrouwelijk=True, bijeenkomst=bijeenkomst, minuten=20)
    with als_taak(Vraag.TAAK):
        Vraagsteun.objects.create(vraag=gevraagd, initiatief=InitiatiefFactory())
    return gevraagd


def te_zien() -> tuple[int, int]:
    return Vraag.objects.count(), Vraagsteun.objects.count()


# --- reading ------------------------------------------------------------------------------------------


def test_without_anybody_named_a_confidential_question_is_not_there(vraag):
    open_vraag = VraagFactory()

    assert set(Vraag.objects.all()) == {open_vraag}
    assert te_zien() == (1, 0)


@pytest.mark.parametrize(
    ("wie", "aantal"),
    [
        ("begeleider", 1),
        ("coordinator", 1),
        ("kernteamlid", 1),
        ("buitenstaander", 1),  # a member who is invited
        ("beheerder", 0),  # invited, and works at no member
        ("verbondgenoot", 0),
    ],
)
def test_the_asker_core_team_and_invited_members_see_it_and_nobody_else(vraag, bezetting, wie, aantal):
    with als_gebruiker(getattr(bezetting, wie).pk):
        assert te_zien() == (aantal, aantal)


def test_a_member_who_is_not_invited_does_not_see_it(vraag):
    with als_gebruiker(RolFactory().gebruiker.pk):
        assert te_zien() == (0, 0)


@pytest.mark.parametrize("waarom", ["geen lid", "uit dienst", "concept", "ingetrokken", "andere bijeenkomst"])
def test_an_invitation_opens_it_only_as_long_as_everything_fits(vraag, bezetting, waarom):
    lid = bezetting.buitenstaander
    if waarom == "geen lid":
        Initiatief.objects.filter(pk=lid.rollen.get().initiatief_id).update(lidmaatschap="aangemeld")
    elif waarom == "uit dienst":
        lid.rollen.get().beeindig()
    elif waarom == "concept":
        Bijeenkomst.objects.update(status="concept")
    else:
        los = {"stand": "ingetrokken"} if waarom == "ingetrokken" else {"bijeenkomst": BijeenkomstFactory()}
        with als_taak(Vraag.TAAK):
            Vraag.objects.update(**los)

    with als_gebruiker(lid.pk):
        assert te_zien() == (0, 0)


def test_whose_question_went_into_it_reads_on(vraag, ander_initiatief):
    collega = RolFactory(initiatief=ander_initiatief).gebruiker
    with als_gebruiker(collega.pk):
        assert te_zien() == (0, 0)

    VraagFactory(initiatief=ander_initiatief, is_vertrouwelijk=True, stand="samengevoegd", in_vraag=vraag)

    with als_gebruiker(collega.pk):
        assert te_zien() == (2, 1)


@pytest.mark.parametrize(("taak", "telling"), [("vragen", (1, 1)), ("nazorg", (0, 0)), ("", (0, 0))])
def test_only_its_own_task_sees_it(vraag, taak, telling):
    with als_taak(taak):
        assert te_zien() == telling


# --- writing ------------------------------------------------------------------------------------------

WIJZIG = "UPDATE bijeenkomsten_vraag SET stand = stand"
WEG = "DELETE FROM bijeenkomsten_vraag WHERE in_vraag_id IS NOT NULL"
KOPIE = (
    "INSERT INTO bijeenkomsten_vraag (initiatief_id, door_id, vraag, context, hulp, is_vertrouwelijk, stand, antwoord,"
    " keer_doorgeschoven, stapnummer, aangemaakt_op) SELECT id, app_gebruiker(), 'Hoe?', '', 'meedenken', true,"
    " 'ingebracht', '', 0, 0, now() FROM initiatieven_initiatief WHERE slug = 'de-wilgenhoek'"
)


@pytest.mark.parametrize(
    ("wie", "mag"),
    [("begeleider", True), ("kernteamlid", True), ("buitenstaander", False), ("beheerder", False)],
)
def test_only_the_asker_and_core_team_write(vraag, bezetting, wie, mag):
    mens = getattr(bezetting, wie)
    with als_gebruiker(mens.pk):
        assert lukt(WIJZIG) is mag
        assert lukt("UPDATE bijeenkomsten_vraag SET is_vertrouwelijk = false") is mag
        assert lukt("SELECT FROM bijeenkomsten_vraag FOR UPDATE") is mag
        assert lukt(KOPIE) is mag
    assert not lukt(WIJZIG)


def test_nobody_supports_what_she_cannot_read(vraag, bezetting):
    steun = "INSERT INTO bijeenkomsten_vraagsteun (vraag_id, initiatief_id, op) VALUES (%s, %s, now())"

    with als_gebruiker(bezetting.buitenstaander.pk):
        assert lukt(steun, vraag.pk, bezetting.ander_initiatief.pk)
    with als_gebruiker(RolFactory(initiatief=InitiatiefFactory()).gebruiker.pk):
        assert not lukt(steun, vraag.pk, bezetting.ander_initiatief.pk)


def test_a_confidential_question_that_was_not_reached_moves_on_by_itself(vraag):
    Bijeenkomst.objects.update(status="afgelast")

    assert (schuif_alles_door(), schuif_alles_door()) == (1, 0)


def proeven(wie: list) -> Iterator[object]:
    """Everything that anybody can do to the two tables, and that an initiative goes for good."""
    yield lukt("SELECT FROM initiatieven_initiatief WHERE verwijderd_op IS NOT NULL AND verwijder_initiatief(id)")
    for als in wie:
        with als():
            yield te_zien()
            yield from (lukt(WIJZIG), lukt(WEG), lukt(KOPIE), lukt("DELETE FROM bijeenkomsten_vraagsteun"))
            yield lukt(
                "INSERT INTO bijeenkomsten_vraagsteun (vraag_id, initiatief_id, op)"
                " SELECT v.id, v.initiatief_id, now() FROM bijeenkomsten_vraag v",
            )


@pytest.mark.django_db(transaction=True)
def test_without_any_one_policy_somebody_can_do_less(vraag, bezetting, eigenaar):
    VraagFactory(initiatief=bezetting.ander_initiatief, is_vertrouwelijk=True, stand="samengevoegd", in_vraag=vraag)
    collega = RolFactory(initiatief=bezetting.ander_initiatief).gebruiker  # reads on where their question went
    weg = InitiatiefFactory(lidmaatschap="gestopt", verwijderd_op=timezone.now() - timedelta(days=31))
    VraagFactory(initiatief=weg, is_vertrouwelijk=True)
    mensen = (bezetting.begeleider, bezetting.kernteamlid, bezetting.buitenstaander, collega)
    wie = [*(partial(als_gebruiker, mens.pk) for mens in mensen), partial(als_taak, Vraag.TAAK)]
    policies = eigenaar.execute(POLICIES).fetchall()
    eerst = list(proeven(wie))

    overbodig = []
    for _, weg, terug in policies:
        eigenaar.execute(weg)
        if list(proeven(wie)) == eerst:
            overbodig.append(weg)
        eigenaar.execute(terug)

    assert {tabel for tabel, *_ in policies} == set(TABELLEN)
    assert overbodig == []
    assert list(proeven(wie)) == eerst


def test_the_tables_force_row_security_on_everybody(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity",
            [TABELLEN],
        )
        assert len(cursor.fetchall()) == len(TABELLEN)


# --- which meeting it is for --------------------------------------------------------------------------


@pytest.fixture
def besloten(bezetting) -> Vraag:
    """An open question of De Wilgenhoek, placed on a meeting that only its coördinator is invited to."""
    bijeenkomst = BijeenkomstFactory(titel="Overleg in stilte", is_openbaar=False)
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=bezetting.coordinator)
    return VraagFactory(initiatief=bezetting.initiatief, door=bezetting.begeleider, bijeenkomst=bijeenkomst)


@pytest.mark.parametrize(
    ("wie", "ziet"),
    [("coordinator", True), ("kernteamlid", True), ("begeleider", False), ("buitenstaander", False)],
)
def test_a_meeting_that_is_not_public_is_named_only_to_who_may_see_it(als, besloten, bezetting, wie, ziet):
    client = als(getattr(bezetting, wie))

    for adres in (reverse("bijeenkomsten:vragen"), besloten.get_absolute_url()):
        blad = client.get(adres).text
        assert ("Overleg in stilte" in blad) is ziet
        assert ("een besloten bijeenkomst" in blad) is not ziet


def test_a_colleague_changes_the_question_without_learning_which_meeting_it_is(als, besloten, bezetting):
    blad = als(bezetting.begeleider).get(reverse("bijeenkomsten:vraag_bewerken", args=[besloten.pk])).text

    assert "Overleg in stilte" not in blad
    assert "een besloten bijeenkomst" in blad


def test_the_mail_to_the_asker_names_the_meeting_only_when_she_may_see_it(besloten, bezetting):
    plaats(vraag=besloten, bijeenkomst=besloten.bijeenkomst, minuten=10)
    assert "bijeenkomst" not in Bericht.objects.get(soort="vraag_nieuws").gegevens

    van_haar = VraagFactory(initiatief=bezetting.initiatief, door=bezetting.coordinator)
    plaats(vraag=van_haar, bijeenkomst=besloten.bijeenkomst, minuten=10)

    assert Bericht.objects.get(aan=bezetting.coordinator).gegevens["bijeenkomst"] == "Overleg in stilte"
