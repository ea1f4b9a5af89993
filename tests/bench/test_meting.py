"""The tools of the benches: verdicts, load, mail sink and report."""

import io
import shutil
import smtplib
import threading
from datetime import date
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command

from collectief.bench.alle import BENCHES
from collectief.bench.belasting import Mislukt, belast, kuier
from collectief.bench.meting import Meting, om_en_om, p95
from collectief.bench.opstelling import naar_database
from collectief.bench.postbus import postbus
from collectief.bench.verslag import (
    als_markdown,
    als_tekst,
    met_losse_meting,
    met_losse_metingen_van,
    met_metingen,
)


class Antwoord(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200 if self.path == "/goed" else 500)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Antwoord) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def voorbeeld() -> Meting:
    meting = Meting("proef", "doing it", "not doing it")
    meting.cijfer("absolute", "12 a second")
    meting.minstens("share", 0.24, 0.25, doel=0.35)
    meting.hooguit("p95", 15, 15)
    meting.klopt("unchanged", "304", is_gehaald=True)
    return meting


def test_een_vloer_die_niet_gehaald_is_heet_gebroken():
    assert voorbeeld().gebroken == ["proef: share"]


def test_het_verslag_zet_elk_cijfer_naast_de_belofte():
    tekst = als_tekst(voorbeeld())
    markdown = als_markdown([voorbeeld()], "2 cores", date(2026, 11, 21))

    assert "share      0.24  BROKEN (at least 0.25, goal 0.35)" in tekst
    assert "| p95 | 15.00 | at most 15.00 | holds |" in markdown
    assert "Measured on 2026-11-21: 2 cores." in markdown


def test_wat_los_gemeten_is_blijft_in_het_verslag_staan():
    gewoon, los = Meting("zoeken", "werk", "niets"), Meting("herinneringen --storing", "werk", "niets")
    verslag = als_markdown([gewoon], "2 cores", date(2026, 11, 21))

    eerst = met_losse_meting(verslag, los, "2 cores", date(2026, 11, 21))
    weer = met_losse_meting(eerst, los, "2 cores", date(2026, 11, 22))

    assert weer.count("## herinneringen --storing") == weer.count("## zoeken") == 1
    assert "On 2026-11-22: 2 cores." in weer
    assert met_losse_metingen_van(weer, verslag) == weer


def test_wat_opnieuw_gemeten_is_komt_op_zijn_plaats_en_zegt_wanneer():
    zoeken, kaart, los = (Meting(naam, "werk", "niets") for naam in ("zoeken", "kaart", "herinneringen --storing"))
    verslag = als_markdown([zoeken, kaart], "2 cores", date(2026, 11, 21))
    verslag = met_losse_meting(verslag, los, "2 cores", date(2026, 11, 21))

    weer = met_metingen(verslag, [zoeken, Meting("gids", "werk", "niets")], "4 cores", date(2026, 11, 27))

    assert [regel for regel in weer.splitlines() if regel.startswith("## ")] == [
        "## zoeken",
        "## kaart",
        "## gids",
        "## herinneringen --storing",
    ]
    assert weer.count("On 2026-11-27: 4 cores.") == 2
    assert met_metingen(weer, [zoeken], "4 cores", date(2026, 11, 27)) == weer


def test_het_95e_percentiel_is_bijna_de_traagste():
    assert p95(list(range(1, 101))) == pytest.approx(95, abs=1)
    assert p95([7]) == 7


def test_om_en_om_doet_elke_variant_even_vaak():
    geteld = {"a": 0, "b": 0}

    def doe(naam):
        geteld[naam] += 1

    tijden = om_en_om(5, a=lambda: doe("a"), b=lambda: doe("b"))

    assert geteld == {"a": 6, "b": 6}
    assert set(tijden) == {"a", "b"}


@pytest.mark.parametrize("seconden", [0.2, 1], ids=["draden", "wrk"])
def test_belasting_telt_verzoeken_en_struikelt_over_fouten(server, seconden):
    if seconden == 1 and not shutil.which("wrk"):
        pytest.skip("wrk is not on the PATH")

    uitslag = belast(server, ["/goed"], seconden, {"Accept": "text/html"})

    assert uitslag.per_seconde > 5
    assert uitslag.p95 > 0
    with pytest.raises(Mislukt):
        belast(server, ["/fout"], seconden, {})


def test_kuieren_laat_tijd_tussen_twee_bezoekers(server):
    tijden = kuier(server, ["/goed"], 0.2, elke=0.05)

    assert 2 <= len(tijden) <= 5


def test_de_postbus_telt_ook_wat_dubbel_komt():
    with postbus() as bus, smtplib.SMTP("127.0.0.1", bus.poort) as smtp:
        for nummer in (1, 2, 2):
            mail = EmailMessage()
            mail["Message-ID"], mail["From"], mail["To"] = f"<{nummer}@voorbeeld.example>", "a@b.example", "c@d.example"
            mail.set_content("dag\n.\ndag")
            smtp.send_message(mail)

    assert (len(bus.binnen), bus.boek.dubbel) == (3, 1)


def test_een_andere_database_op_dezelfde_server():
    url = naar_database("postgres://rol:geheim@%2Ftmp%2Fbus/collectief", "bench")

    assert url == "postgres://rol:geheim@%2Ftmp%2Fbus/bench"


def test_een_onbekende_naam_noemt_de_namen_die_er_zijn():
    with pytest.raises(CommandError, match="Onbekend: vliegen") as fout:
        call_command("bench", "vliegen", stdout=io.StringIO())

    assert all(naam in str(fout.value) for naam in BENCHES)


def test_meten_gaat_alleen_op_eigen_servers(monkeypatch):
    monkeypatch.delenv("COLLECTIEF_BENCHMAP", raising=False)

    with pytest.raises(CommandError, match=r"\./dev bench"):
        call_command("bench", "zoeken", stdout=io.StringIO())
