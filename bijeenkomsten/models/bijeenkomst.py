"""Meetings of the collective: what, when, where, for whom."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from bijeenkomsten.ligging import Ligging, ligging
from bijeenkomsten.models.doelgroep import in_kringen
from bijeenkomsten.models.opvragen import BijeenkomstQuerySet
from bijeenkomsten.plaatsen import plekken_voor, reageer_tot
from bijeenkomsten.schooljaar import Schooljaar
from bijeenkomsten.soorten import DOELGROEP, GENODIGDE_KRINGEN, WELKOME_KRINGEN, Soort
from collectief.gebruikers.models import Gebruiker
from initiatieven.models import Initiatief
from initiatieven.validators import is_pc4

LANGSTE_DUUR = timedelta(hours=24)
MEESTE_INTRODUCEES = 10
NOG_GEEN_LINK = "Zet de link erbij. Een online bijeenkomst kan niet zonder."


class Bijeenkomst(models.Model):
    """One meeting: what, when, where, for whom, and whether it goes ahead."""

    class Status(models.TextChoices):
        CONCEPT = "concept", "concept"
        GEPUBLICEERD = "gepubliceerd", "gepubliceerd"
        AFGELAST = "afgelast", "afgelast"

    # A guest has to look at the calendar again when one of these changes (SEQUENCE in RFC 5545, 3.8.7.4).
    VERPLAATST_BIJ = ("begint_op", "eindigt_op", "plaats", "link")
    BEWERKBAAR = (
        *("soort", "titel", "omschrijving", "capaciteit", "is_openbaar"),
        *("pc4", "reis", "provincies", "gastheer", "introducees", "afmelden_tot"),
        *VERPLAATST_BIJ,
    )

    soort = models.CharField("soort", max_length=12, choices=Soort)
    titel = models.CharField("titel", max_length=120, blank=True)
    omschrijving = models.TextField("omschrijving", max_length=4000, blank=True)
    begint_op = models.DateTimeField("begin")
    eindigt_op = models.DateTimeField("eind")
    plaats = models.CharField("plaats", max_length=200, blank=True)
    pc4 = models.CharField("postcode (vier cijfers)", max_length=4, blank=True, validators=[is_pc4])
    reis = models.CharField("zo kom je er", max_length=300, blank=True)
    provincies = ArrayField(models.CharField(max_length=20), verbose_name="welke regio", default=list, blank=True)
    gastheer = models.ForeignKey(
        Initiatief, models.SET_NULL, null=True, blank=True, related_name="bezoeken", verbose_name="bij welk initiatief"
    )
    link = models.URLField("link", max_length=500, blank=True, validators=[URLValidator(schemes=["https"])])
    capaciteit = models.PositiveSmallIntegerField(
        "hoeveel mensen kunnen er komen?",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "Er moet minstens één persoon kunnen komen.")],
    )
    introducees = models.PositiveSmallIntegerField(
        "hoeveel mensen mag een initiatief meenemen?",
        default=0,
        validators=[
            MaxValueValidator(MEESTE_INTRODUCEES, f"Een initiatief neemt hooguit {MEESTE_INTRODUCEES} mensen mee.")
        ],
    )
    afmelden_tot = models.DateTimeField("afmelden kan tot", null=True, blank=True)
    trekkers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="trekt_bijeenkomsten", verbose_name="trekkers"
    )
    status = models.CharField("status", max_length=12, choices=Status, default=Status.CONCEPT)
    afgelast_omdat = models.CharField("waarom afgelast", max_length=200, blank=True)
    is_openbaar = models.BooleanField("op de openbare pagina", default=True)
    is_demo = models.BooleanField("voorbeeld", default=False, editable=False)
    bron = models.CharField("bron", max_length=60, blank=True, editable=False, help_text="Key of an imported row.")
    uid = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False, help_text="UID in calendars; never changes."
    )
    groep_uitgenodigd_op = models.DateTimeField("hele groep uitgenodigd op", null=True, editable=False)
    volgnummer_agenda = models.PositiveIntegerField(default=0, editable=False, help_text="SEQUENCE in calendars.")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField(auto_now=True)

    objects = BijeenkomstQuerySet.as_manager()

    class Meta:
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"
        indexes = [models.Index(fields=["begint_op", "id"], name="bijeenkomst_op_tijd")]
        constraints = [
            models.CheckConstraint(
                condition=Q(soort__in=Soort.values),
                name="bijeenkomst_soort",
                violation_error_message="Kies een soort bijeenkomst uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["concept", "gepubliceerd", "afgelast"]), name="bijeenkomst_status"
            ),
            models.CheckConstraint(
                condition=Q(eindigt_op__gt=F("begint_op")),
                name="bijeenkomst_eindigt_na_begin",
                violation_error_message="Een bijeenkomst eindigt na het begin.",
            ),
            models.CheckConstraint(
                condition=Q(eindigt_op__lte=F("begint_op") + LANGSTE_DUUR),
                name="bijeenkomst_hooguit_een_dag",
                violation_error_message="Een bijeenkomst duurt hooguit 24 uur.",
            ),
            models.CheckConstraint(
                condition=Q(capaciteit=None) | Q(capaciteit__gte=1),
                name="bijeenkomst_minstens_een_stoel",
                violation_error_message="Er moet minstens één persoon kunnen komen.",
            ),
            models.CheckConstraint(
                condition=Q(introducees__lte=MEESTE_INTRODUCEES),
                name="bijeenkomst_introducees",
                violation_error_message=f"Een initiatief neemt hooguit {MEESTE_INTRODUCEES} mensen mee.",
            ),
            models.CheckConstraint(
                condition=Q(afmelden_tot=None) | Q(afmelden_tot__lte=F("begint_op")),
                name="bijeenkomst_afmelden_voor_begin",
                violation_error_message="Afmelden kan tot het begin van de bijeenkomst, niet later.",
            ),
            # An imported planning holds dates of the past whose link nobody needs any more.
            models.CheckConstraint(
                condition=~Q(soort="online", status="gepubliceerd", link="", bron=""),
                name="bijeenkomst_online_heeft_link",
                violation_error_message=NOG_GEEN_LINK,
            ),
            models.UniqueConstraint(
                fields=["bron"],
                condition=~Q(bron=""),
                name="bijeenkomst_een_keer_per_bron",
                violation_error_message="Deze regel van de planning is al ingelezen.",
            ),
        ]

    def __str__(self):
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("bijeenkomsten:detail", args=[self.pk])

    @property
    def naam(self) -> str:
        return self.titel or self.get_soort_display()

    @property
    def doelgroep(self) -> str:
        """For whom it is: one sentence that follows from the kind."""
        return DOELGROEP[self.soort]

    @property
    def wanneer(self) -> str:
        """Day and times in words: "donderdag 14 september 2023, 15:30 tot 17:00 uur"."""
        begin, eind = timezone.localtime(self.begint_op), timezone.localtime(self.eindigt_op)
        tot = date_format(eind, "H:i") if begin.date() == eind.date() else date_format(eind, "l j F H:i")
        return f"{date_format(begin, 'l j F Y, H:i')} tot {tot} uur"

    @property
    def waar(self) -> str:
        """The place in words, without the online link; empty when it was never known."""
        if self.soort == Soort.ONLINE:
            return f"{self.plaats} (online)" if self.plaats else "Online"
        return self.plaats or ("" if self.is_voorbij else "De plaats volgt nog")

    @property
    def afgelast_zin(self) -> str:
        """That it was called off and, when that was given, why."""
        return f"Deze bijeenkomst is afgelast. {self.afgelast_omdat}".strip()

    @property
    def schooljaar(self) -> Schooljaar:
        return Schooljaar.van_moment(self.begint_op)

    @property
    def mist_gastheer(self) -> bool:
        """A visit of which nobody wrote down where: it is not offered, and nobody can tell about it."""
        return self.soort == Soort.OP_BEZOEK and not self.gastheer_id

    @property
    def is_voorbij(self) -> bool:
        return self.eindigt_op <= timezone.now()

    @property
    def is_afmelden_voorbij(self) -> bool:
        """Whether who said yes can no longer take that back by herself."""
        return self.afmelden_tot is not None and self.afmelden_tot <= timezone.now()

    @property
    def mag_inchecken(self) -> bool:
        """From the morning of the day itself."""
        return self.is_gepubliceerd and timezone.localdate(self.begint_op) <= timezone.localdate()

    @property
    def is_concept(self) -> bool:
        return self.status == self.Status.CONCEPT

    @property
    def is_gepubliceerd(self) -> bool:
        return self.status == self.Status.GEPUBLICEERD

    @property
    def is_afgelast(self) -> bool:
        return self.status == self.Status.AFGELAST

    @property
    def is_zichtbaar_voor_iedereen(self) -> bool:
        return self.is_openbaar and not self.is_concept

    def mensen(self) -> models.QuerySet[Gebruiker]:
        """Who leads it and who prepares it; `is_trekker` tells which."""
        trekkers = self.trekkers.through.objects.filter(bijeenkomst=self)
        wie = trekkers.values("gebruiker").union(self.voorbereiders.values("gebruiker"))  # OR would read everybody
        trekt = Exists(trekkers.filter(gebruiker=OuterRef("pk")))
        return Gebruiker.objects.filter(pk__in=wie).annotate(is_trekker=trekt).order_by("naam", "pk")

    @property
    def ligging(self) -> Ligging | None:
        """The dot on the map; only after `met_ligging`."""
        return ligging(self.lat, self.lon)

    @property
    def vrij(self) -> int | None:
        """Seats that are left, after `met_plekken`; None when there is no maximum."""
        return None if self.capaciteit is None else max(self.capaciteit - self.bezet, 0)

    def op_slot(self) -> Bijeenkomst:
        """The row as it is now, locked until the end of the transaction; new invitations may still be added."""
        return Bijeenkomst.objects.select_for_update(no_key=True).get(pk=self.pk)

    def publiceer(self) -> None:
        """Announce it. Does nothing when it is announced already; raises ValidationError when something is missing."""
        with transaction.atomic():
            bijeenkomst = self.op_slot()
            if bijeenkomst.is_afgelast:
                raise ValidationError("Deze bijeenkomst is afgelast. Maak een nieuwe aan.", code="afgelast")
            if bijeenkomst.soort == Soort.ONLINE and not bijeenkomst.link and not bijeenkomst.is_voorbij:
                raise ValidationError(NOG_GEEN_LINK, code="zonder_link")
            bijeenkomst.status = self.Status.GEPUBLICEERD
            bijeenkomst.save(update_fields=["status", "gewijzigd_op"])
        self.status, self.gewijzigd_op = bijeenkomst.status, bijeenkomst.gewijzigd_op

    def haal_weg(self) -> None:
        """Throw a draft away; twice is once. Raises ValidationError for a meeting that people may know of."""
        with transaction.atomic():
            bijeenkomst = Bijeenkomst.objects.select_for_update(no_key=True).filter(pk=self.pk).first()
            if bijeenkomst and not bijeenkomst.is_concept:
                raise ValidationError("Alleen een concept kun je weghalen. Gelast de bijeenkomst af.", code="status")
            Bijeenkomst.objects.filter(pk=self.pk).delete()

    def gelast_af(self, *, omdat: str = "") -> None:
        """Call it off, with a reason for the guests. Raises ValidationError for a draft or when it is over."""
        with transaction.atomic():
            bijeenkomst = self.op_slot()
            if not bijeenkomst.is_gepubliceerd:
                raise ValidationError("Je kunt alleen een gepubliceerde bijeenkomst afgelasten.", code="status")
            if bijeenkomst.is_voorbij:
                raise ValidationError("Deze bijeenkomst is al geweest.", code="voorbij")
            bijeenkomst.status, bijeenkomst.afgelast_omdat = self.Status.AFGELAST, omdat
            bijeenkomst.save(update_fields=["status", "afgelast_omdat", "gewijzigd_op"])
        self.status, self.afgelast_omdat, self.gewijzigd_op = bijeenkomst.status, omdat, bijeenkomst.gewijzigd_op

    def bewaar_wijziging(self) -> bool:
        """Store what was edited on this object; return whether time or place changed for the guests.

        Raises ValidationError when fewer people fit than said yes already.
        """
        with transaction.atomic():
            eerder = self.op_slot()
            if self.capaciteit is not None and self.capaciteit < (komen := eerder.aantal_dat_komt()):
                raise ValidationError(
                    {"capaciteit": f"Er komen al {komen} mensen. Vul {komen} of meer in."}, code="te_klein"
                )
            self._neem_afmeldtijd_mee(eerder)
            is_verplaatst = any(getattr(eerder, veld) != getattr(self, veld) for veld in self.VERPLAATST_BIJ)
            self.volgnummer_agenda = eerder.volgnummer_agenda + is_verplaatst
            self.save(update_fields=[*self.BEWERKBAAR, "volgnummer_agenda", "gewijzigd_op"])
            self.schuif_door()
        return is_verplaatst

    def _neem_afmeldtijd_mee(self, eerder: Bijeenkomst) -> None:
        """A meeting that moves takes the last moment to say no along, as long before its beginning as it was."""
        if self.afmelden_tot and self.afmelden_tot == eerder.afmelden_tot and self.begint_op != eerder.begint_op:
            self.afmelden_tot += self.begint_op - eerder.begint_op

    def aantal_dat_komt(self) -> int:
        """How many people come, with whom they bring."""
        return self.uitnodigingen.komt().aantal_mensen()

    def vrije_plekken(self, *, zonder: int | None = None) -> int | None:
        """Seats that nobody has and that are kept for nobody; None when there is no maximum.

        `zonder` leaves out one invitation, by key.
        """
        if self.capaciteit is None:
            return None
        return self.capaciteit - self.uitnodigingen.heeft_plek().exclude(pk=zonder).aantal_mensen()

    def schuif_door(self) -> None:
        """Keep each free seat for the first on the waiting list who fits, for as long as she may think it over.

        Somebody who let that time pass is asked no more, and goes back to "perhaps". Call it on a locked row; safe to
        repeat. The mail about it: `actions.mail_aanbiedingen`.
        """
        nu = timezone.now()
        if not self.is_gepubliceerd or self.begint_op <= nu:
            return
        for uitnodiging in self.uitnodigingen.wacht().filter(aanbod_tot__lte=nu):
            uitnodiging.laat_aanbod_verlopen(nu)
        vrij = self.vrije_plekken()
        for uitnodiging in self.uitnodigingen.wacht().filter(aanbod_tot=None):
            nodig = plekken_voor(uitnodiging.meegenomen)
            if vrij is None or nodig <= vrij:
                uitnodiging.bied_plek_aan(reageer_tot(nu, self.begint_op))
                vrij = None if vrij is None else vrij - nodig

    def genodigden(self) -> models.QuerySet[Gebruiker]:
        """The people whom this kind of meeting invites as a group, without those invited before.

        Each has `via_initiatief`: the initiative she comes for, or None.
        """
        mensen = in_kringen(self, GENODIGDE_KRINGEN[self.soort])
        return mensen.exclude(pk__in=self.uitnodigingen.exclude(gebruiker=None).values("gebruiker")).order_by("pk")

    def is_welkom(self, gebruiker: Gebruiker) -> bool:
        """Whether she may come without being invited: the meeting is announced, open to her, and not over."""
        kan = self.is_gepubliceerd and not self.is_voorbij and (self.is_openbaar or self.soort == Soort.OP_BEZOEK)
        return kan and in_kringen(self, WELKOME_KRINGEN[self.soort]).filter(pk=gebruiker.pk).exists()
