"""What must hold before the program serves anybody: run at the start of every command and of the web server."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import OperationalError

from styr.access.role_check import role_faults
from styr.config.postgres.causes import cause
from styr.kernel.refusal import Refusal


class UnsafeStartError(Refusal):
    """The program will not start as it stands."""


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
        return [Error(cause(problem) or str(problem), hint="Se »styr check«.", id="styr.E002")]


def refuse_unsafe_start() -> None:
    """Stop a program whose role is too strong, or whose database cannot be asked; raises `UnsafeStartError`."""
    faults = role_is_weak_enough(None)
    if faults:
        raise UnsafeStartError(" ".join([*(str(fault.msg) for fault in faults), str(faults[0].hint)]))
