"""Reads a problem from a file, whichever of the three formats it has."""

from pathlib import Path

from rideplan.model.problem import Problem
from rideplan.readers.native import read_native
from rideplan.readers.plain import format_of, read_cordeau, read_li_lim
from rideplan.validation import FieldError, InvalidProblemError


def read(path: Path, *, vehicle_cost: float | None = None) -> Problem:
    """Reads a file.

    Args:
        path: Li & Lim, Cordeau or the library's own JSON.
        vehicle_cost: What a vehicle costs in a Li & Lim file. Without it, ten times the longest drive: the benchmark
            counts vehicles before distance.

    Raises:
        InvalidProblemError: The file is none of these, or a field in it is wrong.
        OSError: It cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidProblemError([FieldError("file", "is not a text file")]) from error
    if text.lstrip().startswith("{"):
        return read_native(text)
    match format_of(text):
        case "li-lim":
            return read_li_lim(text, vehicle_cost=_vehicle_cost(text, vehicle_cost), name=path.stem)
        case "cordeau":
            return read_cordeau(text, name=path.stem)
    raise InvalidProblemError([FieldError("line 1", "neither Li & Lim (3 figures), Cordeau (5) nor JSON")])


def _vehicle_cost(text: str, given: float | None) -> float:
    if given is not None:
        return given
    return 10.0 * float(read_li_lim(text).travel.distance.max())
