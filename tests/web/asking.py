"""How often a served page asks the database, told with its answer."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connection

MOST = 12
HEADER = "X-Queries"
_NO_QUESTION = ("SAVEPOINT", "RELEASE", "RESET", "DROP", "ANALYZE")


def tell_how_often_they_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every answer of the program in this process tell it."""
    answering = BaseHandler.get_response

    def answer(handler: BaseHandler, request: Any) -> Any:
        asked: list[str] = []

        def count(execute: Any, sql: Any, *given: Any) -> Any:
            asked.append(str(sql).lstrip().upper())
            return execute(sql, *given)

        with connection.execute_wrapper(count):
            found = answering(handler, request)
        found[HEADER] = str(sum(not sql.startswith(_NO_QUESTION) for sql in asked))
        return found

    monkeypatch.setattr(BaseHandler, "get_response", answer)


def asks_too_often(headers: Mapping[str, str]) -> str:
    """What is wrong with a page that asked more than it may; "" with any other."""
    asked = int(headers.get(HEADER.lower(), 0))
    return f"asks the database {asked} times, and {MOST} are allowed" if asked > MOST else ""
