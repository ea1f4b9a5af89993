"""Reports: their steps, who reads which part, what changes for whom, and what people promised."""

from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.models import Actie, Besluit, Verslag, Verslagdeel, Verslagreactie
from bijeenkomsten.verslaan import mail_open_acties, rond_af, zet_stap
from bijeenkomsten.verslagstappen import Verslagstand, Verslagstap, belemmering, lezers_voor
from collectief.post.actions import meld_af
from collectief.post.models import Afmelding, Bericht
from collectief.post.verzenden import stel_op
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory, VraagFactory
from tests.factories import GebruikerFactory

# Written by hand: from which state each step begins.
BEGINT = {"leg_voor": "concept", "haal_terug": "ter_inzage", "stel_vast": "ter_inzage"}
KRINGEN = ("openbaar", "leden", "kernteam")


def url(naam: str, *args) -> str:
    return reverse(f"bijeenkomsten:{naam}", args=args)


def tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().split())


def verslag_met_delen(stand: str = "vastgesteld", **velden) -> Verslag:
    """A report of a meeting of last week, with one part and one decision for each group of readers."""
    begin = timezone.now() - timedelta(days=7)
    bijeenkomst = BijeenkomstFactory(begint_op=begin, **velden)
    verslag = Verslag.objects.create(
        bijeenkomst=bijeenkomst, stand=stand, vastgesteld_op=timezone.now() if stand == "vastgesteld" else None
    )
    for lezers in KRINGEN:
        Verslagdeel.objects.create(verslag=verslag, kop=f"deel-{lezers}", tekst="Tekst.", lezers=lezers)
        Besluit.objects.create(verslag=verslag, tekst=f"besluit-{lezers}", lezers=lezers)
    return verslag


def actie(eigenaar, *, verslag: Verslag | None = None, **velden) -> Actie:
    verslag = verslag or verslag_met_delen("ter_inzage")
    velden = {"tekst": "Soep koken", "voor": date(2030, 1, 1)} | velden
    return Actie.objects.create(verslag=verslag, eigenaar=eigenaar, **velden)


# --- the table ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stand", "stap"), list(product(Verslagstand, Verslagstap)))
def test_the_steps_are_those_of_the_table(stand, stap):
    assert (belemmering(stand, stap, is_leeg=False, open_reacties=0) == "") is (BEGINT[stap] == stand)


@pytest.mark.parametrize(
    ("stap", "is_leeg", "reacties", "zin"),
    [
        ("leg_voor", True, 0, "nog niets in het verslag"),
        ("stel_vast", False, 1, "naar één reactie"),
        ("stel_vast", False, 3, "naar 3 reacties"),
        ("haal_terug", False, 3, ""),
    ],
)
def test_what_stands_in_the_way_is_named(stap, is_leeg, reacties, zin):
    gezegd = belemmering(BEGINT[stap], Verslagstap(stap), is_leeg=is_leeg, open_reacties=reacties)

    assert (zin in gezegd) if zin else gezegd == ""


@pytest.mark.parametrize(
    ("is_kernteam", "leest_mee", "delen"),
    [(True, False, KRINGEN), (False, True, ("openbaar", "leden")), (False, False, ("openbaar",))],
)
def test_who_reads_which_part(is_kernteam, leest_mee, delen):
    assert tuple(lezers_voor(is_kernteam=is_kernteam, leest_mee=leest_mee)) == delen


# --- who reads when ---------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stand", "wie"),
    [
        ("concept", {"kernteamlid"}),
        ("ter_inzage", {"kernteamlid", "verbondgenoot"}),
        ("vastgesteld", {"kernteamlid", "verbondgenoot", "begeleider", "buitenstaander", "coordinator"}),
    ],
)
def test_a_report_opens_step_by_step(bezetting, stand, wie):
    verslag = verslag_met_delen(stand)
    UitnodigingFactory(bijeenkomst=verslag.bijeenkomst, gebruiker=bezetting.verbondgenoot)
    mensen = ("kernteamlid", "verbondgenoot", "begeleider", "buitenstaander", "coordinator", "beheerder")

    assert {m for m in mensen if Verslag.objects.zichtbaar_voor(getattr(bezetting, m)).exists()} == wie


