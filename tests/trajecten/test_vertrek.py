"""Until when a trajectory is kept, and who decides that it goes."""

import importlib
import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from tests.factories import RolFactory
from tests.trajecten.bezetting import LANG_GELEDEN, maak_traject
from tests.trajecten.vertrekken import besluit, kies, vandaag, verzoek
from trajecten.models import (
    Bewaartermijn,
    Jongere,
    Leeftijdsgrenzen,
    Moment,
    Vertrek,
    VertrekGeweigerd,
    Verwijderbewijs,
)
from trajecten.models.vertrek import BEDENKTIJD, herreken
from trajecten.opruimen import vraag_coordinatoren

REDEN = "De rechtbank vroeg ons om het te bewaren."


# --- Until when -----------------------------------------------------------------------------------------------------


def test_the_longest_term_is_the_default_and_counts_from_the_last_change(traject, begeleider):
    with als_gebruiker(begeleider.pk):
        termijn = Bewaartermijn.van(traject)

    assert (termijn.grond, termijn.gekozen_door) == ("jeugdhulp", None)
    assert termijn.laatste_wijziging == vandaag()
    assert (termijn.bewaren_tot.year, termijn.is_voorbij) == (vandaag().year + 20, False)


def test_without_youth_help_two_years_count_from_the_last_contact(oud_traject, coordinator):
    termijn = kies(oud_traject, coordinator)

    assert termijn.gekozen_door == coordinator
    assert termijn.laatste_contact == vandaag() - LANG_GELEDEN
    assert termijn.is_voorbij


@pytest.mark.parametrize(
    ("soort", "telt"),
    [("moment", True), ("gepland", True), ("gesproken", True), ("gestuurd", True), ("niet_bereikt", False)],
)
def test_contact_starts_the_term_anew(oud_traject, begeleider, coordinator, soort, telt):
    with als_gebruiker(begeleider.pk):
        if soort == "moment":
            Moment.objects.create(traject=oud_traject, tekst="Even gebeld.", door=begeleider)
        else:
            afspraak = oud_traject.nazorgafspraken.create(vormen=["gezin"], door=begeleider)
            contact = afspraak.plan(eigenaar=begeleider, ritme=["week_1"])[0]
            if soort == "gestuurd":
                afspraak.contactmomenten.update(vorm="kaartje")
            if soort != "gepland":
                contact.rond_af(soort)
                afspraak.contactmomenten.laat_vervallen()  # what follows by itself would count too

    assert kies(oud_traject, coordinator).is_voorbij is not telt


def test_looking_and_drafts_do_not_start_it_anew(oud_traject, begeleider, coordinator):
    with als_gebruiker(begeleider.pk):
        oud_traject.noteer_inzage(begeleider, "traject")
        oud_traject.concepten.create(gebruiker=begeleider, tekst="Nog bezig")

    assert kies(oud_traject, coordinator).is_voorbij


@pytest.mark.django_db(transaction=True)
def test_a_leap_day_and_twenty_years_by_hand(traject, begeleider, eigenaar):
    eigenaar.execute("SELECT set_config('app.opruimen', 'ja', false)")
    eigenaar.execute("ALTER TABLE trajecten_traject DISABLE TRIGGER USER")
    for tabel, kolommen in {
        "trajecten_jongere": ["gewijzigd_op"],
        "trajecten_traject": ["gewijzigd_op", "begonnen_op"],
        "trajecten_faseverblijf": ["aangemaakt_op", "van"],
        "trajecten_betrokkene": ["van"],
    }.items():
        eigenaar.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")
        for kolom in kolommen:
            eigenaar.execute(f"UPDATE {tabel} SET {kolom} = '2004-02-29 12:00+01'")  # noqa: S608

    with als_gebruiker(begeleider.pk):
        termijn = Bewaartermijn.van(traject)

    assert (termijn.laatste_wijziging, termijn.bewaren_tot) == (date(2004, 2, 29), date(2024, 2, 29))
    assert termijn.is_voorbij


