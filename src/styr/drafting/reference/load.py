"""The checklist as it comes with the program."""

import tomllib
from functools import cache
from pathlib import Path

from styr.drafting.core.checklist import Checklist, checklist_of

_HERE = Path(__file__).parent


@cache
def checklist() -> Checklist:
    """The checklist's newest version."""
    return checklist_of(tomllib.loads((_HERE / "checklist.toml").read_text("utf-8")))
