"""Production can't run here; what can be known without running it is checked here."""

import http.server
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from bijeenkomsten.documentsoorten import MEESTE_BYTES
from collectief.bestanden import MAX_UPLOAD
from collectief.servers.keuring import PRODUCTIE
from collectief.servers.postgres import HOOFDVERSIE, TAAL
from collectief.servers.postgres import programma as postgres_programma
from collectief.servers.valkey import programma as valkey_programma

WORTEL = Path(__file__).resolve().parents[1]
COMPOSE = yaml.safe_load((WORTEL / "docker-compose.yml").read_text())
DIENSTEN = COMPOSE["services"]
VAN_ONS = ("migratie", "kopie", "web", "worker", "beat")
INSTELLINGEN = set(
    re.findall(r"""(?:env(?:\.\w+)?|_ja)\(\s*"([A-Z_]+)\"""", (WORTEL / "collectief/settings.py").read_text())
)
VOORBEELD = {
    regel.split("=", 1)[0]: regel.split("=", 1)[1]
    for regel in (WORTEL / "docker/voorbeeld.env").read_text().splitlines()
    if regel and not regel.startswith("#")
}
INGEVULD = {
    "SECRET_KEY": "lang en willekeurig, zoals openssl rand het maakt 0123456789",
    "COLLECTIEF_SLEUTELS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "EMAIL_URL": "smtp+tls://iemand:geheim@post.voorbeeld.example:587",
    **dict.fromkeys(
        ("POSTGRES_WACHTWOORD", "EIGENAAR_WACHTWOORD", "APP_WACHTWOORD", "KOPIE_WACHTWOORD", "VALKEY_WACHTWOORD"),
        "0a1b",
    ),
}


def _vul_in(tekst: str) -> str:
    """What compose makes of ${NAME:?} with the example file filled in."""
    return re.sub(r"\$\{(\w+):\?\}", lambda naam: INGEVULD.get(naam[1]) or VOORBEELD[naam[1]], tekst)


def _versie(programma: Path) -> str:
    uitvoer = subprocess.run([str(programma), "--version"], capture_output=True, text=True, check=True).stdout
    return re.search(r"(\d+)\.\d", uitvoer)[1]


@pytest.mark.parametrize("dienst", DIENSTEN)
def test_elk_log_heeft_een_grootste_maat(dienst):
    assert DIENSTEN[dienst]["logging"]["driver"] == "local"
    assert set(DIENSTEN[dienst]["logging"]["options"]) == {"max-size", "max-file"}


@pytest.mark.parametrize("dienst", VAN_ONS)
def test_elke_instelling_die_compose_doorgeeft_bestaat(dienst):
    namen = set(DIENSTEN[dienst]["environment"])

    assert "COLLECTIEF_MODUS" in namen
    assert namen <= INSTELLINGEN


def test_de_bouw_en_de_keuring_gebruiken_alleen_instellingen_die_bestaan():
    bouw = set(re.findall(r"\b([A-Z_]+)=", re.search(r"RUN SECRET_KEY=.*?manage\.py", _dockerfile(), re.DOTALL)[0]))

    assert bouw <= INSTELLINGEN
    assert set(PRODUCTIE) <= INSTELLINGEN


def test_versies_zijn_die_van_de_ingebedde_servers():
    python = (WORTEL / ".python-version").read_text().strip()

    assert DIENSTEN["postgres"]["image"] == f"postgres:{_versie(postgres_programma('postgres'))}"
    assert DIENSTEN["valkey"]["image"] == f"valkey/valkey:{_versie(valkey_programma())}"
    assert _versie(postgres_programma("postgres")) == HOOFDVERSIE
    assert f"FROM python:{python}-slim" in _dockerfile()


def test_de_database_spreekt_dezelfde_taal_en_kent_dezelfde_rollen():
    postgres = DIENSTEN["postgres"]
    script = (WORTEL / "docker/rollen.sh").read_text()
    rollen = (WORTEL / "collectief/servers/rollen.sql").read_text()

    assert postgres["environment"]["POSTGRES_INITDB_ARGS"].split() == list(TAAL)
    assert any(volume.startswith("./collectief/servers/rollen.sql:") for volume in postgres["volumes"])
    for naam in ("EIGENAAR_WACHTWOORD", "APP_WACHTWOORD", "KOPIE_WACHTWOORD"):
        assert f'"${naam}"' in script
        assert naam in postgres["environment"]
    for dienst in VAN_ONS:
        for url in re.findall(r"postgresql://(\w+):", str(DIENSTEN[dienst]["environment"])):
            voorbij = "BYPASSRLS" if url == "collectief_kopie" else "NOBYPASSRLS"
            assert f"ALTER ROLE {url} LOGIN NOSUPERUSER {voorbij} " in rollen


