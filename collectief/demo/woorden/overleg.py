"""Words of what initiatives ask each other; invented."""

# meeting (index in BIJEENKOMSTEN, or None), minutes, state, confidential, question, context, help, answer
VRAGEN = (
    (
        *(6, 25, "beantwoord", False, "Hoe vertel je de leerplichtambtenaar wat een jongere hier doet?"),
        "Bij ons komt elke maand iemand anders langs, en elke keer beginnen we opnieuw.",
        "ervaring",
        "Nodig één keer alle drie tegelijk uit, met de jongere erbij als die wil. Twee plekken delen hun brief.",
    ),
    (
        *(6, 20, "besproken", False, "Wie heeft ervaring met vervoer in een dorp zonder bus?"),
        "Drie jongeren komen van ver. Ouders rijden nu om de beurt, en dat houdt niemand vol.",
        "kennis",
        "",
    ),
    (
        *(8, 30, "geplaatst", False, "Wat doe je als een jongere na een jaar weer van voren af aan begint?"),
        "We willen dat het er gewoon bij hoort. Hoe houden jullie de ouders daarin mee?",
        "meedenken",
        "",
    ),
    (
        *(8, 20, "geplaatst", True, "Hoe gaan we om met een gemeente die ons plotseling niet meer betaalt?"),
        "Dit ligt gevoelig, ook thuis bij de gezinnen. Graag alleen onder elkaar.",
        "meedenken",
        "",
    ),
    (
        *(None, None, "ingebracht", False, "Wie wil samen een dag op pad met de oudste jongeren?"),
        "In het voorjaar, met de trein. Wij kunnen koken.",
        "contact",
        "",
    ),
    (
        *(None, None, "ingebracht", False, "Hoe spreken jullie af wie er in de vakantie bereikbaar is?"),
        "Nazorg stopt niet in augustus, maar wij zijn dan met z’n tweeën.",
        "ervaring",
        "",
    ),
    (
        *(8, None, "ingebracht", False, "Zullen we één folder maken voor huisartsen?"),
        "Iedereen maakt nu zijn eigen. Samen is het sterker.",
        "besluit",
        "",
    ),
)

# who is asked, and a letter per date: ja, desnoods, nee
PRIKKERS = (
    ("Nina Hendrikx", "jnjjdnjj"),
    ("Sjoerd van Beek", "jjnjjjdn"),
    ("Lotte Abels", "dnjjjnjj"),
    ("Hamza El Idrissi", "jjjjnndj"),
    ("Femke Tuinstra", "njdjjjjn"),
    ("Bas Oldenhof", ""),
)

VERSLAG_VAN = 6  # index in BIJEENKOMSTEN
SAMENVATTING = (
    "We gaan verder met drie landelijke bijeenkomsten per jaar, en in elke regio één kleine. Nieuwe initiatieven "
    "krijgen een maatje. Wie een vraag heeft, brengt hem voortaan vooraf in; dan is er tijd voor."
)
DELEN = (
    {
        "kop": "Waar we over spraken",
        "tekst": "Over geld en ruimte in de regels. Drie plekken vertelden hoe zij het met hun gemeente regelen. "
        "Er was soep.",
        "lezers": "openbaar",
    },
    {
        "kop": "De werkgroepen",
        "tekst": "De groep over vervoer komt in het voorjaar terug. De groep over nazorg zoekt nog twee mensen.",
        "lezers": "leden",
    },
    {"kop": "Voor onszelf", "tekst": "De volgende keer eerder beginnen met opruimen.", "lezers": "kernteam"},
)
BESLUITEN = (
    {"tekst": "Vragen voor de agenda komen uiterlijk een week vooraf.", "raakt": "initiatieven", "lezers": "leden"},
    {
        "tekst": "Elk nieuw initiatief krijgt een maatje.",
        "raakt": "iedereen",
        "lezers": "openbaar",
    },
)
ACTIES = (
    "Een voorbeeldbrief voor de gemeente delen",
    "Twee mensen zoeken voor de groep over nazorg",
    "De zaal voor het voorjaar vastleggen",
)
