"""What the core team itself writes to the guests of a meeting: the words of the invitation, a reminder, a message."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bijeenkomsten.models.bijeenkomst import Bijeenkomst
from bijeenkomsten.models.uitnodiging import Uitnodiging, UitnodigingQuerySet
from collectief.werkdagen import AMSTERDAM, LAATST, VROEGST, is_werkdag

LANGST_VOORAF = 90  # days

# What is proposed for every meeting: who did not answer two weeks before, and who comes two days before.
VOORSTEL = (
    ("open", 14, "We weten nog niet of je komt. Wil je je antwoord kiezen? Dan kunnen we er rekening mee houden."),
    ("komt", 2, "Over een paar dagen is het zover. Fijn dat je komt! Kan het toch niet, laat het dan even weten."),
)


class RondmailQuerySet(models.QuerySet):
    def herinneringen(self) -> RondmailQuerySet:
        """Reminders, the first one first."""
        return self.filter(soort=Rondmail.Soort.HERINNERING).order_by("-dagen_vooraf", "uur", "pk")

    def berichten(self) -> RondmailQuerySet:
        """Messages that were sent, the latest first."""
        return self.filter(soort=Rondmail.Soort.BERICHT).select_related("door").order_by("-verstuurd_op", "-pk")

    def nog_te_versturen(self) -> RondmailQuerySet:
        """Reminders of meetings that still come, not yet sent for the day on which the meeting is now."""
        komend = self.filter(
            soort=Rondmail.Soort.HERINNERING,
            bijeenkomst__status=Bijeenkomst.Status.GEPUBLICEERD,
            bijeenkomst__begint_op__gt=timezone.now(),
            bijeenkomst__begint_op__lt=timezone.now() + timedelta(days=LANGST_VOORAF + 1),
        )
        al_gedaan = Q(verstuurd_voor__isnull=False, verstuurd_voor=F("bijeenkomst__begint_op"))
        return komend.exclude(al_gedaan).select_related("bijeenkomst").order_by("bijeenkomst", "dagen_vooraf", "-uur")

    def op_slot(self) -> Rondmail | None:
        """The one of these that is there, locked; None when there is none or another worker holds it."""
        return self.select_for_update(skip_locked=True, of=("self",)).first()


class Rondmail(models.Model):
    """One text for many guests; each gets a mail of her own, and nobody sees another's address."""

    class Soort(models.TextChoices):
        UITNODIGING = "uitnodiging", "tekst van de uitnodiging"
        HERINNERING = "herinnering", "herinnering"
        BERICHT = "bericht", "bericht aan de groep"

    class Wie(models.TextChoices):
        OPEN = "open", "wie nog niet heeft geantwoord"
        KOMT = "komt", "wie komt"
        MISSCHIEN = "misschien", "wie komt of misschien komt"
        NIET_NEE = "niet_nee", "iedereen, behalve wie niet komt"
        ALLEN = "allen", "iedereen die is uitgenodigd"

    ANTWOORDEN = {
        Wie.OPEN: ("open",),
        Wie.KOMT: ("ja",),
        Wie.MISSCHIEN: ("ja", "misschien", "wachtlijst"),
        Wie.NIET_NEE: ("ja", "misschien", "wachtlijst", "open"),
        Wie.ALLEN: ("ja", "misschien", "wachtlijst", "open", "nee"),
    }

    bijeenkomst = models.ForeignKey(Bijeenkomst, models.CASCADE, related_name="rondmails")
    soort = models.CharField("soort", max_length=12, choices=Soort)
    wie = models.CharField("aan wie", max_length=10, choices=Wie, default=Wie.ALLEN)
    onderwerp = models.CharField("onderwerp", max_length=120, blank=True)
    tekst = models.TextField("tekst", max_length=4000)
    dagen_vooraf = models.PositiveSmallIntegerField(
        "hoeveel dagen vooraf",
        null=True,
        blank=True,
        validators=[MaxValueValidator(LANGST_VOORAF, f"Kies hooguit {LANGST_VOORAF} dagen vooraf.")],
    )
    uur = models.PositiveSmallIntegerField(
        "vanaf hoe laat",
        default=9,
        validators=[
            MinValueValidator(VROEGST, f"Kies een uur van {VROEGST} tot en met {LAATST - 1}."),
            MaxValueValidator(LAATST - 1, f"Kies een uur van {VROEGST} tot en met {LAATST - 1}."),
        ],
    )
    sleutel = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="One form sends once.")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    verstuurd_op = models.DateTimeField(null=True, editable=False)
    verstuurd_voor = models.DateTimeField(null=True, editable=False, help_text="Begin of the meeting it was sent for.")
    aantal = models.PositiveIntegerField(default=0, editable=False, help_text="How many guests it went to.")

    objects = RondmailQuerySet.as_manager()

    class Meta:
        verbose_name = "rondmail"
        verbose_name_plural = "rondmails"
        constraints = [
            models.CheckConstraint(
                condition=Q(soort__in=["uitnodiging", "herinnering", "bericht"]), name="rondmail_soort"
            ),
            models.CheckConstraint(
                condition=Q(wie__in=["open", "komt", "misschien", "niet_nee", "allen"]), name="rondmail_wie"
            ),
            models.CheckConstraint(
                condition=Q(soort="herinnering", dagen_vooraf__isnull=False, dagen_vooraf__lte=LANGST_VOORAF)
                | (~Q(soort="herinnering") & Q(dagen_vooraf=None)),
                name="rondmail_herinnering_heeft_dag",
                violation_error_message="Kies hoeveel dagen vooraf de herinnering uitgaat.",
            ),
            models.CheckConstraint(
                condition=Q(uur__gte=VROEGST, uur__lt=LAATST),
                name="rondmail_overdag",
                violation_error_message=f"Kies een uur van {VROEGST} tot en met {LAATST - 1}.",
            ),
            models.UniqueConstraint(
                fields=["bijeenkomst"],
                condition=Q(soort="uitnodiging"),
                name="rondmail_een_uitnodiging",
                violation_error_message="Deze bijeenkomst heeft al een tekst voor de uitnodiging.",
            ),
        ]

    def __str__(self):
        return f"{self.get_soort_display()} voor {self.bijeenkomst}"

    @property
    def verstuurt_op(self) -> datetime:
        """When this reminder goes out: that many days before, at that hour in the Netherlands.

        On the last working day up to then, because no reminder arrives in the weekend and later may be too late.
        """
        dag = timezone.localtime(self.bijeenkomst.begint_op).date() - timedelta(days=self.dagen_vooraf)
        while not is_werkdag(dag):
            dag -= timedelta(days=1)
        return datetime.combine(dag, time(self.uur), tzinfo=AMSTERDAM)

    @property
    def is_verstuurd(self) -> bool:
        """Whether it went out for the day on which the meeting is now."""
        return self.verstuurd_voor == self.bijeenkomst.begint_op

    def ontvangers(self) -> UitnodigingQuerySet:
        """Who gets it, by the answers of this moment."""
        antwoorden = self.ANTWOORDEN[self.wie]
        wie = Uitnodiging.objects.bekend().filter(bijeenkomst=self.bijeenkomst_id, antwoord__in=antwoorden)
        return wie.select_related("gebruiker", "bijeenkomst").order_by("pk")

    @classmethod
    def past_niet_meer(cls, antwoord: str) -> list[str]:
        """To whom somebody with this answer does not belong."""
        return [wie for wie in cls.Wie.values if antwoord not in cls.ANTWOORDEN[wie]]

    def noteer_verstuurd(self, aantal: int) -> None:
        """Note that it went to so many guests, for the day on which the meeting is now."""
        self.verstuurd_op, self.verstuurd_voor = timezone.now(), self.bijeenkomst.begint_op
        self.aantal = aantal
        self.save(update_fields=["verstuurd_op", "verstuurd_voor", "aantal"])
