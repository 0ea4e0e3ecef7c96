"""Prices that stand in tables: the column of prices, the unit beside it, and what the row is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from styr.agreements.core.review.fields import Field
from styr.agreements.core.review.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from styr.agreements.core.reading.document import Table

_PRICE_HEADING: Final = re.compile(r"(?i)\b(?:pris|takst|beløb|kr|sats)\w*\b|døgntakst|timepris|døgnpris")
_UNIT_HEADING: Final = re.compile(r"(?i)\b(?:enhed|pr\.?|per|afregning)\b")
_PRICE: Final = re.compile(
    r"^(?:kr\.?\s*)?(\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?)\s*(?:kr\.?|kroner|,-)?(?:\s*(?:/|pr\.?)\s*(\w+))?$"
)
_UNIT: Final = re.compile(r"(?i)\b(døgn|kalenderdag|åbningsdag|dag|time|uge|måned|km|kilometer|tur|gang)")
_UNITS: Final = {
    "døgn": "døgn", "kalenderdag": "døgn", "dag": "dag", "åbningsdag": "åbningsdag", "time": "time", "uge": "uge",
    "måned": "måned", "km": "km", "kilometer": "km", "tur": "tur", "gang": "gang",
}  # fmt: skip


def priced_rows(tables: Sequence[Table], text: Sequence[Sentence]) -> tuple[Field, ...]:
    """A price for each row of a table that has a column of prices and says what they are per; one of a kind."""
    found: dict[str, Field] = {}
    for table in tables:
        for field in _rows(table, text):
            found.setdefault(field.value, field)
    return tuple(found.values())


def _rows(table: Table, text: Sequence[Sentence]) -> Iterator[Field]:
    head, *rows = table.rows
    prices = next((at for at, cell in enumerate(head) if _PRICE_HEADING.search(cell)), None)
    if prices is None:
        return
    units = next((at for at, cell in enumerate(head) if at != prices and _UNIT_HEADING.search(cell)), None)
    for row in rows:
        price = _PRICE.match(_cell(row, prices))
        unit = price and _unit(price[2] or "", _cell(row, units), head[prices], " ".join(row))
        if price and unit:
            name = next((cell for at, cell in enumerate(row) if at not in {prices, units} and cell), "")
            yield Field("price", f"{price[1]} kr. pr. {unit}", _place(table, row, price[1], text), _quoted(row, name))


def _unit(*said: str) -> str:
    found = next((match for words in said if (match := _UNIT.search(words))), None)
    return "" if found is None else _UNITS[found[1].lower()]


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _quoted(row: Sequence[str], name: str) -> str:
    return " · ".join(cell for cell in (name, *(one for one in row if one != name)) if cell)


def _place(table: Table, row: Sequence[str], price: str, text: Sequence[Sentence]) -> Sentence:
    """The sentence on the page that the price stands in; without one, the row itself."""
    found = next((one for one in text if one.page == table.page and price in one.text), None)
    return found or Sentence(-1, table.page, " ".join(cell for cell in row if cell), (), (), is_heading=False)
