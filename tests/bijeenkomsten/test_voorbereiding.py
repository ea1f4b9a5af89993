"""What a meeting is made of: programme, documents, place, who prepares it, and what guests need."""

import zipfile
from datetime import datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from bijeenkomsten.documentsoorten import herken
from bijeenkomsten.models import Document, Programmadeel, Uitnodiging, Voorbereider
from bijeenkomsten.tasks import wis_wensen
from collectief.bestanden import opslag
from collectief.geo.models import Postcode
from collectief.werkdagen import AMSTERDAM
from tests.bijeenkomsten.factories import PDF, BijeenkomstFactory, UitnodigingFactory, document_bij

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def eigen_map(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "prive": {**settings.STORAGES["prive"], "OPTIONS": {"location": tmp_path}},
    }


def url(naam: str, *args) -> str:
    return reverse(f"bijeenkomsten:{naam}", args=args)


def tekst(antwoord) -> str:
    return " ".join(antwoord.content.decode().split())


def zip_met(**bestanden: str) -> bytes:
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w") as pakket:
        for naam, inhoud in bestanden.items():
            pakket.writestr(naam.replace("__", "/").replace("_", "."), inhoud)
    return uit.getvalue()


@pytest.fixture
def kern(als, kernteamlid):
    return als(kernteamlid)


# --- The programme -----------------------------------------------------------------------------------------


def deel(bijeenkomst, minuten: int, volgorde: int = 0, titel: str = "Inloop") -> Programmadeel:
    return Programmadeel.objects.create(bijeenkomst=bijeenkomst, minuten=minuten, volgorde=volgorde, titel=titel)


def test_parts_follow_each_other_in_time():
    begin = datetime(2027, 3, 28, 1, 30, tzinfo=AMSTERDAM)  # the clock goes forward at two
    bijeenkomst = BijeenkomstFactory(begint_op=begin)
    for volgorde, minuten in enumerate((15, 60, 45)):
        deel(bijeenkomst, minuten, volgorde)

    delen = bijeenkomst.programma.met_tijden(bijeenkomst.begint_op)

    assert [(d.tot - d.van) // timedelta(minutes=1) for d in delen] == [15, 60, 45]
    assert delen[-1].tot - begin == timedelta(hours=2)


@pytest.mark.parametrize(
    ("minuten", "zin"),
    [
        (180, "Samen 180 minuten. Dat past precies."),
        (179, "Er is nog 1 minuut over."),
        (200, "Dat is te lang: er past 180 in."),
    ],
)
def test_the_minutes_of_the_programme_are_added_up(kern, minuten, zin):
    bijeenkomst = BijeenkomstFactory()
    deel(bijeenkomst, minuten)

    assert zin in tekst(kern.get(url("programma", bijeenkomst.pk)))


def test_a_part_is_written_in_the_form_and_empty_rows_are_no_parts(kern):
    bijeenkomst = BijeenkomstFactory()
    rijen = {"deel-TOTAL_FORMS": 2, "deel-INITIAL_FORMS": 0, "deel-0-volgorde": 1, "deel-0-titel": "Soep"}
    rijen |= {"deel-0-minuten": 30, "deel-1-volgorde": 0, "deel-1-titel": "", "deel-1-minuten": ""}

    antwoord = kern.post(url("programma", bijeenkomst.pk), rijen)

    assert antwoord.status_code == 302
    assert [str(stuk) for stuk in Programmadeel.objects.all()] == ["Soep (30 minuten)"]


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"minuten": "0"}, "Een onderdeel duurt minstens 1 minuut."),
        ({"minuten": "2000"}, "Een onderdeel duurt hooguit 24 uur."),
        ({"minuten": "x"}, "Vul een heel getal in."),
        ({"titel": ""}, "Schrijf op wat er gebeurt."),
    ],
)
def test_a_part_that_cannot_be_is_explained(kern, velden, zin):
    bijeenkomst = BijeenkomstFactory()
    rij = {"volgorde": 1, "titel": "Soep", "minuten": 30} | velden
    rijen = {"deel-TOTAL_FORMS": 1, "deel-INITIAL_FORMS": 0} | {f"deel-0-{n}": w for n, w in rij.items()}

    assert zin in tekst(kern.post(url("programma", bijeenkomst.pk), rijen))
    assert not Programmadeel.objects.exists()


