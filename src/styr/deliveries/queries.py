"""What was delivered, as pages show it: per service and month against what was promised, and per supplier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.deliveries.core.relations import DELIVERY
from styr.deliveries.core.shortfall import months_compared
from styr.grants.core.relations import GRANT, SERVICE
from styr.kernel.engine import PostgresEngine
from styr.kernel.exact import total
from styr.kernel.paging import counted_page
from styr.kernel.refusal import NotThere
from styr.kernel.relation import NARROW
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    import ibis

PAGE_SIZE: Final = 50


class DeliveryNotVisibleError(NotThere):
    """There is no such delivery or meeting, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Leverancen eller mødet findes ikke, eller du har ikke adgang til det.")


@dataclass(frozen=True, kw_only=True)
class DeliveryFilter:
    """Which deliveries: of a supplier, in [first, until), of a grant number, and only those that lack something."""

    supplier_id: UUID | None = None
    first: date | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class DeliveredMonth:
    """A month of a service: what was promised and delivered (in `unit`), what it costs and what was not delivered."""

    delivery_id: UUID
    grant_id: UUID
    number: str
    citizen_id: UUID
    supplier_id: UUID | None
    supplier_name: str
    service: str
    unit: str
    month: date
    delivered: Decimal
    promised: Decimal | None
    cost_ore: int | None
    missing_ore: int | None
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class SupplierDelivered:
    """A supplier's deliveries in a period: grants and months told of, what they cost and what was not delivered."""

    supplier_id: UUID
    name: str
    grants: int
    months: int
    cost_ore: int
    missing_ore: int

    @property
    def share(self) -> float | None:
        """The part of the cost that was delivered, 0 to 1; None where nothing was promised."""
        return None if not self.cost_ore else 1 - self.missing_ore / self.cost_ore


_FOUND: Final = """
SELECT d.id, g.id, g.number, g.citizen_id, p.id, coalesce(p.name, ''), l.service, l.measure, d.month, d.quantity,
       d.source, d.note, count(*) OVER ()
FROM deliveries_delivery d
JOIN grants_serviceline l ON l.id = d.service_line_id
JOIN grants_grant g ON g.id = l.grant_id
LEFT JOIN suppliers_supplier p ON p.id = g.supplier_id
WHERE (%(supplier)s::uuid IS NULL OR g.supplier_id = %(supplier)s)
  AND (%(first)s::date IS NULL OR d.month >= %(first)s) AND (%(until)s::date IS NULL OR d.month < %(until)s)
  AND (%(words)s = '' OR g.number ILIKE %(like)s OR p.name ILIKE %(like)s)
ORDER BY {order} LIMIT %(size)s OFFSET %(start)s
"""
SORTS: Final = {
    "maaned": "d.month {way}, g.number, l.line_no",
    "bevilling": "g.number {way}, d.month, l.line_no",
    "leverandoer": "p.name {way}, g.number, d.month",
}
"""What the list can be sorted by, as the address names it."""


def delivered_months(
    wanted: DeliveryFilter,
    *,
    sort: str = "-maaned",
    page: int = 1,
    size: int = PAGE_SIZE,
    names: Mapping[str, str] | None = None,
) -> tuple[list[DeliveredMonth], int]:
    """Return a page of deliveries with what was promised, and how many there are. Two queries and a small load.

    `names` are the services' names by code; without them the codes are told.
    """
    by, way = sort.removeprefix("-"), "DESC" if sort.startswith("-") else "ASC"
    order = SORTS.get(by, SORTS["maaned"]).format(way=way)
    asked = {
        "supplier": wanted.supplier_id,
        "first": wanted.first,
        "until": wanted.until,
        "words": wanted.words,
        "like": f"%{wanted.words}%",
    }
    with connection.cursor() as cursor:

        def ask(start: int, most: int) -> list[tuple[Any, ...]]:
            cursor.execute(_FOUND.format(order=order), asked | {"start": start, "size": most})
            return list(cursor.fetchall())

        rows, count = counted_page(ask, first=(max(page, 1) - 1) * size, size=size)
        compared = _compared(PostgresEngine(cursor), [row[0] for row in rows])
    made = [_month(row, compared.get(row[0]), names or {}) for row in rows]
    return made, count


