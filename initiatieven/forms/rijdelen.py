"""The places and the room of an initiative in one row of a table: groups of columns with a number.

`plek_1_postcode`, `plek_2_postcode` … and `ruimte_1_toestand` … A place is known by its number, in the order in which
they were added; room by its ages. What is not in the file stays as it is: nothing is taken away by reading a table.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from django import forms
from django.utils import timezone

from collectief.geo.models import Postcode
from collectief.geo.rd import LAT_BEREIK, LON_BEREIK
from initiatieven.forms.profiel import ligt_ver_van
from initiatieven.forms.velden import (
    DATUMS,
    GEEN_GETAL,
    LEEFTIJD,
    GradenField,
    KeuzeField,
    PostcodeField,
    controleer_leeftijden,
)
from initiatieven.models import Locatie, Plekken
from initiatieven.models.initiatief import OUDSTE
from initiatieven.models.plekken import MEESTE
from initiatieven.validators import niet_in_de_toekomst

PLEK, RUIMTE = "plek", "ruimte"
GROEPEN = {
    PLEK: ("naam", "online", "landelijk", "zichtbaar", "straat", "postcode", "lat", "lon"),
    RUIMTE: ("leeftijd_van", "leeftijd_tot", "toestand", "wachtweken", "gekeken_op"),
}
KOLOM = re.compile(rf"({'|'.join(GROEPEN)})_([1-9]|{MEESTE})_(\w+)")
JA_NEE = [("ja", "ja"), ("nee", "nee")]

Cellen = Mapping[str, str]


def kolommen(groep: str, aantal: int) -> list[str]:
    return [f"{groep}_{nummer}_{veld}" for nummer in range(1, aantal + 1) for veld in GROEPEN[groep]]


def is_kolom(naam: str) -> bool:
    """Whether a column belongs to a place or to room."""
    gevonden = KOLOM.fullmatch(naam)
    return bool(gevonden) and gevonden[3] in GROEPEN[gevonden[1]]


def delen(rij: Cellen, groep: str) -> list[tuple[int, dict[str, str]]]:
    """The numbers of this group in which anything is filled in, each with its cells."""
    gevuld = []
    for nummer in range(1, MEESTE + 1):
        cellen = {veld: rij.get(f"{groep}_{nummer}_{veld}", "") for veld in GROEPEN[groep]}
        if any(cellen.values()):
            gevuld.append((nummer, cellen))
    return gevuld


class PlekRijForm(forms.Form):
    """One place. What is valid is set on the place by `vul`."""

    naam = forms.CharField(required=False, max_length=120)
    online = KeuzeField(JA_NEE, required=False)
    landelijk = KeuzeField(JA_NEE, required=False)
    zichtbaar = KeuzeField(Locatie.Nauwkeurigheid.choices, required=False)
    straat = forms.CharField(required=False, max_length=150)
    postcode = PostcodeField(required=False)
    lat = GradenField(required=False, min_value=LAT_BEREIK[0], max_value=LAT_BEREIK[1])
    lon = GradenField(required=False, min_value=LON_BEREIK[0], max_value=LON_BEREIK[1])

    def __init__(self, cellen: Cellen, *, locatie: Locatie, postcodes: Mapping[str, Postcode]):
        super().__init__(cellen)
        self.locatie, self.postcodes = locatie, postcodes
        self.fields["postcode"].bekend = postcodes

    def clean(self) -> dict:
        data = super().clean()
        if self.errors:
            return data
        data["nauwkeurigheid"] = data["zichtbaar"] or self.locatie.nauwkeurigheid
        if data["online"] == "ja":
            for veld in ("straat", "postcode", "lat", "lon"):
                if data[veld]:
                    self.add_error(veld, "Een online plek heeft geen adres. Maak deze cel leeg, of zet online op nee.")
            return data
        is_thuis = data["nauwkeurigheid"] == Locatie.Nauwkeurigheid.ONGEVEER
        if is_thuis and data["straat"]:
            self.add_error("straat", "Van een plek bij iemand thuis bewaren we geen straat. Maak deze cel leeg.")
        if is_thuis and not data["postcode"]:
            data["postcode"] = self.locatie.pc4  # nobody sees it, so it is not in what we give out
        if not data["postcode"]:
            self.add_error("postcode", "Vul een postcode in, of zet online op ja.")
        if (data["lat"] is None) != (data["lon"] is None):
            self.add_error("lat", "Vul bij lat en lon twee getallen in, of geen.")
        if not self.errors:
            self._zet_punt(data)
        return data

    def _zet_punt(self, data: dict) -> None:
        """The point in the file; otherwise the one there is, or that of another postcode."""
        postcode = self.postcodes[data["postcode"]]
        if data["lat"] is None:
            blijft = data["postcode"] == self.locatie.pc4 and self.locatie.lat is not None
            bron = self.locatie if blijft else postcode
            data["lat"], data["lon"] = bron.lat, bron.lon
        if vraag := ligt_ver_van(postcode, data["lat"], data["lon"]):
            self.add_error("lat", vraag)

    def vul(self) -> None:
        """Give the place the values of a valid form."""
        data, locatie = self.cleaned_data, self.locatie
        locatie.naam, locatie.nauwkeurigheid = data["naam"], data["nauwkeurigheid"]
        locatie.is_online = data["online"] == "ja"
        if data["landelijk"]:  # a file from before this column says nothing about it
            locatie.is_landelijk = data["landelijk"] == "ja"
        if locatie.is_online:
            locatie.adres = locatie.pc4 = locatie.plaats = locatie.provincie = ""
            locatie.lat = locatie.lon = None
            return
        if locatie.pc4 != data["postcode"]:
            postcode = self.postcodes[data["postcode"]]
            locatie.pc4, locatie.plaats, locatie.provincie = postcode.pc4, postcode.plaats, postcode.provincie
        locatie.adres = data["straat"]
        locatie.zet_punt(data["lat"], data["lon"])


class RuimteRijForm(forms.Form):
    """Room for one age group."""

    leeftijd_van = forms.IntegerField(min_value=0, max_value=OUDSTE, error_messages=LEEFTIJD)
    leeftijd_tot = forms.IntegerField(min_value=0, max_value=OUDSTE, error_messages=LEEFTIJD)
    toestand = KeuzeField(Plekken.Toestand.choices, error_messages={"required": "Vul in of er plek is."})
    wachtweken = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=200,
        error_messages={"invalid": GEEN_GETAL, "min_value": "Vul 1 of meer in.", "max_value": "Hoogstens 200 weken."},
    )
    gekeken_op = forms.DateField(
        required=False,
        input_formats=DATUMS,
        validators=[niet_in_de_toekomst],
        error_messages={"invalid": "Vul een datum in, bijvoorbeeld 1-9-2026."},
    )

    def clean(self) -> dict:
        data = super().clean()
        controleer_leeftijden(self)
        if data.get("wachtweken") and data.get("toestand") not in (None, Plekken.Toestand.WACHTLIJST):
            self.add_error("wachtweken", "Een wachttijd hoort bij een wachtlijst.")
        return data

    def vul(self, plekken: Plekken) -> None:
        """Give the room the values of a valid form. Without a day it is as of today, when anything changed."""
        data = self.cleaned_data
        anders = (plekken.toestand, plekken.wachtweken) != (data["toestand"], data["wachtweken"])
        plekken.toestand, plekken.wachtweken = data["toestand"], data["wachtweken"]
        if data["gekeken_op"] or anders:
            plekken.per_datum = data["gekeken_op"] or timezone.localdate()


def plek_cellen(locatie: Locatie) -> list[object]:
    """What everybody may see of a place, in the order of its columns; of a home neither street nor postcode."""
    is_thuis = locatie.is_ongeveer
    return [
        locatie.naam,
        "ja" if locatie.is_online else "nee",
        "ja" if locatie.is_landelijk else "nee",
        locatie.nauwkeurigheid,
        "" if is_thuis else locatie.adres,
        "" if is_thuis else locatie.pc4,
        locatie.lat,
        locatie.lon,
    ]


def ruimte_cellen(plekken: Plekken) -> list[object]:
    return [plekken.leeftijd_van, plekken.leeftijd_tot, plekken.toestand, plekken.wachtweken, plekken.per_datum]


def naast_elkaar(groep: str, rijen: Sequence[Sequence[object]], aantal: int) -> list[object]:
    """The cells of these rows one after the other, with empty ones for the numbers that are not there."""
    leeg = [""] * len(GROEPEN[groep])
    return [cel for nummer in range(aantal) for cel in (rijen[nummer] if nummer < len(rijen) else leeg)]


def postcodes_in(rijen: Collection[Cellen]) -> set[str]:
    """The four digits of everything that looks like a postcode in the places of these rows."""
    cellen = [cellen["postcode"] for rij in rijen for _, cellen in delen(rij, PLEK)]
    return {cel.replace(" ", "")[:4] for cel in cellen}
