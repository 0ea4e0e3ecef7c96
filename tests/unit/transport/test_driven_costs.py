"""The mapping as the trips tell it: unknown where nobody settled, and the difference to what was booked."""

from decimal import Decimal

from styr.transport.core.codes import OperatorKind
from styr.transport.core.cost_matrix import AreaName, Told, changes, matrix
from styr.transport.driven_costs import driven_year
from styr.transport.trip_totals import TripTotals

AREAS = [AreaName(9, "Voksne", "CFH"), AreaName(11, "Skole", "CSD")]


def test_a_kind_without_trips_is_unknown_and_the_difference_is_over_what_both_know() -> None:
    kinds = {"movia": (70_000, 4_000), "private": (20_000, 0)}
    trips = {9: TripTotals(3, Decimal(30), 2, 90_000, 4_000, 3, Decimal(30), kinds)}
    driven = driven_year(AREAS, trips)
    adults, school = driven.lines
    assert dict(zip(OperatorKind, adults.cells, strict=True)) == {
        OperatorKind.PRIVATE: 20_000, OperatorKind.MOVIA: 70_000, OperatorKind.OWN: None,
        OperatorKind.REIMBURSEMENT: None,
    }  # fmt: skip
    assert set(school.cells) == {None}
    assert (driven.total.ore, driven.total.unknown, driven.admin_ore) == (90_000, 6, 4_000)
    booked = matrix(AREAS, [Told(9, OperatorKind.MOVIA, 65_000), Told(9, OperatorKind.OWN, 5_000)])
    by_area, whole = changes(driven, booked)
    assert by_area[9].ore == whole.ore == 5_000
    assert whole.left_out > 0
