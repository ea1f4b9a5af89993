"""Who is asking: fetched in one query per request, with everything that every page needs to know about her."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from collectief.gebruikers.models import Gebruiker, Rol
from collectief.rijbeveiliging import bij_naam


class Inlogbackend(AuthenticationBackend):
    """Sign in as allauth does; fetch the user of a session together with her roles and her second factor.

    The same query names her to the database for this transaction. Somebody without a role is fetched the usual way.
    """

    def get_user(self, user_id) -> Gebruiker | None:
        tweede_factor = Authenticator.objects.filter(user=OuterRef("gebruiker"))
        rollen = list(
            Rol.objects.nu()
            .filter(gebruiker=user_id)
            .select_related("gebruiker")
            .annotate(heeft_tweede_factor=Exists(tweede_factor), genoemd=bij_naam(user_id))
            .order_by("soort", "pk")
        )
        if not rollen:
            return super().get_user(user_id)
        gebruiker = rollen[0].gebruiker
        gebruiker.rollen_nu = rollen
        gebruiker.heeft_tweede_factor = rollen[0].heeft_tweede_factor
        gebruiker.is_genoemd = True
        return gebruiker if self.user_can_authenticate(gebruiker) else None
