"""How long a trajectory is kept, and how everything about a young person leaves.

Sources: Jeugdwet, article 7.3.8 (youth help: twenty years after the last change) and 7.3.9 (destroyed when asked for,
unless somebody else has a considerable interest in keeping it or the law is against it); AVG, articles 5 and 17.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from trajecten.validators import geen_bsn

BEDENKTIJD = timedelta(days=14)  # the database holds the same, in verwijder_traject()
WEER_VRAGEN_NA = timedelta(days=365)


class BewaartermijnQuerySet(models.QuerySet):
    def voorbij(self, dag: date) -> BewaartermijnQuerySet:
        """Trajectories whose term is over on `dag`, and about which nothing was decided that still holds."""
        geldt = Q(ingetrokken_op=None) & (Q(besluit__in=Vertrek.LOPENDE_BESLUITEN) | Q(weer_vragen_op__gt=dag))
        besloten = Vertrek.objects.filter(geldt, traject=OuterRef("traject"))
        return self.filter(~Exists(besloten), bewaren_tot__lt=dag)


class Bewaartermijn(models.Model):
    """Until when a trajectory is kept, and what that follows from. Only the ground is chosen; the rest is worked out.

    The longest term is the default: what was thrown away too early does not come back.
    """

    class Grond(models.TextChoices):
        JEUGDHULP = "jeugdhulp", "jeugdhulp: 20 jaar na de laatste wijziging"
        OVERIG = "overig", "geen jeugdhulp: 2 jaar na het laatste contact"

    traject = models.OneToOneField("trajecten.Traject", models.PROTECT, primary_key=True, related_name="bewaartermijn")
    grond = models.CharField("welke termijn past hier?", max_length=12, choices=Grond, default=Grond.JEUGDHULP)
    gekozen_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    laatste_wijziging = models.DateField()
    laatste_contact = models.DateField()
    bewaren_tot = models.DateField()
    berekend_op = models.DateTimeField()

    objects = BewaartermijnQuerySet.as_manager()

    class Meta:
        verbose_name = "bewaartermijn"
        verbose_name_plural = "bewaartermijnen"
        indexes = [models.Index(fields=["bewaren_tot"], name="bewaartermijn_voorbij")]

    def __str__(self):
        return f"bewaren tot {self.bewaren_tot}"

    @property
    def is_voorbij(self) -> bool:
        return self.bewaren_tot < timezone.localdate()

    @classmethod
    def van(cls, traject) -> Bewaartermijn:
        """The term of this trajectory as it is now, worked out again."""
        herreken(traject.pk)
        return cls.objects.get(traject=traject)

    def kies(self, grond: str, *, door: Gebruiker) -> None:
        """Choose the ground and work out the date that follows from it."""
        Bewaartermijn.objects.filter(pk=self.pk).update(grond=grond, gekozen_door=door)
        herreken(self.pk)


def herreken(traject_pk=None) -> int:
    """Work out until when trajectories are kept: of one, or of all in one statement. Returns how many changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT herreken_bewaartermijnen(%s)", [traject_pk])
        return cursor.fetchone()[0]


class VertrekGeweigerd(Exception):
    """Something that cannot be done now; the message says why, in Dutch, for the person who tried."""


class VertrekQuerySet(models.QuerySet):
    def geldig(self) -> VertrekQuerySet:
        return self.filter(ingetrokken_op=None)

    def lopend(self) -> VertrekQuerySet:
        """What waits for a decision, or was decided and still can be taken back."""
        return self.geldig().filter(besluit__in=Vertrek.LOPENDE_BESLUITEN)


