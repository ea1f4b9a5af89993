"""Both embedded servers together, as ./dev, the tests and the benches use them."""

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from .fouten import Startfout
from .geheimen import haal_geheimen
from .postgres import Postgres
from .processen import Werkmap, ruim_nalatenschap_op
from .valkey import Valkey

RUIMTE_NODIG = 200 * 1024 * 1024


def eis_schijfruimte(map_: Path) -> None:
    """Raises Startfout when so little is free that a start would end half-way."""
    schijf = os.statvfs(map_)
    if schijf.f_bavail * schijf.f_frsize < RUIMTE_NODIG:
        raise Startfout(f"De schijf van {map_} is (bijna) vol: er is minstens {RUIMTE_NODIG // 1024**2} MB vrij nodig.")


class Ingebed:
    """PostgreSQL and Valkey with their data below one folder.

    As a context manager it starts them and stops them again, also after an error half-way. `vluchtig` gives up
    safety against power cuts for speed. The servers end with the thread that started them.

        with Ingebed(Path(".data/proef"), vluchtig=True) as servers:
            servers.database_url, servers.database_owner_url, servers.redis_url
    """

    def __init__(
        self, map_: Path, *, vluchtig: bool = False, met_postgres: bool = True, met_valkey: bool = True
    ) -> None:
        try:
            self.werkmap = Werkmap(map_.absolute())
        except OSError as fout:
            raise Startfout(f"De map {map_} is niet te maken of niet te schrijven: {fout.strerror}.") from fout
        eis_schijfruimte(self.werkmap.map)
        geheimen = haal_geheimen(self.werkmap.map)
        self.geheimen = geheimen
        self.postgres = Postgres(self.werkmap, geheimen, vluchtig=vluchtig) if met_postgres else None
        self.valkey = Valkey(self.werkmap, geheimen, vluchtig=vluchtig) if met_valkey else None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Tidy up after a killed predecessor and start. Raises Startfout with one clear sentence."""
        self.ruim_op()
        if self.postgres:
            self.postgres.start()
        if self.valkey:
            self.valkey.start()

    def ruim_op(self) -> list[str]:
        """Stop what a killed predecessor left running in this folder; returns the names of what was still alive."""
        return ruim_nalatenschap_op(self.werkmap.records)

    def stop(self) -> None:
        """Stop both; safe to call twice."""
        if self.valkey:
            self.valkey.stop()
        if self.postgres:
            self.postgres.stop()

    @property
    def database_url(self) -> str:
        """As the application's role, which owns nothing and bypasses no policy."""
        return self._postgres.app_url

    @property
    def database_owner_url(self) -> str:
        """As the role that owns the tables: for migrations only."""
        return self._postgres.eigenaar_url

    @property
    def kopie_url(self) -> str:
        """As who makes backups: reads past row security and writes nothing."""
        return self._postgres.kopie_url

    @property
    def redis_url(self) -> str:
        return self._valkey.url

    def kill_broker(self) -> None:
        """kill -9 Valkey; `restart_broker` brings it back on the same port."""
        if self._valkey.proces:
            self._valkey.proces.dood()

    def restart_broker(self) -> None:
        self._valkey.stop()
        self._valkey.herstart()

    def kill_database(self) -> None:
        """kill -9 PostgreSQL; `restart_database` brings it back on the same socket."""
        if self._postgres.proces:
            self._postgres.proces.dood()

    def restart_database(self) -> None:
        self._postgres.stop()
        self._postgres.herstart()

    @property
    def _postgres(self) -> Postgres:
        if self.postgres is None:
            raise RuntimeError("this Ingebed was made without PostgreSQL")
        return self.postgres

    @property
    def _valkey(self) -> Valkey:
        if self.valkey is None:
            raise RuntimeError("this Ingebed was made without Valkey")
        return self.valkey
