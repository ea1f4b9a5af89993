"""Who was there over the years: of each initiative, and only for meetings at which a list was kept."""

from bijeenkomsten.models import Uitnodiging
from bijeenkomsten.schooljaar import Schooljaar
from initiatieven.models import Initiatief


def per_jaar() -> dict:
    """The years in which lists were kept, with for how many meetings; and each member with its number in each year."""
    bijgehouden = Uitnodiging.objects.bijgehouden_per_jaar()
    geteld = Uitnodiging.objects.per_initiatief_en_jaar()
    leden = Initiatief.objects.openbaar().op_naam().only("pk", "naam", "slug")
    jaren = [(Schooljaar(jaar), aantal) for jaar, aantal in bijgehouden.items()]
    rijen = [(lid, [(jaar, geteld.get((lid.pk, jaar.jaar), 0)) for jaar, _ in jaren]) for lid in leden]
    return {"jaren": jaren, "rijen": rijen}
