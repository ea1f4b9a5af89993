"""`dichtstbij`: the nearest places as the page finds them, in memory; the same through the ORM and in bare SQL."""

import random
from collections.abc import Mapping
from itertools import cycle

import psycopg
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from collectief.bench.meting import Meting, om_en_om
from collectief.bench.opstelling import Opstelling
from collectief.geo.models import Postcode
from collectief.geo.rd import Punt
from collectief.geo.velden import Afstand
from initiatieven.models import Locatie
from kaart.aanbod import PER_PAGINA, Zoeker
from kaart.vraag import Vraag
from kaart.wegwijzer import wegwijzer

PUNTEN = 500
VRAAG = Vraag()


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting(
        "dichtstbij",
        "the nearest places to a point, in memory as the page asks it, and through the ORM",
        "the bare prepared SQL; the same sorted without index",
    )
    punten = _punten()
    sql, vaste = _sql(_met_index(punten[0]))
    zonder, vaste_zonder = _sql(_zonder_index(punten[0]))
    beurt = cycle(punten)
    wegwijzer()
    with opstelling.als_app() as bloot:
        tijden = om_en_om(
            opstelling.tempo.herhaal,
            geheugen=lambda: _in_geheugen(next(beurt)),
            orm=lambda: list(_met_index(next(beurt))),
            kaal=lambda: _vraag(bloot, sql, vaste, next(beurt)),
            sorteren=lambda: _vraag(bloot, zonder, vaste_zonder, next(beurt)),
        )
    _schrijf_op(meting, tijden, is_groot=opstelling.schaal == "groot")
    meting.klopt(
        "index scan in the plan", "locatie_rd", is_gehaald="using locatie_rd" in _met_index(punten[0]).explain()
    )
    return meting


def _schrijf_op(meting: Meting, tijden: Mapping[str, float], *, is_groot: bool) -> None:
    meting.cijfer("ms in memory, all four distances counted too", f"{tijden['geheugen']:.2f}")
    meting.cijfer("ms through the ORM, which no page asks", f"{tijden['orm']:.2f}")
    meting.cijfer("ms bare, prepared", f"{tijden['kaal']:.2f}")
    meting.cijfer("ms sorted without index", f"{tijden['sorteren']:.2f}")
    meting.hooguit("in memory ÷ bare", tijden["geheugen"] / tijden["kaal"], 2, doel=1.3)
    snelheid = tijden["sorteren"] / tijden["kaal"]
    if is_groot:
        meting.minstens("without index ÷ bare", snelheid, 20, vorm="{:.1f}")
    else:
        meting.cijfer("without index ÷ bare (promised at 12,000)", f"{snelheid:.1f}")


def _punten() -> list[Punt]:
    punten = list(Postcode.objects.order_by("pc4").values_list("rd", flat=True))
    return random.Random(1).sample(punten, PUNTEN)  # noqa: S311 - the same spots every run


def _in_geheugen(punt: Punt) -> list:
    """What a page asks: which are nearest, after counting how many lie within each distance."""
    zoeker = Zoeker(punt, VRAAG, wegwijzer())
    return zoeker.dichtstbij(zoeker.passend, PER_PAGINA)


def _plekken(punt: Punt) -> QuerySet:
    return Locatie.objects.op_de_kaart().annotate(meter=Afstand("rd", punt)).values_list("pk", "meter")


def _met_index(punt: Punt) -> QuerySet:
    return _plekken(punt).order_by("meter")[:PER_PAGINA]


def _zonder_index(punt: Punt) -> QuerySet:
    """The same, ordered by a function of the distance, which no index can follow."""
    return _plekken(punt).order_by(Coalesce(Afstand("rd", punt), Value(0.0)))[:PER_PAGINA]


def _sql(rijen: QuerySet) -> tuple[str, list]:
    with connection.cursor():
        sql, parameters = rijen.query.sql_with_params()
    return sql, list(parameters)


def _vraag(verbinding: psycopg.Connection, sql: str, vaste: list, punt: Punt) -> None:
    """Run it prepared, with this point wherever the first one stood."""
    tekst = f"({punt.x!r},{punt.y!r})"
    verbinding.execute(sql, [tekst if _is_punt(p) else p for p in vaste], prepare=True).fetchall()


def _is_punt(parameter: object) -> bool:
    return isinstance(parameter, str) and parameter.startswith("(")
