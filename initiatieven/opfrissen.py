"""Keeping pages fresh: ask, count the silences, and say whom core team has to call (`initiatieven/versheid.py`)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.actions import leg_klaar_samen
from collectief.post.models import Bericht
from initiatieven.links import Doel, maak_token
from initiatieven.models import Bevestiging, Bladzijdemelding, Initiatief, Plekken, Versheid
from initiatieven.versheid import (
    HOOGSTE,
    NIET_BEREIKT,
    RITME,
    RITME_PLEKKEN,
    RITME_ZONDER_MEDEWERKERS,
    Antwoord,
    Bellen,
    eerste_vraag,
    is_vindbaar,
    ritme,
)

MEDEWERKERS = Rol.objects.van_medewerkers().filter(gebruiker__is_active=True)


def _met_medewerkers(veld: str) -> Exists:
    return Exists(MEDEWERKERS.filter(initiatief=OuterRef(veld)))


@transaction.atomic
def vraag_of_het_klopt(vandaag: date | None = None) -> int:
    """Ask those whose turn it is, oldest first and a limited number per run; return how many mails were put ready.

    Twice on a day is the same as once. After an outage each goes one step further, not several. The number of
    statements does not depend on how many there are.
    """
    vandaag = vandaag or timezone.localdate()
    _begin(vandaag)
    rijen = list(
        Versheid.objects.te_vragen(vandaag)
        .select_related("initiatief")
        .select_for_update(of=["self"], skip_locked=True)[: settings.VERSHEID_PER_KEER]
    )
    mensen = _wie(rij.pk for rij in rijen)
    berichten = [bericht for rij in rijen for bericht in _zet_stap(rij, mensen[rij.pk], vandaag)]
    velden = ["stiltes", "gevraagd_op", "volgende_op", "plekken_gevraagd_op", "bellen_sinds", "bellen_waarom"]
    Versheid.objects.bulk_update(rijen, velden)
    verborgen = [rij.pk for rij in rijen if not is_vindbaar(rij.stiltes)]
    Initiatief.objects.filter(pk__in=verborgen).update(is_vindbaar=False)
    berichten += _vraag_naar_plekken(vandaag)
    leg_klaar_samen(berichten)
    return len(berichten)


def _begin(vandaag: date) -> None:
    """Put public initiatives that are new on the ladder; whoever lost all its staff goes the quick way."""
    nieuw = Initiatief.objects.openbaar().filter(versheid=None).annotate(bemand=_met_medewerkers("pk"))
    Versheid.objects.bulk_create(
        [
            Versheid(
                initiatief_id=pk,
                volgende_op=eerste_vraag(bevestigd_op or lid_sinds, vandaag, heeft_medewerkers=bemand),
            )
            for pk, bevestigd_op, lid_sinds, bemand in nieuw.values_list("pk", "bevestigd_op", "lid_sinds", "bemand")
        ],
        ignore_conflicts=True,
    )
    Versheid.objects.filter(~_met_medewerkers("initiatief"), gevraagd_op__isnull=False).update(
        volgende_op=Least("volgende_op", F("gevraagd_op") + RITME_ZONDER_MEDEWERKERS)
    )


def _wie(pks: Iterable[int]) -> dict[int, list[Gebruiker]]:
    """Whom to ask per initiative: its coördinators, or without these its other staff."""
    per_soort: dict[int, dict[str, list[Gebruiker]]] = defaultdict(lambda: defaultdict(list))
    for rol in MEDEWERKERS.filter(initiatief__in=list(pks)).select_related("gebruiker").order_by("pk"):
        per_soort[rol.initiatief_id][rol.soort].append(rol.gebruiker)
    gevonden: dict[int, list[Gebruiker]] = defaultdict(list)
    for pk, soorten in per_soort.items():
        gevonden[pk] = soorten.get(Rol.Soort.COORDINATOR) or soorten[Rol.Soort.BEGELEIDER]
    return gevonden


def heeft_coordinator(initiatief: Initiatief) -> bool:
    """Whether somebody can end it on the page for that, instead of by a call of core team."""
    return MEDEWERKERS.filter(initiatief=initiatief, soort=Rol.Soort.COORDINATOR).exists()


def wie_houdt_bij(initiatief: Initiatief) -> list[Gebruiker]:
    """Who keeps this page now: its coördinators, or without these its other staff."""
    return _wie([initiatief.pk])[initiatief.pk]


def _zet_stap(rij: Versheid, mensen: list[Gebruiker], vandaag: date) -> list[Bericht]:
    """One step up the ladder: count the silence, then ask again, or leave it to the telephone."""
    if rij.gevraagd_op:
        rij.stiltes = min(rij.stiltes + 1, HOOGSTE)
    rij.volgende_op = vandaag + ritme(heeft_medewerkers=bool(mensen))
    if not is_vindbaar(rij.stiltes):
        rij.bellen_sinds, rij.bellen_waarom = vandaag, Bellen.STIL
        return []
    if not mensen and not rij.initiatief.email:
        rij.bellen_sinds, rij.bellen_waarom = vandaag, Bellen.GEEN_ADRES
        return []
    rij.gevraagd_op = rij.plekken_gevraagd_op = vandaag
    return _brieven(rij, mensen, f"versheid:{rij.pk}:{rij.ronde}:{rij.stiltes}", "versheid")


def _brieven(rij: Versheid, mensen: list[Gebruiker], sleutel: str, soort: str) -> list[Bericht]:
    """The mail to each of them, or to the public address when nobody keeps the page; each with the signed links."""
    token = maak_token(Doel.VERSHEID, f"{rij.pk}:{rij.ronde}:{soort}")
    knoppen = [
        (tekst, reverse("initiatieven:bevestigen", args=[token, antwoord]))
        for tekst, antwoord in (
            ("Ja, alles klopt nog", "klopt"),
            ("Er klopt iets niet meer", "wijzigen"),
            ("Wij zijn gestopt", "gestopt"),
        )
    ]
    aan = [{"aan": mens, "sleutel": f"{sleutel}:{mens.pk}"} for mens in mensen]
    return [
        Bericht(
            soort=soort,
            groep=f"versheid:{rij.pk}",
            overdag=True,
            gegevens={"initiatief": rij.initiatief.naam, "knoppen": knoppen},
            **wie,
        )
        for wie in aan or [{"aan_adres": rij.initiatief.email, "sleutel": sleutel}]
    ]


def _vraag_naar_plekken(vandaag: date) -> list[Bericht]:
    """Ask about room that nobody looked at for thirty days, at most once in thirty days, where somebody keeps it."""
    oud = vandaag - RITME_PLEKKEN
    rijen = list(
        Versheid.objects.filter(
            Q(plekken_gevraagd_op=None) | Q(plekken_gevraagd_op__lte=oud),
            _met_medewerkers("initiatief"),
            initiatief__lidmaatschap__in=Initiatief.OPENBAAR,
            bellen_sinds=None,
        )
        .annotate(
            gekeken=Plekken.objects.filter(initiatief=OuterRef("pk"))
            .values("initiatief")
            .values(laatst=Max("per_datum"))
        )
        .filter(gekeken__lte=oud)
        .order_by("gekeken", "pk")
        .select_related("initiatief")
        .select_for_update(of=["self"], skip_locked=True)[: settings.VERSHEID_PER_KEER]
    )
    mensen = _wie(rij.pk for rij in rijen)
    Versheid.objects.filter(pk__in=[rij.pk for rij in rijen]).update(plekken_gevraagd_op=vandaag)
    return [
        bericht
        for rij in rijen
        for bericht in _brieven(rij, mensen[rij.pk], f"versheid:{rij.pk}:plekken:{vandaag}", "plekken_versheid")
    ]


@transaction.atomic
def bevestig(
    *,
    initiatief: Initiatief,
    antwoord: Antwoord,
    weg: Bevestiging.Weg,
    ronde: int | None = None,
    door: Gebruiker | None = None,
    notitie: str = "",
) -> bool:
    """Note what somebody said about a page. False, and nothing changes, when `ronde` was answered already."""
    vandaag = timezone.localdate()
    Versheid.objects.get_or_create(initiatief=initiatief, defaults={"volgende_op": vandaag + RITME})
    rij = Versheid.objects.select_for_update(of=["self"]).get(pk=initiatief.pk)
    if ronde is not None and rij.ronde != ronde:
        return False
    if antwoord == Antwoord.NIET_BEREIKT:
        rij.bellen_sinds, rij.bellen_waarom = rij.bellen_sinds or vandaag, rij.bellen_waarom or Bellen.STIL
        rij.bellen_weer_op = vandaag + NIET_BEREIKT
    else:
        _noem_beantwoord(rij, antwoord, vandaag)
    rij.save()
    Bevestiging.objects.create(initiatief=initiatief, antwoord=antwoord, weg=weg, door=door, notitie=notitie.strip())
    return True


def _noem_beantwoord(rij: Versheid, antwoord: Antwoord, vandaag: date) -> None:
    """A new round: links from before do nothing any more, and mail that still waits falls silent."""
    rij.ronde, rij.stiltes, rij.gevraagd_op = rij.ronde + 1, 0, None
    rij.volgende_op, rij.bellen_weer_op = vandaag + RITME, None
    klopt = antwoord == Antwoord.KLOPT
    rij.bellen_sinds, rij.bellen_waarom = (None, "") if klopt else (vandaag, Bellen.GESTOPT)
    eigen = Initiatief.objects.filter(pk=rij.pk)
    if klopt:
        eigen.update(is_vindbaar=True, bevestigd_op=vandaag)
        Plekken.objects.filter(initiatief=rij.pk).update(per_datum=vandaag)
    else:
        eigen.update(is_vindbaar=False)
    Bericht.objects.laat_vervallen([f"versheid:{rij.pk}"])


@transaction.atomic
def bevestig_plekken(*, initiatief: Initiatief) -> None:
    """The room is still as it says, today."""
    Plekken.objects.filter(initiatief=initiatief).update(per_datum=timezone.localdate())


@transaction.atomic
def meld_dat_het_anders_is(*, initiatief: Initiatief, ronde: int, tekst: str) -> bool:
    """Somebody with the link wrote what is not right any more: core team reads it. False when answered before.

    Whoever tells what is different is there: a page that was hidden for its silence is found again.
    """
    rij = Versheid.objects.select_for_update(of=["self"]).filter(pk=initiatief.pk, ronde=ronde).first()
    if rij is None:
        return False
    rij.ronde, rij.stiltes, rij.gevraagd_op = rij.ronde + 1, 0, None
    rij.volgende_op = timezone.localdate() + RITME_PLEKKEN
    if rij.bellen_waarom == Bellen.STIL:
        rij.bellen_sinds, rij.bellen_waarom, rij.bellen_weer_op = None, "", None
        initiatief.is_vindbaar = True
        initiatief.save(update_fields=["is_vindbaar"])
    rij.save()
    Bladzijdemelding.objects.create(initiatief=initiatief, wat=Bladzijdemelding.Wat.ANDERS, tekst=tekst)
    Bericht.objects.laat_vervallen([f"versheid:{rij.pk}"])
    return True