# --- Documents ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inhoud", "extensie"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (b"\xff\xd8\xff\xe0...", "jpg"),
        (zip_met(word__document_xml="<x/>"), "docx"),
        (zip_met(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (zip_met(mimetype="application/x-iets-anders"), None),
        (zip_met(word__document_xml="<x/>", word__vbaProject_bin="macro"), None),
        (zip_met(los_txt="x"), None),
        (b"PK\x03\x04 kapot", None),
        (b"<html><script>alert(1)</script>", None),
        (b"MZ\x90", None),
        (b"", None),
    ],
)
def test_a_document_is_judged_by_what_is_in_it(inhoud, extensie):
    soort = herken(inhoud)

    assert (soort.extensie if soort else None) == extensie


def test_a_document_that_was_damaged_on_the_way_is_none_of_ours():
    uit = BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pakket:
        pakket.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    heel, begin = uit.getvalue(), 30 + len("mimetype")  # behind the header of its first file

    assert herken(heel).extensie == "odt"
    assert herken(heel[:begin] + b"\xff\xff" + heel[begin + 2 :]) is None


def test_a_document_is_kept_sent_as_a_download_and_taken_away_with_its_file(kern, django_capture_on_commit_callbacks):
    bijeenkomst = BijeenkomstFactory()
    velden = {"naam": "Agenda <b>&\r\n", "voor": "kernteam", "bestand": SimpleUploadedFile("a.html", PDF)}

    kern.post(url("documenten", bijeenkomst.pk), velden)
    stuk = Document.objects.get()
    gestuurd = kern.get(url("document", stuk.pk))
    with django_capture_on_commit_callbacks(execute=True):
        kern.post(url("document_weg", stuk.pk))

    assert gestuurd.content == PDF
    assert gestuurd["Content-Disposition"] == 'attachment; filename="agenda-b.pdf"'
    assert gestuurd["X-Content-Type-Options"] == "nosniff"
    assert not Document.objects.exists()
    assert not opslag().exists(stuk.bestand)


@pytest.mark.parametrize(
    ("bestand", "zin"),
    [
        (("x.pdf", b"<html>"), "Dit is geen pdf, foto of document"),
        (("x.pdf", b""), "Dit bestand is leeg."),
        (None, "Kies een bestand."),
        (("x.pdf", PDF + b"x" * 10_000_000), "Dit bestand is te groot."),
    ],
)
def test_a_file_that_we_do_not_take_is_explained(kern, bestand, zin):
    velden = {"naam": "Agenda", "voor": "iedereen"} | ({"bestand": SimpleUploadedFile(*bestand)} if bestand else {})

    antwoord = kern.post(url("documenten", BijeenkomstFactory().pk), velden)

    assert zin in tekst(antwoord)
    assert 'value="Agenda"' in tekst(antwoord)


@pytest.mark.parametrize(
    ("voor", "status", "wie"),
    [
        ("iedereen", "gepubliceerd", {"iedereen", "gast", "genodigde", "kern"}),
        ("genodigden", "gepubliceerd", {"gast", "genodigde", "kern"}),
        ("kernteam", "gepubliceerd", {"kern"}),
        ("iedereen", "concept", {"kern"}),
    ],
)
def test_a_document_is_for_whom_it_says(client, als, kern, begeleider, voor, status, wie):
    bijeenkomst = BijeenkomstFactory(status=status)
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider)
    gast = UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=None, naam="Gast", adres="gast@voorbeeld.example")
    stuk = document_bij(bijeenkomst, voor=voor)

    antwoorden = {
        "iedereen": client.get(url("openbaar_document", stuk.pk)),
        "gast": client.get(url("gastdocument", gast.token, stuk.pk)),
        "genodigde": als(begeleider).get(url("document", stuk.pk)),
        "kern": kern.get(url("document", stuk.pk)),
    }

    assert {naam for naam, antwoord in antwoorden.items() if antwoord.status_code == 200} == wie
    assert all("no-store" in antwoorden[naam].headers["Cache-Control"] for naam in wie - {"iedereen"})


