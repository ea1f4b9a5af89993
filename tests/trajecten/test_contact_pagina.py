"""Contact on the page: saying how it was in two taps, moving it, and trying another way."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from collectief.post.actions import leg_klaar
from collectief.post.models import Bericht
from collectief.rijbeveiliging import als_gebruiker
from collectief.werkdagen import werkdag_vanaf
from tests.trajecten.tegelijk import tegelijk
from trajecten.actions import spreek_nazorg_af
from trajecten.models import Contactmoment, Herinnering, NazorgAfspraak
from trajecten.models.nazorg import Planning
from trajecten.ritme import een_jaar_later

VANDAAG = timezone.localdate


@pytest.fixture
def contact(traject, begeleider):
    with als_gebruiker(begeleider.pk):
        afspraak = spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1"])
        return afspraak.contactmomenten.get()


@pytest.fixture
def adres(contact) -> str:
    return reverse("trajecten:contact", args=[contact.traject_id, contact.pk])


@pytest.mark.parametrize(
    ("vorm", "dagen", "kop"),
    [
        ("thee", 1, "Contact met Noor"),
        ("thee", 0, "Hoe was het?"),
        ("kaartje", 1, "Contact met Noor"),
        ("kaartje", 0, "Is het gestuurd?"),
    ],
)
def test_the_page_asks_only_how_it_was_when_its_day_has_come(als, begeleider, contact, adres, vorm, dagen, kop):
    with als_gebruiker(begeleider.pk):
        dag = VANDAAG() + timedelta(days=dagen)
        Contactmoment.objects.filter(pk=contact.pk).update(vorm=vorm, gepland_op=dag)

    assert f"<h1>{kop}</h1>" in als(begeleider).get(adres).text


@pytest.mark.parametrize("resultaat", ["gesproken", "niet_bereikt", "wil_nu_niet"])
def test_how_it_was_is_said_with_one_button(als, begeleider, contact, adres, kijkt_als, resultaat):
    antwoord = als(begeleider).post(adres, {"resultaat": resultaat, "notitie": "Fijn gesprek."}, follow=True)

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert (contact.resultaat, contact.notitie) == (resultaat, "Fijn gesprek.")
    assert "Genoteerd." in antwoord.text
    assert not contact.herinneringen.filter(vervallen_op=None, gezet_op=None).exists()


def test_after_the_last_contact_there_is_one_a_year_on(als, begeleider, contact, adres, kijkt_als):
    als(begeleider).post(adres, {"resultaat": "gesproken"})

    kijkt_als(begeleider)
    volgende = contact.afspraak.contactmomenten.wacht().get()
    assert volgende.gepland_op == werkdag_vanaf(een_jaar_later(VANDAAG() + timedelta(weeks=1)))


def test_moving_makes_a_new_ladder_and_silences_the_old_one(als, begeleider, contact, adres, kijkt_als):
    dag = VANDAAG() + timedelta(days=40)

    als(begeleider).post(adres, {"resultaat": "verplaatst", "dag": dag.isoformat(), "notitie": "Toetsweek."})

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert (contact.gepland_op, contact.planningversie, contact.notitie) == (werkdag_vanaf(dag), 2, "Toetsweek.")
    wacht = Herinnering.objects.filter(vervallen_op=None).values_list("planningversie", flat=True)
    assert set(wacht) == {2}


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"resultaat": ""}, "Kies hoe het was."),
        ({"resultaat": "no-show"}, "Kies een van de vier."),
        ({"resultaat": "verplaatst"}, "Kies de nieuwe dag."),
        ({"resultaat": "verplaatst", "dag": "morgen"}, "Dit is geen datum."),
        (
            {"resultaat": "verplaatst", "dag": (VANDAAG() - timedelta(days=1)).isoformat()},
            "Kies een dag vanaf vandaag, binnen twee jaar.",
        ),
        ({"resultaat": "verplaatst", "dag": "9999-12-31"}, "Kies een dag vanaf vandaag, binnen twee jaar."),
        ({"resultaat": "gesproken", "notitie": "Nummer 111222333"}, "een nummer dat een BSN kan zijn"),
        ({"resultaat": "gesproken", "notitie": "a" * 4001}, "er passen 4000 tekens"),
    ],
)
def test_a_mistake_is_explained_and_the_note_stays(als, begeleider, contact, adres, kijkt_als, velden, zin):
    velden = {"notitie": "Dit bleef staan."} | velden

    antwoord = als(begeleider).post(adres, velden)

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert zin in antwoord.text
    assert velden["notitie"] in antwoord.text
    assert (contact.resultaat, contact.planningversie) == ("", 1)


def test_a_second_press_changes_nothing_and_shows_what_was_recorded(als, begeleider, contact, adres, kijkt_als):
    client = als(begeleider)
    client.post(adres, {"resultaat": "gesproken", "notitie": "Eerste."})

    tweede = client.post(adres, {"resultaat": "niet_bereikt", "notitie": "Tweede."})

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert (contact.resultaat, contact.notitie) == ("gesproken", "Eerste.")
    assert "Eerste." in tweede.text
    assert "Iemand was je net voor" in tweede.text
    assert "Tweede." in tweede.text  # her text waits in a form, to be kept as a moment


def test_a_lapsed_contact_says_so(als, begeleider, contact, adres):
    with als_gebruiker(begeleider.pk):
        contact.traject.laat_rusten()

    assert "Dit contact staat niet meer gepland." in als(begeleider).get(adres).text


# --- Somebody else was first ----------------------------------------


def test_who_was_overtaken_by_a_move_sees_where_to_and_keeps_the_text(als, begeleider, contact, adres, kijkt_als):
    with als_gebruiker(begeleider.pk):
        contact.verplaats(VANDAAG() + timedelta(days=40))

    antwoord = als(begeleider).post(adres, {"resultaat": "niet_bereikt", "notitie": "Belde net.", "gezien": "1"})

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert contact.wacht_nog
    assert "Intussen is dit contact verplaatst naar" in antwoord.text
    assert "Belde net." in antwoord.text
    assert 'name="gezien" value="2"' in antwoord.text


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_records_and_the_other_is_told(begeleider, coordinator, contact):
    uitkomsten = []

    def noteer(resultaat: str) -> None:
        uitkomsten.append(contact.rond_af(resultaat, gezien=1))

    tegelijk((begeleider, lambda: noteer("gesproken")), (coordinator, lambda: noteer("niet_bereikt")))

    assert sorted(uitkomsten) == [False, True]
    with als_gebruiker(begeleider.pk):
        assert contact.afspraak.contactmomenten.wacht().count() == 1  # one next year, not two


# --- A note becomes a moment ----------------------------------------


def test_a_note_becomes_a_moment_with_one_tick(als, begeleider, contact, adres, kijkt_als):
    als(begeleider).post(adres, {"resultaat": "gesproken", "notitie": "Lachte.", "als_moment": "on"})

    kijkt_als(begeleider)
    moment = contact.traject.momenten.get()
    assert (moment.tekst, moment.door, moment.datum) == ("Lachte.", begeleider, VANDAAG())


def test_a_note_becomes_a_moment_afterwards_and_only_once(als, begeleider, contact, adres, kijkt_als):
    client = als(begeleider)
    client.post(adres, {"resultaat": "gesproken", "notitie": "Lachte."})
    for _ in range(2):
        antwoord = client.post(f"{adres}moment/", follow=True)

    kijkt_als(begeleider)
    assert contact.traject.momenten.count() == 1
    assert "Ook bewaard als moment." in antwoord.text


def test_contact_without_a_note_makes_no_moment(als, begeleider, contact, adres, kijkt_als):
    client = als(begeleider)
    client.post(adres, {"resultaat": "gesproken"})
    client.post(f"{adres}moment/")

    kijkt_als(begeleider)
    assert not contact.traject.momenten.exists()


# --- Another way ----------------------------------------


@pytest.fixture
def vaker(traject, begeleider):
    """Three contact moments, a week apart."""
    with als_gebruiker(begeleider.pk):
        afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=begeleider)
        dagen = tuple(VANDAAG() + timedelta(weeks=weken) for weken in (1, 2, 3))
        return afspraak.plan_dagen(Planning(dagen, begeleider))


def pagina(contact) -> str:
    return reverse("trajecten:contact", args=[contact.traject_id, contact.pk])


def test_after_twice_in_vain_another_way_is_proposed_and_no_mail_goes_out(als, begeleider, vaker):
    client = als(begeleider)
    eerste = client.post(pagina(vaker[0]), {"resultaat": "niet_bereikt"}, follow=True)
    tweede = client.post(pagina(vaker[1]), {"resultaat": "niet_bereikt"}, follow=True)

    assert "Misschien past iets anders" not in eerste.text
    assert "Misschien past iets anders" in tweede.text
    assert "Misschien past iets anders" in client.get(pagina(vaker[2])).text
    assert not Bericht.objects.exists()


def test_speaking_in_between_makes_it_once_again(als, begeleider, vaker):
    client = als(begeleider)
    for contact, resultaat in zip(vaker, ["niet_bereikt", "gesproken", "niet_bereikt"], strict=True):
        antwoord = client.post(pagina(contact), {"resultaat": resultaat}, follow=True)

    assert "Misschien past iets anders" not in antwoord.text


def test_another_way_for_contact_that_waits(als, begeleider, vaker, kijkt_als):
    antwoord = als(begeleider).post(f"{pagina(vaker[2])}anders/", {"vorm": "kaartje"}, follow=True)

    kijkt_als(begeleider)
    vaker[2].refresh_from_db()
    assert (vaker[2].vorm, vaker[2].wat) == ("kaartje", "een kaartje")
    assert "Een kaartje, op" in antwoord.text


def test_once_another_way_was_chosen_it_is_not_proposed_again_but_can_still_change(als, begeleider, vaker):
    client = als(begeleider)
    for eerder in vaker[:2]:
        client.post(pagina(eerder), {"resultaat": "niet_bereikt"})
    client.post(f"{pagina(vaker[2])}anders/", {"vorm": "kaartje"})

    tekst = client.get(pagina(vaker[2])).text

    assert "Misschien past iets anders" not in tekst
    assert "<summary>Toch op een andere manier</summary>" in tekst
    assert 'value="kaartje" aria-pressed="true"' in tekst
    assert 'value="thee"' in tekst


def test_another_way_after_a_result_is_planned_in_a_week_and_once(als, begeleider, contact, adres, kijkt_als):
    client = als(begeleider)
    client.post(adres, {"resultaat": "niet_bereikt"})
    for _ in range(2):
        client.post(f"{adres}anders/", {"vorm": "thee"})

    kijkt_als(begeleider)
    thee = contact.traject.contactmomenten.get(vorm="thee")
    assert thee.gepland_op == werkdag_vanaf(VANDAAG() + timedelta(weeks=1))


WAT_KAN = [  # by hand: the form of contact, what can come of it, and what does not fit
    ("", {"gesproken", "niet_bereikt", "wil_nu_niet"}, "gestuurd"),
    ("thee", {"gesproken", "niet_bereikt", "wil_nu_niet"}, "gestuurd"),
    ("kaartje", {"gesproken", "gestuurd", "wil_nu_niet"}, "niet_bereikt"),
    ("berichtje", {"gesproken", "gestuurd", "wil_nu_niet"}, "niet_bereikt"),
]


@pytest.mark.parametrize(("vorm", "kan", "past_niet"), WAT_KAN)
def test_what_can_come_of_it_fits_the_way_of_keeping_in_touch(
    als, begeleider, contact, adres, vorm, kan, past_niet, kijkt_als
):
    with als_gebruiker(begeleider.pk):
        Contactmoment.objects.update(vorm=vorm)
    client = als(begeleider)

    knoppen = set(re.findall(r'name="resultaat" value="(\w+)"', client.get(adres).text))
    geweigerd = client.post(adres, {"resultaat": past_niet, "notitie": "Met een tekening."})

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert knoppen == kan | {"verplaatst"}
    assert "Kies een van de vier." in geweigerd.text
    assert "Met een tekening." in geweigerd.text
    assert contact.resultaat == ""


def test_a_card_that_was_sent_is_contact_and_the_next_one_comes(als, begeleider, vaker, kijkt_als):
    client = als(begeleider)
    client.post(f"{pagina(vaker[0])}anders/", {"vorm": "kaartje"})

    antwoord = client.post(pagina(vaker[0]), {"resultaat": "gestuurd"}, follow=True)

    kijkt_als(begeleider)
    vaker[0].refresh_from_db()
    assert vaker[0].resultaat == "gestuurd"
    assert "Genoteerd. Zo weet de jongere" in antwoord.text
    assert not vaker[0].herinneringen.filter(vervallen_op=None, gezet_op=None).exists()


def test_the_database_lets_nothing_but_a_card_or_a_message_be_sent(contact, begeleider, kijkt_als):
    kijkt_als(begeleider)

    with pytest.raises(IntegrityError, match="contactmoment_gestuurd_per_post"):
        Contactmoment.objects.filter(pk=contact.pk).update(resultaat="gestuurd")


@pytest.mark.parametrize("vorm", ["", "mail", "kaartje' OR 1=1"])
def test_a_way_that_we_do_not_know_changes_nothing(als, begeleider, contact, adres, vorm, kijkt_als):
    antwoord = als(begeleider).post(f"{adres}anders/", {"vorm": vorm}, follow=True)

    kijkt_als(begeleider)
    assert "Kies een kaartje, een berichtje of samen thee." in antwoord.text
    assert contact.traject.contactmomenten.count() == 1


# --- Moving -----------------------------------------


def test_moving_all_that_follows_keeps_the_distances(als, begeleider, vaker, kijkt_als):
    dag = vaker[0].gepland_op + timedelta(weeks=5)

    als(begeleider).post(pagina(vaker[0]), {"resultaat": "verplaatst", "dag": dag.isoformat(), "schuif_op": "on"})

    kijkt_als(begeleider)
    dagen = list(vaker[0].afspraak.contactmomenten.order_by("pk").values_list("gepland_op", "planningversie"))
    assert dagen == [(werkdag_vanaf(contact.gepland_op + timedelta(weeks=5)), 2) for contact in vaker]


def test_moving_onto_a_day_that_has_contact_is_explained(als, begeleider, vaker, kijkt_als):
    bezet = vaker[1].gepland_op.isoformat()

    antwoord = als(begeleider).post(pagina(vaker[0]), {"resultaat": "verplaatst", "dag": bezet, "notitie": "Bleef."})

    kijkt_als(begeleider)
    vaker[0].refresh_from_db()
    assert "is er al contact. Kies een andere dag." in antwoord.text
    assert "Bleef." in antwoord.text
    assert vaker[0].planningversie == 1


def test_moving_silences_a_nudge_that_waited(begeleider, vaker, kijkt_als):
    leg_klaar(sleutel="s", soort="seintje", aan_adres="n@voorbeeld.example", groep=f"seintje:contact:{vaker[0].pk}")
    kijkt_als(begeleider)

    vaker[0].verplaats(vaker[0].gepland_op + timedelta(days=1))

    assert Bericht.objects.get().toestand == "vervallen"


def test_another_way_that_we_do_not_know_is_explained(als, begeleider, contact, kijkt_als):
    pagina = reverse("trajecten:contact_anders", args=[contact.traject_id, contact.pk])

    antwoord = als(begeleider).post(pagina, {"vorm": "postduif"}, follow=True)

    kijkt_als(begeleider)
    contact.refresh_from_db()
    assert "Kies een kaartje, een berichtje of samen thee." in antwoord.text
    assert contact.vorm == ""


def test_after_the_last_contact_before_the_agreed_end_nothing_new_is_promised(als, begeleider, traject, kijkt_als):
    with als_gebruiker(begeleider.pk):
        afspraak = spreek_nazorg_af(
            traject=traject,
            vormen=["gezin"],
            door=begeleider,
            ritme=["week_1"],
            afgesproken_tot=VANDAAG() + timedelta(days=30),
        )
        contact = afspraak.contactmomenten.get()

    antwoord = als(begeleider).post(
        reverse("trajecten:contact", args=[traject.pk, contact.pk]), {"resultaat": "gesproken"}, follow=True
    )

    kijkt_als(begeleider)
    assert "Genoteerd." in antwoord.text
    assert "Het volgende contact" not in antwoord.text
    assert not afspraak.contactmomenten.wacht().exists()


def test_another_way_is_chosen_once_and_not_after_the_agreement_ended(als, begeleider, contact, adres, kijkt_als):
    client, anders = als(begeleider), adres + "anders/"
    client.post(adres, {"resultaat": "niet_bereikt"})
    vragen = [client.post(anders, {"vorm": "kaartje"}).url for _ in range(2)]
    kijkt_als(begeleider)
    contact.afspraak.refresh_from_db()
    NazorgAfspraak.objects.filter(pk=contact.afspraak_id).stop()

    na_afloop = client.post(anders, {"vorm": "thee"}, follow=True)

    assert vragen[0] == vragen[1]
    assert "Deze afspraak loopt nu niet." in na_afloop.text
