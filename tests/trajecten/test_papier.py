"""What only paper shows: the plan on one A4, and a booklet whose pages hold what was laid on them."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from collectief.rijbeveiliging import als_gebruiker
from trajecten.models import Moment, PlanAkkoord, Preventieplan, Reisboekje
from trajecten.reis import laad

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

A4, A4_LIGGEND = (595, 842), (841, 594)  # whole points, as Chromium rounds them
UITGEPUILD = """[...document.querySelectorAll('.vel > *')].filter(
    (blad) => blad.scrollHeight > blad.clientHeight || blad.scrollWidth > blad.clientWidth).length"""


def druk_af(pagina: Page) -> list[tuple[int, int]]:
    """Print to A4 and return the size of every sheet side."""
    pdf = pagina.pdf(prefer_css_page_size=True, format="A4")
    maten = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(int(float(breed)), int(float(hoog))) for breed, hoog in maten]


def test_the_fullest_plan_fits_on_one_a4(pagina, live_server, traject, begeleider):
    vol = "\n".join(["Kort."] * 9 + ["Warme woorden over wat WEL en wat NIET helpt, mmm. " * 15])[:600]
    with als_gebruiker(begeleider.pk):
        bellen = [{"wie": "Buurvrouw van de overkant, mevrouw " * 2, "hoe": "Elke dag, ook heel laat. " * 4}] * 6
        plan = Preventieplan.objects.create(
            traject=traject, versie=1, signalen=vol, wat_helpt=vol, wat_niet_helpt=vol, bellen=bellen, door=begeleider
        )
        for partij in ("jongere", "ouders", "ouders", "vervolgplek"):
            PlanAkkoord.objects.create(traject=traject, plan=plan, partij=partij, naam="Iemand", door=begeleider)
    pagina.goto(live_server.url + reverse("trajecten:preventieplan", args=[traject.pk]))

    assert druk_af(pagina) == [A4]


def test_every_page_of_a_booklet_holds_what_was_laid_on_it(pagina, live_server, traject, begeleider):
    teksten = [
        "W" * 1500,
        "mmmm WWWW @@@@ " * 90,
        "🌱🌱 één ğüş 漢字漢字 " * 150,
        "Vandaag ging het best. " * 250,
        "a\n" * 70,
    ]
    with als_gebruiker(begeleider.pk):
        momenten = [Moment.objects.create(traject=traject, tekst=tekst, door=begeleider) for tekst in teksten]
        bladen = laad(traject, ["weg:alles", *(f"moment:{moment.pk}" for moment in momenten)])
        Reisboekje.bewaar(traject, titel="De lange reis van Noor " * 3, bladen=bladen, door=begeleider)
    pagina.goto(live_server.url + reverse("trajecten:boekje_vouwen", args=[traject.pk, 1]))
    zijden = pagina.locator(".vel").count()

    vellen = druk_af(pagina)
    pagina.set_viewport_size({"width": 1123, "height": 794})
    pagina.emulate_media(media="print")

    assert vellen == [A4_LIGGEND] * zijden
    assert zijden % 2 == 0
    assert pagina.evaluate(UITGEPUILD) == 0
    assert pagina.klachten == []
