"""A tiny register of its own for the registry's tests: things with a weight, of which the heavy are found."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import ibis
from django.db import connection

from styr.controls.core.focus import Focus
from styr.controls.core.registry import Control, OwnerRole, Severity, SubjectKind
from styr.controls.core.relations import TODAY
from styr.kernel.engine import PostgresEngine
from styr.kernel.ids import uuid7
from styr.kernel.relation import NARROW, Relation

THING = Relation(
    "rel_thing",
    {
        "thing_id": "uuid",
        "owner_id": "uuid",
        "unit_id": "uuid",
        "name": "string",
        "weight": "decimal(14, 4)",
        "bought": "date",
        "price_ore": "int64",
    },
)


def heavy(focus: Focus) -> ibis.Table:
    things = focus(THING.table(), "thing_id").cross_join(TODAY.table())
    return things.filter(things["weight"] > 10).select(
        "unit_id",
        "name",
        "weight",
        "bought",
        subject_id="thing_id",
        amount_ore="price_ore",
        days=things["today"].delta(things["bought"], unit="day").cast("int64"),
    )


HEAVY = Control(
    code="heavy",
    title="Tung ting",
    explanation="{name} vejer {weight} kg og er {days:dag|dage} gammel.",
    owner_role=OwnerRole.NEGOTIATOR,
    source="Vægtloven",
    severity=Severity.WARNING,
    hard_stop=False,
    subject_kind=SubjectKind.GRANT,
    expression=heavy,
    moving=frozenset({"days"}),
)


def things_of_owners() -> ibis.Table:
    things, changed = THING.table(), NARROW.table()
    return things.semi_join(changed, things["owner_id"] == changed["id"]).select(id="thing_id")


def divided(focus: Focus) -> ibis.Table:
    """An expression that PostgreSQL cannot run: it divides by zero."""
    things = heavy(focus)
    return things.mutate(days=(ibis.literal(1) / (things["amount_ore"] - things["amount_ore"])).cast("int64"))


Thing = dict[str, Any]


def thing(name: str, weight: str, *, price_ore: int | None = 100, unit_id: UUID | None = None, **other: Any) -> Thing:
    made: Thing = {
        "thing_id": uuid7(),
        "owner_id": uuid7(),
        "unit_id": unit_id,
        "name": name,
        "weight": Decimal(weight),
        "bought": date(2026, 1, 1),
        "price_ore": price_ore,
    }
    return {**made, **other}


def load(rows: list[Thing]) -> None:
    """Fill `rel_thing`, a temporary table of the test's transaction."""
    with connection.cursor() as cursor:
        PostgresEngine(cursor).load(THING, rows)
