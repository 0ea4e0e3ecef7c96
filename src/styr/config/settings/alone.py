"""Settings of the commands that read files and need neither a database nor a model (`read-invoice`, `plan`, `keys`)."""

from typing import Any

LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
SECRET_KEY = "only-for-commands-that-keep-nothing-and-serve-nothing"  # noqa: S105 -- protects nothing
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, Any] = {}
