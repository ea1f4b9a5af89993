"""`dichtstbij`: the query for the nearest places, through the ORM and bare."""

import random
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
from kaart.aanbod import PER_PAGINA, dichtstbij, met_ruimte, passend
from kaart.forms import Vraag

PUNTEN = 500


def meet(opstelling: Opstelling) -> Meting:
    meting = Meting(
        "dichtstbij", "nearest query through the ORM", "the bare prepared SQL; the same sorted without index"
    )
    punten = _punten()
    sql, vaste = _sql(_zoals_de_kaart(punten[0]))
    zonder, vaste_zonder = _sql(_zonder_index(punten[0]))
    beurt = cycle(punten)
    with opstelling.als_app() as bloot:
        tijden = om_en_om(
            opstelling.tempo.herhaal,
            orm=lambda: dichtstbij(next(beurt), Vraag()),
            kaal=lambda: _vraag(bloot, sql, vaste, next(beurt)),
            sorteren=lambda: _vraag(bloot, zonder, vaste_zonder, next(beurt)),
        )
    plan = _zoals_de_kaart(punten[0]).explain()
    meting.cijfer("ms through the ORM", f"{tijden['orm']:.2f}")
    meting.cijfer("ms bare, prepared", f"{tijden['kaal']:.2f}")
    meting.cijfer("ms sorted without index", f"{tijden['sorteren']:.2f}")
    meting.hooguit("ORM ÷ bare", tijden["orm"] / tijden["kaal"], 2, doel=1.3)
    snelheid = tijden["sorteren"] / tijden["kaal"]
    if opstelling.schaal == "groot":
        meting.minstens("without index ÷ bare", snelheid, 20, vorm="{:.1f}")
    else:
        meting.cijfer("without index ÷ bare (promised at 12,000)", f"{snelheid:.1f}")
    meting.klopt("index scan in the plan", "locatie_rd", is_gehaald="using locatie_rd" in plan)
    return meting


def _punten() -> list[Punt]:
    punten = list(Postcode.objects.order_by("pc4").values_list("rd", flat=True))
    return random.Random(1).sample(punten, PUNTEN)  # noqa: S311 - the same spots every run


def _zoals_de_kaart(punt: Punt) -> QuerySet:
    """The query of the first page of a search."""
    return met_ruimte(passend(Vraag())).annotate(meter=Afstand("rd", punt)).order_by("meter")[: PER_PAGINA + 1]


def _zonder_index(punt: Punt) -> QuerySet:
    """The same, ordered by a function of the distance, which no index can follow."""
    afstand = Coalesce(Afstand("rd", punt), Value(0.0))
    return met_ruimte(passend(Vraag())).annotate(meter=Afstand("rd", punt)).order_by(afstand)[: PER_PAGINA + 1]


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
