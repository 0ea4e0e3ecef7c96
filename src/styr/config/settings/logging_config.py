"""Logging in the demonstration and in production: to stderr, where the machine's own log picks it up."""

from typing import Any

REQUEST_ID = "styr.config.logs.RequestIdMiddleware"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "styr.config.logs.RequestFilter"}},
    "formatters": {
        "masked": {
            "()": "styr.config.logs.MaskingFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(styr_request)s] %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["request"], "formatter": "masked"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers would write a second time, unmasked, or mail the administrators.
    "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server", "procrastinate")},
}
