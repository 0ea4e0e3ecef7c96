"""A small municipality that invoices are tried on: what the whole control, from keys to findings, makes of each.

Every try stands in a municipality of its own (its names begin with its own prefix), so that hundreds are one run of the
set operations, whose time is that of their planning.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import styr.contracts.core.relations as contracts
import styr.grants.core.relations as grants
import styr.invoices.core.relations as invoices
import styr.people.core.relations as people
import styr.suppliers.core.relations as suppliers
from styr.controls.core.focus import WHOLE
from styr.controls.core.relations import FINDING, TODAY
from styr.invoices.controls import CONTROLS
from styr.invoices.core.approval import FOUR_EYES, touchless
from styr.invoices.core.pipeline import run_in_duckdb
from styr.kernel.engine import DuckEngine
from styr.kernel.relation import Relation
from unit.grants_core.stops import stops
from unit.invoices.small_town import ident

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
NOW = date(2026, 11, 21)
EVERY = {
    held.name: held
    for module in (people, suppliers, contracts, grants, invoices)
    for held in vars(module).values()
    if isinstance(held, Relation)
}
Key = tuple[str, str] | tuple[str, str, str]
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Granted:
    """A grant with its only service, at `rates` kr. (start, end, price)."""

    name: str = "B1"
    citizen: str = "ane"
    supplier: str | None = "nord"
    contract: str | None = "K1"
    starts: date = date(2026, 1, 1)
    ends: date | None = None
    status: str = "granted"
    unit: str = "day"
    per: str = "day"
    quantity: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)
    service: str = "ophold"
    rates: tuple[tuple[date, date | None, Decimal], ...] = ((date(2020, 1, 1), None, Decimal(100)),)
    absence: tuple[tuple[date, date, Decimal], ...] = ()
    office: str = "U1"
    place: str | None = "P1"


@dataclass(frozen=True)
class Item:
    """A line; `ore` is its amount where that is not quantity × price."""

    start: date | None = JUNE
    end: date | None = JULY
    quantity: Decimal | None = Decimal(30)
    price: Decimal | None = Decimal(100)
    ore: int | None = None
    unit: str | None = "day"
    service: str | None = "ophold"
    keys: tuple[Key, ...] = ()

    @property
    def amount(self) -> int:
        """The line's amount in øre."""
        if self.ore is not None:
            return self.ore
        return int(((self.quantity or Decimal(0)) * (self.price or Decimal(0)) * 100).to_integral_value())


@dataclass(frozen=True)
class Bill:
    """An invoice or credit note (its quantities and amounts are negative); `head` overwrites columns of its row."""

    name: str = "F1"
    items: tuple[Item, ...] = (Item(),)
    keys: tuple[Key, ...] = (("grant_number", "B1"),)
    supplier: str = "nord"
    issued: date | None = JULY
    received: int = 1  # days after the first of July
    status: str = "received"
    kind: str = "invoice"
    credits: str | None = None
    ean: str = "U1"
    account: str | None = "nord"
    head: Mapping[str, Any] = field(default_factory=dict)

    @property
    def amount(self) -> int:
        """What its lines ask for, in øre."""
        return sum(item.amount for item in self.items)


@dataclass(frozen=True)
class Town:
    """One try: who is there, and what was sent, in order."""

    bills: tuple[Bill, ...] = (Bill(),)
    granted: tuple[Granted, ...] = (Granted(),)
    citizens: tuple[str, ...] = ("ane", "bo")
    contracts: Mapping[str, str] = field(default_factory=lambda: {"K1": "nord"})
    kinds: Mapping[str, str] = field(default_factory=dict)
    approved: Mapping[str, tuple[date, date | None]] = field(default_factory=dict)
    by_hand: tuple[tuple[str, int, str], ...] = ()  # (invoice, line from 0, grant)
    decided: tuple[tuple[str, str], ...] = ()  # (control, grant): the register's findings that people have decided
    died: Mapping[str, date] = field(default_factory=dict)
    terms: Mapping[str, Any] = field(default_factory=dict)  # what the contract K1 says from its start
    notice: tuple[date, date] | None = None  # of the contract K1: given on, last day
    merged: date | None = None  # from which day nord stands where syd stood


@dataclass(frozen=True)
class Outcome:
    """What became of one invoice."""

    ready: bool
    codes: frozenset[str]


