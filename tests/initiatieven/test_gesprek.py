"""Around an application: talking, meeting, asking members, a second reader, coming back, and not agreeing."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from icalendar import Calendar

from collectief.gebruikers.models import Rol
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from initiatieven.gesprek import (
    antwoord,
    bied_tijden_aan,
    hervat_op_datum,
    kies_tijd,
    maak_bezwaar,
    noteer,
    schrijf_aan_aanmelder,
)
from initiatieven.lidmaatschap import Oordeel, Stap, Toestand, TweedeOordeel
from initiatieven.models import Aanmelding, Referentie, StapGeweigerd
from tests.factories import RolFactory
from tests.initiatieven.factories import AanmeldingFactory, GespreksmomentFactory, LocatieFactory
from tests.initiatieven.formulieren import oordelen_data


@pytest.fixture
def ingediend(db) -> Aanmelding:
    return AanmeldingFactory(naam="De Morgenster", contact_email="ans@voorbeeld.example")


def kennismaking(**anders) -> Aanmelding:
    return AanmeldingFactory(toestand=Toestand.KENNISMAKING, toetsen=Oordeel.VOLDOET_NIET, **anders)


def pad_van(aanmelding: Aanmelding) -> str:
    return f"/initiatieven/aanmelden/gesprek/{aanmelding.token}/"


def test_what_was_written_stays_as_it_was_written(ingediend, beheerder):
    ingediend.berichten.create(soort="notitie", tekst="Belde terug.", door=beheerder)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        ingediend.berichten.update(tekst="Belde niet terug.")


def morgen(uur: int = 10) -> str:
    return (timezone.localtime() + timedelta(days=1)).replace(hour=uur, minute=0).strftime("%Y-%m-%dT%H:%M")


def soorten() -> list[str]:
    return list(Bericht.objects.order_by("pk").values_list("soort", flat=True))


# --- Talking ---------------------------------------------------------------------------------------------------------


def test_admin_and_applicant_write_to_each_other_and_the_mail_carries_no_word_of_it(als, client, beheerder, ingediend):
    pad = ingediend.get_absolute_url()

    als(beheerder).post(f"{pad}gesprek/bericht/", {"bericht-tekst": "Hoeveel dagen zijn jullie open?"})
    client.post(pad_van(ingediend), {"doe": "antwoord", "tekst": "Vier dagen."})

    ingediend.refresh_from_db()
    assert [(bericht.soort, bericht.tekst, bericht.door) for bericht in ingediend.berichten.all()] == [
        ("vraag", "Hoeveel dagen zijn jullie open?", beheerder),
        ("antwoord", "Vier dagen.", None),
    ]
    assert ingediend.aan_zet == "wij antwoorden de aanmelder"
    heen, terug = Bericht.objects.order_by("pk")
    assert (heen.aan_adres, terug.aan, terug.pad) == ("ans@voorbeeld.example", beheerder, pad)
    assert client.get(heen.pad).context["aanmelding"] == ingediend  # the link bears the time at which it was made
    assert "dagen" not in stel_op(heen).body + stel_op(terug).body


def test_an_empty_queue_says_so(als, beheerder, initiatief):
    assert "Er wacht geen aanmelding. Mooi zo." in als(beheerder).get("/initiatieven/toetsing/").text


def test_a_note_is_for_admins_only(als, client, beheerder, ingediend):
    als(beheerder).post(f"{ingediend.get_absolute_url()}gesprek/notitie/", {"notitie-tekst": "Warm gesprek."})

    assert "Warm gesprek." in als(beheerder).get(ingediend.get_absolute_url()).text
    assert "Warm gesprek." not in client.get(pad_van(ingediend)).text
    assert soorten() == []


def test_looking_at_the_link_changes_nothing(client, ingediend):
    voor = Aanmelding.objects.values().get()

    for doe in ("intrekken", "bezwaar", "kies", "antwoord"):
        assert client.get(pad_van(ingediend), {"doe": doe, "tekst": "x"}).status_code == 200

    assert Aanmelding.objects.values().get() == voor
    assert not ingediend.berichten.exists()


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        ({}, "Kies wat je wilt."),
        ({"doe": "weg"}, "geldige keuze"),
        ({"doe": "antwoord", "tekst": "  "}, "Schrijf iets op."),
        ({"doe": "antwoord", "tekst": "x" * 4001}, "Houd het korter."),
        ({"doe": "kies", "moment": "x"}, "Kies een van de tijden."),
        ({"doe": "kies", "moment": "99999999999999"}, "Deze tijd kan niet meer."),
        ({"doe": "bezwaar", "tekst": "Nee."}, "Bezwaar maken kan alleen"),
    ],
)
def test_what_the_applicant_cannot_do_is_said_and_nothing_is_lost(client, ingediend, data, zin):
    response = client.post(pad_van(ingediend), {**data, "x": "1"})

    assert response.status_code == 200
    assert zin in response.text
    assert not ingediend.berichten.exists()


def test_the_applicant_withdraws_by_the_link(client, ingediend):
    client.post(pad_van(ingediend), {"doe": "intrekken", "tekst": ""})

    ingediend.refresh_from_db()
    assert ingediend.toestand == "ingetrokken"
    assert ingediend.stappen.get().wie == "de aanmelder"
    assert "Opnieuw aanmelden mag altijd." in client.get(pad_van(ingediend)).text


def test_after_it_ended_nobody_writes_any_more(beheerder, ingediend):
    ingediend.zet_stap(Stap.INTREKKEN)

    with pytest.raises(StapGeweigerd, match="loopt niet meer"):
        antwoord(aanmelding=ingediend, tekst="Toch wel.")
    with pytest.raises(StapGeweigerd, match="loopt niet meer"):
        schrijf_aan_aanmelder(aanmelding=ingediend, tekst="Dag.", door=beheerder)


# --- Meeting ---------------------------------------------------------------------------------------------------------


def test_the_applicant_chooses_a_time_and_both_get_it_for_their_calendar(als, client, beheerder, ingediend):
    pad = ingediend.get_absolute_url()
    tijden = {"tijden-tijd_1": morgen(10), "tijden-tijd_2": morgen(14), "tijden-minuten": "30", "tijden-hoe": "Bellen"}
    als(beheerder).post(f"{pad}gesprek/tijden/", tijden)
    ingediend.refresh_from_db()
    wacht = ingediend.aan_zet
    tweede = ingediend.gespreksmomenten.last()

    client.post(pad_van(ingediend), {"doe": "kies", "moment": tweede.pk})

    assert wacht == "de aanmelder kiest een tijd"
    assert soorten() == ["aanmelding_tijden", "aanmelding_gesprek", "aanmelding_gesprek_wij"]
    heen, wij = (Bericht.objects.get(soort=soort) for soort in ("aanmelding_gesprek", "aanmelding_gesprek_wij"))
    assert (heen.aan_adres, wij.aan) == ("ans@voorbeeld.example", beheerder)
    assert "text/calendar" in stel_op(heen).message().as_string()
    assert "Morgenster" not in stel_op(wij).message().as_string()
    for response, met in [
        (client.get(f"{pad_van(ingediend)}agenda.ics"), "het Initiatieven Collectief"),
        (als(beheerder).get(f"{pad}agenda.ics"), "De Morgenster"),
    ]:
        (gebeurtenis,) = Calendar.from_ical(response.content).walk("VEVENT")
        assert gebeurtenis["summary"] == f"Kennismaking met {met}"
        assert gebeurtenis.decoded("dtstart") == tweede.begint_op.replace(microsecond=0)
        assert gebeurtenis.decoded("dtend") - gebeurtenis.decoded("dtstart") == timedelta(minutes=30)


def test_only_one_time_can_be_chosen(ingediend):
    moment = GespreksmomentFactory(aanmelding=ingediend)
    ander = GespreksmomentFactory(aanmelding=ingediend, gekozen_op=None, begint_op=timezone.now() + timedelta(days=2))

    with pytest.raises(StapGeweigerd, match="al een tijd gekozen"):
        kies_tijd(aanmelding=ingediend, moment_pk=ander.pk)
    tijden = [ander.begint_op]
    with pytest.raises(StapGeweigerd, match="al een tijd gekozen"):
        bied_tijden_aan(aanmelding=ingediend, tijden=tijden, minuten=30, hoe="Bellen", door=moment.aangeboden_door)


def test_an_earlier_time_that_is_offered_later_is_told_too(ingediend, beheerder):
    laat = timezone.now() + timedelta(days=5)
    for tijden in ([laat], [laat], [laat - timedelta(days=1), laat]):
        bied_tijden_aan(aanmelding=ingediend, tijden=tijden, minuten=30, hoe="Bellen", door=beheerder)

    assert soorten() == ["aanmelding_tijden"] * 2


def test_a_time_of_another_application_or_of_the_past_cannot_be_chosen(ingediend):
    van_ander = GespreksmomentFactory(gekozen_op=None)
    geweest = GespreksmomentFactory(aanmelding=ingediend, gekozen_op=None, begint_op=timezone.now() - timedelta(1))

    for moment in (van_ander, geweest):
        with pytest.raises(StapGeweigerd, match="kan niet meer"):
            kies_tijd(aanmelding=ingediend, moment_pk=moment.pk)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"tijd_1": ""}, "Kies een dag en een tijd."),
        ({"tijd_1": "straks"}, "Kies een dag en een tijd."),
        ({"tijd_1": "2020-01-01T10:00"}, "Kies een tijd die nog moet komen."),
        ({"tijd_1": "2999-01-01T10:00"}, "Dit is wel erg ver weg."),
        ({"tijd_2": morgen(10)}, "Deze tijd staat er al."),
        ({"hoe": ""}, "Schrijf op hoe jullie elkaar spreken."),
    ],
)
def test_times_that_make_no_sense_are_asked_back(als, beheerder, ingediend, anders, zin):
    velden = {"tijd_1": morgen(10), "tijd_2": "", "minuten": "45", "hoe": "We bellen.", **anders}

    response = als(beheerder).post(
        f"{ingediend.get_absolute_url()}gesprek/tijden/", {f"tijden-{naam}": waarde for naam, waarde in velden.items()}
    )

    assert zin in response.text
    assert not ingediend.gespreksmomenten.exists()


# --- Asking members, and a second reader -----------------------------------------------------------------------------


def test_a_member_nearby_is_asked_and_tells_what_it_knows(als, beheerder, coordinator, initiatief, ingediend):
    LocatieFactory(initiatief=initiatief)
    als(beheerder).post(f"{ingediend.get_absolute_url()}gesprek/referentie/", {"referentie-initiatief": initiatief.pk})
    vraag = Referentie.objects.get()
    pad = f"/initiatieven/beheer/referenties/{vraag.pk}/"

    als(coordinator).post(pad, {"tekst": "Wij kennen hen goed."})

    assert Bericht.objects.get(soort="referentie_gevraagd").aan == coordinator
    assert Bericht.objects.get(soort="referentie_terug").aan == beheerder
    assert "Wij kennen hen goed." in als(beheerder).get(ingediend.get_absolute_url()).text
    assert "Bewaard op" in als(coordinator).get(pad).text


@pytest.mark.parametrize("wie", ["buitenstaander", "kernteamlid", "beheerder", "verbondgenoot"])
def test_who_was_not_asked_cannot_answer(request, als, beheerder, initiatief, ingediend, wie):
    vraag = Referentie.objects.create(aanmelding=ingediend, initiatief=initiatief, gevraagd_door=beheerder)

    response = als(request.getfixturevalue(wie)).post(f"/initiatieven/beheer/referenties/{vraag.pk}/", {"tekst": "Ja."})

    assert response.status_code == 404


def test_a_second_reader_who_does_not_agree_stops_a_rejection(als, beheerder):
    ander = RolFactory(soort=Rol.Soort.BEHEERDER).gebruiker
    aanmelding = kennismaking()
    pad = aanmelding.get_absolute_url()
    als(beheerder).post(f"{pad}gesprek/tweede/")
    zelf = als(beheerder).post(f"{pad}gesprek/meelezen/", {"meelezen-oordeel": "eens", "meelezen-waarom": "Ja."})
    als(ander).post(f"{pad}gesprek/meelezen/", {"meelezen-oordeel": "oneens", "meelezen-waarom": "Zij groeien nog."})

    with pytest.raises(StapGeweigerd, match="niet eens met afwijzen"):
        aanmelding.zet_stap(Stap.AFWIJZEN, door=beheerder, waarom="Nee.")

    aanmelding.refresh_from_db()
    assert "Een ander kijkt mee." in zelf.text
    assert (aanmelding.tweede_oordeel, aanmelding.tweede_lezer) == (TweedeOordeel.ONEENS, ander)
    assert Bericht.objects.get(soort="aanmelding_meelezen").aan == ander
    assert [stap.stap for stap in aanmelding.stappen.all()] == ["tweede_vraag", "tweede_lezer"]


def test_nobody_decides_on_what_she_has_not_read(als, beheerder):
    rijp = kennismaking()
    client, ander = als(beheerder), RolFactory(soort=Rol.Soort.BEHEERDER).gebruiker
    ongelezen = client.post(f"{rijp.get_absolute_url()}besluit/", {"stap": "afwijzen", "waarom": "Daarom."})
    noteer(aanmelding=rijp, tekst="Zij belden nog.", door=ander)
    te_oud = client.post(f"{rijp.get_absolute_url()}besluit/", {"stap": "afwijzen", "waarom": "Daarom."})

    gelukt = client.post(f"{rijp.get_absolute_url()}besluit/", {"stap": "afwijzen", "waarom": "Daarom."})

    assert "Er is iets veranderd" in ongelezen.text
    assert "Zij belden nog." in te_oud.text
    assert "Daarom." in te_oud.text
    assert gelukt.status_code == 302


# --- Coming back, and not agreeing -----------------------------------------------------------------------------------


def houd_aan(aanmelding: Aanmelding, door, dagen: int) -> None:
    tot = timezone.localdate() + timedelta(days=dagen)
    aanmelding.zet_stap(Stap.AANHOUDEN, door=door, waarom="Nog jong.", tot=tot)


@pytest.mark.parametrize("aantal", [1, 3])
def test_what_was_held_comes_back_by_itself_on_its_day_and_only_once(
    beheerder, time_machine, django_assert_num_queries, aantal
):
    begin = timezone.now()
    later = kennismaking()
    houd_aan(later, beheerder, 31)
    op_de_dag = [kennismaking() for _ in range(aantal)]
    for aanmelding in op_de_dag:
        houd_aan(aanmelding, beheerder, 30)
    time_machine.move_to(begin + timedelta(days=29))
    te_vroeg = hervat_op_datum()
    time_machine.move_to(begin + timedelta(days=30))

    with django_assert_num_queries(6):
        terug = hervat_op_datum()

    assert (te_vroeg, terug, hervat_op_datum()) == (0, aantal, 0)
    for aanmelding in op_de_dag:
        aanmelding.refresh_from_db()
        assert (aanmelding.toestand, aanmelding.besluit) == ("kennismaking", "")
        assert aanmelding.stappen.last().wie == "vanzelf"
    later.refresh_from_db()
    assert later.besluit == "aangehouden"
    assert soorten() == ["aanmelding_hervat"] * aantal


def test_an_objection_is_a_new_application_with_the_old_one_attached(als, client, beheerder):
    oude = kennismaking(naam="De Morgenster")
    oude.zet_stap(Stap.AFWIJZEN, door=beheerder, waarom="Te klein.")

    client.post(pad_van(oude), {"doe": "bezwaar", "tekst": "Wij zijn gegroeid."})

    nieuwe = Aanmelding.objects.get(bezwaar_tegen=oude)
    assert (nieuwe.naam, nieuwe.toestand) == ("De Morgenster", "ingediend")
    assert [toets.oordeel for toets in nieuwe.toetsen.all()] == ["open"] * 3
    assert nieuwe.berichten.get().tekst == "Wij zijn gegroeid."
    assert oude.get_absolute_url() in als(beheerder).get(nieuwe.get_absolute_url()).text
    oude.refresh_from_db()
    assert oude.besluit == "afgewezen"
    with pytest.raises(StapGeweigerd, match="al"):
        maak_bezwaar(aanmelding=oude, tekst="Nog eens.")


def test_only_a_rejection_can_be_objected_to(beheerder, ingediend):
    with pytest.raises(StapGeweigerd, match="alleen als wij jullie hebben afgewezen"):
        maak_bezwaar(aanmelding=ingediend, tekst="Nu al.")


# --- How long a link works -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dagen", "tot", "code"),
    [
        (89, None, 200),
        (91, None, 410),
        (400, -89, 200),  # held until a day: counted from that day
        (400, -91, 410),
    ],
)
def test_a_link_ends_ninety_days_after_the_last_step(client, time_machine, db, dagen, tot, code):
    aanmelding, nu = kennismaking(), timezone.now()
    time_machine.move_to(nu - timedelta(days=dagen), tick=False)
    pad = pad_van(aanmelding)
    time_machine.move_to(nu, tick=False)
    if tot is not None:
        zet_stap = {"toestand": "besloten", "besluit": "aangehouden", "besluit_waarom": "Groei nog even."}
        Aanmelding.objects.filter(pk=aanmelding.pk).update(
            aangehouden_tot=timezone.localdate() + timedelta(days=tot), **zet_stap
        )
    Aanmelding.objects.filter(pk=aanmelding.pk).update(veranderd_op=nu - timedelta(days=dagen))

    assert client.get(pad).status_code == code


def test_an_ended_link_tells_nothing_and_mails_a_new_one_to_the_contact_person_only(client, time_machine, ingediend):
    nu = timezone.now()
    oud = pad_van(ingediend)
    time_machine.move_to(nu + timedelta(days=120), tick=False)

    antwoorden = [client.get(oud), client.post(oud), client.post(oud, {"doe": "intrekken"})]

    assert [antwoord.status_code for antwoord in antwoorden] == [410] * 3
    assert "De Morgenster" not in "".join(antwoord.text for antwoord in antwoorden)
    assert ["<h1>Kijk in de mail</h1>" in antwoord.text for antwoord in antwoorden] == [False, True, True]
    ingediend.refresh_from_db()
    assert ingediend.toestand == "ingediend"
    brief = Bericht.objects.get()
    assert (brief.soort, brief.aan_adres) == ("aanmelding_link", "ans@voorbeeld.example")
    assert client.get(brief.pad).status_code == 200
    time_machine.shift(timedelta(days=8))
    assert client.get(brief.pad).status_code == 410


# --- What an admin sees ----------------------------------------------------------------------------------------------


def test_what_was_not_sent_yet_is_read_by_nobody(als, beheerder):
    concept = AanmeldingFactory(toestand=Toestand.CONCEPT)

    for pad in ("", "agenda.ics"):
        assert als(beheerder).get(f"{concept.get_absolute_url()}{pad}").status_code == 404
    assert als(beheerder).post(f"{concept.get_absolute_url()}stap/", {"stap": "intrekken"}).status_code == 404


def test_the_summary_names_the_check_that_is_asked_back(als, beheerder, ingediend):
    data = oordelen_data(ingediend, **{f"toets_{nummer}_oordeel": "voldoet" for nummer in range(3)})

    tekst = als(beheerder).post(f"{ingediend.get_absolute_url()}oordelen/", data).text

    for toets in ("Bestaat minstens een jaar", "Begeleidt minstens vijf jongeren", "Herkent zich"):
        assert f"Waarom: {toets}" in tekst.split("Kijk dit nog even na")[1].split("</ul>")[0]
