"""The description holds: whatever is sent to an endpoint as it describes itself, the program never fails (no 5xx)."""

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import requests
import schemathesis
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import Case

from db.api.conftest import Keyed
from styr.access.core.roles import Role
from styr.config.api import api

DESCRIBED = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
OPERATIONS = [found.ok() for found in DESCRIBED.get_all_operations()]
EXAMPLES = 8
FAILED = 500


def sent(client: Client, case: Case, key: str) -> HttpResponse:
    """The case through Django's own client, which stays in the test's transaction."""
    given = case.as_transport_kwargs(base_url="http://testserver")
    given["headers"] = dict(given.get("headers") or {}) | {
        "Authorization": f"Bearer {key}",
        "Idempotency-Key": uuid4().hex,
    }
    ready = requests.Request(
        **{
            name: given[name]
            for name in ("method", "url", "headers", "params", "data", "json", "files")
            if name in given
        }
    ).prepare()
    address = urlsplit(ready.url or "")
    body = ready.body if isinstance(ready.body, bytes) else (ready.body or "").encode()
    headers = {
        name: value for name, value in ready.headers.items() if name.lower() not in {"content-type", "content-length"}
    }
    answer: Any = client.generic(
        ready.method or "GET",
        f"{address.path}?{address.query}",
        body,
        content_type=ready.headers.get("Content-Type", "application/json"),
        headers=headers,
    )
    return answer


def test_every_endpoint_but_the_description_asks_for_a_key() -> None:
    assert len(OPERATIONS) >= 20
    assert all(operation.definition.raw.get("security") for operation in OPERATIONS)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method.upper()} {one.path}")
def test_nothing_that_fits_the_description_makes_the_program_fail(keyed: Keyed, operation: Any) -> None:
    key = keyed(Role.MANAGER).key
    client = Client(raise_request_exception=False)

    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def send(case: Case) -> None:
        with transaction.atomic():
            answer = sent(client, case, key)
            transaction.set_rollback(True)
        assert answer.status_code < FAILED, (case.method, case.formatted_path, answer.content[:400])
        assert answer.status_code != 401

    send()
    assert connection.is_usable()
