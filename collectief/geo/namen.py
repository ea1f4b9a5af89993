"""How people write the names of places: keys to compare by, and names that our table does not have."""

import re
import unicodedata

MAX_LENGTE = 100  # nobody types a longer place; what is longer is not looked at
POSTCODE = re.compile(r"(?<![0-9])[1-9][0-9]{3}(?![0-9])")
# The same with its two letters, in folded text. Set apart, a little word is none of these: "verslag 2024 van".
_KLEIN = "al|de|en|er|ik|in|is|je|na|nu|of|om|op|te|we|ze|zo"
_VOLLEDIG = re.compile(rf"(?<![0-9])([1-9][0-9]{{3}})(?:[a-z]{{2}}| (?!(?:{_KLEIN}) )[a-z]{{2}})(?![a-z])")
_ANDERS = re.compile(r"[^a-z0-9]+")
# What the table adds to a name to keep two apart: "Hengelo (Gld)", "Loo Gld", "Spaarndam gem. Haarlem".
TOEVOEGING = re.compile(r"\s+(?:\((?:gld|nb|nh\.?|l\.)\)|(?:AC|Gld|GN|Gn|L|NB|NH|Ut)|gem\. .*)$", re.IGNORECASE)
PROVINCIES = [
    "Drenthe",
    "Flevoland",
    "Fryslân",
    "Gelderland",
    "Groningen",
    "Limburg",
    "Noord-Brabant",
    "Noord-Holland",
    "Overijssel",
    "Utrecht",
    "Zeeland",
    "Zuid-Holland",
]
SPREEKNAMEN = {
    "'s-Gravenhage": "Den Haag",
    "'s-Hertogenbosch": "Den Bosch",
    "'t Loo Oldebroek": "'t Loo",
}
AFKORTINGEN = {
    "dr": "Drenthe",
    "fl": "Flevoland",
    "fr": "Fryslân",
    "friesland": "Fryslân",
    "gld": "Gelderland",
    "gr": "Groningen",
    "gn": "Groningen",
    "l": "Limburg",
    "lb": "Limburg",
    "brabant": "Noord-Brabant",
    "nb": "Noord-Brabant",
    "nh": "Noord-Holland",
    "ov": "Overijssel",
    "ut": "Utrecht",
    "zld": "Zeeland",
    "zl": "Zeeland",
    "zh": "Zuid-Holland",
}
WOORDEN = {"st": "sint", "a": "aan", "ad": "aan den", "d": "den", "v": "van", "hl": "heilig"}
LIDWOORDEN = ("s ", "t ", "het ")

# Other name → name in the table. Popular names, and the twin of a place that the table has in one language only.
BIJNAMEN = {
    "The Hague": "'s-Gravenhage",
    "Mestreech": "Maastricht",
    "Aegum": "Eagum",
    "Appelskea": "Appelscha",
    "Baijum": "Baaium",
    "Beers": "Bears",
    "Beetgum": "Bitgum",
    "Beetgumermolen": "Bitgummole",
    "Beetstersweach": "Beetsterzwaag",
    "Bergum": "Burgum",
    "Berlikum": "Berltsum",
    "Birdaard": "Burdaard",
    "Blija": "Blije",
    "Boalsert": "Bolsward",
    "Bozum": "Boazum",
    "Broeksterwoude": "Broeksterwâld",
    "Bûtenpost": "Buitenpost",
    "Cornjum": "Koarnjum",
    "Damwoude": "Damwâld",
    "De Gordyk": "Gorredijk",
    "De Jouwer": "Joure",
    "De Lemmer": "Lemmer",
    "De Valom": "De Falom",
    "Deersum": "Dearsum",
    "Dronrijp": "Dronryp",
    "Drylts": "IJlst",
    "Edens": "Iens",
    "Eernewoude": "Earnewâld",
    "Eestrum": "Jistrum",
    "Ferwerd": "Ferwert",
    "Finkum": "Feinsum",
    "Flylân": "Vlieland",
    "Frjentsjer": "Franeker",
    "Garijp": "Garyp",
    "Giekerk": "Gytsjerk",
    "Grouw": "Grou",
    "Hardegarijp": "Hurdegaryp",
    "Harns": "Harlingen",
    "Hogebeintum": "Hegebeintum",
    "Holwert": "Holwerd",
    "Hylpen": "Hindeloopen",
    "Idaard": "Idaerd",
    "Irnsum": "Jirnsum",
    "It Hearrenfean": "Heerenveen",
    "Janum": "Jannum",
    "Jorwerd": "Jorwert",
    "Lions": "Leons",
    "Ljouwert": "Leeuwarden",
    "Lutkewierum": "Lytsewierrum",
    "Menaldum": "Menaam",
    "Molenend": "Mûnein",
    "Nieuw Altoenae": "Nij Altoenae",
    "Nieuw Beets": "Nij Beets",
    "Noordbergum": "Noardburgum",
    "Oenkerk": "Oentsjerk",
    "Oldeboorn": "Aldeboarn",
    "Oostermeer": "Eastermar",
    "Oosterend": "Easterein",
    "Oosterlittens": "Easterlittens",
    "Oosterwierum": "Easterwierrum",
    "Oude Leije": "Alde Leie",
    "Oudkerk": "Aldtsjerk",
    "Rauwerd": "Raerd",
    "Rijperkerk": "Ryptsjerk",
    "Rinsumageest": "Rinsumageast",
    "Roodhuis": "Reahûs",
    "Roodkerk": "Readtsjerk",
    "Roordahuizum": "Reduzum",
    "Schingen": "Skingen",
    "Scheveningen": "'s-Gravenhage",
    "Sijbrandaburen": "Sibrandabuorren",
    "Skiermûntseach": "Schiermonnikoog",
    "Sint Anne": "St.-Annaparochie",
    "Sint Japik": "St.-Jacobiparochie",
    "Sleat": "Sloten",
    "Snits": "Sneek",
    "Starum": "Stavoren",
    "Suameer": "Sumar",
    "Suawoude": "Suwâld",
    "Surhústerfean": "Surhuisterveen",
    "Terhorne": "Terherne",
    "Terzool": "Tersoal",
    "Tietjerk": "Tytsjerk",
    "Veenwouden": "Feanwâlden",
    "Wanswerd": "Wânswert",
    "Warga": "Wergea",
    "Warkum": "Workum",
    "Wartena": "Warten",
    "Welsrijp": "Wjelsryp",
    "Wijns": "Wyns",
    "Wijtgaard": "Wytgaard",
    "Wolvegea": "Wolvega",
    "Wouterswoude": "Wâlterswâld",
    "Zwaagwesteinde": "De Westereen",
}
GEMEENTEBIJNAMEN = {
    "Skylge": "Terschelling",
    "It Amelân": "Ameland",
    "Tietjerksteradeel": "Tytsjerksteradiel",
    "Dantumadeel": "Dantumadiel",
    "Noordoost-Friesland": "Noardeast-Fryslân",
    "Zuidwest-Friesland": "Súdwest-Fryslân",
    "De Friese Meren": "De Fryske Marren",
}
PROVINCIEBIJNAMEN = {"Friesland": "Fryslân", "Brabant": "Noord-Brabant"}


