"""The project package; importing it makes the Celery application known to every task."""

from collectief.celery import app as celery_app

__all__ = ["celery_app"]
