"""The days of aftercare: those that come by themselves, those after the end, and looking before they are kept."""

import pytest
from django.urls import reverse

from collectief.gebruikers.models import Gebruiker
from collectief.rijbeveiliging import als_gebruiker
from tests.trajecten.test_nazorg_pagina import afspraak, klok, met_dagen, post_data, stuur, wens
from trajecten.actions import spreek_nazorg_af

__all__ = ["afspraak", "klok", "stuur", "wens"]


@pytest.mark.parametrize(
    ("weken", "dag", "woorden"), [("1", "2027-06-08", "elke week"), ("6", "2027-07-13", "om de 6 weken")]
)
def test_own_weeks_begin_by_themselves_too_and_are_named(
    stuur, wens, als, begeleider, traject, kijkt_als, weken, dag, woorden
):
    om_de = {"herhaling": "weken", "herhaling_weken": weken}

    antwoord = stuur(met_dagen(wens, "", **om_de))
    stuur(met_dagen(wens, dag, **om_de))

    assert f'value="{dag}"' in antwoord.text
    assert woorden in als(begeleider).get(reverse("trajecten:nazorg", args=[traject.pk])).text


def test_a_day_after_the_agreed_end_is_explained(stuur, wens):
    antwoord = stuur(met_dagen(wens, "2027-06-08", "2027-10-05", afgesproken_tot="2027-09-01"))

    assert "Jullie spreken dit af tot 1 september 2027. Haal de dagen daarna weg." in antwoord.text


def test_other_days_are_looked_at_first(als, begeleider, afspraak, kijkt_als):
    antwoord = post_data(als, begeleider, afspraak, dag=["2027-10-09"], knop="bekijk")

    kijkt_als(begeleider)
    assert 'value="2027-10-11"' in antwoord.text  # a Saturday moves to Monday
    assert not afspraak.contactmomenten.filter(gepland_op__month=10).exists()


@pytest.mark.parametrize(("is_actief", "wie"), [(True, "begeleider"), (False, "coordinator")])
def test_contact_goes_to_the_steady_counsellor_as_long_as_she_can_do_it(
    traject, begeleider, coordinator, is_actief, wie
):
    Gebruiker.objects.filter(pk=begeleider.pk).update(is_active=is_actief)

    with als_gebruiker(coordinator.pk):
        afspraak = spreek_nazorg_af(traject=traject, vormen=["gezin"], door=coordinator, ritme=["week_4"])

        assert afspraak.contactmomenten.get().eigenaar == {"begeleider": begeleider, "coordinator": coordinator}[wie]


def test_after_one_contact_a_link_leads_to_the_next(als, begeleider, traject):
    with als_gebruiker(begeleider.pk):
        afgesproken = spreek_nazorg_af(traject=traject, vormen=["gezin"], door=begeleider, ritme=["week_1", "maand_3"])
        eerste, volgende = afgesproken.contactmomenten.order_by("gepland_op")

    antwoord = als(begeleider).post(
        reverse("trajecten:contact", args=[traject.pk, eerste.pk]), {"resultaat": "gesproken"}, follow=True
    )

    adres = reverse("trajecten:contact", args=[traject.pk, volgende.pk])
    assert f'Het volgende contact met Noor staat op <a href="{adres}">' in antwoord.text
