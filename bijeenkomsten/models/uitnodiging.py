"""Invitations to a meeting, and the answers."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import models, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Cast, Coalesce, Lower
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.ligging import Ligging, ligging
from bijeenkomsten.models.bijeenkomst import MEESTE_INTRODUCEES, Bijeenkomst
from bijeenkomsten.models.opvragen import schooljaar_van
from bijeenkomsten.plaatsen import LANGST_BEWAARD, plekken_voor
from bijeenkomsten.soorten import Soort
from collectief.gebruikers.models import GEWIST, Gebruiker, niemands_adres, nieuw_token
from collectief.geo.models import Postcode
from initiatieven.models import Initiatief

INCHECKEN = "bijeenkomsten.inchecken"


class UitnodigingQuerySet(models.QuerySet):
    def komt(self) -> UitnodigingQuerySet:
        return self.filter(antwoord=Uitnodiging.Antwoord.JA)

    def heeft_plek(self) -> UitnodigingQuerySet:
        """Who has a seat, and who may still say whether she takes the seat that is kept for her."""
        return self.filter(Q(antwoord=Uitnodiging.Antwoord.JA) | Q(aanbod_tot__isnull=False))

    def met_ligging(self) -> UitnodigingQuerySet:
        """Annotate `lat` and `lon` of where the meeting is, so that the page needs no query of its own for it."""
        postcode = Postcode.objects.filter(pk=OuterRef("bijeenkomst__pc4"))
        return self.annotate(lat=Subquery(postcode.values("lat")), lon=Subquery(postcode.values("lon")))

    def was_er(self) -> UitnodigingQuerySet:
        return self.filter(aanwezig_op__isnull=False)

    def gasten_die_kwamen(self) -> UitnodigingQuerySet:
        """Without an account; seen there, or said yes where nobody kept a list of who was."""
        lijst = self.model.objects.was_er().filter(bijeenkomst=OuterRef("bijeenkomst"))
        kwam = Q(aanwezig_op__isnull=False) | (Q(antwoord=Uitnodiging.Antwoord.JA) & ~Exists(lijst))
        return self.bekend().filter(kwam, gebruiker=None)

    def bezoeken(self) -> UitnodigingQuerySet:
        """Visits that took place, and of which is known where: nobody else can say whether a story is public."""
        return self.gegaan_op_bezoek().filter(bijeenkomst__gastheer__isnull=False)

    def gegaan_op_bezoek(self) -> UitnodigingQuerySet:
        """Visits that took place: who was seen there, or who said yes where nobody kept a list."""
        geweest = self.filter(bijeenkomst__soort=Soort.OP_BEZOEK, bijeenkomst__eindigt_op__lte=timezone.now())
        gegaan = geweest.filter(bijeenkomst__status=Bijeenkomst.Status.GEPUBLICEERD)
        return gegaan.filter(Q(aanwezig_op__isnull=False) | Q(antwoord=Uitnodiging.Antwoord.JA))

    def per_initiatief_en_jaar(self) -> dict[tuple[int, int], int]:
        """At how many meetings somebody of each initiative was, by initiative and first year of the school year."""
        jaar = schooljaar_van("bijeenkomst__begint_op")
        geteld = self.was_er().exclude(initiatief=None).annotate(jaar=jaar).values("initiatief", "jaar")
        geteld = geteld.annotate(aantal=Count("bijeenkomst", distinct=True)).order_by("initiatief", "jaar")
        return {(rij["initiatief"], rij["jaar"]): rij["aantal"] for rij in geteld}

    def bijgehouden_per_jaar(self) -> dict[int, int]:
        """For how many meetings of each school year it was kept who was there."""
        geteld = self.was_er().annotate(jaar=schooljaar_van("bijeenkomst__begint_op")).values("jaar")
        geteld = geteld.annotate(aantal=Count("bijeenkomst", distinct=True)).order_by("jaar")
        return {rij["jaar"]: rij["aantal"] for rij in geteld}

    def met_incheckcode(self, code: str) -> UitnodigingQuerySet:
        """The one invitation that this code was made for; none when it is no code of ours."""
        try:
            return self.filter(pk=Signer(salt=INCHECKEN, sep=".").unsign(code))
        except BadSignature:
            return self.none()

    def wacht(self) -> UitnodigingQuerySet:
        """The waiting list, in order of asking."""
        return self.filter(antwoord=Uitnodiging.Antwoord.WACHTLIJST).order_by("wacht_sinds", "pk")

    def wis_oude_wensen(self) -> int:
        """Forget what people needed once a month has passed since the meeting; return of how many that was."""
        oud = self.filter(bijeenkomst__eindigt_op__lt=timezone.now() - LANGST_BEWAARD)
        met_wens = oud.exclude(dieet="", tolk="", toegankelijkheid="")
        return met_wens.update(**dict.fromkeys(Uitnodiging.WENSEN, ""))

    def bekend(self) -> UitnodigingQuerySet:
        """Of whom is still known who it is."""
        return self.exclude(adres__endswith=GEWIST)

    def wis_wie_het_was(self) -> int:
        """Forget who was asked, two years after the meeting, not how many came; return of how many."""
        oud = self.bekend().filter(bijeenkomst__in=Bijeenkomst.objects.van_lang_geleden())
        sleutel = Cast(RandomUUID(), models.CharField())  # her link opens nothing any more
        return oud.update(gebruiker=None, naam="naam niet bewaard", adres=niemands_adres(), token=sleutel)

    def aantal_mensen(self) -> int:
        """How many people these are, with whom they bring."""
        return self.aggregate(mensen=Sum(F("meegenomen") + 1, default=0))["mensen"]

    def rekent_erop(self) -> UitnodigingQuerySet:
        """Everyone who has to hear about a change: all but those who said no."""
        return self.exclude(antwoord=Uitnodiging.Antwoord.NEE)

    def zichtbaar(self) -> UitnodigingQuerySet:
        """Invitations to meetings that were announced, with the meeting."""
        return self.exclude(bijeenkomst__status=Bijeenkomst.Status.CONCEPT).select_related("bijeenkomst")

    def voor(self, gebruiker: Gebruiker) -> UitnodigingQuerySet:
        """The invitations of this user that she may see."""
        return self.zichtbaar().filter(gebruiker=gebruiker)

    def voor_eigen_agenda(self) -> UitnodigingQuerySet:
        """What belongs in a calendar: all but what she said no to, up to a year back."""
        niet_te_oud = self.filter(bijeenkomst__eindigt_op__gt=timezone.now() - timedelta(days=366))
        return niet_te_oud.rekent_erop().order_by("bijeenkomst__begint_op", "pk")

    def komend(self) -> UitnodigingQuerySet:
        """To meetings that are not over yet, the nearest first; also those that were called off."""
        return self.filter(bijeenkomst__eindigt_op__gt=timezone.now()).order_by("bijeenkomst__begint_op", "pk")

    def geweest(self) -> UitnodigingQuerySet:
        """To meetings that are over, the latest first."""
        return self.filter(bijeenkomst__eindigt_op__lte=timezone.now()).order_by("-bijeenkomst__begint_op", "-pk")

    def op_volgorde(self) -> UitnodigingQuerySet:
        """Who comes first, then perhaps, then unknown, then who does not; by name, with or without an account."""
        volgorde = Case(*(When(antwoord=keuze, then=nummer) for nummer, keuze in enumerate(Uitnodiging.LIJSTVOLGORDE)))
        wie = Lower(Coalesce("gebruiker__naam", "naam"))
        return self.select_related("gebruiker", "initiatief").order_by(volgorde, wie, "pk")


class Uitnodiging(models.Model):
    """One person who is asked to a meeting, and what she answered."""

    class Antwoord(models.TextChoices):
        JA = "ja", "komt"
        MISSCHIEN = "misschien", "komt misschien"
        NEE = "nee", "komt niet"
        OPEN = "open", "nog geen antwoord"
        WACHTLIJST = "wachtlijst", "staat op de wachtlijst"

    class Bron(models.TextChoices):
        """How an answer came in."""

        SITE = "site", "op de site"
        MAIL = "mail", "met een knop in de mail"
        AGENDA = "agenda", "vanuit de eigen agenda"
        KERNTEAM = "kernteam", "door het kernteam"
        TERMIJN = "termijn", "vanzelf, toen de bedenktijd om was"

    WENSEN = ("dieet", "tolk", "toegankelijkheid")
    LIJSTVOLGORDE = (Antwoord.JA, Antwoord.WACHTLIJST, Antwoord.MISSCHIEN, Antwoord.OPEN, Antwoord.NEE)
    TE_KIEZEN = (Antwoord.JA, Antwoord.MISSCHIEN, Antwoord.NEE)
    STAND = (
        "antwoord",
        "beantwoord_op",
        "antwoord_bron",
        "antwoord_volgnummer",
        "wacht_sinds",
        "aanbod_tot",
        "meegenomen",
    )

    bijeenkomst = models.ForeignKey(Bijeenkomst, models.CASCADE, related_name="uitnodigingen")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="uitnodigingen"
    )
    naam = models.CharField("naam", max_length=120, blank=True, help_text="Van iemand zonder account.")
    adres = models.EmailField("e-mailadres", blank=True, help_text="Van iemand zonder account.")
    initiatief = models.ForeignKey(
        Initiatief, models.SET_NULL, null=True, blank=True, related_name="uitnodigingen", verbose_name="initiatief"
    )
    antwoord = models.CharField("antwoord", max_length=10, choices=Antwoord, default=Antwoord.OPEN)
    beantwoord_op = models.DateTimeField(null=True, blank=True)
    antwoord_bron = models.CharField("hoe het antwoord kwam", max_length=10, choices=Bron, blank=True, editable=False)
    antwoord_volgnummer = models.PositiveIntegerField(
        default=0, editable=False, help_text="SEQUENCE of the invitation that was answered."
    )
    wacht_sinds = models.DateTimeField(null=True, blank=True, editable=False)
    aanbod_tot = models.DateTimeField(null=True, blank=True, editable=False, help_text="Until then a seat is kept.")
    meegenomen = models.PositiveSmallIntegerField("hoeveel mensen neem je mee?", default=0)
    dieet = models.CharField("eten en drinken", max_length=200, blank=True)
    tolk = models.CharField("taal of gebarentolk", max_length=200, blank=True)
    toegankelijkheid = models.CharField("binnenkomen en meedoen", max_length=200, blank=True)
    aanwezig_op = models.DateTimeField(null=True, blank=True, editable=False)
    token = models.CharField(max_length=64, unique=True, default=nieuw_token, editable=False)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = UitnodigingQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(gebruiker__isnull=False, adres="", naam="")
                | (Q(gebruiker=None) & ~Q(adres="") & ~Q(naam="")),
                name="uitnodiging_voor_een_persoon",
                violation_error_message="Nodig iemand met een account uit, of vul een naam en een e-mailadres in.",
            ),
            models.CheckConstraint(
                condition=Q(adres=Lower("adres")),
                name="uitnodiging_adres_klein",
                violation_error_message="Schrijf het e-mailadres met kleine letters.",
            ),
            models.CheckConstraint(
                condition=Q(antwoord__in=["ja", "misschien", "nee", "open", "wachtlijst"]), name="uitnodiging_antwoord"
            ),
            models.CheckConstraint(
                condition=Q(antwoord="wachtlijst", wacht_sinds__isnull=False)
                | (~Q(antwoord="wachtlijst") & Q(wacht_sinds=None, aanbod_tot=None)),
                name="uitnodiging_wachtlijst_heeft_begin",
            ),
            models.CheckConstraint(
                condition=Q(meegenomen=0) | Q(antwoord__in=["ja", "wachtlijst"], meegenomen__lte=MEESTE_INTRODUCEES),
                name="uitnodiging_meegenomen",
                violation_error_message="Wie niet komt, neemt ook niemand mee.",
            ),
            models.CheckConstraint(
                condition=Q(antwoord="open", beantwoord_op=None)
                | (~Q(antwoord="open") & Q(beantwoord_op__isnull=False)),
                name="uitnodiging_antwoord_heeft_moment",
            ),
            models.UniqueConstraint(
                fields=["bijeenkomst", "gebruiker"],
                condition=Q(gebruiker__isnull=False),
                name="uitnodiging_een_keer_per_gebruiker",
                violation_error_message="Deze persoon is al uitgenodigd.",
            ),
            models.UniqueConstraint(
                fields=["bijeenkomst", "adres"],
                condition=~Q(adres=""),
                name="uitnodiging_een_keer_per_adres",
                violation_error_message="Deze persoon is al uitgenodigd.",
            ),
        ]

    def __str__(self):
        return self.wie

    @property
    def wie(self) -> str:
        return str(self.gebruiker) if self.gebruiker_id else self.naam

    @property
    def mailadres(self) -> str:
        """Where her mail goes: to her account, or to the address that was invited."""
        return self.gebruiker.email if self.gebruiker_id else self.adres

    @property
    def komt(self) -> bool:
        return self.antwoord == self.Antwoord.JA

    @property
    def link(self) -> str:
        """The online link, only for someone who said yes to a meeting that goes ahead."""
        return self.bijeenkomst.link if self.komt and self.bijeenkomst.is_gepubliceerd else ""

    @property
    def incheckcode(self) -> str:
        """What she shows at the door: only says who she is, and does not answer for her."""
        return Signer(salt=INCHECKEN, sep=".").sign(self.pk)

    @property
    def ligging(self) -> Ligging | None:
        """The dot on the map; after `met_ligging`, here or on the meeting."""
        return ligging(self.lat, self.lon) if "lat" in self.__dict__ else self.bijeenkomst.ligging

    @property
    def pad(self) -> str:
        """Where this person answers: behind sign-in, or by the personal link when there is no account."""
        if self.gebruiker_id:
            return reverse("bijeenkomsten:meedoen", args=[self.bijeenkomst_id])
        return reverse("bijeenkomsten:antwoord", args=[self.token])

    def beantwoord(
        self,
        antwoord: str,
        *,
        bron: str = Bron.SITE,
        op: datetime | None = None,
        volgnummer: int | None = None,
        meegenomen: int | None = None,
    ) -> bool:
        """Record ja, nee or misschien, wherever it came from. The one place where an answer is applied.

        The meeting's row is locked, so the last seat is given once: who says ja to a full meeting comes on the waiting
        list. `op` is when she answered (now; a clock that runs ahead counts as now), `volgnummer` the SEQUENCE of the
        invitation that she answered (the present one), `meegenomen` how many people she brings (as it was).

        Returns False, and nothing changes, when a newer answer stands already; the same answer twice is safe.
        Raises ValidationError when the meeting is over (code `voorbij`), called off or a draft (`status`), when it is
        too late to give back a seat (`te_laat`), or when so many people do not fit (`te_veel`).
        """
        with transaction.atomic():
            bijeenkomst = self.bijeenkomst.op_slot()
            self.refresh_from_db(fields=self.STAND)
            moment = (bijeenkomst.volgnummer_agenda if volgnummer is None else volgnummer, _niet_later(op))
            if self.beantwoord_op and moment < (self.antwoord_volgnummer, self.beantwoord_op):
                return False
            self._weiger(bijeenkomst, antwoord, bron)
            self._neem_aan(bijeenkomst, antwoord, self.meegenomen if meegenomen is None else meegenomen)
            (self.antwoord_volgnummer, self.beantwoord_op), self.antwoord_bron = moment, bron
            self._bewaar(bijeenkomst)
        return True

    def _bewaar(self, bijeenkomst: Bijeenkomst) -> None:
        """Save the answer, and pass on a seat that came free by it: perhaps to this very person."""
        self.save(update_fields=self.STAND)
        bijeenkomst.schuif_door()
        self.refresh_from_db(fields=self.STAND)

    def _weiger(self, bijeenkomst: Bijeenkomst, antwoord: str, bron: str) -> None:
        """Raise ValidationError when this answer cannot be taken now."""
        if antwoord not in self.TE_KIEZEN:
            raise ValidationError("Kies ja, misschien of nee.", code="antwoord")
        if not bijeenkomst.is_gepubliceerd:
            raise ValidationError("Deze bijeenkomst gaat niet door. Antwoorden hoeft niet meer.", code="status")
        if bijeenkomst.is_voorbij:
            raise ValidationError("Deze bijeenkomst is al geweest. Antwoorden kan niet meer.", code="voorbij")
        geeft_plek_op = self.komt and antwoord != self.Antwoord.JA
        if geeft_plek_op and bijeenkomst.is_afmelden_voorbij and bron != self.Bron.KERNTEAM:
            raise ValidationError(
                "Afmelden via de site kan niet meer. Bel of mail een van de trekkers, dan regelen zij het.",
                code="te_laat",
            )

    def _neem_aan(self, bijeenkomst: Bijeenkomst, antwoord: str, meegenomen: int) -> None:
        """Take a seat with ja, and give it back with anything else."""
        if antwoord == self.Antwoord.JA:
            self._neem_plek(bijeenkomst, meegenomen)
        else:
            self.antwoord, self.wacht_sinds, self.aanbod_tot, self.meegenomen = antwoord, None, None, 0

    def _neem_plek(self, bijeenkomst: Bijeenkomst, meegenomen: int) -> None:
        """Take a seat, or a place on the waiting list. Raises ValidationError when so many people never fit."""
        self._weiger_te_veel(bijeenkomst, meegenomen)
        vrij, nodig = bijeenkomst.vrije_plekken(zonder=self.pk), plekken_voor(meegenomen)
        if vrij is None or nodig <= vrij:
            self.antwoord, self.wacht_sinds, self.aanbod_tot = self.Antwoord.JA, None, None
        elif self.komt or self.aanbod_tot:
            raise ValidationError(f"Zoveel plek is er niet. Je kunt met {max(vrij, 1)} komen.", code="te_veel")
        else:
            self.antwoord, self.wacht_sinds = self.Antwoord.WACHTLIJST, self.wacht_sinds or timezone.now()
        self.meegenomen = meegenomen

    def _weiger_te_veel(self, bijeenkomst: Bijeenkomst, meegenomen: int) -> None:
        """Together the people of one initiative bring no more than it may, and no more than there are seats."""
        anderen = 0
        if self.initiatief_id and meegenomen:
            mensen = bijeenkomst.uitnodigingen.filter(initiatief=self.initiatief_id).exclude(pk=self.pk)
            anderen = mensen.aggregate(samen=Sum("meegenomen", default=0))["samen"]
        mag = max(bijeenkomst.introducees - anderen, 0)
        if meegenomen > max(mag, self.meegenomen):
            zin = (
                f"Je kunt nog {mag} {'mens' if mag == 1 else 'mensen'} meenemen." if mag else "Meenemen kan niet meer."
            )
            raise ValidationError(zin, code="te_veel")
        if bijeenkomst.capaciteit is not None and plekken_voor(meegenomen) > bijeenkomst.capaciteit:
            raise ValidationError(f"Er zijn {bijeenkomst.capaciteit} plekken in totaal.", code="te_veel")

    def is_binnen(self) -> None:
        """Note that she is here. Twice keeps the first time. Raises ValidationError before the day itself."""
        if not self.bijeenkomst.mag_inchecken:
            raise ValidationError("Afvinken kan vanaf de ochtend van de dag zelf.", code="te_vroeg")
        Uitnodiging.objects.filter(pk=self.pk, aanwezig_op=None).update(aanwezig_op=timezone.now())

    def is_toch_niet_binnen(self) -> None:
        """Take back that she is here."""
        Uitnodiging.objects.filter(pk=self.pk).update(aanwezig_op=None)

    def bied_plek_aan(self, tot: datetime) -> None:
        """Keep a seat for somebody on the waiting list. Only `Bijeenkomst.schuif_door` calls this."""
        self.aanbod_tot = tot
        self.save(update_fields=["aanbod_tot"])

    def laat_aanbod_verlopen(self, nu: datetime) -> None:
        """The seat that was kept goes to the next. Only `Bijeenkomst.schuif_door` calls this."""
        self.antwoord, self.antwoord_bron, self.beantwoord_op = self.Antwoord.MISSCHIEN, self.Bron.TERMIJN, nu
        self.wacht_sinds, self.aanbod_tot, self.meegenomen = None, None, 0
        self.save(update_fields=self.STAND)


def _niet_later(op: datetime | None) -> datetime:
    nu = timezone.now()
    return min(op or nu, nu)
