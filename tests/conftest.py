"""The whole platform with something to open at every address, for whoever walks through all of it."""

from copy import deepcopy

import pytest

from tests.test_toegang import Wereld, maak_wereld


@pytest.fixture(scope="module")
def wereld_van_bestand(een_keer, tmp_path_factory) -> Wereld:
    with een_keer.schrijf():
        return maak_wereld(een_keer.bezetting, tmp_path_factory.mktemp("post"))


@pytest.fixture
def wereld(wereld_van_bestand, db, settings) -> Wereld:
    settings.MAIL_MAP = wereld_van_bestand.mailmap
    settings.CONTACT_ADRES = "contact@voorbeeld.example"  # without one there is no security.txt
    return deepcopy(wereld_van_bestand)
