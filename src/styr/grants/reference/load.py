"""Reads the rules on grants at the same time that come with the program."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from typing import Any


def duplicate_rules() -> list[dict[str, Any]]:
    """Return the rules by pairs of sections, dated, as keyword arguments of the model `DefaultDuplicateRule`."""
    text = files("styr.grants.reference").joinpath("duplicate_rules.csv").read_text(encoding="utf-8")
    return [
        row
        | {
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        }
        for row in csv.DictReader(text.splitlines(), delimiter=";")
    ]
