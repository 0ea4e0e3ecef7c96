"""What the pages of refunds show besides the cases: the year's figures, claims, households, limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.people.queries import CitizenLine, citizen_lines
from styr.refunds.claiming import ClaimNotThereError
from styr.refunds.law_numbers import age_limit
from styr.refunds.models import Household, HouseholdMember, RefundClaim, RefundRun

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from styr.kernel.money import Ore

_YEAR_END: Final = 12


@dataclass(frozen=True, slots=True)
class YearOfRefund:
    """A year's central refund as it stands; øre. `missing` are the schemes without limits."""

    year: int
    made_at: datetime | None
    asked_at: datetime | None
    open_from: date | None
    missing: tuple[str, ...]
    booked_ore: Ore
    expected_ore: Ore
    claimed_ore: Ore
    claimable_ore: Ore
    passed: int
    will_pass: int
    near: int

    @property
    def last_booked(self) -> int:
        """The number of the last booked month of the year; 0 when none is."""
        if self.open_from is None or self.open_from.year < self.year:
            return 0
        return _YEAR_END if self.open_from.year > self.year else self.open_from.month - 1

    @property
    def last_month(self) -> date | None:
        """The last booked month."""
        return date(self.year, self.last_booked, 1) if self.last_booked else None

    @property
    def booked_months(self) -> list[date]:
        """The booked months of the year."""
        return [date(self.year, number, 1) for number in range(1, self.last_booked + 1)]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in a list."""

    id: UUID
    year: int
    number: int
    through: date
    made_at: datetime
    made_by: str
    lines: int
    total_ore: Ore
    seal: str


@dataclass(frozen=True, slots=True)
class ClaimedMonth:
    """A line of a claim, with whom it is about as the caller may see it."""

    scheme: str
    case: str
    numbers: str
    month: date
    basis_ore: Ore
    refund_ore: Ore
    earlier_ore: Ore
    amount_ore: Ore
    booked: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A child's time in a household."""

    id: UUID
    household: str
    child: CitizenLine | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Senior:
    """A citizen past the age limit whose dearest booked month is above the first limit's twelfth.

    `covered`: whether they were covered in the month before, None when nobody has looked it up.
    """

    citizen: CitizenLine
    turned: date
    dearest_ore: Ore
    covered: bool | None


_SENIORS: Final = """
WITH cost AS (
    SELECT p.citizen_id, p.month, sum(p.amount_ore)::bigint AS ore
    FROM rel_posting p JOIN rel_citizen c ON c.citizen_id = p.citizen_id
    WHERE p.month >= make_date(%(year)s, 1, 1) AND p.month < make_date(%(year)s + 1, 1, 1)
      AND c.birth_date < make_date(%(year)s + 1 - %(age)s, 1, 1) GROUP BY p.citizen_id, p.month
)
SELECT t.citizen_id, (c.birth_date + make_interval(years => %(age)s))::date, max(t.ore), k.covered
FROM cost t
JOIN rel_citizen c ON c.citizen_id = t.citizen_id
LEFT JOIN rel_covered_before_age k ON k.citizen_id = t.citizen_id
WHERE t.ore * 12 > (SELECT min(over_ore) FROM rel_refund_limit WHERE scheme = 'SEL-176' AND year = %(year)s)
GROUP BY t.citizen_id, c.birth_date, k.covered ORDER BY max(t.ore) DESC LIMIT 200
"""
_YEAR: Final = """
WITH of_year AS (
    SELECT m.* FROM refunds_refundmonth m JOIN refunds_refundrun r ON r.id = m.run_id WHERE r.year = %(year)s
), cases AS (
    SELECT bool_or(booked AND step > 0) AS passed, bool_or(step > 0) AS passes FROM of_year GROUP BY scheme, case_id
), asked AS (
    SELECT coalesce(sum(l.amount_ore), 0)::bigint AS ore FROM refunds_refundclaimline l
    JOIN refunds_refundclaim c ON c.id = l.claim_id WHERE c.year = %(year)s
)
SELECT coalesce((SELECT sum(refund_ore) FROM of_year WHERE booked), 0)::bigint,
       coalesce((SELECT sum(refund_ore) FROM of_year WHERE NOT booked), 0)::bigint, (SELECT ore FROM asked),
       count(*) FILTER (WHERE passed), count(*) FILTER (WHERE passes AND NOT passed), count(*) FILTER (WHERE NOT passes)
FROM cases
"""
_LINES: Final = """
SELECT l.scheme, l.case_id, coalesce(h.name, ''), l.month, l.basis_ore, l.refund_ore, l.earlier_ore, l.amount_ore,
       l.booked, l.pooled
FROM refunds_refundclaimline l LEFT JOIN refunds_household h ON l.pooled AND h.id = l.case_id
WHERE l.claim_id = %s ORDER BY l.scheme, l.case_id, l.month
"""


