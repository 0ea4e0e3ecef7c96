"""Amounts between two bounds: read, printed as they stood, and added without inventing anything."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.initiatives.core.interval import (
    Interval,
    UnreadableIntervalError,
    read,
    read_bounds,
    stored,
    total,
    within,
    written,
)

_TENTHS = st.integers(0, 400).map(lambda number: Decimal(number) / 10)


@st.composite
def intervals(draw: st.DrawFn) -> Interval | None:
    low, high = sorted((draw(_TENTHS), draw(_TENTHS)))
    shape = draw(st.sampled_from(["exact", "between", "below", "above", "least", "unknown"]))
    if shape == "unknown":
        return None
    if shape in {"above", "least"}:
        return Interval(low, None, lower_open=shape == "above")
    if shape == "below":
        return Interval(Decimal(0), high + 1, upper_open=True)
    return Interval(low, low if shape == "exact" else high)


@pytest.mark.parametrize(
    "text", ["0,1-0,2", "22,0", "<0,1", ">3,3", "0,0", "Ikke estimeret", "mindst 1,2", "18,0", "1,25", "0,0-0,3"]
)
def test_what_is_read_prints_as_it_stood(text: str) -> None:
    assert written(read(text)) == text


@given(intervals())
def test_every_interval_is_read_back_as_it_was(interval: Interval | None) -> None:
    assert read(written(interval)) == interval
    assert read(stored(interval)) == interval


@pytest.mark.parametrize("text", ["-1", "-0,1-0,2", "0,2-0,1", "1.5", "ca. 2", "1-2-3", "<", ">x", "1,2345", "9999999"])
def test_what_is_no_amount_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(UnreadableIntervalError, match="Skriv fx"):
        read(text)


def test_an_interval_below_nought_or_of_nothing_cannot_be_made() -> None:
    for low, high, is_open in ((-1, 1, False), (2, 1, False), (1, 1, True)):
        with pytest.raises(UnreadableIntervalError):
            Interval(Decimal(low), Decimal(high), upper_open=is_open)


def test_unknown_is_never_nought() -> None:
    assert read("Ikke estimeret") is None
    assert read("0,0") == Interval(Decimal("0.0"), Decimal("0.0"))
    assert total([None, None]).words == "Ikke estimeret"
    assert total([read("0,0"), None]).words == "mindst 0,0"


def test_two_columns_are_read_as_one_amount() -> None:
    assert written(read_bounds("0,1", "0,2")) == "0,1-0,2"
    assert written(read_bounds("", "<0,1")) == "<0,1"
    assert read_bounds("Ikke estimeret", "Ikke estimeret") is None
    assert written(read_bounds("0,0", "0,0")) == "0,0"


@given(st.lists(intervals(), max_size=12))
def test_a_sum_holds_every_choice_of_amounts(parts: list[Interval | None]) -> None:
    summed = total(parts)
    known = [part for part in parts if part is not None]
    assert summed.estimated.lower == sum((part.lower for part in known), Decimal(0))
    if all(part.upper is not None for part in known):
        assert summed.estimated.upper == sum((part.upper or Decimal(0) for part in known), Decimal(0))
    else:
        assert summed.estimated.upper is None
    assert summed.unknown == len(parts) - len(known)
    if summed.unknown:
        assert summed.whole.upper is None
    assert summed.words


@given(st.lists(intervals(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_parts_does_not_matter(parts: list[Interval | None], chance: object) -> None:
    turned = list(parts)
    chance.shuffle(turned)  # type: ignore[attr-defined]  # hypothesis' own Random
    assert total(parts) == total(turned)


def test_a_saving_above_its_baseline_is_seen() -> None:
    assert within(read("0,1-0,2"), read("0,2"))
    assert within(read("4"), read(">3,3"))
    assert not within(read("0,5"), read("0,4"))
