"""Mail of the core team to guests: reminders in time and by day, messages to the group, a proof to oneself."""

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from bijeenkomsten.actions import beantwoord, gelast_af, nodig_uit, wijzig
from bijeenkomsten.forms.rondmail import BerichtForm, HerinneringForm
from bijeenkomsten.models import Bijeenkomst, Rondmail, Uitnodiging
from bijeenkomsten.rondsturen import stel_herinneringen_voor, verstuur_bericht, zet_herinneringen_klaar
from bijeenkomsten.tasks import zet_herinneringen_klaar as taak
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from tests.bijeenkomsten.factories import BijeenkomstFactory, RondmailFactory, UitnodigingFactory
from tests.bijeenkomsten.test_agenda import HOSTIEL, nl
from tests.samen import tegelijk

pytestmark = pytest.mark.django_db
ANTWOORDEN = ("ja", "misschien", "nee", "open")


@pytest.fixture
def donderdag() -> Bijeenkomst:
    """A meeting on a Thursday with one guest per answer."""
    bijeenkomst = BijeenkomstFactory(titel="Samen leren", begint_op=nl("2030-09-12 14:00"))
    for antwoord in ANTWOORDEN:
        UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker__naam=antwoord, antwoord=antwoord)
    return bijeenkomst


def op(moment: str) -> int:
    with time_machine.travel(nl(moment), tick=False):
        return zet_herinneringen_klaar()


def aan() -> list[str]:
    return [str(bericht.aan) for bericht in Bericht.objects.select_related("aan").order_by("pk")]


# --- Reminders ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "dagen", "uur", "verstuurt_op"),
    [
        ("2030-09-12 14:00", 3, 9, "2030-09-09 09:00"),  # a Monday
        ("2030-09-12 14:00", 0, 8, "2030-09-12 08:00"),
        ("2030-09-12 14:00", 4, 9, "2030-09-06 09:00"),  # Sunday: the Friday before
        ("2030-09-14 14:00", 0, 9, "2030-09-13 09:00"),  # on a Saturday: the day before
        ("2030-04-23 14:00", 1, 9, "2030-04-18 09:00"),  # Easter and Good Friday lie between
        ("2030-04-01 10:00", 3, 9, "2030-03-29 09:00"),  # over the night in which the clock changes
        ("2028-03-01 10:00", 1, 19, "2028-02-29 19:00"),
    ],
)
def test_a_reminder_goes_out_by_day_on_a_working_day(begin, dagen, uur, verstuurt_op):
    rondmail = Rondmail(bijeenkomst=Bijeenkomst(begint_op=nl(begin)), dagen_vooraf=dagen, uur=uur)

    assert rondmail.verstuurt_op == nl(verstuurt_op)


@pytest.mark.parametrize(
    ("wie", "verwacht"),
    [
        ("open", {"open"}),
        ("komt", {"ja"}),
        ("misschien", {"ja", "misschien"}),
        ("niet_nee", {"ja", "misschien", "open"}),
        ("allen", {"ja", "misschien", "open", "nee"}),
    ],
)
def test_it_goes_to_who_was_chosen(donderdag, wie, verwacht):
    RondmailFactory(bijeenkomst=donderdag, wie=wie)

    assert op("2030-09-09 09:00") == len(verwacht)
    assert set(aan()) == verwacht


def test_it_goes_out_once_however_often_we_look_and_not_a_minute_early(donderdag):
    RondmailFactory(bijeenkomst=donderdag)

    assert [op("2030-09-09 08:59"), op("2030-09-09 09:00"), op("2030-09-09 09:05")] == [0, 1, 0]
    with time_machine.travel(nl("2030-09-10 09:00")):
        taak()
    assert Rondmail.objects.get().aantal == Bericht.objects.count() == 1


def test_after_a_time_in_which_nobody_looked_a_guest_gets_the_last_one_only(donderdag):
    RondmailFactory(bijeenkomst=donderdag, dagen_vooraf=14, tekst="Eerste")
    RondmailFactory(bijeenkomst=donderdag, dagen_vooraf=3, tekst="Laatste")
    RondmailFactory(bijeenkomst=donderdag, dagen_vooraf=2, tekst="Wie komt", wie="komt")

    op("2030-09-10 12:00")

    teksten = [bericht.gegevens["tekst"] for bericht in Bericht.objects.order_by("pk")]
    assert sorted(teksten) == ["Laatste", "Wie komt"]
    assert op("2030-09-10 12:05") == 0


