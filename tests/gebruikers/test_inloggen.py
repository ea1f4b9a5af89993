"""Signing in: by e-mail, with a second factor where a role asks for it, and never faster than the machine can hash."""

import re
import threading
from base64 import b64decode
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.utils import timezone

from collectief.gebruikers.hashers import GELIJKTIJDIG, BegrensdeArgon2Hasher
from collectief.gebruikers.tasks import ruim_sessies_op
from collectief.post.models import Bericht
from collectief.versleuteling import ontsleutel
from tests.factories import WACHTWOORD, GebruikerFactory, geef_wachtwoord
from tests.samen import tegelijk


@pytest.fixture
def bo(begeleider):
    """Begeleider with a password and a verified address."""
    return geef_wachtwoord(begeleider)


def log_in(client: Client, email: str, wachtwoord: str = WACHTWOORD):
    return client.post("/accounts/login/", {"login": email, "password": wachtwoord})


def test_signing_in_by_email_in_any_case(client, bo):
    response = log_in(client, "BO@Voorbeeld.example")

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(bo.pk)


def test_a_wrong_password_says_so_and_keeps_the_address(client, bo):
    response = log_in(client, bo.email, "niet dit wachtwoord")

    assert response.status_code == 200
    assert bo.email in response.text


def test_passwords_are_hashed_with_argon2id_and_much_work(volle_hash, client, bo):
    assert bo.password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert log_in(client, bo.email).status_code == 302


def test_too_many_wrong_passwords_are_slowed_down(client, bo):
    cache.clear()
    for _ in range(6):
        response = log_in(client, bo.email, "fout wachtwoord")

    assert "Te veel" in response.text or response.status_code == 429


def test_the_limit_does_not_live_in_the_broker():
    assert django_settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_nobody_signs_herself_up(client, db):
    response = client.get("/accounts/signup/")

    assert "email" not in (response.context.get("form") or {})


def test_a_password_reset_is_mailed_through_the_outbox(client, bo):
    client.post("/accounts/password/reset/", {"email": bo.email})

    bericht = Bericht.objects.get()
    link = re.search(r"/accounts/password/reset/key/\S+", bericht.gegevens["tekst"]).group()
    assert client.get(link).status_code == 302


def test_a_reset_for_an_unknown_address_looks_the_same(client, bo):
    bekend = client.post("/accounts/password/reset/", {"email": bo.email})
    onbekend = client.post("/accounts/password/reset/", {"email": "niemand@voorbeeld.example"})

    assert (bekend.status_code, bekend.url) == (onbekend.status_code, onbekend.url)
    assert [bericht.aan_adres for bericht in Bericht.objects.all()] == [bo.email]


def test_a_reset_takes_as_long_for_somebody_as_for_nobody(client, bo, monkeypatch):
    uren = iter([0, 0.04, 10, 10.01, 20, 20.9])  # begin and end of each: known, unknown, and a machine that is slow
    gewacht = []
    monkeypatch.setattr("collectief.gebruikers.forms.perf_counter", lambda: next(uren))
    monkeypatch.setattr("collectief.gebruikers.forms.sleep", gewacht.append)

    for adres in (bo.email, "niemand@voorbeeld.example", bo.email):
        client.post("/accounts/password/reset/", {"email": adres})

    assert gewacht == [pytest.approx(0.21), pytest.approx(0.24), 0]


ROLLEN_MET_TWEEDE_FACTOR = ["begeleider", "coordinator", "kernteamlid", "beheerder"]


