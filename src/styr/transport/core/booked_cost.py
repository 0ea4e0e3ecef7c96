"""The cost mapping of what was booked: a posting's area by its account's first digits, its operator by supplier.

One expression over the sums that the database keeps with every posting, for PostgreSQL and DuckDB alike. Øre.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import ibis
from ibis import _

from styr.contracts.core.relations import CONTRACT
from styr.kernel.exact import total
from styr.kernel.relation import Relation
from styr.ledger.core.relations import POSTING
from styr.transport.core.relations import OPERATOR

if TYPE_CHECKING:
    from datetime import date

    from ibis import Table

UNPLACED: Final = "unplaced"
"""The kind of a posting whose supplier is no operator, on an account that does not tell: it is shown, never dropped."""

SUM = Relation(
    "transport_postingsum",
    {
        "month": "date",
        "account_string": "string",
        "supplier_id": "uuid",
        "amount_ore": "int64",
        "postings": "int64",
    },
)
"""Our own table: postings of a month, account, supplier and unit added up, kept by triggers of the postings."""

ACCOUNT = Relation(
    "transport_areaaccount",
    {
        "area_id": "uuid",
        "prefix": "string",
        "operator_kind": "string",
        "is_admin": "boolean",
        "valid_from": "date",
        "valid_to": "date",
    },
)
AREA = Relation("transport_area", {"id": "uuid", "number": "int32"})
IN_FORCE: Final = ("signed", "terminated")
PLANNED: Final = {"jit": "off", "enable_nestloop": "off", "enable_mergejoin": "off", "work_mem": "64MB"}
"""Settings for the statement: PostgreSQL believes that few accounts fit their first digits, and loops over all sums."""


def booked_cost(first: date, until: date, *, prepared: bool) -> Table:
    """Return what was booked in the months [first, until): a row an area, kind, supplier, administration and coverage.

    Columns: area_no int32, kind string (an operator kind or `UNPLACED`), supplier_id uuid|null, is_admin and covered
    (the supplier had a signed contract in force in the month) boolean, amount_ore and postings int64.

    Args:
        first: the first day of the first month.
        until: the first day of the month after the last.
        prepared: read the sums that the postings keep of themselves; else every posting that the scope sees.
    """
    sums = (_prepared() if prepared else _counted()).filter(_.month >= first, _.month < until)
    placed = sums.join(_places(sums), ["account_string", "month"])
    operators = OPERATOR.table().filter(_.supplier_id.notnull()).select("supplier_id", operator="kind")
    agreed = _agreed(sums)
    rows = placed.left_join(operators, "supplier_id").drop("supplier_id_right")
    rows = rows.left_join(agreed, ["supplier_id", "month"])
    kind = ibis.coalesce(rows["operator"], rows["operator_kind"].nullif(""), ibis.literal(UNPLACED))
    told = rows.select(
        *("area_no", "supplier_id", "is_admin", "amount_ore", "postings"), kind=kind, covered=rows["agreed"].notnull()
    )
    return told.group_by("area_no", "kind", "supplier_id", "is_admin", "covered").agg(
        amount_ore=total(told["amount_ore"]), postings=total(told["postings"])
    )


def _prepared() -> Table:
    return SUM.table()


def _counted() -> Table:
    rows = POSTING.table().rename(account_string="account")
    counted = rows.group_by("month", "supplier_id", "account_string").agg(
        amount_ore=total(rows["amount_ore"]), postings=_.count()
    )
    return counted.select(*SUM.columns)


def _places(sums: Table) -> Table:
    """Return the area of each account and month: (account_string, month, area_no, operator_kind, is_admin).

    Of the first digits that fit in the month the longest count. Accounts are few, so they are held against each other
    before they are held against the sums.
    """
    accounts = sums.select("account_string").distinct()
    known = ACCOUNT.table()
    fits = accounts.join(known, accounts["account_string"].startswith(known["prefix"]))
    months = sums.select("account_string", "month").distinct()
    dated = months.join(fits, "account_string")
    dated = dated.filter(
        dated["valid_from"] <= dated["month"], dated["valid_to"].isnull() | (dated["valid_to"] > dated["month"])
    )
    longest = ibis.row_number().over(
        group_by=["account_string", "month"], order_by=[ibis.desc(dated["prefix"].length())]
    )
    best = dated.mutate(nth=longest).filter(_.nth == 0)
    areas = AREA.table().select(area_id="id", area_no="number")
    return best.join(areas, "area_id").select("account_string", "month", "area_no", "operator_kind", "is_admin")


def _agreed(sums: Table) -> Table:
    """Return the suppliers' months in which a signed contract of theirs was in force: (supplier_id, month, agreed)."""
    contracts = CONTRACT.table().filter(_.status.isin(IN_FORCE)).select("supplier_id", "starts", "ends")
    months = sums.filter(_.supplier_id.notnull()).select("supplier_id", "month").distinct()
    both = months.join(contracts, "supplier_id")
    last = both["month"] + ibis.interval(months=1)
    held = both.filter(both["starts"] < last, both["ends"].isnull() | (both["ends"] > both["month"]))
    return held.select("supplier_id", "month").distinct().mutate(agreed=ibis.literal(True))  # noqa: FBT003 -- a column
