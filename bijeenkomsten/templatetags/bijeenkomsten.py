"""What templates of other apps tell about meetings: a mail of membership knows no meetings, its text does."""

from django import template

from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.soorten import Kring

register = template.Library()


@register.simple_tag
def volgende_voor_leden() -> Bijeenkomst | None:
    """The next public meeting at which every member is welcome."""
    return Bijeenkomst.objects.openbaar().komend().waar_welkom(Kring.LEDEN).first()
