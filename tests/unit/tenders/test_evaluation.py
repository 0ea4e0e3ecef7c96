"""Which bid is best: exact totals, both price models, ties, low bids, and what would change the winner."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.tenders.core.codes import Element, PriceModel
from styr.tenders.core.evaluation import Offer, Rules, price_points, ranked, sensitivity, service_points, total_ore

RULES = Rules(price_weight=60, model=PriceModel.LINEAR, spread=50, abnormal=25)
RELATIVE = Rules(price_weight=60, model=PriceModel.RELATIVE, spread=50, abnormal=25)
A, B, C = (UUID(int=number) for number in (1, 2, 3))
VOLUMES = {Element.START: Decimal(1000), Element.KM: Decimal("12345.67")}


def offer(bid: UUID, start: int, km: int, service: int | None = 8) -> Offer:
    """A bid at prices in øre."""
    return Offer(bid, {Element.START: start, Element.KM: km}, None if service is None else Fraction(service))


prices = st.fixed_dictionaries({one: st.integers(0, 10_000_000) for one in Element})
quantities = st.fixed_dictionaries({one: st.decimals(0, 10**7, places=2) for one in Element})


@given(prices, quantities)
def test_a_total_is_summed_exactly_and_rounded_once(given: dict[Element, int], held: dict[Element, Decimal]) -> None:
    """Slowly: count hundredths of an øre one element at a time, then look at what is left over."""
    hundredths = sum(given[one] * int(held[one] * 100) for one in Element)
    whole, rest = divmod(hundredths, 100)
    assert total_ore(given, held) == whole + (rest >= 50)


@pytest.mark.parametrize(
    ("rules", "total", "points"),
    [
        (RULES, 1000, Fraction(10)), (RULES, 1250, Fraction(5)), (RULES, 1500, Fraction(0)), (RULES, 9000, Fraction(0)),
        (RELATIVE, 1250, Fraction(8)), (RELATIVE, 4000, Fraction(5, 2)),
    ],
)  # fmt: skip
def test_price_becomes_points_by_the_model(rules: Rules, total: int, points: Fraction) -> None:
    assert price_points({A: 1000, B: total}, rules)[B] == points


def test_a_price_of_nought_divides_by_nothing() -> None:
    assert price_points({A: 0, B: 100}, RELATIVE) == {A: 10, B: 0}
    assert price_points({A: 0, B: 100}, RULES) == {A: 10, B: 0}


def test_service_is_the_weighted_mean_of_both_and_unknown_while_one_is_missing() -> None:
    assert service_points([(60, [8, 6]), (40, [10, 9])]) == Fraction(60 * 7 + 40 * Fraction(19, 2)) / 100
    assert service_points([(60, [8, 6]), (40, [])]) is None
    assert service_points([]) == 0


def test_the_dearer_wins_where_its_service_is_worth_it() -> None:
    """A costs 10 % more: 8 points of 10 for price; its service is 10 against 5."""
    placed = ranked([offer(A, 1100, 1100, 10), offer(B, 1000, 1000, 5)], VOLUMES, RULES)
    assert [(one.bid_id, one.points) for one in placed] == [(A, Fraction(88, 10)), (B, Fraction(8))]


def test_alone_price_counts_until_all_service_is_known_and_ties_are_told() -> None:
    placed = ranked([offer(A, 1000, 1000, None), offer(B, 1000, 1000), offer(C, 2000, 1000)], VOLUMES, RULES)
    assert [(one.bid_id, one.rank, one.tied) for one in placed] == [(A, 1, True), (B, 1, True), (C, 3, False)]


def test_a_bid_far_below_the_others_is_flagged() -> None:
    placed = ranked([offer(A, 700, 700), offer(B, 1000, 1000), offer(C, 1000, 1000)], VOLUMES, RULES)
    assert [(one.bid_id, one.abnormal) for one in placed] == [(A, 30), (B, None), (C, None)]
    assert ranked([offer(A, 700, 700)], VOLUMES, RULES)[0].abnormal is None, "alone it is below nobody"


def test_ten_per_cent_more_kilometres_can_change_the_winner() -> None:
    """A is dear to start and cheap to drive, B the other way round, and they are all but equal."""
    volumes = {Element.START: Decimal(1000), Element.KM: Decimal(1000)}
    close = [offer(A, 1200, 1000), offer(B, 1000, 1199)]
    assert ranked(close, volumes, RULES)[0].bid_id == B
    swings = sensitivity(close, volumes, RULES)
    assert [(one.element, one.percent) for one in swings if one.changed] == [(Element.START, -10), (Element.KM, 10)]
    assert all(one.winner == A for one in swings if one.changed)
    assert sensitivity(close[:1], volumes, RULES) == []


@given(st.lists(st.tuples(st.integers(1, 10**5), st.integers(1, 10**5), st.integers(0, 10)), min_size=1, max_size=6))
def test_the_order_of_bids_decides_nothing(told: list[tuple[int, int, int]]) -> None:
    offers = [offer(UUID(int=at + 1), *one) for at, one in enumerate(told)]
    assert ranked(offers, VOLUMES, RELATIVE) == ranked(offers[::-1], VOLUMES, RELATIVE)
