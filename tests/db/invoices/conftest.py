from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from exampletown.generate import generate
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.integrations.services import import_paths

TODAY = date(2026, 11, 21)
TOWN_ID = UUID("00000000-0000-7000-8000-000000000899")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small example municipality as files; the seed is one that nobody developed on."""
    folder = tmp_path_factory.mktemp("town") / "files"
    generate(folder, seed=104, scale=0.03, today=TODAY)
    return folder


@pytest.fixture
def town(administrator: psycopg.Connection, town_folder: Path) -> Iterator[Municipality]:
    """The example municipality's registers and invoices in the database, not yet matched; the test is in its scope."""
    town = Municipality(id=TOWN_ID, code="899", name="Eksempelbyen")
    administrator.execute(
        "INSERT INTO access_municipality (id, code, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [town.id, town.code, town.name],
    )
    import_paths(paths=[town_folder], municipality_id=town.id, actor="test", now=NOW, processes=0)
    with service_scope(town.id, "test"):
        yield town
