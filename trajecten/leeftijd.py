"""The birthdays that change who decides about a young person.

Source: Burgerlijk Wetboek 7:447 and 7:450 and Jeugdwet 7.3.4 (under 12 the parents, from 12 to 15 both, from 16 the
young person) and Burgerlijk Wetboek 1:233 (of age at 18). Somebody born on 29 February turns a year older on 1 March
in a year without that day.
"""

from datetime import date

GRENZEN = (12, 16, 18)  # years
WAT_VERANDERT = {
    12: "beslissen jongere en ouders samen",
    16: "beslist de jongere zelf",
    18: "is de jongere volwassen",
}


def wordt(geboortedatum: date, jaren: int) -> date:
    """Return the day on which somebody born on `geboortedatum` turns `jaren`."""
    jaar = geboortedatum.year + jaren
    try:
        return geboortedatum.replace(year=jaar)
    except ValueError:
        return date(jaar, 3, 1)


def leeftijdsgrenzen(geboortedatum: date) -> dict[int, date]:
    """Return, for each age at which the law lets somebody else decide, the day from which that holds."""
    return {jaren: wordt(geboortedatum, jaren) for jaren in GRENZEN}
