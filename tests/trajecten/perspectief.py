"""One row in every table about how it goes and where it may go, for tests that go along all tables or addresses."""

from collectief.gebruikers.models import Gebruiker
from trajecten.models import (
    Beleving,
    EerdereWens,
    KleineStap,
    MogelijkePlek,
    PlanAkkoord,
    Preventieplan,
    Reisblad,
    Reisboekje,
    Terugblik,
    Terugvalsignaal,
    Traject,
)


def vul_perspectief(traject: Traject, door: Gebruiker) -> dict[str, dict]:
    """Fill the tables as `door`, whom the database has to know; return the arguments of addresses by their name."""
    Beleving.objects.create(traject=traject, behoefte="relatie", stem="jongere", weer="zon", door=door)
    EerdereWens.objects.create(traject=traject, onderdeel="wensdroom", tekst="Een hond.", door=door)
    stap = KleineStap.objects.create(traject=traject, wat="Naar de bakker", door=door)
    plek = MogelijkePlek.objects.create(traject=traject, naam="De Linde", soort="school", door=door)
    plan = Preventieplan.objects.create(traject=traject, versie=1, signalen="Veel slapen.", door=door)
    akkoord = PlanAkkoord.objects.create(traject=traject, plan=plan, partij="jongere", naam="Noor", door=door)
    signaal = Terugvalsignaal.objects.create(traject=traject, plan=plan, door=door)
    boekje = Reisboekje.objects.create(traject=traject, nummer=1, titel="Mijn reis", door=door)
    Reisblad.objects.create(traject=traject, boekje=boekje, volgorde=1, soort="moment", kop="1 mei", door=door)
    Terugblik.objects.create(traject=traject, hoe="samen", door=door)
    return {
        "boekje": {"nummer": 1},
        "boekje_vouwen": {"nummer": 1},
        "kleine_stap": {"sleutel": stap.sleutel},
        "mogelijke_plek": {"sleutel": plek.sleutel},
        "akkoord_terug": {"akkoord_pk": akkoord.pk},
        "terugval_terug": {"signaal_pk": signaal.pk},
    }
