"""The list of citizens with what they cost: a fixed number of queries, and everybody shown is logged in one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.controls.about_citizens import open_findings_by_citizen
from styr.kernel.period import Period
from styr.people.listing import CitizenFilter, CitizenPage, listed_citizens
from styr.workspace.citizens_cost import expected_by_citizen
from styr.workspace.citizens_spending import spent_and_running

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from styr.people.queries import CitizenLine

_RUNNING: Final = "status = 'granted' AND starts <= %(today)s AND (ends IS NULL OR ends > %(today)s)"
_UNDER_SECTION: Final = f"SELECT DISTINCT citizen_id FROM rel_grant WHERE section = %(section)s AND {_RUNNING}"  # noqa: S608 -- a constant of this module
# From one section in use to the next by the index, and not through every grant.
_CHOICES: Final = """
WITH RECURSIVE used AS (
    (SELECT section FROM rel_grant ORDER BY section LIMIT 1)
    UNION ALL
    SELECT (SELECT g.section FROM rel_grant g WHERE g.section > used.section ORDER BY g.section LIMIT 1)
    FROM used WHERE used.section IS NOT NULL
)
SELECT 'unit', id::text, name FROM access_unit WHERE styr_all_units() OR id = ANY (styr_units())
UNION ALL SELECT 'section', section, replace(section, '-', ' § ') FROM used WHERE section IS NOT NULL
ORDER BY 1, 3
"""


@dataclass(frozen=True, kw_only=True)
class WantedCitizens:
    """What the list is filtered by; what is empty or None is not asked about. `least_ore`: expected this year."""

    name: str = ""
    unit_id: UUID | None = None
    section: str = ""
    with_findings: bool = False
    least_ore: int | None = None
    gone: bool | None = None


@dataclass(frozen=True, slots=True)
class ListedCitizen:
    """A row of the list; `expected_ore` and `actual_ore` are of the year that `today` lies in."""

    citizen: CitizenLine
    age: int
    unit_name: str
    active: int
    expected_ore: int
    actual_ore: int
    findings: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: units that the caller serves (id, name) and sections in use (code, as written)."""

    units: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]


def citizen_choices() -> Choices:
    """Return what the filters offer; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CHOICES)
        rows = cursor.fetchall()
    units = tuple((code, name) for kind, code, name in rows if kind == "unit")
    return Choices(units, tuple((code, name) for kind, code, name in rows if kind == "section"))


def citizens_with_cost(  # noqa: PLR0913 - all by keyword
    wanted: WantedCitizens,
    *,
    units: dict[str, str],
    today: date,
    shown_on: str,
    purpose: str,
    sort: str = "name",
    descending: bool = False,
    page: int = 1,
    size: int = 50,
) -> tuple[tuple[ListedCitizen, ...], CitizenPage]:
    """Return a page of citizens with grants, cost and findings; five queries, and one more a narrowing filter."""
    year = Period(date(today.year, 1, 1), date(today.year + 1, 1, 1))
    asked = CitizenFilter(name=wanted.name, unit_id=wanted.unit_id, gone=wanted.gone, among=_among(wanted, year, today))
    found = listed_citizens(
        asked, today=today, shown_on=shown_on, purpose=purpose, sort=sort, descending=descending, page=page, size=size
    )
    ids = [row.id for row in found.rows]
    findings = open_findings_by_citizen(ids)
    expected, spent = expected_by_citizen(year, ids), spent_and_running(year, ids, today=today)
    rows = tuple(
        ListedCitizen(
            citizen=row,
            age=row.age_on(today),
            unit_name=units.get(str(row.unit_id), ""),
            active=spent[row.id].running,
            expected_ore=expected.get(row.id, 0),
            actual_ore=spent[row.id].spent_ore,
            findings=findings.get(row.id, 0),
        )
        for row in found.rows
    )
    return rows, found


def _among(wanted: WantedCitizens, year: Period, today: date) -> frozenset[UUID] | None:
    """Those left by the filters that look beyond the citizen's own row; None when none of them is used."""
    kept: list[Collection[UUID]] = []
    if wanted.section:
        with connection.cursor() as cursor:
            cursor.execute(_UNDER_SECTION, {"section": wanted.section, "today": today})
            kept.append([row[0] for row in cursor.fetchall()])
    if wanted.with_findings:
        kept.append(open_findings_by_citizen().keys())
    if wanted.least_ore is not None:
        kept.append(expected_by_citizen(year, least_ore=wanted.least_ore).keys())
    return frozenset.intersection(*map(frozenset, kept)) if kept else None
