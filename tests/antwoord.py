"""What the test client keeps of an answer: what the page itself was given, and not what each part of it was.

Django copies all that a template knows, for each of the hundred small templates of a page with a form. That was a tenth
of the time of such a page, and tests ask only for what the view gave.
"""

from collections.abc import Iterator

import pytest
from django.test import client
from django.test.client import store_rendered_templates


def _van_de_bladzijde(store: dict, signal, sender, template, context, **kwargs) -> None:
    if "context" not in store:
        store_rendered_templates(store, signal, sender, template, context, **kwargs)


@pytest.fixture(scope="session", autouse=True)
def onthoud_alleen_de_bladzijde() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as zuinig:
        zuinig.setattr(client, "store_rendered_templates", _van_de_bladzijde)
        yield
