"""The form field for a day, for every app that asks one."""

from datetime import date

from django import forms


class Datumveld(forms.DateInput):
    """The browser's own date picker. It sends 2026-09-14; what else somebody typed is left to the field to read."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def value_from_datadict(self, data, files, name) -> date | str | None:
        # Read here: the field would try five Dutch ways of writing a day before this one, and fail five times.
        typte = super().value_from_datadict(data, files, name)
        return als_datum(typte) or typte if isinstance(typte, str) else typte


def als_datum(tekst: str) -> date | None:
    """The day that a browser sends; None for anything else."""
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        return None
