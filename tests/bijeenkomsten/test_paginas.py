"""The pages: who sees what, what they say, and how many queries they take."""

import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.models import Uitnodiging
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory

pytestmark = pytest.mark.django_db
GEHEIM = "https://vergader.example/geheim"
IEDEREEN = ["begeleider", "coordinator", "buitenstaander", "beheerder", "verbondgenoot", "kernteamlid"]


def url(naam: str, *args) -> str:
    return reverse(f"bijeenkomsten:{naam}", args=args)


def tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().split())


# --- public ----------------------------------------------------------------------------------------


def test_the_real_planning_is_one_of_the_school_years(client):
    call_command("importeer_bijeenkomsten", verbosity=0, stdout=io.StringIO())

    pagina = tekst(client.get(url("lijst"), {"jaar": "2023"}))

    assert "Jaarplanning 2023–2024" in pagina
    assert "7 bijeenkomsten in dit schooljaar." in pagina
    assert "woensdag 31 januari 2024, 16:00 tot 20:00 uur" in pagina
    assert pagina.count('<article class="kaartje bijeenkomst">') == 7
    assert pagina.count("geen bijeenkomst") == 6
    assert "De plaats volgt nog" not in pagina


@time_machine.travel("2026-11-20 12:00Z")
def test_the_list_opens_at_this_school_year_and_leads_to_the_others(client):
    BijeenkomstFactory(titel="Binnenkort", begint_op=timezone.now() + timedelta(days=3))
    BijeenkomstFactory(titel="Lang geleden", begint_op=timezone.now() - timedelta(days=800))

    pagina = tekst(client.get(url("lijst")))

    assert "Jaarplanning 2026–2027" in pagina
    assert "De eerstvolgende" in pagina
    assert "Lang geleden" not in pagina
    assert 'rel="prev" href="?jaar=2024"' in pagina


def test_an_empty_school_year_says_what_belongs_there(client):
    assert "Voor dit schooljaar staat nog niets op de kalender." in tekst(client.get(url("lijst")))


@pytest.mark.parametrize("jaar", ["abc", "1066", "99999999999999999999", "2023'--", ""])
def test_a_strange_year_shows_this_year_and_says_so(client, jaar):
    antwoord = client.get(url("lijst"), {"jaar": jaar})

    assert antwoord.status_code == 200
    assert "Dat schooljaar kennen we niet." in tekst(antwoord)


def test_public_pages_show_no_draft_no_private_meeting_no_link_and_no_names(client, kernteamlid):
    openbaar = BijeenkomstFactory(titel="Voor iedereen", soort="online", link=GEHEIM)
    openbaar.trekkers.add(kernteamlid)
    verborgen = [
        BijeenkomstFactory(titel="Binnenskamers", **v) for v in ({"status": "concept"}, {"is_openbaar": False})
    ]

    lijst, detail = client.get(url("lijst")), client.get(url("detail", openbaar.pk))

    for pagina in (lijst, detail):
        assert "Voor iedereen" in tekst(pagina)
        assert "Binnenskamers" not in tekst(pagina)
        assert "geheim" not in tekst(pagina)
        assert "Kim Kern" not in tekst(pagina)
    assert {client.get(url("detail", b.pk)).status_code for b in verborgen} == {404}


def test_public_pages_set_no_cookie_and_depend_on_none(client):
    for adres in (url("lijst"), url("detail", BijeenkomstFactory().pk)):
        antwoord = client.get(adres)

        assert not antwoord.cookies
        assert "Cookie" not in antwoord.headers.get("Vary", "")


def test_a_cancelled_meeting_says_so_in_words(client):
    bijeenkomst = BijeenkomstFactory(status="afgelast", afgelast_omdat="Er ligt sneeuw.")

    pagina = tekst(client.get(url("detail", bijeenkomst.pk)))

    assert "Deze bijeenkomst is afgelast. Er ligt sneeuw." in pagina
    assert "Ik ben uitgenodigd" not in pagina


def test_a_meeting_that_is_over_asks_nothing(client):
    bijeenkomst = BijeenkomstFactory(begint_op=timezone.now() - timedelta(days=2))

    pagina = tekst(client.get(url("detail", bijeenkomst.pk)))

    assert "Geweest" in pagina
    assert "Ik ben uitgenodigd" not in pagina


def test_a_meeting_past_midnight_names_both_days(client):
    begin = datetime(2026, 11, 18, 22, tzinfo=ZoneInfo("Europe/Amsterdam"))
    bijeenkomst = BijeenkomstFactory(begint_op=begin, eindigt_op=begin + timedelta(hours=3))

    pagina = tekst(client.get(url("detail", bijeenkomst.pk)))

    assert "woensdag 18 november 2026, 22:00 tot donderdag 19 november 01:00 uur" in pagina


def test_markup_in_a_title_is_shown_as_text(client):
    bijeenkomst = BijeenkomstFactory(titel="<script>alert(1)</script>", omschrijving="<b>vet</b>")

    for adres in (url("lijst"), url("detail", bijeenkomst.pk)):
        assert "<script>alert" not in tekst(client.get(adres))
        assert "<b>vet" not in tekst(client.get(adres))


