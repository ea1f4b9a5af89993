"""Backups: everything that people put in, in files that only a key opens; and back again, checked.

A backup is a folder. `database.dump.age` is what pg_dump says of one moment, `bestanden.tar.age` the photos, and
`inhoud.json` how much there is of what: no names, so that it may stand open. Nothing is on disk unencrypted on the way.
age (age-encryption.org) is a standard: its own program opens these files too. The server knows the public half of the
key only, so whoever takes the server cannot read its backups.
"""

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import psycopg
import pyrage
from django.utils import timezone
from psycopg import conninfo, sql

from collectief.servers.postgres import programma

DATABASE, BESTANDEN, INHOUD = "database.dump.age", "bestanden.tar.age", "inhoud.json"

# What holds the promises about the data, beside the rows: all of it has to come back.
BEWAKING = {
    "policies": "SELECT count(*) FROM pg_policies WHERE schemaname = 'public'",
    "tabellen met rijbeveiliging": "SELECT count(*) FROM pg_class WHERE relrowsecurity AND relforcerowsecurity",
    "geldige voorwaarden": (
        "SELECT count(*) FROM pg_constraint WHERE convalidated AND connamespace = 'public'::regnamespace"
    ),
    "triggers": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'",
    "indexen": "SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid >= 16384",
    "rechten van de applicatie": (
        "SELECT count(*) FROM information_schema.role_table_grants WHERE grantee = 'collectief_app'"
    ),
}
TABELLEN = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"


class KopieMislukt(Exception):
    """A backup could not be made, or what came back is not what went in; its text says what, in Dutch."""


@dataclass(frozen=True)
class Inhoud:
    """What is in a backup, in numbers: rows per table, what guards them, and the sum of each file."""

    gemaakt_op: str
    rijen: dict[str, int]
    bewaking: dict[str, int]
    sommen: dict[str, str]

    def verschillen(self, ander: "Inhoud") -> list[str]:
        """What is not the same in `ander`, a sentence each."""
        paren = (("rijen in ", self.rijen, ander.rijen), ("", self.bewaking, ander.bewaking))
        return [
            f"{soort}{naam}: {dit.get(naam, 0)} verwacht, {dat.get(naam, 0)} gevonden"
            for soort, dit, dat in paren
            for naam in sorted(dit.keys() | dat.keys())
            if dit.get(naam) != dat.get(naam)
        ]


def nieuwe_sleutel(pad: Path) -> str:
    """Write a new secret key to `pad`, readable for its owner only, and return the public half of it.

    Raises FileExistsError: a key is never written over, because old backups need it.
    """
    sleutel = pyrage.x25519.Identity.generate()
    with os.fdopen(os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as bestand:
        bestand.write(f"{sleutel}\n")
    return str(sleutel.to_public())


def maak(doel: Path, *, ontvanger: str, bron_url: str, mappen: Mapping[str, Path]) -> Path:
    """Make a backup in a new folder below `doel` and return it; it bears its name only when it is whole.

    `ontvanger` is the public half of a key, `bron_url` a role that may read past row security, `mappen` the folders
    with files, by the name under which they come back. Raises KopieMislukt.
    """
    try:
        voor = pyrage.x25519.Recipient.from_str(ontvanger)
    except pyrage.RecipientError as fout:
        raise KopieMislukt("RESERVEKOPIE_ONTVANGER is geen openbare sleutel van age (age1…).") from fout
    nu = timezone.now()
    map_ = doel / f"kopie-{nu:%Y%m%dT%H%M%S%fZ}"
    aanbouw = map_.with_suffix(".onaf")
    aanbouw.mkdir(mode=0o700, parents=True)
    with _lezer(bron_url) as bron:
        bron.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        rijen, bewaking = tel(bron)
        (moment,) = bron.execute("SELECT pg_export_snapshot()").fetchone()
        _versleutel(aanbouw / DATABASE, voor, lambda uit: _dump(bron_url, moment, uit))
    _versleutel(aanbouw / BESTANDEN, voor, lambda uit: _pak_in(mappen, uit))
    sommen = {naam: _som(aanbouw / naam) for naam in (DATABASE, BESTANDEN)}
    inhoud = Inhoud(nu.isoformat(timespec="seconds"), rijen, bewaking, sommen)
    (aanbouw / INHOUD).write_text(json.dumps(asdict(inhoud), indent=2))
    return aanbouw.rename(map_)


def herstel(kopie: Path, *, sleutel: Path, eigenaar_url: str, bron_url: str, naam: str) -> Inhoud:
    """Put a backup back in a new database `naam`, and look whether everything is there; return what is there.

    Nothing that exists is touched. `eigenaar_url` leads to the server, as the role that will own the tables;
    `bron_url` is a role that may count past row security. Raises KopieMislukt; then `naam` does not exist.
    """
    inhoud = lees_inhoud(kopie)
    identiteit = lees_sleutel(sleutel)
    with _elders(eigenaar_url, "postgres") as server:
        try:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(naam)))
        except psycopg.errors.DuplicateDatabase as fout:
            raise KopieMislukt(f"Er is al een database {naam}. Kies een andere naam.") from fout
        try:
            _ontsleutel(kopie / DATABASE, identiteit, lambda in_: _laad(eigenaar_url, naam, in_))
            return _tel_na(inhoud, conninfo.make_conninfo(bron_url, dbname=naam))
        except BaseException:
            _gooi_weg(server, naam)
            raise


