"""That there is something to publish."""

from django.db import models
from django.db.models.functions import Now


class Wijziging(models.Model):
    """Something public changed since the last publication; triggers in the database write these rows.

    A row becomes visible together with the change itself, so whoever takes the rows away and then reads the places
    has read everything that they were about.
    """

    op = models.DateTimeField("op", db_default=Now())

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"

    def __str__(self):
        return f"{self.op:%Y-%m-%d %H:%M:%S}"
