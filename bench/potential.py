"""Time of the potential in PostgreSQL and DuckDB, on synthetic contracts.

    python bench/potential.py [--contracts 20000]

Each contract has a citizen, a grant with a stay and, one in eight, a special rate; one in ten offers is dear. The
database is the tests' own; the registers are temporary tables that stand before the views.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "styr.config.settings.test")
import django  # noqa: E402 - Django is set up first

django.setup()

from django.db import connection, transaction  # noqa: E402 - Django is set up first

from databases import database_of_this_process  # noqa: E402 - Django is set up first
from styr.access.models import Unit  # noqa: E402 - Django is set up first
from styr.access.scope import service_scope  # noqa: E402 - Django is set up first
from styr.access.services import create_municipality  # noqa: E402 - Django is set up first
from styr.contracts.core import relations as contracts  # noqa: E402 - Django is set up first
from styr.controls.core.relations import TODAY  # noqa: E402 - Django is set up first
from styr.deliveries.core.relations import DELIVERY  # noqa: E402 - Django is set up first
from styr.grants.core import relations as grants  # noqa: E402 - Django is set up first
from styr.grants.core.cost_relations import MONTH, month_rows  # noqa: E402 - Django is set up first
from styr.invoices.core.relations import CLAIM, INVOICE  # noqa: E402 - Django is set up first
from styr.kernel import clock  # noqa: E402 - Django is set up first
from styr.kernel.engine import DuckEngine, PostgresEngine, compile_duckdb  # noqa: E402 - Django is set up first
from styr.negotiations.core.potential.bought import bought  # noqa: E402 - Django is set up first
from styr.negotiations.core.potential.ranking import ranked, read  # noqa: E402 - Django is set up first
from styr.negotiations.core.potential.reasons import reasons  # noqa: E402 - Django is set up first
from styr.negotiations.core.potential.working import keep_bought, year_ahead  # noqa: E402 - Django is set up first
from styr.negotiations.potential import potential_page, stand  # noqa: E402 - Django is set up first
from styr.negotiations.preparing import prepare  # noqa: E402 - Django is set up first
from styr.negotiations.reference.load import shares  # noqa: E402 - Django is set up first
from unit.controls.town import RELATIONS, UNIT, Town  # noqa: E402 - Django is set up first

NOW = date(2026, 11, 21)
PER_OFFER = 9
ALL = (*RELATIONS, grants.ABSENCE, DELIVERY, CLAIM, INVOICE, contracts.PRICE_INDEX)
Rows = Iterable[dict[str, Any]]


def registers(count: int) -> Town:
    """Contracts of nine to an offer, offers of four sections."""
    town, rng = Town(), Random(1)
    suppliers = [town.supplier(kind=rng.choice(["private", "foundation"])) for _ in range(count // 30 + 1)]
    for place in range(count // PER_OFFER + 1):
        section = f"SEL-{(107, 108, 104, 103)[place % 4]}"
        supplier = suppliers[place % len(suppliers)]
        offer = town.offer(section=section, supplier_id=supplier)
        price = Decimal(rng.randrange(1800, 4500)) * (2 if place % 10 == 0 else 1)
        town.portal_rate(offer, str(price))
        for _ in range(PER_OFFER):
            agreed(town, rng, {"section": section, "supplier_id": supplier, "provider_unit_id": offer}, price)
    return town


def agreed(town: Town, rng: Random, place: dict[str, Any], price: Decimal) -> None:
    """A contract and the grant that buys by it."""
    citizen = town.citizen()
    contract = town.contract(**place, citizen_id=citizen, notice_days=rng.choice([30, 60, 90]))
    line = town.line(contract, (date(2024, 1, 1), None, str(price)))
    grant = town.grant(citizen, **place, contract_id=contract, starts=date(2024, 1, 1))
    town.service(grant, str(price), contract_line_id=line)
    if rng.random() < 1 / 8:
        extra = town.line(
            contract, (date(2024, 1, 1), None, "900"), kind="special", service="saertakst", line_no=2,
            hours=None if rng.random() < 1 / 4 else Decimal(2), hourly_rate=Decimal(rng.randrange(395, 460)),
            evaluation_on=date(2026, 6, 1) if rng.random() < 1 / 4 else None,
        )  # fmt: skip
        town.service(grant, "900", contract_line_id=extra, line_no=2, service="saertakst")


def load(engine: PostgresEngine | DuckEngine, rows: dict[str, Rows]) -> None:
    for relation in ALL:
        engine.load(relation, rows.get(relation.name, []))


def timed(name: str, what: Any) -> Any:
    began = time.perf_counter()
    found = what()
    sys.stdout.write(f"{name:<28} {time.perf_counter() - began:7.2f} s\n")
    return found


def in_duckdb(rows: dict[str, Rows]) -> None:
    with DuckEngine() as engine:
        load(engine, rows)
        engine.load(TODAY, [{"today": NOW}])
        engine.load(MONTH, month_rows(year_ahead(NOW)))
        text = compile_duckdb(bought, key="negotiations.bought")
        compile_duckdb(lambda: reasons(shares()), key="negotiations.reasons")
        timed("DuckDB, bought", lambda: keep_bought(engine, text))
        found = timed("DuckDB, reasons", lambda: engine.rows(lambda: reasons(shares()), key="negotiations.reasons"))
        timed("ranked in Python", lambda: ranked(read(found)))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--contracts", type=int, default=20_000)
    town = registers(asked.parse_args().contracts)
    rows: dict[str, Rows] = dict(town.rows)
    rows["rel_calendar"] = [{"calendar_id": UUID(int=2), "day": NOW, "open_before": 0}]
    in_duckdb(rows)
    with database_of_this_process():
        municipality_id = create_municipality(code="999", name="Måling", using="owner").id
        in_postgres(rows, municipality_id)


def in_postgres(rows: dict[str, Rows], municipality_id: UUID) -> None:
    with service_scope(municipality_id, "test"), connection.cursor() as cursor:
        Unit.objects.create(id=UNIT, municipality_id=municipality_id, number="1", name="Måling")
        load(PostgresEngine(cursor), rows)
        told = {"municipality_id": municipality_id, "today": NOW, "now": clock.now()}
        timed("PostgreSQL, first (compiles)", lambda: prepare(**told))
        timed("PostgreSQL, prepared again", lambda: prepare(**told))
        standing = stand(today=NOW)
        assert standing is not None
        found = timed("PostgreSQL, a page of it", lambda: potential_page(standing))
        sys.stdout.write(f"{found.total} candidates\n")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