@pytest.mark.parametrize("velden", [{"status": "concept"}, {"status": "afgelast"}])
def test_no_reminder_for_what_does_not_happen(donderdag, velden):
    RondmailFactory(bijeenkomst=donderdag)
    Bijeenkomst.objects.update(**velden)

    assert op("2030-09-09 09:00") == 0


def test_no_reminder_once_it_began(donderdag):
    RondmailFactory(bijeenkomst=donderdag, dagen_vooraf=0, uur=13)

    assert op("2030-09-12 14:00") == 0


def test_it_waits_for_the_day_and_carries_her_own_buttons(donderdag):
    RondmailFactory(bijeenkomst=donderdag)
    op("2030-09-09 19:59")

    bericht = Bericht.objects.select_related("aan").get()
    mail = stel_op(bericht)
    assert bericht.overdag
    assert mail.subject == "Herinnering: Samen leren"
    assert "Kom je ook?" in mail.body
    assert f"{reverse('bijeenkomsten:meedoen', args=[donderdag.pk])}" in mail.body
    assert "/kom-je/" in mail.body


def test_an_answer_silences_a_reminder_that_still_waits_for_the_day(donderdag):
    RondmailFactory(bijeenkomst=donderdag)
    RondmailFactory(bijeenkomst=donderdag, wie="niet_nee", dagen_vooraf=2)
    op("2030-09-10 19:59")

    with time_machine.travel(nl("2030-09-10 22:00")):
        beantwoord(uitnodiging=Uitnodiging.objects.get(antwoord="open"), antwoord="ja")

    toestanden = {(b.groep.split(":")[2], str(b.aan)): b.toestand for b in Bericht.objects.select_related("aan")}
    assert toestanden[("open", "open")] == "vervallen"
    assert toestanden[("niet_nee", "open")] == "wacht"


def test_calling_off_silences_them_all(donderdag):
    RondmailFactory(bijeenkomst=donderdag)
    op("2030-09-09 19:59")

    with time_machine.travel(nl("2030-09-09 22:00")):
        gelast_af(bijeenkomst=donderdag)

    assert Bericht.objects.filter(soort="bijeenkomst_herinnering").get().toestand == "vervallen"


def test_a_meeting_that_moved_is_remembered_again_for_its_new_day(donderdag):
    RondmailFactory(bijeenkomst=donderdag)
    op("2030-09-09 09:00")

    donderdag.begint_op, donderdag.eindigt_op = nl("2030-09-19 14:00"), nl("2030-09-19 16:00")
    with time_machine.travel(nl("2030-09-10 10:00")):
        wijzig(bijeenkomst=donderdag)

    assert [op("2030-09-13 09:00"), op("2030-09-16 09:00")] == [0, 1]


def test_the_usual_reminders_are_put_ready_once(donderdag, kernteamlid):
    for _ in range(2):
        stel_herinneringen_voor(bijeenkomst=donderdag, door=kernteamlid)

    assert list(Rondmail.objects.herinneringen().values_list("wie", "dagen_vooraf")) == [("open", 14), ("komt", 2)]


@pytest.mark.parametrize(
    ("nu", "over"),
    [("2030-08-29 08:59", [14, 2]), ("2030-08-29 09:00", [2]), ("2030-09-10 09:00", [])],
)
def test_a_usual_reminder_whose_time_has_been_is_left_out(als, donderdag, kernteamlid, nu, over):
    with time_machine.travel(nl(nu), tick=False):
        pagina = als(kernteamlid).post(f"/bijeenkomsten/{donderdag.pk}/post/voorstel/", follow=True).text

    assert list(Rondmail.objects.herinneringen().values_list("dagen_vooraf", flat=True)) == over
    assert ("te kort dag" in pagina) is not bool(over)


# --- A message to the group -----------------------------------------------------------------------------------------


def bericht(bijeenkomst, **velden) -> Rondmail:
    velden = {"wie": "niet_nee", "onderwerp": "Neem laarzen mee", "tekst": "Het gras is nat.\r\n\r\nTot dan!"} | velden
    return Rondmail(bijeenkomst=bijeenkomst, soort="bericht", **velden)


