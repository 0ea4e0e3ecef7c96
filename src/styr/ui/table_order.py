"""A table of a page in another order and in parts: `<c-table sorts="yes" file="…">`.

As its file, the table is made of what was drawn (`table_reading`): a column is sorted by the values that its cells
write, and nobody tells the columns twice. What may grow without end is a list of `ui/lists.py`, whose query is paged.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from operator import itemgetter
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from styr.ui.columns import Kind
from styr.ui.icons import icon
from styr.ui.table_files import TABLE
from styr.ui.table_reading import read_column
from styr.ui.table_values import Cell

SIZE: Final = 100
"""Rows a part."""
_MOST_DIGITS: Final = 5
_BODY: Final = re.compile(r"(.*?<tbody[^>]*>)(.*?)(</tbody>.*)", re.DOTALL)
_ROW: Final = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_HEAD: Final = re.compile(r"<(th|td)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]+>")
_NO_TITLE: Final = ("visually-hidden", "<input", "<a ", "<button")
_NO_ROWS: Final = ("<table", "rowspan=", "colspan=")
_DIGITS: Final = re.compile(r"(\d+)")
_PLAIN: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
_AFTER_Z: Final = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


@dataclass(frozen=True, slots=True)
class Part:
    """What is shown of a table: its inside, the page, of how many, how many rows there are, and the pages' address."""

    html: SafeString
    page: int = 1
    pages: int = 1
    total: int = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words of the address about one table."""

    name: str
    words: QueryDict

    @property
    def column(self) -> str:
        return self.words.get(f"sorter-{self.name}", "").removeprefix("-")

    @property
    def falls(self) -> bool:
        return self.words.get(f"sorter-{self.name}", "").startswith("-")

    @property
    def page(self) -> int:
        word = self.words.get(f"side-{self.name}", "")
        return max(int(word), 1) if word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS else 1

    def address(self, sorter: str) -> str:
        """The page's address with the table from its beginning in that order; the rest of the page is as it is."""
        words = {name: told for name, told in self.words.lists() if name != f"side-{self.name}"}
        return "?" + urlencode(words | ({f"sorter-{self.name}": [sorter]} if sorter else {}), doseq=True)


def part_of(drawn: str, name: str, words: QueryDict) -> Part:
    """The inside of a table as the address asks: its heads are links that sort, and a part has at most `SIZE` rows.

    The file of the table has all rows, in the same order. Rows that hang together (`rowspan`, `colspan`, several
    bodies) stay as they were drawn.
    """
    asked = _Asked(name, words)
    found = _BODY.fullmatch(drawn)
    rows = _ROW.findall(found[2]) if found else []
    if not found or len(rows) < 2 or "<tbody" in found[3] or any(word in found[1] + found[2] for word in _NO_ROWS):  # noqa: PLR2004 - one row has no order
        return Part(mark_safe(drawn), total=len(rows))  # noqa: S308 - the table's own rows
    heads = [title_word(title) for _, _, title in _HEAD.findall(found[1])]
    if asked.column and asked.column in heads:
        rows = _sorted(rows, heads.index(asked.column), falls=asked.falls)
    pages = 1 if TABLE in words else -(-len(rows) // SIZE)
    page = min(asked.page, pages)
    shown = rows if pages == 1 else rows[(page - 1) * SIZE : page * SIZE]
    html = f"{_sortable(found[1], heads, asked)}{''.join(shown)}{found[3]}"
    kept = words.get(f"sorter-{name}", "")
    return Part(mark_safe(html), page, pages, len(rows), asked.address(kept))  # noqa: S308 - the same, links escaped


def title_word(title: str) -> str:
    """How a column is called in the address; "" for one that cannot be sorted by."""
    if any(word in title for word in _NO_TITLE):
        return ""
    plain = unicodedata.normalize("NFKD", _TAG.sub("", title).casefold().translate(_PLAIN))
    return "-".join(re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode()))


def _sortable(head: str, heads: list[str], asked: _Asked) -> str:
    at = count()

    def linked(found: re.Match[str]) -> str:
        tag, attributes, title = found.groups()
        word = heads[next(at)]
        if not word or heads.count(word) > 1 or tag != "th":
            return found[0]
        rises, falls = word == asked.column and not asked.falls, word == asked.column and asked.falls
        arrow = icon("arrow-up") if rises else icon("arrow-down") if falls else ""
        told = f' aria-sort="{"ascending" if rises else "descending"}"' if rises or falls else ""
        address = escape(asked.address(f"-{word}" if rises else word) + f"#tabel-{asked.name}")
        return f'<th{attributes}{told}><a class="sort" href="{address}">{title}{arrow}</a></th>'

    return _HEAD.sub(linked, head)


def _sorted(rows: list[str], at: int, *, falls: bool) -> list[str]:
    """The rows by a column; a cell that says nothing comes last in both directions, and equal ones stay as drawn."""
    known, empty = [], []
    for row, cell in zip(rows, read_column("".join(rows), at), strict=True):
        order = _order(cell)
        if order is None:
            empty.append(row)
        else:
            known.append((order, row))
    return [row for _, row in sorted(known, key=itemgetter(0), reverse=falls)] + empty


def _order(cell: Cell) -> tuple[int, Any] | None:
    """What a cell is sorted by: amounts and numbers, then days, then words in Danish order and by their numbers."""
    value = next((one for one in cell.value if one), None) if isinstance(cell.value, tuple) else cell.value
    if isinstance(value, datetime):
        return 1, (value.date().toordinal(), value.hour * 60 + value.minute)
    if isinstance(value, date):
        return 1, (value.toordinal(), 0)
    if value is not None:
        return 0, Decimal(value).scaleb(-2) if cell.kind == Kind.MONEY else Decimal(value)
    words = cell.words.casefold().translate(_AFTER_Z)
    parts = [(one.isdecimal(), int(one) if one.isdecimal() else 0, one) for one in _DIGITS.split(words)]
    return (2, parts) if words else None
