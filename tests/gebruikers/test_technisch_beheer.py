"""Django's own admin: for technical superusers, and without case data."""

from django.conf import settings
from django.contrib import admin

from tests.test_toegang import ALLEN


def test_the_technical_admin_holds_no_case_data():
    assert not [model for model in admin.site._registry if model._meta.app_label == "trajecten"]


def test_only_a_technical_superuser_enters_the_technical_admin(bezetting, als, client):
    clients = [client, *(als(getattr(bezetting, wie)) for wie in ALLEN if wie != "collega")]

    assert {bezoeker.get(f"/{settings.BEHEER_PAD}").status_code for bezoeker in clients} == {302}
