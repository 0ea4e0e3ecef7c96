"""The frame of a register control about grants: which grants count, which days it concerns, and what they cost."""

from collections.abc import Sequence
from typing import Any

import ibis

from styr.controls.core.horizon import FAR, horizon
from styr.grants.core.at_stake import grant_cost
from styr.grants.core.codes import GrantStatus


def granted(grants: ibis.Table) -> ibis.Table:
    """Keep what is granted (drafts, expectations, stopped grants bind nobody), with `until`, an end never null."""
    return grants.filter(grants["status"] == GrantStatus.GRANTED.value).mutate(until=grants["ends"].fill_null(FAR))


def running(grants: ibis.Table) -> ibis.Table:
    """Keep the granted grants that run today, or are to run later, and add `today`, `year_start`, `end_day`."""
    known = granted(grants).cross_join(horizon())
    return known.filter(known["until"] > known["today"])


def costed(rows: ibis.Table, evidence: Sequence[str], *, subject: str = "grant_id") -> ibis.Table:
    """Turn rows into findings: one row a grant, with `from_day` and `to_day` (half-open) of the days it concerns.

    Rows must have the columns of `rel_grant`; `evidence` names those to show. Days outside last and this calendar year
    are cut away, and a row with no day left is no finding.
    """
    within = _within(rows)
    cost = grant_cost(within.select("grant_id", "from_day", "to_day"))
    priced = within.left_join(cost, "grant_id")
    return priced.select(
        "unit_id",
        "amount_ore",
        "citizen_id",
        "supplier_id",
        "grant_id",
        "contract_id",
        *evidence,
        subject_id=priced[subject],
    )


def _within(rows: ibis.Table) -> ibis.Table:
    """Cut the concerned days to the horizon."""
    span = horizon().select(open_from="first_day", open_to="end_day")
    known = rows.cross_join(span)
    cut = known.mutate(
        from_day=ibis.greatest(known["from_day"], known["open_from"]),
        to_day=ibis.least(known["to_day"], known["open_to"]),
    )
    return cut.filter(cut["from_day"] < cut["to_day"])


def blank(column: Any) -> Any:
    """Tell whether a text is missing: null or only spaces."""
    return column.isnull() | (column.strip() == "")
