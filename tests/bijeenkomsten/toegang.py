"""Who may open the addresses of meetings, and what these addresses need."""

from bijeenkomsten.brieven import KNOP
from bijeenkomsten.models import Agendasleutel
from tests.bijeenkomsten import toegang_overleg as overleg
from tests.bijeenkomsten.factories import BijeenkomstFactory, RondmailFactory, UitnodigingFactory
from tests.toegang import ALLEN, Regel, alleen, iedereen

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
    "bijeenkomsten:meedoen": alleen("begeleider"),  # the one who is invited
    "bijeenkomsten:nieuw": alleen("kernteamlid"),
    "bijeenkomsten:beheer": alleen("kernteamlid"),
    "bijeenkomsten:bewerken": alleen("kernteamlid"),
    "bijeenkomsten:publiceren": alleen("kernteamlid", post=True),
    "bijeenkomsten:afgelasten": alleen("kernteamlid"),
    "bijeenkomsten:uitnodigen": alleen("kernteamlid"),
    "bijeenkomsten:doelgroep_uitnodigen": alleen("kernteamlid", post=True),
    "bijeenkomsten:deelnemers": alleen("kernteamlid"),
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
}
CONCEPT = ("verplaatsen", "weghalen")  # only a draft can be moved or thrown away


def argumenten(begeleider) -> dict[str, dict]:
    """Invite begeleider to a meeting, and return the keyword arguments of every address."""
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider)
    gast = UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=None, adres="gast@voorbeeld.example", naam="Gast")
    herinnering = RondmailFactory(bijeenkomst=bijeenkomst)
    namen = [naam for naam in TOEGANG.keys() - overleg.TOEGANG if naam.split(":")[1] not in ZONDER_BIJEENKOMST]
    concept = {"pk": BijeenkomstFactory(status="concept").pk}
    sleutel = Agendasleutel.objects.create(gebruiker=begeleider)
    los = {
        "bijeenkomsten:eigen_agenda": {"token": sleutel.token},
        **overleg.argumenten(begeleider, bijeenkomst),
        "bijeenkomsten:antwoord": {"token": gast.token},
        "bijeenkomsten:rondmail_nieuw": {"pk": bijeenkomst.pk, "soort": "bericht"},
        "bijeenkomsten:rondmail": {"pk": bijeenkomst.pk, "soort": "herinnering", "mail_pk": herinnering.pk},
        "bijeenkomsten:rondmail_weg": {"pk": bijeenkomst.pk, "mail_pk": herinnering.pk},
        "bijeenkomsten:knop": {"token": KNOP.sign(gast.pk), "antwoord": "ja"},
    }
    return (
        {naam: {"pk": bijeenkomst.pk} for naam in namen} | {f"bijeenkomsten:{naam}": concept for naam in CONCEPT} | los
    )
