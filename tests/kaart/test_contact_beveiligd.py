"""Who may see and change what a family asked, as the database alone decides."""

import pytest
from django.db import connection

from collectief.rijbeveiliging import als_gebruiker, als_taak, met_sleutel
from kaart.contactstanden import Beweger, Contactstand
from kaart.models import ContactGeweigerd, Contactinzage, Contactplek, Contactverzoek, Zoekalarm
from tests.kaart.vragen import GEZIN, maak_alarm, maak_vraag, zoals_nu
from tests.proberen import lukt

TABELLEN = ["kaart_contactinzage", "kaart_contactplek", "kaart_contactverzoek", "kaart_zoekalarm"]


@pytest.fixture
def vraag(initiatief, ander_initiatief) -> Contactverzoek:
    """Asked of De Wilgenhoek and of Atelier Noord."""
    return maak_vraag(initiatief, ander_initiatief)


def te_zien() -> tuple[int, int, int]:
    return tuple(model.objects.count() for model in (Contactverzoek, Contactplek, Zoekalarm))


def test_without_anybody_named_there_is_nothing(vraag):
    maak_alarm()

    assert te_zien() == (0, 0, 0)


@pytest.mark.parametrize(
    ("wie", "telling"),
    [
        ("begeleider", (1, 1, 0)),
        ("coordinator", (1, 1, 0)),
        ("buitenstaander", (1, 1, 0)),  # works at the other place that was asked
        ("kernteamlid", (0, 0, 0)),
        ("beheerder", (0, 0, 0)),
        ("verbondgenoot", (0, 0, 0)),
    ],
)
def test_staff_see_what_their_own_place_was_asked_and_nobody_else_anything(vraag, bezetting, wie, telling):
    maak_alarm()

    with als_gebruiker(getattr(bezetting, wie).pk):
        assert te_zien() == telling


def test_a_place_that_was_not_asked_sees_nothing(initiatief, buitenstaander):
    maak_vraag(initiatief)

    with als_gebruiker(buitenstaander.pk):
        assert te_zien() == (0, 0, 0)


def test_who_does_not_work_there_any_more_sees_nothing(vraag, begeleider):
    begeleider.rollen.get().beeindig()

    with als_gebruiker(begeleider.pk):
        assert te_zien() == (0, 0, 0)


def test_a_link_shows_its_own_question_and_no_other(vraag, initiatief):
    ander, alarm = maak_vraag(initiatief), maak_alarm()

    with met_sleutel(vraag.pk):
        assert (te_zien(), Contactverzoek.objects.get().naam) == ((1, 2, 0), GEZIN["naam"])
    with met_sleutel(ander.pk):
        assert te_zien() == (1, 1, 0)
    with met_sleutel(alarm.pk):
        assert te_zien() == (0, 0, 1)


@pytest.mark.parametrize(
    ("taak", "telling"), [("contact", (1, 2, 0)), ("alarm", (0, 0, 1)), ("nazorg", (0, 0, 0)), ("", (0, 0, 0))]
)
def test_a_task_sees_only_what_it_is_for(vraag, taak, telling):
    maak_alarm()

    with als_taak(taak):
        assert te_zien() == telling


def test_staff_move_their_own_place_and_touch_nothing_that_the_family_wrote(vraag, begeleider, ander_initiatief):
    with als_gebruiker(begeleider.pk):
        assert lukt("UPDATE kaart_contactplek SET stand = 'in_gesprek'")
        assert not lukt("UPDATE kaart_contactplek SET initiatief_id = initiatief_id")
        assert not lukt(
            "UPDATE kaart_contactplek SET stand = 'in_gesprek' WHERE initiatief_id = %s", ander_initiatief.pk
        )
        assert not lukt("UPDATE kaart_contactverzoek SET gevonden = 'ja'")
        assert not lukt("DELETE FROM kaart_contactplek")
        assert not lukt("DELETE FROM kaart_contactverzoek")


def test_nobody_adds_a_question_under_the_key_of_another(vraag):
    velden = "SELECT gen_random_uuid(), gen_random_uuid(), 'ouder', 'x', 'x', 'mail', now(), 0, ''"
    nieuw = (
        "INSERT INTO kaart_contactverzoek (id, kenmerk, wie, naam, email, hoe, aangemaakt_op, gevraagd_na, gevonden)"
    )

    assert not lukt(f"{nieuw} {velden}")
    with met_sleutel(vraag.pk):
        assert not lukt(f"{nieuw} {velden}")


def test_the_tables_force_row_security_on_everybody(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(relname::text ORDER BY relname) FROM pg_class "
            "WHERE relname LIKE 'kaart%%' AND relkind = 'r' AND relrowsecurity AND relforcerowsecurity"
        )
        assert cursor.fetchone()[0] == TABELLEN


def test_who_asked_stands_in_no_column_that_can_be_read(vraag, begeleider):
    with als_gebruiker(begeleider.pk), connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(v)::text FROM kaart_contactverzoek v")
        rij = cursor.fetchone()[0]

    assert not [
        waarde for naam, waarde in GEZIN.items() if isinstance(waarde, str) and len(waarde) > 7 and waarde in rij
    ]


