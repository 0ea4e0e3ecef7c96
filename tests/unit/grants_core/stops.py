"""When a grant's days are no longer paid, said the obvious way: the reference of `rel_stop`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Row = dict[str, Any]
ONE_DAY = timedelta(days=1)


def stops(citizens: Iterable[Row], grants: Iterable[Row], terms: Iterable[Row] = ()) -> Iterator[Row]:
    """The rows of `rel_stop` for rows of `rel_citizen`, `rel_grant` and `rel_contract_terms`, without notices."""
    by_id = {citizen["citizen_id"]: citizen for citizen in citizens}
    agreed = list(terms)
    for grant in grants:
        citizen = by_id.get(grant["citizen_id"], {})
        died, left = citizen.get("died_on"), citizen.get("moved_out")
        if died is not None:
            days = agreed_days(agreed, grant, died, "days_after_death")
            yield _stop(grant, "death", died + ONE_DAY, days)
        if left is not None:
            yield _stop(grant, "move", left, agreed_days(agreed, grant, left, "days_after_move"))


def agreed_days(terms: Iterable[Row], grant: Row, day: date, what: str) -> int | None:
    """What the terms in force on the day say; None where they say nothing."""
    for row in terms:
        holds = row["valid_from"] <= day and (row["valid_to"] is None or day < row["valid_to"])
        if row["contract_id"] == grant["contract_id"] and holds:
            return row[what]
    return None


def _stop(grant: Row, reason: str, first: date, days: int | None) -> Row:
    return {
        "grant_id": grant["grant_id"],
        "reason": reason,
        "unpaid_from": first + timedelta(days=days or 0),
        "agreed": days is not None,
    }
