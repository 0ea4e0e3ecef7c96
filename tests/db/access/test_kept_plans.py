"""Statements whose plan the server keeps: made once, for all values, from the first call on."""

import pytest
from django.db import connection

from styr.access.prepared import planned_once

pytestmark = pytest.mark.django_db


def _plans(words: str) -> tuple[int, int]:
    """How often the statement with these words was planned for all values, and how often for those at hand."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE strpos(statement, %s) > 0", [words]
        )
        (found,) = cursor.fetchall()
    return found


def test_a_statement_is_planned_for_all_values_from_its_first_call() -> None:
    for value in (1, 2):
        with planned_once() as cursor:
            cursor.execute("SELECT 'first' || %(value)s::int", {"value": value})
            assert cursor.fetchall() == [(f"first{value}",)]
    assert _plans("'first'") == (2, 0)
