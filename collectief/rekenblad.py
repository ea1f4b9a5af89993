"""Tables for a spreadsheet, in which nothing that somebody typed becomes a formula."""

import csv
from collections.abc import Iterable, Sequence

from django.http import StreamingHttpResponse

GEVAARLIJK = ("=", "+", "-", "@", "\t", "\r", "\n")  # with these a spreadsheet begins to calculate


class _Doorgeefluik:
    """What csv.writer writes is given back at once instead of kept."""

    def write(self, regel: str) -> str:
        return regel


def veilige_cel(waarde: object) -> str:
    """The value as text; a quote in front of what a spreadsheet would take for a formula (OWASP, CSV injection)."""
    tekst = "" if waarde is None else str(waarde)
    return f"'{tekst}" if tekst.lstrip("'").startswith(GEVAARLIJK) else tekst  # also in front of quotes of its own


def zonder_aanhaling(cel: str) -> str:
    """What stood there before `veilige_cel` put a quote in front of it."""
    return cel[1:] if cel[:1] == "'" and cel.lstrip("'").startswith(GEVAARLIJK) else cel


def csv_antwoord(naam: str, kop: Sequence[str], rijen: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Send a CSV file row by row, as Dutch spreadsheets read it: semicolons, and UTF-8 with a mark."""
    schrijver = csv.writer(_Doorgeefluik(), delimiter=";")
    regels = (schrijver.writerow([veilige_cel(cel) for cel in rij]) for rij in (kop, *rijen))
    koppen = {"Content-Disposition": f'attachment; filename="{naam}.csv"'}
    return StreamingHttpResponse(_met_merk(regels), content_type="text/csv; charset=utf-8", headers=koppen)


def _met_merk(regels: Iterable[str]) -> Iterable[str]:
    yield "\ufeff"
    yield from regels
