"""`python -m rideplan solve FILE`."""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import inf
from pathlib import Path

import numpy as np

from rideplan.answer import as_json
from rideplan.drawing.geojson import draw_geojson
from rideplan.drawing.svg import draw_svg
from rideplan.large import solve_large
from rideplan.model.fleet import VehicleType
from rideplan.model.plan import Result
from rideplan.model.problem import Problem, Travel
from rideplan.model.requests import Request
from rideplan.model.requests import Stop as Place
from rideplan.readers.files import read
from rideplan.solver import solve
from rideplan.stopping import Stop
from rideplan.validation import InvalidProblemError

_REFUSED = 2
_TINY = Problem(
    (Request("a", Place(0), Place(0)),), (VehicleType("bus", 1, ((1,),)),), Travel(np.zeros((1, 1)), np.zeros((1, 1)))
)


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(prog="rideplan", description="Plans shared rides.")
    commands = made.add_subparsers(dest="command", required=True)
    commands.add_parser("warm", help="compile the inner loops now, so that the first plan need not wait for it")
    command = commands.add_parser("solve", help="plan the rides of a file")
    command.add_argument("file", type=Path, help="Li & Lim, Cordeau, or the library's own JSON")
    command.add_argument("--seconds", type=float, default=None, help="CPU-seconds (default 10)")
    command.add_argument("--iterations", type=int, default=None, help="steps; alone, a seed gives the same plan")
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--workers", type=int, default=1, help="processes for a plan of thousands; never changes it")
    command.add_argument("--vehicle-cost", type=float, default=None, help="cost of a vehicle in a Li & Lim file")
    command.add_argument("--best-known", type=float, default=None, help="a cost to state the gap to")
    command.add_argument("--json", action="store_true", help="everything, as JSON")
    command.add_argument("--svg", type=Path, default=None, help="draw the routes here")
    command.add_argument("--geojson", type=Path, default=None, help="write the routes for a map here")
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What one command asks for."""

    file: Path
    seconds: float | None = None
    iterations: int | None = None
    seed: int = 0
    workers: int = 1
    vehicle_cost: float | None = None
    svg: Path | None = None
    geojson: Path | None = None

    def stop(self) -> Stop:
        """Ten CPU-seconds where nothing is said; iterations alone make no use of the clock."""
        seconds = inf if self.iterations is not None else 10.0
        return Stop(seconds=self.seconds if self.seconds is not None else seconds, iterations=self.iterations)


def carry_out(order: Order) -> Result:
    """Reads the file, plans its rides and draws them where asked to.

    Raises:
        InvalidProblemError: The file or a field of it cannot be meant.
        OSError: A file cannot be read or written.
    """
    problem = read(order.file, vehicle_cost=order.vehicle_cost)
    result = solve_large(problem, order.stop(), seed=order.seed, workers=order.workers)
    if order.svg:
        order.svg.write_text(draw_svg(problem, result.routes), encoding="utf-8")
    if order.geojson:
        order.geojson.write_text(draw_geojson(problem, result.routes), encoding="utf-8")
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 2 where the file or an argument is refused."""
    chosen = vars(parser().parse_args(arguments))
    if chosen["command"] == "warm":
        solve(_TINY, Stop(iterations=1))
        return 0
    order = Order(**{field.name: chosen[field.name] for field in fields(Order)})
    try:
        result = carry_out(order)
    except (InvalidProblemError, OSError) as refusal:
        sys.stderr.write(f"{order.file}: {refusal}\n")
        return _REFUSED
    told = as_json(result, best_known=chosen["best_known"])
    sys.stdout.write(json.dumps(told) + "\n" if chosen["json"] else _summary(result))
    return 0


def _summary(result: Result) -> str:
    lines = [
        f"vehicles {result.vehicles}  distance {result.distance:.2f}  cost {result.cost:.2f}",
        "legal" if result.feasible else "not legal",
    ]
    if result.estimated:
        lines.append("travel times are estimated")
    lines += [f"broken {row.constraint}: {row.subject} {row.detail}" for row in result.violations]
    lines += [f"not driven {row.request}: {row.reason}, {row.detail}" for row in result.unserved]
    for route in result.routes:
        stops = " ".join(f"{visit.kind.value[0]}{visit.request}@{visit.time:.1f}" for visit in route.visits)
        lines.append(f"{route.vehicle} {route.start:.1f}-{route.end:.1f}: {stops}")
    return "\n".join(lines) + "\n"
