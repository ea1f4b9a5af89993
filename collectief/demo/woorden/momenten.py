"""What counsellors keep: moments per phase, and what there is to do in each kind of place.

`{n}` is the young person, `{k}` something to do there, `{p}` a spot to be. Written without he or she: the name or `je`.
"""

from trajecten.fases import Fase
from trajecten.models import Moment

FEIT, INDRUK, WOORDEN, LICHTJE = (
    Moment.Soort.FEIT,
    Moment.Soort.INDRUK,
    Moment.Soort.EIGEN_WOORDEN,
    Moment.Soort.LICHTJE,
)

KLUSSEN = {
    "boerderij": (
        "de geiten voeren",
        "het kippenhok uitmesten",
        "een hek repareren",
        "de pony borstelen",
        "appels persen",
    ),
    "werkplaats": (
        "een vogelhuisje zagen",
        "een fiets opknappen",
        "een kruk schuren",
        "een lamp solderen",
        "hout sorteren",
    ),
    "atelier": (
        "een linosnede drukken",
        "een masker van klei maken",
        "een beat mixen",
        "een doek groot opzetten",
        "verf mengen",
    ),
    "kleine_school": (
        "een kaart van de buurt tekenen",
        "een vulkaan laten werken",
        "een quiz maken",
        "pannenkoeken bakken",
    ),
    "tuin": ("bonen zaaien", "de kas opruimen", "een hut bouwen", "pompoenen oogsten", "takken knippen"),
    "praktijk": ("een rondje door het park lopen", "een strip tekenen", "een spel kaarten", "een boot vouwen"),
    "online": (
        "een brug bouwen in ons spel",
        "een level ontwerpen",
        "een verhaal schrijven met z’n drieën",
        "een kaart tekenen",
    ),
    "anders": (
        "soep maken",
        "de boot schilderen",
        "een oude radio openschroeven",
        "de kast timmeren",
        "koekjes bakken",
    ),
}

PLEKJES = {
    "boerderij": ("op het hek bij de wei", "in het hooi", "bij de kachel in de keuken"),
    "werkplaats": ("op de bank achter in de werkplaats", "aan de lange werkbank", "in de deuropening"),
    "atelier": ("aan de eigen tafel", "op de vensterbank", "in de hoek bij de platenspeler"),
    "kleine_school": ("op de kussens", "aan het hoofd van de tafel", "op de trap"),
    "tuin": ("onder de pruimenboom", "in de kas", "bij het vuur"),
    "praktijk": ("op het bankje bij het water", "in de auto", "aan de keukentafel thuis"),
    "online": ("in het stille kanaal", "met de camera uit", "in onze eigen wereld"),
    "anders": ("op de steiger", "in de caravan", "bij het raam"),
}

