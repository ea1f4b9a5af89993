"""A letter of a guest is passed on to others: what it holds of hers alone stays behind."""

import re
from urllib.parse import quote

from bijeenkomsten.antwoordadres import adres_voor, kenmerk
from bijeenkomsten.antwoorden import verwerk
from bijeenkomsten.brieven import knoppen
from tests.bijeenkomsten.test_antwoorden import CORPUS, post


def test_a_letter_that_quotes_the_invitation_opens_no_door_for_who_reads_on(zoe, kernteamlid, settings):
    knop = knoppen(zoe)[0][1]
    teken = knop.rstrip("/").rpartition("/")[0].rpartition(":")[2]
    basis = settings.BASIS_URL
    verpakt = "https://scanner.example/?url=" + quote(basis + zoe.pad, safe="") + "&x=1"
    gebroken = f"{zoe.token[:7]}=\n> {zoe.token[7:]}"
    regels = [f"> {basis}{zoe.pad}", f"Ik kom: <{basis}{knop}>", verpakt, gebroken, f"{teken[:9]}\n>> {teken[9:]}"]
    regels += [adres_voor(zoe.pk, zoe.token), "https://elders.example/lift"]
    ruw = (CORPUS / "gewone-vraag.eml").read_bytes()

    verwerk(ruw.replace(b"Is er een lift?", b"Is er een lift?\n" + "\n".join(regels).encode()))

    (brief,) = post()
    assert "Is er een lift?" in brief.body
    assert "https://elders.example/lift" in brief.body
    kaal = re.sub(r"[\s>=]", "", brief.body)
    for geheim in (zoe.token, teken, kenmerk(zoe.pk, zoe.token)):
        assert geheim not in kaal
    assert basis not in brief.body
