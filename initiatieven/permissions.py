"""Who may do what in the directory, readable by a product owner."""

from collectief.gebruikers.models import Gebruiker, Rol


def eigen_initiatieven(gebruiker: Gebruiker) -> set[int]:
    """Primary keys of the initiatives whose page this user keeps: where she is begeleider or coördinator now."""
    return gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF)


def mag_toetsen(gebruiker: Gebruiker) -> bool:
    """Only admins see applications, judge checks and decide."""
    return gebruiker.is_beheerder
