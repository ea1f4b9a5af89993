"""Load all demo data, in one transaction: everything or nothing."""

import io
from collections.abc import Mapping
from datetime import date

from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from collectief.demo.aanmeldingen import maak_aanmeldingen
from collectief.demo.bewaren import maak_bewaren
from collectief.demo.bijeenkomsten import maak_bijeenkomsten
from collectief.demo.gezinnen import maak_gezinnen
from collectief.demo.gids import maak_gids
from collectief.demo.lidmaatschap import maak_lidmaatschap
from collectief.demo.mensen import bemens, maak_landelijk
from collectief.demo.nazorgpost import maak_nazorgpost
from collectief.demo.opslag import Opslag
from collectief.demo.overleg import maak_overleg, maak_prikker, maak_verslag
from collectief.demo.plekken import Plek, maak_plekken, maak_verbondgenoten
from collectief.demo.rijk import maak_rijke_plek
from collectief.demo.rondom import maak_rondom
from collectief.demo.rondpost import maak_rondpost
from collectief.demo.schaal import Schaal
from collectief.demo.toeval import Toeval
from collectief.demo.trajecten import maak_traject, toevallige_opzet
from collectief.gebruikers.models import Rol
from collectief.rijbeveiliging import voorbij_rijbeveiliging

ZAAD = 2023


def laad(schaal: Schaal, *, zaad: int = ZAAD, vandaag: date | None = None) -> Mapping[type[models.Model], int]:
    """Load demo data of this size around today; return how many rows were written per model.

    Needs a connection as the owner of the tables, with postcodes loaded. The same seed on the same day gives the
    same data.
    """
    toeval, opslag = Toeval(zaad, vandaag or timezone.localdate()), Opslag()
    with voorbij_rijbeveiliging():
        mensen = maak_landelijk(toeval, opslag)
        maak_verbondgenoten(toeval, opslag)
        plekken = list(maak_plekken(toeval, opslag, schaal))
        for nummer, plek in enumerate(plekken):
            bemens(toeval, opslag, plek, is_van_demo=nummer == 0)
        opslag.schrijf()
        _maak_trajecten(toeval, opslag, plekken, schaal)
        leden = [plek for plek in plekken[1:] if plek.lidmaatschap == "lid"]
        maak_aanmeldingen(toeval, mensen[Rol.Soort.BEHEERDER], leden)
        maak_lidmaatschap(toeval, mensen[Rol.Soort.BEHEERDER], plekken)
        maak_bijeenkomsten(toeval, mensen[Rol.Soort.KERNTEAM])
        maak_rondpost(toeval)
        maak_overleg(plekken)
        maak_prikker(toeval.vandaag, mensen[Rol.Soort.KERNTEAM][0])
        maak_verslag(mensen[Rol.Soort.KERNTEAM][0], [plekken[0].begeleiders[0], *mensen[Rol.Soort.KERNTEAM][:2]])
        maak_rondom(toeval, *[plek for plek in plekken if plek.heeft_trajecten][:2])
        maak_bewaren(toeval, plekken[0])
        maak_gids(toeval.vandaag, plekken, mensen[Rol.Soort.KERNTEAM][0])
        maak_gezinnen(Toeval(zaad, toeval.vandaag), plekken[0], leden[0])
        call_command("importeer_bijeenkomsten", stdout=io.StringIO())  # the real planning of 2023-2024
    _werk_statistiek_bij()
    return opslag.geschreven


def _maak_trajecten(toeval: Toeval, opslag: Opslag, plekken: list[Plek], schaal: Schaal) -> None:
    """The written-out trajectories of the demo initiative, the others spread over the other ones, with their mail."""
    eerste, *rest = [plek for plek in plekken if plek.heeft_trajecten]
    aantal_momenten = schaal.momenten // schaal.trajecten
    for nummer in range(schaal.trajecten - maak_rijke_plek(toeval, opslag, eerste)):
        plek = rest[nummer % len(rest)]
        maak_traject(toeval, opslag, plek, toevallige_opzet(toeval, plek, aantal_momenten))
        opslag.schrijf_af_en_toe()
    opslag.schrijf()
    maak_nazorgpost()


def _werk_statistiek_bij() -> None:
    """Let the planner know that the tables are not empty any more."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
