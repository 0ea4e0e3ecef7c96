"""What a scenario is worked out on: the copied lines, their priced months, and the factors of a change.

No CPR number, no name and no day of birth: ids, codes and amounts. Øre are int64.
"""

from __future__ import annotations

from styr.kernel.relation import Relation

_LINE = {
    "line_no": "int32",
    "born": "int32",
    "group_no": "int32",
    "service_id": "uuid",
    "grant_id": "uuid",
    "citizen_id": "uuid",
    "unit_id": "uuid",
    "section": "string",
    "service": "string",
    "measure": "string",
    "supplier_id": "uuid",
    "provider_unit_id": "uuid",
    "special": "boolean",
    "priced_from": "date",
}
LINE = Relation("plan_line", _LINE)
"""A service line; `born` is -1, or the place of the change that made it. `special`: a special rate (særtakst).

`priced_from`: the day from which its latest known price holds.
"""

ADDED_LINE = Relation("plan_added_line", _LINE)
"""Lines that a scenario makes: citizens at another offer, new arrivals. `service_id` is null for arrivals."""

_ROW = {"line_no": "int32", "month_no": "int32", "amount_ore": "int64"}
ROW = Relation("plan_row", _ROW)
"""What the one expected-cost relation says of a line in a month; `month_no` counts from the horizon's first month."""

ADDED_ROW = Relation("plan_added_row", _ROW)

GROUP = Relation("plan_group", {"group_no": "int32", "section": "string", "unit_id": "uuid", "supplier_id": "uuid"})
"""Section, unit and supplier together: what results are added up by."""

MOVE = Relation("plan_move", {"move_born": "int32", "from_month": "date", "price": "decimal(14, 4)"})
"""One row: the move whose lines are being priced."""

GRANT_END = Relation("plan_grant_end", {"grant_id": "uuid", "ends": "date", "goes_on": "boolean"})
"""When a grant ends (exclusive), and whether it is reckoned to go on after that."""


CARRIED = Relation("plan_carried", {"grant_id": "uuid", "month": "date", "amount_ore": "int64"})
"""What the forecast holds on grants without a price, a month (`budgets.carried_rows`)."""


def factors(changes: int) -> Relation:
    """The factors of that many changes, a row a month: `above_0 / below_0` is what the first change multiplies by."""
    columns = {"factor_month": "int32"}
    for place in range(changes):
        columns |= {f"above_{place}": "int64", f"below_{place}": "int64"}
    return Relation("plan_factor", columns)
