"""Tells with each answer how long the program took for it and how often it asked the database."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse


class Timing:
    """Outermost: everything of the program lies within it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = 0

        def counted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
            nonlocal asked
            asked += 1
            return execute(sql, params, many, context)

        began = time.perf_counter()
        with connections["default"].execute_wrapper(counted):
            answer = self.get_response(request)
        answer["X-Took"] = f"{(time.perf_counter() - began) * 1000:.1f} {asked}"
        return answer
