"""What is said when a young person moves to another phase, and what comes of aftercare."""

from trajecten.fases import Stap
from trajecten.models import Betrokkene, Contactmoment, NazorgAfspraak

TOELICHTINGEN = {
    Stap.VOLGENDE: (
        "",
        "",
        "Er is ruimte voor iets nieuws. {n} wil zelf gaan uitzoeken wat past.",
        "We zien al weken dat het steviger staat. Samen besloten, met de ouders erbij.",
        "{n} begon er zelf over aan tafel.",
    ),
    Stap.SPRONG: (
        "Er kwam onverwacht een plek vrij waar {n} al lang naar keek. We slaan iets over en weten de weg terug.",
        "{n} wil niet langer wachten en heeft goede redenen. We gaan mee en houden het klein.",
        "De nieuwe school had een mentor die meteen klikte. Dat wilden we niet voorbij laten gaan.",
    ),
    Stap.TERUG: (
        "",
        "Het ging te snel. Eerst weer rust, dan kijken we opnieuw.",
        "Na de verhuizing is er tijd nodig om bij te komen.",
        "{n} koos hier zelf voor. Goed gezien.",
    ),
    Stap.TERUGKEER: (
        "",
        "De vervolgplek stopte. {n} wist de weg terug en belde zelf.",
        "Het lukte daar even niet meer. Hier was de stoel nog vrij.",
        "{n} wil een tijdje dichterbij zijn.",
    ),
}

WOORDEN_BIJ_STAP = {
    Stap.VOLGENDE: ("", "", "Ik ben er klaar voor, denk ik.", "Kom maar op.", "Als ik maar terug mag."),
    Stap.SPRONG: ("Ik wil dit zo graag.", "", "Soms moet je gewoon springen."),
    Stap.TERUG: ("", "Het is niet erg, toch?", "Eerst slapen."),
    Stap.TERUGKEER: ("Ik wist dat het kon.", "", "Fijn dat jij er nog bent."),
}

AFSPRAKEN = {
    NazorgAfspraak.Vorm.MEEGAAN: "De eerste vier maandagen lopen we samen naar binnen.",
    NazorgAfspraak.Vorm.EVALUATIE: "We kijken samen terug: wat ging goed, wat wil je anders?",
    NazorgAfspraak.Vorm.BEGELEIDING: "Om de week een uur, bij ons aan tafel of wandelend.",
    NazorgAfspraak.Vorm.VERVOLGPLEK: "We bellen met de mentor van de nieuwe plek; {n} weet ervan en mag erbij zijn.",
    NazorgAfspraak.Vorm.GEZIN: "Een belletje met {n} en een met thuis. Kort mag ook.",
    NazorgAfspraak.Vorm.TOOLS: "{n} heeft het kaartje ‘wat helpt mij’ op zak. We vragen af en toe of het nog klopt.",
}

NOTITIES = {
    Contactmoment.Resultaat.GESPROKEN: (
        "Het gaat goed. Druk met school, zaterdags op de markt.",
        "Een beetje moe, wel tevreden. Over drie maanden weer.",
        "Lang gepraat over thuis. Fijn gesprek.",
        "",
    ),
    Contactmoment.Resultaat.NIET_BEREIKT: ("Berichtje achtergelaten dat we aan {n} denken.", ""),
    Contactmoment.Resultaat.WIL_NU_NIET: ("{n} heeft er nu geen zin in. Helemaal goed.", ""),
}

# Around the young person, besides the counsellors; `{v}` is a first name, and so are a woman's and a man's.
ANDEREN = {
    Betrokkene.Rol.OUDER: ("{vrouw}, moeder", "{man}, vader", "{vrouw}, pleegmoeder", "Oma {vrouw}"),
    Betrokkene.Rol.MENTOR: ("{v}, klas 2",),
    Betrokkene.Rol.SCHOOL: ("{v}, zorgcoördinator van school", "{v}, leerplicht"),
    Betrokkene.Rol.SAMENWERKINGSVERBAND: ("{v}",),
    Betrokkene.Rol.WIJKTEAM: ("{v}",),
    Betrokkene.Rol.VERVOLGPLEK: ("{v}, fietsenmakerij aan de haven", "{v}, begeleider op het mbo", "{v}, bakkerij"),
}
