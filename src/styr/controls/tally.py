"""How many open findings there are of each kind, added up from what the database keeps (`rel_open_count`)."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final, Literal
from uuid import UUID

from django.db import connection

from styr.controls.core.verdict import Status
from styr.controls.filtering import FindingFilter

Of = Literal["control_code", "owner_role", "severity", "hard_stop", "supplier_id"]

_KNOWN: Final[Mapping[str, str]] = {
    "owner_role": "owner_role = %(owner_role)s",
    "owner_roles": "owner_role = ANY(%(owner_roles)s)",
    "codes": "control_code = ANY(%(codes)s)",
    "severity": "severity = %(severity)s",
    "unit_id": "unit_id = %(unit_id)s",
    "hard_stop": "hard_stop = %(hard_stop)s",
    "supplier_id": "supplier_id = %(supplier_id)s",
}


def tallied(wanted: FindingFilter, *by: Of, suppliers: list[UUID] | None = None) -> list[tuple[Any, ...]] | None:
    """Add up open findings by some of what is kept of them; None when the filter asks for more than that. One query.

    Each row has the values of `by`, then how many there are, how many of them with a known amount, those amounts (øre)
    and how many stop payment. `suppliers` keeps those about some suppliers.
    """
    asked = {field.name: value for field in fields(wanted) if (value := getattr(wanted, field.name)) is not None}
    if asked.pop("status", None) is not Status.OPEN or not asked.keys() <= _KNOWN.keys():
        return None
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in asked.items()}
    conditions = [_KNOWN[name] for name in asked]
    if suppliers is not None:
        conditions.append("supplier_id = ANY(%(suppliers)s::uuid[])")
        given["suppliers"] = suppliers
    columns = "".join(f"{name}, " for name in by)
    text = (
        f"SELECT {columns}coalesce(sum(findings), 0)::bigint, coalesce(sum(known), 0)::bigint,"  # noqa: S608 - our own
        " coalesce(sum(amount_ore), 0)::bigint, coalesce(sum(findings) FILTER (WHERE hard_stop), 0)::bigint"
        f" FROM rel_open_count WHERE {' AND '.join(conditions) or 'true'}"
    )
    if by:
        text += f" GROUP BY {columns.rstrip(', ')} HAVING sum(findings) > 0"
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        return list(cursor.fetchall())


def fold() -> None:
    """Put what has been added since the last time together again, one row a kind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT controls_fold_open_counts()")