def test_a_change_of_name_is_a_change(traject, begeleider, kijkt_als):
    kijkt_als(begeleider)
    voor = Jongere.objects.get().gewijzigd_op

    Jongere.objects.update(roepnaam="Nora", gewijzigd_op=voor - LANG_GELEDEN)

    assert Jongere.objects.get().gewijzigd_op > voor - timedelta(minutes=5)


def test_all_terms_are_worked_out_in_one_statement(traject, oud_traject, ander_traject, begeleider, kijkt_als):
    assert herreken() == 3
    assert herreken() == 0

    kijkt_als(begeleider)
    assert Bewaartermijn.objects.count() == 2


def test_the_database_and_the_page_agree_on_the_fortnight():
    migratie = importlib.import_module("trajecten.migrations.0021_vertrek_beveiligd")

    assert set(re.findall(r"interval '(\d+) days'", migratie.WEGHALEN)) == {str(BEDENKTIJD.days)}


# --- Who decides ----------------------------------------------------------------------------------------------------


@pytest.fixture
def adres(traject) -> str:
    return reverse("trajecten:weggaan", args=[traject.pk])


VERZOEK = {"soort": "verzoek", "gevraagd_door": "ouders", "gevraagd_op": "2026-01-05", "toelichting": ""}


def test_a_counsellor_writes_down_a_request_and_the_coordinator_decides(als, begeleider, coordinator, traject, adres):
    als(begeleider).post(adres, VERZOEK)
    tekst = als(begeleider).get(adres).text
    antwoord = als(coordinator).post(adres, {"soort": "besluit", "besluit": "weghalen"}, follow=True)

    assert "Gevraagd door de ouders, op 5 januari 2026: alles weghalen." in tekst
    assert "Jouw besluit" not in tekst
    assert "gaat alles weg." in antwoord.text
    with als_gebruiker(coordinator.pk):
        vertrek = traject.vertrekken.get()
    assert (vertrek.genoteerd_door, vertrek.besloten_door) == (begeleider, coordinator)
    assert vertrek.weg_op == vandaag() + timedelta(days=14)


def test_the_page_counts_exactly_what_would_go(als, coordinator, volle_zaak, adres):
    wat = dict(als(coordinator).get(adres).context["wat"])

    assert (wat["trajecten"], wat["jongeren"], wat["momenten"]) == (1, 1, 1)
    assert wat["concepten van momenten"] == 1  # of a colleague: counted, never shown
    assert wat["herinneringen"] > 5


@pytest.mark.parametrize("soort", ["besluit", "termijn", "terug"])
def test_a_counsellor_does_not_decide(als, begeleider, traject, adres, soort, kijkt_als):
    verzoek(traject, begeleider)
    data = {"soort": soort, "besluit": "weghalen", "grond": "overig"}

    assert als(begeleider).post(adres, data).status_code == 404
    kijkt_als(begeleider)
    assert traject.vertrekken.get().besluit == "open"


def test_the_database_lets_nobody_else_decide_either(traject, begeleider, coordinator, kijkt_als):
    verzoek(traject, begeleider)
    kijkt_als(begeleider)

    assert Vertrek.objects.update(besluit="weghalen", besloten_op=timezone.now()) == 0
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Vertrek.objects.create(
            traject=traject,
            aanleiding="termijn",
            besluit="weghalen",
            besloten_op=timezone.now(),
            besloten_door=coordinator,
            genoteerd_door=begeleider,
        )
    for model in (Bewaartermijn, Verwijderbewijs):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            model.objects.all()._raw_delete("default") if model is Verwijderbewijs else model.objects.update(
                bewaren_tot=vandaag()
            )


