"""Who may do what with meetings, readable by a product owner."""

from collectief.gebruikers.models import Gebruiker


def mag_plannen(gebruiker: Gebruiker) -> bool:
    """The core team plans, invites and sees who comes. For everyone else those pages do not exist."""
    return gebruiker.is_kernteam


def mag_antwoorden_zien(gebruiker: Gebruiker) -> bool:
    """What came in by mail, and what could not be read, is for who plans and for who looks after the platform."""
    return gebruiker.is_kernteam or gebruiker.is_beheerder
