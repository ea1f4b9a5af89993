"""Who may do what with meetings, readable by a product owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collectief.gebruikers.models import Gebruiker, Rol

if TYPE_CHECKING:
    from bijeenkomsten.models import Actie, Bijeenkomst, Vraag


def mag_plannen(gebruiker: Gebruiker) -> bool:
    """The core team plans, invites and sees who comes. For everyone else those pages do not exist."""
    return gebruiker.is_kernteam


def mag_antwoorden_zien(gebruiker: Gebruiker) -> bool:
    """What came in by mail, and what could not be read, is for who plans and for who looks after the platform."""
    return gebruiker.is_kernteam or gebruiker.is_beheerder


def mag_vraag_inbrengen(gebruiker: Gebruiker) -> bool:
    """Whoever works at an initiative brings in questions of that initiative."""
    return gebruiker.is_medewerker


def is_van_ons(gebruiker: Gebruiker, vraag: Vraag) -> bool:
    return vraag.initiatief_id in gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF)


def mag_vraag_wijzigen(gebruiker: Gebruiker, vraag: Vraag) -> bool:
    """Everybody at the asking initiative changes or withdraws a question, as long as it is open."""
    return vraag.loopt and is_van_ons(gebruiker, vraag)


def mag_vraag_samenvoegen(gebruiker: Gebruiker, vraag: Vraag) -> bool:
    """The core team lets two questions go together, and the asking initiative does so with its own."""
    return vraag.loopt and (mag_plannen(gebruiker) or is_van_ons(gebruiker, vraag))


def mag_vraag_steunen(gebruiker: Gebruiker, vraag: Vraag) -> bool:
    """Another initiative says that it wants to know this too."""
    return vraag.loopt and bool(gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF) - {vraag.initiatief_id})


def mag_ontvangen(gebruiker: Gebruiker, bijeenkomst: Bijeenkomst) -> bool:
    """Who stands at the door: the core team, who leads the meeting, and the staff of the place that is visited."""
    bij_ons = bijeenkomst.gastheer_id in gebruiker.initiatieven_als(*Rol.BIJ_INITIATIEF)
    return mag_plannen(gebruiker) or bij_ons or bijeenkomst.trekkers.filter(pk=gebruiker.pk).exists()


def mag_bezoeken(gebruiker: Gebruiker) -> bool:
    """Visits are for people of initiatives; the core team looks along."""
    return gebruiker.is_medewerker or mag_plannen(gebruiker)


def mag_actie_afronden(gebruiker: Gebruiker, actie: Actie) -> bool:
    """Whoever promised it says that it is done; the core team may say so too."""
    return mag_plannen(gebruiker) or actie.eigenaar_id == gebruiker.pk
