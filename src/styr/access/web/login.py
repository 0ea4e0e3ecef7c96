"""Local login: a password gives half a login, which opens nothing; the session's token comes when all is shown."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter  # type: ignore[import-untyped]  # allauth ships no types
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from styr.access import tokens
from styr.access.core.login_messages import MESSAGES
from styr.access.core.roles import Role
from styr.access.login_candidates import candidate
from styr.access.models import User
from styr.access.queries import half_roles
from styr.kernel.clock import now

SESSION_TOKEN = "styr_token"  # noqa: S105 -- the name of a session entry
HALF = "second_factor"  # the purpose of half a login: 0011_second_factor.sql says what it opens
ENROLMENT = "enrolment"  # of half a login by somebody who has no second factor yet, and makes one
_HALF_LASTS = timedelta(minutes=15)


class ScopedBackend(BaseBackend):
    """Checks a name and a password; the session then holds half a login, until `LocalAccounts.login` completes it."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: object
    ) -> User | None:
        """The person, whose own line alone is in scope; None when name or password is wrong.

        Somebody who is logged in and shows their password again keeps the scope they have.
        """
        if not username or password is None:
            return None
        found = candidate(username)
        if found is None:
            make_password(password)  # as slow as a real check, so that names cannot be told apart by time
            return None
        if not (check_password(password, found.password) and found.is_active):
            return None
        if request is None or not request.user.is_authenticated:
            hold_half(request, found.user_id, found.municipality_id, HALF)
            if settings.STYR_LOCAL_LOGIN == "administrators" and Role.ADMINISTRATOR not in half_roles():
                return None
        return self.get_user(found.user_id)

    def get_user(self, user_id: UUID | str) -> User | None:
        """The person of the session, if the token in scope sees them."""
        return User.objects.filter(pk=user_id, is_active=True).first()


class LocalAccounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Login without sign-up: users are made by their municipality's administrator."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Brugernavn eller adgangskode passer ikke. Prøv igen.",
        "too_many_login_attempts": "Der er for mange mislykkede forsøg. Vent fem minutter, og prøv igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        """Never."""
        return False

    def get_login_stages(self) -> list[str]:
        """What stands between the password and the session: the second factor, and making one where it is required."""
        return [*super().get_login_stages(), "styr.access.web.second_factor.stage.EnrolmentStage"]

    def login(self, request: HttpRequest, user: User) -> None:
        """Every stage is through: issue the session's token, and end the half login's."""
        half = request.session.get(SESSION_TOKEN)
        token = issue_session_token(user_id=user.id, municipality_id=user.municipality_id)
        tokens.present(token)
        super().login(request, user)
        request.session[SESSION_TOKEN] = token
        if isinstance(half, str):
            tokens.revoke(half)

    def add_message(self, request: HttpRequest, level: int, message_template: str = "", *_: Any, **more: Any) -> None:
        """Say it in our own words, or not at all."""
        told = more.get("message") or MESSAGES.get(message_template)
        if told:
            super().add_message(request, level, message=told)

    def logout(self, request: HttpRequest) -> None:
        """End the token with the session."""
        token = request.session.get(SESSION_TOKEN)
        super().logout(request)
        if isinstance(token, str):
            tokens.revoke(token)


def hold_half(request: HttpRequest | None, user_id: UUID, municipality_id: UUID, purpose: str) -> None:
    """Give the session half a login in place of what it had, and show it for the rest of the transaction."""
    issued = now()
    grantee = tokens.Grantee(municipality_id, user_id, purpose, may_write=False)
    token = tokens.issue(grantee, now=issued, expires=issued + _HALF_LASTS)
    tokens.present(token)
    session = getattr(request, "session", None)
    if session is None:
        return
    before = session.get(SESSION_TOKEN)
    if isinstance(before, str):
        tokens.revoke(before)
    session[SESSION_TOKEN] = token


def issue_session_token(*, user_id: UUID, municipality_id: UUID) -> str:
    """Make a token for a person who has proved who they are."""
    issued = now()
    grantee = tokens.Grantee(municipality_id, user_id, "session", may_write=True)
    return tokens.issue(grantee, now=issued, expires=issued + timedelta(seconds=settings.SESSION_COOKIE_AGE))
