"""Names of the citizens that rows are about; whoever is shown is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from django.urls import NoReverseMatch, reverse

from styr.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from styr.people.queries import CitizenLine

OTHER_UNIT = "Borger i en anden enhed"
NOBODY = "Ikke på en borger"


class AboutCitizen(Protocol):
    """A row that may be about a citizen."""

    @property
    def citizen_id(self) -> UUID | None: ...  # noqa: D102 - as it says


R = TypeVar("R", bound=AboutCitizen)


@dataclass(frozen=True, slots=True)
class Named(Generic[R]):
    """A row with its citizen's name; an id that the caller may not see has none."""

    row: R
    citizen: CitizenLine | None

    @property
    def name(self) -> str:
        """The name, or why there is none."""
        if self.citizen is not None:
            return self.citizen.name
        return OTHER_UNIT if self.row.citizen_id else NOBODY

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


def named(rows: Iterable[R], *, page: str, purpose: str, today: date) -> list[Named[R]]:
    """The rows with their citizens, and log that `page` showed them; two queries, none for no rows."""
    held = list(rows)
    ids = {row.citizen_id for row in held if row.citizen_id is not None}
    lines = people.citizen_lines(citizen_ids=ids, page=page, purpose=purpose, today=today) if ids else {}
    return [Named(row, lines.get(row.citizen_id) if row.citizen_id else None) for row in held]


def citizen_address(citizen_id: UUID | None, year: int) -> str:
    """The citizen's economy of the year; "" where nobody is meant or the page is not there."""
    if citizen_id is None:
        return ""
    try:
        return reverse("citizen_economy", args=[citizen_id]) + f"?aar={year}"
    except NoReverseMatch:
        return ""