def _tel_na(inhoud: Inhoud, url: str) -> Inhoud:
    with _lezer(url) as terug:
        rijen, bewaking = tel(terug)
    gevonden = Inhoud(inhoud.gemaakt_op, rijen, bewaking, inhoud.sommen)
    if verschil := inhoud.verschillen(gevonden):
        raise KopieMislukt("Niet alles kwam terug. " + "; ".join(verschil[:8]))
    return gevonden


def oefen(kopie: Path, *, sleutel: Path, eigenaar_url: str, bron_url: str, naam: str) -> tuple[Inhoud, int]:
    """Try whether a backup comes back whole, and throw away what came; what there was, and how many files."""
    inhoud = herstel(kopie, sleutel=sleutel, eigenaar_url=eigenaar_url, bron_url=bron_url, naam=naam)
    with _elders(eigenaar_url, "postgres") as server:
        _gooi_weg(server, naam)
    with tempfile.TemporaryDirectory(dir=kopie.parent) as map_:
        return inhoud, zet_bestanden_terug(kopie, sleutel=sleutel, doel=Path(map_))


def zet_bestanden_terug(kopie: Path, *, sleutel: Path, doel: Path) -> int:
    """Unpack the photos below `doel` and return how many there are. Raises KopieMislukt."""
    aantal = 0

    def pak_uit(in_: IO[bytes]) -> None:
        nonlocal aantal
        with tarfile.open(fileobj=in_, mode="r|") as tar:
            for lid in tar:
                tar.extract(lid, doel, filter="data")
                aantal += lid.isfile()

    doel.mkdir(mode=0o700, parents=True, exist_ok=True)
    _ontsleutel(kopie / BESTANDEN, lees_sleutel(sleutel), pak_uit)
    return aantal


def neem_over(eigenaar_url: str, naam: str) -> str:
    """Let the database `naam` take the place of the one that is in use, and return the new name of that one.

    Raises KopieMislukt when somebody still works in it; then nothing has changed.
    """
    huidig = conninfo.conninfo_to_dict(eigenaar_url)["dbname"]
    oud = f"{huidig}_voor_{timezone.now():%Y%m%d%H%M%S}"
    hernoem = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with _elders(eigenaar_url, "postgres") as server, server.transaction():
        try:
            server.execute(hernoem.format(sql.Identifier(huidig), sql.Identifier(oud)))
            server.execute(hernoem.format(sql.Identifier(naam), sql.Identifier(huidig)))
        except psycopg.errors.ObjectInUse as fout:
            raise KopieMislukt("De database is nog in gebruik. Stop eerst web, worker en beat.") from fout
    return oud


def lees_inhoud(kopie: Path) -> Inhoud:
    """Read what should be in a backup, and look whether its files are as they were. Raises KopieMislukt."""
    try:
        inhoud = Inhoud(**json.loads((kopie / INHOUD).read_text()))
        kapot = [naam for naam, som in inhoud.sommen.items() if _som(kopie / naam) != som]
    except (OSError, ValueError, TypeError) as fout:
        raise KopieMislukt(f"{kopie} is geen hele reservekopie.") from fout
    if kapot:
        raise KopieMislukt(f"Dit bestand is veranderd nadat de kopie gemaakt werd: {', '.join(kapot)}.")
    return inhoud


def lees_sleutel(pad: Path) -> pyrage.x25519.Identity:
    """Raises KopieMislukt when there is no age key in that file."""
    try:
        regels = pad.read_text().splitlines()
        return next(pyrage.x25519.Identity.from_str(regel) for regel in regels if regel.startswith("AGE-SECRET-KEY-"))
    except (OSError, UnicodeDecodeError, StopIteration, pyrage.IdentityError) as fout:
        raise KopieMislukt(f"In {pad} staat geen geheime sleutel van age.") from fout


def tel(verbinding: psycopg.Connection) -> tuple[dict[str, int], dict[str, int]]:
    """Count the rows of every table, and what guards them."""
    tabellen = [naam for (naam,) in verbinding.execute(TABELLEN).fetchall()]
    vraag = sql.SQL("SELECT count(*) FROM {}")
    rijen = {naam: verbinding.execute(vraag.format(sql.Identifier(naam))).fetchone()[0] for naam in tabellen}
    return rijen, {naam: verbinding.execute(wat).fetchone()[0] for naam, wat in BEWAKING.items()}


