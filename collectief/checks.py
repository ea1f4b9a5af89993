"""System checks: combinations of settings that production refuses."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

JAAR = 365  # RFC 9116, 2.5.5: security.txt should not say that it holds for longer


@register(Tags.security)
def check_productie(app_configs, **kwargs) -> list[Error]:
    """Refuse to run production with a demo, without a second factor or with mail in a folder."""
    if settings.MODUS != "productie":
        return []
    fouten = []
    if not settings.TWEEDE_FACTOR_VERPLICHT:
        fouten.append(Error("TWEEDE_FACTOR_VERPLICHT=nee mag niet in productie.", id="collectief.E001"))
    if not settings.RUSTIGE_UREN:
        fouten.append(Error("RUSTIGE_UREN=nee mag niet in productie.", id="collectief.E006"))
    if settings.DEMO:
        fouten.append(Error("COLLECTIEF_DEMO=ja mag niet in productie.", id="collectief.E002"))
    if settings.MAIL_MAP:
        fouten.append(Error("MAIL_MAP mag niet in productie: mail gaat naar SMTP.", id="collectief.E003"))
    if settings.ANTWOORD_MAP:
        fouten.append(Error("ANTWOORD_MAP mag niet in productie: antwoorden komen via IMAP.", id="collectief.E007"))
    if not settings.SECURE_SSL_REDIRECT:
        fouten.append(Error("COLLECTIEF_BEVEILIGD=nee mag niet in productie.", id="collectief.E004"))
    return fouten


@register(Tags.security, deploy=True)
def check_beveiligingscontact(app_configs, **kwargs) -> list[Error]:
    """Who finds a leak has to know whom to tell, and for how long that is true."""
    fouten = []
    try:
        validate_email(settings.CONTACT_ADRES)
    except ValidationError:
        fouten.append(
            Error("CONTACT_ADRES is geen mailadres: wie een lek vindt, kan het niet melden.", id="collectief.E008")
        )
    if not 0 < settings.BEVEILIGING_DAGEN <= JAAR:
        fouten.append(Error(f"BEVEILIGING_DAGEN is meer dan 0 en hooguit {JAAR}.", id="collectief.E009"))
    return fouten
