"""Whether a finding still holds a payment back: what was decided about it counts, not only that something was."""

from typing import Final

import ibis
from ibis.expr.types import BooleanValue

from styr.controls.core.verdict import Status, Verdict

SETTLING: Final = (Verdict.ACCEPT.value, Verdict.IGNORE.value)
"""Verdicts after which nobody need do anything more; a disputed finding, or one to be mended, is still wrong."""

UNSETTLED: Final = (
    "(f.status = 'open' OR f.status = 'decided' AND f.verdict IS DISTINCT FROM 'accept'"
    " AND (f.hard_stop OR f.verdict IS DISTINCT FROM 'ignore'))"
)
"""The same as `settled` denies, in SQL over `rel_finding f`."""


def settled(*, status: Status, verdict: Verdict | None, hard_stop: bool) -> bool:
    """Whether nothing is left to do: it no longer holds, is accepted, or is ignored and stops no payment."""
    if status is not Status.DECIDED:
        return status is Status.CLOSED
    return verdict is Verdict.ACCEPT or (verdict is Verdict.IGNORE and not hard_stop)


def needs_no_person(finding: ibis.Table) -> BooleanValue:
    """Whether a finding lets an invoice be paid untouched: settled, and never a hard stop that somebody decided."""
    harmless = (finding.verdict.isin(SETTLING) & ~finding.hard_stop).fill_null(ibis.literal(value=False))
    free: BooleanValue = (finding.status == Status.CLOSED.value) | ((finding.status == Status.DECIDED.value) & harmless)
    return free
