"""A credit note pays back once, however many claims are made on the number it names."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.invoices.core.credited import Claimed, Note, credited

START = datetime(2026, 11, 1, tzinfo=UTC)


def claim(place: int, amount_ore: int, day: int = 0, *, closed: bool = False) -> Claimed:
    return Claimed(UUID(int=place), amount_ore, START + timedelta(days=day), closed)


def note(place: int, amount_ore: int, day: int = 5) -> Note:
    return Note(UUID(int=100 + place), f"K{place}", amount_ore, START + timedelta(days=day))


@pytest.mark.parametrize(
    ("claims", "notes", "told"),
    [
        ([claim(1, 100)], [note(1, 100)], [(100, True)]),
        ([claim(1, 100), claim(2, 100, 1)], [note(1, 100)], [(100, True), (0, False)]),
        ([claim(1, 100), claim(2, 100, 1)], [note(1, 150)], [(100, True), (50, False)]),
        ([claim(1, 100), claim(2, 100, 4)], [note(1, 100, 2), note(2, 100, 5)], [(100, True), (100, True)]),
        ([claim(1, 100, 3)], [note(1, 100, 2)], []),
        ([claim(1, 100)], [note(1, 60)], [(60, False)]),
        ([claim(1, 0)], [note(1, 60)], [(0, True)]),
        ([claim(1, 100, closed=True), claim(2, 100)], [note(1, 100)], [(0, False)]),
        ([claim(1, 100)], [note(1, -100)], [(0, False)]),
    ],
)
def test_the_oldest_claim_is_paid_back_first(
    claims: list[Claimed], notes: list[Note], told: list[tuple[int, bool]]
) -> None:
    assert [(one.back_ore, one.covered) for one in credited(claims, notes)] == told


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 9), st.booleans()), max_size=5),
    st.lists(st.tuples(st.integers(1, 300), st.integers(0, 9)), max_size=5),
)
def test_never_more_comes_back_than_the_notes_are_worth(
    claims: list[tuple[int, int, bool]], notes: list[tuple[int, int]]
) -> None:
    made = [claim(place, ore, day, closed=closed) for place, (ore, day, closed) in enumerate(claims)]
    done = credited(made, [note(place, ore, day) for place, (ore, day) in enumerate(notes)])
    assert sum(one.back_ore for one in done) <= sum(ore for ore, _ in notes)
    amounts = {one.id: one.amount_ore for one in made}
    assert all(0 <= one.back_ore <= amounts[one.id] for one in done)
