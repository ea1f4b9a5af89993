"""Changing a public page: what is true at once, what waits for an admin, and how it can be undone."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from collectief.post.models import Bericht
from initiatieven.geschiedenis import veranderingen
from initiatieven.models import Bladzijdewijziging, Initiatief, Locatie, OudAdres
from initiatieven.volledigheid import PUNTEN, ontbreekt
from initiatieven.wijzigen import WijzigingGeweigerd, beslis_wijziging, versie
from initiatieven.zwaarte import is_zwaar
from tests.factories import InitiatiefFactory, RolFactory
from tests.initiatieven.factories import LocatieFactory, PlekkenFactory
from tests.initiatieven.formulieren import profiel_data

PAD = "/initiatieven/de-wilgenhoek/bewerken/"
WACHTRIJ = "/initiatieven/wijzigingen/"


@pytest.mark.parametrize(
    ("veld", "zwaar"),
    [
        ("naam", True),
        ("leeftijd_van", True),
        ("leeftijd_tot", True),
        ("werkwijze", True),
        ("domein", True),
        ("telefoon", False),
        ("openingstijden", False),
        ("email", False),
        ("past_niet", False),
        ("groepsgrootte", False),
    ],
)
def test_which_fields_wait(veld, zwaar):
    assert is_zwaar(veld) is zwaar


@pytest.mark.parametrize(
    ("velden", "wacht"),
    [
        ({"telefoon": "0570 12 34 56"}, []),
        ({"openingstijden": "Elke dag"}, []),
        ({"naam": "De Berkenhoek"}, ["naam"]),
        ({"leeftijd_van": "8", "leeftijd_tot": "12"}, ["leeftijd"]),
        ({"werkwijze": "Eerst thee.", "domein": "zorg"}, ["aanpak"]),
        ({"naam": "De Berkenhoek", "telefoon": "0570 12 34 56", "werkwijze": "Thee."}, ["aanpak", "naam"]),
    ],
)
def test_light_fields_are_public_at_once_and_weighty_ones_wait(als, begeleider, initiatief, velden, wacht):
    voor = Initiatief.objects.get(pk=initiatief.pk)

    als(begeleider).post(PAD, profiel_data(initiatief, **velden))

    assert sorted(initiatief.wijzigingen.values_list("onderdeel", flat=True)) == wacht
    na = Initiatief.objects.get(pk=initiatief.pk)
    for veld in velden:
        assert str(getattr(na, veld)) == (str(getattr(voor, veld)) if is_zwaar(veld) else velden[veld])


def test_the_form_shows_what_waits_and_the_public_what_was(als, client, begeleider, initiatief):
    als(begeleider).post(PAD, profiel_data(initiatief, naam="De Berkenhoek"))

    assert 'value="De Berkenhoek"' in als(begeleider).get(PAD).text
    assert "De Berkenhoek" not in client.get(initiatief.get_absolute_url()).text


def test_what_says_the_same_waits_for_nobody_and_is_no_change(als, begeleider, initiatief):
    Initiatief.objects.update(werkwijze="Eerst thee.\n\nDan een klus.", doelgroepen=["thuis", "rust"])
    data = profiel_data(initiatief, werkwijze="Eerst thee.\r\n\r\nDan een klus.", doelgroepen=["rust", "thuis"])

    als(begeleider).post(PAD, data)

    assert not initiatief.wijzigingen.exists()
    assert not {"hoe een dag eruitziet", "voor wie"} & {veld for veld, _, _ in regels(initiatief)[0][1]}


def test_saving_again_keeps_one_proposal_and_going_back_takes_it_away(als, begeleider, initiatief):
    ik = als(begeleider)
    for naam in ("De Berkenhoek", "De Berkenhoek", "De Eikenhoek"):
        ik.post(PAD, profiel_data(initiatief, naam=naam))
    assert initiatief.wijzigingen.wachtend().get().nieuw == {"naam": "De Eikenhoek"}

    ik.post(PAD, profiel_data(initiatief))

    assert not initiatief.wijzigingen.wachtend().exists()
    assert set(initiatief.wijzigingen.values_list("stand", flat=True)) == {"ingetrokken"}


@pytest.fixture
def naamswijziging(initiatief, begeleider) -> Bladzijdewijziging:
    return initiatief.wijzigingen.create(
        onderdeel="naam", oud={"naam": "De Wilgenhoek"}, nieuw={"naam": "De Berkenhoek"}, door=begeleider
    )


def test_an_admin_sees_the_comparison_and_carries_it_out(
    als, client, beheerder, begeleider, initiatief, naamswijziging
):
    ik = als(beheerder)
    tekst = ik.get(WACHTRIJ).text
    assert "De Wilgenhoek</td>" in tekst
    assert "De Berkenhoek</td>" in tekst

    ik.post(f"{WACHTRIJ}{naamswijziging.pk}/", {"stand": "doorgevoerd"})

    initiatief.refresh_from_db()
    assert (initiatief.naam, initiatief.slug) == ("De Berkenhoek", "de-berkenhoek")
    assert client.get("/initiatieven/de-wilgenhoek/").headers["Location"] == "/initiatieven/de-berkenhoek/"
    versie_ = initiatief.events.order_by("pgh_id").last()
    assert versie_.pgh_context.metadata == {"gebruiker": begeleider.pk, "goedgekeurd_door": beheerder.pk}
    assert Bericht.objects.get(aan=begeleider).soort == "wijziging_doorgevoerd"


def test_refusing_needs_a_reason_and_tells_it(als, beheerder, begeleider, initiatief, naamswijziging):
    ik = als(beheerder)
    adres = f"{WACHTRIJ}{naamswijziging.pk}/"

    assert "Schrijf op waarom niet." in ik.post(adres, {"stand": "niet_doorgevoerd", "waarom": " "}).text
    assert "Kies uit de twee knoppen." in ik.post(adres, {"stand": "wacht"}).text
    ik.post(adres, {"stand": "niet_doorgevoerd", "waarom": "Zo heet een ander."})

    initiatief.refresh_from_db()
    assert initiatief.naam == "De Wilgenhoek"
    bericht = Bericht.objects.get(aan=begeleider)
    assert (bericht.soort, bericht.gegevens["waarom"]) == ("wijziging_niet_doorgevoerd", "Zo heet een ander.")


def test_nobody_decides_twice(beheerder, naamswijziging):
    beslis_wijziging(wijziging=naamswijziging, stand="doorgevoerd", door=beheerder)

    with pytest.raises(WijzigingGeweigerd, match="al beslist"):
        beslis_wijziging(wijziging=naamswijziging, stand="niet_doorgevoerd", door=beheerder, waarom="Toch niet.")


@pytest.mark.parametrize(
    "velden",
    [{"stand": "doorgevoerd"}, {"stand": "niet_doorgevoerd", "waarom": ""}, {"stand": "wacht", "beslist": True}],
)
def test_the_database_refuses_half_a_decision(naamswijziging, beheerder, velden):
    if velden.pop("beslist", False) or velden["stand"] == "niet_doorgevoerd":
        velden |= {"beslist_door": beheerder, "beslist_op": naamswijziging.op}

    with pytest.raises(IntegrityError, match="bladzijdewijziging_"), transaction.atomic():
        Bladzijdewijziging.objects.filter(pk=naamswijziging.pk).update(**velden)


# --- Places ---------------------------------------------------------------------------------------------------------


def met_plek(initiatief, locatie: Locatie | None = None, **velden) -> dict:
    """The page with one place in its form: this one, or a new one."""
    data = profiel_data(initiatief, **{"locaties-TOTAL_FORMS": "1", "locaties-INITIAL_FORMS": "0"})
    if locatie:
        data |= {"locaties-INITIAL_FORMS": "1", "locaties-0-id": str(locatie.pk), "locaties-0-lat": str(locatie.lat)}
        data |= {f"locaties-0-{veld}": getattr(locatie, veld) for veld in ("naam", "adres", "pc4", "nauwkeurigheid")}
        data["locaties-0-lon"] = str(locatie.lon)
    return data | {f"locaties-0-{veld}": waarde for veld, waarde in velden.items()}


def test_a_new_place_waits_and_its_street_is_gone_from_the_proposal_once_it_stands(
    als, beheerder, begeleider, initiatief
):
    als(begeleider).post(PAD, met_plek(initiatief, pc4="7201", adres="Dorpsweg 1", nauwkeurigheid="exact"))
    assert not initiatief.locaties.exists()
    wacht = initiatief.wijzigingen.get()
    assert wacht.nieuw["adres"] == "Dorpsweg 1"

    beslis_wijziging(wijziging=wacht, stand="doorgevoerd", door=beheerder)

    assert initiatief.locaties.get().adres == "Dorpsweg 1"
    wacht.refresh_from_db()
    assert "adres" not in wacht.nieuw
    assert "lat" not in wacht.nieuw


def test_a_place_that_turns_out_to_be_a_home_loses_its_street_at_once(als, begeleider, initiatief):
    plek = LocatieFactory(initiatief=initiatief)

    als(begeleider).post(PAD, met_plek(initiatief, plek, nauwkeurigheid="ongeveer"))

    plek.refresh_from_db()
    assert (plek.nauwkeurigheid, plek.adres, plek.lat, plek.lon) == ("ongeveer", "", 52.14, 6.2)
    assert "Dorpsweg" not in str(list(initiatief.wijzigingen.values("oud", "nieuw")))


def test_taking_a_place_away_waits_too(als, beheerder, begeleider, initiatief):
    plek = LocatieFactory(initiatief=initiatief)
    als(begeleider).post(PAD, met_plek(initiatief, plek, DELETE="on"))
    assert initiatief.locaties.exists()

    beslis_wijziging(wijziging=initiatief.wijzigingen.get(), stand="doorgevoerd", door=beheerder)

    assert not initiatief.locaties.exists()


def test_a_proposal_for_a_place_that_is_gone_cannot_be_carried_out(beheerder, begeleider, initiatief):
    plek = LocatieFactory(initiatief=initiatief)
    wacht = initiatief.wijzigingen.create(
        onderdeel="plek", locatie=plek, oud={"naam": ""}, nieuw={"naam": "Tuin"}, door=begeleider
    )
    plek.delete()

    with pytest.raises(WijzigingGeweigerd, match="intussen weggehaald"):
        beslis_wijziging(wijziging=wacht, stand="doorgevoerd", door=beheerder)


# --- Two at once, preview, history ----------------------------------------------------------------------------------


def test_what_a_colleague_saved_in_the_meantime_is_never_overwritten_in_silence(als, begeleider, initiatief):
    ik = als(begeleider)
    mijn = profiel_data(initiatief, telefoon="0570 11 11 11", omschrijving="Wat ik typte")
    Initiatief.objects.filter(pk=initiatief.pk).update(telefoon="0570 22 22 22")  # a colleague

    tekst = ik.post(PAD, mijn).text

    assert "Een collega bewaarde net ook" in tekst
    assert "Er staat nu: 0570 22 22 22" in tekst
    assert "Wat ik typte" in tekst
    initiatief.refresh_from_db()
    assert initiatief.telefoon == "0570 22 22 22"
    assert versie(initiatief) in tekst  # saving once more is a choice
    ik.post(PAD, mijn | {"versie": versie(initiatief)})
    initiatief.refresh_from_db()
    assert initiatief.telefoon == "0570 11 11 11"


@pytest.mark.parametrize("wat", ["plekken", "locaties", "wijzigingen"])
def test_room_places_and_proposals_of_a_colleague_count_too(initiatief, begeleider, wat):
    eerder = versie(initiatief)
    if wat == "plekken":
        PlekkenFactory(initiatief=initiatief)
    elif wat == "locaties":
        LocatieFactory(initiatief=initiatief)
    else:
        initiatief.wijzigingen.create(onderdeel="naam", oud={"naam": "a"}, nieuw={"naam": "b"}, door=begeleider)

    assert versie(initiatief) != eerder


def test_a_look_beforehand_shows_all_and_keeps_nothing(als, begeleider, initiatief):
    data = profiel_data(initiatief, naam="De Berkenhoek", telefoon="0570 12 34 56", doe="voorbeeld")

    tekst = als(begeleider).post(PAD, data).text

    assert "Dit is een voorbeeld." in tekst
    assert "<h1>De Berkenhoek</h1>" in tekst
    assert "0570 12 34 56" in tekst
    assert not initiatief.wijzigingen.exists()
    assert not Initiatief.objects.filter(telefoon="0570 12 34 56").exists()


def test_the_history_tells_who_changed_what_and_puts_it_back(als, begeleider, beheerder, initiatief):
    ik, pad = als(begeleider), "/initiatieven/de-wilgenhoek/geschiedenis/"
    ik.post(PAD, profiel_data(initiatief, telefoon="0570 11 11 11", bekostiging=["pgb"]))
    ik.post(PAD, profiel_data(initiatief, telefoon="0570 22 22 22", bekostiging=["pgb"]))

    tekst = ik.get(pad).text
    assert str(begeleider) in tekst
    assert "0570 11 11 11</td>" in tekst
    assert "persoonsgebonden budget (pgb)</td>" in tekst
    assert "Zet terug" not in als(beheerder).get(pad).text

    nieuwste = initiatief.events.order_by("pgh_id").last()
    ik.post(f"{pad}{nieuwste.pgh_id}/terug/")

    initiatief.refresh_from_db()
    assert initiatief.telefoon == "0570 11 11 11"
    assert initiatief.bekostiging == ["pgb"]


def test_putting_back_a_name_waits_as_changing_it_did(als, beheerder, begeleider, initiatief, naamswijziging):
    beslis_wijziging(wijziging=naamswijziging, stand="doorgevoerd", door=beheerder)
    nieuwste = initiatief.events.order_by("pgh_id").last()

    als(begeleider).post(f"/initiatieven/de-berkenhoek/geschiedenis/{nieuwste.pgh_id}/terug/")

    initiatief.refresh_from_db()
    assert initiatief.naam == "De Berkenhoek"
    assert initiatief.wijzigingen.wachtend().get().nieuw == {"naam": "De Wilgenhoek"}


def test_an_old_name_comes_back_with_its_old_address(beheerder, begeleider, initiatief, naamswijziging):
    beslis_wijziging(wijziging=naamswijziging, stand="doorgevoerd", door=beheerder)
    terug = initiatief.wijzigingen.create(
        onderdeel="naam", oud={"naam": "De Berkenhoek"}, nieuw={"naam": "De Wilgenhoek"}, door=begeleider
    )
    beslis_wijziging(wijziging=terug, stand="doorgevoerd", door=beheerder)

    initiatief.refresh_from_db()
    assert initiatief.slug == "de-wilgenhoek"
    assert list(OudAdres.objects.values_list("slug", flat=True)) == ["de-berkenhoek"]


def test_an_old_address_is_not_given_to_somebody_else(beheerder, begeleider, initiatief, naamswijziging):
    beslis_wijziging(wijziging=naamswijziging, stand="doorgevoerd", door=beheerder)
    ander = InitiatiefFactory(naam="Iets", slug="iets")
    wil = ander.wijzigingen.create(
        onderdeel="naam", oud={"naam": "Iets"}, nieuw={"naam": "De Wilgenhoek"}, door=begeleider
    )
    beslis_wijziging(wijziging=wil, stand="doorgevoerd", door=beheerder)

    ander.refresh_from_db()
    assert ander.slug == "de-wilgenhoek-2"


def test_an_empty_page_hears_what_parents_miss_and_a_full_one_nothing(initiatief):
    assert len(ontbreekt(initiatief)) == len(PUNTEN)
    for veld in ("omschrijving", "werkwijze", "past_wel", "past_niet", "wie_er_zijn", "aanbod_hart", "kennismaken"):
        setattr(initiatief, veld, "x")
    initiatief.reizen = initiatief.telefoon = "x"
    initiatief.leeftijd_van, initiatief.leeftijd_tot = 8, 12
    initiatief.begeleiding, initiatief.bekostiging = ["groep"], ["pgb"]
    PlekkenFactory(initiatief=initiatief)
    assert [wat for wat, _ in ontbreekt(initiatief)] == ["waar jullie zijn"]


# --- The history of places -------------------------------------------------------------------------------------------


def regels(initiatief: Initiatief) -> list[tuple[str, list[tuple[str, str, str]]]]:
    return [(een.wat, een.regels) for een in veranderingen(initiatief)]


def test_a_place_that_everybody_may_see_keeps_its_history_and_can_be_put_back(als, begeleider, beheerder, initiatief):
    locatie = LocatieFactory(initiatief=initiatief, adres="Dorpsstraat 1")
    locatie.adres = "Kerkstraat 2"
    locatie.save()
    pad = "/initiatieven/de-wilgenhoek/geschiedenis/"
    nieuwste, eerste = regels(initiatief)
    assert nieuwste == ("Plek", [("straat en huisnummer", "Dorpsstraat 1", "Kerkstraat 2")])
    assert ("straat en huisnummer", "", "Dorpsstraat 1") in eerste[1]
    versie = veranderingen(initiatief)[0].pk

    als(begeleider).post(f"{pad}{versie}/terug/", {"wat": "Plek"})

    voorstel = initiatief.wijzigingen.wachtend().get()
    assert (voorstel.nieuw["adres"], voorstel.locatie) == ("Dorpsstraat 1", locatie)
    beslis_wijziging(wijziging=voorstel, stand="doorgevoerd", door=beheerder)
    locatie.refresh_from_db()
    assert locatie.adres == "Dorpsstraat 1"
    locatie.delete()
    assert ("straat en huisnummer", "Dorpsstraat 1", "") in regels(initiatief)[0][1]
    assert als(begeleider).post(f"{pad}{versie}/terug/", {"wat": "Plek"}, follow=True).status_code == 200


def test_of_a_home_stays_that_it_moved_and_never_where(initiatief):
    thuis = LocatieFactory(initiatief=initiatief, nauwkeurigheid="ongeveer", adres="", pc4="7241", lat=52.16, lon=6.41)
    thuis.pc4 = "7211"
    thuis.zet_punt(52.14, 6.19)
    thuis.save()

    assert regels(initiatief)[0] == (
        "Plek", [("adres", "", "gewijzigd; van een plek bij iemand thuis bewaren we geen adres")],
    )  # fmt: skip
    versies = Locatie.events.rel.related_model.objects.values_list("adres", "pc4", "lat", "lon")
    assert set(versies) == {("", "", None, None)}


def test_a_place_that_turns_out_to_be_a_home_loses_its_old_addresses_too(initiatief):
    locatie = LocatieFactory(initiatief=initiatief, adres="Dorpsstraat 1")
    locatie.adres = "Kerkstraat 2"
    locatie.save()
    locatie.nauwkeurigheid = "ongeveer"
    locatie.zet_punt(locatie.lat, locatie.lon)
    locatie.save()

    versies = Locatie.events.rel.related_model.objects
    assert set(versies.values_list("adres", "pc4", "lat", "lon")) == {("", "", None, None)}
    assert versies.count() == 3
    with pytest.raises(ProgrammingError, match="blijft staan"), transaction.atomic():
        versies.update(plaats="Elders")


# --- Who decides -----------------------------------------------------------------------------------------------------


def test_who_keeps_the_page_does_not_decide_about_her_own_change(als, initiatief, naamswijziging):
    eigen = RolFactory(soort="beheerder", initiatief=None).gebruiker
    RolFactory(soort="coordinator", initiatief=initiatief, gebruiker=eigen)

    lijst = als(eigen).get(WACHTRIJ).text
    antwoord = als(eigen).post(f"{WACHTRIJ}{naamswijziging.pk}/", {"stand": "doorgevoerd"}, follow=True).text

    assert "Een andere beheerder beslist hierover." in lijst
    assert ">Doorvoeren<" not in lijst
    assert "Een andere beheerder beslist hierover." in antwoord
    naamswijziging.refresh_from_db()
    assert naamswijziging.stand == "wacht"


def test_the_database_lets_nobody_decide_about_what_she_proposed(naamswijziging):
    with pytest.raises(IntegrityError, match="beslist_door_een_ander"), transaction.atomic():
        Bladzijdewijziging.objects.update(
            stand="doorgevoerd", beslist_door=naamswijziging.door, beslist_op=timezone.now()
        )