MOMENTEN: dict[Fase, tuple[tuple[str, str], ...]] = {
    Fase.LANDING: (
        (FEIT, "{n} kwam een half uur. Jas bleef aan. We hebben thee gedronken en niet veel gezegd."),
        (FEIT, "Vandaag niet gelukt om te komen. Ik heb een kaartje gestuurd: je bent welkom, ook volgende week."),
        (FEIT, "Eerste keer langer dan een uur gebleven. Zat {p} en keek hoe de anderen bezig waren met {k}."),
        (FEIT, "Moeder bracht {n} tot de deur en reed daarna een rondje. Dat wilden ze allebei proberen. Het ging."),
        (FEIT, "We hebben afgesproken: twee keer per week, en bellen mag altijd. {n} heeft zelf de dagen gekozen."),
        (
            FEIT,
            "Thuis op bezoek geweest. {n} liet de kamer zien en vertelde over de planken die vader heeft opgehangen.",
        ),
        (INDRUK, "Moe. De schouders zijn nog hoog. Ik merk dat {n} rustiger wordt als er niemand iets vraagt."),
        (INDRUK, "Minder op de klok gekeken dan vorige week. Voor het eerst zelf een stoel gepakt."),
        (INDRUK, "{n} kijkt veel en zegt weinig, maar mist niets. Wist precies wie welke beker had."),
        (
            INDRUK,
            "Het was druk vandaag en dat was te veel. We zijn naar buiten gegaan en hebben daar de tijd uitgezeten.",
        ),
        (INDRUK, "De hond kwam naast {n} liggen en bleef. Er hoefde verder niets."),
        (WOORDEN, "‘Het is hier niet zoals ik dacht dat het zou zijn.’ Even later: ‘Dat is goed bedoeld.’"),
        (WOORDEN, "‘Ik heb vannacht geslapen.’ Meer hoefde er niet bij."),
        (WOORDEN, "‘Mag ik morgen ook komen, of is dat gek?’"),
        (WOORDEN, "‘Op school wist ik nooit wanneer het klaar was. Hier mag ik gewoon stoppen.’"),
        (LICHTJE, "Bij {k} ineens een grapje, zomaar tussendoor. We hebben er allebei hard om gelachen."),
        (
            LICHTJE,
            "{n} bleef na sluitingstijd hangen om nog even {p} te zitten. Alleen maar zitten, en lachen om de kat.",
        ),
        (LICHTJE, "Vroeg of de tekening mocht blijven hangen. Dat was de eerste vraag deze maand."),
    ),
    Fase.ONDERZOEKEND: (
        (FEIT, "Samen {k}. {n} nam het voortouw en legde aan een nieuwe jongen uit hoe het moest."),
        (FEIT, "Een halve dag meegekeken bij een bakker in het dorp. Om zes uur op, en dat lukte."),
        (FEIT, "We zijn begonnen met een boekje: wat geeft energie, wat kost energie. Twee bladzijden vol."),
        (FEIT, "Voor het eerst met de bus gekomen. Vader reed er de eerste keer achteraan."),
        (FEIT, "Drie dagen deze week. Woensdag was te veel, die laten we weer los."),
        (FEIT, "Gesprek met ouders en {n} samen. {n} had zelf opgeschreven wat er op tafel moest."),
        (INDRUK, "Er komt nieuwsgierigheid terug. {n} stelt vragen die ik moet opzoeken."),
        (INDRUK, "Een lastige week. Veel spanning thuis. We hebben een stap terug gedaan en alleen gewandeld."),
        (INDRUK, "{n} merkt nu zelf wanneer het te veel wordt en zegt dat ook. Dat is groot."),
        (INDRUK, "Bij {k} helemaal weg van de tijd. Geen pauze gewild, en toch niet moe daarna."),
        (INDRUK, "Zoekt contact met Robin. Ze zaten samen {p} en hadden het over muziek."),
        (INDRUK, "Rekenen mag weer genoemd worden. Via de maten van het hout ging het vanzelf."),
        (WOORDEN, "‘Ik dacht dat ik dom was. Ik leer gewoon andersom.’"),
        (WOORDEN, "‘Bij {k} is mijn hoofd stil.’"),
        (WOORDEN, "‘Misschien wil ik later iets met dieren. Of juist met computers. Ik hoef het nog niet te weten.’"),
        (WOORDEN, "‘Gisteren was een rotdag. Vandaag ben ik er toch.’"),
        (LICHTJE, "Kwam binnenrennen om te laten zien wat thuis was gemaakt. Een heel schrift vol schetsen."),
        (
            LICHTJE,
            "Heeft een groep bezoekers rondgeleid. Rechtop, met een eigen verhaal. Oma stond achteraan te stralen.",
        ),
        (LICHTJE, "Bij {k} riep {n}: ‘Kijk dan, het wérkt!’ We hebben het drie keer overgedaan."),
        (LICHTJE, "Zong mee met de radio zonder het door te hebben."),
    ),
    Fase.ORIENTATIE: (
        (FEIT, "Proefdag op het mbo. {n} ging alleen naar binnen; ik stond om de hoek met koffie."),
        (FEIT, "Kennisgemaakt met de mentor van de vervolgplek. We beginnen met twee ochtenden in de week."),
        (FEIT, "Stageplek gevonden bij een fietsenmaker. Zelf gebeld, met een briefje ernaast."),
        (
            FEIT,
            "Samen de brief voor de nieuwe school geschreven. {n} wilde erin: wat helpt, en wat beter niet.",
        ),
        (FEIT, "Overleg met school, ouders en {n}. Afgesproken wie {n} belt als het een dag niet lukt."),
        (FEIT, "De eerste volle week op de nieuwe plek. Vrijdagmiddag hier gegeten, dat houden we erin."),
        (INDRUK, "Spannend en leuk tegelijk. {n} slaapt wat slechter, en wil toch door."),
        (INDRUK, "Op de nieuwe plek nog stil, hier vertelt {n} honderduit. Dat mag naast elkaar bestaan."),
        (INDRUK, "Het werd te veel ineens. We hebben één dag geschrapt en meteen werd het lichter."),
        (INDRUK, "{n} weet goed wat nodig is en durft daar nu om te vragen, ook bij mensen die nieuw zijn."),
        (INDRUK, "De ouders vinden het loslaten spannender dan {n}. Met z’n drieën om kunnen lachen."),
        (WOORDEN, "‘Ik wil het proberen. En als het niet gaat, kom ik gewoon terug toch?’"),
        (WOORDEN, "‘Ze noemden me collega.’"),
        (WOORDEN, "‘Ik heb verteld dat ik soms even weg moet. Niemand keek raar.’"),
        (LICHTJE, "Stuurde een foto van het eerste rooster, met een duim erbij."),
        (LICHTJE, "Heeft vandaag een nieuwe jongere op het gemak gesteld: ‘Je hoeft hier niks. Dat went.’"),
        (LICHTJE, "Kwam {p} zitten en vertelde een uur lang over de stage. Ik hoefde alleen maar te luisteren."),
    ),
    Fase.WAAKVLAM: (
        (FEIT, "Gebeld. Het gaat zijn gangetje. Dinsdag een vrije dag gevraagd en gekregen."),
        (FEIT, "Koffie gedronken in de kantine van de nieuwe plek. De mentor kwam er even bij zitten."),
        (FEIT, "Een berichtje gestuurd, geen antwoord. Dat is goed. De deur staat open."),
        (FEIT, "{n} kwam langs met taart: een half jaar op de nieuwe plek."),
        (FEIT, "Moeder belde: een paar zware dagen. We hebben samen gekeken naar wat eerder hielp."),
        (INDRUK, "Klinkt steviger aan de telefoon. Vertelt ook wat er niet lukt, zonder ervan te schrikken."),
        (INDRUK, "Mist het hier soms. In de vakantie doen we samen iets: {k}, of gewoon wandelen."),
        (WOORDEN, "‘Ik had vrijdag geen zin en ben toch gegaan. Daarna was ik trots.’"),
        (WOORDEN, "‘Fijn dat je belt. Ik heb niks te vertellen, dat is toch goed nieuws?’"),
        (LICHTJE, "Een kaart in de bus: eerste loon, en een tekening van de hond."),
        (LICHTJE, "Was erbij op de open dag en stond ineens zelf bezoekers te woord. Met stralende ogen."),
    ),
}