def test_a_document_of_another_meeting_is_not_found_by_a_guest(client):
    gast = UitnodigingFactory(gebruiker=None, naam="Gast", adres="gast@voorbeeld.example")
    stuk = document_bij(BijeenkomstFactory())

    assert client.get(url("gastdocument", gast.token, stuk.pk)).status_code == 404


def test_a_file_that_is_gone_is_not_found(kern):
    stuk = document_bij(BijeenkomstFactory())
    opslag().delete(stuk.bestand)

    assert kern.get(url("document", stuk.pk)).status_code == 404


# --- Place and people --------------------------------------------------------------------------------------


def test_the_page_shows_where_it_is_and_how_to_get_there(client):
    Postcode.objects.get_or_create(
        pk="3511",
        defaults={"plaats": "Utrecht", "gemeente": "Utrecht", "provincie": "Utrecht", "lat": 52.09, "lon": 5.11},
    )
    bijeenkomst = BijeenkomstFactory(pc4="3511", reis="Vanaf het station tien minuten lopen.")

    pagina = tekst(client.get(url("detail", bijeenkomst.pk)))

    assert "Vanaf het station tien minuten lopen." in pagina
    assert "Kaartje met een stip bij De Schuur" in pagina


def test_an_initiative_joins_the_preparation_group_and_leaves_it(als, begeleider):
    uitnodiging = UitnodigingFactory(gebruiker=begeleider)
    client, adres = als(begeleider), url("voorbereiden", uitnodiging.bijeenkomst_id)

    erbij = tekst(client.post(adres, follow=True))
    aantal = Voorbereider.objects.count()
    eruit = tekst(client.post(adres, follow=True))

    assert "Bereiden voor:</strong> Bo Begeleider" in erbij
    assert "Je helpt niet meer mee met voorbereiden." in eruit
    assert (aantal, Voorbereider.objects.count()) == (1, 0)


# --- What guests need --------------------------------------------------------------------------------------


@pytest.mark.parametrize("antwoord", ["ja", "misschien"])
def test_who_comes_is_asked_what_she_needs(als, begeleider, antwoord):
    uitnodiging = UitnodigingFactory(gebruiker=begeleider, antwoord=antwoord)

    pagina = tekst(als(begeleider).get(url("meedoen", uitnodiging.bijeenkomst_id)))

    assert ("Wat heb je nodig?" in pagina) == (antwoord == "ja")
    assert ("Bij de deur" in pagina) == (antwoord == "ja")


def test_what_she_needs_and_whom_she_brings_is_kept(als, begeleider):
    uitnodiging = UitnodigingFactory(gebruiker=begeleider, antwoord="ja", bijeenkomst__introducees=2)
    velden = {"wensen": "ja", "meegenomen": 2, "dieet": "geen\r\nnoten", "tolk": "", "toegankelijkheid": ""}

    als(begeleider).post(url("meedoen", uitnodiging.bijeenkomst_id), velden)

    bewaard = Uitnodiging.objects.get()
    assert (bewaard.dieet, bewaard.meegenomen, bewaard.antwoord) == ("geen noten", 2, "ja")


@pytest.mark.parametrize(
    ("aantal", "zin"),
    [("3", "Je kunt nog 2 mensen meenemen."), ("-1", "Vul 0 of meer in."), ("x", "Vul een heel getal in.")],
)
def test_bringing_too_many_is_explained_and_what_was_typed_stays(als, begeleider, aantal, zin):
    uitnodiging = UitnodigingFactory(gebruiker=begeleider, antwoord="ja", bijeenkomst__introducees=2)
    velden = {"wensen": "ja", "meegenomen": aantal, "dieet": "vegan", "tolk": "", "toegankelijkheid": ""}

    pagina = tekst(als(begeleider).post(url("meedoen", uitnodiging.bijeenkomst_id), velden))

    assert zin in pagina
    assert 'value="vegan"' in pagina
    assert Uitnodiging.objects.get().meegenomen == 0


