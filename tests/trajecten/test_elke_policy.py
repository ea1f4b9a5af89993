"""Every policy earns its place: without any one of them, somebody can do less than she should.

What everybody can do is tried table by table, and in a few stories that cross tables. A policy that is dropped has to
change the outcome of one of them; a new policy for which nothing changes needs a story here, or a row in `volle_zaak`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from functools import cache, partial

import pytest
from django.db import connection, models, transaction
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker, als_taak
from initiatieven.models import Initiatief
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.kring import kies_foto, overdracht_tot, zet
from tests.trajecten.test_rijbeveiliging import TABELLEN
from trajecten.actions import begin_traject, spreek_nazorg_af
from trajecten.herinneringen import zet_klaar
from trajecten.models import (
    Aanvulling,
    Betrokkene,
    Contactmoment,
    Herinnering,
    Inzagelog,
    Jongere,
    Momentfoto,
    Overdracht,
    Overdrachtafspraak,
    Overdrachtstap,
    Overdrachtstuk,
    Toestemming,
    Traject,
)

Wie = Callable[[], AbstractContextManager]
STANDEN = ("overgedragen", "voorbereid", "ingetrokken")
MODELLEN = {model._meta.db_table: model for model in TABELLEN}


def kan(vraag: Callable[[], object]) -> object:
    """What comes of it, or how it is refused; nothing of it stays."""
    try:
        with transaction.atomic():
            uitkomst = vraag()
            transaction.set_rollback(True)
    except Exception as fout:  # noqa: BLE001 - whatever stands in the way is an outcome to compare
        return f"{type(fout).__name__} {getattr(fout.__cause__, 'sqlstate', '')}"
    return uitkomst


def sql(vraag: str, *waarden: object) -> object:
    """The first row of the answer, or how many rows were touched."""
    with connection.cursor() as cursor:
        cursor.execute(vraag, waarden)
        return cursor.fetchone() if cursor.description else cursor.rowcount


# --- Table by table -------------------------------------------------------------------------------------------------


@cache
def proeven_op(tabel: str) -> list[str]:
    """Statements that read, add one of its own rows once more, delete, and change nothing in whatever may change."""
    vragen = [f"SELECT count(*) FROM {tabel}", f"DELETE FROM {tabel}"]  # noqa: S608
    velden = [veld for veld in MODELLEN[tabel]._meta.concrete_fields if not veld.generated]
    nieuw = {veld.column: veld.column for veld in velden if not isinstance(veld, models.AutoField)}
    if isinstance(MODELLEN[tabel]._meta.pk, models.UUIDField):
        nieuw[MODELLEN[tabel]._meta.pk.column] = "gen_random_uuid()"
    rij = f"SELECT {', '.join(nieuw.values())} FROM {tabel} LIMIT 1"  # noqa: S608
    vragen.append(f"INSERT INTO {tabel} ({', '.join(nieuw)}) {rij}")
    wijzigbaar = sql(
        "SELECT max(attname::text) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND attgenerated = '' AND has_column_privilege(attrelid, attnum, 'UPDATE')",
        tabel,
    )
    if wijzigbaar[0]:
        vragen.append(f"UPDATE {tabel} SET {wijzigbaar[0]} = {wijzigbaar[0]}")  # noqa: S608
    return vragen


def tabel_door(tabel: str, wie: Iterable[Wie]) -> Iterator[object]:
    for als in wie:
        with als():
            for vraag in proeven_op(tabel):
                yield kan(partial(sql, vraag))


# --- Stories that cross tables --------------------------------------------------------------------------------------


class Verhalen:
    """What people do that asks for rows of several tables, or for a function that reads beyond what they may see."""

    def __init__(self, traject: Traject, begeleider: Gebruiker, coordinator: Gebruiker, daar: Initiatief):
        self.traject, self.initiatief, self.ander_initiatief = traject, traject.initiatief, daar
        self.begeleider, self.coordinator = begeleider, coordinator
        self.collega = RolFactory(initiatief=self.initiatief).gebruiker  # works here, and is not involved
        self.daar = RolFactory(initiatief=daar, soort=Rol.Soort.COORDINATOR).gebruiker
        self.nieuw = RolFactory(initiatief=daar).gebruiker

    def alle(self) -> Iterator[object]:
        for wie, verhaal in [
            (self.begeleider, self.begint),
            (self.begeleider, self.opent),
            (self.collega, self.begint_met_zelfde_naam),
            (self.collega, self.vraagt_wie_beslist),
            (self.collega, self.vraagt_of_het_mag),
            (self.begeleider, self.zoekt),
            (self.coordinator, self.vraagt_wie_nog_schrijft),
            (self.collega, self.laat_gaan),
            (self.begeleider, self.neemt_terug),
            *(
                (self.coordinator, partial(self.draagt_over, stand))
                for stand in ("overgedragen", "voorbereid", "ingetrokken")
            ),
        ]:
            with als_gebruiker(wie.pk):
                yield kan(verhaal)

    def begint(self) -> str:
        nu = timezone.localdate()
        jongere = Jongere(roepnaam="Sem")
        return begin_traject(jongere=jongere, initiatief=self.initiatief, door=self.begeleider, op=nu).toestand

    def opent(self) -> None:
        self.traject.noteer_inzage(self.begeleider, "traject")

    def begint_met_zelfde_naam(self) -> list[str]:
        return Traject.objects.zelfde_roepnaam(self.initiatief, "Noor")

    def vraagt_wie_beslist(self) -> object:
        return sql("SELECT wie_beslist(%s, '2020-06-01')", self.traject.jongere_id)

    def vraagt_of_het_mag(self) -> object:
        """Yes: on that day the young person decides alone."""
        vraag = "SELECT toestemming_geldt(%s, 'foto', NULL, %s, %s)"
        return sql(vraag, self.traject.pk, self.initiatief.pk, date(2031, 1, 1))

    def zoekt(self) -> object:
        """In a moment, and in what was added to it."""
        tekst = "Ze vertelde van de paarden."
        moment = self.traject.momenten.get()
        Aanvulling.objects.create(moment=moment, traject=self.traject, tekst=tekst, door=self.begeleider)
        return [sql("SELECT count(*) FROM zoek_momenten(%s, NULL, NULL, 9)", w) for w in ("gekookt", "paarden")]

    def laat_gaan(self) -> list:
        """A counsellor leaves: who owns what waits, who still counsels, and how many of her drafts go?"""
        self.begeleider.rollen.get().beeindig()
        with als_taak("concepten"):
            weg = sql("SELECT ruim_concepten_op(-1)")
        with als_gebruiker(self.coordinator.pk):
            return [weg, *self._van_wie()]

    def vraagt_wie_nog_schrijft(self) -> object:
        return sql("SELECT naam FROM wie_schrijft_nog(ARRAY[%s]::uuid[])", self.traject.pk)

    def _van_wie(self) -> list:
        eigenaren = Contactmoment.objects.order_by("pk").values_list("eigenaar", flat=True)
        mensen = Betrokkene.objects.order_by("gebruiker", "rol", "tot").values_list("gebruiker", "tot")
        return [*eigenaren, *mensen, *Traject.objects.order_by("pk").values_list("initiatief", flat=True)]

    def neemt_terug(self) -> list:
        for toestemming in Toestemming.objects.all():
            toestemming.trek_in(self.begeleider)
        return list(Toestemming.objects.order_by("pk").values_list("ingetrokken_door", flat=True))

    def draagt_over(self, stand: str) -> list:
        """Hand a trajectory over to another initiative, until this: what each side sees and may do then."""
        traject = maak_traject(door=self.begeleider, initiatief=self.initiatief)
        with als_gebruiker(self.begeleider.pk):
            spreek_nazorg_af(traject=traject, vormen=["gezin"], door=self.begeleider, ritme=["week_1"])
            Herinnering.objects.filter(traject=traject).update(op=timezone.now())
        zet_klaar()
        overdracht = overdracht_tot(
            "samen_op_weg" if stand == "overgedragen" else "voorbereid",
            traject=traject,
            van=self.coordinator,
            naar=self.ander_initiatief,
            daar=self.daar,
            begeleider=self.nieuw,
            stukken=frozenset({"roepnaam"}),
        )
        kies_foto(overdracht)
        if stand != "voorbereid":
            zet(overdracht, stand, door=self.coordinator)
        wachtend = Bericht.objects.filter(toestand=Bericht.Toestand.WACHT)
        uitkomsten = [*wachtend.order_by("pk").values_list("aan", flat=True)]
        for wie in (self.coordinator, self.daar, self.nieuw):
            with als_gebruiker(wie.pk):
                uitkomsten += [self._van_wie(), kan(partial(self._leest, overdracht, wie)), *self._wijzigt()]
        return uitkomsten

    def _leest(self, overdracht: Overdracht, wie: Gebruiker) -> list[int]:
        Inzagelog.objects.create(traject_id=overdracht.traject_id, gebruiker=wie, wat="overdracht", grond="overdracht")
        Overdrachtafspraak.objects.create(overdracht=overdracht, kant="ontvanger", tekst="Tot dinsdag.", door=wie)
        tabellen = (Traject, Inzagelog, Overdracht, Overdrachtstap, Overdrachtstuk, Overdrachtafspraak, Momentfoto)
        return [model.objects.count() for model in tabellen]

    def _wijzigt(self) -> list[object]:
        tabellen = (Overdracht, Overdrachtstuk, Overdrachtafspraak)
        return [kan(partial(sql, vraag)) for model in tabellen for vraag in proeven_op(model._meta.db_table)]


# --- One policy less ------------------------------------------------------------------------------------------------

# Proof that a story was deleted: only the owner writes it.
BEWIJS = """
INSERT INTO trajecten_verwijderbewijs (initiatief_id, op, aanleiding, grond, aantallen, door_id)
VALUES (%s, '2026-01-01', 'verzoek', 'overig', '{}', %s)
"""
POLICIES = """
SELECT tablename, format('DROP POLICY %I ON %I', policyname, tablename),
       format('CREATE POLICY %I ON %I FOR %s TO %s', policyname, tablename, cmd, array_to_string(roles, ', '))
       || coalesce(' USING (' || qual || ')', '') || coalesce(' WITH CHECK (' || with_check || ')', '')
