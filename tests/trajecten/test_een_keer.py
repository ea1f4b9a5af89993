"""A moment that is sent twice from one form is kept once, also with a photo and also at the same moment."""

from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from tests.samen import tegelijk
from tests.trajecten.momenten import beeld, bestand
from trajecten.models import Momentfoto


def velden(**anders) -> dict:
    return {"tekst": "Samen gekookt.", "soort": "indruk", "datum": timezone.localdate().isoformat()} | anders


@pytest.fixture
def bewaar(als, begeleider, traject):
    client = als(begeleider)
    return lambda **anders: client.post(reverse("trajecten:moment", args=[traject.pk]), velden(**anders))


def test_what_is_sent_twice_from_one_form_is_kept_once(bewaar, als, begeleider, traject):
    client, pagina = als(begeleider), reverse("trajecten:traject", args=[traject.pk])
    een, ander = (client.get(pagina).context["momentform"]["formulier"].value() for _ in "12")

    eerste, nog_eens = (bewaar(formulier=een) for _ in "12")
    bewaar(formulier=een, tekst="Ook gegeten.")  # who goes back in her browser and writes something else
    bewaar(formulier=een, samen="groep")
    bewaar(formulier=ander)  # the same words, from a page that was opened anew

    assert (eerste.status_code, eerste.url) == (nog_eens.status_code, nog_eens.url)
    teksten = traject.momenten.order_by("pk").values_list("tekst", flat=True)
    assert list(teksten) == ["Samen gekookt.", "Ook gegeten.", "Samen gekookt.", "Samen gekookt."]


def test_what_a_colleague_sends_from_the_same_form_is_hers(bewaar, als, coordinator, traject):
    bewaar(formulier="een")

    als(coordinator).post(reverse("trajecten:moment", args=[traject.pk]), velden(formulier="een"))

    assert traject.momenten.count() == 2


@pytest.mark.django_db(transaction=True)
def test_who_presses_twice_at_the_same_moment_keeps_one(als, begeleider, traject):
    clienten = [als(begeleider) for _ in "123"]
    adres_ = reverse("trajecten:moment", args=[traject.pk])

    antwoorden = tegelijk(*(partial(client.post, adres_, velden(formulier="een")) for client in clienten))

    assert {antwoord.status_code for antwoord in antwoorden} == {302}
    with als_gebruiker(begeleider.pk):
        assert traject.momenten.count() == 1


def test_with_the_same_photo_once_and_with_another_photo_again(bewaar, traject):
    for kleur in ("red", "red", "blue"):
        bewaar(formulier="een", foto=bestand(beeld(kleur=kleur)))

    assert Momentfoto.objects.count() == traject.momenten.count() == 2
