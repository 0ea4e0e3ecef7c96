"""A page beyond the last still tells how many there are, and no domain writes that again for itself."""

from pathlib import Path

import pytest

from styr.kernel.paging import counted_page, told_page

SOURCE = Path(__file__).parents[3] / "src" / "styr"
CLAMPED = {"invoices/queue.py"}
"""Its statement gives the last page by itself."""


class Book:
    """Rows of (number, how many in all), as a statement with `count(*) OVER ()` gives them."""

    def __init__(self, many: int) -> None:
        self.rows = [(at, many) for at in range(many)]
        self.asked: list[tuple[int, int]] = []

    def __call__(self, first: int, size: int) -> list[tuple[int, int]]:
        self.asked.append((first, size))
        return self.rows[first : first + size]


@pytest.mark.parametrize(
    ("many", "first", "shown", "asked"),
    [
        (7, 0, [0, 1, 2], [(0, 3)]),
        (7, 6, [6], [(6, 3)]),
        (7, 9, [], [(9, 3), (0, 1)]),
        (0, 0, [], [(0, 3)]),
        (0, 9, [], [(9, 3), (0, 1)]),
    ],
)
def test_a_page_tells_of_all_and_is_asked_for_again_only_beyond_the_last(
    many: int, first: int, shown: list[int], asked: list[tuple[int, int]]
) -> None:
    book = Book(many)
    rows, total = counted_page(book, first=first, size=3)
    assert ([number for number, _ in rows], total, book.asked) == (shown, many, asked)


def test_the_row_that_tells_is_given_as_it_is() -> None:
    assert told_page(Book(4), first=99, size=2) == ([], (0, 4))
    assert told_page(Book(0), first=0, size=2) == ([], None)


def test_every_statement_that_counts_in_its_rows_is_asked_by_these() -> None:
    counting = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "OFFSET" in (text := path.read_text()) and ("OVER ()" in text or "AS all_count" in text)
        if "styr.kernel.paging" not in text
    }
    assert counting == CLAMPED
