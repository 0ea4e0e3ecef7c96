"""Reads the areas, criteria and limits that come with the program; each file is a semicolon table."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

SINCE: Final = date(2007, 1, 1)
"""Areas and criteria hold from here on until a municipality says otherwise: the mapped year must find them."""


@cache
def shipped_areas() -> tuple[dict[str, Any], ...]:
    """The 15 areas in five departments: number, name, department, description and the accounts' first digits."""
    return tuple(
        row | {"number": int(row["number"]), "accounts": tuple(row["accounts"].split())} for row in _rows("areas.csv")
    )


@cache
def shipped_criteria() -> tuple[dict[str, Any], ...]:
    """The 30 criteria: fields of `Criterion`, and `area` as its number."""
    return tuple(row | {"area": int(row["area"]), "check": bool(row["check"])} for row in _rows("criteria.csv"))


@cache
def shipped_limits() -> tuple[dict[str, Any], ...]:
    """The limits of the rules: `rule`, `title`, `value`, `measure`, `valid_from`, `valid_to`, `check`, `source`."""
    return tuple(
        row | _dated(row) | {"value": int(row["value"]), "check": bool(row["check"])} for row in _rows("limits.csv")
    )


@cache
def shipped_requirements() -> tuple[dict[str, Any], ...]:
    """What vehicles must be (krav til vogne): `code`, `group`, `title`, `text`, `proof`, `law`, `source` as words.

    `applies` is "køb" (own purchase), "udbud" (others' vehicles) or "begge"; `level` is "skal" (demanded) or "bør"
    (counts in the evaluation); `valid_from`, `valid_to` are days and `check` whether somebody must look it up.
    """
    return tuple(row | _dated(row) | {"check": bool(row["check"])} for row in _rows("requirements.csv"))


def _rows(name: str) -> list[dict[str, Any]]:
    text = files("styr.transport.reference").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def _dated(row: dict[str, str]) -> dict[str, date | None]:
    until = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return {"valid_from": date.fromisoformat(row["valid_from"]), "valid_to": until}
