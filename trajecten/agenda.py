"""Contact of one counsellor as a calendar: when, and nothing about whom."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from django.urls import reverse
from icalendar import Event

from collectief.agenda import begin_agenda
from collectief.werkdagen import ochtend
from trajecten.models import Contactmoment

NAAM = "Contact"
DUUR = timedelta(minutes=30)


def als_agenda(contacten: Iterable[Contactmoment]) -> bytes:
    """Return a calendar with one event per contact moment. The same planning gives the same bytes.

    No name, no form and no words of anybody; the link leads behind sign-in, and its number says nothing.
    """
    agenda = begin_agenda(NAAM, onderwerp="Contact")
    for contact in contacten:
        agenda.add_component(_gebeurtenis(contact))
    return agenda.to_ical()


def _gebeurtenis(contact: Contactmoment) -> Event:
    begin = ochtend(contact.gepland_op)
    gebeurtenis = Event()
    gebeurtenis.add("uid", f"contact-{contact.pk}@{settings.BASIS_URL.split('//')[-1].split(':')[0]}")
    gebeurtenis.add("dtstamp", begin.astimezone(UTC))  # of the planning, not of the asking: unchanged stays unchanged
    gebeurtenis.add("dtstart", begin)
    gebeurtenis.add("dtend", begin + DUUR)
    gebeurtenis.add("sequence", contact.planningversie - 1)
    gebeurtenis.add("summary", NAAM)
    gebeurtenis.add("transp", "TRANSPARENT")
    gebeurtenis.add("class", "PRIVATE")
    gebeurtenis.add("url", settings.BASIS_URL + reverse("trajecten:contact_openen", args=[contact.pk]))
    return gebeurtenis
