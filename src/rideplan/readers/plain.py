"""The two text formats of the public benchmarks."""

from math import inf

import numpy as np

from rideplan.model.fleet import Shift, VehicleType
from rideplan.model.problem import Problem, Travel
from rideplan.model.requests import Request, Stop
from rideplan.validation import FieldError, InvalidProblemError

_LI_LIM_COLUMNS = 9
_CORDEAU_COLUMNS = 7
_HEADER = {3: "li-lim", 5: "cordeau"}
Row = list[float]


def format_of(text: str) -> str:
    """Which of the two formats a text is: `li-lim` has three figures in its first line, `cordeau` five."""
    first = text.lstrip().split("\n", 1)[0].split()
    return _HEADER.get(len(first), "unknown")


def read_li_lim(text: str, *, vehicle_cost: float = 0.0, name: str = "") -> Problem:
    """Reads Li & Lim's pickup-and-delivery format; times equal Euclidean distances.

    Raises:
        InvalidProblemError: A line is not what the format says; the line is named.
    """
    header, rows = _figures(text, _LI_LIM_COLUMNS)
    depot, nodes = rows[0], {int(row[0]): row for row in rows}
    requests = tuple(
        Request(
            id=str(int(row[0])),
            pickup=_stop(row, at=int(row[0])),
            delivery=_stop(_partner(nodes, row), at=int(row[8])),
            load=(int(row[3]),),
        )
        for row in rows[1:]
        if row[8]
    )
    fleet = VehicleType(
        id="vehicle",
        count=int(header[0]),
        configurations=((int(header[1]),),),
        shifts=(Shift(depot[4], depot[5]),),
        fixed_cost=vehicle_cost,
    )
    return Problem(requests, (fleet,), _plane([(row[1], row[2]) for row in rows]), name=name)


def read_cordeau(text: str, *, name: str = "") -> Problem:
    """Reads Cordeau's dial-a-ride format, with or without a second depot row; loads may be above one.

    Raises:
        InvalidProblemError: A line is not what the format says; the line is named.
    """
    header, rows = _figures(text, _CORDEAU_COLUMNS)
    number = (len(rows) - 1) // 2
    if len(rows) < 3 or number not in (int(header[1]), int(header[1]) // 2):  # noqa: PLR2004  a depot and two ends
        raise InvalidProblemError([FieldError("line 1", f"names {header[1]:.0f} requests; {len(rows)} rows follow")])
    depot = rows[0]
    requests = tuple(
        Request(
            id=str(at),
            pickup=Stop(at, rows[at][5], rows[at][6], rows[at][3]),
            delivery=Stop(at + number, rows[at + number][5], rows[at + number][6], rows[at + number][3]),
            load=(int(rows[at][4]),),
            max_ride=header[4],
        )
        for at in range(1, number + 1)
    )
    fleet = VehicleType(
        id="vehicle",
        count=int(header[0]),
        configurations=((int(header[3]),),),
        shifts=(Shift(depot[5], depot[6]),),
        max_duration=header[2] or inf,
    )
    return Problem(requests, (fleet,), _plane([(row[1], row[2]) for row in rows]), name=name)


def _stop(row: Row, *, at: int) -> Stop:
    return Stop(at, row[4], row[5], row[6])


def _partner(nodes: dict[int, Row], row: Row) -> Row:
    found = nodes.get(int(row[8]))
    if found is None:
        raise InvalidProblemError([FieldError(f"row {row[0]:.0f}", f"its delivery {row[8]:.0f} is not in the file")])
    return found


def _plane(points: list[tuple[float, float]]) -> Travel:
    at = np.asarray(points, dtype=np.float64)
    matrix = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1])
    return Travel(distance=matrix, duration=matrix, positions=tuple(points))


def _figures(text: str, columns: int) -> tuple[Row, list[Row]]:
    lines = [(number, line.split()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    faults: list[FieldError] = []
    rows: list[Row] = []
    for position, (number, cells) in enumerate(lines):
        if position and len(cells) != columns:
            faults.append(FieldError(f"line {number}", f"has {len(cells)} figures, not {columns}"))
            continue
        try:
            rows.append([float(cell) for cell in cells])
        except ValueError:
            faults.append(FieldError(f"line {number}", "holds something that is not a figure"))
    if not faults and len(rows) < 2:  # noqa: PLR2004  a header and a depot
        faults.append(FieldError("line 1", "the file is empty"))
    if faults:
        raise InvalidProblemError(faults)
    return rows[0], rows[1:]
