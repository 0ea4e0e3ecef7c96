"""What models of this domain have in common: ranges of dates, and rows that lie in no unit."""

from django.db import models
from django.db.models import F, Q

from styr.access.ranges import DateRange
from styr.access.tenant import UnitScopedModel

__all__ = ("DateRange", "MaybeUnit", "positive")


class MaybeUnit(UnitScopedModel):
    """A row without a unit is nobody's own: everybody in the municipality sees it."""

    unit = models.ForeignKey(  # type: ignore[assignment] # the base's unit is always known
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed"
    )

    class Meta:
        abstract = True


def positive(name: str) -> models.CheckConstraint:
    """Hold a period to at least one day."""
    return models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name=name)
