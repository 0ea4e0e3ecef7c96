"""The numbers of the rules as they hold: the program's, and the municipality's own where it has one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from styr.access.core.permissions import Permission
from styr.kernel.danish import danish_number
from styr.kernel.refusal import Refusal
from styr.ledger.core.dated import RuleRow
from styr.ledger.dated_rules import RuleTable, hold_from
from styr.transport.core.entitlement import km
from styr.transport.core.limits import Limit, Limits, limit_of
from styr.transport.models import OwnLimit
from styr.transport.reference.load import shipped_limits

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

LIMITS: Final = RuleTable("befordringsgraenser", OwnLimit, ("rule",), Permission.EDIT_TRANSPORT)
MOST: Final = 1_000_000
NAMES: Final = {row["rule"]: (row["title"], row["measure"]) for row in shipped_limits()}


class UnableToSetLimitError(Refusal):
    """The limit cannot be set so; the message says why."""


@cache
def reference() -> tuple[RuleRow, ...]:
    """The limits that came with the program, as the page of rules shows them."""
    return tuple(_row(limit_of(row)) for row in shipped_limits())


def own() -> list[RuleRow]:
    """The municipality's own; one query."""
    return [_row(limit) for limit in _own()]


def limits_on(day: date) -> Limits:
    """Every limit that holds on a day. One query."""
    return Limits([*(limit_of(row) for row in shipped_limits()), *_own()], day=day)


def set_limit(  # noqa: PLR0913 -- a rule's parts, by keyword
    *, municipality_id: UUID, rule: str, value: int, starts: date, source: str, actor_id: UUID, now: datetime
) -> UUID:
    """Let a limit be another from a day on, and return the change.

    Raises:
        UnableToSetLimitError: nobody says where it is from, or it is no such limit.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    if rule not in NAMES:
        raise UnableToSetLimitError("Grænsen kendes ikke.")
    if not source.strip():
        raise UnableToSetLimitError("Skriv, hvor grænsen er slået op.")
    if not 0 <= value <= MOST:
        raise UnableToSetLimitError("Grænsen er fra 0 til en million.")
    return hold_from(
        LIMITS,
        municipality_id=municipality_id,
        key={"rule": rule},
        values={"value": value, "source": source.strip()[:200]},
        day=starts,
        title=NAMES[rule][0],
        actor_id=actor_id,
        now=now,
    )


def _own() -> list[Limit]:
    found = []
    for row in OwnLimit.objects.values():
        title, measure = NAMES.get(row["rule"], (row["rule"], ""))
        found.append(limit_of({**row, "title": title, "measure": measure, "check": False}, own=True))
    return found


def _row(limit: Limit) -> RuleRow:
    about: dict[str, Any] = {"rule": limit.rule}
    return RuleRow(
        key=limit.rule,
        title=limit.title,
        says=(km(limit.value) if limit.measure == "m" else f"{danish_number(limit.value)} {limit.measure}",),
        valid_from=limit.valid_from,
        valid_to=limit.valid_to,
        own=limit.own,
        to_check=limit.check and not limit.own,
        source=limit.source,
        about=about,
        initial=about | {"value": limit.value},
    )
