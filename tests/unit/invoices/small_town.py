"""Loads the slow reference's values into the relations."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from styr.contracts.core.relations import CALENDAR, CONTRACT, CONTRACT_TERMS, NOTICE
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE, STOP
from styr.invoices.core.relations import (
    BILL_DEADLINE,
    INVOICE,
    INVOICE_KEY,
    INVOICE_LINE,
    MANUAL_MATCH,
    SETTLED_INVOICE,
)
from styr.kernel.engine import DuckEngine
from styr.kernel.relation import Relation
from styr.people.core.relations import CITIZEN
from styr.suppliers.core.relations import SUPPLIER_MERGER
from unit.invoices.slow_reference import Grant, Invoice

_SPACE = UUID("00000000-0000-7000-8000-0000000000bb")
_KINDS = {"grant": "grant_number", "contract": "contract_number", "cpr": "cpr", "name": "name"}


def ident(*parts: object) -> UUID:
    return uuid5(_SPACE, "|".join(map(str, parts)))


def load(engine: DuckEngine, grants: list[Grant], invoices: list[Invoice]) -> None:
    """Fill every relation that matching and comparison read."""
    engine.load(CALENDAR, [])
    engine.load(MANUAL_MATCH, [])
    engine.load(SETTLED_INVOICE, [])
    engine.load(BILL_DEADLINE, [])
    for relation in (STOP, CONTRACT_TERMS, NOTICE, SUPPLIER_MERGER):
        engine.load(relation, [])
    citizens = sorted({grant.citizen for grant in grants})
    _fill(engine, CITIZEN, [{"citizen_id": ident("citizen", c), "cpr_index": c, "name_key": c} for c in citizens])
    contracts = {grant.contract: grant.supplier for grant in grants if grant.contract}
    _fill(
        engine,
        CONTRACT,
        [
            {"contract_id": ident("contract", number), "number": number, "supplier_id": ident("supplier", supplier),
             "status": "signed", "starts": date(2020, 1, 1)}
            for number, supplier in contracts.items()
        ],
    )  # fmt: skip
    _fill(engine, GRANT, [_grant(grant) for grant in grants])
    _fill(engine, SERVICE, [_service(grant) for grant in grants])
    _fill(
        engine,
        RATE,
        [
            {"service_id": ident("service", grant.name), "valid_from": start, "valid_to": end, "amount": price}
            for grant in grants
            for start, end, price in grant.rates
        ],
    )
    _fill(
        engine,
        SERVICE_ABSENCE,
        [
            {"service_id": ident("service", grant.name), "starts": start, "ends": end, "billable": billable}
            for grant in grants
            for start, end, billable in grant.absence
        ],
    )
    _load_invoices(engine, invoices)


def _load_invoices(engine: DuckEngine, invoices: list[Invoice]) -> None:
    issued = date(2026, 6, 1)
    _fill(
        engine,
        INVOICE,
        [
            {"invoice_id": ident("invoice", one.name), "supplier_id": ident("supplier", one.supplier),
             "kind": "invoice", "number": one.name, "issue_date": issued + timedelta(days=one.place), "currency": "DKK",
             "status": "received", "net_ore": sum(line.ore for line in one.lines), "tax_ore": 0,
             "payable_ore": sum(line.ore for line in one.lines), "received_at": datetime(2026, 6, 1, tzinfo=UTC)}
            for one in invoices
        ],
    )  # fmt: skip
    _fill(
        engine,
        INVOICE_LINE,
        [
            {"invoice_line_id": ident("line", line.name), "invoice_id": ident("invoice", one.name), "line_no": number,
             "quantity": line.quantity, "unit": "day", "unit_price": line.price, "net_ore": line.ore,
             "period_start": line.start, "period_end": line.end, "service": line.service}
            for one in invoices
            for number, line in enumerate(one.lines, start=1)
        ],
    )  # fmt: skip
    keys = [(one.name, None, key) for one in invoices for key in one.keys]
    keys += [(one.name, line.name, key) for one in invoices for line in one.lines for key in line.keys]
    _fill(
        engine,
        INVOICE_KEY,
        [
            {"invoice_id": ident("invoice", invoice), "invoice_line_id": line and ident("line", line),
             "kind": _KINDS[kind], "value": value, "place": "note"}
            for invoice, line, (kind, value) in keys
        ],
    )  # fmt: skip


def _grant(grant: Grant) -> dict[str, Any]:
    return {
        "grant_id": ident("grant", grant.name),
        "number": grant.name,
        "citizen_id": ident("citizen", grant.citizen),
        "status": "granted" if grant.granted else "draft",
        "starts": grant.starts,
        "ends": grant.ends,
        "contract_id": ident("contract", grant.contract) if grant.contract else None,
        "supplier_id": ident("supplier", grant.supplier),
    }


def _service(grant: Grant) -> dict[str, Any]:
    return {
        "service_id": ident("service", grant.name),
        "grant_id": ident("grant", grant.name),
        "line_no": 1,
        "service": grant.service,
        "unit": "day",
        "per": "day",
        "quantity": Decimal(1),
        "factor": Decimal(1),
        "starts": grant.starts,
        "ends": grant.ends,
        "calendar_id": ident("calendar"),
    }


def _fill(engine: DuckEngine, relation: Relation, rows: list[dict[str, Any]]) -> None:
    engine.load(relation, [{**dict.fromkeys(relation.columns), **row} for row in rows])
