"""Payment files, vouchers and answers in a layout that is data: delimited or of fixed widths. Pure.

The layouts come with the program (`reference/payment_layouts.toml`) or are the municipality's own, and are held to
what the program can fill in before a file is written with one. What does not fit its width is refused, texts apart.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from styr.ledger.core.formulas import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_AROUND: Final = frozenset({"file_no", "bank_day", "count", "total"})
KNOWN: Final[dict[str, frozenset[str]]] = {
    "first": _AROUND,
    "last": _AROUND,
    "payment": frozenset(
        {"file_no", "line_no", "cvr", "supplier", "account", "reg_no", "account_no", "invoice", "amount", "due"}
        | {"kind", "bank_day"}
    ),
    "voucher": frozenset(
        {"file_no", "voucher", "line_no", "booked_on", "period", "account_string", "amount", "text", "citizen", "cvr"}
        | {"invoice", "grant", "kind"}
    ),
    "answer": frozenset({"file_no", "line_no", "status", "reason"}),
}
"""What each record may be filled with."""
_NEEDED: Final = {
    "payment": {"line_no", "cvr", "invoice", "amount"},
    "voucher": {"account_string", "amount"},
    "answer": {"file_no", "line_no", "status"},
}
_MONEY: Final = frozenset({"amount", "total"})
_CUT: Final = frozenset({"supplier", "text", "invoice"})
_ANY: Final = "*"


class UnusableLayoutError(ValueError):
    """The layout, or a value that does not fit it, cannot be used; the text is Danish and fit to show."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a record: `value` names what is filled in, else `text` stands as it is; `width` 0 is any."""

    title: str
    value: str
    text: str
    width: int
    pad: str
    left: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How files are written and answers read; `spec` is the data it was made of, to be kept with each file."""

    spec: Mapping[str, Any]
    records: Mapping[str, tuple[Field, ...]]

    @property
    def fixed(self) -> bool:
        """Records of fixed widths, without a delimiter."""
        return bool(self.spec["form"] == "fixed")

    @property
    def suffix(self) -> str:
        """The end of the files' names."""
        return str(self.spec.get("suffix", "txt"))


def layout_of(spec: Mapping[str, Any]) -> Layout:
    """Return the layout that the data says.

    Raises:
        UnusableLayoutError: a word is none that the program knows, or something that a payment needs is missing.
    """
    if spec.get("form") not in {"delimited", "fixed"}:
        raise UnusableLayoutError("form skal være »delimited« eller »fixed«.")
    if spec.get("sign") not in {"before", "after", "plus"}:
        raise UnusableLayoutError("sign skal være »before«, »after« eller »plus«.")
    try:
        "æ".encode(str(spec.get("encoding", "utf-8")))
    except (LookupError, UnicodeEncodeError):
        raise UnusableLayoutError("encoding kendes ikke, eller kan ikke skrive æ, ø og å.") from None
    answer = spec.get("answer") or {}
    told = {**{name: spec.get(name) or [] for name in KNOWN}, "answer": answer.get("columns") or []}
    records = {name: tuple(_field(name, one, spec) for one in fields) for name, fields in told.items()}
    for name, needed in _NEEDED.items():
        if missing := needed - {field.value for field in records[name]}:
            raise UnusableLayoutError(f"{name} mangler {', '.join(sorted(missing))}.")
    if not answer.get("accepted") or not answer.get("refused"):
        raise UnusableLayoutError("answer skal sige, hvad der står i accepted og i refused.")
    return Layout(spec, records)


def _field(record: str, told: Mapping[str, Any], spec: Mapping[str, Any]) -> Field:
    value, text = str(told.get("value", "")), str(told.get("text", ""))
    if value and value not in KNOWN[record]:
        raise UnusableLayoutError(f"{record}: »{value}« kendes ikke. Brug {', '.join(sorted(KNOWN[record]))}.")
    width = int(told.get("width", 0)) or (len(text) if text else 0)
    if spec["form"] == "fixed" and not width:
        raise UnusableLayoutError(f"{record}: »{value}« mangler en bredde (width).")
    pad = str(told.get("pad", " "))
    if len(pad) != 1:
        raise UnusableLayoutError(f"{record}: pad er ét tegn.")
    return Field(str(told.get("title", value)), value, text, width, pad, told.get("side") == "left")


def write(layout: Layout, record: str, rows: Iterable[Mapping[str, Any]], *, around: Mapping[str, Any]) -> bytes:
    """A file of such records between the layout's first and last; values are texts, whole numbers, øre or dates.

    Raises:
        UnusableLayoutError: a number or an account is longer than its field.
    """
    lines = [_line(layout, layout.records[record], row) for row in rows]
    if layout.spec.get("headings") and not layout.fixed:
        lines.insert(0, _joined(layout, [field.title for field in layout.records[record]]))
    for name, at in (("first", 0), ("last", len(lines) + 1)):
        if fields := layout.records[name]:
            lines.insert(at, _line(layout, fields, around))
    text = "".join(f"{line}\r\n" for line in lines)
    return text.encode(str(layout.spec.get("encoding", "utf-8")), errors="replace")


