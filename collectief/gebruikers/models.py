"""People who sign in, the roles they hold, and invitations to hold one."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Func, Q
from django.db.models.functions import Concat, Lower
from django.utils import timezone

from collectief.voorbereid import voorbereide_cursor

UITNODIGING_GELDIG = timedelta(days=14)
ACCOUNT_BLIJFT = timedelta(days=366)  # after the last role and the last visit
GEWIST = "@gewist.invalid"  # nobody's address: of somebody who was forgotten on purpose


class RolNogNodig(Exception):
    """Without this role or account somebody would be left alone; the message says who, in Dutch."""


def niemands_adres() -> models.expressions.Combinable:
    """In the place of an address that is erased: of this row only, and of nobody."""
    return Concat(models.F("pk"), models.Value(GEWIST), output_field=models.CharField())


@contextmanager
def weigert_als_iemand_alleen_blijft() -> Iterator[None]:
    """Let the database check now what it would check at the end of the transaction: apps above guard their people so.

    Raises RolNogNodig with what stands in the way; what was done inside is undone then.
    """
    try:
        with transaction.atomic():
            yield
            connection.check_constraints()
    except IntegrityError as fout:
        raise RolNogNodig(fout.__cause__.diag.message_primary) from fout


# Every signed-in request asks this, so it is written out: building it with the ORM took a fifth of a request.
WIE_VRAAGT = """
SELECT {kolommen},
       EXISTS (SELECT FROM mfa_authenticator a WHERE a.user_id = g.id) AS heeft_tweede_factor,
       (SELECT coalesce(json_agg(r ORDER BY r.soort, r.id), '[]')
        FROM gebruikers_rol r WHERE r.gebruiker_id = g.id AND r.tot IS NULL) AS rijen,
       (SELECT noem_gebruiker(%(pk)s)) AS is_genoemd
