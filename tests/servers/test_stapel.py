"""./dev start, stop and manage, seen from outside."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing

import pytest

from collectief.servers.processen import wacht_tot

from .conftest import GEDULD, Checkout

alleen_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can take on another identity or mount a disk")
GEWOON = 1  # "daemon" on every Debian: PostgreSQL wants a user with a name
ALS_GEWONE_GEBRUIKER = ("setpriv", f"--reuid={GEWOON}", f"--regid={GEWOON}", "--clear-groups",
                        "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override")  # fmt: skip


def test_dev_zonder_argumenten_legt_zichzelf_uit(nieuwe_checkout):
    uitkomst = nieuwe_checkout.dev()

    assert uitkomst.returncode == 0
    for opdracht in ("start", "stop", "test", "lint", "keuring", "bench", "manage", "vergrendel"):
        assert f"./dev {opdracht}" in uitkomst.stdout


def test_een_onbekende_opdracht_is_een_zin_en_een_foutcode(nieuwe_checkout):
    uitkomst = nieuwe_checkout.dev("strat")

    assert uitkomst.returncode == 1
    assert "onbekende opdracht: strat" in uitkomst.stderr


def test_start_brengt_alles_op_en_stop_laat_niets_achter(nieuwe_checkout, tmp_path):
    with nieuwe_checkout.gestart() as lopend:
        antwoord, draaiend = nieuwe_checkout.antwoordt(), "\n".join(nieuwe_checkout.processen())
        tweede = nieuwe_checkout.dev("start", "--poort", "1")
        getoond = nieuwe_checkout.dev("manage", "toon", "BASIS_URL", "VIRTUAL_ENV", "PYTHONPATH", cwd=tmp_path).stdout
        gestopt = nieuwe_checkout.dev("stop")
        code = lopend.einde()

    assert antwoord
    assert f"http://localhost:{nieuwe_checkout.poort}/" in lopend.uitvoer
    assert "begeleider@voorbeeld.example" in lopend.uitvoer
    assert str(nieuwe_checkout.map / ".data/post") in lopend.uitvoer
    for deel in ("postgres", "valkey", "collectief.web", "celery -A collectief worker", "celery -A collectief beat"):
        assert deel in draaiend
    assert tweede.returncode == 1
    assert f"Er draait uit deze map al een stapel op http://localhost:{nieuwe_checkout.poort}" in tweede.stderr
    assert getoond.splitlines() == [f"http://localhost:{nieuwe_checkout.poort}", "-", "-", str(tmp_path)]
    assert (gestopt.returncode, code) == (0, 0)
    assert nieuwe_checkout.processen() == []


def test_de_eerste_start_bereidt_voor_en_een_latere_alleen_wat_nieuw_is(nieuwe_checkout):
    with nieuwe_checkout.gestart():
        eerste = nieuwe_checkout.opdrachten()
    (nieuwe_checkout.map / "trajecten/migrations").mkdir(parents=True)
    (nieuwe_checkout.map / "trajecten/migrations/0002_iets.py").touch()
    with nieuwe_checkout.gestart() as tweede:
        pass

    derde = nieuwe_checkout.dev("start", "--leeg")

    assert eerste == [
        "migrate --no-input als eigenaar",
        "laad_geodata --als-leeg als eigenaar",
        "collectstatic --no-input --clear als app",
        "laad_demodata --schaal klein als eigenaar",
        "demo_accounts als app",
    ]
    assert nieuwe_checkout.opdrachten()[len(eerste) :] == eerste[:2]
    assert "begeleider@voorbeeld.example" in tweede.uitvoer
    assert derde.returncode == 1
    assert "staan al gegevens (gestart met 'klein')" in derde.stderr


def test_ctrl_c_stopt_alles_en_leeg_is_zonder_demo(checkout):
    with checkout.gestart("--leeg") as lopend:
        os.killpg(lopend.proces.pid, signal.SIGINT)
        code = lopend.einde()

    assert code == 0
    assert checkout.processen() == []
    assert not any("demo" in opdracht for opdracht in checkout.opdrachten())


def test_ctrl_c_tijdens_de_voorbereiding_laat_niets_half_gestart(nieuwe_checkout):
    (nieuwe_checkout.map / "wacht-migrate").touch()

    with nieuwe_checkout.begonnen() as lopend:
        assert wacht_tot((nieuwe_checkout.map / "opdrachten.log").exists, GEDULD)
        os.killpg(lopend.proces.pid, signal.SIGINT)
        lopend.einde()

    assert nieuwe_checkout.is_stil()


def test_na_kill_9_en_een_hergebruikt_pid_start_het_gewoon_weer(checkout):
    with checkout.gestart() as lopend:
        wacht_tot(checkout.alles_is_er, GEDULD)
        lopend.proces.kill()
        lopend.einde()
    assert checkout.is_stil(), checkout.processen()  # each noticed that its parent died
    vreemde = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (checkout.map / ".data/postgres/postmaster.pid").write_text(f"{vreemde.pid}\n{checkout.map}/.data/postgres\n")
    (checkout.map / ".data/processen/web.pid").write_text(f"{vreemde.pid} 1\n")
    (checkout.map / ".data/slot").write_text(f'{{"pid": {vreemde.pid}, "wat": "start", "poort": 1}}')

    with checkout.gestart():
        antwoord, leeft = checkout.antwoordt(), vreemde.poll() is None
    vreemde.kill()
    vreemde.wait()

    assert antwoord
    assert leeft


def test_wat_een_gedode_voorganger_achterliet_ruimt_stop_op(checkout, zonder):
    with checkout.gestart(PATH=zonder("setpriv")) as lopend:  # so nothing notices that its parent died
        lopend.proces.kill()
        lopend.einde()

    gestopt = checkout.dev("stop")

    assert "Opgeruimd na een afgebroken start" in gestopt.stdout
    assert checkout.is_stil()


def test_een_bezette_poort_is_een_zin_en_er_start_niets(nieuwe_checkout):
    with closing(socket.create_server(("127.0.0.1", nieuwe_checkout.poort))):
        uitkomst = nieuwe_checkout.dev("start", "--poort", str(nieuwe_checkout.poort))

    assert uitkomst.returncode == 1
    assert uitkomst.stderr.startswith(f"Fout: Poort {nieuwe_checkout.poort} is al in gebruik. Kies een andere:")
    assert uitkomst.stderr.count("\n") == 1
    assert not (nieuwe_checkout.map / ".data/postgres").exists()


def test_twee_checkouts_draaien_naast_elkaar_en_stoppen_elk_voor_zich(checkout, cluster, tmp_path):
    ander = Checkout(tmp_path / "ander").heeft_database(cluster)

    with checkout.gestart(), ander.gestart():
        beide = checkout.antwoordt() and ander.antwoordt()
        ander.dev("stop")
        eerste = checkout.antwoordt()

    assert beide
    assert eerste
    assert ander.processen() == []


def test_als_een_onderdeel_sterft_stopt_alles_met_de_laatste_regels(checkout):
    with checkout.gestart() as lopend:
        (checkout.map / "stuk-worker").touch()
        code = lopend.einde()

    assert code == 1
    assert "Het onderdeel 'worker' is gestopt; de rest stopt nu ook." in lopend.uitvoer
    assert "worker ging stuk" in lopend.uitvoer
    assert checkout.processen() == []


def test_een_mislukte_migratie_stopt_alles_en_wordt_later_herhaald(checkout):
    (checkout.map / "stuk-migrate").touch()

    eerste, tweede = (checkout.dev("start", "--poort", str(checkout.poort)) for _ in range(2))

    assert (eerste.returncode, tweede.returncode) == (1, 1)
    assert "De stap 'migrate' lukt niet." in eerste.stderr
    assert "migrate ging stuk" in eerste.stderr
    assert checkout.opdrachten() == ["migrate --no-input als eigenaar"] * 2


def test_stop_zonder_dat_er_iets_draait_is_geen_fout(nieuwe_checkout):
    uitkomst = nieuwe_checkout.dev("stop")

    assert (uitkomst.returncode, uitkomst.stdout) == (0, "Er draait niets uit deze map.\n")


def test_eigen_servers_worden_gebruikt_en_er_start_geen_ingebedde(nieuwe_checkout):
    eigen = {"DATABASE_URL": "postgresql://elders/db", "REDIS_URL": "redis://elders/0"}

    with nieuwe_checkout.gestart(**eigen):
        draaiend = "\n".join(nieuwe_checkout.processen())
        getoond = nieuwe_checkout.dev("manage", "toon", "DATABASE_URL", "REDIS_URL", **eigen).stdout

    assert "postgres" not in draaiend
    assert "valkey" not in draaiend
    assert getoond.splitlines()[:2] == ["postgresql://elders/db", "redis://elders/0"]


def test_manage_start_zelf_servers_als_eigenaar_en_geeft_de_uitkomst_door(checkout):
    (checkout.map / "stuk-migrate").touch()

    getoond = checkout.dev("manage", "toon", "DATABASE_URL", "COLLECTIEF_MODUS")
    mislukt = checkout.dev("manage", "migrate")

    assert getoond.stdout.startswith("postgresql://collectief_app:")
    assert "\ningebed\n" in getoond.stdout
    assert mislukt.returncode == 1
    assert checkout.opdrachten()[-1] == "migrate als eigenaar"
    assert checkout.processen() == []


def test_een_beschadigde_databasemap_is_een_zin(checkout):
    checkout.dev("manage", "toon")
    (checkout.map / ".data/postgres/global/pg_control").write_bytes(b"kapot")

    uitkomst = checkout.dev("start", "--poort", str(checkout.poort))

    assert uitkomst.returncode == 1
    assert "is beschadigd. Zet een reservekopie terug" in uitkomst.stderr
    assert "Traceback" not in uitkomst.stderr
    assert checkout.processen() == []


@alleen_root
def test_een_volle_schijf_is_een_zin_en_er_start_niets(nieuwe_checkout):
    data = nieuwe_checkout.map / ".data"
    data.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "proef", str(data)], check=True)  # noqa: S607
    try:
        uitkomst = nieuwe_checkout.dev("start", "--poort", str(nieuwe_checkout.poort))
    finally:
        subprocess.run(["umount", str(data)], check=True)  # noqa: S607

    assert uitkomst.returncode == 1
    assert "is (bijna) vol" in uitkomst.stderr
    assert uitkomst.stderr.count("\n") == 1


@alleen_root
def test_een_gewone_gebruiker_start_hetzelfde(open_map):
    checkout = Checkout(open_map / "van een ander", voorzet=ALS_GEWONE_GEBRUIKER)
    for pad in (checkout.map, *checkout.map.rglob("*")):
        os.chown(pad, GEWOON, GEWOON, follow_symlinks=False)

    with checkout.gestart():
        antwoord = checkout.antwoordt()
        eigenaar = (checkout.map / ".data/postgres").stat().st_uid
    als_root = Checkout.dev(_als_root(checkout), "start", "--poort", str(checkout.poort))

    assert antwoord
    assert eigenaar == GEWOON
    assert als_root.returncode == 1
    assert "is van een andere gebruiker" in als_root.stderr
    assert checkout.is_stil()


def _als_root(checkout: Checkout) -> Checkout:
    checkout.voorzet = ()
    return checkout


@alleen_root
def test_zonder_gebruikersnaamruimte_wordt_root_een_ander_en_terug(nieuwe_checkout, zonder):
    data = nieuwe_checkout.map / ".data/postgres"

    with nieuwe_checkout.gestart(PATH=zonder("unshare")):
        antwoord, eigenaar = nieuwe_checkout.antwoordt(), data.stat().st_uid
    with nieuwe_checkout.gestart():
        weer, eigenaar_daarna = nieuwe_checkout.antwoordt(), data.stat().st_uid

    assert (antwoord, eigenaar) == (True, 65534)
    assert (weer, eigenaar_daarna) == (True, 0)