def birthday(citizen: str) -> date:
    """A date of birth that follows from the name."""
    return date(1980, 1, 1) + timedelta(days=sum(map(ord, citizen)))


def outcomes(engine: DuckEngine, towns: Sequence[Town]) -> list[dict[str, Outcome]]:
    """Try every town; what became of each town's invoices, by name."""
    rows: Rows = defaultdict(list)
    for number, town in enumerate(towns):
        _add(rows, f"{number}:", town)
    for name, relation in EVERY.items():
        engine.load(relation, [{**dict.fromkeys(relation.columns), **row} for row in rows[name]])
    engine.load(TODAY, [{"today": NOW}])
    engine.load(FINDING, [{**dict.fromkeys(FINDING.columns), **row} for row in rows[FINDING.name]])
    engine.load(FOUR_EYES, [])
    run_in_duckdb(engine)
    codes: dict[UUID, set[str]] = defaultdict(set)
    findings = list(rows[FINDING.name])
    for control in CONTROLS:
        for row in engine.rows(lambda control=control: control.expression(WHOLE), key=f"tried.{control.code}"):
            codes[row["invoice_id"]].add(control.code.removeprefix("invoice_"))
            findings.append(
                {"finding_id": uuid4(), "subject_id": row["subject_id"], "invoice_id": row["invoice_id"],
                 "status": "open"}
            )  # fmt: skip
    engine.load(FINDING, [{**dict.fromkeys(FINDING.columns), **row} for row in findings])
    ready = {row["invoice_id"] for row in engine.rows(touchless, key="tried.touchless")}
    return [
        {bill.name: _outcome(ident("invoice", f"{number}:{bill.name}"), ready, codes) for bill in town.bills}
        for number, town in enumerate(towns)
    ]


def _outcome(invoice: UUID, ready: set[UUID], codes: Mapping[UUID, set[str]]) -> Outcome:
    return Outcome(invoice in ready, frozenset(codes.get(invoice, ())))


def bill(*items: Item, **changes: Any) -> Bill:
    """An invoice of these lines."""
    return replace(Bill(), **({"items": items} if items else {}), **changes)


def _add(rows: Rows, at: str, town: Town) -> None:
    rows["rel_citizen"] += [
        {"citizen_id": ident("citizen", at + one), "cpr_index": at + one, "name_key": at + one,
         "birth_date": birthday(one), "died_on": town.died.get(one)}
        for one in town.citizens
    ]  # fmt: skip
    for one in ("nord", "syd"):
        rows["rel_supplier"].append(
            {"supplier_id": ident("supplier", at + one), "cvr": at + one, "kind": town.kinds.get(one, "private")}
        )
        rows["rel_supplier_account"].append(
            {"supplier_id": ident("supplier", at + one), "account": _account(at, one), "valid_from": date(2020, 1, 1)}
        )
    for office in ("U1", "U2"):
        rows["rel_payer"].append({"unit_id": ident("unit", at + office), "ean": at + office, "code": "1", "name": "By"})
    rows["rel_contract"] += [
        {"contract_id": ident("contract", at + number), "number": at + number, "status": "signed",
         "supplier_id": ident("supplier", at + supplier), "starts": date(2020, 1, 1)}
        for number, supplier in town.contracts.items()
    ]  # fmt: skip
    rows["rel_provider_unit"] += [
        {"provider_unit_id": ident("place", at + place), "p_number": place, "approved_from": start, "approved_to": end}
        for place, (start, end) in town.approved.items()
    ]
    rows[FINDING.name] += [
        {"finding_id": uuid4(), "control_code": control, "subject_id": ident("grant", at + grant), "status": "decided",
         "verdict": "accept"}
        for control, grant in town.decided
    ]  # fmt: skip
    for granted in town.granted:
        _add_grant(rows, at, granted)
    _add_terms(rows, at, town)
    if town.merged:
        both = {"former_id": ident("supplier", at + "syd"), "supplier_id": ident("supplier", at + "nord")}
        rows["rel_supplier_merger"].append({**both, "valid_from": town.merged})
    for place, one in enumerate(town.bills):
        _add_bill(rows, at, one, place)
    rows["rel_manual_match"] += [
        {"invoice_line_id": ident("line", f"{at}{name}/{line}"), "grant_id": ident("grant", at + grant)}
        for name, line, grant in town.by_hand
    ]


