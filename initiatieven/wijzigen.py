"""Changing a page: at once, or as a proposal that waits for an admin (`initiatieven/zwaarte.py` says which)."""

import hashlib

import pghistory
from django.db import transaction
from django.forms import BaseFormSet, BaseModelForm
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.post.actions import leg_klaar
from initiatieven.models import Bladzijdewijziging, Initiatief, Locatie, OudAdres
from initiatieven.models.initiatief import vrije_slug
from initiatieven.permissions import mag_wijziging_beslissen
from initiatieven.zwaarte import BLIJFT_BEWAARD, LOCATIEVELDEN, VELDEN, Onderdeel, Wijzigingsstand, is_anders, is_zwaar

BRIEF = {
    Wijzigingsstand.DOORGEVOERD: "wijziging_doorgevoerd",
    Wijzigingsstand.NIET_DOORGEVOERD: "wijziging_niet_doorgevoerd",
}


class WijzigingGeweigerd(Exception):
    """This cannot be decided any more; the text is a sentence for the screen."""


def versie(initiatief: Initiatief) -> str:
    """A mark of everything that the page's form shows: another one means that somebody saved in the meantime."""
    velden = [
        veld.name for veld in Initiatief._meta.concrete_fields if veld.name not in {"is_vindbaar", "bevestigd_op"}
    ]
    stand = [
        list(Initiatief.objects.filter(pk=initiatief.pk).values_list(*velden)),
        list(
            initiatief.plekken.order_by("pk").values_list(
                "pk", "leeftijd_van", "leeftijd_tot", "toestand", "wachtweken"
            )
        ),
        list(initiatief.locaties.order_by("pk").values_list("pk", *LOCATIEVELDEN)),
        list(initiatief.wijzigingen.wachtend().values_list("pk", flat=True)),
    ]
    return hashlib.sha256(repr(stand).encode()).hexdigest()[:20]


@transaction.atomic
def bewaar_bladzijde(
    *, initiatief: Initiatief, profiel: BaseModelForm, plekken: BaseFormSet, locaties: BaseFormSet, door: Gebruiker
) -> None:
    """Keep the valid forms of a page together: what is light now, what is weighty as a proposal."""
    with pghistory.context(gebruiker=door.pk):
        huidig = Initiatief.objects.select_for_update(no_key=True).get(pk=initiatief.pk)
        wijzig_velden(initiatief=huidig, nieuw=dict(profiel.cleaned_data), door=door)
        plekken.save()
        if huidig.is_openbaar:
            _leg_locaties_voor(huidig, locaties, door=door)
        else:
            locaties.save()


def wijzig_velden(*, initiatief: Initiatief, nieuw: dict, door: Gebruiker) -> None:
    """Give fields of a locked initiative other values. On a public page the weighty ones wait.

    What is no field of an initiative is left alone.
    """
    eigen = {veld.name for veld in Initiatief._meta.concrete_fields}
    wacht = initiatief.is_openbaar
    if wacht:
        for onderdeel, velden in VELDEN.items():
            if raak := {veld: nieuw[veld] for veld in velden if veld in nieuw}:
                oud = {veld: getattr(initiatief, veld) for veld in velden}
                _leg_voor(initiatief, onderdeel, oud=oud, nieuw=oud | raak, door=door)
    direct = {veld: waarde for veld, waarde in nieuw.items() if veld in eigen and not (wacht and is_zwaar(veld))}
    if direct.get("naam", initiatief.naam) != initiatief.naam:
        _hernoem(initiatief, direct["naam"])
    for veld, waarde in direct.items():
        setattr(initiatief, veld, waarde)
    initiatief.save()


def _hernoem(initiatief: Initiatief, naam: str) -> None:
    """Give another name and the address that goes with it; the old address keeps leading here."""
    oud, initiatief.naam = initiatief.slug, naam
    initiatief.slug = vrije_slug(naam, van=initiatief)
    if initiatief.slug != oud:
        OudAdres.objects.filter(slug=initiatief.slug).delete()  # its own, from before
        OudAdres.objects.create(slug=oud, initiatief=initiatief)


def _leg_voor(
    initiatief: Initiatief,
    onderdeel: Onderdeel,
    *,
    oud: dict | None,
    nieuw: dict | None,
    door: Gebruiker,
    locatie: Locatie | None = None,
) -> None:
    """Propose a change instead of what was proposed before; back to how it is takes the proposal away."""
    wachtend = initiatief.wijzigingen.wachtend().filter(onderdeel=onderdeel, locatie=locatie)
    eerder = None if onderdeel == Onderdeel.PLEK and locatie is None else wachtend.first()
    if eerder and eerder.nieuw == nieuw:
        return
    if eerder:
        _sluit(eerder, Wijzigingsstand.INGETROKKEN, door=door)
    if oud is None or nieuw is None or any(is_anders(oud[veld], nieuw[veld]) for veld in nieuw):
        initiatief.wijzigingen.create(onderdeel=onderdeel, locatie=locatie, oud=oud, nieuw=nieuw, door=door)


def _waarden(locatie: Locatie) -> dict:
    return {veld: getattr(locatie, veld) for veld in LOCATIEVELDEN}


