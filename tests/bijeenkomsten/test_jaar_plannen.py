"""Planning a school year: proposed dates, clashes, moving, publishing, files in and out."""

import csv
import io
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.importeren import OnleesbaarBestand, als_csv, maak_plan, voer_uit
from bijeenkomsten.models import Bijeenkomst, Schoolvakantie
from bijeenkomsten.planning import botsingen, kalender, publiceer_jaar, stel_jaar_voor
from bijeenkomsten.schooljaar import Schooljaar
from bijeenkomsten.sjabloon import SJABLOON, TUSSENRUIMTE, seizoen, stel_dagen_voor, volgorde
from collectief.werkdagen import AMSTERDAM
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory

JAAR = Schooljaar(2026)
AANTALLEN = {soort: vorm.aantal for soort, vorm in SJABLOON.items()}
# Written a second time by hand, after the decision: the weeks in which no region has school in 2026-2027.
VAKANTIES = [
    ("herfst", "noord", date(2026, 10, 10), date(2026, 10, 18)),
    ("herfst", "zuid", date(2026, 10, 17), date(2026, 10, 25)),
    ("kerst", "midden", date(2026, 12, 19), date(2027, 1, 3)),
    ("voorjaar", "zuid", date(2027, 2, 13), date(2027, 2, 21)),
    ("mei", "noord", date(2027, 4, 24), date(2027, 5, 2)),
    ("zomer", "noord", date(2027, 7, 10), date(2027, 8, 22)),
]


def url(naam: str, *args) -> str:
    return reverse(f"bijeenkomsten:{naam}", args=args)


def tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().split())


def vakantie(soort: str, regio: str, van: date, tot: date) -> Schoolvakantie:
    return Schoolvakantie(schooljaar=Schooljaar.van_dag(van).jaar, soort=soort, regio=regio, van=van, tot_en_met=tot)


@pytest.fixture
def vakanties(db) -> list[Schoolvakantie]:
    """Just these holidays, whatever the table held."""
    Schoolvakantie.objects.all().delete()
    return Schoolvakantie.objects.bulk_create(vakantie(*rij) for rij in VAKANTIES)


def concept(dag: date, **velden) -> Bijeenkomst:
    begin = datetime.combine(dag, time(14), tzinfo=AMSTERDAM)
    return BijeenkomstFactory(begint_op=begin, status="concept", **velden)


# --- The template ------------------------------------------------------------------------------------------


def test_the_template_is_two_national_two_physical_and_three_online():
    assert {s: n for s, n in AANTALLEN.items() if n} == {"landelijk": 2, "fysiek": 2, "online": 3}


def test_the_kinds_are_spread_over_the_year():
    assert volgorde({"landelijk": 2, "fysiek": 2, "online": 3}) == [
        *("online", "landelijk", "fysiek", "online", "landelijk", "fysiek", "online"),
    ]


@pytest.mark.parametrize(
    ("vandaag", "eerste"),
    [(date(2026, 5, 1), date(2026, 9, 1)), (date(2026, 11, 20), date(2026, 12, 11)), (date(2027, 7, 1), None)],
)
def test_nothing_is_proposed_before_september_nor_within_three_weeks(vandaag, eerste):
    van, tot = seizoen(JAAR, vandaag)

    assert (van if van <= tot else None) == eerste
    assert tot == date(2027, 7, 7)


def test_days_take_the_days_of_the_week_in_turn_and_keep_two_weeks_apart():
    dagen = stel_dagen_voor(
        7, van=date(2026, 9, 1), tot=date(2027, 7, 7), weekdagen=(1, 3, 4), bezet=[], mijd=lambda dag: False
    )

    assert {dag.isoweekday() for dag in dagen} == {1, 3, 4}
    assert all(later - eerder >= TUSSENRUIMTE for eerder, later in pairwise(dagen))


