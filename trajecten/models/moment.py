"""Moments: what is worth keeping, dated and signed. Afterwards nothing of it gets lost."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Case, F, FilteredRelation, Func, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce, Concat, JSONObject
from django.utils import timezone

from collectief.voorbereid import voorbereide_cursor
from trajecten.models.betrokkene import Betrokkene
from trajecten.validators import geen_bsn, niet_in_de_toekomst

MAX_TEKST = 20_000  # characters
AANPASBAAR = timedelta(days=7)  # also in the policy that lets the database refuse a later change


def niet_te_lang(tekst: str) -> None:
    if len(tekst) > MAX_TEKST:
        raise ValidationError(
            f"Dit zijn {len(tekst)} tekens; in één moment passen er {MAX_TEKST}. Maak er twee van.", code="te_lang"
        )


class MomentAangepast(Exception):
    """Somebody changed this moment since the page was opened; nothing was written."""


SCHRIJF = (
    "INSERT INTO trajecten_moment ({velden}) VALUES ({waarden}) "
    "ON CONFLICT (sleutel) WHERE sleutel IS NOT NULL DO NOTHING RETURNING id"
)


class MomentQuerySet(models.QuerySet):
    def met_wat_erbij_hoort(self) -> MomentQuerySet:
        """With writer, photo, names of who was there and supplements: one query, whatever the number of moments.

        The photo is `foto_erbij`: looked for in the trajectory of the moment alone, so that no policy has to be asked
        about photos elsewhere.
        """
        in_dit_traject = FilteredRelation("foto", condition=Q(foto__traject=F("traject")))
        aanvullingen = Aanvulling.objects.filter(moment=OuterRef("pk")).order_by("aangemaakt_op", "pk")
        aanvulling = JSONObject(tekst="tekst", door="door__naam", op="aangemaakt_op")
        return (
            self.annotate(foto_erbij=in_dit_traject)
            .select_related("door", "foto_erbij")
            .annotate(namen_erbij=namen_van("erbij"), bijgevoegd=ArraySubquery(aanvullingen.values_list(aanvulling)))
        )

    def met_aanvullingsteksten(self) -> MomentQuerySet:
        aanvullingen = Aanvulling.objects.filter(moment=OuterRef("pk")).order_by("aangemaakt_op", "pk")
        return self.annotate(aanvullingsteksten=ArraySubquery(aanvullingen.values("tekst")))

    def voor(self, nummer: int | None) -> MomentQuerySet:
        """What is older than the moment with this number (one of these); all of them without a number."""
        if nummer is None:
            return self
        op = self.filter(pk=nummer).values("datum")[:1]
        return self.filter(Q(datum__lt=op) | Q(datum=op, pk__lt=nummer))

    def nieuwste_eerst(self) -> MomentQuerySet:
        return self.order_by("-datum", "-pk")

    @staticmethod
    def schrijf(moment: Moment) -> bool:
        """Insert a moment that is new, and give it its number; False when it was kept already, from the same form.

        Of everything staff do this is done most: written out.
        """
        velden = ("traject_id", "door_id", "aangemaakt_op", "sleutel", *Moment.INHOUD)
        vraag = SCHRIJF.format(velden=", ".join(velden), waarden=", ".join(["%s"] * len(velden)))
        with voorbereide_cursor() as cursor:
            cursor.execute(vraag, [getattr(moment, veld) for veld in velden])
            rij = cursor.fetchone()
        if rij:
            (moment.pk,) = rij
        return bool(rij)


def namen_van(veld: str) -> Case:
    """The names, with their role, of the people whose keys stand in the array `veld`; for an empty one nobody looks."""
    hoort_erbij = Func(
        "pk", OuterRef(veld), template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=models.BooleanField()
    )
    mensen = Betrokkene.objects.filter(hoort_erbij, traject=OuterRef("traject"))
    naam = Coalesce("gebruiker__naam", "naam", output_field=models.TextField())
    rol = Case(*(When(rol=rol, then=Value(rol.label)) for rol in Betrokkene.Rol), output_field=models.TextField())
    noem = Concat(naam, Value(" ("), rol, Value(")"), output_field=models.TextField())
    namen = ArraySubquery(mensen.order_by("van", "pk").values_list(noem))
    niemand = Value([], output_field=namen.output_field)
    return Case(When(**{veld: []}, then=niemand), default=namen)


class Moment(models.Model):
    """A dated note in a trajectory: a fact, an impression, somebody's own words, or a little light.

    Its writer may change it for a week; the database keeps what stood there before. After that it stays, and a
    supplement can be hung on it.
    """

    class Soort(models.TextChoices):
        FEIT = "feit", "feit"
        INDRUK = "indruk", "indruk"
        EIGEN_WOORDEN = "eigen_woorden", "eigen woorden"
        LICHTJE = "lichtje", "lichtje in de ogen"

    class Vorm(models.TextChoices):
        CREATIEF = "creatief", "creatief"
        FYSIEK = "fysiek", "fysiek"
        ERVARINGSGERICHT = "ervaringsgericht", "ervaringsgericht"
        RELATIONEEL = "relationeel", "relationeel"
        COGNITIEF = "cognitief", "cognitief"

    class Deel(models.TextChoices):
        HOOFD = "hoofd", "hoofd"
        HART = "hart", "hart"
        HANDEN = "handen", "handen"

    class Samen(models.TextChoices):
        INDIVIDUEEL = "individueel", "één op één"
        GROEP = "groep", "in een groep"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="momenten")
    soort = models.CharField("wat voor moment", max_length=15, choices=Soort, default=Soort.INDRUK)
    datum = models.DateField("wanneer", default=timezone.localdate, validators=[niet_in_de_toekomst])
    tekst = models.TextField("wat wil je bewaren?", validators=[niet_te_lang, geen_bsn])
    erbij = ArrayField(models.UUIDField(), verbose_name="wie waren erbij?", default=list, blank=True)
    ook_erbij = models.CharField("wie nog meer?", max_length=200, blank=True, validators=[geen_bsn])
    vormen = ArrayField(models.CharField(max_length=20, choices=Vorm), default=list, blank=True)
    delen = ArrayField(models.CharField(max_length=6, choices=Deel), default=list, blank=True)
    samen = models.CharField("alleen of samen", max_length=12, choices=Samen, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    aangepast_op = models.DateTimeField(null=True, editable=False)
    sleutel = models.UUIDField(null=True, editable=False, help_text="One form keeps the same words once.")

    objects = MomentQuerySet.as_manager()

    # What its writer may change, and what the database keeps of an earlier version.
    INHOUD = ("soort", "datum", "tekst", "erbij", "ook_erbij", "vormen", "delen", "samen")

    class Meta:
        verbose_name = "moment"
        verbose_name_plural = "momenten"
        indexes = [models.Index(fields=["traject", "-datum", "-id"], name="moment_per_traject")]
        constraints = [
            models.UniqueConstraint(
                fields=["sleutel"],
                condition=Q(sleutel__isnull=False),
                name="moment_een_keer_bewaard",
                violation_error_message="Dit moment is al bewaard.",
            )
        ]

    def __str__(self):
        return f"{self.get_soort_display()} op {self.datum}"

    @property
    def aard(self) -> list[str]:
        """Form of guidance, head, heart or hands, and with whom: the words that were chosen, in order."""
        gekozen = [keuze.label for keuze in self.Vorm if keuze in self.vormen]
        gekozen += [keuze.label for keuze in self.Deel if keuze in self.delen]
        return [*gekozen, self.get_samen_display()] if self.samen else gekozen

    @property
    def aanvullingen_kort(self) -> list[dict]:
        """Text, writer and time of each supplement, as read by `met_wat_erbij_hoort`."""
        return [regel | {"op": datetime.fromisoformat(regel["op"])} for regel in self.bijgevoegd]

    def sleutel_van(self, formulier: str, *erbij: str) -> uuid.UUID | None:
        """What only this writer gets, from this form with these words and what else there is; None without a form."""
        inhoud = [str(getattr(self, veld)) for veld in ("traject_id", "door_id", *self.INHOUD)]
        return uuid.uuid5(uuid.NAMESPACE_OID, "\x1f".join([formulier, *inhoud, *erbij])) if formulier else None

    @property
    def aanpasbaar_tot(self) -> date:
        """The last day on which the writer may change it."""
        return timezone.localdate(self.aangemaakt_op) + AANPASBAAR

    @transaction.atomic
    def pas_aan(self, *, gezien: int) -> None:
        """Keep the changed content; the database puts the earlier one among the versions.

        `gezien` is the number of earlier versions that the writer knew of. Raises MomentAangepast when there are more
        by now, or when the database does not let her change it any more.
        """
        mag = Moment.objects.select_for_update().filter(pk=self.pk).values_list("pk", flat=True)
        if not list(mag) or self.versies.count() != gezien:
            raise MomentAangepast
        self.aangepast_op = timezone.now()
        self.save(update_fields=[*self.INHOUD, "aangepast_op"])


class Momentversie(models.Model):
    """What a moment said before it was changed. Written by the database itself, and never changed."""

    moment = models.ForeignKey(Moment, models.PROTECT, related_name="versies")
    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="+")
    inhoud = models.JSONField()
    geschreven_op = models.DateTimeField()
    vervangen_op = models.DateTimeField()

    class Meta:
        verbose_name = "eerdere versie van een moment"
        verbose_name_plural = "eerdere versies van momenten"

    def __str__(self):
        return f"versie van {self.geschreven_op:%Y-%m-%d %H:%M}"

    @property
    def toen(self) -> Moment:
        """The moment as it was; only to look at."""
        inhoud = {naam: self.inhoud[naam] for naam in Moment.INHOUD}
        inhoud["datum"] = date.fromisoformat(inhoud["datum"])
        inhoud["erbij"] = [uuid.UUID(mens) for mens in inhoud["erbij"]]
        return Moment(**inhoud)


class Aanvulling(models.Model):
    """What somebody adds to a moment later. The moment itself stays as it was."""

    moment = models.ForeignKey(Moment, models.PROTECT, related_name="aanvullingen")
    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="+")
    tekst = models.TextField("wat wil je aanvullen?", validators=[niet_te_lang, geen_bsn])
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "aanvulling"
        verbose_name_plural = "aanvullingen"

    def __str__(self):
        return f"aanvulling van {self.aangemaakt_op:%Y-%m-%d}"


class Momentfoto(models.Model):
    """A photo with a moment. The picture is a file in the private storage; `id` is its name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    moment = models.OneToOneField(Moment, models.PROTECT, related_name="foto")
    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="+")
    beschrijving = models.CharField("wat zie je op de foto?", max_length=300, blank=True, validators=[geen_bsn])
    breedte = models.PositiveSmallIntegerField()
    hoogte = models.PositiveSmallIntegerField()
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    weggehaald_op = models.DateTimeField(null=True)
    weggehaald_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    MAP = "momenten"

    class Meta:
        verbose_name = "foto bij een moment"
        verbose_name_plural = "foto's bij momenten"

    def __str__(self):
        return f"foto van {self.aangemaakt_op:%Y-%m-%d}"

    @property
    def bestand(self) -> str:
        """Where the picture stands in the private storage."""
        return f"{self.MAP}/{self.pk.hex[:2]}/{self.pk}.webp"


def zoek(tekst: str, *, na: tuple[date, int] | None, aantal: int) -> list[int]:
    """Return the keys of the newest moments that hold these words, among those that this user may see.

    The search runs inside PostgreSQL with the rights of the owner, bound to the trajectories of the user of this
    transaction: under row security a word may not be looked up in an index, because `@@` is not leakproof. `na` is
    the day and key of the last moment of the page before.
    """
    dag, pk = na or (None, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT moment FROM zoek_momenten(%s, %s, %s, %s)", [tekst, dag, pk, aantal])
        return [rij[0] for rij in cursor.fetchall()]
