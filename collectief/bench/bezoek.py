"""Do the public pages stay quick while mail is sent, and while the mail server stalls?"""

from datetime import timedelta
from time import sleep

from django.utils import timezone

from collectief.bench.belasting import Mislukt, kuier
from collectief.bench.meting import Meting, p95
from collectief.bench.opstelling import OPSTARTEN, Opstelling
from collectief.bench.postbus import postkantoor
from collectief.post.models import Bericht
from collectief.post.tasks import verstuur_wachtende

PADEN = ("/", "/kaart/?q=3511", "/initiatieven/", "/bijeenkomsten/")
STILTE = 10  # seconds
GENOEG = 200  # stalls are many times as many as fit in a round
UITLOOP = 1  # seconds until a worker is at rest again


def meet_bezoek(kopie: Opstelling, meting: Meting) -> None:
    """A visitor every so often, in turn with mail at rest and with mail on its way."""
    rustig, druk = _om_en_om(kopie, UITLOOP)
    meting.cijfer("pages: p95 in ms, mail at rest and on its way", f"{rustig:.1f} / {druk:.1f}")
    meting.hooguit("pages: p95 while mail is sent", druk / rustig, 1.3)
    rustig, stil = _om_en_om(kopie, STILTE + UITLOOP, *[f"stil:{STILTE}"] * GENOEG)
    meting.cijfer("pages: p95 in ms, mail at rest and mail server stalled", f"{rustig:.1f} / {stil:.1f}")
    meting.hooguit(f"pages: p95 while the mail server stalls {STILTE} s", stil / rustig, 1.05)


def _om_en_om(kopie: Opstelling, uitloop: float, *streken: str) -> tuple[float, float]:
    """The 95th percentile in milliseconds without and with mail on its way, in rounds that alternate.

    `uitloop` is how many seconds a worker may still be busy with a mail that she has in hand.
    """
    zonder: list[float] = []
    met: list[float] = []
    with postkantoor(kopie.werkmap, kopie.omgeving, *streken) as kantoor:
        naar_de_bus = kopie.met_omgeving(MAIL_MAP="", EMAIL_URL=f"smtp://127.0.0.1:{kantoor.poort}")
        _houd_vast()
        with kopie.web() as basis, naar_de_bus.werkers(1):
            sleep(OPSTARTEN)
            kuier(basis, PADEN, kopie.tempo.opwarmen)
            for _ in range(kopie.tempo.rondes):
                zonder += kuier(basis, PADEN, kopie.tempo.seconden)
                _laat_gaan()
                met += kuier(basis, PADEN, kopie.tempo.seconden)
                _eis_dat_er_post_ging()
                _houd_vast()
                sleep(uitloop)
    return p95(zonder), p95(met)


def _houd_vast() -> None:
    """All mail waits for tomorrow; what a worker had claimed is not hers any more."""
    morgen = timezone.now() + timedelta(days=1)
    Bericht.objects.update(toestand=Bericht.Toestand.WACHT, pacht_tot=None, versturen_vanaf=morgen)


def _laat_gaan() -> None:
    Bericht.objects.update(versturen_vanaf=timezone.now())
    verstuur_wachtende.delay()


def _eis_dat_er_post_ging() -> None:
    if not Bericht.objects.exclude(toestand=Bericht.Toestand.WACHT).exists():
        raise Mislukt("No mail was on its way while pages were measured.")
