"""Two years after a meeting nobody knows any more who was asked; how many came stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bijeenkomsten.models import Belangstelling, Prik, Prikgast, Rondmail, Uitnodiging
from bijeenkomsten.tasks import wis_wensen
from tests.bijeenkomsten.factories import BijeenkomstFactory, RondmailFactory, UitnodigingFactory
from tests.bijeenkomsten.prikkerfactories import DatumprikkerFactory, PrikdatumFactory, PrikgastFactory
from tests.factories import GebruikerFactory
from tests.initiatieven.factories import InitiatiefFactory

pytestmark = pytest.mark.django_db


def geleden(dagen: int):
    return timezone.now() - timedelta(days=dagen, hours=3)


@pytest.mark.parametrize(("dagen", "is_bekend"), [(730, True), (732, False)])
def test_who_was_asked_is_forgotten_after_two_years_and_the_number_stays(dagen, is_bekend):
    bijeenkomst = BijeenkomstFactory(begint_op=geleden(dagen))
    plek = InitiatiefFactory()
    met_account = UitnodigingFactory(
        bijeenkomst=bijeenkomst, antwoord="ja", meegenomen=2, initiatief=plek, aanwezig_op=bijeenkomst.begint_op
    )
    zonder = UitnodigingFactory(
        bijeenkomst=bijeenkomst, gebruiker=None, naam="Gerda Gast", adres="gerda@voorbeeld.example", antwoord="ja"
    )

    wis_wensen()
    opnieuw = wis_wensen()

    nu = {rij.pk: rij for rij in Uitnodiging.objects.all()}
    assert opnieuw == 0
    assert bool(nu[met_account.pk].gebruiker_id) is is_bekend
    assert ("Gerda" in nu[zonder.pk].naam, "gerda" in nu[zonder.pk].adres) == (is_bekend, is_bekend)
    assert [nu[rij.pk].token == rij.token for rij in (met_account, zonder)] == [is_bekend] * 2
    assert len({rij.token for rij in nu.values()}) == 2
    assert bijeenkomst.uitnodigingen.komt().aantal_mensen() == 4
    assert set(Uitnodiging.objects.per_initiatief_en_jaar().values()) == {1}


def test_nobody_writes_to_who_is_forgotten():
    bijeenkomst = BijeenkomstFactory(begint_op=geleden(732))
    UitnodigingFactory(
        bijeenkomst=bijeenkomst, gebruiker=None, naam="Gerda", adres="g@voorbeeld.example", antwoord="ja"
    )
    rondmail = RondmailFactory(bijeenkomst=bijeenkomst, wie=Rondmail.Wie.ALLEN)
    eerst = rondmail.ontvangers().count(), bijeenkomst.uitnodigingen.gasten_die_kwamen().count()

    wis_wensen()

    assert eerst == (1, 1)
    assert not rondmail.ontvangers().exists()
    assert not bijeenkomst.uitnodigingen.gasten_die_kwamen().exists()


@pytest.mark.parametrize(
    ("gevraagd", "laatste_datum", "blijft"),
    [(800, None, False), (800, 732, False), (800, 729, True), (700, None, True), (700, 732, True)],
)
def test_who_was_asked_for_a_date_goes_two_years_after_the_last_one(gevraagd, laatste_datum, blijft):
    prikker = DatumprikkerFactory(aangemaakt_op=geleden(gevraagd))
    gast = PrikgastFactory(prikker=prikker)
    datums = [PrikdatumFactory(prikker=prikker, begint_op=geleden(799))]
    if laatste_datum:
        datums.append(PrikdatumFactory(prikker=prikker, begint_op=geleden(laatste_datum)))
    Prik.objects.bulk_create(Prik(gast=gast, datum=datum, keuze="ja") for datum in datums)

    wis_wensen()

    assert Prikgast.objects.exists() == Prik.objects.exists() == blijft


@pytest.mark.parametrize(("dagen", "blijft"), [(730, True), (732, False)])
def test_who_wanted_to_hear_of_a_theme_is_forgotten_with_the_others(dagen, blijft):
    Belangstelling.objects.create(
        bijeenkomst=BijeenkomstFactory(begint_op=geleden(dagen)), gebruiker=GebruikerFactory()
    )

    wis_wensen()

    assert Belangstelling.objects.exists() is blijft
