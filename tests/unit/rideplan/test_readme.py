"""The README's examples run as they stand, one after the other."""

import json
import re
from pathlib import Path
from typing import Any

import rideplan
from rideplan.readers.native import read_native
from rideplan.solver import solve
from rideplan.stopping import Stop

TEXT = (Path(rideplan.__file__).parent / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)


def test_the_examples_run() -> None:
    names: dict[str, Any] = {}
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), names)  # noqa: S102  the project's own text
    result, compared = names["result"], names["compared"]
    assert result.feasible
    assert compared.shared.feasible


def test_the_smallest_file_is_planned() -> None:
    (smallest,) = blocks("json")
    assert solve(read_native(smallest), Stop(iterations=50)).feasible
    assert set(json.loads(smallest)) == {"requests", "vehicles", "travel"}


def test_nothing_of_the_program_is_imported() -> None:
    sources = Path(rideplan.__file__).parent.rglob("*.py")
    assert not [
        file for file in sources if re.search(r"^\s*(from|import) (styr|django)", file.read_text(), re.MULTILINE)
    ]