def leesbaar(tekst: str) -> str:
    """Take out what cannot be seen: control characters and marks that hide in text or turn its direction."""
    if tekst.isprintable():  # nearly always
        return tekst.strip()
    return "".join(" " if teken.isspace() else teken for teken in tekst if _is_zichtbaar(teken)).strip()


def _is_zichtbaar(teken: str) -> bool:
    return teken.isspace() or unicodedata.category(teken)[0] != "C"


def schoon(tekst: str) -> str:
    """Fold what a visitor typed to lower-case letters, digits and single spaces. Accents and emoji disappear."""
    if tekst.isascii() and tekst.isprintable():  # nearly always, and twenty times as fast
        return _ANDERS.sub(" ", tekst.lower()).strip()
    ontleed = unicodedata.normalize("NFKD", leesbaar(tekst)).casefold()
    tekens = (teken for teken in ontleed if not unicodedata.combining(teken))
    return " ".join("".join(teken if teken.isascii() and teken.isalnum() else " " for teken in tekens).split())


def heeft_huis(tekst: str) -> bool:
    """Tell whether somebody typed a full postcode: with a number it is one house."""
    return bool(_VOLLEDIG.search(schoon(tekst[: MAX_LENGTE + 1])))


def zonder_huis(tekst: str) -> str:
    """Return of what was typed the four digits of a full postcode, if there is one in it; else all of it.

    What stands beside a full postcode is a street and the number of a house.
    """
    volledig = _VOLLEDIG.search(schoon(tekst[: MAX_LENGTE + 1]))
    return volledig[1] if volledig else tekst


def woorden(tekst: str) -> str:
    """Fold a name, with its abbreviations written out: "St.-Annaparochie" and "Sint Annaparochie" are the same."""
    return " ".join(WOORDEN.get(woord, woord) for woord in schoon(tekst).split())


def sleutel(tekst: str) -> str:
    """Fold a name to what it is found by, without spaces: "Den Haag", "denhaag" and "den-haag" are the same."""
    return woorden(tekst).replace(" ", "")


def spreeknaam(naam: str) -> str:
    """Return the name as people say it: "Hengelo (Gld)" is Hengelo."""
    return SPREEKNAMEN.get(naam) or TOEVOEGING.sub("", naam)


def schrijfwijzen(naam: str) -> set[str]:
    """Return the folded names a place is found by: in full, as people say it, and without 's, 't or het."""
    vormen = {woorden(naam), woorden(spreeknaam(naam))}
    return vormen | {vorm.removeprefix(lidwoord) for vorm in vormen for lidwoord in LIDWOORDEN}


def drieletters(tekst: str) -> set[str]:
    """Return the trigrams of a key, as pg_trgm makes them: two spaces before, one after."""
    gevuld = f"  {tekst} "
    return {gevuld[i : i + 3] for i in range(len(gevuld) - 2)}
