"""Messages at the foot of the page after something was done; with an undo where there is one."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def tell(request: HttpRequest, text: str) -> None:
    """Say that it is done: "Bevillingen er godkendt."."""
    messages.success(request, text)


def tell_with_undo(request: HttpRequest, text: str, *, undo: str) -> None:
    """Say that it is done, with a button that posts (no fields) to the address `undo`; it stays until dismissed."""
    messages.success(request, text, extra_tags=UNDO + undo)


def warn(request: HttpRequest, text: str) -> None:
    """Say that it could not be done; it stays until dismissed."""
    messages.error(request, text)
