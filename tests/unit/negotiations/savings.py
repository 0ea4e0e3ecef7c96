"""Savings on a tiny town, and the slow, obvious way to reckon what they bring."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from styr.contracts.core.relations import CALENDAR
from styr.grants.core.cost_relations import MONTH, month_rows
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.engine import DuckEngine
from styr.kernel.money import round_half_away
from styr.kernel.period import Period, next_month
from styr.negotiations.core.relations import SAVING
from unit.controls.town import UNIT, Town

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Saved:
    """A saving as a test writes it; the grant's one line is a price a day."""

    number: int
    grant: UUID
    service: UUID | None
    baseline: str
    agreed: str
    starts: date
    ends: date | None = None
    status: str = "agreed"
    measure: str = "price"
    quantities: tuple[str, str] | None = None
    kind: str = "rate_reduction"

    @property
    def id(self) -> UUID:
        return UUID(int=50_000 + self.number)

    def row(self) -> dict[str, Any]:
        before, after = (Decimal(one) for one in self.quantities) if self.quantities else (None, None)
        return {
            "saving_id": self.id, "agreed_key": UUID(int=70_000 + self.number), "unit_id": UNIT,
            "grant_id": self.grant, "service_id": self.service, "supplier_id": None, "kind": self.kind,
            "status": self.status, "measure": self.measure, "baseline": Decimal(self.baseline),
            "agreed": Decimal(self.agreed), "baseline_quantity": before, "agreed_quantity": after,
            "starts": self.starts, "ends": self.ends,
        }  # fmt: skip


def load(engine: DuckEngine, town: Town, savings: list[Saved], months: Period) -> None:
    for relation in (GRANT, SERVICE, RATE, SERVICE_ABSENCE, CALENDAR):
        engine.load(relation, town.rows[relation.name])
    engine.load(SAVING, [one.row() for one in savings])
    engine.load(MONTH, month_rows(months))


def daily_cost(price: str, quantity: str, per: str, days: list[date]) -> dict[date, int]:
    """What a line costs by month on some days: day by day in fractions, rounded once a month. Nobody is away."""
    parts: dict[date, Fraction] = {}
    for day in days:
        first = day.replace(day=1)
        split = {"day": 1, "week": 7, "month": (next_month(first) - first).days}[per]
        parts[first] = parts.get(first, Fraction(0)) + Fraction(price) * 100 * Fraction(quantity) / split
    return {month: round_half_away(part.numerator, part.denominator) for month, part in parts.items()}


def days_between(first: date, until: date) -> list[date]:
    return [first + DAY * place for place in range((until - first).days)]
