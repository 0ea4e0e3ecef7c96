"""One clause held beside itself over all contracts: what is registered, what the document says, and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.access.crypto import unseal
from styr.agreements.reference.load import playbook
from styr.kernel.paging import counted_page
from styr.suppliers import queries as suppliers
from styr.texts.hidden import place_of

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

REGISTERED: Final = {"notice": "notice_days", "absence": "absence_free_days"}
"""Clauses whose days stand in the register too, with their column of `rel_contract` and of `rel_contract_terms`."""
_REGISTERED: Final = """coalesce((
    SELECT t.{column} FROM rel_contract_terms t
    WHERE t.contract_id = c.contract_id AND t.{column} IS NOT NULL ORDER BY t.valid_from DESC LIMIT 1
), c.{column})"""
"""As the latest supplement has it, else as the contract has."""

SORTS: Final = {
    "nummer": "c.number",
    "registreret": "registered",
    "dage": "f.most_days",
    "vurdering": "CASE f.verdict WHEN 'red' THEN 0 WHEN 'missing' THEN 1 WHEN 'ok' THEN 2 ELSE 3 END",
    "slut": "c.ends",
}
"""What the comparison can be sorted by, as the address names it."""


@dataclass(frozen=True, kw_only=True)
class ComparisonFilter:
    """Which contracts: `verdict` is red, missing, ok or "none" for those without a read document.

    `least` and `most` bound the days, those of the register where they stand there, else the document's longest.
    """

    clause: str
    verdict: str | None = None
    section: str | None = None
    least: int | None = None
    most: int | None = None
    running_on: date | None = None


@dataclass(frozen=True)
class ComparedContract:
    """A contract with its clause; `ends` is exclusive. What is not known is None; `said` has CPR numbers masked."""

    contract_id: UUID
    number: str
    section: str
    supplier_name: str
    ends: date | None
    registered_days: int | None
    document_id: UUID | None
    verdict: str | None
    least_days: Decimal | None
    most_days: Decimal | None
    percent: Decimal | None
    said: str

    @property
    def differs(self) -> bool:
        """Whether register and document each say days, and none of the document's are the register's."""
        if self.registered_days is None or self.least_days is None:
            return False
        return self.registered_days not in {self.least_days, self.most_days}


# Of a contract's documents the latest that was read speaks.
_COMPARED = """
SELECT c.contract_id, c.number, c.section, c.supplier_id, c.ends, {registered} AS registered, f.document_id, f.verdict,
       f.least_days, f.most_days, f.percent, f.id, f.said, count(*) OVER ()
FROM rel_contract AS c
LEFT JOIN LATERAL (
    SELECT * FROM texts_clausefact AS held
    WHERE held.clause = %(clause)s AND held.contract_ref = c.contract_id ORDER BY held.document_id DESC LIMIT 1
) AS f ON true
WHERE (%(section)s::text IS NULL OR c.section = %(section)s)
  AND (%(verdict)s::text IS NULL OR coalesce(f.verdict, 'none') = %(verdict)s)
  AND (%(least)s::int IS NULL OR coalesce({registered}, f.most_days) >= %(least)s)
  AND (%(most)s::int IS NULL OR coalesce({registered}, f.most_days) <= %(most)s)
  AND (%(day)s::date IS NULL OR c.starts <= %(day)s AND (c.ends IS NULL OR c.ends > %(day)s))
ORDER BY {order} {way} NULLS LAST, c.number LIMIT %(size)s OFFSET %(offset)s
"""


def clause_names() -> dict[str, str]:
    """The clauses of the playbook, by code, in its order."""
    return {clause.code: clause.title for clause in playbook().clauses}


def compared_contracts(
    wanted: ComparisonFilter, *, sort: str, falling: bool, page: int, size: int
) -> tuple[list[ComparedContract], int]:
    """One page of the contracts with their clause, and how many there are; two queries."""
    statement = _COMPARED.format(
        registered=_registered(wanted.clause),
        order=SORTS.get(sort, "c.number"),
        way="DESC" if falling else "ASC",
    )
    asked = {
        "clause": wanted.clause, "section": wanted.section, "verdict": wanted.verdict, "least": wanted.least,
        "most": wanted.most, "day": wanted.running_on,
    }  # fmt: skip
    with connection.cursor() as cursor:

        def ask(first: int, most: int) -> list[tuple[Any, ...]]:
            cursor.execute(statement, asked | {"size": most, "offset": first})
            return list(cursor.fetchall())

        rows, total = counted_page(ask, first=(page - 1) * size, size=size)
    if not rows:
        return [], total
    names = suppliers.supplier_names({row[3] for row in rows})
    return [_row(row, names) for row in rows], total


def _registered(clause: str) -> str:
    return _REGISTERED.format(column=REGISTERED[clause]) if clause in REGISTERED else "NULL::int"


def _row(row: tuple[Any, ...], names: dict[UUID, str]) -> ComparedContract:
    return ComparedContract(
        contract_id=row[0], number=row[1], section=row[2], supplier_name=names.get(row[3], ""), ends=row[4],
        registered_days=row[5], document_id=row[6], verdict=row[7], least_days=row[8], most_days=row[9],
        percent=row[10], said="" if row[12] is None else unseal(row[12], place=place_of(row[11])).decode(),
    )  # fmt: skip
