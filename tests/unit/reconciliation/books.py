"""Small books and a slow, obvious reading of them: what the payment controls' expressions must give."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from styr.contracts.core.relations import CALENDAR, CONTRACT
from styr.controls.core.relations import TODAY as TODAY_RELATION
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.engine import DuckEngine
from styr.ledger.core.relations import POSTING
from styr.reconciliation.core.relations import ACCOUNT_RULE, BOOKS
from styr.suppliers.core.relations import PROVIDER_UNIT, SUPPLIER

TODAY = date(2026, 11, 21)
ALL = (POSTING, GRANT, SERVICE, RATE, SERVICE_ABSENCE, CONTRACT, CALENDAR, PROVIDER_UNIT, SUPPLIER, ACCOUNT_RULE, BOOKS)
Row = dict[str, Any]


@dataclass
class Books:
    """Rows of every relation that the payment controls read."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {relation.name: [] for relation in ALL})

    def add(self, relation: Any, **given: Any) -> Row:
        row = {**dict.fromkeys(relation.columns), **given}
        assert set(row) == set(relation.columns)
        self.rows[relation.name].append(row)
        return row

    def into(self, engine: DuckEngine) -> DuckEngine:
        booked = [row["month"] for row in self.rows["rel_posting"]]
        self.rows["rel_books"] = [{"begins": min(booked, default=None)}]
        for relation in ALL:
            engine.load(relation, self.rows[relation.name])
        engine.load(TODAY_RELATION, [{"today": TODAY}])
        return engine


def month_after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def counted(books: Books) -> Iterable[Row]:
    for row in books.rows["rel_posting"]:
        told = row["citizen_id"] or row["grant_id"] or row["supplier_id"]
        if row["kind"] in {"payment", "correction"} and told and date(2025, 1, 1) <= row["month"] < date(2027, 1, 1):
            yield row


def grants_of(books: Books, row: Row) -> list[Row]:
    """The promised grants that a payment can be of."""
    promised = [one for one in books.rows["rel_grant"] if one["status"] in {"granted", "stopped"}]
    if row["grant_id"]:
        return [one for one in promised if one["grant_id"] == row["grant_id"]]
    if row["citizen_id"] is None:
        return []
    return [
        one for one in promised if one["citizen_id"] == row["citizen_id"] and one["supplier_id"] == row["supplier_id"]
    ]


def ran(grant: Row, month: date) -> bool:
    return bool(grant["starts"] < month_after(month) and (grant["ends"] is None or grant["ends"] > month))


def stray(books: Books) -> set[UUID]:
    nobody_with_bill = [
        row for row in counted(books) if not row["grant_id"] and not row["citizen_id"] and row["invoice_id"]
    ]
    return {row["posting_id"] for row in counted(books) if not grants_of(books, row) and row not in nobody_with_bill}


def untimely(books: Books) -> set[UUID]:
    found = set()
    for row in counted(books):
        can_be = grants_of(books, row)
        if can_be and not any(ran(one, row["month"]) for one in can_be):
            found.add(row["posting_id"])
    return found


def misbooked(books: Books) -> set[UUID]:
    found = set()
    for row in counted(books):
        due = [account for one in grants_of(books, row) if (account := due_account(books, one, row["month"]))]
        if due and all(account[:5] != row["account"][:5] for account in due):
            found.add(row["posting_id"])
    return found


def due_account(books: Books, grant: Row, month: date) -> str | None:
    services = {one["service"] for one in books.rows["rel_service"] if one["grant_id"] == grant["grant_id"]}
    only = next(iter(services)) if len(services) == 1 else ""
    kinds = {one["supplier_id"]: one["kind"] for one in books.rows["rel_supplier"]}
    kind = kinds.get(grant["supplier_id"], "")
    fitting = [
        rule
        for rule in books.rows["rel_account_rule"]
        if rule["section"] == grant["section"]
        and rule["service"] in {"", only}
        and rule["supplier_kind"] in {"", kind}
        and rule["valid_from"] <= month
        and (rule["valid_to"] is None or month < rule["valid_to"])
    ]
    best = max(fitting, key=lambda rule: (rule["service"] != "", rule["supplier_kind"] != ""), default=None)
    return best["account"] if best else grant["account_string"]
