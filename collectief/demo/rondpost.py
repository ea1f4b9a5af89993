"""Mail around the invented meetings: reminders that stand ready, a message that was sent, answers that came in."""

import hashlib
from datetime import datetime, time, timedelta

from bijeenkomsten.antwoorden import TEGENVOORSTEL
from bijeenkomsten.models import Antwoordmail, Bijeenkomst, Rondmail, Uitnodiging
from bijeenkomsten.models.rondmail import VOORSTEL
from collectief.demo.toeval import Toeval
from collectief.werkdagen import AMSTERDAM

LAARZEN = "Neem laarzen mee: achter de schuur is het nat.\n\nVoor soep en brood wordt gezorgd."
NIET_GELUKT = (
    ("geweigerd", TEGENVOORSTEL, "Nieuwe tijd voorgesteld"),
    ("onbekend", "Het adres is niet van een genodigde, of het klopt niet.", "Accepted: Samen leren"),
    ("onleesbaar", "De mail is te groot (21 MB). Hij staat nog in de postbus.", "Foto's van de vorige keer"),
)


def maak_rondpost(toeval: Toeval) -> None:
    nu = datetime.combine(toeval.vandaag, time(8), tzinfo=AMSTERDAM)
    komend = Bijeenkomst.objects.filter(is_demo=True, status="gepubliceerd", begint_op__gt=nu).order_by("begint_op")
    for bijeenkomst in komend[:3]:
        _maak_herinneringen(bijeenkomst, nu)
    if eerste := komend.first():
        _maak_bericht(eerste, nu - timedelta(days=2))
        _maak_antwoorden(eerste, nu - timedelta(days=1))


def _maak_herinneringen(bijeenkomst: Bijeenkomst, nu: datetime) -> None:
    """The usual ones; what should have gone out already is noted as sent."""
    for wie, dagen, tekst in VOORSTEL:
        mail = Rondmail(bijeenkomst=bijeenkomst, soort="herinnering", wie=wie, dagen_vooraf=dagen, tekst=tekst)
        if mail.verstuurt_op <= nu + timedelta(days=1):
            mail.verstuurd_op, mail.verstuurd_voor = mail.verstuurt_op, bijeenkomst.begint_op
            mail.aantal = mail.ontvangers().count()
        mail.save()


def _maak_bericht(bijeenkomst: Bijeenkomst, op: datetime) -> None:
    mail = Rondmail(bijeenkomst=bijeenkomst, soort="bericht", wie="misschien", onderwerp="Neem laarzen mee")
    mail.tekst, mail.aangemaakt_op, mail.verstuurd_op = LAARZEN, op, op
    mail.door, mail.aantal = bijeenkomst.trekkers.order_by("pk").first(), mail.ontvangers().count()
    mail.save()


def _maak_antwoorden(bijeenkomst: Bijeenkomst, op: datetime) -> None:
    """Some of the answers came from a calendar; a few mails could not be handled."""
    beantwoord = bijeenkomst.uitnodigingen.filter(antwoord__in=["ja", "nee", "misschien"]).order_by("pk")[:4]
    rijen = [{"uitnodiging": een, "uitkomst": "verwerkt", "antwoord": een.antwoord} for een in beantwoord]
    wie = bijeenkomst.uitnodigingen.order_by("pk").last()
    rijen += [
        {"uitkomst": uitkomst, "reden": reden, "onderwerp": onderwerp, "van": "iemand@voorbeeld.example"}
        | ({"uitnodiging": wie} if uitkomst == "geweigerd" else {})
        for uitkomst, reden, onderwerp in NIET_GELUKT
    ]
    rijen.append({"uitnodiging": wie, "uitkomst": "doorgestuurd", "onderwerp": "Re: Uitnodiging"})
    Antwoordmail.objects.bulk_create(
        Antwoordmail(
            kenmerk=hashlib.sha256(f"demo-{nummer}".encode()).hexdigest(),
            gelezen_op=op + timedelta(hours=nummer),
            **rij,
        )
        for nummer, rij in enumerate(rijen)
    )
    Uitnodiging.objects.filter(pk__in=[een.pk for een in beantwoord]).update(antwoord_bron=Uitnodiging.Bron.AGENDA)
