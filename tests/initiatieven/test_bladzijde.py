"""What makes a public page more than facts: photos, stories, and finding it by its words."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectief import bestanden
from collectief.beeld import maak_foto
from initiatieven.actions import bewaar_foto, stel_verhaal_voor, verwijder_foto
from initiatieven.models import Initiatief, Plekfoto, Plekverhaal
from tests.factories import InitiatiefFactory
from tests.initiatieven.factories import LocatieFactory
from tests.trajecten.momenten import beeld


def foto():
    return maak_foto(BytesIO(beeld()))


@pytest.mark.parametrize(
    ("gezocht", "gevonden"),
    [
        ("moestuin", True),  # a word of the page
        ("moestuinen", True),  # its plural
        ("creme", True),  # without the accent
        ("wilgenhoek", True),
        ("wilgenhoke", True),  # a typing error in the name
        ("ilgenho", True),  # a part of the name
        ("zutphen", True),  # its town
        ("knutselen", False),
        ("agressie", False),  # only in what does not fit there
        ("%", False),
        ("_", False),
        ("\\", False),
        ("'; DROP TABLE", False),
        ("moestuin & (", True),
        ("", True),
        ("  ", True),
    ],
)
def test_an_initiative_is_found_by_its_words_its_name_and_its_town(initiatief, gezocht, gevonden):
    Initiatief.objects.filter(pk=initiatief.pk).update(
        werkwijze="We werken in de moestuin en eten crème.", past_niet="Agressie kunnen we hier niet opvangen."
    )
    LocatieFactory(initiatief=initiatief)

    assert Initiatief.objects.zoek(gezocht).filter(pk=initiatief.pk).exists() is gevonden


@pytest.mark.parametrize(
    ("velden", "in_lijst"),
    [
        ({"lidmaatschap": "lid"}, True),
        ({"lidmaatschap": "aandacht"}, True),
        ({"lidmaatschap": "geen"}, False),
        ({"lidmaatschap": "gestopt"}, False),
        ({"lidmaatschap": "lid", "is_vindbaar": False}, False),
    ],
)
def test_what_search_and_map_show(db, velden, in_lijst):
    plek = LocatieFactory(initiatief=InitiatiefFactory(**velden))

    assert Initiatief.objects.vindbaar().filter(pk=plek.initiatief_id).exists() is in_lijst
    assert type(plek).objects.op_de_kaart().filter(pk=plek.pk).exists() is in_lijst


def test_a_photo_without_words_is_refused_by_the_database(initiatief):
    with pytest.raises(IntegrityError, match="plekfoto_heeft_woorden"), transaction.atomic():
        Plekfoto.objects.create(initiatief=initiatief, alt="", breedte=1, hoogte=1)


def test_a_photo_goes_with_its_file(initiatief, begeleider, django_capture_on_commit_callbacks):
    rij = bewaar_foto(initiatief=initiatief, foto=foto(), alt="De tuin in de zon", door=begeleider)
    bestand = rij.bestand
    assert bestanden.lees(bestand)
    assert not Plekfoto.objects.openbaar().exists()

    with django_capture_on_commit_callbacks(execute=True):
        verwijder_foto(foto=rij)

    with pytest.raises(FileNotFoundError):
        bestanden.lees(bestand)


def test_a_story_of_a_visit_waits_for_the_place_and_is_told_once(initiatief, kernteamlid):
    velden = {"titel": "Een dag mee", "tekst": "Er was soep.", "door": kernteamlid, "bron": "bijeenkomst:1"}
    eerste = stel_verhaal_voor(initiatief=initiatief, herkomst="bezoek", foto=foto(), alt="Soep", **velden)
    tweede = stel_verhaal_voor(initiatief=initiatief, herkomst="bezoek", foto=foto(), alt="Soep", **velden)

    assert eerste == tweede
    assert Plekfoto.objects.count() == 1
    assert not Plekverhaal.objects.openbaar().exists()
    assert Plekverhaal.objects.voorgesteld().get() == eerste


def test_nobody_makes_a_story_public_without_a_name(initiatief):
    with pytest.raises(IntegrityError, match="plekverhaal_openbaar_door_iemand"), transaction.atomic():
        Plekverhaal.objects.create(initiatief=initiatief, titel="a", tekst="b", openbaar_op=timezone.now())
