"""The savings ledger read: lists, one saving, and the year's sums for the management."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.access.prepared import planned_once
from styr.kernel.engine import compile_postgres
from styr.kernel.period import ONE_DAY
from styr.negotiations.core.codes import Measure, SavingKind, SavingStatus
from styr.negotiations.core.effects import effect_by_month, full_year
from styr.negotiations.core.rules import OWN_BASELINE
from styr.negotiations.core.verified import by_saving_and_year
from styr.negotiations.models import PastResult, Saving

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal
    from uuid import UUID

    import ibis

_MONTHS: Final = """
WITH rel_month AS MATERIALIZED (
    SELECT month::date AS month_start, (month + interval '1 month')::date AS month_end, month::date AS first_day,
           (month + interval '1 month')::date AS end_day
    FROM generate_series(%(first)s::date::timestamp, %(end)s::date - 1, interval '1 month') month
)
SELECT {columns} FROM ({asked}) AS asked {tail}"""
_SPAN: Final = "SELECT min(starts), max(starts) FROM rel_saving WHERE status <> 'dropped'"


@dataclass(frozen=True, slots=True)
class Verified:
    """What invoices of a year say of a saving; `until` is the day after the last day invoiced."""

    year: int
    claims: int
    unknown: int
    until: date
    invoiced_ore: int
    realised_ore: int
    leaked_ore: int


@dataclass(frozen=True, slots=True)
class SavingLine:
    """A saving in a list; amounts in øre, `year_ore` of the year asked about, ends exclusive.

    `verified` are the years that invoices tell of; the citizen is an id, names come through `people.queries`.
    """

    id: UUID
    kind: SavingKind
    status: SavingStatus
    measure: Measure
    grant_id: UUID
    grant_number: str
    citizen_id: UUID
    section: str
    supplier_id: UUID | None
    supplier_name: str
    baseline: Decimal
    agreed: Decimal
    starts: date
    ends: date | None
    negotiation_id: UUID | None
    year_ore: int
    full_year_ore: int
    verified: tuple[Verified, ...]

    @property
    def last_day(self) -> date | None:
        """The last day it holds; None while it goes on."""
        return None if self.ends is None else self.ends - ONE_DAY

    def meets(self, year: int) -> bool:
        """Whether any of its days lie in a year."""
        return self.starts.year <= year and (self.ends is None or self.ends > date(year, 1, 1))

    @property
    def on_invoices(self) -> bool:
        """Whether invoices can show it at all; what they cannot is agreed and never realised."""
        return self.measure is Measure.PRICE and self.kind not in OWN_BASELINE

    @property
    def realised_ore(self) -> int:
        """What all invoices so far have realised."""
        return sum(one.realised_ore for one in self.verified)

    @property
    def leaked_ore(self) -> int:
        """What was invoiced above the agreed price, in all years."""
        return sum(one.leaked_ore for one in self.verified)

    def realised_in(self, year: int) -> int:
        """What the invoices of days in a year have realised."""
        return sum(one.realised_ore for one in self.verified if one.year == year)

    def leaked_in(self, year: int) -> int:
        """What was invoiced above the agreed price for days in a year."""
        return sum(one.leaked_ore for one in self.verified if one.year == year)


@dataclass(frozen=True, slots=True)
class KindSum:
    """The savings of a kind in a year, øre.

    `expected_ore` is hoped for, `agreed_ore` what agreements are worth in the year at the expected volume (realised
    ones too), `realised_ore` what invoices of the year show, `leaked_ore` what was billed above the agreed price.
    `full_year_ore` is twelve months of what is agreed and not over today.
    """

    kind: SavingKind
    count: int
    expected_ore: int
    agreed_ore: int
    full_year_ore: int
    realised_ore: int
    leaked_ore: int


@dataclass(frozen=True, slots=True)
class PastLine:
    """A result from before; `kind` None is what its source does not itemise, `ends` exclusive."""

    id: UUID
    title: str
    kind: SavingKind | None
    amount_ore: int
    contracts: int | None
    starts: date
    ends: date
    source: str

    @property
    def last_day(self) -> date:
        """The last day of its period."""
        return self.ends - ONE_DAY


@dataclass(frozen=True, slots=True)
class SavingsSummary:
    """A year's savings by kind, and results from before as they were told; the latter are in no sum of the year."""

    year: int
    today: date
    kinds: tuple[KindSum, ...]
    past: tuple[PastLine, ...]

    def _sum(self, name: str) -> int:
        return sum(getattr(one, name) for one in self.kinds)

    @property
    def expected_ore(self) -> int:
        """What is hoped for in the year."""
        return self._sum("expected_ore")

    @property
    def agreed_ore(self) -> int:
        """What agreements are worth in the year."""
        return self._sum("agreed_ore")

    @property
    def full_year_ore(self) -> int:
        """What agreements are worth in twelve months."""
        return self._sum("full_year_ore")

    @property
    def realised_ore(self) -> int:
        """What the year's invoices show."""
        return self._sum("realised_ore")

    @property
    def leaked_ore(self) -> int:
        """What was billed above agreed prices in the year."""
        return self._sum("leaked_ore")

    @property
    def past_ore(self) -> int:
        """Results from before, all years."""
        return sum(one.amount_ore for one in self.past)


