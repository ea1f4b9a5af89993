"""`bijeenkomst`: the pages of a meeting with 400 invitations against one with 10, and the page of a year."""

from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bijeenkomsten.models import (
    Belangstelling,
    Bijeenkomst,
    Datumprikker,
    Prik,
    Prikdatum,
    Prikgast,
    Programmadeel,
    Uitnodiging,
)
from bijeenkomsten.prikstand import Prikkeuze
from bijeenkomsten.soorten import Soort
from collectief.bench.belasting import Mislukt
from collectief.bench.gegevens import op_een_kopie
from collectief.bench.herinneringen import ZONDER_WEEKOVERZICHT, verstuur
from collectief.bench.meting import Meting, om_en_om
from collectief.bench.opstelling import Opstelling
from collectief.bench.postbus import postkantoor
from collectief.bench.trajecten import TRANSACTIE
from collectief.demo.accounts import ACCOUNT_VAN
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.models import Bericht

WEINIG, VEEL = 10, 400
MEESTE_VRAGEN, MEESTE_VRAGEN_PRIKKER = 8, 5
MENSEN, DATA = 40, 60
JAAR = "/bijeenkomsten/"
PLANNING = "/bijeenkomsten/planning/"


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting("bijeenkomst", f"pages of a meeting with {VEEL} invitations; page of a year", f"at {WEINIG}")
    with op_een_kopie(opstelling) as kopie:
        _meet(meting, herhaal=max(3, kopie.tempo.herhaal // 3))
        _meet_bezorgen(meting, kopie)
    return meting


def _meet(meting: Meting, *, herhaal: int) -> None:
    gast, kern = (_ingelogd(rol) for rol in (Rol.Soort.BEGELEIDER, Rol.Soort.KERNTEAM))
    klein, groot = (_maak(aantal) for aantal in (WEINIG, VEEL))
    for naam, client, blad in (("guest's page", gast, "meedoen"), ("core team's page", kern, "beheer")):
        paden = [f"/bijeenkomsten/{pk}/{blad}/" for pk in (klein, groot)]
        _vergelijk(meting, naam, client, *paden, herhaal=herhaal)
    for naam, client, pad in (("year", Client(SERVER_NAME="localhost"), JAAR), ("planning", kern, PLANNING)):
        meting.hooguit(f"{naam} page: queries", _vragen(client, pad), MEESTE_VRAGEN, vorm="{:.0f}")
    _meet_prikker(meting, kern, herhaal=max(3, herhaal // 5))
    _meet_uitnodigen(meting, kern, herhaal=max(3, herhaal // 20))


def _meet_prikker(meting: Meting, kern: Client, *, herhaal: int) -> None:
    """A date poll in which everybody said something about every date."""
    pad = f"/bijeenkomsten/datumprikkers/{_maak_prikker()}/"
    meting.hooguit("date poll: queries", _vragen(kern, pad), MEESTE_VRAGEN_PRIKKER, vorm="{:.0f}")
    tijden = []
    for _ in range(herhaal):
        begin = process_time()
        kern.get(pad)
        tijden.append((process_time() - begin) * 1000)
    meting.hooguit(f"ms of processor for a date poll of {MENSEN} × {DATA}", median(tijden), 50, vorm="{:.0f}")


def _maak_prikker() -> int:
    prikker = Datumprikker.objects.create(soort=Soort.FYSIEK, titel="Wanneer?")
    nu = timezone.now()
    dagen = [nu + timedelta(days=dag) for dag in range(1, DATA + 1)]
    data = Prikdatum.objects.bulk_create(
        Prikdatum(prikker=prikker, begint_op=dag, eindigt_op=dag + timedelta(hours=2)) for dag in dagen
    )
    gasten = Prikgast.objects.bulk_create(
        Prikgast(prikker=prikker, naam=f"Gast {nummer}", adres=f"prik{nummer}@voorbeeld.example", beantwoord_op=nu)
        for nummer in range(MENSEN)
    )
    Prik.objects.bulk_create(
        Prik(gast=gast, datum=datum, keuze=Prikkeuze.values[(gast.pk + datum.pk) % len(Prikkeuze)])
        for gast in gasten
        for datum in data
    )
    return prikker.pk


def _meet_bezorgen(meting: Meting, kopie: Opstelling) -> None:
    """The invitations of one meeting, each in words, HTML and as a calendar part, out by one worker."""
    laatste = Bericht.objects.filter(soort="bijeenkomst_uitnodiging").latest("pk").groep
    with kopie.als_eigenaar() as eigenaar:
        eigenaar.execute("DELETE FROM post_bericht WHERE groep <> %s", [laatste])
        eigenaar.execute(ZONDER_WEEKOVERZICHT)
    nummers = {bericht.message_id.encode() for bericht in Bericht.objects.only("pk")}
    if len(nummers) != VEEL:
        raise Mislukt(f"{len(nummers)} invitations wait instead of {VEEL}.")
    with postkantoor(kopie.werkmap, kopie.omgeving) as kantoor:
        naar_de_bus = kopie.met_omgeving(MAIL_MAP="", EMAIL_URL=f"smtp://127.0.0.1:{kantoor.poort}")
        per_seconde = verstuur(naar_de_bus, kantoor, nummers, werkers=1)
    meting.minstens(f"{VEEL} invitations delivered: mails a second, 1 worker", per_seconde, 50, vorm="{:.0f}")


def _vergelijk(meting: Meting, naam: str, client: Client, klein: str, groot: str, *, herhaal: int) -> None:
    tijden = om_en_om(herhaal, klein=lambda: client.get(klein), groot=lambda: client.get(groot))
    meting.cijfer(f"{naam}: ms at {WEINIG} and {VEEL}", f"{tijden['klein']:.1f} / {tijden['groot']:.1f}")
    meting.hooguit(f"{naam}: {VEEL} ÷ {WEINIG}", tijden["groot"] / tijden["klein"], 1.5)
    meting.hooguit(f"{naam}: queries", _vragen(client, groot), MEESTE_VRAGEN, vorm="{:.0f}")


def _meet_uitnodigen(meting: Meting, kern: Client, *, herhaal: int) -> None:
    """One press on a button: everybody whom the meeting is for is invited, and their mail is in the outbox."""
    mensen = Gebruiker.objects.bulk_create(
        Gebruiker(email=f"genodigde{nummer}@voorbeeld.example", naam=f"Mens {nummer}") for nummer in range(VEEL)
    )
    tijden = [_nodig_uit(kern, mensen) for _ in range(herhaal)]
    meting.hooguit(f"ms to invite {VEEL} people in one request", median(tijden), 300, vorm="{:.0f}")


def _nodig_uit(kern: Client, mensen: list[Gebruiker]) -> float:
    """Return the milliseconds. Raises Mislukt when not everybody got an invitation."""
    pk = _maak(1, soort=Soort.THEMA)
    Belangstelling.objects.bulk_create(Belangstelling(bijeenkomst_id=pk, gebruiker=mens) for mens in mensen)
    begin = perf_counter()
    kern.post(f"/bijeenkomsten/{pk}/uitnodigen/doelgroep/")
    duur = (perf_counter() - begin) * 1000
    if (aantal := Uitnodiging.objects.filter(bijeenkomst=pk, gebruiker__in=mensen).count()) != VEEL:
        raise Mislukt(f"{aantal} of {VEEL} people were invited.")
    return duur


def _ingelogd(rol: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(Gebruiker.objects.get(email=ACCOUNT_VAN[rol].email))
    return client


def _vragen(client: Client, pad: str) -> int:
    """How many queries this page takes. Raises Mislukt when there is no such page."""
    with CaptureQueriesContext(connection) as gevangen:
        status = client.get(pad).status_code
    if status != 200:
        raise Mislukt(f"{pad} answered {status}.")
    return sum(1 for vraag in gevangen if vraag["sql"].split()[0] not in TRANSACTIE)


def _maak(aantal: int, soort: str = Soort.LANDELIJK) -> int:
    """A meeting to which so many guests, and the begeleider of the demo, are invited."""
    begint_op = timezone.now() + timedelta(days=30)
    bijeenkomst = Bijeenkomst.objects.create(
        soort=soort, status="gepubliceerd", begint_op=begint_op, eindigt_op=begint_op + timedelta(hours=4)
    )
    Programmadeel.objects.bulk_create(
        Programmadeel(bijeenkomst=bijeenkomst, volgorde=nummer, titel=f"Deel {nummer}", minuten=30)
        for nummer in range(8)
    )
    begeleider = Gebruiker.objects.get(email=ACCOUNT_VAN[Rol.Soort.BEGELEIDER].email)
    gasten = [
        Uitnodiging(bijeenkomst=bijeenkomst, naam=f"Gast {nummer}", adres=f"gast{nummer}@voorbeeld.example")
        for nummer in range(aantal - 1)
    ]
    Uitnodiging.objects.bulk_create([*gasten, Uitnodiging(bijeenkomst=bijeenkomst, gebruiker=begeleider)])
    return bijeenkomst.pk
