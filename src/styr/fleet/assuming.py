"""The assumptions as they hold on a day: the program's, and the municipality's own where it has one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from styr.access.core.permissions import Permission
from styr.fleet.models import OwnAssumption
from styr.fleet.reference.load import shipped_assumptions
from styr.kernel.danish import danish_number, kroner
from styr.kernel.refusal import Refusal
from styr.ledger.core.dated import RuleRow
from styr.ledger.dated_rules import RuleTable, hold_from
from styr.transport.core.limits import Limit, Limits, limit_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

ASSUMPTIONS: Final = RuleTable("vognforudsaetninger", OwnAssumption, ("rule",), Permission.EDIT_TRANSPORT)
MOST: Final = 100_000_000
NAMES: Final = {row["rule"]: (row["title"], row["measure"]) for row in shipped_assumptions()}
_HOUR: Final = 60


class UnableToAssumeError(Refusal):
    """The assumption cannot be set so; the message says why."""


@cache
def reference() -> tuple[RuleRow, ...]:
    """The assumptions that came with the program, as the page of rules shows them."""
    return tuple(_row(limit_of(row)) for row in shipped_assumptions())


def own() -> list[RuleRow]:
    """The municipality's own. One query."""
    return [_row(one) for one in _own()]


def assumptions_on(day: date) -> tuple[Limit, ...]:
    """Every assumption that holds on a day, in the program's order, the municipality's own where it has one.

    One query.
    """
    held = Limits([*(limit_of(row) for row in shipped_assumptions()), *_own()], day=day)
    return tuple(found for rule in NAMES if (found := held.get(rule)) is not None)


def values(held: tuple[Limit, ...]) -> dict[str, int]:
    """The numbers by their names."""
    return {one.rule: one.value for one in held}


def set_assumption(  # noqa: PLR0913 -- a rule's parts, by keyword
    *, municipality_id: UUID, rule: str, value: int, starts: date, source: str, actor_id: UUID, now: datetime
) -> UUID:
    """Let an assumption be another from a day on, and return the change.

    Raises:
        UnableToAssumeError: nobody says where it is from, or it is no such assumption.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    if rule not in NAMES:
        raise UnableToAssumeError("Forudsætningen kendes ikke.")
    if not source.strip():
        raise UnableToAssumeError("Skriv, hvor tallet er fra.")
    if not 0 <= value <= MOST:
        raise UnableToAssumeError("Tallet er fra 0 til hundrede millioner.")
    return hold_from(
        ASSUMPTIONS,
        municipality_id=municipality_id,
        key={"rule": rule},
        values={"value": value, "source": source.strip()[:200]},
        day=starts,
        title=NAMES[rule][0],
        actor_id=actor_id,
        now=now,
    )


_WORDS: Final = {"minut": ("minut", "minutter"), "vogne": ("vogn", "vogne"), "dage": ("dag", "dage")}
"""Measures that bend with the number: one, and several."""


def said(one: Limit) -> str:
    """The number as people write it: øre as kroner, minutes after midnight as an hour."""
    if one.measure == "øre":
        return kroner(one.value)
    if one.rule in {"work_from", "work_to"}:
        return f"kl. {one.value // _HOUR}.{one.value % _HOUR:02d}"
    single, many = _WORDS.get(one.measure, (one.measure, one.measure))
    return f"{danish_number(one.value)} {single if one.value == 1 else many}"


def _own() -> list[Limit]:
    found = []
    for row in OwnAssumption.objects.values():
        title, measure = NAMES.get(row["rule"], (row["rule"], ""))
        found.append(limit_of({**row, "title": title, "measure": measure, "check": False}, own=True))
    return found


def _row(one: Limit) -> RuleRow:
    about: dict[str, Any] = {"rule": one.rule}
    return RuleRow(
        key=one.rule,
        title=one.title,
        says=(said(one),),
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        own=one.own,
        to_check=one.check and not one.own,
        source=one.source,
        about=about,
        initial=about | {"value": one.value},
    )
