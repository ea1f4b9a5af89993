"""Alerts: what somebody looked for, what of it is new, and the mail about it.

Only what was not there when the alert began, or at the mail before, is new. A place that goes and comes back is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from collectief.bits import nummers_van
from collectief.geo.models import Postcode
from collectief.geo.register import Doel
from collectief.geo.velden import Afstand
from collectief.geo.zoeken import Gevonden, zoek
from collectief.post.actions import leg_klaar
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_taak
from initiatieven.models import Initiatief
from kaart.aanbod import Zoeker
from kaart.forms.vraag import lees_vraag
from kaart.models import Zoekalarm
from kaart.vraag import Vraag, zoek_vraag
from kaart.wegwijzer import wegwijzer

PORTIE = 2_000  # alerts a round, longest ago first
RUST = timedelta(hours=20)  # between two mails about one search: at most one a day
SOORTEN = ("zoekalarm_bevestigen", "zoekalarm_nieuw")


@dataclass(frozen=True)
class Zoekopdracht:
    """A search that has one point, so that there can be something new around it."""

    vraag: Vraag
    doel: Doel

    @classmethod
    def van(cls, parameters: QueryDict) -> Zoekopdracht | None:
        """Read it from an address; None when it does not say around what.

        Where somebody was when she asked is kept as the nearest postcode: that says it better later, and less of her.
        """
        vraag = replace(lees_vraag(parameters).vraag, pagina=1)
        uitkomst = zoek_vraag(vraag)
        if vraag.bij and isinstance(uitkomst, Gevonden):
            dichtst = Postcode.objects.order_by(Afstand("rd", uitkomst.doel.punt)).values_list("pc4", flat=True)
            uitkomst = zoek(dichtst[0])
        if not isinstance(uitkomst, Gevonden):
            return None
        return cls(replace(vraag, bij="", q=uitkomst.zoekterm), uitkomst.doel)

    @classmethod
    def van_alarm(cls, alarm: Zoekalarm) -> Zoekopdracht | None:
        return cls.van(QueryDict(alarm.vraag.removeprefix("?")))

    @property
    def adres(self) -> str:
        return self.vraag.adres()

    @property
    def woorden(self) -> str:
        """As people say it: "binnen 25 km van 7201 Zutphen (14 jaar, plek vrij)"."""
        filters = [tekst for tekst, _ in self.vraag.losse_filters]
        erbij = f" ({', '.join(filters)})" if filters else ""
        return f"{self.vraag.waar} {self.doel.midden}{erbij}"

    def slugs(self) -> set[str]:
        """What fits now, by the names of the initiatives in addresses."""
        gids = wegwijzer()
        return {gids.plekken[nummer].slug for nummer in nummers_van(Zoeker(self.doel.punt, self.vraag, gids).goed)}


def _pks(slugs: Iterable[str]) -> set[int]:
    return set(Initiatief.objects.filter(slug__in=slugs).values_list("pk", flat=True))


@transaction.atomic
def vraag_om_ja(alarm: Zoekalarm) -> None:
    """Keep a new alert and ask by mail whether it was really asked for. Call it as the holder of its key.

    The mail repeats nothing: anybody may fill in somebody else's address.
    """
    alarm.save(force_insert=True)
    leg_klaar(
        sleutel=f"zoekalarm_bevestigen:{alarm.pk}",
        soort="zoekalarm_bevestigen",
        aan_adres=alarm.adres,
        pad=reverse("kaart:alarm", args=[alarm.token]),
        groep=alarm.groep,
    )


def bevestig(alarm: Zoekalarm) -> None:
    """Start it: what fits from now on is new. Twice is once. Call it as the holder of its key."""
    opdracht = Zoekopdracht.van_alarm(alarm)
    bekend = sorted(_pks(opdracht.slugs())) if opdracht else []
    Zoekalarm.objects.filter(pk=alarm.pk, bevestigd_op=None).update(bevestigd_op=timezone.now(), bekend=bekend)


@transaction.atomic
def stop(alarm: Zoekalarm) -> None:
    """Forget it, and the mail about it that holds an address. Call it as the holder of its key."""
    Bericht.objects.laat_vervallen([alarm.groep])  # also what a worker has in hand
    Bericht.objects.filter(groep=alarm.groep).exclude(toestand=Bericht.Toestand.BEZIG).delete()
    Zoekalarm.objects.filter(pk=alarm.pk).delete()


def loop_na() -> int:
    """One round: mail what is new, forget what is over. Returns how many mails; safe to run often and side by side."""
    with als_taak(Zoekalarm.TAAK):
        Zoekalarm.objects.voorbij().delete()
        rijen = Zoekalarm.objects.nu().te_mailen(timezone.now() - RUST).order_by("gemaild_op", "pk")
        aantal = sum(_mail_nieuwe(alarm) for alarm in rijen.select_for_update(skip_locked=True)[:PORTIE])
    Bericht.objects.filter(soort__in=SOORTEN).afgehandeld().delete()
    return aantal


def _mail_nieuwe(alarm: Zoekalarm) -> bool:
    """Mail when there is something that was not there before, and remember it."""
    opdracht = Zoekopdracht.van_alarm(alarm)
    nieuw = _pks(opdracht.slugs()) - set(alarm.bekend) if opdracht else set()
    if not nieuw:
        return False
    nu = timezone.now()
    leg_klaar(
        sleutel=f"zoekalarm_nieuw:{alarm.pk}:{nu:%Y-%m-%dT%H:%M}",
        soort="zoekalarm_nieuw",
        aan_adres=alarm.adres,
        pad=reverse("kaart:alarm", args=[alarm.token]),
        groep=alarm.groep,
        gegevens={"stoppad": reverse("kaart:alarm_stop", args=[alarm.token])},
    )
    Zoekalarm.objects.filter(pk=alarm.pk).update(bekend=sorted({*alarm.bekend, *nieuw}), gemaild_op=nu)
    return True