@pytest.mark.django_db
def test_each_page_shows_just_the_parts_of_its_readers(client, als, begeleider, kernteamlid):
    verslag = verslag_met_delen()
    pk = verslag.bijeenkomst_id
    paginas = {
        ("openbaar",): client.get(url("verslag", pk)),
        ("openbaar", "leden"): als(begeleider).get(url("verslag_lezen", pk)),
        KRINGEN: als(kernteamlid).get(url("verslag_lezen", pk)),
    }

    assert [url("verslag_schrijven", pk) in tekst(pagina) for pagina in paginas.values()] == [False, False, True]
    for delen, pagina in paginas.items():
        gezien = tekst(pagina)
        assert tuple(k for k in KRINGEN if f"deel-{k}" in gezien) == delen
        assert tuple(k for k in KRINGEN if f"besluit-{k}" in gezien) == delen
    assert not client.get(url("verslag", pk)).cookies


@pytest.mark.django_db
def test_the_pages_of_the_meeting_lead_to_what_each_may_read(client, als, begeleider):
    verslag = verslag_met_delen()
    stil = verslag_met_delen("concept").bijeenkomst
    for bijeenkomst in (verslag.bijeenkomst, stil):
        UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider)
    pk = verslag.bijeenkomst_id

    assert url("verslag", pk) in tekst(client.get(url("detail", pk)))
    assert url("een_minuut", pk) in tekst(als(begeleider).get(url("meedoen", pk)))
    assert "/verslag/" not in tekst(client.get(url("detail", stil.pk)))
    assert "/verslag/" not in tekst(als(begeleider).get(url("meedoen", stil.pk)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "velden", [{"stand": "concept"}, {"stand": "ter_inzage"}, {"is_openbaar": False}, {"status": "concept"}]
)
def test_nothing_is_public_before_it_is_approved_or_of_a_private_meeting(client, velden):
    verslag = verslag_met_delen(**velden)

    assert client.get(url("verslag", verslag.bijeenkomst_id)).status_code == 404


# --- draft, comments, approved --------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_report_is_written_laid_open_commented_on_and_approved(als, kernteamlid, begeleider):
    bijeenkomst = BijeenkomstFactory(begint_op=timezone.now() - timedelta(days=1))
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider)
    pk, schrijver = bijeenkomst.pk, als(kernteamlid)

    assert "Er staat nog niets" in tekst(
        schrijver.post(url("verslag_schrijven", pk), {"samenvatting": "Kort."})
        and schrijver.post(url("verslag_stap", pk), {"stap": "leg_voor"}, follow=True)
    )
    schrijver.post(url("verslag_nieuw", pk, "deel"), {"kop": "Soep", "tekst": "Er was soep.", "lezers": "leden"})
    schrijver.post(url("verslag_stap", pk), {"stap": "leg_voor"})
    als(begeleider).post(url("verslag_lezen", pk), {"tekst": "Er was ook brood."})
    geweigerd = schrijver.post(url("verslag_stap", pk), {"stap": "stel_vast"}, follow=True)
    schrijver.post(url("reactie_verwerkt", pk, Verslagreactie.objects.get().pk))
    schrijver.post(url("verslag_stap", pk), {"stap": "stel_vast"})

    verslag = Verslag.objects.get()
    assert "Er is nog niet gekeken naar één reactie." in tekst(geweigerd)
    assert (verslag.stand, verslag.vastgesteld_door, verslag.samenvatting) == ("vastgesteld", kernteamlid, "Kort.")
    assert list(Bericht.objects.order_by("pk").values_list("soort", flat=True)) == [
        "verslag_ligt_voor",
        "verslag_vastgesteld",
    ]
    assert "Er was soep." not in "".join(stel_op(bericht).body for bericht in Bericht.objects.all())


@pytest.mark.django_db
def test_an_approved_report_changes_no_more(als, kernteamlid):
    verslag = verslag_met_delen()
    pk, deel = verslag.bijeenkomst_id, verslag.delen.first()

    als(kernteamlid).post(url("verslag_onderdeel", pk, "deel", deel.pk), {"weg": "ja"})
    als(kernteamlid).post(url("verslag_schrijven", pk), {"samenvatting": "Anders"})

    verslag.refresh_from_db()
    assert (verslag.delen.count(), verslag.samenvatting) == (3, "")