@pytest.mark.parametrize("wie", ROLLEN_MET_TWEEDE_FACTOR)
def test_without_a_second_factor_every_page_leads_to_adding_one(als, wie, request, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True

    response = als(request.getfixturevalue(wie)).get("/gebruikers/wat-mag-ik/")

    assert (response.status_code, response.url) == (302, "/accounts/2fa/")


def test_an_ally_does_not_need_a_second_factor(als, verbondgenoot, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True

    assert als(verbondgenoot).get("/gebruikers/wat-mag-ik/").status_code == 200


def code_van(geheim: str) -> str:
    """What the app on her phone shows now."""
    return format_hotp_value(hotp_value(geheim, next(yield_hotp_counters_from_time())))


def voeg_tweede_factor_toe(client: Client) -> str:
    """Add an authenticator app the way she does it, and return its secret."""
    client.post("/accounts/reauthenticate/", {"password": WACHTWOORD})
    geheim = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": code_van(geheim)})
    return geheim


def test_with_a_second_factor_the_page_opens(client, bo, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    geheim = generate_totp_secret()
    TOTP.activate(bo, geheim)

    log_in(client, bo.email)
    client.post("/accounts/2fa/authenticate/", {"code": code_van(geheim)})

    assert client.get("/gebruikers/wat-mag-ik/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_whoever_just_added_a_second_factor_is_not_asked_for_it_again(client, bo, settings):
    settings.TWEEDE_FACTOR_VERPLICHT = True
    log_in(client, bo.email)

    voeg_tweede_factor_toe(client)

    assert client.get("/gebruikers/wat-mag-ik/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_session_from_before_the_second_factor_has_to_use_it_too(bo, settings):
    """Somebody who had the password already sits inside; she must stay outside when the second factor comes."""
    settings.TWEEDE_FACTOR_VERPLICHT = True
    dief = Client()
    log_in(dief, bo.email)
    eigen = Client()
    log_in(eigen, bo.email)
    voeg_tweede_factor_toe(eigen)

    bewijs = "/accounts/2fa/reauthenticate/?next="
    assert dief.get("/trajecten/").url == f"{bewijs}%2Ftrajecten%2F"
    for deur in ("/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/deactivate/", "/accounts/reauthenticate/"):
        assert dief.get(deur).url.startswith(bewijs)
        assert dief.post(deur, {"password": WACHTWOORD}).url.startswith(bewijs)


def _raad(bo, keer: int) -> None:
    """Somebody with the right password guesses at the code."""
    vreemde = Client()
    log_in(vreemde, bo.email)
    for _ in range(keer):
        vreemde.post("/accounts/2fa/authenticate/", {"code": "raad maar"})


def test_whoever_mistypes_a_code_hears_nothing_and_whose_code_is_guessed_at_is_told_once(bo, time_machine):
    time_machine.move_to("2026-11-28T10:00:00Z")
    TOTP.activate(bo, generate_totp_secret())

    _raad(bo, 4)
    na_vier = Bericht.objects.count()
    _raad(bo, 3)
    time_machine.shift(timedelta(hours=1))
    _raad(bo, 6)

    bericht = Bericht.objects.get()
    assert na_vier == 0
    assert (bericht.adres, bericht.gegevens["onderwerp"]) == (bo.email, "Iemand kent misschien je wachtwoord")
    assert "zaterdag 28 november 2026, 11:00" in bericht.gegevens["tekst"]


@pytest.mark.django_db(transaction=True)
def test_whoever_finds_an_open_screen_does_not_make_the_account_hers(client, bo, time_machine):
    """With an address of her own she would ask for a new password next."""
    time_machine.move_to("2026-11-28T10:00:00Z")
    log_in(client, bo.email)
    time_machine.shift(timedelta(minutes=6))

    antwoord = client.post("/accounts/email/", {"action_add": "", "email": "ander@voorbeeld.example"})

    assert antwoord.url.startswith("/accounts/reauthenticate/")
    assert list(bo.emailaddress_set.values_list("email", flat=True)) == [bo.email]
    client.post("/accounts/reauthenticate/", {"password": WACHTWOORD})
    client.post("/accounts/email/", {"action_add": "", "email": "ander@voorbeeld.example"})
    assert bo.emailaddress_set.count() == 2


def test_the_secret_of_a_second_factor_stands_encrypted_in_the_table(bo):
    geheim = generate_totp_secret()
    TOTP.activate(bo, geheim)

    bewaard = Authenticator.objects.get().data["secret"]

    assert geheim not in bewaard
    assert ontsleutel(bewaard) == geheim


def test_a_right_password_alone_does_not_sign_in_someone_with_a_second_factor(client, bo):
    Authenticator.objects.create(user=bo, type=Authenticator.Type.TOTP, data={"secret": "x"})

    response = log_in(client, bo.email)

    assert response.url.startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session


def test_the_technical_admin_has_no_sign_in_form_of_its_own(client, bo):
    bo.is_staff = bo.is_superuser = True
    bo.save()
    pad = f"/{django_settings.BEHEER_PAD}login/"

    response = client.post(pad, {"username": bo.email, "password": WACHTWOORD})

    assert "_auth_user_id" not in client.session
    assert response.status_code == 302


def test_sign_out_everywhere_ends_the_other_session(bo):
    hier, daar = Client(), Client()
    log_in(hier, bo.email)
    log_in(daar, bo.email)

    hier.post("/accounts/sessions/")

    assert daar.get("/gebruikers/wat-mag-ik/").status_code == 302
    assert hier.get("/gebruikers/wat-mag-ik/").status_code == 200


def test_production_refuses_what_only_a_demo_may_do(settings):
    settings.MODUS = "productie"
    settings.TWEEDE_FACTOR_VERPLICHT = False
    settings.DEMO = True
    settings.MAIL_MAP = ".data/post"
    settings.SECURE_SSL_REDIRECT = False

    fouten = {fout.id for fout in run_checks(tags=["security"])}

    assert {"collectief.E001", "collectief.E002", "collectief.E003", "collectief.E004"} <= fouten


class MeetHasher(BegrensdeArgon2Hasher):
    """Counts how many hashes run at the same time."""

    time_cost = 1
    memory_cost = 64
    bezig = 0
    meest = 0
    slot = threading.Lock()

    def params(self):
        with MeetHasher.slot:
            MeetHasher.bezig += 1
            MeetHasher.meest = max(MeetHasher.meest, MeetHasher.bezig)
        uitkomst = super().params()
        threading.Event().wait(0.02)
        with MeetHasher.slot:
            MeetHasher.bezig -= 1
        return uitkomst


def test_at_most_two_passwords_are_hashed_at_a_time():
    hasher = MeetHasher()

    tegelijk(*[lambda: hasher.encode("geheim", "zoutzoutzout")] * 8)

    assert MeetHasher.meest == GELIJKTIJDIG == 2


def test_an_unknown_person_sees_no_page_of_her_own(client, db):
    GebruikerFactory()

    response = client.get("/gebruikers/wat-mag-ik/")

    assert response.url == "/accounts/login/?next=/gebruikers/wat-mag-ik/"


def test_sessions_that_ended_are_tidied_up(db):
    verlopen = timezone.now() - timedelta(minutes=1)
    Session.objects.create(session_key="oud", session_data="x", expire_date=verlopen)
    Session.objects.create(session_key="nieuw", session_data="x", expire_date=verlopen + timedelta(hours=1))

    ruim_sessies_op()

    assert [sessie.pk for sessie in Session.objects.all()] == ["nieuw"]


def _in_de_cache() -> list[str]:
    """All that the table of the cache says, in one text a row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM collectief_cache")
        return [f"{sleutel} {b64decode(waarde).decode('latin1')}" for sleutel, waarde in cursor.fetchall()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pad", "velden"),
    [
        ("/accounts/login/", {"login": "nel@voorbeeld.example", "password": "geraden"}),
        ("/accounts/password/reset/", {"email": "nel@voorbeeld.example"}),
    ],
)
def test_what_is_limited_says_nobody_s_address_and_goes_when_it_no_longer_counts(client, pad, velden):
    cache.clear()

    client.post(pad, velden, REMOTE_ADDR="203.0.113.77")

    bewaard = " ".join(_in_de_cache())
    assert bewaard
    assert not re.search(r"203\.0|nel@|voorbeeld|ip:", bewaard)
    cache.set("telt nog", 1, timeout=3 * 24 * 3600)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE collectief_cache SET expires = expires - interval '2 days'")
    ruim_sessies_op()
    assert (len(_in_de_cache()), cache.get("telt nog")) == (1, 1)