FROM gebruikers_gebruiker g
WHERE g.id = %(pk)s
"""


class GebruikerManager(BaseUserManager):
    def die_vraagt(self, pk: int) -> Gebruiker | None:
        """The user of this request, with her roles and whether she has a second factor; None when she is gone.

        The same query names her to the database, for this transaction.
        """
        velden = self.model._meta.concrete_fields
        namen = [veld.attname for veld in velden]
        kolommen = [f"g.{veld.attname}{'::text' * isinstance(veld, models.CharField)}" for veld in velden]
        with voorbereide_cursor() as cursor:
            cursor.execute(WIE_VRAAGT.format(kolommen=", ".join(kolommen)), {"pk": pk})
            gevonden = cursor.fetchone()
        if gevonden is None:
            return None
        *waarden, heeft_tweede_factor, rijen, _ = gevonden
        gebruiker = self.model.from_db(self.db, namen, waarden)
        gebruiker.heeft_tweede_factor, gebruiker.is_genoemd = heeft_tweede_factor, True
        gebruiker.rollen_nu = [Rol.uit_json(rij) for rij in rijen]
        return gebruiker

    def met_rol(
        self, *soorten: str, bij: Collection[int] | models.QuerySet | None = None
    ) -> models.QuerySet[Gebruiker]:
        """Who can sign in and holds one of these roles now; with `bij` at one of these initiatives (keys)."""
        rollen = Rol.objects.nu().filter(soort__in=soorten)
        if bij is not None:
            rollen = rollen.filter(initiatief__in=bij)
        return self.filter(is_active=True, pk__in=rollen.values("gebruiker"))

    def over_termijn(self) -> models.QuerySet[Gebruiker]:
        """Who held no role for a year, did not sign in and is not asked again; never a technical superuser."""
        grens = timezone.now() - ACCOUNT_BLIJFT
        rol = Rol.objects.filter(gebruiker=models.OuterRef("pk")).filter(Q(tot=None) | Q(tot__gte=grens.date()))
        gevraagd = Roluitnodiging.objects.open().filter(email__iexact=models.OuterRef("email"))
        oud = self.filter(~models.Exists(rol), ~models.Exists(gevraagd), is_staff=False, is_superuser=False)
        return oud.filter(aangemaakt_op__lt=grens).exclude(Q(last_login__gte=grens) | Q(email__endswith=GEWIST))

    def met_adres(self, adres: str) -> models.QuerySet[Gebruiker]:
        """Whose mail address this is: the one she signs in with, or another that she showed to be hers."""
        ander = Q(emailaddress__email__iexact=adres, emailaddress__verified=True)
        return self.filter(Q(email__iexact=adres) | ander).distinct()

    def create_user(self, email: str, password: str | None = None, **velden) -> Gebruiker:
        """Make an account; without a password nobody can sign in with it until one was chosen."""
        gebruiker = self.model(email=self.normalize_email(email).lower(), **velden)
        gebruiker.set_password(password)
        gebruiker.save(using=self._db)
        return gebruiker

    def create_superuser(self, email: str, password: str | None = None, **velden) -> Gebruiker:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **velden)

    def get_by_natural_key(self, username: str) -> Gebruiker:
        return self.get(email__iexact=username)


class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Signs in by e-mail; what she may do follows from her roles."""

    email = models.EmailField(
        "e-mailadres", unique=True, error_messages={"unique": "Dit e-mailadres is al in gebruik."}
    )
    naam = models.CharField("naam", max_length=120)
    is_active = models.BooleanField("mag inloggen", default=True)
    is_staff = models.BooleanField("technisch beheer", default=False, help_text="Mag in Django's beheer.")
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["naam"]

    objects = GebruikerManager()

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")),
                name="gebruiker_email_klein",
                violation_error_message="Schrijf het e-mailadres met kleine letters.",
            )
        ]

    def __str__(self):
        return self.naam or self.email

    @cached_property
    def rollen_nu(self) -> list[Rol]:
        """The roles held now; one query per request. Where, they tell by key: no page needs more on every visit."""
        return list(self.rollen.nu().order_by("soort", "pk"))

    def initiatieven_als(self, *soorten: str) -> set[int]:
        """Return the primary keys of the initiatives where this user holds one of these roles now."""
        return {rol.initiatief_id for rol in self.rollen_nu if rol.soort in soorten}

    def _heeft_rol(self, *soorten: str) -> bool:
        return any(rol.soort in soorten for rol in self.rollen_nu)

    @property
    def is_medewerker(self) -> bool:
        return self._heeft_rol(Rol.Soort.BEGELEIDER, Rol.Soort.COORDINATOR)

    @property
    def is_coordinator(self) -> bool:
        return self._heeft_rol(Rol.Soort.COORDINATOR)

    @property
    def is_kernteam(self) -> bool:
        return self._heeft_rol(Rol.Soort.KERNTEAM)

    @property
    def is_beheerder(self) -> bool:
        return self._heeft_rol(Rol.Soort.BEHEERDER)

    @property
    def is_verbondgenoot(self) -> bool:
        return self._heeft_rol(Rol.Soort.VERBONDGENOOT)

    @property
    def moet_tweede_factor(self) -> bool:
        """Staff, core team, admins and technical superusers sign in with a second factor."""
        return self.is_staff or self.is_medewerker or self.is_kernteam or self.is_beheerder


class RolQuerySet(models.QuerySet):
    def nu(self) -> RolQuerySet:
        return self.filter(tot=None)

    def van_medewerkers(self) -> RolQuerySet:
        """The roles at an initiative: who counsels there, and who looks after it."""
        return self.nu().filter(soort__in=Rol.BIJ_INITIATIEF)

    def te_beheren_door(self, gebruiker: Gebruiker) -> RolQuerySet:
        """The roles that this person hands out: an admin all, a coördinator those of her own initiatives."""
        if gebruiker.is_beheerder:
            return self
        return self.filter(initiatief__in=gebruiker.initiatieven_als(Rol.Soort.COORDINATOR))

    def van_wie(self, tekst: str) -> RolQuerySet:
        """Roles of people whose name or mail address contains `tekst`."""
        return self.filter(Q(gebruiker__naam__icontains=tekst) | Q(gebruiker__email__icontains=tekst))

    def op_naam(self) -> RolQuerySet:
        """Alphabetical for a human being: without accents and capitals."""
        return self.order_by(Lower(Func("gebruiker__naam", function="unaccent")), "pk")


