"""What somebody did with the world of `test_toegang.py`, and on which pages it shows: rested, returned, stopped, gone.

Each brings the world there and gives back what differs in the addresses; the test undoes it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.utils import timezone

from bijeenkomsten.models import Bijeenkomst
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.actions import stop
from initiatieven.jaarcheck import beantwoord
from initiatieven.lidmaatschap import Oordeel, Stap
from initiatieven.models import Aanmelding, Initiatief
from initiatieven.prullenbak import gooi_weg
from tests.factories import RolFactory
from tests.initiatieven.factories import AanmeldingFactory
from tests.test_toegang import Wereld
from tests.trajecten.kring import overdracht_tot, zet
from tests.trajecten.vertrekken import besluit, verzoek
from tests.weigeren import LANG
from trajecten.actions import laat_rusten, zet_stap
from trajecten.fases import Fase
from trajecten.models import Contactmoment, Overdracht, Rustperiode, Traject

WOORDEN = f"{LANG * 2} en nog wat woorden erbij."


def _traject(wereld: Wereld) -> Traject:
    return Traject.objects.select_related("jongere", "initiatief").get(**wereld.argumenten["trajecten:traject"])


def _initiatief(wereld: Wereld) -> Initiatief:
    return wereld.mensen["begeleider"].rollen.get().initiatief


def rust(wereld: Wereld) -> None:
    wie = wereld.mensen["begeleider"]
    with als_gebruiker(wie.pk):
        periode = Rustperiode(tot=timezone.localdate() + timedelta(days=30), woorden=WOORDEN)
        laat_rusten(traject=_traject(wereld), door=wie, periode=periode)


def deur_open(wereld: Wereld) -> None:
    wie = wereld.mensen["begeleider"]
    with als_gebruiker(wie.pk):
        zet_stap(traject=_traject(wereld), naar=Fase.WAAKVLAM, door=wie, toelichting=WOORDEN, deur_staat_open=True)


def terug(wereld: Wereld) -> None:
    deur_open(wereld)
    wie = wereld.mensen["begeleider"]
    with als_gebruiker(wie.pk):
        zet_stap(traject=_traject(wereld), naar=Fase.LANDING, door=wie, woorden_van_jongere=WOORDEN)


def niet_bereikt(wereld: Wereld) -> None:
    wie = wereld.mensen["begeleider"]
    with als_gebruiker(wie.pk):
        contact = Contactmoment.objects.get(pk=wereld.argumenten["trajecten:contact"]["contact_pk"])
        contact.rond_af("niet_bereikt", door=wie, notitie=WOORDEN)


def _overdracht(stand: str) -> Callable[[Wereld], dict]:
    def breng(wereld: Wereld) -> dict:
        van, begeleider = wereld.mensen["coordinator"], wereld.mensen["buitenstaander"]
        naar = begeleider.rollen.get().initiatief
        daar = RolFactory(initiatief=naar, soort="coordinator").gebruiker
        with als_gebruiker(van.pk):
            traject = _traject(wereld)
            loopt = Overdracht.objects.get(traject=traject)
        zet(loopt, "ingetrokken", door=van)
        een = overdracht_tot(
            stand,
            traject=traject,
            van=van,
            naar=naar,
            daar=daar,
            begeleider=begeleider,
            stukken=frozenset({"roepnaam"}),
        )
        return {"overdracht_pk": een.pk}

    return breng


def weg_besloten(wereld: Wereld) -> None:
    wie = wereld.mensen["coordinator"]
    with als_gebruiker(wie.pk):
        traject = _traject(wereld)
    verzoek(traject, wie)
    besluit(traject, wie)


def gestopt(wereld: Wereld) -> None:
    rust(wereld)
    stop(initiatief=_initiatief(wereld), door=wereld.mensen["coordinator"])


def in_prullenbak(wereld: Wereld) -> None:
    gooi_weg(initiatief=Initiatief.objects.create(naam=LANG * 3), door=wereld.mensen["beheerder"])


def _aanmelding(*stappen: Stap) -> Callable[[Wereld], dict]:
    def breng(wereld: Wereld) -> dict:
        aanmelding: Aanmelding = AanmeldingFactory(naam=LANG * 3, toetsen=Oordeel.VOLDOET)
        for stap in stappen:
            tot = timezone.localdate() + timedelta(days=60) if stap == Stap.AANHOUDEN else None
            aanmelding.zet_stap(stap, door=wereld.mensen["beheerder"], waarom=WOORDEN, tot=tot)
        return {"pk": aanmelding.pk}

    return breng


def jaarcheck_gegeven(wereld: Wereld) -> None:
    check = _initiatief(wereld).jaarchecks.get()
    beantwoord(check=check, aantal=2, bron="opgave", door=wereld.mensen["coordinator"], toelichting=WOORDEN)


def _bijeenkomst(**velden: object) -> Callable[[Wereld], None]:
    def breng(wereld: Wereld) -> None:
        Bijeenkomst.objects.filter(pk=wereld.argumenten["bijeenkomsten:detail"]["pk"]).update(**velden)

    return breng


def _geweest(wereld: Wereld) -> None:
    toen = timezone.now() - timedelta(days=9)
    _bijeenkomst(begint_op=toen, eindigt_op=toen + timedelta(hours=2))(wereld)


class Stand(NamedTuple):
    breng: Callable[[Wereld], dict | None]
    wie: str
    paginas: str


BIJEENKOMST = "beheer deelnemers uitnodigen rondmails mijn programma agendavragen"
AFGELAST = _bijeenkomst(status="afgelast", afgelast_omdat=WOORDEN)
STANDEN = [
    Stand(rust, "begeleider", "trajecten: traject fase nazorg rust mensen overdragen vandaag lijst"),
    Stand(deur_open, "begeleider", "trajecten: traject fase nazorg"),
    Stand(terug, "begeleider", "trajecten: traject fase nazorg"),
    Stand(niet_bereikt, "begeleider", "trajecten: contact nazorg traject"),
    *(
        Stand(_overdracht(stand), "coordinator", "trajecten: overdracht overdragen overdrachten")
        for stand in ("voorgesteld", "voorbereid", "samen_op_weg")
    ),
    Stand(_overdracht("overgedragen"), "coordinator", "trajecten: overdrachten vandaag"),
    Stand(_overdracht("overgedragen"), "buitenstaander", "trajecten: traject mensen overdragen overdrachten"),
    Stand(weg_besloten, "coordinator", "trajecten: weggaan opruimen vandaag"),
    Stand(gestopt, "coordinator", "trajecten: stoppen lijst"),
    Stand(gestopt, "coordinator", "initiatieven: beheer geschiedenis"),
    Stand(in_prullenbak, "beheerder", "initiatieven: prullenbak"),
    *(
        Stand(_aanmelding(*stappen), "beheerder", "initiatieven: toets toetsing")
        for stappen in (
            (),
            (Stap.KENNISMAKEN,),
            (Stap.KENNISMAKEN, Stap.TWEEDE_VRAAG),
            (Stap.KENNISMAKEN, Stap.AANHOUDEN),
            (Stap.KENNISMAKEN, Stap.AFWIJZEN),
            (Stap.INTREKKEN,),
        )
    ),
    Stand(jaarcheck_gegeven, "coordinator", "initiatieven: jaarcheck beheer"),
    Stand(jaarcheck_gegeven, "beheerder", "initiatieven: jaarchecks"),
    Stand(AFGELAST, "kernteamlid", f"bijeenkomsten: {BIJEENKOMST} detail aanwezig"),
    Stand(AFGELAST, "begeleider", "bijeenkomsten: meedoen mijn"),
    Stand(_bijeenkomst(status="concept"), "kernteamlid", f"bijeenkomsten: {BIJEENKOMST}"),
    Stand(_geweest, "kernteamlid", f"bijeenkomsten: {BIJEENKOMST} detail aanwezig verslag_schrijven"),
    Stand(_geweest, "begeleider", "bijeenkomsten: meedoen mijn"),
]
