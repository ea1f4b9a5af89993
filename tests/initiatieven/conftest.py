"""What the tests of the directory share."""

import pytest

from initiatieven.vinden import gids


@pytest.fixture(autouse=True)
def lege_gids() -> None:
    """No test finds what another test put in the directory."""
    gids.vergeet()
