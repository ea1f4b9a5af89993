"""What is done to people's accounts over several models."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse

from collectief.gebruikers.models import Gebruiker, Rol, Roluitnodiging, UitnodigingOngeldig
from collectief.post.actions import leg_klaar


@transaction.atomic
def nodig_uit(*, uitnodiging: Roluitnodiging) -> Roluitnodiging:
    """Save the invitation and mail its link."""
    uitnodiging.save()
    leg_klaar(
        sleutel=f"roluitnodiging:{uitnodiging.pk}",
        soort="roluitnodiging",
        aan_adres=uitnodiging.email,
        pad=reverse("gebruikers:aanvaard", args=[uitnodiging.token]),
        gegevens={
            "rol": uitnodiging.get_soort_display(),
            "waar": str(uitnodiging.initiatief or "het collectief"),
        },
    )
    return uitnodiging


@transaction.atomic
def aanvaard_met_nieuw_account(*, uitnodiging: Roluitnodiging, naam: str, wachtwoord: str) -> Rol:
    """Make an account with a verified address and give it the role.

    Raises UitnodigingOngeldig, and then makes nothing: also when somebody has that address by now.
    """
    try:
        with transaction.atomic():
            gebruiker = Gebruiker.objects.create_user(uitnodiging.email, wachtwoord, naam=naam)
            EmailAddress.objects.create(user=gebruiker, email=gebruiker.email, verified=True, primary=True)
    except IntegrityError as bezet:
        raise UitnodigingOngeldig from bezet
    return uitnodiging.aanvaard(gebruiker)
