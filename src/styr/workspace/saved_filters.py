"""Saved filters: a list's address under a name, one's own or shared with one's unit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q

from styr.kernel.refusal import Refusal
from styr.ui.sealed_words import is_sealed, seal
from styr.workspace.models import SavedFilter

LONGEST_QUERY: Final = 2000
LONGEST_NAME: Final = 80
MOST: Final = 50
_NOT_KEPT: Final = frozenset({"side", "hent"})
_FREE: Final = frozenset({"q", "navn"})
"""The words of lists in which somebody writes a name."""


class UnableToSaveFilterError(Refusal):
    """The filter cannot be saved as asked; the message is fit to show a user."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved filter as menus show it; `mine` may be shared and deleted, `address` opens the list."""

    id: UUID
    name: str
    page: str
    query: str
    mine: bool
    shared: bool
    by: str

    @property
    def address(self) -> str:
        """The list with the filter; in those saved before words were sealed, they are sealed here."""
        return f"{self.page}?{kept_words(self.query)}"


def filters_of(*, user_id: UUID, page: str | None = None) -> tuple[Saved, ...]:
    """The filters that a person may use, their own first; of one list or of all. One query."""
    rows = SavedFilter.objects.filter(Q() if page is None else Q(page=page)).select_related("user")
    found = [
        Saved(row.id, row.name, row.page, row.query, row.user_id == user_id, row.shared, row.user.name) for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.page, not one.mine, one.name.casefold())))


@transaction.atomic
def save_filter(  # noqa: PLR0913 - one use case, all by keyword
    *, municipality_id: UUID, user_id: UUID, page: str, name: str, query: str, now: datetime
) -> UUID:
    """Save the list's address under a name; the same name again replaces the filter. Returns its id.

    Raises:
        UnableToSaveFilterError: no name, too long, or fifty are saved already.
    """
    called = " ".join(name.split())
    kept = kept_words(query)
    if not called:
        raise UnableToSaveFilterError("Giv filteret et navn.")
    if len(called) > LONGEST_NAME or len(kept) > LONGEST_QUERY:
        raise UnableToSaveFilterError("Navnet eller filteret er for langt til at gemme.")
    mine = SavedFilter.objects.filter(user_id=user_id, page=page)
    if mine.exclude(name=called).count() >= MOST:
        raise UnableToSaveFilterError(f"Der kan gemmes {MOST} filtre på en liste. Slet et, du ikke bruger.")
    saved, _ = SavedFilter.objects.update_or_create(
        user_id=user_id,
        page=page,
        name=called,
        defaults={"municipality_id": municipality_id, "query": kept, "made_at": now},
    )
    return saved.id


def delete_filter(*, filter_id: UUID, user_id: UUID) -> bool:
    """Delete one's own filter; False when it is not there any more."""
    deleted, _ = SavedFilter.objects.filter(id=filter_id, user_id=user_id).delete()
    return deleted > 0


@transaction.atomic
def share_filter(*, filter_id: UUID, user_id: UUID, shared: bool, on: date) -> bool:
    """Share one's own filter with one's unit (with everybody, for whoever works everywhere), or take it back."""
    unit_id = _unit_of(user_id, on) if shared else None
    return SavedFilter.objects.filter(id=filter_id, user_id=user_id).update(shared=shared, unit_id=unit_id) > 0


def _unit_of(user_id: UUID, on: date) -> UUID | None:
    """The unit that somebody shares with: that of their longest-standing role; None when a role is everywhere."""
    held = get_user_model().objects.filter(
        Q(memberships__ends__isnull=True) | Q(memberships__ends__gt=on), id=user_id, memberships__starts__lte=on
    )
    units = list(held.order_by("memberships__starts").values_list("memberships__unit_id", flat=True))
    return units[0] if units and None not in units else None


def kept_words(query: str) -> str:
    """The filter's words without the page's number and such, written as an address writes them; names are sealed."""
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=False, max_num_fields=100)
    kept = [(name, value) for name, value in pairs if name not in _NOT_KEPT and "\0" not in value]
    return urlencode([(name, seal(value) if name in _FREE and not is_sealed(value) else value) for name, value in kept])
