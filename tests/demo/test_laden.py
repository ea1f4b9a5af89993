"""Demo data: as much as was promised, plausible, and never a hole in row security."""

import hashlib
import itertools
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Min
from django.utils import timezone

from bijeenkomsten.actions import nodig_nieuwkomers_uit
from bijeenkomsten.models import Antwoordmail, Bijeenkomst, Rondmail
from collectief import bestanden
from collectief.demo.accounts import ACCOUNTS
from collectief.demo.woorden.namen import KERNEN
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.rijbeveiliging import achter_rijbeveiliging, voorbij_rijbeveiliging
from initiatieven.lidmaatschap import Besluit, Toestand
from initiatieven.models import Aanmelding, Initiatief, Locatie, Plekken, Verbondgenoot
from kaart.contactstanden import KLAAR, LOOPT, Contactstand
from kaart.models import Contactplek, Zoekvraag
from tests.factories import RolFactory
from trajecten.controle import TE_LAAT, controleer
from trajecten.models import (
    Aanvulling,
    Beleving,
    Betrokkene,
    Contactmoment,
    FaseVerblijf,
    Herinnering,
    Jongere,
    KleineStap,
    Ladderinstelling,
    MogelijkePlek,
    Moment,
    Momentconcept,
    Momentfoto,
    Momentversie,
    NazorgAfspraak,
    Nazorgpauze,
    Overdracht,
    Preventieplan,
    Reisboekje,
    Seintje,
    Toestemming,
    Traject,
)

# Digests of the names of real initiatives, lower case without spaces: they must not become demo data.
ECHTE_NAMEN = {
    *("31aab049da7f300d", "82ece6e0de6f553f", "176d3e5f57dc1cb1", "0ac88d98b076b3c3", "057ac06152c65bb2"),
    *("3bf0d6ebc1eea8cb", "49c4da2ec94f9e1b", "5f95c0855459abf1", "5b6c7219c96fd482", "84dc215aae14b5c3"),
    *("f1f8cb138cc7472f", "8eb682a0940c6ad8", "7cc3866264b2bb83", "5970482b60559844"),
}


def begeleider() -> Gebruiker:
    return Gebruiker.objects.get(email="begeleider@voorbeeld.example")


def test_de_kleine_schaal_is_zo_groot_als_beloofd(demodata):
    assert demodata[Initiatief] == 120
    assert demodata[Locatie] == 132
    assert demodata[Traject] == 1_000
    assert 9_500 < demodata[Moment] < 10_500
    assert Verbondgenoot.objects.count() == 18


def test_elke_provincie_heeft_minstens_twee_plekken_en_de_grootste_de_meeste(demodata):
    per_provincie = Counter(Locatie.objects.op_de_kaart().values_list("provincie", flat=True))

    assert len(per_provincie) == 12
    assert min(per_provincie.values()) >= 2
    assert per_provincie.most_common(1)[0][0] == "Zuid-Holland"


def test_alle_soorten_plekken_en_alle_lidmaatschappen_komen_voor(demodata):
    assert set(Initiatief.objects.values_list("soort", flat=True)) == set(Initiatief.Soort.values)
    assert set(Initiatief.objects.values_list("lidmaatschap", flat=True)) == set(Initiatief.Lidmaatschap.values)


def test_een_groep_met_plek_valt_binnen_de_leeftijd_van_het_initiatief(demodata):
    te_jong = Plekken.objects.filter(leeftijd_van__lt=F("initiatief__leeftijd_van"))
    te_oud = Plekken.objects.filter(leeftijd_tot__gt=F("initiatief__leeftijd_tot"))

    assert not te_jong.exists()
    assert not te_oud.exists()


def test_plekken_bij_iemand_thuis_zijn_er_en_oude_plekken_zijn_onbekend(demodata):
    oud = timezone.localdate() - timedelta(days=30)

    assert Locatie.objects.filter(nauwkeurigheid="ongeveer", is_online=False).count() >= 5
    assert Locatie.objects.filter(is_online=True).exists()
    assert 3 <= Locatie.objects.filter(is_landelijk=True, is_online=False).count() <= 20
    assert Plekken.objects.filter(per_datum__lt=oud).count() >= 10
    assert set(Plekken.objects.values_list("toestand", flat=True)) == set(Plekken.Toestand.values)


def test_alles_in_het_register_is_als_voorbeeld_gemerkt(demodata):
    assert not Initiatief.objects.filter(is_demo=False).exists()
    assert not Aanmelding.objects.filter(is_demo=False).exists()
    assert not Verbondgenoot.objects.filter(is_demo=False).exists()
    assert Bijeenkomst.objects.filter(is_demo=True).count() == 24
    assert not Gebruiker.objects.exclude(email__endswith="@voorbeeld.example").exists()


