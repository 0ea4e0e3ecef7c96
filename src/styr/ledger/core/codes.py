"""The codes of postings, budgets and payments, and the Danish words people and files use for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class PostingKind(DanishCode):
    """What a posting is of; a cost is positive, what comes in is negative."""

    PAYMENT = "payment", "betaling"
    USER_PAYMENT = "user_payment", "egenbetaling"
    REFUND = "refund", "refusion"
    CORRECTION = "correction", "korrektion"
    OTHER = "other", "andet"


class BudgetKind(DanishCode):
    """What a line of a budget is: the council's first, what was granted since, or what stands in place of both."""

    ORIGINAL = "original", "oprindelig"
    SUPPLEMENTARY = "supplementary", "tillæg"
    REVISED = "revised", "korrigeret"


class StateRefund(DanishCode):
    """Whether the state refunds part of what an account holds."""

    NONE = "none", "ingen"
    CENTRAL = "central", "særligt dyre enkeltsager"
    OTHER = "other", "anden ordning"


class VatTreatment(DanishCode):
    """What becomes of the VAT of what an account holds."""

    EXEMPT = "exempt", "momsfri"
    REFUNDED = "refunded", "købsmoms udlignes"
    SHARE = "share", "andel udlignes"


class LineState(DanishCode):
    """How far a line of a payment file has come."""

    SENT = "sent", "afventer svar"
    ACCEPTED = "accepted", "modtaget"
    REFUSED = "refused", "afvist"
    RELEASED = "released", "afvist, sendes igen"
