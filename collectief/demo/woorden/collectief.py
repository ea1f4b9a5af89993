"""Words for membership applications and for the meetings of the collective."""

from initiatieven.lidmaatschap import Oordeel, Toetssoort

BEWERINGEN = {
    Toetssoort.BESTAAT_EEN_JAAR: (
        "We zijn nu twee jaar open, eerst één dag en sinds vorig jaar drie dagen in de week.",
        "Gestart in een schuur van de buren, inmiddels anderhalf jaar verder.",
    ),
    Toetssoort.VIJF_JONGEREN: (
        "Er komen nu zeven jongeren, verdeeld over de week.",
        "Op dit moment begeleiden we negen jongeren; drie daarvan alleen online.",
    ),
    Toetssoort.ONTWIKKELINGSGERICHT: (
        "We herkennen ons erin dat rust eerst komt, en dat een stap terug ook een stap is.",
        "Bij ons is de jongere het vertrekpunt. We werken zonder vast rooster en met één vast gezicht.",
    ),
}

BEWIJZEN = {
    Toetssoort.BESTAAT_EEN_JAAR: (
        "Uittreksel van de inschrijving, datum zichtbaar.",
        "Nieuwsbrief van twee jaar terug.",
    ),
    Toetssoort.VIJF_JONGEREN: ("Een weekindeling zonder namen.", "Gesproken met twee ouders."),
    Toetssoort.ONTWIKKELINGSGERICHT: (
        "Een middag op bezoek geweest en meegegeten.",
        "Beschrijving van de werkwijze gelezen.",
    ),
}

# What the application says about its first check while it is not open for a year.
BEGINNERS = {
    "bewering": "We zijn nog geen jaar open. We begonnen met één dag in de week; nu zijn het er drie.",
    "bewijs": "Uittreksel van de inschrijving: de datum is van minder dan een jaar terug.",
}

OORDEEL_WAAROM = {
    Oordeel.VOLDOET: ("Gezien en besproken, dit klopt.", "Duidelijk verhaal, past bij wat we zagen."),
    Oordeel.VOLDOET_NIET: {
        Toetssoort.BESTAAT_EEN_JAAR: ("Nog net geen jaar open. Dat komt vanzelf goed.", "Bijna een jaar open."),
        Toetssoort.ONTWIKKELINGSGERICHT: (
            "Het rooster ligt vast, en huiswerk staat voorop.",
            "Hier staat het vak voorop, bij ons de jongere.",
        ),
    },
}

BESLUIT_WAAROM = {
    "lid_maken": "Alle drie de toetsen kloppen en het bezoek was hartelijk. Van harte welkom!",
    "aanhouden": "Jullie zijn bijna een jaar open. Op de dag dat het een jaar is, pakken we dit graag samen weer op.",
    "afwijzen": "Jullie werken vooral als huiswerkklas. Dat is mooi werk, maar iets anders dan wat wij samen doen.",
}

AANMELDERS = (
    ("Atelier Inktvis", "atelier"),
    ("Boomgaard De Late Peer", "tuin"),
    ("Leerplek Zilte Wind", "kleine_school"),
    ("Werkplaats Tweede Natuur", "werkplaats"),
    ("Erf Hoog en Droog", "boerderij"),
    ("Verbinding Nachtuil", "online"),
    ("Praktijk De Lange Adem", "praktijk"),
    ("Caravan Onderweg", "anders"),
    ("Studio Ruis en Stilte", "atelier"),
    ("Kwekerij Kiemblad", "tuin"),
    ("Makerij Los Schroefje", "werkplaats"),
    ("Het lokaal van Overmorgen", "kleine_school"),
    ("Stal Zachte Neuzen", "boerderij"),
    ("De haven van Hier en Nu", "anders"),
)

# kind, title, description, place, capacity, days from today (on a working day), hours
BIJEENKOMSTEN = (
    (
        "landelijk",
        "",
        "Elkaar zien, verhalen delen en samen eten. ’s Middags drie werkgroepen.",
        "De Kantine, Utrecht",
        80,
        -300,
        4,
    ),
    ("online", "Welkom, nieuwe initiatieven", "Wie net is aangesloten vertelt; de rest luistert.", "", None, -262, 1.5),
    ("regio", "Regio Noord aan tafel", "Met soep en met de mensen van de gemeente.", "Dorpshuis, Assen", 24, -214, 3),
    (
        "thema",
        "Ouders als bondgenoot",
        "Wat vragen ouders van ons, en wat geven ze? Met twee moeders en een vader.",
        "Bibliotheek, Zwolle",
        None,
        -171,
        2,
    ),
    (
        "fysiek",
        "",
        "Intervisie in kleine kringen. Neem een vraag mee waar je mee rondloopt.",
        "Werkplaats aan de IJssel, Deventer",
        40,
        -124,
        3,
    ),
    (
        "op_bezoek",
        "Op bezoek op een erf",
        "Kijken, meewerken en napraten. Trek oude kleren aan.",
        "een erf bij Zutphen",
        8,
        -66,
        5,
    ),
    (
        "landelijk",
        "Meer routes, samen verder",
        "Jaarplan, geld en ruimte in de regels. Verbondgenoten zijn er ook.",
        "De Kantine, Utrecht",
        90,
        -24,
        4,
    ),
    (
        "online",
        "Vraag maar raak",
        "Een uur lang vragen over pgb, leerplicht en zorg in onderwijstijd.",
        "",
        None,
        10,
        1.5,
    ),
    (
        "fysiek",
        "",
        "Samen schrijven aan de ontwikkelingsgerichte benadering: wat weten we nu?",
        "Leerhuis in Amersfoort",
        36,
        31,
        3,
    ),
    (
        "thema",
        "Nazorg zonder einddatum: hoe hou je de waakvlam brandend als je het druk hebt?",
        "Ervaringen en goede gewoontes.",
        "",
        None,
        54,
        2,
    ),
    ("regio", "Regio Zuid wandelt", "Drie uur lopen en praten, lunch onderweg.", "Station Sittard", 20, 82, 4),
    ("landelijk", "", "Voorjaarsbijeenkomst met jongeren aan het woord.", "De Kantine, Utrecht", 90, 126, 4),
)

GASTEN = ("Ilse van Straten", "Mo Bensaid", "Dorien Kampen", "Jörg Halsema", "Priya Ramlal", "Wim Oosterling")

# Place names as they stand in BIJEENKOMSTEN, with a postcode in that town.
PC4 = {"Utrecht": "3511", "Assen": "9401", "Zwolle": "8011", "Deventer": "7411", "Amersfoort": "3811"}
REGIOS = {
    "Regio Noord aan tafel": ["Drenthe", "Fryslân", "Groningen"],
    "Regio Zuid wandelt": ["Limburg", "Noord-Brabant"],
}
SAMEN_ETEN = "Samen eten"  # not behind a screen
PROGRAMMA = (
    ("Binnenkomen met koffie en thee", 15),
    ("Rondje: wat houdt je bezig?", 30),
    ("In kleine groepen verder", 60),
    (SAMEN_ETEN, 45),
    ("Wat nemen we mee?", 15),
)
WENSEN = ("", "", "", "", "vegetarisch", "geen noten", "veganistisch")

# what visitors may expect, days from today
BEZOEKEN = (
    ("Rondkijken in de werkplaats en mee-eten.", 18),
    ("Een ochtend in de tuin. Trek laarzen aan.", 33),
    ("Kijken hoe een rustige dag eruitziet, en daarna napraten.", 47),
    ("Meewerken en samen soep eten.", -40),
    ("Een middag bij de dieren.", -95),
)
