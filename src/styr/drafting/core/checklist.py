"""The quality-assurance checklist (kvalitetssikring) as data: what must be looked at before a contract is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One item: the question, what to look for, whether it may be "not relevant", and what the program can tell."""

    code: str
    question: str
    help: str
    optional: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """The items in their order; a version of the list is kept with the answers."""

    version: str
    items: tuple[CheckItem, ...]

    def item(self, code: str) -> CheckItem | None:
        """The item of that code."""
        return next((one for one in self.items if one.code == code), None)


def checklist_of(written: Mapping[str, Any]) -> Checklist:
    """Read the list as it stands in `reference/checklist.toml`."""
    return Checklist(
        written["version"],
        tuple(
            CheckItem(one["code"], one["question"], one["help"], one.get("optional", False), one.get("evidence", ""))
            for one in written["item"]
        ),
    )
