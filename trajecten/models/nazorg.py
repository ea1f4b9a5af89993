"""Aftercare: what was agreed, the contact moments that follow from it, and the reminders of those.

Source of the six forms and of "tailor-made": the development-oriented approach of the collective (January 2024).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.post.models import Bericht
from collectief.werkdagen import werkdag_vanaf
from trajecten.ladder import Stap, momenten_van_stappen
from trajecten.ritme import Na, data_van_ritme, een_jaar_later
from trajecten.validators import geen_bsn


class NazorgAfspraakQuerySet(models.QuerySet):
    def nu(self) -> NazorgAfspraakQuerySet:
        return self.filter(tot=None)

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


class NazorgAfspraak(models.Model):
    """What young person, parents and counsellor agreed for the time after."""

    class Vorm(models.TextChoices):
        MEEGAAN = "meegaan", "meegaan naar de volgende plek"
        EVALUATIE = "evaluatie", "samen terugkijken na een periode"
        BEGELEIDING = "begeleiding", "begeleiding die doorloopt"
        VERVOLGPLEK = "vervolgplek", "verbinding met de vervolgplek"
        GEZIN = "gezin", "verbinding met gezin en jongere"
        TOOLS = "tools", "tools meegeven"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="nazorgafspraken")
    vorm = models.CharField("hoe houden jullie contact?", max_length=12, choices=Vorm)
    afspraak = models.TextField("wat spreken jullie af?", blank=True, max_length=2000, validators=[geen_bsn])
    van = models.DateField(default=timezone.localdate)
    tot = models.DateField(null=True, blank=True)
    afgesproken_tot = models.DateField("tot wanneer spreken jullie dit af?", null=True, blank=True)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = NazorgAfspraakQuerySet.as_manager()

    class Meta:
        verbose_name = "nazorgafspraak"
        verbose_name_plural = "nazorgafspraken"
        indexes = [models.Index(fields=["traject"], condition=Q(tot=None), name="nazorgafspraak_nu")]

    def __str__(self):
        return self.get_vorm_display()

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
        dagen = [dag for dag in data_van_ritme(self.van, ritme) if dag >= vandaag and self.loopt_op(dag)]
        return [Contactmoment.plan_op(afspraak=self, dag=dag, eigenaar=eigenaar) for dag in dagen]


class ContactmomentQuerySet(models.QuerySet):
    def wacht(self) -> ContactmomentQuerySet:
        """Contact moments that still have to happen."""
        return self.filter(resultaat="", vervallen_op=None)

    def with_vergeten(self) -> ContactmomentQuerySet:
        """Annotate `is_vergeten`: the last step of the ladder was reached, it stands on the initiative's board."""
        bord = Herinnering.objects.filter(
            contactmoment=OuterRef("pk"), planningversie=OuterRef("planningversie"), stap=Stap.BORD
        )
        return self.annotate(is_vergeten=Exists(bord.exclude(gezet_op=None)))

    def geef_door(self, *, aan: Gebruiker) -> None:
        """Hand what waits here to `aan`: coming reminders follow, and so does mail that was not sent yet."""
        ids = list(self.wacht().exclude(eigenaar=aan).values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute("SELECT geef_contact_door(%s, %s)", [ids, aan.pk])

    def laat_vervallen(self) -> list[int]:
        """Silence every contact moment here that still waited, with its reminders and their unsent mail; say which."""
        ids = list(self.wacht().values_list("pk", flat=True))
        Herinnering.objects.filter(contactmoment__in=ids).leg_stil()
        self.filter(pk__in=ids).update(vervallen_op=timezone.now())
        return ids

    def laat_herleven(self) -> None:
        """Let what was silenced wait again: a new planning version, with the reminders that can still come."""
        for contact in self.filter(resultaat="").exclude(vervallen_op=None).select_for_update():
            contact.vervallen_op = None
            contact.planningversie += 1
            contact.save(update_fields=["vervallen_op", "planningversie"])
            contact.zet_ladder()


class Contactmoment(models.Model):
    """One planned moment of contact, and what came of it. Silence of the young person is never overdue."""

    class Resultaat(models.TextChoices):
        GESPROKEN = "gesproken", "gesproken"
        NIET_BEREIKT = "niet_bereikt", "niet bereikt"
        WIL_NU_NIET = "wil_nu_niet", "jongere wil nu niet"

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="contactmomenten")
    afspraak = models.ForeignKey(NazorgAfspraak, models.PROTECT, related_name="contactmomenten")
    gepland_op = models.DateField("gepland op")
    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planningversie = models.PositiveIntegerField(default=1)
    resultaat = models.CharField("hoe ging het?", max_length=15, choices=Resultaat, blank=True)
    notitie = models.TextField("wil je er iets bij bewaren?", blank=True, max_length=4000, validators=[geen_bsn])
    afgerond_op = models.DateTimeField(null=True, blank=True)
    vervallen_op = models.DateTimeField(null=True, blank=True)

    objects = ContactmomentQuerySet.as_manager()

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        indexes = [
            models.Index(
                fields=["eigenaar", "gepland_op"],
                condition=Q(resultaat="", vervallen_op=None),
                name="contactmoment_wacht",
            ),
            models.Index(fields=["traject", "gepland_op"], name="contactmoment_per_traject"),
        ]

    def __str__(self):
        return f"contact op {self.gepland_op}"

    @property
    def is_geweest(self) -> bool:
        return self.gepland_op <= timezone.localdate()

    @property
    def wacht_nog(self) -> bool:
        return not self.resultaat and not self.vervallen_op

    @classmethod
    @transaction.atomic
    def plan_op(cls, *, afspraak: NazorgAfspraak, dag: date, eigenaar: Gebruiker) -> Contactmoment:
        """Plan contact on `dag`, or the next working day, with its ladder of reminders."""
        contactmoment = cls.objects.create(
            traject_id=afspraak.traject_id, afspraak=afspraak, gepland_op=werkdag_vanaf(dag), eigenaar=eigenaar
        )
        contactmoment.zet_ladder()
        return contactmoment

    def zet_ladder(self) -> None:
        """Write the reminders of the present planning version. A step whose time has passed stays out."""
        nu = timezone.now()
        Herinnering.objects.bulk_create(
            Herinnering(
                contactmoment=self,
                traject_id=self.traject_id,
                stap=stap,
                planningversie=self.planningversie,
                op=op,
            )
            for stap, op in momenten_van_stappen(self.gepland_op).items()
            if op > nu
        )

    @transaction.atomic
    def rond_af(self, resultaat: str, *, notitie: str = "") -> None:
        """Record what came of it, silence what still waited, and after the last one plan contact a year on."""
        contactmoment = Contactmoment.objects.select_for_update().get(pk=self.pk)
        if not contactmoment.wacht_nog:
            return
        contactmoment.herinneringen.leg_stil()
        contactmoment.resultaat = resultaat
        contactmoment.notitie = notitie
        contactmoment.afgerond_op = timezone.now()
        contactmoment.save(update_fields=["resultaat", "notitie", "afgerond_op"])
        if not contactmoment.afspraak.tot and not contactmoment.afspraak.contactmomenten.wacht().exists():
            dag = een_jaar_later(max(contactmoment.gepland_op, timezone.localdate()))
            if contactmoment.afspraak.loopt_op(dag):
                Contactmoment.plan_op(afspraak=contactmoment.afspraak, dag=dag, eigenaar=contactmoment.eigenaar)

    @transaction.atomic
    def verplaats(self, dag: date, *, notitie: str = "") -> None:
        """Move to another day: a new planning version with a ladder of its own; the old one falls silent."""
        contactmoment = Contactmoment.objects.select_for_update().get(pk=self.pk)
        if not contactmoment.wacht_nog:
            return
        contactmoment.herinneringen.leg_stil()
        contactmoment.gepland_op = werkdag_vanaf(dag)
        contactmoment.planningversie += 1
        contactmoment.notitie = notitie or contactmoment.notitie
        contactmoment.save(update_fields=["gepland_op", "planningversie", "notitie"])
        contactmoment.zet_ladder()