def _add_terms(rows: Rows, at: str, town: Town) -> None:
    contract = ident("contract", at + "K1")
    own = [row for row in rows["rel_grant"] if row["number"].startswith(at)]
    terms = [{"contract_id": contract, "valid_from": date(2020, 1, 1), "valid_to": None, **_SILENT, **town.terms}]
    rows["rel_contract_terms"] += terms
    rows["rel_stop"] += stops((row for row in rows["rel_citizen"] if row["cpr_index"].startswith(at)), own, terms)
    if town.notice:
        given_on, last = town.notice
        rows["rel_notice"].append({"contract_id": contract, "given_on": given_on, "last_day": last})
        rows["rel_stop"] += [
            {"grant_id": row["grant_id"], "reason": "notice", "unpaid_from": last + timedelta(days=1), "agreed": True}
            for row in own
            if row["contract_id"] == contract
        ]


_SILENT = {"days_after_death": None, "days_after_move": None}


def _add_grant(rows: Rows, at: str, one: Granted) -> None:
    service, citizen = ident("service", at + one.name), ident("citizen", at + one.citizen)
    rows["rel_grant"].append(
        {"grant_id": ident("grant", at + one.name), "number": at + one.name, "citizen_id": citizen,
         "unit_id": ident("unit", at + one.office), "status": one.status, "starts": one.starts, "ends": one.ends,
         "contract_id": one.contract and ident("contract", at + one.contract), "section": "SEL-107",
         "supplier_id": one.supplier and ident("supplier", at + one.supplier),
         "provider_unit_id": one.place and ident("place", at + one.place)}
    )  # fmt: skip
    rows["rel_service"].append(
        {"service_id": service, "grant_id": ident("grant", at + one.name), "line_no": 1, "service": one.service,
         "unit": one.unit, "per": one.per, "quantity": one.quantity, "factor": one.factor, "starts": one.starts,
         "ends": one.ends, "calendar_id": ident("calendar")}
    )  # fmt: skip
    rows["rel_rate"] += [
        {"service_id": service, "valid_from": start, "valid_to": end, "amount": price}
        for start, end, price in one.rates
    ]
    rows["rel_service_absence"] += [
        {"service_id": service, "starts": start, "ends": end, "billable": billable}
        for start, end, billable in one.absence
    ]


def _add_bill(rows: Rows, at: str, one: Bill, place: int) -> None:
    invoice = ident("invoice", at + one.name)
    received = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(days=one.received, minutes=place)
    supplier = ident("supplier", at + one.supplier)
    row = {"invoice_id": invoice, "supplier_id": supplier, "supplier_cvr": at + one.supplier,
           "kind": one.kind, "number": one.name, "issue_date": one.issued, "currency": "DKK", "status": one.status,
           "net_ore": one.amount, "tax_ore": 0, "payable_ore": one.amount, "buyer_ean": at + one.ean,
           "payee_account": one.account and _account(at, one.account), "received_at": received,
           "credits_invoice_id": one.credits and ident("invoice", at + one.credits)}  # fmt: skip
    rows["rel_invoice"].append({**row, **one.head})
    for number, item in enumerate(one.items):
        line = ident("line", f"{at}{one.name}/{number}")
        rows["rel_invoice_line"].append(
            {"invoice_line_id": line, "invoice_id": invoice, "line_no": number, "quantity": item.quantity,
             "unit": item.unit, "unit_price": item.price, "net_ore": item.amount, "period_start": item.start,
             "period_end": item.end, "service": item.service}
        )  # fmt: skip
        rows["rel_invoice_key"] += _keys(at, item.keys, invoice, line)
    rows["rel_invoice_key"] += _keys(at, one.keys, invoice, None)


def _keys(at: str, keys: Iterable[Key], invoice: UUID, line: UUID | None) -> Iterator[dict[str, Any]]:
    for kind, value, *place in keys:
        written = value if kind == "birth_date" else at + value
        yield {"invoice_id": invoice, "invoice_line_id": line, "kind": kind, "value": written,
               "place": place[0] if place else "note"}  # fmt: skip


def _account(at: str, owner: str) -> str:
    number = int(at.rstrip(":")) * 10 + {"nord": 1, "syd": 2}.get(owner, 3)
    return f"1234-{number:010}"
