"""The codes of refunds and claims, and the Danish words people and files use for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class Treatment(DanishCode):
    """How cost on an account counts in the central refund."""

    COUNTS = "counts", "tæller med"
    OBJECTIVE = "objective", "objektivt finansieret"
    OWN_REFUND = "own_refund", "den centrale refusion selv"


class ClaimState(DanishCode):
    """How far a claim on another municipality has come."""

    RAISED = "raised", "rejst"
    SETTLED = "settled", "betalt"
    DROPPED = "dropped", "frafaldet"


class PaymentKind(DanishCode):
    """What a citizen pays for."""

    LODGING = "lodging", "ophold og bolig"
    BOARD = "board", "kost"
    UTILITIES = "utilities", "el og varme"
    TRANSPORT = "transport", "befordring"
    OTHER = "other", "andet"
