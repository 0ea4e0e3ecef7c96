"""What is taken out as a file is logged as taken out, whichever page it was taken from."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_AS: ContextVar[str] = ContextVar("taken_out_as", default="")
_LONGEST: Final = 200


@contextmanager
def taken_out(kind: str = "Excel") -> Iterator[None]:
    """Let the reads that are logged meanwhile say that they were fetched as a file of that kind."""
    token = _AS.set(kind)
    try:
        yield
    finally:
        _AS.reset(token)


def told_purpose(purpose: str) -> str:
    """The purpose (formål) to log; one that tells already that it was fetched stays as it is."""
    kind = _AS.get()
    if not kind or "hentet" in purpose:
        return purpose
    ending = f", hentet som {kind}"
    return purpose[: _LONGEST - len(ending)] + ending
