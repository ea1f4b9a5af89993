"""The pages of the core team: planning, publishing, inviting, calling off."""

import pytest

from bijeenkomsten.models import Bijeenkomst, Uitnodiging
from collectief.post.models import Bericht
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.bijeenkomsten.test_paginas import IEDEREEN, tekst, url
from tests.factories import InitiatiefFactory

pytestmark = pytest.mark.django_db
KERNTEAMPAGINAS = [
    *(("get", naam) for naam in ("nieuw", "beheer", "bewerken", "afgelasten", "uitnodigen", "deelnemers")),
    *(("post", naam) for naam in ("nieuw", "bewerken", "publiceren", "afgelasten", "uitnodigen")),
    ("post", "doelgroep_uitnodigen"),
]


@pytest.mark.parametrize("wie", [w for w in IEDEREEN if w != "kernteamlid"])
@pytest.mark.parametrize(("methode", "naam"), KERNTEAMPAGINAS)
def test_planning_pages_do_not_exist_for_others(request, als, wie, methode, naam):
    bijeenkomst = BijeenkomstFactory(status="concept")
    gebruiker = request.getfixturevalue(wie)
    bijeenkomst.trekkers.add(gebruiker)

    antwoord = getattr(als(gebruiker), methode)(url(naam, *([] if naam == "nieuw" else [bijeenkomst.pk])))

    assert antwoord.status_code == 404
    assert Bijeenkomst.objects.get().is_concept


@pytest.mark.parametrize(("methode", "naam"), KERNTEAMPAGINAS)
def test_planning_pages_open_for_the_core_team(als, kernteamlid, methode, naam):
    pk = BijeenkomstFactory().pk

    antwoord = getattr(als(kernteamlid), methode)(url(naam, *([] if naam == "nieuw" else [pk])))

    assert antwoord.status_code in {200, 302}


@pytest.mark.parametrize("naam", ["beheer", "bewerken", "afgelasten", "uitnodigen", "deelnemers"])
def test_a_planning_page_of_a_meeting_that_is_not_there_is_not_found(als, kernteamlid, naam):
    assert als(kernteamlid).get(url(naam, 99999)).status_code == 404


GEGEVENS = {
    "soort": "landelijk",
    "titel": "Samen leren",
    "datum": "2030-11-20",
    "begin": "14:00",
    "eind": "17:00",
    "plaats": "De Kas",
    "is_openbaar": "on",
}


def test_a_meeting_is_planned_published_and_people_are_invited(als, kernteamlid, begeleider, verbondgenoot, client):
    kern = als(kernteamlid)

    kern.post(url("nieuw"), GEGEVENS | {"trekkers": [kernteamlid.pk]})
    bijeenkomst = Bijeenkomst.objects.get()
    voor_publicatie = client.get(url("detail", bijeenkomst.pk)).status_code
    kern.post(url("publiceren", bijeenkomst.pk))
    reactie = kern.post(url("doelgroep_uitnodigen", bijeenkomst.pk), follow=True)

    assert list(bijeenkomst.trekkers.all()) == [kernteamlid]
    assert (voor_publicatie, client.get(url("detail", bijeenkomst.pk)).status_code) == (404, 200)
    assert "Uitgenodigd: 2 mensen." in tekst(reactie)
    assert {u.gebruiker for u in Uitnodiging.objects.select_related("gebruiker")} == {begeleider, verbondgenoot}


def test_publishing_an_online_meeting_without_link_says_what_to_do(als, kernteamlid):
    bijeenkomst = BijeenkomstFactory(status="concept", soort="online", plaats="")

    reactie = als(kernteamlid).post(url("publiceren", bijeenkomst.pk), follow=True)

    assert "Zet de link erbij. Een online bijeenkomst kan niet zonder." in tekst(reactie)


def test_mistakes_in_the_form_keep_what_was_typed(als, kernteamlid):
    reactie = als(kernteamlid).post(url("nieuw"), GEGEVENS | {"eind": "13:00"})

    assert reactie.status_code == 200
    assert "Kies een eindtijd na de begintijd." in tekst(reactie)
    assert 'value="Samen leren"' in tekst(reactie)
    assert not Bijeenkomst.objects.exists()


def test_an_edited_meeting_tells_its_guests_and_keeps_its_leaders(als, kernteamlid):
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord="ja")

    als(kernteamlid).post(url("bewerken", bijeenkomst.pk), GEGEVENS | {"trekkers": [kernteamlid.pk]})

    bijeenkomst.refresh_from_db()
    assert (bijeenkomst.titel, bijeenkomst.volgnummer_agenda) == ("Samen leren", 1)
    assert list(bijeenkomst.trekkers.all()) == [kernteamlid]
    assert Bericht.objects.get().soort == "bijeenkomst_verplaatst"


def test_too_few_seats_for_who_comes_is_explained_in_the_form(als, kernteamlid):
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory.create_batch(2, bijeenkomst=bijeenkomst, antwoord="ja")

    reactie = als(kernteamlid).post(url("bewerken", bijeenkomst.pk), GEGEVENS | {"capaciteit": "1"})

    assert "Er komen al 2 mensen. Vul 2 of meer in." in tekst(reactie)
    assert Bijeenkomst.objects.get().titel == bijeenkomst.titel


