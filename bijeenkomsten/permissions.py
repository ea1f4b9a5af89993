"""Who may do what with meetings, readable by a product owner."""

from collectief.gebruikers.models import Gebruiker


def mag_plannen(gebruiker: Gebruiker) -> bool:
    """The core team plans, invites and sees who comes. For everyone else those pages do not exist."""
    return gebruiker.is_kernteam
