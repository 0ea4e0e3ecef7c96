"""What to tell somebody whose grant was changed by another while they had it open."""

from typing import TypeVar
from uuid import UUID

from django import forms
from django.http import QueryDict

from styr.audit.queries import Change, record_history

PARTS = ("grants.ServiceLine", "grants.OwnRate", "grants.Absence", "grants.GrantStep")
Shown = TypeVar("Shown", bound=forms.Form)
_NOISE = frozenset({"udgave"})


def latest_change(grant_id: UUID) -> Change | None:
    """What a colleague did last; None when its unit is hidden."""
    found = history_of(grant_id, most=5)
    return found[0] if found else None


def history_of(grant_id: UUID, *, most: int = 200) -> tuple[Change, ...]:
    """The grant's history with that of its parts, the latest first, without the counting of versions; two queries."""
    found = record_history("grants.Grant", grant_id, parts=PARTS, most=most)
    return tuple(change for change in found if change.kind != "update" or _told(change))


def _told(change: Change) -> bool:
    return any(field.label not in _NOISE for field in change.fields) or not change.complete


def as_it_is_now(form: Shown, version: int) -> Shown:
    """The same form with what was written, about the grant as it is now."""
    written = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
    written["version"] = str(version)
    form.data = written
    return form