def _leg_locaties_voor(initiatief: Initiatief, locaties: BaseFormSet, *, door: Gebruiker) -> None:
    """Propose what changed about places. That a place is at somebody's home never waits: its street goes now."""
    nu = {locatie.pk: locatie for locatie in initiatief.locaties.all()}
    for form in locaties.forms:
        weg = form in locaties.deleted_forms
        huidig = nu.get(form.instance.pk)
        if huidig is None:
            if form.has_changed() and not weg:
                _leg_voor(initiatief, Onderdeel.PLEK, oud=None, nieuw=_waarden(form.instance), door=door)
            continue
        nieuw = None if weg else _waarden(form.instance)
        if nieuw and form.instance.is_ongeveer and not huidig.is_ongeveer and not huidig.is_online:
            huidig.nauwkeurigheid = Locatie.Nauwkeurigheid.ONGEVEER
            huidig.zet_punt(huidig.lat, huidig.lon)
            huidig.save()
        _leg_voor(initiatief, Onderdeel.PLEK, oud=_waarden(huidig), nieuw=nieuw, door=door, locatie=huidig)


@transaction.atomic
def beslis_wijziging(
    *, wijziging: Bladzijdewijziging, stand: Wijzigingsstand, door: Gebruiker, waarom: str = ""
) -> None:
    """Decide about a proposal, carry it out or not, and tell who proposed it. Raises WijzigingGeweigerd."""
    initiatief = Initiatief.objects.select_for_update(no_key=True).get(pk=wijziging.initiatief_id)
    wijziging = Bladzijdewijziging.objects.select_for_update(of=["self"]).get(pk=wijziging.pk)
    if wijziging.stand != Wijzigingsstand.WACHT:
        raise WijzigingGeweigerd("Hierover is al beslist, of het initiatief trok het in.")
    if not mag_wijziging_beslissen(door, wijziging):
        raise WijzigingGeweigerd("Je houdt deze bladzijde zelf bij. Een andere beheerder beslist hierover.")
    if stand == Wijzigingsstand.DOORGEVOERD:
        with pghistory.context(gebruiker=wijziging.door_id, goedgekeurd_door=door.pk):
            _voer_door(initiatief, wijziging)
    _sluit(wijziging, stand, door=door, waarom=waarom)
    leg_klaar(
        sleutel=f"bladzijdewijziging:{wijziging.pk}",
        soort=BRIEF[stand],
        aan=wijziging.door,
        pad=reverse("initiatieven:beheer"),
        gegevens={"initiatief": initiatief.naam, "onderdeel": wijziging.get_onderdeel_display(), "waarom": waarom},
    )


def _voer_door(initiatief: Initiatief, wijziging: Bladzijdewijziging) -> None:
    if wijziging.onderdeel != Onderdeel.PLEK:
        if wijziging.onderdeel == Onderdeel.NAAM:
            _hernoem(initiatief, wijziging.nieuw["naam"])
        for veld, waarde in wijziging.nieuw.items():
            setattr(initiatief, veld, waarde)
        initiatief.save()
        return
    if wijziging.oud is not None and wijziging.locatie is None:
        raise WijzigingGeweigerd("Deze plek is intussen weggehaald.")
    if wijziging.nieuw is None:
        wijziging.locatie.delete()
        wijziging.locatie = None
        return
    locatie = wijziging.locatie or Locatie(initiatief=initiatief)
    for veld, waarde in wijziging.nieuw.items():
        setattr(locatie, veld, waarde)
    locatie.save()
    wijziging.locatie = locatie


@transaction.atomic
def trek_wijziging_in(*, wijziging: Bladzijdewijziging, door: Gebruiker) -> None:
    """Let a proposal go, by the staff themselves. What was decided stays decided."""
    wijziging = Bladzijdewijziging.objects.select_for_update(of=["self"]).get(pk=wijziging.pk)
    if wijziging.stand == Wijzigingsstand.WACHT:
        _sluit(wijziging, Wijzigingsstand.INGETROKKEN, door=door)


def _sluit(wijziging: Bladzijdewijziging, stand: Wijzigingsstand, *, door: Gebruiker, waarom: str = "") -> None:
    """Nothing waits any more. Of a place the history keeps no street and no point: the place itself has them."""
    if wijziging.onderdeel == Onderdeel.PLEK:
        wijziging.oud, wijziging.nieuw = (
            waarden and {veld: waarden.get(veld) for veld in BLIJFT_BEWAARD}
            for waarden in (wijziging.oud, wijziging.nieuw)
        )
    wijziging.stand, wijziging.waarom = stand, waarom.strip()
    wijziging.beslist_door, wijziging.beslist_op = door, timezone.now()
    wijziging.save()


@transaction.atomic
def zet_terug(*, initiatief: Initiatief, waarden: dict, door: Gebruiker) -> None:
    """Give these fields the values that they had; membership itself is never put back this way."""
    huidig = Initiatief.objects.select_for_update(no_key=True).get(pk=initiatief.pk)
    met_rust = {"lidmaatschap", "lid_sinds", "slug"}
    with pghistory.context(gebruiker=door.pk):
        wijzig_velden(initiatief=huidig, nieuw={veld: waarden[veld] for veld in waarden.keys() - met_rust}, door=door)


@transaction.atomic
def zet_plek_terug(*, initiatief: Initiatief, locatie_pk: int, waarden: dict, door: Gebruiker) -> None:
    """Give a place the values that it had; on a public page that waits for an admin. Raises WijzigingGeweigerd."""
    huidig = Initiatief.objects.select_for_update(no_key=True).get(pk=initiatief.pk)
    locatie = huidig.locaties.filter(pk=locatie_pk).first()
    if locatie is None or locatie.is_ongeveer:
        raise WijzigingGeweigerd("Deze plek is er niet meer, of is bij iemand thuis. Vul hem in bij Bewerken.")
    oud = _waarden(locatie)
    if huidig.is_openbaar:
        _leg_voor(huidig, Onderdeel.PLEK, oud=oud, nieuw=oud | waarden, door=door, locatie=locatie)
        return
    for veld, waarde in waarden.items():
        setattr(locatie, veld, waarde)
    with pghistory.context(gebruiker=door.pk):
        locatie.save()
