"""A backup is a restore: what goes in comes back in an empty cluster, whole and guarded, or not at all."""

import os
import subprocess
import sys
import tarfile
import uuid
from io import BytesIO
from pathlib import Path

import psycopg
import pyrage
import pytest
from django.core.management import CommandError, call_command
from psycopg import conninfo, sql

from collectief import reservekopie
from collectief.post.models import Hartslag
from collectief.reservekopie import Inhoud, KopieMislukt
from collectief.servers import Ingebed

WORTEL = Path(__file__).resolve().parents[1]
URLS = ("DATABASE_URL", "DATABASE_OWNER_URL", "RESERVEKOPIE_DATABASE_URL")


@pytest.fixture(scope="module")
def bron(sjabloon) -> dict[str, str]:
    """The addresses of a database with the demo in it, committed: a backup reads what is really there."""
    naam = f"kopie_{uuid.uuid4().hex[:12]}"
    urls = {wat: conninfo.make_conninfo(os.environ[wat], dbname=naam) for wat in URLS}
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(naam), sql.Identifier(sjabloon)))
        _laad_demo(naam)
        yield urls
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(naam)))


def _laad_demo(naam: str) -> None:
    adres = "postgresql://{user}:{password}@/" + naam + "?host={host}"
    gegevens = conninfo.conninfo_to_dict(os.environ["DATABASE_OWNER_URL"])
    anders = {
        "DATABASE_OWNER_URL": adres.format(**gegevens),
        "COLLECTIEF_DATABASE_ROL": "eigenaar",
        "COLLECTIEF_DEMO": "ja",
    }
    subprocess.run(
        [sys.executable, "manage.py", "laad_demodata"], cwd=WORTEL, env={**os.environ, **anders}, check=True,
        capture_output=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def leeg(tmp_path_factory) -> Ingebed:
    """Another cluster, with our roles and nothing else."""
    with Ingebed(tmp_path_factory.mktemp("leeg"), met_valkey=False, vluchtig=True) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def sleutel(tmp_path_factory) -> tuple[Path, str]:
    pad = tmp_path_factory.mktemp("sleutel") / "geheim"
    return pad, reservekopie.nieuwe_sleutel(pad)


@pytest.fixture(scope="module")
def fotos(tmp_path_factory) -> Path:
    map_ = tmp_path_factory.mktemp("prive")
    (map_ / "fotos").mkdir()
    (map_ / "fotos/een.jpg").write_bytes(b"\xff\xd8 licht in de ogen")
    return map_


@pytest.fixture(scope="module")
def kopie(bron, sleutel, fotos, tmp_path_factory) -> Path:
    doel = tmp_path_factory.mktemp("kopieen")
    return reservekopie.maak(
        doel, ontvanger=sleutel[1], bron_url=bron["RESERVEKOPIE_DATABASE_URL"], mappen={"prive": fotos}
    )


@pytest.fixture
def zet_terug(kopie, sleutel, leeg):
    """Put the backup back in the empty cluster under a name of its own; yields the function, tidies up afterwards."""

    def zet(naam: str = "proef", met: Path = sleutel[0], wat: Path = kopie) -> Inhoud:
        return reservekopie.herstel(
            wat, sleutel=met, eigenaar_url=leeg.database_owner_url, bron_url=leeg.kopie_url, naam=naam
        )

    yield zet
    with psycopg.connect(leeg.database_owner_url, dbname="postgres", autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS proef WITH (FORCE)")


def _databases(cluster: Ingebed) -> set[str]:
    with psycopg.connect(cluster.database_owner_url) as server:
        return {naam for (naam,) in server.execute("SELECT datname FROM pg_database WHERE NOT datistemplate")}


def test_everything_comes_back_in_an_empty_cluster_and_is_guarded_as_before(zet_terug, kopie, leeg):
    terug = zet_terug()

    assert terug == reservekopie.lees_inhoud(kopie)
    assert terug.rijen["trajecten_traject"] == 1_000
    assert terug.bewaking["policies"] > 50
    with psycopg.connect(leeg.database_url, dbname="proef") as app:
        assert app.execute("SELECT count(*) FROM trajecten_traject").fetchone() == (0,)
        (begeleider,) = app.execute("SELECT gebruiker_id FROM gebruikers_rol WHERE soort = 'begeleider'").fetchone()
        app.execute("SELECT noem_gebruiker(%s)", [begeleider])
        assert app.execute("SELECT count(*) > 0 FROM trajecten_traject").fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DELETE FROM trajecten_inzagelog")


def test_nothing_in_a_backup_can_be_read_without_the_key(kopie, bron):
    with psycopg.connect(bron["RESERVEKOPIE_DATABASE_URL"]) as lezer:
        woorden = lezer.execute("SELECT roepnaam FROM trajecten_jongere UNION SELECT email FROM gebruikers_gebruiker")
        namen = {naam.encode() for (naam,) in woorden if len(naam) > 5}

    inhoud = b"".join(bestand.read_bytes() for bestand in kopie.iterdir())

    assert namen
    assert {naam for naam in namen if naam in inhoud} == set()
    assert b"licht in de ogen" not in inhoud


def test_another_key_does_not_fit_and_leaves_nothing_behind(zet_terug, tmp_path, leeg):
    ander = tmp_path / "ander"
    reservekopie.nieuwe_sleutel(ander)

    with pytest.raises(KopieMislukt, match="past niet"):
        zet_terug(met=ander)

    assert "proef" not in _databases(leeg)


def test_a_file_that_was_changed_is_not_put_back(zet_terug, kopie, tmp_path, leeg):
    anders = tmp_path / "kopie"
    anders.mkdir()
    for bestand in kopie.iterdir():
        (anders / bestand.name).write_bytes(bestand.read_bytes())
    with (anders / reservekopie.DATABASE).open("ab") as bestand:
        bestand.write(b"x")

    with pytest.raises(KopieMislukt, match=r"veranderd.*database\.dump\.age"):
        zet_terug(wat=anders)

    assert "proef" not in _databases(leeg)


@pytest.mark.parametrize("ontbreekt", [reservekopie.INHOUD, reservekopie.DATABASE, reservekopie.BESTANDEN])
def test_half_a_backup_is_none(kopie, tmp_path, ontbreekt):
    for bestand in kopie.iterdir():
        if bestand.name != ontbreekt:
            (tmp_path / bestand.name).write_bytes(bestand.read_bytes())

    with pytest.raises(KopieMislukt, match="geen hele reservekopie"):
        reservekopie.lees_inhoud(tmp_path)


def test_a_database_that_exists_is_never_touched(zet_terug):
    zet_terug()

    with pytest.raises(KopieMislukt, match="Er is al een database proef"):
        zet_terug()


def test_less_than_there_was_is_said_and_thrown_away(zet_terug, leeg, monkeypatch):
    echt = reservekopie.tel

    def een_policy_minder(verbinding):
        rijen, bewaking = echt(verbinding)
        return rijen, bewaking | {"policies": bewaking["policies"] - 1}

    monkeypatch.setattr(reservekopie, "tel", een_policy_minder)

    with pytest.raises(KopieMislukt, match=r"Niet alles kwam terug\. policies: \d+ verwacht"):
        zet_terug()

    assert "proef" not in _databases(leeg)


def test_what_differs_is_told_by_name():
    was = Inhoud("", {"post_bericht": 3, "weg": 1}, {"policies": 9}, {})
    is_ = Inhoud("", {"post_bericht": 2, "weg": 1, "erbij": 4}, {"policies": 8}, {})

    assert was.verschillen(is_) == [
        "rijen in erbij: 0 verwacht, 4 gevonden",
        "rijen in post_bericht: 3 verwacht, 2 gevonden",
        "policies: 9 verwacht, 8 gevonden",
    ]


def test_photos_come_back_as_they_were(kopie, sleutel, tmp_path):
    aantal = reservekopie.zet_bestanden_terug(kopie, sleutel=sleutel[0], doel=tmp_path / "terug")

    assert aantal == 1
    assert (tmp_path / "terug/prive/fotos/een.jpg").read_bytes() == b"\xff\xd8 licht in de ogen"


def test_a_file_can_not_climb_out_of_its_folder(kopie, sleutel, tmp_path):
    tas = BytesIO()
    with tarfile.open(fileobj=tas, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("../elders"))
    voor = pyrage.x25519.Recipient.from_str(sleutel[1])
    (tmp_path / reservekopie.BESTANDEN).write_bytes(pyrage.encrypt(tas.getvalue(), [voor]))

    with pytest.raises(tarfile.OutsideDestinationError):
        reservekopie.zet_bestanden_terug(tmp_path, sleutel=sleutel[0], doel=tmp_path / "terug")

    assert not (tmp_path / "elders").exists()


def test_who_makes_backups_writes_nothing(bron):
    with psycopg.connect(bron["RESERVEKOPIE_DATABASE_URL"], autocommit=True) as kopie:
        assert kopie.execute("SELECT count(*) FROM trajecten_traject").fetchone() == (1_000,)
        kopie.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            kopie.execute("DELETE FROM trajecten_moment")


def test_a_backup_that_fails_half_way_has_not_the_name_of_a_whole_one(bron, sleutel, tmp_path):
    with pytest.raises(KopieMislukt, match="laat niet alles lezen"):
        reservekopie.maak(tmp_path, ontvanger=sleutel[1], bron_url=bron["DATABASE_URL"], mappen={})

    assert [map_.suffix for map_ in tmp_path.iterdir()] == [".onaf"]


def test_the_place_of_a_database_is_taken_over_once_nobody_works_in_it(zet_terug, leeg):
    zet_terug()
    with psycopg.connect(leeg.database_url), pytest.raises(KopieMislukt, match="Stop eerst web"):
        reservekopie.neem_over(leeg.database_owner_url, "proef")
    assert {"collectief", "proef"} <= _databases(leeg)

    oud = reservekopie.neem_over(leeg.database_owner_url, "proef")

    with psycopg.connect(leeg.kopie_url) as nu:
        assert nu.execute("SELECT count(*) FROM trajecten_traject").fetchone() == (1_000,)
    assert _databases(leeg) == {"collectief", "postgres", oud}


def test_taking_over_is_a_command_that_does_not_stand_in_its_own_way(kopie, leeg, sleutel, tmp_path):
    """In production it keeps connections ready to the very database that is to get another name."""
    anders = {
        "COLLECTIEF_MODUS": "ingebed",
        "DATABASE_URL": leeg.database_url,
        "DATABASE_OWNER_URL": leeg.database_owner_url,
        "RESERVEKOPIE_DATABASE_URL": leeg.kopie_url,
    }
    opdracht = [sys.executable, "manage.py", "herstel", str(kopie), "--sleutel", str(sleutel[0]), "--neem-over"]

    klaar = subprocess.run(
        [*opdracht, "--bestanden", str(tmp_path / "terug")], cwd=WORTEL, env={**os.environ, **anders}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip

    assert "De site gebruikt nu wat terugkwam." in klaar.stdout, klaar.stderr
    with psycopg.connect(leeg.kopie_url) as nu:
        assert nu.execute("SELECT count(*) FROM trajecten_traject").fetchone() == (1_000,)


def test_the_drill_is_a_command_that_leaves_nothing(db, bron, leeg, sleutel, fotos, settings, tmp_path, capsys):
    settings.RESERVEKOPIE_DATABASE_URL, settings.RESERVEKOPIE_ONTVANGER = bron["RESERVEKOPIE_DATABASE_URL"], sleutel[1]
    settings.MEDIA_ROOT = fotos
    call_command("reservekopie", str(tmp_path))
    (kopie,) = tmp_path.iterdir()
    settings.RESERVEKOPIE_DATABASE_URL, settings.DATABASE_OWNER_URL = leeg.kopie_url, leeg.database_owner_url
    was = _databases(leeg)

    call_command("herstel", str(kopie), sleutel=sleutel[0], oefen=True)

    assert "Teruggezet en nageteld" in capsys.readouterr().out
    assert _databases(leeg) == was
    assert list(tmp_path.iterdir()) == [kopie]
    assert Hartslag.objects.filter(naam__in=["kopie", "oefening"]).count() == 2  # an admin sees when this was


def test_a_key_is_never_written_over_and_only_for_its_owner(tmp_path, capsys):
    pad = tmp_path / "sleutel"
    call_command("reservekopie", str(pad), nieuwe_sleutel=True)
    eerste = pad.read_text()

    with pytest.raises(CommandError, match="nooit overschreven"):
        call_command("reservekopie", str(pad), nieuwe_sleutel=True)

    assert pad.read_text() == eerste
    assert pad.stat().st_mode & 0o777 == 0o600
    assert "RESERVEKOPIE_ONTVANGER=age1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("ontvanger", "zin"), [("", "Een sleutel maak je met"), ("age1onzin", "geen openbare sleutel van age")]
)
def test_without_a_good_key_there_is_no_backup_but_a_sentence(settings, tmp_path, bron, ontvanger, zin):
    settings.RESERVEKOPIE_DATABASE_URL, settings.RESERVEKOPIE_ONTVANGER = bron["RESERVEKOPIE_DATABASE_URL"], ontvanger

    with pytest.raises(CommandError, match=zin):
        call_command("reservekopie", str(tmp_path))

    assert list(tmp_path.iterdir()) == []


def test_herstel_needs_a_key_in_the_file(kopie, settings, bron, tmp_path):
    settings.DATABASE_OWNER_URL, settings.RESERVEKOPIE_DATABASE_URL = bron["DATABASE_OWNER_URL"], bron["DATABASE_URL"]
    (tmp_path / "leeg").write_text("geen sleutel")

    with pytest.raises(CommandError, match="geen geheime sleutel"):
        call_command("herstel", str(kopie), sleutel=tmp_path / "leeg")