@pytest.mark.parametrize("aantal", [1, 5])
def test_when_no_day_is_left_fewer_are_proposed(aantal):
    dagen = stel_dagen_voor(
        aantal, van=date(2026, 9, 1), tot=date(2026, 9, 20), weekdagen=(2,), bezet=[], mijd=lambda dag: dag.day == 1
    )

    assert len(dagen) == min(aantal, 1)


@time_machine.travel("2026-06-01 12:00Z")
def test_a_year_is_proposed_outside_holidays_as_drafts_and_asking_twice_adds_nothing(vakanties):
    eerst = stel_jaar_voor(schooljaar=JAAR, aantallen=AANTALLEN, weekdagen=(1, 2, 3, 4))
    opnieuw = stel_jaar_voor(schooljaar=JAAR, aantallen=AANTALLEN, weekdagen=(1, 2, 3, 4))

    gepland = list(Bijeenkomst.objects.in_schooljaar(JAAR))
    dagen = [timezone.localdate(bijeenkomst.begint_op) for bijeenkomst in gepland]
    assert (eerst, opnieuw) == ((7, 0), (0, 0))
    assert {bijeenkomst.status for bijeenkomst in gepland} == {"concept"}
    assert sorted(b.soort for b in gepland) == ["fysiek"] * 2 + ["landelijk"] * 2 + ["online"] * 3
    assert not [dag for dag in dagen for _, _, van, tot in VAKANTIES if van <= dag <= tot]
    assert not {date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 6), date(2027, 5, 17)} & set(dagen)
    assert all(not botsingen(b, gepland, vakanties) for b in gepland)


def test_the_times_follow_from_the_kind(vakanties):
    with time_machine.travel("2026-06-01 12:00Z"):
        stel_jaar_voor(schooljaar=JAAR, aantallen={"landelijk": 1}, weekdagen=(4,))

    assert "16:00 tot 20:00 uur" in Bijeenkomst.objects.get().wanneer


# --- Clashes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dag", "zinnen"),
    [
        (date(2026, 9, 15), []),
        (date(2026, 9, 19), ["Deze dag valt in het weekend."]),
        (date(2027, 5, 6), ["Deze dag is een feestdag."]),  # Ascension
        (date(2026, 10, 12), ["Herfstvakantie in regio Noord."]),
        (
            date(2026, 10, 17),
            ["Deze dag valt in het weekend.", "Herfstvakantie in regio Noord en Zuid."],
        ),
    ],
)
def test_what_is_in_the_way_of_a_day_is_said(vakanties, dag, zinnen):
    bijeenkomst = concept(dag)

    assert botsingen(bijeenkomst, [bijeenkomst], vakanties) == zinnen


@pytest.mark.parametrize(
    ("verschil", "zin"), [(0, "Op dezelfde dag als Ander."), (6, "Binnen een week van Ander."), (7, None)]
)
def test_two_meetings_close_together_are_pointed_out(db, verschil, zin):
    bijeenkomst, ander = (
        concept(date(2026, 9, 14)),
        concept(date(2026, 9, 14) + timedelta(days=verschil), titel="Ander"),
    )

    assert botsingen(bijeenkomst, [bijeenkomst, ander], []) == ([zin] if zin else [])


def test_the_calendar_has_every_day_of_the_year_once(vakanties):
    bijeenkomst = concept(date(2027, 2, 28))

    dagen = [dag for _, weken in kalender(JAAR, [bijeenkomst], vakanties) for week in weken for dag in week if dag]

    assert [dag.datum for dag in dagen] == [date(2026, 8, 1) + timedelta(days=n) for n in range(365)]
    assert [dag.datum for dag in dagen if dag.bijeenkomsten] == [date(2027, 2, 28)]
    assert {dag.datum for dag in dagen if dag.is_vrij} > {date(2026, 12, 25), date(2026, 10, 17), date(2027, 5, 6)}


# --- The page ----------------------------------------------------------------------------------------------


@pytest.fixture
def kern(als, kernteamlid):
    return als(kernteamlid)