def test_alleen_de_migratie_kent_de_eigenaar():
    migratie = DIENSTEN["migratie"]["environment"]

    assert migratie["COLLECTIEF_DATABASE_ROL"] == "eigenaar"
    for dienst in ("web", "worker", "beat"):
        assert "EIGENAAR" not in str(DIENSTEN[dienst])
        assert "KOPIE" not in str(DIENSTEN[dienst])
        assert DIENSTEN[dienst]["depends_on"]["migratie"]["condition"] == "service_completed_successfully"


def test_alleen_de_proxy_is_van_buiten_te_bereiken():
    assert [naam for naam, dienst in DIENSTEN.items() if "ports" in dienst] == ["proxy"]


def test_alles_wat_blijft_draaien_herstart_en_wordt_gecontroleerd():
    blijvend = {naam: dienst for naam, dienst in DIENSTEN.items() if naam not in {"migratie", "kopie"}}

    assert {naam for naam, dienst in blijvend.items() if "healthcheck" not in dienst} == set()
    assert {dienst["restart"] for dienst in blijvend.values()} == {"unless-stopped"}
    assert DIENSTEN["migratie"]["restart"] == "no"


def test_het_voorbeeld_noemt_precies_wat_compose_vraagt():
    gevraagd = set(re.findall(r"\$\{(\w+):\?\}", (WORTEL / "docker-compose.yml").read_text()))
    caddy = set(re.findall(r"\{\$(\w+)\}", (WORTEL / "docker/Caddyfile").read_text()))

    assert set(VOORBEELD) == gevraagd
    assert caddy <= set(DIENSTEN["proxy"]["environment"])


def test_de_proxy_schrijft_van_een_mislukt_verzoek_niets_over_de_bezoeker_op():
    """Else a web process that restarts leaves addresses with a postcode, links with their secret, and IP addresses."""
    caddy = " ".join((WORTEL / "docker/Caddyfile").read_text().split())

    assert "log { format filter { request delete } }" in caddy


def test_terwijl_de_site_opnieuw_start_staat_er_een_zin_en_gaat_niets_verloren():
    caddy = (WORTEL / "docker/Caddyfile").read_text()
    bladzijde = caddy.partition("handle_errors 502 504 {")[2]

    assert "De site start opnieuw." in bladzijde
    assert "Retry-After" in bladzijde
    assert "refresh" not in bladzijde  # a browser would ask anew with GET, without what was typed


def test_de_proxy_laat_door_wat_de_site_zelf_te_groot_vindt_zodat_die_het_naast_het_veld_zegt():
    caddy = (WORTEL / "docker/Caddyfile").read_text()
    hoogstens = int(re.search(r"max_size (\d+)MB", caddy)[1]) * 1_000_000

    assert hoogstens >= 2 * max(MAX_UPLOAD, MEESTE_BYTES) + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert "Wat je typte, staat er dan nog." in caddy.partition("handle_errors 413 {")[2].partition("\n\t}\n")[0]


def test_de_proxy_geeft_een_verzoek_pas_door_als_het_er_helemaal_is():
    """Sixteen visitors on a bad connection, or one with bad intentions, would otherwise stop the whole site."""
    caddy = (WORTEL / "docker/Caddyfile").read_text()

    assert re.search(r"request_buffers (\w+)", caddy)[1] == re.search(r"max_size (\w+)", caddy)[1]
    assert re.search(r"timeouts {\s+read_header \w+\s+read_body \w+\s+}", caddy)


def test_niemand_kan_zich_voor_de_proxy_uitgeven_met_een_liggend_streepje():
    """WSGI makes one name of X_Forwarded_For and X-Forwarded-For, and granian keeps the one that comes last."""
    caddy = (WORTEL / "docker/Caddyfile").read_text()

    assert "request_header -*_*" in caddy.partition("{$DOMEIN} {")[2].partition("handle")[0]


