"""A cache that all processes share: in PostgreSQL, as JSON, reached through definer functions (0002_scope.sql)."""

import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from styr.access.tokens import call

_ALIAS = "default"
_FOREVER = 366 * 24 * 60 * 60.0


class SharedCache(BaseCache):
    """Django's cache for what is small and shared: the counts behind the limits on logging in.

    Values are JSON and never pickles, so whoever could write a row could not make the program run it. Writes belong to
    the request's transaction: two requests that count the same address or name wait for each other, and none is lost.
    """

    def __init__(self, location: str, params: dict[str, Any]) -> None:  # noqa: ARG002 -- Django's signature
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store unless the key is there; True when stored."""
        return self._put(key, value, timeout, version, only_new=True)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default when there is none or its time is up."""
        (found,) = call("SELECT styr_shared_get(%s)::text", [self.make_and_validate_key(key, version)], using=_ALIAS)
        return default if found is None else json.loads(str(found))

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Store, whatever was there."""
        self._put(key, value, timeout, version, only_new=False)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Give the key a new time; False when it is gone."""
        missing = object()
        value = self.get(key, missing, version)
        return value is not missing and self._put(key, value, timeout, version, only_new=False)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget the key; True when it was there."""
        name = self.make_and_validate_key(key, version)
        return call("SELECT styr_shared_delete(%s)", [name], using=_ALIAS) == (True,)

    def clear(self) -> None:
        """Refuse: the counts of others are not one process's to forget."""
        raise NotImplementedError("The shared counts are forgotten when their time is up.")

    def _put(self, key: str, value: Any, timeout: Any, version: int | None, *, only_new: bool) -> bool:
        name = self.make_and_validate_key(key, version)
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        lasts = _FOREVER if seconds is None else max(float(seconds), 0.0)
        stored = call(
            "SELECT styr_shared_set(%s, %s::jsonb, %s, %s)", [name, json.dumps(value), lasts, only_new], using=_ALIAS
        )
        return stored == (True,)
