from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from personas import PASSWORD, Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit, User
from styr.access.scope import service_scope
from styr.access.web.login import SESSION_TOKEN
from styr.access.web.middleware import ScopeMiddleware
from styr.access.web.sessions import SessionStore
from styr.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def karen(municipality: Municipality, unit: Unit) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("karen", municipality, Role.CASEWORKER, unit)


def log_in(client: Client, username: str, password: str) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": username, "password": password})  # type: ignore[return-value]  # the test client's own class


def test_the_right_password_lets_in_and_the_session_gets_a_token(client: Client, karen: Persona) -> None:
    assert log_in(client, "karen", PASSWORD).status_code == 302
    assert client.session["_auth_user_id"] == str(karen.user.id)
    assert len(client.session[SESSION_TOKEN]) > 40


@pytest.mark.parametrize(("username", "password"), [("karen", "forkert"), ("ingen", PASSWORD), ("karen", "")])
def test_a_wrong_name_or_password_lets_nobody_in(client: Client, karen: Persona, username: str, password: str) -> None:
    response = log_in(client, username, password)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    assert SESSION_TOKEN not in client.session


def test_somebody_who_has_left_is_not_let_in(client: Client, karen: Persona, municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        User.objects.update(is_active=False)
    log_in(client, "karen", PASSWORD)
    assert "_auth_user_id" not in client.session


def test_a_page_asks_for_login(client: Client, municipality: Municipality) -> None:
    response = client.get("/")
    assert response.status_code in {302, 404}
    assert "_auth_user_id" not in client.session


def test_logging_out_ends_the_token(client: Client, karen: Persona) -> None:
    log_in(client, "karen", PASSWORD)
    token = client.session[SESSION_TOKEN]
    client.post(reverse("account_logout"))
    request = RequestFactory().get("/")
    request.session = {SESSION_TOKEN: token}  # type: ignore[assignment]  # a stolen copy of the session
    assert seen_by(request) == 0


def seen_by(request: HttpRequest, status: int = 200) -> int:
    """How many units a view sees in the request's scope."""
    seen: list[int] = []

    def view(_: HttpRequest) -> HttpResponse:
        seen.append(Unit.objects.count())
        return HttpResponse(status=status)

    ScopeMiddleware(view)(request)
    return seen[0]


def test_a_request_sees_what_its_session_may_and_nothing_remains(client: Client, karen: Persona) -> None:
    log_in(client, "karen", PASSWORD)
    request = RequestFactory().get("/")
    request.session = client.session  # type: ignore[assignment]  # as the session middleware does
    assert seen_by(request) == 3
    assert Unit.objects.count() == 0


def test_a_request_without_a_session_sees_nothing(karen: Persona) -> None:
    request = RequestFactory().get("/")
    request.session = SessionStore()
    assert seen_by(request) == 0


def test_an_error_response_rolls_the_requests_work_back(client: Client, municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        persona("adam", municipality, Role.ADMINISTRATOR)
    log_in(client, "adam", PASSWORD)
    request = RequestFactory().post("/")
    request.session = client.session  # type: ignore[assignment]  # as the session middleware does

    def view(_: HttpRequest) -> HttpResponse:
        Unit.objects.create(municipality=municipality, number="900", name="halvfærdig")
        return HttpResponse(status=500)

    ScopeMiddleware(view)(request)
    with service_scope(municipality.id, "test"):
        assert not Unit.objects.filter(number="900").exists()


def test_sessions_are_unreadable_and_keys_are_kept_as_hashes(client: Client, karen: Persona) -> None:
    log_in(client, "karen", PASSWORD)
    key = client.session.session_key
    assert key is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, 'access_session', 'SELECT')")
        assert cursor.fetchone() == (False,)
    assert SessionStore(key).get("_auth_user_id") == str(karen.user.id)
    assert SessionStore("gæt").get("_auth_user_id") is None


def test_a_session_lives_and_dies() -> None:
    store = SessionStore()
    store["valg"] = "alt"
    store.create()
    key = store.session_key
    assert key is not None
    assert store.exists(key)
    assert SessionStore(key)["valg"] == "alt"
    again = SessionStore(key)
    again["valg"] = "noget"
    again.save()
    again.cycle_key()
    assert not store.exists(key)
    assert SessionStore(again.session_key)["valg"] == "noget"
    again.delete()
    assert SessionStore(again.session_key).get("valg") is None


def test_an_expired_session_is_empty_and_is_forgotten() -> None:
    store = SessionStore()
    store.set_expiry(now() - timedelta(hours=1))
    store.create()
    assert store.session_key is not None
    assert not store.exists(store.session_key)
    SessionStore.clear_expired()


def test_a_session_that_is_gone_is_not_made_again() -> None:
    from django.contrib.sessions.backends.base import UpdateError

    store = SessionStore()
    store.create()
    store.delete()
    with pytest.raises(UpdateError):
        store.save()