@time_machine.travel("2026-06-01 12:00Z")
def test_the_core_team_plans_moves_and_publishes_a_year(kern, vakanties):
    adres = f"{url('planning')}?jaar=2026"
    gevraagd = {"weekdagen": [1, 2, 3, 4], "landelijk": 1, "fysiek": 0, "online": 1, "regio": 0, "thema": 0}

    gemaakt = tekst(kern.post(f"{url('voorstel')}?jaar=2026", gevraagd, follow=True))
    landelijk, online = (Bijeenkomst.objects.get(soort=soort) for soort in ("landelijk", "online"))
    verplaatst = tekst(kern.post(url("verplaatsen", landelijk.pk), {"datum": "2026-10-12"}, follow=True))
    gepubliceerd = tekst(kern.post(f"{url('jaar_publiceren')}?jaar=2026", follow=True))

    nog_eens = tekst(kern.post(f"{url('voorstel')}?jaar=2026", gevraagd, follow=True))

    assert "Er staan 2 concepten bij." in gemaakt
    assert "Er kwam niets bij: zoveel bijeenkomsten staan er al." in nog_eens
    assert "maandag 12 oktober 2026, 16:00 tot 20:00 uur" in verplaatst
    assert "Herfstvakantie in regio Noord." in verplaatst
    assert "1 gepubliceerd." in gepubliceerd
    assert "Nog niet gepubliceerd: Online bijeenkomst" in gepubliceerd
    assert [Bijeenkomst.objects.get(pk=b.pk).status for b in (landelijk, online)] == ["gepubliceerd", "concept"]
    assert "De schoolvakanties van dit schooljaar staan hier nog niet allemaal." in tekst(kern.get(adres))


@pytest.mark.parametrize(
    ("datum", "zin"),
    [
        ("", "Vul een datum in."),
        ("30-02-2027", "Deze dag staat niet op de kalender."),
        ("1999-12-31", "Kies een datum van 2000 tot en met 2099."),
    ],
)
def test_a_day_that_is_none_is_explained_and_nothing_moves(kern, datum, zin):
    bijeenkomst = concept(date(2026, 9, 15))

    antwoord = kern.post(url("verplaatsen", bijeenkomst.pk), {"datum": datum})

    assert zin in tekst(antwoord)
    assert Bijeenkomst.objects.get().begint_op == bijeenkomst.begint_op


def test_a_meeting_that_people_know_of_is_not_moved_or_thrown_away_from_the_plan(kern):
    bijeenkomst = BijeenkomstFactory()

    assert kern.post(url("verplaatsen", bijeenkomst.pk), {"datum": "2026-12-12"}).status_code == 404
    assert "Gelast de bijeenkomst af." in tekst(kern.post(url("weghalen", bijeenkomst.pk), follow=True))
    assert Bijeenkomst.objects.exists()


def test_a_draft_can_be_thrown_away(kern):
    kern.post(url("weghalen", concept(date(2026, 9, 15)).pk))

    assert not Bijeenkomst.objects.exists()


def test_numbers_that_make_no_sense_are_explained(kern):
    antwoord = kern.post(url("voorstel"), {"landelijk": 99, "fysiek": "", "online": "x", "regio": 0, "thema": 0})

    assert "Kies minstens één dag van de week." in tekst(antwoord)
    assert "Vul een getal in. 0 mag ook." in tekst(antwoord)
    assert not Bijeenkomst.objects.exists()


@pytest.mark.parametrize("aantal", [1, 10])
def test_the_planning_page_takes_seven_queries(kern, django_assert_num_queries, aantal):
    for nummer in range(aantal):
        concept(date(2026, 9, 15) + timedelta(days=nummer))

    with django_assert_num_queries(7):
        kern.get(f"{url('planning')}?jaar=2026")


def test_the_sheet_to_print_shows_what_is_public_and_no_draft(db, client):
    BijeenkomstFactory(titel="Openbaar", begint_op=datetime(2026, 9, 15, 14, tzinfo=AMSTERDAM))
    concept(date(2026, 9, 16), titel="Geheim plan")

    pagina = tekst(client.get(url("blad"), {"jaar": "2026"}))

    assert "dinsdag 15 september 2026, 14:00 tot 17:00 uur" in pagina
    assert "Geheim plan" not in pagina


