"""Time of each register control, in PostgreSQL and DuckDB, on synthetic registers of growing size.

    python bench/register_controls.py [--scale 1 4 16] [--sweep SEEDS]

Scale 1 is about 2,300 grants. `--sweep` compares the controls with their slow reference on that many random registers.
The database is the tests' own; registers are temporary tables that stand before the views.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styr.config.settings.test")
import django  # noqa: E402 - Django is set up first

django.setup()

from django.db import connection, transaction  # noqa: E402 - Django is set up first

from databases import database_of_this_process  # noqa: E402 - Django is set up first
from styr.access.scope import service_scope  # noqa: E402 - Django is set up first
from styr.access.services import create_municipality, install_token_key, save_units  # noqa: E402 - Django is set up first
from styr.controls.core.registry import REGISTRY  # noqa: E402 - Django is set up first
from styr.controls.core.run_duck import find  # noqa: E402 - Django is set up first
from styr.controls.services import run_controls  # noqa: E402 - Django is set up first
from styr.kernel.engine import PostgresEngine  # noqa: E402 - Django is set up first
from unit.controls.random_town import random_town  # noqa: E402 - Django is set up first
from unit.controls.register_reference import REFERENCE  # noqa: E402 - Django is set up first
from unit.controls.town import RELATIONS, TODAY, Town  # noqa: E402 - Django is set up first

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NEIGHBOURHOODS = 460  # five grants each
CODES = list(REFERENCE)


@contextmanager
def timed(name: str, figures: dict[str, float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    figures[name] = time.perf_counter() - began


def in_duckdb(town: Town) -> dict[str, float]:
    figures: dict[str, float] = {}
    with town.engine() as engine:
        for code in CODES:
            with timed(code, figures):
                find(engine, [REGISTRY[code]], today=TODAY)
    return figures


def in_postgres(town: Town, municipality: UUID, unit: UUID) -> tuple[dict[str, float], float, float]:
    """Time of each control, of a second whole run, and of a run narrowed to twenty citizens."""
    with service_scope(municipality, "test"):
        with connection.cursor() as cursor:
            engine = PostgresEngine(cursor)
            registers = town.registers()
            for relation in RELATIONS:
                rows = registers[relation.name]
                engine.load(relation, [{**row, **({"unit_id": unit} if "unit_id" in row else {})} for row in rows])
        run = {"municipality_id": municipality, "today": TODAY, "now": NOW, "codes": CODES}
        first = run_controls(**run)
        assert not first.failures, first.failures
        again = run_controls(**run)
        changed = [row["citizen_id"] for row in town.rows["rel_citizen"][:20]]
        narrowed = run_controls(**run, narrow_ids=changed)
        transaction.set_rollback(True)
    return {one.code: one.seconds for one in first.outcomes}, again.seconds, narrowed.seconds


def sweep(seeds: int) -> None:
    for seed in range(seeds):
        town = random_town(Random(seed).choice, neighbourhoods=20)
        with town.engine() as engine:
            found = find(engine, [REGISTRY[code] for code in CODES], today=TODAY)
        for code, reference in REFERENCE.items():
            assert {one.subject_id: one.amount_ore for one in found if one.code == code} == reference(town), (
                seed,
                code,
            )
    print(f"{seeds} random registers: every control equals its reference")


def warm_up() -> None:
    """Compile every control once: that is a cost a process, not a run."""
    figures: dict[str, float] = {}
    with timed("compile", figures):
        in_duckdb(random_town(Random(0).choice))
    print(f"building and compiling {len(CODES)} controls for DuckDB: {figures['compile']:.1f} s a process")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--scale", type=float, nargs="*", default=[1, 4, 16])
    asked.add_argument("--sweep", type=int, default=0)
    given = asked.parse_args()
    warm_up()
    with database_of_this_process():
        install_token_key()
        municipality = create_municipality(code="999", name="Eksempel").id
        with service_scope(municipality, "test"):
            unit = save_units(municipality_id=municipality, units=[("1", "Voksen", "")])["1"]
        in_postgres(random_town(Random(0).choice), municipality, unit)
        for scale in given.scale:
            town = random_town(Random(1).choice, neighbourhoods=round(NEIGHBOURHOODS * scale))
            duck = in_duckdb(town)
            postgres, again, narrowed = in_postgres(town, municipality, unit)
            print(f"\nscale {scale:g}: {len(town.rows['rel_grant']):,} grants")
            print(f"  {'control':<28} {'PostgreSQL s':>12} {'DuckDB s':>10}")
            for code in CODES:
                print(f"  {code:<28} {postgres[code]:>12.3f} {duck[code]:>10.3f}")
            print(f"  {'all':<28} {sum(postgres.values()):>12.3f} {sum(duck.values()):>10.3f}")
            print(f"  whole run again (nothing changed) {again:.3f} s; narrowed to 20 citizens {narrowed:.3f} s")
    sweep(given.sweep)


if __name__ == "__main__":
    main()
