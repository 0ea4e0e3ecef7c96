"""What comes in: the formats, and the refusal of what cannot be meant."""

import json
from dataclasses import replace
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from jsonschema import ValidationError, validate

from rideplan.cli import main
from rideplan.model.fleet import Break, Shift
from rideplan.model.problem import Assignment, Lock, Problem, Travel, Weights
from rideplan.model.requests import Stop
from rideplan.readers.files import read
from rideplan.readers.native import read_native
from rideplan.readers.plain import read_cordeau, read_li_lim
from rideplan.validation import InvalidProblemError, check
from unit.rideplan.problems import bus, line, problem, ride

LI_LIM = "2 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 5 0 50 1 0 2\n2 3 0 -5 0 60 1 1 0\n"
CORDEAU = "1 2 480 3 30\n0 0 0 0 0 0 480\n1 1 0 3 1 0 480\n2 2 0 3 1 0 480\n3 3 0 3 -1 0 480\n4 4 0 3 -1 0 480\n"
NATIVE: dict[str, Any] = {
    "dimensions": ["seat", "wheelchair"],
    "requests": [
        {"id": "a", "pickup": {"place": 1}, "delivery": {"place": 2, "close": 60, "service": 2}, "load": [1, 0]},
        {"id": "b", "pickup": {"place": 1}, "delivery": {"place": 2}, "load": [0, 1], "needs": ["lift"]},
    ],
    "vehicles": [
        {
            "id": "bus",
            "count": 1,
            "configurations": [[4, 0], [1, 1]],
            "features": ["lift"],
            "shifts": [{"open": 0, "close": 300, "rest": {"earliest": 60, "latest": 200, "duration": 10}}],
        }
    ],
    "travel": {"duration": [[0, 5, 9], [5, 0, 4], [9, 4, 0]], "positions": [[0, 0], [5, 0], [9, 0]]},
    "weights": {"rider_minute": 1},
    "locks": [{"request": "a", "vehicle": "bus/1"}],
    "existing": [{"request": "b", "vehicle": "bus/1", "pickup": 20}],
}


def with_matrix(cell: float) -> Problem:
    matrix = line().duration.copy()
    matrix[1, 2] = cell
    return replace(problem(ride("a", 10, 20)), travel=Travel(line().distance, matrix))


ONE = ride("a", 10, 20)
BAD = {
    "requests[0].pickup.open: -5 is negative": problem(replace(ONE, pickup=Stop(10, -5.0))),
    "requests[0].pickup.close: 3 is before open 9": problem(replace(ONE, pickup=Stop(10, 9.0, 3.0))),
    "requests[0].delivery.service: is not a number": problem(replace(ONE, delivery=Stop(10, service=nan))),
    "requests[0].delivery.place: 99 is outside the 31 places": problem(ride("a", 10, 99)),
    "requests[0].load: has 2 figures for 1 dimensions": problem(replace(ONE, load=(1, 1))),
    "requests[0].max_ride: -1 is negative": problem(replace(ONE, max_ride=-1.0)),
    "requests[0].apart: nobody is not a request": problem(replace(ONE, apart=frozenset({"nobody"}))),
    "requests[0].penalty: is infinite": problem(replace(ONE, penalty=inf)),
    "requests: a is there more than once": problem(ONE, ONE),
    "requests: there are none": problem(),
    "vehicles: there are none": problem(ONE, fleet=(bus(0),)),
    "vehicles[0].count: -1 is negative": problem(ONE, fleet=(bus(), replace(bus(-1), id="x"))[::-1]),
    "vehicles[0].configurations: there are none": problem(ONE, fleet=(replace(bus(), configurations=()),)),
    "vehicles[0].per_km: is not a number": problem(ONE, fleet=(bus(per_km=nan),)),
    "vehicles[0].shifts[0].close: 5 is before open 9": problem(ONE, fleet=(bus(shifts=(Shift(9, 5),)),)),
    "vehicles[0].shifts[1].open: is before the end": problem(ONE, fleet=(bus(shifts=(Shift(0, 9), Shift(5, 20))),)),
    "vehicles[0].shifts[0].rest.latest: 3": problem(ONE, fleet=(bus(shifts=(Shift(0, 9, Break(5, 3, 1)),)),)),
    "travel.duration[1][2]: is not a number": with_matrix(nan),
    "travel.duration[1][2]: the places are not connected": with_matrix(inf),
    "travel.duration[1][2]: is negative": with_matrix(-1.0),
    "travel.distance: must be square": replace(problem(ONE), travel=Travel(np.zeros((2, 3)), np.zeros((2, 3)))),
    "locks[0].vehicle: van/1 is not a vehicle": problem(ONE, locks=(Lock("a", "van/1"),)),
    "existing[0].request: z is not a request": problem(ONE, existing=(Assignment("z", "bus/1", 0.0),)),
    "absent: van/1 is not a vehicle": problem(ONE, absent=frozenset({"van/1"})),
    "weights.co2_kg: -1 is negative": problem(ONE, weights=Weights(co2_kg=-1.0)),
}


