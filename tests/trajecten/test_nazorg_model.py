"""Whatever people and machines do in whatever order: no mail too many, none missing, none to who left or wants rest."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from collectief.gebruikers.models import Rol
from collectief.post import verzenden
from collectief.post.models import Bericht, Berichtdeel
from collectief.rijbeveiliging import als_gebruiker
from collectief.werkdagen import AMSTERDAM, is_werkdag, ochtend, werkdag_vanaf
from tests.factories import InitiatiefFactory, RolFactory
from tests.trajecten.bezetting import maak_traject
from trajecten.actions import draag_over
from trajecten.controle import controleer
from trajecten.fases import Fase
from trajecten.herinneringen import achterstand, zet_klaar
from trajecten.models import Contactmoment, Herinnering, Ladderinstelling, NazorgAfspraak, Traject
from trajecten.planning import PauzeGeweigerd, hervat, pauzeer, stel_ladder_in

BEGIN = datetime(2027, 6, 1, 10, tzinfo=AMSTERDAM)
WELK = st.integers(0, 2)  # which of the three young people
DAGEN = st.integers(0, 40)
INSTELLING = settings(max_examples=8, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))


class Grootboek(BaseEmailBackend):
    """A mail server that takes everything, and writes down what and when."""

    binnen: Counter = Counter()

    def send_messages(self, email_messages):
        for mail in email_messages:
            Grootboek.binnen[mail.extra_headers["Message-ID"]] += 1
        return len(email_messages)


class Nazorg(RuleBasedStateMachine):
    """A year or so of three young people, two counsellors and a coördinator, with a clock that jumps."""

    @initialize()
    def begin(self):
        Grootboek.binnen = Counter()
        self.dubbel_mag = Counter()  # crashes between the server's yes and our note
        self.transactie = transaction.atomic()
        self.transactie.__enter__()
        self.klok = time_machine.travel(BEGIN, tick=False)
        self.reis = self.klok.start()
        initiatief = InitiatiefFactory()
        self.begeleider = RolFactory(initiatief=initiatief).gebruiker
        self.collega = RolFactory(initiatief=initiatief).gebruiker
        self.coordinator = RolFactory(soort=Rol.Soort.COORDINATOR, initiatief=initiatief).gebruiker
        self.initiatief = initiatief
        self.trajecten = []
        for _ in range(3):
            traject = maak_traject(door=self.begeleider, initiatief=initiatief)
            with als_gebruiker(self.begeleider.pk):
                traject.naar_fase(Fase.WAAKVLAM, door=self.begeleider, toelichting="Geland.", deur_staat_open=True)
            self.trajecten.append(traject)
        for welk in range(3):
            self.plan(welk=welk, dagen=welk)

    def teardown(self):
        if hasattr(self, "klok"):
            self.klok.stop()
            transaction.set_rollback(True)
            self.transactie.__exit__(None, None, None)

    # --- What people do

    def _contacten(self, welk: int):
        return list(Contactmoment.objects.wacht().filter(traject=self.trajecten[welk]).order_by("pk"))

    @rule(welk=WELK, dagen=DAGEN)
    def plan(self, welk, dagen):
        traject = self.trajecten[welk]
        with als_gebruiker(self.coordinator.pk):
            if Traject.objects.get(pk=traject.pk).toestand != Traject.Toestand.LOPEND:
                return
            vaste = traject.betrokkenen.vaste_begeleiders().werkend().select_related("gebruiker").first()
            eigenaar = vaste.gebruiker if vaste else self.coordinator
            afspraak = NazorgAfspraak.objects.create(traject=traject, vormen=["gezin"], door=self.coordinator)
            dag = timezone.localdate() + timedelta(days=dagen)
            Contactmoment.plan_op(afspraak=afspraak, dag=dag, eigenaar=eigenaar)

    @rule(welk=WELK, vorm=st.sampled_from(["", *Contactmoment.Vorm.values]), keuze=st.integers(0, 2))
    def rond_af(self, welk, vorm, keuze):
        """One of the three things that can come of contact in this form."""
        with als_gebruiker(self.coordinator.pk):
            for contact in self._contacten(welk)[:1]:
                contact.vorm = vorm
                contact.save(update_fields=["vorm"])
                contact.rond_af(contact.mogelijke_resultaten[keuze])

    @rule(welk=WELK, dagen=DAGEN)
    def verplaats(self, welk, dagen):
        with als_gebruiker(self.coordinator.pk):
            for contact in self._contacten(welk)[:1]:
                contact.verplaats(timezone.localdate() + timedelta(days=dagen))

    @rule(welk=WELK, dagen=st.integers(1, 180))
    def pauzeer(self, welk, dagen):
        with als_gebruiker(self.coordinator.pk):
            try:
                tot = timezone.localdate() + timedelta(days=dagen)
                pauzeer(traject=self.trajecten[welk], tot=tot, door=self.coordinator)
            except PauzeGeweigerd:
                return

    @rule(welk=WELK)
    def hervat(self, welk):
        with als_gebruiker(self.coordinator.pk):
            hervat(traject=self.trajecten[welk])

    @rule(welk=WELK)
    def rust(self, welk):
        with als_gebruiker(self.coordinator.pk):
            self.trajecten[welk].laat_rusten()

    @rule(welk=WELK)
    def verder(self, welk):
        with als_gebruiker(self.coordinator.pk):
            self.trajecten[welk].pak_op()

    @rule(welk=WELK)
    def terugkeer(self, welk):
        """Back, and straight on to the waakvlam again."""
        with als_gebruiker(self.coordinator.pk):
            self.trajecten[welk].naar_fase(Fase.LANDING, door=self.coordinator)
            self.trajecten[welk].naar_fase(
                Fase.WAAKVLAM, door=self.coordinator, toelichting="Weer verder.", deur_staat_open=True
            )

    @rule(welk=WELK)
    def draag_over(self, welk):
        with als_gebruiker(self.coordinator.pk):
            wie = self.collega if self.collega.rollen.nu().exists() else self.coordinator
            draag_over(traject=self.trajecten[welk], aan=wie, blijft_waarnemer=False)

    @precondition(lambda self: self.begeleider.rollen.nu().exists())
    @rule()
    def begeleider_vertrekt(self):
        self.begeleider.rollen.nu().get().beeindig()

    @rule(daarna=st.integers(4, 9), vooraf=st.sampled_from([None, -2, -3]))
    def stel_ladder_in(self, daarna, vooraf):
        with als_gebruiker(self.coordinator.pk):
            instelling = Ladderinstelling.van(self.initiatief.pk)
            instelling.daarna, instelling.vooraf = daarna, vooraf
            stel_ladder_in(instelling=instelling, door=self.coordinator)

    # --- What machines do

    @rule(uren=st.integers(1, 24 * 12))
    def klok_vooruit(self, uren):
        self.reis.shift(timedelta(hours=uren))

    @rule(dagen=st.integers(1, 9))
    def een_ochtend_waarop_geveegd_wordt(self, dagen):
        """Nothing is sent yet: what is put ready can still fall silent."""
        self.reis.move_to(ochtend(werkdag_vanaf(timezone.localdate() + timedelta(days=dagen)), 10))
        zet_klaar()

    @rule(keren=st.integers(1, 2))
    def veeg(self, keren):
        for _ in range(keren):
            zet_klaar()

    @rule()
    def verstuur(self):
        verzenden.verstuur_alles()

    @rule()
    def worker_sterft_met_mail_in_handen(self):
        Bericht.objects.neem(2)

    @rule()
    def worker_sterft_na_het_ja_van_de_mailserver(self):
        for bericht in Bericht.objects.neem(1):
            if bericht.bied_aan():
                Grootboek.binnen[bericht.message_id] += 1
                self.dubbel_mag[bericht.message_id] += 1

    # --- What is always true

    @invariant()
    def geen_mail_vaker_dan_een_worker_stierf(self):
        if hasattr(self, "klok"):
            te_veel = {m: n for m, n in Grootboek.binnen.items() if n > 1 + self.dubbel_mag[m]}
            assert te_veel == {}

    @invariant()
    def over_wat_stil_is_ligt_niets_klaar(self):
        """What waits in the outbox is about contact that waits, of a trajectory that runs, and for who works here."""
        if not hasattr(self, "klok"):
            return
        wacht = Bericht.objects.onderweg().filter(soort__in=["herinnering", "herinneringen"])
        delen = Berichtdeel.objects.filter(bericht__in=wacht, is_vervallen=False)
        groepen = [*wacht.exclude(groep="").values_list("groep", flat=True), *delen.values_list("groep", flat=True)]
        with als_gebruiker(self.coordinator.pk):
            stappen = Herinnering.objects.filter(pk__in=[groep.split(":")[1] for groep in groepen])
            stil = stappen.exclude(contactmoment__resultaat="", contactmoment__vervallen_op=None)
            assert not stil.exists()
            assert not stappen.exclude(traject__toestand="lopend").exists()
        if not self.begeleider.rollen.nu().exists():
            assert not wacht.filter(aan=self.begeleider).exists()

    @invariant()
    def geen_stap_te_vroeg_of_op_een_vrij_moment(self):
        if not hasattr(self, "klok"):
            return
        with als_gebruiker(self.coordinator.pk):
            for op, gezet_op in Herinnering.objects.exclude(gezet_op=None).values_list("op", "gezet_op"):
                lokaal = gezet_op.astimezone(AMSTERDAM)
                assert gezet_op >= op
                assert is_werkdag(lokaal.date())
                assert 9 <= lokaal.hour < 18

    @rule()
    def alles_draait_weer(self):
        """On the next working morning everything runs: then nothing that was due is left, and the proof says so."""
        morgen = werkdag_vanaf(timezone.localdate() + timedelta(days=1))
        self.reis.move_to(ochtend(morgen, 10))
        zet_klaar()
        verzenden.verstuur_alles()

        assert achterstand(timezone.now()).aantal == 0
        assert controleer(timezone.now() + timedelta(minutes=1), timedelta(0)) == []


@pytest.mark.django_db
def test_aftercare_keeps_its_promise_in_any_order(settings_met_grootboek):
    run_state_machine_as_test(Nazorg, settings=INSTELLING)


@pytest.fixture
def settings_met_grootboek(settings):
    settings.MAILERS = {"default": {"BACKEND": "tests.trajecten.test_nazorg_model.Grootboek"}}
