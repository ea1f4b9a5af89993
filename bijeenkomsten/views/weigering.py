"""What stands in the way, said on the page where somebody goes next."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


@contextmanager
def zegt_wat_niet_kan(request: HttpRequest) -> Iterator[None]:
    """Do what stands inside; when a rule refuses it, the reason becomes a message and the rest inside is skipped."""
    try:
        yield
    except ValidationError as fout:
        messages.error(request, fout.messages[0])