def test_trajecten_staan_in_alle_fases_en_hun_lijn_is_krom(alles_zichtbaar):
    nu = Counter(FaseVerblijf.objects.filter(tot=None).values_list("fase", flat=True))
    stappen = Counter(FaseVerblijf.objects.values_list("stap", flat=True))

    assert sum(nu.values()) == 1_000
    assert min(nu[fase] for fase in ("landing", "onderzoekend", "orientatie", "waakvlam")) > 80
    assert min(stappen[stap] for stap in ("sprong", "terug", "terugkeer")) > 40


def test_elke_lijn_sluit_aan_en_begint_waar_het_traject_begint(alles_zichtbaar):
    verblijven = list(FaseVerblijf.objects.order_by("traject", "volgnummer"))
    los = [
        (eerst, dan)
        for eerst, dan in itertools.pairwise(verblijven)
        if eerst.traject_id == dan.traject_id and eerst.tot != dan.van
    ]

    assert los == []
    assert not FaseVerblijf.objects.filter(volgnummer=1).exclude(van=F("traject__begonnen_op")).exists()
    assert not FaseVerblijf.objects.filter(van__gt=timezone.localdate()).exists()


def test_wie_rust_of_overgedragen_is_wordt_door_niets_herinnerd(alles_zichtbaar):
    toestanden = Counter(Traject.objects.values_list("toestand", flat=True))

    assert toestanden["rustend"] > 30
    assert toestanden["overgedragen"] > 10
    assert not Contactmoment.objects.wacht().exclude(traject__toestand="lopend").exists()


def test_nazorg_staat_rond_vandaag_met_een_vergeten_vlammetje(alles_zichtbaar):
    vandaag = timezone.localdate()
    wacht = Contactmoment.objects.wacht()

    assert wacht.filter(gepland_op__range=(vandaag - timedelta(days=3), vandaag)).exists()
    assert wacht.filter(gepland_op__range=(vandaag, vandaag + timedelta(days=7))).count() >= 3
    assert wacht.filter(gepland_op__lte=vandaag - timedelta(days=32)).exists()
    assert wacht.filter(gepland_op__gt=vandaag).count() > 200
    assert {vorm for (vormen,) in NazorgAfspraak.objects.values_list("vormen") for vorm in vormen} == set(
        NazorgAfspraak.Vorm
    )


def test_een_herinnering_wacht_op_de_werker_en_de_rest_is_al_geweest(alles_zichtbaar):
    te_doen = Herinnering.objects.filter(gezet_op=None, vervallen_op=None, op__lte=timezone.now())

    assert te_doen.count() <= 1  # before nine on a working day it is not due yet
    assert set(te_doen.values_list("contactmoment__eigenaar__email", flat=True)) <= {"begeleider@voorbeeld.example"}


def test_de_controle_van_elk_uur_vindt_in_de_demo_niets(alles_zichtbaar):
    """Beside the one that waits for the worker: nobody is sent looking for trouble that is not there."""
    assert {bevinding.woorden for bevinding in controleer(timezone.now(), timedelta(days=1))} <= {TE_LAAT}


def test_momenten_passen_in_de_tijd_en_een_deel_is_al_weken_stil(alles_zichtbaar):
    drie_weken = timezone.localdate() - timedelta(days=21)
    laatste = Traject.objects.lopend().annotate(laatste=Max("momenten__datum"), eerste=Min("momenten__datum"))

    assert not laatste.filter(eerste__lt=F("begonnen_op")).exists()
    assert not laatste.filter(laatste__gt=timezone.localdate()).exists()
    assert 0.03 < laatste.filter(laatste__lt=drie_weken).count() / laatste.count() < 0.2
    assert set(Moment.objects.values_list("soort", flat=True)) == set(Moment.Soort.values)
    assert not Moment.objects.filter(tekst__regex=r"[{}]").exists()


def test_de_demobegeleider_heeft_van_alles_wat(alles_zichtbaar):
    mijn = Betrokkene.objects.begeleidt_nu(begeleider()).values("traject")
    vandaag = timezone.localdate()
    wacht = Contactmoment.objects.wacht().filter(traject__in=mijn)

    assert len(mijn) == 15
    assert FaseVerblijf.objects.filter(traject__in=mijn, tot=None).values("fase").distinct().count() == 4
    assert wacht.filter(gepland_op__range=(vandaag - timedelta(days=3), vandaag)).count() == 1
    assert wacht.filter(gepland_op__gt=vandaag, gepland_op__lte=vandaag + timedelta(days=7)).exists()
    assert wacht.filter(gepland_op__lte=vandaag - timedelta(days=32)).count() == 1
    assert Momentconcept.objects.filter(gebruiker=begeleider()).count() == 1
    assert NazorgAfspraak.objects.filter(traject__jongere__roepnaam="Fenna", traject__in=mijn, tot=None).exists()


