"""Links with which somebody chooses a password (adgangskodelink): proved by the issuing key, used once, soon."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from styr.access import tokens
from styr.access.login_candidates import candidate
from styr.access.login_models import FactorChange
from styr.access.models import PasswordLink, User
from styr.access.scope import acting_as
from styr.kernel.refusal import Refusal

LASTS = timedelta(days=3)
APART = timedelta(days=7)
"""How long one administrator waits between a link to somebody and a reset of their second factors; another need not.

The database holds to the same (0013_two_administrators.sql).
"""


class UnableToMakeLinkError(Refusal):
    """The link, or what goes with it, cannot be made by that administrator; the message says why."""


class LinkNotValidError(Refusal):
    """The link is wrong, used or too old."""

    def __init__(self) -> None:
        super().__init__("Linket er brugt, udløbet eller ufuldstændigt. Bed kommunens administrator om et nyt.")


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom a link is for."""

    user_id: UUID
    municipality_id: UUID
    username: str


@transaction.atomic
def make_link(*, user_id: UUID, actor_id: UUID, now: datetime) -> str:
    """The secret of a link for somebody; their password, if they had one, no longer lets them in.

    Run by who administers. That it was made and by whom is kept (`PasswordLink`), and the link itself nowhere. Raises
    `UnableToMakeLinkError` for oneself, and for whoever lately reset the same person's second factors.
    """
    if user_id == actor_id:
        raise UnableToMakeLinkError("Du kan ikke lave et link til dig selv. Skift adgangskode under Min konto.")
    reset = FactorChange.objects.filter(
        user_id=user_id, changed_by=actor_id, added=False, changed_at__gt=now - APART
    ).exists()
    if reset:
        raise UnableToMakeLinkError(
            "Du har selv nulstillet personens ekstra login-trin for nylig. Lad en anden administrator lave linket, "
            f"eller vent {APART.days} dage."
        )
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if user.is_program:
        raise UnableToMakeLinkError("En systembruger har ingen adgangskode; den kommer ind med sin nøgle alene.")
    user.set_unusable_password()
    user.save(update_fields=["password"])
    expires = (now + LASTS).replace(microsecond=0)
    PasswordLink.objects.create(
        municipality_id=user.municipality_id, user=user, made_by=actor_id, made_at=now, expires_at=expires
    )
    told = f"{user.username}\n{int(expires.timestamp())}".encode()
    proof = _proof(user.username, user.password, expires)
    return f"{_written(told)}.{_written(proof)}"


def refuse_whoever_made_a_link(*, user_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Raise `UnableToMakeLinkError` when somebody lately made another a link to choose a password. One query."""
    if PasswordLink.objects.filter(user_id=user_id, made_by=actor_id, made_at__gt=now - APART).exists():
        raise UnableToMakeLinkError(
            "Du har selv lavet personens adgangskodelink for nylig. Lad en anden administrator nulstille trinnet, "
            f"eller vent {APART.days} dage."
        )


def opened(secret: str, *, now: datetime) -> Invited:
    """Whom the link is for; raises `LinkNotValidError`. Needs no scope: the one who asks has none yet."""
    told, _, proof = secret.partition(".")
    try:
        username, _, stamp = _read(told).decode().rpartition("\n")
        expires, shown = datetime.fromtimestamp(int(stamp), UTC), _read(proof)
    except (binascii.Error, ValueError, OverflowError, OSError):
        raise LinkNotValidError from None
    found = candidate(username) if expires > now and "\0" not in username else None
    if found is None or not found.is_active:
        raise LinkNotValidError
    if not hmac.compare_digest(_proof(username, found.password, expires), shown):
        raise LinkNotValidError
    return Invited(found.user_id, found.municipality_id, username)


@transaction.atomic
def choose_password(secret: str, *, password: str, now: datetime) -> None:
    """Set the password that the link's owner chose, which voids the link.

    Raises `LinkNotValidError`, and Django's `ValidationError` when the password is too weak.
    """
    who = opened(secret, now=now)
    grantee = tokens.Grantee(who.municipality_id, who.user_id, "password", may_write=True)
    token = tokens.issue(grantee, now=now, expires=now + timedelta(minutes=5))
    with acting_as(token):
        user = User.objects.select_for_update().get(pk=who.user_id)
        validate_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        PasswordLink.objects.filter(user=user, used_at__isnull=True).update(used_at=now)
    tokens.revoke(token)


def _proof(username: str, password: str, expires: datetime) -> bytes:
    """Bound to the stored password, so that the link is void once another is chosen."""
    return tokens.prove(f"password|{username}|{password}|{int(expires.timestamp())}")


def _written(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _read(text: str) -> bytes:
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
