"""The journey of the young person: chosen and put in order by her, kept word for word, asked for once a year."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import neem_stap_terug, zet_stap
from trajecten.fases import Fase
from trajecten.forms.reis import HOOGSTENS_STUKJES
from trajecten.models import Beleving, KleineStap, Moment, Reisblad, Reisboekje, Terugblik, Traject
from trajecten.models.reis import terugblik_gevraagd

VERZOEK = 4  # what every request adds: begin, session, user, commit
VANDAAG = date(2027, 6, 17)


@pytest.fixture
def adres(traject):
    return lambda naam, *rest: reverse(f"trajecten:{naam}", args=[traject.pk, *rest])


@pytest.fixture
def momenten(traject, begeleider) -> dict[str, Moment]:
    """One moment of each kind, all of today."""
    with als_gebruiker(begeleider.pk):
        return {
            soort.value: Moment.objects.create(
                traject=traject, tekst=f"Dit is een {soort.label}.", soort=soort, door=begeleider
            )
            for soort in Moment.Soort
        }


@pytest.fixture
def maak(als, begeleider, adres):
    """Post the form of a new booklet with this button: `maak("kies", erbij=[…])`."""
    client = als(begeleider)
    return lambda doe, **velden: client.post(adres("boekje_nieuw"), {"titel": "Mijn reis", "doe": doe} | velden)


def gekozen(antwoord) -> list[str]:
    return [blad.sleutel for blad in antwoord.context["gekozen"]]


def test_nothing_is_chosen_to_begin_with_and_own_words_come_first(als, begeleider, adres, momenten):
    antwoord = als(begeleider).get(adres("boekje_nieuw"))

    aangeboden = [blad.sleutel for blad in antwoord.context["keuzes"]]
    assert gekozen(antwoord) == []
    assert "checked" not in antwoord.text
    assert aangeboden[0] == f"moment:{momenten['eigen_woorden'].pk}"
    assert aangeboden[1:3] == ["weg:alles", f"moment:{momenten['lichtje'].pk}"]


def test_all_own_words_are_offered_wherever_they_were_written(traject, begeleider, als, adres):
    with als_gebruiker(begeleider.pk):
        Traject.objects.update(wensdroom="Een hond.")
        zet_stap(traject=traject, naar=Fase.ONDERZOEKEND, door=begeleider, woorden_van_jongere="Ik wil verder.")
        Beleving.objects.create(traject=traject, door=begeleider, behoefte="relatie", stem="jongere", woorden="Fijn.")
        Beleving.objects.create(traject=traject, door=begeleider, behoefte="relatie", stem="ouder", woorden="Zwaar.")
        KleineStap.objects.create(traject=traject, door=begeleider, wat="Gefietst", toestand="gedaan")
        KleineStap.objects.create(traject=traject, door=begeleider, wat="Nog niet", toestand="open")

    antwoord = als(begeleider).get(adres("boekje_nieuw"))

    teksten = [blad.tekst for blad in antwoord.context["keuzes"] if blad.tekst]
    assert teksten[0] == "Een hond."
    assert set(teksten[1:3]) == {"Ik wil verder.", "Fijn."}
    assert teksten[3:] == ["Gefietst"]


def test_pieces_are_added_moved_and_taken_off_and_nothing_is_stored(maak, momenten, begeleider, kijkt_als):
    een, twee, drie = (f"moment:{moment.pk}" for moment in list(momenten.values())[:3])

    erbij = maak("kies", gekozen=[een], erbij=[twee, drie])
    omhoog = maak(f"omhoog {drie}", gekozen=[een, twee, drie])
    omlaag = maak(f"omlaag {een}", gekozen=[een, twee, drie])
    eraf = maak(f"eraf {twee}", gekozen=[een, twee, drie])

    assert gekozen(erbij) == [een, twee, drie]
    assert gekozen(omhoog) == [een, drie, twee]
    assert gekozen(omlaag) == [twee, een, drie]
    assert gekozen(eraf) == [een, drie]
    assert 'value="Mijn reis"' in eraf.text
    kijkt_als(begeleider)
    assert not Reisboekje.objects.exists()


@pytest.mark.parametrize(
    "knop", ["omhoog", "omlaag moment:0", "eraf", "bladzij x", "bladzij 9999999", "bladzij ²", "x"]
)
def test_a_strange_button_changes_nothing(maak, momenten, knop):
    sleutel = f"moment:{momenten['feit'].pk}"

    assert gekozen(maak(knop, gekozen=[sleutel])) == [sleutel]


def test_a_booklet_keeps_the_words_as_they_were_chosen(maak, als, momenten, begeleider, adres, eigenaar_tekst):
    moment = momenten["eigen_woorden"]
    maak("bewaren", gekozen=[f"moment:{moment.pk}"])

    eigenaar_tekst(moment, "Later aangepast.")

    client = als(begeleider)
    assert "Dit is een eigen woorden." in client.get(adres("boekje", 1)).text
    assert "Dit is een eigen woorden." in client.get(adres("boekje_vouwen", 1)).text
    opnieuw = client.get(adres("boekje_nieuw"), {"van": "1"})
    assert [blad.tekst for blad in opnieuw.context["gekozen"]] == ["Later aangepast."]


@pytest.fixture
def eigenaar_tekst(begeleider):
    """Change the text of a moment the way a later version does."""

    def verander(moment: Moment, tekst: str) -> None:
        with als_gebruiker(begeleider.pk):
            Moment.objects.filter(pk=moment.pk).update(tekst=tekst)

    return verander


def test_booklets_are_numbered_and_all_can_be_printed_again(maak, als, begeleider, adres, momenten):
    for soort in ("feit", "lichtje"):
        maak("bewaren", gekozen=[f"moment:{momenten[soort].pk}"])

    client = als(begeleider)
    assert [boekje.nummer for boekje in client.get(adres("boekjes")).context["boekjes"]] == [2, 1]
    assert client.get(adres("boekje_vouwen", 1)).status_code == 200
    assert client.get(adres("boekje", 3)).status_code == 404


def test_what_is_ticked_when_the_booklet_is_kept_comes_along(maak, momenten, begeleider, kijkt_als):
    maak("bewaren", erbij=[f"moment:{momenten['feit'].pk}"])

    kijkt_als(begeleider)
    assert Reisblad.objects.get().sleutel == f"moment:{momenten['feit'].pk}"


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"gekozen": []}, "Er is nog niets gekozen."),
        ({"titel": ""}, "Geef het boekje een titel."),
        ({"titel": "x" * 81}, "er passen 80 tekens"),
        ({"titel": "111222333"}, "een nummer dat een BSN kan zijn"),
        ({"gekozen": ["moment:999999"]}, "Een stukje hoort niet bij deze reis."),
        ({"gekozen": ["moment:-1", "rommel", "wens:bsn", "stap:x", "moment:" + "9" * 40]}, "hoort niet bij deze reis."),
    ],
)
def test_a_mistake_is_explained_and_the_choice_stays(maak, momenten, velden, zin, begeleider, kijkt_als):
    goed = f"moment:{momenten['feit'].pk}"

    antwoord = maak("bewaren", **({"gekozen": [goed]} | velden))

    assert zin in antwoord.text
    assert gekozen(antwoord) == ([] if "gekozen" in velden else [goed])
    kijkt_als(begeleider)
    assert not Reisboekje.objects.exists()


def test_more_pieces_than_fit_are_counted_and_kept(maak, traject, begeleider, kijkt_als):
    kijkt_als(begeleider)
    veel = Moment.objects.bulk_create(
        Moment(traject=traject, tekst=f"Dag {n}.", door=begeleider) for n in range(HOOGSTENS_STUKJES + 1)
    )

    antwoord = maak("bewaren", gekozen=[f"moment:{moment.pk}" for moment in veel])

    assert f"Dit zijn {HOOGSTENS_STUKJES + 1} stukjes. Er passen er {HOOGSTENS_STUKJES} in." in antwoord.text
    assert len(gekozen(antwoord)) == HOOGSTENS_STUKJES + 1


def test_there_is_one_way_and_no_other(maak):
    antwoord = maak("bewaren", gekozen=["weg:halverwege"])

    assert "Een stukje hoort niet bij deze reis." in antwoord.text


def test_a_moment_of_another_trajectory_is_refused_as_unknown(maak, initiatief, begeleider, kijkt_als):
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")
    with als_gebruiker(begeleider.pk):
        vreemd = Moment.objects.create(traject=ander, tekst="Van Sem", door=begeleider)

    antwoord = maak("bewaren", gekozen=[f"moment:{vreemd.pk}"])

    assert "hoort niet bij deze reis" in antwoord.text
    assert "Van Sem" not in antwoord.text


def test_a_booklet_too_thick_to_fold_is_refused(maak, traject, begeleider):
    with als_gebruiker(begeleider.pk):
        dik = Moment.objects.bulk_create(
            Moment(traject=traject, tekst="woord " * 3300, door=begeleider) for _ in range(6)
        )

    antwoord = maak("bewaren", gekozen=[f"moment:{moment.pk}" for moment in dik])

    assert re.search(r"Dit worden \d+ bladzijden\.", antwoord.text)
    assert len(gekozen(antwoord)) == 6


def test_on_paper_the_cover_is_the_right_half_of_the_first_side(maak, als, begeleider, adres, momenten):
    maak("bewaren", titel="<b>Mijn</b> reis", gekozen=["weg:alles", f"moment:{momenten['lichtje'].pk}"])

    antwoord = als(begeleider).get(adres("boekje_vouwen", 1))

    assert [[nummer for nummer, _ in zijde] for zijde in antwoord.context["zijden"]] == [[None, 1], [2, 3]]
    assert "&lt;b&gt;Mijn&lt;/b&gt; reis" in antwoord.text
    ids = re.findall(r'id="([^"]+)"', antwoord.text)
    assert len(ids) == len(set(ids))


def test_a_way_of_forty_stays_gets_as_many_pages_as_it_needs(begeleider, initiatief, als):
    traject = maak_traject(door=begeleider, initiatief=initiatief, op=timezone.localdate() - timedelta(days=200))
    with als_gebruiker(begeleider.pk):
        for nummer in range(39):
            fase = Fase.LANDING if nummer % 2 else Fase.ONDERZOEKEND
            zet_stap(traject=traject, naar=fase, door=begeleider, op=traject.begonnen_op + timedelta(days=nummer))
    client, nieuw = als(begeleider), reverse("trajecten:boekje_nieuw", args=[traject.pk])
    client.post(nieuw, {"titel": "Ver", "doe": "bewaren", "gekozen": ["weg:alles"]})

    stukken = client.get(reverse("trajecten:boekje", args=[traject.pk, 1])).context["stukken"]

    assert [len(stuk.gegevens.stukken) for stuk in stukken] == [12, 12, 12, 4]


def test_the_weather_line_is_drawn_as_it_was(maak, als, traject, begeleider, adres):
    with als_gebruiker(begeleider.pk):
        for weer in ("regen", "zon"):
            Beleving.objects.create(traject=traject, door=begeleider, behoefte="relatie", stem="jongere", weer=weer)
    maak("bewaren", gekozen=["weer:relatie"])
    with als_gebruiker(begeleider.pk):
        Beleving.objects.create(traject=traject, door=begeleider, behoefte="relatie", stem="jongere", weer="onweer")

    antwoord = als(begeleider).get(adres("boekje", 1))

    [stuk] = antwoord.context["stukken"]
    assert [punt.weer for punt in stuk.gegevens.punten] == ["regen", "zon"]
    assert '<ol class="alleen-hoorbaar"><li>regen</li><li>zon</li></ol>' in antwoord.text


@pytest.mark.parametrize("aantal", [1, 100])
def test_choosing_costs_the_same_however_much_there_is(
    traject, begeleider, als, adres, aantal, django_assert_num_queries
):
    with als_gebruiker(begeleider.pk):
        Moment.objects.bulk_create(
            Moment(traject=traject, tekst="Eigen", soort="eigen_woorden", door=begeleider) for _ in range(aantal)
        )
    client = als(begeleider)

    with django_assert_num_queries((8 if aantal == 1 else 7) + VERZOEK):  # on the first page of many no line to draw
        antwoord = client.get(adres("boekje_nieuw"))

    assert len(antwoord.context["keuzes"]) == (2 if aantal == 1 else 40)


def test_one_can_leaf_through_what_there_is_and_keep_what_was_ticked(maak, traject, begeleider):
    with als_gebruiker(begeleider.pk):
        rij = Moment.objects.bulk_create(Moment(traject=traject, tekst="x", door=begeleider) for _ in range(90))

    verder = maak("bladzij 1", erbij=[f"moment:{rij[0].pk}"])

    assert gekozen(verder) == [f"moment:{rij[0].pk}"]
    assert (verder.context["vorige"], verder.context["volgende"]) == (0, 2)


# --- Once a year in the waakvlam ------------------------------------------------------------------------------------


@pytest.fixture
def in_de_waakvlam(begeleider, initiatief, kijkt_als):
    """A trajectory that came into the waakvlam so many days ago."""

    def maak(dagen: int) -> Traject:
        dag = VANDAAG - timedelta(days=dagen)
        with time_machine.travel(VANDAAG, tick=False):
            traject = maak_traject(door=begeleider, initiatief=initiatief, op=dag - timedelta(days=9))
            with als_gebruiker(begeleider.pk):
                traject.naar_fase(Fase.WAAKVLAM, door=begeleider, op=dag, toelichting="x", deur_staat_open=True)
        kijkt_als(begeleider)
        return traject

    return maak


def gevraagd(dag: date = VANDAAG) -> list[Traject]:
    return list(terugblik_gevraagd(Traject.objects.all(), dag))


@pytest.mark.parametrize(("dagen", "wordt_gevraagd"), [(10, False), (364, False), (365, True), (1000, True)])
def test_looking_back_is_asked_after_a_year_in_the_waakvlam(in_de_waakvlam, dagen, wordt_gevraagd):
    traject = in_de_waakvlam(dagen)

    assert gevraagd() == ([traject] if wordt_gevraagd else [])


@pytest.mark.parametrize("wat", ["boekje", "samen", "nu_niet"])
def test_after_a_booklet_a_look_back_or_rather_not_it_is_quiet_for_a_year(in_de_waakvlam, begeleider, wat):
    traject = in_de_waakvlam(400)
    with time_machine.travel("2027-06-17 12:00+02:00", tick=False):
        if wat == "boekje":
            Reisboekje.bewaar(traject, titel="Mijn reis", bladen=[], door=begeleider)
        else:
            Terugblik.objects.create(traject=traject, hoe=wat, door=begeleider)

    assert gevraagd() == []
    assert gevraagd(VANDAAG + timedelta(days=364)) == []
    assert gevraagd(VANDAAG + timedelta(days=365)) == [traject]


def test_who_rests_is_asked_nothing(in_de_waakvlam):
    in_de_waakvlam(400).laat_rusten()

    assert gevraagd() == []


def test_in_another_phase_nothing_is_asked(begeleider, initiatief, kijkt_als):
    maak_traject(door=begeleider, initiatief=initiatief, op=timezone.localdate() - timedelta(days=900))
    kijkt_als(begeleider)

    assert gevraagd(timezone.localdate()) == []


def test_vandaag_asks_it_in_one_row_and_then_no_more(in_de_waakvlam, als, begeleider):
    traject = in_de_waakvlam(400)
    with time_machine.travel("2027-06-17 12:00+02:00", tick=False):
        client = als(begeleider)
        eerst = client.get(reverse("trajecten:vandaag"))
        client.post(reverse("trajecten:terugblik", args=[traject.pk]), {"hoe": "nu_niet"})
        daarna = client.get(reverse("trajecten:vandaag"))

    assert "Samen terugkijken" in eerst.text
    assert reverse("trajecten:boekjes", args=[traject.pk]) in eerst.text
    assert "Samen terugkijken" not in daarna.text


def test_not_now_is_one_tap(als, begeleider, adres, kijkt_als):
    antwoord = als(begeleider).post(adres("terugblik"), {"hoe": "nu_niet"}, follow=True)
    als(begeleider).post(adres("terugblik"), {"hoe": "rommel"})

    assert "Over een jaar vragen we het weer." in antwoord.text
    kijkt_als(begeleider)
    assert [terugblik.hoe for terugblik in Terugblik.objects.all()] == ["nu_niet"]


@pytest.mark.parametrize("tabel", ["reisboekje", "reisblad", "terugblik"])
def test_what_was_kept_cannot_be_changed(begeleider, traject, kijkt_als, tabel):
    kijkt_als(begeleider)

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE trajecten_{tabel} SET id = id")  # noqa: S608


def test_a_piece_cannot_be_slipped_into_the_booklet_of_another(begeleider, initiatief, traject, kijkt_als):
    ander = maak_traject(door=begeleider, initiatief=initiatief, roepnaam="Sem")
    kijkt_als(begeleider)
    boekje = Reisboekje.bewaar(traject, titel="Mijn reis", bladen=[], door=begeleider)

    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Reisblad.objects.create(traject=ander, boekje=boekje, volgorde=1, soort="moment", kop="x", door=begeleider)


def test_a_step_that_was_taken_back_is_not_in_the_journey(traject, begeleider, als, adres):
    with als_gebruiker(begeleider.pk):
        zet_stap(traject=traject, naar=Fase.ONDERZOEKEND, door=begeleider, woorden_van_jongere="Foutje.")
        neem_stap_terug(traject=traject, door=begeleider, volgnummer=2)

    antwoord = als(begeleider).get(adres("boekje_nieuw"))

    [weg] = antwoord.context["keuzes"]
    assert (weg.sleutel, len(weg.gegevens)) == ("weg:alles", 1)
