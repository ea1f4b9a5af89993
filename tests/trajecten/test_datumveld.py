"""A day, from the browser's own picker or typed by somebody whose browser has none."""

from datetime import date

import pytest
from django import forms

from collectief.datumveld import Datumveld
from trajecten.forms.velden import DATUMFOUTEN


class Formulier(forms.Form):
    dag = forms.DateField(widget=Datumveld, error_messages=DATUMFOUTEN)


@pytest.mark.parametrize("getypt", ["2026-03-02", "02-03-2026", "2-3-2026"])
def test_a_day_is_understood_from_the_picker_and_from_the_keyboard(getypt):
    form = Formulier({"dag": getypt})

    assert form.is_valid()
    assert form.cleaned_data["dag"] == date(2026, 3, 2)


@pytest.mark.parametrize("getypt", ["vorige week", "2026-02-30"])
def test_what_is_no_day_stays_as_it_was_typed(getypt):
    form = Formulier({"dag": getypt})

    assert form.errors["dag"] == ["Dit is geen datum. Kies er een, zoals 14-09-2026."]
    assert f'value="{getypt}"' in str(form["dag"])


@pytest.mark.parametrize("data", [{}, {"dag": ""}])
def test_a_day_that_was_left_out_is_asked_for(data):
    assert Formulier(data).errors["dag"] == ["Kies een datum."]
