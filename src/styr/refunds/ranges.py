"""What models of this domain have in common: ranges of dates, months, and rows whose unit may be unknown."""

from django.db import models
from django.db.models import F, Q

from styr.access.ranges import DateRange
from styr.access.tenant import UnitScopedModel

__all__ = ("DateRange", "MaybeUnit", "first_of_month", "positive")


class MaybeUnit(UnitScopedModel):
    """A row that no single unit serves, or whose unit nothing tells, is seen by those who see the municipality."""

    unit = models.ForeignKey(  # type: ignore[assignment] # the base's unit is always known
        "access.Unit", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="enhed"
    )

    class Meta:
        abstract = True


def first_of_month(name: str) -> models.CheckConstraint:
    """Hold `month` to the first day of a month."""
    return models.CheckConstraint(condition=Q(month__day=1), name=name)


def positive(name: str, starts: str = "valid_from", ends: str = "valid_to") -> models.CheckConstraint:
    """Hold a period to at least one day."""
    return models.CheckConstraint(condition=Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": F(starts)}), name=name)
