"""Date polls while things change: a date or a guest that goes away, and the last day to answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from bijeenkomsten.models import Prik
from bijeenkomsten.prikken import haal_datum_weg, haal_gast_weg, maak_bijeenkomst, vraag_mensen
from bijeenkomsten.tasks import herinner_aan_prikkers
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from tests.bijeenkomsten.prikkerfactories import DatumprikkerFactory, PrikdatumFactory, PrikgastFactory
from tests.bijeenkomsten.test_datumprikker import tekst, url
from tests.samen import tegelijk


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("wat", ["datum", "gast"])
def test_what_is_taken_out_while_somebody_answers_leaves_no_error_and_keeps_the_rest(wat):
    datum = PrikdatumFactory()
    ander = PrikdatumFactory(prikker=datum.prikker, begint_op=datum.begint_op + timedelta(days=1))
    gast = PrikgastFactory(prikker=datum.prikker)
    weg = {"datum": lambda: haal_datum_weg(datum=datum), "gast": lambda: haal_gast_weg(gast=gast)}[wat]

    gedaan, geprikt = tegelijk(weg, lambda: gast.prik({datum.pk: "ja", ander.pk: "nee"}), weigert=ValidationError)

    assert gedaan is None
    over = list(Prik.objects.values_list("datum", "keuze"))
    if wat == "datum":
        assert geprikt in (0, 1)
        assert over == [(ander.pk, "nee")]
    else:
        assert geprikt == 0 or geprikt.code == "weg"
        assert over == []


@pytest.mark.django_db
def test_a_date_that_was_taken_out_makes_no_meeting():
    datum = PrikdatumFactory()
    haal_datum_weg(datum=datum)

    with pytest.raises(ValidationError, match="net uitgehaald"):
        maak_bijeenkomst(datum=datum, is_openbaar=False, hele_groep=False)


@pytest.mark.django_db
def test_who_chose_a_date_that_is_gone_keeps_the_others_and_reads_that(client):
    datum = PrikdatumFactory()
    ander = PrikdatumFactory(prikker=datum.prikker, begint_op=datum.begint_op + timedelta(days=1))
    gast = PrikgastFactory(prikker=datum.prikker)
    haal_datum_weg(datum=datum)

    pagina = client.post(gast.pad, {f"d{datum.pk}": "ja", f"d{ander.pk}": "nee", "d": "x", "dx9": "ja"}, follow=True)

    assert "is er net uitgehaald. De andere keuzes staan er." in tekst(pagina)
    assert list(Prik.objects.values_list("datum", "keuze")) == [(ander.pk, "nee")]


@pytest.mark.django_db
def test_what_she_said_about_a_date_stays_when_it_begins_under_her_hands(client):
    datum = PrikdatumFactory()
    PrikdatumFactory(prikker=datum.prikker, begint_op=datum.begint_op + timedelta(days=1))
    gast = PrikgastFactory(prikker=datum.prikker)
    gast.prik({datum.pk: "ja"})
    type(datum).objects.filter(pk=datum.pk).update(
        begint_op=timezone.now() - timedelta(minutes=1), eindigt_op=timezone.now() + timedelta(hours=1)
    )

    pagina = client.post(gast.pad, {f"d{datum.pk}": "misschien"}, follow=True)

    assert "is al begonnen" in tekst(pagina)
    assert list(Prik.objects.values_list("datum", "keuze")) == [(datum.pk, "ja")]


@pytest.mark.django_db
def test_who_is_asked_after_the_sweep_is_reminded_by_the_next():
    datum = PrikdatumFactory(prikker__antwoord_tot=timezone.localdate() + timedelta(days=1), prikker__herinnert=True)
    herinner_aan_prikkers()
    PrikgastFactory(prikker=datum.prikker)

    herinner_aan_prikkers()
    herinner_aan_prikkers()

    assert Bericht.objects.filter(sleutel__contains="herinnering").count() == 1


# --- the last day to answer ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_after_the_last_day_nobody_answers_until_there_is_another_day(client, als, kernteamlid):
    datum = PrikdatumFactory(prikker__antwoord_tot=timezone.localdate() - timedelta(days=1))
    gast = PrikgastFactory(prikker=datum.prikker)

    te_laat = client.post(gast.pad, {f"d{datum.pk}": "ja"})
    assert "de laatste dag is voorbij" in tekst(te_laat)
    assert not Prik.objects.exists()

    morgen = timezone.localdate() + timedelta(days=1)
    als(kernteamlid).post(
        url("prik_termijn", datum.prikker_id), {"antwoord_tot": morgen.isoformat(), "herinnert": "on"}
    )
    client.post(gast.pad, {f"d{datum.pk}": "ja"})
    assert Prik.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tot", "zin"), [("2020-01-01", "Deze dag is al voorbij."), ("30-02-2030", "Deze dag staat niet op de kalender.")]
)
def test_a_last_day_that_cannot_be_is_asked_again(als, kernteamlid, tot, zin):
    prikker = DatumprikkerFactory()

    pagina = als(kernteamlid).post(url("prik_termijn", prikker.pk), {"antwoord_tot": tot})

    assert zin in tekst(pagina)
    prikker.refresh_from_db()
    assert prikker.antwoord_tot is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("dagen", "velden", "hoeveel"),
    [
        (0, {}, 1),
        (2, {}, 1),
        (3, {}, 0),
        (-1, {}, 0),
        (2, {"herinnert": False}, 0),
        (2, {"stand": "gestopt"}, 0),
    ],
)
def test_who_did_not_answer_is_reminded_once_two_days_before_the_last(dagen, velden, hoeveel):
    tot = timezone.localdate() + timedelta(days=dagen)
    datum = PrikdatumFactory(prikker=DatumprikkerFactory(antwoord_tot=tot, **velden))
    PrikgastFactory(prikker=datum.prikker, beantwoord_op=timezone.now())
    stil = PrikgastFactory(prikker=datum.prikker)

    herinner_aan_prikkers()
    herinner_aan_prikkers()

    berichten = list(Bericht.objects.filter(soort="datumprikker"))
    assert len(berichten) == hoeveel
    assert all(bericht.aan_adres == stil.adres and bericht.overdag for bericht in berichten)


@pytest.mark.django_db
def test_the_mail_says_until_when():
    tot = timezone.localdate() + timedelta(days=9)
    datum = PrikdatumFactory(prikker__antwoord_tot=tot)

    vraag_mensen(prikker=datum.prikker, mensen=[("Nina", "nina@voorbeeld.example")], is_nodig=False)

    assert f"Kiezen kan tot en met {date_format(tot, 'l j F')}." in stel_op(Bericht.objects.get()).body


@pytest.mark.django_db
def test_nobody_is_asked_or_reminded_what_she_can_answer_no_more(als, kernteamlid):
    datum = PrikdatumFactory(prikker__antwoord_tot=timezone.localdate() - timedelta(days=1))
    PrikgastFactory(prikker=datum.prikker)

    pagina = als(kernteamlid).post(url("prik_herinneren", datum.prikker_id), follow=True)

    assert "De laatste dag om te kiezen is voorbij. Verzet die eerst." in tekst(pagina)
    with pytest.raises(ValidationError, match="Verzet die eerst"):
        vraag_mensen(prikker=datum.prikker, mensen=[("Nina", "nina@voorbeeld.example")], is_nodig=False)
    assert not Bericht.objects.exists()
