"""Reads the law's limits and rules that come with the program; each file is a semicolon table."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from styr.refunds.core.limits import Limits, Step


@cache
def shipped_limits() -> tuple[Limits, ...]:
    """Return the limits that the program knows, by scheme and year; later years are the municipality's to enter."""
    found: dict[tuple[str, int], list[dict[str, str]]] = {}
    for row in _rows("limits.csv"):
        found.setdefault((row["scheme"], int(row["year"])), []).append(row)
    return tuple(
        Limits(
            scheme, year, tuple(Step(int(row["over_kr"]) * 100, int(row["percent"])) for row in rows), rows[0]["source"]
        )
        for (scheme, year), rows in found.items()
    )


@cache
def shipped_rules() -> tuple[dict[str, Any], ...]:
    """Return the law's other numbers, dated: `rule`, `value`, `valid_from`, `valid_to`, `check`, `source`."""
    return tuple(row | _dated(row) | {"value": int(row["value"])} for row in _rows("rules.csv"))


def limit_rows() -> list[dict[str, Any]]:
    """Return the limits as keyword arguments of the model `DefaultLimit`."""
    return [
        {"scheme": known.scheme, "year": known.year, "step": number, "source": known.source}
        | {"over_ore": step.over_ore, "percent": step.percent}
        for known in shipped_limits()
        for number, step in enumerate(known.steps, start=1)
    ]


def treatment_rows() -> list[dict[str, Any]]:
    """Return how cost on accounts counts, as keyword arguments of the model `DefaultTreatment`."""
    names = ("prefix", "law", "treatment", "source")
    return [
        {name: row[name] for name in names} | _dated(row) | {"check_it": bool(row["check"])}
        for row in _rows("treatments.csv")
    ]


def rule(name: str, on: date) -> int:
    """Return the number that holds on a day.

    Raises:
        LookupError: no such rule holds then.
    """
    for row in shipped_rules():
        if row["rule"] == name and row["valid_from"] <= on and (row["valid_to"] is None or on < row["valid_to"]):
            return int(row["value"])
    raise LookupError(f"{name} does not hold on {on}")


def _rows(name: str) -> list[dict[str, str]]:
    text = files("styr.refunds.reference").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def _dated(row: dict[str, str]) -> dict[str, date | None]:
    until = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return {"valid_from": date.fromisoformat(row["valid_from"]), "valid_to": until}
