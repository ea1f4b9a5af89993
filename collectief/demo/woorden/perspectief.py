"""What young people say of how it goes, small steps, places to go on to, and plans for when it gets harder."""

EIGEN_WOORDEN = {
    "relatie": ("Ik heb iemand om mee te lachen.", "Soms snapt niemand me, soms wel.", "Thuis was het rustig."),
    "autonomie": ("Ik mocht zelf kiezen.", "Er werd veel voor mij bedacht.", "Ik zei nee en dat was goed."),
    "competentie": ("De lamp brandt, die heb ik gemaakt.", "Het lukte de derde keer.", "Ik weet nog niet wat ik kan."),
    "welbevinden": ("Ik sliep beter.", "Druk in mijn hoofd.", "Gewoon een fijne dag met thee."),
}
STAPPEN = (
    "Samen langs de bakker fietsen",
    "Een half uur blijven voor de lunch",
    "Opa bellen over de boot",
    "Een foto kiezen voor aan de muur",
    "De bus oefenen op een rustig moment",
    "Vragen of de kas al open mag",
    "Een tekening laten zien",
    "Een keer mee boodschappen doen",
)
PLEKKEN = (
    ("Leerwerkplek bij de fietsenmaker", "werk", "Twee ochtenden, kleine werkplaats, geduldige baas."),
    ("Kleine klas in het dorp", "school", "Acht leerlingen. Je mag eerst een keer komen kijken."),
    ("Dierenweide", "werk", "Zoeken iemand voor de geiten."),
    ("Tekenclub op woensdag", "vrije_tijd", "Binnenlopen mag, praten hoeft niet."),
)
PLANNEN = (
    (
        "Dan slaap ik lang en zeg ik niets.\nIk reageer niet op berichtjes.",
        "Even niks vragen, wel thee.\nSamen naar buiten, zonder doel.",
        "Veel vragen achter elkaar.\nZeggen dat het wel meevalt.",
    ),
    (
        "Ik maak ruzie om kleine dingen.\nMijn muziek staat hard.",
        "Iets met mijn handen doen.\nDat iemand gewoon in de buurt blijft.",
        "Mijn telefoon afpakken.\nEr meteen over praten.",
    ),
)
