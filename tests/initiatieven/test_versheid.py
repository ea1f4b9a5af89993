"""Keeping pages fresh: who is asked when, what silence means, and that looking at a link says nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from initiatieven.models import Bevestiging, Bladzijdemelding, Initiatief, Locatie, Plekken, Versheid
from initiatieven.opfrissen import bevestig, vraag_of_het_klopt
from initiatieven.versheid import Antwoord, eerste_vraag, is_vindbaar
from tests.factories import GebruikerFactory, InitiatiefFactory, RolFactory
from tests.initiatieven.bladzijde import token_van
from tests.initiatieven.factories import LocatieFactory, PlekkenFactory

WEEK = timedelta(weeks=1)
KWARTAAL = timedelta(days=91)


@pytest.fixture
def vandaag(db):
    return timezone.localdate()


@pytest.fixture
def bemand(db) -> Initiatief:
    """A public initiative with a coördinator, whose turn it is today."""
    initiatief = InitiatiefFactory(naam="Het Erf", email="erf@voorbeeld.example")
    RolFactory(initiatief=initiatief, soort="coordinator")
    Versheid.objects.create(initiatief=initiatief, volgende_op=timezone.localdate())
    return initiatief


@pytest.fixture
def onbemand(db) -> Initiatief:
    return InitiatiefFactory(naam="De Kas", email="kas@voorbeeld.example")


def stand(initiatief: Initiatief) -> tuple:
    rij = Versheid.objects.select_related("initiatief").get(pk=initiatief.pk)
    return rij.stiltes, rij.initiatief.is_vindbaar, rij.bellen_waarom


def aantal(initiatief: Initiatief) -> int:
    return Bericht.objects.filter(groep=f"versheid:{initiatief.pk}", soort="versheid").count()


# --- The ladder -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stiltes", "vindbaar"), [(0, True), (1, True), (2, True), (3, False)])
def test_after_three_silences_search_hides_a_page(stiltes, vindbaar):
    assert is_vindbaar(stiltes) is vindbaar


@pytest.mark.parametrize(
    ("bevestigd", "bemand", "over"),
    [(None, True, 91), (10, True, 81), (200, True, 0), (None, False, 0), (10, False, 0)],
)
def test_when_a_page_is_asked_about_first(vandaag, bevestigd, bemand, over):
    op = bevestigd and vandaag - timedelta(days=bevestigd)

    assert eerste_vraag(op, vandaag, heeft_medewerkers=bemand) == vandaag + timedelta(days=over)


@pytest.mark.parametrize(("wie", "tussen"), [("bemand", KWARTAAL), ("onbemand", 2 * WEEK)])
def test_three_silences_in_a_row(request, vandaag, wie, tussen):
    """By hand: with staff after 0, 3 and 6 months, hidden after 9; without after 0, 2 and 4 weeks, hidden after 6."""
    initiatief = request.getfixturevalue(wie)
    gezien = []
    for stap in range(5):
        vraag_of_het_klopt(vandaag + stap * tussen - timedelta(days=1))
        vraag_of_het_klopt(vandaag + stap * tussen)
        vraag_of_het_klopt(vandaag + stap * tussen)
        gezien.append((*stand(initiatief), aantal(initiatief)))

    assert gezien == [
        (0, True, "", 1),
        (1, True, "", 2),
        (2, True, "", 3),
        (3, False, "stil", 3),
        (3, False, "stil", 3),
    ]
    assert Versheid.objects.te_bellen().filter(pk=initiatief.pk).exists()


def test_a_hidden_page_is_still_reached_and_says_why(client, vandaag, onbemand):
    for stap in range(3):
        vraag_of_het_klopt(vandaag + stap * 2 * WEEK)
    assert "Niet recent bevestigd" in client.get(onbemand.get_absolute_url()).text
    vraag_of_het_klopt(vandaag + 6 * WEEK)

    plek = LocatieFactory(initiatief=onbemand)
    assert "Niet recent bevestigd" in client.get(onbemand.get_absolute_url()).text
    assert "De Kas" not in client.get("/initiatieven/").text
    assert not Locatie.objects.op_de_kaart().filter(pk=plek.pk).exists()


def test_after_an_outage_each_goes_one_step(vandaag, bemand):
    vraag_of_het_klopt(vandaag)
    vraag_of_het_klopt(vandaag + 10 * KWARTAAL)

    assert stand(bemand) == (1, True, "")
    assert aantal(bemand) == 2


def test_who_loses_all_staff_halfway_goes_the_quick_way(vandaag, bemand):
    vraag_of_het_klopt(vandaag)
    bemand.rollen.update(tot=vandaag)
    vraag_of_het_klopt(vandaag + 2 * WEEK)

    assert stand(bemand) == (1, True, "")
    assert Bericht.objects.filter(aan_adres="erf@voorbeeld.example").count() == 1


def test_without_an_address_core_team_calls_at_once(vandaag):
    stil = InitiatiefFactory(email="")
    vraag_of_het_klopt(vandaag)

    assert stand(stil) == (0, True, "geen_adres")
    assert not Bericht.objects.exists()


@pytest.mark.parametrize("lidmaatschap", ["geen", "aangemeld", "gestopt"])
def test_who_is_not_public_is_not_asked(vandaag, lidmaatschap):
    InitiatiefFactory(lidmaatschap=lidmaatschap, email="x@voorbeeld.example")

    assert vraag_of_het_klopt(vandaag) == 0


def test_the_oldest_come_first_and_a_run_has_its_limit(vandaag, settings):
    settings.VERSHEID_PER_KEER = 2
    for dagen in (1, 3, 2):
        initiatief = InitiatiefFactory(naam=f"Plek {dagen}", email="x@voorbeeld.example")
        Versheid.objects.create(initiatief=initiatief, volgende_op=vandaag - timedelta(days=dagen))

    assert vraag_of_het_klopt(vandaag) == 2
    assert set(Versheid.objects.filter(gevraagd_op=vandaag).values_list("initiatief__naam", flat=True)) == {
        "Plek 3",
        "Plek 2",
    }
    assert vraag_of_het_klopt(vandaag) == 1


@pytest.mark.parametrize("hoeveel", [1, 10])
def test_a_run_costs_the_same_for_one_and_for_ten(vandaag, django_assert_num_queries, hoeveel):
    for _ in range(hoeveel):
        initiatief = InitiatiefFactory()
        RolFactory(initiatief=initiatief, soort="coordinator")
        PlekkenFactory(initiatief=initiatief, per_datum=vandaag - timedelta(days=40))
        Versheid.objects.create(initiatief=initiatief, volgende_op=vandaag)

    with django_assert_num_queries(9):
        vraag_of_het_klopt(vandaag)


def test_coordinators_are_asked_before_others_and_nobody_who_left(vandaag, bemand):
    RolFactory(initiatief=bemand)
    RolFactory(initiatief=bemand, soort="coordinator", gebruiker=GebruikerFactory(is_active=False))
    vraag_of_het_klopt(vandaag)

    coordinator = bemand.rollen.filter(soort="coordinator", gebruiker__is_active=True).get().gebruiker
    assert list(Bericht.objects.values_list("aan", flat=True)) == [coordinator.pk]


# --- Room -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("dagen", "gevraagd"), [(29, 0), (30, 1), (200, 1)])
def test_room_is_asked_about_after_thirty_days_and_once(vandaag, bemand, dagen, gevraagd):
    Versheid.objects.update(volgende_op=vandaag + KWARTAAL)
    PlekkenFactory(initiatief=bemand, per_datum=vandaag - timedelta(days=dagen))
    for later in (0, 1, 29):
        Plekken.objects.update(per_datum=vandaag - timedelta(days=dagen - later))
        vraag_of_het_klopt(vandaag + timedelta(days=later))

    assert Bericht.objects.filter(soort="plekken_versheid").count() == gevraagd


def test_whoever_is_asked_about_the_page_is_not_asked_about_room_as_well(vandaag, bemand):
    PlekkenFactory(initiatief=bemand, per_datum=vandaag - timedelta(days=60))

    assert vraag_of_het_klopt(vandaag) == 1


# --- The links ------------------------------------------------------------------------------------------------------


def paden(bericht: Bericht) -> list[str]:
    return [pad for _, pad in bericht.gegevens["knoppen"]]


def alles() -> list:
    """Everything that a link could change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Versheid, Bevestiging, Bladzijdemelding, Initiatief, Plekken)
    ]


