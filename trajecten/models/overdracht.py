"""A warm handover: its steps, what goes along, and what both sides agreed.

What goes along is copied when it is chosen, piece by piece; what was not chosen has no row at all. The receiver reads
these rows, and never the trajectory, until it is hers.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker, Rol
from trajecten.fases import Fase
from trajecten.models.betrokkene import Betrokkene
from trajecten.models.concept import OpenConcept, wie_schrijft_nog
from trajecten.models.moment import Momentfoto
from trajecten.models.traject import Traject
from trajecten.models.verblijf import FaseVerblijf
from trajecten.overdrachten import KLAAR, TE_ZIEN_DOOR_ONTVANGER, Kant, Overdrachtstand, belemmering, volgende
from trajecten.validators import geen_bsn

Stand = Overdrachtstand
SAMEN_OP_EEN_DAG = "Kies de dag die jullie samen zijn."
EERST_HET_CONCEPT = "Maak het eerst af, of kruis aan dat het weg mag."


class OverdrachtGeweigerd(Exception):
    """A step that cannot be taken now; the message says why, in Dutch, for the person who tried."""


class OverdrachtQuerySet(models.QuerySet):
    def loopt(self) -> OverdrachtQuerySet:
        return self.exclude(stand__in=KLAAR)

    def met_plek(self) -> OverdrachtQuerySet:
        """Those that a place received; a place outside the platform when it is prepared, until somebody comes back.

        `zonder_vervolgplek` in the database says the same, for whoever sets that an initiative stopped.
        """
        stappen = FaseVerblijf.objects.filter(traject=OuterRef("traject"), teruggenomen_op=None)
        kwam_terug = Exists(stappen.filter(aangemaakt_op__gt=OuterRef("klaar_op")).exclude(fase=Fase.WAAKVLAM))
        buiten = Q(stand=Stand.VOORBEREID) | Q(stand=Stand.OVERGEDRAGEN) & ~kwam_terug
        return self.filter(Q(stand__in=[Stand.ONTVANGEN, Stand.SAMEN_OP_WEG]) | Q(naar=None) & buiten)

    def hierheen(self, gebruiker: Gebruiker) -> OverdrachtQuerySet:
        """What comes to this user: to her initiatives as coördinator, or to her as the next counsellor."""
        voor_mij = Q(naar__in=gebruiker.initiatieven_als(Rol.Soort.COORDINATOR)) | Q(
            nieuwe_begeleider=gebruiker, naar__in=gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF)
        )
        return self.filter(voor_mij, stand__in=TE_ZIEN_DOOR_ONTVANGER)

    def gegeven(self, gebruiker: Gebruiker) -> OverdrachtQuerySet:
        """What was handed over by this coördinator's initiatives: that it was, and nothing more."""
        van_hier = gebruiker.initiatieven_als(Rol.Soort.COORDINATOR)
        return self.filter(van__in=van_hier, stand=Stand.OVERGEDRAGEN).exclude(naar=None)


