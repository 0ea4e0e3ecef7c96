"""The central refund (den centrale refusionsordning, SEL § 176 and BL § 198) of one year, month by month, exactly.

For each case and month (BEK 1485/2023 § 3):

    basis = running expenses + 1/12 of the year's one-offs - income
    refund = the sum over the steps of (share added by the step) x max(0, basis - limit / 12)

Where a municipality's own rule says so, a one-off counts whole in its own month instead (`Ages.spread`).

Objectively financed cost and cost under other laws do not count. Children of one household are one case. Nobody past
the age limit counts, unless covered in the last month before it. The months of a case add up to the rounded year: a
month is the difference of two rounded sums.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from styr.kernel.money import round_half_away
from styr.refunds.core.ages import Ages, below, month_before
from styr.refunds.core.limits import CHILDREN_APART, CHILDRENS_ACT, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from styr.kernel.money import Ore
    from styr.refunds.core.limits import Limits

MONTHS = 12


class Kind(StrEnum):
    """How an amount counts."""

    RUNNING = "running"
    ONE_OFF = "one_off"
    INCOME = "income"
    OBJECTIVE = "objective"
    OTHER_LAW = "other_law"


class Why(StrEnum):
    """Why a month's refund is what it is."""

    BELOW = "below_limit"
    ABOVE = "above_limit"
    ONE_OFF = "one_off_spread"
    OBJECTIVE = "objective_excluded"
    OTHER_LAW = "other_law_excluded"
    INCOME_EXCEEDS = "income_exceeds"
    OVER_AGE = "over_age"
    COVERED = "covered_before_age"
    AGE_UNKNOWN = "age_unknown"
    POOLED = "pooled_household"


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount in øre (a fraction, so that a year can be spread evenly) in the month that it belongs to.

    All amounts are written positive: an income too. `reaches`: the months that a one-off's twelfths reach; None: all.
    """

    month: date
    amount: Fraction
    kind: Kind = Kind.RUNNING
    reaches: frozenset[date] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A citizen in the refund: `household` pools children; `aftercare` is support of somebody of 18-22 years.

    `covered_before`: whether the last month before the age limit passed the first limit; None when it is not known.
    """

    id: str
    entries: tuple[Entry, ...]
    birth_date: date | None = None
    household: str | None = None
    aftercare: bool = False
    covered_before: bool | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, of whom and of which month (None: the year)."""

    code: Why
    person: str
    month: date | None = None
    ore: Ore = 0


@dataclass(frozen=True, slots=True)
class MonthRefund:
    """A case's month; amounts in øre, rounded each for itself but `refund`, whose months add up to the year.

    `step` is the highest limit passed: 0 none, 1 the first …
    """

    month: date
    running: Ore
    one_off: Ore
    income: Ore
    basis: Ore
    refund: Ore
    step: int


@dataclass(frozen=True, slots=True)
class CaseRefund:
    """A case: one citizen, or the children of a household."""

    key: str
    persons: tuple[str, ...]
    months: tuple[MonthRefund, ...]
    reasons: tuple[Reason, ...] = ()

    @property
    def refund(self) -> Ore:
        """The year's refund."""
        return sum(month.refund for month in self.months)


@dataclass(slots=True)
class _Sum:
    running: Fraction = Fraction(0)
    one_off: Fraction = Fraction(0)
    income: Fraction = Fraction(0)
    persons: set[str] = field(default_factory=set)

    @property
    def basis(self) -> Fraction:
        return self.running + self.one_off - self.income


def year_refund(persons: Iterable[Person], limits: Limits, *, ages: Ages) -> tuple[CaseRefund, ...]:
    """Return each case's refund of the limits' year; entries of other months are not looked at."""
    sums: dict[str, dict[date, _Sum]] = {}
    reasons: dict[str, list[Reason]] = {}
    for person in persons:
        own = _own_months(person, limits, ages)
        for month, amounts in own.items():
            key = _case_of(person, month, ages)
            why, counts = _of_age(person, month, limits, ages, own)
            reasons.setdefault(key, []).extend(why)
            if key != person.id:
                reasons[key].append(Reason(Why.POOLED, person.id))
            if counts:
                _add(sums.setdefault(key, {}).setdefault(month, _Sum()), amounts, person.id)
            else:
                sums.setdefault(key, {}).setdefault(month, _Sum())
        for reason in _left_out(person, limits.year, ages):
            reasons.setdefault(_case_of(person, date(limits.year, 1, 1), ages), []).append(reason)
    return tuple(_case(key, months, reasons.get(key, []), limits) for key, months in sums.items())


def refund_of(basis: Fraction, limits: Limits) -> Fraction:
    """Return the exact refund of a month's basis, both in øre."""
    return sum(
        (
            Fraction(share, 100) * max(Fraction(0), basis - Fraction(over, MONTHS))
            for over, share in limits.increments()
        ),
        Fraction(0),
    )


