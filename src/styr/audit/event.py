"""The base of every event table."""

from django.db import models
from pghistory.models import Event as HistoryEvent


class Event(HistoryEvent):
    """One change of one row: what the row then held, when, and through which context.

    Numbered with 64 bits: bulk writes make an event a row, and 32 bits would be spent in some years.
    """

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True