class Vertrek(models.Model):
    """Everything about a young person may go: because the family asks, or because the term is over.

    The coördinator decides. Between the decision and the removal lies a fortnight in which she can take it back.
    """

    class Aanleiding(models.TextChoices):
        TERMIJN = "termijn", "de bewaartermijn is voorbij"
        VERZOEK = "verzoek", "op verzoek"

    class Vrager(models.TextChoices):
        JONGERE = "jongere", "de jongere"
        OUDERS = "ouders", "de ouders"
        SAMEN = "samen", "jongere en ouders samen"
        NAMENS = "namens", "iemand namens hen"

    class Besluit(models.TextChoices):
        OPEN = "open", "nog niet besloten"
        WEGHALEN = "weghalen", "weghalen"
        BEWAREN = "bewaren", "langer bewaren"

    LOPENDE_BESLUITEN = (Besluit.OPEN, Besluit.WEGHALEN)

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="vertrekken")
    aanleiding = models.CharField(max_length=8, choices=Aanleiding)
    gevraagd_door = models.CharField("wie vroeg erom?", max_length=8, choices=Vrager, blank=True)
    gevraagd_op = models.DateField("wanneer?", null=True, blank=True)
    toelichting = models.TextField("wil je er iets bij schrijven?", blank=True, max_length=2000, validators=[geen_bsn])
    genoteerd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    genoteerd_op = models.DateTimeField(default=timezone.now)
    besluit = models.CharField("wat besluit je?", max_length=8, choices=Besluit, default=Besluit.OPEN)
    reden = models.TextField("waarom blijft het bewaard?", blank=True, max_length=2000, validators=[geen_bsn])
    besloten_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    besloten_op = models.DateTimeField(null=True)
    weer_vragen_op = models.DateField(null=True)
    ingetrokken_op = models.DateTimeField(null=True)

    objects = VertrekQuerySet.as_manager()

    class Meta:
        verbose_name = "verzoek of besluit om weg te gaan"
        verbose_name_plural = "verzoeken en besluiten om weg te gaan"
        constraints = [
            models.UniqueConstraint(
                fields=["traject"],
                condition=Q(ingetrokken_op=None, besluit__in=["open", "weghalen"]),
                name="vertrek_een_tegelijk",
                violation_error_message="Hier loopt al een verzoek of een besluit.",
            ),
            models.CheckConstraint(condition=~Q(besluit="bewaren") | ~Q(reden=""), name="vertrek_bewaren_met_reden"),
            models.CheckConstraint(
                condition=Q(besluit="open", besloten_op=None) | (~Q(besluit="open") & Q(besloten_op__isnull=False)),
                name="vertrek_besloten_op",
            ),
            models.CheckConstraint(
                condition=Q(aanleiding="termijn") | (~Q(gevraagd_door="") & Q(gevraagd_op__isnull=False)),
                name="vertrek_verzoek_van_iemand",
            ),
        ]

    def __str__(self):
        return f"{self.get_aanleiding_display()}: {self.get_besluit_display()}"

    @property
    def loopt(self) -> bool:
        return not self.ingetrokken_op and self.besluit in self.LOPENDE_BESLUITEN

    @property
    def had_al_weg_moeten_zijn(self) -> bool:
        """The database refused: who decided is not a coördinator any more, or the term runs again."""
        return self.besluit == self.Besluit.WEGHALEN and self.weg_op < timezone.localdate()

    @property
    def weg_op(self) -> date:
        """The day on which everything goes, once that was decided."""
        return timezone.localdate(self.besloten_op + BEDENKTIJD)

    @classmethod
    def waarover(cls, traject, *, door: Gebruiker) -> Vertrek:
        """What there is to decide: the request of the family, or the term that is over. Raises VertrekGeweigerd."""
        if vertrek := cls.objects.lopend().filter(traject=traject).first():
            return vertrek
        if not Bewaartermijn.van(traject).is_voorbij:
            raise VertrekGeweigerd("De bewaartermijn loopt nog, en niemand vroeg erom.")
        return cls.objects.create(traject=traject, aanleiding=cls.Aanleiding.TERMIJN, genoteerd_door=door)

    @transaction.atomic
    def beslis(self, besluit: str, *, door: Gebruiker, reden: str = "") -> None:
        """Decide, once, on a locked row. Raises VertrekGeweigerd when a colleague was first."""
        nu = Vertrek.objects.geldig().select_for_update().filter(pk=self.pk, besluit=self.Besluit.OPEN).first()
        if nu is None:
            raise VertrekGeweigerd("Intussen is hier al over besloten. Kijk eerst wat er staat.")
        nu.besluit, nu.reden, nu.besloten_door, nu.besloten_op = besluit, reden, door, timezone.now()
        if besluit == self.Besluit.BEWAREN:
            nu.weer_vragen_op = timezone.localdate() + WEER_VRAGEN_NA
        nu.save(update_fields=["besluit", "reden", "besloten_door", "besloten_op", "weer_vragen_op"])

    def trek_in(self) -> bool:
        """Take back a request or a decision to remove. False when it was carried out or taken back already."""
        return bool(Vertrek.objects.lopend().filter(pk=self.pk).update(ingetrokken_op=timezone.now()))


class Verwijderbewijs(models.Model):
    """That everything about somebody was removed: when, where, why, how much, by whom. Never about whom."""

    initiatief = models.ForeignKey("initiatieven.Initiatief", models.CASCADE, related_name="+")
    op = models.DateField(default=timezone.localdate)
    aanleiding = models.CharField(max_length=8, choices=Vertrek.Aanleiding)
    grond = models.CharField(max_length=12, choices=Bewaartermijn.Grond)
    aantallen = models.JSONField()
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "bewijs van weghalen"
        verbose_name_plural = "bewijzen van weghalen"
        indexes = [models.Index(F("initiatief"), F("op").desc(), name="bewijs_per_initiatief")]

    def __str__(self):
        return f"weggehaald op {self.op}"
