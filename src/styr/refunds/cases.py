"""Which cases pass a limit, will pass one or come near, as the latest computation has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.kernel.paging import counted_page
from styr.kernel.refusal import NotThere
from styr.people.queries import CitizenLine, citizen_lines

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from styr.kernel.money import Ore


class Standing(StrEnum):
    """How a case stands to the limits."""

    PASSED = "passed"
    AHEAD = "ahead"
    NEAR = "near"


class CaseNotThereError(NotThere):
    """There is no such case in the year for the caller."""

    def __init__(self) -> None:
        super().__init__("Sagen er ikke i beregningen for det år, eller du har ikke adgang til den.")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of a year; øre. `first` is the first month above a limit; `near` the percent of the first limit."""

    case_id: UUID
    scheme: str
    pooled: bool
    names: tuple[str, ...]
    household: str
    standing: Standing
    first: date | None
    step: int
    near: int
    booked_ore: Ore
    expected_ore: Ore
    claimed_ore: Ore

    @property
    def year_ore(self) -> Ore:
        """The year's refund, booked and expected."""
        return self.booked_ore + self.expected_ore

    @property
    def title(self) -> str:
        """Whom the case is about, as the caller may see it."""
        return self.household or (self.names[0] if self.names else "Borger uden for dine enheder")


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What is asked of the list."""

    year: int
    standing: str = ""
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class CaseMonth:
    """A case's month, øre."""

    month: date
    running_ore: Ore
    one_off_ore: Ore
    income_ore: Ore
    basis_ore: Ore
    refund_ore: Ore
    step: int
    booked: bool
    claimed_ore: Ore


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything about a case in a year."""

    line: CaseLine
    months: tuple[CaseMonth, ...]
    citizens: tuple[CitizenLine, ...]
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list: ordered by a word of `_ORDERS`, `size` rows from `offset` on."""

    by: str
    falling: bool
    offset: int
    size: int


Row = tuple[Any, ...]

_CASES: Final = """
WITH told AS (
    SELECT m.scheme, m.case_id, bool_or(m.pooled) AS pooled, min(m.month) FILTER (WHERE m.step > 0) AS first,
           max(m.step) AS step, max(m.near) AS near,
           coalesce(sum(m.refund_ore) FILTER (WHERE m.booked), 0)::bigint AS booked,
           coalesce(sum(m.refund_ore) FILTER (WHERE NOT m.booked), 0)::bigint AS expected,
           CASE WHEN bool_or(m.booked AND m.step > 0) THEN 'passed'
                WHEN bool_or(m.step > 0) THEN 'ahead' ELSE 'near' END AS standing
    FROM refunds_refundmonth m JOIN refunds_refundrun r ON r.id = m.run_id
    WHERE r.year = %(year)s AND (%(case)s::uuid IS NULL OR m.case_id = %(case)s) GROUP BY m.scheme, m.case_id
)
SELECT t.case_id, t.scheme, t.pooled, coalesce(h.name, ''), t.standing, t.first, t.step, t.near, t.booked, t.expected,
       coalesce((SELECT sum(l.amount_ore) FROM refunds_refundclaimline l JOIN refunds_refundclaim c ON c.id = l.claim_id
                 WHERE c.year = %(year)s AND l.case_id = t.case_id AND l.scheme = t.scheme), 0)::bigint AS claimed,
       count(*) OVER ()
FROM told t LEFT JOIN refunds_household h ON t.pooled AND h.id = t.case_id
WHERE (%(standing)s = '' OR t.standing = %(standing)s) AND (%(scheme)s = '' OR t.scheme = %(scheme)s)
ORDER BY {order}, t.case_id LIMIT %(size)s OFFSET %(offset)s
"""
_ORDERS: Final = {
    "year": "t.booked + t.expected",
    "booked": "t.booked",
    "near": "t.near",
    "first": "t.first",
    "scheme": "t.scheme",
}
_MEMBERS: Final = """
SELECT m.case_id, m.citizen_id FROM refunds_refundmember m JOIN refunds_refundrun r ON r.id = m.run_id
WHERE r.year = %s AND m.case_id = ANY(%s)
"""
_MONTHS: Final = """
SELECT m.month, m.running_ore, m.one_off_ore, m.income_ore, m.basis_ore, m.refund_ore, m.step, m.booked,
       coalesce((SELECT sum(l.amount_ore) FROM refunds_refundclaimline l
                 WHERE l.case_id = m.case_id AND l.scheme = m.scheme AND l.month = m.month), 0)::bigint, r.made_at
FROM refunds_refundmonth m JOIN refunds_refundrun r ON r.id = m.run_id
WHERE r.year = %s AND m.case_id = %s AND m.scheme = %s ORDER BY m.month
"""


def case_lines(wanted: CaseFilter, part: Slice, *, today: date) -> tuple[list[CaseLine], int]:
    """Return a part of the cases and how many there are; the citizens named are logged as shown. Four queries."""
    rows, total = counted_page(
        lambda first, size: _rows(wanted, None, replace(part, offset=first, size=size)),
        first=part.offset,
        size=part.size,
    )
    members = _members(wanted.year, [row[0] for row in rows])
    shown = {citizen for citizens in members.values() for citizen in citizens}
    people = citizen_lines(citizen_ids=shown, page="refusion", purpose="Central refusion", today=today)
    lines = [_line(row, [people[one].name for one in members.get(row[0], []) if one in people]) for row in rows]
    return lines, total


def case_page(*, case_id: UUID, year: int, today: date) -> CasePage:
    """Return a case in a year; five queries.

    Raises:
        CaseNotThereError: it is not among the year's for the caller.
    """
    rows = _rows(CaseFilter(year), case_id, Slice("year", falling=True, offset=0, size=2))
    if not rows:
        raise CaseNotThereError
    members = _members(year, [case_id])
    people = citizen_lines(
        citizen_ids=members.get(case_id, []), page="refusion: sag", purpose="Central refusion", today=today
    )
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, [year, case_id, rows[0][1]])
        months = cursor.fetchall()
    line = _line(rows[0], [one.name for one in people.values()])
    return CasePage(line, tuple(CaseMonth(*row[:-1]) for row in months), tuple(people.values()), months[0][-1])


def _rows(wanted: CaseFilter, case_id: UUID | None, part: Slice) -> list[Row]:
    way = "DESC" if part.falling else "ASC"
    asked: dict[str, UUID | int | str | None] = {
        "year": wanted.year,
        "case": case_id,
        "standing": wanted.standing,
        "scheme": wanted.scheme,
        "size": part.size,
        "offset": part.offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CASES.format(order=f"{_ORDERS.get(part.by, _ORDERS['year'])} {way} NULLS LAST"), asked)
        return list(cursor.fetchall())


def _members(year: int, cases: Collection[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, [year, list(cases)])
        for case_id, citizen_id in cursor.fetchall():
            found.setdefault(case_id, []).append(citizen_id)
    return found


def _line(row: Row, names: list[str]) -> CaseLine:
    case_id, scheme, pooled, household, standing, *figures, _ = row
    return CaseLine(case_id, scheme, pooled, tuple(sorted(names)), household, Standing(standing), *figures)
