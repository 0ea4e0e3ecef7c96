"""The agenda of a meeting with a supplier, written from what the controls found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.kernel.danish import kroner

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Point:
    """Findings of one kind: how many, and how much they are worth together (øre)."""

    title: str
    count: int
    amount_ore: int


def concerns_supplier(code: str, owner_role: str) -> bool:
    """Whether a finding is for a meeting with the supplier: about its invoices, or for the negotiator to settle.

    What the municipality must put right by itself (double grants, accounts, follow-ups) is not.
    """
    return code != "invoice_held_by_registers" and (owner_role == "negotiator" or code.startswith("invoice_"))


def agenda_text(supplier: str, points: Iterable[Point], open_actions: Iterable[str]) -> str:
    """Write an agenda: what was agreed last and is not done, the findings, the dearest first, and what comes next."""
    lines = [f"Opfølgning med {supplier}", ""]
    number = 1
    for what in open_actions:
        lines += ["1. Fra sidste møde", ""] if number == 1 else []
        lines.append(f"   - {what}")
        number = 2
    if number > 1:
        lines.append("")
    for point in sorted(points, key=lambda one: (-one.amount_ore, one.title)):
        worth = f", {kroner(point.amount_ore, whole=True)}" if point.amount_ore else ""
        many = "1 sag" if point.count == 1 else f"{point.count} sager"
        lines += [f"{number}. {point.title}: {many}{worth}", ""]
        number += 1
    lines += [f"{number}. Leverede timer og døgn mod det aftalte", "", f"{number + 1}. Aftaler og næste møde"]
    return "\n".join(lines)
