"""What the municipality tells the refund: limits of later years, households, and who was covered before 67."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, connection, transaction

from styr.access.core.permissions import Permission
from styr.kernel.refusal import Refusal
from styr.ledger.dated_rules import RuleTable, rewrite
from styr.people.queries import CitizenNotVisibleError, unit_of
from styr.refunds.core.limits import Limits, Scheme, Step
from styr.refunds.models import CoveredBeforeAge, DefaultLimit, Household, HouseholdMember, Limit
from styr.refunds.scoping import sees_whole_municipality

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.kernel.money import Ore

_LONGEST = 200
LIMITS: Final = RuleTable("refusionsgraenser", Limit, ("scheme", "year"), Permission.EDIT_ECONOMY)


class UnableToSetError(Refusal):
    """What was entered cannot stand; the message says why."""


@dataclass(frozen=True, slots=True)
class KnownLimits:
    """A scheme's steps in a year; `own` when the municipality entered them."""

    scheme: Scheme
    year: int
    steps: tuple[Step, ...]
    source: str
    own: bool


def known_limits() -> tuple[KnownLimits, ...]:
    """Return all limits, the latest year first: the municipality's own, else the program's. Two queries."""
    found: dict[tuple[str, int], KnownLimits] = {}
    for rows, own in ((DefaultLimit.objects.all(), False), (Limit.objects.all(), True)):
        steps: dict[tuple[str, int], list[LimitRow]] = {}
        for row in rows.order_by("scheme", "year", "step"):
            steps.setdefault((row.scheme, row.year), []).append(LimitRow(row.over_ore, row.percent, row.source))
        for (scheme, year), each in steps.items():
            given = tuple(Step(one.over_ore, one.percent) for one in each)
            found[scheme, year] = KnownLimits(Scheme(scheme), year, given, each[0].source, own)
    return tuple(sorted(found.values(), key=lambda known: (-known.year, known.scheme)))


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A stored step."""

    over_ore: Ore
    percent: int
    source: str


@transaction.atomic
def enter_limits(*, municipality_id: UUID, scheme: Scheme, year: int, steps: Sequence[Step], source: str) -> None:
    """Let these limits stand for the scheme and year, in place of what stood.

    Raises:
        UnableToSetError: they do not rise, nobody says where they are from, or the scope is a part of the municipality.
    """
    rows = _limit_rows(scheme, year, steps, source)
    Limit.objects.filter(scheme=scheme, year=year).delete()
    Limit.objects.bulk_create(Limit(municipality_id=municipality_id, **row) for row in rows)


def change_limits(  # noqa: PLR0913 -- the limits' parts, all by keyword
    *,
    municipality_id: UUID,
    scheme: Scheme,
    year: int,
    steps: Sequence[Step],
    source: str,
    actor_id: UUID,
    now: datetime,
) -> UUID:
    """Enter limits as somebody, and return the change, with which they can be taken back.

    Raises:
        UnableToSetError: as `enter_limits`.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    return rewrite(
        LIMITS,
        municipality_id=municipality_id,
        key={"scheme": scheme.value, "year": year},
        rows=_limit_rows(scheme, year, steps, source),
        title=f"{scheme.danish}, {year}",
        actor_id=actor_id,
        now=now,
    )


def _limit_rows(scheme: Scheme, year: int, steps: Sequence[Step], source: str) -> list[dict[str, Any]]:
    if not sees_whole_municipality():
        raise UnableToSetError("Grænserne gælder hele kommunen. De skrives af en, der har adgang til alle enheder.")
    if not source.strip():
        raise UnableToSetError("Skriv, hvor grænserne er slået op.")
    try:
        limits = Limits(scheme, year, tuple(steps))
    except ValueError as wrong:
        raise UnableToSetError(str(wrong)) from None
    told = {"scheme": scheme.value, "year": year, "source": source.strip()[:_LONGEST]}
    return [
        {**told, "step": number, "over_ore": step.over_ore, "percent": step.percent}
        for number, step in enumerate(limits.steps, start=1)
    ]


@transaction.atomic
def join_household(
    *, municipality_id: UUID, household: str | UUID, citizen_id: UUID, valid_from: date, valid_to: date | None
) -> UUID:
    """Count a child with a household from a month on; return the household.

    A name makes a new household, whatever others are called; one that is there is told by its id.

    Raises:
        CitizenNotVisibleError: the caller may not see the child.
        UnableToSetError: the child is in another household then, the period has no day, or there is no such household
            for the caller.
    """
    if valid_to is not None and valid_to <= valid_from:
        raise UnableToSetError("Perioden skal slutte, efter den er begyndt.")
    unit_id = unit_of(citizen_id)
    try:
        with transaction.atomic():
            house = _household(municipality_id, household)
            HouseholdMember.objects.create(
                municipality_id=municipality_id, household=house, citizen_id=citizen_id, unit_id=unit_id,
                valid_from=valid_from, valid_to=valid_to,
            )  # fmt: skip
            _look_at_overlaps()
    except IntegrityError:
        raise UnableToSetError("Barnet er allerede i en husstand i den periode. Afslut den først.") from None
    return house.id


def _household(municipality_id: UUID, household: str | UUID) -> Household:
    if isinstance(household, str):
        if not household.strip():
            raise UnableToSetError("Vælg en husstand, eller skriv navnet på en ny.")
        return Household.objects.create(municipality_id=municipality_id, name=household.strip()[:100])
    found = Household.objects.filter(id=household).first()
    if found is None:
        raise UnableToSetError("Husstanden findes ikke, eller du har ikke adgang til alle dens børn.")
    return found


def citizen_numbered(source_id: str) -> UUID:
    """Return the id of the citizen with the case system's number; nobody is shown, so nothing is logged.

    Raises:
        CitizenNotVisibleError: there is none for the caller.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT citizen_id FROM key_citizen WHERE source_id = %s", [source_id.strip()])
        found = cursor.fetchone()
    if found is None:
        raise CitizenNotVisibleError
    citizen_id: UUID = found[0]
    return citizen_id


def leave_household(*, member_id: UUID, valid_to: date) -> None:
    """Let a child's time in a household end; a day before its beginning takes it out altogether."""
    HouseholdMember.objects.filter(id=member_id, valid_from__gte=valid_to).delete()
    HouseholdMember.objects.filter(id=member_id).update(valid_to=valid_to)


def unit_of_member(member_id: UUID) -> UUID | None:
    """Return the unit of a child of a household; None where there is none for the caller."""
    return HouseholdMember.objects.filter(id=member_id).values_list("unit_id", flat=True).first()


def set_covered(*, municipality_id: UUID, citizen_id: UUID, covered: bool) -> None:
    """Say whether a citizen was covered in the last month before 67 (SEL § 176, stk. 3)."""
    CoveredBeforeAge.objects.update_or_create(
        citizen_id=citizen_id,
        defaults={"covered": covered},
        create_defaults={
            "municipality_id": municipality_id,
            "unit_id": unit_of(citizen_id),
            "covered": covered,
        },
    )


def _look_at_overlaps() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
