"""Who left: a year later nobody can reach her or sign in as her, and what she wrote keeps her name."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from collectief.gebruikers.models import Gebruiker, Rol, Roluitnodiging
from collectief.gebruikers.tasks import ruim_sessies_op
from tests.factories import GebruikerFactory, RolFactory, geef_wachtwoord

pytestmark = pytest.mark.django_db


def geleden(dagen: int):
    return timezone.now() - timedelta(days=dagen)


def vertrokken(*, weg: int = 400, inlog: int | None = 400, **velden) -> Gebruiker:
    """Somebody whose only role ended, and who signed in last, so many days ago."""
    laatst = inlog and geleden(inlog)
    gebruiker = geef_wachtwoord(GebruikerFactory(aangemaakt_op=geleden(900), last_login=laatst, **velden))
    RolFactory(gebruiker=gebruiker, van=geleden(800), tot=geleden(weg))
    return gebruiker


def is_gewist(gebruiker: Gebruiker) -> bool:
    return Gebruiker.objects.get(pk=gebruiker.pk).email != gebruiker.email


# Days since the last role ended, days since the last visit (None: never), what is more, whether she is forgotten.
WIE = [
    (367, 367, {}, True),
    (367, None, {}, True),
    (364, 367, {}, False),
    (367, 364, {}, False),
    (400, 400, {"is_superuser": True}, False),
    (400, 400, {"is_staff": True}, False),
    (400, 400, {"is_active": False}, True),
]


@pytest.mark.parametrize(("weg", "inlog", "velden", "gewist"), WIE)
def test_an_account_is_forgotten_a_year_after_the_last_role_and_the_last_visit(weg, inlog, velden, gewist):
    gebruiker = vertrokken(weg=weg, inlog=inlog, **velden)

    ruim_sessies_op()

    assert is_gewist(gebruiker) is gewist


def test_nobody_can_reach_her_or_sign_in_as_her_and_her_words_keep_her_name():
    gebruiker = vertrokken(naam="Demo Vertrokken")
    Authenticator.objects.create(user=gebruiker, type="totp", data={})

    ruim_sessies_op()
    ruim_sessies_op()

    nu = Gebruiker.objects.get(pk=gebruiker.pk)
    assert (nu.email, nu.is_active, nu.has_usable_password()) == (f"{nu.pk}@gewist.invalid", False, False)
    assert not EmailAddress.objects.filter(user=nu).exists()
    assert not Authenticator.objects.filter(user=nu).exists()
    assert str(nu) == "Demo Vertrokken"


@pytest.mark.parametrize(("rol", "uitgenodigd"), [(True, False), (False, True)])
def test_who_holds_another_role_or_is_asked_again_is_not_forgotten(rol, uitgenodigd):
    gebruiker = vertrokken()
    if rol:
        RolFactory(gebruiker=gebruiker, soort=Rol.Soort.VERBONDGENOOT, van=geleden(800))
    if uitgenodigd:
        beheerder = RolFactory(soort=Rol.Soort.BEHEERDER).gebruiker
        Roluitnodiging.objects.create(email=gebruiker.email.upper(), naam="Demo", soort="kernteam", door=beheerder)

    ruim_sessies_op()

    assert not is_gewist(gebruiker)


def test_an_invitation_goes_with_the_account_and_one_that_nobody_took_after_a_year():
    weg, beheerder = vertrokken(), RolFactory(soort=Rol.Soort.BEHEERDER).gebruiker
    vraag = {"naam": "Demo", "soort": "kernteam", "door": beheerder}
    Roluitnodiging.objects.create(email=weg.email, verstuurd_op=geleden(800), aanvaard_op=geleden(800), **vraag)
    Roluitnodiging.objects.create(email="nooit@voorbeeld.example", verstuurd_op=geleden(367), **vraag)
    blijft = [
        Roluitnodiging.objects.create(email="a@voorbeeld.example", verstuurd_op=geleden(364), **vraag),
        Roluitnodiging.objects.create(
            email=beheerder.email, verstuurd_op=geleden(900), aanvaard_op=geleden(900), **vraag
        ),
    ]

    ruim_sessies_op()

    assert list(Roluitnodiging.objects.order_by("pk")) == blijft


def test_where_a_session_came_from_goes_when_the_session_is_over(client, begeleider):
    client.force_login(begeleider)
    loopt = Session.objects.get().session_key
    for sleutel in (loopt, "voorbij"):
        UserSession.objects.create(user=begeleider, ip="192.0.2.9", session_key=sleutel, user_agent="Een browser")

    ruim_sessies_op()

    assert list(UserSession.objects.values_list("session_key", flat=True)) == [loopt]
