"""A report and its people: two who write at once, a guest without an account, and who looks after a decision."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from bijeenkomsten.models import Besluit, Verslag, Verslagdeel
from bijeenkomsten.verslaan import haal_weg, schrijf, vat_samen, zet_stap
from bijeenkomsten.verslagstappen import Verslagstap
from collectief.post.models import Bericht
from tests.bijeenkomsten.factories import BijeenkomstFactory, UitnodigingFactory
from tests.bijeenkomsten.test_verslag import tekst, url, verslag_met_delen
from tests.samen import ernaast, is_klaar_na, tegelijk


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wat", ["schrijf", "haal_weg", "vat_samen"])
def test_of_two_who_write_and_approve_at_once_nothing_changes_after_it_was_approved(kernteamlid, wat):
    verslag = verslag_met_delen("ter_inzage")
    deel = verslag.delen.first()
    doe = {
        "schrijf": lambda: schrijf(bijeenkomst=verslag.bijeenkomst, onderdeel=Verslagdeel(kop="Te laat", tekst="Nog.")),
        "haal_weg": lambda: haal_weg(onderdeel=deel),
        "vat_samen": lambda: vat_samen(bijeenkomst=verslag.bijeenkomst, samenvatting="Te laat"),
    }[wat]

    with transaction.atomic():
        zet_stap(verslag=verslag, stap=Verslagstap.STEL_VAST, door=kernteamlid)
        schrijver = ernaast(doe)
        assert not is_klaar_na(schrijver, 0.3)  # waits for who approves

    with pytest.raises(ValidationError) as geweigerd:
        schrijver.result(timeout=10)
    assert geweigerd.value.code == "vast"
    verslag.refresh_from_db()
    assert (verslag.delen.count(), verslag.samenvatting) == (3, "")


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_first_part_at_once_write_in_one_report():
    bijeenkomst = BijeenkomstFactory()
    delen = [Verslagdeel(kop=kop, tekst="Zo.") for kop in ("Soep", "Brood")]

    tegelijk(*(partial(schrijf, bijeenkomst=bijeenkomst, onderdeel=deel) for deel in delen))

    assert set(Verslag.objects.get().delen.values_list("kop", flat=True)) == {"Soep", "Brood"}


@pytest.mark.django_db
def test_a_part_that_somebody_else_took_out_is_not_written_again():
    deel = verslag_met_delen("concept").delen.first()
    haal_weg(onderdeel=deel)

    with pytest.raises(ValidationError, match="net weggehaald"):
        schrijf(bijeenkomst=deel.verslag.bijeenkomst, onderdeel=deel)


@pytest.mark.django_db
def test_a_guest_who_came_reads_the_approved_report_by_her_own_link_without_names(client, kernteamlid):
    verslag = verslag_met_delen("ter_inzage", is_openbaar=False)
    Besluit.objects.update(eigenaar=kernteamlid)
    gast, thuis = (
        UitnodigingFactory(
            bijeenkomst=verslag.bijeenkomst, gebruiker=None, naam=naam, adres=f"{naam}@voorbeeld.example", antwoord="ja"
        )
        for naam in ("kwam", "bleef")
    )
    type(gast).objects.filter(pk=gast.pk).update(aanwezig_op=timezone.now())
    adres = url("gastverslag", gast.token)
    assert client.get(adres).status_code == 404

    zet_stap(verslag=verslag, stap=Verslagstap.STEL_VAST, door=kernteamlid)

    brief = Bericht.objects.get(soort="verslag_gast")
    pagina = tekst(client.get(brief.pad))
    assert (brief.aan_adres, brief.pad) == (gast.adres, adres)
    assert "deel-leden" in pagina
    assert "besluit-openbaar" in pagina
    assert "kernteam" not in pagina.partition("<article")[2].partition("</article>")[0]
    assert kernteamlid.naam not in pagina
    assert client.get(url("gastverslag", thuis.token)).status_code == 404


@pytest.mark.django_db
def test_who_looks_after_a_decision_is_named_to_members_and_not_to_everybody(client, als, begeleider, kernteamlid):
    verslag = verslag_met_delen()
    Besluit.objects.update(eigenaar=kernteamlid)

    for naam in ("verslag_lezen", "een_minuut"):
        assert f"{kernteamlid} let erop." in tekst(als(begeleider).get(url(naam, verslag.bijeenkomst_id)))
    assert f"{kernteamlid} let erop" in tekst(als(kernteamlid).get(url("verslag_schrijven", verslag.bijeenkomst_id)))
    assert kernteamlid.naam not in tekst(client.get(url("verslag", verslag.bijeenkomst_id)))


@pytest.mark.django_db
def test_the_next_meeting_is_named_to_who_may_know_of_it(als, begeleider, kernteamlid):
    verslag = verslag_met_delen()
    BijeenkomstFactory(titel="In stilte", is_openbaar=False, begint_op=timezone.now() + timedelta(days=3))
    BijeenkomstFactory(titel="Voor iedereen", begint_op=timezone.now() + timedelta(days=9))

    adres = url("een_minuut", verslag.bijeenkomst_id)
    assert "Voor iedereen" in tekst(als(begeleider).get(adres))
    assert "In stilte" in tekst(als(kernteamlid).get(adres))
