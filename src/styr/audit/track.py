"""The decorators that give a model its change history (ændringslog)."""

from collections.abc import Callable
from typing import TypeVar, overload

import pghistory
from django.db import models

M = TypeVar("M", bound=models.Model)


@overload
def tracked(model: type[M]) -> type[M]: ...
@overload
def tracked() -> Callable[[type[M]], type[M]]: ...
def tracked(model: type[M] | None = None) -> type[M] | Callable[[type[M]], type[M]]:
    """Record every insert, update and delete of the model in a table of its own, `<Model>Event`.

    The triggers run once a statement, so a bulk write of a million rows makes its million events in one go; nothing
    that reaches the table escapes them, whichever way it was written. The migration that creates the model also
    creates the event model and its triggers; `access.rls.EnableTenantPolicy` then closes both tables.
    """
    return tracked_except() if model is None else tracked_except()(model)


def tracked_except(*fields: str) -> Callable[[type[M]], type[M]]:
    """Like `tracked`, leaving out fields that a history must not hold (a password's hash)."""
    decorate: Callable[[type[M]], type[M]] = pghistory.track(
        pghistory.InsertEvent(level=pghistory.Statement),
        pghistory.UpdateEvent(level=pghistory.Statement),
        pghistory.DeleteEvent(level=pghistory.Statement),
        exclude=list(fields) or None,
    )
    return decorate
