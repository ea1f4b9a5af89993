"""Single values that must make sense, each with a sentence that says what to do."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone

EERSTE_JAAR = 1900  # a year before this is a typing error

is_pc4 = RegexValidator(r"^[1-9][0-9]{3}$", "Vul de vier cijfers van een postcode in.")
is_telefoon = RegexValidator(
    r"^\+?[0-9][0-9 ()\-]{7,18}$", "Vul een telefoonnummer in met alleen cijfers, spaties en een streepje."
)


def niet_in_de_toekomst(dag: date) -> None:
    """Accept a day from 1900 up to and including today, in the Netherlands."""
    if dag > timezone.localdate():
        raise ValidationError("Kies een datum tot en met vandaag.", code="toekomst")
    if dag.year < EERSTE_JAAR:
        raise ValidationError(f"Kies een datum vanaf {EERSTE_JAAR}.", code="te_oud")