class HerinneringQuerySet(models.QuerySet):
    def leg_stil(self) -> None:
        """Silence every step here that did not go out yet, and mail of it that still waits in the outbox."""
        self.filter(gezet_op=None, vervallen_op=None).update(vervallen_op=timezone.now())
        gezet = self.exclude(gezet_op=None).values_list("pk", flat=True)
        Bericht.objects.laat_vervallen(f"herinnering:{pk}" for pk in gezet)


class Herinnering(models.Model):
    """One step of the ladder of one contact moment, in one planning version. Its mail is a Bericht in the outbox."""

    contactmoment = models.ForeignKey(Contactmoment, models.PROTECT, related_name="herinneringen")
    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="+")
    stap = models.CharField(max_length=12, choices=Stap)
    planningversie = models.PositiveIntegerField()
    op = models.DateTimeField()
    gezet_op = models.DateTimeField(null=True)
    vervallen_op = models.DateTimeField(null=True)

    objects = HerinneringQuerySet.as_manager()

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        constraints = [
            models.UniqueConstraint(fields=["contactmoment", "stap", "planningversie"], name="herinnering_een_per_stap")
        ]
        indexes = [
            models.Index(fields=["op"], condition=Q(gezet_op=None, vervallen_op=None), name="herinnering_nog_te_doen")
        ]

    def __str__(self):
        return f"{self.get_stap_display()} op {self.op:%Y-%m-%d}"
