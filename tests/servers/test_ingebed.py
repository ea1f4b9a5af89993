"""The embedded servers by themselves: who may what, what survives, and what is refused in one sentence."""

import os
import shutil
import stat
from pathlib import Path

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from collectief.servers import Ingebed, Startfout
from collectief.servers.postgres import SOCKETPAD_HOOGSTENS, eis_eigen_map, socketmap


@pytest.fixture(scope="module")
def servers(tmp_path_factory):
    diep = tmp_path_factory.mktemp("servers") / ("een lange naam met spaties " * 4)
    with Ingebed(diep, vluchtig=True) as gestart:
        yield gestart


def _modus(pad: Path) -> int:
    return stat.S_IMODE(pad.stat().st_mode)


def test_de_rol_van_de_app_bezit_niets_en_omzeilt_niets(servers):
    vraag = "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"

    with psycopg.connect(servers.database_url) as app, psycopg.connect(servers.database_owner_url) as eigenaar:
        app_mag = app.execute(vraag).fetchone()
        eigenaar_mag = eigenaar.execute(vraag).fetchone()
        bezitter = app.execute("SELECT datdba::regrole::text FROM pg_database WHERE datname = current_database()")

        assert app_mag == (False, False, False, False)
        assert eigenaar_mag == (False, False, True, True)
        assert bezitter.fetchone() == ("collectief_eigenaar",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE van_de_app ()")


def test_de_eigenaar_kan_wat_migraties_en_tests_nodig_hebben(servers):
    with psycopg.connect(servers.database_owner_url, autocommit=True) as eigenaar:
        for opdracht in (
            "CREATE EXTENSION unaccent",
            "CREATE EXTENSION pg_trgm",
            "CREATE EXTENSION btree_gist",
            "CREATE ROLE proefrol",
            "CREATE DATABASE proefdatabase",
            "DROP DATABASE proefdatabase",
            "DROP ROLE proefrol",
        ):
            eigenaar.execute(opdracht)

        instellingen = eigenaar.execute("SELECT datlocprovider::text, datlocale, pg_encoding_to_char(encoding) "
                                        "FROM pg_database WHERE datname = 'collectief'").fetchone()  # fmt: skip

    assert instellingen == ("b", "C.UTF-8", "UTF8")


@pytest.mark.parametrize("rol", ["database_url", "database_owner_url"])
def test_het_logboek_van_de_database_herhaalt_niet_wat_mensen_typten(servers, rol):
    with psycopg.connect(getattr(servers, rol), autocommit=True) as verbinding:
        verbinding.execute("CREATE TEMP TABLE proef (naam text PRIMARY KEY)")
        with pytest.raises(psycopg.errors.UniqueViolation):
            verbinding.execute("INSERT INTO proef VALUES ('Kanarie'), ('Kanarie')")
        with pytest.raises(psycopg.errors.SyntaxError):
            verbinding.execute("INSERT INTO proef WAARDEN ('Kanarie')")

    log = "".join(pad.read_text() for pad in servers.werkmap.map.rglob("*.log"))
    assert "duplicate key value" in log
    assert "Kanarie" not in log


def test_zonder_wachtwoord_komt_niemand_binnen_en_de_mappen_zijn_dicht(servers):
    map_, postgres = servers.werkmap.map, servers.postgres

    with pytest.raises(psycopg.OperationalError, match=r"no password supplied|password authentication failed"):
        psycopg.connect(host=str(postgres.socket), user="postgres", dbname="postgres", password="geraden")
    eens = Retry(NoBackoff(), 0)
    with pytest.raises(redis.AuthenticationError), redis.Redis(port=servers.valkey.poort, retry=eens) as vreemde:
        vreemde.ping()

    assert [_modus(pad) for pad in (map_, postgres.socket, map_ / "postgres", map_ / "valkey")] == [0o700] * 4
    assert [_modus(pad) for pad in (map_ / "geheimen.json", map_ / "valkey/valkey.conf")] == [0o600] * 2
    assert "tcp" not in _luistert(servers)


def _luistert(servers) -> str:
    with psycopg.connect(servers.database_url) as app:
        return "tcp" if app.execute("SHOW listen_addresses").fetchone() != ("",) else "socket"


def test_het_pad_van_de_socket_past_ook_bij_een_diepe_map(servers):
    pad = servers.postgres.socket / ".s.PGSQL.5432"

    assert pad.is_socket()
    assert len(os.fsencode(pad)) <= SOCKETPAD_HOOGSTENS < len(os.fsencode(servers.werkmap.map / ".s.PGSQL.5432"))


def test_een_makelaar_die_sterft_komt_terug_op_hetzelfde_adres(servers):
    url = servers.redis_url

    servers.kill_broker()
    with pytest.raises(redis.ConnectionError), redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0)) as client:
        client.ping()
    servers.restart_broker()

    with redis.Redis.from_url(url) as client:
        assert client.ping()
    assert servers.redis_url == url


