"""Nudges: only for who asked, once, on the working day before, by day; and stopped by anybody with the link."""

import re
from datetime import date, datetime

import pytest
from django.db import connection
from django.urls import reverse

from collectief.post import verzenden
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker, als_taak
from tests.trajecten.klok import om
from trajecten.actions import spreek_nazorg_af
from trajecten.models import Contactmoment, Seintje
from trajecten.models.nazorg import Planning
from trajecten.planning import pauzeer
from trajecten.seintjes import leg_seintjes_klaar, ruim_seintjes_op, seintje_op

pytestmark = pytest.mark.usefixtures("klok")

GEPLAND = date(2027, 6, 17)  # a Thursday


@pytest.fixture
def contact(traject, begeleider) -> Contactmoment:
    with als_gebruiker(begeleider.pk):
        planning = Planning((GEPLAND,), begeleider)
        return spreek_nazorg_af(
            traject=traject, vormen=["evaluatie"], door=begeleider, planning=planning
        ).contactmomenten.get()


@pytest.fixture
def seintje(contact, begeleider) -> Seintje:
    return vraag(contact, begeleider)


def vraag(contact, door, voor="jongere", adres="noor@voorbeeld.example") -> Seintje:
    with als_gebruiker(door.pk):
        return Seintje.objects.create(traject_id=contact.traject_id, voor=voor, adres=adres, door=door)


def gemaild() -> list[str]:
    return sorted(Bericht.objects.filter(soort="seintje").values_list("aan_adres", flat=True))


# --- When ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gepland_op", "op"),
    [
        ("2027-06-17", "2027-06-16T09:00+02:00"),
        ("2027-06-14", "2027-06-11T09:00+02:00"),  # Monday: the Friday before
        ("2026-04-07", "2026-04-02T09:00+02:00"),  # after Easter: the Thursday before Good Friday
        ("2027-12-27", "2027-12-24T09:00+01:00"),
        ("2027-11-01", "2027-10-29T09:00+02:00"),  # the clock changes in between
        ("2028-03-01", "2028-02-29T09:00+01:00"),
    ],
)
def test_a_nudge_comes_on_the_working_day_before(gepland_op, op):
    assert seintje_op(date.fromisoformat(gepland_op)) == datetime.fromisoformat(op)


@pytest.mark.parametrize(
    ("nu", "aantal"),
    [
        ("2027-06-16T08:59", 0),
        ("2027-06-16T09:00", 1),
        ("2027-06-16T19:59", 1),
        ("2027-06-16T20:00", 0),  # at night nobody is woken
        ("2027-06-17T08:30", 1),  # the worker was away: still in time
        ("2027-06-17T11:59", 1),
        ("2027-06-17T12:00", 0),  # too late to nudge
        ("2027-06-18T09:00", 0),
    ],
)
def test_only_by_day_and_never_afterwards(klok, seintje, nu, aantal):
    klok.move_to(om(nu))

    assert leg_seintjes_klaar() == aantal
    assert len(gemaild()) == aantal


def test_sweeping_often_gives_one_nudge(klok, seintje):
    klok.move_to(om("2027-06-16T09:00"))
    aantallen = [leg_seintjes_klaar() for _ in range(3)]
    klok.move_to(om("2027-06-17T08:30"))

    assert [*aantallen, leg_seintjes_klaar()] == [1, 0, 0, 0]


def test_without_asking_nobody_is_nudged(klok, contact):
    klok.move_to(om("2027-06-16T09:00"))

    assert leg_seintjes_klaar() == 0


def test_a_parent_hears_only_of_contact_with_the_family(klok, contact, begeleider, traject):
    vraag(contact, begeleider, voor="ouder", adres="ouder@voorbeeld.example")
    klok.move_to(om("2027-06-16T09:00"))
    zonder = leg_seintjes_klaar()
    with als_gebruiker(begeleider.pk):
        Contactmoment.objects.update(met_gezin=True)

    assert (zonder, leg_seintjes_klaar()) == (0, 1)


@pytest.mark.parametrize(
    "wat",
    [
        lambda contact: contact.rond_af("gesproken"),
        lambda contact: contact.verplaats(date(2027, 7, 15)),
        lambda contact: contact.traject.laat_rusten(),
        lambda contact: Contactmoment.objects.update(vorm="kaartje"),
        lambda contact: contact.traject.nazorgafspraken.all().stop(),
    ],
    ids=["result", "moved", "rest", "card", "ended"],
)
def test_what_is_not_planned_any_more_gives_no_nudge(klok, seintje, contact, begeleider, wat):
    with als_gebruiker(begeleider.pk):
        wat(contact)
    klok.move_to(om("2027-06-16T09:00"))

    assert leg_seintjes_klaar() == 0


