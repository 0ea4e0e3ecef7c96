"""What falls due: the kinds, and how dates are grouped for whoever must keep them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

AHEAD_DAYS: Final = 180
LATE_DAYS: Final = 365


class Kind(StrEnum):
    """Whose date it is."""

    CONTRACT = "kontrakt"
    FOLLOW_UP = "opfoelgning"
    MUNICIPAL = "mellemkommunal"
    MEETING = "moede"

    @property
    def danish(self) -> str:
        """The tab's words."""
        return {
            "kontrakt": "Kontrakter",
            "opfoelgning": "Opfølgninger",
            "mellemkommunal": "Mellemkommunale krav",
            "moede": "Aftaler fra møder",
        }[self.value]

    @property
    def url_name(self) -> str:
        """The page that a deadline leads to."""
        return {
            "kontrakt": "contract",
            "opfoelgning": "grant",
            "mellemkommunal": "intermunicipal_raise",
            "moede": "meeting",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something must have been done.

    `number` is the contract's, the grant's, the municipality's that is to pay, or the supplier's name; never a
    citizen's. `keeper` is the colleague who keeps it, "" where nobody does.
    """

    due_on: date
    kind: Kind
    what: str
    number: str
    id: UUID
    late: bool
    keeper: str = ""

    @property
    def uid(self) -> str:
        """The same for the same deadline, whenever it is asked for."""
        return f"{self.kind.value}-{self.id}-{self.what}".lower().replace(" ", "-")


def grouped(rows: Iterable[Deadline], today: date) -> Iterator[tuple[str, list[Deadline]]]:
    """Group deadlines, in the order given: overdue, this week, the next month, later; empty groups are left out."""
    held: dict[str, list[Deadline]] = {"Overskredet": [], "De næste 7 dage": [], "De næste 30 dage": [], "Senere": []}
    for row in rows:
        held[_group(row.due_on, today)].append(row)
    yield from ((title, found) for title, found in held.items() if found)


def _group(due_on: date, today: date) -> str:
    if due_on < today:
        return "Overskredet"
    if due_on < today + timedelta(days=7):
        return "De næste 7 dage"
    return "De næste 30 dage" if due_on < today + timedelta(days=30) else "Senere"