def test_een_database_die_sterft_komt_terug_met_wat_was_vastgelegd(servers):
    with psycopg.connect(servers.database_owner_url) as eigenaar:
        eigenaar.execute("CREATE TABLE bewaard AS SELECT 1 AS een")

    servers.kill_database()
    servers.restart_database()

    with psycopg.connect(servers.database_owner_url) as eigenaar:
        assert eigenaar.execute("SELECT een FROM bewaard").fetchone() == (1,)


def test_alleen_wat_gevraagd_is_start(tmp_path):
    with Ingebed(tmp_path, met_postgres=False) as servers, redis.Redis.from_url(servers.redis_url) as client:
        client.set("sleutel", "waarde")

    with Ingebed(tmp_path, met_postgres=False) as servers, redis.Redis.from_url(servers.redis_url) as client:
        assert client.get("sleutel") == b"waarde"
        with pytest.raises(RuntimeError):
            _ = servers.database_url


def _leeg_cluster(map_: Path, versie: str | None) -> Ingebed:
    ingebed = Ingebed(map_, met_valkey=False)
    (map_ / "postgres").mkdir()
    if versie:
        (map_ / "postgres/PG_VERSION").write_text(versie)
    return ingebed


@pytest.mark.parametrize(
    ("versie", "zin"),
    [("17\n", "zijn van PostgreSQL 17; hier hoort 18 bij"), ("18\n", "is beschadigd"), (None, "is beschadigd")],
)
def test_een_andere_versie_of_een_half_cluster_is_een_zin(tmp_path, versie, zin):
    ingebed = _leeg_cluster(tmp_path, versie)

    with pytest.raises(Startfout, match=zin), ingebed:
        pass


def test_een_afgebroken_initdb_staat_een_nieuwe_start_niet_in_de_weg(tmp_path):
    (tmp_path / "postgres.nieuw/base").mkdir(parents=True)

    with Ingebed(tmp_path, met_valkey=False, vluchtig=True) as servers:
        assert servers.database_url
    assert not (tmp_path / "postgres.nieuw").exists()


def test_verloren_of_beschadigde_geheimen_zijn_een_zin(tmp_path):
    (tmp_path / "geheimen.json").write_text("{")
    with pytest.raises(Startfout, match=r"geheimen.json is beschadigd"):
        Ingebed(tmp_path)

    (tmp_path / "geheimen.json").unlink()
    (tmp_path / "postgres").mkdir()
    with pytest.raises(Startfout, match=r"geheimen.json ontbreekt"):
        Ingebed(tmp_path)


def test_andere_geheimen_dan_die_van_de_database_zijn_een_zin(tmp_path, cluster):
    ingebed = Ingebed(tmp_path, met_valkey=False, vluchtig=True)
    shutil.copytree(cluster / "postgres", tmp_path / "postgres")

    with pytest.raises(Startfout, match="horen niet bij deze database"), ingebed:
        pass


def test_beschadigde_gegevens_van_de_makelaar_zijn_een_zin(tmp_path):
    (tmp_path / "valkey/appendonlydir").mkdir(parents=True)
    (tmp_path / "valkey/appendonlydir/appendonly.aof.manifest").write_text("kapot\n")

    with pytest.raises(Startfout, match=r"De makelaar .* start niet"), Ingebed(tmp_path, met_postgres=False):
        pass


def test_een_socketmap_van_een_ander_wordt_niet_gebruikt(tmp_path):
    map_ = socketmap(tmp_path)
    eis_eigen_map(map_)
    map_.chmod(0o777)
    try:
        with pytest.raises(Startfout, match="van een ander of staat open"):
            eis_eigen_map(map_)
    finally:
        map_.rmdir()


def test_een_koppeling_op_de_plek_van_de_socketmap_wordt_niet_gevolgd(tmp_path):
    map_ = socketmap(tmp_path)
    map_.symlink_to(tmp_path)
    try:
        with pytest.raises(Startfout, match="van een ander of staat open"):
            eis_eigen_map(map_)
    finally:
        map_.unlink()
