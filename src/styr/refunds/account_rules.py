"""How accounts count in the central refund (konti i refusionen): the program's word, and the municipality's own."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from styr.access.core.permissions import Permission
from styr.kernel.refusal import Refusal
from styr.ledger.core.dated import RuleRow, in_force
from styr.ledger.dated_rules import RuleTable, hold_from
from styr.refunds.core.codes import Treatment
from styr.refunds.models import OwnTreatment
from styr.refunds.reference.load import treatment_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

ACCOUNTS: Final = RuleTable("refusionskonti", OwnTreatment, ("prefix",), Permission.EDIT_ECONOMY)
_AREA: Final = 3
_WRITTEN: Final = re.compile(r"[0-9]\.?[0-9]{2}(\.?[0-9]{2})?")


class UnableToSetAccountError(Refusal):
    """The account cannot count so; the message says why."""


@cache
def reference() -> tuple[RuleRow, ...]:
    """What came with the program."""
    return tuple(_row(told, own=False) for told in treatment_rows())


def own() -> list[RuleRow]:
    """The municipality's own; one query."""
    return [_row(told, own=True) for told in OwnTreatment.objects.values()]


def accounts() -> list[RuleRow]:
    """Every account with the days it counts so; one query."""
    return in_force(reference(), own())


def set_account(  # noqa: PLR0913 -- a rule's parts, by keyword
    *,
    municipality_id: UUID,
    account: str,
    treatment: str,
    law: str,
    starts: date,
    source: str,
    actor_id: UUID,
    now: datetime,
) -> UUID:
    """Let cost on an account count so from a day on, and return the change.

    An area (three digits) says under which law cost without a grant counts; a function (five) whether it counts.

    Raises:
        UnableToSetAccountError: it is neither function nor area, or what is said does not fit it.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    digits = account.strip().replace(".", "") if _WRITTEN.fullmatch(account.strip()) else ""
    if not digits:
        raise UnableToSetAccountError("Skriv en funktion med fem cifre, fx 5.28.24, eller en hovedfunktion, fx 5.28.")
    of_area = len(digits) == _AREA
    if of_area and (treatment != Treatment.COUNTS or not law):
        raise UnableToSetAccountError("En hovedfunktion tæller med efter en lov. Vælg loven, eller skriv en funktion.")
    if not of_area and law:
        raise UnableToSetAccountError("Loven følger hovedfunktionen eller bevillingen. Lad den stå tom her.")
    if not source.strip():
        raise UnableToSetAccountError("Skriv, hvor reglen er slået op, eller hvem der har besluttet den.")
    return hold_from(
        ACCOUNTS,
        municipality_id=municipality_id,
        key={"prefix": digits},
        values={"law": law, "treatment": treatment, "source": source.strip()[:200]},
        day=starts,
        title=_title(digits),
        actor_id=actor_id,
        now=now,
    )


def _row(told: Mapping[str, Any], *, own: bool) -> RuleRow:
    of_area = len(told["prefix"]) == _AREA
    return RuleRow(
        key=told["prefix"],
        title=_title(told["prefix"]),
        says=(Treatment(told["treatment"]).danish.capitalize(), told["law"] or "–"),
        valid_from=told["valid_from"],
        valid_to=told["valid_to"],
        own=own,
        to_check=bool(told.get("check_it")) and not own,
        source=told["source"],
        about={"prefix": told["prefix"]},
        initial={"account": told["prefix"], "treatment": told["treatment"], "law": told["law"] if of_area else ""},
    )


def _title(prefix: str) -> str:
    return f"Konti, der begynder med {prefix}"
