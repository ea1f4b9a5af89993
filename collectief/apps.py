"""App configuration of the project package itself."""

from django.apps import AppConfig
from django.db.models import fields

from collectief.celery import app as celery_app  # noqa: F401  (makes the Celery application known to every task)


class CollectiefConfig(AppConfig):
    name = "collectief"
    verbose_name = "Initiatieven Collectief"

    def ready(self):
        fields.BLANK_CHOICE_LABEL = "Maak een keuze"  # Django 6.1 has no Dutch for its own words yet
        from collectief import checks, hartslag, rijbeveiliging  # noqa: F401, PLC0415  (they connect to signals)
