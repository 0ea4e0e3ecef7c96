"""Reads the reference data that comes with the program; each file is a semicolon table with its columns on top."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files
from typing import Any


def sections() -> list[dict[str, Any]]:
    """Return the law's sections, dated, as keyword arguments of the model `Section`."""
    return [
        row | {"valid_from": date.fromisoformat(row["valid_from"]), "valid_to": _date_or_open(row["valid_to"])}
        for row in _rows("sections.csv")
    ]


def service_kinds() -> list[dict[str, Any]]:
    """Return the kinds of service (code, Danish name) as keyword arguments of the model `ServiceKind`."""
    return _rows("services.csv")


def _rows(name: str) -> list[dict[str, Any]]:
    text = files("styr.contracts.reference").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def _date_or_open(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
