"""The public instances and their best known values."""

import csv
from dataclasses import dataclass
from pathlib import Path

from rideplan.model.problem import Problem
from rideplan.readers.plain import read_cordeau, read_li_lim


@dataclass(frozen=True)
class Instance:
    """One instance; `best` is its best known cost, vehicles at `vehicle_cost` included."""

    name: str
    group: str
    problem: Problem
    best: float
    vehicle_cost: float


def load(folder: Path, *, chosen: set[str]) -> list[Instance]:
    """The instances of the folder, or those chosen by name."""
    found = [*_pickup_and_delivery(folder), *_dial_a_ride(folder)]
    return [row for row in found if not chosen or row.name in chosen]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def _pickup_and_delivery(folder: Path) -> list[Instance]:
    found = []
    for row in _rows(folder / "pdptw_bks.csv"):
        vehicles, distance = int(row["veh"]), float(row["dist"])
        text = (folder / "pdptw" / f"{row['inst']}.txt").read_text()
        cost = distance / vehicles
        problem = read_li_lim(text, vehicle_cost=cost, name=row["inst"])
        found.append(Instance(row["inst"], f"PDPTW {row['size']}", problem, 2 * distance, cost))
    return found


def _dial_a_ride(folder: Path) -> list[Instance]:
    return [
        Instance(
            row["instance"],
            "DARP",
            read_cordeau((folder / "darp" / f"{row['instance']}.txt").read_text(), name=row["instance"]),
            float(row["bks"]),
            0.0,
        )
        for row in _rows(folder / "darp_bks.csv")
    ]