def _month(row: tuple[Any, ...], compared: tuple[Decimal, int, int] | None, names: Mapping[str, str]) -> DeliveredMonth:
    promised, cost_ore, missing_ore = compared or (None, None, None)
    return DeliveredMonth(
        delivery_id=row[0],
        grant_id=row[1],
        number=row[2],
        citizen_id=row[3],
        supplier_id=row[4],
        supplier_name=row[5],
        service=names.get(row[6], row[6]),
        unit=row[7],
        month=row[8],
        delivered=row[9],
        promised=promised,
        cost_ore=cost_ore,
        missing_ore=missing_ore,
        source=row[10],
        note=row[11],
    )


def by_supplier(*, first: date, until: date, supplier_id: UUID | None = None) -> list[SupplierDelivered]:
    """Return what each supplier delivered in [first, until), the most that lacks first. One query and a small load."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.id FROM deliveries_delivery d JOIN grants_serviceline l ON l.id = d.service_line_id "
            "JOIN grants_grant g ON g.id = l.grant_id "
            "WHERE d.month >= %s AND d.month < %s AND g.supplier_id IS NOT NULL "
            "AND (%s::uuid IS NULL OR g.supplier_id = %s)",
            [first, until, supplier_id, supplier_id],
        )
        engine = PostgresEngine(cursor)
        engine.load(NARROW, [{"id": row[0]} for row in cursor.fetchall()])
        sums = engine.rows(_of_suppliers, key="deliveries.by_supplier")
        cursor.execute(
            "SELECT id, name FROM suppliers_supplier WHERE id = ANY(%s)", [[row["supplier_id"] for row in sums]]
        )
        names = dict(cursor.fetchall())
    found = [
        SupplierDelivered(
            row["supplier_id"], names.get(row["supplier_id"], ""), row["grants"], row["months"], row["cost_ore"],
            row["missing_ore"],
        )
        for row in sums
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.missing_ore, one.name))


def summed(supplier_id: UUID, name: str, rows: Sequence[DeliveredMonth]) -> SupplierDelivered:
    """Sum the months of one supplier."""
    return SupplierDelivered(
        supplier_id,
        name,
        grants=len({row.grant_id for row in rows}),
        months=len(rows),
        cost_ore=sum(row.cost_ore or 0 for row in rows),
        missing_ore=sum(row.missing_ore or 0 for row in rows),
    )


def _compared(engine: PostgresEngine, ids: list[UUID]) -> dict[UUID, tuple[Decimal, int, int]]:
    """By delivery: what was promised, what it costs and what was not delivered."""
    engine.load(NARROW, [{"id": one} for one in ids])
    rows = engine.rows(_of_deliveries, key="deliveries.compared")
    return {row["delivery_id"]: (row["promised"], row["cost_ore"], row["missing_ore"]) for row in rows}


def _asked() -> ibis.Table:
    delivery = DELIVERY.table()
    return delivery.semi_join(NARROW.table(), delivery["delivery_id"] == NARROW.table()["id"])


def _of_deliveries() -> ibis.Table:
    asked = _asked()
    ids = asked.select("delivery_id", "service_id", "month")
    return months_compared(asked).join(ids, ["service_id", "month"])


def _of_suppliers() -> ibis.Table:
    compared = months_compared(_asked())
    supplier = GRANT.table().select("grant_id", "supplier_id")
    joined = compared.join(supplier, "grant_id")
    return joined.group_by("supplier_id").agg(
        grants=joined["grant_id"].nunique().cast("int64"),
        months=joined["month"].count().cast("int64"),
        cost_ore=total(joined["cost_ore"]),
        missing_ore=total(joined["missing_ore"]),
    )


@dataclass(frozen=True, slots=True)
class PromisedLine:
    """A service line that deliveries can be noted for."""

    id: UUID
    line_no: int
    service: str
    unit: str

    @property
    def unit_word(self) -> str:
        """The Danish word of the unit."""
        return Unit(self.unit).danish


def grant_numbered(number: str) -> UUID | None:
    """Return the grant with a number, None where the caller sees none; one query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT grant_id FROM {GRANT.name} WHERE number = %s", [number])  # noqa: S608 - a relation's name
        row = cursor.fetchone()
    return row[0] if row else None


def lines_of_grant(grant_id: UUID) -> list[PromisedLine]:
    """Return the service lines of a grant; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT service_id, line_no, service, unit FROM {SERVICE.name} WHERE grant_id = %s ORDER BY line_no",  # noqa: S608 - a relation's name
            [grant_id],
        )
        return [PromisedLine(*row) for row in cursor.fetchall()]
