"""A family takes its question back at the very moment at which the place answers it."""

import pytest

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker, met_sleutel
from kaart.actions import beweeg, trek_in
from kaart.contactstanden import Contactstand
from kaart.models import ContactGeweigerd, Contactplek, Contactverzoek
from tests.kaart.vragen import maak_vraag, zoals_nu
from tests.samen import ernaast
from tests.trajecten.tegelijk import wacht_tot_iemand_wacht


@pytest.mark.django_db(transaction=True)
def test_an_answer_while_the_question_is_being_taken_back_is_refused(begeleider, initiatief):
    vraag = maak_vraag(initiatief)

    def antwoord() -> None:
        with als_gebruiker(begeleider.pk):
            plek = Contactplek.objects.met_vraag().get()
            beweeg(plek=plek, naar=Contactstand.IN_GESPREK, door=begeleider, uit="nieuw")

    with met_sleutel(vraag.pk):
        trek_in(verzoek=Contactverzoek.objects.get())
        geantwoord = ernaast(antwoord)
        wacht_tot_iemand_wacht()

    with pytest.raises(ContactGeweigerd, match="Intussen is er iets veranderd: ingetrokken"):
        geantwoord.result(timeout=10)
    nu = zoals_nu(vraag)
    assert ([plek.stand for plek in nu.plekken.all()], nu.naam) == (["ingetrokken"], None)
    assert not Bericht.objects.exclude(aan_adres="").exists()
