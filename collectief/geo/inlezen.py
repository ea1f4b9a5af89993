"""Read files with postcodes: our own table, and the newer one that GeoNames publishes."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from collectief.geo.forms import PostcodeForm
from collectief.geo.models import Plaats, Postcode

DATA = Path(__file__).parent / "data"
EIGEN_BESTAND = DATA / "postcodes.csv"
GEONAMES_KOLOMMEN = 12
PROVINCIENAMEN = {"Friesland": "Fryslân", "North Holland": "Noord-Holland", "South Holland": "Zuid-Holland"}

Rij = dict[str, str]


@dataclass
class Uitslag:
    """What came of reading a file: the good rows, and per bad row its line number and what is wrong with it."""

    goed: dict[str, Postcode] = field(default_factory=dict)
    fout: list[tuple[int, str]] = field(default_factory=list)
    # One form for all rows: to copy the fields for a form of its own took four fifths of the time of reading.
    form: PostcodeForm = field(default_factory=lambda: PostcodeForm({}), repr=False)

    def noteer(self, regel: int, rij: Rij) -> None:
        """Check one row. Of two rows with the same code the first one counts."""
        form = self.form
        form.data = rij
        form.full_clean()
        if form.errors:
            self.fout.append((regel, form.klachten()))
        elif (pc4 := form.cleaned_data["pc4"]) in self.goed:
            self.fout.append((regel, f"postcode {pc4} stond al eerder in het bestand."))
        else:
            self.goed[pc4] = Postcode(**form.cleaned_data)


def _eigen_rijen(bestand: Path) -> Iterator[tuple[int, Rij]]:
    with bestand.open(encoding="utf-8", newline="") as invoer:
        lezer = csv.DictReader(invoer)
        for rij in lezer:
            yield lezer.line_num, rij


def _nauwkeurigheid(accuracy: str) -> str:
    """Translate GeoNames' accuracy: 6 is the middle of the addresses, 4 a place, lower an estimate."""
    if accuracy == "6":
        return Postcode.Nauwkeurigheid.POSTCODE
    return Postcode.Nauwkeurigheid.PLAATS if accuracy in {"4", "5"} else Postcode.Nauwkeurigheid.BENADERD


def _geonames_rijen(bestand: Path) -> Iterator[tuple[int, Rij]]:
    """Yield the rows of a GeoNames `NL.txt`; see data/README.md for its columns."""
    with bestand.open(encoding="utf-8-sig", newline="\n") as invoer:
        for nummer, regel in enumerate(invoer, start=1):
            delen = regel.rstrip("\r\n").split("\t")
            land, pc4, plaats, provincie, _, gemeente, _, _, _, lat, lon, accuracy = (
                delen if len(delen) == GEONAMES_KOLOMMEN else [""] * GEONAMES_KOLOMMEN
            )
            yield (
                nummer,
                {
                    "pc4": pc4 if land == "NL" else "",
                    "plaats": plaats,
                    "gemeente": gemeente,
                    "provincie": PROVINCIENAMEN.get(provincie, provincie),
                    "lat": lat,
                    "lon": lon,
                    "nauwkeurigheid": _nauwkeurigheid(accuracy),
                },
            )


def lees(bestand: Path | None) -> Uitslag:
    """Read and check a GeoNames file, or our own table when `bestand` is None. Stores nothing.

    Raises OSError when the file cannot be read and UnicodeDecodeError when it is not UTF-8.
    """
    lezer: Callable[[Path], Iterator[tuple[int, Rij]]] = _geonames_rijen if bestand else _eigen_rijen
    uitslag = Uitslag()
    for regel, rij in lezer(bestand or EIGEN_BESTAND):
        uitslag.noteer(regel, rij)
    return uitslag


@transaction.atomic
def leg_vast(uitslag: Uitslag) -> None:
    """Store the good rows and make the places anew from all postcodes. Safe to repeat."""
    Postcode.objects.leg_vast(list(uitslag.goed.values()))
    Plaats.objects.leid_af()
