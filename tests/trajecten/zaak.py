"""A trajectory with something in every table, for tests that go along all tables."""

from datetime import date, timedelta

from django.utils import timezone

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.kring import vul_kring
from tests.trajecten.momenten import vul_momenten
from tests.trajecten.perspectief import vul_perspectief
from trajecten.models import (
    Agendalink,
    Bewaartermijn,
    JongereIdentiteit,
    Ladderinstelling,
    Leeftijdsgrenzen,
    Momentconcept,
    NazorgAfspraak,
    Rustperiode,
    Seintje,
    Traject,
    Verhaal,
    Vertrek,
)
from trajecten.planning import pauzeer, stel_ladder_in


def vul_zaak(traject: Traject, begeleider: Gebruiker, coordinator: Gebruiker) -> Traject:
    """Give the trajectory a row in every table of trajecten."""
    with als_gebruiker(begeleider.pk):
        vul_momenten(traject, begeleider)
        JongereIdentiteit.objects.create(jongere_id=traject.jongere_id, officiele_naam="Noor Voorbeeld")
        Leeftijdsgrenzen.leid_af(traject.jongere_id, date(2012, 2, 29))
        Momentconcept.objects.create(traject=traject, gebruiker=begeleider, tekst="Nog bezig")
        Verhaal.objects.create(traject=traject, vraag="wie", tekst="Houdt van honden.", door=begeleider)
        Rustperiode.objects.create(traject=traject, door=begeleider)
        vul_perspectief(traject, begeleider)
        vul_kring(traject, begeleider)
        NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider).plan(eigenaar=begeleider)
        Bewaartermijn.van(traject)
        Vertrek.objects.create(
            traject=traject,
            aanleiding="verzoek",
            gevraagd_door="ouders",
            gevraagd_op=traject.begonnen_op,
            genoteerd_door=begeleider,
        )
        pauzeer(traject=traject, tot=timezone.localdate() + timedelta(days=30), door=begeleider)
        traject.noteer_inzage(begeleider, "traject")
        Agendalink.vernieuw(begeleider.pk)
        Seintje.objects.create(traject=traject, voor="jongere", adres="noor@voorbeeld.example", door=begeleider)
    with als_gebruiker(coordinator.pk):
        stel_ladder_in(instelling=Ladderinstelling(initiatief_id=traject.initiatief_id), door=coordinator)
    return traject
