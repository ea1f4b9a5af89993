"""A year of invented meetings around today, with who was asked and what they answered."""

from datetime import date, datetime, time, timedelta

from django.utils.text import slugify

from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from bijeenkomsten.soorten import Soort
from collectief.demo.accounts import ACCOUNTS
from collectief.demo.toeval import Toeval
from collectief.demo.woorden.collectief import BIJEENKOMSTEN, GASTEN
from collectief.gebruikers.models import Gebruiker
from collectief.werkdagen import AMSTERDAM, werkdag_vanaf

OP_NAAM = (Soort.REGIO, Soort.THEMA, Soort.OP_BEZOEK)  # asked person by person
MEESTEN = 60
DEMO_ADRESSEN = [account.email for account in ACCOUNTS]
CONCEPT, AFGELAST = 10, 4  # one is still a draft, one was called off


def maak_bijeenkomsten(toeval: Toeval, trekkers: list[int]) -> None:
    for nummer, (soort, titel, omschrijving, plaats, capaciteit, dagen, uren) in enumerate(BIJEENKOMSTEN):
        begint_op = _begin(toeval.vandaag + timedelta(days=dagen), is_lang=uren > 3)
        bijeenkomst = Bijeenkomst.objects.create(
            soort=soort,
            titel=titel,
            omschrijving=omschrijving,
            begint_op=begint_op,
            eindigt_op=begint_op + timedelta(hours=uren),
            plaats=plaats,
            link="" if soort != Soort.ONLINE else f"https://overleg.voorbeeld.example/collectief-{nummer}",
            capaciteit=capaciteit,
            status={CONCEPT: "concept", AFGELAST: "afgelast"}.get(nummer, "gepubliceerd"),
            afgelast_omdat="Te veel afmeldingen; we prikken een nieuwe datum." if nummer == AFGELAST else "",
            is_demo=True,
        )
        bijeenkomst.trekkers.set(toeval.sample(trekkers, 2))
        if nummer != CONCEPT:
            _nodig_uit(toeval, bijeenkomst)


def _begin(dag: date, *, is_lang: bool) -> datetime:
    return datetime.combine(werkdag_vanaf(dag), time(14 if is_lang else 15, 0 if is_lang else 30), tzinfo=AMSTERDAM)


def _nodig_uit(toeval: Toeval, bijeenkomst: Bijeenkomst) -> None:
    aantal = 12 if bijeenkomst.soort in OP_NAAM else MEESTEN
    uitnodigingen = [
        Uitnodiging(bijeenkomst=bijeenkomst, gebruiker_id=gebruiker, **_antwoord(toeval, bijeenkomst))
        for gebruiker in _genodigden(toeval, bijeenkomst, aantal)
    ]
    uitnodigingen += [
        Uitnodiging(
            bijeenkomst=bijeenkomst,
            naam=naam,
            adres=f"{slugify(naam)}@voorbeeld.example",
            **_antwoord(toeval, bijeenkomst),
        )
        for naam in toeval.sample(GASTEN, 2)
    ]
    Uitnodiging.objects.bulk_create(_laat_passen(uitnodigingen, bijeenkomst.capaciteit))


def _genodigden(toeval: Toeval, bijeenkomst: Bijeenkomst, aantal: int) -> list[int]:
    """Some of the people whom this kind of meeting invites; the demo accounts are always among them."""
    eerst = set(Gebruiker.objects.filter(email__in=DEMO_ADRESSEN).values_list("pk", flat=True))
    kring = list(bijeenkomst.genodigden().values_list("pk", flat=True))
    if not kring:
        kring = list(Gebruiker.objects.order_by("pk").values_list("pk", flat=True)[:400])
    return sorted({*toeval.sample(kring, min(aantal, len(kring))), *(eerst & set(kring))})


def _antwoord(toeval: Toeval, bijeenkomst: Bijeenkomst) -> dict[str, object]:
    kansen = {"ja": 46, "nee": 22, "misschien": 8, "open": 24}
    antwoord = toeval.choices(list(kansen), kansen.values())[0]
    laatste = min(toeval.vandaag, bijeenkomst.begint_op.date()) - timedelta(days=1)
    op = toeval.moment_op(toeval.dag(laatste - timedelta(days=21), laatste))
    return {"antwoord": antwoord, "beantwoord_op": None if antwoord == "open" else op}


def _laat_passen(uitnodigingen: list[Uitnodiging], capaciteit: int | None) -> list[Uitnodiging]:
    """Whoever said yes after the last seat was taken said `misschien`."""
    stoelen = capaciteit or len(uitnodigingen)
    for uitnodiging in uitnodigingen:
        if uitnodiging.antwoord == "ja":
            stoelen -= 1
            if stoelen < 0:
                uitnodiging.antwoord = "misschien"
    return uitnodigingen
