"""What is done to a question together with others: placing, answering, merging, carrying over; and the asker hears.

A mail never holds a word of the question: it says what happened, and the link leads behind sign-in.
"""

from datetime import timedelta
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from bijeenkomsten.models import Bijeenkomst, Vraag, Vraagsteun
from bijeenkomsten.voorrang import LAATSTE, VOOR_IEDEREEN, volgorde, waarom
from bijeenkomsten.vraagstappen import Stap, samenvoegen_kan_niet
from collectief.gebruikers.models import Gebruiker
from collectief.post.actions import leg_klaar_samen
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_taak
from initiatieven.models import Initiatief

NIEUWS = {
    Stap.PLAATS: "Jullie vraag staat in het programma.",
    Stap.SCHUIF_DOOR: "Aan jullie vraag kwamen we nog niet toe. Hij schuift door en is niet weg.",
    Stap.BEANTWOORD: "Bij jullie vraag staat nu een antwoord.",
    Stap.VOEG_SAMEN: "Jullie vraag lijkt op een andere vraag. Ze gaan samen verder.",
}


@transaction.atomic
def plaats(*, vraag: Vraag, bijeenkomst: Bijeenkomst, minuten: int) -> Vraag:
    """Give a question minutes on the programme; whoever changes the minutes of a placed one tells nobody.

    Raises ValidationError when the meeting is not announced or over, or has fewer minutes left.
    """
    op_slot = bijeenkomst.op_slot()
    if not op_slot.is_gepubliceerd or op_slot.is_voorbij:
        raise ValidationError("Kies een bijeenkomst die gepubliceerd is en nog komt.", code="status")
    vrij = vrije_minuten(op_slot, zonder=vraag)
    if minuten > vrij:
        raise ValidationError(f"Zo veel tijd is er niet meer: er zijn nog {vrij} minuten vrij.", code="te_lang")
    vraag = vraag.op_slot()
    stond_al = vraag.minuten is not None and vraag.bijeenkomst_id == op_slot.pk
    geplaatst_op = vraag.geplaatst_op if stond_al else timezone.now()
    vraag = vraag.zet(Stap.PLAATS, bijeenkomst=op_slot, minuten=minuten, geplaatst_op=geplaatst_op)
    if not stond_al:
        _laat_weten(vraag, Stap.PLAATS)
    return vraag


def vrije_minuten(bijeenkomst: Bijeenkomst, *, zonder: Vraag | None = None) -> int:
    """How many minutes of this meeting are not given yet, to a part of the programme or a question.

    `zonder` leaves one question out.
    """
    duur = (bijeenkomst.eindigt_op - bijeenkomst.begint_op) // timedelta(minutes=1)
    anderen = Vraag.objects.in_programma(bijeenkomst).exclude(pk=zonder and zonder.pk)
    return duur - bijeenkomst.programma.all().minuten() - sum(anderen.values_list("minuten", flat=True))


@transaction.atomic
def beantwoord(*, vraag: Vraag, antwoord: str) -> Vraag:
    """Write the answer down, or improve it; who asked hears it the first time."""
    vraag = vraag.op_slot()
    had_antwoord = bool(vraag.antwoord)
    vraag = vraag.zet(Stap.BEANTWOORD, antwoord=antwoord, beantwoord_op=vraag.beantwoord_op or timezone.now())
    if not had_antwoord:
        _laat_weten(vraag, Stap.BEANTWOORD)
    return vraag


@als_taak(Vraag.TAAK)
def voeg_samen(*, vraag: Vraag, in_vraag: Vraag) -> None:
    """Let a question go on as part of another; its initiative and its supporters support that one.

    Whoever may merge reads both. Other questions that go along may be confidential, so this runs as the task. Raises
    ValidationError when the two do not go together.
    """
    samen = Vraag.objects.filter(pk__in=[vraag.pk, in_vraag.pk]).order_by("pk")
    sloten = {rij.pk: rij for rij in samen.select_for_update(no_key=True)}
    ander = sloten[in_vraag.pk]
    bezwaar = samenvoegen_kan_niet(
        is_zelfde=vraag.pk == ander.pk,
        stand_van_ander=ander.stand,
        even_vertrouwelijk=sloten[vraag.pk].is_vertrouwelijk == ander.is_vertrouwelijk,
    )
    if bezwaar:
        raise ValidationError(bezwaar, code="samenvoegen")
    vraag = vraag.zet(Stap.VOEG_SAMEN, in_vraag=ander, bijeenkomst=ander.bijeenkomst)
    vraag.samengevoegd.update(in_vraag=ander)
    mee = {vraag.initiatief_id, *vraag.steun.values_list("initiatief", flat=True)} - {ander.initiatief_id, None}
    steun = [Vraagsteun(vraag=ander, initiatief_id=initiatief, door=vraag.door) for initiatief in sorted(mee)]
    Vraagsteun.objects.bulk_create(steun, ignore_conflicts=True)
    _laat_weten(vraag, Stap.VOEG_SAMEN)


@transaction.atomic
def schuif_door(*, vraag: Vraag) -> Vraag:
    """Move a question that was not reached to the next meeting for everybody; without one it waits for the first.

    Raises ValidationError when it was talked about or answered meanwhile.
    """
    vraag = vraag.op_slot()
    volgende = volgende_bijeenkomst(na=vraag.bijeenkomst)
    vraag = vraag.zet(Stap.SCHUIF_DOOR, bijeenkomst=volgende, keer_doorgeschoven=vraag.keer_doorgeschoven + 1)
    _laat_weten(vraag, Stap.SCHUIF_DOOR)
    return vraag


