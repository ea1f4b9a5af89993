"""One invitation: for whom it is, and answering it."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from bijeenkomsten.models import Uitnodiging
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.samen import tegelijk


@pytest.mark.parametrize(
    ("velden", "constraint"),
    [
        ({"gebruiker": None}, "uitnodiging_voor_een_persoon"),
        ({"gebruiker": None, "naam": "Gast"}, "uitnodiging_voor_een_persoon"),
        ({"gebruiker": None, "adres": "gast@voorbeeld.example"}, "uitnodiging_voor_een_persoon"),
        ({"naam": "Gast", "adres": "gast@voorbeeld.example"}, "uitnodiging_voor_een_persoon"),
        ({"gebruiker": None, "naam": "Gast", "adres": "Gast@voorbeeld.example"}, "uitnodiging_adres_klein"),
        ({"antwoord": "graag"}, "uitnodiging_antwoord"),
        ({"antwoord": "ja", "beantwoord_op": None}, "uitnodiging_antwoord_heeft_moment"),
    ],
)
def test_the_database_refuses_an_invitation_that_cannot_be(db, velden, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        UitnodigingFactory(**velden)


@pytest.mark.parametrize(
    "wie", [{"adres": "gast@voorbeeld.example", "naam": "Gast", "gebruiker": None}, {"gebruiker": "begeleider"}]
)
def test_a_person_is_invited_once_for_a_meeting(db, wie, begeleider):
    wie = {veld: begeleider if waarde == "begeleider" else waarde for veld, waarde in wie.items()}
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory(bijeenkomst=bijeenkomst, **wie)
    UitnodigingFactory(**wie)  # another meeting is fine

    with pytest.raises(IntegrityError, match="uitnodiging_een_keer_per"), transaction.atomic():
        UitnodigingFactory(bijeenkomst=bijeenkomst, **wie)


@pytest.mark.parametrize("antwoord", ["ja", "misschien", "nee"])
def test_an_answer_is_kept_with_its_moment(db, antwoord):
    uitnodiging = UitnodigingFactory()

    uitnodiging.beantwoord(antwoord)

    bewaard = Uitnodiging.objects.get()
    assert bewaard.antwoord == antwoord
    assert bewaard.beantwoord_op <= timezone.now()


def test_someone_may_change_her_mind(db):
    uitnodiging = UitnodigingFactory(bijeenkomst__capaciteit=1)

    for antwoord in ("ja", "nee", "ja", "ja"):
        uitnodiging.beantwoord(antwoord)

    assert Uitnodiging.objects.get().komt


def test_who_says_yes_to_a_full_meeting_comes_on_the_waiting_list(db):
    bijeenkomst = BijeenkomstFactory(capaciteit=1)
    UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord="ja")
    uitnodiging = UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord="misschien")

    assert uitnodiging.beantwoord("ja")

    assert Uitnodiging.objects.get(pk=uitnodiging.pk).antwoord == "wachtlijst"
    assert bijeenkomst.aantal_dat_komt() == 1


def test_a_full_meeting_still_takes_a_no(db):
    bijeenkomst = BijeenkomstFactory(capaciteit=1)
    UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord="ja")
    uitnodiging = UitnodigingFactory(bijeenkomst=bijeenkomst)

    uitnodiging.beantwoord("nee")

    assert Uitnodiging.objects.get(pk=uitnodiging.pk).antwoord == "nee"


@pytest.mark.parametrize(
    ("velden", "code"),
    [({"status": "concept"}, "status"), ({"status": "afgelast"}, "status"), ({"dagen": -1}, "voorbij")],
)
def test_answers_are_for_meetings_that_still_happen(db, velden, code):
    dagen = velden.pop("dagen", 1)
    uitnodiging = UitnodigingFactory(
        bijeenkomst=BijeenkomstFactory(begint_op=timezone.now() + timedelta(days=dagen), **velden)
    )

    with pytest.raises(ValidationError) as fout:
        uitnodiging.beantwoord("ja")

    assert fout.value.code == code
    assert Uitnodiging.objects.get().antwoord == "open"


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_take_the_last_seat_at_once_one_comes_and_one_waits():
    bijeenkomst = BijeenkomstFactory(capaciteit=3)
    UitnodigingFactory.create_batch(2, bijeenkomst=bijeenkomst, antwoord="ja")
    dringers = UitnodigingFactory.create_batch(2, bijeenkomst=bijeenkomst)
    start = threading.Barrier(2, timeout=10)

    def antwoord(pk: int) -> str:
        uitnodiging = Uitnodiging.objects.select_related("bijeenkomst").get(pk=pk)
        start.wait()
        uitnodiging.beantwoord("ja")
        return uitnodiging.antwoord

    uitkomsten = tegelijk(*(partial(antwoord, dringer.pk) for dringer in dringers))

    assert sorted(uitkomsten) == ["ja", "wachtlijst"]
    assert bijeenkomst.aantal_dat_komt() == 3


def test_invitations_stand_in_order_of_answer_and_name_guests_among_the_others(db, begeleider):
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam="Nina", antwoord="nee")
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam="Otis", antwoord="open")
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam="Max", antwoord="misschien")
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam="Zoë", antwoord="ja")
    UitnodigingFactory(
        bijeenkomst=bijeenkomst, gebruiker=None, naam="carla", adres="c@voorbeeld.example", antwoord="ja"
    )
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider, antwoord="ja")

    namen = [str(uitnodiging) for uitnodiging in Uitnodiging.objects.op_volgorde()]

    assert namen == ["Bo Begeleider", "carla", "Zoë", "Max", "Otis", "Nina"]


def test_an_invitation_to_a_draft_is_not_shown_yet(begeleider):
    UitnodigingFactory(gebruiker=begeleider, bijeenkomst__status="concept")
    zichtbaar = UitnodigingFactory(gebruiker=begeleider)
    UitnodigingFactory()

    assert list(Uitnodiging.objects.voor(begeleider)) == [zichtbaar]
