"""`manage.py maak_beheerder`: the first admin, whom nobody can invite yet."""

from django.core.management.base import BaseCommand, CommandError

from collectief.gebruikers.models import Gebruiker, Rol


class Command(BaseCommand):
    help = "Geef iemand met een account de rol beheerder. Daarna nodigt zij de anderen uit op de site zelf."

    def add_arguments(self, parser):
        parser.add_argument("adres", help="het e-mailadres van het account")

    def handle(self, *, adres, **opties):
        gebruiker = Gebruiker.objects.filter(email__iexact=adres).first()
        if gebruiker is None:
            raise CommandError("Er is geen account met dit adres. Maak het eerst met createsuperuser.")
        if not gebruiker.is_active:
            raise CommandError("Dit account mag niet inloggen. Zet dat eerst aan in Django's beheer.")
        _, is_nieuw = Rol.objects.get_or_create(gebruiker=gebruiker, soort=Rol.Soort.BEHEERDER, tot=None)
        self.stdout.write("Deze persoon is nu beheerder." if is_nieuw else "Deze persoon was al beheerder.")
