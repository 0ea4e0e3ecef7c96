"""The registers of transport as pages show them: how much there is, what lacks, and the rows of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Count, F, Q

from styr.transport.core.distance import looks_danish
from styr.transport.models import Area, AreaAccount, Criterion, Operator, Place, PriceScheme, Vehicle
from styr.transport.ride_queries import point_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

_SUMMARY: Final = """
    SELECT (SELECT count(*) FROM transport_area), (SELECT count(*) FROM transport_criterion),
           (SELECT count(*) FROM transport_criterion WHERE needs_check),
           (SELECT count(*) FROM transport_place), (SELECT count(*) FROM transport_place WHERE latitude IS NULL),
           (SELECT count(*) FROM transport_operator),
           (SELECT count(*) FROM transport_operator WHERE kind IN ('movia', 'private') AND supplier_id IS NULL),
           (SELECT count(*) FROM transport_pricescheme),
           (SELECT count(*) FROM transport_vehicle),
           (SELECT count(*) FROM transport_vehicle WHERE seats + wheelchairs = 0),
           (SELECT count(*) FROM transport_areaaccount)
"""


@dataclass(frozen=True)
class Summary:
    """How many rows each register has, and how many of them somebody must look at."""

    areas: int
    criteria: int
    criteria_to_check: int
    places: int
    places_lost: int
    operators: int
    operators_without_supplier: int
    prices: int
    vehicles: int
    vehicles_without_room: int
    accounts: int

    @property
    def is_empty(self) -> bool:
        """Whether not even the areas are there."""
        return not self.areas


def summary() -> Summary:
    """Everything in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMMARY)
        return Summary(*cursor.fetchone())


@dataclass(frozen=True)
class Wanted:
    """Which rows of a register: words, and whether only those that somebody must look at."""

    text: str = ""
    lacks: bool = False


def page_of(rows: QuerySet[Any], *, order: str, part: tuple[int, int]) -> tuple[list[Any], int]:
    """A page (first row, how many) of rows in an order, and how many there are. Two queries."""
    first, size = part
    return list(rows.order_by(order, "pk")[first : first + size]), rows.count()


def areas(wanted: Wanted) -> QuerySet[Area]:
    """Areas by words of their name or department."""
    return Area.objects.filter(Q(name__icontains=wanted.text) | Q(department__icontains=wanted.text))


def criteria(wanted: Wanted) -> QuerySet[Criterion]:
    """Criteria by words of code, name or law; `lacks`: those to be checked."""
    words = Q(code__icontains=wanted.text) | Q(name__icontains=wanted.text) | Q(law__icontains=wanted.text)
    rows = Criterion.objects.select_related("area").filter(words)
    return rows.filter(needs_check=True) if wanted.lacks else rows


def accounts(wanted: Wanted) -> QuerySet[AreaAccount]:
    """Accounts of areas by their first digits."""
    digits = "".join(sign for sign in wanted.text if sign.isdigit())
    return AreaAccount.objects.select_related("area").filter(prefix__startswith=digits)


def places(wanted: Wanted) -> QuerySet[Place]:
    """Places by words of number, name, street or town; `lacks`: without coordinates. Homes by number alone."""
    words = wanted.text
    told = Q(name__icontains=words) | Q(street__icontains=words) | Q(town__icontains=words)
    found = Q(number__icontains=words) | (told & ~Q(kind="home"))
    rows = Place.objects.select_related("calendar").filter(found)
    return rows.filter(latitude__isnull=True) if wanted.lacks else rows


def operators(wanted: Wanted) -> QuerySet[Operator]:
    """Operators by words of their name; `lacks`: bought from nobody we know."""
    rows = Operator.objects.filter(name__icontains=wanted.text).annotate(
        price_count=Count("prices", distinct=True), vehicle_count=Count("vehicles", distinct=True)
    )
    return rows.filter(kind__in=["movia", "private"], supplier__isnull=True) if wanted.lacks else rows


def prices(wanted: Wanted) -> QuerySet[PriceScheme]:
    """Price schemes by words of operator or product."""
    words = Q(operator__name__icontains=wanted.text) | Q(product__icontains=wanted.text)
    return PriceScheme.objects.select_related("operator").filter(words)


def vehicles(wanted: Wanted) -> QuerySet[Vehicle]:
    """Vehicles by words of operator, name or number plate; `lacks`: without room for anybody."""
    words = (
        Q(operator__name__icontains=wanted.text) | Q(name__icontains=wanted.text)
        | Q(registration__icontains=wanted.text)
    )  # fmt: skip
    rows = Vehicle.objects.select_related("operator", "home_unit").filter(words)
    return rows.annotate(room=F("seats") + F("wheelchairs")).filter(room=0) if wanted.lacks else rows


def place_fault(place: Place) -> str:
    """What is wrong with where a place lies; "" where nothing is."""
    point = point_of(place)
    if point is None:
        return "Mangler koordinater"
    return "" if looks_danish(point) else "Ligger uden for Danmark: er tallene byttet om?"


def offered(*, suppliers: bool = False) -> dict[str, list[tuple[UUID, str]]]:
    """What the forms of registers choose among."""
    from styr.access.units_in_reach import units_in_reach
    from styr.contracts.queries import calendar_choices
    from styr.suppliers.queries import all_suppliers

    return {
        "area": [(row.id, f"{row.number}. {row.name}") for row in Area.objects.order_by("number", "valid_from")],
        "operator": [(row.id, row.name) for row in Operator.objects.order_by("name")],
        "calendar": calendar_choices(),
        "home_unit": list(units_in_reach()),
        "supplier": [(row.id, row.name) for row in all_suppliers()] if suppliers else [],
    }