@pytest.mark.parametrize("pk", [0, 99999, 10**30])
def test_a_meeting_that_is_not_there_is_not_found(client, pk):
    assert client.get(url("detail", pk)).status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_takes_three_queries(client, django_assert_num_queries, aantal):
    BijeenkomstFactory.create_batch(aantal)

    with django_assert_num_queries(3):
        client.get(url("lijst"))


# --- invited ---------------------------------------------------------------------------------------


def test_who_is_not_signed_in_is_asked_to(client):
    for adres in (url("mijn"), url("meedoen", BijeenkomstFactory().pk), url("nieuw")):
        antwoord = client.get(adres)

        assert (antwoord.status_code, antwoord.url) == (302, f"/accounts/login/?next={adres}")


@pytest.mark.parametrize("wie", IEDEREEN)
@pytest.mark.parametrize("methode", ["get", "post"])
def test_answering_a_closed_meeting_is_for_who_is_invited(request, als, wie, methode):
    ander = UitnodigingFactory(bijeenkomst__is_openbaar=False)

    antwoord = getattr(als(request.getfixturevalue(wie)), methode)(
        url("meedoen", ander.bijeenkomst_id), {"antwoord": "ja"}
    )

    assert antwoord.status_code == 404
    assert Uitnodiging.objects.get().antwoord == "open"


def test_who_comes_from_the_public_page_and_may_not_join_is_told_why(als, beheerder):
    bijeenkomst = BijeenkomstFactory(soort="fysiek")
    client = als(beheerder)

    pagina = tekst(client.get(url("meedoen", bijeenkomst.pk), follow=True))

    assert "Vraag het aan het kernteam. Voor aangesloten initiatieven." in pagina
    assert client.post(url("meedoen", bijeenkomst.pk), {"antwoord": "ja"}).status_code == 404
    assert not Uitnodiging.objects.exists()


def test_an_invitation_to_a_draft_is_not_found(als, begeleider):
    uitnodiging = UitnodigingFactory(gebruiker=begeleider, bijeenkomst__status="concept")

    assert als(begeleider).get(url("meedoen", uitnodiging.bijeenkomst_id)).status_code == 404


@pytest.mark.parametrize(
    ("antwoord", "zin"),
    [
        ("ja", "Fijn, we rekenen op je."),
        ("misschien", "We hebben genoteerd dat je misschien komt."),
        ("nee", "Dank je dat je het laat weten."),
    ],
)
@pytest.mark.parametrize("terug", ["", "mijn"])
def test_someone_answers_with_one_button(als, begeleider, antwoord, zin, terug):
    uitnodiging = UitnodigingFactory(gebruiker=begeleider)
    adres = url("meedoen", uitnodiging.bijeenkomst_id)

    reactie = als(begeleider).post(adres, {"antwoord": antwoord, "terug": terug}, follow=True)

    assert reactie.redirect_chain == [(url("mijn") if terug else adres, 302)]
    assert zin in tekst(reactie)
    assert Uitnodiging.objects.get().antwoord == antwoord


@pytest.mark.parametrize("antwoord", ["", "open", "graag", "ja;--"])
def test_an_answer_that_does_not_exist_is_explained(als, begeleider, antwoord):
    uitnodiging = UitnodigingFactory(gebruiker=begeleider)

    reactie = als(begeleider).post(url("meedoen", uitnodiging.bijeenkomst_id), {"antwoord": antwoord})

    assert reactie.status_code == 200
    assert "Kies ja, misschien of nee." in tekst(reactie)
    assert Uitnodiging.objects.get().antwoord == "open"


def test_the_link_is_for_who_comes(als, begeleider):
    bijeenkomst = BijeenkomstFactory(soort="online", link=GEHEIM)
    UitnodigingFactory(gebruiker=begeleider, bijeenkomst=bijeenkomst)
    client = als(begeleider)

    gezien = []
    for antwoord in ("", "misschien", "ja", "nee"):
        if antwoord:
            client.post(url("meedoen", bijeenkomst.pk), {"antwoord": antwoord})
        gezien.append({GEHEIM in tekst(client.get(adres)) for adres in (url("mijn"), url("meedoen", bijeenkomst.pk))})

    assert gezien == [{False}, {False}, {True}, {False}]


def test_the_link_goes_when_the_meeting_is_called_off(als, begeleider):
    bijeenkomst = BijeenkomstFactory(soort="online", link=GEHEIM, status="afgelast")
    UitnodigingFactory(gebruiker=begeleider, bijeenkomst=bijeenkomst, antwoord="ja")

    pagina = tekst(als(begeleider).get(url("meedoen", bijeenkomst.pk)))

    assert GEHEIM not in pagina
    assert "Deze bijeenkomst is afgelast. Je hoeft niets te doen." in pagina


def test_a_full_meeting_says_so_on_the_page(als, begeleider):
    bijeenkomst = BijeenkomstFactory(capaciteit=1)
    UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord="ja")
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider)

    pagina = tekst(als(begeleider).post(url("meedoen", bijeenkomst.pk), {"antwoord": "ja"}, follow=True))

    assert "De bijeenkomst is vol. Je staat op de wachtlijst" in pagina
    assert "je staat op de wachtlijst. Komt er een plek vrij, dan mailen we je." in pagina


