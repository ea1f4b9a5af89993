"""The pages of handing over: propose, choose, agree, receive, print; and what is not on them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.models import Rol
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import InitiatiefFactory, RolFactory
from tests.trajecten.kring import iemand_komt_bij, zeg_ja_tegen, zet
from trajecten.models import Betrokkene, Inzagelog, Moment, Overdracht, Overdrachtstuk, Toestemming, Traject

LIJST = "/trajecten/overdrachten/"


def adres(overdracht, naam: str = "overdracht") -> str:
    if naam == "hierheen":
        return reverse("trajecten:overdracht_hierheen", args=[overdracht.pk])
    return reverse(f"trajecten:{naam}", args=[overdracht.traject_id, overdracht.pk])


def stap(naar: str, uit: str = "") -> dict:
    return {"soort": "stap", "naar": naar, "uit": uit}


# --- Proposing --------------------------------------------------------------------------------------------------------


def test_a_coordinator_finds_an_initiative_and_proposes(als, coordinator, traject, daar, ander_initiatief):
    client, pagina = als(coordinator), reverse("trajecten:overdragen", args=[traject.pk])

    gevonden = client.get(pagina, {"q": "atelier"})
    antwoord = client.post(pagina, {"soort": "binnen", "naar": ander_initiatief.pk}, follow=True)

    assert "Atelier Noord" in gevonden.text
    assert "Er gaat niets mee tot jullie iets kiezen." in antwoord.text


def test_only_a_member_with_a_coordinator_can_be_found(als, coordinator, traject, initiatief):
    InitiatiefFactory(naam="Atelier Zonder Iemand")
    gestopt = InitiatiefFactory(naam="Atelier Gestopt", lidmaatschap="gestopt")
    RolFactory(soort=Rol.Soort.COORDINATOR, initiatief=gestopt)

    antwoord = als(coordinator).get(reverse("trajecten:overdragen", args=[traject.pk]), {"q": "atelier"})

    assert "We vonden geen lid met die naam" in antwoord.text
    assert gestopt.naam not in antwoord.text


@pytest.mark.parametrize(
    ("gepost", "zin"),
    [
        ({"soort": "binnen"}, "Kies een initiatief."),
        ({"soort": "binnen", "naar": "999999"}, "Kies een initiatief uit de lijst."),
        ({"soort": "binnen", "naar": "zelf"}, "Kies een initiatief uit de lijst."),
        ({"soort": "buiten", "plek": "00000000-0000-0000-0000-000000000000"}, "Kies een plek uit de lijst."),
        ({"soort": "buiten"}, "Kies een plek."),
    ],
)
def test_a_proposal_to_nowhere_is_explained(als, coordinator, begeleider, traject, initiatief, gepost, zin):
    met_plek(traject, begeleider)
    gepost = gepost | ({"naar": initiatief.pk} if gepost.get("naar") == "zelf" else {})

    assert zin in als(coordinator).post(reverse("trajecten:overdragen", args=[traject.pk]), gepost).text


def test_who_is_no_coordinator_proposes_nothing(als, begeleider, traject, daar, ander_initiatief):
    client, pagina = als(begeleider), reverse("trajecten:overdragen", args=[traject.pk])

    assert "Voorstellen doet de coördinator." in client.get(pagina).text
    assert client.post(pagina, {"soort": "binnen", "naar": ander_initiatief.pk}).status_code == 404


# --- Choosing -------------------------------------------------------------------------------------------------------


def test_nothing_is_ticked_until_somebody_does(als, begeleider, tot):
    overdracht = tot("toestemming", stukken=frozenset())

    tekst = als(begeleider).get(adres(overdracht, "overdracht_stukken")).text

    assert "Een eigen moestuin." in tekst
    assert " checked" not in tekst


def test_pieces_are_chosen_and_taken_back(als, begeleider, tot, kijkt_als):
    overdracht = tot("toestemming", stukken=frozenset())
    client, pagina = als(begeleider), adres(overdracht, "overdracht_stukken")

    client.post(pagina, {"stukken": ["wensdroom", "roepnaam"]})
    client.post(pagina, {"stukken": ["roepnaam"]})

    kijkt_als(begeleider)
    assert list(Overdrachtstuk.objects.values_list("sleutel", "tekst")) == [("roepnaam", "Noor")]


def test_a_piece_that_is_not_there_is_refused_and_the_choice_stays(als, begeleider, tot, kijkt_als):
    overdracht = tot("toestemming", stukken=frozenset())

    antwoord = als(begeleider).post(
        adres(overdracht, "overdracht_stukken"), {"stukken": ["wensdroom", "moment:999999"]}
    )

    kijkt_als(begeleider)
    assert "is er niet meer" in antwoord.text
    assert 'value="wensdroom" checked' in antwoord.text
    assert not Overdrachtstuk.objects.exists()


def test_older_moments_are_chosen_page_by_page_without_losing_the_others(als, begeleider, tot, traject, kijkt_als):
    overdracht = tot("toestemming")
    with als_gebruiker(begeleider.pk):
        Moment.objects.bulk_create(
            Moment(traject=traject, tekst=f"Dag {n}", datum=timezone.localdate() - timedelta(days=n), door=begeleider)
            for n in range(1, 60)
        )
    client, pagina = als(begeleider), adres(overdracht, "overdracht_stukken")
    ouder = client.get(pagina).context["ouder"]
    with als_gebruiker(begeleider.pk):
        oudste = Moment.objects.order_by("datum").first()

    client.post(f"{pagina}?voor={ouder}", {"stukken": [f"moment:{oudste.pk}"]})

    kijkt_als(begeleider)
    assert set(Overdrachtstuk.objects.values_list("sleutel", flat=True)) == {"wensdroom", f"moment:{oudste.pk}"}


@pytest.mark.parametrize("voor", ["x", "999999999999999999999", "-1"])
def test_rubbish_in_the_address_shows_the_newest(als, begeleider, tot, voor):
    overdracht = tot("voorgesteld")

    assert als(begeleider).get(adres(overdracht, "overdracht_stukken"), {"voor": voor}).status_code == 200


# --- Steps, by the pages --------------------------------------------------------------------------------------------


def test_a_whole_handover_in_the_browser(als, coordinator, begeleider, daar, buitenstaander, tot, kijkt_als):
    overdracht = tot("voorgesteld")
    hier, zij, pagina = als(begeleider), als(daar), adres(overdracht)

    hier.post(pagina, stap("toestemming", "voorgesteld"))
    hier.post(pagina, stap("voorbereid", "toestemming"))
    assert "Iemand van De Wilgenhoek" in zij.get(LIJST).text
    zij.post(adres(overdracht, "hierheen"), {"soort": "begeleider", "begeleider": buitenstaander.pk})
    zij.post(adres(overdracht, "hierheen"), stap("samen_op_weg", "ontvangen"))
    klaar = als(coordinator).post(pagina, stap("overgedragen", "samen_op_weg"), follow=True)

    assert "Naar Atelier Noord" in klaar.text
    assert not re.search(r"\bNoor\b", klaar.text)
    assert als(buitenstaander).get(reverse("trajecten:traject", args=[overdracht.traject_id])).status_code == 200
    assert als(coordinator).get(pagina).status_code == 404
    assert als(daar).get(pagina).status_code == 200


@pytest.mark.parametrize(
    ("gepost", "zin"),
    [
        (stap("voorbereid", "voorgesteld"), "Deze stap kan nu niet."),
        (stap("overgedragen"), "De laatste stap zet de coördinator."),
        (stap("toestemming", "ontvangen"), "Intussen is deze overdracht al verder"),
    ],
)
def test_a_step_out_of_turn_is_explained(als, begeleider, tot, gepost, zin):
    overdracht = tot("voorgesteld")

    assert zin in als(begeleider).post(adres(overdracht), gepost, follow=True).text


@pytest.mark.parametrize("gepost", [{}, {"soort": "rommel"}, stap("rommel"), {"soort": "weg", "afspraak": "x"}])
def test_rubbish_changes_nothing(als, begeleider, tot, gepost):
    overdracht = tot("voorgesteld")

    assert als(begeleider).post(adres(overdracht), gepost).status_code in (200, 302)


def test_a_colleague_of_another_place_cannot_be_named(als, daar, begeleider, tot):
    overdracht = tot("voorbereid")

    antwoord = als(daar).post(adres(overdracht, "hierheen"), {"soort": "begeleider", "begeleider": begeleider.pk})

    assert "Kies een collega van je initiatief." in antwoord.text


def test_who_will_counsel_reads_but_does_not_decide(als, buitenstaander, tot):
    overdracht = tot("ontvangen")

    client, pagina = als(buitenstaander), adres(overdracht, "hierheen")

    assert client.get(pagina).status_code == 200
    assert client.post(pagina, stap("samen_op_weg")).status_code == 404


def test_the_receiver_may_say_that_it_does_not_fit(als, daar, coordinator, tot, kijkt_als):
    overdracht = tot("voorbereid")

    als(daar).post(adres(overdracht, "hierheen"), stap("ingetrokken"))

    assert als(daar).get(adres(overdracht, "hierheen")).status_code == 404
    kijkt_als(coordinator)
    assert Overdracht.objects.get().stand == "ingetrokken"


# --- What the receiver sees -----------------------------------------------------------------------------------------


def test_the_receiver_reads_what_was_chosen_and_leaves_a_line(als, daar, begeleider, tot, kijkt_als):
    overdracht = tot("voorbereid")

    tekst = als(daar).get(adres(overdracht, "hierheen")).text

    assert "Een eigen moestuin." in tekst
    assert not re.search(r"\bNoor\b|Haar konijn|Samen gekookt|Bo Begeleider", tekst)
    kijkt_als(begeleider)
    regel = Inzagelog.objects.get(gebruiker=daar)
    assert (regel.wat, regel.grond) == ("overdracht", "overdracht")


@pytest.mark.parametrize("wie", ["buitenstaander", "kernteamlid", "beheerder", "begeleider", "coordinator"])
def test_for_others_there_is_nothing_there(als, tot, request, wie):
    overdracht = tot("voorbereid")

    assert als(request.getfixturevalue(wie)).get(adres(overdracht, "hierheen")).status_code == 404


def test_after_a_no_there_is_nothing_there_on_the_next_request(als, daar, begeleider, tot):
    overdracht = tot("voorbereid")
    client = als(daar)
    eerst = client.get(adres(overdracht, "hierheen")).status_code
    with als_gebruiker(begeleider.pk):
        Toestemming.objects.get().trek_in(begeleider)

    assert (eerst, client.get(adres(overdracht, "hierheen")).status_code) == (200, 404)
    assert "Er komt nu niemand" in client.get(LIJST).text


@pytest.mark.parametrize(("kant", "dag", "zin"), [
    ("samen", "", "Kies de dag die jullie samen zijn."),
    ("samen", "2020-01-01", "Kies een dag vanaf vandaag"),
    ("gever", "", "Kies een van deze."),
    ("", "", "Kies wie dit doet."),
])  # fmt: skip
def test_a_mistake_in_an_agreement_is_explained(als, daar, tot, kant, dag, zin):
    overdracht = tot("ontvangen")

    antwoord = als(daar).post(
        adres(overdracht, "hierheen"), {"soort": "afspraak", "kant": kant, "dag": dag, "tekst": "Samen naar de kas."}
    )

    assert zin in antwoord.text
    assert "Samen naar de kas." in antwoord.text
    assert not antwoord.context["afspraakform"].non_field_errors()


def test_both_sides_read_what_was_agreed(als, daar, begeleider, tot):
    overdracht = tot("ontvangen")
    dag = timezone.localdate() + timedelta(days=3)

    als(daar).post(
        adres(overdracht, "hierheen"),
        {"soort": "afspraak", "kant": "samen", "dag": dag.isoformat(), "tekst": "Samen naar de kas."},
    )
    als(begeleider).post(adres(overdracht), {"soort": "afspraak", "kant": "gever", "tekst": "Wij brengen haar."})

    for wie, naam in ((daar, "hierheen"), (begeleider, "overdracht")):
        tekst = als(wie).get(adres(overdracht, naam)).text
        assert "Samen naar de kas." in tekst
        assert "Wij brengen haar." in tekst


# --- To a place outside, on paper -----------------------------------------------------------------------------------


def met_plek(traject, begeleider) -> Betrokkene:
    with als_gebruiker(begeleider.pk):
        plek = Betrokkene(traject=traject, naam="Bakkerij De Oven", rol="vervolgplek")
        plek.save(force_insert=True)
    return plek


@pytest.fixture
def naar_buiten(als, coordinator, begeleider, traject) -> Overdracht:
    """A handover to a bakery, in which only the dream goes along."""
    plek = met_plek(traject, begeleider)
    with als_gebruiker(begeleider.pk):
        Traject.objects.update(wensdroom="Een eigen moestuin.", wat_waardevol_is="Haar konijn.")
        Moment.objects.create(traject=traject, tekst="Samen gekookt.", door=begeleider)
        zeg_ja_tegen(traject, plek, door=begeleider)
    als(coordinator).post(reverse("trajecten:overdragen", args=[traject.pk]), {"soort": "buiten", "plek": plek.pk})
    with als_gebruiker(begeleider.pk):
        overdracht = Overdracht.objects.get()
    als(begeleider).post(adres(overdracht, "overdracht_stukken"), {"stukken": ["wensdroom"]})
    als(begeleider).post(adres(overdracht), {"soort": "afspraak", "kant": "ontvanger", "tekst": "Een vaste collega."})
    return overdracht


def test_the_sheet_holds_what_was_chosen_and_no_word_more(als, begeleider, naar_buiten):
    tekst = als(begeleider).get(adres(naar_buiten, "overdracht_blad")).text

    assert "Een eigen moestuin." in tekst
    assert "Een vaste collega." in tekst
    assert not re.search(r"\bNoor\b|Haar konijn|Samen gekookt|Bo Begeleider|Landing", tekst)


def test_without_consent_the_sheet_is_empty(als, begeleider, naar_buiten):
    with als_gebruiker(begeleider.pk):
        Toestemming.objects.get().trek_in(begeleider)

    tekst = als(begeleider).get(adres(naar_buiten, "overdracht_blad")).text

    assert "Er is nu geen toestemming om iets mee te geven." in tekst
    assert "moestuin" not in tekst


def test_to_a_place_outside_the_trajectory_stays_and_care_goes_on(als, coordinator, naar_buiten, kijkt_als):
    for naar in ("toestemming", "voorbereid", "samen_op_weg", "overgedragen"):
        zet(naar_buiten, naar, door=coordinator)

    kijkt_als(coordinator)
    nu = Traject.objects.get()
    assert (nu.initiatief.naam, nu.toestand, Overdracht.objects.get().stand) == (
        "De Wilgenhoek",
        "lopend",
        "overgedragen",
    )


# --- Mail and counting ----------------------------------------------------------------------------------------------


def test_mail_tells_who_is_next_and_nothing_about_anybody(tot, coordinator, daar, buitenstaander):
    tot("overgedragen")

    berichten = Bericht.objects.filter(soort="overdracht").order_by("pk")
    assert [bericht.aan for bericht in berichten] == [daar, coordinator, coordinator, buitenstaander]
    assert {str(bericht.gegevens) for bericht in berichten} == {"{}"}
    assert [bericht.toestand for bericht in berichten] == ["vervallen", "vervallen", "vervallen", "wacht"]


def test_a_proposal_tells_nobody(tot):
    tot("toestemming")

    assert not Bericht.objects.filter(soort="overdracht").exists()


@pytest.mark.parametrize("aantal", [1, 3, 12])
def test_the_list_takes_as_many_queries_however_long(als, coordinator, daar, tot, aantal, ander_initiatief):
    for _ in range(aantal):
        iemand_komt_bij(daar, ander_initiatief)
    client = als(daar)
    client.get("/trajecten/lijst/")

    with CaptureQueriesContext(connection) as vragen:
        antwoord = client.get(LIJST)

    assert antwoord.text.count("Iemand van Initiatief") == aantal
    assert len(vragen) == 7