class Rol(models.Model):
    """One role that a person holds, from a day until it ends. Ended roles stay as history."""

    class Soort(models.TextChoices):
        BEGELEIDER = "begeleider", "begeleider"
        COORDINATOR = "coordinator", "coördinator"
        KERNTEAM = "kernteam", "kernteam"
        BEHEERDER = "beheerder", "beheerder"
        VERBONDGENOOT = "verbondgenoot", "verbondgenoot"

    BIJ_INITIATIEF = (Soort.BEGELEIDER, Soort.COORDINATOR)

    gebruiker = models.ForeignKey(Gebruiker, models.CASCADE, related_name="rollen")
    soort = models.CharField("rol", max_length=20, choices=Soort)
    initiatief = models.ForeignKey(
        "initiatieven.Initiatief", models.CASCADE, null=True, blank=True, related_name="rollen"
    )
    van = models.DateField(default=timezone.localdate)
    tot = models.DateField(null=True, blank=True)

    objects = RolQuerySet.as_manager()

    class Meta:
        verbose_name = "rol"
        verbose_name_plural = "rollen"
        constraints = [
            models.CheckConstraint(
                condition=Q(soort__in=["begeleider", "coordinator"], initiatief__isnull=False)
                | Q(soort__in=["kernteam", "beheerder", "verbondgenoot"], initiatief__isnull=True),
                name="rol_past_bij_initiatief",
                violation_error_message="Een begeleider of coördinator hoort bij een initiatief; een andere rol niet.",
            ),
            models.UniqueConstraint(
                fields=["gebruiker", "soort", "initiatief"],
                condition=Q(tot=None),
                nulls_distinct=False,
                name="rol_een_keer_tegelijk",
                violation_error_message="Deze persoon heeft deze rol al.",
            ),
            models.CheckConstraint(
                condition=Q(tot=None) | Q(tot__gte=models.F("van")),
                name="rol_eindigt_na_begin",
                violation_error_message="Een rol kan niet eindigen voor hij begint.",
            ),
        ]
        indexes = [
            models.Index(fields=["initiatief", "soort"], condition=Q(tot=None), name="rol_nu_per_initiatief"),
        ]

    def __str__(self):
        return f"{self.get_soort_display()} bij {self.initiatief}" if self.initiatief else self.get_soort_display()

    @classmethod
    def uit_json(cls, rij: dict) -> Rol:
        """The role that the database wrote as a JSON object of its columns."""
        rij = rij | {"van": date.fromisoformat(rij["van"])}
        namen = [veld.attname for veld in cls._meta.concrete_fields]
        return cls.from_db(None, namen, [rij[naam] for naam in namen])

    def beeindig(self) -> None:
        """End this role today, and withdraw what she invited to with it. Ending an ended role changes nothing.

        Raises RolNogNodig, and then nothing has changed, when the database knows somebody who would be left alone.
        """
        with weigert_als_iemand_alleen_blijft():
            Rol.objects.nu().filter(pk=self.pk).update(tot=timezone.localdate())
            Roluitnodiging.objects.met_rol(self).open().update(ingetrokken_op=timezone.now())
        self.refresh_from_db(fields=["tot"])


class UitnodigingOngeldig(Exception):
    """The invitation was used, withdrawn or is too old."""


def nieuw_token() -> str:
    return secrets.token_urlsafe(32)


