"""The pages about questions: what they show to whom, bad input, and their queries."""

import pytest
from django.urls import reverse

from bijeenkomsten.models import Vraag
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory, VraagFactory

pytestmark = pytest.mark.django_db
GEHEIM = "Hoe gaan we om met deze ene wethouder?"


def url(naam: str, *args) -> str:
    return reverse(f"bijeenkomsten:{naam}", args=args)


def tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().split())


def test_a_question_is_brought_in_without_asking_for_whom(als, begeleider, initiatief):
    vraag = {"vraag": "Hoe  regelen\njullie vervoer?", "hulp": "ervaring", "context": "De bus rijdt niet meer."}

    pagina = als(begeleider).post(url("vraag_nieuw"), vraag, follow=True)

    bewaard = Vraag.objects.get()
    assert (bewaard.vraag, bewaard.initiatief, bewaard.door) == ("Hoe regelen jullie vervoer?", initiatief, begeleider)
    assert "Je vraag is ingebracht." in tekst(pagina)
    assert "De bus rijdt niet meer." in tekst(pagina)


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("vraag", "", "Schrijf je vraag op."),
        ("vraag", "x" * 161, "Maak je vraag korter"),
        ("context", "Haar nummer is 111222333.", "een BSN kan zijn"),
        ("hulp", "geld", "Selecteer"),
        ("bijeenkomst", "99999", "Kies een bijeenkomst die nog komt"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_lost(als, begeleider, veld, waarde, zin):
    ingevuld = {"vraag": "Hoe dan?", "hulp": "kennis", "context": "Dit schreef ik."} | {veld: waarde}

    pagina = tekst(als(begeleider).post(url("vraag_nieuw"), ingevuld))

    assert zin in pagina
    assert ingevuld["context"] in pagina
    assert not Vraag.objects.exists()


def test_a_meeting_that_is_not_public_is_offered_only_to_who_is_invited(als, begeleider, buitenstaander):
    besloten = BijeenkomstFactory(titel="Onder ons", is_openbaar=False)
    UitnodigingFactory(bijeenkomst=besloten, gebruiker=begeleider)
    ingevuld = {"vraag": "Hoe dan?", "hulp": "kennis", "bijeenkomst": besloten.pk}

    assert "Onder ons" in tekst(als(begeleider).get(url("vraag_nieuw")))
    assert "Onder ons" not in tekst(als(buitenstaander).get(url("vraag_nieuw")))
    assert "Kies een bijeenkomst die nog komt" in tekst(als(buitenstaander).post(url("vraag_nieuw"), ingevuld))


def test_a_question_stays_at_a_meeting_that_its_asker_could_not_choose(als, begeleider, initiatief):
    vraag = VraagFactory(initiatief=initiatief, bijeenkomst=BijeenkomstFactory(is_openbaar=False))

    ingevuld = {"vraag": "Anders gezegd?", "hulp": "kennis", "bijeenkomst": vraag.bijeenkomst_id}
    als(begeleider).post(url("vraag_bewerken", vraag.pk), ingevuld)

    assert Vraag.objects.filter(vraag="Anders gezegd?", bijeenkomst=vraag.bijeenkomst).exists()


def test_a_confidential_question_is_on_no_public_page_and_in_no_feed(client, als, buitenstaander, verbondgenoot):
    bijeenkomst = BijeenkomstFactory()
    VraagFactory(vraag=GEHEIM, is_vertrouwelijk=True, bijeenkomst=bijeenkomst, minuten=20)
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=verbondgenoot)
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=buitenstaander)
    gast = UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=None, naam="Gast", adres="gast@voorbeeld.example")

    openbaar = [("lijst",), ("agenda",), ("detail", bijeenkomst.pk), ("agenda_van_een", bijeenkomst.pk)]
    for adres in [*(url(*wat) for wat in openbaar), url("antwoord", gast.token)]:
        assert "wethouder" not in tekst(client.get(adres))
    assert "wethouder" not in tekst(als(verbondgenoot).get(url("meedoen", bijeenkomst.pk)))
    assert "wethouder" in tekst(als(buitenstaander).get(url("meedoen", bijeenkomst.pk)))
    assert "wethouder" not in tekst(als(verbondgenoot).get(url("vragen")))