LANG_MOMENT = (
    "We hadden afgesproken bij het station, omdat {n} een keer zelf wilde reizen. De trein was te laat en er "
    "stond veel volk. Ik zag {n} aan de rand van het perron staan, capuchon op, en dacht: dit wordt omkeren.\n\n"
    "Maar {n} kwam naar me toe en zei: ‘Nog één trein wachten, dan is het rustiger.’ Dat hebben we gedaan. "
    "Twintig minuten op een bankje, met een zak drop. In de trein zijn we gaan staan, bij de deur, dat was het "
    "plan. Bij het tweede station ging {n} zitten.\n\n"
    "Op de terugweg hebben we opgeschreven wat hielp: een trein later nemen, bij de deur staan, iets in je "
    "handen hebben. Het briefje zit nu in de jaszak. {n} vroeg of we volgende keer verder gaan, naar zee."
)

CONCEPT = "Vanmiddag kwam {n} zelf met het idee om"

WENSDROMEN = (
    "Ooit met een eigen busje door Noorwegen rijden.",
    "Een plek waar ik gewoon naar binnen loop.",
    "Iets maken dat andere mensen gebruiken.",
    "Dierenarts, of iets met paarden. In elk geval buiten.",
    "Weer een vriend hebben die belt.",
    "Mijn eigen spel uitbrengen.",
    "Kok worden in een klein restaurant waar het niet zo hard gaat.",
    "Dat mama zich geen zorgen meer hoeft te maken.",
    "Op kamers, met een kat.",
    "Weet ik nog niet. Dat mag hier.",
    "",
)

WAARDEVOL = (
    "Duidelijk zijn, niets verwachten, en dan toch blijven.",
    "De hond. En dat er niemand schrikt als ik wegloop.",
    "Muziek op de achtergrond. Eén ding tegelijk.",
    "Dat ik van tevoren weet wie er is.",
    "Zelf kiezen wanneer ik praat.",
    "Ons gezin op zondag, met pannenkoeken.",
    "Dingen die kloppen. Ik kan lang kijken hoe iets in elkaar zit.",
    "",
)

OOK_ERBIJ = ("een stagiair", "twee anderen uit de groep", "de vrijwilliger van dinsdag", "opa", "de hond")

AANVULLINGEN = (
    "Nagevraagd: thuis zagen ze het die avond ook.",
    "Een week later kwam {n} er zelf op terug.",
    "Dit bleek een begin. {n} heeft het daarna nog twee keer gedaan.",
    "{n} las dit mee en wilde erbij hebben: ‘Ik was toen best zenuwachtig.’",
)
