"""The same reconciliation over several processes or machines: Parquet parted by citizen, DuckDB for each part.

Everything that is held against each other is of one citizen, so a part knows all it needs, and the parts' findings
together are those of the whole, to the øre. Nothing here knows of the database; Dask is asked for only when a client of
it is given (`pip install styr[machines]`).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from styr.contracts.core.relations import CALENDAR, CONTRACT
from styr.controls.core.compiled import source_query
from styr.controls.core.focus import WHOLE
from styr.controls.core.registry import REGISTRY
from styr.controls.core.run_duck import Found, find
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.engine import DuckEngine, compile_duckdb
from styr.ledger.core.relations import POSTING
from styr.reconciliation.core.relations import ACCOUNT_RULE, BOOKS
from styr.suppliers.core.relations import PROVIDER_UNIT, SUPPLIER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from styr.kernel.relation import Relation

_SERVICES: Final = "JOIN rel_service s USING (service_id) JOIN rel_grant g ON g.grant_id = s.grant_id"
_ROWS: Final[Mapping[Relation, str]] = {
    POSTING: "g.*, {part} FROM rel_posting g",
    GRANT: "g.*, {part} FROM rel_grant g",
    SERVICE: "s.*, {part} FROM rel_service s JOIN rel_grant g ON g.grant_id = s.grant_id",
    RATE: f"r.*, {{part}} FROM rel_rate r {_SERVICES}",
    SERVICE_ABSENCE: f"a.*, {{part}} FROM rel_service_absence a {_SERVICES}",
}
"""Relations that are parted, and how their rows find their citizen; rows of nobody go together."""

_SHARED: Final = "shared"
SHARED: Final = (SUPPLIER, PROVIDER_UNIT, CONTRACT, CALENDAR, ACCOUNT_RULE, BOOKS)
"""Relations that every part reads whole."""

CODES: Final = (
    "payment_without_grant",
    "payment_outside_grant",
    "grant_without_payment",
    "account_misused",
    "payment_twice",
)
"""The controls that hold what is booked against the grants."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Parquet files parted by citizen: `folder/<relation>/<part>.parquet`, shared ones in `folder/shared/`."""

    folder: Path
    number: int


def part(engine: DuckEngine, folder: Path, *, number: int) -> Parts:
    """Write the relations loaded in `engine` as `number` parts below `folder`; a part's rows are its citizens'.

    The files hold ids, dates and amounts, and no CPR number or name; whoever asked for them removes them afterwards.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for relation, rows in _ROWS.items():
        parted = f"SELECT {rows.format(part=f'(hash(g.citizen_id) % {number})::INTEGER AS part')}"
        target = _quoted(folder / relation.name)
        engine.connection.execute(f"COPY ({parted}) TO {target} (FORMAT parquet, PARTITION_BY (part))")
    (folder / _SHARED).mkdir(exist_ok=True)
    for relation in SHARED:
        target = _quoted(folder / _SHARED / f"{relation.name}.parquet")
        engine.connection.execute(f"COPY {relation.name} TO {target} (FORMAT parquet)")
    return Parts(folder, number)


def reconcile_part(parts: Parts, number: int, *, today: date, codes: Sequence[str] = CODES) -> list[Found]:
    """Run the controls over one part, in this process with one thread."""
    with DuckEngine(threads=1) as engine:
        engine.connection.execute("SET enable_progress_bar = false")
        for relation in _ROWS:
            _load(engine, relation, sorted((parts.folder / relation.name / f"part={number}").glob("*.parquet")))
        for relation in SHARED:
            _load(engine, relation, [parts.folder / _SHARED / f"{relation.name}.parquet"])
        return find(engine, [REGISTRY[code] for code in codes], today=today)


def reconcile(
    parts: Parts, *, today: date, client: Any = None, at_once: int | None = None, codes: Sequence[str] = CODES
) -> list[Found]:
    """Run the controls over all parts and return what they found, by control and subject.

    Args:
        parts: what `part` wrote, where every machine can read it.
        today: the day the controls are asked about.
        client: a `distributed.Client` whose workers take a part each; None for this process alone.
        at_once: how many parts this process works on at once, a thread and some 200 MB each; None for one a core.
        codes: which controls.
    """
    numbers = range(parts.number)
    if client is None:
        with ThreadPoolExecutor(at_once or os.cpu_count() or 1) as pool:
            found: Iterable[list[Found]] = list(
                pool.map(partial(reconcile_part, parts, today=today, codes=codes), numbers)
            )
    else:
        asked = [client.submit(_begun_part, parts, n, today, tuple(codes), pure=False) for n in numbers]
        found = client.gather(asked)
    rank = {code: place for place, code in enumerate(codes)}
    return sorted((one for some in found for one in some), key=lambda one: (rank[one.code], one.subject_id))


def totals(found: Iterable[Found]) -> Mapping[str, tuple[int, int]]:
    """By control, how many findings and how many øre."""
    told: dict[str, tuple[int, int]] = {}
    for one in found:
        count, ore = told.get(one.code, (0, 0))
        told[one.code] = count + 1, ore + (one.amount_ore or 0)
    return told


def prepare(codes: Sequence[str] = CODES) -> None:
    """Register and compile the controls, which a process does once: before it is asked, or when it first is."""
    from styr.reconciliation import controls  # noqa: F401 - importing it registers them

    for code in codes:
        source_query(REGISTRY[code], WHOLE, lambda expression, key: compile_duckdb(expression, key=key))


def _begun_part(parts: Parts, number: int, today: date, codes: tuple[str, ...]) -> list[Found]:
    """A worker's part: the controls are registered first, as Django's start does it elsewhere."""
    from styr.reconciliation import controls  # noqa: F401 - importing it registers them

    return reconcile_part(parts, number, today=today, codes=codes)


def _load(engine: DuckEngine, relation: Relation, files: Sequence[Path]) -> None:
    """Make the relation a table of what the files hold; without files it is empty."""
    if not files:
        engine.load(relation, [])
        return
    listed = ", ".join(f'"{name}"' for name in relation.columns)
    paths = ", ".join(_quoted(file) for file in files)
    source = f"read_parquet([{paths}], hive_partitioning = false)"
    engine.connection.execute(f"CREATE TABLE {relation.name} AS SELECT {listed} FROM {source}")  # noqa: S608 - named by us, paths quoted


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
