"""Who of the cast is made once for many tests of a file."""

from tests.eenmaal import _samen


def _vraag(*namen: str) -> frozenset[str]:
    return frozenset(namen)


def test_who_spares_most_is_made_once():
    vragen = [_vraag("traject"), _vraag("traject", "coordinator"), _vraag("initiatief"), _vraag()]

    assert _samen(vragen) == {"traject"}
    assert _samen([*vragen, *[_vraag("traject", "coordinator")] * 3]) == {"traject", "coordinator"}


def test_whom_one_test_asks_that_test_makes_itself():
    assert _samen([_vraag("traject"), _vraag()]) == set()
    assert _samen([]) == set()


def test_who_was_made_for_others_is_not_there_for_whom_did_not_ask(db, django_user_model):
    assert not django_user_model.objects.exists()


def test_the_first_of_these_changes_her(begeleider):
    begeleider.naam = "Een ander"
    begeleider.save()

    assert type(begeleider).objects.get().naam == "Een ander"


def test_the_second_finds_her_as_she_was(begeleider):
    assert begeleider.naam == type(begeleider).objects.get().naam == "Bo Begeleider"
