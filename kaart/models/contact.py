"""A family asks at most three places whether their child may come, and sees where that stands through a private link.

Nobody asks the name of a child. Who asked is encrypted, and erased after ninety days or when the question is taken
back; what stays is that a question was asked and what came of it. Row security keeps both tables for the asked places
and the holder of the link.
"""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Max, OuterRef, Q, Subquery
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.versleuteling import VersleuteldVeld
from collectief.werkdagen import is_werkdag
from initiatieven.models import Initiatief
from initiatieven.models.initiatief import OUDSTE
from kaart.contactstanden import (
    KLAAR,
    LINK_EINDIGT_NA,
    LOOPT,
    NET_VERSTUURD,
    WIS_NA,
    Beweger,
    Contactstand,
    Reden,
    belemmering,
    herinner_vanaf,
    mogelijk,
)
from kaart.models.links import MetLink
from kaart.permissions import gevraagde_initiatieven

WIE_HET_IS = ("naam", "email", "telefoon", "wanneer", "bericht")  # erased; so is the age


class ContactGeweigerd(Exception):
    """A step that cannot be taken now; the message says why, in Dutch, for the person who tried."""


class ContactverzoekQuerySet(models.QuerySet):
    def bewaard(self) -> ContactverzoekQuerySet:
        """Questions of which we still know who asked."""
        return self.filter(gewist_op=None)

    def te_wissen(self) -> ContactverzoekQuerySet:
        return self.bewaard().filter(aangemaakt_op__lte=timezone.now() - WIS_NA)

    def te_vragen(self, na: int) -> ContactverzoekQuerySet:
        """Questions that are `na` days old, whose family was not asked yet at that time whether a place was found."""
        oud = self.bewaard().filter(aangemaakt_op__lte=timezone.now() - timedelta(days=na))
        return oud.filter(gevraagd_na__lt=na).exclude(gevonden=Contactverzoek.Gevonden.JA)


