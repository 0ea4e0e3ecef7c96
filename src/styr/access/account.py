"""What somebody sees of their own login, and what they may do to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa import app_settings  # type: ignore[import-untyped]  # allauth ships no types
from allauth.mfa.models import Authenticator  # type: ignore[import-untyped]  # as above
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.db import connection, transaction

from styr.access.login_models import FactorChange
from styr.access.models import User
from styr.access.password_links import refuse_whoever_made_a_link
from styr.access.staff import UnableToChangeUserError, end_sessions
from styr.kernel.refusal import Refusal

KINDS = {"totp": "Kodeapp", "webauthn": "Adgangsnøgle", "recovery_codes": "Nødkoder"}


class WrongPasswordError(Refusal):
    """The password that somebody gave as their own is not."""

    def __init__(self) -> None:
        super().__init__("Den nuværende adgangskode passer ikke.")


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor: an app ("totp") or a passkey ("webauthn") under the name its owner gave it."""

    id: int
    kind: str
    name: str
    made_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class FactorEvent:
    """That a factor came or went; `by_other` when an administrator took it away."""

    kind: str
    added: bool
    changed_at: datetime
    by_other: bool

    @property
    def danish(self) -> str:
        """What kind it was."""
        return KINDS.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody logs in: factors, spare codes left (None without any), and what changed."""

    factors: tuple[Factor, ...]
    spare_codes: int | None
    changes: tuple[FactorEvent, ...]

    @property
    def has_app(self) -> bool:
        """Whether an app is among them."""
        return any(factor.kind == "totp" for factor in self.factors)


def login_of(user_id: UUID) -> Login:
    """One's own login. Two queries."""
    held = list(Authenticator.objects.filter(user_id=user_id).order_by("created_at"))
    spare = next((one for one in held if one.type == "recovery_codes"), None)
    changes = FactorChange.objects.filter(user_id=user_id).order_by("-changed_at")[:5]
    return Login(
        tuple(_factor(one) for one in held if one.type != "recovery_codes"),
        None if spare is None else app_settings.RECOVERY_CODE_COUNT - int(spare.data["used_mask"]).bit_count(),
        tuple(FactorEvent(one.kind, one.added, one.changed_at, one.changed_by != user_id) for one in changes),
    )


@transaction.atomic
def change_password(*, user_id: UUID, current: str, wanted: str) -> User:
    """Give oneself another password, and end one's other sessions.

    Raises `WrongPasswordError`, and Django's `ValidationError` when the new one is too weak.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    if not check_password(current, user.password):
        raise WrongPasswordError
    validate_password(wanted, user)
    user.set_password(wanted)
    user.save(update_fields=["password"])
    end_sessions(user_id=user_id)
    return user


@transaction.atomic
def reset_factors(*, user_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Take away somebody's second factors, when a phone is lost, and end their sessions; by who administers.

    Raises `UnableToChangeUserError` when there are none, for one's own (those are taken away under Min konto), and for
    whoever lately made the same person a link to choose a password: both together make one able to be that person.
    """
    if user_id == actor_id:
        raise UnableToChangeUserError("Du kan ikke nulstille dit eget login-trin. Bed en anden administrator.")
    refuse_whoever_made_a_link(user_id=user_id, actor_id=actor_id, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT styr_reset_factors(%s)", [user_id])
        taken = int(cursor.fetchone()[0])
    if not taken:
        raise UnableToChangeUserError("Brugeren har ikke noget ekstra login-trin.")
    end_sessions(user_id=user_id)


def _factor(one: Authenticator) -> Factor:
    name = one.data.get("name") or KINDS["webauthn"] if one.type == "webauthn" else KINDS["totp"]
    return Factor(one.pk, one.type, name, one.created_at, one.last_used_at)
