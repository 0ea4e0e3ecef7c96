"""One town at full scale for the tests that only read it."""

from datetime import date
from pathlib import Path

import pytest

from exampletown.generate import generate

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a town at scale 1."""
    folder = tmp_path_factory.mktemp("eksempel") / "kommune"
    generate(folder, seed=20, scale=1.0, today=TODAY)
    return folder