def test_nobody_sees_the_other_guests(als, begeleider):
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider)
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam="Iemand Anders", antwoord="ja")

    for adres in (url("mijn"), url("meedoen", bijeenkomst.pk)):
        assert "Iemand Anders" not in tekst(als(begeleider).get(adres))


def test_own_page_without_invitations_says_what_belongs_there(als, begeleider):
    pagina = tekst(als(begeleider).get(url("mijn")))

    assert "Er ligt geen uitnodiging voor je klaar." in pagina
    assert "Concepten" not in pagina


@pytest.mark.parametrize(
    ("anders", "is_welkom"),
    [
        ({"soort": "fysiek"}, True),
        ({"soort": "regio", "provincies": ["Zeeland"]}, False),
        ({"soort": "op_bezoek"}, False),
        ({"soort": "landelijk", "is_openbaar": False}, False),
        ({"soort": "landelijk", "status": "concept"}, False),
    ],
)
def test_a_new_member_without_invitations_sees_where_she_is_welcome(als, begeleider, anders, is_welkom):
    bijeenkomst = BijeenkomstFactory(titel="Aan tafel", **anders)

    pagina = als(begeleider).get(url("mijn")).text

    assert ("Bij de volgende bijeenkomst ben je welkom" in pagina) == is_welkom
    assert (url("meedoen", bijeenkomst.pk) in pagina) == is_welkom


def test_who_is_invited_is_not_told_where_else_she_is_welcome(als, begeleider):
    UitnodigingFactory(bijeenkomst=BijeenkomstFactory(), gebruiker=begeleider)

    assert "ben je welkom" not in als(begeleider).get(url("mijn")).text


@pytest.mark.parametrize("aantal", [1, 3])
def test_own_page_takes_the_same_queries_for_every_guest(als, begeleider, django_assert_num_queries, aantal):
    UitnodigingFactory.create_batch(aantal, gebruiker=begeleider)
    UitnodigingFactory.create_batch(
        aantal, gebruiker=begeleider, bijeenkomst__begint_op=timezone.now() - timedelta(days=9)
    )
    client = als(begeleider)

    with django_assert_num_queries(6):
        client.get(url("mijn"))


@pytest.mark.parametrize("aantal", [1, 3])
def test_own_page_takes_the_same_queries_for_the_core_team(als, kernteamlid, django_assert_num_queries, aantal):
    UitnodigingFactory.create_batch(aantal, gebruiker=kernteamlid)
    BijeenkomstFactory.create_batch(aantal, status="concept")
    BijeenkomstFactory.create_batch(aantal, begint_op=timezone.now() - timedelta(days=9))
    client = als(kernteamlid)

    with django_assert_num_queries(9):
        client.get(url("mijn"))


def test_the_core_team_finds_back_what_it_was_not_invited_to(als, kernteamlid, begeleider):
    geweest = BijeenkomstFactory(begint_op=timezone.now() - timedelta(days=9))

    adres = url("beheer", geweest.pk)
    assert adres in als(kernteamlid).get(url("mijn")).text
    assert adres not in als(begeleider).get(url("mijn")).text


def test_a_guest_without_an_account_answers_by_the_personal_link():
    bijeenkomst = BijeenkomstFactory(soort="online", link=GEHEIM)
    uitnodiging = UitnodigingFactory(
        bijeenkomst=bijeenkomst, gebruiker=None, naam="Gast", adres="gast@voorbeeld.example"
    )
    client = Client(enforce_csrf_checks=True)
    adres = url("antwoord", uitnodiging.token)

    eerst = client.get(adres)
    kaal = client.post(adres, {"antwoord": "ja"})
    daarna = client.post(
        adres, {"antwoord": "ja", "csrfmiddlewaretoken": client.cookies["csrftoken"].value}, follow=True
    )

    assert GEHEIM not in tekst(eerst)
    assert kaal.status_code == 403
    assert GEHEIM in tekst(daarna)
    assert "sessie" not in client.cookies
    assert "no-store" in daarna.headers["Cache-Control"]


def test_only_looking_at_the_personal_link_answers_nothing(client):
    uitnodiging = UitnodigingFactory(gebruiker=None, naam="Gast", adres="gast@voorbeeld.example")

    client.get(url("antwoord", uitnodiging.token), {"antwoord": "ja"})
    client.head(url("antwoord", uitnodiging.token), {"antwoord": "ja"})

    assert Uitnodiging.objects.get().antwoord == "open"


def test_a_foreign_token_is_not_found(client, begeleider):
    met_account = UitnodigingFactory(gebruiker=begeleider)
    concept = UitnodigingFactory(
        gebruiker=None, naam="Gast", adres="gast@voorbeeld.example", bijeenkomst__status="concept"
    )

    for token in ("x", "x" * 3000, met_account.token, concept.token):
        assert client.get(url("antwoord", token)).status_code == 404
