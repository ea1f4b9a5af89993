"""What the core team fills in: every mistake gets a sentence."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from bijeenkomsten.forms.bijeenkomst import BijeenkomstForm, GastForm, SchooljaarForm, moment
from bijeenkomsten.models import Bijeenkomst
from tests.bijeenkomsten.factories import BijeenkomstFactory

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
GOED = {"soort": "fysiek", "datum": "2026-11-18", "begin": "14:00", "eind": "17:00", "is_openbaar": "on"}


def test_a_good_form_becomes_a_draft_in_dutch_time():
    form = BijeenkomstForm(GOED)

    bijeenkomst = form.save()

    assert bijeenkomst.wanneer == "woensdag 18 november 2026, 14:00 tot 17:00 uur"
    assert bijeenkomst.is_concept


@pytest.mark.parametrize(
    ("velden", "veld", "zin"),
    [
        ({"soort": ""}, "soort", "Kies een soort bijeenkomst."),
        ({"datum": ""}, "datum", "Vul een datum in."),
        ({"datum": "2026-02-30"}, "datum", "Deze dag staat niet op de kalender. Schrijf een datum als 14-09-2023."),
        ({"datum": "1999-01-01"}, "datum", "Kies een datum van 2000 tot en met 2099."),
        ({"begin": ""}, "begin", "Vul een begintijd in."),
        ({"eind": "half vijf"}, "eind", "Schrijf de eindtijd als 17:00."),
        ({"eind": "13:00"}, "eind", "Kies een eindtijd na de begintijd."),
        ({"capaciteit": "0"}, "capaciteit", "Er moet minstens één persoon kunnen komen."),
        ({"capaciteit": "veel"}, "capaciteit", "Vul een getal in, of laat het leeg."),
        ({"link": "http://vergader.example"}, "link", "Schrijf de link helemaal uit, met https:// ervoor."),
        ({"link": "javascript:alert(1)"}, "link", "Schrijf de link helemaal uit, met https:// ervoor."),
    ],
)
def test_every_mistake_gets_a_sentence(velden, veld, zin):
    form = BijeenkomstForm(GOED | velden)

    assert form.errors == {veld: [zin]}


@pytest.mark.parametrize("datum", ["2028-02-29", "29-02-2028"])
def test_a_leap_day_is_a_day(datum):
    assert BijeenkomstForm(GOED | {"datum": datum}).is_valid()


def test_the_hour_that_the_clock_skips_is_refused():
    form = BijeenkomstForm(GOED | {"datum": "2026-03-29", "begin": "02:30"})

    assert form.errors["begin"] == ["02:30 bestaat die nacht niet: de klok gaat een uur vooruit. Kies een andere tijd."]


def test_the_hour_that_comes_twice_counts_as_the_first():
    form = BijeenkomstForm(GOED | {"datum": "2026-10-25", "begin": "02:30", "eind": "03:30"})

    bijeenkomst = form.save()

    assert bijeenkomst.eindigt_op.astimezone(UTC) - bijeenkomst.begint_op.astimezone(UTC) == timedelta(hours=2)


@settings(max_examples=200, deadline=None)
@given(dag=st.dates(date(2000, 1, 1), date(2099, 12, 31)), tijd=st.times().map(lambda t: t.replace(microsecond=0)))
def test_a_wall_clock_time_is_kept_or_refused_never_moved(dag, tijd):
    try:
        bewaard = timezone.localtime(moment(dag, tijd))
    except ValidationError:
        bewaard = None

    assert bewaard is None or (bewaard.date(), bewaard.time()) == (dag, tijd)
    assert bewaard is not None or (dag.month, dag.isoweekday(), tijd.hour) == (3, 7, 2)


def test_text_of_one_line_stays_on_one_line():
    form = BijeenkomstForm(GOED | {"titel": " Samen\r\nleren ", "plaats": "De Kas\tVoorbeelddorp"})

    bijeenkomst = form.save()

    assert (bijeenkomst.titel, bijeenkomst.plaats) == ("Samen leren", "De Kas Voorbeelddorp")


def test_a_published_online_meeting_keeps_a_link():
    bijeenkomst = BijeenkomstFactory(soort="online", link="https://vergader.example/x")

    form = BijeenkomstForm(GOED | {"soort": "online", "link": ""}, instance=bijeenkomst)

    assert form.errors == {"link": ["Zet de link erbij. Een online bijeenkomst kan niet zonder."]}


def test_a_draft_without_a_link_may_wait():
    assert BijeenkomstForm(GOED | {"soort": "online"}).is_valid()


def test_editing_starts_from_dutch_time():
    begint_op = datetime(2026, 11, 18, 14, tzinfo=AMSTERDAM)
    form = BijeenkomstForm(instance=BijeenkomstFactory(begint_op=begint_op))

    assert [form[veld].value() for veld in ("datum", "begin", "eind")] == [date(2026, 11, 18), time(14), time(17)]


def test_only_the_core_team_and_who_was_chosen_before_can_lead(kernteamlid, begeleider, beheerder):
    bijeenkomst = BijeenkomstFactory()
    bijeenkomst.trekkers.add(begeleider)

    nieuw, bestaand = BijeenkomstForm(), BijeenkomstForm(instance=bijeenkomst)

    assert list(nieuw.fields["trekkers"].queryset) == [kernteamlid]
    assert list(bestaand.fields["trekkers"].queryset) == [begeleider, kernteamlid]


WAARDE = st.one_of(st.text(max_size=60), st.integers().map(str), st.dates().map(str), st.times().map(str))


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from([*BijeenkomstForm.base_fields]), WAARDE))
def test_whatever_is_sent_is_refused_with_words_or_stored(velden):
    form = BijeenkomstForm(GOED | velden)

    if form.is_valid():
        assert Bijeenkomst.objects.filter(pk=form.save().pk).exists()
    else:
        assert all(fout for fouten in form.errors.values() for fout in fouten)


@pytest.mark.parametrize("adres", ["", "geen adres", "a@b", "a@voorbeeld.example\nBcc: b@voorbeeld.example"])
def test_a_guest_needs_an_address(adres):
    assert not GastForm({"naam": "Gast", "adres": adres}).is_valid()


@pytest.mark.parametrize("jaar", ["", "1999", "2100", "abc", "²", "9" * 5000, "2023-2024", "\x00"])
def test_a_school_year_that_cannot_be_is_refused(jaar):
    assert not SchooljaarForm({"jaar": jaar}).is_valid()
