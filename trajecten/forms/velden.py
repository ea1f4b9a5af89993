"""Small parts that the forms of trajectories share."""

from django import forms


class Datumveld(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


DATUMFOUTEN = {"required": "Kies een datum.", "invalid": "Dit is geen datum. Kies er een, zoals 14-09-2026."}


def tekstvak(rijen: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rijen})
