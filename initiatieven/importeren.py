"""Take over a table of initiatives: first a trial that writes nothing, then all of it or nothing.

A row is known by its address, so a file can be read again: what is new is added, what changed is changed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.forms import Form
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.geo.models import Postcode
from initiatieven.forms.rij import ALLEEN_LEZEN, SLEUTEL, VELDEN, RijForm
from initiatieven.forms.rijdelen import (
    PLEK,
    RUIMTE,
    PlekRijForm,
    RuimteRijForm,
    delen,
    is_kolom,
    plek_cellen,
    postcodes_in,
    ruimte_cellen,
)
from initiatieven.models import Importproef, Initiatief, Locatie, OudAdres, Plekken
from initiatieven.zwaarte import is_anders

Verschil = tuple[str, object, object]  # column, what it was, what it becomes


@dataclass
class Plan:
    """What taking over would do. With a single mistake nothing is taken over."""

    nieuw: list[Initiatief] = field(default_factory=list)
    gewijzigd: list[tuple[Initiatief, list[Verschil]]] = field(default_factory=list)
    ongewijzigd: list[Initiatief] = field(default_factory=list)
    rondom: list[Locatie | Plekken] = field(default_factory=list)  # places and room to keep
    fouten: list[tuple[int, str, str]] = field(default_factory=list)  # row, column, what is wrong
    overgeslagen: list[str] = field(default_factory=list)  # columns that we do not know


class ImportGeweigerd(Exception):
    """Nothing was taken over; the message says why, in Dutch."""


def maak_plan(kop: Sequence[str], rijen: Sequence[tuple[int, dict[str, str]]], *, zijn_lid: bool) -> Plan:
    """Compare rows with the initiatives there are. Writes nothing; asks as much for one row as for two thousand."""
    plan = Plan(
        overgeslagen=[naam for naam in kop if naam not in (SLEUTEL, *VELDEN, *ALLEEN_LEZEN) and not is_kolom(naam)]
    )
    met_delen = any(is_kolom(naam) for naam in kop)
    bekend, gezien = _bekend([rij.get(SLEUTEL, "") for _, rij in rijen], met_delen=met_delen), {}
    postcodes = _postcodes([rij for _, rij in rijen], bekend.values()) if met_delen else {}
    for nummer, rij in rijen:
        form = RijForm(rij, kop)
        if not form.is_valid():
            _noteer_fouten(plan, nummer, form)
            continue
        adres = form.cleaned_data.pop(SLEUTEL)
        doel = bekend.get(adres) or Initiatief(slug=adres)
        eerder, eerder_adres = gezien.setdefault(doel.pk or adres, (nummer, adres))
        if eerder != nummer:
            wat = "Dit adres staat ook" if adres == eerder_adres else "Dit initiatief staat met een ander adres ook"
            plan.fouten.append((nummer, SLEUTEL, f"{wat} in rij {eerder}."))
            continue
        if doel.verwijderd_op:
            plan.fouten.append((nummer, SLEUTEL, "Dit initiatief ligt in de prullenbak. Zet het eerst terug."))
            continue
        verschillen = _vergelijk(doel, form.cleaned_data)
        if met_delen:
            verschillen += _plekken(plan, nummer, doel, rij, postcodes) + _ruimte(plan, nummer, doel, rij)
        _deel_in(plan, doel, verschillen, zijn_lid=zijn_lid)
    return plan


def _bekend(adressen: list[str], *, met_delen: bool) -> dict[str, Initiatief]:
    """The initiatives at these addresses, also at an address that one had before."""
    oud = OudAdres.objects.filter(slug__in=adressen).select_related("initiatief")
    nu = Initiatief.objects.filter(slug__in=adressen)
    gevonden = {rij.slug: rij.initiatief for rij in oud} | {initiatief.slug: initiatief for initiatief in nu}
    if met_delen:
        op_volgorde = Prefetch("locaties", Locatie.objects.order_by("pk"))
        prefetch_related_objects(list(gevonden.values()), op_volgorde, "plekken")
    return gevonden


def _postcodes(rijen: list[dict[str, str]], initiatieven: Iterable[Initiatief]) -> dict[str, Postcode]:
    """Those in the file, and those of the homes there are: what we give out does not name these."""
    al_bekend = {locatie.pc4 for initiatief in initiatieven for locatie in initiatief.locaties.all()}
    return Postcode.objects.in_bulk(postcodes_in(rijen) | al_bekend)


def _noteer_fouten(plan: Plan, nummer: int, form: Form, voor: str = "") -> None:
    plan.fouten += [
        (nummer, "" if naam == "__all__" else f"{voor}{naam}", zin)
        for naam, zinnen in form.errors.items()
        for zin in zinnen
    ]


def _vergelijk(doel: Initiatief, gegevens: dict) -> list[Verschil]:
    """Give the initiative what the row says, and tell what differs."""
    verschillen = []
    for naam, waarde in gegevens.items():
        oud = getattr(doel, naam)
        leeg_keuze = waarde == "" and Initiatief._meta.get_field(naam).choices  # an empty choice keeps what there is
        if not leeg_keuze and is_anders(oud, waarde):
            verschillen.append((naam, oud, waarde))
            setattr(doel, naam, waarde)
    return verschillen


def _plekken(plan: Plan, nummer: int, doel: Initiatief, rij: dict, postcodes: dict) -> list[Verschil]:
    """The places of one row beside those there are: the first number is the first place that was added."""
    er_zijn = list(doel.locaties.all()) if doel.pk else []
    verschillen = []
    for volgnummer, cellen in delen(rij, PLEK):
        is_bekend = volgnummer <= len(er_zijn)
        locatie = er_zijn[volgnummer - 1] if is_bekend else Locatie(initiatief=doel)
        oud = plek_cellen(locatie) if is_bekend else [""] * len(cellen)
        form = PlekRijForm(cellen, locatie=locatie, postcodes=postcodes)
        if not form.is_valid():
            _noteer_fouten(plan, nummer, form, f"{PLEK}_{volgnummer}_")
            continue
        pc4 = locatie.pc4
        form.vul()
        anders = _naast(f"{PLEK}_{volgnummer}_", cellen, oud, plek_cellen(locatie))
        if anders or pc4 != locatie.pc4:
            plan.rondom.append(locatie)
            verschillen += anders or [(f"{PLEK}_{volgnummer}_postcode", "", "veranderd")]
    return verschillen


def _ruimte(plan: Plan, nummer: int, doel: Initiatief, rij: dict) -> list[Verschil]:
    """The room of one row beside what there is: the ages say which is meant."""
    er_is = {(groep.leeftijd_van, groep.leeftijd_tot): groep for groep in doel.plekken.all()} if doel.pk else {}
    verschillen, gezien = [], set()
    for volgnummer, cellen in delen(rij, RUIMTE):
        form, voor = RuimteRijForm(cellen), f"{RUIMTE}_{volgnummer}_"
        if not form.is_valid():
            _noteer_fouten(plan, nummer, form, voor)
            continue
        groep = (form.cleaned_data["leeftijd_van"], form.cleaned_data["leeftijd_tot"])
        if groep in gezien:
            plan.fouten.append((nummer, f"{voor}leeftijd_van", "Deze leeftijdsgroep staat er twee keer."))
            continue
        gezien.add(groep)
        plekken = er_is.get(groep) or Plekken(initiatief=doel, leeftijd_van=groep[0], leeftijd_tot=groep[1])
        oud = ruimte_cellen(plekken) if groep in er_is else [""] * len(cellen)
        form.vul(plekken)
        if anders := _naast(voor, cellen, oud, ruimte_cellen(plekken)):
            plan.rondom.append(plekken)
            verschillen += anders
    return verschillen


def _naast(voor: str, velden: Iterable[str], oud: Sequence[object], nieuw: Sequence[object]) -> list[Verschil]:
    drietallen = zip(velden, oud, nieuw, strict=True)
    return [(f"{voor}{veld}", was, wordt) for veld, was, wordt in drietallen if is_anders(was, wordt)]


def _deel_in(plan: Plan, doel: Initiatief, verschillen: list[Verschil], *, zijn_lid: bool) -> None:
    if doel.pk is None:
        if zijn_lid:
            doel.lidmaatschap, doel.lid_sinds = Initiatief.Lidmaatschap.LID, timezone.localdate()
        plan.nieuw.append(doel)
    elif verschillen:
        plan.gewijzigd.append((doel, verschillen))
    else:
        plan.ongewijzigd.append(doel)


def plan_van(proef: Importproef) -> Plan:
    """What taking over this trial would do now."""
    return maak_plan(proef.kop, [(nummer, rij) for nummer, rij in proef.rijen], zijn_lid=proef.zijn_lid)


@transaction.atomic
def neem_over(*, proef: Importproef, door: Gebruiker) -> Plan:
    """Take everything over, compared anew with what there is now, or nothing. Raises ImportGeweigerd."""
    if not Importproef.objects.select_for_update().filter(pk=proef.pk).exists():
        raise ImportGeweigerd("Dit bestand is al ingelezen.")
    plan = plan_van(proef)
    if plan.fouten:
        raise ImportGeweigerd("Er is intussen iets veranderd. Kijk de fouten na.")
    try:
        with transaction.atomic(), pghistory.context(gebruiker=door.pk):
            _bewaar(plan)
    except IntegrityError as fout:  # somebody made the same address, or an age, at this very moment
        raise ImportGeweigerd("Er veranderde net iets. Er is niets ingelezen. Probeer het opnieuw.") from fout
    proef.delete()
    return plan


def _bewaar(plan: Plan) -> None:
    Initiatief.objects.bulk_create(plan.nieuw, batch_size=500)
    for initiatief, verschillen in plan.gewijzigd:
        if velden := [naam for naam, _, _ in verschillen if naam in VELDEN]:
            initiatief.save(update_fields=velden)
    bestaand = [deel for deel in plan.rondom if deel.pk]
    for model in (Locatie, Plekken):
        nieuw = [deel for deel in plan.rondom if isinstance(deel, model) and deel.pk is None]
        model.objects.bulk_create(nieuw, batch_size=500)
    for deel in bestaand:
        deel.save()
