"""The state of a list as it stands in the address; words that mean nothing are dropped."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from styr.ui.columns import Column, ListSpec, Sort
from styr.ui.filters import FilterForm

_MOST_DIGITS = 7
SORT, PAGE, COLUMNS, FETCH, SIZE = "sorter", "side", "kolonner", "hent", "antal"
SIZES = (50, 100, 200)
"""How many rows a page may be asked for."""


@dataclass(frozen=True, slots=True)
class ListState:
    """Which page, in what order, with which columns; and the filter's words, so that addresses can be made."""

    spec: ListSpec
    filter_words: dict[str, list[str]]
    sorter: str
    page: int
    chosen: tuple[str, ...]
    size: int

    @classmethod
    def read(cls, spec: ListSpec, address: QueryDict, form: FilterForm) -> Self:
        """Read the address."""
        return cls(
            spec=spec,
            filter_words=form.address,
            sorter=_sorter(spec, address.get(SORT, "")),
            page=_number(address.get(PAGE, "1")),
            chosen=_chosen(spec, address.getlist(COLUMNS)),
            size=_size(spec, address.get(SIZE, "")),
        )

    @property
    def sort(self) -> Sort:
        """The order that the query is asked for."""
        column = self.spec.column(self.sorter.removeprefix("-"))
        return Sort((column.sort if column else None) or "", falling=self.sorter.startswith("-"))

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns on the page, in the list's own order."""
        if not self.chosen:
            return self.spec.standard
        return tuple(column for column in self.spec.offered if column.fixed or column.key in self.chosen)

    @property
    def own_words(self) -> dict[str, list[str]]:
        """Order, columns and rows a page as words, without what is the list's own choice."""
        words: dict[str, list[str]] = {}
        if self.sorter != self.spec.default_sort:
            words[SORT] = [self.sorter]
        if self.chosen:
            words[COLUMNS] = [",".join(self.chosen)]
        if self.size != self.spec.size:
            words[SIZE] = [str(self.size)]
        return words

    def words(self, **others: str) -> dict[str, list[str]]:
        """Everything of the address except the page; `others` replace."""
        kept = {name: words for name, words in self.own_words.items() if others.get(name) != ""}
        return self.filter_words | kept | {name: [word] for name, word in others.items() if word}

    def address(self, **others: str) -> str:
        """The query string with these words replaced, from "?"."""
        return "?" + urlencode(self.words(**others), doseq=True, safe=",")

    def sorted_by(self, column: Column) -> str:
        """How a column head tells it: "ascending", "descending" or ""."""
        if self.sorter.removeprefix("-") != column.key:
            return ""
        return "descending" if self.sorter.startswith("-") else "ascending"

    def sort_address(self, column: Column) -> str:
        """Where a press on the column's head leads: rising first, then falling."""
        turned = f"-{column.key}" if self.sorted_by(column) == "ascending" else column.key
        return self.address(**{SORT: turned})

    @property
    def sizes(self) -> list[tuple[int, str]]:
        """How many rows a page may have, and where each choice leads; the list's own needs no word."""
        return [(size, self.address(**{SIZE: "" if size == self.spec.size else str(size)})) for size in SIZES]


def _sorter(spec: ListSpec, word: str) -> str:
    column = spec.column(word.removeprefix("-"))
    return word if column is not None and column.sort else spec.default_sort


def _number(word: str) -> int:
    return max(int(word), 1) if word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS else 1


def _size(spec: ListSpec, word: str) -> int:
    return next((size for size in SIZES if word == str(size)), spec.size)


def _chosen(spec: ListSpec, words: list[str]) -> tuple[str, ...]:
    asked = {key for word in words for key in word.split(",")}
    chosen = tuple(column.key for column in spec.offered if column.key in asked)
    standard = tuple(column.key for column in spec.standard)
    return () if chosen == standard else chosen