def _own_months(person: Person, limits: Limits, ages: Ages) -> dict[date, _Sum]:
    """All twelve months of a person who has anything in the year: a one-off reaches every month that it may."""
    of_year = [entry for entry in person.entries if entry.month.year == limits.year]
    if not of_year:
        return {}
    months = {date(limits.year, number + 1, 1): _Sum() for number in range(MONTHS)}
    for entry in of_year:
        if entry.kind is Kind.ONE_OFF and ages.spread:
            for reached in months if entry.reaches is None else entry.reaches:
                months[reached].one_off += entry.amount / MONTHS
            continue
        month = months[entry.month.replace(day=1)]
        if entry.kind in {Kind.RUNNING, Kind.ONE_OFF}:
            month.running += entry.amount
        elif entry.kind is Kind.INCOME:
            month.income += entry.amount
    return months


def _case_of(person: Person, month: date, ages: Ages) -> str:
    """The household when the person is pooled in it that month, else the person."""
    if person.household is None or person.birth_date is None:
        return person.id
    child = below(person.birth_date, ages.child, month)
    young = person.aftercare and below(person.birth_date, ages.young, month)
    return f"household:{person.household}" if child or young else person.id


def _of_age(
    person: Person, month: date, limits: Limits, ages: Ages, own: dict[date, _Sum]
) -> tuple[list[Reason], bool]:
    """Tell whether the month counts by the person's age, and what there is to say of it."""
    if person.birth_date is None:
        return [Reason(Why.AGE_UNKNOWN, person.id)], True
    if below(person.birth_date, ages.limit, month):
        return [], True
    if _covered(person, person.birth_date, limits, ages, own):
        return [Reason(Why.COVERED, person.id)], True
    return [Reason(Why.OVER_AGE, person.id, month)], False


def _covered(person: Person, birth_date: date, limits: Limits, ages: Ages, own: dict[date, _Sum]) -> bool:
    """Covered before the age limit: as told, or as the month before shows when it is in this year."""
    if ages.covered_from is None or not below(birth_date, ages.limit, ages.covered_from):
        return False
    if person.covered_before is not None:
        return person.covered_before
    before = own.get(month_before(birth_date, ages.limit))
    return before is not None and before.basis > Fraction(limits.steps[0].over_ore, MONTHS)


def _add(into: _Sum, amounts: _Sum, person: str) -> None:
    into.running += amounts.running
    into.one_off += amounts.one_off
    into.income += amounts.income
    into.persons.add(person)


def _left_out(person: Person, year: int, ages: Ages) -> Iterator[Reason]:
    """What of a person's year does not count, and what was spread."""
    named = {Kind.OBJECTIVE: Why.OBJECTIVE, Kind.OTHER_LAW: Why.OTHER_LAW}
    if ages.spread:
        named[Kind.ONE_OFF] = Why.ONE_OFF
    for kind, why in named.items():
        amount = sum((e.amount for e in person.entries if e.kind is kind and e.month.year == year), Fraction(0))
        if amount:
            yield Reason(why, person.id, None, round_half_away(*amount.as_integer_ratio()))


def _case(key: str, sums: dict[date, _Sum], reasons: list[Reason], limits: Limits) -> CaseRefund:
    months, so_far, before = [], Fraction(0), 0
    persons: set[str] = set()
    for month in sorted(sums):
        amounts = sums[month]
        persons |= amounts.persons
        so_far += refund_of(amounts.basis, limits)
        after = _rounded(so_far)
        step = sum(amounts.basis > Fraction(each.over_ore, MONTHS) for each in limits.steps)
        months.append(
            MonthRefund(
                month=month,
                running=_rounded(amounts.running),
                one_off=_rounded(amounts.one_off),
                income=_rounded(amounts.income),
                basis=_rounded(amounts.basis),
                refund=after - before,
                step=step,
            )
        )
        before = after
        if amounts.basis < 0:
            reasons.append(Reason(Why.INCOME_EXCEEDS, key, month, _rounded(amounts.basis)))
    reasons.append(Reason(Why.ABOVE if any(month.step for month in months) else Why.BELOW, key))
    return CaseRefund(key, tuple(sorted(persons)), tuple(months), tuple(dict.fromkeys(reasons)))


def _rounded(amount: Fraction) -> Ore:
    return round_half_away(*amount.as_integer_ratio())


def scheme_of_children(year: int) -> Scheme:
    """Return the scheme for children in a year: SEL § 176 a, then § 176 itself, from 2024 BL § 198."""
    if year <= CHILDREN_APART:
        return Scheme.CHILDREN_BEFORE
    return Scheme.CHILDREN if year >= CHILDRENS_ACT else Scheme.ADULTS