def test_de_demoplek_laat_een_pauze_seintjes_en_een_eigen_ladder_zien(alles_zichtbaar):
    vandaag = timezone.localdate()
    pauze = Nazorgpauze.objects.op(vandaag).get()
    vraag = Contactmoment.objects.wacht().get(is_zachte_vraag=True)

    assert (vraag.traject, vraag.gepland_op) == (pauze.traject, pauze.tot)
    assert not Contactmoment.objects.wacht().filter(traject=pauze.traject, gepland_op__lt=pauze.tot).exists()
    assert {seintje.voor: seintje.adres for seintje in Seintje.objects.nu()} == {
        "jongere": "ravi@voorbeeld.example",
        "ouder": "thuis.lotte@voorbeeld.example",
    }
    assert list(Ladderinstelling.objects.get().ladder.dagen.values()) == [-3, 0, 4, 14, 30]


def test_de_coordinator_ziet_er_vier_meer(alles_zichtbaar):
    coordinator = Gebruiker.objects.get(email="coordinator@voorbeeld.example")

    assert Traject.objects.filter(initiatief__in=coordinator.initiatieven_als("coordinator")).count() == 19


def test_aanmeldingen_zijn_er_in_elke_toestand_en_met_elk_besluit(demodata):
    assert set(Aanmelding.objects.values_list("toestand", flat=True)) == set(Toestand.values)
    assert set(Aanmelding.objects.values_list("besluit", flat=True)) == {"", *Besluit.values}
    assert Aanmelding.objects.annotate(aantal=Count("toetsen")).filter(aantal=3).count() == 14
    leden = Aanmelding.objects.filter(besluit="lid")
    assert leden.filter(initiatief__lidmaatschap="lid").count() == leden.count() == 2


def test_wie_nog_geen_jaar_open_is_wacht_tot_het_een_jaar_is(demodata):
    aangehouden = Aanmelding.objects.get(besluit="aangehouden")
    toets = aangehouden.toetsen.get(oordeel="voldoet_niet")

    assert toets.soort == "bestaat_een_jaar"
    assert "jaar open" in toets.waarom
    assert "nog geen jaar" in toets.bewering
    assert aangehouden.opgericht_op + timedelta(days=365) <= aangehouden.aangehouden_tot
    assert timezone.localdate() < aangehouden.aangehouden_tot


def test_rond_een_bijeenkomst_is_gemaild_en_geantwoord(demodata):
    assert Rondmail.objects.herinneringen().count() >= 4
    assert not [mail for mail in Rondmail.objects.nog_te_versturen() if mail.verstuurt_op <= timezone.now()]
    assert Antwoordmail.objects.vraagt_aandacht().count() == 3
    assert set(Antwoordmail.objects.gewoon().values_list("uitkomst", flat=True)) == {"verwerkt", "doorgestuurd"}


def test_bijeenkomsten_liggen_voor_en_achter_ons_naast_de_echte_planning(demodata):
    demo = Bijeenkomst.objects.filter(is_demo=True)

    assert demo.komend().exists()
    assert demo.geweest().exists()
    assert Bijeenkomst.objects.exclude(bron="").count() == 7
    assert set(demo.values_list("status", flat=True)) == {"concept", "gepubliceerd", "afgelast"}
    volle = demo.met_aantallen().exclude(capaciteit=None).filter(aantal_ja__gt=F("capaciteit"))
    assert not volle.exists()
    verbondgenoot = Gebruiker.objects.get(email="verbondgenoot@voorbeeld.example")
    assert verbondgenoot.uitnodigingen.exists()


def test_een_nieuw_lid_krijgt_een_uitnodiging_en_verder_niemand(demodata):
    lid = Initiatief.objects.filter(lidmaatschap="lid").first()
    landelijk = Bijeenkomst.objects.met_uitgenodigde_groep().get()

    assert nodig_nieuwkomers_uit() == 0
    with transaction.atomic():
        nieuw = RolFactory(soort="coordinator", initiatief=lid).gebruiker
        assert nodig_nieuwkomers_uit() == 1
        assert landelijk.uitnodigingen.filter(gebruiker=nieuw).exists()
        transaction.set_rollback(True)


def test_de_demobegeleider_kan_vertellen_over_een_bezoek(demodata):
    geweest = begeleider().uitnodigingen.bezoeken().select_related("bijeenkomst__gastheer")

    assert geweest.count() == 2
    assert not geweest.filter(bijeenkomst__gastheer__in=Initiatief.objects.van(begeleider())).exists()


