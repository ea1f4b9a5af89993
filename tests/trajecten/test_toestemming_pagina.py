"""The page about consent: writing down a yes, mistakes, and what cannot be chosen."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.kring import ZESTIEN_GEWEEST, zet
from trajecten.models import Leeftijdsgrenzen, Toestemming


def adres(traject) -> str:
    return reverse("trajecten:toestemming", args=[traject.pk])


def velden(gezin, **anders) -> dict:
    return {
        "doel": "overleg",
        "ontvanger": f"b:{gezin['school'].pk}",
        "namens": ["jongere", str(gezin["moeder"].pk), str(gezin["vader"].pk)],
        "geldig_tot": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "woorden": "Alleen als ik erbij ben.",
    } | anders


def test_a_yes_of_everybody_is_written_down_in_one_go(als, begeleider, traject, gezin, kijkt_als):
    antwoord = als(begeleider).post(adres(traject), velden(gezin), follow=True)

    kijkt_als(begeleider)
    assert Toestemming.objects.count() == 3
    assert "Alleen als ik erbij ben." in antwoord.text
    assert "Geldt nu niet" not in antwoord.text


def test_the_page_says_whose_yes_is_missing(als, begeleider, traject, gezin):
    client = als(begeleider)

    client.post(adres(traject), velden(gezin, namens=["jongere"]))

    assert "We missen nog een ja van: Moeder, Vader." in client.get(adres(traject)).text


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"doel": ""}, "Kies waarvoor het is."),
        ({"ontvanger": ""}, "Kies met wie."),
        ({"ontvanger": "b:00000000-0000-0000-0000-000000000000"}, "Kies iemand uit de lijst."),
        ({"namens": []}, "Kies wie er ja zegt."),
        ({"namens": ["rommel"]}, "Kies iemand die nu beslist."),
        ({"geldig_tot": ""}, "Kies een datum."),
        ({"geldig_tot": "2020-01-01"}, "Kies een dag vanaf vandaag, binnen drie jaar."),
        ({"geldig_tot": "2999-01-01"}, "Kies een dag vanaf vandaag, binnen drie jaar."),
        ({"doel": "foto"}, "Foto’s bewaart alleen je eigen initiatief."),
        ({"woorden": "111222333"}, "een nummer dat een BSN kan zijn"),
        ({"woorden": "x" * 100_000}, "Je tekst staat er nog."),
    ],
)
def test_a_mistake_is_explained_and_what_was_typed_stays(als, begeleider, traject, gezin, anders, zin, kijkt_als):
    gepost = velden(gezin, **anders)

    antwoord = als(begeleider).post(adres(traject), gepost)

    kijkt_als(begeleider)
    assert zin in antwoord.text
    assert gepost["woorden"][:30] in antwoord.text
    assert not Toestemming.objects.exists()


@pytest.mark.parametrize("doel", ["meelezen", "overleg"])
def test_reading_along_is_for_people_and_not_for_a_whole_place(als, begeleider, traject, gezin, doel):
    gepost = velden(gezin, doel=doel, ontvanger=f"i:{traject.initiatief_id}")

    assert "Kies hier een mens." in als(begeleider).post(adres(traject), gepost).text


def test_the_place_that_receives_can_be_chosen_as_soon_as_it_is_proposed(
    als, coordinator, traject, gezin, daar, ander_initiatief
):
    keuze = f'<option value="i:{ander_initiatief.pk}">{ander_initiatief.naam}</option>'
    client = als(coordinator)
    eerst = client.get(adres(traject)).text

    client.post(reverse("trajecten:overdragen", args=[traject.pk]), {"soort": "binnen", "naar": ander_initiatief.pk})

    assert (keuze in eerst, keuze in client.get(adres(traject)).text) == (False, True)


def test_one_yes_is_taken_back_with_its_button(als, begeleider, traject, gezin, kijkt_als):
    client = als(begeleider)
    client.post(adres(traject), velden(gezin))
    kijkt_als(begeleider)
    eerste = Toestemming.objects.order_by("pk").first()

    antwoord = client.post(reverse("trajecten:toestemming_intrekken", args=[traject.pk, eerste.pk]), follow=True)

    kijkt_als(begeleider)
    assert "Ingetrokken. Dat geldt meteen." in antwoord.text
    assert list(Toestemming.objects.filter(ingetrokken_op=None).values_list("pk", flat=True)) == [
        eerste.pk + 1,
        eerste.pk + 2,
    ]


def test_somebody_who_decides_no_more_cannot_be_chosen(als, begeleider, traject, gezin):
    Leeftijdsgrenzen.leid_af(traject.jongere_id, date(2005, 1, 1))

    antwoord = als(begeleider).post(adres(traject), velden(gezin, namens=[str(gezin["moeder"].pk)]))

    assert "Kies iemand die nu beslist." in antwoord.text


def test_without_a_parent_with_authority_the_page_says_what_to_do(als, begeleider, traject, kijkt_als):
    kijkt_als(begeleider)
    Leeftijdsgrenzen.leid_af(traject.jongere_id, timezone.localdate() - timedelta(days=3000))

    assert "Er staat nog geen ouder met gezag" in als(begeleider).get(adres(traject)).text


def test_a_yes_of_another_trajectory_is_not_found_below_ones_own(als, buitenstaander, ander_traject, zeg_ja):
    [ja] = zeg_ja("overleg", "school", "jongere")

    antwoord = als(buitenstaander).post(reverse("trajecten:toestemming_intrekken", args=[ander_traject.pk, ja.pk]))

    assert antwoord.status_code == 404


def test_a_yes_to_keep_photos_is_for_the_place_where_the_trajectory_is(als, tot, traject, begeleider, buitenstaander):
    ja = {"doel": "foto", "geldig_tot": "2099-01-01"}
    with als_gebruiker(begeleider.pk):
        Leeftijdsgrenzen.leid_af(traject.jongere_id, ZESTIEN_GEWEEST)
        Toestemming.objects.create(traject=traject, initiatief=traject.initiatief, door=begeleider, **ja)
    daarvoor = als(begeleider).get(adres(traject)).text

    naar = tot("overgedragen").naar
    erna = als(buitenstaander).get(adres(traject)).text
    with als_gebruiker(buitenstaander.pk):
        Toestemming.objects.create(traject=traject, initiatief=naar, door=buitenstaander, **ja)
    opnieuw = als(buitenstaander).get(adres(traject)).text

    assert daarvoor.count("Geldt nu niet") == 0
    zin = f"Dit ja was voor {traject.initiatief.naam}. De foto’s zijn nu bij {naar.naam}: vraag het hier opnieuw."
    assert (erna.count("Geldt nu niet"), erna.count(zin)) == (1, 1)
    assert f"Foto’s bewaren: {naar.naam}" in opnieuw
    assert opnieuw.count("Geldt nu niet") == 1


def test_a_yes_to_share_with_a_place_is_done_with_once_she_is_there(
    als, tot, traject, coordinator, begeleider, buitenstaander
):
    onderweg = tot("samen_op_weg")
    eerst = als(begeleider).get(adres(traject)).text
    zet(onderweg, "overgedragen", door=coordinator)
    daarna = als(buitenstaander).get(adres(traject)).text

    assert (eerst.count(">Geldt</span>"), eerst.count("Niet meer nodig")) == (1, 0)
    assert (daarna.count(">Geldt</span>"), daarna.count("Niet meer nodig")) == (0, 1)
    assert "Dit ja was voor de overdracht hierheen." in daarna


def test_nobody_says_yes_to_sharing_with_the_place_where_she_is(als, begeleider, traject, gezin):
    gepost = velden(gezin, doel="overdracht", ontvanger=f"i:{traject.initiatief_id}")

    antwoord = als(begeleider).post(adres(traject), gepost)

    assert "Hier is dit traject al. Kies de plek waar het heen gaat." in antwoord.text


@pytest.mark.parametrize("aantal", [1, 3, 12])
def test_the_page_takes_as_many_queries_however_much_was_said(als, begeleider, traject, zeg_ja, aantal):
    for _ in range(aantal):
        zeg_ja("overleg", "school", "jongere")
    client = als(begeleider)
    client.get("/trajecten/lijst/")

    with CaptureQueriesContext(connection) as vragen:
        client.get(adres(traject))

    assert len(vragen) == 10
