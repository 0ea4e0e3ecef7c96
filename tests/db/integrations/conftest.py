import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.integrations.services import ImportReport, import_paths

DATA = Path(__file__).parents[2] / "data" / "import"
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)

Importer = Callable[..., ImportReport]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small municipality's files, to be changed by the test."""
    target = tmp_path / "data"
    shutil.copytree(DATA, target, ignore=shutil.ignore_patterns("README.md"))
    return target


@pytest.fixture
def bring_in(municipality: Municipality) -> Importer:
    """Import paths into the test's municipality, in this process."""

    def run(*paths: Path, **options: Any) -> ImportReport:
        given = {"now": NOW, "actor": "test", "processes": 0, **options}
        return import_paths(paths=paths, municipality_id=municipality.id, **given)

    return run


@pytest.fixture
def seen(municipality: Municipality) -> Callable[[str], list[tuple[Any, ...]]]:
    """What a query finds in the municipality."""
    from django.db import connection

    def ask(sql: str) -> list[tuple[Any, ...]]:
        with service_scope(municipality.id, "test"), connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return ask