FROM pg_policies WHERE tablename LIKE 'trajecten%' AND policyname <> 'opruimen_door_eigenaar'
ORDER BY tablename, policyname
"""

# Outcomes do not show these, and why.
ZONDER_VERSCHIL = {
    # The owner finds moments by the policies of the user too; these only open the way to the index of the search.
    "DROP POLICY lezen_door_eigenaar ON trajecten_moment",
    "DROP POLICY lezen_door_eigenaar ON trajecten_aanvulling",
    # A coördinator takes the last step of a handover, and reaches these until the very moment of the move.
    "DROP POLICY verhuist ON trajecten_traject",
    "DROP POLICY verhuist ON trajecten_betrokkene",
    "DROP POLICY verhuist ON trajecten_herinnering",
}


def taken(policies: list[tuple]) -> list[str]:
    """The tasks that any policy knows."""
    return sorted({taak for *_, policy in policies for taak in re.findall(r"app_taak\)? = '(\w+)'", policy)})


def verschilt(nu: Iterable[object], eerst: list[object]) -> bool:
    """Whether anything is different; looks no further than the first difference."""
    return any(str(een) != str(ander) for een, ander in zip(nu, eerst, strict=True))


@pytest.mark.django_db(transaction=True)
def test_without_any_one_policy_somebody_can_do_less(
    volle_zaak, begeleider, coordinator, ander_initiatief, initiatief, eigenaar
):
    with als_gebruiker(begeleider.pk):
        verhalen = Verhalen(
            Traject.objects.select_related("initiatief").get(), begeleider, coordinator, ander_initiatief
        )
    with eigenaar.transaction():
        eigenaar.execute("SELECT set_config('app.opruimen', 'ja', true)")
        eigenaar.execute(BEWIJS, [initiatief.pk, coordinator.pk])
    policies = eigenaar.execute(POLICIES).fetchall()
    wie = [partial(als_gebruiker, mens.pk) for mens in (begeleider, coordinator)]
    wie += [partial(als_taak, taak) for taak in taken(policies)]
    per_tabel = {tabel: list(tabel_door(tabel, wie)) for tabel in MODELLEN}
    verhaald = list(verhalen.alle())

    overbodig = []
    for tabel, weg, terug in policies:
        eigenaar.execute(weg)
        if not verschilt(tabel_door(tabel, wie), per_tabel[tabel]) and not verschilt(verhalen.alle(), verhaald):
            overbodig.append(weg)
        eigenaar.execute(terug)

    assert set(overbodig) == ZONDER_VERSCHIL
    assert len(policies) > 60
    assert list(map(str, verhalen.alle())) == list(map(str, verhaald))
