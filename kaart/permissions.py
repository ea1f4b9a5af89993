"""Who may see what of the map that is not public, readable by a product owner."""

from collectief.gebruikers.models import Gebruiker, Rol


def gevraagde_initiatieven(gebruiker: Gebruiker) -> set[int]:
    """Primary keys of the initiatives whose questions of families this user reads: where she works now."""
    return gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF)


def mag_vragen_lezen(gebruiker: Gebruiker) -> bool:
    """Only staff of an initiative are asked anything."""
    return bool(gevraagde_initiatieven(gebruiker))


def mag_witte_vlekken_zien(gebruiker: Gebruiker) -> bool:
    """What people looked for in vain is for the core team, who plan where a new place helps most."""
    return gebruiker.is_kernteam
