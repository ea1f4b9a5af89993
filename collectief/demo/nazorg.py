"""Aftercare of invented trajectories: what was agreed, what came of it, and what waits around today."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import slugify

from collectief.demo.loopbaan import Loopbaan, Verblijf
from collectief.demo.opslag import Opslag
from collectief.demo.toeval import Toeval
from collectief.demo.woorden.stappen import AFSPRAKEN, NOTITIES
from collectief.werkdagen import is_werkdag, ochtend, werkdag_vanaf
from trajecten.fases import Fase
from trajecten.ladder import Stap, momenten_van_stappen
from trajecten.models import Contactmoment, Herinnering, NazorgAfspraak, Nazorgpauze, Seintje
from trajecten.ritme import data_van_ritme, een_jaar_later

KANS_OP_BLIJVEN_LIGGEN = 0.12
PAUZE = (-20, 25)  # days from today
UITKOMSTEN = {"gesproken": 80, "niet_bereikt": 12, "wil_nu_niet": 8}


@dataclass(frozen=True)
class Zorg:
    """Whose aftercare it is, and who keeps the little flame."""

    traject: object
    loopbaan: Loopbaan
    eigenaar: int
    is_lopend: bool


def werkdag_voor(dag: date) -> date:
    """Return `dag`, or the last working day before it."""
    while not is_werkdag(dag):
        dag -= timedelta(days=1)
    return dag


def maak_nazorg(toeval: Toeval, opslag: Opslag, zorg: Zorg, *, wacht_sinds: int | None = None) -> int | None:
    """Agreements and contact for every stay in waakvlam; the key of the last agreement, when there is one.

    `wacht_sinds` writes out what waits now: contact that was planned that many days ago (negative: ahead).
    """
    afspraak = None
    for verblijf in zorg.loopbaan.verblijven:
        if verblijf.fase == Fase.WAAKVLAM and not verblijf.deur_staat_open:
            afspraak = _van_verblijf(toeval, opslag, zorg, verblijf, wacht_sinds if verblijf.tot is None else None)
    return afspraak


def _van_verblijf(toeval: Toeval, opslag: Opslag, zorg: Zorg, verblijf: Verblijf, wacht_sinds: int | None) -> int:
    afspraak = maak_afspraak(toeval, opslag, zorg, verblijf.van, verblijf.tot)
    einde = verblijf.tot or toeval.vandaag
    is_open = verblijf.tot is None and zorg.is_lopend
    data = _data(verblijf.van, einde)
    geweest = [dag for dag in data if dag < einde]
    komt = [dag for dag in data if dag >= einde]
    if is_open and wacht_sinds is not None:
        wacht = werkdag_voor(toeval.vandaag - timedelta(days=wacht_sinds))
        geweest, komt = [dag for dag in geweest if dag < wacht], [wacht, *(dag for dag in komt if dag > wacht)]
    elif is_open and geweest and (einde - geweest[-1]).days < 45 and toeval.soms(KANS_OP_BLIJVEN_LIGGEN):
        komt.insert(0, geweest.pop())
    for dag in geweest:
        _afgerond(toeval, opslag, zorg, afspraak, dag)
    for dag in komt:
        mail_wacht = is_open and wacht_sinds == 0 and dag == komt[0]
        _wachtend(opslag, zorg, afspraak, dag, None if is_open else einde, mail_wacht=mail_wacht)
    return afspraak


def _data(van: date, einde: date) -> list[date]:
    """The proposed rhythm, and after its last day once a year until one lies ahead."""
    data = data_van_ritme(van)
    while data[-1] < einde:
        data.append(werkdag_vanaf(een_jaar_later(data[-1])))
    return data


def maak_afspraak(toeval: Toeval, opslag: Opslag, zorg: Zorg, van: date, tot: date | None) -> int:
    vorm = toeval.choice(list(AFSPRAKEN))
    sleutel = opslag.sleutel(NazorgAfspraak)
    opslag.voeg_toe(
        NazorgAfspraak,
        id=sleutel,
        traject_id=zorg.traject,
        vormen=[vorm],
        afspraak=AFSPRAKEN[vorm].format(n=zorg.loopbaan.roepnaam),
        jaardag=een_jaar_later(van),
        van=van,
        tot=tot,
        door_id=zorg.eigenaar,
    )
    return sleutel


def _contact(opslag: Opslag, zorg: Zorg, afspraak: int, dag: date, **waarden: object) -> int:
    sleutel = opslag.sleutel(Contactmoment)
    leeg = {"resultaat": "", "notitie": "", "afgerond_op": None, "vervallen_op": None, "is_zachte_vraag": False}
    opslag.voeg_toe(
        Contactmoment,
        id=sleutel,
        traject_id=zorg.traject,
        afspraak_id=afspraak,
        gepland_op=dag,
        eigenaar_id=zorg.eigenaar,
        **{**leeg, **waarden},
    )
    return sleutel


def _afgerond(toeval: Toeval, opslag: Opslag, zorg: Zorg, afspraak: int, dag: date) -> None:
    resultaat = toeval.choices(list(UITKOMSTEN), UITKOMSTEN.values())[0]
    notitie = toeval.een_van(NOTITIES[resultaat], n=zorg.loopbaan.roepnaam)
    op = toeval.moment_op(min(dag + timedelta(days=toeval.randint(0, 3)), toeval.vandaag - timedelta(days=1)))
    _contact(opslag, zorg, afspraak, dag, resultaat=resultaat, notitie=notitie, afgerond_op=op)


def _wachtend(
    opslag: Opslag, zorg: Zorg, afspraak: int, dag: date, vervallen: date | None, *, mail_wacht: bool
) -> None:
    """Contact that waits, with its ladder: steps whose time has passed have gone out already.

    `mail_wacht` leaves the step of the day itself to the worker, so that a demo shows one real reminder.
    """
    vervallen_op = ochtend(vervallen) if vervallen else None
    contact = _contact(opslag, zorg, afspraak, dag, vervallen_op=vervallen_op)
    nu = timezone.now()
    for stap, op in momenten_van_stappen(dag).items():
        is_gezet = op <= nu and not (vervallen_op and op > vervallen_op)
        _herinnering(
            opslag,
            zorg,
            contact,
            stap=stap,
            op=op,
            gezet_op=op if is_gezet and not (mail_wacht and stap == Stap.VANDAAG) else None,
            vervallen_op=None if is_gezet else vervallen_op,
        )


def _herinnering(opslag: Opslag, zorg: Zorg, contact: int, **waarden: object) -> None:
    wat = {"contactmoment_id": contact, "traject_id": zorg.traject, "planningversie": 1}
    opslag.voeg_toe(Herinnering, **wat, **waarden)


def maak_seintje(opslag: Opslag, zorg: Zorg, voor: Seintje.Voor) -> None:
    """Somebody asked to be nudged before contact."""
    naam = slugify(zorg.loopbaan.roepnaam)
    opslag.voeg_toe(
        Seintje,
        traject_id=zorg.traject,
        voor=voor,
        adres=f"{naam}@voorbeeld.example" if voor == Seintje.Voor.JONGERE else f"thuis.{naam}@voorbeeld.example",
        sleutel=uuid.uuid5(zorg.traject, "seintje").hex,
        gevraagd_op=zorg.loopbaan.nu.van,
        door_id=zorg.eigenaar,
    )


def maak_pauze(toeval: Toeval, opslag: Opslag, zorg: Zorg, afspraak: int) -> None:
    """A pause around today, and the soft question at its end."""
    van, tot = (toeval.vandaag + timedelta(days=dagen) for dagen in PAUZE)
    tot = werkdag_vanaf(tot)
    opslag.voeg_toe(
        Nazorgpauze,
        traject_id=zorg.traject,
        van=van,
        tot=tot,
        door_id=zorg.eigenaar,
        aangemaakt_op=toeval.moment_op(van),
    )
    vraag = _contact(opslag, zorg, afspraak, tot, is_zachte_vraag=True)
    _herinnering(opslag, zorg, vraag, stap=Stap.VANDAAG, op=ochtend(tot), gezet_op=None, vervallen_op=None)
