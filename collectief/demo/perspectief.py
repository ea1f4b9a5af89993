"""How it goes and where it may go, for the trajectories of the demo counsellor."""

from datetime import date, timedelta

from collectief.demo.nazorg import Zorg
from collectief.demo.opslag import Opslag
from collectief.demo.toeval import Toeval
from collectief.demo.woorden.perspectief import EIGEN_WOORDEN, PLANNEN, PLEKKEN, STAPPEN
from trajecten.fases import Fase
from trajecten.models import Beleving, KleineStap, MogelijkePlek, PlanAkkoord, Preventieplan

HOE_VAAK = timedelta(days=55)
HOOGSTENS_KEER = 7


def maak_perspectief(toeval: Toeval, opslag: Opslag, zorg: Zorg) -> None:
    """Answers, small steps, places and a plan. Chance of its own, so that the rest of the demo stays as it was."""
    eigen = Toeval(zorg.traject.int, toeval.vandaag)
    _kijken(eigen, opslag, zorg)
    _stappen(eigen, opslag, zorg)
    if zorg.loopbaan.nu.fase in (Fase.ORIENTATIE, Fase.WAAKVLAM):
        _plekken(eigen, opslag, zorg)
    if len(zorg.loopbaan.verblijven) > 2:
        _plan(eigen, opslag, zorg)


def _kijken(eigen: Toeval, opslag: Opslag, zorg: Zorg) -> None:
    dag = max(zorg.loopbaan.begin, eigen.vandaag - HOOGSTENS_KEER * HOE_VAAK)
    while dag <= eigen.vandaag:
        for stem in (Beleving.Stem.JONGERE, Beleving.Stem.BEGELEIDER):
            for behoefte in eigen.sample(list(Beleving.Behoefte), eigen.randint(2, 4)):
                is_eigen = stem == Beleving.Stem.JONGERE and eigen.soms(0.4)
                opslag.voeg_toe(
                    Beleving,
                    traject_id=zorg.traject,
                    behoefte=behoefte,
                    stem=stem,
                    ouder_id=None,
                    weer=eigen.choice(Beleving.Weer.values),
                    woorden=eigen.choice(EIGEN_WOORDEN[behoefte]) if is_eigen else "",
                    datum=dag,
                    door_id=zorg.eigenaar,
                    aangemaakt_op=eigen.moment_op(dag),
                )
        dag += HOE_VAAK


def _stappen(eigen: Toeval, opslag: Opslag, zorg: Zorg) -> None:
    toestanden = ("open", "open", "gedaan", "losgelaten")
    for wat, toestand in zip(eigen.sample(STAPPEN, len(toestanden)), toestanden, strict=True):
        is_open = toestand == "open"
        opslag.voeg_toe(
            KleineStap,
            traject_id=zorg.traject,
            sleutel=eigen.sleutel(),
            wat=wat,
            wie=eigen.choice((zorg.loopbaan.roepnaam, "samen", "")),
            wanneer=eigen.vandaag + timedelta(days=eigen.randint(1, 20)) if is_open and eigen.soms(0.5) else None,
            toestand=toestand,
            door_id=zorg.eigenaar,
            op=eigen.moment_op(_onlangs(eigen, zorg)),
        )


def _plekken(eigen: Toeval, opslag: Opslag, zorg: Zorg) -> None:
    for (naam, soort, notitie), toestand in zip(eigen.sample(PLEKKEN, 2), ("open", "losgelaten"), strict=True):
        opslag.voeg_toe(
            MogelijkePlek,
            traject_id=zorg.traject,
            sleutel=eigen.sleutel(),
            naam=naam,
            soort=soort,
            notitie=notitie,
            toestand=toestand,
            door_id=zorg.eigenaar,
            op=eigen.moment_op(_onlangs(eigen, zorg)),
        )


def _plan(eigen: Toeval, opslag: Opslag, zorg: Zorg) -> None:
    signalen, helpt, helpt_niet = eigen.choice(PLANNEN)
    dag = _onlangs(eigen, zorg)
    plan = opslag.sleutel(Preventieplan)
    opslag.voeg_toe(
        Preventieplan,
        id=plan,
        traject_id=zorg.traject,
        versie=1,
        signalen=signalen,
        wat_helpt=helpt,
        wat_niet_helpt=helpt_niet,
        bellen=[{"wie": "Opa", "hoe": "altijd goed"}, {"wie": "de begeleider", "hoe": "op werkdagen"}],
        door_id=zorg.eigenaar,
        op=eigen.moment_op(dag),
    )
    opslag.voeg_toe(
        PlanAkkoord,
        traject_id=zorg.traject,
        plan_id=plan,
        partij=PlanAkkoord.Partij.JONGERE,
        naam=zorg.loopbaan.roepnaam,
        datum=dag,
        door_id=zorg.eigenaar,
        op=eigen.moment_op(dag),
    )


def _onlangs(eigen: Toeval, zorg: Zorg) -> date:
    return eigen.dag(max(zorg.loopbaan.begin, eigen.vandaag - timedelta(days=40)), eigen.vandaag - timedelta(days=1))
