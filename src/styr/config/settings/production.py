"""Settings of production: everything comes from the environment, and what is missing stops the program."""

from styr.config.installation import Installation
from styr.config.settings.base import *  # noqa: F403 -- a settings module is its base plus what differs
from styr.config.settings.base import MIDDLEWARE as OF_EVERY_REQUEST
from styr.config.settings.base import STORAGES
from styr.config.settings.environment import read_environment
from styr.config.settings.logging_config import LOGGING, REQUEST_ID  # noqa: F401 -- LOGGING is a setting

_environment, STYR_KEYS = read_environment()
_databases = _environment.databases()

SECRET_KEY = _environment.secret_key.get_secret_value()
ALLOWED_HOSTS = [host.strip() for host in _environment.allowed_hosts.split(",") if host.strip()]
# A server of the program's own, when the environment names none.
INSTALLATION = Installation("production") if _databases is None else None
DATABASES = _databases or Installation("production").databases()
# A connection outlives its request, and with it the plans that the server keeps for it (`access.prepared`); it is asked
# whether it still lives before the next one.
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}

MIDDLEWARE = [REQUEST_ID, *OF_EVERY_REQUEST]

STYR_SECOND_FACTOR = _environment.second_factor

STATIC_ROOT = _environment.static_root
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _environment.https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _environment.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _environment.https else None
