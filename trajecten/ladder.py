"""The ladder of reminders for one contact moment, and the days on which its steps fall.

Nothing ever goes to core team or admins; the last step makes no mail but stands on the initiative's own board.
"""

from datetime import date, datetime, timedelta

from django.db.models import TextChoices

from collectief.werkdagen import ochtend, werkdag_vanaf


class Stap(TextChoices):
    VOORAF = "vooraf", "drie dagen vooraf"
    VANDAAG = "vandaag", "op de dag zelf"
    DAARNA = "daarna", "vier dagen daarna"
    COORDINATOR = "coordinator", "tien dagen daarna"
    BORD = "bord", "dertig dagen daarna"


class Ontvanger(TextChoices):
    EIGENAAR = "eigenaar"
    WAARNEMER = "waarnemer"
    COORDINATOR = "coordinator"


DAGEN: dict[Stap, int] = {
    Stap.VOORAF: -3,
    Stap.VANDAAG: 0,
    Stap.DAARNA: 4,
    Stap.COORDINATOR: 10,
    Stap.BORD: 30,
}

ONTVANGERS: dict[Stap, tuple[Ontvanger, ...]] = {
    Stap.VOORAF: (Ontvanger.EIGENAAR,),
    Stap.VANDAAG: (Ontvanger.EIGENAAR,),
    Stap.DAARNA: (Ontvanger.EIGENAAR, Ontvanger.WAARNEMER),
    Stap.COORDINATOR: (Ontvanger.COORDINATOR,),
    Stap.BORD: (),  # no mail: it stands on the initiative's own board as a forgotten little flame
}


def momenten_van_stappen(gepland_op: date) -> dict[Stap, datetime]:
    """Return when each step is due: nine o'clock in Amsterdam, on a working day.

    A step that would fall on a weekend or holiday moves to the next working day. The step beforehand is left out
    when it would then fall on the planned day itself or later.
    """
    momenten = {stap: ochtend(werkdag_vanaf(gepland_op + timedelta(days=dagen))) for stap, dagen in DAGEN.items()}
    if momenten[Stap.VOORAF] >= momenten[Stap.VANDAAG]:
        del momenten[Stap.VOORAF]
    return momenten
