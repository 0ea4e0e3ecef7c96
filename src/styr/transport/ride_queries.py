"""Transport grants as pages show them: the list, and one with what is known, where it is from and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Q

from styr.kernel.period import ONE_DAY
from styr.kernel.refusal import NotThere
from styr.transport.core.distance import Basis, Point, Road, air_line, estimated, looks_danish
from styr.transport.core.facts import Facts, age_on, read_answers
from styr.transport.limiting import limits_on
from styr.transport.models import Assessment, Place, RideGrant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime, time
    from decimal import Decimal
    from uuid import UUID

    from styr.transport.core.limits import Limits

_SORTS: Final = {"number": "g.number", "starts": "g.starts", "criterion": "c.code", "area": "a.number"}
_OFFERED: Final = """
SELECT 'criterion', id, code || ' ' || name FROM transport_criterion
WHERE valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
UNION ALL SELECT 'operator', id, name FROM transport_operator
ORDER BY 1, 3
"""
_MOST_OF_ONE: Final = 100
ENDS_WITHIN_DAYS: Final = 60  # a new one must be decided before the old one ends
_FROM: Final = """
    FROM transport_ridegrant r
    JOIN rel_grant g ON g.grant_id = r.grant_id
    JOIN transport_criterion c ON c.id = r.criterion_id
    JOIN transport_area a ON a.id = c.area_id
    LEFT JOIN transport_operator o ON o.id = r.operator_id
    LEFT JOIN transport_place h ON h.id = r.home_id
    LEFT JOIN transport_place d ON d.id = r.destination_id
    LEFT JOIN LATERAL (SELECT s.outcome FROM transport_assessment s WHERE s.grant_id = r.grant_id
                       ORDER BY s.decided_at DESC LIMIT 1) s ON true
    WHERE (%(text)s = '' OR g.number ILIKE %(like)s OR g.citizen_id = ANY (%(citizens)s::uuid[])
           OR d.name ILIKE %(like)s)
      AND (%(citizen)s::uuid IS NULL OR g.citizen_id = %(citizen)s)
      AND (%(area)s::int IS NULL OR a.number = %(area)s)
      AND (%(kind)s = '' OR o.kind = %(kind)s)
      AND (%(lacks)s = '' OR (%(lacks)s = 'place' AND (h.latitude IS NULL OR d.latitude IS NULL))
           OR (%(lacks)s = 'road' AND r.road_km IS NULL) OR (%(lacks)s = 'decision' AND s.outcome IS NULL))
      AND (NOT %(running)s OR (g.status = 'granted' AND (g.ends IS NULL OR g.ends > %(today)s)))
      AND (NOT %(ending)s OR (g.status IN ('granted', 'stopped') AND g.ends >= %(today)s AND g.ends < %(soon)s))
"""
_ROWS: Final = """
    SELECT r.grant_id, g.number, g.citizen_id, g.status, c.code, c.name, a.number, a.name, o.name, d.name, r.weekdays,
           r.solo, r.companion, r.aids, r.road_km, num_nulls(h.latitude, d.latitude), g.starts, g.ends, s.outcome
    {source} ORDER BY {order}, g.number LIMIT %(size)s OFFSET %(skip)s
"""
_GRANT: Final = """
    SELECT g.grant_id, g.number, g.citizen_id, g.unit_id, g.section, g.status, g.starts, g.ends, p.birth_date
    FROM rel_grant g JOIN rel_citizen p ON p.citizen_id = g.citizen_id WHERE g.grant_id = %s
"""


class RideGrantNotThereError(NotThere):
    """There is no such grant for the caller."""

    def __init__(self) -> None:
        super().__init__("Bevillingen findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True, kw_only=True)
class RideFilter:
    """Which transport grants; what is None or empty is not asked about. `lacks`: place, road or decision."""

    text: str = ""
    citizens: tuple[UUID, ...] = ()
    area_no: int | None = None
    kind: str = ""
    lacks: str = ""
    running: bool = False
    ending: bool = False
    citizen_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ListedRide:
    """A transport grant in the list; the citizen is an id."""

    grant_id: UUID
    number: str
    citizen_id: UUID
    status: str
    criterion: str
    criterion_name: str
    area_no: int
    area_name: str
    operator: str | None
    destination: str | None
    weekdays: int
    solo: bool
    companion: bool
    aids: str
    road_km: Decimal | None
    unplaced: int
    starts: date
    ends: date | None
    outcome: str | None


@dataclass(frozen=True)
class GrantFacts:
    """The ordinary grant behind a transport grant."""

    grant_id: UUID
    number: str
    citizen_id: UUID
    unit_id: UUID
    section: str
    status: str
    starts: date
    ends: date | None
    birth_date: date | None

    @property
    def last_day(self) -> date | None:
        """The last day of the grant."""
        return self.ends - ONE_DAY if self.ends else None


@dataclass(frozen=True)
class Decision:
    """What a person decided, and when."""

    outcome: str
    verdict: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class RidePage:
    """A grant with its rides, or none yet (`ride` None); `facts` and `limits` are what an assessment rests on."""

    grant: GrantFacts
    ride: RideGrant | None
    facts: Facts
    limits: Limits
    decisions: tuple[Decision, ...]
    version: str


def listed_rides(
    wanted: RideFilter, *, order: tuple[str, bool], part: tuple[int, int], today: date
) -> tuple[list[ListedRide], int]:
    """A page (first row, how many) of transport grants and how many there are. Two queries."""
    by, falling = order
    given = _given(wanted, part, today)
    sort = f"{_SORTS.get(by, _SORTS['starts'])} {'DESC' if falling else 'ASC'}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_FROM}", given)
        (total,) = cursor.fetchone()
        cursor.execute(_ROWS.format(source=_FROM, order=sort), given)
        return [ListedRide(*row) for row in cursor.fetchall()], total


def rides_of(citizen_id: UUID, *, today: date) -> list[ListedRide]:
    """A citizen's transport grants, the latest first. One query."""
    given = _given(RideFilter(citizen_id=citizen_id), (0, _MOST_OF_ONE), today)
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(source=_FROM, order=f"{_SORTS['starts']} DESC"), given)
        return [ListedRide(*row) for row in cursor.fetchall()]


