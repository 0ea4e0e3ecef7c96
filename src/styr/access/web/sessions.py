"""Browser sessions that only their own key opens: no role and no backup can read the table behind them."""

import contextlib
from datetime import timedelta
from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError

from styr.access.tokens import call
from styr.access.web.session_cipher import opened, sealed
from styr.kernel.clock import now

_ALIAS = "default"


class SessionStore(SessionBase):
    """Sessions in PostgreSQL under the SHA-256 of their key, reached through definer functions (0002_scope.sql).

    Their contents, the token among them, are encrypted under a key made of the cookie's and the program's.
    """

    def load(self) -> dict[str, Any]:
        """The session's contents; an unknown or expired key gives an empty session with no key.

        So does a session from before the issuing key was changed: its person logs in again.
        """
        if self.session_key is not None:
            (data,) = call("SELECT styr_session_load(%s)", [self.session_key], using=_ALIAS)
            plain = opened(data, self.session_key) if isinstance(data, str) else None
            if plain is not None:
                return self.decode(plain)
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        """True when the key opens a session."""
        (data,) = call("SELECT styr_session_load(%s)", [session_key], using=_ALIAS)
        return data is not None

    def create(self) -> None:
        """Store under a new key."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # Django's own, untold by the stubs
            with contextlib.suppress(CreateError):
                self.save(must_create=True)
                self.modified = True
                return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 -- Django's signature
        """Store; raises `CreateError` when the key is taken and `UpdateError` when the session is gone."""
        if self.session_key is None:
            self.create()
            return
        held = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # as above
        data = sealed(self.encode(held), self.session_key)
        expires = now() + timedelta(seconds=self.get_expiry_age())
        saved = call(
            "SELECT styr_session_save(%s, %s, %s, %s)", [self.session_key, data, expires, must_create], using=_ALIAS
        )
        if saved != (True,):
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """Forget the session."""
        key = session_key or self.session_key
        if key is not None:
            call("SELECT styr_session_delete(%s)", [key], using=_ALIAS)

    @classmethod
    def clear_expired(cls) -> None:
        """Forget sessions past their time, and tokens a month past theirs."""
        call("SELECT styr_forget_expired()", [], using=_ALIAS)
