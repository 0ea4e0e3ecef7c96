"""Thousands of requests: the first whole plan, and what more time makes of it (`--help`).

Riders are spread evenly over 50 × 50 km, 50 to a school; each goes to one of the eight nearest schools in a bus
of eight, at most half as long again as directly and 20 minutes. The budget is CPU-seconds in all, over all processes.
"""

import argparse
import sys
from time import perf_counter

import numpy as np

from rideplan.large import Cutting, solve_large
from rideplan.model.fleet import Shift, VehicleType
from rideplan.model.problem import Problem, Travel
from rideplan.model.requests import Request, Stop
from rideplan.stopping import Stop as Budget

SIDE, RIDERS_A_SCHOOL, NEAREST = 50.0, 50, 8
BELLS = (465.0, 480.0, 495.0)


def region(riders: int, seed: int = 1) -> Problem:
    """A depot in the middle, schools and homes; distances as the crow flies, a kilometre a minute."""
    chance, schools = np.random.default_rng(seed), max(NEAREST, riders // RIDERS_A_SCHOOL)
    at = np.vstack([[SIDE / 2, SIDE / 2], chance.uniform(0, SIDE, (schools + riders, 2))])
    matrix = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1]).astype(np.float32)
    requests = []
    for rider in range(riders):
        home = 1 + schools + rider
        near = np.argsort(matrix[home, 1 : 1 + schools], kind="stable")[:NEAREST]
        school = int(1 + chance.choice(near))
        bell = BELLS[school % len(BELLS)]
        longest = 1.5 * float(matrix[home, school]) + 20.0
        pickup, delivery = Stop(home, 300.0, bell, 1.0), Stop(school, bell - 20.0, bell, 1.0)
        requests.append(Request(f"r{rider}", pickup, delivery, max_ride=longest))
    fleet = VehicleType("bus", riders // 8, ((8,),), shifts=(Shift(300.0, 600.0),), fixed_cost=500.0)
    travel = Travel(matrix, matrix, positions=tuple((float(x), float(y)) for x, y in at))
    return Problem(tuple(requests), (fleet,), travel)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench/rideplan/large.py", description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seconds", default="20,60,200", help="CPU-seconds in all; several with commas")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--turns", type=int, default=4, help="re-planning in mixed parts")
    arguments = parser.parse_args()
    problem = region(arguments.requests)
    for seconds in map(float, arguments.seconds.split(",")):
        begun, cutting = perf_counter(), Cutting(turns=arguments.turns)
        made = solve_large(problem, Budget(seconds=seconds), seed=1, workers=arguments.workers, cutting=cutting)
        told = "legal" if made.feasible else f"{len(made.unserved)} left out, {len(made.violations)} broken"
        print(
            f"{arguments.requests} requests, {seconds:g} CPU-s: {made.vehicles} vehicles, cost {made.cost:.0f}, {told}"
        )
        print(f"  {perf_counter() - begun:.0f} s of wall time, {made.iterations} steps", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