class Contactverzoek(MetLink, models.Model):
    """One question of a family, or of a young person. Its key is half of the private link."""

    class Wie(models.TextChoices):
        OUDER = "ouder", "ouder of verzorger"
        JONGERE = "jongere", "ik zoek voor mezelf"
        ANDER = "ander", "iemand die helpt zoeken"

    class Hoe(models.TextChoices):
        MAIL = "mail", "mailen"
        BELLEN = "bellen", "bellen"
        BERICHT = "bericht", "een berichtje sturen"

    class Gevonden(models.TextChoices):
        JA = "ja", "ja, bij een plek van hier"
        ELDERS = "elders", "ja, ergens anders"
        NOG_NIET = "nog_niet", "nog niet"
        NIET_MEER = "niet_meer", "we zoeken niet meer"

    ZOUT = "kaart.contact"
    TAAK = "contact"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kenmerk = models.UUIDField(unique=True, editable=False)  # of the form: sent twice is asked once
    wie = models.CharField("wie ben je?", max_length=7, choices=Wie)
    naam = VersleuteldVeld("hoe mogen we je noemen?", null=True)
    email = VersleuteldVeld("je e-mailadres", null=True)
    telefoon = VersleuteldVeld("je telefoonnummer", null=True, blank=True)
    hoe = models.CharField("hoe bereiken ze je het liefst?", max_length=7, choices=Hoe)
    wanneer = VersleuteldVeld("wanneer komt het uit?", null=True, blank=True)
    leeftijd = models.PositiveSmallIntegerField(
        "hoe oud is de jongere?", null=True, blank=True, validators=[MaxValueValidator(OUDSTE)]
    )
    bericht = VersleuteldVeld("wat wil je vertellen?", null=True, blank=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)  # also the moment of the yes
    gevraagd_na = models.PositiveSmallIntegerField(default=0, editable=False)  # days; the last time that we asked
    gevonden = models.CharField("is er een plek gevonden?", max_length=9, choices=Gevonden, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, editable=False)
    gewist_op = models.DateTimeField(null=True, editable=False)

    objects = ContactverzoekQuerySet.as_manager()

    class Meta:
        verbose_name = "contactverzoek"
        verbose_name_plural = "contactverzoeken"
        constraints = [
            models.CheckConstraint(
                condition=Q(gewist_op__isnull=True, naam__isnull=False, email__isnull=False)
                | Q(gewist_op__isnull=False, leeftijd=None, **{f"{veld}__isnull": True for veld in WIE_HET_IS}),
                name="contactverzoek_gewist_is_leeg",
                violation_error_message="Wat gewist is, blijft leeg; wat niet gewist is, heeft een naam en een adres.",
            ),
            models.CheckConstraint(
                condition=Q(ingetrokken_op=None) | Q(gewist_op__isnull=False),
                name="contactverzoek_ingetrokken_is_gewist",
                violation_error_message="Een vraag die ingetrokken is, wordt meteen gewist.",
            ),
        ]
        indexes = [
            models.Index(fields=["aangemaakt_op"], condition=Q(gewist_op=None), name="contactverzoek_bewaard"),
        ]

    def __str__(self):
        return f"contactverzoek {self.pk}"

    @property
    def groep(self) -> str:
        """What its mail is known by in the outbox."""
        return f"contact:{self.pk}"

    @property
    def gewist_na(self):
        """The day after which nobody can see any more who asked."""
        return timezone.localdate(self.aangemaakt_op + WIS_NA)

    @property
    def is_verlopen(self) -> bool:
        """Whether the private link leads nowhere any more: some weeks after who asked was erased."""
        return self.gewist_op is not None and timezone.now() - self.gewist_op >= LINK_EINDIGT_NA

    @property
    def is_net_verstuurd(self) -> bool:
        """Whether the family comes straight from the form, or nearly so: too early to ask what came of it."""
        return timezone.now() - self.aangemaakt_op < NET_VERSTUURD

    def wis(self, **anders: object) -> None:
        """Erase everything that tells who asked. What came of it stays. Twice is once."""
        leeg = dict.fromkeys((*WIE_HET_IS, "leeftijd")) | {"gewist_op": timezone.now()} | anders
        Contactverzoek.objects.bewaard().filter(pk=self.pk).update(**leeg)
        for naam, waarde in leeg.items():
            setattr(self, naam, waarde)

    @transaction.atomic
    def trek_in(self) -> None:
        """Take the question back: no place may go on with it, and who asked is erased at once."""
        for plek in self.plekken.select_for_update().order_by("pk"):
            if plek.stand != Contactstand.INGETROKKEN:
                plek.zet(Contactstand.INGETROKKEN, beweger=Beweger.GEZIN)
        self.wis(ingetrokken_op=timezone.now())


class ContactplekQuerySet(models.QuerySet):
    def zichtbaar_voor(self, gebruiker: Gebruiker) -> ContactplekQuerySet:
        """What the initiatives of this user were asked; never what others were asked in the same question."""
        return self.filter(initiatief__in=gevraagde_initiatieven(gebruiker))

    def nieuw(self) -> ContactplekQuerySet:
        return self.filter(stand=Contactstand.NIEUW)

    def bij_gestopt(self) -> ContactplekQuerySet:
        """Asked of a place that stopped."""
        return self.filter(initiatief__in=Initiatief.objects.gestopt())

    def loopt(self) -> ContactplekQuerySet:
        return self.filter(stand__in=LOOPT)

    def klaar(self) -> ContactplekQuerySet:
        return self.filter(stand__in=KLAAR)

    def met_vraag(self) -> ContactplekQuerySet:
        return self.select_related("verzoek", "initiatief")

    def with_gelezen_op(self) -> ContactplekQuerySet:
        """Annotate with when somebody of the place first opened the question."""
        inzagen = Contactinzage.objects.filter(plek=OuterRef("pk")).order_by("op").values("op")[:1]
        return self.annotate(gelezen_op=Subquery(inzagen))


