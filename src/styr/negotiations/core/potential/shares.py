"""How much of an amount a negotiation may bring, where the registers do not tell it: estimates (skøn) in percent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """The percentages low, likely and high, and why."""

    low: int
    likely: int
    high: int
    why: str
