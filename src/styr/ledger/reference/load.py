"""Reads the treatments of accounts that come with the program."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from importlib.resources import files
from typing import Any


def account_treatments() -> list[dict[str, Any]]:
    """Return the treatments by function, cost type and ownership, dated, as keyword arguments of the model."""
    text = files("styr.ledger.reference").joinpath("account_treatments.csv").read_text(encoding="utf-8")
    return [
        row
        | {
            "function": row["function"].replace(".", ""),
            "vat_share": Decimal(row["vat_share"]) if row["vat_share"] else None,
            "valid_from": date.fromisoformat(row["valid_from"]),
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        }
        for row in csv.DictReader(text.splitlines(), delimiter=";")
    ]
