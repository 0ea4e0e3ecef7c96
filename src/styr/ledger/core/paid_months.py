"""From what was paid for claims to months that are paid in full.

A claim may be for part of a month or for several; a month may be paid by several invoices and given back by credit
notes. So a paid claim is cut into parts, one a month, and a month of a service is paid in full when every day on which
the service ran in it is covered by parts that still stand, and something is left of their money. Until then its parts
wait. What is paid or given back after that is a part as well, and the month itself is never written again: such a
later part settles the month's adjustments (`rel_month_balance`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.kernel.money import round_half_away
from styr.kernel.period import next_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Window:
    """A service's days [first_day, end_day) within one month (its first day)."""

    service_id: UUID
    month: date
    first_day: date
    end_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidClaim:
    """A claim of a paid invoice or credit note (`amount_ore` is then negative): what was paid for [start, end).

    `origin_id` is the invoice itself, or the one that the credit note gives back.
    """

    invoice_id: UUID
    origin_id: UUID
    grant_id: UUID
    service_id: UUID
    start: date
    end: date
    amount_ore: int
    paid_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What of a paid claim belongs to one month."""

    invoice_id: UUID
    origin_id: UUID
    grant_id: UUID
    window: Window
    amount_ore: int
    paid_on: date


@dataclass(frozen=True, slots=True)
class Running:
    """The days on which a service ran in a month, and must be paid for it to be paid in full.

    `once` is a service that is one amount on one day, whatever days an invoice writes: any part covers it.
    """

    days: frozenset[date]
    once: bool = False


@dataclass(frozen=True, slots=True)
class FullMonth:
    """A month that has been paid in full: the sum of its parts in øre, and the day of the last of them."""

    service_id: UUID
    grant_id: UUID
    month: date
    amount_ore: int
    paid_on: date
    payments: int


def windows_of(claim: PaidClaim) -> tuple[Window, ...]:
    """The claim's months, each cut to the claim's days."""
    found: list[Window] = []
    start = claim.start
    while start < claim.end:
        end = min(next_month(start.replace(day=1)), claim.end)
        found.append(Window(claim.service_id, start.replace(day=1), start, end))
        start = end
    return tuple(found)


def parts_of(claim: PaidClaim, expected_ore: Mapping[Window, int]) -> tuple[Part, ...]:
    """Cut a claim into parts by what each month was expected to cost, or by days where nothing was expected of any.

    The parts are differences of rounded sums, so they add up to the claim; what is as expected gives each month
    exactly what was expected of it.
    """
    windows = windows_of(claim)
    weights = [max(expected_ore.get(window, 0), 0) for window in windows]
    if not any(weights):
        weights = [(window.end_day - window.first_day).days for window in windows]
    whole = sum(weights)
    parts: list[Part] = []
    weight = before = 0
    for window, own in zip(windows, weights, strict=True):
        weight += own
        until = round_half_away(claim.amount_ore * weight, whole)
        parts.append(
            Part(
                invoice_id=claim.invoice_id,
                origin_id=claim.origin_id,
                grant_id=claim.grant_id,
                window=window,
                amount_ore=until - before,
                paid_on=claim.paid_on,
            )
        )
        before = until
    return tuple(parts)


def full_months(parts: Iterable[Part], running: Mapping[tuple[UUID, date], Running]) -> tuple[FullMonth, ...]:
    """The months that the parts, all there are of each month, pay in full; in order of service and month.

    A month that `running` does not know had no day of the service: it is never paid in full.
    """
    by_month: defaultdict[tuple[UUID, date], list[Part]] = defaultdict(list)
    for part in parts:
        by_month[part.window.service_id, part.window.month].append(part)
    found = []
    for key, own in sorted(by_month.items(), key=lambda item: (item[0][1], str(item[0][0]))):
        amount = sum(part.amount_ore for part in own)
        if key in running and amount > 0 and _covers(_standing(own), running[key]):
            paid_on = max(part.paid_on for part in own)
            payments = len({part.invoice_id for part in own})
            found.append(FullMonth(key[0], own[0].grant_id, key[1], amount, paid_on, payments))
    return tuple(found)


def _standing(parts: Sequence[Part]) -> list[Part]:
    """The parts of invoices of which something is left when their credit notes are taken off."""
    left: defaultdict[UUID, int] = defaultdict(int)
    for part in parts:
        left[part.origin_id] += part.amount_ore
    return [part for part in parts if part.invoice_id == part.origin_id and left[part.origin_id] > 0]


def _covers(parts: Sequence[Part], running: Running) -> bool:
    if running.once:
        return bool(parts)
    missing = set(running.days)
    for part in parts:
        missing -= {day for day in missing if part.window.first_day <= day < part.window.end_day}
    return not missing
