"""What initiatives say about themselves, per kind of place."""

WERELDEN = {
    "boerderij": {
        "zin": "Een klein erf met dieren, waar de dag begint met voeren.",
        "dag": "Om half tien doen we samen het voer. Daarna kiest ieder een klus, of niets. Om twaalf uur is er soep.",
        "hoofd": "rekenen met voer en centimeters, plannen, lezen in de keuken",
        "hart": "zorgen voor een eigen dier, vuur maken, samen eten",
        "handen": "hekken herstellen, melken, koken, trekker poetsen",
    },
    "werkplaats": {
        "zin": "Een werkplaats waar je mag maken, stukmaken en opnieuw beginnen.",
        "dag": "De koffie staat klaar. Je kijkt eerst rond. Wie wil, pakt gereedschap; wie niet wil, zit erbij.",
        "hoofd": "tekenen op schaal, techniek uitzoeken, filmpjes maken van je werk",
        "hart": "trots zijn op iets dat af is, elkaar helpen",
        "handen": "hout, metaal, fietsen, solderen",
    },
    "atelier": {
        "zin": "Een licht atelier voor wie met beeld of geluid meer zegt dan met woorden.",
        "dag": "Er hangt geen rooster. Je krijgt een eigen tafel en je werk blijft liggen zoals jij het achterliet.",
        "hoofd": "kunst kijken, verhalen schrijven, geluid bewerken",
        "hart": "je eigen taal vinden, muziek, stil zijn",
        "handen": "drukken, schilderen, klei, textiel",
    },
    "kleine_school": {
        "zin": "Leren in een huiskamer, met hooguit acht jongeren.",
        "dag": "We beginnen met thee en een rondje. Je werkt aan wat jij wilt weten. Na een uur gaan we naar buiten.",
        "hoofd": "taal, rekenen, Engels en alles waar je vragen over hebt",
        "hart": "een vaste plek aan tafel, een begeleider die blijft",
        "handen": "proefjes, koken, bouwen aan een eigen project",
    },
    "tuin": {
        "zin": "Buiten zijn, met je handen in de aarde en zonder haast.",
        "dag": "Wie er is, loopt eerst een rondje door de tuin. Er is altijd iets te doen en nooit iets dat moet.",
        "hoofd": "planten kennen, zaaiplan maken, meten en wegen",
        "hart": "rust, seizoenen, zorgen voor iets dat groeit",
        "handen": "snoeien, oogsten, hutten bouwen, koken op vuur",
    },
    "praktijk": {
        "zin": "Een rustige kamer en een wandeling in plaats van een gesprek aan tafel.",
        "dag": "We spreken af waar jij je prettig voelt: bij ons, thuis of buiten. We gaan op jouw tempo.",
        "hoofd": "begrijpen hoe jij denkt, een plan in kleine stappen",
        "hart": "gezien worden, ook zonder praten",
        "handen": "wandelen, tekenen, een spel, koken",
    },
    "online": {
        "zin": "Voor wie de deur nog niet uit kan: samen bouwen, spelen en leren op afstand.",
        "dag": "Je camera mag uit. We beginnen met een korte groet en dan bouwt ieder verder in onze eigen wereld.",
        "hoofd": "programmeren, Engels, verhalen maken voor een spel",
        "hart": "ergens bij horen, ook vanuit je kamer",
        "handen": "bouwen in een spel, muziek maken, 3D-tekenen",
    },
    "anders": {
        "zin": "Geen school en geen kliniek, maar een plek waar je mag zijn.",
        "dag": "Je komt binnen en er is iemand. Meer hoeft er in het begin niet te gebeuren.",
        "hoofd": "plannen maken, dingen uitzoeken, boeken en kranten",
        "hart": "samen eten, een vast gezicht, tijd",
        "handen": "koken, klussen, varen, sleutelen",
    },
}

OVER_ONS = (
    "We zijn klein en dat blijven we. Er zijn nooit meer dan {groep} jongeren tegelijk, en altijd twee volwassenen.",
    "We begonnen aan onze eigen keukentafel. Nu komen er {groep} jongeren op een dag, ieder op een eigen tijd.",
    "Je krijgt één vaste begeleider, die blijft. Ook als je een tijdje niet kunt komen.",
    "Ouders zijn welkom. Er is een stoel vrij bij het raam en er is koffie.",
    "We werken samen met scholen en gemeenten in de buurt, maar het tempo is van de jongere.",
    "De eerste weken hoef je niets te laten zien. Eerst landen, dan kijken we verder.",
)

WERKWIJZEN = (
    "Stilte is hier ook goed.",
    "Aan het eind van de dag vertelt ieder één ding dat fijn was. Overslaan mag.",
    "We gaan ook weer terug als het te snel ging. Dat hoort erbij.",
    "Vrijdag is er geen programma: dan doen we wat nodig is.",
    "Wil je eerst komen kijken als er niemand is? Dat kan op woensdagmiddag.",
)

BEKOSTIGING_UITLEG = (
    "We denken graag mee over wat er in jouw gemeente kan.",
    "Een kennismaking kost niets.",
    "Soms betaalt de school mee. We bellen daar samen over.",
    "Vraag ernaar, ook als je nog geen beschikking hebt.",
)

SAMEN = (
    "Zij openen deuren bij gemeenten; wij laten zien wat er in de praktijk werkt.",
    "Samen zoeken we naar ruimte in de regels, en we leren van elkaars vragen.",
    "Ze denken mee over geld en recht. Wij nemen hen mee naar de werkvloer.",
    "Studenten lopen bij ons mee en beschrijven wat ze zien.",
    "",
)

LOCATIENAMEN = ("de schuur", "het tuinhuis", "bij het kanaal", "de zolder", "het oude klaslokaal", "de kas")
