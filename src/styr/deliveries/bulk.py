"""Writes whole files of deliveries; a second run of the same file changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from styr.kernel.upsert import Rule, Upsert, UpsertResult, not_a_number_of, numbered, too_long, upsert

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.deliveries.core.rows import DeliveryRow

DELIVERIES = Upsert(
    table="deliveries_delivery",
    heading="måned",
    columns={
        "grant_source_id": "string",
        "line_no": "int64",
        "month": "date",
        "quantity": "decimal",
        "note": "string",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, g.id AS grant_id, l.id AS service_line_id, l.unit_id,
               s.grant_source_id, s.line_no, date_trunc('month', s.month)::date AS month, s.quantity,
               'file' AS source, coalesce(s.note, '') AS note
        FROM stage s
        LEFT JOIN grants_grant g ON g.municipality_id = s.municipality_id AND g.source_id = s.grant_source_id
        LEFT JOIN grants_serviceline l ON l.grant_id = g.id AND l.line_no = s.line_no
    """,
    key=("service_line_id", "month"),
    written=("quantity", "source", "note"),
    kept=("unit_id",),
    rules=(
        Rule(
            "bevilling_nr",
            "r.grant_source_id",
            "r.grant_id IS NULL",
            "Bevillingen findes ikke. Indlæs bevillingen først.",
        ),
        Rule(
            "linje_nr",
            "r.line_no",
            "r.grant_id IS NOT NULL AND r.service_line_id IS NULL",
            "Bevillingen har ingen ydelse med det linjenummer.",
        ),
        not_a_number_of("leveret", "quantity"),
        Rule("leveret", "r.quantity", "r.quantity < 0", "Der kan ikke leveres mindre end 0."),
        too_long("bemærkning", "note", 200),
    ),
)


@transaction.atomic
def upsert_deliveries(rows: Sequence[DeliveryRow], *, municipality_id: UUID) -> UpsertResult:
    """Write what was delivered by grant, service line and month."""
    with connection.cursor() as cursor:
        return upsert(cursor, DELIVERIES, numbered(rows), municipality_id=municipality_id)
