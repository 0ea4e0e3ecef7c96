"""The requirements that come with the program: dated, and marked where nobody has checked the law in force."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

_FILE: Final = "requirements.csv"


@dataclass(frozen=True, slots=True)
class ShippedRequirement:
    """A requirement of vehicles, drivers or service; `check` is a text to be held against the law in force."""

    code: str
    part: str
    text: str
    must: bool
    proof: str
    valid_from: date
    check: bool
    source: str


@cache
def shipped_requirements() -> tuple[ShippedRequirement, ...]:
    """Every requirement of the file, in its order."""
    text = files("styr.tenders.reference").joinpath(_FILE).read_text("utf-8")
    return tuple(
        ShippedRequirement(
            code=row["code"], part=row["part"], text=row["text"], must=row["must"] == "1", proof=row["proof"],
            valid_from=date.fromisoformat(row["valid_from"]), check=row["check"] == "1", source=row["source"],
        )
        for row in csv.DictReader(text.splitlines(), delimiter=";")
    )  # fmt: skip
