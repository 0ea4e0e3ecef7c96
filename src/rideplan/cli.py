"""`python -m rideplan solve FILE`."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rideplan.answer import as_json
from rideplan.drawing.geojson import draw_geojson
from rideplan.drawing.svg import draw_svg
from rideplan.model.plan import Result
from rideplan.model.problem import Problem
from rideplan.readers.files import read
from rideplan.solver import solve
from rideplan.stopping import Stop
from rideplan.validation import InvalidProblemError

_REFUSED = 2


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    made = argparse.ArgumentParser(prog="rideplan", description="Plans shared rides.")
    command = made.add_subparsers(dest="command", required=True).add_parser("solve", help="plan the rides of a file")
    command.add_argument("file", type=Path, help="Li & Lim, Cordeau, or the library's own JSON")
    command.add_argument("--seconds", type=float, default=None, help="CPU-seconds (default 10)")
    command.add_argument("--iterations", type=int, default=None, help="steps; alone, a seed gives the same plan")
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--vehicle-cost", type=float, default=None, help="cost of a vehicle in a Li & Lim file")
    command.add_argument("--best-known", type=float, default=None, help="a cost to state the gap to")
    command.add_argument("--json", action="store_true", help="everything, as JSON")
    command.add_argument("--svg", type=Path, default=None, help="draw the routes here")
    command.add_argument("--geojson", type=Path, default=None, help="write the routes for a map here")
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 2 where the file or an argument is refused."""
    chosen = parser().parse_args(arguments)
    seconds = chosen.seconds if chosen.seconds is not None else 10.0
    if chosen.iterations is not None and chosen.seconds is None:
        seconds = float("inf")
    try:
        problem = read(chosen.file, vehicle_cost=chosen.vehicle_cost)
        result = solve(problem, Stop(seconds=seconds, iterations=chosen.iterations), seed=chosen.seed)
    except (InvalidProblemError, OSError) as refusal:
        sys.stderr.write(f"{chosen.file}: {refusal}\n")
        return _REFUSED
    _draw(chosen, problem, result)
    told = as_json(result, best_known=chosen.best_known)
    sys.stdout.write(json.dumps(told) + "\n" if chosen.json else _summary(result))
    return 0


def _draw(chosen: argparse.Namespace, problem: Problem, result: Result) -> None:
    if chosen.svg:
        chosen.svg.write_text(draw_svg(problem, result.routes), encoding="utf-8")
    if chosen.geojson:
        chosen.geojson.write_text(draw_geojson(problem, result.routes), encoding="utf-8")


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
