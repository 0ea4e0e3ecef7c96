"""The potential ranked: by contract, or by grant where there is none.

Reasons of one service line speak of the same kroner, so they are never added: the one with the most likely amount
counts, and the others stand beside it as arguments. Lines are added: each has a price of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from styr.negotiations.core.codes import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from decimal import Decimal
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Found:
    """One reason about one service line, with its evidence; amounts in øre a year, prices in kr."""

    reason: Reason
    service_id: UUID
    grant_id: UUID
    contract_id: UUID | None
    contract_number: str | None
    grant_number: str
    unit_id: UUID
    supplier_id: UUID
    supplier_kind: str | None
    section: str
    service: str
    unit: str
    framework: bool | None
    year_ore: int
    low_ore: int
    likely_ore: int
    high_ore: int
    price: Decimal
    usual: Decimal | None
    edge: Decimal | None
    peers: int | None
    alike: bool | None
    hours: Decimal | None
    hourly: Decimal | None
    on_day: date | None
    counted: int | None
    seen_ore: int | None
    percent: Decimal | None

    @property
    def key(self) -> UUID:
        """What it is ranked under."""
        return self.contract_id or self.grant_id


@dataclass(frozen=True, slots=True)
class Candidate:
    """A contract (or a grant without one) that negotiation could bring something on: the reasons, largest first."""

    key: UUID
    contract_id: UUID | None
    number: str
    supplier_id: UUID
    supplier_kind: str | None
    section: str
    year_ore: int
    low_ore: int
    likely_ore: int
    high_ore: int
    grants: tuple[UUID, ...]
    reasons: tuple[Found, ...]

    @property
    def first(self) -> Found:
        """The reason that weighs most."""
        return self.reasons[0]


def read(rows: Iterable[Mapping[str, Any]]) -> list[Found]:
    """Make values of the rows of `reasons`."""
    return [Found(**{**row, "reason": Reason(row["reason"])}) for row in rows]


def ranked(found: Iterable[Found]) -> list[Candidate]:
    """Return the candidates, the largest likely amount first, ties by number."""
    by_key: dict[UUID, list[Found]] = defaultdict(list)
    for one in found:
        by_key[one.key].append(one)
    candidates = [_candidate(key, rows) for key, rows in by_key.items()]
    return sorted(candidates, key=lambda one: (-one.likely_ore, -one.high_ore, one.number, str(one.key)))


def _candidate(key: UUID, rows: list[Found]) -> Candidate:
    rows = sorted(rows, key=lambda one: (-one.likely_ore, -one.high_ore, one.reason, str(one.service_id)))
    counted: dict[UUID, Found] = {}
    for one in rows:
        counted.setdefault(one.service_id, one)
    first = rows[0]
    return Candidate(
        key=key,
        contract_id=first.contract_id,
        number=first.contract_number or first.grant_number,
        supplier_id=first.supplier_id,
        supplier_kind=first.supplier_kind,
        section=first.section,
        year_ore=sum(one.year_ore for one in counted.values()),
        low_ore=sum(one.low_ore for one in counted.values()),
        likely_ore=sum(one.likely_ore for one in counted.values()),
        high_ore=sum(one.high_ore for one in counted.values()),
        grants=tuple(dict.fromkeys(one.grant_id for one in rows)),
        reasons=tuple(rows),
    )
