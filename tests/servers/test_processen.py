"""Starting, recognising and stopping processes; one stack at a time in a data folder."""

import os
import subprocess
import sys
import time

import pytest

from collectief.servers.fouten import Startfout
from collectief.servers.omgeving import schoon
from collectief.servers.processen import (
    Proces,
    Werkmap,
    draai_logs,
    ruim_nalatenschap_op,
    sessieleden,
    starttijd,
    stop_samen,
    wacht_tot,
)
from collectief.servers.slot import Slot, deelname, gedeelde_omgeving, houder, vraag_te_stoppen

KOPPIG = """
import signal, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("klaar", flush=True)
time.sleep(60)
"""
MET_KIND = "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); print('klaar', flush=True); time.sleep(60)"


def _python(werkmap: Werkmap, code: str, naam: str = "proef", **opties) -> Proces:
    proces = Proces(naam, [sys.executable, "-c", code], werkmap, **opties)
    proces.start()
    assert wacht_tot(lambda: "klaar" in proces.log.read_text() or not proces.leeft, 10)
    return proces


@pytest.fixture
def werkmap(tmp_path) -> Werkmap:
    return Werkmap(tmp_path)


def test_een_koppig_proces_wordt_na_geduld_gedood(werkmap):
    proces = _python(werkmap, KOPPIG, geduld=0.2)
    pid = proces.kind.pid

    proces.stop()

    assert starttijd(pid) is None
    assert not proces.record.exists()


def test_wat_een_proces_zelf_startte_gaat_mee(werkmap):
    proces = _python(werkmap, MET_KIND)
    sessie = proces.kind.pid
    assert len(sessieleden(sessie)) == 2

    proces.stop()

    assert sessieleden(sessie) == []


def test_samen_stoppen_duurt_zo_lang_als_de_traagste(werkmap):
    processen = [_python(werkmap, KOPPIG, f"proef{nummer}", geduld=0.5) for nummer in range(3)]
    begin = time.monotonic()

    stop_samen(processen)

    assert time.monotonic() - begin < 3 * 0.5
    assert not any(proces.leeft for proces in processen)


def test_nalatenschap_wordt_herkend_aan_pid_en_starttijd(werkmap):
    van_ons = _python(werkmap, KOPPIG, "van_ons")
    vreemde = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    (werkmap.records / "vreemde.pid").write_text(f"{vreemde.pid} 1\n")
    (werkmap.records / "kapot.pid").write_text("geen nummer")
    (werkmap.records / "weg.pid").write_text("4194399 1\n")

    gevonden = ruim_nalatenschap_op(werkmap.records, geduld=0.2)
    leeft = vreemde.poll() is None
    vreemde.kill()
    vreemde.wait()
    van_ons.stop()

    assert gevonden == ["van_ons"]
    assert leeft
    assert not any(werkmap.records.iterdir())


def test_een_wees_zonder_leider_wordt_ook_gevonden(werkmap):
    proces = _python(werkmap, MET_KIND)
    sessie = proces.kind.pid
    proces.kind.kill()
    proces.kind.wait()
    assert len(sessieleden(sessie)) == 1

    ruim_nalatenschap_op(werkmap.records)

    assert sessieleden(sessie) == []


def test_logs_schuiven_op_en_de_oudste_valt_weg(tmp_path):
    log = tmp_path / "web.log"
    for inhoud in "abcde":
        draai_logs(log)
        log.write_text(inhoud)

    assert {pad.name: pad.read_text() for pad in tmp_path.iterdir()} == {
        "web.log": "e",
        "web.log.1": "d",
        "web.log.2": "c",
        "web.log.3": "b",
    }


def test_een_slot_laat_een_ander_zien_wie_het_heeft_en_komt_vrij(tmp_path):
    with Slot(tmp_path, "start", poort=8123) as slot:
        slot.deel({"REDIS_URL": "redis://hier/0"})
        gezien, gedeeld = houder(tmp_path), gedeelde_omgeving(tmp_path)
        with pytest.raises(Startfout, match="http://localhost:8123"), Slot(tmp_path, "start"):
            pass

    assert (gezien.pid, gezien.poort) == (os.getpid(), 8123)
    assert gedeeld == {"REDIS_URL": "redis://hier/0"}
    assert houder(tmp_path) is None
    assert gedeelde_omgeving(tmp_path) is None
    assert vraag_te_stoppen(tmp_path) is False


def test_wie_servers_deelt_houdt_ze_vast_tot_hij_klaar_is(tmp_path):
    wachter = (
        "import sys; from pathlib import Path; from collectief.servers.slot import wacht_op_deelnemers;"
        "print('wacht', flush=True); wacht_op_deelnemers(Path(sys.argv[1]))"
    )

    with deelname(tmp_path):
        proces = subprocess.Popen([sys.executable, "-c", wachter, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        with proces.stdout as uitvoer:
            uitvoer.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            proces.wait(0.5)

    assert proces.wait(30) == 0


def test_resten_van_een_ander_project_komen_niet_mee():
    omgeving = {
        "HOME": "/h",
        "VIRTUAL_ENV": "/v",
        "PYTHONPATH": "/p",
        "DJANGO_SETTINGS_MODULE": "x",
        "PGHOST": "elders",
    }

    ingebed, eigen = schoon(omgeving), schoon({**omgeving, "DATABASE_URL": "postgresql://elders/db"})

    assert ingebed == {"HOME": "/h"}
    assert eigen == {"HOME": "/h", "PGHOST": "elders", "DATABASE_URL": "postgresql://elders/db"}


def test_een_programma_dat_niet_bestaat_laat_geen_proces_achter(werkmap):
    proces = Proces("weg", ["/bestaat/niet"], werkmap)

    try:
        proces.start()
        code = proces.wacht()
    except Startfout:
        code = 127

    assert code != 0
    assert not proces.leeft
