"""Where an initiative is, and whether there is room."""

from __future__ import annotations

from datetime import date, timedelta

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import SpGistIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Round
from django.utils import timezone

from collectief.geo.adres import is_vlakbij
from collectief.geo.rd import LAT_BEREIK, LON_BEREIK, Punt
from collectief.geo.velden import Afstand, RDPunt, RDVan
from initiatieven.models.initiatief import OUDSTE, Initiatief, Zoekvorm
from initiatieven.validators import is_pc4, niet_in_de_toekomst

AFRONDING = 2  # decimals of a degree for a place at someone's home: about a kilometre
MEESTE = 10  # places, and age groups, of one initiative
HOUDBAAR = timedelta(days=30)  # room that was noted longer ago says nothing any more


def _afgerond(veld: str) -> Round:
    return Round(Cast(veld, models.DecimalField(max_digits=8, decimal_places=5)), AFRONDING)


def bij_adres(rijen: models.QuerySet, pc4: str, adres: str) -> Q:
    """Which of these rows stand at or near this address in this postcode; none when no address is known."""
    adressen = rijen.filter(pc4=pc4).exclude(adres="").values_list("pk", "adres") if adres else []
    return Q(pk__in=[pk for pk, ander in adressen if is_vlakbij(adres, ander)])


class LocatieQuerySet(models.QuerySet):
    def openbaar(self) -> LocatieQuerySet:
        """Places of initiatives that the public may find."""
        return self.filter(initiatief__lidmaatschap__in=Initiatief.OPENBAAR)

    def te_vinden(self) -> LocatieQuerySet:
        """Places that search, lists and files may show, online ones too."""
        return self.openbaar().filter(initiatief__is_vindbaar=True)

    def op_de_kaart(self) -> LocatieQuerySet:
        """Places to be found that are somewhere; an online place is nowhere."""
        return self.te_vinden().filter(is_online=False)

    def op_of_bij(self, *, pc4: str, adres: str, punt: Punt | None, meters: int) -> LocatieQuerySet:
        """Places at or near this address, or at most so many metres from this point; none when neither is known."""
        hier = bij_adres(self, pc4, adres)
        if punt is None:
            return self.filter(hier)
        return self.annotate(meters=Afstand("rd", punt)).filter(hier | Q(meters__lte=meters))


ZONDER_THUISADRES = """
    IF NEW.nauwkeurigheid = 'ongeveer' THEN
        NEW.adres := ''; NEW.pc4 := ''; NEW.lat := NULL; NEW.lon := NULL;
    END IF;
    RETURN NEW;
"""
ALLEEN_WISSEN = """
    IF to_jsonb(NEW) - '{adres,pc4,lat,lon}'::text[] <> to_jsonb(OLD) - '{adres,pc4,lat,lon}'::text[]
       OR NEW.adres <> '' OR NEW.pc4 <> '' OR NEW.lat IS NOT NULL OR NEW.lon IS NOT NULL THEN
        RAISE EXCEPTION 'een versie van een locatie blijft staan';
    END IF;
    RETURN NEW;
"""
WIS_OUDE_ADRESSEN = """
    UPDATE initiatieven_locatieevent SET adres = '', pc4 = '', lat = NULL, lon = NULL WHERE pgh_obj_id = NEW.id;
    RETURN NULL;
"""


