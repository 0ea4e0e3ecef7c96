"""What a list is made of: its columns, its pages and what can be done with selected rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


class Kind(StrEnum):
    """What a column holds; it decides alignment, writing and the type in Excel."""

    TEXT = "text"
    NUMBER = "number"  # int or Decimal
    MONEY = "money"  # øre; shown in whole kroner, in Excel kroner with øre
    RATE = "rate"  # Decimal kroner, e.g. a price a day; shown with two decimals
    SHARE = "share"  # 0 to 1; shown as per cent
    DATE = "date"
    LAST_DAY = "last_day"  # a date that ends a half-open period: the day before is shown
    MONTH = "month"  # a date in it
    MOMENT = "moment"  # datetime
    TAG = "tag"  # a Tag or None


@dataclass(frozen=True, slots=True)
class Tag:
    """A small coloured word. `tone`: danger, warning, info, good, quiet or "" (neutral)."""

    text: str
    tone: str = ""
    icon: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` is its word in the address and, unless `value` is given, the attribute of the row.

    `sort` is the word that `fetch` is given in `Sort.by` (None: the column cannot be sorted). `link` gives the address
    that the cell leads to, `note` a quiet second line. Columns with `shown=False` are offered but not chosen at first.
    `lead` stands to the right of the first column on a phone. `only_excel` is never on the page.
    """

    key: str
    title: str
    kind: Kind | str = Kind.TEXT
    value: Callable[[Any], object] | None = None
    sort: str | None = None
    link: Callable[[Any], str | None] | None = None
    note: Callable[[Any], object] | None = None
    shown: bool = True
    fixed: bool = False
    lead: bool = False
    tone: Callable[[Any], str] | None = None
    only_excel: bool = False
    nowrap: bool = False

    def of(self, row: Any) -> object:
        """The column's value in a row."""
        return self.value(row) if self.value else getattr(row, self.key)


@dataclass(frozen=True, slots=True)
class Sort:
    """The order wanted: `by` is a column's `sort`, and whether it falls (largest, newest first)."""

    by: str
    falling: bool = False


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """A page of rows. `page` counts from 1; `pages` is at least 1; `total` counts all rows of the filter."""

    rows: Sequence[Row]
    page: int
    pages: int
    total: int

    @classmethod
    def of(cls, rows: Sequence[Row], *, page: int, size: int, total: int) -> "ListPage[Row]":
        """A page of `size` rows out of `total`."""
        return cls(rows, page, max(1, -(-total // size)), total)


Fetch = Callable[[Any, Sort, int, int], ListPage[Any]]
"""`fetch(wanted, sort, page, size)`: the domain's query; a page beyond the last gives the last."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """What can be done with selected rows: buttons that post `valgt` (the rows' ids) to an address."""

    address: str
    buttons: tuple["BulkButton", ...]


@dataclass(frozen=True, slots=True)
class BulkButton:
    """A button of the bulk bar; `name`/`value` are posted with the selected ids."""

    text: str
    name: str = "handling"
    value: str = ""
    tone: str = ""
    icon: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class ListSpec:
    """A list: its columns, order and words.

    `name` is part of the Excel file's name and of the ids of the page (a-z and -). `one`/`many` name the rows
    ("faktura", "fakturaer"). `default_sort` is a column's key, "-" in front for falling. `row_id` gives the
    id posted when rows are selected. `row_tone` gives "danger" or "warning" for rows that want attention, else "".
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    one: str
    many: str
    default_sort: str = ""
    size: int = 50
    row_id: Callable[[Any], object] | None = None
    row_tone: Callable[[Any], str] | None = None
    empty_icon: str = "inbox"
    empty_title: str = ""
    empty_text: str = ""

    def column(self, key: str) -> Column | None:
        """The column of that key."""
        return next((column for column in self.columns if column.key == key), None)

    @property
    def offered(self) -> tuple[Column, ...]:
        """The columns that a page may show."""
        return tuple(column for column in self.columns if not column.only_excel)

    @property
    def standard(self) -> tuple[Column, ...]:
        """The columns shown when nobody chose."""
        return tuple(column for column in self.offered if column.shown or column.fixed)
