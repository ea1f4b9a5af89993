"""The trajectory: a crooked line through four phases, carried by people."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models, transaction
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from collectief.beurt import wacht_op_beurt
from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven.models import Initiatief
from initiatieven.models.initiatief import Zoekvorm
from trajecten.fases import STAPPEN, Fase, Stap, belemmering
from trajecten.models.betrokkene import Betrokkene
from trajecten.models.contact import Contactmoment
from trajecten.models.inzage import Inzagelog
from trajecten.models.jongere import Jongere, Leeftijdsgrenzen
from trajecten.models.moment import Moment
from trajecten.models.nazorg import NazorgAfspraak
from trajecten.models.rust import Rustperiode
from trajecten.models.verblijf import FaseVerblijf
from trajecten.validators import geen_bsn

LANGSTE_WENS = 2000  # characters


class Verteld(TypedDict, total=False):
    """What is told with a step, as the stay keeps it."""

    toelichting: str
    woorden_van_jongere: str
    deur_staat_open: bool


class StapGeweigerd(Exception):
    """A move that cannot be made now; the message says why, in Dutch, for the person who tried.

    `veld` names what was asked that has to change, when it is one thing.
    """

    def __init__(self, reden: str, *, veld: str | None = None):
        super().__init__(reden)
        self.veld = veld


class TrajectQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker: Gebruiker) -> TrajectQuerySet:
        """The trajectories where this begeleider is involved now, and all of a coördinator's initiatives."""
        mag = Q(initiatief__in=gebruiker.initiatieven_als(Rol.Soort.COORDINATOR))
        if als_begeleider := gebruiker.initiatieven_als(Rol.Soort.BEGELEIDER):
            begeleidt = Betrokkene.objects.begeleidt_nu(gebruiker).values("traject")
            mag |= Q(initiatief__in=als_begeleider, pk__in=begeleidt)
        return self.filter(mag)

    def van(self, begeleider: Gebruiker) -> TrajectQuerySet:
        """The trajectories that this person counsels now, herself or as a stand-in."""
        return self.filter(pk__in=Betrokkene.objects.begeleidt_nu(begeleider).values("traject"))

    def te_verdelen(self) -> TrajectQuerySet:
        """Without a steady counsellor who still works there: the coördinator carries them until somebody does."""
        vaste = Betrokkene.objects.vaste_begeleiders().werkend().filter(traject=OuterRef("pk"))
        return self.exclude(toestand=Traject.Toestand.OVERGEDRAGEN).filter(~Exists(vaste))

    def te_verdelen_door(self, gebruiker: Gebruiker) -> TrajectQuerySet:
        """Those of the initiatives where this user is coördinator; nobody is asked anything for who is none."""
        van_haar = gebruiker.initiatieven_als(Rol.Soort.COORDINATOR)
        return self.zichtbaar_voor(gebruiker).filter(initiatief__in=van_haar).te_verdelen()

    def met_roepnaam(self, tekst: str) -> TrajectQuerySet:
        """Roepnaam contains `tekst`; accents and capitals make no difference."""
        if not tekst.strip():
            return self
        return self.filter(jongere__roepnaam_sleutel__contains=Zoekvorm(Value(tekst.strip())))

    def zelfde_roepnaam(self, initiatief: Initiatief, roepnaam: str) -> list[str]:
        """Name who counsels a young person of this roepnaam at this initiative already, one of the user's own.

        Answered by the database beyond what the user may see, so that two colleagues do not begin twice; it tells
        nothing else, and never anything of another initiative. Who asks at the same moment, by pressing twice, waits
        until this transaction has begun a trajectory or not.
        """
        wacht_op_beurt(f"zelfde_roepnaam:{initiatief.pk}")
        with connection.cursor() as cursor:
            cursor.execute("SELECT zelfde_roepnaam(%s, %s)", [initiatief.pk, roepnaam])
            return [rij[0] for rij in cursor.fetchall()]

    def stil_sinds(self, dag: date) -> TrajectQuerySet:
        """Running trajectories without a moment since `dag`. In the waakvlam silence means nothing."""
        recent = Moment.objects.filter(traject=OuterRef("pk"), datum__gt=dag)
        laatste = Moment.objects.filter(traject=OuterRef("pk")).order_by("-datum", "-id").values("datum")[:1]
        return (
            self.lopend()
            .with_fase()
            .filter(~Exists(recent), begonnen_op__lte=dag)
            .exclude(fase_nu=Fase.WAAKVLAM)
            .annotate(laatste_moment=Subquery(laatste))
        )

    def met_leeftijdsgrens(self, van: date, tot: date) -> TrajectQuerySet:
        """Of young people who turn 12, 16 or 18 between these days, both included."""
        grenzen = Leeftijdsgrenzen.objects.filter(
            Q(twaalf_op__range=(van, tot)) | Q(zestien_op__range=(van, tot)) | Q(achttien_op__range=(van, tot))
        )
        return self.exclude(toestand=Traject.Toestand.OVERGEDRAGEN).filter(jongere__in=grenzen.values("jongere"))

    def met_rust_om(self, dag: date) -> TrajectQuerySet:
        """Where the day has come that was agreed: until when to rest, or until when the waakvlam burns.

        Annotates that day as `afgesproken_tot`. Waakvlam whose contact still waits has time.
        """
        rust = Rustperiode.objects.nu().filter(traject=OuterRef("pk"))
        nazorg = NazorgAfspraak.objects.nu().filter(traject=OuterRef("pk"))
        loopt = nazorg.exclude(afgesproken_tot__lt=dag)
        wacht = Contactmoment.objects.wacht().filter(traject=OuterRef("pk"))
        voorbij = nazorg.filter(afgesproken_tot__lt=dag).order_by("-afgesproken_tot").values("afgesproken_tot")[:1]
        return self.annotate(
            afgesproken_tot=Case(
                When(toestand=Traject.Toestand.RUSTEND, then=Subquery(rust.filter(tot__lte=dag).values("tot"))),
                When(~Exists(loopt) & ~Exists(wacht), toestand=Traject.Toestand.LOPEND, then=Subquery(voorbij)),
            )
        ).exclude(afgesproken_tot=None)

    def lopend(self) -> TrajectQuerySet:
        return self.filter(toestand=Traject.Toestand.LOPEND)

    def rustend(self) -> TrajectQuerySet:
        return self.filter(toestand=Traject.Toestand.RUSTEND)

    def voor_de_pagina(self) -> TrajectQuerySet:
        """Annotate what the page of one trajectory shows, in the query itself.

        The days with a moment, and whether one of that day was a little light, for the line; and until when rest was
        agreed.
        """
        momenten = Moment.objects.filter(traject=OuterRef("pk")).order_by("datum").values("datum")
        dagen = momenten.annotate(licht=BoolOr(Q(soort=Moment.Soort.LICHTJE)))
        rust = Rustperiode.objects.nu().filter(traject=OuterRef("pk"))
        return self.annotate(
            dagen_met_moment=ArraySubquery(dagen.values_list(JSONObject(dag="datum", licht="licht"))),
            rust_tot=Subquery(rust.values("tot")),
        )

    def with_fase(self) -> TrajectQuerySet:
        """Annotate `fase_nu` and `fase_sinds` from the open stay: the history is the truth."""
        return self.annotate(
            open_verblijf=models.FilteredRelation("verblijven", condition=Q(verblijven__tot=None)),
            fase_nu=F("open_verblijf__fase"),
            fase_sinds=F("open_verblijf__van"),
        )


