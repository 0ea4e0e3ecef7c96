"""Which example stands in the demonstration's database, and where its files lie."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Self

from styr.config.postgres.kept_file import written_whole


@dataclass(frozen=True, slots=True)
class Example:
    """One example municipality: its seed, its scale, and the day it was written for."""

    seed: int
    scale: float
    written_for: date

    def folder(self, home: Path) -> Path:
        """Where its files lie; the answer key lies beside it and is never imported."""
        return home / "eksempel" / f"seed-{self.seed}-skala-{self.scale:g}"

    def is_same_as(self, other: Self | None) -> bool:
        """Whether the other is made with the same seed and scale; the day may differ, so that a town can be kept."""
        return other is not None and (self.seed, self.scale) == (other.seed, other.scale)


def remembered(home: Path) -> Example | None:
    """The example that the database was made for, if there is one."""
    try:
        held = json.loads(_note(home).read_text(encoding="utf-8") or "null")
    except FileNotFoundError:
        return None
    if held is None:  # an empty note is what a kill left behind
        return None
    return Example(held["seed"], held["scale"], date.fromisoformat(held["written_for"]))


def remember(home: Path, example: Example) -> None:
    """Note that the example has been begun; the import itself knows how far it came."""
    kept = asdict(example) | {"written_for": example.written_for.isoformat()}
    written_whole(_note(home), json.dumps(kept).encode())


def _note(home: Path) -> Path:
    return home / "eksempel.json"
