"""What invented initiatives write on their page beside the facts."""

PAST_WEL = (
    "Jongeren die eerst rust nodig hebben en het fijn vinden als niets moet.",
    "Jongeren die liever bezig zijn dan praten, en dieren of gereedschap vertrouwen.",
    "Jongeren die graag weten wat er komt: onze dag heeft een vaste vorm.",
)
PAST_NIET = (
    "Wie steeds iemand naast zich nodig heeft, kunnen we nu niet bieden wat nodig is.",
    "Het is hier soms druk met gasten. Wie daar last van heeft, komt beter op een rustige dag kijken.",
    "",
)
WIE_ER_ZIJN = (
    "Elke dag zijn er twee begeleiders en iemand die kookt. De hond is er altijd.",
    "Twee begeleiders, een paar vrijwilligers en meestal een kat.",
    "Een begeleider per drie jongeren. Op dinsdag komt een kunstenaar.",
)
KENNISMAKEN = (
    "Bel of mail. Je komt een uur kijken, met wie je wilt. Daarna bel je pas als je er zelf aan toe bent.",
    "We drinken eerst thee, bij jou of bij ons. Dan kom je een paar keer een ochtend meedoen.",
)
REIZEN = (
    "De bus stopt op tien minuten lopen. We halen je de eerste keer graag op.",
    "Parkeren kan voor de deur. Leerlingenvervoer kent de weg.",
    "Vanaf het station is het een kwartier fietsen.",
)
OPEN = ("Maandag tot en met donderdag, 9.30 tot 15.00 uur", "Elke werkdag van 10 tot 16 uur", "Dinsdag en donderdag")
# Invented, like everything here: told by three places that differ.
VERHALEN = (
    (
        "De eerste week",
        """Hij bleef drie dagen bij de poort staan. Dat mocht.

Op de vierde dag vroeg hij hoe de ezel heette, en kwam hij binnen om het water te verversen. Meer hoefde niet.""",
    ),
    (
        "Soep voor elf",
        """Op donderdag kookt wie zin heeft. Deze keer was dat iemand die normaal liever boven zit te tekenen.

Er kwamen elf mensen aan tafel. De soep was wat zout. Iedereen nam nog een keer.""",
    ),
    (
        "De brommer die weer liep",
        """Drie maanden stond hij in onderdelen op de werkbank. Eerst keek hij alleen, met zijn capuchon op.

Toen reikte hij een sleutel aan. Op de dag dat de motor aansloeg, belde hij zelf zijn moeder.""",
    ),
)
BEZOEK = (
    "Op bezoek op een natte woensdag",
    "We kwamen met vier mensen kijken en kregen meteen een schort aan. Niemand vroeg ons om iets te bewijzen.",
)
FOTOS = ("Heuvels met een lage zon, gezien vanaf het erf", "De bomen achter de werkplaats")