def schuif_alles_door() -> int:
    """Carry over what was not reached in meetings that are over or called off; return how many. Safe to run twice."""
    aantal = 0
    with als_taak(Vraag.TAAK):
        te_laat = list(Vraag.objects.te_verschuiven(timezone.now()).order_by("pk").values_list("pk", flat=True))
    for pk in te_laat:
        with als_taak(Vraag.TAAK):
            op_slot = Vraag.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
            vraag = op_slot.te_verschuiven(timezone.now()).filter(pk=pk).first()
            if vraag:
                schuif_door(vraag=vraag)
                aantal += 1
    return aantal


def volgende_bijeenkomst(*, na: Bijeenkomst | None = None, voor: Gebruiker | None = None) -> Bijeenkomst | None:
    """The first meeting for everybody that still has to begin, later than this one; with `voor` one she may know of."""
    bekend = Bijeenkomst.objects.te_kiezen_door(voor) if voor else Bijeenkomst.objects.aangekondigd()
    komend = bekend.komend().filter(soort__in=VOOR_IEDEREEN, begint_op__gt=timezone.now())
    return komend.exclude(pk=na.pk).first() if na else komend.first()


def steun(*, vraag: Vraag, initiatief: Initiatief, door: Gebruiker) -> None:
    """Note that this initiative wants to know it too; twice is the same as once.

    Raises ValidationError for its own question, and for one that is no longer open.
    """
    if vraag.initiatief_id == initiatief.pk:
        raise ValidationError("Dit is een vraag van jullie zelf.", code="eigen")
    if not vraag.loopt:
        raise ValidationError("Deze vraag loopt niet meer. Steunen hoeft niet meer.", code="stap")
    Vraagsteun.objects.bulk_create([Vraagsteun(vraag=vraag, initiatief=initiatief, door=door)], ignore_conflicts=True)


def stop_steun(*, vraag: Vraag, initiatief: Initiatief, door: Gebruiker) -> None:
    """Take support back, whoever gave it."""
    vraag.steun.filter(initiatief=initiatief).delete()


def in_volgorde(bijeenkomst: Bijeenkomst) -> list[Vraag]:
    """The questions that wait for this meeting, who was least heard first; each says why in `waarom`."""
    wachtend = list(Vraag.objects.te_plaatsen(bijeenkomst).met_steun())
    gehoord = _gehoord(bijeenkomst, {vraag.initiatief_id for vraag in wachtend if vraag.initiatief_id})
    for vraag in wachtend:
        vraag.aan_bod = gehoord.get(vraag.initiatief_id, [])
        vraag.waarom = waarom(
            aan_bod=vraag.aan_bod, keer_doorgeschoven=vraag.keer_doorgeschoven, steun=vraag.aantal_steun
        )
    return sorted(
        wachtend,
        key=lambda vraag: volgorde(
            keren_aan_bod=len(vraag.aan_bod),
            keer_doorgeschoven=vraag.keer_doorgeschoven,
            steun=vraag.aantal_steun,
            ingebracht_op=vraag.aangemaakt_op,
        ),
    )


def _gehoord(bijeenkomst: Bijeenkomst, initiatieven: set[int]) -> dict[int, list[str]]:
    """Per initiative the last meetings for everybody where their question was heard, also as part of another one."""
    geweest = Bijeenkomst.objects.filter(status=Bijeenkomst.Status.GEPUBLICEERD, soort__in=VOOR_IEDEREEN)
    laatste = list(geweest.filter(eindigt_op__lte=bijeenkomst.begint_op).geweest().values_list("pk")[:LAATSTE])
    aan_bod = Vraag.objects.kwam_aan_bod().filter(bijeenkomst__in=[pk for (pk,) in laatste])
    van_wie = Q(initiatief__in=initiatieven) | Q(samengevoegd__initiatief__in=initiatieven)
    rijen = aan_bod.filter(van_wie).values_list(
        "initiatief", "samengevoegd__initiatief", "bijeenkomst__begint_op", "bijeenkomst"
    )
    keren = {(wie, begin, welke) for eigen, mee, begin, welke in rijen for wie in (eigen, mee) if wie in initiatieven}
    return {
        wie: [date_format(timezone.localtime(begin), "j F Y") for _, begin, _ in groep]
        for wie, groep in groupby(sorted(keren), key=lambda keer: keer[0])
    }


def _laat_weten(vraag: Vraag, stap: Stap) -> None:
    """Tell who asked, and whose question went into this one; about a merge only who is merged.

    The key counts steps, so that placing twice on purpose is told twice and a retry once.
    """
    kring = [vraag] if stap == Stap.VOEG_SAMEN else [vraag, *vraag.samengevoegd.select_related("door")]
    bijeenkomst = vraag.bijeenkomst if stap in (Stap.PLAATS, Stap.SCHUIF_DOOR) else None
    leg_klaar_samen(
        Bericht(
            sleutel=f"vraag:{vraag.pk}:{vraag.stapnummer}:{wie.pk}",
            soort="vraag_nieuws",
            aan=wie,
            pad=vraag.get_absolute_url(),
            gegevens={"zin": NIEUWS[stap], **_waar_en_wanneer(bijeenkomst, wie)},
        )
        for wie in {gevraagd.door for gevraagd in kring if gevraagd.door.is_active}
    )


def _waar_en_wanneer(bijeenkomst: Bijeenkomst | None, wie: Gebruiker) -> dict[str, str]:
    """Which meeting it is, for who may know of it."""
    if bijeenkomst and Bijeenkomst.objects.te_kiezen_door(wie).filter(pk=bijeenkomst.pk).exists():
        return {"bijeenkomst": bijeenkomst.naam, "wanneer": bijeenkomst.wanneer}
    return {}