def year_of_refund(year: int) -> YearOfRefund:
    """Return a year's figures. Two queries."""
    run = RefundRun.objects.filter(year=year).first()
    with connection.cursor() as cursor:
        cursor.execute(_YEAR, {"year": year})
        booked, expected, claimed, passed, will_pass, near = cursor.fetchone()
    return YearOfRefund(
        year=year,
        made_at=run.made_at if run else None,
        asked_at=run.asked_at if run else None,
        open_from=run.open_from if run else None,
        missing=tuple(filter(None, run.missing.split(","))) if run else (),
        booked_ore=booked,
        expected_ore=expected,
        claimed_ore=claimed,
        claimable_ore=booked - claimed,
        passed=passed,
        will_pass=will_pass,
        near=near,
    )


def claims_of(year: int) -> tuple[ClaimLine, ...]:
    """Return the year's claims, the latest first; one query."""
    rows = RefundClaim.objects.filter(year=year).select_related("made_by").order_by("-number")
    return tuple(_claim(row) for row in rows)


def claim_page(*, claim_id: UUID, today: date) -> tuple[ClaimLine, tuple[ClaimedMonth, ...]]:
    """Return a claim and its lines, with the citizens that the caller may see (logged); four queries.

    Raises:
        ClaimNotThereError: there is none for the caller.
    """
    claim = RefundClaim.objects.select_related("made_by").filter(id=claim_id).first()
    if claim is None:
        raise ClaimNotThereError
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [claim_id])
        rows = cursor.fetchall()
    alone = {row[1] for row in rows if not row[-1]}
    people = citizen_lines(citizen_ids=alone, page="refusion: hjemtagning", purpose="Hjemtagning", today=today)
    return _claim(claim), tuple(_claimed(row, people.get(row[1])) for row in rows)


def members_of_households(*, today: date) -> tuple[Member, ...]:
    """Return every child's time in a household, with the names that the caller may see (logged); three queries."""
    rows = list(HouseholdMember.objects.select_related("household").order_by("household__name", "valid_from"))
    shown = {row.citizen_id for row in rows}
    people = citizen_lines(citizen_ids=shown, page="refusion: husstande", purpose="Central refusion", today=today)
    return tuple(
        Member(row.id, row.household.name, people.get(row.citizen_id), row.valid_from, row.valid_to) for row in rows
    )


def households() -> list[tuple[UUID, str]]:
    """Return (id, name) of the households of which the caller sees every child. One query."""
    return list(Household.objects.order_by("name", "id").values_list("id", "name"))


def seniors_of(*, year: int, today: date) -> tuple[Senior, ...]:
    """Return the dear citizens past the age limit, the dearest first (at most 200); names are logged. Four queries."""
    with connection.cursor() as cursor:
        cursor.execute(_SENIORS, {"year": year, "age": age_limit(year)})
        rows = cursor.fetchall()
    people = citizen_lines(
        citizen_ids=[row[0] for row in rows], page="refusion: 67 år", purpose="Central refusion", today=today
    )
    return tuple(Senior(people[row[0]], *row[1:]) for row in rows if row[0] in people)


def _claim(row: RefundClaim) -> ClaimLine:
    return ClaimLine(
        row.id, row.year, row.number, row.through, row.made_at, row.made_by.name, row.lines, row.total_ore, row.seal
    )


def _claimed(row: tuple[object, ...], citizen: CitizenLine | None) -> ClaimedMonth:
    scheme, case_id, household, *figures, _ = row
    name = household or (citizen.name if citizen else "Borger uden for dine enheder")
    numbers = citizen.source_id if citizen else str(case_id)[-8:]
    return ClaimedMonth(scheme, name, numbers, *figures)  # type: ignore[arg-type] # as the columns are
