"""What stands around the search: reasons, newcomers, what-if, several seeds, travel times."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from rideplan.model.fleet import Break, Shift
from rideplan.model.problem import Lock, Problem, Travel
from rideplan.model.requests import Stop
from rideplan.newcomers import add_request, extra_cost
from rideplan.seeds import solve_seeds
from rideplan.solver import solve
from rideplan.stopping import Stop as Budget
from rideplan.travel.crow import CrowFlight, calibrate, haversine
from rideplan.travel.osrm import Osrm, UnableToAskRoadsError
from rideplan.travel.provider import Cached, Positions
from rideplan.what_if import bell_moved, living_by, other_fleet, vehicle_absent
from unit.rideplan.problems import SHORT, bus, problem, ride

ONE = ride("a", 10, 20)
REASONS = {
    "feature": problem(replace(ONE, needs=frozenset({"lift"}))),
    "capacity": problem(replace(ONE, load=(9,))),
    "window": problem(ride("a", 10, 20, late=15.0)),
    "ride_time": problem(replace(ONE, max_ride=5.0)),
    "shift": problem(ONE, fleet=(bus(shifts=(Shift(0, 39),)),)),
    "duration": problem(ONE, fleet=(bus(max_duration=39.0),)),
    "break": problem(ONE, fleet=(bus(shifts=(Shift(0, 42, Break(10, 30, 5)),)),)),
    "lock": problem(ONE, locks=(Lock("a", "bus/1", pickup=5.0),)),
    "penalty": problem(replace(ONE, penalty=3.0)),
    "outside": problem(replace(ONE, outside_price=3.0)),
    "fleet": problem(ride("a", 10, 20, early=25.0), ride("b", 30, 29, late=31.0), fleet=(bus(shifts=(Shift(0, 61),)),)),
}


@pytest.mark.parametrize("reason", REASONS)
def test_whoever_is_left_out_is_told_why(reason: str) -> None:
    assert reason in [row.reason for row in solve(REASONS[reason], SHORT).unserved]


def test_companions_are_left_out_together_and_told_so() -> None:
    pair = (ride("a", 10, 20, together="x"), ride("b", 10, 20, together="x", load=(9,)))
    made = solve(problem(*pair), SHORT)
    assert {row.request: row.reason for row in made.unserved} == {"a": "together", "b": "capacity"}
    assert {row.constraint for row in made.violations} == {"unserved"}


def test_a_newcomer_changes_nothing_for_the_others() -> None:
    day = problem(ONE, ride("b", 12, 22), fleet=(bus(2),))
    before = solve(day, SHORT)
    larger, after = add_request(day, before.routes, ride("c", 11, 21))
    assert after.feasible
    assert [r for r in after.routes[0].requests() if r != "c"] == list(before.routes[0].requests())
    assert extra_cost(before, after, "c") == pytest.approx(0.0)
    _, refused = add_request(larger, after.routes, ride("d", 11, 21, late=5.0))
    assert extra_cost(after, refused, "d") == float("inf")


def test_what_if_leaves_the_problem_as_it_is() -> None:
    day = problem(ONE, fleet=(bus(2),), locks=(Lock("a", "bus/2"),))
    assert solve(vehicle_absent(day, "bus/2"), SHORT).routes[0].vehicle == "bus/1"
    assert solve(other_fleet(day, (bus(1),)), SHORT).routes[0].vehicle == "bus/1"
    assert solve(day, SHORT).routes[0].vehicle == "bus/2"


def test_a_bell_that_rings_earlier_moves_the_ride_and_is_counted() -> None:
    day = problem(ride("a", 10, 20, late=100.0, early=80.0))
    lived = living_by(day, solve(day, SHORT))
    moved = bell_moved(lived, {10, 20}, -40.0)
    assert solve(moved, SHORT).changed_time == 1


def test_several_seeds_give_the_same_plan_whichever_number_of_workers() -> None:
    rides = [ride(f"r{n}", 3 + n, 29 - 2 * n) for n in range(6)]
    day = problem(*rides, fleet=(bus(2, seats=2),))
    alone = solve_seeds(day, Budget(iterations=100), (1, 2))
    assert solve_seeds(day, Budget(iterations=100), (1, 2), workers=2).routes == alone.routes


def test_no_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="seeds"):
        solve_seeds(problem(ONE), SHORT, ())


def test_the_length_of_a_degree_along_a_meridian() -> None:
    assert haversine([(10.0, 55.0), (10.0, 56.0)])[0, 1] == pytest.approx(111.195, abs=0.01)


def test_the_formula_is_found_again_from_trips_it_made() -> None:
    flights = np.array([1.0, 4.0, 9.0, 25.0])
    fitted = calibrate(flights, 2.0 + 1.5 * flights + 3.0 * np.sqrt(flights), slack=0.0)
    assert (fitted.a, fitted.b, fitted.c) == pytest.approx((2.0, 1.5, 3.0))


@pytest.mark.parametrize(("km", "minutes"), [([1.0, 2.0], [1.0, 2.0]), ([1.0, 2.0, 3.0], [1.0, -2.0, 3.0])])
def test_a_calibration_without_usable_trips_is_refused(km: list[float], minutes: list[float]) -> None:
    with pytest.raises(ValueError, match="flights, minutes"):
        calibrate(km, minutes)


def test_plans_on_estimated_times_say_so() -> None:
    positions = [(10.0, 55.0), (10.1, 55.0), (10.2, 55.1)]
    day = Problem((ride("a", 1, 2),), (bus(),), CrowFlight().table(positions))
    assert solve(day, SHORT).estimated


def test_matrices_are_asked_for_once() -> None:
    asked: list[Positions] = []

    class Counting:
        def table(self, positions: Positions) -> Travel:
            asked.append(positions)
            return CrowFlight().table(positions)

    provider = Cached(Counting())
    assert provider.table([(1.0, 2.0)]) is provider.table([(1.0, 2.0)])
    assert len(asked) == 1


MOST = 4
KNOWN = {f"10.{n}00000,55.000000": n for n in range(7)}
ANSWERS: dict[str, object] = {
    "good": {"code": "Ok", "durations": [[0, 120], [60, 0]], "distances": [[0, 2000], [1000, 0]]},
    "apart": {"code": "Ok", "durations": [[0, None], [60, 0]], "distances": [[0, 1], [1, 0]]},
    "small": {"code": "Ok", "durations": [[0]], "distances": [[0]]},
    "bare": {"code": "Ok"},
    "refusal": {"code": "InvalidQuery", "message": "no such profile"},
    "list": [],
}


class Roads(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        profile = self.path.split("/")[3]
        answer = self.table() if profile == "real" else ANSWERS[profile]
        self.wfile.write(json.dumps(answer).encode())

    def table(self) -> dict[str, object]:
        """As a server does: from the sources to the destinations, a minute and a kilometre a step, a second back."""
        parts = urlsplit(self.path)
        places = [KNOWN[at] for at in parts.path.rsplit("/", 1)[1].split(";")]
        asked = parse_qs(parts.query, separator="&")
        rows, columns = (
            [places[int(at)] for at in asked[name][0].split(";")] if name in asked else places
            for name in ("sources", "destinations")
        )
        if len(places) > MOST:
            return {"code": "TooBig", "message": "too many table coordinates"}
        table = [[60.0 * (b - a) if b > a else float(a - b) for b in columns] for a in rows]
        return {"code": "Ok", "durations": table, "distances": [[1000 * abs(b - a) for b in columns] for a in rows]}

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def roads() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Roads) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


PAIR = [(10.0, 55.0), (10.1, 55.1)]


def test_a_road_server_gives_minutes_and_kilometres(roads: str) -> None:
    found = Osrm(roads, "good").table(PAIR)
    assert (found.duration.tolist(), found.distance.tolist()) == ([[0, 2], [1, 0]], [[0, 2], [1, 0]])
    assert not found.estimated


def test_a_large_table_is_asked_for_block_by_block(roads: str) -> None:
    positions = [(10 + n / 10, 55.0) for n in range(7)]
    with pytest.raises(UnableToAskRoadsError, match="too many"):
        Osrm(roads, "real").table(positions)
    found = Osrm(roads, "real", most=MOST).table(positions)
    expected = [[float(b - a) if b > a else (a - b) / 60 for b in range(7)] for a in range(7)]
    assert found.duration == pytest.approx(np.array(expected))
    assert found.distance.tolist() == [[abs(b - a) for b in range(7)] for a in range(7)]


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ("apart", r"durations\[0\]\[1\]: there is no road"),
        ("small", "for 2 × 2 positions"),
        ("bare", "durations: missing"),
        ("refusal", "no such profile"),
        ("list", "no object"),
    ],
)
def test_a_road_server_that_does_not_help_is_quoted(roads: str, profile: str, message: str) -> None:
    with pytest.raises(UnableToAskRoadsError, match=message):
        Osrm(roads, profile).table(PAIR)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "file:///etc/passwd"])
def test_no_road_server_is_an_error_in_words(address: str) -> None:
    with pytest.raises(UnableToAskRoadsError, match=address.split(":", 1)[0]):
        Osrm(address).table(PAIR)


def test_a_window_that_opens_late_is_part_of_the_shortest_ride() -> None:
    waiting = replace(ONE, pickup=Stop(10, 0.0, 10.0), delivery=Stop(20, 90.0, 100.0), max_ride=30.0)
    assert solve(problem(waiting), SHORT).unserved[0].reason == "ride_time"
