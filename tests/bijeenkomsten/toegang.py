"""Who may open the addresses of meetings, and what these addresses need."""

from bijeenkomsten.brieven import KNOP
from bijeenkomsten.models import Agendasleutel
from tests.bijeenkomsten import toegang_overleg as overleg
from tests.bijeenkomsten.factories import (
    BijeenkomstFactory,
    RondmailFactory,
    UitnodigingFactory,
    bezoek_van,
    document_bij,
)
from tests.toegang import ALLEN, EIGEN_INITIATIEF, MEDEWERKERS, Regel, alleen, iedereen

TOEGANG: dict[str, Regel] = {
    "bijeenkomsten:lijst": iedereen(),
    "bijeenkomsten:detail": iedereen(),
    "bijeenkomsten:agenda": iedereen(),
    "bijeenkomsten:agenda_van_een": iedereen(),
    "bijeenkomsten:antwoord": iedereen(),
    "bijeenkomsten:knop": iedereen(),  # whoever has the mail
    "bijeenkomsten:antwoorden": alleen("kernteamlid", "beheerder"),
    "bijeenkomsten:nieuws": iedereen(),
    "bijeenkomsten:eigen_agenda": iedereen(),  # whoever has the address
    "bijeenkomsten:mijn_agenda": alleen(*ALLEN),
    "bijeenkomsten:mijn": alleen(*ALLEN),
    "bijeenkomsten:meedoen": alleen(*ALLEN),  # public: who is not invited and not welcome either is told why
    "bijeenkomsten:belangstelling": alleen(*MEDEWERKERS, post=True),
    "bijeenkomsten:voorbereiden": alleen("begeleider", post=True),  # the one who is invited
    "bijeenkomsten:programma": alleen("kernteamlid"),
    "bijeenkomsten:documenten": alleen("kernteamlid"),
    "bijeenkomsten:document": alleen("begeleider", "kernteamlid"),
    "bijeenkomsten:document_weg": alleen("kernteamlid", post=True),
    "bijeenkomsten:openbaar_document": iedereen(),
    "bijeenkomsten:gastdocument": iedereen(),  # whoever has the link
    "bijeenkomsten:aanwezig": alleen("kernteamlid"),
    "bijeenkomsten:inchecken": alleen("kernteamlid"),
    "bijeenkomsten:aanwezigheid": alleen("kernteamlid"),
    "bijeenkomsten:op_bezoek": alleen(*MEDEWERKERS, "kernteamlid"),
    "bijeenkomsten:bezoek_aanbieden": alleen(*MEDEWERKERS),
    "bijeenkomsten:bezoek_vertellen": alleen("begeleider"),  # the one who was there
    "bijeenkomsten:bezoek_wijzigen": alleen(*EIGEN_INITIATIEF),  # the place that is visited
    "bijeenkomsten:bezoek_afzeggen": alleen(*EIGEN_INITIATIEF),
    "bijeenkomsten:nieuw": alleen("kernteamlid"),
    "bijeenkomsten:beheer": alleen("kernteamlid"),
    "bijeenkomsten:bewerken": alleen("kernteamlid"),
    "bijeenkomsten:publiceren": alleen("kernteamlid", post=True),
    "bijeenkomsten:afgelasten": alleen("kernteamlid"),
    "bijeenkomsten:uitnodigen": alleen("kernteamlid"),
    "bijeenkomsten:verbondgenoten_uitnodigen": alleen("kernteamlid"),
    "bijeenkomsten:doelgroep_uitnodigen": alleen("kernteamlid", post=True),
    "bijeenkomsten:deelnemers": alleen("kernteamlid"),
    "bijeenkomsten:antwoord_van": alleen("kernteamlid", post=True),
    **overleg.TOEGANG,
    # mail to the guests
    "bijeenkomsten:rondmails": alleen("kernteamlid"),
    "bijeenkomsten:rondmail_nieuw": alleen("kernteamlid"),
    "bijeenkomsten:rondmail": alleen("kernteamlid"),
    "bijeenkomsten:rondmail_weg": alleen("kernteamlid", post=True),
    "bijeenkomsten:herinneringen_voorstellen": alleen("kernteamlid", post=True),
    # planning a year
    "bijeenkomsten:blad": iedereen(),
    "bijeenkomsten:planning": alleen("kernteamlid"),
    "bijeenkomsten:voorstel": alleen("kernteamlid", post=True),
    "bijeenkomsten:jaar_publiceren": alleen("kernteamlid", post=True),
    "bijeenkomsten:planning_inlezen": alleen("kernteamlid"),
    "bijeenkomsten:planning_csv": alleen("kernteamlid"),
    "bijeenkomsten:planning_ics": alleen("kernteamlid"),
    "bijeenkomsten:schoolvakanties": alleen("kernteamlid"),
    "bijeenkomsten:verplaatsen": alleen("kernteamlid", post=True),
    "bijeenkomsten:weghalen": alleen("kernteamlid", post=True),
}
ZONDER_BIJEENKOMST = {
    *("lijst", "agenda", "mijn", "nieuw", "blad", "planning", "voorstel", "jaar_publiceren", "planning_inlezen"),
    *("planning_csv", "planning_ics", "schoolvakanties", "antwoorden", "nieuws", "mijn_agenda"),
    *("aanwezigheid", "op_bezoek", "bezoek_aanbieden"),
}
DOCUMENT = ("document", "document_weg", "openbaar_document")
CONCEPT = ("verplaatsen", "weghalen")  # only a draft can be moved or thrown away


