"""The codes that grants are written with, and the Danish words people and files use for them."""

from __future__ import annotations

from styr.kernel.codes import DanishCode


class GrantStatus(DanishCode):
    """How far a grant has come."""

    DRAFT = "draft", "kladde"
    EXPECTED = "expected", "forventet"
    AWAITING = "awaiting", "til godkendelse"
    GRANTED = "granted", "bevilget"
    STOPPED = "stopped", "stoppet"
    WITHDRAWN = "withdrawn", "trukket tilbage"

    @property
    def open_to_edit(self) -> bool:
        """Whether everything about the grant may still be written anew: nobody has promised anything."""
        return self in (GrantStatus.DRAFT, GrantStatus.EXPECTED)


class StepKind(DanishCode):
    """What happened to a grant on its way."""

    SUBMITTED = "submitted", "sendt til godkendelse"
    APPROVED = "approved", "godkendt"
    SENT_BACK = "sent_back", "sendt tilbage"
    WITHDRAWN = "withdrawn", "trukket tilbage"
    REOPENED = "reopened", "åbnet igen"
    STOPPED = "stopped", "stoppet"
    RESUMED = "resumed", "stop fortrudt"


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


class PriceAnswer(DanishCode):
    """What came of a new contract price that somebody with a higher limit was asked to approve."""

    WAITING = "waiting", "afventer godkendelse"
    APPROVED = "approved", "godkendt"
    REFUSED = "refused", "afvist"
    WITHDRAWN = "withdrawn", "trukket tilbage"