class Overdracht(models.Model):
    """One handover of one trajectory, to another initiative or to a place outside the platform."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="overdrachten")
    van = models.ForeignKey("initiatieven.Initiatief", models.PROTECT, related_name="+")
    naar = models.ForeignKey("initiatieven.Initiatief", models.PROTECT, null=True, related_name="+")
    plek = models.ForeignKey(Betrokkene, models.PROTECT, null=True, related_name="overdrachten")
    stand = models.CharField(max_length=12, choices=Stand, default=Stand.VOORGESTELD)
    nieuwe_begeleider = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begonnen_op = models.DateTimeField(default=timezone.now, editable=False)
    voorbereid_op = models.DateTimeField(null=True, editable=False)  # from then on the other side knows of it
    klaar_op = models.DateTimeField(null=True, editable=False)

    objects = OverdrachtQuerySet.as_manager()

    class Meta:
        verbose_name = "overdracht"
        verbose_name_plural = "overdrachten"
        indexes = [models.Index(fields=["naar", "stand"], name="overdracht_hierheen")]
        constraints = [
            models.CheckConstraint(
                condition=Q(naar=None, plek__isnull=False) | Q(naar__isnull=False, plek=None),
                name="overdracht_een_bestemming",
            ),
            models.CheckConstraint(condition=Q(naar=None) | ~Q(naar=F("van")), name="overdracht_naar_een_ander"),
            models.UniqueConstraint(
                fields=["traject"],
                condition=~Q(stand__in=["overgedragen", "ingetrokken"]),
                name="overdracht_een_tegelijk",
                violation_error_message="Er loopt al een overdracht.",
            ),
        ]

    def __str__(self):
        return f"overdracht {self.pk}"

    @property
    def is_buiten(self) -> bool:
        return self.naar_id is None

    @property
    def is_klaar(self) -> bool:
        return self.stand in KLAAR

    @property
    def volgende(self) -> Stand | None:
        return volgende(Stand(self.stand), is_buiten=self.is_buiten)

    @property
    def bestemming(self) -> str:
        return self.plek.noem if self.plek else self.naar.naam

    @property
    def heeft_toestemming(self) -> bool:
        """Whether consent holds now. Asked of the database: who receives may not read who said yes."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT toestemming_geldt(%s, 'overdracht', %s, %s, amsterdam_vandaag())",
                [self.traject_id, self.plek_id, self.naar_id],
            )
            return bool(cursor.fetchone()[0])

    def kanten(self, gebruiker: Gebruiker) -> set[Kant]:
        """The sides on which this user stands: she sees the trajectory, or she is coördinator where it goes."""
        kanten = set()
        if Traject.objects.zichtbaar_voor(gebruiker).filter(pk=self.traject_id).exists():
            kanten.add(Kant.GEVER)
        if self.naar_id in gebruiker.initiatieven_als(Rol.Soort.COORDINATOR):
            kanten.add(Kant.ONTVANGER)
        return kanten

    def bezwaar(self, naar: Stand, *, door: Gebruiker, begeleider: Gebruiker | None = None) -> str:
        """What stands in the way when `door` wants to take this step; empty when nothing does."""
        if naar == Stand.OVERGEDRAGEN and self.van_id not in door.initiatieven_als(Rol.Soort.COORDINATOR):
            return "De laatste stap zet de coördinator."
        return belemmering(
            Stand(self.stand),
            naar,
            is_buiten=self.is_buiten,
            kanten=self.kanten(door),
            heeft_toestemming=self.heeft_toestemming,
            heeft_begeleider=bool(begeleider or self.nieuwe_begeleider_id),
        )

    def concepten(self) -> list[OpenConcept]:
        """Drafts that nobody could read after the last step; to a place outside the trajectory stays, and they too."""
        return [] if self.is_buiten or self.is_klaar else wie_schrijft_nog([self.traject_id])

    @transaction.atomic
    def zet(
        self,
        naar: Stand,
        *,
        door: Gebruiker,
        uit: str = "",
        begeleider: Gebruiker | None = None,
        laat_los: Collection[Gebruiker] = (),
    ) -> None:
        """Take one step on a locked row. With the last one between two initiatives the database moves the trajectory.

        `uit` is the state that the person saw when deciding; `begeleider` who counsels there from now on; `laat_los`
        whose draft may go with the last step. Raises OverdrachtGeweigerd with what stands in the way, and
        Overdracht.DoesNotExist when it is out of her sight.
        """
        nu = Overdracht.objects.select_for_update().get(pk=self.pk)
        if uit and uit != nu.stand:
            raise OverdrachtGeweigerd(f"Intussen is deze overdracht al verder: {nu.get_stand_display()}.")
        if reden := nu.bezwaar(naar, door=door, begeleider=begeleider):
            raise OverdrachtGeweigerd(reden)
        nu.vraag_over_concepten(naar, laat_los)
        Overdrachtstap.objects.create(overdracht=nu, stand=naar, door=door)  # first: afterwards it may be out of sight
        anders = {"nieuwe_begeleider": begeleider} if begeleider else {}
        if naar == Stand.VOORBEREID:
            anders["voorbereid_op"] = timezone.now()
        if naar in KLAAR:
            anders["klaar_op"] = timezone.now()
        if naar == Stand.OVERGEDRAGEN and not nu.is_buiten:
            nu.traject.rustperioden.beeindig()  # the database lets it go on there
        self._schrijf(stand=naar, **anders)

    def vraag_over_concepten(self, naar: Stand, laat_los: Collection[Gebruiker]) -> None:
        """Raise OverdrachtGeweigerd when the last step would take drafts along that nobody decided about."""
        if naar != Stand.OVERGEDRAGEN:
            return
        mag_weg = {gebruiker.pk for gebruiker in laat_los}
        if namen := [concept.naam for concept in self.concepten() if concept.gebruiker_id not in mag_weg]:
            raise OverdrachtGeweigerd(f"Er staat nog een concept van {', '.join(namen)}. {EERST_HET_CONCEPT}")

    def noem_begeleider(self, begeleider: Gebruiker) -> None:
        """Let the receiving side choose somebody else to counsel. Raises OverdrachtGeweigerd when it is too late."""
        self._schrijf(nieuwe_begeleider=begeleider)

    def _schrijf(self, **waarden: object) -> None:
        """Write, and give back in words what the database refuses: it may know what happened a moment ago."""
        try:
            with transaction.atomic():
                Overdracht.objects.filter(pk=self.pk).update(**waarden)
        except IntegrityError as fout:
            raise OverdrachtGeweigerd(fout.__cause__.diag.message_primary) from fout
        for naam, waarde in waarden.items():
            setattr(self, naam, waarde)


