"""The expression of the municipality's refund gives the same rows in PostgreSQL as the pure core."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from styr.kernel.engine import PostgresEngine
from styr.refunds.core.ages import Ages
from styr.refunds.core.municipality import CITIZEN_MONTH, citizen_months, refund_months
from unit.refunds.refund_tables import Somebody, people, tables
from unit.refunds.test_municipality import RULES, told, wanted


@pytest.mark.django_db
@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(people, st.integers(0, 12), st.sampled_from(RULES))
def test_postgresql_equals_the_core(found: list[Somebody], closed: int, ages: Ages) -> None:
    with connection.cursor() as cursor:
        postgres = PostgresEngine(cursor)
        for relation, rows in tables(found, closed, 0, ages).items():
            postgres.load(relation, rows)
        postgres.load(CITIZEN_MONTH, [])
        postgres.insert_select(CITIZEN_MONTH.name, tuple(CITIZEN_MONTH.columns), citizen_months, key="refunds:citizens")
        rows = postgres.rows(lambda: refund_months(CITIZEN_MONTH.table()), key="refunds:months")
    assert told(rows) == wanted(found, closed, 0, ages)
