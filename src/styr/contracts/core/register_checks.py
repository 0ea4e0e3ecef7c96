"""What can be wrong with a contract by itself (kontrakt), and the frame of every control about contracts."""

from collections.abc import Sequence
from typing import Final

import ibis

from styr.contracts.core.relations import CONTRACT, CONTRACT_LINE, CONTRACT_RATE
from styr.controls.core.focus import Focus
from styr.controls.core.horizon import FAR, first_row, horizon

EVIDENCE: Final = ("number", "starts", "ends")
"""What every finding about a contract shows."""

_LINKS: Final = ("unit_id", "citizen_id", "supplier_id", "contract_id")


def in_horizon(contracts: ibis.Table) -> ibis.Table:
    """Keep the contracts that run on a day of the horizon; adds `until` (an end never null) and the horizon's days."""
    known = contracts.cross_join(horizon())
    dated = known.mutate(until=known["ends"].fill_null(FAR))
    return dated.filter((dated["starts"] < dated["end_day"]) & (dated["until"] > dated["first_day"]))


def current(contracts: ibis.Table) -> ibis.Table:
    """Keep those of `in_horizon` that run today."""
    known = in_horizon(contracts)
    return known.filter((known["starts"] <= known["today"]) & (known["until"] > known["today"]))


def without_rates(focus: Focus) -> ibis.Table:
    """Find contracts with a line that has no rate for some days up to today. At stake: null, there is no price.

    Rates may not be agreed yet for days to come, so gaps that begin after today are left alone.
    """
    contracts = in_horizon(focus(CONTRACT.table(), "contract_id"))
    lines = contracts.join(CONTRACT_LINE.table().drop("kind"), "contract_id")
    gaps = _rate_gaps(lines).filter(
        lambda gap: (gap["gap_start"] <= gap["today"]) & (gap["gap_end"] > gap["first_day"])
    )
    first = first_row(gaps, "contract_id", [gaps["gap_start"], gaps["line_no"]])
    shown = first.mutate(
        amount_ore=ibis.null("int64"), gap_end=ibis.ifelse(first["gap_end"] == FAR, ibis.null("date"), first["gap_end"])
    )
    return contract_findings(shown, (*EVIDENCE, "line_no", "service", "gap_start", "gap_end", "amount_ore"))


def contract_findings(rows: ibis.Table, columns: Sequence[str], *, subject: str = "contract_id") -> ibis.Table:
    """Turn rows, one a contract or contract line, with the columns of `rel_contract` into findings."""
    return rows.select(*_LINKS, *columns, subject_id=rows[subject])


def _rate_gaps(lines: ibis.Table) -> ibis.Table:
    """The days of each line's contract that no rate covers: `gap_start`, `gap_end` (half-open)."""
    rates = CONTRACT_RATE.table().select(
        "contract_line_id", rate_from="valid_from", rate_to=CONTRACT_RATE.table()["valid_to"].fill_null(FAR)
    )
    priced = lines.join(rates, "contract_line_id").select("contract_line_id", "rate_from", "rate_to", "starts", "until")
    start = lines.select("contract_line_id", rate_from="starts", rate_to="starts", starts="starts", until="until")
    marks = priced.union(start.select(priced.columns), distinct=False)
    of_line = {"group_by": marks["contract_line_id"], "order_by": [marks["rate_from"], marks["rate_to"]]}
    after = marks.select(
        "contract_line_id",
        gap_start=ibis.greatest(marks["rate_to"].max().over(rows=(None, 0), **of_line), marks["starts"]),
        gap_end=ibis.least(marks["rate_from"].lead().over(**of_line).fill_null(marks["until"]), marks["until"]),
    )
    return after.filter(after["gap_start"] < after["gap_end"]).join(lines, "contract_line_id")