class RoluitnodigingQuerySet(models.QuerySet):
    def open(self) -> RoluitnodigingQuerySet:
        return self.filter(aanvaard_op=None, ingetrokken_op=None, verstuurd_op__gt=timezone.now() - UITNODIGING_GELDIG)

    def over_termijn(self) -> RoluitnodigingQuerySet:
        """Not accepted, a year ago."""
        return self.filter(aanvaard_op=None, verstuurd_op__lt=timezone.now() - ACCOUNT_BLIJFT)

    def met_rol(self, rol: Rol) -> RoluitnodigingQuerySet:
        """What was sent with this role: a door that somebody left open may not outlive her own key."""
        if rol.soort == Rol.Soort.BEHEERDER:
            return self.filter(door=rol.gebruiker_id)
        is_coordinator = rol.soort == Rol.Soort.COORDINATOR
        return self.filter(door=rol.gebruiker_id, initiatief=rol.initiatief_id) if is_coordinator else self.none()


class Roluitnodiging(models.Model):
    """An invitation by mail to hold a role. Works once, for fourteen days, while who sent it may still sign in."""

    email = models.EmailField("e-mailadres")
    naam = models.CharField("naam", max_length=120)
    soort = models.CharField("rol", max_length=20, choices=Rol.Soort)
    initiatief = models.ForeignKey(
        "initiatieven.Initiatief", models.CASCADE, null=True, blank=True, related_name="roluitnodigingen"
    )
    token = models.CharField(max_length=64, unique=True, default=nieuw_token, editable=False)
    door = models.ForeignKey(Gebruiker, models.PROTECT, related_name="roluitnodigingen")
    verstuurd_op = models.DateTimeField(default=timezone.now)
    aanvaard_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)

    objects = RoluitnodigingQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging voor een rol"
        verbose_name_plural = "uitnodigingen voor een rol"
        indexes = [models.Index(fields=["-verstuurd_op"], name="roluitnodiging_nieuwste")]
        constraints = [
            models.CheckConstraint(
                condition=Q(soort__in=["begeleider", "coordinator"], initiatief__isnull=False)
                | Q(soort__in=["kernteam", "beheerder", "verbondgenoot"], initiatief__isnull=True),
                name="roluitnodiging_past_bij_initiatief",
                violation_error_message="Kies een initiatief bij begeleider of coördinator, en anders niet.",
            ),
        ]

    def __str__(self):
        return f"{self.naam} als {self.get_soort_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it can be accepted now. Reads `door`."""
        is_ongebruikt = not self.aanvaard_op and not self.ingetrokken_op
        return is_ongebruikt and self.verloopt_op > timezone.now() and self.door.is_active

    @property
    def verloopt_op(self) -> datetime:
        return self.verstuurd_op + UITNODIGING_GELDIG

    def geldt_voor(self, gebruiker: Gebruiker) -> bool:
        """Only for whoever has the invited address, and never for who sent it: nobody gives herself a role."""
        is_van_haar = Gebruiker.objects.met_adres(self.email).filter(pk=gebruiker.pk).exists()
        return is_van_haar and gebruiker.pk != self.door_id

    def aanvaard(self, gebruiker: Gebruiker) -> Rol:
        """Give `gebruiker` the role, once.

        Raises UitnodigingOngeldig when it is her own, used, withdrawn or older than 14 days, or its sender is gone.
        """
        with transaction.atomic():
            gevraagd = Roluitnodiging.objects.select_for_update(of=["self"]).select_related("door")
            uitnodiging = gevraagd.get(pk=self.pk)
            if not uitnodiging.is_open or uitnodiging.door_id == gebruiker.pk:
                raise UitnodigingOngeldig
            uitnodiging.aanvaard_op = timezone.now()
            uitnodiging.save(update_fields=["aanvaard_op"])
            rol, _ = Rol.objects.get_or_create(
                gebruiker=gebruiker, soort=uitnodiging.soort, initiatief=uitnodiging.initiatief, tot=None
            )
        return rol