def test_a_message_reaches_everyone_in_a_mail_of_her_own_and_answers_go_to_the_organiser(donderdag, settings, tmp_path):
    settings.ANTWOORD_ADRES, settings.ANTWOORD_MAP = "antwoord@collectief.example", str(tmp_path)

    assert verstuur_bericht(rondmail=bericht(donderdag)) == 3

    brieven = [stel_op(b) for b in Bericht.objects.select_related("aan").order_by("pk")]
    assert [len(brief.to) for brief in brieven] == [1, 1, 1]
    assert len({tuple(brief.reply_to) for brief in brieven}) == 3
    adressen = {brief.to[0] for brief in brieven}
    for brief in brieven:
        tekst = brief.message().as_string()
        assert not [adres for adres in adressen - {brief.to[0]} if adres in tekst]
        assert "dan komt dat bij de trekkers" in brief.body
        assert brief.subject == "Neem laarzen mee"


def test_the_same_form_twice_sends_once(donderdag):
    rondmail = bericht(donderdag)
    verstuur_bericht(rondmail=rondmail)

    aantal = verstuur_bericht(rondmail=bericht(donderdag, sleutel=rondmail.sleutel))

    assert (aantal, Rondmail.objects.count(), Bericht.objects.count()) == (3, 1, 3)


@pytest.mark.django_db(transaction=True)
def test_who_presses_send_twice_sends_once(donderdag):
    sleutel = uuid4()

    aantallen = tegelijk(*(partial(verstuur_bericht, rondmail=bericht(donderdag, sleutel=sleutel)) for _ in range(2)))

    assert (aantallen, Rondmail.objects.count(), Bericht.objects.count()) == ([3, 3], 1, 3)


def test_a_message_to_nobody_says_so():
    with pytest.raises(ValidationError, match="Er is niemand aan wie dit bericht gaat"):
        verstuur_bericht(rondmail=bericht(BijeenkomstFactory()))

    assert not Rondmail.objects.exists()


@pytest.mark.parametrize("tekst", HOSTIEL)
def test_hostile_words_stay_words_in_subject_text_and_html(donderdag, tekst):
    verstuur_bericht(rondmail=bericht(donderdag, onderwerp=tekst[:120], tekst=tekst))

    mail = stel_op(Bericht.objects.select_related("aan").first())
    assert mail.message()["Bcc"] is None
    assert "\n" not in str(mail.message()["Subject"])
    assert "<script" not in mail.alternatives[0].content
    assert mail.message().as_bytes()


