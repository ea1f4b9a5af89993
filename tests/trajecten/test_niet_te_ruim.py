"""No policy is wider than it was meant: each row is tried by whoever has no business with it."""

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db.models import Model
from django.utils import timezone
from psycopg import sql

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker, als_taak
from tests.factories import RolFactory
from tests.proberen import haal_weg, lees, rij_van, schrijf, uitkomst, verplaats, wijzig
from tests.trajecten.bezetting import maak_traject
from tests.trajecten.momenten import vul_momenten
from tests.trajecten.perspectief import vul_perspectief
from tests.trajecten.test_rijbeveiliging import TABELLEN, zaak_van_bestand
from trajecten import models

__all__ = ["zaak_van_bestand"]
pytestmark = pytest.mark.usefixtures("zaak_van_bestand")

# A proof is written by the owner alone.
BEREIKBAAR = [model for model in TABELLEN if model is not models.Verwijderbewijs]
MENSEN = ("door", "gebruiker", "gekozen_door", "genoteerd_door")

# In whose name a row is written: by nobody but herself.
IN_NAAM_VAN = {
    models.Aanvulling: "door",
    models.Beleving: "door",
    models.EerdereWens: "door",
    models.Inzagelog: "gebruiker",
    models.KleineStap: "door",
    models.MogelijkePlek: "door",
    models.Moment: "door",
    models.Overdracht: "door",
    models.Overdrachtafspraak: "door",
    models.Overdrachtstap: "door",
    models.Overdrachtstuk: "gekozen_door",
    models.PlanAkkoord: "door",
    models.Preventieplan: "door",
    models.Reisblad: "door",
    models.Reisboekje: "door",
    models.Rustperiode: "door",
    models.Seintje: "door",
    models.Terugblik: "door",
    models.Terugvalsignaal: "door",
    models.Toestemming: "door",
    models.Verhaal: "door",
    models.Vertrek: "genoteerd_door",
}
# What hangs on another row hangs on one of the same story.
HANGT_AAN = [
    (models.Aanvulling, "moment"),
    (models.Momentfoto, "moment"),
    (models.Momentversie, "moment"),
    (models.Beleving, "ouder"),
    (models.PlanAkkoord, "plan"),
    (models.Terugvalsignaal, "plan"),
    (models.Reisblad, "boekje"),
    (models.Toestemming, "betrokkene"),
    (models.Toestemming, "namens"),
]
# Rows that may be changed, and in whose circle they have to stay.
BLIJFT = [
    (models.Contactmoment, "traject"),
    (models.Herinnering, "traject"),
    (models.NazorgAfspraak, "traject"),
    (models.Momentconcept, "traject"),
    (models.Momentconcept, "gebruiker"),
    (models.JongereIdentiteit, "jongere"),
    (models.Leeftijdsgrenzen, "jongere"),
    (models.Ladderinstelling, "initiatief"),
]
PER_TAAK = {  # what a task reads, and what it changes
    "nazorg": (
        {
            models.Traject,
            models.Betrokkene,
            models.Contactmoment,
            models.Herinnering,
            models.Nazorgpauze,
            models.Ladderinstelling,
        },
        {models.Herinnering},
    ),
    "seintje": ({models.Traject, models.Contactmoment, models.Nazorgpauze, models.Seintje}, {models.Seintje}),
    "agenda": ({models.Agendalink}, set()),
    "vertrek": ({models.Contactmoment, models.Herinnering}, {models.Betrokkene, models.Contactmoment}),
    "overdracht": (set(), set()),
    "iets anders": (set(), set()),
}


def eigen_naam(model: type[Model], mens: Gebruiker | None) -> dict:
    """Who writes signs with her own name."""
    velden = {veld.name for veld in model._meta.concrete_fields}
    return {naam: mens.pk for naam in MENSEN if mens and naam in velden}


@pytest.fixture
def rijen(traject, begeleider) -> dict[type[Model], dict]:
    """A row of every table, of the trajectory of begeleider."""
    with als_gebruiker(begeleider.pk):
        return {model: rij_van(model) for model in BEREIKBAAR}


def van_buiten(model: type[Model], rij: dict | None, mens: Gebruiker | None) -> Iterator[tuple[str, str]]:
    """What comes of everything that this person, who has no business with it, tries on one table."""
    with als_gebruiker(mens.pk) if mens else nullcontext():
        yield "lees", uitkomst(lees(model))
        yield from (("wijzig", uitkomst(een)) for een in wijzig(model))
        yield "haal weg", uitkomst(haal_weg(model))
        if rij:
            yield "schrijf", schrijf(model, rij, **eigen_naam(model, mens))


@pytest.mark.parametrize(
    ("wie", "mag"),
    [
        ("niemand", set()),
        # Whom she will begin with, and a link of her own.
        ("daar", {(models.Jongere, "schrijf"), (models.Agendalink, "schrijf")}),
        ("collega", {(models.Jongere, "schrijf"), (models.Agendalink, "schrijf"), (models.Ladderinstelling, "lees")}),
        ("kernteamlid", set()),
    ],
)
def test_whoever_stands_outside_reads_writes_and_changes_nothing(rijen, traject, daar, kernteamlid, wie, mag):
    collega = RolFactory(initiatief_id=traject.initiatief_id).gebruiker
    mens = {"niemand": None, "daar": daar, "collega": collega, "kernteamlid": kernteamlid}[wie]

    pogingen = [(model, *een) for model in TABELLEN for een in van_buiten(model, rijen.get(model), mens)]

    assert {(model, wat) for model, wat, hoe in pogingen if hoe not in ("niets", "geweigerd")} == mag