def argumenten(begeleider) -> dict[str, dict]:
    """Invite begeleider to a meeting, and return the keyword arguments of every address."""
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider)
    gast = UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=None, adres="gast@voorbeeld.example", naam="Gast")
    herinnering = RondmailFactory(bijeenkomst=bijeenkomst)
    namen = [naam for naam in TOEGANG.keys() - overleg.TOEGANG if naam.split(":")[1] not in ZONDER_BIJEENKOMST]
    stuk = document_bij(bijeenkomst, voor="iedereen")
    bij_ons = BijeenkomstFactory(gastheer=begeleider.rollen.get().initiatief, soort="op_bezoek")
    concept = {"pk": BijeenkomstFactory(status="concept").pk}
    sleutel = Agendasleutel.objects.create(gebruiker=begeleider)
    los = {
        "bijeenkomsten:eigen_agenda": {"token": sleutel.token},
        **overleg.argumenten(begeleider, bijeenkomst),
        "bijeenkomsten:antwoord": {"token": gast.token},
        "bijeenkomsten:rondmail_nieuw": {"pk": bijeenkomst.pk, "soort": "bericht"},
        "bijeenkomsten:rondmail": {"pk": bijeenkomst.pk, "soort": "herinnering", "mail_pk": herinnering.pk},
        "bijeenkomsten:rondmail_weg": {"pk": bijeenkomst.pk, "mail_pk": herinnering.pk},
        "bijeenkomsten:inchecken": {"pk": bijeenkomst.pk, "code": gast.incheckcode},
        "bijeenkomsten:bezoek_vertellen": {"pk": bezoek_van(begeleider).pk},
        **{f"bijeenkomsten:bezoek_{wat}": {"pk": bij_ons.pk} for wat in ("wijzigen", "afzeggen")},
        "bijeenkomsten:gastdocument": {"token": gast.token, "document": stuk.pk},
        **{f"bijeenkomsten:{naam}": {"document": stuk.pk} for naam in DOCUMENT},
        "bijeenkomsten:knop": {"token": KNOP.sign(gast.pk), "antwoord": "ja"},
    }
    return (
        {naam: {"pk": bijeenkomst.pk} for naam in namen} | {f"bijeenkomsten:{naam}": concept for naam in CONCEPT} | los
    )
