"""What families asked, for pages of apps below this one."""

from django import template
from django.template import RequestContext

from kaart.models import Contactplek
from kaart.permissions import mag_vragen_lezen

HOOGSTENS = 5
register = template.Library()


@register.simple_tag(takes_context=True)
def wachtende_vragen(context: RequestContext) -> list[Contactplek]:
    """Questions that wait for the places of who looks, the longest first; without anything that tells who asked."""
    ik = context["request"].user
    if not mag_vragen_lezen(ik):
        return []
    nieuw = Contactplek.objects.zichtbaar_voor(ik).nieuw().met_vraag().order_by("gevraagd_op", "pk")
    return list(nieuw.only("gevraagd_op", "verzoek__wie", "initiatief__naam")[:HOOGSTENS])
