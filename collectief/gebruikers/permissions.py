"""Who may invite whom, readable by a product owner."""

from collectief.gebruikers.models import Gebruiker, Rol


def mag_uitnodigen(gebruiker: Gebruiker) -> bool:
    """A coördinator invites for her own initiatives, an admin for everything."""
    return gebruiker.is_beheerder or gebruiker.is_coordinator


def mag_uitnodigen_voor(gebruiker: Gebruiker, soort: str, initiatief_id: int | None) -> bool:
    """An admin invites for every role; a coördinator for the roles at her own initiatives (primary key)."""
    if gebruiker.is_beheerder:
        return True
    return soort in Rol.BIJ_INITIATIEF and initiatief_id in gebruiker.initiatieven_als(Rol.Soort.COORDINATOR)


def mag_beeindigen(gebruiker: Gebruiker, rol: Rol) -> bool:
    """Who may give a role may end it, but nobody ends a role of her own: then nobody might be left to give it back."""
    return rol.gebruiker_id != gebruiker.pk and mag_uitnodigen_voor(gebruiker, rol.soort, rol.initiatief_id)
