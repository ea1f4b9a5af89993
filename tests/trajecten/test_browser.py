"""What only a browser shows: nothing typed gets lost, and the pages ask nothing that a safe browser refuses."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from collectief.rijbeveiliging import als_gebruiker
from tests.browser import overtredingen
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.momenten import beeld
from trajecten.actions import spreek_nazorg_af, zet_stap
from trajecten.fases import Fase
from trajecten.models import Moment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def traject(begeleider, initiatief):
    """A crooked way with moments and planned contact."""
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=timezone.localdate() - timedelta(days=90))
    with als_gebruiker(begeleider.pk):
        for fase in (Fase.ONDERZOEKEND, Fase.LANDING, Fase.WAAKVLAM):
            zet_stap(traject=traject, naar=fase, door=begeleider, toelichting="x", deur_staat_open=True)
        spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1"])
        for soort in Moment.Soort:
            Moment.objects.create(traject=traject, tekst="Samen gekookt.", soort=soort, door=begeleider)
    return traject


def opgeslagen(pagina: Page) -> str:
    return pagina.evaluate("Object.values(localStorage).join()")


def test_whoever_presses_twice_sends_once_and_later_may_send_again(pagina, live_server, traject):
    pagina.clock.install()
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/perspectief/")
    pagina.evaluate(
        """() => {
            window.geweigerd = [];
            addEventListener("submit", (gebeurtenis) => {  // after everything of ours; nothing is really sent
                window.geweigerd.push(gebeurtenis.defaultPrevented);
                gebeurtenis.preventDefault();
            });
        }"""
    )
    pagina.get_by_label("Wat is de stap?").fill("Een keer mee naar de markt")
    knop = pagina.get_by_role("button", name="Stap opschrijven")

    for seconden in (0, 1, 5):
        pagina.clock.fast_forward(seconden * 1000)
        knop.click()

    assert pagina.evaluate("window.geweigerd") == [False, True, False]


def test_a_moment_is_kept_without_leaving_the_page(pagina, live_server, traject):
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/")

    pagina.get_by_label("Wat wil je bewaren?").fill("De ogen glommen.")
    pagina.get_by_role("button", name="Moment bewaren").click()

    expect(pagina.locator("#concept-stand")).to_have_text("Bewaard.")
    expect(pagina.locator("article.moment").first).to_contain_text("De ogen glommen.")
    expect(pagina.get_by_label("Wat wil je bewaren?")).to_have_value("")
    expect(pagina.get_by_label("Wat wil je bewaren?")).to_be_focused()
    assert (opgeslagen(pagina), pagina.klachten) == ("", [])


def test_a_draft_is_confirmed_by_the_server_and_then_forgotten_here(pagina, live_server, traject):
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/")

    pagina.get_by_label("Wat wil je bewaren?").press_sequentially("Vanochtend")
    tijdens = opgeslagen(pagina)
    expect(pagina.locator("#concept-stand")).to_contain_text("Concept bewaard om")

    assert (tijdens, opgeslagen(pagina)) == ("Vanochtend", "")
    pagina.reload()
    expect(pagina.get_by_label("Wat wil je bewaren?")).to_have_value("Vanochtend")


def test_text_survives_the_end_of_a_session(pagina, live_server, traject, begeleider):
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/")
    [sessie] = [koek for koek in pagina.context.cookies() if koek["name"] == settings.SESSION_COOKIE_NAME]
    pagina.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)

    pagina.get_by_label("Wat wil je bewaren?").fill("Een lang verhaal.")
    expect(pagina.locator("#concept-stand")).to_contain_text("Je bent uitgelogd.")
    pagina.get_by_role("button", name="Moment bewaren").click()
    expect(pagina.get_by_label("Wat wil je bewaren?")).to_have_value("Een lang verhaal.")

    pagina.context.add_cookies([sessie])
    pagina.reload()
    expect(pagina.get_by_label("Wat wil je bewaren?")).to_have_value("Een lang verhaal.")
    pagina.get_by_role("button", name="Moment bewaren").click()
    expect(pagina.locator("#concept-stand")).to_have_text("Bewaard.")
    assert opgeslagen(pagina) == ""


def test_a_mistake_gets_the_cursor_and_keeps_the_text(pagina, live_server, traject):
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/")

    pagina.get_by_label("Wat wil je bewaren?").fill("Nummer 111222333")
    pagina.get_by_role("button", name="Moment bewaren").click()

    expect(pagina.locator(".moment-form .fout")).to_contain_text("BSN")
    expect(pagina.locator("#id_tekst")).to_have_value("Nummer 111222333")
    expect(pagina.locator("#id_tekst")).to_be_focused()


def test_a_photo_is_kept_with_the_draft_around_it(pagina, live_server, traject):
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/")
    pagina.get_by_label("Wat wil je bewaren?").fill("De soep was klaar.")
    pagina.get_by_text("Meer (hoeft niet)").click()
    pagina.get_by_label("creatief", exact=True).check()
    expect(pagina.locator("#concept-stand")).to_contain_text("Concept bewaard om")

    pagina.get_by_label("Foto", exact=True).set_input_files(
        {"name": "f.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7"}
    )
    pagina.get_by_role("button", name="Moment bewaren").click()
    expect(pagina.locator("#id_foto_error")).to_contain_text("Dit kunnen we niet als foto lezen.")
    expect(pagina.get_by_label("creatief", exact=True)).to_be_checked()
    pagina.get_by_label("Foto", exact=True).set_input_files(
        {"name": "f.jpg", "mimeType": "image/jpeg", "buffer": beeld(maat=(800, 600))}
    )
    pagina.get_by_label("Wat zie je op de foto?").fill("Een pan soep")
    pagina.get_by_role("button", name="Moment bewaren").click()

    expect(pagina.locator("#concept-stand")).to_have_text("Bewaard.")
    foto = pagina.get_by_alt_text("Een pan soep")
    foto.scroll_into_view_if_needed()
    expect(foto).to_have_js_property("naturalWidth", 800)
    assert pagina.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert pagina.klachten == []


def test_the_questions_about_aftercare_appear_only_for_the_waakvlam(pagina, live_server, begeleider, initiatief):
    traject = maak_traject(door=begeleider, initiatief=initiatief)
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/fase/")
    nazorg = pagina.get_by_text("Voor in de waakvlamfase")

    expect(nazorg).to_be_hidden()
    pagina.get_by_label(re.compile("Waakvlamfase")).check()
    expect(nazorg).to_be_visible()
    pagina.get_by_label("de deur staat open, zonder afspraken").check()
    expect(pagina.get_by_label("Wat spreken jullie af?")).to_be_hidden()
    assert pagina.klachten == []


def test_a_long_and_crooked_way_is_accessible_and_fits(pagina, live_server, traject):
    """Beside the round along every page, which sees a way that has just begun."""
    gevonden = []
    for pad in ("", "fase/", "nazorg/"):
        pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/{pad}")
        gevonden += overtredingen(pagina)

    assert gevonden == []
    assert pagina.klachten == []


def test_on_paper_stands_the_way_and_nothing_to_fill_in(pagina, live_server, traject):
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/")

    pagina.emulate_media(media="print")

    expect(pagina.locator("svg.kromme:visible")).to_have_count(1)
    expect(pagina.locator("article.moment").first).to_be_visible()
    expect(pagina.locator("main :is(input, textarea, button, .knop, .links):visible")).to_have_count(0)


def tabs_tot(pagina: Page, naam: str, hoogstens: int = 10) -> int:
    """How often Tab is pressed from where the focus is until it stands on what is called `naam`."""
    for aantal in range(1, hoogstens + 1):
        pagina.keyboard.press("Tab")
        if pagina.evaluate("document.activeElement.textContent.trim()") == naam:
            return aantal
    raise AssertionError(f"{naam} is more than {hoogstens} tabs away")


@pytest.mark.parametrize(
    ("deel", "naam"),
    [
        ("Preventieplan", "Terugvalsignaal geven"),
        ("Verder", "Even rust"),
        ("Verder", "Pauze in het contact"),
        ("Verder", "Warme overdracht"),
    ],
)
def test_every_main_action_is_within_ten_tabs(pagina, live_server, traject, deel, naam):
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/")
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Enter")  # to the content

    onderweg = tabs_tot(pagina, deel)
    pagina.keyboard.press("Enter")

    assert onderweg + tabs_tot(pagina, naam) <= 10


def test_the_days_that_were_shown_are_kept_with_the_next_key(pagina, live_server, traject):
    pagina.goto(f"{live_server.url}/trajecten/{traject.pk}/nazorg/nieuw/")
    pagina.get_by_role("checkbox").first.check()
    pagina.get_by_role("button", name="Bekijk de dagen").click()
    expect(pagina.locator("#bekijk")).to_be_focused()

    assert tabs_tot(pagina, "Ja, zo bewaren") == 1
    pagina.keyboard.press("Enter")

    expect(pagina).to_have_url(re.compile(r"/nazorg/$"))
