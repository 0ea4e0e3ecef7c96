"""A table of a page read back as columns and values: what stands in the file is what stands on the page.

Nobody writes a table twice. The file is made of the page that was drawn for the person who asks, so its rows, its
masked numbers and its protected addresses are those of the page, and the page's own reading is what was logged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from lxml import html

from styr.ui.columns import Column
from styr.ui.table_values import NOTHING, REMARK, Cell, Told, columns_of, picked, value_of

_LEFT_OUT: Final = frozenset({"button", "script", "template", "dialog", "svg"})
_HIDDEN: Final = frozenset({"visually-hidden", "no-print", "check", "menu", "button"})
_INLINE: Final = frozenset({"a", "abbr", "b", "em", "i", "mark", "span", "strong", "time", "wbr"})
_FIELDS: Final = frozenset({"text", "number", "date"})


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table ready for a workbook; `told` is what the page says about its choice of rows."""

    title: str
    columns: tuple[Column, ...]
    rows: list[tuple[Any, ...]]
    told: list[tuple[str, str]]


def read_table(page: bytes, name: str) -> TableRead | None:
    """The table of a page whose `data-file` is `name`; None where the page has none of that name."""
    tree = html.document_fromstring(page.decode())
    found = next((one for one in tree.iter("table") if one.get("data-file") == name), None)
    if found is None:
        return None
    heads = _heads(found)
    figures = "matrix" in _classes(found)
    raw = [_row(one, len(heads), figures=figures) for body in found.findall("tbody") for one in body.findall("tr")]
    told = _columns(heads, raw)
    caption = found.find("caption")
    return TableRead(
        title=name if caption is None else _words(caption, hidden=frozenset()),
        columns=tuple(picked(at, one) for at, one in enumerate(told)),
        rows=list(zip(*(one.values for one in told), strict=True)),
        told=_told(tree),
    )


def read_column(rows: str, at: int) -> list[Cell]:
    """What rows without spans write in one column, `at` counted from 0; what is only noted there is not told."""
    table = html.fragment_fromstring(f"<table><tbody>{rows}</tbody></table>")
    cells = [row[at] if at < len(row) else None for row in table.iter("tr")]
    return [NOTHING if one is None else value_of(_words(one), figure="number" in _classes(one)) for one in cells]


def _classes(element: Any) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _pieces(element: Any, *, notes: bool, hidden: frozenset[str]) -> list[str]:
    """The words of an element and what is in it; with `notes` only those in `<small>`, else only the others."""
    pieces: list[str] = [] if notes else [element.text or ""]
    for child in element:
        if not isinstance(child.tag, str) or _classes(child) & hidden or child.tag in _LEFT_OUT:
            pieces.append("" if notes else _named(child))
        elif child.tag == "small":
            pieces += [_words(child), " "] if notes else []
        elif child.tag in {"input", "select"}:
            pieces += [] if notes else [_chosen(child), " "]
        else:
            pieces += _pieces(child, notes=notes, hidden=hidden)
            pieces.append("" if child.tag in _INLINE and "tag" not in _classes(child) else " ")
        pieces.append("" if notes else child.tail or "")
    return pieces


def _named(element: Any) -> str:
    """What a picture that stands alone is called."""
    return str(element.get("aria-label") or "") if element.tag == "svg" else ""


def _words(element: Any, *, notes: bool = False, hidden: frozenset[str] = _HIDDEN) -> str:
    return " ".join("".join(_pieces(element, notes=notes, hidden=hidden)).replace("\xad", "").split())


def _chosen(field: Any) -> str:
    """What is chosen or written in a field."""
    if field.tag == "select":
        return ", ".join(_words(one) for one in field.iter("option") if one.get("selected") is not None)
    kind = field.get("type", "text")
    if kind == "checkbox":
        return "ja" if field.get("checked") is not None else ""
    return str(field.get("value") or "") if kind in _FIELDS | {"search"} else ""


def _heads(table: Any) -> list[str]:
    """The title of each column; a head of several rows says its titles from the top."""
    titles: list[list[str]] = []
    for row in table.findall("thead/tr"):
        at = 0
        for cell in row:
            for _ in range(_span(cell)):
                titles += [[]] if at == len(titles) else []
                word = _words(cell)
                titles[at] += [word] if word and word not in titles[at] else []
                at += 1
    return [", ".join(words) for words in titles]


def _span(cell: Any) -> int:
    word = cell.get("colspan") or "1"
    return int(word) if word.isdigit() else 1


def _row(row: Any, width: int, *, figures: bool) -> list[tuple[Cell, Cell]]:
    """The cells of a row, each with its note; filled up to the width of the head."""
    empty = (NOTHING, NOTHING)
    cells: list[tuple[Cell, Cell]] = []
    for cell in row:
        figure = "number" in _classes(cell) or (figures and cell.tag == "td")
        note = value_of(_words(cell, notes=True), figure=False)
        seen = not _classes(cell) & _HIDDEN
        cells += [(value_of(_words(cell), figure=figure), note) if seen else empty, *[empty] * (_span(cell) - 1)]
    return (cells + [empty] * width)[: max(width, len(cells))]


def _columns(heads: Sequence[str], raw: Sequence[Sequence[tuple[Cell, Cell]]]) -> list[Told]:
    """The columns of the file; a column of the page that nobody wrote in is left out unless it has a title."""
    told: list[Told] = []
    for at in range(max([len(heads), *map(len, raw)], default=0)):
        head = heads[at] if at < len(heads) else ""
        for which, title in ((0, head), (1, f"{head}{REMARK}" if head else "Bemærkning")):
            cells = [row[at][which] if at < len(row) else NOTHING for row in raw]
            if any(cell.words for cell in cells) or (which == 0 and head):
                told += columns_of(title, cells)
    return told


def _told(tree: Any) -> list[tuple[str, str]]:
    """What the page says of itself: its heading, the views chosen and the fields of its filter."""
    told = [("Side", _words(heading)) for heading in tree.iter("h1")]
    for nav in tree.iter("nav"):
        if "tabs--pills" in _classes(nav):
            chosen = [_words(link) for link in nav.iter("a") if link.get("aria-current")]
            told += [(nav.get("aria-label") or "Visning", ", ".join(chosen))] if chosen else []
    for form in tree.iter("form"):
        if "filters" in _classes(form):
            told += _asked(form)
    return told


def _asked(form: Any) -> list[tuple[str, str]]:
    """The fields of a filter that ask for something: (label, what is asked)."""
    fields = {one.get("id"): one for one in form.iter("input", "select") if one.get("id")}
    asked = []
    for label in form.iter("label"):
        field = next(label.iter("input", "select"), fields.get(label.get("for")))
        if field is not None and (words := _chosen(field)):
            asked.append((" ".join((label.text or "").split()) or _words(label), words))
    return asked