# --- Moving it ------------------------------------------------------------------------------------------------------


def test_a_place_moves_its_own_question(vraag, begeleider):
    with als_gebruiker(begeleider.pk):
        plek = Contactplek.objects.get()
        plek.zet(Contactstand.GEEN_PLEK, beweger=Beweger.PLEK, door=begeleider, uit="nieuw", reden="vol")

    standen = {(plek.stand, plek.reden) for plek in zoals_nu(vraag).plekken.all()}
    assert standen == {("geen_plek", "vol"), ("nieuw", "")}


def test_a_decision_about_what_has_changed_meanwhile_is_refused(vraag, begeleider, coordinator):
    with als_gebruiker(begeleider.pk):
        plek = Contactplek.objects.get()
        plek.zet(Contactstand.IN_GESPREK, beweger=Beweger.PLEK, door=begeleider)

        with pytest.raises(ContactGeweigerd, match="Intussen is er iets veranderd"):
            plek.zet(Contactstand.GEEN_PLEK, beweger=Beweger.PLEK, door=coordinator, uit="nieuw", reden="vol")


def test_taking_it_back_stops_every_place_and_erases_who_asked(vraag, begeleider):
    with met_sleutel(vraag.pk):
        Contactverzoek.objects.get().trek_in()

    nu = zoals_nu(vraag)
    assert {plek.stand for plek in nu.plekken.all()} == {"ingetrokken"}
    assert [nu.naam, nu.email, nu.telefoon, nu.wanneer, nu.bericht, nu.leeftijd] == [None] * 6
    with als_gebruiker(begeleider.pk), pytest.raises(ContactGeweigerd, match="ingetrokken"):
        Contactplek.objects.get().zet(Contactstand.IN_GESPREK, beweger=Beweger.PLEK, door=begeleider)


def test_a_link_is_made_by_us_and_for_one_purpose():
    vraag, alarm = Contactverzoek(), Zoekalarm()

    assert Contactverzoek.sleutel_van(vraag.token) == vraag.pk
    vreemd = ["", "x", alarm.token, vraag.token[:-1], vraag.token.replace(":", ""), "é:ü", "A" * 500, str(vraag.pk)]
    assert {Contactverzoek.sleutel_van(token) for token in vreemd} == {None}


# --- Every policy earns its place -----------------------------------------------------------------------------------


NOTEER = """
INSERT INTO kaart_contactinzage (plek_id, gebruiker_id, op) SELECT id, app_gebruiker(), now() FROM kaart_contactplek
"""


def wat_iedereen_kan(sleutels: list, mensen: list) -> list:
    """What everybody may read, change and add, table by table."""
    als = [*(lambda s=s: met_sleutel(s) for s in sleutels), *(lambda m=m: als_gebruiker(m.pk) for m in mensen)]
    als += [lambda: als_taak("contact"), lambda: als_taak("alarm")]
    uitkomsten = []
    for wie in als:
        with wie():
            uitkomsten.append(
                (
                    (*te_zien(), Contactinzage.objects.count()),
                    lukt(NOTEER),
                    lukt("UPDATE kaart_contactplek SET herinnerd_op = now()"),
                    lukt("UPDATE kaart_contactverzoek SET gevraagd_na = 30"),
                    lukt("UPDATE kaart_zoekalarm SET gemaild_op = now()"),
                )
            )
    return uitkomsten


@pytest.mark.django_db(transaction=True)
def test_without_any_one_policy_somebody_can_do_less_than_she_should(
    eigenaar, initiatief, begeleider, kernteamlid, beheerder
):
    vraag, alarm = maak_vraag(initiatief), maak_alarm()
    with als_gebruiker(begeleider.pk):
        Contactplek.objects.get().noteer_inzage(begeleider)
    wie = ([vraag.pk, alarm.pk], [begeleider, kernteamlid, beheerder])
    zoals_het_hoort = wat_iedereen_kan(*wie)
    policies = eigenaar.execute(
        "SELECT tablename, policyname, pg_get_expr(coalesce(p.polqual, p.polwithcheck), p.polrelid), cmd "
        "FROM pg_policies JOIN pg_policy p ON p.polname = policyname AND p.polrelid = tablename::regclass "
        "WHERE tablename LIKE 'kaart%' AND policyname <> 'opruimen_door_eigenaar'"
    ).fetchall()

    zonder_gevolg = []
    for tabel, naam, regel, waarvoor in policies:
        eis = "WITH CHECK" if waarvoor == "INSERT" else "USING"
        eigenaar.execute(f"ALTER POLICY {naam} ON {tabel} {eis} (false)")
        if wat_iedereen_kan(*wie) == zoals_het_hoort:
            zonder_gevolg.append((tabel, naam, waarvoor))
        eigenaar.execute(f"ALTER POLICY {naam} ON {tabel} {eis} ({regel})")

    assert len(policies) == 14
    assert zonder_gevolg == []
