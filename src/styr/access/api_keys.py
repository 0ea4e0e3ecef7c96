"""Keys for other programs (API-nøgler): a token that lives long, for one user, with the permissions it was given.

The key is a token like a session's, so the database itself holds it to its owner's units and roles. The program keeps
its hash alone: a key is shown once, when it is made.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from styr.access import tokens
from styr.access.core.permissions import Permission
from styr.access.models import ApiKey, User
from styr.access.standing import standing
from styr.kernel.clock import danish_day
from styr.kernel.period import ONE_DAY
from styr.kernel.refusal import Refusal

PURPOSE = "api"
LONGEST = timedelta(days=365)
READS = frozenset(one for one in Permission if one.startswith("see_"))
"""The permissions that change nothing: a key with no others is held to reading by the database as well."""


class UnableToMakeKeyError(Refusal):
    """The key cannot be made as asked."""


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key that was shown: whose it is, and what both it and its owner's roles of the day allow."""

    user_id: UUID
    municipality_id: UUID
    name: str
    scopes: frozenset[Permission]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key in a list; the key itself is nowhere to be had. `last_day` is inclusive."""

    id: UUID
    name: str
    owner_id: UUID
    owner: str
    is_program: bool
    scopes: tuple[Permission, ...]
    made_at: datetime
    last_day: date
    revoked_at: datetime | None

    def opens(self, on: date) -> bool:
        """Whether it lets its program in on a day."""
        return self.revoked_at is None and on <= self.last_day


@transaction.atomic
def make_key(  # noqa: PLR0913 -- whose key, what for, what it opens, how long, and by whom
    *, user_id: UUID, name: str, scopes: Collection[Permission], last_day: date, actor_id: UUID, now: datetime
) -> tuple[UUID, str]:
    """Make a key for oneself, or as administrator for a program; return its id and the key itself, which is shown once.

    Nobody makes a person's key but that person, since whoever sees a key can be its owner; the database holds to the
    same (0014_programs.sql).

    Raises:
        UnableToMakeKeyError: the user is not there or is another person, the name is empty, no permission is given, the
            owner's roles do not give them, or the last day has passed or lies beyond what a key may last.
    """
    user = User.objects.filter(id=user_id, is_active=True).first()
    if user is None:
        raise UnableToMakeKeyError("Brugeren findes ikke, eller adgangen er lukket.")
    if user_id != actor_id and not user.is_program:
        raise UnableToMakeKeyError("En person laver selv sine nøgler under Min konto.")
    today = danish_day(now)
    held = standing(user_id=user_id, on=today).permissions
    lacking = sorted(one.danish for one in set(scopes) - held)
    if not name.strip() or not scopes:
        raise UnableToMakeKeyError("Giv nøglen et navn og mindst én rettighed.")
    if lacking:
        raise UnableToMakeKeyError(f"{user.name} må ikke selv {', '.join(lacking)}.")
    if not today <= last_day <= today + LONGEST:
        raise UnableToMakeKeyError("En nøgle gælder fra i dag og højst i et år.")
    writes = not READS.issuperset(scopes)
    grantee = tokens.Grantee(user.municipality_id, user_id, PURPOSE, may_write=writes)
    key = tokens.issue(grantee, now=now, expires=datetime.combine(last_day + ONE_DAY, time(), UTC))
    made = ApiKey.objects.create(
        municipality_id=user.municipality_id,
        user=user,
        name=name.strip(),
        scopes=sorted(scopes),
        token_hash=tokens.hashed(key),
        made_at=now,
        last_day=last_day,
    )
    return made.id, key


def present(key: str, *, today: date) -> HeldKey | None:
    """Show the key for the rest of the transaction; None, and nothing in scope, when it opens nothing. Two queries."""
    before = tokens.present(key)
    found = (
        ApiKey.objects.filter(token_hash=tokens.hashed(key), revoked_at=None, user__is_active=True)
        .select_related("user")
        .first()
    )
    if found is None:
        tokens.present(before)
        return None
    allowed = standing(user_id=found.user_id, on=today).permissions
    scopes = frozenset(Permission(one) for one in found.scopes if one in allowed)
    return HeldKey(found.user_id, found.municipality_id, found.name, scopes)


def scopes_of(user_id: UUID, *, on: date) -> list[Permission]:
    """What a key of somebody may be given on a day: what their roles give, in the order of `Permission`. One query."""
    held = standing(user_id=user_id, on=on).permissions
    return [one for one in Permission if one in held]


def key_lines(*, user_id: UUID | None = None) -> list[KeyLine]:
    """Return keys that the scope may see, of one user or all, the newest first. One query."""
    rows = ApiKey.objects.select_related("user").order_by("-made_at", "id")
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    return [
        KeyLine(
            id=row.id,
            name=row.name,
            owner_id=row.user_id,
            owner=row.user.name,
            is_program=row.user.is_program,
            scopes=tuple(Permission(one) for one in row.scopes if one in set(Permission)),
            made_at=row.made_at,
            last_day=row.last_day,
            revoked_at=row.revoked_at,
        )
        for row in rows
    ]


@transaction.atomic
def revoke_key(*, key_id: UUID, user_id: UUID | None = None, now: datetime) -> None:
    """End a key at once: of that user, or (None) whosever it is, which takes an administrator.

    Raises:
        UnableToMakeKeyError: there is no such key, or it has ended already.
    """
    wanted = Q(id=key_id, revoked_at=None) if user_id is None else Q(id=key_id, revoked_at=None, user_id=user_id)
    key = ApiKey.objects.select_for_update().filter(wanted).first()
    if key is None:
        raise UnableToMakeKeyError("Nøglen findes ikke, eller den er allerede lukket.")
    tokens.revoke_hashed(bytes(key.token_hash))
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
