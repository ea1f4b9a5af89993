"""A meeting and its guests: inviting, moving, calling off, and the mail about it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from bijeenkomsten.actions import gelast_af, nodig_doelgroep_uit, nodig_uit, wijzig
from bijeenkomsten.models import Uitnodiging
from collectief.gebruikers.models import Gebruiker, Rol
from collectief.post.models import Bericht
from collectief.post.verzenden import stel_op
from tests.bijeenkomsten.factories import AL_GEWEEST, BijeenkomstFactory, UitnodigingFactory

pytestmark = pytest.mark.django_db


def post(soort: str) -> list[Bericht]:
    return list(Bericht.objects.filter(soort=soort).select_related("aan").order_by("pk"))


def test_everyone_of_the_group_is_invited_once_with_one_mail_each(begeleider, coordinator, kernteamlid):
    bijeenkomst = BijeenkomstFactory()

    eerst = nodig_doelgroep_uit(bijeenkomst=bijeenkomst)
    nog_eens = nodig_doelgroep_uit(bijeenkomst=bijeenkomst)

    assert (eerst, nog_eens) == (2, 0)
    assert {bericht.adres for bericht in post("bijeenkomst_uitnodiging")} == {begeleider.email, coordinator.email}
    assert Uitnodiging.objects.filter(antwoord="open").count() == 2


def test_the_mail_of_an_invitation_tells_when_and_where_and_never_holds_the_link(begeleider):
    bijeenkomst = BijeenkomstFactory(titel="Samen leren", soort="online", plaats="", link="https://geheim.example/x")

    nodig_doelgroep_uit(bijeenkomst=bijeenkomst)

    mail = stel_op(post("bijeenkomst_uitnodiging")[0])
    assert mail.subject == "Uitnodiging: Samen leren"
    assert f"Wanneer: {bijeenkomst.wanneer}" in mail.body
    assert "Waar: Online" in mail.body
    assert f"/bijeenkomsten/{bijeenkomst.pk}/meedoen/" in mail.body
    assert "geheim" not in mail.message().as_string()


def test_a_guest_without_an_account_gets_a_personal_link():
    uitnodiging = nodig_uit(bijeenkomst=BijeenkomstFactory(), naam="Gast", adres="Gast@Voorbeeld.example")

    (bericht,) = post("bijeenkomst_uitnodiging")
    assert (bericht.adres, uitnodiging.wie) == ("gast@voorbeeld.example", "Gast")
    assert f"/bijeenkomsten/antwoord/{uitnodiging.token}/" in stel_op(bericht).body


def test_someone_with_an_account_is_invited_as_herself(begeleider):
    uitnodiging = nodig_uit(bijeenkomst=BijeenkomstFactory(), naam="B.", adres=begeleider.email.upper())

    assert (uitnodiging.gebruiker, uitnodiging.wie) == (begeleider, "Bo Begeleider")


@pytest.mark.parametrize("adres", ["gast@voorbeeld.example", "bo@voorbeeld.example"])
def test_nobody_is_invited_twice(begeleider, adres):
    bijeenkomst = BijeenkomstFactory()
    nodig_uit(bijeenkomst=bijeenkomst, naam="Gast", adres=adres)

    with pytest.raises(ValidationError) as fout:
        nodig_uit(bijeenkomst=bijeenkomst, naam="Gast", adres=adres)

    assert fout.value.messages == ["Deze persoon is al uitgenodigd."]
    assert len(post("bijeenkomst_uitnodiging")) == 1


@pytest.mark.parametrize(
    ("velden", "begin"),
    [
        ({"status": "concept"}, "Publiceer de bijeenkomst eerst."),
        ({"status": "afgelast"}, "Publiceer de bijeenkomst eerst."),
        ({"begint_op": AL_GEWEEST}, "Deze bijeenkomst is al geweest."),
    ],
)
def test_inviting_is_for_meetings_that_still_happen(begeleider, velden, begin):
    bijeenkomst = BijeenkomstFactory(**velden)

    with pytest.raises(ValidationError, match=begin):
        nodig_doelgroep_uit(bijeenkomst=bijeenkomst)
    with pytest.raises(ValidationError, match=begin):
        nodig_uit(bijeenkomst=bijeenkomst, naam="Gast", adres="gast@voorbeeld.example")

    assert not Uitnodiging.objects.exists()
    assert not Bericht.objects.exists()


def test_a_new_time_is_told_to_everyone_who_did_not_say_no():
    bijeenkomst = BijeenkomstFactory()
    wie = {antwoord: UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord=antwoord) for antwoord in ANTWOORDEN}

    bijeenkomst.begint_op -= timedelta(hours=1)
    wijzig(bijeenkomst=bijeenkomst)

    berichten = post("bijeenkomst_verplaatst")
    assert [bericht.aan for bericht in berichten] == [wie[a].gebruiker for a in ("ja", "misschien", "open")]
    assert f"Wanneer: {bijeenkomst.wanneer}" in stel_op(berichten[0]).body


ANTWOORDEN = ("ja", "misschien", "nee", "open")


def test_every_move_is_told_and_a_new_title_is_not():
    bijeenkomst = UitnodigingFactory().bijeenkomst

    for plaats in ("De Kas", "De Kas", "Het Atelier"):
        bijeenkomst.plaats, bijeenkomst.titel = plaats, f"Naar {plaats}"
        wijzig(bijeenkomst=bijeenkomst)
    bijeenkomst.titel = "Iets anders"
    wijzig(bijeenkomst=bijeenkomst)

    assert len(post("bijeenkomst_verplaatst")) == 2


@pytest.mark.parametrize("velden", [{"status": "concept"}, {"begint_op": AL_GEWEEST}])
def test_nobody_hears_of_a_change_in_a_draft_or_in_the_past(velden):
    bijeenkomst = UitnodigingFactory(bijeenkomst=BijeenkomstFactory(**velden)).bijeenkomst

    bijeenkomst.plaats = "De Kas"
    wijzig(bijeenkomst=bijeenkomst)

    assert not Bericht.objects.exists()


def test_calling_off_is_told_once_and_silences_what_still_waits():
    bijeenkomst = BijeenkomstFactory(titel="Samen leren")
    nodig_uit(bijeenkomst=bijeenkomst, naam="Gast", adres="gast@voorbeeld.example")
    UitnodigingFactory(bijeenkomst=bijeenkomst, antwoord="nee")

    gelast_af(bijeenkomst=bijeenkomst, omdat="Er ligt sneeuw.")

    (bericht,) = post("bijeenkomst_afgelast")
    mail = stel_op(bericht)
    assert (mail.subject, mail.to) == ("Afgelast: Samen leren", ["gast@voorbeeld.example"])
    assert "Er ligt sneeuw." in mail.body
    assert post("bijeenkomst_uitnodiging")[0].toestand == "vervallen"


def test_a_hostile_title_cannot_add_a_mail_header_or_markup():
    titel = "Feest\r\nBcc: iedereen@voorbeeld.example <script>alert(1)</script>"
    nodig_uit(bijeenkomst=BijeenkomstFactory(titel=titel), naam="Gast", adres="gast@voorbeeld.example")

    mail = stel_op(Bericht.objects.get())
    assert mail.subject == "Uitnodiging: Feest Bcc: iedereen@voorbeeld.example <script>alert(1)</script>"
    assert mail.message()["Bcc"] is None
    assert "<script>" not in mail.alternatives[0].content


def test_very_many_people_are_invited_and_mailed_at_once(initiatief, django_assert_num_queries):
    gebruikers = Gebruiker.objects.bulk_create(
        Gebruiker(email=f"m{nummer}@voorbeeld.example", naam=f"Mens {nummer}", password="!") for nummer in range(400)
    )
    Rol.objects.bulk_create(Rol(gebruiker=wie, soort="begeleider", initiatief=initiatief) for wie in gebruikers)
    bijeenkomst = BijeenkomstFactory()

    with django_assert_num_queries(8):
        nodig_doelgroep_uit(bijeenkomst=bijeenkomst)

    assert len(post("bijeenkomst_uitnodiging")) == 400
