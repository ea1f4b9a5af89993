"""Which meetings, and what is counted about them."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import ExtractYear
from django.utils import timezone

from bijeenkomsten.permissions import mag_plannen
from bijeenkomsten.plaatsen import NAMEN_BLIJVEN
from bijeenkomsten.schooljaar import EERSTE_MAAND, Schooljaar
from bijeenkomsten.soorten import WELKOME_KRINGEN, Kring, Soort
from collectief.gebruikers.models import Gebruiker
from collectief.geo.models import Postcode
from initiatieven.models.bladzijde import TAAL


def _aantal(antwoord: str) -> Count:
    return Count("uitnodigingen", filter=Q(uitnodigingen__antwoord=antwoord))


def schooljaar_van(veld: str) -> Case:
    """The calendar year in which the school year of this moment begins."""
    jaar = ExtractYear(veld)
    return Case(When(**{f"{veld}__month__gte": EERSTE_MAAND}, then=jaar), default=jaar - 1)


class BijeenkomstQuerySet(models.QuerySet):
    def openbaar(self) -> BijeenkomstQuerySet:
        """What every visitor may see: public and announced. A cancelled meeting stays visible, as cancelled."""
        return self.aangekondigd().filter(is_openbaar=True)

    def aangekondigd(self) -> BijeenkomstQuerySet:
        return self.exclude(status=self.model.Status.CONCEPT)

    def zoek(self, tekst: str) -> BijeenkomstQuerySet:
        """Those with all of these words in their title, kind or description, accents and endings aside."""
        soort = Case(*(When(soort=waarde, then=Value(naam)) for waarde, naam in Soort.choices))
        woorden = SearchVector("titel", soort, "omschrijving", config=TAAL)
        return self.alias(woorden=woorden).filter(woorden=SearchQuery(tekst, config=TAAL))

    def te_kiezen_door(self, gebruiker: Gebruiker) -> BijeenkomstQuerySet:
        """Announced, and not news to her: public, one she is invited to, or any when she plans."""
        aangekondigd = self.aangekondigd()
        if mag_plannen(gebruiker):
            return aangekondigd
        return aangekondigd.filter(Q(is_openbaar=True) | Q(pk__in=gebruiker.uitnodigingen.values("bijeenkomst")))

    def concept(self) -> BijeenkomstQuerySet:
        return self.filter(status=self.model.Status.CONCEPT)

    def komend(self) -> BijeenkomstQuerySet:
        """Not over yet and not cancelled, the nearest first."""
        return self.nog_niet_om().exclude(status=self.model.Status.AFGELAST)

    def nog_niet_om(self) -> BijeenkomstQuerySet:
        """Not over yet, also when it was called off; the nearest first."""
        return self.filter(eindigt_op__gt=timezone.now()).order_by("begint_op", "pk")

    def van_lang_geleden(self) -> BijeenkomstQuerySet:
        """So long ago that nobody needs to know any more who was asked."""
        return self.filter(eindigt_op__lt=timezone.now() - NAMEN_BLIJVEN)

    def waar_welkom(self, kring: Kring) -> BijeenkomstQuerySet:
        """Of the kinds to which this group may come without being invited, wherever its people are."""
        op_naam = {Soort.REGIO, Soort.OP_BEZOEK}
        return self.filter(
            soort__in=[soort for soort, wie in WELKOME_KRINGEN.items() if kring in wie and soort not in op_naam]
        )

    def met_uitgenodigde_groep(self) -> BijeenkomstQuerySet:
        """Still to begin, and its whole group was invited: who joins that group later is invited too."""
        komend = self.filter(status=self.model.Status.GEPUBLICEERD, begint_op__gt=timezone.now())
        return komend.filter(groep_uitgenodigd_op__isnull=False)

    def met_wachtlijst(self) -> BijeenkomstQuerySet:
        """Still to come, and somebody waits for a seat."""
        komt_nog = self.filter(status=self.model.Status.GEPUBLICEERD, begint_op__gt=timezone.now())
        return komt_nog.filter(uitnodigingen__antwoord="wachtlijst").distinct().order_by("pk")

    def geweest(self) -> BijeenkomstQuerySet:
        """Over, the latest first."""
        return self.filter(eindigt_op__lte=timezone.now()).order_by("-begint_op", "-pk")

    def in_schooljaar(self, schooljaar: Schooljaar) -> BijeenkomstQuerySet:
        """Meetings that begin in this school year, in order of time."""
        in_jaar = self.filter(begint_op__gte=schooljaar.begint_op, begint_op__lt=schooljaar.volgende.begint_op)
        return in_jaar.order_by("begint_op", "pk")

    def per_schooljaar(self) -> dict[Schooljaar, int]:
        """How many meetings there are in each school year that has any, in order."""
        geteld = (
            self.annotate(jaar=schooljaar_van("begint_op")).values("jaar").annotate(aantal=Count("pk")).order_by("jaar")
        )
        return {Schooljaar(rij["jaar"]): rij["aantal"] for rij in geteld}

    def met_ligging(self) -> BijeenkomstQuerySet:
        """Annotate `lat` and `lon` of the postcode; None when there is none that we know."""
        postcode = Postcode.objects.filter(pk=OuterRef("pc4"))
        return self.annotate(lat=Subquery(postcode.values("lat")), lon=Subquery(postcode.values("lon")))

    def met_plekken(self) -> BijeenkomstQuerySet:
        """Annotate `bezet`: how many seats are taken or kept."""
        heeft_plek = Q(uitnodigingen__antwoord="ja") | Q(uitnodigingen__aanbod_tot__isnull=False)
        return self.annotate(bezet=Sum(F("uitnodigingen__meegenomen") + 1, filter=heeft_plek, default=0))

    def met_aantallen(self) -> BijeenkomstQuerySet:
        """Annotate how many were invited and how each answered: `aantal_ja`, `aantal_nee` and so on."""
        return self.annotate(
            aantal_uitgenodigd=Count("uitnodigingen"),
            aantal_ja=_aantal("ja"),
            aantal_misschien=_aantal("misschien"),
            aantal_nee=_aantal("nee"),
            aantal_open=_aantal("open"),
            aantal_wachtlijst=_aantal("wachtlijst"),
        )
