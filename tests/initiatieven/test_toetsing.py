"""What admins do with an application: judge, decide, explain."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from collectief.gebruikers.models import Rol, Roluitnodiging
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from initiatieven.actions import beslis
from initiatieven.lidmaatschap import Oordeel, Stap, Toestand
from initiatieven.models import Aanmelding, AanmeldingLezing, Initiatief, StapGeweigerd
from tests.factories import InitiatiefFactory, RolFactory
from tests.initiatieven.factories import AanmeldingFactory, LocatieFactory
from tests.initiatieven.formulieren import oordelen_data
from tests.samen import ernaast, tegelijk

WACHTRIJ = "/initiatieven/toetsing/"


@pytest.fixture
def ingediend(db) -> Aanmelding:
    return AanmeldingFactory(naam="De Morgenster", contact_email="ans@voorbeeld.example")


@pytest.fixture
def rijp(db) -> Aanmelding:
    """An application that may be decided: introduced, three checks passed."""
    return AanmeldingFactory(
        naam="De Morgenster",
        contact_email="ans@voorbeeld.example",
        toestand=Toestand.KENNISMAKING,
        toetsen=Oordeel.VOLDOET,
    )


def paden(aanmelding: Aanmelding) -> list[str]:
    pad = aanmelding.get_absolute_url()
    return [WACHTRIJ, pad, f"{pad}oordelen/", f"{pad}stap/", f"{pad}besluit/"]


def besluit(client: Client, aanmelding: Aanmelding, data: dict):
    """Read the application, as whoever decides has to, and decide."""
    client.get(aanmelding.get_absolute_url())
    return client.post(f"{aanmelding.get_absolute_url()}besluit/", data)


@pytest.mark.parametrize("wie", ["begeleider", "coordinator", "kernteamlid", "verbondgenoot"])
def test_for_whoever_is_no_admin_there_is_no_toetsing(request, als, rijp, wie):
    client = als(request.getfixturevalue(wie))

    antwoorden = [client.get(pad).status_code for pad in paden(rijp)[:2]]
    antwoorden += [client.post(pad, {"stap": "intrekken"}).status_code for pad in paden(rijp)[2:]]

    assert antwoorden == [404] * 5
    rijp.refresh_from_db()
    assert rijp.toestand == "kennismaking"


def test_without_signing_in_there_is_only_the_way_to_sign_in(client, ingediend):
    assert client.get(WACHTRIJ).headers["Location"].startswith("/accounts/login/")
    assert client.get(ingediend.get_absolute_url()).headers["Location"].startswith("/accounts/login/")


def test_the_queue_shows_the_oldest_first_with_age_and_whose_turn_it_is(als, beheerder):
    nu = timezone.now()
    AanmeldingFactory(naam="Jonge hof", ingediend_op=nu)
    AanmeldingFactory(naam="Oude hof", ingediend_op=nu - timedelta(days=12), toestand=Toestand.KENNISMAKING)
    AanmeldingFactory(naam="Concept hof", toestand=Toestand.CONCEPT, ingediend_op=None)

    tekst = als(beheerder).get(WACHTRIJ).text

    assert "2 aanmeldingen, de oudste bovenaan." in tekst
    assert tekst.index("Oude hof") < tekst.index("Jonge hof")
    assert "12 dagen geleden" in tekst
    assert "wij gaan kennismaken" in tekst
    assert "wij beoordelen de toetsen" in tekst
    assert "Concept hof" not in tekst


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_queue_costs_the_same_at_one_and_at_three(als, beheerder, django_assert_num_queries, aantal):
    AanmeldingFactory.create_batch(aantal)
    for _ in range(aantal):
        AanmeldingFactory().zet_stap(Stap.INTREKKEN, door=beheerder)
    client = als(beheerder)
    client.get(WACHTRIJ)

    with django_assert_num_queries(10):
        client.get(WACHTRIJ)


@pytest.mark.parametrize("aantal", [1, 3])
def test_one_application_costs_the_same_at_one_and_at_three_steps(
    als, beheerder, ingediend, django_assert_num_queries, aantal
):
    for nummer in range(aantal):
        ingediend.toetsen.all()[nummer].beoordeel(Oordeel.VOLDOET, door=beheerder, waarom="Gezien.")
    client = als(beheerder)
    client.get(ingediend.get_absolute_url())

    with django_assert_num_queries(20):
        client.get(ingediend.get_absolute_url())


def test_the_page_shows_claim_evidence_and_history_and_says_what_stands_in_the_way(als, beheerder, ingediend):
    tekst = als(beheerder).get(ingediend.get_absolute_url()).text

    assert tekst.count("Zie onze website.") == 3
    assert "Kennismaking beginnen" in tekst
    assert "Dit kan pas na de kennismaking." in tekst
    assert "Besluit nemen en mailen" not in tekst
    assert tekst.index('id="toetsen"') < tekst.index('id="verloop"') < tekst.index('id="besluit"')


def test_judging_two_toetsen_at_once_leaves_the_third_open(als, beheerder, ingediend):
    data = oordelen_data(
        ingediend,
        toets_0_oordeel="voldoet",
        toets_0_waarom="Inschrijving gezien.",
        toets_1_oordeel="voldoet_niet",
        toets_1_waarom="Nu drie jongeren.",
    )

    als(beheerder).post(f"{ingediend.get_absolute_url()}oordelen/", data)

    assert [(toets.oordeel, toets.door) for toets in ingediend.toetsen.all()] == [
        ("voldoet", beheerder),
        ("voldoet_niet", beheerder),
        ("open", None),
    ]
    assert ingediend.stappen.count() == 2


@pytest.mark.parametrize(
    ("velden", "vraag"),
    [
        ({"toets_0_oordeel": "voldoet"}, "Schrijf op waarom."),
        ({"toets_0_waarom": "Gezien."}, "Kies ook of deze toets voldoet."),
        ({"toets_0_oordeel": "prima", "toets_0_waarom": "Gezien."}, "Kies een oordeel."),
        ({"toets_0_oordeel": "voldoet", "toets_0_waarom": "x" * 2001}, "Houd het korter"),
    ],
)
def test_half_a_judgement_is_asked_back_and_nothing_is_lost(als, beheerder, ingediend, velden, vraag):
    data = oordelen_data(ingediend, **velden, toets_1_oordeel="voldoet", toets_1_waarom="Bij ons bezoek.")

    antwoord = als(beheerder).post(f"{ingediend.get_absolute_url()}oordelen/", data)

    assert antwoord.status_code == 200
    assert vraag in antwoord.text
    assert "Bij ons bezoek." in antwoord.text
    assert not ingediend.stappen.exists()


def test_a_judgement_may_change_but_does_not_become_open_again(als, beheerder, ingediend):
    ingediend.toetsen.first().beoordeel(Oordeel.VOLDOET, door=beheerder, waarom="Gezien.")
    client = als(beheerder)
    pad = f"{ingediend.get_absolute_url()}oordelen/"

    weer_open = client.post(pad, oordelen_data(ingediend, toets_0_oordeel="open", toets_0_waarom=""))
    client.post(pad, oordelen_data(ingediend, toets_0_oordeel="voldoet_niet", toets_0_waarom="Toch niet."))

    assert "Kies een oordeel." in weer_open.text
    assert ingediend.toetsen.first().oordeel == "voldoet_niet"
    assert ingediend.stappen.count() == 2


def test_an_application_that_is_not_there_is_not_found(als, beheerder):
    client = als(beheerder)

    assert [client.get(f"{WACHTRIJ}{pk}/").status_code for pk in (1, 10**30)] == [404, 404]


def test_a_toets_of_another_application_cannot_be_judged_from_here(als, beheerder, ingediend):
    andere = AanmeldingFactory()
    oordelen = {f"toets_{n}_oordeel": "voldoet" for n in range(3)} | {f"toets_{n}_waarom": "Gezien." for n in range(3)}
    data = oordelen_data(andere, **oordelen)

    antwoord = als(beheerder).post(f"{ingediend.get_absolute_url()}oordelen/", data)

    assert antwoord.status_code == 200
    assert "hoort bij een andere aanmelding" in antwoord.text
    assert not andere.stappen.exists()
    assert all(toets.oordeel == "open" for toets in andere.toetsen.all())


def test_a_step_is_taken_with_a_note(als, beheerder, ingediend):
    als(beheerder).post(
        f"{ingediend.get_absolute_url()}stap/", {"stap": "kennismaken", "toelichting": "Gebeld, komt langs."}
    )

    stap = ingediend.stappen.get()
    assert (stap.naar, stap.door, stap.toelichting) == ("kennismaking", beheerder, "Gebeld, komt langs.")


@pytest.mark.parametrize(
    ("stap", "reden"),
    [
        ("kennismaken", "De kennismaking is al begonnen."),
        ("hervatten", "De kennismaking is al begonnen."),
        ("lid_maken", "Deze stap kennen we niet."),
        ("", "Deze stap kennen we niet."),
    ],
)
def test_an_illegal_step_explains_itself(als, beheerder, rijp, stap, reden):
    antwoord = als(beheerder).post(f"{rijp.get_absolute_url()}stap/", {"stap": stap})

    assert antwoord.status_code == 200
    assert reden in antwoord.text
    assert not rijp.stappen.exists()


def test_becoming_a_member_makes_a_page_a_place_and_an_invitation(als, beheerder, rijp):
    besluit(als(beheerder), rijp, {"stap": "lid_maken", "waarom": "Een fijne plek."})

    initiatief = Initiatief.objects.get()
    assert (initiatief.naam, initiatief.slug, initiatief.lidmaatschap) == ("De Morgenster", "de-morgenster", "lid")
    assert (initiatief.lid_sinds, initiatief.leeftijd_van) == (timezone.localdate(), 12)
    assert initiatief.events.get().pgh_context.metadata == {"gebruiker": beheerder.pk}
    locatie = initiatief.locaties.get()
    assert (locatie.plaats, locatie.nauwkeurigheid, locatie.adres) == ("Zutphen", "ongeveer", "")
    uitnodiging = Roluitnodiging.objects.get()
    assert (uitnodiging.email, uitnodiging.soort) == ("ans@voorbeeld.example", "coordinator")
    assert uitnodiging.initiatief == initiatief
    rijp.refresh_from_db()
    assert rijp.initiatief == initiatief


@pytest.mark.parametrize(
    ("stap", "soort"),
    [
        ("lid_maken", "aanmelding_lid"),
        ("aanhouden", "aanmelding_aangehouden"),
        ("afwijzen", "aanmelding_afgewezen"),
    ],
)
def test_every_decision_is_mailed_exactly_once_with_its_reason(als, beheerder, rijp, stap, soort):
    client = als(beheerder)
    data = {"stap": stap, "waarom": "We zagen <rust> & aandacht."}
    if stap == "aanhouden":
        data["tot"] = (timezone.localdate() + timedelta(days=60)).isoformat()

    for _ in range(2):
        besluit(client, rijp, data)

    bericht = Bericht.objects.exclude(soort="roluitnodiging").get()
    mail = stel_op(bericht)
    assert (bericht.soort, bericht.aan_adres) == (soort, "ans@voorbeeld.example")
    assert "We zagen <rust> & aandacht." in mail.body
    assert "<rust>" not in mail.alternatives[0][0]
    assert "De Morgenster" not in mail.subject


def test_the_mail_of_an_aangehouden_aanmelding_names_the_day(als, beheerder, rijp):
    tot = timezone.localdate().replace(year=timezone.localdate().year + 1, month=3, day=1)

    besluit(als(beheerder), rijp, {"stap": "aanhouden", "waarom": "Nog jong.", "tot": tot.isoformat()})

    assert f"1 maart {tot.year}" in stel_op(Bericht.objects.get()).body


@pytest.mark.parametrize(
    ("velden", "vraag"),
    [
        ({"stap": "lid_maken", "waarom": " "}, "Schrijf op waarom je dit besluit."),
        ({"waarom": "Daarom."}, "Kies een besluit."),
        ({"stap": "aanhouden", "waarom": "Nog jong."}, "Kies een datum na vandaag"),
        ({"stap": "aanhouden", "waarom": "Nog jong.", "tot": "2001-01-01"}, "Kies een datum na vandaag"),
        ({"stap": "aanhouden", "waarom": "Nog jong.", "tot": "ooit"}, "Vul een datum in"),
        ({"stap": "intrekken", "waarom": "Nog jong."}, "Kies een van de drie."),
        ({"stap": "lid_maken", "waarom": "x" * 2001}, "2000"),
    ],
)
def test_a_decision_that_is_not_complete_is_asked_back_and_nothing_is_lost(als, beheerder, rijp, velden, vraag):
    antwoord = besluit(als(beheerder), rijp, velden)

    assert antwoord.status_code == 200
    assert vraag in antwoord.text
    assert velden.get("waarom", "").strip() in antwoord.text
    rijp.refresh_from_db()
    assert rijp.toestand == "kennismaking"
    assert not Bericht.objects.exists()


def test_lid_with_a_failed_toets_is_refused_with_the_reason(als, beheerder):
    aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET_NIET)

    antwoord = besluit(als(beheerder), aanmelding, {"stap": "lid_maken", "waarom": "Toch fijn."})

    assert "Lid worden kan nog niet." in antwoord.text
    assert not Initiatief.objects.exists()
    assert not Bericht.objects.exists()


def test_a_member_that_has_a_page_keeps_its_words_its_place_and_its_staff(als, beheerder, rijp):
    bestaand = InitiatiefFactory(
        naam="De Morgenster", slug="de-morgenster", omschrijving="Onze eigen woorden.", lidmaatschap="geen"
    )
    LocatieFactory(initiatief=bestaand)
    RolFactory(initiatief=bestaand, soort=Rol.Soort.COORDINATOR)

    besluit(
        als(beheerder),
        rijp,
        {"stap": "lid_maken", "waarom": "Fijne plek.", "initiatief": str(bestaand.pk)},
    )

    bestaand.refresh_from_db()
    assert (bestaand.lidmaatschap, bestaand.omschrijving, bestaand.leeftijd_tot) == ("lid", "Onze eigen woorden.", 18)
    assert bestaand.locaties.count() == 1
    assert Initiatief.objects.count() == 1
    assert not Roluitnodiging.objects.exists()


def test_an_initiative_with_another_name_cannot_be_chosen(als, beheerder, rijp, initiatief):
    antwoord = besluit(
        als(beheerder),
        rijp,
        {"stap": "lid_maken", "waarom": "Fijne plek.", "initiatief": str(initiatief.pk)},
    )

    rijp.refresh_from_db()
    assert rijp.initiatief != initiatief
    assert antwoord.status_code in (200, 302)


def test_an_aangehouden_aanmelding_is_taken_up_again_and_can_be_decided_anew(als, beheerder, rijp):
    client = als(beheerder)
    pad = rijp.get_absolute_url()
    tot = (timezone.localdate() + timedelta(days=60)).isoformat()

    besluit(client, rijp, {"stap": "aanhouden", "waarom": "Nog jong.", "tot": tot})
    client.post(f"{pad}stap/", {"stap": "hervatten"})
    besluit(client, rijp, {"stap": "lid_maken", "waarom": "Nu wel."})

    rijp.refresh_from_db()
    assert rijp.besluit == "lid"
    soorten = list(Bericht.objects.order_by("pk").values_list("soort", flat=True))
    assert soorten == ["aanmelding_aangehouden", "roluitnodiging", "aanmelding_lid"]


@pytest.mark.django_db(transaction=True)
def test_two_admins_deciding_at_once_make_one_decision_and_one_mail():
    aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET)
    bea, bob = (RolFactory(soort=Rol.Soort.BEHEERDER).gebruiker for _ in range(2))
    for wie in (bea, bob):
        AanmeldingLezing.objects.leest(aanmelding, wie)

    def beslist(door, stap) -> None:
        beslis(aanmelding=Aanmelding.objects.get(pk=aanmelding.pk), stap=stap, door=door, waarom="Daarom.")

    uitkomsten = tegelijk(
        partial(beslist, bea, Stap.LID_MAKEN), partial(beslist, bob, Stap.AFWIJZEN), weigert=StapGeweigerd
    )

    assert {str(uitkomst) for uitkomst in uitkomsten} == {"Over deze aanmelding is al besloten.", "None"}
    assert Bericht.objects.exclude(soort="roluitnodiging").count() == 1
    assert aanmelding.stappen.count() == 1


@pytest.mark.django_db(transaction=True)
def test_judging_waits_for_a_decision_that_is_being_made_and_is_then_refused():
    aanmelding = AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET)
    bea, bob = (RolFactory(soort=Rol.Soort.BEHEERDER).gebruiker for _ in range(2))
    AanmeldingLezing.objects.leest(aanmelding, bea)
    besloten = threading.Event()

    def oordeelt() -> None:
        toets = Aanmelding.objects.get(pk=aanmelding.pk).toetsen.first()
        besloten.wait(timeout=10)
        toets.beoordeel(Oordeel.VOLDOET_NIET, door=bob, waarom="Toch niet.")

    oordeel = ernaast(oordeelt)
    with transaction.atomic():
        beslis(aanmelding=aanmelding, stap=Stap.LID_MAKEN, door=bea, waarom="Daarom.")
        besloten.set()

    with pytest.raises(StapGeweigerd, match="al besloten"):
        oordeel.result(timeout=10)
    assert {toets.oordeel for toets in aanmelding.toetsen.all()} == {"voldoet"}


def test_who_begins_without_any_initiative_reads_where_to_begin(als, beheerder):
    tekst = als(beheerder).get("/initiatieven/toetsing/").text

    assert "Er staan nog geen initiatieven." in tekst
    assert 'href="/initiatieven/toetsing/importeren/">Initiatieven inlezen</a>' in tekst
