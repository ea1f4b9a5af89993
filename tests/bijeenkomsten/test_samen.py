"""Two workers that do the same at the same moment: one answer, one letter, one reminder."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bijeenkomsten.antwoorden import verwerk
from bijeenkomsten.models import Antwoordmail, Uitnodiging
from bijeenkomsten.rondsturen import zet_herinneringen_klaar
from collectief.post.models import Bericht
from tests.bijeenkomsten.conftest import maak_zoe
from tests.bijeenkomsten.factories import RondmailFactory, UitnodigingFactory
from tests.bijeenkomsten.test_antwoorden import CORPUS
from tests.samen import tegelijk


@pytest.mark.django_db(transaction=True)
def test_three_workers_do_everything_once(settings, tmp_path):
    zoe = maak_zoe(settings, tmp_path)
    vraag, antwoord = ((CORPUS / f"{naam}.eml").read_bytes() for naam in ("outlook-tegenvoorstel", "gmail-ja"))
    begint_op = timezone.now() + timedelta(hours=1)
    herinnering = RondmailFactory(bijeenkomst__begint_op=begint_op, dagen_vooraf=9)
    UitnodigingFactory.create_batch(3, bijeenkomst=herinnering.bijeenkomst)

    gelezen = tegelijk(*[lambda: verwerk(antwoord)] * 3) + tegelijk(*[lambda: verwerk(vraag)] * 3)
    verstuurd = tegelijk(*[zet_herinneringen_klaar] * 3)

    assert [mail is None for mail in gelezen].count(False) == Antwoordmail.objects.count() == 2
    assert Uitnodiging.objects.get(pk=zoe.pk).antwoord == "ja"
    assert Bericht.objects.filter(soort="bijeenkomst_antwoord").count() == 1
    assert sorted(verstuurd) == [0, 0, 3]
    assert Bericht.objects.filter(soort="bijeenkomst_herinnering").count() == 3
