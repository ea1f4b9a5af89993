"""Date polls: some dates, some people, and what each says about each date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from bijeenkomsten.models.bijeenkomst import LANGSTE_DUUR, Bijeenkomst
from bijeenkomsten.plaatsen import NAMEN_BLIJVEN
from bijeenkomsten.prikstand import VOORAF, Prikkeuze, Prikstand, belemmering
from bijeenkomsten.soorten import Soort
from collectief.gebruikers.models import nieuw_token

NIET_MEER_GEVRAAGD = "Je staat niet meer op de lijst van deze vraag. Je hoeft niets te doen."


class DatumprikkerQuerySet(models.QuerySet):
    def op_nieuwste(self) -> DatumprikkerQuerySet:
        """The newest first, with how many people were asked and how many answered."""
        gevuld = models.Count("gasten", filter=Q(gasten__beantwoord_op__isnull=False))
        return self.annotate(aantal_gasten=models.Count("gasten"), aantal_gevuld=gevuld).order_by("-pk")

    def te_herinneren(self, vandaag: date) -> DatumprikkerQuerySet:
        """Polls whose term ends soon, and whose reminder was asked for and did not go out yet."""
        bijna = Q(antwoord_tot__gte=vandaag, antwoord_tot__lte=vandaag + VOORAF)
        return self.filter(bijna, stand=Prikstand.OPEN, herinnert=True, herinnerd_op=None).order_by("pk")


class Datumprikker(models.Model):
    """A question to some people: which of these dates suits you? One date of it becomes a meeting."""

    soort = models.CharField("wat voor bijeenkomst wordt het?", max_length=12, choices=Soort)
    titel = models.CharField("titel", max_length=120)
    toelichting = models.TextField("toelichting", max_length=2000, blank=True)
    plaats = models.CharField("plaats", max_length=200, blank=True)
    link = models.URLField("link", max_length=500, blank=True, validators=[URLValidator(schemes=["https"])])
    stand = models.CharField(max_length=10, choices=Prikstand, default=Prikstand.OPEN, editable=False)
    bijeenkomst = models.OneToOneField(
        Bijeenkomst, models.SET_NULL, null=True, editable=False, related_name="datumprikker"
    )
    antwoord_tot = models.DateField("kiezen kan tot en met", null=True, blank=True)
    herinnert = models.BooleanField("herinner wie dan nog niets koos, twee dagen ervoor", default=True)
    herinnerd_op = models.DateTimeField(null=True, editable=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = DatumprikkerQuerySet.as_manager()

    class Meta:
        verbose_name = "datumprikker"
        verbose_name_plural = "datumprikkers"
        constraints = [
            models.CheckConstraint(condition=Q(stand__in=Prikstand.values), name="datumprikker_stand"),
            models.CheckConstraint(
                condition=Q(soort__in=Soort.values),
                name="datumprikker_soort",
                violation_error_message="Kies een soort bijeenkomst uit de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(bijeenkomst=None) | Q(stand=Prikstand.GEKOZEN), name="datumprikker_bijeenkomst_is_gekozen"
            ),
            models.CheckConstraint(
                condition=~Q(soort=Soort.ONLINE) | ~Q(link=""),
                name="datumprikker_online_heeft_link",
                violation_error_message="Zet de link erbij. Een online bijeenkomst kan niet zonder.",
            ),
        ]

    def __str__(self):
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("bijeenkomsten:datumprikker", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.stand == Prikstand.OPEN

    @property
    def is_te_laat(self) -> bool:
        """Whether the last day to answer is over."""
        return bool(self.antwoord_tot) and self.antwoord_tot < timezone.localdate()

    def zet_termijn(self, antwoord_tot: date | None, *, herinnert: bool) -> None:
        """Give people until the end of this day; another day is reminded of anew."""
        nieuw = {"antwoord_tot": antwoord_tot, "herinnert": herinnert}
        if antwoord_tot != self.antwoord_tot:
            nieuw["herinnerd_op"] = None
        Datumprikker.objects.filter(pk=self.pk).update(**nieuw)

    def op_slot(self) -> Datumprikker:
        """The row as it is now, locked until the end of the transaction: nobody answers meanwhile."""
        return Datumprikker.objects.select_for_update(no_key=True).get(pk=self.pk)


class Prikdatum(models.Model):
    """One date of a poll, from one moment to another."""

    prikker = models.ForeignKey(Datumprikker, models.CASCADE, related_name="data")
    begint_op = models.DateTimeField("begin")
    eindigt_op = models.DateTimeField("eind")

    class Meta:
        verbose_name = "datum in een datumprikker"
        verbose_name_plural = "data in een datumprikker"
        ordering = ["begint_op", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["prikker", "begint_op", "eindigt_op"],
                name="prikdatum_een_keer",
                violation_error_message="Deze datum staat er al bij.",
            ),
            models.CheckConstraint(
                condition=Q(eindigt_op__gt=F("begint_op"), eindigt_op__lte=F("begint_op") + LANGSTE_DUUR),
                name="prikdatum_duurt_iets",
                violation_error_message="Kies een eindtijd na de begintijd, op dezelfde dag.",
            ),
        ]

    def __str__(self):
        return self.wanneer

    @property
    def wanneer(self) -> str:
        """Day and times in words; in the hour that comes twice it says which of the two is meant."""
        begin, eind = timezone.localtime(self.begint_op), timezone.localtime(self.eindigt_op)
        tijden = [f"{date_format(tijd, 'H:i')}{' (wintertijd)' if tijd.fold else ''}" for tijd in (begin, eind)]
        return f"{date_format(begin, 'l j F Y')}, {tijden[0]} tot {tijden[1]} uur"

    @property
    def is_voorbij(self) -> bool:
        return self.begint_op <= timezone.now()


class PrikgastQuerySet(models.QuerySet):
    def met_keuzes(self) -> PrikgastQuerySet:
        """Everybody who was asked, by name, with all that she chose; one query, however many dates."""
        keuze = Concat(Cast("keuzes_gemaakt__datum", models.CharField()), Value(":"), "keuzes_gemaakt__keuze")
        gekozen = ArrayAgg(keuze, filter=Q(keuzes_gemaakt__isnull=False), default=Value([]))
        return self.annotate(gekozen=gekozen).order_by(Lower("naam"), "pk")

    def van_lang_geleden(self) -> PrikgastQuerySet:
        """Of polls that began two years ago or more, and whose last date is as long ago."""
        grens = timezone.now() - NAMEN_BLIJVEN
        later = Prikdatum.objects.filter(prikker=OuterRef("prikker"), eindigt_op__gte=grens)
        return self.filter(~Exists(later), prikker__aangemaakt_op__lt=grens)


class Prikgast(models.Model):
    """One person who is asked for dates. She answers by a personal link, with or without an account."""

    prikker = models.ForeignKey(Datumprikker, models.CASCADE, related_name="gasten")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    naam = models.CharField("naam", max_length=120)
    adres = models.EmailField("e-mailadres")
    is_nodig = models.BooleanField("moet erbij zijn", default=False)
    token = models.CharField(max_length=64, unique=True, default=nieuw_token, editable=False)
    beantwoord_op = models.DateTimeField(null=True)
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = PrikgastQuerySet.as_manager()

    class Meta:
        verbose_name = "gast van een datumprikker"
        verbose_name_plural = "gasten van een datumprikker"
        constraints = [
            models.UniqueConstraint(
                fields=["prikker", "adres"],
                name="prikgast_een_keer_per_adres",
                violation_error_message="Deze persoon is al gevraagd.",
            ),
            models.CheckConstraint(
                condition=Q(adres=Lower("adres")) & ~Q(adres=""),
                name="prikgast_adres_klein",
                violation_error_message="Schrijf het e-mailadres met kleine letters.",
            ),
        ]

    def __str__(self):
        return self.naam

    @property
    def pad(self) -> str:
        return reverse("bijeenkomsten:prikken", args=[self.token])

    @cached_property
    def keuzes(self) -> dict[int, str]:
        """What she said, by key of the date; only of somebody who comes from `met_keuzes`."""
        return {int(datum): keuze for datum, keuze in (paar.split(":") for paar in self.gekozen)}

    def prik(self, keuzes: Mapping[int, str]) -> int:
        """Keep what she says about these dates; an empty choice takes it back. What she leaves out stays.

        Return how many of her choices were for a date that has begun, or is not in the poll (any more). Raises
        ValidationError, and then nothing is kept, when the poll is closed, the term is over, or she was taken off the
        list.
        """
        with transaction.atomic():
            # Locked, so that one person in two tabs leaves one whole answer, and no date goes away under her hands.
            if waarom_niet := belemmering(self.prikker.op_slot()):
                raise ValidationError(waarom_niet, code="dicht")
            if not Prikgast.objects.filter(pk=self.pk).exists():
                raise ValidationError(NIET_MEER_GEVRAAGD, code="weg")
            er_zijn = set(
                self.prikker.data.filter(pk__in=keuzes, begint_op__gt=timezone.now()).values_list("pk", flat=True)
            )
            gemaakt = [
                Prik(gast=self, datum_id=datum, keuze=keuze)
                for datum, keuze in keuzes.items()
                if keuze and datum in er_zijn
            ]
            Prik.objects.filter(gast=self, datum__in=[datum for datum, keuze in keuzes.items() if not keuze]).delete()
            Prik.objects.bulk_create(
                gemaakt, update_conflicts=True, unique_fields=["gast", "datum"], update_fields=["keuze"]
            )
            self.beantwoord_op = timezone.now()
            self.save(update_fields=["beantwoord_op"])
        return sum(1 for datum, keuze in keuzes.items() if keuze and datum not in er_zijn)


class Prik(models.Model):
    """What one person says about one date."""

    gast = models.ForeignKey(Prikgast, models.CASCADE, related_name="keuzes_gemaakt")
    datum = models.ForeignKey(Prikdatum, models.CASCADE, related_name="keuzes_gemaakt")
    keuze = models.CharField(max_length=10, choices=Prikkeuze)

    class Meta:
        verbose_name = "keuze in een datumprikker"
        verbose_name_plural = "keuzes in een datumprikker"
        constraints = [
            models.UniqueConstraint(fields=["gast", "datum"], name="prik_een_keer"),
            models.CheckConstraint(condition=Q(keuze__in=Prikkeuze.values), name="prik_keuze"),
        ]

    def __str__(self):
        return self.get_keuze_display()
