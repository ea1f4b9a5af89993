"""System checks: combinations of settings that production refuses."""

from django.conf import settings
from django.core.checks import Error, Tags, register


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
