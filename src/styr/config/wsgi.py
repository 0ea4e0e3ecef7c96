"""The door for a WSGI server such as gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from styr.config.cli import chosen_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", chosen_settings("serve"))
application = get_wsgi_application()

from styr.config.checks import refuse_unsafe_start  # noqa: E402 -- Django must stand before it can be looked over
from styr.config.warming import warm_beside  # noqa: E402 -- the same

refuse_unsafe_start()
warm_beside()
