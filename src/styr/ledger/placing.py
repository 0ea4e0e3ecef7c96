"""What a posting or a budget line means in our registers: which citizen, grant, supplier, invoice and unit.

One piece of SQL says it, for rows on their way in and, after every import, for those that are there: a grant may have
come after its first payment.
"""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

_SOLE_GRANT: Final = """
    SELECT invoice_id, min(grant_id::text)::uuid AS grant_id FROM rel_line_match
    GROUP BY invoice_id HAVING count(DISTINCT grant_id) = 1 AND count(*) = count(grant_id)
"""
"""The grant that every line of an invoice is for, where there is one."""

POSTING_MEANING: Final = f"""
    LEFT JOIN rel_grant g1 ON g1.number = nullif({{row}}.grant_number, '')
    LEFT JOIN key_grant g2 ON g2.source_id = nullif({{row}}.grant_number, '') AND g1.grant_id IS NULL
    LEFT JOIN (SELECT cvr, min(supplier_id::text)::uuid AS supplier_id FROM rel_supplier WHERE cvr <> '' GROUP BY cvr) v
           ON v.cvr = {{row}}.supplier_cvr
    LEFT JOIN (SELECT DISTINCT ON (supplier_cvr, number) supplier_cvr, number, invoice_id FROM rel_invoice
               WHERE number <> '' AND supplier_cvr <> ''
               ORDER BY supplier_cvr, number, status IN ('paid', 'approved', 'ready') DESC, received_at, invoice_id) i
           ON i.supplier_cvr = {{row}}.supplier_cvr AND i.number = {{row}}.invoice_number
    LEFT JOIN ({_SOLE_GRANT}) o ON o.invoice_id = i.invoice_id AND coalesce(g1.grant_id, g2.grant_id) IS NULL
                                AND {{row}}.grant_number = ''
    LEFT JOIN rel_grant g ON g.grant_id = coalesce(g1.grant_id, g2.grant_id, o.grant_id)
    LEFT JOIN key_citizen c1 ON c1.source_id = nullif({{row}}.citizen_number, '')
    LEFT JOIN rel_citizen c2 ON c2.cpr_index = nullif({{row}}.citizen_index, '') AND c1.citizen_id IS NULL
    LEFT JOIN rel_citizen c ON c.citizen_id = coalesce(c1.citizen_id, c2.citizen_id, g.citizen_id)
    LEFT JOIN rel_cost_centre k ON k.cost_centre = substr({{row}}.account_string, 8, 4)
                               AND k.valid_from <= {{row}}.month AND (k.valid_to IS NULL OR k.valid_to > {{row}}.month)
"""  # noqa: S608 -- made of our own constants
"""Joins for a posting `{row}`; `POSTING_IDS` reads them."""

POSTING_IDS: Final = """c.citizen_id, g.grant_id, v.supplier_id, i.invoice_id,
    coalesce(g.unit_id, c.unit_id, k.unit_id) AS unit_id"""

BUDGET_MEANING: Final = """
    LEFT JOIN rel_grant g1 ON g1.number = nullif({row}.grant_number, '')
    LEFT JOIN key_grant g2 ON g2.source_id = nullif({row}.grant_number, '') AND g1.grant_id IS NULL
    LEFT JOIN rel_grant g ON g.grant_id = coalesce(g1.grant_id, g2.grant_id)
    LEFT JOIN key_citizen c1 ON c1.source_id = nullif({row}.citizen_number, '')
    LEFT JOIN rel_citizen c ON c.citizen_id = coalesce(c1.citizen_id, g.citizen_id)
    LEFT JOIN access_unit u ON u.municipality_id = {row}.municipality_id AND u.number = nullif({row}.unit_number, '')
    LEFT JOIN rel_cost_centre k ON k.cost_centre = substr({row}.account_string, 8, 4)
                               AND k.valid_from <= make_date({row}.year, 1, 1)
                               AND (k.valid_to IS NULL OR k.valid_to > make_date({row}.year, 1, 1))
"""
BUDGET_IDS: Final = "c.citizen_id, g.grant_id, coalesce(u.id, g.unit_id, c.unit_id, k.unit_id) AS unit_id"

_PLACE: Final = """
    UPDATE {table} t SET {sets}
    FROM (SELECT t.id, {ids} FROM {table} t {meaning}) n
    WHERE n.id = t.id AND ({olds}) IS DISTINCT FROM ({news})
"""


@transaction.atomic
def place_figures() -> int:
    """Work out anew what every posting and budget line means, and write what differs; give how many did.

    Called inside a scope over the whole municipality. Two statements, however many rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _place(
                "ledger_posting",
                ("citizen_id", "grant_id", "supplier_id", "invoice_id", "unit_id"),
                POSTING_IDS,
                POSTING_MEANING,
            )
        )
        moved = int(cursor.rowcount)
        cursor.execute(_place("ledger_budgetline", ("citizen_id", "grant_id", "unit_id"), BUDGET_IDS, BUDGET_MEANING))
        return moved + int(cursor.rowcount)


def _place(table: str, columns: tuple[str, ...], ids: str, meaning: str) -> str:
    return _PLACE.format(
        table=table,
        sets=", ".join(f"{column} = n.{column}" for column in columns),
        olds=", ".join(f"t.{column}" for column in columns),
        news=", ".join(f"n.{column}" for column in columns),
        ids=ids,
        meaning=meaning.format(row="t"),
    )