# --- School holidays ---------------------------------------------------------------------------------------


def test_a_year_counts_as_known_when_all_fifteen_are_there(kern):
    Schoolvakantie.objects.all().delete()
    soorten = dict(zip(Schoolvakantie.Soort.values, (10, 12, 2, 4, 7), strict=True))
    velden = {"bron": "rijksoverheid.nl"}
    for soort, maand in soorten.items():
        for regio in Schoolvakantie.Regio.values:
            dag = date(2027 if maand > 8 else 2028, maand, 10)
            velden[f"{soort}_{regio}_van"] = dag.isoformat()
            velden[f"{soort}_{regio}_tot_en_met"] = (dag + timedelta(days=8)).isoformat()

    antwoord = tekst(kern.post(f"{url('schoolvakanties')}?jaar=2027", velden, follow=True))

    assert "De schoolvakanties van 2027–2028 zijn bewaard." in antwoord
    assert "Helemaal ingevuld: 2027–2028." in antwoord
    assert Schoolvakantie.objects.is_bekend(Schooljaar(2027))
    assert set(Schoolvakantie.objects.values_list("bron", flat=True)) == {"rijksoverheid.nl"}


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"bron": ""}, "Schrijf erbij waar je dit vond."),
        ({"mei_zuid_van": "2028-05-01"}, "Vul twee dagen in, of geen."),
        ({"mei_zuid_van": "2028-05-09", "mei_zuid_tot_en_met": "2028-05-01"}, "De laatste dag komt na de eerste"),
        ({"mei_zuid_van": "2026-05-01", "mei_zuid_tot_en_met": "2026-05-09"}, "valt niet in schooljaar 2027–2028"),
        ({"mei_zuid_van": "30-02-2028", "mei_zuid_tot_en_met": "2028-05-09"}, "Deze dag staat niet op de kalender."),
    ],
)
def test_a_holiday_that_cannot_be_is_explained_and_nothing_is_lost(kern, velden, zin):
    ervoor = Schoolvakantie.objects.count()

    antwoord = kern.post(f"{url('schoolvakanties')}?jaar=2027", {"bron": "Wet van 2027", **velden})

    assert zin in tekst(antwoord)
    assert Schoolvakantie.objects.count() == ervoor
    if velden.get("bron", "Wet"):
        assert "Wet van 2027" in tekst(antwoord)


# --- Files in and out --------------------------------------------------------------------------------------


def agenda(*regels: str) -> bytes:
    gebeurtenis = ["BEGIN:VEVENT", *regels, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *gebeurtenis, "END:VCALENDAR", ""]).encode()


@time_machine.travel("2026-06-01 12:00Z")
def test_what_goes_out_comes_back_as_the_same_meetings(kern, db):
    concept(date(2026, 9, 15), titel="=1+1", plaats='@Zaal; "de Kroon"')
    BijeenkomstFactory(begint_op=datetime(2026, 10, 1, 16, tzinfo=AMSTERDAM), titel="", soort="landelijk")

    tabel = kern.get(f"{url('planning_csv')}?jaar=2026").content
    plannen = [maak_plan(inhoud) for inhoud in (tabel, kern.get(f"{url('planning_ics')}?jaar=2026").content)]

    assert [(len(p.ongewijzigd), p.is_iets, p.fouten) for p in plannen] == [(2, False, [])] * 2
    cellen = [cel for rij in csv.reader(io.StringIO(tabel.decode("utf-8-sig")), delimiter=";") for cel in rij]
    assert not [cel for cel in cellen if cel[:1] in {"=", "+", "-", "@"}]


