"""What stays on a phone without a network: the public directory, and nothing of anybody's own pages."""

import gzip
import json
import re

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from initiatieven.models import Initiatief, Locatie
from kaart.gids import HOOGSTENS, MET_TEKST, schrijf_gids
from kaart.openbaar import lees_regels
from kaart.uitgeven import Soort, geef_uit, nieuwste
from kaart.views.app import SCHIL


def test_the_app_has_a_name_and_icons_of_the_size_it_says(client, db):
    response = client.get("/manifest.webmanifest")
    inhoud = json.loads(response.content)

    assert response["Content-Type"] == "application/manifest+json"
    assert inhoud["start_url"] == "/kaart/"
    for icoon in inhoud["icons"]:
        pad = finders.find(icoon["src"].removeprefix("/static/"))
        if icoon["type"] == "image/png":
            with Image.open(pad) as beeld:
                assert f"{beeld.width}x{beeld.height}" == icoon["sizes"]
    assert {"192x192", "512x512"} <= {icoon["sizes"] for icoon in inhoud["icons"]}
    assert 'rel="manifest" href="/manifest.webmanifest"' in client.get("/").content.decode()


def test_the_service_worker_names_what_it_keeps_and_rules_over_the_whole_site(client, db):
    response = client.get("/dienst.js")
    gegevens = json.loads(re.search(r"self\.DIENST = (\{.*\});", response.content.decode())[1])

    assert response["Content-Type"] == "text/javascript"
    assert response["Cache-Control"] == "no-cache"
    assert len(gegevens["schil"]) == len(SCHIL)
    for adres in [gegevens["bladzijde"], gegevens["wijzer"]]:
        pagina = client.get(adres)
        assert pagina.status_code == 200
        assert not pagina.cookies
        assert "Cookie" not in pagina.get("Vary", "")


def test_everything_on_the_kept_page_is_kept(client, db):
    pagina = client.get("/kaart/zonder-netwerk/").content.decode()

    nodig = set(re.findall(r'(?:href|src|data-postcodes)="/static/([^"]+)"', pagina))

    assert nodig <= set(SCHIL)


def test_the_worker_keeps_another_version_when_the_page_changes(client, db, settings):
    eerst = client.get("/dienst.js").content
    settings.DEMO = not settings.DEMO

    assert client.get("/dienst.js").content != eerst


def test_the_pointer_says_nothing_and_then_the_newest_directory(client, maak_plek):
    maak_plek("Een")
    assert client.get("/kaart/uitgave.json").json() == {"gids": None}

    geef_uit()

    assert client.get("/kaart/uitgave.json").json() == {"gids": nieuwste(Soort.GIDS).adres}


# --- The directory --------------------------------------------------------------------------------------------------


def test_the_directory_holds_what_a_card_and_a_page_say(maak_plek):
    plek = maak_plek("De Wilgenhoek", plekken=[(12, 18, "wachtlijst")], leeftijd=(12, 18), is_landelijk=True)
    maak_plek("Op het scherm", is_online=True, lat=None, lon=None, adres="", pc4="", plaats="")
    Initiatief.objects.filter(pk=plek.initiatief_id).update(omschrijving="Wij tuinieren.", werkwijze="Eerst thee.")

    eerste, tweede = json.loads(schrijf_gids(lees_regels()))
    nummers = [initiatief["plekken"][0].pop("nr") for initiatief in (eerste, tweede)]

    assert nummers == list(Locatie.objects.order_by("pk").values_list("pk", flat=True))  # for a shortlist
    assert eerste["naam"] == "De Wilgenhoek"
    assert eerste["plekken"] == [{"plaats": "Zutphen", "landelijk": True, "lat": 52.1413, "lon": 6.1961}]
    assert eerste["ruimte"][0][:4] == [12, 18, "wachtlijst", None]
    assert (eerste["omschrijving"], eerste["werkwijze"]) == ("Wij tuinieren.", "Eerst thee.")
    assert tweede["plekken"] == [{"online": True}]


def _met_teksten(aantal: int, tekens: int) -> None:
    """So many initiatives, each with two texts that do not pack well."""
    woorden = [f"{n * 7919 % 99991:x}" for n in range(200_000)]
    per = tekens // 5
    Initiatief.objects.bulk_create(
        Initiatief(
            naam=f"Plek {n}",
            slug=f"plek-{n}",
            lidmaatschap="lid",
            omschrijving=" ".join(woorden[n * per : (n + 1) * per])[:3000],
            werkwijze=" ".join(woorden[-(n + 1) * per : -n * per or None])[:3000],
        )
        for n in range(aantal)
    )
    Locatie.objects.bulk_create(
        Locatie(initiatief=initiatief, plaats="x", lat=52.0, lon=5.0)
        for initiatief in Initiatief.objects.order_by("pk")
    )


@pytest.mark.parametrize(("tekens", "velden"), [(600, {"omschrijving", "werkwijze"}), (6000, {"omschrijving"})])
def test_the_directory_of_120_places_stays_within_300_kb_with_as_much_text_as_fits(db, tekens, velden):
    _met_teksten(120, tekens)

    inhoud = schrijf_gids(lees_regels())

    assert len(gzip.compress(inhoud)) <= HOOGSTENS
    assert {"omschrijving", "werkwijze"} & set(json.loads(inhoud)[0]) == velden


def test_a_very_large_directory_goes_without_texts(maak_plek, monkeypatch):
    monkeypatch.setattr("kaart.gids.MET_TEKST", 1)
    for naam in ("Een", "Twee"):
        plek = maak_plek(naam)
        Initiatief.objects.filter(pk=plek.initiatief_id).update(omschrijving="Tekst")

    assert MET_TEKST > 120
    assert all("omschrijving" not in initiatief for initiatief in json.loads(schrijf_gids(lees_regels())))