class Contactplek(models.Model):
    """One place that was asked, and what it did with the question."""

    verzoek = models.ForeignKey(Contactverzoek, models.PROTECT, related_name="plekken")
    # The database lets go of a place that left the bin for good: the family keeps reading what came of its question.
    initiatief = models.ForeignKey(Initiatief, models.SET_NULL, null=True, related_name="contactplekken")
    stand = models.CharField(max_length=12, choices=Contactstand, default=Contactstand.NIEUW)
    reden = models.CharField("waarom nu niet?", max_length=12, choices=Reden, blank=True)
    sinds = models.DateTimeField(default=timezone.now, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    gevraagd_op = models.DateTimeField(default=timezone.now, editable=False)
    herinnerd_op = models.DateTimeField(null=True, editable=False)

    objects = ContactplekQuerySet.as_manager()

    class Meta:
        verbose_name = "gevraagde plek"
        verbose_name_plural = "gevraagde plekken"
        constraints = [
            models.UniqueConstraint(
                fields=["verzoek", "initiatief"],
                name="contactplek_een_keer",
                violation_error_message="Deze plek is al gevraagd.",
            ),
            models.CheckConstraint(
                condition=Q(stand="geen_plek") ^ Q(reden=""),
                name="contactplek_reden_bij_geen_plek",
                violation_error_message="Een reden hoort bij: nu geen plek.",
            ),
        ]
        indexes = [
            models.Index(fields=["initiatief", "stand"], name="contactplek_van_initiatief"),
            models.Index(fields=["gevraagd_op"], condition=Q(stand="nieuw"), name="contactplek_nieuw"),
        ]

    def __str__(self):
        return f"gevraagde plek {self.pk}"

    @property
    def mogelijk(self) -> list[Contactstand]:
        """Where the place may move it from here."""
        return mogelijk(Contactstand(self.stand), Beweger.PLEK)

    @property
    def buurt(self) -> str:
        """Where to look further when this place says no; empty when it is gone or only online."""
        return self.initiatief.buurt if self.initiatief else ""

    @property
    def werkdagen_oud(self) -> int:
        """How many working days it is ago that the family asked."""
        gevraagd, vandaag = timezone.localdate(self.gevraagd_op), timezone.localdate()
        return sum(is_werkdag(gevraagd + timedelta(days=na)) for na in range(1, (vandaag - gevraagd).days + 1))

    def noteer_inzage(self, door: Gebruiker) -> None:
        """Write down that this person opened the question, in the transaction of the page. Erased, it tells nothing."""
        if not self.verzoek.gewist_op:
            Contactinzage.objects.create(plek=self, gebruiker=door)

    @property
    def lezers(self) -> models.QuerySet:
        """Who opened the question and when last, newest first."""
        return self.inzagen.values("gebruiker__naam").annotate(laatst=Max("op")).order_by("-laatst", "gebruiker__naam")

    @property
    def mag_herinnerd(self) -> bool:
        """Whether three working days went by without an answer, and nobody was reminded yet."""
        if self.stand != Contactstand.NIEUW or self.herinnerd_op:
            return False
        return timezone.localdate() >= herinner_vanaf(timezone.localdate(self.gevraagd_op))

    @transaction.atomic
    def zet(
        self, naar: Contactstand, *, beweger: Beweger, door: Gebruiker | None = None, uit: str = "", reden: str = ""
    ) -> None:
        """Move it on a locked row. `uit` is the state that the person saw when deciding.

        Raises ContactGeweigerd with what stands in the way, and Contactplek.DoesNotExist when it is out of her sight.
        """
        nu = Contactplek.objects.select_for_update().get(pk=self.pk)
        if uit and uit != nu.stand:
            raise ContactGeweigerd(f"Intussen is er iets veranderd: {nu.get_stand_display()}. Kijk even opnieuw.")
        if bezwaar := belemmering(Contactstand(nu.stand), naar, beweger=beweger, reden=reden):
            raise ContactGeweigerd(bezwaar)
        nieuw = {"stand": naar, "reden": reden, "sinds": timezone.now(), "door": door}
        Contactplek.objects.filter(pk=self.pk).update(**nieuw)
        for naam, waarde in nieuw.items():
            setattr(self, naam, waarde)


class Contactinzage(models.Model):
    """Somebody of a place opened the question of a family. The application can only add rows."""

    plek = models.ForeignKey(Contactplek, models.PROTECT, related_name="inzagen")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    op = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "inzage in een vraag"
        verbose_name_plural = "inzagen in vragen"
        indexes = [models.Index(fields=["plek", "op"], name="contactinzage_per_plek")]

    def __str__(self):
        return f"inzage op {self.op:%Y-%m-%d %H:%M}"
