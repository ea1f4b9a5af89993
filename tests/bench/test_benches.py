"""Every bench runs from beginning to end on a little data."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from collectief.bench import (
    beleving,
    bijeenkomst,
    dichtstbij,
    gewicht,
    gids,
    herinneringen,
    kaart,
    moment,
    plekken,
    trajecten,
    zoeken,
)
from collectief.bench.gegevens import verbind
from collectief.bench.postbus import postbus
from collectief.post.models import Bericht
from collectief.post.verzenden import verstuur_alles
from collectief.rijbeveiliging import achter_rijbeveiliging
from trajecten.herinneringen import zet_klaar


def figuren(meting) -> dict[str, str]:
    return {regel.wat: regel.waarde for regel in meting.regels}


def test_zoeken_vergelijkt_een_bladzijde_met_niets_dan_ok(opstelling):
    uitkomst = figuren(zoeken.meet(opstelling))

    assert float(uitkomst["share of the peer, every address new"]) > 0
    assert int(uitkomst["queries cold"]) <= 2


def test_gids_telt_vragen_en_tijd(opstelling):
    uitkomst = figuren(gids.meet(opstelling))

    assert int(uitkomst["initiatives"]) > 20
    assert int(uitkomst["queries"]) <= 4
    assert float(uitkomst["p95 in ms, 25 a second"]) > 0


def test_plekken_vergelijkt_de_kaart_met_een_bestand(opstelling):
    uitkomst = figuren(plekken.meet(opstelling))

    assert int(uitkomst["places"]) > 20
    assert uitkomst["unchanged"] == "yes"
    assert float(uitkomst["share of the peer"]) > 0


def test_dichtstbij_ziet_of_de_index_wordt_gebruikt(opstelling):
    uitkomst = figuren(dichtstbij.meet(opstelling))

    assert uitkomst["index scan in the plan"] in ("yes", "no")
    assert float(uitkomst["in memory ÷ bare"]) > 0


@pytest.mark.browser
def test_kaart_en_beleving_zien_wat_een_trage_telefoon_ziet(opstelling, monkeypatch, tmp_path):
    monkeypatch.setattr(kaart, "RONDES", 1)
    monkeypatch.setattr(beleving, "RONDES", 1)

    with ThreadPoolExecutor(1) as eigen_draad:
        eigen = opstelling.met_omgeving(STATIC_MAP=str(tmp_path))
        eigen.beheer("collectstatic", "--no-input", "-v0")
        uitkomst = figuren(eigen_draad.submit(kaart.meet, eigen).result())
        uitkomst |= figuren(eigen_draad.submit(beleving.meet, eigen).result())
        eigen_draad.submit(lambda: connection.close()).result()  # noqa: PLW0108 - that of the other thread

    assert int(uitkomst["places"]) > 20
    assert float(uitkomst["ms to the first drawing"]) > 0
    assert float(uitkomst["ms of the slowest zoom"]) > 0
    assert float(uitkomst["ms to the largest paint"]) > 0
    assert float(uitkomst["layout shift, the map opened too"]) < 1


@pytest.mark.browser
def test_gewicht_telt_wat_een_browser_haalt(opstelling):
    with ThreadPoolExecutor(1) as eigen_draad:  # the browser fixture of other tests keeps a loop in this thread
        uitkomst = figuren(eigen_draad.submit(gewicht.meet, opstelling).result())

    for naam in ("directory", "places around a postcode"):
        assert 0 < float(uitkomst[f"{naam}, kB of HTML and CSS"]) <= 14
    assert uitkomst["requests to anybody else"] == "0"


def test_trajecten_meet_met_en_zonder_beleid_en_zet_het_beleid_terug(opstelling):
    eerder = achter_rijbeveiliging()

    uitkomst = figuren(trajecten.meet(opstelling))

    assert float(uitkomst["list: with ÷ without policies"]) > 0
    assert int(uitkomst["one trajectory: queries"]) > 0
    assert achter_rijbeveiliging() == eerder
    assert len(eerder) >= 11


def test_een_bijeenkomst_met_veel_genodigden_kost_evenveel_vragen(opstelling, monkeypatch):
    monkeypatch.setattr(bijeenkomst, "VEEL", 60)

    uitkomst = figuren(bijeenkomst.meet(opstelling))

    assert {int(uitkomst[f"{naam} page: queries"]) for naam in ("year", "planning")} <= set(range(1, 9))
    assert float(uitkomst["guest's page: 60 ÷ 10"]) > 0
    assert int(uitkomst["guest's page: queries"]) <= 8
    assert int(uitkomst["core team's page: queries"]) <= 8
    assert int(uitkomst["ms to invite 60 people in one request"]) > 0
    assert int(uitkomst["date poll: queries"]) <= 5
    assert int(uitkomst["60 invitations delivered: mails a second, 1 worker"]) > 0


def test_een_moment_wordt_bewaard_en_gevonden_in_een_kopie(opstelling):
    uitkomst = figuren(moment.meet(opstelling))

    assert float(uitkomst["share of the peer"]) > 0
    assert float(uitkomst["search: p95 in ms of a page with a rare word"]) > 0
    alle, eigen = uitkomst["search: moments, all and one's own"].split(" / ")
    assert int(alle) > int(eigen) > 0


def test_een_ochtend_vol_herinneringen_komt_precies_een_keer_aan(opstelling, settings):
    verbind(opstelling)

    with opstelling.kopie() as kopie, postbus() as bus:
        verbind(kopie)
        herinneringen.maak_ochtend(kopie, 30)
        zet_klaar(herinneringen.werkmoment())
        with kopie.als_eigenaar() as eigenaar:
            eigenaar.execute(herinneringen.ZONDER_WEEKOVERZICHT)
            eigenaar.execute("UPDATE post_bericht SET overdag = false")
            verteld = eigenaar.execute(herinneringen.VERTELD).fetchone()[0]
        settings.MAILERS = {
            "default": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": bus.poort},
            }
        }
        verstuurd = verstuur_alles()
        berichten = Bericht.objects.count()
        verbind(opstelling)

    assert (verteld, verstuurd, len(bus.binnen), bus.boek.dubbel) == (30, berichten, berichten, 0)
    assert bus.boek.per_seconde > 0
