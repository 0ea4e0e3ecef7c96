"""The invoice control as a row of set operations, the same in PostgreSQL and DuckDB.

Each step reads relations and stages and fills one more; nothing is looked at line by line. The steps are separate
statements so that each is compiled once and the database knows the sizes of what it joins.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import ibis

from styr.invoices.core.comparison.claims import claimed
from styr.invoices.core.comparison.overlaps import together
from styr.invoices.core.comparison.pricing import full, gross, meant, priced, windows
from styr.invoices.core.comparison.stages import CLAIMED, FULL, GROSS, MEANT, PRICED, TOGETHER, WINDOW
from styr.invoices.core.comparison.verdicts import compared
from styr.invoices.core.matching.candidates import CANDIDATE, candidates
from styr.invoices.core.matching.waterfall import line_matches
from styr.invoices.core.relations import CLAIM, INVOICE_LINE, LINE_MATCH
from styr.kernel.engine import DuckEngine
from styr.kernel.relation import NARROW, Relation

Build = Callable[[], ibis.Table]


@dataclass(frozen=True, slots=True)
class Step:
    """Fill `target` with the rows of an expression; `key` names the compiled text."""

    target: Relation
    build: Build
    key: str


def matching(*, narrowed: bool = False) -> Iterator[Step]:
    """Match every line, or those of the invoices in `rel_narrow`."""
    yield Step(CANDIDATE, lambda: candidates(_lines(narrowed=narrowed)), f"invoices.candidates.{narrowed}")
    yield Step(LINE_MATCH, lambda: line_matches(_lines(narrowed=narrowed)), f"invoices.match.{narrowed}")


def comparing(*, narrowed: bool = False) -> Iterator[Step]:
    """Compare every claim, or those on the services in `rel_narrow`."""
    touched = NARROW.table() if narrowed else None
    yield Step(CLAIMED, lambda: claimed(touched), f"invoices.claimed.{narrowed}")
    yield Step(MEANT, meant, "invoices.meant")
    yield Step(WINDOW, windows, "invoices.windows")
    yield Step(PRICED, priced, "invoices.priced")
    yield Step(GROSS, gross, "invoices.gross")
    yield Step(FULL, full, "invoices.full")
    yield Step(TOGETHER, together, "invoices.together")
    yield Step(CLAIM, compared, "invoices.compared")


def run_in_duckdb(engine: DuckEngine) -> None:
    """Match and compare everything that the engine holds; fills `rel_line_match` and `rel_claim`."""
    for step in (*matching(), *comparing()):
        engine.load(step.target, engine.arrow(step.build, key=step.key))


def _lines(*, narrowed: bool) -> ibis.Table:
    line = INVOICE_LINE.table()
    if not narrowed:
        return line
    touched = NARROW.table()
    return line.semi_join(touched, line.invoice_id == touched.id)


STAGES: Final = (CANDIDATE, CLAIMED, MEANT, WINDOW, PRICED, GROSS, FULL, TOGETHER)
