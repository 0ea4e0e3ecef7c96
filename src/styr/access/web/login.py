"""Local login: the user is found and checked before there is a token, then the session gets one."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter  # type: ignore[import-untyped]  # allauth ships no types
from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from styr.access import tokens
from styr.access.login_candidates import candidate
from styr.access.models import User
from styr.kernel.clock import now

SESSION_TOKEN = "styr_token"  # noqa: S105 -- the name of a session entry


class ScopedBackend(BaseBackend):
    """Checks a name and a password, and lets the session in as that person."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: object
    ) -> User | None:
        """The person, now in scope for the rest of the transaction; None when name or password is wrong."""
        if not username or password is None:
            return None
        found = candidate(username)
        if found is None:
            make_password(password)  # as slow as a real check, so that names cannot be told apart by time
            return None
        if not (check_password(password, found.password) and found.is_active):
            return None
        token = issue_session_token(user_id=found.user_id, municipality_id=found.municipality_id)
        tokens.present(token)
        if request is not None:
            request.META[SESSION_TOKEN] = token
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

    def login(self, request: HttpRequest, user: User) -> None:
        """Log in, and keep the token in the new session."""
        super().login(request, user)
        token = request.META.pop(SESSION_TOKEN, None)
        if token is not None:
            request.session[SESSION_TOKEN] = token

    def logout(self, request: HttpRequest) -> None:
        """End the token with the session."""
        token = request.session.get(SESSION_TOKEN)
        super().logout(request)
        if isinstance(token, str):
            tokens.revoke(token)


def issue_session_token(*, user_id: UUID, municipality_id: UUID) -> str:
    """Make a token for a person who has proved who they are."""
    issued = now()
    grantee = tokens.Grantee(municipality_id, user_id, "session", may_write=True)
    return tokens.issue(grantee, now=issued, expires=issued + timedelta(seconds=settings.SESSION_COOKIE_AGE))
