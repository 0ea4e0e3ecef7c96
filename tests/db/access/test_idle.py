"""A session that nobody sits at ends, and the history's request is the log's."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from loggedin import logged_in_client
from personas import Persona, persona, rows_seen_by
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.web.middleware import SEEN, ScopeMiddleware
from styr.access.web.sessions import SessionStore
from styr.config.logs import RequestIdMiddleware
from styr.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def karen(municipality: Municipality, unit: Unit) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("karen", municipality, Role.CASEWORKER, unit)


def idle_for(client: Client, minutes: int) -> None:
    session = client.session
    session[SEEN] = int((now() - timedelta(minutes=minutes)).timestamp())
    session.save()


def test_a_session_in_use_goes_on_and_is_noted(karen: Persona) -> None:
    client = logged_in_client(karen)
    idle_for(client, settings.STYR_IDLE_MINUTES - 1)
    assert client.get("/").status_code == 200
    assert now().timestamp() - client.session[SEEN] < 60


def test_an_idle_session_ends_and_its_token_with_it(karen: Persona) -> None:
    client = logged_in_client(karen)
    idle_for(client, settings.STYR_IDLE_MINUTES + 1)
    assert client.get("/").status_code == 302
    assert rows_seen_by(karen.token, "SELECT 1 FROM access_unit") == []
    assert client.get("/").status_code == 302


def test_the_note_beside_a_change_names_the_logs_request(municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        adam = persona("adam", municipality, Role.ADMINISTRATOR)
    request = RequestFactory().post("/")
    request.session = SessionStore(logged_in_client(adam).cookies[settings.SESSION_COOKIE_NAME].value)

    def view(_: HttpRequest) -> HttpResponse:
        Unit.objects.create(municipality=municipality, number="900", name="ny")
        return HttpResponse()

    answer = RequestIdMiddleware(ScopeMiddleware(view))(request)
    noted = rows_seen_by(
        adam.token,
        "SELECT c.metadata -> 'note' ->> 'request' FROM access_unitevent e "
        "JOIN pghistory_context c ON c.id = e.pgh_context_id WHERE e.number = '900'",
    )
    assert noted == [(answer["X-Request-ID"],)]