def test_namen_van_echte_initiatieven_komen_niet_voor(demodata):
    namen = [*Initiatief.objects.values_list("naam", flat=True), *Aanmelding.objects.values_list("naam", flat=True)]

    afdrukken = {hashlib.sha256("".join(naam.lower().split()).encode()).hexdigest()[:16] for naam in (*namen, *KERNEN)}

    assert len(afdrukken) > 200
    assert not afdrukken & ECHTE_NAMEN


def test_rijbeveiliging_staat_er_na_het_laden_weer_op(demodata):
    assert {"trajecten_moment", "trajecten_faseverblijf"} <= set(achter_rijbeveiliging())
    assert FaseVerblijf.objects.count() == 0
    assert Contactmoment.objects.count() == 0


def test_rijbeveiliging_staat_er_ook_na_mislukt_laden_weer_op(demodata):
    eerder = achter_rijbeveiliging()

    with pytest.raises(IntegrityError), voorbij_rijbeveiliging():
        Jongere.objects.create(roepnaam=None)

    assert achter_rijbeveiliging() == eerder
    assert len(eerder) >= 11


def test_tijdens_het_laden_is_de_eigenaar_even_vrij(alles_zichtbaar):
    assert achter_rijbeveiliging() == []
    assert Moment.objects.exists()


def test_elk_demoaccount_heeft_zijn_rol(demodata):
    rollen = set(Rol.objects.nu().values_list("gebruiker__email", "soort"))

    assert {(account.email, account.rol) for account in ACCOUNTS} <= rollen


def test_de_trajecten_van_de_demo_begeleider_laten_zien_hoe_het_gaat_en_waarheen(alles_zichtbaar):
    plan = Preventieplan.objects.first()

    assert {beleving.stem for beleving in Beleving.objects.all()} == {"jongere", "begeleider"}
    assert {stap.toestand for stap in KleineStap.objects.all()} == {"open", "gedaan", "losgelaten"}
    assert MogelijkePlek.objects.exists()
    assert plan.akkoorden.get().partij == "jongere"


def test_momenten_laten_zien_wie_erbij_was_hoe_het_was_en_wat_er_later_bij_kwam(alles_zichtbaar):
    gezien = Moment.objects.all()
    hier = set(Betrokkene.objects.values_list("pk", "traject"))

    assert {vorm for (vormen,) in gezien.values_list("vormen") for vorm in vormen} == set(Moment.Vorm)
    assert {deel for (delen,) in gezien.values_list("delen") for deel in delen} == set(Moment.Deel)
    assert set(gezien.values_list("samen", flat=True)) == {"", *Moment.Samen}
    erbij = {(mens, traject) for mensen, traject in gezien.values_list("erbij", "traject") for mens in mensen}
    assert len(erbij) > 500
    assert erbij <= hier
    assert Aanvulling.objects.filter(aangemaakt_op__gt=F("moment__aangemaakt_op")).count() > 300
    assert gezien.exclude(aangepast_op=None).count() == Momentversie.objects.count() > 200
    versie = Momentversie.objects.select_related("moment").first()
    assert versie.moment.tekst.startswith(versie.toen.tekst.removesuffix("."))


def test_fotos_staan_er_met_hun_bestand_en_met_toestemming(alles_zichtbaar):
    fotos = Momentfoto.objects.all()

    assert fotos.count() >= 6
    assert all(bestanden.lees(foto.bestand)[8:12] == b"WEBP" for foto in fotos)
    hier = fotos.filter(traject__initiatief=begeleider().rollen.get().initiatief_id)
    assert set(hier.values_list("traject", flat=True)) == set(
        Toestemming.objects.filter(doel="foto").values_list("traject", flat=True)
    )


def test_iemand_komt_naar_de_demoplek_en_de_coordinator_kan_het_lezen(alles_zichtbaar):
    overdracht = Overdracht.objects.get(naar__isnull=False)
    soorten = set(overdracht.stukken.values_list("soort", flat=True))

    assert overdracht.naar_id == begeleider().rollen.get().initiatief_id
    assert overdracht.heeft_toestemming
    assert {"roepnaam", "wensen", "moment", "foto"} <= soorten
    assert Reisboekje.objects.get().bladen.count() == 9


def test_gezinnen_vragen_de_demoplek_om_een_plek_en_zoeken_soms_vergeefs(alles_zichtbaar):
    hier = Contactplek.objects.filter(initiatief=begeleider().rollen.get().initiatief_id)

    assert set(hier.values_list("stand", flat=True)) >= {Contactstand.NIEUW, *LOOPT, *KLAAR[:2]}
    assert Zoekvraag.objects.laatste_jaar().toonbaar().exists()