@pytest.mark.django_db
def test_a_report_that_is_taken_back_silences_its_mail(kernteamlid, begeleider):
    verslag = verslag_met_delen("concept")
    UitnodigingFactory(bijeenkomst=verslag.bijeenkomst, gebruiker=begeleider)

    zet_stap(verslag=verslag, stap=Verslagstap.LEG_VOOR, door=kernteamlid)
    zet_stap(verslag=verslag, stap=Verslagstap.HAAL_TERUG, door=kernteamlid)

    assert Bericht.objects.get().toestand == "vervallen"
    with pytest.raises(ValidationError, match="Het verslag is nu: concept"):
        zet_stap(verslag=verslag, stap=Verslagstap.STEL_VAST, door=kernteamlid)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("soort", "velden", "zin"),
    [
        ("deel", {"kop": "", "tekst": "x", "lezers": "leden"}, "Geef dit deel een kop."),
        ("deel", {"kop": "x", "tekst": "111222333", "lezers": "leden"}, "een BSN kan zijn"),
        ("besluit", {"tekst": "", "raakt": "iedereen", "lezers": "leden"}, "Schrijf op wat er besloten is."),
        (
            "besluit",
            {"tekst": "x", "raakt": "iedereen", "lezers": "leden", "vanaf": "2027-02-30"},
            "niet op de kalender",
        ),
        ("actie", {"tekst": "x", "lezers": "leden", "voor": ""}, "Kies voor wanneer"),
        ("actie", {"tekst": "x", "lezers": "leden", "eigenaar": "Niemand"}, "Deze naam staat niet in de lijst."),
        ("actie", {"tekst": "x", "lezers": "leden", "eigenaar": "\0 %"}, "Deze naam staat niet in de lijst."),
        ("actie", {"tekst": "x", "lezers": "leden", "eigenaar": " "}, "Kies wie het doet."),
    ],
)
def test_bad_input_gets_a_sentence_and_makes_no_report(als, kernteamlid, soort, velden, zin):
    pagina = als(kernteamlid).post(url("verslag_nieuw", BijeenkomstFactory().pk, soort), velden)

    assert zin in tekst(pagina)
    assert not Verslag.objects.exists()


def test_what_readers_said_stands_before_the_button_that_approves(als, kernteamlid, begeleider):
    verslag = verslag_met_delen("ter_inzage")
    Verslagreactie.objects.create(verslag=verslag, tekst="De naam klopt niet.", door=begeleider)

    pagina = tekst(als(kernteamlid).get(url("verslag_schrijven", verslag.bijeenkomst.pk)))

    assert pagina.index("De naam klopt niet.") < pagina.index("Vaststellen")


def test_a_summary_is_read_in_a_minute(als, kernteamlid):
    adres = url("verslag_schrijven", BijeenkomstFactory().pk)

    assert "Dit zijn 151 woorden." in tekst(als(kernteamlid).post(adres, {"samenvatting": "ja " * 151}))
    assert als(kernteamlid).post(adres, {"samenvatting": "ja " * 150}).status_code == 302


# --- what changes for you -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_in_a_minute_everybody_reads_what_touches_her(als, begeleider, verbondgenoot, initiatief):
    verslag = verslag_met_delen()
    for wie in (begeleider, verbondgenoot):
        UitnodigingFactory(bijeenkomst=verslag.bijeenkomst, gebruiker=wie)
    Besluit.objects.create(verslag=verslag, tekst="Alleen initiatieven", raakt="initiatieven")
    actie(begeleider, verslag=verslag)
    VraagFactory(initiatief=initiatief, vraag="Onze vraag", stand="beantwoord", bijeenkomst=verslag.bijeenkomst)
    adres = url("een_minuut", verslag.bijeenkomst_id)

    van_begeleider, van_ander = tekst(als(begeleider).get(adres)), tekst(als(verbondgenoot).get(adres))

    for zin in ("besluit-leden", "Alleen initiatieven", "Soep koken", "Onze vraag", "Zo doen wij het."):
        assert zin in van_begeleider
    assert "besluit-leden" in van_ander
    for zin in ("Alleen initiatieven", "Soep koken", "Onze vraag", "besluit-kernteam"):
        assert zin not in van_ander


