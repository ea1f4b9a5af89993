"""What makes a public page more than facts: photos, stories, and finding it by its words."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectief import bestanden
from initiatieven.actions import (
    bewaar_foto,
    doe_met_verhaal,
    ruim_plekfotos_op,
    stel_verhaal_voor,
    verwijder_foto,
)
from initiatieven.models import Initiatief, OudAdres, Plekfoto, Plekverhaal
from tests.factories import InitiatiefFactory
from tests.initiatieven.bladzijde import foto
from tests.initiatieven.factories import LocatieFactory
from tests.trajecten.momenten import beeld


@pytest.mark.parametrize(
    ("gezocht", "gevonden"),
    [
        ("moestuin", True),  # a word of the page
        ("moestuinen", True),  # its plural
        ("creme", True),  # without the accent
        ("wilgenhoek", True),
        ("wilgenhoke", True),  # a typing error in the name
        ("de wilgenhoke", True),
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


def test_a_public_photo_is_a_picture_without_anything_else_that_may_be_kept(client, initiatief):
    rij = bewaar_foto(initiatief=initiatief, foto=foto(), alt="De tuin", door=None, openbaar=True)

    antwoord = client.get(f"/initiatieven/foto/{rij.pk}/")

    assert antwoord.headers["Content-Type"] == "image/webp"
    assert antwoord.headers["Cache-Control"] == "public, max-age=3600"
    assert b"EXIF" not in antwoord.content
    assert not antwoord.cookies


@pytest.mark.parametrize(
    "anders",
    [{"openbaar": False}, {"lidmaatschap": "gestopt"}, {"bestand": False}],
    ids=["besloten", "geen lid", "weg"],
)
def test_a_photo_that_is_not_public_does_not_exist_for_others(client, als, begeleider, initiatief, anders):
    rij = bewaar_foto(
        initiatief=initiatief, foto=foto(), alt="De tuin", door=None, openbaar=anders.get("openbaar", True)
    )
    Initiatief.objects.filter(pk=initiatief.pk).update(lidmaatschap=anders.get("lidmaatschap", "lid"))
    if not anders.get("bestand", True):
        bestanden.verwijder(rij.bestand)

    assert client.get(f"/initiatieven/foto/{rij.pk}/").status_code == 404
    eigen = als(begeleider).get(f"/initiatieven/de-wilgenhoek/fotos/{rij.pk}/")
    assert eigen.status_code == (200 if anders.get("bestand", True) else 404)


def test_a_page_shows_public_photos_and_stories_only(client, initiatief, begeleider):
    bewaar_foto(initiatief=initiatief, foto=foto(), alt="De geheime tuin", door=None)
    wacht = stel_verhaal_voor(
        initiatief=initiatief, titel="Bezoek", tekst="Wij aten soep.", door=None, bron="x:1", foto=foto(), alt="De soep"
    )
    assert "Bezoek" not in client.get(initiatief.get_absolute_url()).text

    doe_met_verhaal(verhaal=wacht, doe="openbaar", door=begeleider)

    tekst = client.get(initiatief.get_absolute_url()).text
    assert "Wij aten soep." in tekst
    assert "De soep" not in tekst  # of the photo nobody said anything yet
    assert "De geheime tuin" not in tekst


@pytest.mark.parametrize(
    ("doe", "zichtbaar", "bestaat"), [("openbaar", True, True), ("besloten", False, True), ("weg", False, False)]
)
def test_the_place_decides_about_its_photo(als, begeleider, initiatief, doe, zichtbaar, bestaat):
    rij = bewaar_foto(initiatief=initiatief, foto=foto(), alt="De tuin", door=None, openbaar=doe == "besloten")

    als(begeleider).post(f"/initiatieven/de-wilgenhoek/fotos/{rij.pk}/anders/", {"doe": doe})

    assert Plekfoto.objects.openbaar().exists() is zichtbaar
    assert Plekfoto.objects.exists() is bestaat


@pytest.mark.parametrize(
    ("alt", "bestand", "zin"),
    [
        ("", beeld(), "Schrijf op wat er op de foto staat."),
        ("x", b"geen foto", "Dit kunnen we niet als foto lezen."),
        ("x", b"", "Kies een foto."),
        ("x", b"x" * 15_000_001, "Een foto mag hooguit 15 MB zijn."),
    ],
    ids=["zonder woorden", "geen foto", "geen bestand", "te groot"],
)
def test_a_photo_that_is_none_or_has_no_words_is_asked_back(als, begeleider, initiatief, alt, bestand, zin):
    foto = SimpleUploadedFile("a.png", bestand) if bestand else ""

    antwoord = als(begeleider).post("/initiatieven/de-wilgenhoek/fotos/", {"alt": alt, "foto": foto})

    assert zin in antwoord.text
    assert not Plekfoto.objects.exists()


def test_a_photo_is_uploaded_and_waits_until_the_place_says_that_everybody_agrees(als, begeleider, initiatief):
    als(begeleider).post(
        "/initiatieven/de-wilgenhoek/fotos/", {"foto": SimpleUploadedFile("a.png", beeld()), "alt": "De tuin"}
    )

    assert Plekfoto.objects.get().is_openbaar is False


def test_a_story_of_the_place_is_public_with_a_photo_of_its_own(als, client, begeleider, initiatief, ander_initiatief):
    eigen = bewaar_foto(initiatief=initiatief, foto=foto(), alt="De soep", door=None, openbaar=True)
    vreemd = bewaar_foto(initiatief=ander_initiatief, foto=foto(), alt="Niet van ons", door=None, openbaar=True)
    pad = "/initiatieven/de-wilgenhoek/verhalen/"
    verhaal = {"titel": "Soep", "tekst": "Met <b>brood</b>."}

    als(begeleider).post(pad, verhaal | {"foto": vreemd.pk})
    assert not Plekverhaal.objects.exists()
    als(begeleider).post(pad, verhaal | {"foto": eigen.pk})

    tekst = client.get(initiatief.get_absolute_url()).text
    assert "Met &lt;b&gt;brood&lt;/b&gt;." in tekst
    assert "De soep" in tekst


def test_what_search_engines_read_is_what_the_page_shows(client, initiatief):
    Initiatief.objects.filter(pk=initiatief.pk).update(omschrijving="</script><script>alert(1)</script> & meer")
    LocatieFactory(initiatief=initiatief)
    LocatieFactory(initiatief=initiatief, nauwkeurigheid="ongeveer", adres="", lat=52.14, lon=6.2, plaats="Lochem")

    tekst = client.get(initiatief.get_absolute_url()).text
    blok = re.search(r'<script type="application/ld\+json">(.*?)</script>', tekst, re.DOTALL)[1]

    gegevens = json.loads(blok)
    assert gegevens["description"] == "</script><script>alert(1)</script> & meer"
    exact, ongeveer = gegevens["location"]
    assert exact["geo"]["latitude"] == 52.1413
    assert ongeveer == {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": "Lochem", "addressCountry": "NL"},
    }
    assert "<script>alert" not in tekst
    assert f'<link rel="canonical" href="{gegevens["url"]}">' in tekst


@pytest.mark.parametrize(("einde", "weg"), [("", 410), ("blad/", 404)])
def test_an_old_address_leads_to_the_page(client, initiatief, einde, weg):
    OudAdres.objects.create(slug="de-oude-hoek", initiatief=initiatief)

    antwoord = client.get(f"/initiatieven/de-oude-hoek/{einde}")

    assert antwoord.status_code == 301
    assert antwoord.headers["Location"] == f"/initiatieven/de-wilgenhoek/{einde}"
    Initiatief.objects.update(lidmaatschap="gestopt")
    assert client.get(f"/initiatieven/de-oude-hoek/{einde}").status_code == weg


def test_the_sheet_of_paper_has_a_code_that_leads_to_the_page(client, initiatief):
    tekst = client.get("/initiatieven/de-wilgenhoek/blad/").text

    assert "<svg" in tekst
    assert "style=" not in tekst
    assert "/initiatieven/de-wilgenhoek/" in tekst


def test_files_that_belong_to_no_photo_go_after_a_day(initiatief):
    blijft = bewaar_foto(initiatief=initiatief, foto=foto(), alt="De tuin", door=None)
    wees = bewaar_foto(initiatief=initiatief, foto=foto(), alt="Weg", door=None)
    Plekfoto.objects.filter(pk=wees.pk).delete()
    bestanden.bewaar("plekken/zz/niet-van-ons.webp", b"laat staan")
    assert ruim_plekfotos_op() == 0

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert ruim_plekfotos_op() >= 1  # other tests leave files too

    assert bestanden.lees(blijft.bestand)
    assert bestanden.lees("plekken/zz/niet-van-ons.webp")
    with pytest.raises(FileNotFoundError):
        bestanden.lees(wees.bestand)
