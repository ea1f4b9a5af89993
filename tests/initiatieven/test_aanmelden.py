"""The public application form: what good input leads to, and how bad input is asked back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from initiatieven.forms import AanmeldingForm
from initiatieven.models import Aanmelding
from tests.initiatieven.formulieren import aanmelding_data

PAD = "/initiatieven/aanmelden/"


@pytest.fixture(autouse=True)
def _geen_oude_telling(db):
    cache.clear()


def test_a_good_application_is_handed_in_with_its_three_toetsen(client):
    antwoord = client.post(PAD, aanmelding_data())

    assert antwoord.headers["Location"] == "/initiatieven/aanmelden/dank/"
    aanmelding = Aanmelding.objects.get()
    assert (aanmelding.toestand, aanmelding.pc4, aanmelding.plaats) == ("ingediend", "7201", "Zutphen")
    assert [stap.stap for stap in aanmelding.stappen.all()] == ["indienen"]
    assert [(toets.soort, toets.bewijs) for toets in aanmelding.toetsen.all()] == [
        ("bestaat_een_jaar", "Zie de inschrijving."),
        ("vijf_jongeren", "De gemeente."),
        ("ontwikkelingsgericht", ""),
    ]
    assert aanmelding.toetsen.get(soort="bestaat_een_jaar").bewering == "We bestaan sinds 1 september 2019."


def test_the_applicant_gets_exactly_one_confirmation(client):
    client.post(PAD, aanmelding_data())

    bericht = Bericht.objects.get()
    mail = stel_op(bericht)
    assert bericht.aan_adres == "ans@voorbeeld.example"
    assert mail.subject == "We hebben jullie aanmelding"


def test_the_confirmation_repeats_nothing_that_was_typed(client):
    """Anybody may fill in somebody else's address; the mail must not carry a stranger's words there."""
    client.post(PAD, aanmelding_data(naam="Win een auto op prijs.example", contactpersoon="Klik prijs.example"))

    bericht = Bericht.objects.get()
    assert "prijs" not in stel_op(bericht).body
    assert bericht.gegevens == {}


def test_the_thank_you_page_says_what_happens_next(client):
    tekst = client.get("/initiatieven/aanmelden/dank/").text

    assert "kennis te maken" in tekst


@pytest.mark.parametrize(
    ("veld", "waarde", "vraag"),
    [
        ("naam", "", "Vul de naam van jullie initiatief in."),
        ("naam", "Win nu www.gratis.example", "Een naam heeft geen webadres in zich."),
        ("naam", "x" * 121, "120"),
        ("omschrijving", " ", "Schrijf in een paar zinnen wat jullie doen."),
        ("soort", "kasteel", "geldige keuze"),
        ("pc4", "abc", "Vul een postcode in, bijvoorbeeld 7201 of 7201 AB."),
        ("pc4", "0000", "Vul een postcode in, bijvoorbeeld 7201 of 7201 AB."),
        ("pc4", "1000", "Deze postcode kennen we niet."),
        ("website", "javascript:alert(1)", "Vul een webadres in"),
        ("website", "data:text/html,x", "Vul een webadres in"),
        ("leeftijd_van", "-1", "Een leeftijd is 0 of hoger."),
        ("leeftijd_tot", "99", "Deze leeftijd is te hoog."),
        ("leeftijd_tot", "10", "De hoogste leeftijd is lager dan 12."),
        ("contact_email", "ans", "Dit is geen e-mailadres."),
        ("contact_telefoon", "bel maar", "Vul een telefoonnummer in"),
        ("opgericht_op", "gisteren", "Vul een datum in"),
        ("opgericht_op", "0019-09-01", "Kies een datum vanaf 1900."),
        ("aantal_jongeren", "-3", "Vul 0 of meer in."),
        ("aantal_jongeren", "negen", "Vul een heel getal in"),
        ("aantal_jongeren", "9" * 30, "Dit getal is te groot."),
        ("aantal_jongeren", "10000", "Jullie begeleiden 10000 jongeren. Klopt dat?"),
        ("bewijs_jaar", "", "Schrijf op waaruit dat blijkt."),
        ("herkenning", "", "Schrijf in je eigen woorden op"),
    ],
)
def test_bad_input_is_asked_back_beside_the_field_and_nothing_is_lost(client, veld, waarde, vraag):
    antwoord = client.post(PAD, aanmelding_data(**{veld: waarde}))

    form = antwoord.context["form"]
    assert antwoord.status_code == 200
    assert list(form.errors) == [veld]
    assert vraag in form.errors[veld][0]
    assert 'aria-invalid="true"' in antwoord.text
    assert veld == "bewijs_jaar" or "Zie de inschrijving." in antwoord.text
    assert not Aanmelding.objects.exists()
    assert not Bericht.objects.exists()


def test_a_founding_day_in_the_future_is_asked_back(client):
    morgen = timezone.localdate() + timedelta(days=1)

    antwoord = client.post(PAD, aanmelding_data(opgericht_op=morgen.isoformat()))

    assert antwoord.context["form"].errors["opgericht_op"] == ["Kies een datum tot en met vandaag."]


def test_a_large_number_that_is_confirmed_is_taken(client):
    vraag = client.post(PAD, aanmelding_data(aantal_jongeren="10000")).text

    client.post(PAD, aanmelding_data(aantal_jongeren="10000", aantal_klopt="on"))

    assert "Ja, dit aantal klopt" in vraag
    assert Aanmelding.objects.get().aantal_jongeren == 10000


def test_the_tick_boxes_stay_out_of_sight_until_they_are_asked(client):
    tekst = client.get(PAD).text

    assert "Ja, dit aantal klopt" not in tekst
    assert "Ja, wij zijn een ander initiatief" not in tekst


def test_the_name_of_a_member_is_asked_back_until_it_is_confirmed(client, initiatief):
    vraag = client.post(PAD, aanmelding_data(naam="de wilgenhóek"))

    client.post(PAD, aanmelding_data(naam="de wilgenhóek", naam_klopt="on"))

    assert "Er staat al een initiatief met deze naam." in vraag.text
    assert "Ja, wij zijn een ander initiatief" in vraag.text
    assert Aanmelding.objects.get().naam == "de wilgenhóek"


def test_sending_the_form_twice_is_one_application_and_one_mail(client):
    client.post(PAD, aanmelding_data())
    tweede = client.post(PAD, aanmelding_data(naam="de morgenster"))

    assert "We hebben deze aanmelding al van je gekregen." in tweede.text
    assert Aanmelding.objects.count() == 1
    assert Bericht.objects.count() == 1


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_forgotten(client):
    antwoord = client.post(PAD, aanmelding_data(onderwerp="Goedkope pillen"))

    assert antwoord.status_code == 302
    assert not Aanmelding.objects.exists()


def test_a_fourth_application_to_one_address_on_a_day_is_asked_to_wait(client):
    antwoorden = [client.post(PAD, aanmelding_data(naam=f"Hof {nummer}")) for nummer in range(4)]

    assert [antwoord.status_code for antwoord in antwoorden] == [302, 302, 302, 200]
    assert "Wacht een uur" in antwoorden[-1].text
    assert "Zie de inschrijving." in antwoorden[-1].text
    assert Bericht.objects.count() == 3


def test_what_stands_in_the_mail_is_text_and_never_a_header_or_html(client):
    client.post(PAD, aanmelding_data(naam="Hof <b>\r\nBcc: x@voorbeeld.example"))

    mail = stel_op(Bericht.objects.get())
    assert "\n" not in mail.subject
    assert mail.to == ["ans@voorbeeld.example"]
    assert "<b>" not in mail.alternatives[0][0]


VELDEN = list(aanmelding_data())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(vreemd=st.dictionaries(st.sampled_from(VELDEN), st.text(max_size=60), min_size=1, max_size=6))
def test_whatever_is_typed_the_form_answers_and_what_it_takes_fits_in_the_database(vreemd):
    form = AanmeldingForm(aanmelding_data(**vreemd))

    if form.is_valid():
        aanmelding = form.bewaar()
        assert aanmelding.toetsen.count() == 3
        aanmelding.delete()
    else:
        assert all(fout for fouten in form.errors.values() for fout in fouten)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_the_same_moment_is_one_application():
    def verstuur(_) -> int:
        try:
            return Client().post(PAD, aanmelding_data()).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as draden:
        antwoorden = list(draden.map(verstuur, range(4)))

    assert set(antwoorden) <= {200, 302}
    assert Aanmelding.objects.count() == 1
    assert Bericht.objects.count() == 1
