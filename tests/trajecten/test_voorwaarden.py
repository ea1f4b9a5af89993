"""Every condition that the database holds over stories, tried one by one with a row that breaks just that one."""

import psycopg
import pytest

# Which condition, and what would break it: for each row of the table that is there.
ONGELDIG = [
    ("nazorgafspraak_bekende_vormen", "trajecten_nazorgafspraak", "vormen = '{iets}'"),
    ("nazorgafspraak_herhaling", "trajecten_nazorgafspraak", "herhaling = 'weken', herhaling_weken = 0"),
    ("nazorgafspraak_herhaling", "trajecten_nazorgafspraak", "herhaling = 'weken', herhaling_weken = 209"),
    ("nazorgafspraak_herhaling", "trajecten_nazorgafspraak", "herhaling = 'weken', herhaling_weken = NULL"),
    ("nazorgafspraak_herhaling", "trajecten_nazorgafspraak", "herhaling = 'niet', herhaling_weken = 4"),
    ("contactmoment_bekende_vorm", "trajecten_contactmoment", "vorm = 'postduif'"),
    ("contactmoment_ruimte", "trajecten_contactmoment", "ruimte = 29"),
    ("contactmoment_gestuurd_per_post", "trajecten_contactmoment", "resultaat = 'gestuurd', vorm = 'thee'"),
    ("verblijf_bekende_fase", "trajecten_faseverblijf", "fase = 'wachtrij'"),
    ("verblijf_eindigt_na_begin", "trajecten_faseverblijf", "tot = van - 1"),
    ("verblijf_terug_duurt_niets", "trajecten_faseverblijf", "teruggenomen_op = now(), tot = van, volgnummer = 1"),
    ("verblijf_terug_duurt_niets", "trajecten_faseverblijf", "teruggenomen_op = now(), tot = van + 1, volgnummer = 2"),
    ("begeleider_heeft_account", "trajecten_betrokkene", "gebruiker_id = NULL, heeft_gezag = false, rol = 'waarnemer'"),
    ("betrokkene_eindigt_na_begin", "trajecten_betrokkene", "tot = van - 1"),
    ("betrokkene_gezag_van_ouder", "trajecten_betrokkene", "heeft_gezag = true, rol = 'school'"),
    ("beleving_zegt_iets", "trajecten_beleving", "weer = '', woorden = ''"),
    ("stap_bekende_toestand", "trajecten_kleinestap", "toestand = 'mislukt'"),
    ("plek_bekende_toestand", "trajecten_mogelijkeplek", "toestand = 'afgewezen'"),
    ("toestemming_een_ontvanger", "trajecten_toestemming", "betrokkene_id = NULL, initiatief_id = NULL"),
    ("toestemming_eindigt_na_begin", "trajecten_toestemming", "geldig_tot = van - 1"),
    ("toestemming_ingetrokken_door_iemand", "trajecten_toestemming", "ingetrokken_op = now()"),
    ("toestemming_ingetrokken_door_iemand", "trajecten_toestemming", "ingetrokken_door_id = door_id"),
    ("vertrek_besloten_op", "trajecten_vertrek", "besloten_op = now()"),
    ("vertrek_besloten_op", "trajecten_vertrek", "besluit = 'weg'"),
    ("vertrek_bewaren_met_reden", "trajecten_vertrek", "besluit = 'bewaren', besloten_op = now(), reden = ''"),
    ("vertrek_verzoek_van_iemand", "trajecten_vertrek", "gevraagd_door = ''"),
    ("vertrek_verzoek_van_iemand", "trajecten_vertrek", "gevraagd_op = NULL"),
    ("rust_eindigt_na_begin", "trajecten_rustperiode", "tot = van - 1"),
    ("seintje_bekende_voor", "trajecten_seintje", "voor = 'school'"),
    ("seintje_stop_wist_adres", "trajecten_seintje", "gestopt_op = now()"),
    ("seintje_stop_wist_adres", "trajecten_seintje", "adres = NULL"),
    ("overdracht_een_bestemming", "trajecten_overdracht", "naar_id = NULL, plek_id = NULL"),
    ("overdracht_naar_een_ander", "trajecten_overdracht", "naar_id = van_id, plek_id = NULL"),
    ("overdrachtafspraak_samen_op_een_dag", "trajecten_overdrachtafspraak", "kant = 'samen', dag = NULL"),
    ("ladder_vooraf_binnen_grenzen", "trajecten_ladderinstelling", "vooraf = -4"),
    ("ladder_vooraf_binnen_grenzen", "trajecten_ladderinstelling", "vooraf = 0"),
    ("ladder_vandaag_binnen_grenzen", "trajecten_ladderinstelling", "vandaag = -1"),
    ("ladder_vandaag_binnen_grenzen", "trajecten_ladderinstelling", "vandaag = 4"),
    ("ladder_daarna_binnen_grenzen", "trajecten_ladderinstelling", "daarna = 3"),
    ("ladder_daarna_binnen_grenzen", "trajecten_ladderinstelling", "daarna = 22, coordinator = 23"),
    ("ladder_coordinator_binnen_grenzen", "trajecten_ladderinstelling", "daarna = NULL, coordinator = 9"),
    ("ladder_coordinator_binnen_grenzen", "trajecten_ladderinstelling", "coordinator = 43, bord = 60"),
    ("ladder_bord_binnen_grenzen", "trajecten_ladderinstelling", "bord = 29"),
    ("ladder_bord_binnen_grenzen", "trajecten_ladderinstelling", "bord = 91"),
    ("ladder_daarna_voor_coordinator", "trajecten_ladderinstelling", "daarna = 12, coordinator = 12"),
    ("ladder_coordinator_voor_bord", "trajecten_ladderinstelling", "coordinator = 30, bord = 30"),
    ("ladder_overdag", "trajecten_ladderinstelling", "vanaf_uur = 8"),
    ("ladder_overdag", "trajecten_ladderinstelling", "vanaf_uur = 13"),
    ("ladder_overdag", "trajecten_ladderinstelling", "tot_uur = 14"),
    ("ladder_overdag", "trajecten_ladderinstelling", "tot_uur = 21"),
    ("ladder_op_werkdagen", "trajecten_ladderinstelling", "werkdagen = '{1,6}'"),
    ("ladder_op_werkdagen", "trajecten_ladderinstelling", "werkdagen = '{}'"),
    ("nazorgpauze_hooguit_een_half_jaar", "trajecten_nazorgpauze", "tot = van - 1"),
    ("nazorgpauze_hooguit_een_half_jaar", "trajecten_nazorgpauze", "tot = van + 185"),
]
# A row of another kind is needed to break these, or a second one; there they are.
ELDERS = {
    "beleving_ouder_is_ouder": "tests/trajecten/test_kijken.py",
    "verblijf_zonder_overlap": "tests/trajecten/test_stappen.py",
    "nazorgpauze_zonder_overlap": "tests/trajecten/test_planning.py",
}
# Without the ones that Django adds to a field that is never negative.
VOORWAARDEN = """
SELECT conname FROM pg_constraint
WHERE contype IN ('c', 'x') AND conrelid::regclass::text LIKE 'trajecten%' AND conname NOT LIKE '%\\_check'
"""


def breek(eigenaar: psycopg.Connection, tabel: str, zet: str) -> str:
    """The condition that refuses this change, or an empty text when nothing does; nothing of it stays."""
    try:
        with eigenaar.transaction(force_rollback=True):
            eigenaar.execute("SELECT set_config('app.opruimen', 'ja', true)")
            eigenaar.execute(f"ALTER TABLE {tabel} DISABLE TRIGGER USER")  # a trigger would refuse some of it first
            if not eigenaar.execute(f"UPDATE {tabel} SET {zet}").rowcount:  # noqa: S608 - our own list
                return "geen rij"
    except psycopg.errors.CheckViolation as fout:
        return fout.diag.constraint_name
    return ""


@pytest.mark.django_db(transaction=True)
def test_the_database_holds_every_condition_by_itself(volle_zaak, eigenaar):
    gebroken = [(breek(eigenaar, tabel, zet), tabel, zet) for _, tabel, zet in ONGELDIG]

    assert [(a, b) for a, b in zip(gebroken, ONGELDIG, strict=True) if a != b] == []
    assert {naam for (naam,) in eigenaar.execute(VOORWAARDEN)} == {naam for naam, *_ in ONGELDIG} | set(ELDERS)
