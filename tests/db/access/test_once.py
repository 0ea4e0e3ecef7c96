"""A form that is sent twice does its work once."""

from datetime import timedelta

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import path
from pytest_django import Settings

from loggedin import logged_in_client, send
from personas import Persona, persona, rows_seen_by
from styr.access import submissions
from styr.access.core.roles import Role
from styr.access.models import Municipality, Submission, Unit
from styr.access.scope import acting_as, service_scope
from styr.access.services import forget_expired
from styr.access.web.once import once
from styr.access.web.rules import anyone_logged_in
from styr.config import urls
from styr.kernel.clock import now

pytestmark = pytest.mark.django_db


class Work:
    """How often the views below did theirs."""

    done = 0


def saves(request: HttpRequest) -> HttpResponse:
    """A form whose `fejl` says what goes wrong with it."""
    Work.done += 1
    onward = f"/kvittering/{Work.done}/"
    match request.POST.get("fejl", ""):
        case "afvist":
            raise PermissionDenied
        case "felt":
            return HttpResponse("ret feltet", status=422)
        case "slut":
            return HttpResponse(status=204)
        case "htmx":
            return HttpResponse("", headers={"HX-Redirect": onward})
        case _:
            return HttpResponse(status=303, headers={"Location": onward})


def told(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string("{% for m in messages %}{{ m }}{% endfor %}").render({}, request))


class Pages:
    """A form, and a page that shows its messages."""

    handler403 = urls.handler403
    urlpatterns = [
        path("gem/", anyone_logged_in(once(saves))),
        path("besked/", anyone_logged_in(told)),
        *urls.urlpatterns,
    ]


@pytest.fixture
def karen(settings: Settings, municipality: Municipality, unit: Unit) -> Persona:
    settings.ROOT_URLCONF = Pages
    Work.done = 0
    with service_scope(municipality.id, "test"):
        return persona("karen", municipality, Role.CASEWORKER, unit)


@pytest.fixture
def client(karen: Persona) -> Client:
    return logged_in_client(karen)


def test_the_second_sending_gets_the_firsts_answer_and_does_nothing(client: Client) -> None:
    first, second = (client.post("/gem/", {"_once": "a", "navn": "Åse"}) for _ in range(2))
    assert (first.status_code, first["Location"]) == (303, "/kvittering/1/")
    assert (second.status_code, second["Location"]) == (303, "/kvittering/1/")
    assert Work.done == 1
    assert client.get("/besked/").content == b""


@pytest.mark.parametrize(("kind", "header"), [("slut", None), ("htmx", "HX-Redirect")])
def test_an_answer_to_a_script_is_kept_as_well(client: Client, kind: str, header: str | None) -> None:
    answers = [client.post("/gem/", {"_once": "a", "fejl": kind}) for _ in range(2)]
    assert Work.done == 1
    assert answers[0].status_code == answers[1].status_code
    assert header is None or answers[0][header] == answers[1][header] == "/kvittering/1/"


def test_a_form_with_faults_may_be_sent_again(client: Client) -> None:
    assert client.post("/gem/", {"_once": "a", "fejl": "felt"}).status_code == 422
    assert client.post("/gem/", {"_once": "a", "fejl": ""}).status_code == 303
    assert Work.done == 2


def test_a_refusal_undoes_the_work_and_leaves_the_form_unsent(client: Client) -> None:
    assert client.post("/gem/", {"_once": "a", "fejl": "afvist"}).status_code == 403
    assert client.post("/gem/", {"_once": "a"}).status_code == 303


def test_a_changed_form_sent_again_is_not_taken_for_the_same_and_its_sender_is_told(client: Client) -> None:
    client.post("/gem/", {"_once": "a", "navn": "Åse"})
    again = client.post("/gem/", {"_once": "a", "navn": "Bo"})
    assert again["Location"] == "/kvittering/1/"
    assert Work.done == 1
    assert "dine ændringer er ikke gemt" in client.get("/besked/").content.decode()


@pytest.mark.parametrize("fields", [{}, {"_once": ""}, {"_once": "x" * 65}, {"_once": "\0"}])
def test_a_form_without_its_mark_is_refused(client: Client, fields: dict[str, str]) -> None:
    assert client.post("/gem/", fields).status_code == 400
    assert Work.done == 0


def test_each_form_has_a_mark_of_its_own(client: Client, karen: Persona, municipality: Municipality) -> None:
    shown = engines["django"].from_string("{% once %}{% once %}").render({})
    marks = {part.split('"')[0] for part in shown.split('value="')[1:]}
    assert len(marks) == 2
    for _ in range(2):
        assert send(client, "/gem/", {"navn": "Åse"}).status_code == 303
    with service_scope(municipality.id, "test"):
        other = persona("per", municipality, Role.MANAGER)
    assert client.post("/gem/", {"_once": "a"}).status_code == 303
    assert logged_in_client(other).post("/gem/", {"_once": "a"}).status_code == 303
    assert Work.done == 4


def test_nobody_sees_or_writes_anothers_submissions_and_an_auditor_keeps_her_own(
    client: Client, karen: Persona, municipality: Municipality
) -> None:
    send(client, "/gem/")
    with service_scope(municipality.id, "test"):
        assert Submission.objects.count() == 0
        auditor = persona("rie", municipality, Role.AUDITOR)
    assert rows_seen_by(auditor.token, "SELECT 1 FROM access_submission") == []
    assert send(logged_in_client(auditor), "/gem/").status_code == 303
    foreign = submissions.Sending(municipality.id, karen.user.id, "b", "0")
    with (
        acting_as(auditor.token),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        submissions.begin(foreign, now=now())


def test_submissions_are_forgotten_after_a_week(karen: Persona, municipality: Municipality) -> None:
    with acting_as(karen.token):
        for token, age in (("ny", 6), ("gammel", 8)):
            sending = submissions.Sending(municipality.id, karen.user.id, token, "0")
            submissions.begin(sending, now=now() - timedelta(days=age))
        forget_expired()
        assert [row.token for row in Submission.objects.all()] == ["ny"]


@pytest.mark.django_db(transaction=True)
def test_a_click_while_the_first_is_under_way_waits_for_it(
    karen: Persona, municipality: Municipality, administrator: psycopg.Connection
) -> None:
    sending = submissions.Sending(municipality.id, karen.user.id, "a", "0")
    with acting_as(karen.token):
        submissions.begin(sending, now=now())
        parameters = connection.get_connection_params()
        parameters = {
            key: parameters[key] for key in ("dbname", "user", "password", "host", "port") if key in parameters
        }
        with psycopg.connect(**parameters) as other:
            other.execute("SELECT set_config('styr.token', %s, true)", [karen.token])
            other.execute("SET LOCAL lock_timeout = '150ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                other.execute(
                    "INSERT INTO access_submission (id, municipality_id, user_id, token, digest, headers, sent_at) "
                    "VALUES (gen_random_uuid(), %s, %s, 'a', '0', '{}', now()) ON CONFLICT DO NOTHING",
                    [municipality.id, karen.user.id],
                )
