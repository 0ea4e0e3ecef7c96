"""How the tests are spread over processes: a file goes whole to one of them, and what takes longest goes first.

A file's tests share what is costly to prepare, so it is prepared once; and since nothing long is left to the end, no
process waits for another's.
"""

from pathlib import Path

import pytest
from xdist.remote import Producer  # type: ignore[import-untyped]  # xdist ships no types
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # as above

TOGETHER = ("tests/db/invoices/", "tests/unit/exampletown/")
"""Folders whose files share a prepared municipality: each goes whole to one process."""
APART = ("tests/web/test_every_page.py",)
"""Files whose tests are long and share nothing: each test goes by itself."""
LONGEST = (
    *("tests/db/config/test_first_login.py", "tests/db/integrations/test_undo.py", "tests/web/test_the_job.py"),
    *("tests/web/test_every_page.py", "tests/db/invoices/", "tests/crash/", "tests/matrix/", "tests/unit/exampletown/"),
    *("tests/unit/supervisor/", "tests/db/access/", "tests/db/integrations/", "tests/db/controls/", "tests/web/"),
    *("tests/unit/invoices/", "tests/unit/integrations/", "tests/db/audit/", "tests/unit/reconciliation/"),
)
"""What takes longest, first; the rest follows as it is collected."""


def place(file: str) -> int:
    """Where a file stands in the order of the run."""
    return next((index for index, start in enumerate(LONGEST) if file.startswith(start)), len(LONGEST))


def longest_first(items: list[pytest.Item], root: Path) -> None:
    """Put the collected tests in the order in which they are handed out."""
    items.sort(key=lambda item: place(item.path.relative_to(root).as_posix()))


class ByFile(LoadScopeScheduling):  # type: ignore[misc]  # its base has no types
    """Hands out files in the order of the collection."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file in APART:
            return nodeid
        return next((folder for folder in TOGETHER if file.startswith(folder)), file)
