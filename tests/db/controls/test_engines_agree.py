"""One definition, two engines: PostgreSQL and DuckDB find the same on the same registers, to the øre and the word."""

from dataclasses import asdict
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from django.db import connection

from styr.access.models import Municipality, Unit
from styr.controls.core.evidence import typed
from styr.controls.core.registry import LINKS, REGISTRY
from styr.controls.core.run_duck import Found, find
from styr.controls.models import Finding
from styr.controls.services import run_controls
from styr.kernel.engine import PostgresEngine
from styr.kernel.relation import NARROW
from unit.controls.random_town import random_town
from unit.controls.register_reference import REFERENCE
from unit.controls.town import RELATIONS, TODAY, Town

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def in_postgres(town: Town, municipality: Municipality, unit: Unit, narrow: list[Any] | None) -> list[Found]:
    """Run over temporary tables that stand before the register's views."""
    with connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        registers = town.registers()
        for relation in RELATIONS:
            rows = [{**row, **({"unit_id": unit.id} if "unit_id" in row else {})} for row in registers[relation.name]]
            engine.load(relation, rows)
    report = run_controls(
        municipality_id=municipality.id, today=TODAY, now=NOW, codes=list(REFERENCE), narrow_ids=narrow
    )
    assert report.failures == ()
    return [
        Found(
            code=row.control_code,
            subject_id=row.subject_id,
            unit_id=row.unit_id,
            amount_ore=row.amount_ore,
            links={name: getattr(row, name) for name in LINKS},
            evidence=typed(row.evidence, REGISTRY[row.control_code].evidence),
        )
        for row in Finding.objects.all()
    ]


def in_order(found: list[Found], unit: Unit) -> list[dict[str, Any]]:
    return [
        {**asdict(one), "unit_id": one.unit_id and unit.id}
        for one in sorted(found, key=lambda one: (one.code, one.subject_id))
    ]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("run", ["whole", "narrowed"])
def test_both_engines_find_the_same(seed: int, run: str, municipality: Municipality, unit: Unit, scope: str) -> None:
    narrowed = run == "narrowed"
    town = random_town(Random(seed).choice, neighbourhoods=10)  # noqa: S311 - invented registers
    changed = [row["citizen_id"] for row in town.rows["rel_citizen"][:5]] if narrowed else None
    stored = in_postgres(town, municipality, unit, changed)
    with town.engine() as engine:
        if narrowed:
            engine.load(NARROW, touched())
        found = find(engine, [REGISTRY[code] for code in REFERENCE], today=TODAY, narrowed=narrowed)
    assert in_order(stored, unit) == in_order(found, unit)
    assert len({one.code for one in stored}) >= (8 if narrowed else 15)


def touched() -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM rel_narrow")
        return [{"id": row[0]} for row in cursor.fetchall()]


def test_a_narrowed_run_after_a_change_leaves_what_a_whole_run_would(
    municipality: Municipality, unit: Unit, scope: str
) -> None:
    town = random_town(Random(3).choice, neighbourhoods=10)  # noqa: S311 - invented registers
    in_postgres(town, municipality, unit, None)
    grant, contract, citizen = (town.rows[name][0] for name in ("rel_grant", "rel_contract", "rel_citizen"))
    touched_ids = [grant["grant_id"], contract["contract_id"], citizen["citizen_id"]]
    grant.update(status="granted", account_string="", ends=None)
    contract.update(status="draft", supplier_id=None)
    citizen.update(died_on=TODAY, moved_in=None, moved_out=TODAY)
    narrowed = in_postgres(town, municipality, unit, touched_ids)
    open_now = set(Finding.objects.exclude(status="closed").values_list("control_code", "subject_id", "amount_ore"))
    report = run_controls(municipality_id=municipality.id, today=TODAY, now=NOW)
    after = set(Finding.objects.exclude(status="closed").values_list("control_code", "subject_id", "amount_ore"))
    assert open_now == after
    assert narrowed
    register = [one for one in report.outcomes if one.code in REFERENCE]
    assert {(one.opened, one.changed, one.reopened, one.closed) for one in register} == {(0, 0, 0, 0)}
