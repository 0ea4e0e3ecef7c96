"""The estimates of the potential (skøn) as they hold: the program's, and the municipality's own where it has one."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from styr.access.core.permissions import Permission
from styr.kernel.refusal import Refusal
from styr.ledger.core.dated import RuleRow, in_force
from styr.ledger.dated_rules import RuleTable, hold_from
from styr.negotiations.core.codes import Reason
from styr.negotiations.core.potential.shares import Share
from styr.negotiations.models import OwnShare
from styr.negotiations.reference.load import shares

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

SHARES: Final = RuleTable("potentialeskoen", OwnShare, ("reason",), Permission.NEGOTIATE)
OURS: Final = "Vores skøn"
_SINCE: Final = date(2007, 1, 1)
_MOST: Final = 100


class UnableToSetShareError(Refusal):
    """The estimate cannot be set so; the message says why."""


@cache
def reference() -> tuple[RuleRow, ...]:
    """The estimates that came with the program: ours, to be checked against the municipality's own results."""
    return tuple(
        _row(reason, (one.low, one.likely, one.high), (_SINCE, None), f"{OURS}: {one.why}", own=False)
        for reason, one in shares().items()
    )


def own() -> list[RuleRow]:
    """The municipality's own; one query."""
    return [
        _row(Reason(row.reason), (row.low, row.likely, row.high), (row.valid_from, row.valid_to), row.source, own=True)
        for row in OwnShare.objects.order_by("reason", "valid_from")
    ]


def shares_on(day: date) -> dict[Reason, Share]:
    """Every estimate that holds on a day. One query."""
    found = dict(shares())
    for row in in_force(reference(), own()):
        if row.own and row.valid_from <= day and (row.valid_to is None or row.valid_to > day):
            told = row.initial
            why = f"Kommunens eget skøn: {row.source}"
            found[Reason(told["reason"])] = Share(told["low"], told["likely"], told["high"], why)
    return found


def set_share(  # noqa: PLR0913 - a rule's parts, by keyword
    *,
    municipality_id: UUID,
    reason: Reason,
    percent: tuple[int, int, int],
    starts: date,
    source: str,
    actor_id: UUID,
    now: datetime,
) -> UUID:
    """Let an estimate (low, likely, high in whole percent) be another from a day on, and return the change.

    Raises:
        UnableToSetShareError: no such estimate is used, the percentages are out of order, or nobody says where from.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    low, likely, high = percent
    if reason not in shares():
        raise UnableToSetShareError("Den grund kræver intet skøn: beløbet står i registrene.")
    if not 0 <= low <= likely <= high <= _MOST:
        raise UnableToSetShareError("Procenterne skal stå i orden: lavt, sandsynligt og højt, fra 0 til 100.")
    if not source.strip():
        raise UnableToSetShareError("Skriv, hvad skønnet bygger på.")
    return hold_from(
        SHARES,
        municipality_id=municipality_id,
        key={"reason": reason.value},
        values={"low": low, "likely": likely, "high": high, "source": source.strip()[:200]},
        day=starts,
        title=reason.danish.capitalize(),
        actor_id=actor_id,
        now=now,
    )


def kept(told: Mapping[Reason, Share]) -> dict[str, Any]:
    """The estimates as they are kept with what was worked out from them."""
    return {reason.value: [one.low, one.likely, one.high, one.why] for reason, one in told.items()}


def kept_shares(told: Mapping[str, Any]) -> dict[Reason, Share]:
    """The estimates read back."""
    return {Reason(name): Share(low, likely, high, why) for name, (low, likely, high, why) in told.items()}


def _row(
    reason: Reason, percent: tuple[int, int, int], held: tuple[date, date | None], source: str, *, own: bool
) -> RuleRow:
    about: dict[str, Any] = {"reason": reason.value}
    low, likely, high = percent
    return RuleRow(
        key=reason.value,
        title=reason.danish.capitalize(),
        says=(f"{low} %", f"{likely} %", f"{high} %"),
        valid_from=held[0],
        valid_to=held[1],
        own=own,
        to_check=not own,
        source=source,
        about=about,
        initial=about | {"low": low, "likely": likely, "high": high},
    )
