"""Registers as small as a test needs: each call adds one row, and gives its id."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import styr.grants.controls  # noqa: F401 - registers the controls
from styr.contracts import controls as _  # noqa: F401 - the same
from styr.contracts.core import relations as contracts
from styr.controls.core.explain import explain
from styr.controls.core.registry import REGISTRY
from styr.controls.core.run_duck import Found, find
from styr.grants.core import relations as grants
from styr.kernel.engine import DuckEngine
from styr.kernel.relation import NARROW, Relation
from styr.people.core import relations as people
from styr.suppliers.core import relations as suppliers
from unit.grants_core.stops import stops

TODAY = date(2026, 11, 21)
UNIT = UUID(int=1)
CALENDAR = UUID(int=2)
RELATIONS: tuple[Relation, ...] = (
    people.CITIZEN,
    suppliers.SUPPLIER,
    suppliers.PROVIDER_UNIT,
    suppliers.PORTAL_RATE,
    contracts.CONTRACT,
    contracts.CONTRACT_LINE,
    contracts.CONTRACT_RATE,
    contracts.CALENDAR,
    grants.GRANT,
    grants.SERVICE,
    grants.RATE,
    grants.SERVICE_ABSENCE,
    grants.STOP,
    contracts.CONTRACT_TERMS,
    contracts.SUPPLEMENT,
    contracts.CALL_OFF,
    contracts.PRICE_INDEX,
    grants.DUPLICATE_RULE,
)
Row = dict[str, Any]


@dataclass
class Town:
    """The rows of every relation, and the next id."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {relation.name: [] for relation in RELATIONS})
    used: int = 100

    def add(self, relation: Relation, row: Row) -> Row:
        full = {**dict.fromkeys(relation.columns), **row}
        assert set(full) == set(relation.columns)
        self.rows[relation.name].append(full)
        return full

    def new_id(self) -> UUID:
        self.used += 1
        return UUID(int=self.used)

    def citizen(self, **given: Any) -> UUID:
        known = {"citizen_id": self.new_id(), "unit_id": UNIT, "moved_in": date(2000, 1, 1)}
        return self.add(people.CITIZEN, {**known, **given})["citizen_id"]

    def supplier(self, **given: Any) -> UUID:
        known = {"supplier_id": self.new_id(), "cvr": f"{self.used:08d}", "kind": "private"}
        return self.add(suppliers.SUPPLIER, {**known, **given})["supplier_id"]

    def offer(self, **given: Any) -> UUID:
        known = {
            "provider_unit_id": self.new_id(),
            "p_number": f"{self.used:010d}",
            "section": "SEL-107",
            "approved_from": date(2015, 1, 1),
        }
        return self.add(suppliers.PROVIDER_UNIT, {**known, **given})["provider_unit_id"]

    def portal_rate(self, offer: UUID, amount: str, **given: Any) -> None:
        known = {"provider_unit_id": offer, "service": "ophold", "unit": "day", "valid_from": date(2020, 1, 1)}
        self.add(suppliers.PORTAL_RATE, {**known, "amount": Decimal(amount), **given})

    def contract(self, **given: Any) -> UUID:
        known = {
            "contract_id": self.new_id(),
            "number": f"K-2024-{self.used:04d}",
            "kind": "individual",
            "unit_id": UNIT,
            "section": "SEL-107",
            "starts": date(2024, 1, 1),
            "notice_days": 30,
            "status": "signed",
            "signed_on": date(2023, 12, 20),
            "absence_free_days": 0,
            "absence_billable": Decimal(1),
            "calendar_id": CALENDAR,
        }
        return self.add(contracts.CONTRACT, {**known, **given})["contract_id"]

    def line(self, contract: UUID, *rates: tuple[date, date | None, str], **given: Any) -> UUID:
        known = {
            "contract_line_id": self.new_id(),
            "contract_id": contract,
            "line_no": 1,
            "kind": "base",
            "service": "ophold",
            "unit": "day",
        }
        line = self.add(contracts.CONTRACT_LINE, {**known, **given})["contract_line_id"]
        for starts, ends, amount in rates:
            self.add(
                contracts.CONTRACT_RATE,
                {"contract_line_id": line, "valid_from": starts, "valid_to": ends, "amount": Decimal(amount)},
            )
        return line

    def terms(self, contract: UUID, **given: Any) -> None:
        known = {"contract_id": contract, "valid_from": date(2024, 1, 1), "notice_from": "day"}
        self.add(contracts.CONTRACT_TERMS, {**known, **given})

    def grant(self, citizen: UUID, **given: Any) -> UUID:
        known = {
            "grant_id": self.new_id(),
            "number": f"B{self.used:07d}-0",
            "citizen_id": citizen,
            "unit_id": UNIT,
            "section": "SEL-107",
            "status": "granted",
            "starts": date(2026, 1, 1),
            "account_string": "1538521123456001",
        }
        return self.add(grants.GRANT, {**known, **given})["grant_id"]

    def service(self, grant: UUID, amount: str | None = "1000", **given: Any) -> UUID:
        of_grant = next(row for row in reversed(self.rows["rel_grant"]) if row["grant_id"] == grant)
        known = {
            "service_id": self.new_id(),
            "grant_id": grant,
            "unit_id": UNIT,
            "line_no": 1,
            "service": "ophold",
            "unit": "day",
            "per": "day",
            "quantity": Decimal(1),
            "factor": Decimal(1),
            "starts": of_grant["starts"],
            "ends": of_grant["ends"],
        }
        service = self.add(grants.SERVICE, {**known, **given})["service_id"]
        if amount is not None:
            rate = {"service_id": service, "valid_from": date(2000, 1, 1), "amount": Decimal(amount)}
            self.add(grants.RATE, rate)
        return service

    def rule(self, one: str, two: str, verdict: str, **given: Any) -> None:
        known = {"section_a": min(one, two), "section_b": max(one, two), "verdict": verdict}
        self.add(grants.DUPLICATE_RULE, {**known, "valid_from": date(2007, 1, 1), **given})

    def registers(self) -> dict[str, list[Row]]:
        """The rows of every relation, and those of `rel_stop` that follow from them."""
        terms = self.rows["rel_contract_terms"]
        followed = stops(self.rows["rel_citizen"], self.rows["rel_grant"], terms)
        return {**self.rows, grants.STOP.name: [*self.rows[grants.STOP.name], *followed]}

    def engine(self) -> DuckEngine:
        engine = DuckEngine(threads=1)
        registers = self.registers()
        for relation in RELATIONS:
            engine.load(relation, registers[relation.name])
        return engine

    def found(self, code: str, *, today: date = TODAY, narrow: Iterable[UUID] | None = None) -> list[Found]:
        with self.engine() as engine:
            if narrow is not None:
                engine.load(NARROW, [{"id": changed} for changed in narrow])
            return find(engine, [REGISTRY[code]], today=today, narrowed=narrow is not None)


def sentence(found: Found) -> str:
    return explain(REGISTRY.control(found.code).explanation, {**found.evidence, "amount_ore": found.amount_ore})


def days(start: date, end: date) -> int:
    return (end - start) // timedelta(days=1)