def test_bestanden_die_compose_koppelt_bestaan():
    for dienst in DIENSTEN.values():
        for volume in dienst.get("volumes", ()):
            bron = volume.split(":")[0]
            assert (WORTEL / bron).is_file() if bron.startswith("./") else bron in COMPOSE["volumes"]


def test_het_beeld_installeert_met_hashes_en_draait_niet_als_root():
    assert "--require-hashes -r requirements.txt" in _dockerfile()
    assert re.search(r"^USER (?!root|0)\w+", _dockerfile(), re.MULTILINE)
    assert _dockerfile().index("collectstatic") < _dockerfile().index("USER ")


@pytest.mark.parametrize("dienst", ["web", "migratie"])
def test_django_vindt_de_productie_instellingen_goed(dienst):
    omgeving = {naam: _vul_in(str(waarde)) for naam, waarde in DIENSTEN[dienst]["environment"].items()}
    bereikbaar = {naam: os.environ[naam] for naam in ("DATABASE_URL", "DATABASE_OWNER_URL") if naam in omgeving}

    uitkomst = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=WORTEL, capture_output=True, text=True, check=False, env={**omgeving, **bereikbaar},
    )  # fmt: skip

    assert uitkomst.returncode == 0, uitkomst.stderr


@pytest.fixture
def site():
    """A site whose health page says what the test wants."""

    class Site(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(self.server.code)
            self.end_headers()
            self.wfile.write(self.server.inhoud)

        def log_message(self, *args):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Site) as server:
        draad = threading.Thread(target=server.serve_forever)
        draad.start()
        yield server
        server.shutdown()
        draad.join()


@pytest.mark.parametrize(
    ("code", "inhoud", "delen", "uitkomst"),
    [
        (200, {"database": True, "broker": True, "worker": True}, ["database", "broker"], 0),
        (503, {"database": True, "broker": True, "worker": False}, ["database", "broker"], 0),
        (503, {"database": True, "broker": True, "worker": False}, ["worker"], 1),
        (200, {}, ["worker"], 1),
        (500, "een foutpagina", ["database"], 1),
    ],
)
def test_de_gezondheidscontrole_kijkt_alleen_naar_het_eigen_deel(site, code, inhoud, delen, uitkomst):
    site.code = code
    site.inhoud = json.dumps(inhoud).encode() if isinstance(inhoud, dict) else inhoud.encode()

    controle = [sys.executable, "docker/gezond.py", f"http://127.0.0.1:{site.server_port}", *delen]

    assert subprocess.run(controle, cwd=WORTEL, check=False).returncode == uitkomst


def _dockerfile() -> str:
    return (WORTEL / "Dockerfile").read_text()


def _python(opdracht: str, **anders: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python with the settings of the web in production."""
    omgeving = {naam: _vul_in(str(waarde)) for naam, waarde in DIENSTEN["web"]["environment"].items()}
    return subprocess.run(
        [sys.executable, "-c", opdracht], cwd=WORTEL, capture_output=True, text=True, check=False,
        env={**omgeving, "DATABASE_URL": os.environ["DATABASE_URL"], "STATIC_MAP": "docker", **anders},
    )  # fmt: skip


@pytest.fixture(scope="module")
def goed_web() -> subprocess.CompletedProcess[str]:
    """The web with nothing changed."""
    return _python("import collectief.wsgi")


@pytest.mark.parametrize(
    ("naam", "waarde"),
    [
        ("TWEEDE_FACTOR_VERPLICHT", "nee"),
        ("RUSTIGE_UREN", "nee"),
        ("COLLECTIEF_DEMO", "ja"),
        ("COLLECTIEF_BEVEILIGD", "nee"),
    ],
)
def test_het_web_komt_niet_op_met_wat_alleen_een_demo_mag(goed_web, naam, waarde):
    fout = _python("import collectief.wsgi", **{naam: waarde})

    assert goed_web.returncode == 0, goed_web.stderr
    assert fout.returncode != 0
    assert "ImproperlyConfigured" in fout.stderr


@pytest.mark.parametrize(("aantal", "gelooft"), [("0", "None"), ("1", "('HTTP_X_FORWARDED_PROTO', 'https')")])
def test_zonder_proxy_gelooft_de_site_niemand_die_zegt_dat_het_https_was(aantal, gelooft):
    uitkomst = _python("import collectief.settings as s; print(s.SECURE_PROXY_SSL_HEADER)", AANTAL_PROXIES=aantal)

    assert uitkomst.stdout.strip() == gelooft
