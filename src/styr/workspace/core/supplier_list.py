"""The list of suppliers (leverandører): what the domains know put together, filtered, sorted, and each one's share."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierRow:
    """A supplier with its offers, running contracts and grants, the last year's spend (øre) and its open findings."""

    id: UUID
    name: str
    cvr: str
    kind: str
    offers: int
    contracts: int
    grants: int
    citizens: int
    spend_ore: int
    findings: int
    at_stake_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFilter:
    """Which suppliers; `text` is part of the name, or the beginning of a CVR number."""

    text: str = ""
    kind: str | None = None
    with_findings: bool = False
    without_contract: bool = False


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of the spend goes to the largest suppliers: shares of the positive total, 0 to 1; None without spend."""

    total_ore: int
    suppliers: int
    largest: float | None
    five_largest: float | None


SORTS: Final[dict[str, Callable[[SupplierRow], Any]]] = {
    "cvr": lambda row: row.cvr,
    "tilbud": lambda row: row.offers,
    "kontrakter": lambda row: row.contracts,
    "borgere": lambda row: row.citizens,
    "forbrug": lambda row: row.spend_ore,
    "afvigelser": lambda row: (row.at_stake_ore, row.findings),
}
"""What the list can be sorted by besides the name, which is the order it comes in."""


def matching(rows: Iterable[SupplierRow], wanted: SupplierFilter) -> list[SupplierRow]:
    """Return the rows that the filter keeps, in the order they came."""
    return [row for row in rows if _kept(row, wanted)]


def ordered(rows: Sequence[SupplierRow], sort: str) -> list[SupplierRow]:
    """Return the rows sorted; equal ones stay in order of name. A leading "-" puts the largest first."""
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return list(reversed(rows)) if sort == "-navn" else list(rows)
    return sorted(rows, key=key, reverse=sort.startswith("-"))


def concentration(spends_ore: Iterable[int]) -> Concentration:
    """Say how concentrated the spend is; suppliers that owe more than they invoiced count for nothing."""
    falling = sorted((spend for spend in spends_ore if spend > 0), reverse=True)
    total = sum(falling)
    if not total:
        return Concentration(0, 0, None, None)
    return Concentration(total, len(falling), falling[0] / total, sum(falling[:5]) / total)


def _kept(row: SupplierRow, wanted: SupplierFilter) -> bool:
    text = wanted.text.strip().casefold()
    return (
        (not text or text in row.name.casefold() or row.cvr.startswith(text))
        and (wanted.kind is None or row.kind == wanted.kind)
        and (not wanted.with_findings or row.findings > 0)
        and (not wanted.without_contract or (row.contracts == 0 and (row.grants > 0 or row.spend_ore > 0)))
    )