@pytest.mark.parametrize("soort", ["versheid", "plekken_versheid"])
def test_a_mail_scanner_that_opens_every_link_changes_nothing(client, vandaag, bemand, soort):
    PlekkenFactory(initiatief=bemand, per_datum=vandaag - timedelta(days=60))
    if soort == "plekken_versheid":
        Versheid.objects.update(volgende_op=vandaag + KWARTAAL)
    vraag_of_het_klopt(vandaag)
    bericht, voor = Bericht.objects.get(soort=soort), alles()

    for pad in paden(bericht):
        for vraag in (client.get, client.head, client.options):
            assert vraag(pad).status_code in {200, 405}
        assert client.get(pad).status_code == 200

    assert alles() == voor
    assert not client.cookies


def test_the_mail_has_three_links_and_no_name_in_its_subject(vandaag, bemand):
    vraag_of_het_klopt(vandaag)
    mail = stel_op(Bericht.objects.get())

    assert "Het Erf" not in mail.subject
    for pad in paden(Bericht.objects.get()):
        assert pad in mail.body
    assert len(paden(Bericht.objects.get())) == 3


def test_who_opens_the_page_and_sees_a_mistake_goes_straight_to_where_she_says_so(client, vandaag, bemand):
    vraag_of_het_klopt(vandaag)
    klopt, wijzigen, _ = paden(Bericht.objects.get())

    assert f'href="{wijzigen}"' in client.get(klopt).text