def test_in_a_pause_nobody_is_nudged(klok, seintje, contact, begeleider):
    with als_gebruiker(begeleider.pk):
        pauzeer(traject=contact.traject, tot=GEPLAND, door=begeleider)
        contact.refresh_from_db()
    klok.move_to(om("2027-06-16T09:00"))

    assert (contact.wacht_nog, leg_seintjes_klaar()) == (True, 0)


def test_a_result_silences_a_nudge_that_waits(klok, seintje, contact, begeleider):
    klok.move_to(om("2027-06-16T09:00"))
    leg_seintjes_klaar()
    with als_gebruiker(begeleider.pk):
        contact.rond_af("gesproken")

    assert Bericht.objects.get(soort="seintje").toestand == "vervallen"


def test_a_moved_contact_has_a_nudge_of_its_own(klok, seintje, contact, begeleider):
    klok.move_to(om("2027-06-16T09:00"))
    leg_seintjes_klaar()
    with als_gebruiker(begeleider.pk):
        contact.verplaats(date(2027, 7, 15))
    klok.move_to(om("2027-07-14T09:00"))

    assert leg_seintjes_klaar() == 1
    assert Bericht.objects.filter(soort="seintje").count() == 2


@pytest.mark.parametrize("aantal", [1, 10])
def test_the_sweep_asks_the_same_questions_however_many_there_are(
    klok, contact, begeleider, aantal, django_assert_num_queries
):
    for nummer in range(aantal):
        vraag(contact, begeleider, adres=f"n{nummer}@voorbeeld.example")
    klok.move_to(om("2027-06-16T09:00"))

    with django_assert_num_queries(9):
        assert leg_seintjes_klaar() == aantal


def test_after_a_week_the_address_is_gone_from_the_outbox(klok, seintje):
    klok.move_to(om("2027-06-16T09:00"))
    leg_seintjes_klaar()
    Bericht.objects.update(toestand="verstuurd")
    klok.move_to(om("2027-06-22T09:00"))
    te_vroeg = ruim_seintjes_op()
    klok.move_to(om("2027-06-24T09:00"))

    assert (te_vroeg, ruim_seintjes_op(), gemaild()) == (0, 1, [])


# --- What it says --------------------------------------------------------------------------------------------------


def test_the_mail_names_nobody_and_leads_only_to_stopping(klok, seintje, contact, settings, tmp_path):
    settings.MAILERS = {
        "default": {"BACKEND": "collectief.post.backends.MapBackend", "OPTIONS": {"file_path": str(tmp_path)}}
    }
    klok.move_to(om("2027-06-16T09:00"))
    leg_seintjes_klaar()
    verzenden.verstuur_alles()
    (brief,) = tmp_path.glob("*.eml")
    tekst = brief.read_text().replace("=\n", "").replace("=3D", "=").replace("To: noor@voorbeeld.example", "")

    assert set(re.findall(r"https?://[^\s\"<>]+?/([a-z]+)/", tekst)) == {"seintje"}
    assert not re.search(r"Noor|Landing|Waakvlam|nazorg|traject|Wilgenhoek|juni", tekst, re.IGNORECASE)
    assert str(contact.traject_id) not in tekst


# --- Stopping ------------------------------------------------------------------------------------------------------


def stoplink(seintje) -> str:
    return reverse("seintje_stop", args=[seintje.token])


def lees(seintje, door) -> Seintje:
    with als_gebruiker(door.pk):
        return Seintje.objects.get(pk=seintje.pk)


def test_a_scanner_that_looks_stops_nothing(client, seintje, begeleider):
    for _ in range(3):
        antwoord = client.get(stoplink(seintje))
        client.head(stoplink(seintje))

    assert "Wil je geen seintjes meer?" in antwoord.text
    assert lees(seintje, begeleider).gestopt_op is None
    assert "Set-Cookie" not in antwoord.headers


def test_pressing_stops_erases_and_twice_is_once(klok, client, seintje, begeleider):
    klok.move_to(om("2027-06-16T09:00"))
    leg_seintjes_klaar()
    eerste = client.post(stoplink(seintje))
    gestopt_op = lees(seintje, begeleider).gestopt_op
    klok.move_to(om("2027-06-16T10:00"))
    tweede = client.post(stoplink(seintje))
    daarna = lees(seintje, begeleider)

    assert "Je krijgt geen seintjes meer" in eerste.text
    assert "Je krijgt geen seintjes meer" in tweede.text
    assert (daarna.gestopt_op, daarna.adres) == (gestopt_op, None)
    assert Bericht.objects.get(soort="seintje").toestand == "vervallen"


