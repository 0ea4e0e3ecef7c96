"""The description holds: whatever is sent to an endpoint as it describes itself, the program never fails (no 5xx)."""

from typing import Any
from uuid import uuid4

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from schemathesis import Case

from db.api.conftest import Keyed
from styr.access.core.roles import Role
from styr.config.api import api

DESCRIBED = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
OPERATIONS = [found.ok() for found in DESCRIBED.get_all_operations()]
EXAMPLES = 8


def test_every_endpoint_but_none_is_described() -> None:
    assert len(OPERATIONS) >= 20
    assert all(operation.definition.raw.get("security") for operation in OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method.upper()} {one.path}")
def test_nothing_that_fits_the_description_makes_the_program_fail(keyed: Keyed, operation: Any) -> None:
    key = keyed(Role.MANAGER).key
    program = WSGIHandler()

    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def send(case: Case) -> None:
        with transaction.atomic():
            headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": uuid4().hex}
            answer = case.call(app=program, headers=headers)
            transaction.set_rollback(True)
        assert answer.status_code < 500, (case.method, case.formatted_path, answer.text[:400])
        assert answer.status_code != 401

    send()
    assert connection.is_usable()