# --- What cannot be -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("velden", "constraint"),
    [
        ({"soort": "reclame", "dagen_vooraf": None}, "rondmail_soort"),
        ({"wie": "buren"}, "rondmail_wie"),
        ({"dagen_vooraf": None}, "rondmail_herinnering_heeft_dag"),
        ({"soort": "bericht"}, "rondmail_herinnering_heeft_dag"),
        ({"uur": 3}, "rondmail_overdag"),
        ({"uur": 20}, "rondmail_overdag"),
    ],
)
def test_the_database_refuses_what_cannot_be(velden, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        RondmailFactory(**velden)


GOED = {"wie": "open", "dagen_vooraf": "14", "uur": "9", "tekst": "Kom je?"}


@pytest.mark.parametrize(
    ("anders", "veld", "zin"),
    [
        ({"dagen_vooraf": ""}, "dagen_vooraf", "Vul in hoeveel dagen vooraf."),
        ({"dagen_vooraf": "veel"}, "dagen_vooraf", "Vul een getal in, bijvoorbeeld 14."),
        ({"dagen_vooraf": "91"}, "dagen_vooraf", "Kies hooguit 90 dagen vooraf."),
        ({"uur": "3"}, "uur", "Kies een uur uit de lijst."),
        ({"tekst": " "}, "tekst", "Schrijf wat je wilt vertellen."),
    ],
)
def test_a_reminder_says_beside_the_field_what_is_wrong(anders, veld, zin):
    form = HerinneringForm(GOED | anders, instance=Rondmail(bijeenkomst=BijeenkomstFactory(), soort="herinnering"))

    assert form.errors[veld] == [zin]


def test_a_message_needs_a_subject_on_one_line():
    nieuw = {"instance": Rondmail(bijeenkomst=BijeenkomstFactory(), soort="bericht")}
    velden = {"wie": "open", "tekst": "x", "sleutel": str(uuid4())}

    assert BerichtForm({**velden, "onderwerp": ""}, **nieuw).errors["onderwerp"] == ["Vul een onderwerp in."]
    form = BerichtForm({**velden, "onderwerp": "Feest\r\nBcc: x"}, **nieuw)
    assert form.is_valid()
    assert form.cleaned_data["onderwerp"] == "Feest Bcc: x"


# --- The pages ------------------------------------------------------------------------------------------------------


@pytest.fixture
def kernteam(als, kernteamlid):
    return als(kernteamlid)


def pad(bijeenkomst, soort: str) -> str:
    return reverse("bijeenkomsten:rondmail_nieuw", args=[bijeenkomst.pk, soort])


def test_one_writes_looks_tries_and_sends_and_nothing_typed_is_lost(kernteam, kernteamlid, donderdag):
    velden = {"wie": "komt", "onderwerp": "Laarzen", "tekst": "Het gras is nat.", "sleutel": str(uuid4())}
    adres = pad(donderdag, "bericht")

    gezien = kernteam.post(adres, velden | {"knop": "voorbeeld"}).text
    assert "Hij gaat nu naar 1 mens: wie komt." in gezien
    assert gezien.count("Het gras is nat.") == 2  # in the field, and as it will look
    assert not Bericht.objects.exists()

    kernteam.post(adres, velden | {"knop": "proef"})
    proef = Bericht.objects.get()
    assert (proef.aan, stel_op(proef).subject) == (kernteamlid, "Proef: Laarzen")

    for _ in range(2):
        response = kernteam.post(adres, velden | {"knop": "klaar"}, follow=True)
    assert "Verstuurd aan 1 mens." in response.text
    assert Bericht.objects.count() == 2


def test_a_text_of_ones_own_takes_the_place_of_the_usual_sentence(kernteam, donderdag):
    kernteam.post(pad(donderdag, "uitnodiging"), {"tekst": "Kom samen soep koken!", "knop": "klaar"})

    nodig_uit(bijeenkomst=donderdag, naam="Gast", adres="gast@voorbeeld.example")

    tekst = stel_op(Bericht.objects.get()).body
    assert "Kom samen soep koken!" in tekst
    assert "Je bent uitgenodigd voor" not in tekst
    assert "Wanneer: donderdag 12 september 2030" in tekst


def test_the_proof_of_an_invitation_shows_as_another_event_and_asks_nothing(kernteam, donderdag):
    kernteam.post(pad(donderdag, "uitnodiging"), {"tekst": "Kom!", "knop": "proef"})

    brief = Bericht.objects.get()
    assert brief.agenda["methode"] == "PUBLISH"
    assert brief.agenda["uid"] == f"proef-{donderdag.uid}"
    assert "Dit is een proef." in stel_op(brief).body
    assert Rondmail.objects.count() == 0


def test_a_reminder_can_be_made_changed_and_taken_away(kernteam, donderdag):
    kernteam.post(pad(donderdag, "herinnering"), GOED | {"knop": "klaar"})
    rondmail = Rondmail.objects.get()
    adres = reverse("bijeenkomsten:rondmail", args=[donderdag.pk, "herinnering", rondmail.pk])

    kernteam.post(adres, GOED | {"dagen_vooraf": "7", "knop": "klaar"})
    assert Rondmail.objects.get().dagen_vooraf == 7

    kernteam.post(reverse("bijeenkomsten:rondmail_weg", args=[donderdag.pk, rondmail.pk]))
    assert not Rondmail.objects.exists()


def test_a_message_that_was_sent_is_neither_changed_nor_taken_away(kernteam, donderdag):
    rondmail = bericht(donderdag)
    verstuur_bericht(rondmail=rondmail)

    adres = reverse("bijeenkomsten:rondmail", args=[donderdag.pk, "bericht", rondmail.pk])
    assert kernteam.get(adres).status_code == 404
    weg = kernteam.post(reverse("bijeenkomsten:rondmail_weg", args=[donderdag.pk, rondmail.pk]))
    assert (weg.status_code, Rondmail.objects.count()) == (404, 1)
    assert kernteam.get(pad(donderdag, "reclame")).status_code == 404


@pytest.mark.parametrize("aantal", [1, 10])
def test_the_overview_takes_as_many_queries_for_ten_as_for_one(
    kernteam, kernteamlid, django_assert_num_queries, aantal
):
    bijeenkomst = BijeenkomstFactory()
    for nummer in range(aantal):
        RondmailFactory(bijeenkomst=bijeenkomst, dagen_vooraf=nummer)
        RondmailFactory(
            bijeenkomst=bijeenkomst, soort="bericht", dagen_vooraf=None, onderwerp="x", door=kernteamlid,
            verstuurd_op=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=nummer),
        )  # fmt: skip

    with django_assert_num_queries(8):
        kernteam.get(reverse("bijeenkomsten:rondmails", args=[bijeenkomst.pk]))
