"""The people around a young person, from a day until it ends."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker, Rol
from trajecten.validators import geen_bsn, niet_in_de_toekomst

GEZAG_VAN_OUDER = "Gezag hoort bij een ouder. Kies ‘ouder’, of haal het vinkje weg."
EINDE_NA_BEGIN = "Het einde ligt voor het begin. Kies een latere dag."


class BetrokkeneQuerySet(models.QuerySet):
    def nu(self) -> BetrokkeneQuerySet:
        return self.filter(tot=None)

    def vaste_begeleiders(self) -> BetrokkeneQuerySet:
        return self.nu().filter(rol=Betrokkene.Rol.VASTE_BEGELEIDER)

    def eerste(self) -> Betrokkene | None:
        """Who was there first, with her account."""
        return self.select_related("gebruiker").order_by("van", "id").first()

    def werkend(self) -> BetrokkeneQuerySet:
        """Who has an account that is open and still works at the initiative of the trajectory."""
        rol = Rol.objects.van_medewerkers().filter(
            gebruiker=OuterRef("gebruiker"), initiatief=OuterRef("traject__initiatief")
        )
        return self.filter(Exists(rol), gebruiker__is_active=True)

    def ouders_met_gezag(self) -> BetrokkeneQuerySet:
        return self.nu().filter(rol=Betrokkene.Rol.OUDER, heeft_gezag=True)

    def begeleidt_nu(self, gebruiker: Gebruiker) -> BetrokkeneQuerySet:
        """The involvements that open a trajectory for this user."""
        return self.nu().filter(gebruiker=gebruiker, rol__in=Betrokkene.BEGELEIDENDE_ROLLEN)


class Betrokkene(models.Model):
    """Somebody around the young person, from a day until it ends. Nobody's relation is deleted by a phase move."""

    class Rol(models.TextChoices):
        VASTE_BEGELEIDER = "vaste_begeleider", "vaste begeleider"
        WAARNEMER = "waarnemer", "waarnemer"
        OUDER = "ouder", "ouder"
        MENTOR = "mentor", "mentor"
        SCHOOL = "school", "school"
        SAMENWERKINGSVERBAND = "samenwerkingsverband", "samenwerkingsverband"
        WIJKTEAM = "wijkteam", "wijkteam"
        VERVOLGPLEK = "vervolgplek", "vervolgplek"

    class Meelezen(models.TextChoices):
        NIETS = "niets", "niets"
        HOOFDLIJNEN = "hoofdlijnen", "de hoofdlijnen: de weg en de wensdroom"
        ALLES = "alles", "alles, ook de momenten"

    BEGELEIDENDE_ROLLEN = (Rol.VASTE_BEGELEIDER, Rol.WAARNEMER)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="betrokkenen")
    rol = models.CharField("rol", max_length=20, choices=Rol)
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    naam = models.CharField("naam", max_length=120, blank=True, validators=[geen_bsn])
    heeft_gezag = models.BooleanField("heeft gezag", default=False)
    meelezen = models.CharField("wat mag deze persoon meelezen?", max_length=12, choices=Meelezen, default="niets")
    van = models.DateField("sinds", default=timezone.localdate, validators=[niet_in_de_toekomst])
    tot = models.DateField("tot", null=True, blank=True, validators=[niet_in_de_toekomst])

    objects = BetrokkeneQuerySet.as_manager()

    class Meta:
        verbose_name = "betrokkene"
        verbose_name_plural = "betrokkenen"
        constraints = [
            models.CheckConstraint(
                condition=~Q(rol__in=["vaste_begeleider", "waarnemer"]) | Q(gebruiker__isnull=False),
                name="begeleider_heeft_account",
                violation_error_message="Een begeleider of waarnemer is iemand met een account.",
            ),
            models.UniqueConstraint(
                fields=["traject", "gebruiker", "rol"],
                condition=Q(tot=None, gebruiker__isnull=False),
                name="betrokkene_een_keer_tegelijk",
                violation_error_message="Deze collega heeft deze rol al.",
            ),
            models.CheckConstraint(
                condition=Q(tot=None) | Q(tot__gte=F("van")),
                name="betrokkene_eindigt_na_begin",
                violation_error_message=EINDE_NA_BEGIN,
            ),
            models.CheckConstraint(
                condition=Q(heeft_gezag=False) | Q(rol="ouder"),
                name="betrokkene_gezag_van_ouder",
                violation_error_message=GEZAG_VAN_OUDER,
            ),
        ]
        indexes = [
            models.Index(
                fields=["gebruiker", "traject"],
                condition=Q(tot=None, rol__in=["vaste_begeleider", "waarnemer"]),
                name="betrokkene_begeleidt_nu",
            )
        ]

    def __str__(self):
        return f"{self.get_rol_display()}: {self.noem}"

    @property
    def begeleidt(self) -> bool:
        return self.rol in self.BEGELEIDENDE_ROLLEN

    @property
    def noem(self) -> str:
        """How this person is called on screen."""
        return self.gebruiker.naam if self.gebruiker else self.naam
