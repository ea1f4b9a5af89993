"""Contact: the moments that were planned, what came of them, and the reminders of each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.post.models import Bericht
from trajecten.ladder import Ladder, Stap
from trajecten.models.ladderinstelling import Ladderinstelling
from trajecten.models.pauze import Nazorgpauze
from trajecten.ritme import spreid, vrije_werkdag
from trajecten.validators import geen_bsn

if TYPE_CHECKING:
    from trajecten.models.nazorg import NazorgAfspraak

KEREN_NIET_BEREIKT = 2  # in a row: then another form is proposed, not another try of the same
MEESTE_RUIMTE = 28  # days


def vergrendel(traject_id: UUID) -> None:
    """Plan for one trajectory one after the other. Taken before its contact moments, as every step does."""
    trajecten = Contactmoment._meta.get_field("traject").related_model.objects
    trajecten.select_for_update(no_key=True).values_list("pk").get(pk=traject_id)


class ContactmomentQuerySet(models.QuerySet):
    def wacht(self) -> ContactmomentQuerySet:
        """Contact moments that still have to happen."""
        return self.filter(resultaat="", vervallen_op=None)

    def eerstvolgende(self) -> Contactmoment | None:
        """The first that still has to happen, with whose contact it is."""
        return self.wacht().select_related("eigenaar").order_by("gepland_op", "pk").first()

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
        _leg_stil(ids)
        self.filter(pk__in=ids).update(vervallen_op=timezone.now())
        return ids

    def laat_herleven(self) -> None:
        """Let what was silenced wait again: a new planning version, with the reminders that can still come."""
        for contact in self.filter(resultaat="").exclude(vervallen_op=None).select_for_update():
            contact.vervallen_op = None
            contact.planningversie += 1
            contact.save(update_fields=["vervallen_op", "planningversie"])
            contact.zet_ladder()


def _leg_stil(contacten: Iterable[int]) -> None:
    """Silence what would still be said about these contact moments: to staff, and to who asked for a nudge."""
    Herinnering.objects.filter(contactmoment__in=contacten).leg_stil()
    Bericht.objects.laat_vervallen(f"seintje:contact:{pk}" for pk in contacten)


class Contactmoment(models.Model):
    """One planned moment of contact, and what came of it. Silence of the young person is never overdue."""

    class Resultaat(models.TextChoices):
        GESPROKEN = "gesproken", "gesproken"
        NIET_BEREIKT = "niet_bereikt", "niet bereikt"
        WIL_NU_NIET = "wil_nu_niet", "jongere wil nu niet"
        GESTUURD = "gestuurd", "gestuurd"

    class Vorm(models.TextChoices):
        KAARTJE = "kaartje", "een kaartje"
        BERICHTJE = "berichtje", "een berichtje"
        THEE = "thee", "samen thee drinken"

    GESTUURDE_VORMEN = (Vorm.KAARTJE, Vorm.BERICHTJE)  # nobody has to be in for these

    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="contactmomenten")
    afspraak = models.ForeignKey("trajecten.NazorgAfspraak", models.PROTECT, related_name="contactmomenten")
    gepland_op = models.DateField("gepland op")
    ruimte = models.PositiveSmallIntegerField("hoeveel ruimte zit erom?", default=0, db_default=0, help_text="Days.")
    vorm = models.CharField("op een andere manier", max_length=10, choices=Vorm, blank=True, default="", db_default="")
    met_gezin = models.BooleanField(default=False, db_default=False, help_text="The parents take part.")
    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planningversie = models.PositiveIntegerField(default=1)
    resultaat = models.CharField("hoe ging het?", max_length=15, choices=Resultaat, blank=True)
    notitie = models.TextField("wil je er iets bij bewaren?", blank=True, max_length=4000, validators=[geen_bsn])
    is_zachte_vraag = models.BooleanField(
        default=False, db_default=False, help_text="One question after a pause, without a ladder."
    )
    afgerond_op = models.DateTimeField(null=True, blank=True)
    afgerond_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    als_moment_op = models.DateTimeField(null=True, blank=True, help_text="When the note was kept as a moment too.")
    vervallen_op = models.DateTimeField(null=True, blank=True)

    objects = ContactmomentQuerySet.as_manager()

    class Meta:
        verbose_name = "contactmoment"
        verbose_name_plural = "contactmomenten"
        constraints = [
            models.CheckConstraint(condition=Q(ruimte__lte=MEESTE_RUIMTE), name="contactmoment_ruimte"),
            models.CheckConstraint(
                condition=Q(vorm__in=["", "kaartje", "berichtje", "thee"]), name="contactmoment_bekende_vorm"
            ),
            models.CheckConstraint(
                condition=~Q(resultaat="gestuurd") | Q(vorm__in=["kaartje", "berichtje"]),
                name="contactmoment_gestuurd_per_post",
                violation_error_message="Alleen een kaartje of een berichtje wordt gestuurd.",
            ),
        ]
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

    @property
    def uiterlijk(self) -> date:
        """The last day on which this contact comes in time."""
        return self.gepland_op + timedelta(days=self.ruimte)

    @property
    def wat(self) -> str:
        """What kind of contact this is: the question after a pause, another form that was chosen, or what is agreed."""
        if self.is_zachte_vraag:
            return "één zachte vraag na de pauze"
        return self.get_vorm_display() or self.afspraak.noem

    @property
    def wordt_gestuurd(self) -> bool:
        return self.vorm in self.GESTUURDE_VORMEN

    @property
    def mogelijke_resultaten(self) -> list[Resultaat]:
        """What can come of it: a card is sent, and does not find somebody out."""
        past_niet = self.Resultaat.NIET_BEREIKT if self.wordt_gestuurd else self.Resultaat.GESTUURD
        return [resultaat for resultaat in self.Resultaat if resultaat != past_niet]

    @property
    def niet_te_bereiken(self) -> bool:
        """Whether the last results here were all "niet bereikt": then another form is proposed, not the same again."""
        van_hier = Contactmoment.objects.filter(traject=self.traject_id).exclude(resultaat="")
        laatste = van_hier.order_by("-afgerond_op", "-pk").values_list("resultaat", flat=True)[:KEREN_NIET_BEREIKT]
        return list(laatste) == [self.Resultaat.NIET_BEREIKT] * KEREN_NIET_BEREIKT

    @classmethod
    @transaction.atomic
    def plan_op(
        cls, *, afspraak: NazorgAfspraak, dag: date, eigenaar: Gebruiker, ruimte: int = 0, **velden: object
    ) -> Contactmoment:
        """Plan contact on `dag`, or the next working day without other contact, with its ladder of reminders."""
        vergrendel(afspraak.traject_id)
        contactmoment = cls.objects.create(
            traject=afspraak.traject,
            afspraak=afspraak,
            gepland_op=vrije_werkdag(dag, cls.bezette_dagen(afspraak.traject_id)),
            eigenaar=eigenaar,
            ruimte=ruimte,
            met_gezin="gezin" in afspraak.vormen,
            **velden,
        )
        contactmoment.zet_ladder()
        return contactmoment

    @classmethod
    def bezette_dagen(cls, traject_id: UUID, *, behalve: Iterable[int] = ()) -> set[date]:
        """The days on which contact waits already, apart from these contact moments."""
        wacht = cls.objects.filter(traject=traject_id).wacht().exclude(pk__in=behalve)
        return set(wacht.values_list("gepland_op", flat=True))

    def zet_ladder(self) -> None:
        """Write the reminders of the present planning version. A step whose time has passed stays out."""
        Herinnering.objects.bulk_create(self.herinnering(stap, op) for stap, op in self.momenten().items())

    def herinnering(self, stap: Stap, op: datetime) -> Herinnering:
        """A step of the present planning version, not saved yet."""
        return Herinnering(
            contactmoment=self, traject_id=self.traject_id, stap=stap, planningversie=self.planningversie, op=op
        )

    def momenten(self) -> dict[Stap, datetime]:
        """When the steps that are still to come are due, as this initiative set them; in a pause nobody asks."""
        ladder = Ladderinstelling.van(self.traject.initiatief_id).ladder
        return self.momenten_volgens(ladder, self.traject.pauzes.nog_niet_voorbij())

    def momenten_volgens(self, ladder: Ladder, pauzes: Iterable[Nazorgpauze]) -> dict[Stap, datetime]:
        """The same, when somebody looked up ladder and pauses already. The last step stays: it mails nobody."""
        nu, stil = timezone.now(), [(pauze.van, pauze.tot) for pauze in pauzes]
        ladder = ladder.eenmalig() if self.is_zachte_vraag else ladder
        return {
            stap: op
            for stap, op in ladder.momenten(self.gepland_op, self.uiterlijk).items()
            if stap == Stap.BORD or (op > nu and not any(van <= timezone.localdate(op) < tot for van, tot in stil))
        }

    def _op_slot(self, gezien: int | None) -> Contactmoment | None:
        """This contact moment, locked; None when it waits no more, or was moved since planning version `gezien`."""
        vergrendel(self.traject_id)
        contactmoment = Contactmoment.objects.select_for_update(of=("self",)).get(pk=self.pk)
        is_anders = gezien is not None and gezien != contactmoment.planningversie
        return None if is_anders or not contactmoment.wacht_nog else contactmoment

    @transaction.atomic
    def rond_af(
        self, resultaat: str, *, notitie: str = "", door: Gebruiker | None = None, gezien: int | None = None
    ) -> bool:
        """Record what came of it, silence what still waited, and plan what follows after the last one.

        False, and nothing changed, when somebody else was first: recorded it, or moved it since planning version
        `gezien`.
        """
        contactmoment = self._op_slot(gezien)
        if not contactmoment:
            return False
        _leg_stil([self.pk])
        contactmoment.resultaat = resultaat
        contactmoment.notitie = notitie or contactmoment.notitie
        contactmoment.afgerond_op = timezone.now()
        contactmoment.afgerond_door = door
        contactmoment.save(update_fields=["resultaat", "notitie", "afgerond_op", "afgerond_door"])
        contactmoment.afspraak.ga_verder(contactmoment)
        return True

    @transaction.atomic
    def verplaats(self, dag: date, *, notitie: str = "", gezien: int | None = None) -> bool:
        """Move to another day: a new planning version with a ladder of its own; the old one falls silent.

        False, and nothing changed, when somebody else was first.
        """
        contactmoment = self._op_slot(gezien)
        if not contactmoment:
            return False
        contactmoment.notitie = notitie or contactmoment.notitie
        bezet = self.bezette_dagen(self.traject_id, behalve=[self.pk])
        contactmoment.zet_op(vrije_werkdag(dag, bezet))
        return True

    @transaction.atomic
    def verschuif(self, dag: date, *, notitie: str = "", gezien: int | None = None) -> bool:
        """Move to another day, and all that follows in this agreement by as many days. False as in `verplaats`."""
        contactmoment = self._op_slot(gezien)
        if not contactmoment:
            return False
        erna = self.afspraak.contactmomenten.wacht().filter(gepland_op__gt=contactmoment.gepland_op)
        rij = [contactmoment, *erna.select_for_update(of=("self",)).order_by("gepland_op", "pk")]
        verschil = dag - contactmoment.gepland_op
        bezet = self.bezette_dagen(self.traject_id, behalve=[een.pk for een in rij])
        dagen = spreid([een.gepland_op + verschil for een in rij], bezet)
        contactmoment.notitie = notitie or contactmoment.notitie
        for een, nieuw in zip(rij, dagen, strict=True):
            een.zet_op(nieuw)
        self.afspraak.schuif_jaardag(verschil)
        return True

    def zet_op(self, dag: date) -> None:
        """Write another day on a row that is locked already, with a ladder of its own."""
        _leg_stil([self.pk])
        self.gepland_op = dag
        self.planningversie += 1
        self.save(update_fields=["gepland_op", "planningversie", "notitie"])
        self.zet_ladder()


class HerinneringQuerySet(models.QuerySet):
    def leg_stil(self) -> None:
        """Silence every step here that did not go out yet, and mail of it that still waits in the outbox."""
        self.filter(gezet_op=None, vervallen_op=None).update(vervallen_op=timezone.now())
        gezet = self.exclude(gezet_op=None).values_list("pk", flat=True)
        Bericht.objects.laat_vervallen(f"herinnering:{pk}" for pk in gezet)


class Herinnering(models.Model):
    """One step of the ladder of one contact moment, in one planning version. Its mail is a Bericht in the outbox."""

    # `herinnering_een_per_stap` begins with this column; an index of its own would only cost.
    contactmoment = models.ForeignKey(Contactmoment, models.PROTECT, related_name="herinneringen", db_index=False)
    # For row security; whoever searches by trajectory goes by its contact moments. In random order an index costs most.
    traject = models.ForeignKey("trajecten.Traject", models.PROTECT, related_name="+", db_index=False)
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