# Every version stays, but no address of a home: not of one that moved, and not of one that turned out to be a home.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["rd"],
    meta={
        "triggers": [
            pgtrigger.Trigger(
                name="zonder_thuisadres", when=pgtrigger.Before, operation=pgtrigger.Insert, func=ZONDER_THUISADRES
            ),
            pgtrigger.Trigger(
                name="alleen_wissen", when=pgtrigger.Before, operation=pgtrigger.Update, func=ALLEEN_WISSEN
            ),
        ]
    },
)
class Locatie(models.Model):
    """A place of an initiative.

    An `ongeveer` place is at someone's home: the exact point and the street are never stored, so nothing
    can leak, not in a backup and not in an export. Set points with `zet_punt`.
    """

    class Nauwkeurigheid(models.TextChoices):
        EXACT = "exact", "het adres mag iedereen zien"
        ONGEVEER = "ongeveer", "bij iemand thuis: laat alleen ongeveer zien waar"

    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="locaties")
    naam = models.CharField("naam van deze plek", max_length=120, blank=True)
    is_online = models.BooleanField("online, zonder vaste plek", default=False)
    is_landelijk = models.BooleanField("voor jongeren uit heel Nederland", default=False, db_default=False)
    nauwkeurigheid = models.CharField(
        "wat laten we zien?", max_length=10, choices=Nauwkeurigheid, default=Nauwkeurigheid.EXACT
    )
    adres = models.CharField("straat en huisnummer", max_length=150, blank=True)
    pc4 = models.CharField("postcode (vier cijfers)", max_length=4, blank=True, validators=[is_pc4])
    plaats = models.CharField("plaats", max_length=80, blank=True)
    provincie = models.CharField("provincie", max_length=20, blank=True)
    lat = models.FloatField("breedtegraad", null=True, blank=True)
    lon = models.FloatField("lengtegraad", null=True, blank=True)
    rd = models.GeneratedField(expression=RDVan("lat", "lon"), output_field=RDPunt(), db_persist=True, null=True)

    objects = LocatieQuerySet.as_manager()

    class Meta:
        verbose_name = "locatie"
        verbose_name_plural = "locaties"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_online=True, lat=None, lon=None, adres="", pc4="")
                | Q(
                    is_online=False, lat__isnull=False, lon__isnull=False, lat__range=LAT_BEREIK, lon__range=LON_BEREIK
                ),
                name="locatie_heeft_een_punt",
                violation_error_message="Een plek ligt in Nederland, of is online en heeft geen adres.",
            ),
            models.CheckConstraint(
                condition=Q(nauwkeurigheid="exact")
                | Q(is_online=True)
                | Q(adres="", lat=_afgerond("lat"), lon=_afgerond("lon")),
                name="locatie_thuis_blijft_ongeveer",
                violation_error_message="Van een plek bij iemand thuis bewaren we geen straat en geen precies punt.",
            ),
        ]
        indexes = [
            SpGistIndex(fields=["rd"], name="locatie_rd"),
            models.Index(Zoekvorm("plaats"), name="locatie_op_plaats"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="wis_oude_adressen",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("nauwkeurigheid"),
                condition=pgtrigger.Q(old__nauwkeurigheid="exact", new__nauwkeurigheid="ongeveer"),
                func=WIS_OUDE_ADRESSEN,
            )
        ]

    def __str__(self):
        return self.naam or self.plaats or "online"

    def zet_punt(self, lat: float, lon: float) -> None:
        """Set the point in degrees (WGS84); a place at someone's home keeps about a kilometre and no street."""
        if self.is_ongeveer:
            self.adres = ""
        decimalen = AFRONDING if self.is_ongeveer else 5
        self.lat, self.lon = round(lat, decimalen), round(lon, decimalen)

    @property
    def is_ongeveer(self) -> bool:
        return self.nauwkeurigheid == self.Nauwkeurigheid.ONGEVEER

    @property
    def zoekterm(self) -> str:
        """What to look around it with: its postcode. Of a home only the town: nobody sees the postcode of a home."""
        return self.plaats if self.is_ongeveer else self.pc4


class PlekkenQuerySet(models.QuerySet):
    def recent(self, vandaag: date | None = None) -> PlekkenQuerySet:
        """Room that was noted at most 30 days ago."""
        return self.filter(per_datum__gte=(vandaag or timezone.localdate()) - HOUDBAAR)

    def vrij(self) -> PlekkenQuerySet:
        """Age groups that have room, as far as we still know."""
        return self.recent().filter(toestand=Plekken.Toestand.PLEK_VRIJ)


@pghistory.track(meta={"triggers": [pgtrigger.Protect(name="blijft_staan", operation=pgtrigger.Update)]})
class Plekken(models.Model):
    """Whether there is room for one age group, as of a day."""

    class Toestand(models.TextChoices):
        PLEK_VRIJ = "plek_vrij", "plek vrij"
        WACHTLIJST = "wachtlijst", "wachtlijst"
        EERST_KENNISMAKEN = "eerst_kennismaken", "eerst kennismaken"
        VOL = "vol", "vol"

    ONBEKEND = "onbekend"

    initiatief = models.ForeignKey(Initiatief, models.CASCADE, related_name="plekken")
    leeftijd_van = models.PositiveSmallIntegerField("leeftijd van")
    leeftijd_tot = models.PositiveSmallIntegerField("leeftijd tot en met")
    toestand = models.CharField("is er plek?", max_length=20, choices=Toestand)
    wachtweken = models.PositiveSmallIntegerField("wachttijd in weken", null=True, blank=True)
    per_datum = models.DateField("gekeken op", default=timezone.localdate, validators=[niet_in_de_toekomst])

    objects = PlekkenQuerySet.as_manager()

    class Meta:
        verbose_name = "plekken"
        verbose_name_plural = "plekken"
        constraints = [
            models.CheckConstraint(
                condition=Q(leeftijd_tot__gte=F("leeftijd_van"), leeftijd_tot__lte=OUDSTE),
                name="plekken_leeftijd_klopt",
                violation_error_message=f"Vul de leeftijden in van laag naar hoog, tot en met {OUDSTE} jaar.",
            ),
            models.CheckConstraint(
                condition=Q(wachtweken=None) | Q(toestand="wachtlijst", wachtweken__range=(1, 200)),
                name="plekken_wachttijd_bij_wachtlijst",
                violation_error_message="Een wachttijd hoort bij een wachtlijst, van 1 tot en met 200 weken.",
            ),
            models.UniqueConstraint(
                fields=["initiatief", "leeftijd_van", "leeftijd_tot"],
                name="plekken_een_keer_per_groep",
                violation_error_message="Deze leeftijdsgroep staat er al.",
            ),
        ]

    def __str__(self):
        return f"{self.leeftijd_van} tot en met {self.leeftijd_tot} jaar: {self.get_toestand_display()}"

    @property
    def toestand_nu(self) -> str:
        """The state that may be shown today: after 30 days nobody knows any more."""
        return self.toestand if timezone.localdate() - self.per_datum <= HOUDBAAR else self.ONBEKEND

    @property
    def toestand_nu_tekst(self) -> str:
        return self.get_toestand_display() if self.toestand_nu != self.ONBEKEND else "onbekend"