class Overdrachtstap(models.Model):
    """That a step was taken, by whom and when. Never changed afterwards."""

    overdracht = models.ForeignKey(Overdracht, models.PROTECT, related_name="stappen")
    stand = models.CharField(max_length=12, choices=Stand)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "stap van een overdracht"
        verbose_name_plural = "stappen van overdrachten"
        ordering = ["op", "pk"]

    def __str__(self):
        return f"{self.get_stand_display()} op {self.op:%Y-%m-%d}"


class Overdrachtstuk(models.Model):
    """One piece that goes along, as it was when it was chosen. What is not chosen has no row."""

    class Soort(models.TextChoices):
        ROEPNAAM = "roepnaam", "de roepnaam"
        WENSEN = "wensen", "wensdroom en wat waardevol is"
        VERHAAL = "verhaal", "wie deze jongere is"
        WEG = "weg", "de weg tot nu"
        WOORDEN = "woorden", "eigen woorden bij de weg"
        STAP = "stap", "kleine stappen"
        MENS = "mens", "mensen eromheen"
        NAZORG = "nazorg", "afspraken over nazorg"
        PLAN = "plan", "preventieplan"
        MOMENT = "moment", "momenten"
        FOTO = "foto", "foto’s bij momenten"
        AANVULLING = "aanvulling", "aanvullingen bij momenten"

        @property
        def groep(self) -> Overdrachtstuk.Soort:
            """Among what it stands: what hangs on a moment stands with the moments."""
            return type(self).MOMENT if self in (self.FOTO, self.AANVULLING) else self

    foto: Momentfoto | None = None  # the photo of this piece, set by whoever shows it; gone once it was taken away

    overdracht = models.ForeignKey(Overdracht, models.PROTECT, related_name="stukken")
    soort = models.CharField(max_length=12, choices=Soort)
    sleutel = models.CharField(max_length=60)
    titel = models.CharField(max_length=160)
    tekst = models.TextField(blank=True)
    gekozen_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    gekozen_op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "stuk van een overdracht"
        verbose_name_plural = "stukken van overdrachten"
        constraints = [
            models.UniqueConstraint(fields=["overdracht", "sleutel"], name="overdrachtstuk_een_keer"),
        ]

    def __str__(self):
        return self.sleutel

    @property
    def kop(self) -> str:
        """The heading under which it stands."""
        return self.Soort(self.soort).groep.label


class Overdrachtafspraak(models.Model):
    """What both sides agreed: what one of them does, or a day that they spend together."""

    overdracht = models.ForeignKey(Overdracht, models.PROTECT, related_name="afspraken")
    kant = models.CharField("wie?", max_length=12, choices=Kant)
    dag = models.DateField("welke dag?", null=True, blank=True)
    tekst = models.CharField("wat spreken jullie af?", max_length=500, validators=[geen_bsn])
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "afspraak bij een overdracht"
        verbose_name_plural = "afspraken bij overdrachten"
        constraints = [
            models.CheckConstraint(
                condition=~Q(kant="samen") | Q(dag__isnull=False),
                name="overdrachtafspraak_samen_op_een_dag",
                violation_error_message=SAMEN_OP_EEN_DAG,
            ),
        ]

    def __str__(self):
        return f"afspraak {self.pk}"