# --- what people promised -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_open_actions_come_back_on_the_next_agenda(als, begeleider, kernteamlid):
    verslag = verslag_met_delen("ter_inzage")
    actie(begeleider, verslag=verslag)
    actie(begeleider, verslag=verslag, tekst="Al gedaan", klaar_op=timezone.now())
    actie(begeleider, verslag=verslag, tekst="Alleen kernteam", lezers="kernteam")
    actie(begeleider, verslag=verslag_met_delen("concept"), tekst="Nog niet gezien")
    volgende = BijeenkomstFactory()
    for bijeenkomst in (verslag.bijeenkomst, volgende):
        UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider)

    agenda = tekst(als(kernteamlid).get(url("agendavragen", volgende.pk)))
    programma = tekst(als(begeleider).get(url("meedoen", volgende.pk)))

    assert "Soep koken" in agenda
    assert "Soep koken" in programma
    assert "Alleen kernteam" in agenda
    for zin in ("Al gedaan", "Nog niet gezien"):
        assert zin not in agenda + programma
    assert "Alleen kernteam" not in programma


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stand", "was_genodigd", "lezers"),
    [
        ("ter_inzage", False, ()),
        ("ter_inzage", True, ("begeleider", "verbondgenoot")),
        ("vastgesteld", False, ("begeleider",)),
        ("vastgesteld", True, ("begeleider", "verbondgenoot")),
    ],
)
def test_an_action_comes_back_only_for_who_reads_its_report(
    als, begeleider, verbondgenoot, kernteamlid, initiatief, stand, was_genodigd, lezers
):
    verslag, volgende = verslag_met_delen(stand), BijeenkomstFactory()
    actie(kernteamlid, verslag=verslag)
    mensen = {"begeleider": begeleider, "verbondgenoot": verbondgenoot}
    for wie in mensen.values():
        for bijeenkomst in (volgende, verslag.bijeenkomst)[: 1 + was_genodigd]:
            UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=wie)

    leest = [naam for naam, wie in mensen.items() if "Soep koken" in tekst(als(wie).get(url("meedoen", volgende.pk)))]

    assert leest == list(lezers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("vandaag", "hoeveel"),
    [
        (date(2027, 1, 1), 0),  # New Year's Day
        (date(2027, 1, 3), 0),  # a Sunday
        (date(2027, 1, 4), 1),
        (date(2027, 1, 29), 1),  # beat was away
    ],
)
def test_owners_hear_once_a_month_from_its_first_working_day(begeleider, vandaag, hoeveel):
    with time_machine.travel("2026-12-10 12:00Z"):
        actie(begeleider)
        actie(begeleider, klaar_op=timezone.now())
    with time_machine.travel("2027-01-02 12:00Z"):
        actie(GebruikerFactory())  # promised this month: she hears next month

    assert mail_open_acties(vandaag) == hoeveel
    mail_open_acties(vandaag)

    berichten = list(Bericht.objects.filter(soort="acties"))
    assert [bericht.aan for bericht in berichten] == [begeleider] * hoeveel
    assert all("Soep" not in stel_op(bericht).body for bericht in berichten)


@pytest.mark.django_db
def test_who_stopped_this_mail_gets_none_and_every_mail_can_be_stopped():
    wie, liever_niet = GebruikerFactory.create_batch(2)
    with time_machine.travel("2026-12-10 12:00Z"):
        actie(wie), actie(liever_niet)
    meld_af(gebruiker_id=liever_niet.pk, soort=Afmelding.Soort.ACTIES)

    assert mail_open_acties(date(2027, 1, 4)) == 1

    bericht = Bericht.objects.get(soort="acties")
    assert bericht.aan == wie
    assert "/post/afmelden/" in stel_op(bericht).body


@pytest.mark.django_db
def test_the_last_action_that_is_done_silences_the_mail():
    wie = GebruikerFactory()
    with time_machine.travel("2026-12-10 12:00Z"):
        eerste, tweede = actie(wie), actie(wie)
    mail_open_acties(date(2027, 1, 4))

    rond_af(actie=eerste, is_klaar=True)
    assert Bericht.objects.get().toestand == "wacht"
    rond_af(actie=tweede, is_klaar=True)

    assert Bericht.objects.get().toestand == "vervallen"


@pytest.mark.django_db
def test_only_the_owner_and_the_core_team_say_that_it_is_done(als, begeleider, buitenstaander, kernteamlid):
    iets = actie(begeleider)

    assert als(buitenstaander).post(url("actie_klaar", iets.pk)).status_code == 404
    als(begeleider).post(url("actie_klaar", iets.pk))
    assert not Actie.objects.open().exists()
    als(kernteamlid).post(url("actie_klaar", iets.pk), {"toch_niet": "ja"})
    assert Actie.objects.open().exists()


@pytest.mark.django_db
@pytest.mark.parametrize("aantal", [1, 10])
def test_the_report_takes_the_same_queries_at_any_length(als, kernteamlid, django_assert_num_queries, aantal):
    verslag = verslag_met_delen()
    for _ in range(aantal):
        actie(GebruikerFactory(), verslag=verslag)
        Besluit.objects.create(verslag=verslag, tekst="Zo", eigenaar=GebruikerFactory())
    client = als(kernteamlid)

    with django_assert_num_queries(8):
        client.get(url("verslag_lezen", verslag.bijeenkomst_id))
