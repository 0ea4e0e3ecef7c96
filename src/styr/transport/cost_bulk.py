"""Writes a mapped year of transport cost: an area a line, a column an operator kind; an empty cell is not estimated."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.kernel.upsert import RowError, Rule, Upsert, UpsertResult, upsert
from styr.transport.core.codes import OperatorKind
from styr.transport.models import Area
from styr.transport.reference.load import SINCE
from styr.transport.shipped import ensure_shipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.transport.core.rows import CostRow

KINDS: Final = tuple(OperatorKind)
HEADINGS: Final = {
    OperatorKind.PRIVATE: "private_vognmænd",
    OperatorKind.MOVIA: "movia",
    OperatorKind.OWN: "egne_vogne",
    OperatorKind.REIMBURSEMENT: "refusion",
}
_IN_NAME = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_HUNDRED = 100
_MOST = Decimal(10) ** 10

CELLS: Final = Upsert(
    table="transport_costcell",
    heading="område_nr",
    columns={
        "year": "int64",
        "area_no": "int64",
        "operator_kind": "string",
        "amount_ore": "int64",
        "admin_ore": "int64",
    },
    resolve="""
        SELECT s.row_no, s.new_id AS id, s.municipality_id, s.year, s.area_no, a.id AS area_id, s.operator_kind,
               s.amount_ore, s.admin_ore
        FROM stage s LEFT JOIN transport_area a ON a.municipality_id = s.municipality_id AND a.number = s.area_no
            AND a.valid_from < make_date(s.year::int + 1, 1, 1)
            AND (a.valid_to IS NULL OR a.valid_to >= make_date(s.year::int + 1, 1, 1))
    """,
    key=("municipality_id", "year", "area_id", "operator_kind"),
    written=("amount_ore", "admin_ore"),
    rules=(
        Rule(
            "område_nr",
            "r.area_no",
            "r.area_id IS NULL",
            "Området findes ikke i det år. Indlæs befordringsområderne først.",
        ),
    ),
)


@transaction.atomic
def upsert_costs(rows: Sequence[CostRow], *, municipality_id: UUID, file: str = "") -> UpsertResult:
    """Write a mapping by year, area and operator kind. A file without a year is of the year in its name.

    An area that the municipality lacks is made of its name and department, where the file tells them. A row whose
    total is not the sum of its cells is refused: one of the figures is wrong.
    """
    ensure_shipped(municipality_id=municipality_id)
    told = [replace(row, year=row.year or _year_in(file)) for row in rows]
    _make_areas(told, municipality_id)
    staged: dict[int, dict[str, Any]] = {}
    refused: list[RowError] = []
    for number, row in enumerate(told):
        wrong = _faults(number, row)
        refused += wrong
        if not wrong:
            staged |= {number * len(KINDS) + nth: cell for nth, cell in enumerate(_cells(row))}
    with connection.cursor() as cursor:
        found = upsert(cursor, CELLS, staged, municipality_id=municipality_id)
    errors = {replace(error, row=error.row // len(KINDS)) for error in found.errors}
    return replace(found, errors=tuple(sorted({*refused, *errors}, key=lambda error: (error.row, error.column))))


def _year_in(file: str) -> int | None:
    """The year that a file's name tells, where it tells one."""
    years = set(_IN_NAME.findall(file.rsplit("/", 1)[-1]))
    return int(years.pop()) if len(years) == 1 else None


def _cells(row: CostRow) -> list[dict[str, Any]]:
    return [
        {
            "year": row.year,
            "area_no": row.area_no,
            "operator_kind": kind.value,
            "amount_ore": _ore(getattr(row, kind.value)),
            "admin_ore": _ore(row.movia_admin) if kind is OperatorKind.MOVIA else None,
        }
        for kind in KINDS
    ]


def _ore(kroner: Decimal | None) -> int | None:
    return None if kroner is None else int(kroner * _HUNDRED)


def _faults(number: int, row: CostRow) -> list[RowError]:
    faults: list[RowError] = []
    if row.year is None:
        faults.append(RowError(number, "år", "", "Skriv året i en kolonne »år« eller i filens navn."))
    amounts = {HEADINGS[kind]: getattr(row, kind.value) for kind in KINDS} | {"heraf_administration": row.movia_admin}
    for heading, amount in amounts.items():
        if amount is not None and (abs(amount) >= _MOST or amount * _HUNDRED % 1):
            faults.append(RowError(number, heading, str(amount), "Beløbet har for mange cifre. Ret det."))
    known = sum((amount for amount in list(amounts.values())[:-1] if amount is not None), Decimal(0))
    if row.total is not None and row.total != known:
        told = f"Rækkens celler giver {known:f}, men der står {row.total:f}. Ret det tal, der er forkert."
        faults.append(RowError(number, "i_alt", f"{row.total:f}", told))
    return faults


def _make_areas(rows: Sequence[CostRow], municipality_id: UUID) -> None:
    known = set(Area.objects.values_list("number", flat=True))
    for row in rows:
        if row.area_no not in known and row.area and row.department:
            known.add(row.area_no)
            Area.objects.create(
                municipality_id=municipality_id,
                number=row.area_no,
                name=row.area[:120],
                department=row.department[:80],
                valid_from=SINCE,
            )
