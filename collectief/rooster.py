"""What the platform does by itself, and how often. Each task looks what there is to do, and may run twice."""

from datetime import timedelta

# The task, and the time between two rounds; a word stands for one that each machine may set (docs/beheer.md).
TAKEN: dict[str, tuple[str, timedelta | str]] = {
    "post": ("collectief.post.tasks.verstuur_wachtende", "post"),
    "oude_post": ("collectief.post.tasks.wis_oude_berichten", timedelta(hours=12)),
    "nazorg": ("trajecten.tasks.zet_herinneringen_klaar", "nazorg"),
    "seintjes": ("trajecten.tasks.zet_seintjes_klaar", "nazorg"),
    "oude_seintjes": ("trajecten.tasks.ruim_oude_seintjes_op", timedelta(hours=6)),
    "inzagelog": ("trajecten.tasks.maak_maanden_van_het_inzagelog", timedelta(hours=6)),
    "opruimen": ("trajecten.tasks.ruim_trajecten_op", timedelta(hours=12)),
    "concepten": ("trajecten.tasks.ruim_oude_concepten_op", timedelta(hours=12)),
    "fotos": ("trajecten.tasks.ruim_fotos_op", timedelta(hours=6)),
    "wachtlijsten": ("bijeenkomsten.tasks.schuif_wachtlijsten_door", timedelta(minutes=5)),
    "nieuwkomers": ("bijeenkomsten.tasks.nodig_wie_erbij_kwam_uit", timedelta(hours=1)),
    "wensen": ("bijeenkomsten.tasks.wis_wensen", timedelta(hours=12)),
    "kaart": ("kaart.tasks.geef_uit", "kaart"),
    "oude_uitgaven": ("kaart.tasks.ruim_uitgaven_op", timedelta(hours=6)),
    "rondmails": ("bijeenkomsten.tasks.zet_herinneringen_klaar", "nazorg"),
    "antwoorden": ("bijeenkomsten.tasks.lees_antwoorden", "antwoorden"),
    "versheid": ("initiatieven.tasks.vraag_of_het_klopt", timedelta(hours=6)),
    "jaarchecks": ("initiatieven.tasks.loop_jaarchecks_na", timedelta(hours=12)),
    "aangehouden": ("initiatieven.tasks.hervat_aanmeldingen", timedelta(hours=6)),
    "gids_opruimen": ("initiatieven.tasks.ruim_gids_op", timedelta(hours=12)),
    "acties": ("bijeenkomsten.tasks.herinner_aan_acties", timedelta(hours=12)),
    "prikkers": ("bijeenkomsten.tasks.herinner_aan_prikkers", timedelta(hours=1)),
    "vragen": ("bijeenkomsten.tasks.schuif_vragen_door", timedelta(hours=1)),
    "sessies": ("collectief.gebruikers.tasks.ruim_sessies_op", timedelta(hours=6)),
    "dekking": ("kaart.tasks.werk_dekking_bij", timedelta(hours=1)),
    "zoekalarmen": ("kaart.tasks.loop_zoekalarmen_na", timedelta(hours=1)),
    "gezinsvragen": ("kaart.tasks.loop_vragen_na", timedelta(hours=1)),
}


def rooster(**intervallen: timedelta) -> dict[str, dict[str, object]]:
    """Return the schedule for Celery's beat; `intervallen` are those that stand as a word above."""
    return {
        naam: {"task": taak, "schedule": elke if isinstance(elke, timedelta) else intervallen[elke]}
        for naam, (taak, elke) in TAKEN.items()
    }
