"""One row in every table about how it goes and where it may go, for tests that go along all tables or addresses."""

from collectief.gebruikers.models import Gebruiker
from trajecten.models import Beleving, EerdereWens, KleineStap, MogelijkePlek, Traject


def vul_perspectief(traject: Traject, door: Gebruiker) -> dict[str, dict]:
    """Fill the tables as `door`, whom the database has to know; return the arguments of addresses by their name."""
    Beleving.objects.create(traject=traject, behoefte="relatie", stem="jongere", weer="zon", door=door)
    EerdereWens.objects.create(traject=traject, onderdeel="wensdroom", tekst="Een hond.", door=door)
    stap = KleineStap.objects.create(traject=traject, wat="Naar de bakker", door=door)
    plek = MogelijkePlek.objects.create(traject=traject, naam="De Linde", soort="school", door=door)
    return {"kleine_stap": {"sleutel": stap.sleutel}, "mogelijke_plek": {"sleutel": plek.sleutel}}
