"""Reports: what was said, decided and promised, who reads which part, and what people say about the draft."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.models.bijeenkomst import Bijeenkomst
from bijeenkomsten.models.doelgroep import werkt_bij_lid
from bijeenkomsten.models.uitnodiging import Uitnodiging
from bijeenkomsten.permissions import mag_plannen
from bijeenkomsten.verslagstappen import (
    MEESTE_WOORDEN,
    STAPPEN,
    Lezers,
    Raakt,
    Verslagstand,
    Verslagstap,
    belemmering,
    lezers_voor,
)
from collectief.gebruikers.models import Gebruiker
from trajecten.validators import geen_bsn


def in_een_minuut(tekst: str) -> None:
    """Refuse what nobody reads in a minute. Raises ValidationError."""
    if (woorden := len(tekst.split())) > MEESTE_WOORDEN:
        raise ValidationError(
            f"Dit zijn {woorden} woorden. Hou het bij {MEESTE_WOORDEN}, dan is het in een minuut gelezen.", code="lang"
        )


class VerslagQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker: Gebruiker) -> VerslagQuerySet:
        """A draft is the core team's; who was invited reads it when it lies open, members once it is approved."""
        if mag_plannen(gebruiker):
            return self
        genodigd = Q(bijeenkomst__in=Uitnodiging.objects.voor(gebruiker).values("bijeenkomst"))
        voorgelegd = ~Q(stand=Verslagstand.CONCEPT)
        return self.filter((voorgelegd & genodigd) | (Q(stand=Verslagstand.VASTGESTELD) & Q(werkt_bij_lid(gebruiker))))

    def voor_gast(self, token: str) -> VerslagQuerySet:
        """The approved report of a meeting to which somebody without an account came, by the token of her link."""
        gast = Uitnodiging.objects.zichtbaar().gasten_die_kwamen().filter(token=token)
        return self.filter(stand=Verslagstand.VASTGESTELD, bijeenkomst__in=gast.values("bijeenkomst"))

    def openbaar(self) -> VerslagQuerySet:
        """Approved, of a public meeting, and with at least one public part."""
        met_deel = Verslagdeel.objects.filter(verslag=models.OuterRef("pk"), lezers=Lezers.OPENBAAR)
        vast = self.filter(stand=Verslagstand.VASTGESTELD, bijeenkomst__in=Bijeenkomst.objects.openbaar())
        return vast.filter(models.Exists(met_deel))


class Verslag(models.Model):
    """What a meeting brought: draft, open to comments, approved."""

    bijeenkomst = models.OneToOneField(Bijeenkomst, models.CASCADE, related_name="verslag")
    stand = models.CharField(max_length=12, choices=Verslagstand, default=Verslagstand.CONCEPT, editable=False)
    samenvatting = models.TextField(
        "in één minuut: wat verandert er?", max_length=2000, blank=True, validators=[geen_bsn, in_een_minuut]
    )
    vastgesteld_op = models.DateTimeField(null=True, editable=False)
    vastgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = VerslagQuerySet.as_manager()

    class Meta:
        verbose_name = "verslag"
        verbose_name_plural = "verslagen"
        constraints = [
            models.CheckConstraint(
                condition=Q(stand=Verslagstand.VASTGESTELD, vastgesteld_op__isnull=False)
                | (Q(stand__in=[Verslagstand.CONCEPT, Verslagstand.TER_INZAGE]) & Q(vastgesteld_op=None)),
                name="verslag_stand",
            )
        ]

    def __str__(self):
        return f"Verslag van {self.bijeenkomst}"

    def get_absolute_url(self) -> str:
        return reverse("bijeenkomsten:verslag_lezen", args=[self.bijeenkomst_id])

    @property
    def is_concept(self) -> bool:
        return self.stand == Verslagstand.CONCEPT

    @property
    def ligt_voor(self) -> bool:
        return self.stand == Verslagstand.TER_INZAGE

    @property
    def is_vastgesteld(self) -> bool:
        return self.stand == Verslagstand.VASTGESTELD

    @property
    def is_leeg(self) -> bool:
        return not (self.delen.exists() or self.besluiten.exists() or self.acties.exists())

    def zet(self, stap: Verslagstap, *, door: Gebruiker) -> Verslag:
        """Take one step on the locked row; return it. Raises ValidationError with what stands in the way."""
        with transaction.atomic():
            rij = Verslag.objects.select_for_update(no_key=True).get(pk=self.pk)
            open_reacties = rij.reacties.filter(verwerkt_op=None).count()
            if waarom_niet := belemmering(rij.stand, stap, is_leeg=rij.is_leeg, open_reacties=open_reacties):
                raise ValidationError(waarom_niet, code="stap")
            rij.stand = STAPPEN[stap][1]
            if rij.is_vastgesteld:
                rij.vastgesteld_op, rij.vastgesteld_door = timezone.now(), door
            rij.save()
        return rij

    def lezers(self, gebruiker: Gebruiker) -> list[str]:
        """Which parts of this report this user reads."""
        if mag_plannen(gebruiker):
            return lezers_voor(is_kernteam=True, leest_mee=True)
        return lezers_voor(
            is_kernteam=False, leest_mee=Verslag.objects.filter(pk=self.pk).zichtbaar_voor(gebruiker).exists()
        )


