"""The rules of membership, written a second time by hand."""

import itertools
from dataclasses import replace
from datetime import date

import pytest

from initiatieven.lidmaatschap import BESLUIT_VAN, OVERGANGEN, Stand, Stap, Toestand, aan_zet, belemmering

VANDAAG = date(2026, 11, 2)
MORGEN = date(2026, 11, 3)
SOORTEN = ["bestaat_een_jaar", "vijf_jongeren", "ontwikkelingsgericht"]
ALLE_STAPPEN = [
    "indienen",
    "toetsen",
    "kennismaken",
    "lid_maken",
    "aanhouden",
    "afwijzen",
    "hervatten",
    "intrekken",
    "tweede_vraag",
    "tweede_lezer",
]

# From where, with which decision, after which judgements: the steps that may be taken. Everything else is refused.
TABEL = [
    ("concept", "", "open", {"indienen", "intrekken"}),
    ("ingediend", "", "open", {"toetsen", "kennismaken", "intrekken"}),
    ("ingediend", "", "voldoet", {"toetsen", "kennismaken", "intrekken"}),
    ("kennismaking", "", "open", {"toetsen", "intrekken", "tweede_vraag"}),
    ("kennismaking", "", "voldoet_niet", {"toetsen", "aanhouden", "afwijzen", "intrekken", "tweede_vraag"}),
    ("kennismaking", "", "voldoet", {"toetsen", "lid_maken", "aanhouden", "afwijzen", "intrekken", "tweede_vraag"}),
    ("besloten", "lid", "voldoet", set()),
    ("besloten", "aangehouden", "voldoet_niet", {"hervatten"}),
    ("besloten", "afgewezen", "voldoet_niet", set()),
    ("ingetrokken", "", "open", set()),
]


# What a second admin thinks: the steps of these three that may be taken in the introduction.
TWEEDE = [
    ("", {"afwijzen", "tweede_vraag"}),
    ("gevraagd", {"tweede_lezer"}),
    ("eens", {"afwijzen", "tweede_vraag"}),
    ("oneens", {"tweede_vraag"}),
]


def stand(toestand: str, besluit: str = "", oordeel: str = "voldoet", **afwijkend: str) -> Stand:
    return Stand(
        toestand=toestand,
        besluit=besluit,
        beweringen=dict.fromkeys(SOORTEN, "Ja."),
        oordelen={**dict.fromkeys(SOORTEN, oordeel), **afwijkend},
    )


@pytest.mark.parametrize(("toestand", "besluit", "oordeel", "mag"), TABEL)
@pytest.mark.parametrize("stap", ALLE_STAPPEN)
def test_a_step_is_possible_exactly_where_the_table_says_so(toestand, besluit, oordeel, mag, stap):
    nu = stand(toestand, besluit, oordeel)

    reden = belemmering(stap, nu, waarom="Daarom.", tot=MORGEN, vandaag=VANDAAG)

    assert (reden == "") == (stap in mag)


@pytest.mark.parametrize("oordelen", list(itertools.product(["open", "voldoet", "voldoet_niet"], repeat=3)))
def test_lid_needs_all_three_toetsen_and_no_besluit_comes_before_all_are_judged(oordelen):
    nu = stand("kennismaking", **dict(zip(SOORTEN, oordelen, strict=True)))

    redenen = {
        stap: belemmering(stap, nu, waarom="Daarom.", tot=MORGEN, vandaag=VANDAAG)
        for stap in ("lid_maken", "aanhouden", "afwijzen")
    }

    assert (redenen["lid_maken"] == "") == (oordelen == ("voldoet", "voldoet", "voldoet"))
    assert (redenen["aanhouden"] == "") == ("open" not in oordelen)
    assert (redenen["afwijzen"] == "") == ("open" not in oordelen)


def test_a_missing_toets_counts_as_open():
    nu = Stand("kennismaking", "", {}, {"bestaat_een_jaar": "voldoet", "vijf_jongeren": "voldoet"})

    reden = belemmering("lid_maken", nu, waarom="Daarom.", vandaag=VANDAAG)

    assert "ontwikkelingsgerichte benadering" in reden


@pytest.mark.parametrize("stap", ["lid_maken", "aanhouden", "afwijzen"])
def test_a_besluit_without_a_reason_is_refused(stap):
    reden = belemmering(stap, stand("kennismaking"), waarom="  ", tot=MORGEN, vandaag=VANDAAG)

    assert "waarom" in reden


@pytest.mark.parametrize("tot", [None, date(2026, 11, 1), VANDAAG])
def test_aanhouden_needs_a_day_after_today(tot):
    reden = belemmering("aanhouden", stand("kennismaking"), waarom="Nog jong.", tot=tot, vandaag=VANDAAG)

    assert "datum na vandaag" in reden


@pytest.mark.parametrize("leeg", SOORTEN)
def test_indienen_needs_a_claim_for_every_toets(leeg):
    nu = Stand("concept", "", {**dict.fromkeys(SOORTEN, "Ja."), leeg: " "}, {})

    reden = belemmering("indienen", nu, vandaag=VANDAAG)

    assert "drie toetsen" in reden