def test_nobody_writes_in_the_name_of_somebody_else(rijen, coordinator, begeleider):
    with als_gebruiker(coordinator.pk):
        hoe = {model: schrijf(model, rijen[model], **{veld: begeleider.pk}) for model, veld in IN_NAAM_VAN.items()}

    assert set(hoe.values()) == {"geweigerd"}, hoe


@pytest.mark.parametrize("model", [models.Agendalink, models.Momentconcept])
def test_what_is_ones_own_is_made_by_nobody_else(rijen, begeleider, coordinator, model):
    with als_gebruiker(coordinator.pk):
        assert schrijf(model, rijen[model], gebruiker=begeleider.pk) == "geweigerd"
        assert [uitkomst(een) for een in (lees(model), *wijzig(model))] == ["niets", "niets"]


def hang_aan_ander(model: type[Model], veld: str, rij: dict, ander: models.Traject) -> str:
    """What comes of hanging a row like this one on a piece of the other story."""
    waarop = model._meta.get_field(veld).related_model
    eigen = {"rol": "ouder"} if waarop is models.Betrokkene else {}
    vreemd = waarop.objects.filter(traject=ander, **eigen).values_list("pk", flat=True)[:1].get()
    return schrijf(model, rij, **{veld: str(vreemd)})


def vul_ander(begeleider: Gebruiker, hier: models.Traject) -> models.Traject:
    """Another story of the same counsellor, with whatever a row may hang on; and a parent in both."""
    ander = maak_traject(door=begeleider, initiatief=hier.initiatief, roepnaam="Sem")
    vul_momenten(ander, begeleider)
    vul_perspectief(ander, begeleider)
    for waar in (ander, hier):
        models.Betrokkene(traject=waar, naam="Iemand", rol="ouder").save(force_insert=True)
    return ander


def test_what_hangs_on_another_story_is_refused(rijen, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        ander = vul_ander(begeleider, traject)
        hoe = {(model, veld): hang_aan_ander(model, veld, rijen[model], ander) for model, veld in HANGT_AAN}

    assert set(hoe.values()) == {"geweigerd"}, hoe


def test_nobody_speaks_for_a_young_person_but_a_parent(rijen, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        school = models.Betrokkene(traject=traject, naam="School", rol="school")
        school.save(force_insert=True)

        assert schrijf(models.Toestemming, rijen[models.Toestemming], namens=str(school.pk)) == "geweigerd"
        assert schrijf(models.Toestemming, rijen[models.Toestemming], ingetrokken_op=str(timezone.now())) == "geweigerd"


def test_no_row_is_moved_to_a_circle_that_is_not_hers(rijen, begeleider, coordinator, ander_traject, ander_initiatief):
    elders = {
        "traject": ander_traject.pk,
        "jongere": ander_traject.jongere_id,
        "gebruiker": coordinator.pk,
        "initiatief": ander_initiatief.pk,
    }
    hoe = {}
    for model, veld in BLIJFT:
        with als_gebruiker((coordinator if model is models.Ladderinstelling else begeleider).pk):
            hoe[model, veld] = verplaats(model, veld, elders[veld])

    assert set(hoe.values()) == {"geweigerd"}, hoe


def test_what_the_coordinator_decides_no_counsellor_does(rijen, begeleider):
    with als_gebruiker(begeleider.pk):
        for model in (models.Bewaartermijn, models.Vertrek, models.Ladderinstelling):
            assert [uitkomst(een) for een in wijzig(model)] == ["niets"]
        besloten = {"besluit": "bewaren", "besloten_op": str(timezone.now()), "reden": "Loopt nog."}
        assert schrijf(models.Vertrek, rijen[models.Vertrek], **besloten) == "geweigerd"
        assert schrijf(models.Vertrek, rijen[models.Vertrek], aanleiding="termijn") == "geweigerd"
        assert schrijf(models.Ladderinstelling, rijen[models.Ladderinstelling]) == "geweigerd"


def test_a_moment_is_changed_by_who_wrote_it_within_a_week(traject, begeleider, coordinator):
    with als_gebruiker(begeleider.pk):
        eigen = [uitkomst(een) for een in wijzig(models.Moment)]
        models.Moment.objects.bulk_create(
            [
                models.Moment(
                    traject=traject, tekst="Lang geleden.", door=begeleider, aangemaakt_op=timezone.now() - timedelta(9)
                )
            ]
        )
        daarna = [uitkomst(een) for een in wijzig(models.Moment)]
    with als_gebruiker(coordinator.pk):
        van_ander = [uitkomst(een) for een in wijzig(models.Moment)]

    assert (eigen == daarna, eigen != ["niets"], van_ander) == (True, True, ["niets"])


def test_a_yes_is_taken_back_in_ones_own_name(begeleider, coordinator):
    nu = timezone.now()
    terug = sql.SQL("UPDATE trajecten_toestemming SET ingetrokken_op = %s, ingetrokken_door_id = %s")

    with als_gebruiker(begeleider.pk):
        assert uitkomst(terug, nu, coordinator.pk) == "geweigerd"
        assert uitkomst(terug, nu, begeleider.pk) != "geweigerd"


@pytest.mark.parametrize("taak", PER_TAAK)
def test_a_task_reads_and_changes_what_it_is_for_and_adds_nothing(rijen, taak):
    niets = {"niets", "geweigerd"}

    with als_taak(taak):
        gelezen = {model for model in TABELLEN if uitkomst(lees(model)) not in niets}
        gewijzigd = {model for model in TABELLEN for een in wijzig(model) if uitkomst(een) not in niets}
        geschreven = {model for model in rijen if schrijf(model, rijen[model]) != "geweigerd"}

    assert (gelezen, gewijzigd, geschreven) == (*PER_TAAK[taak], set())
