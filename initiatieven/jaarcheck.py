"""Once a year a member says that it is still so, and a new text of the approach is endorsed. Silence removes nobody."""

import pghistory
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from collectief.beurt import wacht_op_beurt
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar_samen
from collectief.post.models import Bericht
from initiatieven.lidmaatschap import MINSTE_JONGEREN, RESPIJT, VOORAF, Jaarstand
from initiatieven.models import Benadering, Initiatief, Jaarcheck, Onderschrijving

LID, AANDACHT = Initiatief.Lidmaatschap.LID, Initiatief.Lidmaatschap.AANDACHT
# The anniversary that comes within VOORAF, or came less than a fortnight ago: beat may have been away. A member since
# 29 February has its day on the 28th in other years; PostgreSQL counts so.
VRAAG = """
INSERT INTO initiatieven_jaarcheck (initiatief_id, voor_datum, gevraagd_op, bron, toelichting, besproken_waarom)
SELECT id, dag, now(), '', '', ''
FROM initiatieven_initiatief,
     LATERAL (SELECT (lid_sinds + make_interval(years => jaar - extract(year FROM lid_sinds)::int))::date AS dag
              FROM unnest(ARRAY[%(dit_jaar)s - 1, %(dit_jaar)s, %(dit_jaar)s + 1]) AS jaar) AS verjaardag
WHERE lidmaatschap IN ('lid', 'aandacht') AND dag > lid_sinds
  AND dag BETWEEN %(vandaag)s::date - 14 AND %(vandaag)s::date + %(vooraf)s
ON CONFLICT (initiatief_id, voor_datum) DO NOTHING
RETURNING id
"""


def _mail_coordinatoren(checks, soort: str) -> None:
    """Ask the coördinatoren of the initiatives of these checks; each of them once per check and kind of mail."""
    per_initiatief = {check.initiatief_id: check for check in checks.select_related("initiatief")}
    rollen = Rol.objects.nu().filter(soort=Rol.Soort.COORDINATOR, initiatief__in=per_initiatief)
    leg_klaar_samen(
        Bericht(
            sleutel=f"{soort}:{per_initiatief[rol.initiatief_id].pk}:{rol.gebruiker_id}",
            soort=soort,
            aan=rol.gebruiker,
            pad=reverse("initiatieven:jaarcheck", args=[per_initiatief[rol.initiatief_id].initiatief.slug]),
        )
        for rol in rollen.select_related("gebruiker")
    )


@transaction.atomic
def vraag_jaarchecks() -> int:
    """Ask members whose year is nearly full; return how many were asked now. Twice is the same as once."""
    vandaag = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(VRAAG, {"dit_jaar": vandaag.year, "vandaag": vandaag, "vooraf": VOORAF.days})
        nieuw = [pk for (pk,) in cursor.fetchall()]
    _mail_coordinatoren(Jaarcheck.objects.filter(pk__in=nieuw), "jaarcheck")
    return len(nieuw)


@transaction.atomic
def vraag_aandacht() -> int:
    """Where the time of grace ran out, say so: in the status, to the member. It stays a member. Safe twice."""
    te_laat = Jaarcheck.objects.filter(
        op=None, besproken_op=None, voor_datum__lt=timezone.localdate() - RESPIJT, initiatief__lidmaatschap=LID
    )
    checks = list(te_laat.values_list("pk", "initiatief"))
    with pghistory.context(reden="jaarcheck zonder antwoord"):
        Initiatief.objects.filter(pk__in=[initiatief for _, initiatief in checks]).update(lidmaatschap=AANDACHT)
    _mail_coordinatoren(Jaarcheck.objects.filter(pk__in=[pk for pk, _ in checks]), "jaarcheck_aandacht")
    return len(checks)


@transaction.atomic
def beantwoord(*, check: Jaarcheck, aantal: int, bron: Jaarcheck.Bron, door: Gebruiker, toelichting: str = "") -> None:
    """Keep what the member says, or what the platform counted with its consent; later answers take its place."""
    check.aantal_jongeren, check.bron, check.toelichting = aantal, bron, toelichting
    check.door, check.op = door, timezone.now()
    check.save()
    with pghistory.context(gebruiker=door.pk):
        wordt = AANDACHT if check.stand == Jaarstand.AANDACHT else LID
        Initiatief.objects.openbaar().filter(pk=check.initiatief_id).update(lidmaatschap=wordt, aantal_jongeren=aantal)


@transaction.atomic
def bespreek(*, check: Jaarcheck, door: Gebruiker, waarom: str) -> None:
    """An admin talked with the member: what was agreed, and that it is a member as before."""
    check.besproken_door, check.besproken_op, check.besproken_waarom = door, timezone.now(), waarom
    check.save()
    with pghistory.context(gebruiker=door.pk):
        Initiatief.objects.filter(pk=check.initiatief_id, lidmaatschap=AANDACHT).update(lidmaatschap=LID)


# --- The approach ----------------------------------------------------------------------------------------------------


@transaction.atomic
def stel_vast(*, tekst: str, wat_anders: str, door: Gebruiker) -> Benadering:
    """Make a new version of the approach, and ask every member whether it stands for that too.

    The text that holds already is no new version: whoever presses twice asks once.
    """
    wacht_op_beurt("benadering")
    nu = Benadering.objects.nu()
    if nu and (nu.tekst, nu.wat_anders) == (tekst, wat_anders):
        return nu
    nieuwe = Benadering.objects.create(versie=nu.versie + 1 if nu else 1, tekst=tekst, wat_anders=wat_anders, door=door)
    leden = Initiatief.objects.openbaar().values("pk")
    leg_klaar_samen(
        Bericht(
            sleutel=f"benadering:{nieuwe.pk}:{gebruiker.pk}",
            soort="benadering_nieuw",
            aan=gebruiker,
            pad=reverse("initiatieven:benadering"),
        )
        for gebruiker in Gebruiker.objects.met_rol(Rol.Soort.COORDINATOR, bij=leden)
    )
    return nieuwe


def onderschrijf(*, benadering: Benadering, initiatief: Initiatief, door: Gebruiker | None) -> None:
    """Note that a member stands for this version. Twice is the same as once."""
    Onderschrijving.objects.get_or_create(benadering=benadering, initiatief=initiatief, defaults={"door": door})


def stand_van_ronde(benadering: Benadering) -> dict[str, int]:
    """How many members there are, and how many of them stand for this version."""
    leden = Initiatief.objects.openbaar().count()
    return {"leden": leden, "onderschreven": benadering.onderschrijvingen.van_leden().count()}


def die_wachten() -> list[Jaarcheck]:
    """Checks that wait: unanswered or not enough, the oldest first."""
    wacht = Q(aantal_jongeren=None) | Q(aantal_jongeren__lt=MINSTE_JONGEREN)
    checks = Jaarcheck.objects.filter(wacht, besproken_op=None, initiatief__lidmaatschap__in=Initiatief.OPENBAAR)
    return list(checks.select_related("initiatief", "door").order_by("voor_datum", "pk"))
