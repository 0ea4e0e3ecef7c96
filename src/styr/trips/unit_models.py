"""Rows whose unit may be unknown.

`models` gives the tables on; nobody else imports this module.
"""

from django.db import models

from styr.access.tenant import UnitScopedModel


class MaybeUnit(UnitScopedModel):
    """A row about nobody in particular, or about somebody unknown, is seen by those who see the municipality."""

    unit = models.ForeignKey(  # type: ignore[assignment] # the base's unit is always known
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed"
    )

    class Meta:
        abstract = True