def test_one_press_confirms_everything_and_the_link_is_used_up(client, vandaag, onbemand):
    PlekkenFactory(initiatief=onbemand, per_datum=vandaag - timedelta(days=60))
    for stap in range(4):
        vraag_of_het_klopt(vandaag + stap * 2 * WEEK)
    klopt, _, gestopt = paden(Bericht.objects.first())

    assert "Dank je wel" in client.post(klopt).text

    assert stand(onbemand) == (0, True, "")
    onbemand.refresh_from_db()
    assert onbemand.bevestigd_op == vandaag
    assert onbemand.plekken.get().per_datum == vandaag
    assert onbemand.bevestigingen.get().weg == "link"
    assert set(Bericht.objects.values_list("toestand", flat=True)) == {"vervallen"}
    assert client.post(gestopt).status_code == 404  # a later press on an older link
    assert stand(onbemand) == (0, True, "")


def test_about_room_one_press_confirms_room_only(client, vandaag, bemand):
    PlekkenFactory(initiatief=bemand, per_datum=vandaag - timedelta(days=60))
    client.post(f"/initiatieven/bevestigen/{token_van(bemand, 'plekken_versheid')}/klopt/")

    bemand.refresh_from_db()
    assert bemand.plekken.get().per_datum == vandaag
    assert bemand.bevestigd_op is None


def test_who_stopped_is_hidden_and_called(client, vandaag, onbemand):
    vraag_of_het_klopt(vandaag)
    client.post(paden(Bericht.objects.get())[2])

    assert stand(onbemand) == (0, False, "gestopt")
    assert "liet weten dat het gestopt is" in client.get(onbemand.get_absolute_url()).text
    onbemand.refresh_from_db()
    assert onbemand.lidmaatschap == "lid"  # a link ends no membership


def test_a_coordinator_who_stops_is_led_to_where_she_can_end_it(client, als, vandaag, bemand):
    vraag_of_het_klopt(vandaag)
    pad, stoppen = paden(Bericht.objects.get())[2], f"/trajecten/stoppen/{bemand.pk}/"

    assert f'href="{stoppen}"' in client.get(pad).text
    assert f'href="{stoppen}"' in client.post(pad).text
    coordinator = bemand.rollen.get().gebruiker
    assert "Ja, wij stoppen" in als(coordinator).get(stoppen).text


