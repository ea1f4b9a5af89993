"""Inviting: by whom, for what, once, for fourteen days."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from collectief.gebruikers.actions import nodig_uit
from collectief.gebruikers.models import Gebruiker, Rol, Roluitnodiging, UitnodigingOngeldig
from collectief.gebruikers.permissions import mag_uitnodigen_voor
from collectief.post.models import Bericht
from tests.factories import GebruikerFactory, InitiatiefFactory, RolFactory
from tests.samen import tegelijk

UITNODIGEN = "/gebruikers/uitnodigen/"


@pytest.fixture
def uitnodiging(coordinator, initiatief) -> Roluitnodiging:
    return nodig_uit(
        uitnodiging=Roluitnodiging(
            email="nieuw@voorbeeld.example",
            naam="Nel Nieuw",
            soort="begeleider",
            initiatief=initiatief,
            door=coordinator,
        )
    )


def adres(uitnodiging: Roluitnodiging) -> str:
    return reverse("gebruikers:aanvaard", args=[uitnodiging.token])


def post_uitnodiging(client: Client, **velden):
    gegevens = {"naam": "Nel", "email": "nel@voorbeeld.example", "soort": "begeleider"} | velden
    return client.post(UITNODIGEN, gegevens)


def test_a_coordinator_invites_for_her_own_initiative(als, coordinator, initiatief):
    response = post_uitnodiging(als(coordinator), initiatief=initiatief.pk)

    assert response.status_code == 302
    assert Roluitnodiging.objects.get().initiatief == initiatief
    assert Bericht.objects.get().aan_adres == "nel@voorbeeld.example"


@pytest.mark.parametrize("soort", ["begeleider", "coordinator"])
def test_a_coordinator_cannot_invite_for_another_initiative(als, coordinator, ander_initiatief, soort):
    response = post_uitnodiging(als(coordinator), initiatief=ander_initiatief.pk, soort=soort)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Roluitnodiging.objects.exists()


@pytest.mark.parametrize("soort", ["kernteam", "beheerder", "verbondgenoot"])
def test_a_coordinator_cannot_invite_for_a_role_of_the_collective(als, coordinator, soort):
    post_uitnodiging(als(coordinator), soort=soort)

    assert not Roluitnodiging.objects.exists()


def test_who_may_invite_for_what(coordinator, beheerder, begeleider, kernteamlid, initiatief, ander_initiatief):
    tabel = {
        (wie, soort, waar): mag_uitnodigen_voor(gebruiker, soort, plek.pk if plek else None)
        for wie, gebruiker in {"co": coordinator, "bea": beheerder, "bo": begeleider, "kim": kernteamlid}.items()
        for soort, waar, plek in [
            ("begeleider", "eigen", initiatief),
            ("coordinator", "eigen", initiatief),
            ("begeleider", "ander", ander_initiatief),
            ("kernteam", "-", None),
        ]
    }

    assert {sleutel for sleutel, mag in tabel.items() if mag} == {
        ("co", "begeleider", "eigen"),
        ("co", "coordinator", "eigen"),
        ("bea", "begeleider", "eigen"),
        ("bea", "coordinator", "eigen"),
        ("bea", "begeleider", "ander"),
        ("bea", "kernteam", "-"),
    }


@pytest.mark.parametrize(
    ("velden", "veld", "zin"),
    [
        ({"naam": ""}, "naam", "Vul de naam in"),
        ({"email": "geen adres"}, "email", "Dit is geen e-mailadres"),
        ({"email": ""}, "email", "Vul het e-mailadres in"),
        ({"soort": "koning"}, "soort", ""),
        ({"initiatief": ""}, "initiatief", "Kies voor welk initiatief"),
        ({"initiatief": "abc"}, "initiatief", ""),
        ({"email": "a@b.nl\r\nBcc: c@d.nl"}, "email", "Dit is geen e-mailadres"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(als, coordinator, initiatief, velden, veld, zin):
    response = post_uitnodiging(als(coordinator), **({"initiatief": initiatief.pk} | velden))

    fouten = response.context["form"].errors
    assert zin in " ".join(fouten[veld])
    assert "Nel" in response.text or veld == "naam"


def test_someone_who_has_the_role_is_not_invited_again(als, coordinator, begeleider, initiatief):
    response = post_uitnodiging(als(coordinator), email="BO@voorbeeld.example", initiatief=initiatief.pk)

    assert response.context["form"].errors["email"] == ["Deze persoon heeft deze rol al."]


def test_a_new_colleague_makes_an_account_and_has_the_role(client, uitnodiging, initiatief):
    response = client.post(adres(uitnodiging), {"naam": "Nel Nieuw", "wachtwoord": "een zin die niemand raadt"})

    nel = Gebruiker.objects.get(email="nieuw@voorbeeld.example")
    assert response.url == reverse("account_login")
    assert nel.initiatieven_als("begeleider") == {initiatief.pk}
    assert nel.emailaddress_set.get().verified


def test_a_short_password_gets_a_sentence_and_makes_no_account(client, uitnodiging):
    response = client.post(adres(uitnodiging), {"naam": "Nel", "wachtwoord": "kort"})

    zin = "Dit wachtwoord is te kort. Kies er een van minstens 12 tekens."
    assert zin in response.context["form"].errors["wachtwoord"]
    assert not Gebruiker.objects.filter(email="nieuw@voorbeeld.example").exists()


def test_an_invitation_works_once(client, uitnodiging):
    uitnodiging.aanvaard(GebruikerFactory())

    response = client.get(adres(uitnodiging))

    assert response.status_code == 410
    assert "al gebruikt" in response.text


@pytest.mark.parametrize(
    ("dagen", "status"), [(13, 200), (14, 410), (365, 410)], ids=["after 13 days", "after 14 days", "after a year"]
)
def test_an_invitation_lasts_fourteen_days(client, uitnodiging, dagen, status):
    with time_machine.travel(uitnodiging.verstuurd_op + timedelta(days=dagen)):
        assert client.get(adres(uitnodiging)).status_code == status


def test_a_withdrawn_invitation_does_not_work(als, coordinator, client, uitnodiging):
    als(coordinator).post(reverse("gebruikers:trek_in", args=[uitnodiging.pk]))

    assert client.get(adres(uitnodiging)).status_code == 410


def _sluit_account(gebruiker: Gebruiker) -> None:
    Gebruiker.objects.filter(pk=gebruiker.pk).update(is_active=False)


@pytest.mark.parametrize("hoe", [lambda wie: wie.rollen.get().beeindig(), _sluit_account], ids=["role", "account"])
@pytest.mark.parametrize("van", ["coordinator", "beheerder"])
def test_nobody_comes_in_by_an_invitation_of_somebody_who_left(client, als, request, uitnodiging, van, hoe):
    wie = request.getfixturevalue(van)
    Roluitnodiging.objects.update(door=wie)
    met_account = GebruikerFactory()

    hoe(wie)

    antwoord = client.post(adres(uitnodiging), {"naam": "Zij zelf", "wachtwoord": "een zin die niemand raadt"})
    assert antwoord.status_code == 410
    assert not Gebruiker.objects.filter(email=uitnodiging.email).exists()
    with pytest.raises(UitnodigingOngeldig):
        uitnodiging.aanvaard(met_account)


@pytest.mark.parametrize(
    ("soort", "waar", "blijft_open"),
    [
        ("coordinator", "hier", False),
        ("coordinator", "elders", True),
        ("begeleider", "hier", True),
        ("kernteam", "", True),
        ("beheerder", "", False),
    ],
)
def test_only_what_somebody_sent_with_a_role_ends_with_it(uitnodiging, coordinator, soort, waar, blijft_open):
    plek = {"hier": uitnodiging.initiatief, "elders": InitiatiefFactory(), "": None}[waar]
    andere = Roluitnodiging.objects.create(
        email="a@voorbeeld.example",
        naam="A",
        soort="begeleider",
        initiatief=plek or uitnodiging.initiatief,
        door=GebruikerFactory(),
    )
    wie = GebruikerFactory()
    Roluitnodiging.objects.filter(pk=uitnodiging.pk).update(door=wie)

    RolFactory(gebruiker=wie, soort=soort, initiatief=plek).beeindig()

    open_nu = set(Roluitnodiging.objects.open().values_list("pk", flat=True))
    assert open_nu == {andere.pk} | ({uitnodiging.pk} if blijft_open else set())


def test_another_coordinator_cannot_withdraw_it(als, uitnodiging, ander_initiatief):
    andere = RolFactory(soort="coordinator", initiatief=ander_initiatief).gebruiker

    response = als(andere).post(reverse("gebruikers:trek_in", args=[uitnodiging.pk]))

    assert response.status_code == 404


def test_someone_with_an_account_signs_in_first(client, als, uitnodiging):
    nel = GebruikerFactory(email="nieuw@voorbeeld.example")
    anoniem = client.post(adres(uitnodiging))
    zelf = als(nel).post(adres(uitnodiging))

    assert "Inloggen" in anoniem.text
    assert zelf.status_code == 302
    assert nel.rollen.nu().count() == 1


def test_the_link_of_someone_else_gives_me_nothing(als, uitnodiging, buitenstaander):
    GebruikerFactory(email="nieuw@voorbeeld.example")

    als(buitenstaander).post(adres(uitnodiging))

    assert buitenstaander.rollen.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_with_the_same_link_at_once_get_one_role(uitnodiging):
    mensen = GebruikerFactory.create_batch(2)

    uitkomsten = tegelijk(*(partial(uitnodiging.aanvaard, mens) for mens in mensen), weigert=UitnodigingOngeldig)

    assert [isinstance(uitkomst, UitnodigingOngeldig) for uitkomst in uitkomsten].count(True) == 1
    assert Rol.objects.filter(gebruiker__in=mensen).count() == 1


def _krijgt_adres(gebruiker, *, is_van_haar: bool):
    """Give somebody the address of the invitation beside her own."""
    EmailAddress.objects.create(user=gebruiker, email="nieuw@voorbeeld.example", verified=is_van_haar)
    return gebruiker


def test_an_invitation_to_somebodys_second_address_is_hers(als, client, uitnodiging):
    nel = _krijgt_adres(GebruikerFactory(), is_van_haar=True)

    anoniem = client.post(adres(uitnodiging), {"naam": "Nel", "wachtwoord": "een lange zin voor mij"})
    zelf = als(nel).post(adres(uitnodiging))

    assert (anoniem.status_code, "Inloggen" in anoniem.text) == (200, True)
    assert (zelf.status_code, nel.rollen.nu().count()) == (302, 1)


def test_an_address_that_somebody_only_typed_is_not_hers(als, client, uitnodiging):
    nel = _krijgt_adres(GebruikerFactory(), is_van_haar=False)

    als(nel).post(adres(uitnodiging))
    nieuw = client.post(adres(uitnodiging), {"naam": "Nel", "wachtwoord": "een lange zin voor mij"})

    assert (nel.rollen.count(), nieuw.status_code) == (0, 302)
    assert Rol.objects.get(soort=uitnodiging.soort, initiatief=uitnodiging.initiatief, tot=None).gebruiker.naam == "Nel"


def test_who_has_the_role_or_sends_it_is_known_by_her_second_address_too(als, coordinator, begeleider, initiatief):
    _krijgt_adres(begeleider, is_van_haar=True)
    EmailAddress.objects.create(user=coordinator, email="co2@voorbeeld.example", verified=True)
    velden = {"soort": "begeleider", "initiatief": initiatief.pk}

    al = post_uitnodiging(als(coordinator), email="nieuw@voorbeeld.example", **velden)
    zelf = post_uitnodiging(als(coordinator), email="co2@voorbeeld.example", **velden)

    assert "Deze persoon heeft deze rol al." in al.text
    assert "Jezelf kun je geen rol geven" in zelf.text
    assert not Roluitnodiging.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_link_that_is_accepted_twice_at_once_makes_one_account(uitnodiging):
    velden = {"naam": "Nel", "wachtwoord": "een lange zin voor mij"}

    antwoorden = tegelijk(*[lambda: Client().post(adres(uitnodiging), velden).status_code] * 2)

    na_elkaar = Client().post(adres(uitnodiging), velden).status_code
    assert [*antwoorden, na_elkaar] == [302, 302, 302]
    assert Gebruiker.objects.get(email="nieuw@voorbeeld.example").rollen.nu().count() == 1


def test_the_database_refuses_a_role_that_does_not_fit(begeleider):
    with pytest.raises(IntegrityError, match="rol_past_bij_initiatief"):
        Rol.objects.create(gebruiker=begeleider, soort="begeleider")


def test_a_role_is_held_once_at_a_time(begeleider, initiatief):
    with pytest.raises(ValidationError, match="heeft deze rol al"):
        Rol(gebruiker=begeleider, soort="begeleider", initiatief=initiatief).full_clean()


def test_an_ended_role_can_be_given_again(begeleider, initiatief):
    begeleider.rollen.get().beeindig()

    Rol.objects.create(gebruiker=begeleider, soort="begeleider", initiatief=initiatief)

    assert begeleider.rollen.nu().count() == 1
    assert begeleider.rollen.exclude(tot=None).get().tot == timezone.localdate()


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_page_takes_the_same_number_of_queries_however_many_were_invited(
    als, coordinator, initiatief, aantal, django_assert_num_queries
):
    for nummer in range(aantal):
        Roluitnodiging.objects.create(
            email=f"n{nummer}@voorbeeld.example", naam="N", soort="begeleider", initiatief=initiatief, door=coordinator
        )
    client = als(coordinator)

    with django_assert_num_queries(6):
        client.get(UITNODIGEN)


def test_an_admin_gives_herself_no_role(als, beheerder, initiatief):
    """Admins never open a trajectory; with a role as coördinator she could."""
    response = post_uitnodiging(
        als(beheerder), email=beheerder.email.upper(), soort="coordinator", initiatief=initiatief.pk
    )

    assert "Jezelf kun je geen rol geven" in response.text
    assert not Roluitnodiging.objects.exists()


def test_an_admin_cannot_accept_what_she_sent_by_taking_over_the_address(als, beheerder, initiatief):
    uitnodiging = nodig_uit(
        uitnodiging=Roluitnodiging(
            email="tweede@voorbeeld.example", naam="Bea", soort="coordinator", initiatief=initiatief, door=beheerder
        )
    )
    beheerder.email = "tweede@voorbeeld.example"
    beheerder.save()

    response = als(beheerder).post(adres(uitnodiging))

    assert response.status_code == 200
    assert not Rol.objects.filter(soort="coordinator").exists()
    with pytest.raises(UitnodigingOngeldig):
        uitnodiging.aanvaard(beheerder)


def test_an_admin_finds_an_initiative_in_the_list_by_the_alphabet(als, beheerder):
    for naam in ("Zandpad", "Één Erf", "akkerrand"):
        InitiatiefFactory(naam=naam)

    keuzes = als(beheerder).get(UITNODIGEN).context["form"].fields["initiatief"].queryset

    assert [keuze.naam for keuze in keuzes] == ["akkerrand", "Één Erf", "Zandpad"]
