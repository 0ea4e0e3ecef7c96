"""The example's own buses: three that drive where few ride, half empty on purpose, and one that nobody has priced."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

from exampletown.generate import make_town
from exampletown.own_buses import HALF_EMPTY, write_own_buses
from exampletown.transport_files import town_transport

TODAY = date(2026, 11, 22)


def test_three_buses_drive_where_few_ride_and_every_line_is_of_a_bus_of_the_town(tmp_path: Path) -> None:
    town = make_town(3, 0.05, TODAY)
    made = town_transport(3, 0.05, town)
    write_own_buses(tmp_path, town, made)
    told = {
        name: list(csv.DictReader(StringIO((tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
        for name in ("faste vogne", "vognudgifter", "kørebog")
    }
    places = {row["vogn"]: row["sted_nr"] for row in told["faste vogne"]}
    (few,) = {places[name] for name in HALF_EMPTY}
    riders = [
        ride for ride in made.rides
        if ride.operator.kind == "own" and ride.destination is not None and ride.destination.number == few
    ]  # fmt: skip
    assert 0 < len(riders) <= 12, "of twenty-four seats"
    assert {row["vogn"] for row in told["kørebog"]} >= set(HALF_EMPTY)
    assert "Bus 8, Klubben Strandskaden" not in {row["vogn"] for row in told["vognudgifter"]}
    assert all(row["kl_fra"] < row["kl_til"] for row in told["kørebog"])
