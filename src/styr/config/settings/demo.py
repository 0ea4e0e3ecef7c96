"""Settings of the demonstration: one machine, a PostgreSQL of its own, secrets made at the first start."""

import os

from styr.config.installation import Installation, local_secrets
from styr.config.settings.base import *  # noqa: F403 -- a settings module is its base plus what differs
from styr.config.settings.base import MIDDLEWARE as OF_EVERY_REQUEST
from styr.config.settings.logging_config import LOGGING, REQUEST_ID  # noqa: F401 -- LOGGING is a setting

INSTALLATION = Installation("demo", os.environ.get("DATABASE_URL") or None)
_secrets = local_secrets(INSTALLATION.home)

SECRET_KEY = _secrets.secret_key
STYR_KEYS = _secrets.keys
DATABASES = INSTALLATION.databases()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
WHITENOISE_USE_FINDERS = True
MIDDLEWARE = [REQUEST_ID, *OF_EVERY_REQUEST]
