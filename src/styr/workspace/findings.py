"""Findings as pages show them: a page of the list with names, and one finding with everything it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.db.models.expressions import RawSQL

from styr.contracts import queries as contracts
from styr.controls import casework
from styr.controls import queries as controls
from styr.people import queries as people
from styr.suppliers import queries as suppliers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from styr.controls.casework import FindingFile
    from styr.controls.queries import FindingFilter, FindingView
    from styr.people.queries import CitizenLine

_NUMBERS: Final = """
SELECT 'grant', number, grant_id FROM rel_grant WHERE grant_id = %(grant)s
UNION ALL SELECT 'contract', number, contract_id FROM rel_contract WHERE contract_id = %(contract)s
UNION ALL SELECT 'invoice', number, invoice_id FROM rel_invoice WHERE invoice_id = %(invoice)s
UNION ALL SELECT 'supplier', name, id FROM suppliers_supplier WHERE id = %(supplier)s
"""
_UNITS: Final = "SELECT id, name FROM access_unit ORDER BY name, number"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in the list with the names it is known by; `citizen` is "" unless asked for."""

    finding: FindingView
    supplier: str
    citizen: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of the list; `total` and `amount_ore` are of the whole list, `unknown` how many have no amount."""

    rows: tuple[FindingRow, ...]
    page: int
    pages: int
    total: int
    amount_ore: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Link:
    """Something a finding leads to: what it is, what it is called, and the page's URL name with its id."""

    kind: str
    label: str
    title: str
    url_name: str
    id: UUID


@dataclass(frozen=True, slots=True)
class FindingPicture:
    """One finding with what it leads to."""

    file: FindingFile
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a filter can choose among: sections and units, code or id → Danish name."""

    sections: tuple[tuple[str, str], ...]
    units: tuple[tuple[str, str], ...]


def grants_in(section: str) -> RawSQL:
    """The ids of the grants of a section, as a query for `FindingFilter.grants`."""
    return RawSQL("SELECT grant_id FROM rel_grant WHERE section = %s", [section])


def finding_rows(  # noqa: PLR0913 - a page of a list, all by keyword
    wanted: FindingFilter, *, sort: str, page: int, size: int, today: date, citizens: bool
) -> Rows:
    """Return a page of the list: three queries, and two more when citizens are to be named (and logged)."""
    found = controls.finding_page(wanted, page=page, size=size, sort=sort or None)
    names = suppliers.supplier_names({one.supplier_id for one in found.rows if one.supplier_id})
    lines = _lines(found.rows, today) if citizens else {}
    rows = tuple(
        FindingRow(
            one,
            names.get(one.supplier_id, "") if one.supplier_id else "",
            lines[one.citizen_id].name if one.citizen_id in lines else "",
        )
        for one in found.rows
    )
    return Rows(rows, found.page, found.pages, found.total, found.amount_ore, found.unknown)


def choices(today: date) -> Choices:
    """What the list's filter offers. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS)
        units = tuple((str(unit_id), name) for unit_id, name in cursor.fetchall())
    sections = contracts.sections_on(today).values()
    return Choices(tuple((one.code, f"{one.code.replace('-', ' § ', 1)} {one.name}") for one in sections), units)


def finding_picture(finding_id: UUID, *, page: str, today: date) -> FindingPicture | None:
    """Return one finding with what it leads to; None when the scope sees none. Six queries at the most.

    The citizen's name is shown, and so logged.
    """
    file = casework.finding_file(finding_id)
    if file is None:
        return None
    found = file.finding
    lines = people.citizen_lines(
        citizen_ids=[found.citizen_id] if found.citizen_id else [], page=page, purpose="afvigelse", today=today
    ) if found.citizen_id else {}  # fmt: skip
    links = [Link("citizen", "Borger", line.name, "citizen", line.id) for line in lines.values()]
    return FindingPicture(file, (*links, *_numbers(found)))


def next_in_list(wanted: FindingFilter, *, after: UUID, sort: str) -> UUID | None:
    """The first finding of a list that is not this one. Two queries."""
    found = controls.finding_page(wanted, size=2, sort=sort or None)
    return next((one.id for one in found.rows if one.id != after), None)


def _lines(rows: Sequence[FindingView], today: date) -> dict[UUID, CitizenLine]:
    wanted = {one.citizen_id for one in rows if one.citizen_id}
    if not wanted:
        return {}
    return people.citizen_lines(citizen_ids=wanted, page="/afvigelser/", purpose="liste over afvigelser", today=today)


_LABELS: Final = {"supplier": "Leverandør", "grant": "Bevilling", "contract": "Kontrakt", "invoice": "Faktura"}


def _numbers(found: FindingView) -> list[Link]:
    if not (found.grant_id or found.contract_id or found.invoice_id or found.supplier_id):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _NUMBERS,
            {
                "grant": found.grant_id,
                "contract": found.contract_id,
                "invoice": found.invoice_id,
                "supplier": found.supplier_id,
            },
        )
        return [Link(kind, _LABELS[kind], number, kind, row_id) for kind, number, row_id in cursor.fetchall()]
