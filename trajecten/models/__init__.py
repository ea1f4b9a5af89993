"""Young people and their trajectories. Every table here stands behind row security."""

from trajecten.models.beleving import Beleving
from trajecten.models.betrokkene import Betrokkene
from trajecten.models.concept import Momentconcept, wie_schrijft_nog
from trajecten.models.contact import Contactmoment, Herinnering
from trajecten.models.inzage import Inzagelog
from trajecten.models.jongere import Jongere, JongereIdentiteit, Leeftijdsgrenzen
from trajecten.models.ladderinstelling import Ladderinstelling
from trajecten.models.moment import Aanvulling, Moment, MomentAangepast, Momentfoto, Momentversie
from trajecten.models.nazorg import NazorgAfspraak
from trajecten.models.overdracht import (
    Overdracht,
    Overdrachtafspraak,
    OverdrachtGeweigerd,
    Overdrachtstap,
    Overdrachtstuk,
)
from trajecten.models.pauze import Nazorgpauze
from trajecten.models.perspectief import EerdereWens, KleineStap, MogelijkePlek
from trajecten.models.preventie import PlanAkkoord, Preventieplan, Terugvalsignaal
from trajecten.models.reis import Reisblad, Reisboekje, Terugblik
from trajecten.models.rust import Rustperiode
from trajecten.models.seintje import Agendalink, Seintje
from trajecten.models.toestemming import Toestemming
from trajecten.models.traject import StapGeweigerd, Traject
from trajecten.models.verblijf import FaseVerblijf
from trajecten.models.verhaal import Verhaal
from trajecten.models.vertrek import Bewaartermijn, Vertrek, VertrekGeweigerd, Verwijderbewijs

__all__ = [
    "Aanvulling",
    "Agendalink",
    "Beleving",
    "Betrokkene",
    "Bewaartermijn",
    "Contactmoment",
    "EerdereWens",
    "FaseVerblijf",
    "Herinnering",
    "Inzagelog",
    "Jongere",
    "JongereIdentiteit",
    "KleineStap",
    "Ladderinstelling",
    "Leeftijdsgrenzen",
    "MogelijkePlek",
    "Moment",
    "MomentAangepast",
    "Momentconcept",
    "Momentfoto",
    "Momentversie",
    "NazorgAfspraak",
    "Nazorgpauze",
    "Overdracht",
    "OverdrachtGeweigerd",
    "Overdrachtafspraak",
    "Overdrachtstap",
    "Overdrachtstuk",
    "PlanAkkoord",
    "Preventieplan",
    "Reisblad",
    "Reisboekje",
    "Rustperiode",
    "Seintje",
    "StapGeweigerd",
    "Terugblik",
    "Terugvalsignaal",
    "Toestemming",
    "Traject",
    "Verhaal",
    "Vertrek",
    "VertrekGeweigerd",
    "Verwijderbewijs",
    "wie_schrijft_nog",
]
