"""Reading a year planning from a file."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from bijeenkomsten.forms.bijeenkomst import PlanningsregelForm
from bijeenkomsten.importeren import KOLOMMEN, OnleesbaarBestand, maak_plan, voer_uit
from bijeenkomsten.models import Bijeenkomst
from collectief.post.models import Bericht
from tests.bijeenkomsten.factories import UitnodigingFactory

pytestmark = pytest.mark.django_db
KOP = "volgnummer,datum,soort,begin,eind\n"
BESTAAT_NIET = "02:30 bestaat die nacht niet: de klok gaat een uur vooruit. Kies een andere tijd."
GEEN_SOORT = "“feest” is geen soort bijeenkomst. Kies uit: landelijk, fysiek, online, regio, thema, op_bezoek."

# The planning of 2023-2024, written here a second time by hand.
PLANNING = [
    ("donderdag 14 september 2023, 15:30 tot 17:00 uur", "online"),
    ("woensdag 15 november 2023, 14:00 tot 17:00 uur", "fysiek"),
    ("woensdag 31 januari 2024, 16:00 tot 20:00 uur", "landelijk"),
    ("maandag 18 maart 2024, 14:00 tot 17:00 uur", "fysiek"),
    ("donderdag 16 mei 2024, 15:30 tot 17:00 uur", "online"),
    ("donderdag 6 juni 2024, 16:00 tot 20:00 uur", "landelijk"),
    ("maandag 24 juni 2024, 15:30 tot 17:00 uur", "online"),
]


def importeer(*argumenten) -> tuple[str, str, str]:
    """Run the command; return what it printed, its error lines and the sentence it failed with."""
    uit, fout = io.StringIO(), io.StringIO()
    try:
        call_command("importeer_bijeenkomsten", *map(str, argumenten), stdout=uit, stderr=fout, no_color=True)
    except CommandError as misging:
        return uit.getvalue(), fout.getvalue(), str(misging)
    return uit.getvalue(), fout.getvalue(), ""


@pytest.fixture
def bestand(tmp_path):
    """Write a planning file: text with the right header unless bytes are given."""

    def schrijf(inhoud: str | bytes) -> Path:
        pad = tmp_path / "planning.csv"
        pad.write_bytes(inhoud if isinstance(inhoud, bytes) else (KOP + inhoud).encode())
        return pad

    return schrijf


def test_the_real_planning_becomes_seven_meetings_on_the_right_days():
    uit, fout, misging = importeer()

    assert [(b.wanneer, b.soort) for b in Bijeenkomst.objects.order_by("begint_op")] == PLANNING
    assert {b.status for b in Bijeenkomst.objects.all()} == {"gepubliceerd"}
    assert uit.splitlines()[-1] == "Klaar: 7 nieuw, 0 gewijzigd, 0 ongewijzigd."
    assert (fout, misging) == ("", "")


def test_importing_twice_makes_no_doubles():
    importeer()
    stand = list(Bijeenkomst.objects.order_by("pk").values())

    uit, *_ = importeer()

    assert list(Bijeenkomst.objects.order_by("pk").values()) == stand
    assert uit == "Klaar: 0 nieuw, 0 gewijzigd, 7 ongewijzigd.\n"


def test_a_trial_shows_what_would_happen_and_stores_nothing():
    uit, *_ = importeer("--proef")

    assert uit.splitlines()[0] == f"nieuw: Online bijeenkomst, {PLANNING[0][0]} (gepubliceerd)"
    assert uit.splitlines()[-1] == "Proef, er is niets opgeslagen: 7 nieuw, 0 gewijzigd, 0 ongewijzigd."
    assert not Bijeenkomst.objects.exists()


def test_a_trial_of_a_change_changes_nothing(bestand):
    importeer(bestand("1,2023-09-14,online,15:30,17:00\n"))

    uit, *_ = importeer(bestand("1,2023-09-15,online,15:30,17:00\n"), "--proef")

    assert uit.startswith("gewijzigd: Online bijeenkomst, vrijdag 15 september 2023")
    assert Bijeenkomst.objects.get().wanneer.startswith("donderdag 14 september")


def test_a_changed_row_changes_its_meeting_and_its_calendar_number(bestand):
    importeer()
    uid = Bijeenkomst.objects.get(bron="planning:2023:4").uid

    importeer(bestand("4,2024-03-19,fysiek,14:00,17:00\n"))

    bijeenkomst = Bijeenkomst.objects.get(bron="planning:2023:4")
    assert bijeenkomst.wanneer == "dinsdag 19 maart 2024, 14:00 tot 17:00 uur"
    assert (bijeenkomst.volgnummer_agenda, bijeenkomst.uid) == (1, uid)
    assert Bijeenkomst.objects.count() == 7


def test_the_same_number_in_another_school_year_is_another_meeting(bestand):
    importeer(bestand("1,2024-07-31,online,15:30,17:00\n1,2024-08-01,online,15:30,17:00\n"))

    assert set(Bijeenkomst.objects.values_list("bron", flat=True)) == {"planning:2023:1", "planning:2024:1"}


@time_machine.travel("2023-12-01 12:00Z")
def test_dates_of_the_past_are_published_and_the_rest_is_a_draft():
    importeer()

    statussen = Bijeenkomst.objects.order_by("begint_op").values_list("status", flat=True)
    assert list(statussen) == ["gepubliceerd"] * 2 + ["concept"] * 5


@time_machine.travel("2023-12-01 12:00Z", tick=False)
def test_guests_hear_when_a_file_moves_their_meeting(bestand):
    importeer()
    bijeenkomst = Bijeenkomst.objects.get(bron="planning:2023:4")
    bijeenkomst.publiceer()
    UitnodigingFactory(bijeenkomst=bijeenkomst)

    importeer(bestand("4,2024-03-19,fysiek,14:00,17:00\n"))

    assert Bericht.objects.get().soort == "bijeenkomst_verplaatst"


@pytest.mark.parametrize(
    ("regel", "reden"),
    [
        ("1,2023-02-30,online,15:30,17:00", "Deze dag staat niet op de kalender. Schrijf een datum als 14-09-2023."),
        ("1,2023-02-29,online,15:30,17:00", "Deze dag staat niet op de kalender. Schrijf een datum als 14-09-2023."),
        ("1,,online,15:30,17:00", "Vul een datum in."),
        ("1,1999-12-31,online,15:30,17:00", "Kies een datum van 2000 tot en met 2099."),
        ("1,2023-09-14,online,17:00,15:30", "Kies een eindtijd na de begintijd."),
        ("1,2023-09-14,online,17:00,17:00", "Kies een eindtijd na de begintijd."),
        ("1,2023-09-14,online,25:00,26:00", "Schrijf de begintijd als 15:30. Schrijf de eindtijd als 17:00."),
        ("1,2024-03-31,online,01:30,02:30", BESTAAT_NIET),
        ("1,2023-09-14,feest,15:30,17:00", GEEN_SOORT),
        ("1,2023-09-14,,15:30,17:00", "De soort ontbreekt."),
        (",2023-09-14,online,15:30,17:00", "Het volgnummer ontbreekt."),
        ("een,2023-09-14,online,15:30,17:00", "Het volgnummer is geen getal."),
        ("0,2023-09-14,online,15:30,17:00", "Het volgnummer is minstens 1."),
        ("123456,2023-09-14,online,15:30,17:00", "Het volgnummer is te groot."),
        ("1,2023-09-14", "De soort ontbreekt. Vul een begintijd in. Vul een eindtijd in."),
    ],
)
def test_a_bad_row_is_reported_with_its_line_and_the_good_ones_go_in(bestand, regel, reden):
    goed = "7,2024-06-24,online,15:30,17:00\n"

    uit, fout, misging = importeer(bestand(f"{goed}{regel}\n"))

    assert fout == f"regel 3: {reden}\n"
    assert misging == "1 overgeslagen, zie hierboven."
    assert "1 nieuw" in uit
    assert Bijeenkomst.objects.count() == 1


def test_a_number_twice_in_one_file_is_reported(bestand):
    _, fout, _ = importeer(bestand("1,2023-09-14,online,15:30,17:00\n1,2023-10-14,fysiek,15:30,17:00\n"))

    assert fout == "regel 3: Nummer 1 van 2023–2024 staat al op regel 2.\n"
    assert Bijeenkomst.objects.get().soort == "online"


@pytest.mark.parametrize(
    "inhoud",
    [
        b"\xef\xbb\xbfvolgnummer,datum,soort,begin,eind\r\n1,2023-09-14,online,15:30,17:00\r\n",
        b"volgnummer;datum;soort;begin;eind\n1;2023-09-14;online;15:30;17:00\n",
        b"\n\nVolgnummer\tDatum\tSoort\tBegin\tEind\n\n1\t14-09-2023\tOnline\t15.30\t17.00",
        b'"eind","extra","volgnummer","datum","soort","begin"\n"17:00","a\nb","1"," 2023-09-14 ","ONLINE","15:30:00"\n',
    ],
)
def test_files_of_other_spreadsheet_programs_are_read_too(bestand, inhoud):
    _, fout, misging = importeer(bestand(inhoud))

    assert (fout, misging) == ("", "")
    assert [(b.wanneer, b.soort) for b in Bijeenkomst.objects.all()] == PLANNING[:1]


@pytest.mark.parametrize(
    ("inhoud", "zin"),
    [
        (b"", "Dit bestand is leeg."),
        (b"\xef\xbb\xbf \r\n\r\n", "Dit bestand is leeg."),
        ("volgnummer,naam\n1,café".encode("cp1252"), "Dit bestand is niet in UTF-8 opgeslagen."),
        (KOP.encode("utf-16"), "Dit bestand is niet in UTF-8 opgeslagen."),
        (b"volgnummer,datum,kind\n1,2023-09-14,online\n", "In de eerste regel mist: soort, begin, eind."),
        (KOP.encode() + b'1,"2023-09-14,online\n', "Vanaf regel 2 is dit bestand niet te lezen"),
        (KOP.encode() + b"1," + b"x" * 200_000, "Vanaf regel 2 is dit bestand niet te lezen"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(bestand, inhoud, zin):
    *_, misging = importeer(bestand(inhoud))

    assert misging.startswith(f"planning.csv: {zin}")
    assert not Bijeenkomst.objects.exists()


def test_a_file_that_is_not_there_gets_one_sentence(tmp_path):
    *_, misging = importeer(tmp_path / "weg.csv")

    assert misging.startswith(f"{tmp_path / 'weg.csv'} is niet te openen")


def test_only_a_header_is_an_empty_planning(bestand):
    uit, _, misging = importeer(bestand(""))

    assert (uit, misging) == ("Klaar: 0 nieuw, 0 gewijzigd, 0 ongewijzigd.\n", "")


def test_a_long_file_goes_in_with_a_query_per_thousand_rows(django_assert_num_queries):
    dag = timezone.localdate().replace(year=2001, month=8, day=1)
    regels = [f"{n},{dag + timedelta(days=n % 365)},thema,10:00,12:00" for n in range(1, 3001)]
    inhoud = (KOP + "\n".join(regels)).encode()

    with django_assert_num_queries(1):
        plan = maak_plan(inhoud)
    with django_assert_num_queries(5):  # three portions, and savepoints around them
        voer_uit(plan)

    assert not plan.fouten
    assert Bijeenkomst.objects.count() == 3000


ROMMEL = st.text(max_size=200).map(lambda tekst: (KOP + tekst).encode("utf-8", "replace"))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), ROMMEL))
def test_whatever_the_file_holds_it_is_read_or_refused_with_a_sentence(inhoud):
    try:
        redenen = [reden for _, reden in maak_plan(inhoud).fouten]
    except OnleesbaarBestand as fout:
        redenen = [str(fout)]

    assert all(reden.endswith(".") for reden in redenen)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=5, max_size=5))
def test_a_row_of_nonsense_gets_a_reason_on_one_line(cellen):
    form = PlanningsregelForm(dict(zip(KOLOMMEN, cellen, strict=True)))

    assert form.is_valid() or "\n" not in form.redenen


def test_a_bad_file_ends_with_exit_code_one(bestand):
    with pytest.raises(CommandError) as misging:
        call_command("importeer_bijeenkomsten", bestand("fout\n"), stderr=io.StringIO(), stdout=io.StringIO())

    assert misging.value.returncode == 1