def test_calling_off_asks_first_and_then_tells_everyone(als, kernteamlid, client):
    bijeenkomst = UitnodigingFactory().bijeenkomst
    kern = als(kernteamlid)

    vraag = kern.get(url("afgelasten", bijeenkomst.pk))
    kern.post(url("afgelasten", bijeenkomst.pk), {"omdat": "Er ligt sneeuw."})

    assert "Gaat deze bijeenkomst niet door?" in tekst(vraag)
    assert "Er ligt sneeuw." in tekst(client.get(url("detail", bijeenkomst.pk)))
    assert Bericht.objects.get().soort == "bijeenkomst_afgelast"


def test_calling_off_twice_is_explained(als, kernteamlid):
    bijeenkomst = BijeenkomstFactory(status="afgelast")

    reactie = als(kernteamlid).post(url("afgelasten", bijeenkomst.pk), {"omdat": ""}, follow=True)

    assert "Je kunt alleen een gepubliceerde bijeenkomst afgelasten." in tekst(reactie)


def test_one_person_is_invited_by_address(als, kernteamlid):
    bijeenkomst = BijeenkomstFactory()
    gegevens = {"naam": "Gast", "adres": "gast@voorbeeld.example"}
    kern = als(kernteamlid)

    eerst = kern.post(url("uitnodigen", bijeenkomst.pk), gegevens, follow=True)
    nog_eens = kern.post(url("uitnodigen", bijeenkomst.pk), gegevens)

    assert "Gast krijgt een uitnodiging per mail." in tekst(eerst)
    assert "Deze persoon is al uitgenodigd." in tekst(nog_eens)
    assert Uitnodiging.objects.count() == 1


@pytest.mark.parametrize("aantal", [1, 3])
@pytest.mark.parametrize(("naam", "queries"), [("beheer", 7), ("deelnemers", 6), ("uitnodigen", 6)])
def test_planning_pages_take_the_same_queries(als, kernteamlid, django_assert_num_queries, aantal, naam, queries):
    bijeenkomst = BijeenkomstFactory()
    UitnodigingFactory.create_batch(aantal, bijeenkomst=bijeenkomst, antwoord="ja")
    client = als(kernteamlid)

    with django_assert_num_queries(queries):
        client.get(url(naam, bijeenkomst.pk))


def test_the_list_of_guests_says_who_comes(als, kernteamlid):
    bijeenkomst = BijeenkomstFactory(capaciteit=12)
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam="Noor", antwoord="ja")
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam="Ties")

    pagina = tekst(als(kernteamlid).get(url("deelnemers", bijeenkomst.pk)))

    assert "1 van 2 komt; er zijn 12 plekken." in pagina
    assert pagina.index("Noor") < pagina.index("Ties")


def test_namesakes_on_the_list_of_guests_are_told_apart_by_where_they_work(als, kernteamlid):
    bijeenkomst = BijeenkomstFactory()
    for plek in ("Erf Klaproos", "Studio Eb en Vloed"):
        UitnodigingFactory(
            bijeenkomst=bijeenkomst, gebruiker__naam="Noor de Wit", initiatief=InitiatiefFactory(naam=plek)
        )

    pagina = tekst(als(kernteamlid).get(url("deelnemers", bijeenkomst.pk)))

    assert 'Noor de Wit <span class="optioneel">Erf Klaproos</span>' in pagina
    assert 'Noor de Wit <span class="optioneel">Studio Eb en Vloed</span>' in pagina


@pytest.mark.parametrize("naam", ["deelnemers", "aanwezig"])
def test_a_long_list_of_guests_has_pages_and_can_be_searched(als, kernteamlid, naam):
    bijeenkomst = BijeenkomstFactory()
    Uitnodiging.objects.bulk_create(
        Uitnodiging(bijeenkomst=bijeenkomst, naam=f"Gast {nummer:02}", adres=f"gast{nummer}@voorbeeld.example")
        for nummer in range(53)
    )
    client, adres = als(kernteamlid), url(naam, bijeenkomst.pk)

    eerste, tweede, gezocht, niemand, alles = (
        tekst(client.get(adres + vraag)) for vraag in ("", "?pagina=2", "?q=gast+5", "?q=wie", "?alles=on")
    )

    assert ("Gast 49" in eerste, "Gast 50" in eerste, "Bladzijde 1 van 2" in eerste) == (True, False, True)
    assert ("Gast 49" in tweede, "Gast 50" in tweede) == (False, True)
    assert ("Gast 49" in gezocht, "Gast 52" in gezocht, "Bladzijde" in gezocht) == (False, True, False)
    assert "Niemand met “wie” in de naam." in niemand
    assert ("Gast 00" in alles, "Gast 52" in alles, "Bladzijde" in alles) == (True, True, False)


def test_noting_an_answer_leads_back_to_the_same_page_of_the_list(als, kernteamlid):
    uitnodiging = UitnodigingFactory()
    pk = uitnodiging.bijeenkomst_id

    antwoord = als(kernteamlid).post(
        url("antwoord_van", pk) + "?q=n&pagina=2", {"uitnodiging": uitnodiging.pk, "antwoord": "ja"}
    )

    assert antwoord.url == url("deelnemers", pk) + "?q=n&pagina=2"