def _gooi_weg(server: psycopg.Connection, naam: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(naam)))


@contextmanager
def _lezer(url: str) -> Iterator[psycopg.Connection]:
    """A connection that reads past row security. Raises KopieMislukt when it may not, or breaks off."""
    try:
        with psycopg.connect(url) as verbinding:
            yield verbinding
    except psycopg.Error as fout:
        raise KopieMislukt(f"De database laat niet alles lezen: {str(fout).splitlines()[0]}") from fout


@contextmanager
def _elders(url: str, database: str) -> Iterator[psycopg.Connection]:
    """Another database of the same server: a database cannot be made or renamed from within."""
    with psycopg.connect(url, dbname=database, autocommit=True) as verbinding:
        yield verbinding


def _programma(naam: str, url: str, *argumenten: str) -> tuple[list[str], dict[str, str]]:
    """A program of PostgreSQL and its environment; the password is not among the arguments, which all can read."""
    gegevens = conninfo.conninfo_to_dict(url)
    wachtwoord = gegevens.pop("password", "")
    opdracht = [str(programma(naam)), *argumenten, "--dbname", conninfo.make_conninfo(**gegevens)]
    return opdracht, {**os.environ, "PGPASSWORD": wachtwoord}


def _dump(url: str, moment: str, uit: IO[bytes]) -> None:
    opdracht, omgeving = _programma("pg_dump", url, "--format=custom", f"--snapshot={moment}")
    proces = subprocess.run(opdracht, env=omgeving, stdout=uit, stderr=subprocess.PIPE, check=False)  # noqa: S603 - ours
    if proces.returncode:
        raise KopieMislukt(f"pg_dump stopte: {proces.stderr.decode(errors='replace').strip()[:500]}")


def _laad(url: str, naam: str, in_: IO[bytes]) -> None:
    opdracht, omgeving = _programma(
        "pg_restore", conninfo.make_conninfo(url, dbname=naam), "--exit-on-error", "--single-transaction"
    )
    proces = subprocess.run(opdracht, env=omgeving, stdin=in_, stderr=subprocess.PIPE, check=False)  # noqa: S603 - ours
    if proces.returncode:
        raise KopieMislukt(f"pg_restore stopte: {proces.stderr.decode(errors='replace').strip()[:500]}")


def _pak_in(mappen: Mapping[str, Path], uit: IO[bytes]) -> None:
    with tarfile.open(fileobj=uit, mode="w|") as tar:
        for naam, map_ in mappen.items():
            if map_.exists():
                tar.add(map_, arcname=naam)


def _versleutel(pad: Path, voor: pyrage.x25519.Recipient, schrijf: Callable[[IO[bytes]], None]) -> None:
    """Encrypt what `schrijf` writes while it writes."""
    with _leiding(schrijf) as uit, pad.open("xb") as bestand:
        pyrage.encrypt_io(uit, bestand, [voor])


def _ontsleutel(pad: Path, sleutel: pyrage.x25519.Identity, lees: Callable[[IO[bytes]], None]) -> None:
    """Let `lees` read what is in an encrypted file. Raises KopieMislukt when the key does not fit."""

    def schrijf(uit: IO[bytes]) -> None:
        with pad.open("rb") as bestand:
            pyrage.decrypt_io(bestand, uit, [sleutel])

    try:
        with _leiding(schrijf) as in_:
            lees(in_)
    except pyrage.DecryptError as fout:
        raise KopieMislukt("Deze sleutel past niet op deze kopie.") from fout


@contextmanager
def _leiding(schrijf: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """Both ends of a pipe: `schrijf` fills it in a thread of its own, and what went wrong there is raised here."""
    uit, in_ = os.pipe()
    fouten: list[BaseException] = []

    def vul() -> None:
        try:
            with os.fdopen(in_, "wb") as einde:
                schrijf(einde)
        except BaseException as fout:  # noqa: BLE001 - carried over to the thread that waits
            fouten.append(fout)

    draad = threading.Thread(target=vul)
    draad.start()
    try:
        with os.fdopen(uit, "rb") as begin:
            yield begin
    except BaseException as fout:  # noqa: BLE001 - raised again below
        draad.join()
        # When the key does not fit the reader only sees an early end; any other trouble began with the reader.
        raise next((oorzaak for oorzaak in fouten if isinstance(oorzaak, pyrage.DecryptError)), fout) from None
    draad.join()
    if fouten:
        raise fouten[0]


def _som(pad: Path) -> str:
    with pad.open("rb") as bestand:
        return hashlib.file_digest(bestand, "sha256").hexdigest()
