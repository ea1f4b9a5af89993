"""Mail that came in as an answer to an invitation, and what became of it. The mail itself stays in its mailbox."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from bijeenkomsten.models.uitnodiging import Uitnodiging

BEWAARD = timedelta(days=90)  # how long we know from whom a mail was


class AntwoordmailQuerySet(models.QuerySet):
    def lijst(self) -> AntwoordmailQuerySet:
        """The latest first, with whom and what each was about."""
        return self.select_related("uitnodiging__gebruiker", "uitnodiging__bijeenkomst").order_by("-gelezen_op", "-pk")

    def vraagt_aandacht(self) -> AntwoordmailQuerySet:
        """What was not taken as it came, so that somebody may want to look."""
        return self.exclude(uitkomst__in=Antwoordmail.GEWOON)

    def gewoon(self) -> AntwoordmailQuerySet:
        return self.filter(uitkomst__in=Antwoordmail.GEWOON)

    def vandaag_doorgestuurd(self) -> AntwoordmailQuerySet:
        return self.filter(
            uitkomst=Antwoordmail.Uitkomst.DOORGESTUURD, gelezen_op__gt=timezone.now() - timedelta(days=1)
        )

    def vergeet_afzenders(self) -> int:
        """Forget from whom old mail was; that it was read stays known, so that it is never read twice."""
        oud = self.filter(gelezen_op__lt=timezone.now() - BEWAARD).exclude(van="", onderwerp="")
        return oud.update(van="", onderwerp="")


class Antwoordmail(models.Model):
    """One mail that was read, known by the hash of its bytes."""

    class Uitkomst(models.TextChoices):
        VERWERKT = "verwerkt", "antwoord bewaard"
        VEROUDERD = "verouderd", "er was al een nieuwer antwoord"
        DOORGESTUURD = "doorgestuurd", "doorgestuurd naar de trekkers"
        AUTOMATISCH = "automatisch", "automatisch bericht, niets mee gedaan"
        GEWEIGERD = "geweigerd", "kon niet"
        ONBEKEND = "onbekend", "hoort bij geen uitnodiging"
        ONLEESBAAR = "onleesbaar", "niet te lezen"

    GEWOON = (Uitkomst.VERWERKT, Uitkomst.VEROUDERD, Uitkomst.DOORGESTUURD, Uitkomst.AUTOMATISCH)

    kenmerk = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the mail; it is read once.")
    uitnodiging = models.ForeignKey(Uitnodiging, models.SET_NULL, null=True, related_name="antwoordmails")
    uitkomst = models.CharField("uitkomst", max_length=14, choices=Uitkomst)
    reden = models.CharField("waarom", max_length=200, blank=True)
    antwoord = models.CharField("antwoord", max_length=10, blank=True)
    van = models.CharField("van", max_length=254, blank=True)
    onderwerp = models.CharField("onderwerp", max_length=200, blank=True)
    gelezen_op = models.DateTimeField(default=timezone.now)

    objects = AntwoordmailQuerySet.as_manager()

    class Meta:
        verbose_name = "binnengekomen antwoord"
        verbose_name_plural = "binnengekomen antwoorden"
        indexes = [models.Index(fields=["-gelezen_op", "-id"], name="antwoordmail_nieuwste")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    uitkomst__in=[
                        *("verwerkt", "verouderd", "doorgestuurd", "automatisch"),
                        *("geweigerd", "onbekend", "onleesbaar"),
                    ]
                ),
                name="antwoordmail_uitkomst",
            ),
            models.CheckConstraint(
                condition=Q(uitkomst__in=["verwerkt", "verouderd", "doorgestuurd", "automatisch"]) | ~Q(reden=""),
                name="antwoordmail_zegt_waarom",
            ),
        ]

    def __str__(self):
        return f"{self.get_uitkomst_display()} op {timezone.localtime(self.gelezen_op):%Y-%m-%d}"

    @property
    def wie(self) -> str:
        """Of whom it is, as far as that is proven; else from whom it says to be."""
        return self.uitnodiging.wie if self.uitnodiging_id else self.van or "onbekend"
