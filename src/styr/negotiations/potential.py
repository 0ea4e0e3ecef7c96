"""The potential as pages ask for it: worked out now, within what the caller sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.kernel.engine import compile_postgres
from styr.negotiations.core.potential.bought import bought
from styr.negotiations.core.potential.ranking import Candidate, Found, ranked, read
from styr.negotiations.core.potential.reasons import large, reasons
from styr.negotiations.core.potential.working import year_ahead
from styr.negotiations.reference.load import shares
from styr.suppliers import queries as suppliers

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    import ibis

    from styr.negotiations.core.codes import Reason

_DAYS: Final = """WITH rel_today AS MATERIALIZED (SELECT date '{today}' AS today),
rel_month AS MATERIALIZED (
    SELECT month::date AS month_start, (month + interval '1 month')::date AS month_end,
           greatest(month::date, date '{today}') AS first_day,
           least((month + interval '1 month')::date, date '{until}') AS end_day
    FROM generate_series(date_trunc('month', timestamp '{today}'), date '{until}' - 1, interval '1 month') month
)
SELECT * FROM ({asked}) AS asked"""
_BOUGHT: Final = (
    "DROP TABLE IF EXISTS pg_temp.rel_bought; CREATE TEMPORARY TABLE rel_bought ON COMMIT DROP AS {text}; "
    "ANALYZE pg_temp.rel_bought"
)


@dataclass(frozen=True, slots=True)
class LargeSupplier:
    """A supplier of whom much is bought: øre a year, and what one agreement about all of it could bring."""

    supplier_id: UUID
    name: str
    grants: int
    contracts: int
    year_ore: int
    low_ore: int
    likely_ore: int
    high_ore: int


@dataclass(frozen=True, slots=True)
class Potential:
    """The candidates, the largest first, with their suppliers' names; and the large suppliers.

    What one agreement with a large supplier could bring is never added to the candidates: it is the same kroner.
    """

    candidates: tuple[Candidate, ...]
    names: dict[UUID, str]
    large: tuple[LargeSupplier, ...]

    @property
    def likely_ore(self) -> int:
        """The sum of what is likely."""
        return sum(one.likely_ore for one in self.candidates)

    def about(self, key: UUID) -> Candidate | None:
        """The candidate of a contract or grant."""
        return next((one for one in self.candidates if key == one.key or key in one.grants), None)


def potential(*, today: date) -> Potential:
    """Work out what negotiation could bring on what the caller sees; a fixed number of statements."""
    found = read(_asked(lambda: reasons(shares()), "negotiations.reasons", today, gather=True))
    rows = _asked(lambda: large(shares()), "negotiations.large", today)
    names = suppliers.supplier_names({one.supplier_id for one in found} | {row["supplier_id"] for row in rows})
    dear = [LargeSupplier(name=names.get(row["supplier_id"], ""), **row) for row in rows]
    return Potential(tuple(ranked(found)), names, tuple(sorted(dear, key=lambda one: (-one.likely_ore, one.name))))


def with_reason(candidates: tuple[Candidate, ...], reason: Reason | None) -> list[Candidate]:
    """Those that have a reason, in their order; all where none is asked for."""
    return [one for one in candidates if reason is None or any(why.reason is reason for why in one.reasons)]


def reasons_of(candidate: Candidate) -> list[Found]:
    """One of each reason, the largest first."""
    seen: dict[Reason, Found] = {}
    for one in candidate.reasons:
        seen.setdefault(one.reason, one)
    return list(seen.values())


def _asked(built: Callable[[], ibis.Table], key: str, today: date, *, gather: bool = False) -> list[dict[str, Any]]:
    """The rows of an expression over `rel_bought`, which is made first where it is to be gathered."""
    with connection.cursor() as cursor:
        if gather:
            cursor.execute(_BOUGHT.format(text=_text(bought, "negotiations.bought", today)))
        # The planner takes a spread of prices for one row and works it out anew for each contract (7 s for 6,000).
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_text(built, key, today))
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_nestloop = on")
        return rows


def _text(built: Callable[[], ibis.Table], key: str, today: date) -> str:
    asked = compile_postgres(built, key=key)
    return _DAYS.format(today=today.isoformat(), until=year_ahead(today).until.isoformat(), asked=asked)
