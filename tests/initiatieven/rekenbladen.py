"""Tables of initiatives as somebody makes them, and reading them in."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from collectief.tabel import lees_tabel
from initiatieven.importeren import Plan, maak_plan

PAD = "/initiatieven/toetsing/importeren/"
KOP = ("adres", "naam", "soort", "leeftijd_van", "leeftijd_tot", "doelgroepen", "website", "aantal_jongeren")


def als_csv(*rijen: tuple, kop: tuple = KOP) -> bytes:
    tekst = io.StringIO()
    csv.writer(tekst, delimiter=";").writerows([kop, *rijen])
    return tekst.getvalue().encode()


def als_xlsx(*rijen: tuple, kop: tuple = KOP, samen: str = "") -> bytes:
    boek, inhoud = Workbook(), io.BytesIO()
    for rij in (kop, *rijen):
        boek.active.append(rij)
    if samen:
        boek.active.merge_cells(samen)
    boek.save(inhoud)
    return inhoud.getvalue()


def plan(inhoud: bytes, *, zijn_lid: bool = False) -> Plan:
    tabel = lees_tabel(inhoud)
    return maak_plan(tabel.kop, tabel.rijen, zijn_lid=zijn_lid)


def bestand(inhoud: bytes, naam: str = "lijst.csv") -> dict:
    return {"bestand": SimpleUploadedFile(naam, inhoud)}


def lees_in(client, inhoud: bytes, **anders):
    proef = client.post(PAD, {**bestand(inhoud), **anders}).headers["Location"]
    return client.post(proef)
