"""Runs others' code without what measures our coverage, which would look at every line of it too."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")


def unmeasured(work: Callable[Given, Made]) -> Callable[Given, Made]:
    """The same work; measuring goes on at the first call after it."""

    @wraps(work)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        measuring = sys.gettrace()
        sys.settrace(None)
        try:
            return work(*args, **kwargs)
        finally:
            sys.settrace(measuring)

    return run
