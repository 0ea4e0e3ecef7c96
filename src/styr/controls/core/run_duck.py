"""The same controls in DuckDB, in process: whole-population runs, what-ifs and tests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import ibis

from styr.controls.core.compiled import source_query
from styr.controls.core.evidence import typed
from styr.controls.core.explain import Value
from styr.controls.core.focus import NARROWED, WHOLE
from styr.controls.core.registry import LINKS, Registered
from styr.controls.core.relations import TODAY
from styr.kernel.engine import DuckEngine, compile_duckdb


@dataclass(frozen=True, slots=True)
class Found:
    """One row of a control's answer, the same whichever engine gave it."""

    code: str
    subject_id: UUID
    unit_id: UUID | None
    amount_ore: int | None
    links: dict[str, UUID | None] = field(default_factory=dict)
    evidence: dict[str, Value] = field(default_factory=dict)


def find(engine: DuckEngine, controls: Iterable[Registered], *, today: date, narrowed: bool = False) -> list[Found]:
    """Run controls over the relations loaded in `engine` (and over `rel_narrow` only, when narrowed).

    Controls not in force on `today` find nothing. The order is that of the controls, then of the subjects' ids.
    """
    engine.load(TODAY, [{"today": today}])
    focus = NARROWED if narrowed else WHOLE
    answer: list[Found] = []
    for registered in controls:
        if not registered.control.in_force(today):
            continue
        result = engine.connection.execute(source_query(registered, focus, _compile))
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        found = [_found(registered, row) for row in rows]
        answer.extend(sorted(found, key=lambda one: one.subject_id))
    return answer


def _compile(expression: Callable[[], ibis.Table], key: str) -> str:
    return compile_duckdb(expression, key=key)


def _found(registered: Registered, row: dict[str, object]) -> Found:
    return Found(
        code=registered.control.code,
        subject_id=UUID(str(row["subject_id"])),
        unit_id=_uuid(row["unit_id"]),
        amount_ore=None if row["amount_ore"] is None else int(str(row["amount_ore"])),
        links={name: _uuid(row.get(name)) for name in LINKS},
        evidence=typed(row, registered.evidence),
    )


def _uuid(value: object) -> UUID | None:
    return None if value is None else UUID(str(value))
