"""How allauth behaves here: accounts by invitation only, every mail through our outbox, secrets encrypted."""

import logging

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.core.ratelimit import consume
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added
from django.contrib.sites.shortcuts import get_current_site
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.dispatch import receiver

from collectief.gebruikers.models import Gebruiker
from collectief.post.actions import leg_klaar_tekst
from collectief.versleuteling import ontsleutel, versleutel

logger = logging.getLogger(__name__)

BEWIJZEN = {
    "reauthenticate": "Met je wachtwoord",
    "reauthenticate_by_code": "Met een code in je mail",
    "mfa_reauthenticate": "Met je code-app of een herstelcode",
    "mfa_reauthenticate:webauthn": "Met je passkey",
}


DAG = 24 * 60 * 60  # seconds; she is told once a day, however often somebody tries
CODE_KLOPT_NIET = "Deze code klopt niet. Typ de cijfers die je nu ziet."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "cannot_remove_primary_email": "Dit adres is in gebruik. Kies eerst een ander adres.",
        "duplicate_email": "Dit adres staat er al bij.",
        "email_password_mismatch": "Dit e-mailadres of wachtwoord klopt niet. Kijk het nog eens na.",
        "email_taken": "Dit adres hoort bij een ander account.",
        "enter_current_password": "Dit is niet het wachtwoord dat je nu hebt.",
        "incorrect_code": CODE_KLOPT_NIET,
        "incorrect_password": "Dit wachtwoord klopt niet. Typ het nog eens.",
        "max_email_addresses": "Je kunt hooguit %d adressen hebben. Haal er eerst een weg.",
        "rate_limited": "Dat ging te snel achter elkaar. Wacht even en probeer het dan opnieuw.",
        "too_many_login_attempts": "Te veel pogingen. Wacht vijf minuten en probeer het dan opnieuw.",
        "unverified_primary_email": "Bevestig dit adres eerst met de link in je mail.",
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Put the mail in the outbox; its text is erased as soon as it is sent, because it may hold a secret link."""
        bericht = self.render_mail(
            template_prefix,
            email,
            {"email": email, "current_site": get_current_site(self.request), **context},
        )
        leg_klaar_tekst(aan_adres=email, onderwerp=bericht.subject, tekst=bericht.body)

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """The refusal that she reads. The log says when it is about too many tries, and at which door."""
        if code == "too_many_login_attempts":
            stap = context.request.resolver_match.url_name or ""
            logger.warning("too many tries: %s", "second_factor" if stap.startswith("mfa_") else "login_failed")
        return super().validation_error(code, *args)

    def get_reauthentication_methods(self, user) -> list[dict]:
        return [
            manier | {"description": BEWIJZEN[manier["id"]]} for manier in super().get_reauthentication_methods(user)
        ]

    def authentication_failed(self, request, **credentials) -> None:
        logger.info("a sign-in was refused")


class MFAAdapter(DefaultMFAAdapter):
    """Whoever reads the database or a backup still has no second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": "Zolang de tweede stap aanstaat, kun je geen adres toevoegen.",
        "cannot_delete_authenticator": "Deze stap kun je nu niet uitzetten.",
        "cannot_generate_recovery_codes": "Zet eerst een code-app of een passkey aan.",
        "incorrect_code": CODE_KLOPT_NIET,
        "unverified_email": "Bevestig eerst je e-mailadres met de link in je mail.",
    }

    def encrypt(self, text: str) -> str:
        return versleutel(text)

    def decrypt(self, encrypted_text: str) -> str:
        return ontsleutel(encrypted_text)

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's)
        """What a passkey is called until its owner gives it a name."""
        nummer = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if nummer == 1 else f"Passkey {nummer}"


@receiver(authentication_failed)
def tweede_factor_is_geweigerd(request, user: Gebruiker, **kwargs) -> None:
    """Whoever gets this far knows her password: the log says of whom it is, and after a few codes she is told."""
    logger.info("a second factor of account %d was refused", user.pk)
    mag_nog = consume(request, action="login_failed", key=f"mfa-auth-user-{user.pk}", dry_run=True)
    if not mag_nog and cache.add(f"code_geraden:{user.pk}", "ja", timeout=DAG):
        get_adapter(request).send_notification_mail("account/email/code_geraden", user)


@receiver(authenticator_added)
def eerste_tweede_factor_is_gebruikt(request, user, authenticator: Authenticator, **kwargs) -> None:
    """Adding the first one proves that she has it, so she is not asked again. A later one proves nothing."""
    anderen = Authenticator.objects.filter(user=user).exclude(pk=authenticator.pk)
    if not anderen.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
