"""Every page of signing in stands in our frame, in our words."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.test import Client

from collectief.post.models import Bericht
from tests.browser import overtredingen
from tests.factories import WACHTWOORD, geef_wachtwoord
from tests.test_tweede_stand import Gezien
from tests.test_wandeling import ENGELS, Lezer

VOOR_IEDEREEN = [
    ("/accounts/login/", "Inloggen"),
    ("/accounts/signup/", "Een account krijg je op uitnodiging"),
    ("/accounts/password/reset/", "Wachtwoord vergeten?"),
    ("/accounts/password/reset/done/", "Kijk in je mail"),
    ("/accounts/password/reset/key/done/", "Je nieuwe wachtwoord is bewaard"),
    ("/accounts/password/reset/key/1-set-password/", "Deze link werkt niet meer"),
    ("/accounts/confirm-email/", "Kijk in je mail"),
    ("/accounts/confirm-email/onbekend/", "Deze link werkt niet meer"),
    ("/accounts/inactive/", "Dit account staat uit"),
]
INGELOGD = [
    ("/accounts/email/", "Je e-mailadres"),
    ("/accounts/password/change/", "Wachtwoord veranderen"),
    ("/accounts/logout/", "Uitloggen?"),
    ("/accounts/sessions/", "Waar ben je ingelogd?"),
    ("/accounts/2fa/", "De tweede stap bij het inloggen"),
    ("/accounts/2fa/totp/activate/", "Code-app aanzetten"),
    ("/accounts/2fa/webauthn/", "Je passkeys"),
    ("/accounts/2fa/webauthn/add/", "Passkey toevoegen"),
]
TWEEDE_STAPPEN = [
    ("totp/deactivate/", "Code-app uitzetten?"),
    ("recovery-codes/", "Je herstelcodes"),
    ("recovery-codes/generate/", "Herstelcodes maken"),
    ("webauthn/keys/{pk}/edit/", "Naam van de passkey"),
    ("webauthn/keys/{pk}/remove/", "Passkey weghalen?"),
]


def _controleer(tekst: str, kop: str) -> None:
    assert re.findall(r"<h1>(.*?)</h1>", tekst) == [kop]
    assert 'class="woordmerk"' in tekst
    assert '<main id="inhoud"' in tekst
    assert not ENGELS.findall(Lezer(tekst).tekst)


@pytest.fixture
def begeleider_met_wachtwoord(begeleider):
    return geef_wachtwoord(begeleider)


@pytest.fixture
def ingelogd(begeleider_met_wachtwoord) -> Client:
    """A client that signed in and confirmed it a moment ago, so that nothing asks again."""
    client = Client()
    client.post("/accounts/login/", {"login": begeleider_met_wachtwoord.email, "password": WACHTWOORD})
    client.post("/accounts/reauthenticate/", {"password": WACHTWOORD})
    return client


@pytest.mark.parametrize(("pad", "kop"), VOOR_IEDEREEN)
def test_a_page_before_signing_in_is_ours(db, pad, kop):
    response = Client().get(pad)

    assert response.status_code in {200, 404}
    _controleer(response.content.decode(), kop)


@pytest.mark.parametrize(("pad", "kop"), INGELOGD)
def test_a_page_about_your_account_is_ours(ingelogd, pad, kop):
    response = ingelogd.get(pad)

    assert response.status_code == 200
    _controleer(response.content.decode(), kop)
    assert 'action="/accounts/logout/"' in response.content.decode()


@pytest.fixture
def tweede_stappen(ingelogd, begeleider_met_wachtwoord) -> int:
    """A code app, recovery codes and a passkey for who signed in; returns the key of the passkey."""
    TOTP.activate(begeleider_met_wachtwoord, generate_totp_secret())
    RecoveryCodes.activate(begeleider_met_wachtwoord)
    return WebAuthn.add(begeleider_met_wachtwoord, "Telefoon", {}).instance.pk


@pytest.mark.parametrize(("pad", "kop"), TWEEDE_STAPPEN)
def test_a_page_about_a_second_step_that_you_have_is_ours(ingelogd, tweede_stappen, pad, kop):
    response = ingelogd.get("/accounts/2fa/" + pad.format(pk=tweede_stappen))

    assert response.status_code == 200
    _controleer(response.content.decode(), kop)


@pytest.mark.parametrize(
    ("pad", "velden"),
    [
        ("totp/activate/", ["De zes cijfers uit de app"]),
        ("webauthn/add/", ["Naam", "Hiermee log ik in zonder wachtwoord"]),
    ],
)
def test_a_second_step_is_set_up_in_our_words(ingelogd, pad, velden):
    tekst = ingelogd.get("/accounts/2fa/" + pad).content.decode()

    koppen = re.findall(r"<label[^>]*>(.*?)</label>", tekst, re.DOTALL)
    assert [re.sub(r"<.*?>|\(hoeft niet\)", "", kop).strip() for kop in koppen] == velden


def test_a_new_name_of_a_passkey_is_asked_for_in_our_words(ingelogd, tweede_stappen):
    pad = f"/accounts/2fa/webauthn/keys/{tweede_stappen}/edit/"

    assert re.findall(r"<label[^>]*>([^<]*)</label>", ingelogd.get(pad).content.decode()) == ["Naam"]
    assert "Geef de passkey een naam." in ingelogd.post(pad, {"name": ""}).content.decode()


def test_a_passkey_has_a_name_before_its_owner_gives_one(ingelogd, begeleider_met_wachtwoord):
    assert 'value="Passkey"' in ingelogd.get("/accounts/2fa/webauthn/add/").content.decode()

    WebAuthn.add(begeleider_met_wachtwoord, "Telefoon", {})

    volgende = get_adapter().generate_authenticator_name(begeleider_met_wachtwoord, Authenticator.Type.WEBAUTHN)
    assert volgende == "Passkey 2"


OPEN = ["/bestaat-niet/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"]
EIGEN = [
    *("/accounts/2fa/", "/accounts/email/", "/accounts/password/change/", "/accounts/sessions/"),
    *("/accounts/logout/", "/accounts/reauthenticate/", "/accounts/reauthenticate/code/"),
]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_on_the_pages_of_signing_in_and_of_an_account(live_server, page, ingelogd, tweede_stappen):
    klachten, gevonden = [], []
    page.on("console", lambda melding: klachten.append(melding.text) if "Content Security" in melding.text else None)
    page.on("pageerror", lambda fout: klachten.append(str(fout)))
    for pad in OPEN:
        page.goto(live_server.url + pad)
        gevonden += overtredingen(page)

    sessie = ingelogd.cookies["sessie"].value
    page.context.add_cookies([{"name": "sessie", "value": sessie, "url": live_server.url}])
    for pad in [*EIGEN, *(f"/accounts/2fa/{pad.format(pk=tweede_stappen)}" for pad, _ in TWEEDE_STAPPEN)]:
        antwoord = page.goto(live_server.url + pad)
        gevonden += overtredingen(page) if antwoord.status == 200 else [(pad, antwoord.status)]

    assert gevonden == []
    assert klachten == []


# What each form of an account does not accept, and what it says then.
GEWEIGERD = [
    ("/accounts/email/", {"action_add": "1", "email": "geen adres"}, "geldig e-mailadres"),
    ("/accounts/password/change/", {"oldpassword": "anders"}, "Dit is niet het wachtwoord dat je nu hebt."),
    ("/accounts/reauthenticate/", {"password": "anders"}, "Dit wachtwoord klopt niet. Typ het nog eens."),
    ("/accounts/2fa/totp/activate/", {"code": "12"}, "Deze code klopt niet. Typ de cijfers die je nu ziet."),
]
GEWEIGERD_BUITEN = [
    ("/accounts/login/", {"login": "bo@voorbeeld.example", "password": "anders"}, "wachtwoord klopt niet. Kijk"),
    ("/accounts/password/reset/", {"email": "geen adres"}, "geldig e-mailadres"),
]


@pytest.mark.browser
def test_a_refused_form_of_an_account_speaks_our_words_and_is_whole(page, ingelogd, begeleider_met_wachtwoord):
    gezien = Gezien(page)
    for client, rijen in [(ingelogd, GEWEIGERD), (Client(), GEWEIGERD_BUITEN)]:
        for pad, velden, zin in rijen:
            antwoord = client.post(pad, velden)
            gezien.voeg_toe(pad, antwoord)
            assert zin in antwoord.text, pad

    TOTP.activate(begeleider_met_wachtwoord, generate_totp_secret())
    anders = Client()
    anders.post("/accounts/login/", {"login": begeleider_met_wachtwoord.email, "password": WACHTWOORD})
    antwoord = anders.post("/accounts/2fa/authenticate/", {"code": "12"})
    gezien.voeg_toe("/accounts/2fa/authenticate/", antwoord)

    assert "Deze code klopt niet." in antwoord.text
    assert gezien.gebreken() == []


def test_a_wrong_password_is_answered_in_our_words(begeleider_met_wachtwoord):
    response = Client().post("/accounts/login/", {"login": begeleider_met_wachtwoord.email, "password": "anders"})

    assert response.status_code == 200
    assert 'class="fouten"' in response.content.decode()


def test_before_the_second_step_changes_we_ask_whether_it_is_really_you(als, begeleider_met_wachtwoord):
    client = als(begeleider_met_wachtwoord)

    response = client.get("/accounts/2fa/totp/activate/", follow=True)

    tekst = response.content.decode()
    _controleer(tekst, "Ben jij het nog?")
    assert "Met een code in je mail" in tekst


@pytest.mark.parametrize(
    ("pad", "velden", "woorden"),
    [
        ("/accounts/reauthenticate/code/", {"recipient": "{adres}"}, "Typ hem over in het venster dat nog openstaat:"),
        ("/accounts/password/reset/", {"email": "{adres}"}, "Via deze link kies je een nieuw wachtwoord:"),
        ("/accounts/email/", {"action_add": "ja", "email": "anders@voorbeeld.example"}, "Dit mailadres is ingevuld"),
        (
            "/accounts/password/change/",
            {"oldpassword": WACHTWOORD, "password1": f"{WACHTWOORD} nog", "password2": f"{WACHTWOORD} nog"},
            "uur, vanaf internetadres 127.0.0.1. Was jij dit niet?",
        ),
    ],
)
def test_mail_about_an_account_speaks_as_all_our_mail(ingelogd, begeleider_met_wachtwoord, pad, velden, woorden):
    adres = begeleider_met_wachtwoord.email
    Bericht.objects.all().delete()

    ingelogd.post(pad, {naam: waarde.format(adres=adres) for naam, waarde in velden.items()})

    gegevens = Bericht.objects.first().gegevens
    assert woorden in gegevens["tekst"]
    assert gegevens["tekst"].startswith("Hallo,\n\n")
    assert gegevens["tekst"].strip().endswith("Hartelijke groet,\nhet Initiatieven Collectief")
    assert not ENGELS.search(re.sub(r"http\S+", "", " ".join(gegevens.values())))


def test_a_code_to_prove_that_it_is_you_is_asked_for_in_our_words(ingelogd, begeleider_met_wachtwoord):
    tekst = ingelogd.get("/accounts/reauthenticate/code/").content.decode()

    _controleer(tekst, "Ben jij het nog?")
    assert "Naar welk adres mailen we een code?" in tekst
    assert begeleider_met_wachtwoord.email in tekst
    assert "Recipient" not in tekst
    assert "Mijn account" in tekst  # whoever is signed in keeps her own menu


@pytest.mark.parametrize(
    ("rol", "begin"),
    [
        ("begeleider", "/trajecten/"),
        ("coordinator", "/trajecten/"),
        ("beheerder", "/initiatieven/toetsing/"),
        ("kernteamlid", "/bijeenkomsten/mijn/"),
        ("verbondgenoot", "/bijeenkomsten/mijn/"),
    ],
)
def test_signing_in_leads_to_where_your_work_begins(als, request, rol, begin):
    client = als(request.getfixturevalue(rol))

    response = client.get("/accounts/login/", follow=True)

    assert response.redirect_chain[-1] == (begin, 302)
