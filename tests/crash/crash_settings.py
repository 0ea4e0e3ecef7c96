"""Settings of the importers that the crash tests kill: the tests', with the databases that the environment names."""

import json
import os

from styr.config.settings.test import *  # noqa: F403 - a settings module is its base plus what differs

DATABASES = json.loads(os.environ["STYR_CRASH_DATABASES"])
