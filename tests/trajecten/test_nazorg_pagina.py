"""Aftercare on the page: wishes, a look at the days, and only then it is kept."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from trajecten.actions import spreek_nazorg_af
from trajecten.models import Contactmoment, NazorgAfspraak
from trajecten.models.nazorg import Planning

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NU = datetime(2027, 6, 1, 10, 0, tzinfo=AMSTERDAM)  # a Tuesday


@pytest.fixture(autouse=True)
def klok():
    with time_machine.travel(NU, tick=False) as klok:
        yield klok


@pytest.fixture
def wens(begeleider) -> dict:
    """What the form asks before the days."""
    return {
        "vormen": ["gezin", "tools"],
        "afspraak": "Samen koken.",
        "eigenaar": begeleider.pk,
        "ruimte": "0",
        "ritme": ["week_1", "maand_12"],
        "weken": "",
        "herhaling": "jaar",
        "knop": "bekijk",
    }


@pytest.fixture
def stuur(als, begeleider, traject):
    """Send the form of a new agreement as begeleider."""

    def post(velden: dict):
        return als(begeleider).post(reverse("trajecten:nazorg_nieuw", args=[traject.pk]), velden)

    return post


def met_dagen(wens: dict, *dagen: str, **anders) -> dict:
    velden = {naam: waarde for naam, waarde in wens.items() if naam not in ("ritme", "weken")}
    return velden | {"dag": dagen, "knop": "bewaar"} | anders


def test_first_a_look_at_the_days_and_nothing_is_kept_yet(stuur, wens, begeleider, traject, kijkt_als):
    antwoord = stuur(wens)

    kijkt_als(begeleider)
    assert "Dit worden de dagen." in antwoord.text
    assert 'value="2027-06-08"' in antwoord.text
    assert 'value="2028-06-01"' in antwoord.text
    assert not traject.nazorgafspraken.exists()


def test_what_was_seen_is_kept(stuur, wens, begeleider, traject, kijkt_als):
    antwoord = stuur(met_dagen(wens, "2027-06-08", "2028-06-01", "", "", ""))

    kijkt_als(begeleider)
    afspraak = traject.nazorgafspraken.get()
    assert antwoord.url == reverse("trajecten:nazorg", args=[traject.pk])
    assert afspraak.noem == "verbinding met gezin en jongere en tools meegeven"
    assert [contact.gepland_op.isoformat() for contact in afspraak.contactmomenten.order_by("gepland_op")] == [
        "2027-06-08",
        "2028-06-01",
    ]
    assert {contact.met_gezin for contact in afspraak.contactmomenten.all()} == {True}


def test_days_are_added_removed_and_moved_and_free_days_are_said(stuur, wens, begeleider, traject, kijkt_als):
    antwoord = stuur(met_dagen(wens, "2027-06-12", "2027-12-25", "2027-07-01"))  # two of them are free days

    kijkt_als(begeleider)
    assert "Zaterdag 12 juni 2027: dat is in het weekend. Het wordt maandag 14 juni 2027." in antwoord.text
    assert "Zaterdag 25 december 2027: dat is in het weekend. Het wordt maandag 27 december 2027." in antwoord.text
    assert not traject.nazorgafspraken.exists()  # shown once more: what is kept is what was seen
    stuur(met_dagen(wens, "2027-06-14", "2027-12-27", "2027-07-01"))
    kijkt_als(begeleider)
    assert traject.contactmomenten.count() == 3


@pytest.mark.parametrize(
    ("dag", "zin"),
    [
        ("2028-04-14", "dat is een feestdag. Het wordt dinsdag 18 april 2028"),  # Good Friday
        ("2028-04-27", "dat is een feestdag. Het wordt vrijdag 28 april 2028"),
        ("2028-02-29", "Dit worden de dagen."),
    ],
)
def test_a_holiday_is_called_a_holiday(stuur, wens, dag, zin):
    assert zin in stuur(met_dagen(wens, dag, knop="bekijk")).text


def test_own_weeks_and_an_own_repetition(stuur, wens, begeleider, traject, kijkt_als):
    antwoord = stuur(wens | {"ritme": [], "weken": "2, 8;26 8", "herhaling": "weken", "herhaling_weken": "10"})

    assert [f'value="{dag}"' in antwoord.text for dag in ("2027-06-15", "2027-07-27", "2027-11-30")] == [True] * 3
    stuur(met_dagen(wens, "2027-06-15", herhaling="weken", herhaling_weken="10"))
    kijkt_als(begeleider)
    traject.contactmomenten.get().rond_af("gesproken")
    assert traject.contactmomenten.wacht().get().gepland_op == date(2027, 8, 24)


def test_the_anniversary_keeps_the_day_that_a_weekend_moved(stuur, wens, begeleider, traject, kijkt_als):
    velden = met_dagen(wens, "2027-08-30", bedoeld="2027-08-29")  # agreed for a Sunday

    stuur(velden)

    kijkt_als(begeleider)
    contact = traject.contactmomenten.get()
    contact.rond_af("gesproken")
    assert traject.nazorgafspraken.get().jaardag == date(2027, 8, 29)
    assert traject.contactmomenten.wacht().get().gepland_op == date(2028, 8, 29)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"vormen": []}, "Kies hoe jullie contact houden."),
        ({"vormen": ["straf"]}, "Kies uit deze vormen."),
        ({"ritme": ["week_400"]}, "Kies uit deze dagen."),
        ({"weken": "0"}, "‘0’ past niet. Kies hele weken, van 1 tot en met 208."),
        ({"weken": "4, 400"}, "‘400’ past niet."),
        ({"weken": "-3"}, "‘-3’ past niet."),
        ({"weken": "vier"}, "‘vier’ past niet."),
        ({"weken": "1" * 101}, "Dat zijn er te veel."),
        ({"herhaling": "weken"}, "Kies hele weken"),
        ({"herhaling": "weken", "herhaling_weken": "0"}, "Kies hele weken"),
        ({"herhaling": "weken", "herhaling_weken": "400"}, "Kies hele weken"),
        ({"herhaling": ""}, "Kies hoe het daarna gaat."),
        ({"ruimte": "365"}, "Kies een van deze drie."),
        ({"eigenaar": "999999"}, "Kies iemand die hier begeleidt, of de coördinator."),
        ({"afspraak": "111222333"}, "een nummer dat een BSN kan zijn"),
    ],
)
def test_a_mistake_is_explained_and_what_was_typed_stays(stuur, wens, begeleider, traject, kijkt_als, velden, zin):
    antwoord = stuur(wens | velden)

    kijkt_als(begeleider)
    assert zin in antwoord.text
    assert (wens | velden)["afspraak"] in antwoord.text
    assert not traject.nazorgafspraken.exists()


@pytest.mark.parametrize(
    ("dagen", "zin"),
    [
        (["2027-05-31"], "Maandag 31 mei 2027 is al geweest."),
        (["2027-06-08", "2027-06-08"], "Op dinsdag 8 juni 2027 staan twee contacten."),
        (["2031-06-10"], "is te ver weg. Kies een dag binnen vier jaar."),
        (["2031-06-10", "2031-07-10"], "Donderdag 10 juli 2031 is te ver weg."),
        (["morgen"], "‘morgen’ is geen datum."),
        (["2027-02-30"], "‘2027-02-30’ is geen datum."),
        ([f"2028-01-{dag:02}" for dag in range(1, 26)], "Dit zijn 25 dagen. Kies er hoogstens 24."),
    ],
)
def test_a_day_that_cannot_be_is_explained_and_the_days_stay(stuur, wens, begeleider, traject, kijkt_als, dagen, zin):
    antwoord = stuur(met_dagen(wens, *dagen))

    kijkt_als(begeleider)
    assert zin in antwoord.text
    assert all(f'value="{dag}"' in antwoord.text for dag in dagen)
    assert not traject.nazorgafspraken.exists()


def test_the_summary_leads_to_the_first_of_the_days(stuur, wens):
    tekst = stuur(met_dagen(wens, "2027-06-08", "morgen", herhaling="soms")).text

    assert '<a href="#id_dag_0">De dagen – ‘morgen’ is geen datum. Kies er een, zoals 14-09-2026.</a>' in tekst
    assert '<input type="date" name="dag" id="id_dag_0" value="2027-06-08">' in tekst


def test_somebody_of_another_initiative_or_not_involved_is_unknown_as_owner(stuur, wens, buitenstaander, initiatief):
    collega = RolFactory(initiatief=initiatief).gebruiker

    for wie in (buitenstaander, collega):
        assert "Kies iemand die hier begeleidt" in stuur(wens | {"eigenaar": wie.pk}).text


def test_a_day_that_has_contact_already_moves_on_and_that_is_said(stuur, wens, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["evaluatie"], door=begeleider)
        Contactmoment.plan_op(afspraak=afspraak, dag=date(2027, 6, 8), eigenaar=begeleider)

    antwoord = stuur(met_dagen(wens, "2027-06-08"))

    assert "Dinsdag 8 juni 2027: dan is er al contact. Het wordt woensdag 9 juni 2027." in antwoord.text


def test_without_days_it_begins_with_the_first_that_comes_by_itself(stuur, wens):
    antwoord = stuur(met_dagen(wens, ""))

    assert 'value="2028-06-01"' in antwoord.text
    assert "Zonder eigen dagen begint het hiermee." in antwoord.text


def test_an_agreement_without_any_contact_is_fine_too(stuur, wens, begeleider, traject, kijkt_als):
    stuur(met_dagen(wens, "", herhaling="niet"))

    kijkt_als(begeleider)
    assert traject.nazorgafspraken.get().contactmomenten.count() == 0


# --- An open door ----------------------------------------


@pytest.fixture
def afspraak(traject, begeleider) -> NazorgAfspraak:
    with als_gebruiker(begeleider.pk):
        dagen = (date(2027, 6, 8), date(2027, 7, 6), date(2027, 9, 1))
        return spreek_nazorg_af(
            traject=traject, vormen=["gezin"], door=begeleider, planning=Planning(dagen, begeleider)
        )


def test_an_open_door_is_a_full_choice_and_ends_what_ran(stuur, afspraak, begeleider, traject, kijkt_als):
    stuur({"knop": "deur", "afspraak": "Bel gerust."})

    kijkt_als(begeleider)
    deur = traject.nazorgafspraken.nu().get()
    assert (deur.noem, deur.afspraak) == ("de deur staat open, zonder afspraken", "Bel gerust.")
    assert not traject.contactmomenten.wacht().exists()


def test_a_new_agreement_takes_the_place_of_an_open_door(stuur, wens, begeleider, traject, kijkt_als):
    stuur({"knop": "deur"})
    stuur(met_dagen(wens, "2027-06-08"))

    kijkt_als(begeleider)
    assert [een.is_open_deur for een in traject.nazorgafspraken.nu()] == [False]


def test_a_bsn_with_an_open_door_is_refused(stuur, afspraak, begeleider, traject, kijkt_als):
    antwoord = stuur({"knop": "deur", "afspraak": "Nummer 111222333"})

    kijkt_als(begeleider)
    assert "een nummer dat een BSN kan zijn" in antwoord.text
    assert traject.contactmomenten.wacht().count() == 3


# --- Other days, and stopping ----------------------------------------


def post_data(als, begeleider, afspraak, **velden):
    adres = reverse("trajecten:nazorg_data", args=[afspraak.traject_id, afspraak.pk])
    client = als(begeleider)
    gezien = client.get(adres).text.split('name="gezien" value="')[1].split('"')[0]
    basis = {"gezien": gezien, "herhaling": "jaar", "knop": "bewaar"}
    return client.post(adres, basis | velden, follow=True)


def test_other_days_keep_what_stays_and_silence_what_goes(als, begeleider, afspraak, kijkt_als):
    kijkt_als(begeleider)
    blijft = afspraak.contactmomenten.get(gepland_op=date(2027, 6, 8))

    post_data(als, begeleider, afspraak, dag=["2027-06-08", "2027-10-05"], herhaling="niet")

    kijkt_als(begeleider)
    nu = list(afspraak.contactmomenten.wacht().order_by("gepland_op"))
    assert [contact.gepland_op for contact in nu] == [date(2027, 6, 8), date(2027, 10, 5)]
    assert (nu[0].pk, nu[0].planningversie) == (blijft.pk, 1)
    afspraak.refresh_from_db()
    assert (afspraak.herhaling, afspraak.jaardag) == ("niet", date(2027, 10, 5))


def test_when_a_colleague_changed_the_days_meanwhile_it_is_said(als, begeleider, afspraak, kijkt_als):
    antwoord = post_data(als, begeleider, afspraak, dag=["2027-10-05"], gezien="1:1")

    kijkt_als(begeleider)
    assert "Intussen veranderde een collega de dagen." in antwoord.text
    assert 'value="2027-10-05"' in antwoord.text
    assert afspraak.contactmomenten.wacht().count() == 3


def test_stopping_asks_first_and_twice_is_once(als, begeleider, afspraak, kijkt_als):
    adres = reverse("trajecten:nazorg_stoppen", args=[afspraak.traject_id, afspraak.pk])
    client = als(begeleider)
    gevraagd = client.get(adres)
    kijkt_als(begeleider)
    nog = afspraak.contactmomenten.wacht().count()
    eerste, tweede = client.post(adres, follow=True), client.post(adres, follow=True)

    kijkt_als(begeleider)
    assert "Stoppen met deze afspraak?" in gevraagd.text
    assert (nog, afspraak.contactmomenten.wacht().count()) == (3, 0)
    assert "De afspraak loopt niet meer." in eerste.text
    assert "De afspraak loopt niet meer." not in tweede.text


def test_an_agreement_of_another_trajectory_is_not_found_below_ones_own(als, afspraak, ander_traject, buitenstaander):
    for naam in ("nazorg_data", "nazorg_stoppen"):
        vreemd = reverse(f"trajecten:{naam}", args=[ander_traject.pk, afspraak.pk])
        assert als(buitenstaander).get(vreemd).status_code == 404


def test_the_last_contact_never_runs_out_unseen(als, begeleider, traject, kijkt_als):
    with als_gebruiker(begeleider.pk):
        laatste = spreek_nazorg_af(
            traject=traject,
            vormen=["gezin"],
            door=begeleider,
            herhaling="niet",
            planning=Planning((date(2027, 6, 8),), begeleider),
        ).contactmomenten.get()

    antwoord = als(begeleider).post(
        reverse("trajecten:contact", args=[traject.pk, laatste.pk]), {"resultaat": "gesproken"}, follow=True
    )

    kijkt_als(begeleider)
    assert "Dit was het laatste contact dat jullie afspraken." in antwoord.text
    assert traject.nazorgafspraken.get().tot == date(2027, 6, 1)


def test_an_agreement_without_planned_contact_is_found(begeleider, afspraak, kijkt_als):
    kijkt_als(begeleider)
    zonder = NazorgAfspraak.objects.zonder_contact()
    eerst = zonder.count()
    afspraak.contactmomenten.all().laat_vervallen()

    assert (eerst, list(zonder)) == (0, [afspraak])


def test_a_year_of_aftercare_and_ten_after_it(klok, als, begeleider, traject, kijkt_als):
    """The clock moves to each contact; every answer leads on, never two on a day and never one forgotten."""
    with als_gebruiker(begeleider.pk):
        spreek_nazorg_af(traject=traject, vormen=["begeleiding"], door=begeleider, ritme=tuple_ritme())
    client, dagen = als(begeleider), []
    for _ in range(15):
        kijkt_als(begeleider)
        contact = traject.contactmomenten.wacht().order_by("gepland_op").first()
        klok.move_to(datetime.combine(contact.gepland_op, NU.time(), tzinfo=AMSTERDAM))
        client = als(begeleider)
        antwoord = client.post(
            reverse("trajecten:contact", args=[traject.pk, contact.pk]), {"resultaat": "gesproken"}, follow=True
        )
        assert "Het volgende contact met Noor staat op" in antwoord.text
        dagen.append(contact.gepland_op)

    assert [dag.isoformat() for dag in dagen] == [
        *("2027-06-08", "2027-06-29", "2027-09-01", "2027-12-01", "2028-06-01"),
        *("2029-06-01", "2030-06-03", "2031-06-03", "2032-06-01", "2033-06-01"),
        *("2034-06-01", "2035-06-01", "2036-06-03", "2037-06-01", "2038-06-01"),
    ]


def tuple_ritme() -> tuple[str, ...]:
    return ("week_1", "week_4", "maand_3", "maand_6", "maand_12")


# --- The pages --------------------------------------


@pytest.mark.parametrize("aantal", [1, 3, 10])
def test_the_page_asks_the_same_questions_however_much_there_is(
    als, begeleider, traject, aantal, django_assert_num_queries
):
    with als_gebruiker(begeleider.pk):
        for nummer in range(aantal):
            dagen = tuple(date(2027, 6, 8) + timedelta(weeks=weken, days=nummer) for weken in (0, 8, 16))
            eerste, *_ = spreek_nazorg_af(
                traject=traject, vormen=["gezin"], door=begeleider, planning=Planning(dagen, begeleider)
            ).contactmomenten.order_by("gepland_op")
            eerste.rond_af("gesproken", notitie="Thee.", door=begeleider)
    client = als(begeleider)
    client.get("/trajecten/")

    with django_assert_num_queries(VRAGEN):
        antwoord = client.get(reverse("trajecten:nazorg", args=[traject.pk]))

    assert antwoord.text.count("Thee.") == aantal


VRAGEN = 11  # five for who is asking and what she may see; the read log; agreements, planned, been, pause, nudges


def test_an_empty_page_is_good_news(als, begeleider, traject):
    antwoord = als(begeleider).get(reverse("trajecten:nazorg", args=[traject.pk]))

    assert "De deur staat open." in antwoord.text
    assert "Iets afspreken" in antwoord.text


def test_the_sheet_speaks_to_the_young_person(als, begeleider, afspraak):
    antwoord = als(begeleider).get(reverse("trajecten:nazorg_blad", args=[afspraak.traject_id]))

    assert "Voor Noor" in antwoord.text
    assert "dinsdag 8 juni 2027" in antwoord.text
    assert "Niets willen is ook goed" in antwoord.text
