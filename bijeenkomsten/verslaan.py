"""What is done to a report together with its readers, and the monthly mail about what people promised.

A mail says that there is something to read or to do; never what it is.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.models import Actie, Besluit, Bijeenkomst, Uitnodiging, Verslag, Verslagdeel
from bijeenkomsten.verslagstappen import Verslagstap
from collectief.gebruikers.models import Gebruiker
from collectief.post.actions import leg_klaar_samen
from collectief.post.models import Afmelding, Bericht
from collectief.werkdagen import werkdag_vanaf

BRIEF = {Verslagstap.LEG_VOOR: "verslag_ligt_voor", Verslagstap.STEL_VAST: "verslag_vastgesteld"}
VAST = "Dit verslag is vastgesteld en verandert niet meer."


@transaction.atomic
def schrijf(*, bijeenkomst: Bijeenkomst, onderdeel: Verslagdeel | Besluit | Actie) -> None:
    """Store a part, a decision or an action; the report comes with the first one.

    Raises ValidationError when the report was approved meanwhile (code `vast`), or this was taken out (`weg`).
    """
    onderdeel.verslag = _op_slot(bijeenkomst)
    if onderdeel.pk and not type(onderdeel).objects.filter(pk=onderdeel.pk).exists():
        raise ValidationError("Iemand anders heeft dit net weggehaald. Bewaar je het toch, begin dan opnieuw.", "weg")
    onderdeel.save()


@transaction.atomic
def haal_weg(*, onderdeel: Verslagdeel | Besluit | Actie) -> None:
    """Take it out of the report. Raises ValidationError when that was approved meanwhile."""
    _op_slot(onderdeel.verslag.bijeenkomst)
    type(onderdeel).objects.filter(pk=onderdeel.pk).delete()


@transaction.atomic
def vat_samen(*, bijeenkomst: Bijeenkomst, samenvatting: str) -> None:
    """Write what changes, in a minute. Raises ValidationError when the report was approved meanwhile."""
    Verslag.objects.filter(pk=_op_slot(bijeenkomst).pk).update(samenvatting=samenvatting)


def _op_slot(bijeenkomst: Bijeenkomst) -> Verslag:
    """The report of this meeting, made when there is none, and locked: nobody approves it while it is written."""
    verslag, _ = Verslag.objects.select_for_update(no_key=True).get_or_create(bijeenkomst=bijeenkomst)
    if verslag.is_vastgesteld:
        raise ValidationError(VAST, code="vast")
    return verslag


@transaction.atomic
def zet_stap(*, verslag: Verslag, stap: Verslagstap, door: Gebruiker) -> Verslag:
    """Take a step with a report and tell who was invited; a report that is taken back silences its mail.

    Raises ValidationError with what stands in the way.
    """
    verslag = verslag.zet(stap, door=door)
    keer = f"{stap}-{timezone.localdate():%Y%m%d}"  # laid open again on another day is told again
    gegevens = {"bijeenkomst": verslag.bijeenkomst.naam}
    if stap == Verslagstap.HAAL_TERUG:
        Bericht.objects.laat_vervallen([_groep(verslag)])
        return verslag
    genodigden = Uitnodiging.objects.filter(bijeenkomst=verslag.bijeenkomst_id, gebruiker__is_active=True)
    leg_klaar_samen(
        Bericht(
            sleutel=f"verslag:{verslag.pk}:{keer}:{uitnodiging.gebruiker_id}",
            groep=_groep(verslag),
            soort=BRIEF[stap],
            aan=uitnodiging.gebruiker,
            pad=verslag.get_absolute_url(),
            gegevens=gegevens,
        )
        for uitnodiging in genodigden.select_related("gebruiker").order_by("pk")
    )
    if verslag.is_vastgesteld:
        _vertel_gasten(verslag, gegevens)
    return verslag


def _vertel_gasten(verslag: Verslag, gegevens: dict[str, str]) -> None:
    """Write to who came without an account; her own link shows what she may read."""
    leg_klaar_samen(
        Bericht(
            sleutel=f"verslag:{verslag.pk}:gast:{gast.pk}",
            groep=_groep(verslag),
            soort="verslag_gast",
            aan_adres=gast.adres,
            pad=reverse("bijeenkomsten:gastverslag", args=[gast.token]),
            gegevens=gegevens,
        )
        for gast in Uitnodiging.objects.filter(bijeenkomst=verslag.bijeenkomst_id).gasten_die_kwamen().order_by("pk")
    )


def mail_open_acties(vandaag: date | None = None) -> int:
    """Remind everybody once a month, from its first working day, of what she promised before this month began.

    Who stopped this mail gets none. Return how many are told. Safe to run every day, and twice at once.
    """
    vandaag = vandaag or timezone.localdate()
    eerste = vandaag.replace(day=1)
    if vandaag < werkdag_vanaf(eerste):
        return 0
    van_haar = Actie.objects.open().van_voor(eerste).filter(eigenaar=OuterRef("pk"))
    wil_niet = Afmelding.objects.filter(soort=Afmelding.Soort.ACTIES).values("gebruiker")
    mensen = list(Gebruiker.objects.filter(Exists(van_haar), is_active=True).exclude(pk__in=wil_niet).order_by("pk"))
    leg_klaar_samen(
        Bericht(
            sleutel=f"acties:{mens.pk}:{eerste:%Y-%m}",
            groep=actiegroep(mens.pk),
            soort="acties",
            aan=mens,
            pad=reverse("bijeenkomsten:acties"),
            overdag=True,
        )
        for mens in mensen
    )
    return len(mensen)


@transaction.atomic
def rond_af(*, actie: Actie, is_klaar: bool) -> None:
    """Note that an action was done or not; the monthly mail falls silent with the last one."""
    actie.zet_klaar(is_klaar=is_klaar)
    if not Actie.objects.open().filter(eigenaar=actie.eigenaar_id).exists():
        Bericht.objects.laat_vervallen([actiegroep(actie.eigenaar_id)])


def actiegroep(gebruiker_id: int) -> str:
    return f"acties:{gebruiker_id}"


def _groep(verslag: Verslag) -> str:
    return f"verslag:{verslag.pk}"
