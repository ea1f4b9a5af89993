"""The three checks of an application, and every step that was taken with it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from initiatieven.lidmaatschap import Oordeel, Stap, Toestand, Toetssoort
from initiatieven.models.aanmelding import Aanmelding, StapGeweigerd


class Toets(models.Model):
    """One of the three checks: what the applicant says, what shows it, and what an admin thinks."""

    aanmelding = models.ForeignKey(Aanmelding, models.CASCADE, related_name="toetsen")
    soort = models.CharField("toets", max_length=30, choices=Toetssoort)
    bewering = models.TextField("wat de aanmelder zegt", max_length=5000, blank=True)
    bewijs = models.TextField("waaruit blijkt dat", max_length=2000, blank=True)
    oordeel = models.CharField("oordeel", max_length=12, choices=Oordeel, default=Oordeel.OPEN)
    waarom = models.TextField("waarom", max_length=2000, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="toetsen")
    op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "toets"
        verbose_name_plural = "toetsen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["aanmelding", "soort"], name="toets_een_keer_per_aanmelding"),
            models.CheckConstraint(condition=Q(soort__in=Toetssoort.values), name="toets_soort_bestaat"),
            models.CheckConstraint(
                condition=Q(oordeel="open", door=None, op=None, waarom="")
                | Q(oordeel__in=["voldoet", "voldoet_niet"], door__isnull=False, op__isnull=False) & ~Q(waarom=""),
                name="toets_oordeel_met_reden",
                violation_error_message="Een oordeel heeft een reden, een naam en een datum.",
            ),
        ]
        triggers = [
            # Locks the application, so that judging and deciding at the same moment wait for each other.
            pgtrigger.Trigger(
                name="ligt_vast_na_besluit",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("staat", "text")],
                func="""
                    SELECT toestand INTO staat FROM initiatieven_aanmelding WHERE id = NEW.aanmelding_id FOR UPDATE;
                    IF staat IN ('besloten', 'ingetrokken') THEN
                        RAISE EXCEPTION 'toets van aanmelding % ligt vast', NEW.aanmelding_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'toets_ligt_vast_na_besluit';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # Deferred: removing an application takes its checks along, removing only a check is refused.
            pgtrigger.Trigger(
                name="hoort_bij_besluit",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (SELECT FROM initiatieven_aanmelding
                               WHERE id = OLD.aanmelding_id AND toestand = 'besloten') THEN
                        RAISE EXCEPTION 'toets hoort bij het besluit over aanmelding %', OLD.aanmelding_id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'toets_hoort_bij_besluit';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.get_soort_display()}: {self.get_oordeel_display()}"

    def beoordeel(self, oordeel: Oordeel, *, door, waarom: str) -> None:
        """Judge this check, or judge it anew, and record that. Raises StapGeweigerd when it is too late."""
        if oordeel == Oordeel.OPEN or not waarom.strip():
            raise StapGeweigerd("Kies een oordeel en schrijf op waarom.")
        with transaction.atomic():
            self.aanmelding.zet_stap(
                Stap.TOETSEN,
                door=door,
                waarom=f"{self.get_soort_display()}: {Oordeel(oordeel).label}. {waarom.strip()}",
            )
            self.oordeel, self.waarom, self.door, self.op = oordeel, waarom.strip(), door, timezone.now()
            self.save(update_fields=["oordeel", "waarom", "door", "op"])


class AanmeldingStap(models.Model):
    """One step of an application: what, from where to where, by whom and when. Never changed afterwards."""

    aanmelding = models.ForeignKey(Aanmelding, models.CASCADE, related_name="stappen")
    stap = models.CharField("stap", max_length=12, choices=Stap)
    van = models.CharField("van", max_length=12, choices=Toestand)
    naar = models.CharField("naar", max_length=12, choices=Toestand)
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="aanmeldingstappen"
    )
    op = models.DateTimeField(default=timezone.now)
    toelichting = models.TextField("toelichting", blank=True)

    class Meta:
        verbose_name = "stap van een aanmelding"
        verbose_name_plural = "stappen van een aanmelding"
        ordering = ["op", "pk"]
        triggers = [pgtrigger.Protect(name="blijft_staan", operation=pgtrigger.Update)]

    def __str__(self):
        return f"{self.get_stap_display()} op {self.op:%d-%m-%Y}"

    @property
    def wie(self) -> str:
        """Who took it: an admin by name, the applicant, or nobody because its day had come."""
        return str(self.door or ("vanzelf" if self.stap == Stap.HERVATTEN else "de aanmelder"))
