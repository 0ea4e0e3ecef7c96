from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from exampletown.generate import generate
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.integrations.services import import_paths

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small example municipality as files; the seed is one that nobody developed on."""
    folder = tmp_path_factory.mktemp("town") / "files"
    generate(folder, seed=104, scale=0.03, today=TODAY)
    return folder


@pytest.fixture
def town(municipality: Municipality, town_folder: Path) -> Iterator[Municipality]:
    """The example municipality's registers and invoices in the database, not yet matched; the test is in its scope."""
    import_paths(paths=[town_folder], municipality_id=municipality.id, actor="test", now=NOW, processes=0)
    with service_scope(municipality.id, "test"):
        yield municipality
