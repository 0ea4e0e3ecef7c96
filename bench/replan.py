"""How near a minute's re-plan of 300 riders comes to ten minutes'.

Run: python bench/replan.py [RIDERS [SECONDS [LONG]]]. An invented town of 14 destinations: RIDERS citizens ride out and
home again with vehicles of three sizes. A plan is made in SECONDS; then every twentieth rider stays at home and as many
others come, and the day is planned again: in SECONDS from nothing, as `styr.routes` does it, in SECONDS from the stops
of the plan before, and in LONG. Seconds are processor time of one thread. The bar is held against what the planner
minimises (price, and minutes aboard) and the exact price is printed beside it. Every plan is held to the planner's own
verifier.
"""

import sys
from dataclasses import replace
from random import Random
from time import process_time

from rideplan.model.plan import Result
from rideplan.schedule import Sequence, sequences_of
from rideplan.solver import solve
from rideplan.stopping import Stop
from rideplan.travel.crow import CrowFlight
from styr.routes.core.codes import Way
from styr.routes.core.day import Bus, Day, Ride, Spot, problem_of
from styr.routes.core.outcome import Outcome, outcome_of

RIDERS, SECONDS, LONG = 300, 60.0, 600.0
BAR_PERCENT, BAR_SECONDS = 2.0, 60.0
GOALS, NORTH, EAST = 14, (55.90, 56.10), (8.20, 8.65)
SEED = 7
USED = "again, from nothing"
"""What the program does."""


def rider(rng: Random, number: int, goals: list[Spot]) -> tuple[Ride, Ride]:
    """Out to a destination by its bell, and home: every ninth in a wheelchair, every twentieth with somebody."""
    goal = rng.choice(goals)
    home = Spot(f"home{number}", goal.longitude + rng.gauss(0, 0.07), goal.latitude + rng.gauss(0, 0.035))
    bell = 480 + 15 * (int(goal.key[4:]) % 4)
    facts = {"wheelchair": rng.random() < 1 / 9, "companion": rng.random() < 1 / 20}
    out = Ride(f"{number} out", Way.OUT, home, goal, bell, **facts)
    return out, replace(out, key=f"{number} back", way=Way.BACK, at=bell + 360)


def town(riders: int) -> tuple[list[tuple[Ride, Ride]], tuple[Bus, ...]]:
    """The riders, a twentieth more who come later, and more vehicles than are needed."""
    rng = Random(SEED)
    goals = [Spot(f"goal{n}", rng.uniform(*EAST), rng.uniform(*NORTH)) for n in range(GOALS)]
    garages = [Spot(f"garage{n}", rng.uniform(*EAST), rng.uniform(*NORTH)) for n in range(4)]
    rides = [rider(rng, number, goals) for number in range(riders + riders // 20)]
    sizes = ((8, 2, True, 118_000), (16, 2, True, 156_000), (8, 0, False, 104_000))
    buses = tuple(
        Bus(f"bus{n}", garages[n % 4], seats, places, lift, day, 410, 0, 210)
        for n in range(max(6, riders // 5))
        for seats, places, lift, day in (sizes[n % 3],)
    )
    return rides, buses


def planned(
    day: Day, seconds: float, start: dict[tuple[str, int], Sequence] | None = None
) -> tuple[Result, Outcome, float]:
    """A day as planned in so much processor time, from nothing or from stops in their order."""
    problem = problem_of(day, CrowFlight().table)
    begun = process_time()
    result = solve(problem, Stop(seconds=seconds), seed=1, start=start)
    return result, outcome_of(day, result, problem.travel), process_time() - begun


def changed(rides: list[tuple[Ride, Ride]], riders: int, before: Outcome) -> tuple[Ride, ...]:
    """Every twentieth stays at home and the late ones come; all others keep the vehicle that they had."""
    driven = {ride.key: (before.routes[ride.route].bus, ride.pickup) for ride in before.rides}
    kept = [pair for number, pair in enumerate(rides[:riders]) if number % 20] + rides[riders:]
    return tuple(
        replace(ride, vehicle=driven[ride.key][0], pickup=driven[ride.key][1]) if ride.key in driven else ride
        for pair in kept
        for ride in pair
    )


def told(name: str, run: tuple[Result, Outcome, float]) -> float:
    """Print a run; give what the planner minimised."""
    result, outcome, spent = run
    legal = "legal" if not outcome.faults else f"ILLEGAL: {outcome.faults[0]}"
    print(
        f"{name:22} {spent:6.1f} CPU-s  objective {result.cost:14.1f}  {outcome.cost_ore / 100:12,.2f} kr. a day  "
        f"{outcome.vehicles} vehicles, {len(outcome.rides)} rides, {len(outcome.undriven)} left out, {legal}",
        flush=True,
    )
    return float(result.cost)


def main() -> None:
    """Plan, change, plan again, compare and print."""
    given = [float(word) for word in sys.argv[1:]]
    riders, seconds, long = (*map(int, given[:1]), *given[1:], *(RIDERS, SECONDS, LONG)[len(given) :])
    rides, buses = town(int(riders))
    first = planned(Day(tuple(ride for pair in rides[: int(riders)] for ride in pair), buses), seconds)
    told("the plan before", first)
    day = Day(changed(rides, int(riders), first[1]), buses)
    there = {ride.key for ride in day.rides}
    before = {
        slot: tuple(visit for visit in visits if visit[1] in there)
        for slot, visits in sequences_of(first[0].routes).items()
    }
    runs = {
        USED: planned(day, seconds),
        "again, from the plan": planned(day, seconds, {slot: visits for slot, visits in before.items() if visits}),
    }
    costs = {name: told(name, run) for name, run in runs.items()}
    quick, best = costs[USED], told(f"again, in {long:g} s", planned(day, long))
    for name, cost in costs.items():
        gap = 100 * (cost / best - 1)
        print(f"{name}: {gap:.2f} % above {long:g} s", end="; ")
    held = 100 * (quick / best - 1) <= BAR_PERCENT and runs[USED][2] <= BAR_SECONDS * 1.05
    print(f"bar {BAR_PERCENT:g} % for {USED!r}, {len(day.rides)} rides: {'held' if held else 'MISSED'}")


if __name__ == "__main__":
    main()
