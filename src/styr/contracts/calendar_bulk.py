"""How rows of closing days become calendars and their days in the database."""

from __future__ import annotations

from styr.kernel.upsert import Rule, Upsert

CALENDARS = Upsert(
    table="contracts_openingcalendar",
    heading="kalender",
    columns={"code": "string"},
    resolve="SELECT s.row_no, s.new_id AS id, s.municipality_id, s.code FROM stage s",
    key=("municipality_id", "code"),
    written=(),
)

CLOSING_DAYS = Upsert(
    table="contracts_closingday",
    heading="dato",
    columns={"calendar": "string", "day": "date"},
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, k.id AS calendar_id, s.day
        FROM stage s
        LEFT JOIN contracts_openingcalendar k ON k.municipality_id = s.municipality_id AND k.code = s.calendar
    """,
    key=("calendar_id", "day"),
    written=(),
    rules=(
        Rule(
            "dato",
            "to_char(r.day, 'DD-MM-YYYY')",
            "r.day NOT BETWEEN '2015-01-01' AND '2040-12-31'",
            "Lukkedage kan ligge fra 2015 til 2040.",
        ),
    ),
)
