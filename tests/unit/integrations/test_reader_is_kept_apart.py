"""The process that reads strangers' documents knows no secret, starts nothing and writes no file."""

import sys

import pytest

from styr.integrations.core.reader_process import Reader, ReaderNotStartedError

_SERVES_UNLESS = """
import os, resource, sys
from styr.integrations.core import reader_process
if {fault}:
    sys.exit(1)
reader_process.serve()
"""


@pytest.mark.parametrize(
    "fault", ["any(name.startswith('STYR_') for name in os.environ)", "'DATABASE_URL' in os.environ"]
)
def test_the_reader_has_none_of_the_programs_environment(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STYR_TOKEN_KEY", "hemmelig")
    monkeypatch.setenv("DATABASE_URL", "hemmelig")
    Reader((sys.executable, "-c", _SERVES_UNLESS.format(fault=fault)), seconds=60).close()


def test_the_reader_writes_no_file() -> None:
    ends_if_limited = _SERVES_UNLESS.format(fault="False").replace(
        "reader_process.serve()",
        "before = reader_process.pickle.load\n"
        "def load(asked):\n"
        "    if resource.getrlimit(resource.RLIMIT_FSIZE) == (0, 0): sys.exit(1)\n"
        "    return before(asked)\n"
        "reader_process.pickle.load = load\n"
        "reader_process.serve()",
    )
    with pytest.raises(ReaderNotStartedError):
        Reader((sys.executable, "-c", ends_if_limited), seconds=60)
