"""What the forecasts say of one citizen, for whoever hands out or archives everything about the citizen."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum
from django.db.models.functions import ExtractYear

from styr.budgets.core.codes import Basis, RunKind, RunState
from styr.budgets.models import ForecastRow


@dataclass(frozen=True, slots=True)
class Believed:
    """What one forecast says that a citizen's help costs in a year by one basis, øre."""

    as_of: date
    run: str
    year: int
    section: str
    basis: Basis
    amount_ore: int


def believed_about(citizen_id: UUID) -> list[Believed]:
    """Return what every finished forecast says of the citizen, the earliest first; one query. The caller logs it."""
    rows = ForecastRow.objects.filter(citizen_id=citizen_id, run__state=RunState.DONE)
    parts = ("run__as_of", "run__kind", "run__label", "year", "section", "basis")
    sums = rows.annotate(year=ExtractYear("month")).values_list(*parts).annotate(Sum("amount_ore")).order_by(*parts)
    return [
        Believed(as_of, label or RunKind(kind).danish, year, section, Basis(basis), int(ore))
        for as_of, kind, label, year, section, basis, ore in sums
    ]
