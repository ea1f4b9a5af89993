"""Read the rows of an uploaded table, CSV or XLSX, as text. Says in a sentence what cannot be read, and why."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from collectief.rekenblad import zonder_aanhaling

MEESTE_RIJEN = 2_000
MEESTE_KOLOMMEN = 160
MEESTE_LEGE_RIJEN = 10_000  # on end; a cell far below the others would have us count up to it
LANGSTE_CEL = 10_000  # characters
# What a damaged archive makes zipfile raise: beside its own errors also those of the compression.
KAPOT = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
UITGEPAKT = 60_000_000  # bytes: a small file that unpacks to more is made to choke on


class OnleesbareTabel(Exception):
    """The file as a whole cannot be read; the message says why, in Dutch."""


@dataclass(frozen=True)
class Tabel:
    """The names of the columns in lower case, and each row with its number in the file (the heading is row 1)."""

    kop: tuple[str, ...]
    rijen: list[tuple[int, dict[str, str]]]


def lees_tabel(inhoud: bytes) -> Tabel:
    """Read a file by what is in it, whatever its name says. Raises OnleesbareTabel."""
    if not inhoud.strip():
        raise OnleesbareTabel("Dit bestand is leeg.")
    genummerd = _gevuld(_cellen(inhoud))
    nummer, eerste = next(genummerd, (0, ()))
    if not nummer:
        raise OnleesbareTabel("Dit bestand is leeg.")
    kop = _kop(eerste)
    rijen = []
    for nummer, cellen in genummerd:
        if len(rijen) == MEESTE_RIJEN:
            raise OnleesbareTabel(f"Dit zijn meer dan {MEESTE_RIJEN} rijen. Verdeel ze over een paar bestanden.")
        if len(cellen) > len(kop) and any(cellen[len(kop) :]):
            raise OnleesbareTabel(
                f"Rij {nummer} heeft meer cellen dan de bovenste rij. Staat er een scheidingsteken in?"
            )
        rijen.append((nummer, dict(zip(kop, [*cellen, *[""] * len(kop)], strict=False))))
    return Tabel(kop, rijen)


def _gevuld(rijen: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Leave out empty rows, also those that the file skips. Raises OnleesbareTabel when there is no end to them."""
    laatste = 0
    for nummer, cellen in rijen:
        if any(cellen):
            laatste = nummer
            yield nummer, cellen
        elif nummer - laatste > MEESTE_LEGE_RIJEN:
            raise OnleesbareTabel(
                f"Na rij {laatste} staan meer dan {MEESTE_LEGE_RIJEN:_} lege rijen.".replace("_", ".")
                + " Haal weg wat daaronder staat."
            )


def _cellen(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    ruw = _xlsx(inhoud) if inhoud.startswith(b"PK") else _csv(inhoud)
    for nummer, cellen in ruw:
        tekst = [_als_tekst(cel) for cel in cellen]
        if any(len(cel) > LANGSTE_CEL for cel in tekst):
            raise OnleesbareTabel(f"In rij {nummer} staat een cel met meer dan {LANGSTE_CEL} tekens.")
        yield nummer, tekst


def _als_tekst(cel: object) -> str:
    """What somebody would have typed. The quote that we put before a formula when exporting goes off again."""
    if isinstance(cel, datetime | date):
        return f"{cel:%Y-%m-%d}"
    if isinstance(cel, float) and cel.is_integer():
        cel = int(cel)
    return zonder_aanhaling("" if cel is None else str(cel).replace("\x00", "").strip())


def _kop(cellen: Sequence[str]) -> tuple[str, ...]:
    namen = [cel.lower() for cel in cellen]
    while namen and not namen[-1]:
        namen.pop()
    if len(namen) > MEESTE_KOLOMMEN:
        raise OnleesbareTabel(f"Er zijn meer dan {MEESTE_KOLOMMEN} kolommen.")
    if not all(namen):
        raise OnleesbareTabel("In de bovenste rij mist de naam van een kolom.")
    if dubbel := sorted({naam for naam in namen if namen.count(naam) > 1}):
        raise OnleesbareTabel(f"Deze kolom staat er twee keer: {', '.join(dubbel)}.")
    return tuple(namen)


def _csv(inhoud: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        raise OnleesbareTabel("Dit bestand is niet in UTF-8 opgeslagen. Bewaar het als “CSV UTF-8”.") from fout
    kopregel = tekst.lstrip().split("\n", 1)[0]
    lezer = csv.reader(io.StringIO(tekst, newline=""), delimiter=max(";,\t", key=kopregel.count), strict=True)
    try:
        yield from enumerate(lezer, start=1)
    except csv.Error as fout:
        raise OnleesbareTabel(
            f"Rond regel {lezer.line_num} is dit bestand niet te lezen. Klopt een aanhalingsteken?"
        ) from fout


def _xlsx(inhoud: bytes) -> Iterator[tuple[int, Sequence[object]]]:
    _keur_xlsx(inhoud)
    try:
        boek = load_workbook(io.BytesIO(inhoud), read_only=True, data_only=True, keep_links=False)
        blad = boek.worksheets[0]
        blad.reset_dimensions()  # what the file says of its own size may be a lie
        yield from enumerate(blad.iter_rows(values_only=True, max_col=MEESTE_KOLOMMEN + 1), start=1)
    except (*KAPOT, InvalidFileException, ParseError, KeyError, ValueError, IndexError, TypeError) as fout:
        raise OnleesbareTabel("Dit rekenblad is niet te lezen. Bewaar het opnieuw als XLSX of als CSV.") from fout


def _keur_xlsx(inhoud: bytes) -> None:
    """Look before reading: how large it becomes, and whether cells were merged (these lose what stands in them)."""
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            if sum(deel.file_size for deel in archief.infolist()) > UITGEPAKT:
                raise OnleesbareTabel("Dit rekenblad is te groot om te lezen. Verdeel het over een paar bestanden.")
            for deel in archief.infolist():
                if deel.filename.startswith("xl/worksheets/") and b"<mergeCell " in archief.read(deel):
                    raise OnleesbareTabel(
                        "Er zijn cellen samengevoegd. Maak ze los, zodat elke rij zijn eigen cellen heeft."
                    )
    except (*KAPOT, ValueError) as fout:
        raise OnleesbareTabel("Dit rekenblad is niet te lezen. Bewaar het opnieuw als XLSX of als CSV.") from fout
