"""Who may invite whom, readable by a product owner."""

from collectief.gebruikers.models import Gebruiker, Rol


def mag_uitnodigen(gebruiker: Gebruiker) -> bool:
    """A coördinator invites for her own initiatives, an admin for everything."""
    return gebruiker.is_beheerder or gebruiker.is_coordinator


def mag_uitnodigen_voor(gebruiker: Gebruiker, soort: str, initiatief_id: int | None) -> bool:
    if gebruiker.is_beheerder:
        return True
    return soort in Rol.BIJ_INITIATIEF and initiatief_id in gebruiker.initiatieven_als(Rol.Soort.COORDINATOR)
