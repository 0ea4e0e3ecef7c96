"""What must hold before the program serves anybody: run at the start of every command and of the web server."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from styr.access.role_check import role_faults

_HINT = "Brug den rolle, som »styr setup« laver til programmet (styr_app); kun »styr setup« må køre som ejeren."


def role_is_weak_enough(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Refuse a role that the policies do not bind, and a database that cannot be asked.

    Settings without keys are those of commands that use no database.
    """
    if app_configs is not None or settings.STYR_KEYS is None:
        return []
    try:
        return [Error(fault, hint=_HINT, id="styr.E001") for fault in role_faults()]
    except OperationalError as problem:
        told = str(problem).strip().splitlines()[-1]
        return [Error(f"Databasen kan ikke nås: {told}", hint="Se »styr db status«.", id="styr.E002")]


def refuse_unsafe_start() -> None:
    """Stop a server whose role is too strong; raises `ImproperlyConfigured`."""
    faults = role_is_weak_enough(None)
    if faults:
        raise ImproperlyConfigured(" ".join([*(str(fault.msg) for fault in faults), _HINT]))
