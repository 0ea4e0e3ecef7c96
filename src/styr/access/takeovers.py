"""What an administrator does by which they could log in as somebody else: told to that person and to who reads logs."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from styr.access.core.permissions import Permission, roles_with
from styr.access.login_models import FactorChange
from styr.access.models import ApiKey, Membership, PasswordLink
from styr.access.queries import current


@dataclass(frozen=True, slots=True)
class Takeover:
    """A link to choose a password that was made for somebody, or a second factor that another took from them."""

    id: UUID
    user_id: UUID
    username: str
    is_link: bool
    happened_at: datetime


def takeovers(*, since: datetime) -> list[Takeover]:
    """Those that happened since, in the municipality in scope; seen by who administers and by jobs. Two queries."""
    links = PasswordLink.objects.filter(made_at__gte=since).select_related("user")
    taken = (
        FactorChange.objects.filter(changed_at__gte=since, added=False, changed_by__isnull=False)
        .exclude(changed_by=F("user_id"))
        .exclude(kind="recovery_codes")
        .select_related("user")
    )
    return [
        *(Takeover(one.id, one.user_id, one.user.username, is_link=True, happened_at=one.made_at) for one in links),
        *(Takeover(one.id, one.user_id, one.user.username, is_link=False, happened_at=one.changed_at) for one in taken),
    ]


def program_keys(*, since: datetime) -> list[Takeover]:
    """Keys that an administrator made for programs since. One query."""
    made = ApiKey.objects.filter(made_at__gte=since, user__is_program=True).select_related("user")
    return [Takeover(one.id, one.user_id, one.user.username, is_link=False, happened_at=one.made_at) for one in made]


def log_readers(*, on: date) -> list[UUID]:
    """Who may read the logs of the whole municipality on a day. One query."""
    held = Membership.objects.filter(
        current(on), role__in=roles_with(Permission.SEE_LOGS), unit=None, user__is_active=True
    )
    return list(held.values_list("user_id", flat=True).distinct())
