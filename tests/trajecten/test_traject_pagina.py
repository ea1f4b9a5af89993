"""One trajectory on a page: moments, drafts, the line, and what it costs."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import spreek_nazorg_af, zet_stap
from trajecten.fases import Fase
from trajecten.forms.moment import MomentForm
from trajecten.models import Moment, Momentconcept, Traject

BSN = "111222333"  # passes the elfproef; the ministry's own test number
VANDAAG = timezone.localdate

pytestmark = pytest.mark.usefixtures("lang_traject_van_bestand")


@pytest.fixture(scope="module")
def lang_traject_van_bestand(een_keer) -> Traject:
    """Forty stays and two thousand moments."""
    begin = VANDAAG() - timedelta(days=1000)
    kring = [Fase.ONDERZOEKEND, Fase.LANDING, Fase.ORIENTATIE, Fase.WAAKVLAM, Fase.ORIENTATIE, Fase.LANDING]
    with een_keer.schrijf(), als_gebruiker((door := een_keer.bezetting.begeleider).pk):
        traject = maak_traject(door=door, initiatief=een_keer.bezetting.initiatief, op=begin)
        for nummer in range(39):
            zet_stap(
                traject=traject,
                naar=kring[nummer % len(kring)],
                door=door,
                op=begin + timedelta(days=25 * (nummer + 1)),
                toelichting="Het paste.",
                deur_staat_open=True,
            )
        Moment.objects.bulk_create(
            Moment(
                traject=traject,
                tekst="Samen gekookt.",
                door=door,
                datum=begin + timedelta(days=2 * n // 5),
                soort=soort,
            )
            for n, soort in enumerate([*Moment.Soort] * 500)
        )
    return traject


@pytest.fixture
def lang_traject(lang_traject_van_bestand) -> Traject:
    return deepcopy(lang_traject_van_bestand)


@pytest.fixture
def pagina(traject) -> str:
    return reverse("trajecten:traject", args=[traject.pk])


@pytest.fixture
def bewaar(als, begeleider, traject):
    """Send the form of a moment as begeleider; `bewaar(tekst="…")` returns the answer."""
    client = als(begeleider)

    def stuur(*, htmx=False, **velden):
        data = {"tekst": "Samen gekookt.", "soort": "indruk", "datum": VANDAAG().isoformat()} | velden
        kop = {"HX-Request": "true"} if htmx else {}
        return client.post(reverse("trajecten:moment", args=[traject.pk]), data, headers=kop)

    return stuur


def test_a_moment_is_kept_and_stands_on_the_page(bewaar, als, begeleider, pagina):
    antwoord = bewaar(tekst="De ogen glommen.", soort="lichtje")

    assert (antwoord.status_code, antwoord.url) == (302, f"{pagina}?bewaard#bewaren")
    assert "De ogen glommen." in als(begeleider).get(pagina).text


def test_with_htmx_the_answer_is_the_part_with_an_empty_field(bewaar):
    antwoord = bewaar(htmx=True)

    assert antwoord.status_code == 200
    assert "<html" not in antwoord.text
    assert "Bewaard." in antwoord.text
    assert "moment-bewaard" in antwoord.headers["HX-Trigger"]


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"tekst": ""}, "Schrijf eerst op wat je wilt bewaren."),
        ({"tekst": "   \n "}, "Schrijf eerst op wat je wilt bewaren."),
        ({"tekst": f"Het nummer is {BSN}."}, "Hier staat een nummer dat een BSN kan zijn."),
        ({"tekst": "a" * 100_000}, "Dit zijn 100000 tekens; in één moment passen er 20000."),
        ({"datum": (VANDAAG() + timedelta(days=1)).isoformat()}, "Kies een datum tot en met vandaag."),
        ({"datum": "1066-10-14"}, "Dat is lang voor het begin."),
        ({"datum": "31-31-2026"}, "Dit is geen datum."),
        ({"datum": ""}, "Kies een datum."),
        ({"soort": "diagnose"}, "Kies een van deze vier."),
    ],
)
def test_a_mistake_is_explained_and_the_text_stays(bewaar, traject, begeleider, kijkt_als, velden, zin, htmx):
    velden = {"tekst": "Dit bleef staan."} | velden

    antwoord = bewaar(htmx=htmx, **velden)

    kijkt_als(begeleider)
    assert antwoord.status_code == 200
    assert zin in antwoord.text
    assert velden["tekst"].strip() in antwoord.text
    assert not traject.momenten.exists()


def test_a_refused_number_is_not_kept_in_a_draft_either(bewaar, traject, begeleider, kijkt_als):
    bewaar(tekst=f"Het nummer is {BSN}.")

    kijkt_als(begeleider)
    assert not traject.concepten.exists()


def test_a_mistake_elsewhere_keeps_the_text_as_a_draft(bewaar, traject, begeleider, kijkt_als):
    bewaar(tekst="Een lang verhaal.", datum="")

    kijkt_als(begeleider)
    assert traject.concepten.get().tekst == "Een lang verhaal."


def test_html_is_shown_as_it_was_typed(bewaar, als, begeleider, pagina):
    bewaar(tekst="<script>alert('x')</script> en <b>vet</b>")

    inhoud = als(begeleider).get(pagina).text
    assert "<script>alert" not in inhoud
    assert "&lt;b&gt;vet&lt;/b&gt;" in inhoud


@given(tekst=st.text(max_size=400))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_kept_or_explained(traject, tekst):
    form = MomentForm({"tekst": tekst, "soort": "feit", "datum": VANDAAG().isoformat()}, traject=traject)

    assert form.is_valid() or form.errors["tekst"]
    if form.is_valid():
        assert form.cleaned_data["tekst"] == tekst.replace("\r\n", "\n").replace("\r", "\n").strip() or tekst.strip()


def test_a_draft_is_kept_while_typing_and_found_back(als, begeleider, traject, pagina):
    client = als(begeleider)

    antwoord = client.post(reverse("trajecten:concept", args=[traject.pk]), {"tekst": "Vanochtend kwam"})

    assert "Concept bewaard om" in antwoord.text
    assert "concept-bewaard" in antwoord.headers["HX-Trigger"]
    assert "Vanochtend kwam</textarea>" in client.get(pagina).text


def test_a_draft_with_a_refused_number_is_not_confirmed(als, begeleider, traject):
    antwoord = als(begeleider).post(reverse("trajecten:concept", args=[traject.pk]), {"tekst": BSN})

    assert "Haal het weg" in antwoord.text
    assert "HX-Trigger" not in antwoord.headers


def test_an_emptied_field_takes_the_draft_away(als, begeleider, traject, kijkt_als):
    client = als(begeleider)
    for tekst in ("Vanochtend", ""):
        client.post(reverse("trajecten:concept", args=[traject.pk]), {"tekst": tekst})

    kijkt_als(begeleider)
    assert not Momentconcept.objects.exists()


def test_a_kept_moment_takes_its_draft_away(bewaar, als, begeleider, traject, kijkt_als):
    als(begeleider).post(reverse("trajecten:concept", args=[traject.pk]), {"tekst": "Samen"})

    bewaar()

    kijkt_als(begeleider)
    assert not Momentconcept.objects.exists()


def test_a_colleagues_draft_is_not_shown(als, begeleider, coordinator, traject, pagina):
    als(begeleider).post(reverse("trajecten:concept", args=[traject.pk]), {"tekst": "Alleen voor mij"})

    assert "Alleen voor mij" not in als(coordinator).get(pagina).text


# Session and user; then the trajectory with its lights, read log, stays, people, aftercare and moments. Around it stand
# the begin and the end of the transaction.
VRAGEN = 8
TRANSACTIE = 2


def test_a_trajectory_costs_eight_queries(als, begeleider, pagina, django_assert_num_queries):
    client = als(begeleider)

    with django_assert_num_queries(VRAGEN + TRANSACTIE):
        client.get(pagina)


def test_an_open_door_is_an_agreement_without_contact(als, begeleider, traject, pagina):
    with als_gebruiker(begeleider.pk):
        spreek_nazorg_af(traject=traject, vormen=[], door=begeleider, afspraak="Bel gerust.")

    antwoord = als(begeleider).get(pagina)

    assert antwoord.context["contacten"] == []
    for zin in ("De deur staat open, zonder afspraken", "Bel gerust.", "Er is nu geen contact gepland."):
        assert zin in antwoord.text


def test_a_long_trajectory_costs_the_same_and_stays_light(als, begeleider, lang_traject, django_assert_num_queries):
    client = als(begeleider)

    with django_assert_num_queries(VRAGEN + TRANSACTIE):
        antwoord = client.get(reverse("trajecten:traject", args=[lang_traject.pk]))

    assert len(antwoord.content) <= 60_000


def test_older_moments_come_by_a_link(als, begeleider, lang_traject):
    client = als(begeleider)
    eerste = client.get(reverse("trajecten:traject", args=[lang_traject.pk]))
    gezien = eerste.text.count('class="moment"')

    ouder = client.get(reverse("trajecten:traject", args=[lang_traject.pk]), {"voor": eerste.context["ouder"]})

    assert (gezien, ouder.text.count('class="moment"')) == (15, 15)
    assert not {moment.pk for moment in eerste.context["momenten"]} & {m.pk for m in ouder.context["momenten"]}


@pytest.mark.parametrize("voor", ["abc", "-1", "9" * 40, "٣", "0"])
def test_a_strange_bookmark_gives_a_page(als, begeleider, pagina, voor):
    assert als(begeleider).get(pagina, {"voor": voor}).status_code == 200


def test_the_whole_line_is_told_in_words_too(als, begeleider, lang_traject):
    inhoud = als(begeleider).get(reverse("trajecten:traject", args=[lang_traject.pk])).text

    assert inhoud.split("De weg in woorden")[1].count("<li data-fase") == 40


FORBIDDEN = [
    "cliënt",
    "dossier",
    "casus",
    "probleem",
    "uitvaller",
    "mislukt",
    "afgesloten",
    "heropend",
    "no-show",
    "%</",
]


def test_no_word_that_hurts_stands_on_the_page(als, begeleider, lang_traject):
    inhoud = als(begeleider).get(reverse("trajecten:traject", args=[lang_traject.pk])).text.lower()

    assert [woord for woord in FORBIDDEN if woord in inhoud] == []


def test_the_line_of_one_year_stands_in_the_address(als, begeleider, lang_traject):
    adres = reverse("trajecten:traject", args=[lang_traject.pk])
    heel = als(begeleider).get(adres)
    jaar = heel.context["jaren"][0]

    deel = als(begeleider).get(adres, {"jaar": jaar})

    assert f'href="?jaar={jaar}" aria-current="true"' in deel.text
    assert 0 < len(deel.context["breed"].stukken) < len(heel.context["breed"].stukken)
    assert deel.text.split("De weg in woorden")[1].count("<li data-fase") == 40


@pytest.mark.parametrize("jaar", ["1999", "9999", "abc", "-1", "٢٠٢٦", "9" * 40])
def test_a_strange_year_shows_the_whole_way(als, begeleider, lang_traject, jaar):
    antwoord = als(begeleider).get(reverse("trajecten:traject", args=[lang_traject.pk]), {"jaar": jaar})

    assert (antwoord.status_code, antwoord.context["jaar"]) == (200, None)


def test_a_way_within_one_year_needs_no_choice(als, begeleider, pagina):
    assert 'aria-label="Welk jaar"' not in als(begeleider).get(pagina).text


def test_with_htmx_older_moments_are_only_the_list(als, begeleider, traject, kijkt_als):
    kijkt_als(begeleider)
    momenten = [Moment.objects.create(traject=traject, tekst=f"Dag {n}.", door=begeleider) for n in range(3)]
    pagina = reverse("trajecten:traject", args=[traject.pk])

    antwoord = als(begeleider).get(pagina, {"voor": momenten[2].pk}, headers={"HX-Request": "true"})

    assert "<html" not in antwoord.text
    assert [f"Dag {n}." in antwoord.text for n in range(3)] == [True, True, False]
