"""Settings of the tests; tests/conftest.py starts the database and fills in where it is."""

from styr.access.keys import Keys
from styr.config.settings.base import *  # noqa: F403 -- a settings module is its base plus what differs

SECRET_KEY = "tests keep nothing and serve nobody, so this may be read by all"  # noqa: S105 -- protects nothing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STYR_KEYS = Keys(cpr={1: b"1" * 32, 2: b"2" * 32}, cpr_index=b"i" * 32, token=b"t" * 32)
_UNKNOWN = {"ENGINE": "django.db.backends.postgresql", "HOST": "/nonexistent", "NAME": "styr"}
DATABASES = {alias: dict(_UNKNOWN) for alias in ("default", "owner", "backup")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the tests check rules, not the hash's slowness
