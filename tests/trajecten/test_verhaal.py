"""The intake in words: nothing is required, everything that stood there stays to be read."""

import pytest
from django.db import DatabaseError, transaction

from trajecten.models import Verhaal


@pytest.fixture
def schrijf(als, begeleider, traject):
    """Send the three answers as begeleider, or as somebody else; `gezien` is what that person had before her."""

    def stuur(wie_schrijft=None, **velden):
        data = {"wie": "", "lichtjes": "", "nodig": "", "gezien": "0"} | velden
        return als(wie_schrijft or begeleider).post(f"/trajecten/{traject.pk}/verhaal/", data, follow=True)

    return stuur


@pytest.fixture
def teksten(traject, begeleider, kijkt_als):
    def nu() -> dict[str, str]:
        kijkt_als(begeleider)
        return {vraag: verhaal.tekst for vraag, verhaal in traject.verhalen.nu().items()}

    return nu


def laatste() -> str:
    return str(Verhaal.objects.order_by("-pk").values_list("pk", flat=True)[0])


def test_one_answer_is_enough(schrijf, teksten):
    antwoord = schrijf(lichtjes="Van honden en van timmeren.")

    assert "Opgeschreven." in antwoord.text
    assert teksten() == {"lichtjes": "Van honden en van timmeren."}


def test_what_stood_there_stays_to_be_read(schrijf, teksten, als, begeleider, traject):
    schrijf(wie="Een stille jongen.")
    teksten()
    schrijf(wie="Een jongen die kijkt.", gezien=laatste())

    pagina = als(begeleider).get(f"/trajecten/{traject.pk}/verhaal/").text

    assert teksten() == {"wie": "Een jongen die kijkt."}
    assert "Een jongen die kijkt.</textarea>" in pagina
    assert "Een stille jongen." in pagina.split("Wat er eerder stond")[1]


def test_an_answer_that_did_not_change_is_not_kept_again(schrijf, teksten):
    schrijf(wie="Een stille jongen.")
    teksten()
    schrijf(wie="Een stille jongen.", nodig="Tijd.", gezien=laatste())

    assert (teksten(), Verhaal.objects.count()) == ({"wie": "Een stille jongen.", "nodig": "Tijd."}, 2)


def test_an_emptied_answer_is_an_answer_too(schrijf, teksten):
    schrijf(wie="Een stille jongen.")
    teksten()
    schrijf(wie="", gezien=laatste())

    assert (teksten(), Verhaal.objects.count()) == ({"wie": ""}, 2)


def test_of_two_who_write_the_second_sees_the_first_and_keeps_her_text(schrijf, teksten, coordinator):
    schrijf(wie="Een stille jongen.")

    tweede = schrijf(wie_schrijft=coordinator, wie="Een jongen die kijkt.", nodig="Tijd.")

    assert "Bo Begeleider schreef hier intussen: ‘Een stille jongen.’" in tweede.text
    assert "Een jongen die kijkt.</textarea>" in tweede.text
    assert teksten() == {"wie": "Een stille jongen."}


def test_sent_again_her_words_stand_and_both_stay_to_be_read(schrijf, teksten, coordinator):
    schrijf(wie="Een stille jongen.")
    gezien = schrijf(wie_schrijft=coordinator, wie="Een jongen die kijkt.").context["form"]["gezien"].value()

    schrijf(wie_schrijft=coordinator, wie="Een jongen die kijkt.", gezien=gezien)

    assert (teksten(), Verhaal.objects.count()) == ({"wie": "Een jongen die kijkt."}, 2)


def test_an_answer_to_another_question_stands_in_nobodys_way(schrijf, teksten, coordinator):
    schrijf(wie="Een stille jongen.")

    schrijf(wie_schrijft=coordinator, wie="Een stille jongen.", nodig="Tijd.")

    assert teksten() == {"wie": "Een stille jongen.", "nodig": "Tijd."}


@pytest.mark.parametrize(
    ("tekst", "zin"),
    [
        ("Nummer 111222333.", "een nummer dat een BSN kan zijn"),
        ("a" * 10_001, "Dit is te lang: er passen 10.000 tekens."),
        ("a" * 100_000, "Dit is te lang: er passen 10.000 tekens."),
    ],
)
@pytest.mark.parametrize("vraag", Verhaal.Vraag.values)
def test_a_mistake_is_explained_and_all_three_texts_stay(schrijf, teksten, vraag, tekst, zin):
    velden = dict.fromkeys(Verhaal.Vraag.values, "Dit bleef staan.") | {vraag: tekst}

    antwoord = schrijf(**velden)

    assert zin in antwoord.text
    assert antwoord.text.count("Dit bleef staan.</textarea>") == 2
    assert f"{tekst}</textarea>" in antwoord.text
    assert teksten() == {}


def test_html_is_shown_as_it_was_typed(schrijf, als, begeleider, traject):
    schrijf(wie="<b>vet</b>")

    assert "&lt;b&gt;vet&lt;/b&gt;" in als(begeleider).get(f"/trajecten/{traject.pk}/verhaal/").text


@pytest.mark.parametrize("gezien", ["", "x", "-1", "9" * 40])
def test_a_strange_number_gives_a_page(schrijf, gezien):
    assert schrijf(wie="Tekst", gezien=gezien).status_code == 200


def test_an_answer_cannot_be_changed_afterwards(schrijf, teksten):
    schrijf(wie="Een stille jongen.")
    teksten()

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Verhaal.objects.update(tekst="Iets anders.")
