"""Date polls: which date is best and why, DST, asking, answering, and one meeting out of it."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.forms.datumprikker import DataForm, MensenForm
from bijeenkomsten.models import Bijeenkomst, Prik, Prikgast
from bijeenkomsten.prikken import (
    herinner,
    maak_bijeenkomst,
    stop,
    vraag_mensen,
    zet_data_erbij,
)
from bijeenkomsten.prikstand import beste, weeg
from collectief.post.models import Bericht
from tests.bijeenkomsten.prikkerfactories import DatumprikkerFactory, PrikdatumFactory, PrikgastFactory
from tests.factories import RolFactory
from tests.samen import tegelijk

NU = datetime(2026, 9, 1, tzinfo=UTC)


def url(naam: str, *args) -> str:
    return reverse(f"bijeenkomsten:{naam}", args=args)


def tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().split())


# --- the best date -------------------------------------------------------------------------------------


@dataclass
class Dag:
    pk: int
    begint_op: datetime


@dataclass
class Mens:
    naam: str
    keuzes: dict = field(default_factory=dict)
    is_nodig: bool = False


def keuze(*woorden: str, nodig: bool = False, naam: str = "iemand") -> Mens:
    return Mens(naam, {nummer: woord for nummer, woord in enumerate(woorden) if woord}, nodig)


@pytest.mark.parametrize(
    ("mensen", "volgorde", "waarom"),
    [
        ([keuze("ja", "nee")], [0], "1 van de 1 kan."),
        ([keuze("ja", "ja"), keuze("nee", "desnoods")], [1, 0], "2 van de 2 kunnen, 1 daarvan als het moet."),
        ([keuze("desnoods", "ja")], [1, 0], "1 van de 1 kan."),
        (
            [keuze("ja", "ja"), keuze("ja", "nee"), keuze("nee", "ja", nodig=True, naam="Nina")],
            [1, 0],
            "2 van de 3 kunnen.",
        ),
        (
            [keuze("ja", "nee"), keuze("", "ja", nodig=True, naam="Nina")],
            [1, 0],
            "1 van de 2 kan.",
        ),
        ([keuze("ja", "ja")], [0, 1], "1 van de 1 kan."),  # the earliest when all is equal
        ([keuze("nee", "nee")], [], ""),
    ],
)
def test_the_best_date_and_its_reason(mensen, volgorde, waarom):
    dagen = [Dag(nummer, NU + timedelta(days=nummer + 1)) for nummer in range(2)]

    wegingen = beste(weeg(dagen, mensen), nu=NU)

    assert [weging.datum.pk for weging in wegingen] == volgorde
    assert not volgorde or wegingen[0].waarom == waarom


def test_who_has_to_be_there_is_named_and_a_date_of_the_past_is_never_best():
    gisteren, straks = Dag(0, NU - timedelta(days=1)), Dag(1, NU + timedelta(days=1))
    mensen = [keuze("ja", "ja"), keuze("ja", "nee", nodig=True, naam="Nina"), Mens("Ali", {}, is_nodig=True)]

    (weging,) = beste(weeg([gisteren, straks], mensen), nu=NU)

    assert weging.waarom == (
        "1 van de 3 kan. Nina moet erbij zijn en kan niet. Van Ali, die erbij moet zijn, weten we het nog niet."
    )


# --- dates -----------------------------------------------------------------------------------------------


def data_uit(**velden) -> DataForm:
    form = DataForm({"datum": "2027-01-12", "begin": "15:30", "eind": "17:00"} | velden)
    form.is_valid()
    return form


def test_one_date_and_a_series_without_public_holidays():
    (een,) = data_uit().cleaned_data["data"]
    reeks = data_uit(datum="2027-05-03", tot="2027-05-14", dagen=["3", "4"]).cleaned_data["data"]

    assert een == (datetime(2027, 1, 12, 14, 30, tzinfo=UTC), datetime(2027, 1, 12, 16, tzinfo=UTC))
    assert [van.day for van, _ in reeks] == [12, 13]  # the 5th is Liberation Day, the 6th Ascension Day


def test_a_time_that_the_clock_skips_is_refused():
    assert "bestaat die nacht niet" in data_uit(datum="2027-03-28", begin="02:30", eind="04:00").errors["begin"][0]


@pytest.mark.parametrize(
    ("begin", "eind", "minuten"),
    [("02:15", "02:45", 30), ("02:45", "02:15", 30), ("01:30", "03:30", 180), ("02:30", "03:30", 120)],
)
def test_in_the_hour_that_comes_twice_a_date_lasts_as_long_as_it_really_does(begin, eind, minuten):
    ((van, tot),) = data_uit(datum="2027-10-31", begin=begin, eind=eind).cleaned_data["data"]

    assert tot - van == timedelta(minutes=minuten)


def test_the_second_of_two_equal_times_is_named_as_winter_time():
    datum = PrikdatumFactory.build(
        begint_op=datetime(2027, 10, 31, 0, 45, tzinfo=UTC), eindigt_op=datetime(2027, 10, 31, 1, 15, tzinfo=UTC)
    )

    assert datum.wanneer == "zondag 31 oktober 2027, 02:45 tot 02:15 (wintertijd) uur"


@pytest.mark.parametrize(
    ("velden", "veld", "zin"),
    [
        ({"datum": ""}, "datum", "Vul een datum in."),
        ({"datum": "2027-02-30"}, "datum", "niet op de kalender"),
        ({"begin": "17:00", "eind": "15:00"}, "eind", "na de begintijd"),
        ({"tot": "2027-01-11"}, "tot", "na de eerste dag"),
        ({"tot": "2028-01-11"}, "tot", "half jaar"),
        ({"tot": "2027-06-30", "dagen": ["1", "2", "3", "4", "5"]}, "tot", "hooguit 60"),
        ({"tot": "2027-01-13", "dagen": ["6"]}, "dagen", "geen van deze dagen"),
        ({"tot": "2027-01-13", "dagen": ["9"]}, "dagen", "uit de lijst"),
    ],
)
def test_strange_dates_are_asked_again(velden, veld, zin):
    assert zin in data_uit(**velden).errors[veld][0]


# --- people ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_people_are_read_line_by_line():
    form = MensenForm({"adressen": "Nina Visser, NINA@voorbeeld.nl\n\nAli <ali@voorbeeld.nl>\nx@voorbeeld.nl"})

    assert form.is_valid()
    assert form.cleaned_data["mensen"] == [
        ("Nina Visser", "nina@voorbeeld.nl"),
        ("Ali", "ali@voorbeeld.nl"),
        ("x", "x@voorbeeld.nl"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("adressen", ["", "Nina", "Nina, a@b@c", "Nina <nina>", "a@b.nl\r\nBcc: x"])
def test_a_line_without_an_address_is_asked_again(adressen):
    assert not MensenForm({"adressen": adressen}).is_valid()


@pytest.mark.django_db
def test_everybody_is_asked_once_and_reminded_at_most_once_a_day():
    prikker = PrikdatumFactory().prikker
    account = RolFactory().gebruiker
    mensen = [("Nina", "Nina@voorbeeld.nl"), ("Iemand", account.email)]

    assert vraag_mensen(prikker=prikker, mensen=mensen, is_nodig=True) == 2
    assert vraag_mensen(prikker=prikker, mensen=mensen, is_nodig=True) == 0
    Prikgast.objects.get(gebruiker=account).prik({})
    assert herinner(prikker=prikker) == 1
    herinner(prikker=prikker)

    assert Bericht.objects.filter(soort="datumprikker").count() == 3
    assert Prikgast.objects.get(gebruiker=account).naam == account.naam


@pytest.mark.django_db
def test_a_poll_without_dates_asks_nobody_and_a_closed_one_changes_no_more():
    with pytest.raises(ValidationError, match="eerst een datum"):
        vraag_mensen(prikker=DatumprikkerFactory(), mensen=[("A", "a@b.nl")], is_nodig=False)
    datum = PrikdatumFactory()
    vraag_mensen(prikker=datum.prikker, mensen=[("A", "a@b.nl")], is_nodig=False)
    stop(prikker=datum.prikker)

    assert Bericht.objects.get().toestand == "vervallen"
    for doe in (
        lambda: vraag_mensen(prikker=datum.prikker, mensen=[], is_nodig=False),
        lambda: zet_data_erbij(prikker=datum.prikker, data=[]),
        lambda: maak_bijeenkomst(datum=datum, is_openbaar=False, hele_groep=False),
    ):
        with pytest.raises(ValidationError, match="loopt niet meer"):
            doe()


@pytest.mark.django_db
def test_a_date_stands_in_a_poll_once_and_there_are_at_most_sixty():
    prikker = DatumprikkerFactory()
    paren = [(NU + timedelta(days=dag), NU + timedelta(days=dag, hours=1)) for dag in range(60)]

    assert zet_data_erbij(prikker=prikker, data=paren + paren) == 60
    assert zet_data_erbij(prikker=prikker, data=paren[:3]) == 0
    with pytest.raises(ValidationError, match="hooguit 60"):
        zet_data_erbij(prikker=prikker, data=[(NU, NU + timedelta(minutes=5))])


# --- answering ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_guest_answers_by_the_link_changes_it_and_leaves_a_date_open(client):
    eerste = PrikdatumFactory()
    tweede = PrikdatumFactory(prikker=eerste.prikker, begint_op=eerste.begint_op + timedelta(days=1))
    gast, ander = PrikgastFactory(prikker=eerste.prikker), PrikgastFactory(prikker=eerste.prikker, naam="Een ander")
    ander.prik({eerste.pk: "nee"})

    client.post(gast.pad, {f"d{eerste.pk}": "ja", f"d{tweede.pk}": "desnoods"})
    pagina = tekst(client.post(gast.pad, {f"d{eerste.pk}": "nee", f"d{tweede.pk}": ""}, follow=True))

    assert list(Prik.objects.filter(gast=gast).values_list("datum", "keuze")) == [(eerste.pk, "nee")]
    assert "Bewaard, dank je." in pagina
    assert "Een ander" not in pagina
    assert "sessie" not in client.cookies


@pytest.mark.django_db
def test_nothing_chosen_is_no_answer(client):
    datum = PrikdatumFactory()
    gast = PrikgastFactory(prikker=datum.prikker)

    pagina = tekst(client.post(gast.pad, {f"d{datum.pk}": ""}))

    gast.refresh_from_db()
    assert "Kies bij minstens één datum." in pagina
    assert gast.beantwoord_op is None


@pytest.mark.django_db
def test_a_strange_answer_is_refused_and_what_was_chosen_stays_on_the_page(client):
    eerste = PrikdatumFactory()
    tweede = PrikdatumFactory(prikker=eerste.prikker, begint_op=eerste.begint_op + timedelta(days=1))
    gast = PrikgastFactory(prikker=eerste.prikker)

    antwoord = client.post(gast.pad, {f"d{eerste.pk}": "ja", f"d{tweede.pk}": "misschien"})

    assert antwoord.status_code == 200
    assert f'name="d{eerste.pk}" value="ja" checked' in tekst(antwoord)
    assert not Prik.objects.exists()
    assert client.get(url("prikken", "bestaat-niet")).status_code == 404


@pytest.mark.django_db
def test_after_the_choice_the_link_says_which_date_it_became(client):
    datum = PrikdatumFactory()
    gast = PrikgastFactory(prikker=datum.prikker)

    bijeenkomst = maak_bijeenkomst(datum=datum, is_openbaar=False, hele_groep=False)
    client.post(gast.pad, {f"d{datum.pk}": "nee"})

    assert f"Het is {bijeenkomst.wanneer} geworden." in tekst(client.get(gast.pad))
    assert not Prik.objects.exists()


# --- one meeting ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_action_makes_a_meeting_and_invites_everybody_who_was_asked(als, kernteamlid):
    lid = RolFactory()
    datum = PrikdatumFactory(prikker=DatumprikkerFactory(titel="Aan tafel", plaats="De Schuur", door=kernteamlid))
    vraag_mensen(prikker=datum.prikker, mensen=[("Nina", "nina@b.nl"), ("X", lid.gebruiker.email)], is_nodig=False)
    rest = RolFactory().gebruiker

    antwoord = als(kernteamlid).post(url("prikdatum_kies", datum.prikker_id, datum.pk), {"hele_groep": "on"})
    pagina = als(kernteamlid).get(url("datumprikker", datum.prikker_id)).text

    bijeenkomst = Bijeenkomst.objects.get()
    assert antwoord.url == url("beheer", bijeenkomst.pk)
    assert f"Het werd {bijeenkomst.wanneer}." in pagina
    assert "Het beste past" not in pagina
    assert (bijeenkomst.titel, bijeenkomst.plaats, bijeenkomst.status) == ("Aan tafel", "De Schuur", "gepubliceerd")
    assert (bijeenkomst.begint_op, bijeenkomst.is_openbaar) == (datum.begint_op, False)
    assert list(bijeenkomst.trekkers.all()) == [kernteamlid]
    assert {(u.gebruiker, u.adres) for u in bijeenkomst.uitnodigingen.all()} == {
        (None, "nina@b.nl"),
        (lid.gebruiker, ""),
        (rest, ""),
    }
    assert bijeenkomst.uitnodigingen.get(gebruiker=lid.gebruiker).initiatief == lid.initiatief
    assert Bericht.objects.filter(soort="bijeenkomst_uitnodiging").count() == 3
    assert set(Bericht.objects.filter(soort="datumprikker").values_list("toestand", flat=True)) == {"vervallen"}


@pytest.mark.django_db
def test_looking_at_a_choice_makes_nothing_and_a_date_of_the_past_makes_no_meeting(als, kernteamlid):
    datum = PrikdatumFactory(begint_op=timezone.now() - timedelta(days=1))

    pagina = als(kernteamlid).get(url("prikdatum_kies", datum.prikker_id, datum.pk))
    daarna = als(kernteamlid).post(url("prikdatum_kies", datum.prikker_id, datum.pk), follow=True)

    assert "Wordt het deze datum?" in tekst(pagina)
    assert "Deze datum is al geweest." in tekst(daarna)
    assert not Bijeenkomst.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_make_a_meeting_and_two_who_answer_at_once_get_one_meeting_and_no_answer_is_lost_unsaid():
    datum = PrikdatumFactory()
    gasten = [PrikgastFactory(prikker=datum.prikker) for _ in range(2)]
    wat = [lambda gast=gast: gast.prik({datum.pk: "ja"}) for gast in gasten]
    wat += [lambda: maak_bijeenkomst(datum=datum, is_openbaar=False, hele_groep=False)] * 2

    uitkomsten = tegelijk(*wat, weigert=ValidationError)

    geweigerd = [uitkomst.code for uitkomst in uitkomsten if isinstance(uitkomst, ValidationError)]
    assert Bijeenkomst.objects.count() == 1
    assert set(geweigerd) == {"dicht"}
    # one made the meeting; an answer is kept, or its giver reads that the poll is closed
    assert Prik.objects.count() == 4 - len(geweigerd) - 1


@pytest.mark.django_db
@pytest.mark.parametrize("velden", [{"stand": "weg"}, {"soort": "online"}, {"soort": "feest"}])
def test_the_database_refuses_a_poll_that_cannot_be(velden):
    with pytest.raises(IntegrityError), transaction.atomic():
        DatumprikkerFactory(**velden)


# --- the page --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_forty_people_and_sixty_dates_take_four_queries_and_fifty_milliseconds(als, kernteamlid):
    prikker = DatumprikkerFactory()
    zet_data_erbij(
        prikker=prikker,
        data=[(timezone.now() + timedelta(days=d), timezone.now() + timedelta(days=d, hours=1)) for d in range(1, 61)],
    )
    gasten = PrikgastFactory.create_batch(40, prikker=prikker)
    keuzes = ("ja", "desnoods", "nee")
    Prik.objects.bulk_create(
        Prik(gast=gast, datum=datum, keuze=keuzes[(nummer + datum.pk) % 3])
        for nummer, gast in enumerate(gasten)
        for datum in prikker.data.all()
    )
    client = als(kernteamlid)
    client.get(url("datumprikker", prikker.pk))

    with CaptureQueriesContext(connection) as vragen:
        pagina = client.get(url("datumprikker", prikker.pk))
    gevraagd = [vraag["sql"] for vraag in vragen.captured_queries if "SAVEPOINT" not in vraag["sql"]]
    duur = min(_duur(client, prikker.pk) for _ in range(5))

    assert len(gevraagd) == 4
    assert pagina.content.count(b"data-keuze") == 2400
    assert pagina.content.count(b"<p>Kan: ") == 60  # the same as sentences, for a phone
    assert duur < 0.05  # seconds of processor time, about twice what it takes


def _duur(client: Client, pk: int) -> float:
    begin = time.process_time()
    client.get(url("datumprikker", pk))
    return time.process_time() - begin
