"""What an import hands over: one value per row of a register file, already read into proper types.

Period ends are exclusive (files say "til og med"); None is an empty cell. Sources' own numbers (`source_id`) are
what rows point at each other with; they are resolved to our ids in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, kw_only=True)
class CitizenRow:
    """A citizen (Danish: borger). `cpr` is ten digits; municipalities are the codes or names that the source uses."""

    source_id: str
    cpr: str
    first_name: str
    last_name: str
    unit_source_id: str
    address: str | None = None
    postal_code: str | None = None
    city: str | None = None
    protected_from: date | None = None
    protected_to: date | None = None
    acting_municipality: str | None = None
    paying_municipality: str | None = None
    moved_in: date | None = None
    moved_out: date | None = None
    died_on: date | None = None

    def __repr__(self) -> str:
        """Name the row without saying who it is about."""
        return f"CitizenRow(source_id={self.source_id!r})"


@dataclass(frozen=True, kw_only=True)
class GuardianRow:
    """A guardian (Danish: værge) of a citizen for a period; `kind` in the source's words."""

    citizen_source_id: str
    name: str
    kind: str
    starts: date
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class ConsentRow:
    """A consent (Danish: samtykke) to a purpose, given by the citizen or somebody for them, perhaps withdrawn."""

    citizen_source_id: str
    purpose: str
    given_by: str
    given_on: date
    withdrawn_on: date | None = None
