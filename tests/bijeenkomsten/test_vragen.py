"""Questions for the agenda: their steps, who reads them, who goes first, and what moves on by itself."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from bijeenkomsten.models import Vraag
from bijeenkomsten.models.vraag import DENKTIJD
from bijeenkomsten.voorrang import volgorde, waarom
from bijeenkomsten.vraagstappen import STAPPEN, Stand, Stap, belemmering, kan, samenvoegen_kan_niet
from bijeenkomsten.vragen import (
    beantwoord,
    in_volgorde,
    plaats,
    schuif_alles_door,
    schuif_door,
    steun,
    voeg_samen,
    vrije_minuten,
)
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from collectief.rijbeveiliging import als_gebruiker
from initiatieven.prullenbak import verwijder_voorgoed
from tests.bijeenkomsten.factories import AL_GEWEEST, BijeenkomstFactory, UitnodigingFactory, VraagFactory
from tests.factories import InitiatiefFactory, RolFactory

# Written by hand: what may happen to a question in each state, and where it leads.
MAG = {
    "ingebracht": {
        "plaats": "geplaatst",
        "beantwoord": "beantwoord",
        "schuif_door": "ingebracht",
        "voeg_samen": "samengevoegd",
        "trek_in": "ingetrokken",
    },
    "geplaatst": {
        "plaats": "geplaatst",
        "haal_af": "ingebracht",
        "bespreek": "besproken",
        "beantwoord": "beantwoord",
        "schuif_door": "ingebracht",
        "voeg_samen": "samengevoegd",
        "trek_in": "ingetrokken",
    },
    "besproken": {"nog_niet": "geplaatst", "beantwoord": "beantwoord"},
    "beantwoord": {"beantwoord": "beantwoord"},
    "samengevoegd": {},
    "ingetrokken": {},
}


def geleden(dagen: int, **velden):
    begin = timezone.now() - timedelta(days=dagen)
    return BijeenkomstFactory(begint_op=begin, eindigt_op=begin + timedelta(hours=3), **velden)


def post(soort: str = "vraag_nieuws") -> list[Bericht]:
    return list(Bericht.objects.filter(soort=soort).order_by("pk"))


# --- the tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stand", "stap"), list(product(Stand, Stap)))
def test_the_steps_are_those_of_the_table(stand, stap):
    naar = MAG[stand].get(stap)

    assert kan(stand, stap) is bool(naar)
    assert (belemmering(stand, stap) == "") is bool(naar)
    assert naar is None or STAPPEN[stap][1] == naar


@pytest.mark.parametrize(
    ("zelfde", "stand", "even", "kan_niet"),
    [
        (False, "ingebracht", True, ""),
        (False, "geplaatst", True, ""),
        (True, "ingebracht", True, "Kies een andere vraag"),
        (False, "beantwoord", True, "niets meer bijgevoegd"),
        (False, "samengevoegd", True, "niets meer bijgevoegd"),
        (False, "ingebracht", False, "niet dezelfde mensen"),
    ],
)
def test_which_questions_go_together(zelfde, stand, even, kan_niet):
    gezegd = samenvoegen_kan_niet(is_zelfde=zelfde, stand_van_ander=stand, even_vertrouwelijk=even)

    assert (kan_niet in gezegd) if kan_niet else gezegd == ""


VROEG, LAAT = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("eerst", "daarna"),
    [
        ((0, 0, 0, LAAT), (1, 5, 9, VROEG)),  # not heard goes before everything else
        ((1, 0, 0, LAAT), (2, 5, 9, VROEG)),
        ((1, 2, 0, LAAT), (1, 1, 9, VROEG)),  # then who was carried over more often
        ((0, 0, 3, LAAT), (0, 0, 2, VROEG)),  # then support
        ((0, 0, 0, VROEG), (0, 0, 0, LAAT)),
    ],
)
def test_who_was_not_heard_goes_first(eerst, daarna):
    namen = ("keren_aan_bod", "keer_doorgeschoven", "steun", "ingebracht_op")

    assert volgorde(**dict(zip(namen, eerst, strict=True))) < volgorde(**dict(zip(namen, daarna, strict=True)))


def test_the_order_says_why():
    assert waarom(aan_bod=[], keer_doorgeschoven=0, steun=0) == "Kwam de laatste 3 keer niet aan bod."
    assert waarom(aan_bod=["3 november 2026"], keer_doorgeschoven=1, steun=2) == (
        "Kwam van de laatste 3 keer één keer aan bod: 3 november 2026. Deze vraag schoof al één keer door. "
        "2 andere initiatieven steunen hem."
    )


# --- who reads ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_confidential_question_is_there_for_the_asker_core_team_and_invited_members_only(bezetting):
    bijeenkomst = BijeenkomstFactory()
    for wie in (bezetting.buitenstaander, bezetting.verbondgenoot, bezetting.beheerder):
        UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=wie)
    thuis = RolFactory().gebruiker  # a member who was not invited
    nieuw = RolFactory(initiatief=InitiatiefFactory(lidmaatschap="aangemeld")).gebruiker
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=nieuw)
    vraag = VraagFactory(initiatief=bezetting.initiatief, is_vertrouwelijk=True, bijeenkomst=bijeenkomst)
    los = VraagFactory(initiatief=bezetting.initiatief, is_vertrouwelijk=True)

    def leest(wie):
        with als_gebruiker(wie.pk):
            return set(Vraag.objects.zichtbaar_voor(wie))

    assert leest(bezetting.begeleider) == leest(bezetting.kernteamlid) == {vraag, los}
    assert leest(bezetting.buitenstaander) == {vraag}
    for wie in (thuis, nieuw, bezetting.verbondgenoot, bezetting.beheerder):
        assert leest(wie) == set()


@pytest.mark.django_db
def test_an_open_question_is_there_for_everybody_who_signs_in_until_it_is_withdrawn(bezetting):
    vraag = VraagFactory(initiatief=bezetting.initiatief)
    weg = VraagFactory(initiatief=bezetting.initiatief, stand="ingetrokken")

    assert set(Vraag.objects.zichtbaar_voor(bezetting.verbondgenoot)) == {vraag}
    assert set(Vraag.objects.zichtbaar_voor(bezetting.coordinator)) == {vraag, weg}


@pytest.mark.django_db
def test_whose_confidential_question_was_merged_reads_on_where_it_went(bezetting):
    andere = VraagFactory(is_vertrouwelijk=True)
    onze = VraagFactory(initiatief=bezetting.initiatief, is_vertrouwelijk=True)

    voeg_samen(vraag=onze, in_vraag=andere)

    with als_gebruiker(bezetting.begeleider.pk):
        assert set(Vraag.objects.zichtbaar_voor(bezetting.begeleider)) == {onze, andere}


# --- placing, merging, answering -----------------------------------------------------------------------


@pytest.mark.django_db
def test_placing_takes_minutes_of_the_meeting_and_the_asker_hears_once():
    bijeenkomst, vraag = BijeenkomstFactory(), VraagFactory(vraag="Een geheim")

    plaats(vraag=vraag, bijeenkomst=bijeenkomst, minuten=30)
    plaats(vraag=vraag, bijeenkomst=bijeenkomst, minuten=45)

    assert vrije_minuten(bijeenkomst) == 180 - 45
    (bericht,) = post()
    brief = stel_op(bericht)
    assert bericht.aan == vraag.door
    assert "Een geheim" not in brief.subject + brief.body + str(bericht.gegevens) + bericht.sleutel
    assert bijeenkomst.naam in brief.body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("velden", "minuten", "zin"),
    [
        ({}, 100, "er zijn nog 90 minuten vrij"),
        ({"status": "concept"}, 20, "gepubliceerd"),
        ({"status": "afgelast"}, 20, "gepubliceerd"),
        ({"begint_op": AL_GEWEEST}, 20, "nog komt"),
    ],
)
def test_a_question_gets_no_more_time_than_there_is(velden, minuten, zin):
    bijeenkomst = BijeenkomstFactory(**velden)
    bijeenkomst.programma.create(titel="Eten", minuten=30)
    VraagFactory(bijeenkomst=bijeenkomst, minuten=60)

    with pytest.raises(ValidationError, match=zin):
        plaats(vraag=VraagFactory(), bijeenkomst=bijeenkomst, minuten=minuten)


@pytest.mark.django_db
def test_the_answer_is_told_to_the_asker_and_to_whose_question_was_merged():
    vraag, mee = VraagFactory(), VraagFactory()
    voeg_samen(vraag=mee, in_vraag=vraag)
    Bericht.objects.all().delete()

    beantwoord(vraag=vraag, antwoord="Begin klein.")
    beantwoord(vraag=vraag, antwoord="Begin klein, en samen.")

    assert {bericht.aan for bericht in post()} == {vraag.door, mee.door}
    assert len(post()) == 2
    vraag.refresh_from_db()
    assert (vraag.stand, vraag.antwoord) == ("beantwoord", "Begin klein, en samen.")


@pytest.mark.django_db
def test_merging_takes_supporters_along_and_leaves_the_question_findable():
    vraag, mee, fan = VraagFactory(), VraagFactory(), InitiatiefFactory()
    steun(vraag=mee, initiatief=fan, door=mee.door)
    steun(vraag=mee, initiatief=vraag.initiatief, door=vraag.door)

    voeg_samen(vraag=mee, in_vraag=vraag)

    assert set(vraag.steun.values_list("initiatief", flat=True)) == {fan.pk, mee.initiatief_id}
    mee.refresh_from_db()
    assert (mee.stand, mee.in_vraag) == ("samengevoegd", vraag)
    with pytest.raises(ValidationError, match="hoort nu bij een andere vraag"):
        voeg_samen(vraag=mee, in_vraag=VraagFactory())


@pytest.mark.django_db
def test_an_initiative_supports_once_and_never_itself():
    vraag, ander = VraagFactory(), InitiatiefFactory()

    steun(vraag=vraag, initiatief=ander, door=vraag.door)
    steun(vraag=vraag, initiatief=ander, door=vraag.door)

    assert vraag.steun.count() == 1
    with pytest.raises(ValidationError, match="jullie zelf"):
        steun(vraag=vraag, initiatief=vraag.initiatief, door=vraag.door)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "velden",
    [
        {"stand": "geplaatst"},
        {"stand": "beantwoord", "antwoord": ""},
        {"stand": "samengevoegd"},
        {"minuten": 4},
        {"hulp": "geld"},
        {"stand": "kwijt"},
    ],
)
def test_the_database_refuses_a_question_that_cannot_be(velden):
    with pytest.raises(IntegrityError), transaction.atomic():
        VraagFactory(**velden)


# --- who goes first ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_initiative_without_a_slot_in_the_last_three_meetings_comes_first():
    gehoord, stil, mee = InitiatiefFactory.create_batch(3)
    lang_terug, *laatste = [geleden(dagen) for dagen in (200, 90, 60, 30)]
    geleden(10, soort="op_bezoek")  # a small group: nobody else could have been heard there
    geleden(9, status="concept")
    VraagFactory(initiatief=stil, bijeenkomst=lang_terug, minuten=20, stand="beantwoord")
    VraagFactory(initiatief=stil, bijeenkomst=laatste[0], minuten=20)  # placed, but not reached
    andermans = VraagFactory(initiatief=gehoord, bijeenkomst=laatste[1], minuten=20, stand="besproken")
    VraagFactory(initiatief=mee, stand="samengevoegd", in_vraag=andermans)
    van_mee = VraagFactory(initiatief=mee)
    van_gehoord = VraagFactory(initiatief=gehoord)
    for ander in InitiatiefFactory.create_batch(2):
        steun(vraag=van_gehoord, initiatief=ander, door=van_gehoord.door)
    van_stil = VraagFactory(initiatief=stil)

    vragen = in_volgorde(BijeenkomstFactory())

    assert vragen == [van_stil, van_gehoord, van_mee]
    assert vragen[0].waarom == "Kwam de laatste 3 keer niet aan bod."
    assert "één keer aan bod" in vragen[1].waarom
    assert "één keer aan bod" in vragen[2].waarom


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [1, 10])
def test_the_order_takes_three_queries(django_assert_num_queries, aantal):
    geleden(5)
    VraagFactory.create_batch(aantal)
    bijeenkomst = BijeenkomstFactory()

    with django_assert_num_queries(3):
        assert len(in_volgorde(bijeenkomst)) == aantal


# --- carried over by itself ----------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_was_not_reached_moves_to_the_next_meeting_for_everybody_and_the_asker_hears():
    voorbij = geleden(5)
    BijeenkomstFactory(soort="op_bezoek", begint_op=timezone.now() + timedelta(days=1))
    BijeenkomstFactory(status="concept", begint_op=timezone.now() + timedelta(days=2))
    volgende = BijeenkomstFactory()
    blijft = VraagFactory(bijeenkomst=voorbij, minuten=20, stand="besproken")
    verder = VraagFactory(bijeenkomst=voorbij, minuten=20)

    assert schuif_alles_door() == 1
    assert schuif_alles_door() == 0

    verder.refresh_from_db()
    blijft.refresh_from_db()
    assert (verder.bijeenkomst, verder.stand, verder.minuten, verder.keer_doorgeschoven) == (
        volgende,
        "ingebracht",
        None,
        1,
    )
    assert blijft.bijeenkomst == voorbij
    (bericht,) = post()
    assert bericht.aan == verder.door
    assert in_volgorde(volgende) == [verder]


@pytest.mark.django_db
def test_without_a_next_meeting_a_question_waits_for_whichever_comes_first():
    verder = VraagFactory(bijeenkomst=geleden(5), minuten=20)

    schuif_door(vraag=verder)

    assert in_volgorde(BijeenkomstFactory()) == [verder]


@pytest.mark.django_db
def test_there_are_two_days_to_write_down_what_was_reached_but_a_call_off_counts_at_once():
    net_voorbij, lang = geleden(1), geleden(0)
    lang.eindigt_op = timezone.now() - DENKTIJD
    lang.begint_op = lang.eindigt_op - timedelta(hours=1)
    lang.save()
    vers = VraagFactory(bijeenkomst=net_voorbij, minuten=20)
    oud = VraagFactory(bijeenkomst=lang, minuten=20)
    afgelast = VraagFactory(bijeenkomst=BijeenkomstFactory(status="afgelast"), minuten=20)

    assert set(Vraag.objects.te_verschuiven(timezone.now())) == {oud, afgelast}
    assert vers.loopt


@pytest.mark.django_db
def test_the_question_of_who_left_for_good_stays_for_those_who_supported_it(als, kernteamlid):
    vraag, ander = VraagFactory(), VraagFactory()
    weg = vraag.initiatief
    steun(vraag=vraag, initiatief=ander.initiatief, door=ander.door)
    steun(vraag=ander, initiatief=weg, door=vraag.door)
    type(weg).objects.filter(pk=weg.pk).update(
        lidmaatschap="gestopt", verwijderd_op=timezone.now() - timedelta(days=31)
    )

    assert verwijder_voorgoed() == 1

    vraag.refresh_from_db()
    assert (vraag.initiatief, vraag.loopt, vraag.steun.count(), ander.steun.count()) == (None, True, 1, 0)
    assert "een initiatief dat er niet meer is" in als(kernteamlid).get(vraag.get_absolute_url()).text
    voeg_samen(vraag=vraag, in_vraag=ander)
    assert ander.steun.count() == 0  # who supported it asked the other one
