"""Who is asking: fetched in one query per request, with everything that every page needs to know about her."""

from allauth.account.auth_backends import AuthenticationBackend

from collectief.gebruikers.models import Gebruiker


class Inlogbackend(AuthenticationBackend):
    """Sign in as allauth does; fetch the user of a session together with her roles and her second factor."""

    def get_user(self, user_id: int) -> Gebruiker | None:
        gebruiker = Gebruiker.objects.die_vraagt(user_id)
        return gebruiker if gebruiker and self.user_can_authenticate(gebruiker) else None
