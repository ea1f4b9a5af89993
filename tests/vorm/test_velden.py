"""How every form of every app shows a field, its help and what is asked of the visitor."""

from django.forms import modelform_factory

from collectief.gebruikers.models import Roluitnodiging
from collectief.stijl import VoorbeeldForm


def test_a_field_has_a_label_and_its_help_is_read_aloud():
    html = str(VoorbeeldForm()["roepnaam"].as_field_group())

    assert '<label for="id_roepnaam">Roepnaam</label>' in html
    assert 'id="id_roepnaam_helptext"' in html
    assert 'aria-describedby="id_roepnaam_helptext"' in html


def test_a_message_belongs_to_its_field_with_words_and_an_icon():
    html = str(VoorbeeldForm({})["roepnaam"].as_field_group())

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_roepnaam_helptext id_roepnaam_error"' in html
    assert 'id="id_roepnaam_error"' in html
    assert "Vul een roepnaam in." in html
    assert '<svg class="icoon"' in html


def test_several_messages_come_first_as_links_to_their_fields():
    html = str(VoorbeeldForm({}))

    samenvatting = html[: html.index('class="veld')]
    assert 'href="#id_roepnaam"' in samenvatting
    assert 'href="#id_datum"' in samenvatting
    assert "autofocus" in samenvatting


def test_a_single_message_needs_no_summary():
    html = str(VoorbeeldForm({"roepnaam": "Bo", "datum": "morgen", "soort": "feit"}))

    assert 'class="fouten"' not in html
    assert "Kies een datum tot en met vandaag." in html


def test_a_question_that_may_be_skipped_says_so():
    form = VoorbeeldForm()

    assert "(hoeft niet)" in str(form["tekst"].as_field_group())
    assert "(hoeft niet)" not in str(form["roepnaam"].as_field_group())
    assert "(hoeft niet)" not in str(form["gedeeld"].as_field_group())


def test_choices_form_one_group_with_a_legend():
    html = str(VoorbeeldForm({})["soort"].as_field_group())

    assert html.startswith("<fieldset") or "<fieldset" in html
    assert "<legend>Wat wil je bewaren?</legend>" in html
    assert html.count('class="keuze"') == 3
    assert 'aria-describedby="id_soort_error"' in html


def test_what_someone_typed_is_shown_again_and_escaped():
    html = str(VoorbeeldForm({"tekst": "<script>alert(1)</script>"}))

    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_an_empty_choice_speaks_dutch(db):
    html = str(modelform_factory(Roluitnodiging, fields=["soort", "initiatief"])())

    assert html.count(">Maak een keuze</option>") == 2
    assert "Select" not in html
