"""A year of invented meetings around today: who was asked, what they answered, who was there; and visits to places."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.text import slugify

from bijeenkomsten.models import Bijeenkomst, Programmadeel, Schoolvakantie, Uitnodiging, Voorbereider
from bijeenkomsten.planning import stel_jaar_voor
from bijeenkomsten.schooljaar import Schooljaar
from bijeenkomsten.sjabloon import SJABLOON, WEEKDAGEN
from bijeenkomsten.soorten import Soort
from collectief.demo.accounts import ACCOUNT_VAN, ACCOUNTS
from collectief.demo.toeval import Toeval
from collectief.demo.woorden.collectief import (
    BEZOEKEN,
    BIJEENKOMSTEN,
    GASTEN,
    PC4,
    PROGRAMMA,
    REGIOS,
    SAMEN_ETEN,
    WENSEN,
)
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.werkdagen import AMSTERDAM, werkdag_vanaf
from initiatieven.models import Initiatief

OP_NAAM = (Soort.REGIO, Soort.THEMA, Soort.OP_BEZOEK)  # asked person by person
MEESTEN = 60
DEMO_ADRESSEN = [account.email for account in ACCOUNTS]
KANS_DAT_ER = 0.85
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
            pc4=PC4.get(plaats.rpartition(" ")[2], ""),
            provincies=REGIOS.get(titel, []),
            introducees=1 if soort == Soort.LANDELIJK else 0,
            afmelden_tot=begint_op - timedelta(days=2) if capaciteit else None,
            capaciteit=capaciteit,
            status={CONCEPT: "concept", AFGELAST: "afgelast"}.get(nummer, "gepubliceerd"),
            afgelast_omdat="Te veel afmeldingen; we prikken een nieuwe datum." if nummer == AFGELAST else "",
            is_demo=True,
        )
        bijeenkomst.trekkers.set(toeval.sample(trekkers, 2))
        _schrijf_programma(bijeenkomst)
        if nummer != CONCEPT:
            _nodig_uit(toeval, bijeenkomst)
    _nodig_hele_groep_uit()
    _maak_bezoeken(toeval)
    _stel_volgend_jaar_voor(Schooljaar.van_dag(toeval.vandaag).volgende)


def _nodig_hele_groep_uit() -> None:
    """To the last national meeting everyone is invited, and most did not answer yet; a new member gets it by itself.

    Nobody is mailed: this is how it stands, not how it came about.
    """
    landelijk = Bijeenkomst.objects.filter(soort=Soort.LANDELIJK, is_demo=True).latest("begint_op")
    Uitnodiging.objects.bulk_create(
        Uitnodiging(bijeenkomst=landelijk, gebruiker=mens, initiatief_id=mens.via_initiatief)
        for mens in landelijk.genodigden()
    )
    Bijeenkomst.objects.filter(pk=landelijk.pk).update(groep_uitgenodigd_op=timezone.now())


def _stel_volgend_jaar_voor(schooljaar: Schooljaar) -> None:
    """Drafts for the year after this one, for the core team to move and publish."""
    stel_jaar_voor(
        schooljaar=schooljaar,
        aantallen={soort: vorm.aantal for soort, vorm in SJABLOON.items()},
        weekdagen=WEEKDAGEN,
    )
    Bijeenkomst.objects.concept().in_schooljaar(schooljaar).update(is_demo=True)


def _schrijf_programma(bijeenkomst: Bijeenkomst) -> None:
    """Parts that fill the meeting, as many as fit."""
    over = (bijeenkomst.eindigt_op - bijeenkomst.begint_op) // timedelta(minutes=1)
    delen = []
    for volgorde, (titel, minuten) in enumerate(PROGRAMMA, start=1):
        if minuten <= over and not (bijeenkomst.soort == Soort.ONLINE and titel == SAMEN_ETEN):
            delen.append(Programmadeel(bijeenkomst=bijeenkomst, volgorde=volgorde, titel=titel, minuten=minuten))
            over -= minuten
    Programmadeel.objects.bulk_create(delen)


def _maak_bezoeken(toeval: Toeval) -> None:
    """Places that open their door, also the one of the demo."""
    leden = list(Initiatief.objects.openbaar().order_by("pk"))
    medewerkers = _via_initiatief()
    for nummer, (omschrijving, dagen) in enumerate(BEZOEKEN):
        gastheer = leden[nummer % len(leden)]
        begint_op = _begin(toeval.vandaag + timedelta(days=dagen), is_lang=True)
        bezoek = Bijeenkomst.objects.create(
            soort=Soort.OP_BEZOEK,
            titel=f"Op bezoek bij {gastheer.naam}"[:120],
            omschrijving=omschrijving,
            gastheer=gastheer,
            begint_op=begint_op,
            eindigt_op=begint_op + timedelta(hours=3),
            plaats="Het adres krijg je van het initiatief",
            capaciteit=4,
            status="gepubliceerd",
            is_openbaar=False,
            is_demo=True,
        )
        elders = sorted(mens for mens, plek in medewerkers.items() if plek != gastheer.pk)
        gaan = toeval.sample(elders, 3)
        Uitnodiging.objects.bulk_create(
            Uitnodiging(
                bijeenkomst=bezoek, gebruiker_id=mens, initiatief_id=medewerkers[mens], **_zegt_ja(toeval, bezoek)
            )
            for mens in gaan
        )
    _demobegeleider_was_erbij(medewerkers)


def _demobegeleider_was_erbij(medewerkers: dict[int, int]) -> None:
    """At every visit that is over, so that she can tell about it."""
    wij = Gebruiker.objects.get(email=ACCOUNT_VAN[Rol.Soort.BEGELEIDER].email)
    for bezoek in Bijeenkomst.objects.filter(soort=Soort.OP_BEZOEK, is_demo=True).geweest():
        er_was = {"antwoord": "ja", "beantwoord_op": bezoek.aangemaakt_op, "aanwezig_op": bezoek.begint_op}
        bezoek.uitnodigingen.update_or_create(gebruiker=wij, defaults={"initiatief_id": medewerkers[wij.pk], **er_was})


def _via_initiatief() -> dict[int, int]:
    """For which initiative each person comes."""
    bij = Rol.objects.nu().exclude(initiatief=None).order_by("-pk").values_list("gebruiker", "initiatief")
    return dict(bij)


def _zegt_ja(toeval: Toeval, bijeenkomst: Bijeenkomst) -> dict[str, object]:
    return {**_antwoord(toeval, bijeenkomst), "antwoord": "ja", "beantwoord_op": _voor(toeval, bijeenkomst)}


def _begin(dag: date, *, is_lang: bool) -> datetime:
    """The first working day from this one that is in no school holiday; a day of the past stays near."""
    dag = werkdag_vanaf(dag)
    vakanties = list(Schoolvakantie.objects.filter(tot_en_met__gte=dag, van__gte=timezone.localdate()))
    while any(vakantie.is_op(dag) for vakantie in vakanties):
        dag = werkdag_vanaf(dag + timedelta(days=1))
    return datetime.combine(dag, time(14 if is_lang else 15, 0 if is_lang else 30), tzinfo=AMSTERDAM)


def _nodig_uit(toeval: Toeval, bijeenkomst: Bijeenkomst) -> None:
    aantal = 12 if bijeenkomst.soort in OP_NAAM else MEESTEN
    via = _via_initiatief()
    genodigden = _genodigden(toeval, bijeenkomst, aantal)
    uitnodigingen = [
        Uitnodiging(
            bijeenkomst=bijeenkomst,
            gebruiker_id=gebruiker,
            initiatief_id=via.get(gebruiker),
            **_antwoord(toeval, bijeenkomst),
        )
        for gebruiker in genodigden
    ]
    Voorbereider.objects.bulk_create(
        Voorbereider(bijeenkomst=bijeenkomst, gebruiker_id=gebruiker, initiatief_id=via.get(gebruiker))
        for gebruiker in toeval.sample(genodigden, min(2, len(genodigden)))
    )
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
    op = _voor(toeval, bijeenkomst)
    wens = toeval.choice(WENSEN) if antwoord == "ja" and not bijeenkomst.is_voorbij else ""
    was_er = bijeenkomst.is_voorbij and antwoord == "ja" and toeval.random() < KANS_DAT_ER
    return {
        "antwoord": antwoord,
        "beantwoord_op": None if antwoord == "open" else op,
        "dieet": wens if bijeenkomst.soort != Soort.ONLINE else "",
        "aanwezig_op": bijeenkomst.begint_op if was_er else None,
    }


def _voor(toeval: Toeval, bijeenkomst: Bijeenkomst) -> datetime:
    """A moment in the three weeks before it, and not after today."""
    laatste = min(toeval.vandaag, bijeenkomst.begint_op.date()) - timedelta(days=1)
    return toeval.moment_op(toeval.dag(laatste - timedelta(days=21), laatste))


def _laat_passen(uitnodigingen: list[Uitnodiging], capaciteit: int | None) -> list[Uitnodiging]:
    """Whoever said yes after the last seat was taken waits."""
    stoelen = capaciteit or len(uitnodigingen)
    for uitnodiging in uitnodigingen:
        if uitnodiging.antwoord == "ja":
            stoelen -= 1
            if stoelen < 0:
                uitnodiging.antwoord, uitnodiging.wacht_sinds = "wachtlijst", uitnodiging.beantwoord_op
                uitnodiging.aanwezig_op = None
    return uitnodigingen
