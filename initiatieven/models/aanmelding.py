"""An application for membership. Its checks and its steps stand in `toets`, the conversation in `gesprek`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from collectief.geo.rd import LAT_BEREIK, LON_BEREIK
from collectief.geo.velden import RDPunt, RDVan
from collectief.werkdagen import ochtend
from initiatieven.lidmaatschap import (
    BESLUIT_VAN,
    OVERGANGEN,
    Besluit,
    Stand,
    Stap,
    Toestand,
    TweedeOordeel,
    Wachtend,
    aan_zet,
    belemmering,
)
from initiatieven.links import Doel, maak_token
from initiatieven.models.benadering import Benadering
from initiatieven.models.initiatief import OUDSTE, Initiatief
from initiatieven.validators import is_pc4, is_telefoon, niet_in_de_toekomst

if TYPE_CHECKING:
    from initiatieven.models.toets import AanmeldingStap

MAG_NAAR = ", ".join(
    f"('{van}', '{naar}')" for van, stappen in OVERGANGEN.items() for naar in sorted(set(stappen.values()))
)


LINK_WERKT = timedelta(days=90)  # after the last step of an application
BLIJFT = timedelta(days=731)  # after the last step of one that did not become a member
VERSE_LINK = timedelta(days=7)  # a link that was mailed since then works in any case


class StapGeweigerd(Exception):
    """A step that the rules of membership forbid; its text is a sentence for the screen."""


def gevolgen(stap: Stap, van: Toestand, *, waarom: str = "", tot: date | None = None) -> dict:
    """What a step that may be taken changes of an application: values by field."""
    nu, naar = timezone.now(), OVERGANGEN[van][stap]
    velden = {
        "toestand": naar,
        "besluit": BESLUIT_VAN.get(stap, ""),
        "besluit_waarom": waarom.strip() if stap in BESLUIT_VAN else "",
        "aangehouden_tot": tot if stap == Stap.AANHOUDEN else None,
        "veranderd_op": nu,
    }
    if naar in (Toestand.BESLOTEN, Toestand.INGETROKKEN):
        velden["wacht_op"] = ""
    if stap == Stap.HERVATTEN:
        velden |= {"tweede_oordeel": "", "tweede_vrager": None, "tweede_lezer": None}
    if stap == Stap.INDIENEN:
        velden["ingediend_op"] = nu
    return velden


class AanmeldingQuerySet(models.QuerySet):
    def ingediend(self) -> AanmeldingQuerySet:
        """Handed in, however it ended. Nobody reads what was not sent."""
        return self.exclude(toestand=Toestand.CONCEPT)

    def in_behandeling(self) -> AanmeldingQuerySet:
        """Handed in and not decided yet."""
        return self.filter(toestand__in=[Toestand.INGEDIEND, Toestand.KENNISMAKING])

    def loopt_al(self, naam: str, email: str) -> bool:
        """Tell whether this contact person has an application for this name that is not decided yet."""
        lopend = [Toestand.CONCEPT, Toestand.INGEDIEND, Toestand.KENNISMAKING]
        return self.filter(naam__iexact=naam, contact_email__iexact=email, toestand__in=lopend).exists()

    def te_hervatten(self, vandaag: date) -> AanmeldingQuerySet:
        """Held until a day that has come."""
        return self.aangehouden().filter(aangehouden_tot__lte=vandaag)

    def aangehouden(self) -> AanmeldingQuerySet:
        return self.filter(besluit=Besluit.AANGEHOUDEN)

    def afgerond(self) -> AanmeldingQuerySet:
        """Nothing waits for anybody: decided for good, or withdrawn."""
        return self.filter(Q(besluit__in=[Besluit.LID, Besluit.AFGEWEZEN]) | Q(toestand=Toestand.INGETROKKEN))

    def over_termijn(self) -> AanmeldingQuerySet:
        """Ended two years ago or more, of no initiative, and no objection to it is still here."""
        oud = self.afgerond().filter(veranderd_op__lt=timezone.now() - BLIJFT)
        return oud.filter(initiatief=None, bezwaar=None)


class Aanmelding(models.Model):
    """An initiative asks to become a member. What it says here stays as it was said."""

    naam = models.CharField("naam van het initiatief", max_length=120)
    soort = models.CharField("soort plek", max_length=20, choices=Initiatief.Soort, default=Initiatief.Soort.ANDERS)
    omschrijving = models.TextField("wat doen jullie?", max_length=3000)
    pc4 = models.CharField("postcode (vier cijfers)", max_length=4, validators=[is_pc4])
    plaats = models.CharField("plaats", max_length=80)
    is_online = models.BooleanField("online, zonder vaste plek", default=False, db_default=False)
    is_landelijk = models.BooleanField("voor jongeren uit heel Nederland", default=False, db_default=False)
    website = models.URLField("website", blank=True, validators=[URLValidator(schemes=["http", "https"])])
    opgericht_op = models.DateField("opgericht op", validators=[niet_in_de_toekomst])
    aantal_jongeren = models.PositiveSmallIntegerField("aantal jongeren nu")
    leeftijd_van = models.PositiveSmallIntegerField("leeftijd van")
    leeftijd_tot = models.PositiveSmallIntegerField("leeftijd tot en met")
    contactpersoon = models.CharField("naam van de contactpersoon", max_length=120)
    contact_email = models.EmailField("e-mailadres van de contactpersoon")
    contact_telefoon = models.CharField(
        "telefoonnummer van de contactpersoon", max_length=20, blank=True, validators=[is_telefoon]
    )
    initiatief = models.ForeignKey(Initiatief, models.PROTECT, null=True, blank=True, related_name="aanmeldingen")
    toestand = models.CharField("toestand", max_length=12, choices=Toestand, default=Toestand.CONCEPT)
    besluit = models.CharField("besluit", max_length=12, choices=Besluit, blank=True)
    besluit_waarom = models.TextField("waarom", max_length=2000, blank=True)
    aangehouden_tot = models.DateField("aangehouden tot", null=True, blank=True)
    adres = models.CharField("straat en huisnummer", max_length=150, blank=True)
    lat = models.FloatField("breedtegraad", null=True, blank=True)
    lon = models.FloatField("lengtegraad", null=True, blank=True)
    rd = models.GeneratedField(expression=RDVan("lat", "lon"), output_field=RDPunt(), db_persist=True, null=True)
    benadering = models.ForeignKey(Benadering, models.PROTECT, null=True, blank=True, related_name="aanmeldingen")
    bezwaar_tegen = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="bezwaar")
    tweede_oordeel = models.CharField("tweede lezer", max_length=8, choices=TweedeOordeel, blank=True)
    tweede_vrager = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    tweede_lezer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    wacht_op = models.CharField("het gesprek wacht op", max_length=8, choices=Wachtend, blank=True)
    veranderd_op = models.DateTimeField("laatst veranderd op", default=timezone.now)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    ingediend_op = models.DateTimeField("ingediend op", null=True, blank=True)
    is_demo = models.BooleanField("voorbeeldgegevens", default=False)

    objects = AanmeldingQuerySet.as_manager()

    class Meta:
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        constraints = [
            models.CheckConstraint(
                condition=Q(leeftijd_tot__gte=F("leeftijd_van"), leeftijd_tot__lte=OUDSTE),
                name="aanmelding_leeftijd_klopt",
                violation_error_message=f"Vul de leeftijden in van laag naar hoog, tot en met {OUDSTE} jaar.",
            ),
            models.CheckConstraint(
                condition=Q(website="") | Q(website__regex=r"^https?://"),
                name="aanmelding_website_is_web",
                violation_error_message="Het adres van een website begint met https://.",
            ),
            models.CheckConstraint(
                condition=Q(toestand="besloten", besluit__in=["lid", "aangehouden", "afgewezen"])
                & ~Q(besluit_waarom="")
                | ~Q(toestand="besloten") & Q(besluit="", besluit_waarom=""),
                name="aanmelding_besluit_met_reden",
                violation_error_message="Een besluit heeft een reden, en er is alleen een besluit als er besloten is.",
            ),
            models.CheckConstraint(
                condition=Q(besluit="aangehouden", aangehouden_tot__isnull=False)
                | ~Q(besluit="aangehouden") & Q(aangehouden_tot=None),
                name="aanmelding_aangehouden_tot_datum",
                violation_error_message="Kies tot wanneer de aanmelding is aangehouden.",
            ),
            models.CheckConstraint(
                condition=Q(toestand__in=["concept", "ingetrokken"]) | Q(ingediend_op__isnull=False),
                name="aanmelding_ingediend_op_bekend",
            ),
            models.CheckConstraint(
                condition=Q(lat=None, lon=None) | Q(lat__range=LAT_BEREIK, lon__range=LON_BEREIK),
                name="aanmelding_punt_in_nederland",
                violation_error_message="Dit punt ligt buiten Nederland.",
            ),
            models.CheckConstraint(
                condition=~Q(besluit="afgewezen") | Q(tweede_oordeel__in=["", "eens"]),
                name="aanmelding_afgewezen_met_tweede_lezer",
                violation_error_message="Afwijzen kan pas als de tweede lezer het ermee eens is.",
            ),
            models.CheckConstraint(
                condition=Q(tweede_oordeel="", tweede_vrager=None, tweede_lezer=None)
                | Q(tweede_oordeel="gevraagd", tweede_vrager__isnull=False, tweede_lezer=None)
                | Q(tweede_oordeel__in=["eens", "oneens"], tweede_vrager__isnull=False, tweede_lezer__isnull=False)
                & ~Q(tweede_lezer=F("tweede_vrager")),
                name="aanmelding_tweede_lezer_is_een_ander",
                violation_error_message="De tweede lezer is iemand anders dan wie het vroeg.",
            ),
            models.UniqueConstraint(
                Lower("naam"),
                Lower("contact_email"),
                condition=Q(toestand__in=["concept", "ingediend", "kennismaking"]),
                name="aanmelding_een_keer_tegelijk",
                violation_error_message="We hebben deze aanmelding al. Je hoort van ons.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ingediend_op"],
                condition=Q(toestand__in=["ingediend", "kennismaking"]),
                name="aanmelding_wachtrij",
            ),
        ]
        # A CHECK sees one row of one table; these rules compare with the row before and with the three checks.
        triggers = [
            pgtrigger.Trigger(
                name="gaat_langs_de_tabel",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=f"""
                    IF NEW.toestand <> OLD.toestand AND (OLD.toestand, NEW.toestand) NOT IN ({MAG_NAAR})
                       OR OLD.besluit <> '' AND OLD.besluit <> 'aangehouden'
                          AND (NEW.toestand, NEW.besluit) <> (OLD.toestand, OLD.besluit)
                       OR OLD.besluit = 'aangehouden' AND NEW.besluit NOT IN ('', 'aangehouden') THEN
                        RAISE EXCEPTION 'aanmelding %: stap van % % naar % % mag niet',
                            OLD.id, OLD.toestand, OLD.besluit, NEW.toestand, NEW.besluit
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'aanmelding_gaat_langs_de_tabel';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="besluit_na_drie_toetsen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__toestand="besloten"),
                func="""
                    IF (SELECT count(*) FROM initiatieven_toets
                        WHERE aanmelding_id = NEW.id
                          AND (oordeel = 'voldoet' OR oordeel = 'voldoet_niet' AND NEW.besluit <> 'lid')) <> 3 THEN
                        RAISE EXCEPTION 'aanmelding %: besluit % terwijl een toets open is of niet voldoet',
                            NEW.id, NEW.besluit
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'aanmelding_besluit_na_drie_toetsen';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("initiatieven:toets", args=[self.pk])

    @property
    def token(self) -> str:
        """The secret part of the address at which the applicant talks with us."""
        return maak_token(Doel.AANMELDING, str(self.pk))

    @property
    def link_tot(self) -> datetime:
        """Until when links to the conversation work: ninety days after something happened last, or will happen."""
        laatst = self.veranderd_op
        if self.aangehouden_tot:
            laatst = max(laatst, ochtend(self.aangehouden_tot, 0))
        return laatst + LINK_WERKT

    @property
    def dagen_oud(self) -> int:
        """Whole days since it was handed in; 0 for a concept."""
        return (timezone.localdate() - timezone.localdate(self.ingediend_op)).days if self.ingediend_op else 0

    @property
    def stand(self) -> Stand:
        """What the rules look at. Reads the checks."""
        toetsen = list(self.toetsen.all())
        return Stand(
            toestand=self.toestand,
            besluit=self.besluit,
            beweringen={toets.soort: toets.bewering for toets in toetsen},
            oordelen={toets.soort: toets.oordeel for toets in toetsen},
            tweede=self.tweede_oordeel,
            wacht_op=self.wacht_op,
        )

    @property
    def aan_zet(self) -> str:
        """Who is to do what now. Reads the checks."""
        return aan_zet(self.stand, tot=self.aangehouden_tot, vandaag=timezone.localdate())

    def belemmering(self, stap: Stap, *, waarom: str = "", tot: date | None = None) -> str:
        """Name what stands in the way of a step now; an empty string when nothing does."""
        return belemmering(stap, self.stand, waarom=waarom, tot=tot, vandaag=timezone.localdate())

    def zet_stap(self, stap: Stap, *, door=None, waarom: str = "", tot: date | None = None) -> AanmeldingStap:
        """Take a step on the locked row and record who took it. `door` is None for the applicant.

        Raises StapGeweigerd, with the obstacle in words, and then changes nothing.
        """
        with transaction.atomic():
            aanmelding = Aanmelding.objects.select_for_update(of=["self"]).get(pk=self.pk)
            if reden := aanmelding.belemmering(stap, waarom=waarom, tot=tot):
                raise StapGeweigerd(reden)
            van = aanmelding.toestand
            for veld, waarde in gevolgen(stap, Toestand(van), waarom=waarom, tot=tot).items():
                setattr(aanmelding, veld, waarde)
            aanmelding.save()
            gezet = aanmelding.stappen.create(
                stap=stap, van=van, naar=aanmelding.toestand, door=door, toelichting=waarom.strip()
            )
        self.refresh_from_db()
        return gezet

    def vraag_tweede_lezer(self, *, door) -> None:
        """Ask a second admin to look before anybody rejects. Raises StapGeweigerd."""
        with transaction.atomic():
            self.zet_stap(Stap.TWEEDE_VRAAG, door=door)
            self._zet_tweede(TweedeOordeel.GEVRAAGD, tweede_vrager=door, tweede_lezer=None)

    def lees_mee(self, oordeel: TweedeOordeel, *, door, waarom: str) -> None:
        """Note what the second admin thinks; never the one who asked. Raises StapGeweigerd."""
        with transaction.atomic():
            label = TweedeOordeel(oordeel).label.capitalize()
            self.zet_stap(Stap.TWEEDE_LEZER, door=door, waarom=waarom and f"{label}. {waarom.strip()}")
            if door == self.tweede_vrager:
                raise StapGeweigerd("Jij vroeg om een tweede lezer. Een ander kijkt mee.")
            self._zet_tweede(oordeel, tweede_lezer=door)

    def _zet_tweede(self, oordeel: TweedeOordeel, **wie) -> None:
        self.tweede_oordeel = oordeel
        for veld, gebruiker in wie.items():
            setattr(self, veld, gebruiker)
        self.save(update_fields=["tweede_oordeel", *wie])