class Wensveld(models.TextField):
    """What the young person hopes for, in her own words; never required.

    An INSERT does not read its default back, because that needs the row to be visible: a trajectory becomes so only
    when somebody is involved in it.
    """

    db_returning = False

    def __init__(self, verbose_name: str, **kwargs):
        super().__init__(verbose_name, **{"blank": True, "max_length": LANGSTE_WENS, "validators": [geen_bsn]} | kwargs)

    def deconstruct(self) -> tuple:
        """To a migration it is a text."""
        naam, _, args, kwargs = super().deconstruct()
        return naam, "django.db.models.TextField", args, kwargs


class Traject(models.Model):
    """The way of one young person with one initiative. It runs, rests or was handed over; it never closes."""

    class Toestand(models.TextChoices):
        LOPEND = "lopend", "loopt"
        RUSTEND = "rustend", "rust"
        OVERGEDRAGEN = "overgedragen", "overgedragen"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jongere = models.ForeignKey(Jongere, models.PROTECT, related_name="trajecten")
    initiatief = models.ForeignKey(Initiatief, models.PROTECT, related_name="trajecten")
    toestand = models.CharField(max_length=12, choices=Toestand, default=Toestand.LOPEND)
    begonnen_op = models.DateField("begonnen op", default=timezone.localdate)
    wensdroom = Wensveld("wensdroom")
    wat_waardevol_is = Wensveld("wat waardevol is")
    interesses = Wensveld("interesses")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField(default=timezone.now, editable=False)  # kept by the database

    objects = TrajectQuerySet.as_manager()

    class Meta:
        verbose_name = "traject"
        verbose_name_plural = "trajecten"
        indexes = [
            models.Index(fields=["initiatief", "toestand", "-begonnen_op", "id"], name="traject_per_initiatief"),
            models.Index(fields=["initiatief", "-begonnen_op", "id"], name="traject_nieuwste"),
            models.Index(fields=["-begonnen_op", "id"], name="traject_nieuwste_overal"),  # who has many initiatives
            models.Index(fields=["jongere"], name="traject_per_jongere"),
        ]

    def __str__(self):
        return f"traject {self.pk}"

    @property
    def lichten(self) -> list[tuple[date, bool]]:
        """The days with a moment, and whether one was a little light, as read by `voor_de_pagina`."""
        return [(date.fromisoformat(dag["dag"]), dag["licht"]) for dag in self.dagen_met_moment]

    @property
    def verblijf_nu(self) -> FaseVerblijf | None:
        return self.verblijven.filter(tot=None).first()

    @classmethod
    @transaction.atomic
    def begin(cls, *, jongere: Jongere, initiatief: Initiatief, door: Gebruiker, op: date | None = None) -> Traject:
        """Start a trajectory in the landing phase, with `door` as its steady counsellor. Dates up to today."""
        traject = cls(jongere=jongere, initiatief=initiatief, begonnen_op=op or timezone.localdate())
        traject.save(force_insert=True)
        Betrokkene(traject=traject, gebruiker=door, rol=Betrokkene.Rol.VASTE_BEGELEIDER, van=traject.begonnen_op).save(
            force_insert=True
        )
        FaseVerblijf.objects.create(
            traject=traject, volgnummer=1, fase=Fase.LANDING, stap=Stap.VOLGENDE, van=traject.begonnen_op, door=door
        )
        return traject

    @transaction.atomic
    def naar_fase(
        self,
        naar: Fase,
        *,
        door: Gebruiker,
        op: date | None = None,
        uit_volgnummer: int | None = None,
        afgesproken: int | None = None,
        **verteld: Unpack[Verteld],
    ) -> FaseVerblijf:
        """Move to another phase on a locked row, from day `op` (today when left out).

        `uit_volgnummer` is the stay that the person saw when deciding; when somebody else moved the trajectory in
        the meantime the move is refused. `afgesproken` is the aftercare that was agreed with this step. Raises
        StapGeweigerd with what stands in the way.
        """
        traject = Traject.objects.select_for_update().get(pk=self.pk)
        nu, dag = traject.verblijf_nu, op or timezone.localdate()
        traject.weiger_als_er_al_iets_veranderde(nu, uit_volgnummer)
        traject.weiger_ongeldige_stap(nu, naar, dag, **verteld)
        stap = STAPPEN[Fase(nu.fase), naar]
        gevolgen = traject.verlaat(nu, dag, stap) | {"afgesproken": [afgesproken] if afgesproken else []}
        self.toestand = self.Toestand.LOPEND
        return traject.begin_verblijf(fase=naar, stap=stap, van=dag, gevolgen=gevolgen, door=door, **verteld)

    def begin_verblijf(self, **velden) -> FaseVerblijf:
        """Write down the next stay; the one before it has ended."""
        hoogste = self.verblijven.aggregate(hoogste=Max("volgnummer"))["hoogste"]
        return FaseVerblijf.objects.create(traject=self, volgnummer=hoogste + 1, **velden)

    def verlaat(self, nu: FaseVerblijf, dag: date, stap: Stap) -> dict[str, object]:
        """End the open stay and the rest that goes with it; return what that changed, to be able to take it back."""
        nu.tot = dag
        nu.save(update_fields=["tot"])
        gevolgen = {"toestand": self.toestand, "rust": self.rustperioden.beeindig()}
        if stap == Stap.TERUGKEER:
            gevolgen |= self.laat_nazorg_los(dag) | {"pauze": self.beeindig_pauze()}
        Traject.objects.filter(pk=self.pk).update(toestand=self.Toestand.LOPEND)
        return gevolgen

    def laat_nazorg_los(self, dag: date) -> dict[str, list[int]]:
        """End the agreements of the old rhythm and silence its contact moments; return which ones."""
        afspraken = self.nazorgafspraken.nu()
        beeindigd = list(afspraken.values_list("pk", flat=True))
        afspraken.update(tot=dag)
        return {"beeindigd": beeindigd, "vervallen": self.contactmomenten.all().laat_vervallen()}

    def weiger_als_er_al_iets_veranderde(self, nu: FaseVerblijf, uit_volgnummer: int | None) -> None:
        if uit_volgnummer is not None and nu.volgnummer != uit_volgnummer:
            raise StapGeweigerd(f"{nu.al_verplaatst} Kijk of je stap nog past.")

    def weiger_ongeldige_stap(self, nu: FaseVerblijf, naar: Fase, dag: date, **verteld: Unpack[Verteld]) -> None:
        toelichting, deur_staat_open = verteld.get("toelichting", ""), verteld.get("deur_staat_open", False)
        if self.toestand == self.Toestand.OVERGEDRAGEN:
            raise StapGeweigerd("Dit traject is overgedragen. Een stap zet je nu op de nieuwe plek.")
        heeft_nazorg = deur_staat_open or self.nazorgafspraken.filter(tot=None).exists()
        if in_de_weg := belemmering(Fase(nu.fase), naar, toelichting=toelichting, heeft_nazorg=heeft_nazorg):
            raise StapGeweigerd(in_de_weg.reden, veld=in_de_weg.veld)
        if dag > timezone.localdate():
            raise StapGeweigerd("Kies een datum tot en met vandaag.", veld="op")
        if dag < nu.van:
            raise StapGeweigerd(f"Deze fase begon op {nu.van:%d-%m-%Y}. Kies die dag of een dag daarna.", veld="op")

    @transaction.atomic
    def laat_rusten(self) -> None:
        """Let the trajectory rest. What was planned falls silent; the door stays open.

        `actions.laat_rusten` also writes down why and until when.
        """
        Traject.objects.select_for_update().get(pk=self.pk)
        Traject.objects.lopend().filter(pk=self.pk).update(toestand=self.Toestand.RUSTEND)
        Contactmoment.objects.filter(traject=self).laat_vervallen()
        self.beeindig_pauze()
        self.refresh_from_db(fields=["toestand"])

    def beeindig_pauze(self) -> dict[str, str]:
        """End a pause in aftercare today; what it silenced stays silent. Return which one, and until when it was."""
        vandaag = timezone.localdate()
        pauzes = self.pauzes.op(vandaag)
        beeindigd = {str(pk): tot.isoformat() for pk, tot in pauzes.values_list("pk", "tot")}
        pauzes.update(tot=vandaag)
        return beeindigd

    @transaction.atomic
    def pak_op(self) -> None:
        """Go on after resting, in the phase where it rested."""
        Traject.objects.select_for_update().get(pk=self.pk)
        self.rustperioden.beeindig()
        Traject.objects.rustend().filter(pk=self.pk).update(toestand=self.Toestand.LOPEND)
        self.refresh_from_db(fields=["toestand"])

    def noteer_inzage(self, gebruiker: Gebruiker, wat: str) -> None:
        """Write in the read log that `gebruiker` opened `wat`, in the transaction of the page that shows it."""
        self.noteer_inzagen([self], gebruiker, wat)

    @staticmethod
    def noteer_inzagen(trajecten: Iterable[Traject], gebruiker: Gebruiker, wat: str) -> None:
        """The same for a page that shows something of several trajectories."""
        als_coordinator = gebruiker.initiatieven_als(Rol.Soort.COORDINATOR)
        grond = {True: Inzagelog.Grond.COORDINATOR, False: Inzagelog.Grond.BETROKKEN}
        gronden = {traject.pk: grond[traject.initiatief_id in als_coordinator] for traject in trajecten}
        Inzagelog.objects.noteer(gronden, gebruiker=gebruiker.pk, wat=wat)
