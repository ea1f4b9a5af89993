"""How it goes: told by everybody as herself, drawn as a line, never added up and never required."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from collectief.rijbeveiliging import als_gebruiker
from trajecten.models import Beleving, Betrokkene
from trajecten.weerlijn import BREEDTE, HOOGSTENS, HOOGTE, teken_weer

# Written by hand a second time: what is asked, and the weather from which somebody chooses.
BEHOEFTEN = ["relatie", "autonomie", "competentie", "welbevinden"]
VERZOEK = 4  # what every request adds: begin, session, user, commit
WEREN = ["onweer", "regen", "wolken", "opklaring", "zon"]


@pytest.fixture
def vandaag() -> str:
    return timezone.localdate().isoformat()


@pytest.fixture
def vertel(als, begeleider, traject, vandaag):
    """Post answers: `vertel("jongere", weer_relatie="zon")`."""
    client = als(begeleider)
    adres = reverse("trajecten:kijken_nieuw", args=[traject.pk])
    return lambda wie, **velden: client.post(adres, {"wie": wie, "datum": vandaag} | velden)


@pytest.fixture
def pagina(als, begeleider, traject):
    client = als(begeleider)
    return lambda **vraag: client.get(reverse("trajecten:kijken", args=[traject.pk]), vraag)


@pytest.fixture
def ouder(traject, begeleider):
    with als_gebruiker(begeleider.pk):
        moeder = Betrokkene(traject=traject, naam="Mam", rol="ouder")
        moeder.save(force_insert=True)
    return moeder


def maak(traject, door, aantal=1, **velden) -> list[Beleving]:
    velden = {"behoefte": "relatie", "stem": "jongere", "weer": "zon"} | velden
    with als_gebruiker(door.pk):
        return Beleving.objects.bulk_create(
            [Beleving(traject=traject, door=door, **velden) for _ in range(aantal)],
        )


def test_four_needs_are_asked_and_the_weather_has_no_number():
    assert Beleving.Behoefte.values == BEHOEFTEN
    assert Beleving.Weer.values == WEREN
    assert not [veld for veld in Beleving._meta.get_fields() if "Integer" in type(veld).__name__ and veld.name != "id"]


def test_a_young_person_answers_one_thing_and_leaves_out_three(vertel, traject, begeleider, kijkt_als):
    vertel("jongere", weer_autonomie="regen", woorden_autonomie="Ik mocht niet kiezen.")

    kijkt_als(begeleider)
    antwoord = Beleving.objects.get()
    assert (antwoord.behoefte, antwoord.weer, antwoord.woorden) == ("autonomie", "regen", "Ik mocht niet kiezen.")
    assert (antwoord.stem, antwoord.ouder, antwoord.door) == ("jongere", None, begeleider)


def test_everybody_stands_on_the_page_as_herself_with_who_wrote_it_down(vertel, pagina, ouder):
    vertel("jongere", weer_relatie="zon")
    vertel(f"ouder:{ouder.pk}", weer_relatie="regen")
    vertel("begeleider", weer_relatie="wolken")

    inhoud = pagina()

    relatie = dict(inhoud.context["behoeften"])["relatie"]
    assert [stemlijn.wie for stemlijn in relatie] == ["Noor", "Mam (ouder)", "Bo Begeleider (begeleider)"]
    assert inhoud.text.count("Opgeschreven door Bo Begeleider") == 3


def test_two_parents_and_two_counsellors_are_four_voices(traject, begeleider, coordinator, ouder, pagina):
    with als_gebruiker(begeleider.pk):
        vader = Betrokkene(traject=traject, naam="Pap", rol="ouder")
        vader.save(force_insert=True)
    for mens in (ouder, vader):
        maak(traject, begeleider, stem="ouder", ouder=mens)
    for wie in (begeleider, coordinator):
        maak(traject, wie, stem="begeleider")

    relatie = dict(pagina().context["behoeften"])["relatie"]

    assert len(relatie) == 4


def test_without_a_known_parent_a_parent_can_still_answer(vertel, pagina):
    vertel("ouder", weer_welbevinden="zon")

    assert [lijn.wie for lijn in dict(pagina().context["behoeften"])["welbevinden"]] == ["Een ouder"]


def test_a_correction_is_a_new_answer_and_the_first_one_stays(vertel, pagina):
    vertel("jongere", weer_relatie="regen")
    vertel("jongere", weer_relatie="zon")

    inhoud = pagina()
    [lijn] = dict(inhoud.context["behoeften"])["relatie"]
    assert [antwoord.weer for antwoord in lijn.antwoorden] == ["zon", "regen"]
    assert [punt.weer for punt in lijn.lijn.punten] == ["regen", "zon"]
    assert f'<path stroke="var(--lijn)" stroke-width="3" d="{lijn.lijn.pad}"/>' in inhoud.text


def test_words_alone_are_an_answer_and_stand_on_no_line(vertel, pagina):
    vertel("jongere", woorden_competentie="Ik weet het nog niet.")

    [lijn] = dict(pagina().context["behoeften"])["competentie"]
    assert (lijn.lijn.punten, lijn.antwoorden[0].woorden) == ([], "Ik weet het nog niet.")


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({}, "Er is nog niets gekozen of geschreven."),
        ({"wie": ""}, "Kies wie er antwoordt."),
        ({"wie": "ouder:1234"}, "Kies een van deze mensen."),
        ({"wie": "ouder"}, "Kies een van deze mensen."),
        ({"weer_relatie": "9"}, "Kies een van de tekeningen, of sla deze over."),
        ({"woorden_relatie": "bsn 111222333"}, "een nummer dat een BSN kan zijn"),
        ({"woorden_relatie": "x" * 100_000}, "er passen 2000 tekens"),
        ({"datum": "gisteren"}, "Dit is geen datum."),
        ({"datum": "2999-01-01"}, "Kies een datum tot en met vandaag."),
        ({"datum": "1999-01-01"}, "Kies die dag of later."),
    ],
)
def test_a_mistake_is_explained_and_what_was_typed_stays(vertel, ouder, traject, begeleider, kijkt_als, velden, zin):
    ingevuld = {"woorden_welbevinden": "Wel oké, denk ik."} if velden else {}

    antwoord = vertel(**{"wie": "jongere"} | ingevuld | velden)

    assert zin in antwoord.text
    assert not ingevuld or "Wel oké, denk ik." in antwoord.text
    kijkt_als(begeleider)
    assert not Beleving.objects.exists()


def test_a_parent_of_another_trajectory_cannot_be_chosen(vertel, ander_traject, buitenstaander, begeleider, kijkt_als):
    with als_gebruiker(buitenstaander.pk):
        vreemd = Betrokkene(traject=ander_traject, naam="Oma", rol="ouder")
        vreemd.save(force_insert=True)

    assert "Kies een van deze mensen." in vertel(f"ouder:{vreemd.pk}", weer_relatie="zon").text
    kijkt_als(begeleider)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Beleving.objects.create(
            traject_id=Betrokkene.objects.values_list("traject", flat=True)[0],
            door=begeleider,
            behoefte="relatie",
            stem="ouder",
            ouder=vreemd,
            weer="zon",
        )


def test_the_drawing_is_chosen_by_keyboard_and_heard_by_name(als, begeleider, traject):
    inhoud = als(begeleider).get(reverse("trajecten:kijken_nieuw", args=[traject.pk])).text

    for behoefte in BEHOEFTEN:
        assert len(re.findall(rf'<input type="radio" name="weer_{behoefte}"', inhoud)) == len(WEREN) + 1
    assert inhoud.count('<span class="alleen-hoorbaar">zon en wolken</span>') == len(BEHOEFTEN)
    assert inhoud.count('<span class="alleen-hoorbaar">sla ik over</span>') == len(BEHOEFTEN)


def test_pasted_html_is_shown_as_it_was_typed(vertel, pagina):
    vertel("jongere", woorden_relatie="<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in pagina().text


def test_an_empty_page_asks_for_nothing(pagina):
    assert pagina().text.count("Hier is nog niets over verteld. Dat hoeft ook niet.") == 4


@pytest.mark.parametrize("aantal", [1, 30])
def test_the_page_costs_the_same_however_much_was_told(
    traject, begeleider, coordinator, pagina, aantal, django_assert_num_queries
):
    for behoefte in BEHOEFTEN:
        maak(traject, begeleider, aantal, behoefte=behoefte)
        maak(traject, coordinator, aantal, behoefte=behoefte, stem="begeleider")

    with django_assert_num_queries(3 + VERZOEK):
        inhoud = pagina()

    relatie = dict(inhoud.context["behoeften"])["relatie"]
    assert [len(lijn.antwoorden) for lijn in relatie] == [min(aantal, HOOGSTENS)] * 2


def test_all_answers_can_be_leafed_through(traject, begeleider, pagina):
    maak(traject, begeleider, 50)

    eerste = pagina(voor="")
    tweede = pagina(voor=eerste.context["ouder"])

    assert (len(eerste.context["antwoorden"]), len(tweede.context["antwoorden"])) == (40, 10)
    assert tweede.context["ouder"] is None


@pytest.mark.parametrize("voor", ["x", "-1", "9" * 30, "٣"])
def test_a_strange_bookmark_gives_a_page(pagina, voor):
    assert pagina(voor=voor).status_code == 200


def test_an_answer_cannot_be_changed_taken_away_or_given_in_anothers_name(traject, begeleider, coordinator, kijkt_als):
    maak(traject, begeleider)
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Beleving.objects.update(weer="zon")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trajecten_beleving")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Beleving.objects.create(traject=traject, door=coordinator, behoefte="relatie", stem="begeleider", weer="zon")


def test_an_answer_says_something_and_only_a_parent_is_a_parent(traject, begeleider, ouder):
    with pytest.raises(IntegrityError, match="beleving_zegt_iets"), transaction.atomic():
        maak(traject, begeleider, weer="")
    with pytest.raises(IntegrityError, match="beleving_ouder_is_ouder"), transaction.atomic():
        maak(traject, begeleider, ouder=ouder)


def test_an_answer_can_be_about_an_earlier_day_of_the_trajectory(begeleider, initiatief, als, kijkt_als):
    from tests.trajecten.bezetting import maak_traject

    begin = timezone.localdate() - timedelta(days=30)
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=begin)
    adres = reverse("trajecten:kijken_nieuw", args=[traject.pk])

    als(begeleider).post(adres, {"wie": "jongere", "datum": begin.isoformat(), "weer_relatie": "zon"})

    kijkt_als(begeleider)
    assert Beleving.objects.get().datum == begin


@given(weren=st.lists(st.sampled_from(WEREN), max_size=20))
@settings(deadline=None, max_examples=50)
def test_every_line_fits_its_frame_and_goes_any_way(weren):
    lijn = teken_weer(weren)

    assert [punt.weer for punt in lijn.punten] == weren[-HOOGSTENS:]
    assert all(19 <= punt.x <= BREEDTE - 19 and 19 <= punt.y <= HOOGTE - 19 for punt in lijn.punten)
    getallen = [int(getal) for getal in re.findall(r"-?\d+", lijn.pad)]
    assert all(0 <= x <= BREEDTE for x in getallen[0::2])
    assert all(0 <= y <= HOOGTE for y in getallen[1::2])


def test_the_same_weather_stands_at_the_same_height_whoever_told_it():
    op_en_neer = teken_weer(["zon", "onweer", "zon"]).punten

    assert op_en_neer[0].y == op_en_neer[2].y != op_en_neer[1].y