def test_stopping_one_leaves_the_other(client, seintje, contact, begeleider):
    ander = vraag(contact, begeleider, adres="ander@voorbeeld.example")

    client.post(stoplink(seintje))

    assert lees(ander, begeleider).adres == "ander@voorbeeld.example"


@pytest.mark.parametrize(
    "knoei", [lambda t: t[:-1], lambda t: t.split(":")[0], lambda t: "x" * 40, lambda t: t.upper()]
)
def test_a_guessed_link_stops_nothing(client, seintje, begeleider, knoei):
    antwoord = client.post(reverse("seintje_stop", args=[knoei(seintje.token)]))

    assert antwoord.status_code == 404
    assert "Deze link kennen we niet" in antwoord.text
    assert lees(seintje, begeleider).gestopt_op is None


def test_nothing_personal_stands_in_the_link(seintje, traject):
    link = stoplink(seintje)

    assert str(traject.pk) not in link
    assert not re.search(r"noor|traject|jongere|ouder", link.split("/seintje/")[0], re.IGNORECASE)
    assert len(seintje.sleutel) >= 32


# --- Writing down ---------------------------------------------------------------------------------------------------


@pytest.fixture
def schrijf(als, begeleider, traject):
    def post(**velden):
        basis = {
            "voor": "jongere",
            "adres": "Noor@Voorbeeld.example",
            "gevraagd_op": "2027-06-01",
            "zelf_gevraagd": "on",
        }
        return als(begeleider).post(reverse("trajecten:seintje", args=[traject.pk]), basis | velden, follow=True)

    return post


def test_asking_is_written_down_with_the_day_and_by_whom(schrijf, begeleider, kijkt_als):
    schrijf()

    kijkt_als(begeleider)
    nieuw = Seintje.objects.get()
    assert (nieuw.adres, nieuw.voor, nieuw.gevraagd_op, nieuw.door) == (
        "noor@voorbeeld.example",
        "jongere",
        date(2027, 6, 1),
        begeleider,
    )


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"zelf_gevraagd": ""}, "Een seintje sturen we alleen aan wie er zelf om vraagt."),
        ({"adres": "geen adres"}, "Dit is geen mailadres."),
        ({"adres": ""}, "Vul een mailadres in."),
        ({"voor": "buurman"}, "Kies een van deze twee."),
        ({"gevraagd_op": "2027-06-02"}, "Kies een datum tot en met vandaag."),
        ({"gevraagd_op": "ooit"}, "Dit is geen datum."),
        ({"gevraagd_op": "1926-06-01"}, "Kijk de datum nog even na."),
    ],
)
def test_a_mistake_is_explained_and_nobody_is_nudged(schrijf, begeleider, kijkt_als, velden, zin):
    antwoord = schrijf(**velden)

    kijkt_als(begeleider)
    assert zin in antwoord.text
    assert not Seintje.objects.exists()


def test_the_same_address_twice_is_explained(schrijf, begeleider, kijkt_als):
    schrijf()

    assert "Dit adres krijgt al een seintje." in schrijf().text


def test_the_address_stands_encrypted_in_the_table(seintje, begeleider, kijkt_als):
    kijkt_als(begeleider)
    with connection.cursor() as cursor:
        cursor.execute("SELECT adres FROM trajecten_seintje")
        (ruw,) = cursor.fetchone()

    assert "noor" not in ruw


def test_staff_can_stop_it_too(als, begeleider, traject, seintje):
    als(begeleider).post(reverse("trajecten:seintje_weg", args=[traject.pk, seintje.pk]))

    assert lees(seintje, begeleider).adres is None


def test_a_nudge_of_another_trajectory_is_not_found_below_ones_own(
    als, seintje, ander_traject, buitenstaander, begeleider
):
    adres = reverse("trajecten:seintje_weg", args=[ander_traject.pk, seintje.pk])

    assert als(buitenstaander).post(adres).status_code == 404
    assert lees(seintje, begeleider).gestopt_op is None


def test_the_task_reads_planning_and_no_story(seintje, contact):
    from trajecten.models import Jongere, Moment, NazorgAfspraak

    with als_taak("seintje"):
        gezien = {model.__name__: model.objects.count() for model in (Contactmoment, Seintje, Jongere, Moment)}
        gezien["NazorgAfspraak"] = NazorgAfspraak.objects.count()

    assert gezien == {"Contactmoment": 1, "Seintje": 1, "Jongere": 0, "Moment": 0, "NazorgAfspraak": 0}
