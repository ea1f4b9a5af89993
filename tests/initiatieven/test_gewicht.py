"""What a first visit to the list weighs, also without a proxy in front that presses pages."""

import gzip
import re

from django.conf import settings

from tests.factories import InitiatiefFactory
from tests.initiatieven.factories import LocatieFactory, PlekkenFactory


def test_the_list_page_and_its_style_weigh_at_most_fourteen_kilobytes(client, db):
    for nummer in range(30):
        initiatief = InitiatiefFactory(naam=f"Plek {nummer}", lidmaatschap="lid", leeftijd_van=4, leeftijd_tot=18)
        LocatieFactory(initiatief=initiatief)
        PlekkenFactory(initiatief=initiatief)

    response = client.get("/initiatieven/", headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    stijlen = re.findall(r'href="/static/([^"]+\.css)"', gzip.decompress(response.content).decode())
    stijl = sum(len(gzip.compress((settings.BASE_DIR / "static" / naam).read_bytes())) for naam in stijlen)
    assert len(response.content) + stijl <= 14 * 1024
