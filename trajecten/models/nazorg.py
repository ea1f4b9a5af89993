"""Aftercare: what was agreed for the time after, and the rhythm of contact that follows from it.

Source of the six forms and of "tailor-made": the development-oriented approach of the collective (January 2024).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone
from django.utils.text import get_text_list

from collectief.gebruikers.models import Gebruiker
from trajecten.models.contact import Contactmoment, ContactmomentQuerySet, vergrendel
from trajecten.ritme import MEESTE_WEKEN, Na, dag_na, volgende_jaardag
from trajecten.validators import geen_bsn


@dataclass(frozen=True)
class Planning:
    """On which days there is contact, by whom, with how many days of room, and from which day the years count."""

    dagen: tuple[date, ...]
    eigenaar: Gebruiker
    ruimte: int = 0
    jaardag: date | None = None


class NazorgAfspraakQuerySet(models.QuerySet):
    def nu(self) -> NazorgAfspraakQuerySet:
        return self.filter(tot=None)

    def open_deur(self) -> NazorgAfspraakQuerySet:
        """The choice of an open door, without agreements."""
        return self.filter(vormen=[])

    def zonder_contact(self) -> NazorgAfspraakQuerySet:
        """Agreements that hold now and should lead to contact, while none is planned: after rest, for example."""
        wacht = Contactmoment.objects.wacht().filter(afspraak=OuterRef("pk"))
        loopt = Q(afgesproken_tot=None) | Q(afgesproken_tot__gte=timezone.localdate())
        gaat_door = self.nu().exclude(vormen=[]).exclude(herhaling=NazorgAfspraak.Herhaling.NIET)
        return gaat_door.filter(loopt, ~Exists(wacht), traject__toestand="lopend")

    def with_contacten(self) -> NazorgAfspraakQuerySet:
        """Agreements that hold now or led to contact: one row for each contact moment, annotated `contact_…`."""
        velden = {naam: F(f"contact__{naam}") for naam in ("gepland_op", "resultaat", "notitie", "afgerond_op")}
        return (
            self.annotate(contact=FilteredRelation("contactmomenten", condition=Q(contactmomenten__vervallen_op=None)))
            .filter(Q(tot=None) | Q(contact__isnull=False))
            .annotate(
                contact_id=F("contact__pk"),
                contact_eigenaar=F("contact__eigenaar__naam"),
                **{f"contact_{naam}": veld for naam, veld in velden.items()},
            )
            .order_by("contact_afgerond_op", "contact_gepland_op", "van", "pk")
        )

    @transaction.atomic
    def stop(self) -> int:
        """End these agreements today; what they had planned falls silent. Returns how many still ran."""
        ids = list(self.nu().values_list("pk", flat=True))
        Contactmoment.objects.filter(afspraak__in=ids).laat_vervallen()
        return NazorgAfspraak.objects.filter(pk__in=ids).update(tot=timezone.localdate())


class NazorgAfspraak(models.Model):
    """What young person, parents and counsellor agreed for the time after.

    Without a form it is the choice that the door stays open, and that nothing is agreed.
    """

    class Vorm(models.TextChoices):
        MEEGAAN = "meegaan", "meegaan naar de volgende plek"
        EVALUATIE = "evaluatie", "samen terugkijken na een periode"
        BEGELEIDING = "begeleiding", "begeleiding die doorloopt"
        VERVOLGPLEK = "vervolgplek", "verbinding met de vervolgplek"
        GEZIN = "gezin", "verbinding met gezin en jongere"
        TOOLS = "tools", "tools meegeven"

    class Herhaling(models.TextChoices):
        JAAR = "jaar", "elk jaar één keer"
        WEKEN = "weken", "om de zoveel weken"
        NIET = "niet", "niet meer vanzelf"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="nazorgafspraken")
    vormen = ArrayField(
        models.CharField(max_length=12, choices=Vorm),
        verbose_name="hoe houden jullie contact?",
        default=list,
        blank=True,
    )
    afspraak = models.TextField("wat spreken jullie af?", blank=True, max_length=2000, validators=[geen_bsn])
    herhaling = models.CharField(
        "en daarna?", max_length=5, choices=Herhaling, default=Herhaling.JAAR, db_default=Herhaling.JAAR
    )
    herhaling_weken = models.PositiveSmallIntegerField("om de hoeveel weken?", null=True, blank=True)
    jaardag = models.DateField(null=True, blank=True, help_text="The last day that was agreed; years count from it.")
    van = models.DateField(default=timezone.localdate)
    tot = models.DateField(null=True, blank=True)
    afgesproken_tot = models.DateField("tot wanneer spreken jullie dit af?", null=True, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = NazorgAfspraakQuerySet.as_manager()

    class Meta:
        verbose_name = "nazorgafspraak"
        verbose_name_plural = "nazorgafspraken"
        indexes = [models.Index(fields=["traject"], condition=Q(tot=None), name="nazorgafspraak_nu")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    vormen__contained_by=["meegaan", "evaluatie", "begeleiding", "vervolgplek", "gezin", "tools"]
                ),
                name="nazorgafspraak_bekende_vormen",
            ),
            models.CheckConstraint(
                # Without "is not null" an empty number would be unknown, and unknown is let through.
                condition=Q(herhaling="weken", herhaling_weken__isnull=False, herhaling_weken__range=(1, MEESTE_WEKEN))
                | Q(herhaling__in=["jaar", "niet"], herhaling_weken=None),
                name="nazorgafspraak_herhaling",
                violation_error_message=f"Kies een aantal weken van 1 tot en met {MEESTE_WEKEN}.",
            ),
        ]

    def __str__(self):
        return self.noem

    @property
    def is_open_deur(self) -> bool:
        return not self.vormen

    @property
    def gaat_vanzelf_verder(self) -> bool:
        """Whether contact follows after the last planned day."""
        return not self.is_open_deur and self.herhaling != self.Herhaling.NIET

    @property
    def noem(self) -> str:
        """What was agreed, in a few words."""
        vormen = [vorm.label for vorm in self.Vorm if vorm in self.vormen]
        return get_text_list(vormen, "en") or ("de deur staat open, zonder afspraken")

    @property
    def noem_herhaling(self) -> str:
        """How it goes on after the last planned day, as the end of a sentence."""
        if self.herhaling == self.Herhaling.WEKEN:
            return "elke week" if self.herhaling_weken == 1 else f"om de {self.herhaling_weken} weken"
        return self.get_herhaling_display()

    def loopt_op(self, dag: date) -> bool:
        """Whether this was agreed for `dag` too; afterwards rest is proposed."""
        return self.afgesproken_tot is None or dag <= self.afgesproken_tot

    @property
    def contact(self) -> Contactmoment | None:
        """The contact moment of this row of `with_contacten`, to look at."""
        if self.contact_id is None:
            return None
        return Contactmoment(
            pk=self.contact_id,
            gepland_op=self.contact_gepland_op,
            resultaat=self.contact_resultaat,
            notitie=self.contact_notitie,
            afgerond_op=self.contact_afgerond_op,
            eigenaar=Gebruiker(naam=self.contact_eigenaar),
        )

    @transaction.atomic
    def plan(self, *, eigenaar: Gebruiker, ritme: Iterable[Na] = tuple(Na)) -> list[Contactmoment]:
        """Plan the contact moments of this rhythm, counted from `van` and owned by `eigenaar`; days past stay out."""
        vandaag = timezone.localdate()
        dagen = [dag for na in ritme if (dag := dag_na(Na(na), self.van)) >= vandaag and self.loopt_op(dag)]
        return self.plan_dagen(Planning(tuple(dagen), eigenaar))

    @transaction.atomic
    def plan_dagen(self, planning: Planning) -> list[Contactmoment]:
        """Plan contact on each of these days, or the next working day that is free. The last one carries the years."""
        jaardag = planning.jaardag or max(planning.dagen, default=None)
        if jaardag and (self.jaardag is None or jaardag > self.jaardag):
            self.jaardag = jaardag
            self.save(update_fields=["jaardag"])
        wie_en_ruimte = {"eigenaar": planning.eigenaar, "ruimte": planning.ruimte}
        return [Contactmoment.plan_op(afspraak=self, dag=dag, **wie_en_ruimte) for dag in sorted(planning.dagen)]

    def komend(self) -> ContactmomentQuerySet:
        """Contact that waits, from today on."""
        return self.contactmomenten.wacht().filter(gepland_op__gte=timezone.localdate())

    @transaction.atomic
    def herplan(self, planning: Planning) -> None:
        """Let contact from today on be on just these days: the same days stay as they are, the others lapse."""
        vergrendel(self.traject_id)
        blijft = set(self.komend().filter(gepland_op__in=planning.dagen).values_list("gepland_op", flat=True))
        self.komend().exclude(gepland_op__in=planning.dagen).laat_vervallen()
        self.jaardag = planning.jaardag
        self.save(update_fields=["jaardag", "herhaling", "herhaling_weken"])
        erbij = tuple(dag for dag in planning.dagen if dag not in blijft)
        self.plan_dagen(Planning(erbij, planning.eigenaar, planning.ruimte, planning.jaardag))

    def volgende_dag(self, na: date) -> date | None:
        """The day of the next contact after one on `na`; None when the agreement goes on by itself no longer."""
        if self.herhaling == self.Herhaling.NIET:
            return None
        if self.herhaling == self.Herhaling.WEKEN:
            return na + timedelta(weeks=self.herhaling_weken)
        return volgende_jaardag(self.jaardag or na, na)

    def schuif_jaardag(self, verschil: timedelta) -> None:
        """Let the years count from a day that lies this much later or earlier."""
        if self.jaardag:
            NazorgAfspraak.objects.filter(pk=self.pk).update(jaardag=F("jaardag") + verschil)

    @transaction.atomic
    def ga_verder(self, na: Contactmoment) -> None:
        """Plan what follows when this was the last contact that waited; or let the agreement end here, never unseen."""
        vergrendel(self.traject_id)
        self.refresh_from_db()
        if self.tot or self.contactmomenten.wacht().exists():
            return
        dag = self.volgende_dag(max(na.gepland_op, timezone.localdate()))
        if dag is None:
            NazorgAfspraak.objects.filter(pk=self.pk).stop()
        elif self.loopt_op(dag):  # else the agreed time is over, and the page proposes rest
            Contactmoment.plan_op(afspraak=self, dag=dag, eigenaar=na.eigenaar, ruimte=na.ruimte)
