"""Write an extract as a page to print or as JSON, a row at a time: long or short takes the same memory."""

import json
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import batched
from types import MappingProxyType
from typing import IO

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from django.http import HttpRequest
from django.template.defaultfilters import date as als_datum
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst

from trajecten.fases import Fase, Stap
from trajecten.models import Beleving, JongereIdentiteit, Moment, Momentversie, Preventieplan, Reisblad
from trajecten.models.inzage import Inzagelog, in_woorden
from trajecten.uittreksel import VERSIE, Deel, Uittreksel, bestand, delen, waarde, zichtbaar_op_papier

IN_GEHEUGEN = 1_000_000  # bytes; what is longer goes by way of a file without a name, gone once it is sent
PER_STUK = 50
SJABLOON = "trajecten/uittreksel.html"
VAN_EEN_TEKENING = dict(Fase.choices) | dict(Stap.choices) | dict(Beleving.Weer.choices)  # a booklet keeps these


def als_bestand(stukken: Iterator[str]) -> IO[bytes]:
    """Write all of it first. Whoever gets an answer gets the whole of it: a failure half-way is an error page."""
    uitvoer = tempfile.SpooledTemporaryFile(max_size=IN_GEHEUGEN)  # noqa: SIM115 - the answer closes it
    try:
        for stuk in stukken:  # one by one: writelines() looks at the size only at the end
            uitvoer.write(stuk.encode())
    except BaseException:
        uitvoer.close()
        raise
    uitvoer.seek(0)
    return uitvoer


def json_stukken(uittreksel: Uittreksel) -> Iterator[str]:
    """The extract as JSON, as docs/uittreksel.md describes it."""
    kop = {
        "versie": VERSIE,
        "gemaakt_op": uittreksel.gemaakt_op,
        "gemaakt_door": uittreksel.door.naam,
        "gevraagd_door": uittreksel.gevraagd_door,
        "initiatieven": sorted({traject.initiatief.naam for traject in uittreksel.trajecten}),
    }
    yield _json(kop)[:-1] + ', "delen": ['
    for nummer, deel in enumerate(delen()):
        yield (", " if nummer else "") + _json({"soort": deel.soort, "naam": deel.naam})[:-1] + ', "rijen": ['
        for volgende, rij in enumerate(uittreksel.rijen(deel)):
            yield (", " if volgende else "") + _json(_als_json(deel, rij))
        yield "]}"
    yield "]}\n"


def _json(waarden: dict) -> str:
    return json.dumps(waarden, cls=DjangoJSONEncoder, ensure_ascii=False)


def _als_json(deel: Deel, rij: Model) -> dict[str, object]:
    waarden = {veld.name: waarde(rij, veld) for veld in deel.velden}
    if inhoud := bestand(rij):
        waarden["bestand"] = inhoud
    return waarden


def html_stukken(request: HttpRequest, uittreksel: Uittreksel) -> Iterator[str]:
    """The extract as a page: its frame is rendered once, the rows are put in between."""
    grens = secrets.token_hex(16)
    begin, eind = render_to_string(SJABLOON, {"uittreksel": uittreksel, "grens": grens}, request).split(grens)
    namen = uittreksel.namen()
    yield begin
    for deel in delen():
        for nummer, rijen in enumerate(batched(uittreksel.rijen(deel), PER_STUK, strict=False)):
            kop = "" if nummer else capfirst(deel.naam)
            stuk = [{"feiten": list(_feiten(deel, rij, namen)), "bestand": bestand(rij)} for rij in rijen]
            yield render_to_string(f"{SJABLOON}#rijen", {"kop": kop, "rijen": stuk})
    yield eind


def _feiten(deel: Deel, rij: Model, namen: dict) -> Iterator[tuple[str, str]]:
    """What a row says, in words; what is empty says nothing."""
    for veld in filter(zichtbaar_op_papier, deel.velden):
        if (tekst := _in_woorden(rij, veld, namen)) != "":
            yield capfirst(str(veld.verbose_name)), tekst


def _in_woorden(rij: Model, veld: Field, namen: dict) -> str:
    if veld.is_relation and veld.related_model._meta.app_label == "initiatieven":
        return str(getattr(rij, veld.name) or "")
    if anders := EIGEN_WOORDEN.get((type(rij), veld.name)):
        return anders(rij, namen)
    basis = getattr(veld, "base_field", veld)
    return _als_tekst(waarde(rij, veld), namen | dict(basis.flatchoices or ()))


def _zoals_het_was(versie: Momentversie, namen: dict) -> str:
    velden = [Moment._meta.get_field(naam) for naam in Moment.INHOUD]
    teksten = [(str(veld.verbose_name), _in_woorden(versie.toen, veld, namen)) for veld in velden]
    return "\n".join(f"{naam}: {tekst}" for naam, tekst in teksten if tekst)


# What is kept as something else than words of its own.
EIGEN_WOORDEN: dict[tuple[type[Model], str], Callable[..., str]] = {
    (Inzagelog, "wat"): lambda inzage, _: in_woorden(inzage.wat),
    (JongereIdentiteit, "geboortedatum"): lambda wie, _: als_datum(parse_date(wie.geboortedatum), "j F Y"),
    (Momentversie, "inhoud"): _zoals_het_was,
    (Preventieplan, "bellen"): lambda plan, _: "\n".join(plan.belregels),
    (Reisblad, "gegevens"): lambda blad, _: _als_tekst(blad.gegevens, VAN_EEN_TEKENING),
}


def _als_tekst(inhoud: object, woorden: Mapping = MappingProxyType({})) -> str:
    """What is kept, in words: `woorden` are those of choices and the names of people."""
    if isinstance(inhoud, list):
        scheiding = "; " if any(isinstance(ding, list) for ding in inhoud) else ", "
        return scheiding.join(_als_tekst(ding, woorden) for ding in inhoud)
    if inhoud in woorden:
        return str(woorden[inhoud])
    if inhoud is None:
        return ""
    if isinstance(inhoud, bool):
        return "ja" if inhoud else "nee"
    if isinstance(inhoud, datetime):
        return als_datum(timezone.localtime(inhoud), "j F Y, H:i")
    if isinstance(inhoud, date):
        return als_datum(inhoud, "j F Y")
    return str(inhoud)