def _line(layout: Layout, fields: Sequence[Field], row: Mapping[str, Any]) -> str:
    cells = [field.text or _said(layout.spec, field, row.get(field.value, "")) for field in fields]
    return "".join(cells) if layout.fixed else _joined(layout, cells)


def _joined(layout: Layout, cells: Sequence[str]) -> str:
    held = io.StringIO()
    csv.writer(held, delimiter=str(layout.spec.get("delimiter", ";")), lineterminator="").writerow(cells)
    return held.getvalue()


def _said(spec: Mapping[str, Any], field: Field, value: Any) -> str:
    if field.value in _MONEY:
        said = _money(spec, int(value))
    elif hasattr(value, "strftime"):
        said = value.strftime(spec["period"] if field.value == "period" else spec["date"])
    else:
        said = " ".join(str(value).split())
        said = said if field.width else guarded(said)
    return _fitted(spec, field, said) if field.width else said


def _money(spec: Mapping[str, Any], ore: int) -> str:
    whole, parts = divmod(abs(ore), 100)
    kroner = f"{whole:,}".replace(",", str(spec.get("thousands", "")))
    said = f"{kroner}{spec.get('decimal', '')}{parts:02d}"
    match spec["sign"]:
        case "after":
            return f"{said}-" if ore < 0 else said
        case "plus":
            return f"{'-' if ore < 0 else '+'}{said}"
        case _:
            return f"-{said}" if ore < 0 else said


def _fitted(spec: Mapping[str, Any], field: Field, said: str) -> str:
    if len(said) > field.width:
        if field.value not in _CUT:
            raise UnusableLayoutError(f"»{said}« er længere end feltet {field.title} ({field.width} tegn).")
        return said[: field.width]
    if field.left and spec["sign"] == "plus" and field.value in _MONEY:
        return said[0] + said[1:].rjust(field.width - 1, field.pad)
    return said.rjust(field.width, field.pad) if field.left else said.ljust(field.width, field.pad)


def read(layout: Layout, data: bytes) -> list[dict[str, str]]:
    """The rows of an answer: file_no, line_no, status ("modtaget", "afvist" or what stands there) and reason.

    Raises:
        UnusableLayoutError: it is in another encoding, has other headings, or a record is too short.
    """
    try:
        text = data.decode(str(layout.spec.get("encoding", "utf-8")))
    except UnicodeDecodeError:
        raise UnusableLayoutError("Kvitteringen er i et andet tegnsæt end det, layoutet angiver.") from None
    lines = [line for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    answer = layout.spec["answer"]
    fields = layout.records["answer"]
    cells = [_cut(fields, line) for line in lines] if layout.fixed else _parted(layout, fields, lines)
    rows = [{field.value: cell.strip() for field, cell in zip(fields, row, strict=True)} for row in cells]
    for row in rows:
        row["status"] = _status(answer, row["status"])
        row["line_no"], row["file_no"] = row["line_no"].lstrip("0") or "0", row["file_no"].lstrip("0") or "0"
    return rows


def _parted(layout: Layout, fields: Sequence[Field], lines: Sequence[str]) -> list[list[str]]:
    try:
        rows = list(csv.reader(lines, delimiter=str(layout.spec.get("delimiter", ";"))))
    except csv.Error:
        raise UnusableLayoutError("Kvitteringen kan ikke læses som tekst med skilletegn.") from None
    if layout.spec["answer"].get("headings"):
        headings = [cell.strip() for cell in rows[0]] if rows else []
        titles = [field.title for field in fields]
        if headings[: len(titles)] != titles:
            raise UnusableLayoutError(f"Kvitteringen skal have kolonnerne {', '.join(titles)}.")
        rows = rows[1:]
    if any(len(row) < len(fields) for row in rows):
        raise UnusableLayoutError("En række i kvitteringen har for få felter.")
    return [row[: len(fields)] for row in rows]


def _cut(fields: Sequence[Field], line: str) -> list[str]:
    cells, at = [], 0
    for field in fields:
        cells.append(line[at : at + field.width])
        at += field.width
    if not cells[-2].strip() or any(
        field.text and field.text != cell for field, cell in zip(fields, cells, strict=True)
    ):
        raise UnusableLayoutError(f"Linjen »{line[:40]}« passer ikke med layoutet.")
    return cells


def _status(answer: Mapping[str, Any], word: str) -> str:
    if word in answer["accepted"]:
        return "modtaget"
    if word in answer["refused"] or _ANY in answer["refused"]:
        return "afvist"
    return word
