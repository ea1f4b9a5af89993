"""Questions that initiatives bring in for the agenda, and who supports them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.models.bijeenkomst import Bijeenkomst
from bijeenkomsten.models.doelgroep import werkt_bij_lid
from bijeenkomsten.models.uitnodiging import Uitnodiging
from bijeenkomsten.permissions import mag_plannen
from bijeenkomsten.vraagstappen import AAN_BOD, LOPEND, STAPPEN, Hulp, Stand, Stap, belemmering
from collectief.gebruikers.models import Gebruiker, Rol
from initiatieven.models import Initiatief
from trajecten.validators import geen_bsn

KORTST, LANGST = 5, 180  # minutes on the programme
VERDWENEN = "een initiatief dat er niet meer is"
DENKTIJD = timedelta(days=2)  # after a meeting, to write down what was reached before the rest moves on


class VraagQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker: Gebruiker) -> VraagQuerySet:
        """What this user may read. A confidential question: core team, the asking initiative, and invited members.

        What was withdrawn is only there for the initiative itself and the core team.
        """
        if mag_plannen(gebruiker):
            return self
        eigen = gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF)
        hierin = self.model.objects.filter(initiatief__in=eigen, in_vraag__isnull=False)
        van_ons = Q(initiatief__in=eigen) | Q(pk__in=hierin.values("in_vraag"))
        is_lid = Q(werkt_bij_lid(gebruiker))
        genodigd = Q(bijeenkomst__in=Uitnodiging.objects.voor(gebruiker).values("bijeenkomst"))
        leesbaar = Q(is_vertrouwelijk=False) | (is_lid & genodigd)
        return self.filter(van_ons | (leesbaar & ~Q(stand=Stand.INGETROKKEN)))

    def van(self, gebruiker: Gebruiker) -> VraagQuerySet:
        """Questions of the initiatives where this user works."""
        return self.filter(initiatief__in=gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF))

    def lopend(self) -> VraagQuerySet:
        return self.filter(stand__in=LOPEND)

    def beantwoord(self) -> VraagQuerySet:
        return self.filter(stand=Stand.BEANTWOORD).order_by("-beantwoord_op", "-pk")

    def te_plaatsen(self, bijeenkomst: Bijeenkomst) -> VraagQuerySet:
        """Brought in for this meeting, or for whichever comes first."""
        voor_deze = Q(bijeenkomst=bijeenkomst) | Q(bijeenkomst=None)
        return self.filter(voor_deze, stand=Stand.INGEBRACHT).order_by("aangemaakt_op", "pk")

    def in_programma(self, bijeenkomst: Bijeenkomst) -> VraagQuerySet:
        """What has minutes on the programme of this meeting, in the order in which it was put there."""
        return self.filter(bijeenkomst=bijeenkomst, minuten__isnull=False).order_by("geplaatst_op", "pk")

    def kwam_aan_bod(self) -> VraagQuerySet:
        return self.filter(stand__in=AAN_BOD, minuten__isnull=False)

    def te_verschuiven(self, nu: datetime) -> VraagQuerySet:
        """Not reached: the meeting is over for a while, or was called off."""
        voorbij = Q(bijeenkomst__eindigt_op__lte=nu - DENKTIJD)
        return self.lopend().filter(voorbij | Q(bijeenkomst__status=Bijeenkomst.Status.AFGELAST))

    def met_steun(self) -> VraagQuerySet:
        """Annotate how many other initiatives support it, as `aantal_steun`, with the asking initiative."""
        return self.select_related("initiatief", "bijeenkomst").annotate(aantal_steun=models.Count("steun"))

    def met_bijeenkomst_voor(self, gebruiker: Gebruiker) -> VraagQuerySet:
        """Annotate `kent_bijeenkomst`: whether this user may know which meeting a question is for."""
        bekend = Bijeenkomst.objects.te_kiezen_door(gebruiker).filter(pk=models.OuterRef("bijeenkomst"))
        return self.annotate(kent_bijeenkomst=models.Exists(bekend))


class Vraag(models.Model):
    """One question of one initiative to the others: brought in, placed, answered, or carried over.

    Row security keeps a confidential one from whom it is not for (migration 0011); `TAAK` reaches all of them.
    """

    TAAK = "vragen"

    # The database lets go of an initiative that left the bin for good: others supported what it asked.
    initiatief = models.ForeignKey(
        Initiatief, models.SET_NULL, null=True, related_name="vragen", verbose_name="initiatief"
    )
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="vragen", editable=False)
    vraag = models.CharField("je vraag, in één zin", max_length=160, validators=[geen_bsn])
    context = models.TextField("wat moeten anderen weten?", max_length=4000, blank=True, validators=[geen_bsn])
    hulp = models.CharField("wat hoop je te krijgen?", max_length=12, choices=Hulp, default=Hulp.MEEDENKEN)
    is_vertrouwelijk = models.BooleanField("vertrouwelijk", default=False)
    bijeenkomst = models.ForeignKey(
        Bijeenkomst,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="vragen",
        verbose_name="voor welke bijeenkomst",
    )
    stand = models.CharField(max_length=12, choices=Stand, default=Stand.INGEBRACHT, editable=False)
    minuten = models.PositiveSmallIntegerField(
        "minuten",
        null=True,
        blank=True,
        validators=[
            MinValueValidator(KORTST, f"Geef een vraag minstens {KORTST} minuten."),
            MaxValueValidator(LANGST, f"Geef een vraag hooguit {LANGST} minuten."),
        ],
    )
    geplaatst_op = models.DateTimeField(null=True, editable=False)
    antwoord = models.TextField("antwoord", max_length=4000, blank=True, validators=[geen_bsn])
    beantwoord_op = models.DateTimeField(null=True, editable=False)
    in_vraag = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="samengevoegd")
    keer_doorgeschoven = models.PositiveSmallIntegerField(default=0, editable=False)
    stapnummer = models.PositiveIntegerField(default=0, editable=False, help_text="Counts steps; in the key of mail.")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = VraagQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        indexes = [models.Index(fields=["bijeenkomst", "stand"], name="vraag_per_bijeenkomst")]
        constraints = [
            models.CheckConstraint(condition=Q(stand__in=Stand.values), name="vraag_stand"),
            models.CheckConstraint(
                condition=Q(hulp__in=Hulp.values),
                name="vraag_hulp",
                violation_error_message="Kies uit de lijst wat je hoopt te krijgen.",
            ),
            models.CheckConstraint(
                condition=~Q(stand__in=[Stand.GEPLAATST, Stand.BESPROKEN])
                | Q(minuten__isnull=False, geplaatst_op__isnull=False),
                name="vraag_geplaatst_heeft_minuten",
                violation_error_message="Geef de vraag minuten in het programma.",
            ),
            models.CheckConstraint(
                condition=Q(minuten=None) | Q(minuten__gte=KORTST, minuten__lte=LANGST),
                name="vraag_minuten",
                violation_error_message=f"Geef een vraag {KORTST} tot {LANGST} minuten.",
            ),
            models.CheckConstraint(
                condition=Q(stand=Stand.BEANTWOORD, beantwoord_op__isnull=False) & ~Q(antwoord="")
                | (~Q(stand=Stand.BEANTWOORD) & Q(beantwoord_op=None)),
                name="vraag_beantwoord_heeft_antwoord",
                violation_error_message="Schrijf het antwoord op.",
            ),
            models.CheckConstraint(
                condition=Q(stand=Stand.SAMENGEVOEGD, in_vraag__isnull=False)
                | (~Q(stand=Stand.SAMENGEVOEGD) & Q(in_vraag=None)),
                name="vraag_samengevoegd_met_een_ander",
            ),
            models.CheckConstraint(
                condition=Q(in_vraag=None) | ~Q(in_vraag=F("id")),
                name="vraag_niet_bij_zichzelf",
                violation_error_message="Kies een andere vraag om bij te voegen.",
            ),
        ]

    def __str__(self):
        return self.vraag

    def get_absolute_url(self) -> str:
        return reverse("bijeenkomsten:vraag", args=[self.pk])

    @property
    def van_wie(self) -> str:
        return self.initiatief.naam if self.initiatief else VERDWENEN

    @property
    def loopt(self) -> bool:
        return self.stand in LOPEND

    def op_slot(self) -> Vraag:
        """The row as it is now, locked until the end of the transaction."""
        return Vraag.objects.select_for_update(no_key=True).get(pk=self.pk)

    def zet(self, stap: Stap, **velden) -> Vraag:
        """Take one step on the locked row, with the fields that come with it; return the row.

        Raises ValidationError (code `stap`) when the question is not where this step begins.
        """
        with transaction.atomic():
            rij = self.op_slot()
            if waarom_niet := belemmering(rij.stand, stap):
                raise ValidationError(waarom_niet, code="stap")
            for naam, waarde in velden.items():
                setattr(rij, naam, waarde)
            rij.stand = STAPPEN[stap][1]
            if stap in (Stap.HAAL_AF, Stap.SCHUIF_DOOR, Stap.VOEG_SAMEN, Stap.TREK_IN):
                rij.minuten = rij.geplaatst_op = None
            rij.stapnummer += 1
            rij.save()
        return rij


class Vraagsteun(models.Model):
    """An initiative that would like an answer to the question of another one, too."""

    vraag = models.ForeignKey(Vraag, models.CASCADE, related_name="steun")
    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="steunt_vragen")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "steun voor een vraag"
        verbose_name_plural = "steun voor vragen"
        constraints = [
            models.UniqueConstraint(
                fields=["vraag", "initiatief"],
                name="vraagsteun_een_keer",
                violation_error_message="Jullie steunen deze vraag al.",
            )
        ]

    def __str__(self):
        return f"{self.initiatief} steunt een vraag"
