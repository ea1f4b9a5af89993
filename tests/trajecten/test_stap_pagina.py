"""Setting a step, resting and going on, on the page."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import zet_stap
from trajecten.fases import Fase
from trajecten.models import Betrokkene

VANDAAG = timezone.localdate


@pytest.fixture
def begonnen(begeleider, initiatief):
    """A trajectory that began a month ago."""
    return maak_traject(door=begeleider, initiatief=initiatief, op=VANDAAG() - timedelta(days=30))


@pytest.fixture
def stap(als, begeleider, begonnen):
    """Send the form of a step as begeleider, from the first stay unless said otherwise."""
    client = als(begeleider)

    def stuur(wie=None, **velden):
        data = {"naar": "onderzoekend", "op": VANDAAG().isoformat(), "uit_volgnummer": "1"} | velden
        door = als(wie) if wie else client
        return door.post(reverse("trajecten:fase", args=[begonnen.pk]), data, follow=True)

    return stuur


def in_waakvlam(traject, begeleider):
    with als_gebruiker(begeleider.pk):
        zet_stap(traject=traject, naar=Fase.WAAKVLAM, door=begeleider, toelichting="x", deur_staat_open=True)


def test_the_page_names_each_possible_step_and_its_kind(als, begeleider, begonnen):
    form = als(begeleider).get(reverse("trajecten:fase", args=[begonnen.pk])).context["form"]

    assert form.fields["naar"].choices == [
        ("onderzoekend", "Onderzoekende fase – verkennen (volgende stap)"),
        ("orientatie", "Oriëntatiefase – doorstromen (sprong)"),
        ("waakvlam", "Waakvlamfase – nazorg (sprong)"),
    ]


def test_a_step_is_set_and_told(stap):
    pagina = stap(woorden_van_jongere="Ik wil naar buiten.").text

    assert "Noor is nu in de onderzoekende fase." in pagina
    assert "Ik wil naar buiten." in pagina


def test_going_back_is_told_as_warmly(stap):
    stap()

    antwoord = stap(naar="landing", uit_volgnummer="2")

    assert "Teruggaan is net zo goed als vooruitgaan." in antwoord.text


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"naar": ""}, "Kies een fase."),
        ({"naar": "landing"}, "Deze stap kan nu niet."),
        ({"naar": "afgerond"}, "Deze stap kan nu niet."),
        ({"naar": "orientatie"}, "Dit is een sprong. Schrijf er kort bij waarom die nu past."),
        ({"naar": "waakvlam", "toelichting": "Naar opa."}, "Maak eerst een nazorgafspraak"),
        ({"op": (VANDAAG() + timedelta(days=1)).isoformat()}, "Kies een datum tot en met vandaag."),
        ({"op": (VANDAAG() - timedelta(days=31)).isoformat()}, "Deze fase begon op"),
        ({"op": "gisteren"}, "Dit is geen datum."),
        ({"op": "9999-12-31"}, "Kies een datum tot en met vandaag."),
        ({"toelichting": "a" * 4001}, "Dit is te lang: er passen 4000 tekens."),
        ({"woorden_van_jongere": "111222333"}, "een nummer dat een BSN kan zijn"),
        ({"vormen": "dwang"}, "Kies uit deze vormen."),
        ({"vormen": ["gezin", "deur"]}, "Niet allebei."),
    ],
)
def test_what_stands_in_the_way_is_said_and_the_words_stay(stap, begonnen, begeleider, kijkt_als, velden, zin):
    antwoord = stap(**({"woorden_van_jongere": "Dit bleef staan."} | velden))

    kijkt_als(begeleider)
    assert antwoord.status_code == 200
    assert zin in antwoord.text
    assert velden.get("woorden_van_jongere", "Dit bleef staan.") in antwoord.text
    assert begonnen.verblijven.count() == 1


@pytest.mark.parametrize(
    ("velden", "veld"),
    [
        ({"naar": "orientatie"}, "toelichting"),
        ({"naar": "waakvlam"}, "toelichting"),
        ({"naar": "waakvlam", "toelichting": "Naar opa."}, "vormen"),
    ],
)
def test_what_is_missing_is_asked_at_its_own_question_and_named_on_top(stap, velden, veld):
    antwoord = stap(**velden)

    assert list(antwoord.context["form"].errors) == [veld]
    assert 'class="fouten"' in antwoord.text


def test_what_a_step_may_need_is_never_called_optional(als, begeleider, begonnen):
    form = als(begeleider).get(f"/trajecten/{begonnen.pk}/fase/").context["form"]

    assert "(hoeft niet)" not in str(form["toelichting"].as_field_group())
    assert "(hoeft niet)" not in str(form["vormen"].as_field_group())
    assert "(hoeft niet)" in str(form["woorden_van_jongere"].as_field_group())


def test_to_the_waakvlam_with_an_agreement_in_one_go(stap, begonnen, begeleider, kijkt_als):
    stap(
        naar="waakvlam",
        toelichting="Naar opa.",
        vormen=["evaluatie"],
        afspraak="Thee bij de eik.",
        ritme=["week_1", "maand_6"],
    )

    kijkt_als(begeleider)
    afspraak = begonnen.nazorgafspraken.get()
    assert (afspraak.vormen, afspraak.afspraak) == (["evaluatie"], "Thee bij de eik.")
    assert afspraak.contactmomenten.wacht().count() == 2


def test_to_the_waakvlam_with_an_open_door(stap, begonnen, begeleider, kijkt_als):
    stap(naar="waakvlam", toelichting="Naar opa.", vormen="deur", ritme=["week_1"])

    kijkt_als(begeleider)
    assert begonnen.verblijf_nu.deur_staat_open
    assert not begonnen.contactmomenten.exists()


def test_words_about_aftercare_without_the_waakvlam_plan_nothing(stap, begonnen, begeleider, kijkt_als):
    stap(naar="onderzoekend", vormen=["evaluatie"], ritme=["week_1"])

    kijkt_als(begeleider)
    assert (begonnen.verblijf_nu.fase, begonnen.nazorgafspraken.count()) == ("onderzoekend", 0)


def test_the_second_of_two_sees_what_happened_keeps_the_text_and_can_go_on(stap, begonnen, coordinator, kijkt_als):
    stap()

    tweede = stap(wie=coordinator, naar="onderzoekend", woorden_van_jongere="Mijn tekst.")
    daarna = stap(wie=coordinator, naar="orientatie", uit_volgnummer="2", woorden_van_jongere="Mijn tekst.")

    assert "Intussen is dit traject al verplaatst, naar: Onderzoekende fase – verkennen." in tweede.text
    assert "Mijn tekst." in tweede.text
    assert '<input type="hidden" name="uit_volgnummer" value="2">' in tweede.text
    assert "Noor is nu in de oriëntatiefase." in daarna.text


@pytest.mark.parametrize(("fase", "vraagt"), [(Fase.ONDERZOEKEND, True), (Fase.WAAKVLAM, False)])
def test_another_day_asks_for_another_rhythm_only_where_there_is_one(als, begeleider, begonnen, fase, vraagt):
    with als_gebruiker(begeleider.pk):
        begonnen.naar_fase(fase, door=begeleider, toelichting="Het paste.", deur_staat_open=True)

    html = als(begeleider).get(reverse("trajecten:fase", args=[begonnen.pk])).text

    assert ('hx-target="#ritme"' in html, 'id="ritme"' in html) == (vraagt, vraagt)


def test_a_return_proposes_the_same_counsellor(als, begeleider, coordinator, begonnen):
    in_waakvlam(begonnen, begeleider)

    antwoord = als(coordinator).get(reverse("trajecten:fase", args=[begonnen.pk]))

    assert antwoord.context["form"]["begeleider"].initial == begeleider.pk
    assert "De deur staat open." in antwoord.text


def test_a_return_with_the_same_counsellor(stap, begonnen, begeleider, kijkt_als):
    in_waakvlam(begonnen, begeleider)

    stap(naar="landing", uit_volgnummer="2", begeleider=begeleider.pk)

    kijkt_als(begeleider)
    assert begonnen.verblijf_nu.fase == "landing"
    assert begonnen.betrokkenen.get().gebruiker == begeleider


def test_who_may_not_choose_the_counsellor_is_not_asked(als, begonnen, begeleider, initiatief):
    in_waakvlam(begonnen, begeleider)
    collega = RolFactory(initiatief=initiatief).gebruiker
    with als_gebruiker(begeleider.pk):
        Betrokkene(traject=begonnen, gebruiker=collega, rol="waarnemer").save(force_insert=True)

    form = als(collega).get(reverse("trajecten:fase", args=[begonnen.pk])).context["form"]

    assert "begeleider" not in form.fields
    assert "naar" in form.fields


def test_somebody_of_another_initiative_cannot_become_the_counsellor(stap, begonnen, begeleider, buitenstaander):
    in_waakvlam(begonnen, begeleider)

    antwoord = stap(naar="landing", uit_volgnummer="2", begeleider=buitenstaander.pk)

    assert "Kies een collega van dit initiatief." in antwoord.text


@pytest.mark.parametrize("fase", ["waakvlam", "landing"])
@pytest.mark.parametrize("rust", [True, False])
def test_the_way_on_is_always_visible(als, begeleider, begonnen, fase, rust):
    if fase == "waakvlam":
        in_waakvlam(begonnen, begeleider)
    if rust:
        with als_gebruiker(begeleider.pk):
            begonnen.laat_rusten()

    inhoud = als(begeleider).get(reverse("trajecten:traject", args=[begonnen.pk])).text

    assert reverse("trajecten:fase", args=[begonnen.pk]) in inhoud
    assert ("De deur staat open" in inhoud) is (rust or fase == "waakvlam")


def test_the_days_of_the_rhythm_follow_the_day_of_the_step(als, begeleider, begonnen):
    adres = reverse("trajecten:fase", args=[begonnen.pk])

    deel = als(begeleider).get(adres, {"op": begonnen.begonnen_op.isoformat()}, headers={"HX-Request": "true"})

    assert "<html" not in deel.text
    assert "Na drie maanden" in deel.text
    assert "Na een week" not in deel.text  # that day has passed


@pytest.mark.parametrize("op", ["", "9999-12-31", "0001-01-01", "morgen", "1e9"])
def test_a_strange_day_shows_the_rhythm_from_today(als, begeleider, begonnen, op):
    antwoord = als(begeleider).get(reverse("trajecten:fase", args=[begonnen.pk]), {"op": op})

    assert "Na een week" in antwoord.text


def test_rest_and_on_again(als, begeleider, begonnen, kijkt_als):
    client = als(begeleider)

    rust = client.post(reverse("trajecten:rust", args=[begonnen.pk]), {"reden": "wens"}, follow=True)
    verder = client.post(reverse("trajecten:verder", args=[begonnen.pk]), follow=True)

    assert "Noor heeft nu rust. De deur staat open." in rust.text
    assert "Noor gaat weer verder." in verder.text


VELDEN = st.fixed_dictionaries(
    {
        "naar": st.sampled_from([*Fase, "", "rommel"]),
        "op": st.one_of(st.dates().map(str), st.text(max_size=12)),
        "toelichting": st.text(max_size=60),
        "woorden_van_jongere": st.text(max_size=60),
        "vormen": st.sampled_from(["", "deur", "gezin", "rommel"]),
        "ritme": st.lists(st.sampled_from(["week_1", "maand_12", "rommel"]), max_size=3),
        "uit_volgnummer": st.sampled_from(["1", "2", "", "-1", "x", "9" * 30]),
    }
)


@given(velden=VELDEN)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_sent_there_is_an_answer(stap, begonnen, begeleider, kijkt_als, velden):
    antwoord = stap(**velden)

    kijkt_als(begeleider)
    assert antwoord.status_code == 200
    assert begonnen.verblijven.filter(tot=None).count() == 1
