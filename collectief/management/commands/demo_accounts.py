"""`manage.py demo_accounts`: five accounts to sign in with, and one password for all."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from collectief.demo.accounts import ACCOUNTS, WACHTWOORD, Demoaccount
from collectief.gebruikers.models import Gebruiker


class Command(BaseCommand):
    help = "Maak de demo-accounts klaar om mee in te loggen en laat zien welke het zijn."

    def handle(self, **opties):
        if settings.MODUS == "productie" or not settings.DEMO:
            raise CommandError("Demo-accounts zijn er alleen met COLLECTIEF_DEMO=ja, en nooit in productie.")
        gebruikers = Gebruiker.objects.in_bulk([account.email for account in ACCOUNTS], field_name="email")
        if len(gebruikers) < len(ACCOUNTS):
            raise CommandError("De demogegevens staan er nog niet: manage.py laad_demodata.")
        for gebruiker in gebruikers.values():
            _maak_klaar(gebruiker)
        self.stdout.write(_tabel())


def _maak_klaar(gebruiker: Gebruiker) -> None:
    if not gebruiker.has_usable_password():
        gebruiker.set_password(WACHTWOORD)
        gebruiker.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(
        user=gebruiker, email=gebruiker.email, defaults={"verified": True, "primary": True}
    )


def _tabel() -> str:
    koppen = ("Rol", "E-mailadres", "Wat je ziet")
    rijen = [koppen, *(_rij(account) for account in ACCOUNTS)]
    breedtes = [max(len(rij[kolom]) for rij in rijen) for kolom in range(2)]
    regels = [f"{rij[0]:<{breedtes[0]}}  {rij[1]:<{breedtes[1]}}  {rij[2]}" for rij in rijen]
    return "\n".join([*regels, "", f"Wachtwoord voor allemaal: {WACHTWOORD}"])


def _rij(account: Demoaccount) -> tuple[str, str, str]:
    return account.rol.label, account.email, account.te_zien
