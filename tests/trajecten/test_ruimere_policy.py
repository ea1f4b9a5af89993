"""With any policy wider than it is, somebody can do more: USING or WITH CHECK true, or a part less of an AND in it.

Each mistake is made in turn and tried with the statements of `test_niet_te_ruim`, on its own table only.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker, als_taak
from tests.factories import RolFactory
from tests.mutanten.database import ongemerkt
from tests.proberen import haal_weg, lees, rij_van, schrijf, uitkomst, verplaats, wijzig
from tests.trajecten.kring import iemand_komt_bij, kies_foto, overdracht_tot, zet
from tests.trajecten.test_elke_policy import BEWIJS
from tests.trajecten.test_niet_te_ruim import (
    BEREIKBAAR,
    BLIJFT,
    HANGT_AAN,
    IN_NAAM_VAN,
    PER_TAAK,
    hang_aan_ander,
    van_buiten,
    vul_ander,
)
from tests.trajecten.test_rijbeveiliging import TABELLEN
from trajecten.models import (
    Agendalink,
    Betrokkene,
    Bewaartermijn,
    Inzagelog,
    Jongere,
    Ladderinstelling,
    Moment,
    Momentconcept,
    Momentfoto,
    Overdracht,
    Overdrachtafspraak,
    Overdrachtstap,
    Overdrachtstuk,
    PlanAkkoord,
    Terugvalsignaal,
    Toestemming,
    Traject,
    Vertrek,
)

STANDEN = ("samen_op_weg", "overgedragen", "voorbereid", "voorbereid", "toestemming")
VAN_OVERDRACHT = {Overdracht, Overdrachtafspraak, Overdrachtstap, Overdrachtstuk}


# What nothing shows, and why.
ONGEMERKT = {
    "nobody has the right to change the column that it looks at": {
        (
            "trajecten_overdracht stap_van_daar WITH CHECK: zonder `(naar_id = ANY (( SELECT mijn_coordinatie() AS"
            " mijn_coordinatie)::bigint[]))`"
        ),
        "trajecten_planakkoord terugnemen WITH CHECK: true",
        "trajecten_planakkoord terugnemen WITH CHECK: zonder `van_mij(traject_id)`",
        "trajecten_rustperiode beeindigen WITH CHECK: true",
        "trajecten_rustperiode beeindigen WITH CHECK: zonder `van_mij(traject_id)`",
        "trajecten_terugvalsignaal terugnemen WITH CHECK: true",
        "trajecten_terugvalsignaal terugnemen WITH CHECK: zonder `van_mij(traject_id)`",
        (
            "trajecten_toestemming intrekken WITH CHECK: zonder `(traject_id IN ( SELECT mijn_trajecten() AS"
            " mijn_trajecten))`"
        ),
        "trajecten_traject wijzigen WITH CHECK: true",
    },
    "the row that it hangs on is seen by the same people": {
        "trajecten_aanvulling bewaren WITH CHECK: zonder `van_mij(traject_id)`",
        "trajecten_momentfoto bewaren WITH CHECK: zonder `van_mij(traject_id)`",
        "trajecten_momentversie bewaren WITH CHECK: zonder `van_mij(traject_id)`",
        "trajecten_reisblad schrijven WITH CHECK: zonder `van_mij(traject_id)`",
    },
    "the trigger on steps refuses it first": {
        (
            "trajecten_overdracht stap_van_daar USING: zonder `(id IN ( SELECT overdrachten_hierheen() AS"
            " overdrachten_hierheen))`"
        ),
        "trajecten_overdracht stap_van_daar WITH CHECK: true",
        (
            "trajecten_overdracht stap_van_daar WITH CHECK: zonder `((stand)::text = ANY ((ARRAY['ontvangen'::character"
            " varying, 'samen_op_weg'::character varying, 'ingetrokken'::character varying])::text[]))`"
        ),
    },
    "another part, or another policy, says the same": {
        "trajecten_inzagelog overdracht_leest USING: zonder `((grond)::text = 'overdracht'::text)`",
        "trajecten_overdracht gegeven USING: zonder `((stand)::text = 'overgedragen'::text)`",
        "trajecten_overdracht voorstellen WITH CHECK: zonder `van_mij(traject_id)`",
    },
}


class Zaak:
    """A full story, another of the same counsellor, one elsewhere, and handovers in every state; who tries what."""

    def __init__(self, traject: Traject, wie: dict[str, Gebruiker]):
        self.traject, self.wie = traject, wie
        self.begeleider, self.coordinator, self.daar = wie["begeleider"], wie["coordinator"], wie["daar"]
        with als_gebruiker(self.begeleider.pk):
            self.rijen = {model: rij_van(model) for model in BEREIKBAAR}
        self._laat_gaan(wie["collega"])
        with als_gebruiker(self.begeleider.pk):
            self.ander = vul_ander(self.begeleider, traject)
            self.vreemde_plek = Betrokkene.objects.filter(traject=self.ander, rol="ouder").values_list("pk", flat=True)[
                0
            ]
        self.over = self._draag_over()

    def _laat_gaan(self, collega: Gebruiker) -> None:
        """A colleague stood in, wrote something and left; and something was written long ago."""
        with als_gebruiker(self.begeleider.pk):
            invaller = Betrokkene(traject=self.traject, gebruiker=collega, rol="waarnemer")
            invaller.save(force_insert=True)
            self.school = Betrokkene(traject=self.traject, naam="School", rol="school")
            self.school.save(force_insert=True)
            toen = timezone.now() - timedelta(days=9)
            Moment.objects.bulk_create(
                [Moment(traject=self.traject, tekst="Lang geleden.", door=self.begeleider, aangemaakt_op=toen)]
            )
        vertrokken = self.wie["vertrokken"]
        with als_gebruiker(vertrokken.pk):
            Agendalink.vernieuw(vertrokken.pk)
        vertrokken.rollen.get().beeindig()
        with als_gebruiker(collega.pk):
            Moment.objects.create(traject=self.traject, tekst="Van wie inviel.", door=collega)
            Momentconcept.objects.create(traject=self.traject, gebruiker=collega, tekst="Nog bezig")
        with als_gebruiker(self.begeleider.pk):
            Betrokkene.objects.filter(pk=invaller.pk).update(tot=timezone.localdate())

    def _draag_over(self) -> Overdracht:
        """One that comes to daar, and of other young people one of each outcome."""
        naar = self.daar.rollen.get().initiatief
        iemand_komt_bij(self.wie["collega"], self.traject.initiatief)
        van = {"van": self.coordinator, "naar": naar, "daar": self.daar, "begeleider": self.wie["buitenstaander"]}
        with als_gebruiker(self.begeleider.pk):
            meer = [vul_ander(self.begeleider, self.traject) for _ in range(5)]
        komt, klaar, weg, zonder_ja, nooit = (
            overdracht_tot(stand, traject=traject, **van) for traject, stand in zip(meer, STANDEN, strict=True)
        )
        for wie, waar in (
            (self.daar, komt),
            (self.wie["buitenstaander"], komt),
            (self.daar, weg),
            (self.coordinator, komt),
        ):
            self._leest_en_spreekt_af(wie, waar)
        with als_gebruiker(self.begeleider.pk):
            Toestemming.objects.get(traject=zonder_ja.traject_id, doel="overdracht").trek_in(self.begeleider)
        assert klaar
        zet(weg, "ingetrokken", door=self.coordinator)
        zet(nooit, "ingetrokken", door=self.coordinator)
        with als_gebruiker(self.begeleider.pk):
            Momentfoto.objects.filter(pk=kies_foto(komt)).update(weggehaald_op=timezone.now())
        kies_foto(komt)
        return komt

    def _leest_en_spreekt_af(self, wie: Gebruiker, waar: Overdracht) -> None:
        kant = "gever" if wie == self.coordinator else "ontvanger"
        with als_gebruiker(wie.pk):
            Overdrachtafspraak.objects.create(overdracht=waar, kant=kant, tekst="We bellen.", door=wie)
            if wie != self.coordinator:
                Inzagelog.objects.create(
                    traject_id=waar.traject_id, gebruiker=wie, wat="overdracht", grond="overdracht"
                )

    def proeven(self, model: type[Model]) -> Iterator[object]:
        """Everything that is tried on one table; each outcome is the same as long as nothing is wrong."""
        for mens in (None, *(self.wie[naam] for naam in ("elders", "collega", "kernteamlid"))):
            yield from van_buiten(model, self.rijen.get(model), mens)
            for veld, waarde in {
                PlanAkkoord: ("plan", None),
                Terugvalsignaal: ("plan", None),
                Overdrachtafspraak: ("kant", "samen"),
            }.items():
                if veld is model and mens:
                    with als_gebruiker(mens.pk):
                        yield schrijf(model, self.rijen[model], door=mens.pk, **{waarde[0]: waarde[1]})
        if model is Agendalink:
            yield from van_buiten(model, None, self.wie["vertrokken"])
        for taak in PER_TAAK:
            with als_taak(taak):
                yield uitkomst(lees(model))
                yield from (uitkomst(een) for een in wijzig(model))
                yield schrijf(model, self.rijen[model]) if model in self.rijen else ""
        yield from self._van_binnen(model)
        if model in VAN_OVERDRACHT | {Inzagelog} or model is Momentfoto:
            yield from self._tussen_twee(model)

    def _van_binnen(self, model: type) -> Iterator[object]:
        """What whoever belongs to the story may not do with it."""
        rij = self.rijen.get(model)
        if model in IN_NAAM_VAN:
            with als_gebruiker(self.coordinator.pk):
                yield schrijf(model, rij, **{IN_NAAM_VAN[model]: self.begeleider.pk})
        with als_gebruiker(self.begeleider.pk):
            for ander, veld in HANGT_AAN:
                if ander is model:
                    yield hang_aan_ander(model, veld, rij, self.ander)
            if model in (Bewaartermijn, Vertrek, Ladderinstelling, Traject, Moment):
                yield from (uitkomst(een) for een in wijzig(model))
            yield from self._zelf(model, rij)
        with als_gebruiker(self.coordinator.pk):
            if model in (Agendalink, Momentconcept):
                yield schrijf(model, rij, gebruiker=self.begeleider.pk)
            if model in (Agendalink, Momentconcept, Moment):
                yield from (uitkomst(een) for een in (lees(model), *wijzig(model)))
        vreemd = self.wie["elders"]
        elders = {"traject": self.wie["vreemd"].pk, "jongere": self.wie["vreemd"].jongere_id, "gebruiker": vreemd.pk}
        elders["initiatief"] = vreemd.rollen.get().initiatief_id
        for ander, veld in BLIJFT:
            if ander is model:
                with als_gebruiker((self.coordinator if model is Ladderinstelling else self.begeleider).pk):
                    yield verplaats(model, veld, elders[veld])

    def _zelf(self, model: type, rij: dict | None) -> Iterator[object]:
        nu = str(timezone.now())
        if model is Vertrek:
            yield schrijf(model, rij, besluit="bewaren", besloten_op=nu, reden="Loopt nog.")
            yield schrijf(model, rij, aanleiding="termijn")
        if model is Toestemming:
            yield schrijf(model, rij, ingetrokken_op=nu, ingetrokken_door=self.begeleider.pk)
            yield verplaats(model, "ingetrokken_door", self.coordinator.pk)
            yield schrijf(model, rij, namens=str(self.school.pk))
        if model is Betrokkene:
            with transaction.atomic():
                jongere = Jongere(roepnaam="Sem")
                jongere.save(force_insert=True)
                nieuw = Traject(jongere=jongere, initiatief=self.traject.initiatief)
                nieuw.save(force_insert=True)
                yield schrijf(model, rij, traject=str(nieuw.pk), gebruiker=self.coordinator.pk)
                transaction.set_rollback(True)
        if model is Traject:
            yield schrijf(model, rij, jongere=str(self.wie["vreemd"].jongere_id))
            yield schrijf(model, rij, initiatief=self.wie["vreemd"].initiatief_id)

    def _tussen_twee(self, model: type) -> Iterator[object]:
        """What each side of a handover reads and may do, and what it may not."""
        for naam in ("daar", "buitenstaander", "coordinator", "begeleider", *["van_beide"] * (model is Overdracht)):
            mens = self.wie[naam]
            with als_gebruiker(mens.pk):
                yield from (uitkomst(een) for een in (lees(model), haal_weg(model), *wijzig(model)))
                rij = self.rijen[model]
                eigen = {IN_NAAM_VAN[model]: mens.pk} if model in IN_NAAM_VAN else {}
                waar = {"overdracht": str(self.over.pk)} if model in VAN_OVERDRACHT - {Overdracht} else {}
                for anders in (
                    {},
                    {"kant": "samen"} if model is Overdrachtafspraak else {},
                    {"grond": "overdracht", "traject": str(self.over.traject_id)} if model is Inzagelog else {},
                    {"grond": "overdracht", "traject": str(self.ander.pk)} if model is Inzagelog else {},
                    {"traject": str(self.over.traject_id)} if model is Inzagelog else {},
                    {"stand": "toestemming"} if model is Overdracht else {},
                    {"plek": str(self.vreemde_plek)} if model is Overdracht else {},
                    {"van": self.daar.rollen.get().initiatief_id} if model is Overdracht else {},
                ):
                    yield schrijf(model, rij, **eigen | waar | anders)
                    for sleutel in IN_NAAM_VAN.keys() & {model}:
                        yield schrijf(model, rij, **waar | anders | {IN_NAAM_VAN[sleutel]: self.wie["kernteamlid"].pk})
                if model is Overdracht:
                    yield from (
                        verplaats(model, "stand", stand) for stand in ("voorgesteld", "ontvangen", "ingetrokken")
                    )


@pytest.mark.django_db(transaction=True)
def test_with_any_wider_policy_somebody_can_do_more(
    volle_zaak, bezetting, daar, ander_traject, eigenaar, initiatief, coordinator
):
    wie = {naam: getattr(bezetting, naam) for naam in ("begeleider", "coordinator", "buitenstaander", "kernteamlid")}
    wie |= {"daar": daar, "vreemd": ander_traject, "elders": RolFactory(soort="coordinator").gebruiker}
    wie["van_beide"] = RolFactory(soort="coordinator", initiatief=initiatief).gebruiker
    RolFactory(soort="coordinator", initiatief=daar.rollen.get().initiatief, gebruiker=wie["van_beide"])
    wie["vertrokken"] = RolFactory(initiatief=initiatief).gebruiker
    wie["collega"] = RolFactory(initiatief=initiatief).gebruiker
    with als_gebruiker(wie["begeleider"].pk):
        zaak = Zaak(Traject.objects.select_related("initiatief").get(pk=volle_zaak.pk), wie)
    with eigenaar.transaction():
        eigenaar.execute("SELECT set_config('app.opruimen', 'ja', true)")
        eigenaar.execute(BEWIJS, [initiatief.pk, coordinator.pk])

    aantal, stil = ongemerkt(eigenaar, TABELLEN, zaak.proeven)

    assert stil == set().union(*ONGEMERKT.values())
    assert aantal >= 333
