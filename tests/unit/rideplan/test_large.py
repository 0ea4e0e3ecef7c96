"""Problems that are cut: nobody is lost at a cut, and the number of workers changes nothing."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from distributed import LocalCluster

from rideplan.clusters import by_institution, part_of
from rideplan.large import Cutting, solve_large
from rideplan.machines import UnableToReachMachinesError, machines
from rideplan.model.problem import Lock, Problem, Travel
from rideplan.model.requests import Request, Stop
from rideplan.sharing import compare_sharing, institutions
from rideplan.stopping import Progress
from rideplan.stopping import Stop as Budget
from unit.rideplan.problems import bus

CUTTING = Cutting(size=8, turns=2, whole=16)
ALONE = {"threads_per_worker": 1, "dashboard_address": None}


def town(riders: int = 30) -> Problem:
    """Riders all over a square, to three schools that begin at 120."""
    at = np.random.default_rng(1).uniform(0, 20, (riders + 4, 2))
    matrix = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1])
    requests = tuple(Request(f"r{n}", Stop(4 + n), Stop(1 + n % 3, 90.0, 120.0)) for n in range(riders))
    positions = tuple((float(x), float(y)) for x, y in at)
    return Problem(requests, (bus(12, fixed_cost=50.0),), Travel(matrix, matrix, positions=positions))


def bound_town() -> Problem:
    day = town()
    kin = [replace(row, together="kin") if row.id in {"r0", "r20"} else row for row in day.requests]
    kin[3] = replace(kin[3], apart=frozenset({"r9", "r11"}))
    return replace(day, requests=tuple(kin), locks=(Lock("r5", "bus/11"), Lock("r6", "bus/11")))


def test_every_request_and_every_vehicle_is_in_exactly_one_part() -> None:
    parts = by_institution(bound_town(), 8)
    assert sorted(row for part in parts for row in part.requests) == list(range(30))
    assert sorted(name for part in parts for name in part.vehicles) == sorted(bus(12).names())
    assert len(parts) == 4


def test_those_bound_together_are_in_one_part_with_their_vehicle() -> None:
    parts = by_institution(bound_town(), 8)
    assert any({0, 20} <= set(part.requests) for part in parts)
    assert any({5, 6} <= set(part.requests) and "bus/11" in part.vehicles for part in parts)


def test_a_part_has_matrices_of_its_own() -> None:
    day = town()
    smaller, places = part_of(day, by_institution(day, 8)[0])
    stop = smaller.requests[0].pickup
    original = next(row for row in day.requests if row.id == smaller.requests[0].id)
    assert places[stop.place] == original.pickup.place
    assert smaller.travel.distance.shape == (len(places), len(places))


@pytest.mark.parametrize("day", [town(), bound_town()], ids=["free", "bound"])
def test_a_plan_made_in_parts_is_legal_as_a_whole(day: Problem) -> None:
    made = solve_large(day, Budget(iterations=3000), cutting=CUTTING)
    assert made.violations == ()
    assert made.unserved == ()


def test_the_number_of_workers_changes_nothing() -> None:
    alone, both = (solve_large(town(), Budget(iterations=600), workers=n, cutting=CUTTING) for n in (1, 2))
    assert alone.routes == both.routes


def test_the_workers_of_a_cluster_change_nothing_either() -> None:
    alone = solve_large(town(), Budget(iterations=600), cutting=CUTTING)
    with (
        LocalCluster(processes=False, protocol="tcp", host="127.0.0.1", n_workers=2, **ALONE) as cluster,
        machines(cluster.scheduler_address) as workers,
    ):
        assert solve_large(town(), Budget(iterations=600), workers=workers, cutting=CUTTING).routes == alone.routes


def test_a_cluster_that_does_not_answer_is_an_error_in_words() -> None:
    with pytest.raises(UnableToReachMachinesError, match="nowhere"), machines("nowhere"):
        pass


def test_replanning_mixed_parts_is_better_than_planning_by_institution() -> None:
    split = solve_large(town(), Budget(iterations=3000), cutting=Cutting(size=8, turns=0, whole=16))
    assert solve_large(town(), Budget(iterations=3000), cutting=CUTTING).cost <= split.cost


def test_whoever_listens_hears_of_each_part_and_may_end_it_with_a_whole_plan() -> None:
    heard: list[Progress] = []

    def listen(progress: Progress) -> bool:
        heard.append(progress)
        return len(heard) < 6

    made = solve_large(town(), Budget(iterations=3000), cutting=CUTTING, listener=listen)
    assert len(heard) == 6
    assert [progress.best < inf for progress in heard] == [False] * 4 + [True] * 2
    assert made.violations == ()
    assert made.iterations < 3000


def test_each_institution_on_its_own_is_dearer_than_all_together() -> None:
    compared = compare_sharing(town(), Budget(iterations=3000))
    assert sorted(row.id for group in institutions(town()).values() for row in group) == sorted(
        row.id for row in town().requests
    )
    assert set(compared.alone) == {1, 2, 3}
    assert all(result.feasible for result in compared.alone.values())
    assert compared.vehicles_alone >= compared.shared.vehicles
    assert compared.dearer > 0


def test_those_who_ride_together_stay_with_one_institution() -> None:
    homes = [place for place, rows in institutions(bound_town()).items() for row in rows if row.together]
    assert len(set(homes)) == 1


def test_a_problem_that_fits_one_part_is_searched_globally() -> None:
    assert solve_large(town(10), Budget(iterations=100), cutting=CUTTING).feasible
