"""One meeting: what must always be true of it, and what may be done to it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from bijeenkomsten.models import Bijeenkomst
from bijeenkomsten.schooljaar import Schooljaar
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.factories import InitiatiefFactory, RolFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("velden", "constraint"),
    [
        ({"duur": timedelta(0)}, "bijeenkomst_eindigt_na_begin"),
        ({"duur": timedelta(hours=-1)}, "bijeenkomst_eindigt_na_begin"),
        ({"duur": timedelta(hours=24, minutes=1)}, "bijeenkomst_hooguit_een_dag"),
        ({"duur": timedelta(hours=40)}, "bijeenkomst_hooguit_een_dag"),
        ({"soort": "feest"}, "bijeenkomst_soort"),
        ({"status": "gesloten"}, "bijeenkomst_status"),
        ({"capaciteit": 0}, "bijeenkomst_minstens_een_stoel"),
        ({"soort": "online", "link": ""}, "bijeenkomst_online_heeft_link"),
    ],
)
def test_the_database_refuses_a_meeting_that_cannot_be(velden, constraint):
    duur = velden.pop("duur", timedelta(hours=3))
    begint_op = timezone.now()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        BijeenkomstFactory(begint_op=begint_op, eindigt_op=begint_op + duur, **velden)


def test_twenty_four_hours_is_still_a_meeting():
    bijeenkomst = BijeenkomstFactory.build()
    bijeenkomst.eindigt_op = bijeenkomst.begint_op + timedelta(hours=24)

    bijeenkomst.full_clean()


def test_a_night_of_twenty_five_hours_has_room_for_twenty_four_of_them():
    begint_op = datetime(2026, 10, 24, 21, 59, tzinfo=UTC)  # 23:59 Dutch time; the clock goes back at 03:00
    bijeenkomst = BijeenkomstFactory(begint_op=begint_op, eindigt_op=begint_op + timedelta(hours=24))

    assert timezone.localtime(bijeenkomst.eindigt_op).strftime("%d %H:%M") == "25 22:59"


def test_messages_of_the_constraints_are_sentences_for_people():
    bijeenkomst = BijeenkomstFactory.build(soort="online", link="")
    bijeenkomst.eindigt_op = bijeenkomst.begint_op - timedelta(hours=1)

    with pytest.raises(ValidationError) as fout:
        bijeenkomst.full_clean()

    assert set(fout.value.messages) == {
        "Een bijeenkomst eindigt na het begin.",
        "Zet de link erbij. Een online bijeenkomst kan niet zonder.",
    }


@pytest.mark.parametrize("link", ["http://vergader.example/x", "javascript:alert(1)", "ftp://vergader.example"])
def test_a_link_is_a_safe_web_address(link):
    bijeenkomst = BijeenkomstFactory.build(link=link)

    with pytest.raises(ValidationError):
        bijeenkomst.full_clean()


def test_a_source_row_is_imported_once():
    BijeenkomstFactory(bron="planning:2023:1")

    with pytest.raises(IntegrityError, match="bijeenkomst_een_keer_per_bron"), transaction.atomic():
        BijeenkomstFactory(bron="planning:2023:1")


def test_the_name_is_the_title_or_else_the_kind():
    assert str(BijeenkomstFactory.build(titel="Samen leren")) == "Samen leren"
    assert str(BijeenkomstFactory.build(titel="", soort="online")) == "Online bijeenkomst"


def test_a_draft_is_published_once_and_stays_published():
    bijeenkomst = BijeenkomstFactory(status="concept")

    bijeenkomst.publiceer()
    bijeenkomst.publiceer()

    assert bijeenkomst.is_gepubliceerd
    assert Bijeenkomst.objects.get().is_gepubliceerd


def test_an_online_meeting_needs_its_link_before_it_is_published():
    bijeenkomst = BijeenkomstFactory(status="concept", soort="online", plaats="")

    with pytest.raises(ValidationError) as fout:
        bijeenkomst.publiceer()

    assert fout.value.messages == ["Zet de link erbij. Een online bijeenkomst kan niet zonder."]
    assert Bijeenkomst.objects.get().is_concept


def test_a_cancelled_meeting_is_not_published_again():
    bijeenkomst = BijeenkomstFactory(status="afgelast")

    with pytest.raises(ValidationError, match="afgelast"):
        bijeenkomst.publiceer()


def test_a_published_meeting_can_be_called_off_with_a_reason():
    bijeenkomst = BijeenkomstFactory()

    bijeenkomst.gelast_af(omdat="Er ligt sneeuw.")

    bewaard = Bijeenkomst.objects.get()
    assert (bewaard.status, bewaard.afgelast_omdat) == ("afgelast", "Er ligt sneeuw.")
    assert bewaard.volgnummer_agenda == 0


@pytest.mark.parametrize("status", ["concept", "afgelast"])
def test_only_a_published_meeting_can_be_called_off(status):
    with pytest.raises(ValidationError, match="gepubliceerde"):
        BijeenkomstFactory(status=status).gelast_af()


def test_a_meeting_that_is_over_cannot_be_called_off():
    bijeenkomst = BijeenkomstFactory(begint_op=timezone.now() - timedelta(days=1))

    with pytest.raises(ValidationError, match="al geweest"):
        bijeenkomst.gelast_af()


@pytest.mark.parametrize(
    ("veld", "waarde", "volgnummer"),
    [
        ("titel", "Iets anders", 0),
        ("omschrijving", "Neem laarzen mee.", 0),
        ("capaciteit", 12, 0),
        ("is_openbaar", False, 0),
        ("plaats", "De Kas", 1),
        ("link", "https://vergader.example/kas", 1),
    ],
)
def test_the_calendar_number_rises_only_with_time_and_place(veld, waarde, volgnummer):
    bijeenkomst = BijeenkomstFactory()
    setattr(bijeenkomst, veld, waarde)

    is_verplaatst = bijeenkomst.bewaar_wijziging()

    bewaard = Bijeenkomst.objects.get()
    assert getattr(bewaard, veld) == waarde
    assert (bewaard.volgnummer_agenda, is_verplaatst) == (volgnummer, bool(volgnummer))


def test_every_new_time_raises_the_calendar_number_by_one_and_the_uid_stays():
    bijeenkomst = BijeenkomstFactory()
    uid = bijeenkomst.uid

    for _ in range(3):
        bijeenkomst.begint_op += timedelta(hours=1)
        bijeenkomst.eindigt_op += timedelta(hours=1)
        bijeenkomst.bewaar_wijziging()

    bewaard = Bijeenkomst.objects.get()
    assert (bewaard.volgnummer_agenda, bewaard.uid) == (3, uid)


def test_editing_does_not_undo_a_cancellation_that_happened_meanwhile():
    bijeenkomst = BijeenkomstFactory()
    Bijeenkomst.objects.get().gelast_af()

    bijeenkomst.titel = "Nieuwe titel"
    bijeenkomst.bewaar_wijziging()

    bewaard = Bijeenkomst.objects.get()
    assert (bewaard.status, bewaard.titel) == ("afgelast", "Nieuwe titel")


def test_capacity_cannot_go_below_the_people_who_come():
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory.create_batch(2, bijeenkomst=bijeenkomst, antwoord="ja")

    bijeenkomst.capaciteit = 1
    with pytest.raises(ValidationError) as fout:
        bijeenkomst.bewaar_wijziging()

    assert fout.value.message_dict == {"capaciteit": ["Er komen al 2 mensen. Vul 2 of meer in."]}
    assert Bijeenkomst.objects.get().capaciteit is None


def test_the_front_page_gets_the_nearest_public_meeting_that_goes_ahead():
    nu = timezone.now()
    BijeenkomstFactory(begint_op=nu - timedelta(days=2))
    BijeenkomstFactory(begint_op=nu + timedelta(days=1), status="concept")
    BijeenkomstFactory(begint_op=nu + timedelta(days=2), status="afgelast")
    BijeenkomstFactory(begint_op=nu + timedelta(days=3), is_openbaar=False)
    volgende = BijeenkomstFactory(begint_op=nu + timedelta(days=4))
    BijeenkomstFactory(begint_op=nu + timedelta(days=5))

    assert Bijeenkomst.objects.openbaar().komend().first() == volgende


def test_a_meeting_that_is_going_on_is_still_to_come():
    bezig = BijeenkomstFactory(begint_op=timezone.now() - timedelta(hours=1))

    assert list(Bijeenkomst.objects.komend()) == [bezig]
    assert not Bijeenkomst.objects.geweest().exists()


@pytest.mark.parametrize(
    ("moment", "jaar"),
    [
        ("2024-07-31 21:59", 2023),  # 23:59 in the Netherlands
        ("2024-07-31 22:00", 2024),  # midnight in the Netherlands
        ("2024-02-29 12:00", 2023),
        ("2023-12-31 23:30", 2023),
        ("2023-08-01 00:00", 2023),
    ],
)
def test_a_school_year_runs_from_august_to_july_in_dutch_time(moment, jaar):
    begint_op = datetime.strptime(moment, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    bijeenkomst = BijeenkomstFactory(begint_op=begint_op)

    assert bijeenkomst.schooljaar == Schooljaar(jaar)
    assert list(Bijeenkomst.objects.in_schooljaar(Schooljaar(jaar))) == [bijeenkomst]
    assert not Bijeenkomst.objects.in_schooljaar(Schooljaar(jaar - 1)).exists()
    assert not Bijeenkomst.objects.in_schooljaar(Schooljaar(jaar + 1)).exists()


@time_machine.travel("2024-07-31 22:30Z")
def test_the_school_year_of_today_follows_the_dutch_calendar():
    assert str(Schooljaar.nu()) == "2024–2025"


def test_twelve_months_of_a_school_year_begin_in_august():
    maanden = Schooljaar(2023).maanden

    assert [maand.strftime("%Y-%m") for maand in maanden] == [
        *("2023-08", "2023-09", "2023-10", "2023-11", "2023-12", "2024-01"),
        *("2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "2024-07"),
    ]


# Who is invited as a group, written here a second time by hand.
KRINGEN = {
    "landelijk": {"lid", "aandacht", "aangemeld", "verbondgenoot"},
    "fysiek": {"lid", "aandacht"},
    "online": {"lid", "aandacht"},
    "regio": set(),
    "thema": set(),
    "op_bezoek": set(),
}


@pytest.mark.parametrize(("soort", "verwacht"), KRINGEN.items())
def test_who_is_invited_follows_from_the_kind(soort, verwacht, kernteamlid, beheerder, verbondgenoot):
    verbondgenoot.naam = "verbondgenoot"
    verbondgenoot.save()
    for lidmaatschap in ("geen", "aangemeld", "lid", "aandacht", "gestopt"):
        RolFactory(gebruiker__naam=lidmaatschap, initiatief=InitiatiefFactory(lidmaatschap=lidmaatschap))
    bijeenkomst = BijeenkomstFactory(soort=soort, link="https://vergader.example/x")

    assert {gebruiker.naam for gebruiker in bijeenkomst.genodigden()} == verwacht


def test_nobody_is_invited_twice_or_after_leaving(begeleider, coordinator, buitenstaander):
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider)
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=None, naam="Gast", adres="gast@voorbeeld.example")
    RolFactory(gebruiker=coordinator, initiatief=InitiatiefFactory())  # two roles, one person
    coordinator.is_active = True
    buitenstaander.rollen.get().beeindig()

    assert list(bijeenkomst.genodigden()) == [coordinator]


def test_someone_who_may_not_sign_in_is_not_invited(begeleider):
    begeleider.is_active = False
    begeleider.save()

    assert not BijeenkomstFactory().genodigden().exists()


def test_answers_are_counted_per_kind(django_assert_num_queries):
    bijeenkomst = BijeenkomstFactory()
    for antwoord in ("ja", "ja", "nee", "misschien", "open"):
        UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord=antwoord)

    with django_assert_num_queries(1):
        geteld = Bijeenkomst.objects.met_aantallen().get()

    assert geteld.aantal_uitgenodigd == 5
    assert (geteld.aantal_ja, geteld.aantal_misschien, geteld.aantal_nee, geteld.aantal_open) == (2, 1, 1, 1)