def test_a_guest_without_an_account_says_what_she_needs_too(client):
    gast = UitnodigingFactory(gebruiker=None, naam="Gast", adres="gast@voorbeeld.example", antwoord="ja")

    client.post(url("antwoord", gast.token), {"wensen": "ja", "dieet": "", "tolk": "NGT", "toegankelijkheid": ""})

    assert Uitnodiging.objects.get().tolk == "NGT"


def test_who_is_welcome_signs_up_by_answering(als, begeleider):
    bijeenkomst = BijeenkomstFactory(introducees=1)
    client = als(begeleider)

    ervoor = tekst(client.get(url("meedoen", bijeenkomst.pk)))
    bestond = Uitnodiging.objects.exists()
    client.post(url("meedoen", bijeenkomst.pk), {"antwoord": "ja"})

    assert "Je hebt geen uitnodiging, maar je bent welkom." in ervoor
    assert not bestond
    assert Uitnodiging.objects.get(gebruiker=begeleider).komt


@pytest.mark.parametrize("aantal", [1, 10])
def test_the_pages_of_a_meeting_take_the_same_queries_whoever_is_invited(
    als, client, begeleider, kern, django_assert_num_queries, aantal
):
    bijeenkomst = BijeenkomstFactory(capaciteit=400, pc4="3511")
    UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider, antwoord="ja")
    UitnodigingFactory.create_batch(aantal, bijeenkomst=bijeenkomst, antwoord="ja")
    for _ in range(aantal):
        deel(bijeenkomst, 5)
        document_bij(bijeenkomst, voor="iedereen")
        Voorbereider.objects.create(bijeenkomst=bijeenkomst, gebruiker=UitnodigingFactory().gebruiker)

    gast = als(begeleider)
    with django_assert_num_queries(8):
        gast.get(url("meedoen", bijeenkomst.pk))
    with django_assert_num_queries(3):
        client.get(url("detail", bijeenkomst.pk))
    with django_assert_num_queries(7):
        kern.get(url("beheer", bijeenkomst.pk))
    with django_assert_num_queries(6):
        kern.get(url("aanwezig", bijeenkomst.pk))


def test_a_file_that_no_document_has_goes_after_a_day():
    blijft, wees = (document_bij(BijeenkomstFactory()) for _ in range(2))
    Document.objects.filter(pk=wees.pk).delete()
    wis_wensen()
    te_vroeg = opslag().exists(wees.bestand)

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        wis_wensen()

    assert te_vroeg
    assert not opslag().exists(wees.bestand)
    assert opslag().exists(blijft.bestand)


@pytest.mark.parametrize(("soort", "vraagt"), [("fysiek", True), ("online", False)])
def test_nobody_is_asked_what_she_eats_at_home(als, begeleider, soort, vraagt):
    bijeenkomst = BijeenkomstFactory(soort=soort, link="https://overleg.example/kamer")
    uitnodiging = UitnodigingFactory(bijeenkomst=bijeenkomst, gebruiker=begeleider, antwoord="ja")
    adres = url("meedoen", bijeenkomst.pk)

    assert ("Eten en drinken" in als(begeleider).get(adres).text) is vraagt
    als(begeleider).post(adres, {"wensen": "ja", "dieet": "vegan", "tolk": "NGT", "toegankelijkheid": ""})

    uitnodiging.refresh_from_db()
    assert (uitnodiging.dieet, uitnodiging.tolk) == ("vegan" if vraagt else "", "NGT")


def test_what_was_done_with_a_part_of_the_report_is_said(als, kernteamlid):
    bijeenkomst, schrijver = BijeenkomstFactory(), als(kernteamlid)
    soep = {"kop": "Soep", "tekst": "Er was soep.", "lezers": "leden"}

    bewaard = schrijver.post(url("verslag_nieuw", bijeenkomst.pk, "deel"), soep, follow=True)
    deel = bijeenkomst.verslag.delen.get()
    weg = schrijver.post(url("verslag_onderdeel", bijeenkomst.pk, "deel", deel.pk), {"weg": "ja"}, follow=True)

    gezegd = [str(bericht) for antwoord in (bewaard, weg) for bericht in antwoord.context["messages"]]
    assert gezegd == ["Bewaard.", "Weggehaald."]
