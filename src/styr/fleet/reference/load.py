"""Reads the assumptions that come with the program: a semicolon table."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def shipped_assumptions() -> tuple[dict[str, Any], ...]:
    """The assumptions: `rule`, `title`, `value`, `measure`, `valid_from`, `valid_to`, `check`, `source`."""
    text = files("styr.fleet.reference").joinpath("assumptions.csv").read_text(encoding="utf-8")
    return tuple(
        row
        | {
            "value": int(row["value"]),
            "check": bool(row["check"]),
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        }
        for row in csv.DictReader(text.splitlines(), delimiter=";")
    )
