"""What happens to several things at once."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from collectief import bestanden
from collectief.beeld import Foto
from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_taak
from initiatieven.models import Initiatief
from trajecten.fases import Fase
from trajecten.models import (
    Betrokkene,
    Contactmoment,
    FaseVerblijf,
    Jongere,
    JongereIdentiteit,
    Leeftijdsgrenzen,
    Moment,
    Momentconcept,
    Momentfoto,
    NazorgAfspraak,
    Rustperiode,
    StapGeweigerd,
    Traject,
)
from trajecten.models.contact import vergrendel
from trajecten.models.nazorg import Planning
from trajecten.ritme import Na

CONCEPT_BLIJFT = timedelta(days=30)  # after its writer left the circle: what was a mistake can be mended until then


@transaction.atomic
def begin_traject(*, jongere: Jongere, initiatief: Initiatief, door: Gebruiker, op: date) -> Traject:
    """Begin a trajectory for a young person who is new here, with `door` as the steady counsellor."""
    jongere.save(force_insert=True)  # without reading back: she is visible only once her trajectory is there
    return Traject.begin(jongere=jongere, initiatief=initiatief, door=door, op=op)


@transaction.atomic
def bewaar_identiteit(*, identiteit: JongereIdentiteit) -> None:
    """Keep who the young person is on paper, with the days that follow from the birth date."""
    identiteit.save()
    geboren = date.fromisoformat(identiteit.geboortedatum) if identiteit.geboortedatum else None
    Leeftijdsgrenzen.leid_af(identiteit.jongere_id, geboren)


@transaction.atomic(savepoint=False)
def bewaar_moment(
    *,
    traject: Traject,
    moment: Moment,
    door: Gebruiker,
    foto: Foto | None = None,
    beschrijving: str = "",
    formulier: str = "",
) -> Moment:
    """Keep a moment, signed by `door`, with its photo; the draft of it has done its work.

    `formulier` is what the page with the form was given: the same content from the same page is kept once.
    """
    moment.traject = traject
    moment.door = door
    moment.sleutel = moment.sleutel_van(formulier, beschrijving, sha256(foto.inhoud).hexdigest() if foto else "")
    if Moment.objects.schrijf(moment) and foto:
        rij = Momentfoto(moment=moment, traject=traject, beschrijving=beschrijving)
        rij.breedte, rij.hoogte = foto.breedte, foto.hoogte
        bestanden.bewaar(rij.bestand, foto.inhoud)
        rij.save(force_insert=True)
    Momentconcept.objects.gooi_weg(traject=traject.pk, gebruiker=door.pk)
    return moment


@transaction.atomic
def haal_foto_weg(*, foto: Momentfoto, door: Gebruiker) -> None:
    """Take a photo away for good. That there was one, and who took it away, stays to be seen."""
    Momentfoto.objects.filter(pk=foto.pk, weggehaald_op=None).update(weggehaald_op=timezone.now(), weggehaald_door=door)
    transaction.on_commit(partial(bestanden.verwijder, foto.bestand))


def ruim_fotobestanden_op() -> int:
    """Remove files that belong to no photo any more, also when the photo was taken away; return how many."""
    with als_taak("fotos"):
        return bestanden.verwijder_wezen(Momentfoto.MAP, Momentfoto.objects.all(), blijft=Q(weggehaald_op=None))


def bewaar_concept(*, traject: Traject, tekst: str, door: Gebruiker, keuzes: dict | None = None) -> None:
    """Keep what `door` is still typing, with what was chosen beside it; empty text takes the draft away."""
    if tekst.strip():
        velden = {"tekst": tekst, "keuzes": keuzes or {}}
        Momentconcept.objects.update_or_create(traject=traject, gebruiker=door, defaults=velden)
    else:
        Momentconcept.objects.gooi_weg(traject=traject.pk, gebruiker=door.pk)


def ruim_concepten_op() -> int:
    """Let go drafts whose writer left the circle longer than CONCEPT_BLIJFT ago; return how many."""
    with als_taak("concepten"), connection.cursor() as cursor:
        cursor.execute("SELECT ruim_concepten_op(%s)", [CONCEPT_BLIJFT.days])
        return cursor.fetchone()[0]


@transaction.atomic
def spreek_nazorg_af(
    *,
    traject: Traject,
    vormen: Iterable[str],
    door: Gebruiker,
    ritme: Iterable[Na] = (),
    planning: Planning | None = None,
    van: date | None = None,
    **velden,
) -> NazorgAfspraak:
    """Agree on aftercare from `van` (today when left out), with the contact of this planning.

    Without one, the days of `ritme` are planned with the steady counsellor. `velden` are the other fields of the
    agreement. Without forms the door is open and nothing is agreed. What cannot hold beside the new agreement ends.
    """
    vergrendel(traject.pk)
    lopend = traject.nazorgafspraken.nu()
    vormen = list(vormen)
    (lopend.open_deur() if vormen else lopend).stop()
    nieuw = NazorgAfspraak.objects.create(
        traject=traject, vormen=vormen, van=van or timezone.localdate(), door=door, **velden
    )
    if planning:
        nieuw.plan_dagen(planning)
    else:
        nieuw.plan(eigenaar=wie_houdt_contact(traject, door), ritme=ritme)
    return nieuw


def wie_houdt_contact(traject: Traject, door: Gebruiker) -> Gebruiker:
    """The steady counsellor; when there is none, who makes the agreement. The database lets go of whoever left."""
    vaste = traject.betrokkenen.vaste_begeleiders().eerste()
    return vaste.gebruiker if vaste else door


@transaction.atomic
def verander_data(*, afspraak: NazorgAfspraak, dagen: Iterable[date], jaardag: date | None, door: Gebruiker) -> None:
    """Let contact of an agreement be on these days. What is new goes to who had the next contact already."""
    eerste = afspraak.contactmomenten.eerstvolgende()
    wie = eerste.eigenaar if eerste else wie_houdt_contact(afspraak.traject, door)
    afspraak.herplan(Planning(tuple(dagen), wie, eerste.ruimte if eerste else 0, jaardag))


@transaction.atomic
def bewaar_als_moment(*, contact: Contactmoment, door: Gebruiker) -> bool:
    """Keep the note of a contact as a moment too. False when that was done already, or when there is no note."""
    nu = timezone.now()
    open_ = Contactmoment.objects.filter(pk=contact.pk, als_moment_op=None).exclude(resultaat="").exclude(notitie="")
    if not open_.update(als_moment_op=nu):
        return False
    dag = timezone.localdate(contact.afgerond_op)
    Moment.objects.create(traject_id=contact.traject_id, tekst=contact.notitie, datum=dag, door=door)
    return True


@transaction.atomic
def kies_andere_vorm(*, contact: Contactmoment, vorm: str) -> Contactmoment | None:
    """Keep in touch in another way: this contact when it still waits, else a new one in a week.

    Twice is once. None when the agreement does not run any more, or the trajectory rests.
    """
    vergrendel(contact.traject_id)
    contact.refresh_from_db()
    if contact.wacht_nog:
        contact.vorm = vorm
        contact.save(update_fields=["vorm"])
        return contact
    if contact.afspraak.tot or contact.traject.toestand != Traject.Toestand.LOPEND:
        return None
    if gepland := contact.afspraak.contactmomenten.wacht().filter(vorm=vorm).first():
        return gepland
    over_een_week = timezone.localdate() + timedelta(weeks=1)
    return Contactmoment.plan_op(afspraak=contact.afspraak, dag=over_een_week, eigenaar=contact.eigenaar, vorm=vorm)


@transaction.atomic
def zet_stap(
    *,
    traject: Traject,
    naar: Fase,
    door: Gebruiker,
    nazorg: dict | None = None,
    begeleider: Gebruiker | None = None,
    **stap,
) -> FaseVerblijf:
    """Move to another phase, together with what belongs to that step: aftercare, or who counsels after a return.

    `nazorg` holds `vormen`, `afspraak` and `ritme`; the other words are those of `Traject.naar_fase`. Raises
    StapGeweigerd, and then nothing has changed.
    """
    if nazorg and naar == Fase.WAAKVLAM:
        stap["afgesproken"] = spreek_nazorg_af(traject=traject, door=door, van=stap.get("op"), **nazorg).pk
    verblijf = traject.naar_fase(naar, door=door, **stap)
    if begeleider:
        draag_over(traject=traject, aan=begeleider, blijft_waarnemer=True)
    return verblijf


@transaction.atomic
def neem_stap_terug(*, traject: Traject, door: Gebruiker, volgnummer: int) -> FaseVerblijf:
    """Take back the step that led to stay `volgnummer`, with what it brought about, and return the stay that goes on.

    Who counsels stays as it is: that was a choice of its own. Raises StapGeweigerd, and then nothing has changed.
    """
    traject = Traject.objects.select_for_update().get(pk=traject.pk)
    nu = traject.verblijf_nu
    if nu.volgnummer != volgnummer:
        raise StapGeweigerd(f"Er is niets teruggenomen: intussen is dit traject in de {nu.fase_kort.lower()}.")
    if traject.toestand == Traject.Toestand.OVERGEDRAGEN or not nu.is_terug_te_nemen_door(door):
        raise StapGeweigerd("Een stap terugnemen kan een dag lang, door wie hem zette. Zet nu gewoon een nieuwe stap.")
    nu.tot, nu.teruggenomen_op = nu.van, timezone.now()
    nu.save(update_fields=["tot", "teruggenomen_op"])
    vorige = traject.verblijven.geldig().last()
    vorige.tot = None
    vorige.save(update_fields=["tot"])
    _herstel(traject, nu.gevolgen)
    return vorige


def _herstel(traject: Traject, gevolgen: dict) -> None:
    """Undo what a step brought about: its own agreements end, those that it ended hold again."""
    contacten, afspraken = traject.contactmomenten.all(), traject.nazorgafspraken.all()
    eigen = gevolgen.get("afgesproken", [])
    contacten.filter(afspraak__in=eigen).laat_vervallen()
    afspraken.filter(pk__in=eigen).nu().update(tot=F("van"))
    afspraken.filter(pk__in=gevolgen.get("beeindigd", [])).update(tot=None)
    if traject.toestand == Traject.Toestand.LOPEND:
        Traject.objects.filter(pk=traject.pk).update(toestand=gevolgen.get("toestand", traject.toestand))
        traject.rustperioden.filter(pk__in=gevolgen.get("rust", [])).update(beeindigd_op=None)
        for pauze, tot in gevolgen.get("pauze", {}).items():  # first: nobody is reminded during a pause
            traject.pauzes.filter(pk=pauze).update(tot=tot)
        contacten.filter(pk__in=gevolgen.get("vervallen", [])).laat_herleven()


@transaction.atomic
def laat_rusten(*, traject: Traject, door: Gebruiker, periode: Rustperiode) -> None:
    """Let the trajectory rest for this period. Resting already, it takes the place of what was agreed before."""
    traject.laat_rusten()
    if traject.toestand != Traject.Toestand.RUSTEND:
        return  # handed over in the meantime: the other place decides
    traject.rustperioden.beeindig()
    periode.traject, periode.door = traject, door
    periode.save(force_insert=True)


@transaction.atomic
def draag_over(*, traject: Traject, aan: Gebruiker, blijft_waarnemer: bool) -> None:
    """Make `aan` the steady counsellor. What waits moves along; who counselled until now may stay as a stand-in.

    Who comes is written before who leaves: at no moment is there nobody, and row security closes behind who leaves.
    No reason is asked and none is kept: sometimes it does not click.
    """
    Traject.objects.select_for_update().get(pk=traject.pk)
    vorigen = list(traject.betrokkenen.vaste_begeleiders().exclude(gebruiker=aan).select_related("gebruiker"))
    vaste = {"rol": Betrokkene.Rol.VASTE_BEGELEIDER, "tot": None}
    waarnemer = {"rol": Betrokkene.Rol.WAARNEMER, "tot": None}
    Betrokkene.objects.get_or_create(traject=traject, gebruiker=aan, **vaste)
    if blijft_waarnemer:
        for vorige in vorigen:
            Betrokkene.objects.get_or_create(traject=traject, gebruiker=vorige.gebruiker, **waarnemer)
    begeleiders = traject.betrokkenen.nu().filter(rol__in=Betrokkene.BEGELEIDENDE_ROLLEN)
    van_vorigen = Q(eigenaar__in=[vorige.gebruiker_id for vorige in vorigen])
    zonder_begeleider = ~Q(eigenaar__in=begeleiders.values("gebruiker"))  # the coördinator kept it for a while
    traject.contactmomenten.filter(van_vorigen | zonder_begeleider).geef_door(aan=aan)
    einde = traject.betrokkenen.nu().filter(gebruiker=aan, rol=Betrokkene.Rol.WAARNEMER)
    (einde | traject.betrokkenen.nu().filter(pk__in=[vorige.pk for vorige in vorigen])).update(tot=timezone.localdate())


@transaction.atomic
def neem_afscheid(*, betrokkene: Betrokkene) -> bool:
    """End somebody's part today. False when it is the last steady counsellor: a trajectory is never without.

    Contact that waits with who leaves goes to a steady counsellor.
    """
    traject = Traject.objects.select_for_update().get(pk=betrokkene.traject_id)
    vaste = traject.betrokkenen.vaste_begeleiders().werkend()
    blijft = vaste.exclude(pk=betrokkene.pk).eerste()
    if betrokkene.rol == Betrokkene.Rol.VASTE_BEGELEIDER and not blijft:
        return False
    if betrokkene.begeleidt and blijft:
        traject.contactmomenten.filter(eigenaar=betrokkene.gebruiker).geef_door(aan=blijft.gebruiker)
    traject.betrokkenen.nu().filter(pk=betrokkene.pk).update(tot=timezone.localdate())
    return True