def savings_summary(*, year: int, today: date) -> SavingsSummary:
    """Return the year's savings by kind, in the order of `SavingKind`, and results from before; six queries."""
    return summed(savings_of(year=year), year=year, today=today)


def summed(lines: Sequence[SavingLine], *, year: int, today: date) -> SavingsSummary:
    """Sum the savings of a year by kind; one query, for what was told as sums before.

    A full year is what savings of the year are worth that have not ended today: an agreement that was replaced counts
    no longer.
    """
    by_kind: dict[SavingKind, list[SavingLine]] = defaultdict(list)
    for one in lines:
        if one.status is not SavingStatus.DROPPED and one.meets(year):
            by_kind[one.kind].append(one)
    sums = tuple(_kind_sum(kind, by_kind[kind], year, today) for kind in SavingKind if kind in by_kind)
    return SavingsSummary(year, today, sums, past_results())


def savings_of(*, year: int, grant_id: UUID | None = None, saving_id: UUID | None = None) -> list[SavingLine]:
    """Return the savings with what they bring in a year and in twelve months, the newest first; five queries."""
    rows = Saving.objects.select_related("grant", "supplier").order_by("-starts", "-id")
    if grant_id is not None:
        rows = rows.filter(grant_id=grant_id)
    if saving_id is not None:
        rows = rows.filter(id=saving_id)
    found = list(rows)
    if not found:
        return []
    in_year = effects_in(year)
    twelve = _twelve_months()
    verified = verified_years()
    return [_line(row, in_year.get(row.id, 0), twelve.get(row.id, 0), tuple(verified.get(row.id, ()))) for row in found]


def past_results() -> tuple[PastLine, ...]:
    """Return the results from before, the earliest first; one query."""
    rows = PastResult.objects.order_by("starts", "title", "-amount_ore")
    return tuple(
        PastLine(
            row.id, row.title, SavingKind(row.kind) if row.kind else None, row.amount_ore, row.contracts, row.starts,
            row.ends, row.source,
        )
        for row in rows
    )  # fmt: skip


def verified_years() -> dict[UUID, list[Verified]]:
    """Return what invoices say of each agreed saving, by year; one query."""
    found: dict[UUID, list[Verified]] = defaultdict(list)
    columns = "saving_id, year, claims, unknown, until, invoiced_ore, realised_ore, leaked_ore"
    text = compile_postgres(by_saving_and_year, key="negotiations.verified")
    with planned_once() as cursor:
        cursor.execute(f"SELECT {columns} FROM ({text}) AS verified ORDER BY saving_id, year")  # noqa: S608 - compiled
        for saving_id, *told in cursor.fetchall():
            found[saving_id].append(Verified(*told))
    return found


def effects_in(year: int) -> dict[UUID, int]:
    """Return what each saving is worth in a year, øre; one query."""
    days = {"first": date(year, 1, 1), "end": date(year + 1, 1, 1)}
    columns, tail = "saving_id, sum(effect_ore)::bigint", "GROUP BY saving_id"
    return dict(_ask(effect_by_month, "negotiations.effect", columns, tail, days))


def _twelve_months() -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(_SPAN)
        first, last = cursor.fetchone()
    if first is None:
        return {}
    days = {"first": first.replace(day=1), "end": date(last.year + 1, last.month, 1).replace(day=28)}
    return dict(_ask(full_year, "negotiations.full_year", "saving_id, effect_ore", "", days))


def _ask(
    built: Callable[[], ibis.Table], key: str, columns: str, tail: str, days: dict[str, date]
) -> Sequence[tuple[Any, ...]]:
    asked = compile_postgres(built, key=key).replace("%", "%%")
    with planned_once() as cursor:
        cursor.execute(_MONTHS.format(columns=columns, asked=asked, tail=tail), days)
        return list(cursor.fetchall())


def _line(row: Saving, year_ore: int, full_year_ore: int, verified: tuple[Verified, ...]) -> SavingLine:
    grant, supplier = row.grant, row.supplier
    dropped = row.status == SavingStatus.DROPPED
    return SavingLine(
        row.id, SavingKind(row.kind), SavingStatus(row.status), Measure(row.measure), grant.id, grant.number,
        grant.citizen_id, grant.section, row.supplier_id, supplier.name if supplier else "", row.baseline, row.agreed,
        row.starts, row.ends, row.negotiation_id, 0 if dropped else year_ore, 0 if dropped else full_year_ore, verified,
    )  # fmt: skip


def _kind_sum(kind: SavingKind, lines: Sequence[SavingLine], year: int, today: date) -> KindSum:
    agreed = [one for one in lines if one.status is not SavingStatus.EXPECTED]
    return KindSum(
        kind,
        len(lines),
        sum(one.year_ore for one in lines if one.status is SavingStatus.EXPECTED),
        sum(one.year_ore for one in agreed),
        sum(one.full_year_ore for one in agreed if one.ends is None or one.ends > today),
        sum(one.realised_in(year) for one in agreed),
        sum(one.leaked_in(year) for one in agreed),
    )
