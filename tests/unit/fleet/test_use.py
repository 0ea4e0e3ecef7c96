"""When vehicles are out, held against counting every minute."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from styr.fleet.core.codes import Source
from styr.fleet.core.occupancy import Run, filled
from styr.fleet.core.sharing import Room, cannot_all_go, takers
from styr.fleet.core.use import Use, Working, heat, peak, possible, spans, used_minutes

MONDAY = date(2026, 6, 15)
CARS = ("a", "b", "c")


def use(vehicle: str, starts: int, ends: int, day: int = 0, riders: int | None = None, *, wheels: int = 0) -> Use:
    return Use(vehicle, MONDAY + timedelta(days=day), starts, ends, Source.LOG, riders=riders, wheelchairs=wheels)


USES = st.lists(
    st.builds(
        lambda car, starts, long, day, riders: use(car, starts, starts + long, day, riders),
        st.sampled_from(CARS), st.integers(0, 1439), st.integers(1, 200), st.integers(0, 8),
        st.none() | st.integers(0, 10),
    ),
    max_size=14,
)  # fmt: skip


def minutes_out(uses: list[Use]) -> dict[tuple[str, date], set[int]]:
    """The obvious way: every minute of every use, a set for each vehicle and day."""
    found: dict[tuple[str, date], set[int]] = {}
    for one in uses:
        found.setdefault((one.vehicle, one.day), set()).update(range(one.starts, one.ends))
    return found


@settings(max_examples=60, deadline=None)
@given(USES)
def test_every_figure_is_that_of_counting_minute_by_minute(uses: list[Use]) -> None:
    slow = minutes_out(uses)
    days = tuple(MONDAY + timedelta(days=ahead) for ahead in range(7))
    working = Working(days, 420, 1020)
    for (car, day), out in spans(uses).items():
        assert sum(ends - starts for starts, ends in out) == len(slow[car, day])
    used = used_minutes(uses, working)
    for car in CARS:
        counted = sum(len(slow.get((car, day), set()) & set(range(420, 1020))) for day in days)
        assert used.get(car, 0) == counted
    told = heat(uses, range(24))
    for weekday in range(7):
        for hour in range(24):
            inside = set(range(hour * 60, hour * 60 + 60))
            assert told[weekday][hour] == sum(
                len(out & inside) for (_, day), out in slow.items() if day.weekday() == weekday
            )
    at_once: dict[tuple[date, int], int] = {}
    for (_, day), out in slow.items():
        for minute in out:
            at_once[day, minute] = at_once.get((day, minute), 0) + 1
    found = peak(uses)
    assert found.vehicles == max(at_once.values(), default=0)
    if found.day is not None and found.minute is not None:
        assert at_once[found.day, found.minute] == found.vehicles
    assert possible(working, 3) == (180,) * 7
    assert Working(days, 420, 1020).minutes == 7 * 600


@settings(max_examples=80, deadline=None)
@given(USES, st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_who_takes_a_vehicle_s_uses_has_room_and_is_free(uses: list[Use], seats: list[int]) -> None:
    """Held against the minutes: every use goes to one that is out at none of them, and nobody is left."""
    rooms = {car: Room(many, 0) for car, many in zip(CARS, seats, strict=True)}
    mine = [one for one in uses if one.vehicle == "a"]
    found = takers("a", mine, spans(uses), rooms)
    slow = minutes_out([one for one in uses if one.vehicle != "a"])
    fits = [
        [
            car for car in "bc"
            if rooms[car].seats >= (rooms["a"].seats if one.riders is None else one.riders)
            and not slow.get((car, one.day), set()) & set(range(one.starts, one.ends))
        ]
        for one in mine
    ]  # fmt: skip
    if found is None:
        assert not all(fits) or len(mine) > 1
    else:
        assert sum(found.values()) == len(mine)
        assert all(fits)
    stuck = cannot_all_go(["a"], uses, rooms)
    assert stuck == (("a",) if found is None else ())


def test_two_that_could_each_go_cannot_both_go() -> None:
    rooms = {car: Room(8, 1) for car in CARS}
    uses = [use("a", 480, 540, riders=4), use("b", 500, 560, riders=4, wheels=1)]
    assert takers("a", uses[:1], spans(uses), rooms) == {"c": 1}
    assert takers("b", uses[1:], spans(uses), rooms) == {"c": 1}
    assert cannot_all_go(["a", "b"], uses, rooms) == ("b",)
    assert cannot_all_go(["a", "b"], [uses[0], use("b", 540, 560)], rooms) == ()
    assert takers("b", uses[1:], spans(uses), rooms | {"a": Room(8, 0), "c": Room(3, 1)}) is None


def test_half_empty_vehicles_and_how_few_would_do() -> None:
    rooms = [Room(8, 0), Room(8, 2), Room(8, 0)]

    def run(riders: int, wheels: int = 0, way: str = "out") -> Run:
        return Run("m", MONDAY, way, 480, 490, riders, wheels)

    told = filled([run(9), run(6, way="back")], rooms)
    assert told is not None
    assert (told.vehicles, told.seats, told.runs, told.most, told.percent, told.enough, told.spare) == (
        3, 24, 2, 9, 31, 2, 1,
    )  # fmt: skip
    one_lift = filled([run(4, 2)], rooms)
    assert one_lift is not None
    assert one_lift.enough == 1, "two wheelchairs take four seats"
    too_many = filled([run(4, 3)], rooms)
    assert too_many is not None
    assert (too_many.enough, too_many.spare) == (None, 0)
    assert filled([], rooms) is None
    assert filled([run(1)], [Room(0, 0)]) is None
