"""Which example stands in the demonstration's database, and where its files lie."""

import json
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Self

from styr.config.postgres.kept_file import written_whole

_FOLDER = "eksempel"


@dataclass(frozen=True, slots=True)
class Example:
    """One example municipality: its seed, its scale, the day it was written for, and the mark of what made it."""

    seed: int
    scale: float
    written_for: date
    made_by: str = ""

    def folder(self, home: Path) -> Path:
        """Where its files lie; the answer key lies beside it and is never imported."""
        return home / _FOLDER / f"seed-{self.seed}-skala-{self.scale:g}"

    def is_same_as(self, other: Self | None) -> bool:
        """Whether the other is made alike of the same seed and scale; the day may differ, so that a town is kept."""
        return other is not None and other.seed == self.seed and other.scale == self.scale and self.is_made_as(other)

    def is_made_as(self, other: Self) -> bool:
        """Whether the program wrote such a town in the same way then."""
        return self.made_by == other.made_by


def remove_files(home: Path) -> None:
    """Take away the files of every example: none of them is the one that is made next."""
    shutil.rmtree(home / _FOLDER, ignore_errors=True)


def remembered(home: Path) -> Example | None:
    """The example that the database was made for, if there is one."""
    try:
        held = json.loads(_note(home).read_text(encoding="utf-8") or "null")
    except FileNotFoundError:
        return None
    if held is None:  # an empty note is what a kill left behind
        return None
    return Example(held["seed"], held["scale"], date.fromisoformat(held["written_for"]), held.get("made_by", ""))


def remember(home: Path, example: Example) -> None:
    """Note that the example has been begun; the import itself knows how far it came."""
    kept = asdict(example) | {"written_for": example.written_for.isoformat()}
    written_whole(_note(home), json.dumps(kept).encode())


def _note(home: Path) -> Path:
    return home / "eksempel.json"
