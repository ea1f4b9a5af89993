"""The prevention plan: what to see, what helps and whom to call when it gets harder; and the signal that it does."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.post.models import Bericht
from trajecten.models.traject import Traject
from trajecten.validators import geen_bsn, niet_in_de_toekomst

BEDENKTIJD = timedelta(minutes=10)  # in which a signal can be taken back, and its mail waits


class PlanVerouderd(Exception):
    """Somebody else wrote a version meanwhile; the message says so, in Dutch, for the person who tried."""


class Preventieplan(models.Model):
    """One version of the plan. A version is never changed; the last one counts, and has to be agreed on anew."""

    INHOUD = ("signalen", "wat_helpt", "wat_niet_helpt", "bellen")

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="preventieplannen")
    versie = models.PositiveIntegerField()
    signalen = models.TextField("waaraan merken we het?", blank=True, validators=[geen_bsn])
    wat_helpt = models.TextField("wat helpt dan?", blank=True, validators=[geen_bsn])
    wat_niet_helpt = models.TextField("wat helpt niet?", blank=True, validators=[geen_bsn])
    bellen = models.JSONField("wie bellen we, en in welke volgorde?", default=list, blank=True)  # [{"wie", "hoe"}, …]
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "preventieplan"
        verbose_name_plural = "preventieplannen"
        constraints = [models.UniqueConstraint(fields=["traject", "versie"], name="preventieplan_versie")]

    def __str__(self):
        return f"versie {self.versie}"

    @property
    def belregels(self) -> list[str]:
        """Whom to call, in order, a line each."""
        return [f"{nr}. {regel['wie']}, {regel['hoe']}".removesuffix(", ") for nr, regel in enumerate(self.bellen, 1)]

    @classmethod
    @transaction.atomic
    def schrijf(cls, traject: Traject, inhoud: dict, *, door: Gebruiker, op_versie: int) -> Preventieplan:
        """Add a version. `op_versie` is the version that was seen while writing, 0 when there was none.

        Raises PlanVerouderd when there is a newer one. Without any change the version of now is returned.
        """
        Traject.objects.select_for_update().get(pk=traject.pk)
        nu = cls.objects.filter(traject=traject).select_related("door").order_by("versie").last()
        if nu and nu.versie != op_versie:
            raise PlanVerouderd(
                f"Intussen schreef {nu.door.naam} een nieuwe versie. Jouw tekst staat er nog. Leg ze naast elkaar; "
                "bewaar je nu, dan wordt dit de nieuwste."
            )
        if nu and all(getattr(nu, veld) == inhoud[veld] for veld in cls.INHOUD):
            return nu
        return cls.objects.create(traject=traject, versie=nu.versie + 1 if nu else 1, door=door, **inhoud)


class PlanAkkoord(models.Model):
    """Somebody agreed with one version of the plan, on a day. Who changes her mind takes it back; the row stays."""

    class Partij(models.TextChoices):
        JONGERE = "jongere", "jongere"
        OUDERS = "ouders", "ouders"
        VERVOLGPLEK = "vervolgplek", "vervolgplek"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="planakkoorden")
    plan = models.ForeignKey(Preventieplan, models.PROTECT, related_name="akkoorden")
    partij = models.CharField("wie is het eens met dit plan?", max_length=12, choices=Partij)
    naam = models.CharField("naam", max_length=120, validators=[geen_bsn])
    datum = models.DateField(
        "wanneer spraken jullie dat af?", default=timezone.localdate, validators=[niet_in_de_toekomst]
    )
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "akkoord met een preventieplan"
        verbose_name_plural = "akkoorden met preventieplannen"
        indexes = [models.Index(fields=["traject", "plan"], name="akkoord_per_plan")]

    def __str__(self):
        return f"{self.get_partij_display()} op {self.datum}"

    def trek_in(self) -> None:
        """Take the agreement back from now on."""
        PlanAkkoord.objects.filter(pk=self.pk, ingetrokken_op=None).update(ingetrokken_op=timezone.now())


class Terugvalsignaal(models.Model):
    """Somebody saw that it gets harder. An event of its own: it moves no phase."""

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="terugvalsignalen")
    plan = models.ForeignKey(Preventieplan, models.PROTECT, null=True, related_name="+")  # the version of then
    woorden = models.TextField("wat zie je?", blank=True, max_length=2000, validators=[geen_bsn])
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)
    teruggenomen_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "terugvalsignaal"
        verbose_name_plural = "terugvalsignalen"
        indexes = [models.Index(fields=["traject", "-op"], name="signaal_per_traject")]

    def __str__(self):
        return f"terugvalsignaal van {self.op:%Y-%m-%d}"

    @property
    def groep(self) -> str:
        """What its mail falls silent by."""
        return f"terugval:{self.pk}"

    def mag_terug(self, gebruiker: Gebruiker) -> bool:
        """Whoever gave the signal takes it back within the time to think; after that it happened."""
        return self.door_id == gebruiker.pk and not self.teruggenomen_op and timezone.now() < self.op + BEDENKTIJD

    @transaction.atomic
    def neem_terug(self) -> bool:
        """Take the signal back, with the mail that waits for it. False when somebody was first or it is too late."""
        sinds = timezone.now() - BEDENKTIJD
        nog = Terugvalsignaal.objects.filter(pk=self.pk, teruggenomen_op=None, op__gt=sinds)
        if not nog.update(teruggenomen_op=timezone.now()):
            return False
        Bericht.objects.laat_vervallen([self.groep])
        return True
