"""The codes that grants are written with, and the Danish words people and files use for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class GrantStatus(DanishCode):
    """How far a grant has come."""

    DRAFT = "draft", "kladde"
    EXPECTED = "expected", "forventet"
    GRANTED = "granted", "bevilget"
    STOPPED = "stopped", "stoppet"


class Verdict(DanishCode):
    """What a rule says of two sections that hold for one citizen at the same time."""

    REFUSE = "refuse", "må ikke forekomme samtidig"
    WARN = "warn", "bør undersøges"
    ALLOW = "allow", "kan forekomme samtidig"


class AdjustmentReason(DanishCode):
    """Why what was paid for a month turned out to differ from what it should have been."""

    RATE = "rate", "ændret pris"
    PERIOD = "period", "ændret periode"
    QUANTITY = "quantity", "ændret mængde"
    ABSENCE = "absence", "fravær"
    REGISTER = "register", "rettelse fra fagsystem"
