"""`manage.py maak_schermafbeeldingen`: the pictures of the user guide, taken from a running stack with demo data."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as PlaywrightError

from collectief.bench.belasting import Mislukt
from collectief.bench.browser import open_chromium
from collectief.demo.accounts import ACCOUNT_VAN, WACHTWOORD
from collectief.gebruikers.models import Rol

TELEFOON, BUREAU = (390, 844), (1100, 820)
KWALITEIT = 72  # of WebP: text stays sharp
B, C, K, T, V = (
    Rol.Soort.BEGELEIDER,
    Rol.Soort.COORDINATOR,
    Rol.Soort.KERNTEAM,
    Rol.Soort.BEHEERDER,
    Rol.Soort.VERBONDGENOOT,
)


@dataclass(frozen=True)
class Beeld:
    """One picture: where to begin, as whom, and which links to follow from there."""

    naam: str
    pad: str
    rol: Rol.Soort | None = None
    volg: Sequence[str] = ()  # selectors of links, followed one after the other
    kop: str = ""  # heading to scroll to
    maat: tuple[int, int] = BUREAU


EIGEN_CODE = "main li:has-text('je komt'):not(:has-text('Online')) h3 a"
GEWEEST = "#pas-geweest ~ ul a"
TRAJECT = "main .lijst h2 a"
BEELDEN = (
    Beeld("zoeken", "/", maat=TELEFOON),
    Beeld("plekken", "/kaart/?q=7201&straal=25", maat=TELEFOON),
    Beeld("kaart", "/kaart/?q=7201&straal=25"),
    Beeld("aanmelden", "/initiatieven/aanmelden/", maat=TELEFOON),
    Beeld("initiatief", "/initiatieven/", volg=["main .raster a"], maat=TELEFOON),
    Beeld("vandaag", "/trajecten/", B),
    Beeld("traject", "/trajecten/lijst/?fase=orientatie", B, [TRAJECT]),
    Beeld("stap", "/trajecten/lijst/?fase=onderzoekend", B, [TRAJECT, "main .kop-rij a.knop"]),
    Beeld("nazorg", "/trajecten/lijst/?fase=waakvlam", B, [TRAJECT, "a[href$='/nazorg/']"]),
    Beeld("contact", "/trajecten/", B, ["main a[href*='/contact/']"]),
    Beeld("mensen", "/trajecten/lijst/", C, [TRAJECT, "main a[href$='/mensen/']"]),
    Beeld("overdracht", "/trajecten/overdrachten/", C, ["main a[href*='/overdragen/']"]),
    Beeld("uitnodigen", "/gebruikers/uitnodigen/", C),
    Beeld("mijn-initiatief", "/initiatieven/beheer/", C, ["main a[href$='/bewerken/']"]),
    Beeld("jaarplanning", "/bijeenkomsten/", K, kop="Jaarplanning"),
    Beeld("bijeenkomst-beheer", "/bijeenkomsten/mijn/", K, ["main a[href$='/beheer/']"]),
    Beeld("bij-de-deur", "/bijeenkomsten/mijn/", K, [GEWEEST, "main a[href$='/aanwezig/']"], maat=TELEFOON),
    Beeld("verslag", "/bijeenkomsten/mijn/", K, [f"{GEWEEST} >> nth=1", "main a[href$='/verslag/schrijven/']"]),
    Beeld(
        "code",
        "/bijeenkomsten/mijn/",
        B,
        [EIGEN_CODE],
        kop="Bij de deur",
        maat=TELEFOON,
    ),
    Beeld("toetsing", "/initiatieven/toetsing/", T),
    Beeld("toets", "/initiatieven/toetsing/", T, ["main th a"], kop="De drie toetsen"),
    Beeld("mijn-bijeenkomsten", "/bijeenkomsten/mijn/", V, maat=TELEFOON),
)


class Command(BaseCommand):
    help = "Maak de plaatjes van de gebruikersgids opnieuw, van een platform dat draait met demogegevens."

    def add_arguments(self, parser):
        parser.add_argument("--adres", default=settings.BASIS_URL, help="waar het draait (standaard: BASIS_URL)")
        parser.add_argument("--map", type=Path, default=settings.BASE_DIR / "docs/gids/beelden", metavar="MAP")

    def handle(self, *, adres, map, **opties):  # noqa: A002  (the name of the option)
        map.mkdir(parents=True, exist_ok=True)
        try:
            with open_chromium() as browser:
                for beeld in BEELDEN:
                    grootte = self._maak(browser, adres.rstrip("/"), beeld, map / f"{beeld.naam}.webp")
                    self.stdout.write(f"{beeld.naam}: {grootte // 1024} kB")
        except Mislukt as fout:
            raise CommandError("Zonder Chromium zijn er geen plaatjes te maken.") from fout

    def _maak(self, browser: Browser, adres: str, beeld: Beeld, bestand: Path) -> int:
        """Take one picture in a fresh session; return its size in bytes."""
        breedte, hoogte = beeld.maat
        context = browser.new_context(
            viewport={"width": breedte, "height": hoogte}, locale="nl-NL", reduced_motion="reduce", color_scheme="light"
        )
        pagina = context.new_page()
        try:
            if beeld.rol:
                _log_in(pagina, adres, ACCOUNT_VAN[beeld.rol].email)
            pagina.goto(adres + beeld.pad)
            for koppeling in beeld.volg:
                pagina.locator(koppeling).first.click()
                pagina.wait_for_load_state()
            if beeld.kop:
                pagina.get_by_role("heading", name=beeld.kop).first.evaluate("kop => kop.scrollIntoView()")
            bestand.write_bytes(_fotografeer(pagina))
        except PlaywrightError as fout:
            raise CommandError(f"Het beeld '{beeld.naam}' lukt niet op {pagina.url}: {fout.message}") from fout
        context.close()
        return bestand.stat().st_size


def _log_in(pagina: Page, adres: str, email: str) -> None:
    pagina.goto(f"{adres}/accounts/login/")
    pagina.get_by_label("E-mailadres").fill(email)
    pagina.get_by_label("Wachtwoord", exact=True).fill(WACHTWOORD)
    pagina.get_by_role("button", name="Inloggen", exact=True).click()
    pagina.wait_for_url(re.compile(r"^(?!.*accounts/login)"))


def _fotografeer(pagina: Page) -> bytes:
    """What is in view, as WebP: a third of a PNG. Playwright's own screenshots know no WebP, the browser does."""
    pagina.wait_for_load_state("networkidle")
    beeld = pagina.context.new_cdp_session(pagina).send(
        "Page.captureScreenshot", {"format": "webp", "quality": KWALITEIT}
    )
    return base64.b64decode(beeld["data"])
