"""App configuration of the project package itself."""

import gc

from django.apps import AppConfig
from django.db.models import fields

from collectief.celery import app as celery_app  # noqa: F401  (makes the Celery application known to every task)

DREMPEL = 20_000  # so many objects more than went: one page makes thousands, and leaves next to nothing behind


class CollectiefConfig(AppConfig):
    name = "collectief"
    verbose_name = "Initiatieven Collectief"

    def ready(self):
        fields.BLANK_CHOICE_LABEL = "Maak een keuze"  # Django 6.1 has no Dutch for its own words yet
        from collectief import checks, hartslag, rijbeveiliging  # noqa: F401, PLC0415  (they connect to signals)

        gc.freeze()  # what stands now stays, and is not looked at again
        gc.set_threshold(DREMPEL, *gc.get_threshold()[1:])
        gc.enable()