@pytest.mark.parametrize("message", BAD)
def test_what_cannot_be_meant_is_refused_and_the_field_named(message: str) -> None:
    with pytest.raises(InvalidProblemError) as refusal:
        check(BAD[message])
    assert message in str(refusal.value)


def test_li_lim_is_read() -> None:
    read_in = read_li_lim(LI_LIM, vehicle_cost=9.0)
    (request,) = read_in.requests
    assert (request.pickup, request.delivery) == (Stop(1, 0, 50, 1), Stop(2, 0, 60, 1))
    assert (request.load, read_in.travel.distance[0, 1], read_in.vehicles[0].fixed_cost) == ((5,), 5.0, 9.0)


def test_cordeau_is_read_with_ride_time_and_route_duration() -> None:
    read_in = read_cordeau(CORDEAU)
    assert [request.delivery.place for request in read_in.requests] == [3, 4]
    assert (read_in.requests[0].max_ride, read_in.vehicles[0].max_duration) == (30.0, 480.0)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2 10 1\n0 0 0\n", "line 2"),
        ("2 10 1\n0 0 0 0 0 100 0 0 x\n", "line 2"),
        (LI_LIM.replace("0 2\n", "0 7\n"), "row 1"),
        ("", "line 1"),
        ("1 9 480 3 30\n0 0 0 0 0 0 480\n1 1 0 3 1 0 480\n2 2 0 3 -1 0 480\n", "line 1"),
        ('{"requests": 5}', "requests: must be a list"),
        ('{"requests": [{"id": "a", "pickup": {}, "delivery": {}}]}', "requests[0].pickup.place: is missing"),
        ('{"requests": [],', "line 1"),
        (json.dumps(NATIVE | {"weights": {"cost": "much"}}), "weights.cost"),
        (json.dumps(NATIVE | {"weights": {"co2": 1}}), "weights.co2: is not a field here"),
        (json.dumps(NATIVE | {"request": []}), "request: is not a field here"),
        (json.dumps(NATIVE | {"requests": [NATIVE["requests"][0] | {"maxride": 9}]}), "requests[0].maxride"),
        (json.dumps(NATIVE | {"vehicles": [NATIVE["vehicles"][0] | {"per_mile": 9}]}), "vehicles[0].per_mile"),
        (json.dumps(NATIVE | {"travel": {"duration": [[0, None], [1]]}}), "travel.duration"),
        (json.dumps(NATIVE | {"travel": {"duration": 7}}), "travel.duration"),
    ],
)
def test_a_file_that_is_wrong_is_refused_and_the_place_named(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "wrong").write_text(text)
    with pytest.raises(InvalidProblemError) as refusal:
        read(tmp_path / "wrong")
    assert named in str(refusal.value)


def test_our_own_format_is_read() -> None:
    read_in = read_native(json.dumps(NATIVE))
    check(read_in)
    assert read_in.requests[0].delivery == Stop(2, 0.0, 60.0, 2.0)
    assert read_in.vehicles[0].shifts == (Shift(0, 300, Break(60, 200, 10)),)
    assert (read_in.locks, read_in.weights.rider_minute) == ((Lock("a", "bus/1"),), 1.0)


def test_every_field_of_the_reader_stands_in_the_schema_and_is_used_here() -> None:
    folder = Path(read_native.__code__.co_filename).parents[1] / "reference"
    schema = json.loads((folder / "problem.schema.json").read_text())
    validate(NATIVE, schema)
    with pytest.raises(ValidationError, match="maxride"):
        validate(NATIVE | {"requests": [NATIVE["requests"][0] | {"maxride": 9}]}, schema)
    assert set(NATIVE) <= set(schema["properties"])
    assert {"id", "load", "max_ride", "together"} <= set(schema["properties"]["requests"]["items"]["properties"])


def test_the_command_answers_in_json_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, svg, geo = tmp_path / "day.json", tmp_path / "day.svg", tmp_path / "day.geojson"
    file.write_text(json.dumps(NATIVE))
    arguments = ["--iterations", "50", "--seed", "2", "--json", "--svg", str(svg), "--geojson", str(geo)]
    assert main(["solve", str(file), *arguments, "--best-known", "20"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= {"vehicles", "distance", "cost", "feasible", "violations", "unserved", "routes", "gap"}
    assert told["feasible"]
    assert svg.read_text().count("<polyline") == told["vehicles"]
    assert len(json.loads(geo.read_text())["features"]) == len(told["routes"])


def test_the_command_refuses_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "day.json"
    file.write_text(json.dumps(NATIVE | {"vehicles": []}))
    assert main(["solve", str(file), "--iterations", "5"]) == 2
    assert "vehicles: there are none" in capsys.readouterr().err
