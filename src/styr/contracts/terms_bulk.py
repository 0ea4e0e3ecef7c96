"""What a file of contracts says of the terms beside price, notice and absence, written with the contract's row.

The terms of a file are those that hold from the contract's first day. What supplements have changed since stays: the
file's terms end where those begin. A row whose cells about terms are all empty leaves what is registered alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from styr.contracts.core.codes import ContractKind, IndexKind, NoticeFrom
from styr.kernel.upsert import RowError, Rule, Upsert, UpsertResult, not_one_of, upsert

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.db.backends.utils import CursorWrapper

    from styr.kernel.engine import Cursor

_TERMS: Final = (
    "days_after_death", "days_after_move", "vacancy_billable", "notice_from", "index_kind", "index_percent",
    "invoice_days",
)  # fmt: skip


def _days(heading: str, column: str) -> Rule:
    return Rule(heading, f"r.{column}", f"r.{column} NOT BETWEEN 0 AND 3660", "Antallet af dage er ugyldigt.")


AGREED_TERMS: Final = Upsert(
    table="contracts_agreedterms",
    heading="kontrakt_nr",
    columns={
        "number": "string",
        "days_after_death": "int64",
        "days_after_move": "int64",
        "vacancy_billable": "decimal",
        "notice_from": "string",
        "index_kind": "string",
        "index_percent": "decimal",
        "invoice_days": "int64",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, c.id AS contract_id, c.unit_id, c.starts AS valid_from,
               (SELECT min(t.valid_from) FROM contracts_agreedterms t
                WHERE t.contract_id = c.id AND t.valid_from > c.starts) AS valid_to,
               s.days_after_death, s.days_after_move, s.vacancy_billable,
               coalesce(s.notice_from, 'day') AS notice_from, coalesce(s.index_kind, '') AS index_kind,
               s.index_percent, s.invoice_days
        FROM stage s JOIN contracts_contract c ON c.municipality_id = s.municipality_id AND c.number = s.number
    """,
    key=("contract_id", "valid_from"),
    written=("valid_to", *_TERMS),
    kept=("unit_id",),
    rules=(
        _days("dage_efter_død", "days_after_death"),
        _days("dage_efter_fraflytning", "days_after_move"),
        _days("fakturafrist_dage", "invoice_days"),
        Rule(
            "tomgang_betaling_pct",
            "r.vacancy_billable * 100",
            "r.vacancy_billable NOT BETWEEN 0 AND 1",
            "Procenten skal ligge fra 0 til 100.",
        ),
        not_one_of("varsel_fra", "notice_from", NoticeFrom.values()),
        not_one_of("indeksering", "index_kind", ["", *IndexKind.values()]),
        Rule(
            "indeks_pct",
            "r.index_percent",
            "r.index_percent NOT BETWEEN -50 AND 50 OR round(r.index_percent, 4) <> r.index_percent",
            "Procenten om året skal ligge fra -50 til 50.",
        ),
        Rule(
            "indeks_pct",
            "''",
            "r.index_kind = 'percent' AND r.index_percent IS NULL",
            "En fast procent om året mangler. Udfyld indeks_pct.",
        ),
        Rule(
            "indeksering",
            "r.index_kind",
            "r.index_kind IN ('', 'fixed') AND r.index_percent IS NOT NULL",
            "En procent om året hører til PL (som loft) eller fast procent. Ret indeksering eller fjern indeks_pct.",
        ),
    ),
)
_FRAMEWORKS: Final = """
SELECT c.number, f.id, c.kind,
       CASE WHEN asked.framework IS NULL THEN '' WHEN f.kind IS DISTINCT FROM 'framework' THEN 'unknown'
            WHEN c.kind <> 'individual' THEN 'under' WHEN f.supplier_id <> c.supplier_id THEN 'other' ELSE '' END
FROM unnest(%(numbers)s::text[], %(frameworks)s::text[]) AS asked(number, framework)
JOIN contracts_contract c ON c.number = asked.number AND c.municipality_id = %(municipality)s
LEFT JOIN contracts_contract f ON f.number = asked.framework AND f.municipality_id = %(municipality)s
"""
_WHY_NOT: Final = {
    "unknown": "Rammeaftalen findes ikke. Indlæs den først, eller ret nummeret.",
    "under": "En rammeaftale kan ikke høre under en anden. Fjern nummeret.",
    "other": "Rammeaftalen er med en anden leverandør. Ret nummeret.",
}
_PLACED: Final = """
UPDATE contracts_contract c
SET framework_id = coalesce(given.framework_id, c.framework_id),
    moved_in_on = coalesce(given.moved_in_on, c.moved_in_on)
FROM unnest(%(numbers)s::text[], %(frameworks)s::uuid[], %(days)s::date[]) AS given(number, framework_id, moved_in_on)
WHERE c.number = given.number AND c.municipality_id = %(municipality)s
  AND (c.framework_id IS DISTINCT FROM coalesce(given.framework_id, c.framework_id)
       OR c.moved_in_on IS DISTINCT FROM coalesce(given.moved_in_on, c.moved_in_on))
"""


def upsert_terms(cursor: Cursor, rows: Mapping[int, Mapping[str, Any]], *, municipality_id: UUID) -> UpsertResult:
    """Write the terms of the rows that say anything of terms, by contract number."""
    asked = {
        number: {name: row[name] for name in AGREED_TERMS.columns}
        for number, row in rows.items()
        if any(row[name] is not None for name in _TERMS)
    }
    return upsert(cursor, AGREED_TERMS, asked, municipality_id=municipality_id)


def place_contracts(
    cursor: CursorWrapper, rows: Mapping[int, Mapping[str, Any]], *, municipality_id: UUID
) -> UpsertResult:
    """Place call-offs under their frameworks, and note when citizens in fact moved in; empty cells change nothing."""
    asked = {n: row for n, row in rows.items() if row["framework_number"] or row["moved_in_on"]}
    if not asked:
        return UpsertResult(0, 0, 0)
    numbers = [row["number"] for row in asked.values()]
    asked_for = [row["framework_number"] for row in asked.values()]
    cursor.execute(_FRAMEWORKS, {"municipality": municipality_id, "numbers": numbers, "frameworks": asked_for})
    known = {number: facts for number, *facts in cursor.fetchall()}
    errors = [error for n, row in asked.items() for error in _refused(n, row, *known[row["number"]][1:])]
    wrong = {error.row for error in errors}
    right = [row for n, row in asked.items() if n not in wrong]
    cursor.execute(
        _PLACED,
        {
            "municipality": municipality_id,
            "numbers": [row["number"] for row in right],
            "frameworks": [known[row["number"]][0] if row["framework_number"] else None for row in right],
            "days": [row["moved_in_on"] for row in right],
        },
    )
    changed = max(0, cursor.rowcount)
    return UpsertResult(0, changed, len(right) - changed, tuple(errors))


def _refused(number: int, row: Mapping[str, Any], kind: str, why: str) -> list[RowError]:
    """Why a row cannot be placed as it asks."""
    found = []
    if kind != ContractKind.INDIVIDUAL and row["moved_in_on"]:
        found.append(RowError(number, "flyttet_ind", "", "En rammeaftale er ikke om én borger. Fjern datoen."))
    if why:
        found.append(RowError(number, "rammeaftale_nr", row["framework_number"], _WHY_NOT[why]))
    return found
