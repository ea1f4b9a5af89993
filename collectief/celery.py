"""The Celery application: it only says "look in the tables"; PostgreSQL is the truth."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collectief.settings")

app = Celery("collectief")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["collectief.gebruikers", "collectief.post", "trajecten", "bijeenkomsten", "initiatieven", "kaart"]
)
