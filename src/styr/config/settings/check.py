"""Settings for type checking and for commands that need no database (`read-invoice`, `plan`)."""

from typing import Any

from styr.access.keys import Keys
from styr.config.settings.base import *  # noqa: F403 -- a settings module is its base plus what differs
from styr.config.settings.base import INSTALLED_APPS as EVERY_APP

# Nobody logs in here, and allauth's models ship no types.
INSTALLED_APPS = [app for app in EVERY_APP if not app.startswith("allauth")]
SECRET_KEY = "only-for-commands-that-keep-nothing-and-serve-nothing"  # noqa: S105 -- protects nothing
ALLOWED_HOSTS: list[str] = []
STYR_KEYS: Keys | None = None
INSTALLATION: Any = None  # an `installation.Installation` where the program runs a server of its own
_NOWHERE = {"ENGINE": "django.db.backends.postgresql", "HOST": "/nonexistent", "NAME": "none"}
DATABASES = {"default": _NOWHERE, "owner": _NOWHERE, "backup": _NOWHERE}
