"""Tell me when a place comes: a yes by mail first, only what is new, and gone with one press."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from collectief.rijbeveiliging import als_taak, met_sleutel
from kaart.alarmen import Zoekopdracht, bevestig, loop_na
from kaart.models import Zoekalarm
from tests.initiatieven.factories import PlekkenFactory
from tests.kaart.vragen import maak_alarm

PAD = "/kaart/alarm/?q=7201&straal=25"
ADRES = "mia@voorbeeld.example"


@pytest.fixture(autouse=True)
def _geen_oude_telling(db):
    cache.clear()


def alarmen() -> list[Zoekalarm]:
    with als_taak("alarm"):
        return list(Zoekalarm.objects.order_by("aangemaakt_op"))


def maak_bevestigd(vraag: str = "?q=7201&straal=25") -> Zoekalarm:
    alarm = maak_alarm(is_bevestigd=False, vraag=vraag)
    with met_sleutel(alarm.pk):
        bevestig(alarm)
    return alarm


def loop_na_over(dagen: float) -> int:
    with time_machine.travel(timezone.now() + timedelta(days=dagen), tick=False):
        return loop_na()


def test_nothing_begins_before_a_yes(client, maak_plek):
    antwoord = client.post(PAD, {"email": ADRES})
    maak_plek("De Wilgenhoek")

    assert antwoord.url == "/kaart/alarm/dank/"
    (alarm,) = alarmen()
    assert (alarm.adres, alarm.vraag, alarm.bevestigd_op) == (ADRES, "?q=7201&straal=25", None)
    assert loop_na_over(1) == 0
    assert [(een.soort, een.aan_adres) for een in Bericht.objects.all()] == [("zoekalarm_bevestigen", ADRES)]


def test_the_question_says_between_brackets_what_was_chosen(client):
    antwoord = client.get(f"{PAD}&leeftijd=14")

    assert "Komt er een nieuwe plek binnen 25 km van 7201 Zutphen (14 jaar)?" in antwoord.text


def test_looking_at_the_link_is_no_yes_and_pressing_the_button_is(client):
    client.post(PAD, {"email": ADRES})
    pad = Bericht.objects.get().pad

    eerst = client.get(pad)
    assert "Ja, mail mij" in eerst.text
    assert alarmen()[0].bevestigd_op is None
    daarna = client.post(pad, follow=True)

    assert "Dit zoek je: een plek binnen 25 km van 7201 Zutphen." in daarna.text
    assert alarmen()[0].bevestigd_op


def test_only_what_is_new_is_mailed_and_once(maak_plek):
    maak_plek("Was er al")
    alarm = maak_bevestigd()
    assert loop_na() == 0
    maak_plek("Nieuw")
    maak_plek("Te ver", noord=0.5)

    assert [loop_na(), loop_na(), loop_na_over(2)] == [1, 0, 0]
    bericht = Bericht.objects.get()
    assert (bericht.aan_adres, bericht.pad) == (ADRES, f"/kaart/alarm/{alarm.token}/")


def test_a_place_that_goes_and_comes_back_is_not_new(maak_plek):
    plek = maak_plek("Was er al")
    maak_bevestigd()
    for stand in ("gestopt", "lid"):
        plek.initiatief.lidmaatschap = stand
        plek.initiatief.save()
        assert loop_na_over(1) == 0


def test_room_that_comes_free_is_new_for_who_asked_for_room(maak_plek):
    plek = maak_plek("Vol")
    maak_bevestigd("?q=7201&straal=25&leeftijd=14&plek=1")
    assert loop_na() == 0

    PlekkenFactory(initiatief=plek.initiatief)

    assert loop_na() == 1


def test_at_most_one_mail_a_day_and_nothing_gets_lost(maak_plek):
    maak_bevestigd()
    maak_plek("Eerste")
    assert loop_na() == 1
    maak_plek("Tweede")

    assert [loop_na_over(0.5), loop_na_over(1)] == [0, 1]


def test_the_mail_can_be_stopped_by_the_mail_program_itself(maak_plek):
    maak_bevestigd()
    maak_plek("Nieuw")
    loop_na()
    mail = stel_op(Bericht.objects.get())

    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in mail.body
    client = Client(enforce_csrf_checks=True)
    pad = link.removeprefix("http://localhost:8000")
    assert client.get(pad).status_code == 200
    assert alarmen()
    for _ in range(2):
        assert client.post(pad, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert alarmen() == []
    assert not Bericht.objects.exists()
    assert "gestopt of voorbij" in client.get(pad.removesuffix("stop/")).text


def test_no_mail_says_anything_about_who_or_where(client, maak_plek):
    client.post(PAD, {"email": ADRES})
    maak_bevestigd()
    maak_plek("De Wilgenhoek")
    loop_na()

    for bericht in Bericht.objects.all():
        mail = stel_op(bericht)
        assert not [w for w in ("7201", "Zutphen", "Wilgenhoek", "mia") if w in mail.subject + mail.body + bericht.pad]


@pytest.mark.parametrize(
    ("dagen", "is_bevestigd", "blijft"), [(6, False, True), (7, False, False), (364, True, True), (366, True, False)]
)
def test_who_never_said_yes_and_what_ran_a_year_is_forgotten(dagen, is_bevestigd, blijft):
    maak_alarm(dagen_geleden=dagen, is_bevestigd=is_bevestigd)

    loop_na()

    assert bool(alarmen()) is blijft


@pytest.mark.parametrize(
    ("adres", "zin"),
    [
        ("", "Vul je e-mailadres in."),
        ("mia", "Dit is geen e-mailadres."),
        (f"{ADRES}\nBcc: ander@voorbeeld.example", "Dit is geen e-mailadres."),
        (f"{ADRES}, ander@voorbeeld.example", "Dit is geen e-mailadres."),
        ("x" * 250 + "@voorbeeld.example", "e-mailadres"),
    ],
)
def test_an_address_that_is_none_is_asked_back(client, adres, zin):
    antwoord = client.post(PAD, {"email": adres})

    assert zin in antwoord.text
    assert (alarmen(), Bericht.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    "zoek", ["", "?q=", "?q=Hengelo", "?q=xyzzy", "?bij=0.00,0.00", "?q=%00", "?straal=-1", "?q=%27%20OR%201%3D1"]
)
def test_without_one_point_there_is_nothing_to_ask(client, zoek):
    assert "Zoek eerst" in client.get(f"/kaart/alarm/{zoek}", follow=True).text
    client.post(f"/kaart/alarm/{zoek}", {"email": ADRES})
    assert alarmen() == []


def test_letters_of_a_postcode_and_a_page_are_not_kept(client):
    client.post("/kaart/alarm/?q=7201AB&straal=10&leeftijd=14&pagina=3&vreemd=1", {"email": ADRES})

    assert alarmen()[0].vraag == "?q=7201&straal=10&leeftijd=14"


def test_where_somebody_was_is_kept_as_a_postcode(client):
    client.post("/kaart/alarm/?bij=52.14,6.20&straal=10", {"email": ADRES})

    assert alarmen()[0].vraag == "?q=7201&straal=10"


def test_every_filter_together_fits_in_what_is_kept():
    from kaart.filters import FILTERS

    delen = [f"{filter_.naam}={waarde}" for filter_ in FILTERS for waarde in filter_.keuzes]
    opdracht = Zoekopdracht.van(QueryDict("q=7201&straal=nl&leeftijd=14&plek=1&online=1&" + "&".join(delen)))

    assert len(opdracht.adres) <= Zoekalarm._meta.get_field("vraag").max_length


def test_a_robot_is_thanked_and_not_heard(client):
    assert client.post(PAD, {"email": ADRES, "onderwerp": "koop"}).url == "/kaart/alarm/dank/"
    assert alarmen() == []


def test_one_address_is_asked_at_most_three_times_a_day(client):
    for _ in range(3):
        client.post(PAD, {"email": ADRES})

    assert "Wacht een uur" in client.post(PAD, {"email": ADRES}).text
    assert len(alarmen()) == 3


@pytest.mark.parametrize("token", ["x", "0" * 300, "a:b", "é"])
def test_a_link_that_we_did_not_make_leads_nowhere(client, token):
    for pad in ("", "stop/"):
        assert client.get(f"/kaart/alarm/{token}/{pad}").status_code == 404
        assert client.post(f"/kaart/alarm/{token}/{pad}").status_code == 404


def test_an_address_stays_in_the_outbox_no_longer_than_its_mail():
    alarm = maak_bevestigd()
    Bericht.objects.create(sleutel="x", soort="zoekalarm_nieuw", aan_adres=ADRES, groep=alarm.groep)
    loop_na()
    assert Bericht.objects.exists()

    Bericht.objects.update(toestand="verstuurd")
    loop_na()

    assert not Bericht.objects.exists()
