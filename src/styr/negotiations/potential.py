"""The potential as pages ask for it: prepared rows of the units that the caller sees, ranked by the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.kernel.money import round_half_away
from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.bought import RESULT
from styr.negotiations.core.potential.paid import LARGE_ORE, MANY
from styr.negotiations.core.potential.ranking import Candidate, Found, ranked, read
from styr.negotiations.estimating import kept_shares
from styr.negotiations.models import PotentialRow, PotentialStand, PotentialVolume
from styr.negotiations.preparing import HISTORIES
from styr.suppliers import queries as suppliers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from styr.negotiations.core.potential.shares import Share

_PERCENT: Final = 100
_RANKED: Final = """
WITH ranked AS (
    SELECT key, coalesce(sum(likely_ore) FILTER (WHERE counts), 0) AS likely,
           coalesce(sum(low_ore) FILTER (WHERE counts), 0) AS low,
           coalesce(sum(high_ore) FILTER (WHERE counts), 0) AS high,
           min(coalesce(contract_number, grant_number)) AS number
    FROM negotiations_potentialrow
    WHERE stand_id = %(stand)s AND (%(reason)s = '' OR key IN (
        SELECT key FROM negotiations_potentialrow WHERE stand_id = %(stand)s AND reason = %(reason)s))
    GROUP BY key
), whole AS (SELECT count(*) AS total, sum(low) AS low, sum(likely) AS likely, sum(high) AS high FROM ranked)
SELECT ranked.key, whole.total, whole.low::bigint, whole.likely::bigint, whole.high::bigint
FROM whole LEFT JOIN LATERAL (
    SELECT key, likely, high, number FROM ranked ORDER BY likely DESC, high DESC, number, key
    LIMIT %(size)s OFFSET %(skip)s) AS ranked ON true
ORDER BY ranked.likely DESC, ranked.high DESC, ranked.number, ranked.key
"""
_REASONS: Final = """
SELECT reason, count(DISTINCT key) FROM negotiations_potentialrow WHERE stand_id = %(stand)s GROUP BY reason
"""


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
class Stand:
    """When the potential was worked out, of which day, by which estimates; `old`: something has changed since."""

    id: UUID
    as_of: date
    made_at: datetime
    shares: Mapping[Reason, Share]
    old: bool


@dataclass(frozen=True, slots=True)
class PotentialPage:
    """A page of candidates, the largest first, with their suppliers' names, and the sums of the whole list (øre)."""

    candidates: tuple[Candidate, ...]
    names: Mapping[UUID, str]
    total: int
    low_ore: int
    likely_ore: int
    high_ore: int
    reasons: tuple[tuple[Reason, int], ...]


def stand(*, today: date) -> Stand | None:
    """How the prepared potential stands; None before the first. Two queries."""
    row = PotentialStand.objects.first()
    if row is None:
        return None
    old = row.as_of != today or HISTORIES.changed_since(row.seen)
    return Stand(row.id, row.as_of, row.made_at, kept_shares(row.shares), old)


def potential_page(of: Stand, *, reason: Reason | None = None, page: int = 1, size: int = 25) -> PotentialPage:
    """Return a page of the candidates that the caller sees, of one reason or of all. Four queries."""
    asked: dict[str, Any] = {
        "stand": of.id,
        "reason": reason.value if reason else "",
        "size": size,
        "skip": (page - 1) * size,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RANKED, asked)
        rows = cursor.fetchall()
        cursor.execute(_REASONS, asked)
        counted = dict(cursor.fetchall())
    keys = [row[0] for row in rows if row[0] is not None]
    total, low, likely, high = (int(value or 0) for value in rows[0][1:])
    found = ranked(_found(PotentialRow.objects.filter(stand_id=of.id, key__in=keys)))
    order = {key: place for place, key in enumerate(keys)}
    names = suppliers.supplier_names({one.supplier_id for one in found})
    reasons = tuple((one, counted[one.value]) for one in Reason if one.value in counted)
    return PotentialPage(tuple(sorted(found, key=lambda one: order[one.key])), names, total, low, likely, high, reasons)


def about(key: UUID) -> Candidate | None:
    """The candidate of a contract, or of what a grant buys by. One query."""
    of_grant = PotentialRow.objects.filter(grant_id=key).values("key")
    rows = PotentialRow.objects.filter(key__in=of_grant) | PotentialRow.objects.filter(key=key)
    return next(iter(ranked(_found(rows))), None)


def large_suppliers(of: Stand) -> tuple[LargeSupplier, ...]:
    """The suppliers of whom the caller's units buy much; what one agreement could bring is never added. Two queries."""
    share = of.shares[Reason.SUPPLIER_VOLUME]
    sums: dict[UUID, list[int]] = {}
    for row in PotentialVolume.objects.filter(stand_id=of.id).values_list(
        "supplier_id", "grants", "contracts", "year_ore"
    ):
        before = sums.setdefault(row[0], [0, 0, 0])
        sums[row[0]] = [mine + more for mine, more in zip(before, row[1:], strict=True)]
    large = {key: one for key, one in sums.items() if one[2] >= LARGE_ORE and one[0] >= MANY}
    names = suppliers.supplier_names(large)
    dear = []
    for key, (grants, contracts, ore) in large.items():
        low, likely, high = (round_half_away(ore * part, _PERCENT) for part in (share.low, share.likely, share.high))
        dear.append(LargeSupplier(key, names.get(key, ""), grants, contracts, ore, low, likely, high))
    return tuple(sorted(dear, key=lambda one: (-one.likely_ore, one.name)))


def reasons_of(candidate: Candidate) -> list[Found]:
    """One of each reason, the largest first."""
    seen: dict[Reason, Found] = {}
    for one in candidate.reasons:
        seen.setdefault(one.reason, one)
    return list(seen.values())


def _found(rows: Any) -> list[Found]:
    names = ["measure" if name == "unit" else name for name in RESULT]
    return read(dict(zip(RESULT, row, strict=True)) for row in rows.values_list(*names))
