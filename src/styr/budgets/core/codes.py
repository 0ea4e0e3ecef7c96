"""The codes of forecasts, and the Danish words people read for them."""

from __future__ import annotations

from typing import Final

from styr.kernel.codes import DanishCode


class Basis(DanishCode):
    """What an amount of a forecast rests on; see ADR 0022."""

    ACTUAL = "actual", "bogført"
    ACCRUAL = "accrual", "periodiseret"
    GRANTED = "granted", "bevilget"
    EXPECTED = "expected", "forventet"
    PROVISION = "provision", "pulje"
    RECURRING = "recurring", "gentaget uden bevilling"
    CARRIED = "carried", "videreført uden pris"
    TREND = "trend", "til- og afgang efter erfaring"


class RunKind(DanishCode):
    """Whether a forecast stands until the next, is kept as it was, or was made afterwards of what was known then."""

    CURRENT = "current", "gældende"
    FROZEN = "frozen", "fastfrosset"
    REPLAYED = "replayed", "genskabt"


KEPT: Final = (RunKind.FROZEN, RunKind.REPLAYED)
"""Kinds that are never changed, and tell what was believed; only a frozen one was believed at the time."""


class RunState(DanishCode):
    """How far the making of a forecast has come."""

    QUEUED = "queued", "i kø"
    COUNTING = "counting", "regner måneder"
    EXPLAINING = "explaining", "forklarer afvigelsen"
    DONE = "done", "færdig"
    FAILED = "failed", "fejlet"

    @property
    def under_way(self) -> bool:
        """Whether it is still being made."""
        return self in (RunState.QUEUED, RunState.COUNTING, RunState.EXPLAINING)


class ProvisionKind(DanishCode):
    """What an amount that belongs to no grant yet is set aside for, or expected to be saved by."""

    WAITING_LIST = "waiting_list", "venteliste"
    ARRIVALS = "arrivals", "tilgang"
    DEPARTURES = "departures", "afgang"
    OTHER = "other", "andet"


class Part(DanishCode):
    """Why a forecast differs from its budget."""

    PRICE = "price", "pris"
    VOLUME = "volume", "mængde"
    MIX = "mix", "sammensætning"
    TIMING = "timing", "periode"
    UNPLACED = "unplaced", "uden bevilling"
