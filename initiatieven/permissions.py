"""Who may do what in the directory, readable by a product owner."""

from collectief.gebruikers.models import Gebruiker, Rol


def eigen_initiatieven(gebruiker: Gebruiker) -> set[int]:
    """Primary keys of the initiatives whose page this user keeps: where she is begeleider or coördinator now."""
    return gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF)


def mag_stoppen(gebruiker: Gebruiker, initiatief) -> bool:
    """Only its coördinator: she sees every trajectory that needs a place first (`trajecten/views/stoppen.py`)."""
    return initiatief.pk in gebruiker.initiatieven_als(Rol.Soort.COORDINATOR)


def mag_toetsen(gebruiker: Gebruiker) -> bool:
    """Only admins see applications, judge checks and decide."""
    return gebruiker.is_beheerder


def mag_gids_meenemen(gebruiker: Gebruiker) -> bool:
    """Core team and admins take the public fields along as a table; they plan visits and regions with it."""
    return gebruiker.is_kernteam or gebruiker.is_beheerder


def mag_wijzigingen_beslissen(gebruiker: Gebruiker) -> bool:
    """Admins decide about changes to what membership rests on."""
    return gebruiker.is_beheerder


def mag_wijziging_beslissen(gebruiker: Gebruiker, wijziging) -> bool:
    """An admin who proposed it, or who keeps that page, does not decide about it herself."""
    is_eigen = wijziging.door_id == gebruiker.pk or wijziging.initiatief_id in eigen_initiatieven(gebruiker)
    return mag_wijzigingen_beslissen(gebruiker) and not is_eigen


def mag_geschiedenis_zien(gebruiker: Gebruiker, initiatief) -> bool:
    """Who keeps the page, and admins, who have to be able to explain it."""
    return gebruiker.is_beheerder or initiatief.pk in eigen_initiatieven(gebruiker)


def mag_gids_bijhouden(gebruiker: Gebruiker) -> bool:
    """Core team calls who stays silent and answers reports."""
    return gebruiker.is_kernteam


def mag_melding_afhandelen(gebruiker: Gebruiker, melding) -> bool:
    """Who keeps the page, and core team."""
    return gebruiker.is_kernteam or melding.initiatief_id in eigen_initiatieven(gebruiker)