def _given(wanted: RideFilter, part: tuple[int, int], today: date) -> dict[str, Any]:
    like = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "text": wanted.text,
        "like": f"%{like}%",
        "citizens": list(wanted.citizens),
        "citizen": wanted.citizen_id,
        "area": wanted.area_no,
        "kind": wanted.kind,
        "lacks": wanted.lacks,
        "running": wanted.running,
        "ending": wanted.ending,
        "soon": today + timedelta(days=ENDS_WITHIN_DAYS),
        "today": today,
        "skip": part[0],
        "size": part[1],
    }


def grant_facts(grant_id: UUID) -> GrantFacts:
    """The ordinary grant. One query.

    Raises:
        RideGrantNotThereError: there is none for the caller.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GRANT, [grant_id])
        found = cursor.fetchone()
    if found is None:
        raise RideGrantNotThereError
    return GrantFacts(*found)


def ride_page(grant_id: UUID, *, today: date) -> RidePage:
    """A grant with its rides and what is known of them. Four queries.

    Raises:
        RideGrantNotThereError: there is no such grant for the caller.
    """
    grant = grant_facts(grant_id)
    related = ("criterion__area", "operator", "home", "destination")
    ride = RideGrant.objects.select_related(*related).filter(grant_id=grant_id).first()
    day = max(grant.starts, today) if grant.ends is None or grant.ends > today else grant.starts
    limits = limits_on(day)
    rows = Assessment.objects.select_related("decided_by").filter(grant_id=grant_id).order_by("-decided_at")
    return RidePage(
        grant=grant,
        ride=ride,
        facts=facts_of(ride, grant, day, limits),
        limits=limits,
        decisions=tuple(
            Decision(row.outcome, row.verdict, row.reason, row.decided_by.name, row.decided_at) for row in rows[:20]
        ),
        version=version_of(ride),
    )


def facts_of(ride: RideGrant | None, grant: GrantFacts, day: date, limits: Limits) -> Facts:
    """What is known on a day: the answers, the age by the register, and the road as measured or estimated."""
    if ride is None:
        return Facts(day)
    age = age_on(grant.birth_date, day) if grant.birth_date else None
    return Facts(day, read_answers(ride.facts), age, road_of(ride, limits))


def road_of(ride: RideGrant, limits: Limits) -> Road | None:
    """The road as it was measured; else as far as the air line tells; None where a place is not on the map."""
    if ride.road_km is not None:
        basis = Basis.PROVIDER if ride.road_source == "provider" else Basis.MEASURED
        return Road.known(int(ride.road_km * 1000), basis)
    start, end = point_of(ride.home), point_of(ride.destination)
    if start is None or end is None or not (looks_danish(start) and looks_danish(end)):
        return None
    return estimated(
        air_line(start, end),
        likely_percent=limits.value("detour_percent", 130),
        most_percent=limits.value("detour_most_percent", 200),
    )


def point_of(place: Place | None) -> Point | None:
    """Where a place lies; None where nobody knows."""
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return Point(place.latitude, place.longitude)


def version_of(ride: RideGrant | None) -> str:
    """A short name of what a transport grant says, so that a form can tell whether somebody changed it meanwhile."""
    if ride is None:
        return "ny"
    told = {field.attname: str(getattr(ride, field.attname)) for field in ride._meta.concrete_fields}  # noqa: SLF001 -- Django's public name
    return sha256(repr(sorted(told.items())).encode()).hexdigest()[:16]


def choices(*, on: date, citizen_id: UUID | None) -> Mapping[str, list[tuple[UUID, str]]]:
    """What a form offers: criteria in force on a day, operators, the citizen's homes, destinations. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_OFFERED, {"on": on})
        offered = cursor.fetchall()
    places = Place.objects.filter(Q(citizen__isnull=True) | Q(citizen_id=citizen_id)).order_by(
        "name", "street", "number"
    )
    told = [(place.id, place.kind, _named(place)) for place in places]
    return {
        **{of: [(id_, name) for kind, id_, name in offered if kind == of] for of in ("criterion", "operator")},
        "home": [(id_, name) for id_, kind, name in told if kind != "destination"],
        "destination": [(id_, name) for id_, kind, name in told if kind != "home"],
    }


def _named(place: Place) -> str:
    where = ", ".join(part for part in (place.street, f"{place.postal_code} {place.town}".strip()) if part)
    return " · ".join(part for part in (place.name, where) if part) or place.number


def clock_text(told: time | None) -> str:
    """`08:15`, or nothing."""
    return "" if told is None else f"{told:%H:%M}"
