"""The file that tells an operator what to drive, and the seal that shows if it is touched."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

PROTECTED: Final = "Beskyttet: ring til kommunen"
_HEADINGS: Final = (
    *("linje", "dato", "retning", "klokken", "borger", "fra", "til", "hjælpemidler", "ledsager", "solo"),
    *("længste_køretid", "ændring"),
)
_FIRST_SEAL: Final = "0" * 64
_FORMULA: Final = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One ride to be driven, or one that is not: only what a driver needs, and never a CPR number."""

    day: date
    direction: str
    at: str
    rider: str
    origin: str
    goal: str
    aids: str
    companion: bool
    solo: bool
    max_minutes: int | None
    change: str = ""


def order_csv(number: int, lines: Iterable[OrderLine]) -> bytes:
    """Return the order as UTF-8 with `;`, its number in the first line."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["bestilling", number])
    writer.writerow(_HEADINGS)
    for place, line in enumerate(lines, 1):
        writer.writerow([place, *(_cell(value) for value in astuple(line))])
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if value is None:
        return ""
    text = f"{value:%d-%m-%Y}" if hasattr(value, "strftime") else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def sha256(content: bytes) -> str:
    """The hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()


def seal_of(number: int, content: bytes, before: str) -> str:
    """The seal: SHA-256 over the number, the file and the seal of the order before."""
    return sha256("|".join((str(number), sha256(content), before or _FIRST_SEAL)).encode())