def test_the_core_team_sees_why_a_question_stands_first_and_gives_it_minutes(als, kernteamlid):
    bijeenkomst, vraag = BijeenkomstFactory(), VraagFactory()
    client = als(kernteamlid)

    pagina = tekst(client.get(url("agendavragen", bijeenkomst.pk)))
    daarna = tekst(client.post(url("vraag_plaatsen", bijeenkomst.pk, vraag.pk), {"minuten": "25"}, follow=True))

    assert "Kwam de laatste 3 keer niet aan bod." in pagina
    assert "Er zijn nog 180 minuten vrij." in pagina
    assert "Er zijn nog 155 minuten vrij." in daarna


def test_a_programme_that_became_too_long_says_by_how_much(als, kernteamlid):
    bijeenkomst = BijeenkomstFactory()  # three hours
    VraagFactory(bijeenkomst=bijeenkomst, minuten=30)
    bijeenkomst.programma.create(titel="Rondje", minuten=170)

    assert "duren 20 minuten te lang." in tekst(als(kernteamlid).get(url("agendavragen", bijeenkomst.pk)))


@pytest.mark.parametrize(
    ("minuten", "zin"),
    [
        ("", "Vul in hoeveel minuten"),
        ("2", "minstens 5 minuten"),
        ("500", "hooguit 180 minuten"),
        ("veel", "heel aantal minuten"),
        ("99999999999999999999", "hooguit 180 minuten"),
    ],
)
def test_strange_minutes_are_asked_again_beside_the_field(als, kernteamlid, minuten, zin):
    bijeenkomst, vraag = BijeenkomstFactory(), VraagFactory()

    pagina = als(kernteamlid).post(url("vraag_plaatsen", bijeenkomst.pk, vraag.pk), {"minuten": minuten})

    assert pagina.status_code == 200
    assert zin in tekst(pagina)


def test_support_is_given_and_taken_back_and_not_for_ones_own(als, begeleider, buitenstaander, initiatief):
    vraag = VraagFactory(initiatief=initiatief)

    als(buitenstaander).post(url("vraag_steunen", vraag.pk))
    assert vraag.steun.get().initiatief.rollen.filter(gebruiker=buitenstaander).exists()
    als(buitenstaander).post(url("vraag_steunen", vraag.pk), {"stop": "ja"})

    assert not vraag.steun.exists()
    assert als(begeleider).post(url("vraag_steunen", vraag.pk)).status_code == 404


def test_an_edit_leaves_alone_where_the_question_stands(als, begeleider, initiatief):
    vraag = VraagFactory(initiatief=initiatief, bijeenkomst=BijeenkomstFactory(), minuten=20)

    als(begeleider).post(url("vraag_bewerken", vraag.pk), {"vraag": "Anders gezegd?", "hulp": "kennis"})

    vraag.refresh_from_db()
    assert (vraag.vraag, vraag.stand, vraag.minuten) == ("Anders gezegd?", "geplaatst", 20)


def test_a_step_that_cannot_be_taken_is_explained(als, kernteamlid):
    vraag = VraagFactory(stand="ingetrokken")

    pagina = als(kernteamlid).post(url("vraag_stap", vraag.pk), {"stap": "bespreek"}, follow=True)

    assert "Dit kan nu niet: deze vraag is ingetrokken." in tekst(pagina)


def test_own_questions_can_be_merged_with_one_that_may_be_read(als, begeleider, initiatief):
    vraag, ander = VraagFactory(initiatief=initiatief), VraagFactory(vraag="Vervoer?")
    vertrouwelijk = VraagFactory(is_vertrouwelijk=True)
    client = als(begeleider)

    assert "Vervoer?" in tekst(client.get(url("vraag_samenvoegen", vraag.pk)))
    geweigerd = client.post(url("vraag_samenvoegen", vraag.pk), {"in_vraag": vertrouwelijk.pk})
    client.post(url("vraag_samenvoegen", vraag.pk), {"in_vraag": ander.pk})

    assert "Kies een vraag om bij te voegen." in tekst(geweigerd)
    assert Vraag.objects.get(pk=vraag.pk).in_vraag == ander
    assert client.get(url("vraag_samenvoegen", ander.pk)).status_code == 404


@pytest.mark.parametrize("aantal", [1, 10])
def test_the_list_takes_six_queries(als, kernteamlid, django_assert_num_queries, aantal):
    VraagFactory.create_batch(aantal, bijeenkomst=BijeenkomstFactory())
    client = als(kernteamlid)

    with django_assert_num_queries(6):
        client.get(url("vragen"))
