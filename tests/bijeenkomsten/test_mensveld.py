"""Who does it, in a report: one of many people, found by a part of her name."""

import pytest

from bijeenkomsten.models import Actie
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.bijeenkomsten.test_verslag import actie, tekst, url, verslag_met_delen
from tests.factories import GebruikerFactory


@pytest.mark.django_db
def test_namesakes_who_could_look_after_something_are_told_apart_by_where_they_work(als, kernteamlid, initiatief):
    bijeenkomst = BijeenkomstFactory()
    for plek in (initiatief, None):
        UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam="Noor de Wit", initiatief=plek)

    pagina = tekst(als(kernteamlid).get(url("verslag_nieuw", bijeenkomst.pk, "actie")))

    assert f'<option value="Noor de Wit ({initiatief.naam})">' in pagina
    assert '<option value="Noor de Wit">' in pagina


@pytest.mark.parametrize(
    ("getypt", "wie", "zin"),
    [
        ("Noor de Wit (De Wilgenhoek)", "Noor de Wit", ""),
        ("zoe", "Zoë Blauw", ""),
        ("ZOË BL", "Zoë Blauw", ""),
        ("noor", "", "Hier passen er meer bij: Noor Groen (De Wilgenhoek), Noor de Wit (De Wilgenhoek). Kies er een."),
        ("sem", "", "Er zijn mensen die precies zo heten."),
        ("sem2@voorbeeld.example", "Sem", ""),
        ("s", "", "Sem en nog 1. Kies er een."),
        ("Ander", "", "Deze naam staat niet in de lijst."),
    ],
)
def test_who_does_it_is_found_by_a_part_of_a_name(als, kernteamlid, initiatief, monkeypatch, getypt, wie, zin):
    monkeypatch.setattr("bijeenkomsten.forms.mensveld.HOOGSTENS_NOEMEN", 2)
    bijeenkomst = BijeenkomstFactory()
    for naam in ("Noor de Wit", "Noor Groen", "Zoë Blauw"):
        UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam=naam, initiatief=initiatief)
    for nummer in (1, 2, 3):
        gast = GebruikerFactory(naam="Sem", email=f"sem{nummer}@voorbeeld.example")
        UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=gast)
    GebruikerFactory(naam="Ander")  # was not invited

    velden = {"tekst": "Koken", "lezers": "leden", "voor": "2099-01-01", "eigenaar": getypt}
    pagina = tekst(als(kernteamlid).post(url("verslag_nieuw", bijeenkomst.pk, "actie"), velden, follow=True))

    assert [str(een.eigenaar) for een in Actie.objects.all()] == ([wie] if wie else [])
    assert zin in pagina
    assert wie or f'value="{getypt}"' in pagina


def test_who_was_chosen_before_stands_on_the_line(als, kernteamlid, begeleider):
    verslag = verslag_met_delen("concept")
    bestaand = actie(begeleider, verslag=verslag)
    UitnodigingFactory(bijeenkomst=verslag.bijeenkomst, gebruiker=begeleider)

    pagina = tekst(als(kernteamlid).get(url("verslag_onderdeel", verslag.bijeenkomst.pk, "actie", bestaand.pk)))

    assert f'value="{begeleider.naam}"' in pagina
