"""The text of a control's query: its rows, with what is at stake, as `(…) AS source` in either engine."""

from collections.abc import Callable
from functools import partial

import ibis

from styr.controls.core.check import Registered
from styr.controls.core.focus import Focus

Compile = Callable[[Callable[[], ibis.Table], str], str]
"""Compiles an expression under a key, with one engine: `kernel.engine.compile_postgres` or `compile_duckdb`."""


def source_query(registered: Registered, focus: Focus, compile_text: Compile) -> str:
    """Return a query that gives `subject_id, unit_id`, the control's links, `amount_ore` and its evidence."""
    control = registered.control
    rows = compile_text(partial(control.expression, focus), control.key(focus))
    stake = control.stake
    if stake is None:
        return rows
    asked = ", ".join(("subject_id", *stake.columns))
    kept = ", ".join(
        f'control_rows."{name}"' for name in ("subject_id", "unit_id", *registered.links, *registered.evidence)
    )
    return (
        f"WITH control_rows AS MATERIALIZED ({rows}), {stake.asks.name} AS (SELECT {asked} FROM control_rows) "  # noqa: S608 - compiled and named by us
        f"SELECT {kept}, at_stake.amount_ore FROM control_rows "
        f"LEFT JOIN ({compile_text(stake.expression, stake.key)}) AS at_stake USING (subject_id)"
    )