@time_machine.travel("2026-06-01 12:00Z")
def test_a_calendar_from_elsewhere_becomes_drafts_and_reading_it_twice_makes_no_doubles(db):
    inhoud = agenda("UID:abc@elders", "DTSTART:20260915T120000Z", "DTEND:20260915T150000Z", "SUMMARY:Wandeling")

    voer_uit(maak_plan(inhoud, soort="fysiek"))
    opnieuw = maak_plan(inhoud, soort="fysiek")

    bijeenkomst = Bijeenkomst.objects.get()
    assert (bijeenkomst.naam, bijeenkomst.status) == ("Wandeling", "concept")
    assert bijeenkomst.wanneer == "dinsdag 15 september 2026, 14:00 tot 17:00 uur"
    assert (len(opnieuw.ongewijzigd), opnieuw.is_iets) == (1, False)


@pytest.mark.parametrize(
    ("regels", "reden"),
    [
        (["DTSTART;VALUE=DATE:20260915"], "Vul een begintijd in."),
        (["DTSTART:20260915T120000Z"], "Vul een eindtijd in."),
        (["DTSTART:20260915T120000Z", "DTEND:20260916T130000Z"], "Vul een eindtijd in."),
        (["SUMMARY:niets"], "Vul een datum in."),
    ],
)
def test_an_event_that_is_no_meeting_is_left_out_with_a_reason(db, regels, reden):
    plan = maak_plan(agenda("UID:x", *regels), soort="fysiek")

    assert not plan.is_iets
    assert reden in plan.fouten[0][1]


def test_an_event_without_a_kind_is_left_out_unless_one_is_chosen(db):
    plan = maak_plan(agenda("UID:x", "DTSTART:20260915T120000Z", "DTEND:20260915T150000Z"))

    assert plan.fouten == [(1, "De soort ontbreekt.")]


@pytest.mark.parametrize("inhoud", [b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_a_broken_calendar_is_refused_in_words(db, inhoud):
    with pytest.raises(OnleesbaarBestand, match="agendabestand"):
        maak_plan(inhoud)


def test_a_file_first_shows_what_would_happen(kern):
    inhoud = b"volgnummer,datum,soort,begin,eind\n1,2026-09-15,fysiek,14:00,17:00\n2,2026-02-30,fysiek,14:00,17:00\n"
    bestand = {"bestand": SimpleUploadedFile("planning.csv", inhoud)}

    bekeken = tekst(kern.post(url("planning_inlezen"), bestand))
    assert not Bijeenkomst.objects.exists()
    bestand["bestand"].seek(0)
    kern.post(url("planning_inlezen"), {**bestand, "inlezen": "ja"})

    assert "1 nieuw, 0 gewijzigd, 0 hetzelfde, 1 overgeslagen." in bekeken
    assert "Regel 3 slaan we over. Deze dag staat niet op de kalender." in bekeken
    assert Bijeenkomst.objects.count() == 1


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [(b"", "Dit bestand is leeg."), (b"\xff\xfe", "niet in UTF-8"), (b"x" * 500_001, "te groot voor een planning")],
)
def test_a_file_that_is_no_planning_is_explained(kern, inhoud, zin):
    antwoord = kern.post(url("planning_inlezen"), {"bestand": SimpleUploadedFile("planning.csv", inhoud)})

    assert zin in tekst(antwoord)


def test_a_row_that_would_break_a_published_meeting_is_left_out(db):
    bijeenkomst = BijeenkomstFactory(begint_op=datetime(2027, 9, 15, 14, tzinfo=AMSTERDAM))
    UitnodigingFactory(bijeenkomst=bijeenkomst)
    tabel = als_csv([bijeenkomst]).replace("fysiek", "online")

    plan = maak_plan(tabel.encode())

    assert plan.fouten == [(2, "Zet de link erbij. Een online bijeenkomst kan niet zonder.")]
    assert not plan.is_iets


def test_publishing_a_year_leaves_other_years_alone(db):
    hier, elders = concept(date(2026, 9, 15)), concept(date(2027, 9, 15))

    publiceer_jaar(schooljaar=JAAR)

    assert [Bijeenkomst.objects.get(pk=b.pk).status for b in (hier, elders)] == ["gepubliceerd", "concept"]