@pytest.mark.parametrize(("tweede", "mag"), TWEEDE)
@pytest.mark.parametrize("stap", ["afwijzen", "tweede_vraag", "tweede_lezer"])
def test_a_second_reader_is_optional_and_binds_once_asked(tweede, mag, stap):
    nu = replace(stand("kennismaking", oordeel="voldoet_niet"), tweede=tweede)

    reden = belemmering(stap, nu, waarom="Daarom.", vandaag=VANDAAG)

    assert (reden == "") == (stap in mag)


# Whose turn it is, from what the conversation waits for.
@pytest.mark.parametrize(
    ("toestand", "wacht_op", "tweede", "zin"),
    [
        ("ingediend", "", "", "wij gaan kennismaken"),
        ("ingediend", "antwoord", "", "de aanmelder antwoordt"),
        ("kennismaking", "tijd", "", "de aanmelder kiest een tijd"),
        ("kennismaking", "ons", "gevraagd", "wij antwoorden de aanmelder"),
        ("kennismaking", "", "gevraagd", "een tweede lezer kijkt mee"),
        ("kennismaking", "", "", "wij besluiten"),
        ("ingetrokken", "antwoord", "", ""),
        ("concept", "", "", "de aanmelder maakt de aanmelding af"),
    ],
)
def test_the_queue_says_whose_turn_it_is(toestand, wacht_op, tweede, zin):
    nu = replace(stand(toestand), wacht_op=wacht_op, tweede=tweede)

    assert aan_zet(nu, tot=None, vandaag=VANDAAG) == zin


@pytest.mark.parametrize(
    ("besluit", "tot", "zin"),
    [
        ("aangehouden", MORGEN, "de aanmelder groeit verder"),
        ("aangehouden", None, "de aanmelder groeit verder"),
        ("aangehouden", VANDAAG, "wij pakken hem weer op"),
        ("lid", VANDAAG, ""),
        ("afgewezen", None, ""),
    ],
)
def test_what_was_put_off_comes_back_on_its_day(besluit, tot, zin):
    assert aan_zet(stand("besloten", besluit), tot=tot, vandaag=VANDAAG) == zin


def test_a_second_reader_says_why():
    nu = replace(stand("kennismaking", oordeel="voldoet_niet"), tweede="gevraagd")

    assert belemmering("tweede_lezer", nu, waarom=" ", vandaag=VANDAAG) == "Schrijf op wat je ervan vindt."


class Loop:
    """An application in memory, walked by the rules; judging and the second reader are steps of their own kind."""

    STAPPEN = (
        "indienen",
        "keur_goed",
        "keur_af",
        "kennismaken",
        "lid_maken",
        "aanhouden",
        "afwijzen",
        "hervatten",
        "intrekken",
        "tweede_vraag",
        "eens",
        "oneens",
    )
    STAP_VAN = {"keur_goed": "toetsen", "keur_af": "toetsen", "eens": "tweede_lezer", "oneens": "tweede_lezer"}

    @classmethod
    def zet(cls, nu: Stand, wat: str) -> tuple[Stand, str]:
        """The state after one step, and why it was refused, if it was. Open checks are judged one by one."""
        stap = Stap(cls.STAP_VAN.get(wat, wat))
        if reden := belemmering(stap, nu, waarom="Daarom.", tot=MORGEN, vandaag=VANDAAG):
            return nu, reden
        oordelen, tweede = dict(nu.oordelen), "" if stap == "hervatten" else nu.tweede
        if stap == "toetsen":
            volgende = next((soort for soort in SOORTEN if oordelen[soort] == "open"), SOORTEN[-1])
            oordelen[volgende] = "voldoet" if wat == "keur_goed" else "voldoet_niet"
        if stap in ("tweede_vraag", "tweede_lezer"):
            tweede = "gevraagd" if stap == "tweede_vraag" else wat
        naar, besluit = OVERGANGEN[Toestand(nu.toestand)][stap], BESLUIT_VAN.get(stap, "")
        return replace(nu, toestand=naar, besluit=besluit, oordelen=oordelen, tweede=tweede), ""


def test_no_sequence_of_steps_up_to_length_seven_leads_astray():
    """All 12^7 of them: sequences that lead to the same state go on together, so each state is walked once a length."""
    begin = replace(stand("concept"), oordelen=dict.fromkeys(SOORTEN, "open"))
    bereikt, besluiten = {repr(begin): begin}, set()
    for _ in range(7):
        verder = {}
        for nu in bereikt.values():
            for wat in Loop.STAPPEN:
                daarna, reden = Loop.zet(nu, wat)
                verder[repr(daarna)] = daarna
                besluiten.add(daarna.besluit)
                assert not reden or (daarna is nu and reden.endswith("."))
                if daarna.besluit == "lid":
                    assert set(daarna.oordelen.values()) == {"voldoet"}
                if daarna.besluit:
                    assert "open" not in daarna.oordelen.values()
                    assert daarna.toestand == "besloten"
                if daarna.besluit == "afgewezen":
                    assert daarna.tweede in ("", "eens")
                if nu.besluit in ("lid", "afgewezen") or nu.toestand == "ingetrokken":
                    assert daarna is nu
        bereikt = verder

    assert besluiten == {"", "lid", "aangehouden", "afgewezen"}
