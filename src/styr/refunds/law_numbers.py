"""The law's numbers (frister og regler) as they hold: the program's, and the municipality's own where it has one.

The refund, claims between municipalities and the control of others' bills go by them (`rel_bill_deadline`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from styr.access.core.permissions import Permission
from styr.kernel.refusal import Refusal
from styr.ledger.core.dated import RuleRow, in_force
from styr.ledger.dated_rules import RuleTable, hold_from
from styr.refunds.core.ages import COVERED_AFTER, ONE_OFF_MONTHS, ages_of
from styr.refunds.models import OwnNumber
from styr.refunds.reference.load import shipped_rules

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

NUMBERS: Final = RuleTable("refusionsregler", OwnNumber, ("rule",), Permission.EDIT_ECONOMY)
CLAIM_DEADLINE: Final = "intermunicipal_months"
OTHERS_DEADLINE: Final = "other_authority_months"
NAMES: Final = {
    "age_limit": "Aldersgrænse (år)",
    COVERED_AFTER: "Omfattet før aldersgrænsen tæller videre (1 ja, 0 nej)",
    ONE_OFF_MONTHS: "Engangsudgifter fordeles over (måneder)",
    "pooled_children_below": "Søskende regnes sammen under (år)",
    "pooled_young_below": "Unge med støtte regnes med under (år)",
    CLAIM_DEADLINE: "Frist for krav mellem kommuner (måneder)",
    OTHERS_DEADLINE: "Frist for andres krav for deres tilbud (måneder)",
}


AGES: Final = ("age_limit", "pooled_children_below", "pooled_young_below")
OF_YEARS: Final = (*AGES, COVERED_AFTER, ONE_OFF_MONTHS)
"""Those that a whole accounting year goes by: as they hold on its 1 January."""
_MONTHS: Final = (CLAIM_DEADLINE, OTHERS_DEADLINE)
_OLDEST, _LONGEST = 99, 120


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


def set_number(  # noqa: PLR0913 -- a rule's parts, by keyword
    *, municipality_id: UUID, rule: str, value: int, starts: date, source: str, actor_id: UUID, now: datetime
) -> UUID:
    """Let a number of the law be another from a day on, and return the change.

    A deadline holds for help given from the day on. What a whole accounting year goes by (`OF_YEARS`) begins with one.

    Raises:
        UnableToSetNumberError: there is no such rule, it cannot have that value or begin on that day, or nobody says
            where it is from.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    wrong = _wrong(rule, value)
    if wrong:
        raise UnableToSetNumberError(wrong)
    if rule in OF_YEARS and (starts.month, starts.day) != (1, 1):
        raise UnableToSetNumberError("Reglen gælder hele regnskabsår. Skriv den 1. januar i det første.")
    if not source.strip():
        raise UnableToSetNumberError("Skriv, hvor tallet er slået op.")
    return hold_from(
        NUMBERS,
        municipality_id=municipality_id,
        key={"rule": rule},
        values={"value": value, "source": source.strip()[:200]},
        day=starts,
        title=NAMES[rule],
        actor_id=actor_id,
        now=now,
    )


def one_offs_are_spread(year: int) -> bool:
    """Whether one-offs of a year go over its twelve months; one query."""
    return ages_of(year, law_numbers()).spread


def _wrong(rule: str, value: int) -> str:
    """Why a rule cannot have that value; '' where it can. The database's own bounds are the same."""
    if rule in _MONTHS:
        return "" if 1 <= value <= _LONGEST else f"Fristen er fra 1 til {_LONGEST} måneder."
    if rule in AGES:
        return "" if 1 <= value <= _OLDEST else f"Alderen er fra 1 til {_OLDEST} år."
    if rule == COVERED_AFTER:
        return "" if value in {0, 1} else "Skriv 1 for ja eller 0 for nej."
    if rule == ONE_OFF_MONTHS:
        return "" if value in {1, 12} else "Skriv 12 for årets tolv måneder, eller 1 for udgiftens egen måned."
    return "Vælg en af reglerne."


def age_limit(year: int) -> int:
    """The age that the refund reaches to in a year; one query."""
    return ages_of(year, law_numbers()).limit


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
        initial={"rule": told["rule"], "value": told["value"]},
    )
