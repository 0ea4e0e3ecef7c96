"""The law's numbers (frister og regler) as they hold: the program's, and the municipality's own where it has one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from styr.access.core.permissions import Permission
from styr.kernel.refusal import Refusal
from styr.ledger.core.dated import RuleRow, in_force
from styr.ledger.dated_rules import RuleTable, hold_from
from styr.refunds.core.ages import ages_of
from styr.refunds.models import OwnNumber
from styr.refunds.reference.load import shipped_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

NUMBERS: Final = RuleTable("refusionsregler", OwnNumber, ("rule",), Permission.EDIT_ECONOMY)
CLAIM_DEADLINE: Final = "intermunicipal_months"
NAMES: Final = {
    "age_limit": "Aldersgrænse (år)",
    "covered_after_age_limit": "Omfattet før aldersgrænsen tæller videre",
    "months_of_one_off": "Engangsudgifter fordeles over (måneder)",
    "pooled_children_below": "Søskende regnes sammen under (år)",
    "pooled_young_below": "Unge med støtte regnes med under (år)",
    CLAIM_DEADLINE: "Frist for krav mellem kommuner (måneder)",
    "other_authority_months": "Frist for andres krav for deres tilbud (måneder)",
}


AGES: Final = ("age_limit", "pooled_children_below", "pooled_young_below")
_OLDEST: Final = 99


class UnableToSetNumberError(Refusal):
    """The number cannot be set so; the message says why."""


@cache
def reference() -> tuple[RuleRow, ...]:
    """The numbers that came with the program."""
    return tuple(_row(told, own=False) for told in shipped_rules())


def own() -> list[RuleRow]:
    """The municipality's own; one query."""
    return [_row(told, own=True) for told in OwnNumber.objects.values()]


def law_numbers() -> list[dict[str, Any]]:
    """Every number with the days it holds, as the pages show it; one query."""
    return [
        {"rule": row.key, "value": int(row.says[0]), "valid_from": row.valid_from, "valid_to": row.valid_to}
        | {"check": row.to_check, "source": row.source, "own": row.own}
        for row in in_force(reference(), own())
    ]


def claim_deadlines() -> list[tuple[date, date | None, int]]:
    """The deadline of a claim on another municipality, in months from when help was given: (from, to, months).

    One query. Help that was given while a deadline held keeps it.
    """
    return [
        (row["valid_from"], row["valid_to"], row["value"]) for row in law_numbers() if row["rule"] == CLAIM_DEADLINE
    ]


def set_claim_deadline(  # noqa: PLR0913 -- a rule's parts, by keyword
    *, municipality_id: UUID, months: int, starts: date, source: str, actor_id: UUID, now: datetime
) -> UUID:
    """Let the deadline be another for help given from a day on, and return the change.

    Raises:
        UnableToSetNumberError: nobody says where it is from, or it is no number of months.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    if not 1 <= months <= 120:  # noqa: PLR2004 -- the database's own bound: ten years
        raise UnableToSetNumberError("Fristen er fra 1 til 120 måneder.")
    told = {"municipality_id": municipality_id, "actor_id": actor_id, "now": now}
    return _set(CLAIM_DEADLINE, months, starts=starts, source=source, **told)


def set_age(  # noqa: PLR0913 -- as above
    *, municipality_id: UUID, rule: str, years: int, starts: date, source: str, actor_id: UUID, now: datetime
) -> UUID:
    """Let an age of the central refund be another from a day on, and return the change.

    A year goes by the ages that hold on its 1 January, so an age begins with a year.

    Raises:
        UnableToSetNumberError: it is no age of the refund, does not begin with a year, or nobody says where it is from.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    if rule not in AGES:
        raise UnableToSetNumberError("Vælg en af refusionens aldre.")
    if not 1 <= years <= _OLDEST:
        raise UnableToSetNumberError(f"Alderen er fra 1 til {_OLDEST} år.")
    if (starts.month, starts.day) != (1, 1):
        raise UnableToSetNumberError("En alder gælder hele regnskabsår. Skriv den 1. januar i det første.")
    return _set(rule, years, starts=starts, source=source, municipality_id=municipality_id, actor_id=actor_id, now=now)


def age_limit(year: int) -> int:
    """The age that the refund reaches to in a year; one query."""
    return ages_of(year, law_numbers()).limit


def _set(rule: str, value: int, *, starts: date, source: str, **told: Any) -> UUID:
    if not source.strip():
        raise UnableToSetNumberError("Skriv, hvor tallet er slået op.")
    return hold_from(
        NUMBERS,
        key={"rule": rule},
        values={"value": value, "source": source.strip()[:200]},
        day=starts,
        title=NAMES[rule],
        **told,
    )


def _row(told: Mapping[str, Any], *, own: bool) -> RuleRow:
    return RuleRow(
        key=told["rule"],
        title=NAMES.get(told["rule"], told["rule"]),
        says=(str(told["value"]),),
        valid_from=told["valid_from"],
        valid_to=told["valid_to"],
        own=own,
        to_check=bool(told.get("check")) and not own,
        source=told["source"],
        about={"rule": told["rule"]},
        initial={"rule": told["rule"], "value": told["value"]} if told["rule"] in (*AGES, CLAIM_DEADLINE) else {},
    )