def test_where_nobody_can_end_it_the_page_does_not_say_so(client, vandaag, onbemand):
    RolFactory(initiatief=onbemand)  # a begeleider
    Versheid.objects.create(initiatief=onbemand, volgende_op=vandaag)
    vraag_of_het_klopt(vandaag)
    pad = paden(Bericht.objects.get())[2]

    assert "/trajecten/stoppen/" not in client.get(pad).text
    assert "/trajecten/stoppen/" not in client.post(pad).text


def test_without_an_account_one_writes_what_is_wrong(client, vandaag, onbemand):
    vraag_of_het_klopt(vandaag)
    pad = paden(Bericht.objects.get())[1]

    assert "Schrijf in één zin" in client.post(pad, {"tekst": " "}).text
    assert not Bladzijdemelding.objects.exists()
    client.post(pad, {"tekst": "Het nummer is anders."})

    assert onbemand.meldingen.get().tekst == "Het nummer is anders."
    assert stand(onbemand) == (0, True, "")


@pytest.mark.parametrize(("waarom", "verwacht"), [("stil", (0, True, "")), ("gestopt", (0, False, "gestopt"))])
def test_who_tells_what_is_different_is_there_and_ends_the_silence(client, vandaag, onbemand, waarom, verwacht):
    for stap in range(4):
        vraag_of_het_klopt(vandaag + stap * 2 * WEEK)
    assert stand(onbemand) == (3, False, "stil")
    Versheid.objects.update(bellen_waarom=waarom)

    antwoord = client.post(paden(Bericht.objects.last())[1], {"tekst": "Het nummer is anders."})

    assert stand(onbemand) == verwacht
    assert ("vindt De Kas tot dan niet" in antwoord.text) is not verwacht[1]


@pytest.mark.parametrize("token", ["onzin", "a:b:c", "1:1:versheid"])
def test_a_link_that_we_did_not_make_says_nothing_and_does_nothing(client, bemand, token):
    for antwoord in ("klopt", "wijzigen", "gestopt"):
        assert client.post(f"/initiatieven/bevestigen/{token}/{antwoord}/").status_code == 404


# --- Core team ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("antwoord", "verwacht", "weer"),
    [
        ("klopt", (0, True, ""), None),
        ("niet_bereikt", (3, False, "stil"), 14),
        ("gestopt", (0, False, "gestopt"), None),
    ],
)
def test_what_comes_of_a_call(als, kernteamlid, vandaag, onbemand, antwoord, verwacht, weer):
    for stap in range(4):
        vraag_of_het_klopt(vandaag + stap * 2 * WEEK)
    ik = als(kernteamlid)
    assert "De Kas" in ik.get("/initiatieven/overzicht/").text

    ik.post(f"/initiatieven/overzicht/{onbemand.pk}/gebeld/", {"antwoord": antwoord, "notitie": "Met Jan."})

    assert stand(onbemand) == verwacht
    rij = Versheid.objects.get(pk=onbemand.pk)
    assert rij.bellen_weer_op == (weer and vandaag + timedelta(days=weer))
    assert onbemand.bevestigingen.get().door == kernteamlid


def test_a_call_without_an_outcome_is_asked_back(als, kernteamlid, vandaag):
    stil = InitiatiefFactory(email="")
    vraag_of_het_klopt(vandaag)

    antwoord = als(kernteamlid).post(f"/initiatieven/overzicht/{stil.pk}/gebeld/", follow=True)

    assert "Kies wat er uit het gesprek kwam." in antwoord.text


def test_staff_confirm_their_own_page(als, begeleider, initiatief, vandaag):
    als(begeleider).post("/initiatieven/de-wilgenhoek/klopt/")

    initiatief.refresh_from_db()
    assert initiatief.bevestigd_op == vandaag
    assert initiatief.bevestigingen.get().weg == "pagina"


def test_two_answers_to_one_round_count_once(onbemand, vandaag):
    vraag_of_het_klopt(vandaag)
    ronde = Versheid.objects.get(pk=onbemand.pk).ronde

    eerste = bevestig(initiatief=onbemand, antwoord=Antwoord.KLOPT, weg="link", ronde=ronde)
    tweede = bevestig(initiatief=onbemand, antwoord=Antwoord.GESTOPT, weg="link", ronde=ronde)

    assert (eerste, tweede) == (True, False)
    assert stand(onbemand) == (0, True, "")
