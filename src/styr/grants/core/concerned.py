"""The frame of a register control about grants: which grants count, and which days it concerns."""

from collections.abc import Sequence
from typing import Any

import ibis

from styr.controls.core.horizon import FAR, horizon
from styr.grants.core.codes import GrantStatus


def granted(grants: ibis.Table) -> ibis.Table:
    """Keep what is granted (drafts, expectations, stopped grants bind nobody), with `until`, an end never null."""
    return grants.filter(grants["status"] == GrantStatus.GRANTED.value).mutate(until=grants["ends"].fill_null(FAR))


def running(grants: ibis.Table) -> ibis.Table:
    """Keep the granted grants that run today, or are to run later, and add `today`."""
    known = granted(grants).cross_join(horizon())
    return known.filter(known["until"] > known["today"])


def grant_findings(rows: ibis.Table, evidence: Sequence[str]) -> ibis.Table:
    """Turn rows into findings: one row a grant, with `from_day` and `to_day` (half-open) of the days it concerns.

    Rows must have the columns of `rel_grant`; `evidence` names those to show. Days outside last and this calendar year
    are cut away, and a row with no day left is no finding.
    """
    span = horizon().select(open_from="first_day", open_to="end_day")
    known = rows.cross_join(span)
    from_day = ibis.greatest(known["from_day"], known["open_from"])
    to_day = ibis.least(known["to_day"], known["open_to"])
    links = ("unit_id", "citizen_id", "supplier_id", "grant_id", "contract_id")
    return known.filter(from_day < to_day).select(
        *links, *evidence, subject_id="grant_id", from_day=from_day, to_day=to_day, **all_of_it()
    )


def all_of_it() -> dict[str, Any]:
    """The whole cost of the days is at stake: 1 of 1."""
    one = ibis.literal(1).cast("decimal(14, 4)")
    return {"part": one, "of_whole": one}


def blank(column: Any) -> Any:
    """Tell whether a text is missing: null or only spaces."""
    return column.isnull() | (column.strip() == "")