def test_the_moment_of_a_decision_is_the_databases_own(traject, begeleider, coordinator, kijkt_als):
    vertrek = verzoek(traject, begeleider)
    kijkt_als(coordinator)

    Vertrek.objects.update(
        besluit="weghalen", besloten_op=timezone.now() - timedelta(days=99), besloten_door=begeleider
    )

    vertrek.refresh_from_db()
    assert vertrek.besloten_op > timezone.now() - timedelta(minutes=5)
    assert vertrek.besloten_door == coordinator


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        ({"soort": "besluit"}, "Kies er een."),
        ({"soort": "besluit", "besluit": "bewaren"}, "Schrijf op waarom het bewaard moet blijven."),
        (
            {"soort": "besluit", "besluit": "bewaren", "reden": "111222333"},
            "Hier staat een nummer dat een BSN kan zijn.",
        ),
        ({"soort": "besluit", "besluit": "verbranden"}, "Kies er een uit de lijst."),
        ({"soort": "termijn", "grond": "eeuwig"}, "Kies er een uit de lijst."),
        (VERZOEK | {"gevraagd_op": "2126-01-05"}, "Kies een datum tot en met vandaag."),
        (VERZOEK | {"gevraagd_op": "1926-01-05"}, "Kijk de datum nog even na."),
        (VERZOEK | {"gevraagd_door": "buurman", "toelichting": "Dit bleef staan."}, "Dit bleef staan."),
        (VERZOEK | {"toelichting": "a" * 100_000}, "2000"),
    ],
)
def test_a_mistake_is_explained_and_changes_nothing(als, coordinator, traject, adres, data, zin, kijkt_als):
    antwoord = als(coordinator).post(adres, data)

    assert antwoord.status_code == 200
    assert zin in antwoord.text
    kijkt_als(coordinator)
    assert not Vertrek.objects.exists()


def test_keeping_needs_a_reason_and_is_asked_again_after_a_year(als, coordinator, oud_traject):
    kies(oud_traject, coordinator)
    client = als(coordinator)
    opruimen = reverse("trajecten:opruimen")
    voorgesteld = [rij.traject_id for rij in client.get(opruimen).context["pagina"]]

    client.post(
        reverse("trajecten:weggaan", args=[oud_traject.pk]), {"soort": "besluit", "besluit": "bewaren", "reden": REDEN}
    )

    assert voorgesteld == [oud_traject.pk]
    assert not client.get(opruimen).context["pagina"].object_list
    with als_gebruiker(coordinator.pk):
        assert Bewaartermijn.objects.voorbij(vandaag() + timedelta(days=366)).count() == 1
    assert REDEN in client.get(reverse("trajecten:weggaan", args=[oud_traject.pk])).text


def test_while_the_term_runs_and_nobody_asked_there_is_nothing_to_decide(als, coordinator, traject, adres, kijkt_als):
    antwoord = als(coordinator).post(adres, {"soort": "besluit", "besluit": "weghalen"}, follow=True)

    assert "De bewaartermijn loopt nog, en niemand vroeg erom." in antwoord.text
    kijkt_als(coordinator)
    assert not Vertrek.objects.exists()


def test_the_coordinator_chooses_another_term_and_the_page_counts_anew(als, coordinator, oud_traject):
    client, adres = als(coordinator), reverse("trajecten:weggaan", args=[oud_traject.pk])
    eerst = client.get(adres).text

    daarna = client.post(adres, {"soort": "termijn", "grond": "overig"}, follow=True).text

    assert "Niemand koos de termijn nog." in eerst
    assert "Dat is twintig jaar na de laatste wijziging" in eerst
    assert "De termijn is gekozen." in daarna
    assert "Niemand koos de termijn nog." not in daarna
    assert "Dat is twee jaar na het laatste contact" in daarna
    with als_gebruiker(coordinator.pk):
        termijn = Bewaartermijn.objects.get(traject=oud_traject)
    assert (termijn.grond, termijn.gekozen_door) == ("overig", coordinator)


@pytest.mark.parametrize("wie", ["begeleider", "kernteamlid", "beheerder"])
def test_for_who_coordinates_nothing_there_is_no_list_of_what_may_go(als, request, wie):
    assert als(request.getfixturevalue(wie)).get(reverse("trajecten:opruimen")).status_code == 404


