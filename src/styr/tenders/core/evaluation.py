"""Which bid is best on a lot: exact prices, points by the model that was chosen before opening, and how firm it is.

Points are 0-10 and exact fractions. Price, linear: 10 for the lowest total, 0 for one that is `spread` per cent dearer,
straight between and never below 0. Price, relative: 10 times the lowest total over the bid's. Service: the mean of the
persons' points, weighted by the criteria. All: price's weight times price points plus service's times service points.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away
from styr.tenders.core.codes import Element, PriceModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

TOP: Final = 10
HUNDRED: Final = 100
SWING: Final = 10
"""By how many per cent volumes are moved to see whether another bid would win."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What was told before anybody bid; percentages."""

    price_weight: int
    model: PriceModel
    spread: int
    abnormal: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A bid on a lot: prices in øre for each element, and the service points (None until all are given)."""

    bid_id: UUID
    prices: Mapping[Element, int]
    service: Fraction | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A bid's place on a lot. `abnormal` is how many per cent it lies below the mean of the others, where too many."""

    bid_id: UUID
    rank: int
    total_ore: int
    price_points: Fraction
    service_points: Fraction | None
    points: Fraction
    abnormal: int | None
    tied: bool


@dataclass(frozen=True, slots=True)
class Swing:
    """What happens when one element's volume, or every one but it, is another: who wins then."""

    element: Element | None
    percent: int
    winner: UUID
    changed: bool


def total_ore(prices: Mapping[Element, int], volumes: Mapping[Element, Decimal]) -> int:
    """A year at these prices in whole øre: summed exactly and rounded once, a half away from zero."""
    whole = sum((Fraction(prices[one]) * Fraction(volumes[one]) for one in prices if one in volumes), Fraction(0))
    return round_half_away(whole.numerator, whole.denominator)


def price_points(totals: Mapping[UUID, int], rules: Rules) -> dict[UUID, Fraction]:
    """The points for price; a total of nought takes all the points, and then nobody else any by the relative model."""
    lowest = min(totals.values(), default=0)
    return {bid: _points_of(total, lowest, rules) for bid, total in totals.items()}


def service_points(given: Iterable[tuple[int, Sequence[int]]]) -> Fraction | None:
    """The weighted mean of each criterion's points: (weight, each person's points); None while any is missing."""
    summed, weights = Fraction(0), 0
    for weight, points in given:
        if not points:
            return None
        summed += weight * Fraction(sum(points), len(points))
        weights += weight
    return summed / weights if weights else Fraction(0)


def ranked(offers: Sequence[Offer], volumes: Mapping[Element, Decimal], rules: Rules) -> list[Placed]:
    """The bids on a lot, the best first; at equal points the cheaper is before, and what is then alike is told as tied.

    While service points are missing, price alone counts.
    """
    totals = {offer.bid_id: total_ore(offer.prices, volumes) for offer in offers}
    by_price = price_points(totals, rules)
    complete = all(offer.service is not None for offer in offers)
    points = {
        offer.bid_id: _all(by_price[offer.bid_id], offer.service if complete else None, rules) for offer in offers
    }
    order = sorted(offers, key=lambda one: (-points[one.bid_id], totals[one.bid_id], str(one.bid_id)))
    alike = [(points[one.bid_id], totals[one.bid_id]) for one in order]
    return [
        Placed(
            bid_id=one.bid_id,
            rank=alike.index(alike[at]) + 1,
            total_ore=totals[one.bid_id],
            price_points=by_price[one.bid_id],
            service_points=one.service,
            points=points[one.bid_id],
            abnormal=_abnormal(one.bid_id, totals, rules),
            tied=alike.count(alike[at]) > 1,
        )
        for at, one in enumerate(order)
    ]


def sensitivity(offers: Sequence[Offer], volumes: Mapping[Element, Decimal], rules: Rules) -> list[Swing]:
    """Who wins when the volume of each element is ten per cent more or less, one at a time; the changes first.

    All volumes together by as much changes no ranking, so it is not asked.
    """
    if len(offers) < 2:  # noqa: PLR2004 -- it takes two to change places
        return []
    now = ranked(offers, volumes, rules)[0].bid_id
    found = []
    for element in volumes:
        if not volumes[element]:
            continue
        for percent in (-SWING, SWING):
            moved = {**volumes, element: volumes[element] * (HUNDRED + percent) / HUNDRED}
            winner = ranked(offers, moved, rules)[0].bid_id
            found.append(Swing(element, percent, winner, winner != now))
    return sorted(found, key=lambda one: not one.changed)


def _points_of(total: int, lowest: int, rules: Rules) -> Fraction:
    if total == lowest:
        return Fraction(TOP)
    match rules.model:
        case PriceModel.RELATIVE:
            return Fraction(TOP * lowest, total)
        case PriceModel.LINEAR:
            above = Fraction((total - lowest) * HUNDRED, max(lowest, 1) * rules.spread)
            return max(Fraction(0), TOP * (1 - above))


def _all(price: Fraction, service: Fraction | None, rules: Rules) -> Fraction:
    if service is None:
        return price
    return (rules.price_weight * price + (HUNDRED - rules.price_weight) * service) / HUNDRED


def _abnormal(bid: UUID, totals: Mapping[UUID, int], rules: Rules) -> int | None:
    """How far below the others' mean, in whole per cent rounded down, where that is more than the limit."""
    others = [total for one, total in totals.items() if one != bid]
    if not others or not sum(others):
        return None
    mean = Fraction(sum(others), len(others))
    below = HUNDRED * (mean - totals[bid]) / mean
    return int(below) if below > rules.abnormal else None
