"""Two things on one page that lead elsewhere do not carry one name: whoever listens hears no more than the name."""

import re
from collections import defaultdict
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from bijeenkomsten.models import Actie, Verslag
from collectief.rijbeveiliging import als_gebruiker
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.bijeenkomsten.prikkerfactories import PrikdatumFactory, PrikgastFactory
from trajecten.models import Moment

pytestmark = pytest.mark.django_db


class Namen(HTMLParser):
    """What each link and button of a page is called, with where it leads."""

    def __init__(self, bron: str):
        super().__init__()
        self.namen, self.open, self.actie = defaultdict(set), None, ""
        self.feed(bron)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.actie = attrs.get("action") or ""
        if tag == "a" and attrs.get("href", "#")[0] != "#":  # not to a part of this same page
            self.open = ["", attrs["href"]]
        if tag == "button":
            self.open = ["", f"{self.actie} {attrs.get('value', '')}"]

    def handle_data(self, data):
        if self.open:
            self.open[0] += data

    def handle_endtag(self, tag):
        if tag in ("a", "button") and self.open:
            naam, doel = self.open
            self.namen[re.sub(r"\s+", " ", naam).strip()].add(doel)
            self.open = None


def dubbel(antwoord) -> dict[str, set[str]]:
    """The names in the content of a page that lead to more than one place."""
    inhoud = antwoord.text[antwoord.text.index("<main") : antwoord.text.index("</main>")]
    return {naam: doelen for naam, doelen in Namen(inhoud).namen.items() if len(doelen) > 1}


@pytest.mark.parametrize("wie", ["begeleider", "kernteamlid"])
def test_meetings_of_one_kind_are_told_apart(als, request, wie):
    mens = request.getfixturevalue(wie)
    for dagen in (3, 9, -5, -9):
        bijeenkomst = BijeenkomstFactory(titel="", begint_op=timezone.now() + timedelta(days=dagen))
        UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=mens)

    assert dubbel(als(mens).get("/bijeenkomsten/mijn/")) == {}


def test_actions_are_told_apart(als, kernteamlid):
    verslag = Verslag.objects.create(bijeenkomst=BijeenkomstFactory(), stand="ter_inzage")
    for tekst in ("Koken", "Bellen"):
        Actie.objects.create(verslag=verslag, tekst=tekst, eigenaar=kernteamlid, voor=timezone.localdate())

    assert dubbel(als(kernteamlid).get("/bijeenkomsten/acties/")) == {}


def test_dates_and_guests_of_a_poll_are_told_apart(als, kernteamlid):
    datum = PrikdatumFactory()
    PrikdatumFactory(prikker=datum.prikker, begint_op=datum.begint_op + timedelta(days=1))
    PrikgastFactory.create_batch(2, prikker=datum.prikker)

    pagina = als(kernteamlid).get(datum.prikker.get_absolute_url())

    assert dubbel(pagina) == {}
    assert pagina.text.count("Moet erbij zijn<span") == 2


def test_two_moments_of_one_day_are_told_apart(als, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        for tekst in ("Samen gekookt.", "Lang gewandeld."):
            Moment.objects.create(traject=traject, tekst=tekst, door=begeleider)

    assert dubbel(als(begeleider).get(f"/trajecten/{traject.pk}/")) == {}
