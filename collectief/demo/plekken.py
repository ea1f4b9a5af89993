"""Invented initiatives, their places and whether there is room."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.text import slugify

from collectief.demo.opslag import Opslag
from collectief.demo.schaal import Schaal
from collectief.demo.spreiding import Landkaart, Punt
from collectief.demo.toeval import Toeval
from collectief.demo.woorden import bladzijde, namen, plekken
from initiatieven.models import Initiatief, Locatie, Plekken, Verbondgenoot
from initiatieven.models.plekken import AFRONDING

SOORTEN = {
    "boerderij": 22,
    "werkplaats": 16,
    "atelier": 14,
    "kleine_school": 14,
    "tuin": 12,
    "praktijk": 12,
    "online": 4,
    "anders": 6,
}
LIDMAATSCHAPPEN = {"lid": 84, "aandacht": 6, "aangemeld": 5, "geen": 3, "gestopt": 2}
LEEFTIJDEN = ((8, 12), (10, 14), (12, 16), (12, 18), (14, 18), (16, 23), (6, 12), (12, 23), (4, 12), (18, 27))
LANDELIJK = 17  # one initiative in so many takes young people from the whole country; by number, so chance is not asked
THUIS = {"boerderij": 0.35, "tuin": 0.3, "praktijk": 0.5, "anders": 0.3}


@dataclass
class Plek:
    """An initiative as the rest of the demo data need to know it."""

    id: int
    naam: str
    soort: str
    lidmaatschap: str
    leeftijd_van: int
    leeftijd_tot: int
    begeleiders: list[int] = field(default_factory=list)
    coordinator: int = 0

    @property
    def heeft_trajecten(self) -> bool:
        return self.lidmaatschap in Initiatief.OPENBAAR


class Naamgever:
    """Gives every initiative a name and an address of its own; a name that returns gets its town behind it."""

    def __init__(self, toeval: Toeval) -> None:
        self.toeval = toeval
        self.kernen = list(namen.KERNEN)
        toeval.shuffle(self.kernen)
        self.nummer = 0
        self.slugs: set[str] = set()

    def naam(self, soort: str, plaats: str) -> str:
        kern = self.kernen[self.nummer % len(self.kernen)]
        is_eerste_ronde = self.nummer < len(self.kernen)
        self.nummer += 1
        naam = f"{self.toeval.choice(namen.VOORZETSELS[soort])} {kern}"
        return naam if is_eerste_ronde else f"{naam}, {plaats}"

    def slug(self, naam: str) -> str:
        basis = slugify(naam)
        slug, nummer = basis, 1
        while slug in self.slugs:
            nummer += 1
            slug = f"{basis}-{nummer}"
        self.slugs.add(slug)
        return slug


def maak_plekken(toeval: Toeval, opslag: Opslag, schaal: Schaal) -> Iterator[Plek]:
    """Yield every initiative after its rows were handed to `opslag`. The first one belongs to the demo accounts."""
    naamgever = Naamgever(toeval)
    kaart = Landkaart(toeval)
    dubbel = schaal.locaties - schaal.initiatieven
    for nummer, spot in enumerate(kaart.punten(schaal.initiatieven)):
        soort = "boerderij" if nummer == 0 else _kies(toeval, SOORTEN)
        plek = _maak_plek(toeval, opslag, naamgever, soort, spot, is_eerste=nummer == 0)
        _locatie(toeval, opslag, plek, spot, naam="")
        if nummer and dubbel and soort != "online":  # online is in one place
            dubbel -= 1
            _locatie(toeval, opslag, plek, kaart.in_de_buurt(spot), naam=toeval.choice(plekken.LOCATIENAMEN))
        _plekken(toeval, opslag, plek)
        yield plek


def _kies(toeval: Toeval, gewichten: dict[str, int]) -> str:
    return toeval.choices(list(gewichten), gewichten.values())[0]


def _maak_plek(
    toeval: Toeval, opslag: Opslag, naamgever: Naamgever, soort: str, spot: Punt, *, is_eerste: bool
) -> Plek:
    naam = naamgever.naam(soort, spot.plaats)
    lidmaatschap = "lid" if is_eerste else _kies(toeval, LIDMAATSCHAPPEN)
    plek = Plek(opslag.sleutel(Initiatief), naam, soort, lidmaatschap, *toeval.choice(LEEFTIJDEN))
    slug = naamgever.slug(naam)
    opgericht_op = toeval.dag(date(2008, 1, 1), toeval.vandaag - timedelta(days=500))
    opslag.voeg_toe(
        Initiatief,
        id=plek.id,
        naam=naam,
        slug=slug,
        lidmaatschap=lidmaatschap,
        lid_sinds=toeval.dag(opgericht_op, toeval.vandaag) if plek.heeft_trajecten else None,
        soort=soort,
        opgericht_op=opgericht_op,
        aantal_jongeren=toeval.randint(5, 28),
        leeftijd_van=plek.leeftijd_van,
        leeftijd_tot=plek.leeftijd_tot,
        email=f"hallo@{slug[:40].strip('-')}.voorbeeld.example",
        website=f"https://{slug[:40].strip('-')}.voorbeeld.example/" if toeval.soms(0.8) else "",
        is_demo=True,
        **_profiel(toeval, soort),
        **_erbij(plek.id),
        **_bladzijde(slug),
    )
    return plek


def _erbij(nummer: int) -> dict[str, object]:
    """How large the group is and what helps whom; one in six did not tell. By number: no chance is used up."""
    if nummer % 6 == 5:
        return {"groepsgrootte": None, "toegankelijk": []}
    waarden = enumerate(Initiatief.Toegankelijkheid.values)
    erbij = [waarde for plaats, waarde in waarden if (nummer + plaats) % 3 == 0 or nummer * plaats % 7 == 3]
    return {"groepsgrootte": 3 + nummer * 5 % 11, "toegankelijk": erbij}


def _bladzijde(slug: str) -> dict[str, object]:
    """What else stands on the page; follows from the address, so that it asks chance nothing."""
    nummer = sum(map(ord, slug))
    van = {
        "past_wel": bladzijde.PAST_WEL,
        "past_niet": bladzijde.PAST_NIET,
        "wie_er_zijn": bladzijde.WIE_ER_ZIJN,
        "kennismaken": bladzijde.KENNISMAKEN,
        "reizen": bladzijde.REIZEN,
        "openingstijden": bladzijde.OPEN,
    }
    return {veld: keuzes[nummer % len(keuzes)] for veld, keuzes in van.items()}


def _profiel(toeval: Toeval, soort: str) -> dict[str, object]:
    """What the initiative says about itself; one in twelve has hardly begun to fill it in."""
    wereld = plekken.WERELDEN[soort]
    if toeval.soms(1 / 12):
        rest = dict.fromkeys(("werkwijze", "aanbod_hoofd", "aanbod_hart", "aanbod_handen", "bekostiging_uitleg"), "")
        return {**rest, "omschrijving": wereld["zin"], "domein": "snijvlak", **_voor_wie(toeval, 0)}
    over = " ".join(toeval.sample(plekken.OVER_ONS, 2)).format(groep=toeval.choice(("zes", "acht", "tien", "twaalf")))
    return {
        "omschrijving": f"{wereld['zin']}\n\n{over}",
        "werkwijze": f"{wereld['dag']}\n\n{toeval.choice(plekken.WERKWIJZEN)}",
        "domein": toeval.choice(("snijvlak", "snijvlak", "snijvlak", "onderwijs", "jeugdhulp", "zorg")),
        "aanbod_hoofd": wereld["hoofd"],
        "aanbod_hart": wereld["hart"],
        "aanbod_handen": wereld["handen"],
        "bekostiging_uitleg": toeval.choice((*plekken.BEKOSTIGING_UITLEG, "")),
        **_voor_wie(toeval, 4),
    }


def _voor_wie(toeval: Toeval, hooguit: int) -> dict[str, list[str]]:
    begin = min(1, hooguit)
    return {
        "doelgroepen": toeval.sample(Initiatief.Doelgroep.values, toeval.randint(begin, hooguit)),
        "begeleiding": toeval.sample(Initiatief.Begeleiding.values, toeval.randint(begin, min(hooguit, 2))),
        "bekostiging": toeval.sample(Initiatief.Bekostiging.values, toeval.randint(begin, hooguit)),
    }


def _locatie(toeval: Toeval, opslag: Opslag, plek: Plek, spot: Punt, *, naam: str) -> None:
    is_online = plek.soort == "online"
    is_thuis = not is_online and toeval.soms(THUIS.get(plek.soort, 0))
    decimalen = AFRONDING if is_thuis else 5
    opslag.voeg_toe(
        Locatie,
        initiatief_id=plek.id,
        naam=naam,
        is_online=is_online,
        is_landelijk=not is_online and plek.id % LANDELIJK == 5,
        nauwkeurigheid="ongeveer" if is_thuis else "exact",
        adres="" if is_online or is_thuis else f"{toeval.choice(namen.STRATEN)} {toeval.randint(1, 240)}",
        pc4="" if is_online else spot.pc4,
        plaats="" if is_online else spot.plaats,
        provincie="" if is_online else spot.provincie,
        lat=None if is_online else round(spot.lat, decimalen),
        lon=None if is_online else round(spot.lon, decimalen),
    )


def _plekken(toeval: Toeval, opslag: Opslag, plek: Plek) -> None:
    """Room for one or two age groups; one in four was noted too long ago to say anything, one in ten never."""
    if toeval.soms(0.1):
        return
    midden = (plek.leeftijd_van + plek.leeftijd_tot) // 2
    in_tweeen = ((plek.leeftijd_van, midden), (midden + 1, plek.leeftijd_tot))
    for leeftijd_van, leeftijd_tot in in_tweeen if toeval.soms(0.5) else ((plek.leeftijd_van, plek.leeftijd_tot),):
        toestand = _kies(toeval, {"plek_vrij": 35, "wachtlijst": 25, "eerst_kennismaken": 25, "vol": 15})
        dagen = toeval.randint(31, 200) if toeval.soms(0.25) else toeval.randint(0, 29)
        heeft_wachttijd = toestand == "wachtlijst" and toeval.soms(0.7)
        opslag.voeg_toe(
            Plekken,
            initiatief_id=plek.id,
            leeftijd_van=leeftijd_van,
            leeftijd_tot=leeftijd_tot,
            toestand=toestand,
            wachtweken=toeval.randint(2, 40) if heeft_wachttijd else None,
            per_datum=toeval.vandaag - timedelta(days=dagen),
        )


def maak_verbondgenoten(toeval: Toeval, opslag: Opslag) -> None:
    for organisatie, werkveld in namen.PARTNERS:
        slug = slugify(organisatie)[:40].strip("-")
        opslag.voeg_toe(
            Verbondgenoot,
            organisatie=organisatie,
            werkveld=werkveld,
            is_ambassadeur=toeval.soms(0.35),
            wat_we_elkaar_brengen=toeval.choice(plekken.SAMEN),
            website=f"https://{slug}.voorbeeld.example/" if toeval.soms(0.7) else "",
            is_demo=True,
        )