def test_a_decision_is_taken_back_within_the_fortnight(als, begeleider, coordinator, traject, adres):
    verzoek(traject, begeleider)
    besluit(traject, coordinator)

    antwoord = als(coordinator).post(adres, {"soort": "terug"}, follow=True)
    nog_eens = als(coordinator).post(adres, {"soort": "terug"}, follow=True)

    assert "Teruggedraaid. Alles blijft." in antwoord.text
    assert "Er loopt hier niets meer." in nog_eens.text
    with als_gebruiker(coordinator.pk):
        assert not traject.vertrekken.lopend().exists()


def test_who_decided_on_an_old_page_hears_that_it_was_decided(traject, begeleider, coordinator):
    verzoek(traject, begeleider)
    with als_gebruiker(coordinator.pk):
        twee_keer = [traject.vertrekken.get() for _ in range(2)]
        twee_keer[0].beslis("weghalen", door=coordinator)

        with pytest.raises(VertrekGeweigerd, match="Intussen is hier al over besloten"):
            twee_keer[1].beslis("bewaren", door=coordinator, reden="Toch niet.")


def test_a_second_request_at_the_same_time_is_refused_in_words(als, begeleider, traject, adres):
    verzoek(traject, begeleider)

    assert "Hier loopt al een verzoek of een besluit." in als(begeleider).post(adres, VERZOEK, follow=True).text


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_of_the_coordinator_takes_as_many_questions_for_one_as_for_three(
    als, begeleider, coordinator, initiatief, aantal, django_assert_num_queries
):
    for nummer in range(aantal):
        oud = maak_traject(door=begeleider, initiatief=initiatief, roepnaam=f"N{nummer}", op=vandaag() - LANG_GELEDEN)
        kies(oud, coordinator)
        verzoek(maak_traject(door=begeleider, initiatief=initiatief, roepnaam=f"V{nummer}"), begeleider)
    client = als(coordinator)

    with django_assert_num_queries(8):
        antwoord = client.get(reverse("trajecten:opruimen"))

    assert (len(antwoord.context["pagina"]), len(antwoord.context["lopend"])) == (aantal, aantal)


def test_another_initiatives_coordinator_sees_nothing_of_it(als, oud_traject, coordinator, ander_initiatief):
    kies(oud_traject, coordinator)
    ander = RolFactory(soort="coordinator", initiatief=ander_initiatief).gebruiker

    antwoord = als(ander).get(reverse("trajecten:opruimen"))

    assert "Er hoeft niets weg. Mooi zo." in antwoord.text
    assert als(ander).get(reverse("trajecten:weggaan", args=[oud_traject.pk])).status_code == 404


def test_the_coordinator_gets_one_mail_a_month_without_a_name(oud_traject, coordinator, begeleider):
    kies(oud_traject, coordinator)

    vraag_coordinatoren()
    vraag_coordinatoren()

    bericht = Bericht.objects.get(soort="opruimen")
    assert (bericht.aan, bericht.pad, bericht.gegevens) == (coordinator, "/trajecten/opruimen/", {})


@pytest.mark.parametrize(
    ("jaren", "wie"),
    [
        (11, "de ouders"),
        (12, "de jongere en de ouders samen"),
        (16, "de jongere zelf"),
        (None, "de jongere en de ouders samen"),
    ],
)
def test_both_pages_say_who_may_ask_at_this_age(als, begeleider, coordinator, traject, adres, jaren, wie):
    geboren = jaren and vandaag() - timedelta(days=jaren * 365.25 + 30)
    with als_gebruiker(begeleider.pk):
        Leeftijdsgrenzen.leid_af(traject.jongere_id, geboren)
    client = als(coordinator)

    assert f"hangt af van de leeftijd: nu {wie}." in client.get(adres).text
    assert f"zijn dat nu: {wie}." in client.get(adres.replace("weggaan", "alles")).text
