"""A text on one line, whatever was sent."""

from django import forms


def een_regel(tekst: str) -> str:
    """Put a text on one line."""
    return " ".join(tekst.split())


class Regelveld(forms.CharField):
    """What stands on one line: a title, a name, a place."""

    def to_python(self, value: object) -> str:
        return een_regel(super().to_python(value))
