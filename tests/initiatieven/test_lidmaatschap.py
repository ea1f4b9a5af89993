"""The rules of membership, written a second time by hand."""

import itertools
from datetime import date

import pytest

from initiatieven.lidmaatschap import Stand, belemmering

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
]

# From where, with which decision, after which judgements: the steps that may be taken. Everything else is refused.
TABEL = [
    ("concept", "", "open", {"indienen", "intrekken"}),
    ("ingediend", "", "open", {"toetsen", "kennismaken", "intrekken"}),
    ("ingediend", "", "voldoet", {"toetsen", "kennismaken", "intrekken"}),
    ("kennismaking", "", "open", {"toetsen", "intrekken"}),
    ("kennismaking", "", "voldoet_niet", {"toetsen", "aanhouden", "afwijzen", "intrekken"}),
    ("kennismaking", "", "voldoet", {"toetsen", "lid_maken", "aanhouden", "afwijzen", "intrekken"}),
    ("besloten", "lid", "voldoet", set()),
    ("besloten", "aangehouden", "voldoet_niet", {"hervatten"}),
    ("besloten", "afgewezen", "voldoet_niet", set()),
    ("ingetrokken", "", "open", set()),
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
