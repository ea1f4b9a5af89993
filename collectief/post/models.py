"""The one outbox: everything that is mailed is first a row here.

A row is written in the same transaction as the event that causes it, under a unique key; a worker claims
it with a lease, hands it to the mail server and notes that. Celery only says "look in the outbox".
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import connection, models, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone

from collectief import trace
from collectief.werkdagen import is_overdag, laatste_overdag

logger = logging.getLogger(__name__)

# Rendered text, which may hold a secret link, is erased once it was sent.
VERSTUURD = """
    UPDATE post_bericht SET toestand = 'verstuurd', verstuurd_op = %(nu)s, pacht_tot = NULL, fout = '', agenda = NULL,
                            gegevens = CASE soort WHEN 'tekst' THEN '{}' ELSE gegevens END
    WHERE id = %(na)s
"""
# Notes the message before as sent and offers this one, if it is still ours.
BIED_AAN = f"""
WITH klaar AS ({VERSTUURD})
UPDATE post_bericht SET pacht_tot = %(verlengd)s, aangeboden_op = %(nu)s
WHERE id = %(id)s AND toestand = 'bezig' AND pacht_tot = %(pacht)s
"""  # noqa: S608 - only constants
BEWAAR = timedelta(days=365)  # how long it stays whom a mail went to, and what it was about
GEWIST = "gewist@post.invalid"  # nobody's address: a row has a receiver
WACHTTIJDEN = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440)]  # back-off after a passing failure


class BerichtQuerySet(models.QuerySet):
    def te_versturen(self, nu: datetime) -> BerichtQuerySet:
        """Messages whose turn it is: waiting and due, or claimed by a worker that did not come back."""
        return self.wachtend(nu) | self.verlaten(nu)

    def is_er_werk(self) -> bool:
        """Whether it is the turn of any; asked before the mail server is called."""
        nu = timezone.now()
        return self.wachtend(nu).exists() or self.verlaten(nu).exists()

    def wachtend(self, nu: datetime) -> BerichtQuerySet:
        """Waiting and due. What may only go out by day waits for the day."""
        wacht = self.filter(toestand=Bericht.Toestand.WACHT, versturen_vanaf__lte=nu)
        return wacht if is_overdag(nu) else wacht.filter(overdag=False)

    def verlaten(self, nu: datetime) -> BerichtQuerySet:
        """Claimed, and the lease ran out: the worker that had them was killed or is too slow."""
        return self.filter(toestand=Bericht.Toestand.BEZIG, pacht_tot__lt=nu)

    def onderweg(self) -> BerichtQuerySet:
        """Neither sent nor given up."""
        return self.filter(toestand__in=Bericht.ONDERWEG)

    def afgehandeld(self) -> BerichtQuerySet:
        """Sent, given up or not needed any more: nobody looks at these again."""
        return self.exclude(toestand__in=Bericht.ONDERWEG)

    def wis_oude(self) -> int:
        """Erase of handled messages of over a year ago to whom and about what. Returns how many.

        Row and key stay: they are why the same mail never goes a second time, and hold nothing but numbers.
        """
        oud = self.afgehandeld().filter(aangemaakt_op__lt=timezone.now() - BEWAAR)
        adres = Case(When(aan_adres="", then=F("aan_adres")), default=Value(GEWIST))
        leeg = Q(aan_adres__in=["", GEWIST], gegevens={}, pad="", antwoord_aan="", agenda__isnull=True)
        return oud.exclude(leeg).update(aan_adres=adres, gegevens={}, pad="", antwoord_aan="", agenda=None)

    def te_laat(self, toen: datetime) -> BerichtQuerySet:
        """Still here, although it could have gone before `toen`. What may only go out by day is not late at night."""
        kon_weg = Q(overdag=False) | Q(versturen_vanaf__lt=laatste_overdag(toen))
        return self.onderweg().filter(kon_weg, versturen_vanaf__lt=toen)

    def neem(self, aantal: int) -> list[Bericht]:
        """Claim up to `aantal` messages for this worker, oldest first. Two workers never claim the same one.

        Two questions instead of one with an OR: each walks its own index and stops at the last row it needs.
        """
        nu = timezone.now()
        pacht_tot = nu + settings.POST_PACHT
        with transaction.atomic():
            rijen = self.verlaten(nu).op_slot("pk", aantal)
            rijen += self.wachtend(nu).op_slot("versturen_vanaf", aantal - len(rijen))
            self.filter(pk__in=[rij.pk for rij in rijen]).update(
                toestand=Bericht.Toestand.BEZIG, pacht_tot=pacht_tot, pogingen=F("pogingen") + 1
            )
        for rij in rijen:
            rij.toestand, rij.pacht_tot, rij.pogingen = Bericht.Toestand.BEZIG, pacht_tot, rij.pogingen + 1
        return rijen

    def op_slot(self, volgorde: str, aantal: int) -> list[Bericht]:
        """The first `aantal` of these, locked; what another worker holds is skipped."""
        rijen = self.select_related("aan").order_by(volgorde, "pk")
        return list(rijen.select_for_update(skip_locked=True, of=("self",))[:aantal])

    def laat_los(self, berichten: Iterable[Bericht]) -> None:
        """Give claimed messages back untried: the next worker may take them at once."""
        for bericht in berichten:
            self.filter(pk=bericht.pk, toestand=Bericht.Toestand.BEZIG, pacht_tot=bericht.pacht_tot).update(
                toestand=Bericht.Toestand.WACHT, pacht_tot=None, pogingen=F("pogingen") - 1
            )

    def zet_stil(self) -> int:
        """Write that these are not needed any more, and erase what their calendar part said."""
        return self.update(toestand=Bericht.Toestand.VERVALLEN, pacht_tot=None, agenda=None)

    @transaction.atomic
    def laat_vervallen(self, groepen: Iterable[str]) -> int:
        """Silence the messages of these groups that were not handed to the mail server yet.

        A message about several things falls silent with the last of them. Returns how many fell silent.
        """
        groepen = list(groepen)
        aantal = self.onderweg().filter(groep__in=groepen).zet_stil()
        delen = Berichtdeel.objects.filter(groep__in=groepen)
        # Locked first: two people who silence the last two parts at once would each see the other's part alive.
        samen = [bericht.pk for bericht in self.onderweg().filter(pk__in=delen.values("bericht")).select_for_update()]
        delen.filter(bericht__in=samen).update(is_vervallen=True)
        over = Berichtdeel.objects.filter(bericht=OuterRef("pk"), is_vervallen=False)
        return aantal + self.filter(~Exists(over), pk__in=samen).zet_stil()


class Bericht(models.Model):
    """One mail to one person: waiting, being sent, sent, undeliverable or no longer needed."""

    class Toestand(models.TextChoices):
        WACHT = "wacht", "wacht"
        BEZIG = "bezig", "wordt verstuurd"
        VERSTUURD = "verstuurd", "verstuurd"
        ONBESTELBAAR = "onbestelbaar", "onbestelbaar"
        VERVALLEN = "vervallen", "niet meer nodig"

    ONDERWEG = (Toestand.WACHT, Toestand.BEZIG)

    sleutel = models.CharField(max_length=200, help_text="What this mail is about; at most one per key.")
    groep = models.CharField(max_length=200, blank=True, help_text="What falls silent together.")
    soort = models.SlugField(max_length=60, help_text="Name of the template in templates/post/.", db_index=False)
    aan = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="berichten")
    aan_adres = models.EmailField(blank=True, help_text="For someone without an account.")
    pad = models.CharField(max_length=300, blank=True, help_text="Where the link in the mail leads, below BASIS_URL.")
    gegevens = models.JSONField(default=dict, blank=True, help_text="Words for the template; never case data.")
    agenda = models.JSONField(null=True, blank=True, help_text="What a calendar part says; erased once sent.")
    antwoord_aan = models.CharField(
        max_length=254, blank=True, db_default="", help_text="Where an answer to this mail goes."
    )
    toestand = models.CharField(max_length=12, choices=Toestand, default=Toestand.WACHT)
    versturen_vanaf = models.DateTimeField(default=timezone.now)
    pogingen = models.PositiveSmallIntegerField(default=0)
    pacht_tot = models.DateTimeField(null=True)
    aangeboden_op = models.DateTimeField(null=True, help_text="Last hand-over that was begun.")
    verstuurd_op = models.DateTimeField(null=True)
    fout = models.CharField(max_length=200, blank=True, help_text="Why it failed, without addresses.")
    overdag = models.BooleanField(default=False, db_default=False, help_text="Waits for the day, also at a later try.")
    gezien_op = models.DateTimeField(null=True, help_text="When somebody saw that it could not be delivered.")
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    trace = models.CharField(
        max_length=trace.LENGTE,
        blank=True,
        default=trace.huidige,
        db_default="",
        help_text="In the log: what asked for it.",
    )

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            # Not `unique=True`: that adds a second index on the same column, for LIKE, to every INSERT.
            models.UniqueConstraint(fields=["sleutel"], name="bericht_een_per_sleutel"),
            models.CheckConstraint(
                condition=Q(aan__isnull=False) ^ ~Q(aan_adres=""), name="bericht_heeft_een_ontvanger"
            ),
        ]
        indexes = [
            models.Index(fields=["versturen_vanaf", "id"], condition=Q(toestand="wacht"), name="bericht_wacht"),
            models.Index(fields=["groep"], condition=~Q(groep=""), name="bericht_groep"),
            # On the key and not on the lease, so that renewing a lease touches no index.
            models.Index(fields=["id"], condition=Q(toestand="bezig"), name="bericht_bezig"),
            BrinIndex(fields=["aangemaakt_op"], name="bericht_per_dag", autosummarize=True),
        ]

    def __str__(self):
        return self.sleutel

    @property
    def adres(self) -> str:
        return self.aan.email if self.aan else self.aan_adres

    @property
    def message_id(self) -> str:
        """A Message-ID that is the same at every attempt, so that a receiver can drop a second copy."""
        domein = settings.BASIS_URL.split("//")[-1].split(":")[0].split("/")[0]
        return f"<bericht-{self.pk}@{domein}>"

    def bied_aan(self, *, na: Bericht | None = None) -> bool:
        """Say that this worker hands the message over now, and renew its lease; in the same breath note `na` as sent.

        False when the message fell silent, or another worker took it over after the lease ran out. One statement for
        both: whoever sends one mail after the other writes once for each.
        """
        nu = timezone.now()
        verlengd = nu + settings.POST_PACHT
        wie = {"id": self.pk, "na": na and na.pk, "pacht": self.pacht_tot, "nu": nu, "verlengd": verlengd}
        with connection.cursor() as cursor:
            cursor.execute(BIED_AAN, wie)
            if not cursor.rowcount:
                return False
        self.pacht_tot = verlengd
        return True

    def houd_vast(self) -> None:
        """Renew the lease while a slow mail server has the message; nothing when it is not ours any more."""
        verlengd = timezone.now() + settings.POST_PACHT
        eigen = Bericht.objects.filter(pk=self.pk, toestand=self.Toestand.BEZIG, pacht_tot=self.pacht_tot)
        if eigen.update(pacht_tot=verlengd):
            self.pacht_tot = verlengd

    def noteer_verstuurd(self) -> None:
        """Note that the mail server took it, when no other message comes after it."""
        with connection.cursor() as cursor:
            cursor.execute(VERSTUURD, {"na": self.pk, "nu": timezone.now()})

    def noteer_later(self, fout: str) -> None:
        """Try again later, slower each time; after the last waiting time it is undeliverable."""
        if self.pogingen > len(WACHTTIJDEN):
            self.noteer_onbestelbaar(fout)
            return
        Bericht.objects.filter(pk=self.pk, toestand=self.Toestand.BEZIG).update(
            toestand=self.Toestand.WACHT,
            versturen_vanaf=timezone.now() + WACHTTIJDEN[self.pogingen - 1],
            pacht_tot=None,
            fout=fout[:200],
        )
        logger.warning("message %s (%s) was not taken (%s) and goes again later", self.pk, self.soort, fout)

    @property
    def is_voor_gesloten_account(self) -> bool:
        """Whether its receiver may not sign in any more: what waits there is no longer hers."""
        return self.aan is not None and not self.aan.is_active

    def noteer_vervallen(self) -> None:
        """Note that nobody needs it any more."""
        Bericht.objects.filter(pk=self.pk, toestand=self.Toestand.BEZIG).zet_stil()

    def noteer_onbestelbaar(self, fout: str) -> None:
        """Note that it will never arrive. Rendered text is erased here too."""
        Bericht.objects.filter(pk=self.pk, toestand=self.Toestand.BEZIG).update(
            toestand=self.Toestand.ONBESTELBAAR,
            pacht_tot=None,
            fout=fout[:200],
            agenda=None,
            gegevens={} if self.soort == "tekst" else self.gegevens,
        )
        logger.warning("message %s (%s) will never arrive (%s)", self.pk, self.soort, fout)


class Berichtdeel(models.Model):
    """One of the things that a message is about, when it is about several."""

    # The database guards this by a trigger per statement (0006): a sweep writes very many parts at once.
    bericht = models.ForeignKey(Bericht, models.CASCADE, related_name="delen", db_constraint=False)
    groep = models.CharField(max_length=200, help_text="As in Bericht: what falls silent together.")
    is_vervallen = models.BooleanField(default=False)

    class Meta:
        verbose_name = "deel van een bericht"
        verbose_name_plural = "delen van een bericht"
        constraints = [models.UniqueConstraint(fields=["groep", "bericht"], name="berichtdeel_een_keer")]

    def __str__(self):
        return self.groep


class Afmelding(models.Model):
    """Somebody who wants no mail of one kind any more. What it told stays on the pages."""

    class Soort(models.TextChoices):
        HERINNERINGEN = "herinneringen", "mail over wat voor je klaarstaat"
        WEEKOVERZICHT = "weekoverzicht", "het weekoverzicht"
        ACTIES = "acties", "de maandelijkse mail over je acties"

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="afmeldingen")
    soort = models.CharField(max_length=20, choices=Soort)
    op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "afmelding"
        verbose_name_plural = "afmeldingen"
        constraints = [models.UniqueConstraint(fields=["gebruiker", "soort"], name="afmelding_een_keer")]

    def __str__(self):
        return f"geen {self.get_soort_display()}"


class Hartslag(models.Model):
    """When something that works by itself was last seen alive: worker, beat, a sweep, a backup."""

    naam = models.CharField(max_length=20, primary_key=True)
    gezien_op = models.DateTimeField()

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"

    def __str__(self):
        return self.naam

    @classmethod
    def sla(cls, naam: str) -> None:
        """Write that `naam` is alive now."""
        cls.objects.update_or_create(naam=naam, defaults={"gezien_op": timezone.now()})
