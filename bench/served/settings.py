"""Production's settings, and a middleware that tells what each page took."""

from styr.config.settings.production import *  # noqa: F403 -- a settings module is its base plus what differs
from styr.config.settings.production import MIDDLEWARE as OF_PRODUCTION

MIDDLEWARE = ["served.timing.Timing", *OF_PRODUCTION]