def met_openbaar_verslag(bijeenkomsten: models.QuerySet[Bijeenkomst]) -> models.QuerySet[Bijeenkomst]:
    """Annotate `heeft_verslag`: whether everybody can read what a meeting brought."""
    return bijeenkomsten.annotate(
        heeft_verslag=models.Exists(Verslag.objects.openbaar().filter(bijeenkomst=models.OuterRef("pk")))
    )


class LeesbaarQuerySet(models.QuerySet):
    def voor_lezers(self, lezers: list[str]) -> LeesbaarQuerySet:
        return self.filter(lezers__in=lezers)


def lezersveld(standaard: Lezers) -> models.CharField:
    return models.CharField("wie leest dit?", max_length=10, choices=Lezers, default=standaard)


class Verslagdeel(models.Model):
    """One part of a report, with its own readers."""

    verslag = models.ForeignKey(Verslag, models.CASCADE, related_name="delen")
    kop = models.CharField("kop", max_length=120, validators=[geen_bsn])
    tekst = models.TextField("tekst", max_length=8000, validators=[geen_bsn])
    lezers = lezersveld(Lezers.LEDEN)

    objects = LeesbaarQuerySet.as_manager()

    class Meta:
        verbose_name = "deel van een verslag"
        verbose_name_plural = "delen van een verslag"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(lezers__in=Lezers.values), name="verslagdeel_lezers")]

    def __str__(self):
        return self.kop


class Besluit(models.Model):
    """Something that was decided, for whom it changes something and from when."""

    verslag = models.ForeignKey(Verslag, models.CASCADE, related_name="besluiten")
    tekst = models.CharField("wat is er besloten?", max_length=300, validators=[geen_bsn])
    raakt = models.CharField("voor wie verandert er iets?", max_length=16, choices=Raakt, default=Raakt.IEDEREEN)
    vanaf = models.DateField("vanaf wanneer", null=True, blank=True)
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="besluiten",
        verbose_name="wie let erop",
    )
    lezers = lezersveld(Lezers.LEDEN)

    objects = LeesbaarQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit"
        verbose_name_plural = "besluiten"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(lezers__in=Lezers.values), name="besluit_lezers"),
            models.CheckConstraint(condition=Q(raakt__in=Raakt.values), name="besluit_raakt"),
        ]

    def __str__(self):
        return self.tekst


class ActieQuerySet(LeesbaarQuerySet):
    def open(self) -> ActieQuerySet:
        """Not done yet, from a report that people have seen; what is due first comes first."""
        bekend = self.filter(klaar_op=None).exclude(verslag__stand=Verslagstand.CONCEPT)
        return bekend.select_related("eigenaar", "verslag__bijeenkomst").order_by("voor", "pk")

    def van(self, gebruiker: Gebruiker) -> ActieQuerySet:
        return self.filter(eigenaar=gebruiker)

    def terug_op(self, bijeenkomst: Bijeenkomst) -> ActieQuerySet:
        """Open actions of earlier meetings: they come back on the agenda of this one."""
        return self.open().filter(verslag__bijeenkomst__begint_op__lt=bijeenkomst.begint_op)

    def van_voor(self, dag: date) -> ActieQuerySet:
        """Written down before this day."""
        return self.filter(aangemaakt_op__date__lt=dag)


class Actie(models.Model):
    """Something that somebody promised to do, and by when."""

    verslag = models.ForeignKey(Verslag, models.CASCADE, related_name="acties")
    tekst = models.CharField("wat gaat er gebeuren?", max_length=300, validators=[geen_bsn])
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="acties", verbose_name="wie doet het"
    )
    voor = models.DateField("voor wanneer")
    lezers = lezersveld(Lezers.LEDEN)
    klaar_op = models.DateTimeField(null=True, editable=False)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = ActieQuerySet.as_manager()

    class Meta:
        verbose_name = "actie"
        verbose_name_plural = "acties"
        ordering = ["voor", "pk"]
        indexes = [models.Index(fields=["eigenaar", "voor"], condition=Q(klaar_op=None), name="actie_open")]
        constraints = [models.CheckConstraint(condition=Q(lezers__in=Lezers.values), name="actie_lezers")]

    def __str__(self):
        return self.tekst

    def zet_klaar(self, *, is_klaar: bool) -> None:
        """Note that it was done, or that it was not after all."""
        Actie.objects.filter(pk=self.pk).update(klaar_op=timezone.now() if is_klaar else None)


class Verslagreactie(models.Model):
    """What somebody says about a report that lies open."""

    verslag = models.ForeignKey(Verslag, models.CASCADE, related_name="reacties")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    tekst = models.TextField("wat klopt er niet, of wat mist er?", max_length=2000, validators=[geen_bsn])
    op = models.DateTimeField(default=timezone.now, editable=False)
    verwerkt_op = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "reactie op een verslag"
        verbose_name_plural = "reacties op een verslag"
        ordering = ["op", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verwerkt_op=None) | Q(verwerkt_op__gte=F("op")), name="verslagreactie_eerst_geschreven"
            )
        ]

    def __str__(self):
        return f"Reactie op {self.verslag}"

    def verwerk(self) -> None:
        """Note that it was looked at; twice is the same as once."""
        Verslagreactie.objects.filter(pk=self.pk, verwerkt_op=None).update(verwerkt_op=timezone.now())
