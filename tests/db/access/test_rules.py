"""Every page has a rule, and the middleware holds it to the rule."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from pytest_django import DjangoAssertNumQueries, Settings

import styr
from loggedin import logged_in_client
from personas import Persona, persona
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import Membership, Municipality, Unit
from styr.access.scope import acting_as, service_scope
from styr.access.web.context import may as in_templates
from styr.access.web.refused import NotPermittedError
from styr.access.web.rules import anyone_logged_in, by_key, may, public, requires, rule_of
from styr.config import urls

pytestmark = pytest.mark.django_db
View = Callable[[HttpRequest], HttpResponse]


def page() -> View:
    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"ja {may(request, Permission.EDIT_GRANTS)} {may(request, Permission.SEE_LOGS)}")

    return answer


def denies(request: HttpRequest) -> HttpResponse:
    raise NotPermittedError(Permission.DECIDE_INVOICES)


class Pages:
    """A URLconf with a page of each kind."""

    handler403 = urls.handler403
    urlpatterns = [
        path("uden/", page()),
        path("alle/", public(page())),
        path("noegle/", by_key(page())),
        path("indlogget/", anyone_logged_in(page())),
        path("ret/", requires(Permission.EDIT_GRANTS)(page())),
        path("delt/", requires(read=Permission.SEE_GRANTS, write=Permission.EDIT_GRANTS)(page())),
        path("hele/", requires(read=Permission.SEE_GRANTS, write=Permission.EDIT_GRANTS, everywhere=True)(page())),
        path("inde/", anyone_logged_in(denies)),
        *urls.urlpatterns,
    ]


@pytest.fixture(autouse=True)
def pages(settings: Settings) -> None:
    settings.ROOT_URLCONF = Pages


def made(municipality: Municipality, role: Role, unit: Unit | None = None) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona(f"anna {role}", municipality, role, unit)


@pytest.mark.parametrize(
    ("where", "told"),
    [("/alle/", 200), ("/noegle/", 200), ("/indlogget/", 302), ("/ret/", 302), ("/delt/", 302), ("/uden/", 302)],
)
def test_a_stranger_reaches_public_pages_alone(
    client: Client, municipality: Municipality, where: str, told: int
) -> None:
    assert client.get(where).status_code == told


@pytest.mark.parametrize(
    "case",
    [
        (Role.CASEWORKER, "get", "/uden/", 403),
        (Role.MANAGER, "post", "/uden/", 403),
        (Role.CASEWORKER, "get", "/indlogget/", 200),
        (Role.CASEWORKER, "post", "/ret/", 200),
        (Role.ECONOMIST, "get", "/ret/", 403),
        (Role.ECONOMIST, "get", "/delt/", 200),
        (Role.ECONOMIST, "head", "/delt/", 200),
        (Role.ECONOMIST, "post", "/delt/", 403),
        (Role.ECONOMIST, "delete", "/delt/", 403),
        (Role.CASEWORKER, "post", "/delt/", 200),
        (Role.AUDITOR, "get", "/delt/", 200),
        (Role.AUDITOR, "post", "/delt/", 403),
        (Role.ADMINISTRATOR, "get", "/delt/", 403),
        (Role.CASEWORKER, "get", "/inde/", 403),
    ],
)
def test_a_page_holds_each_role_to_its_rule(municipality: Municipality, case: tuple[Role, str, str, int]) -> None:
    role, method, where, told = case
    client = logged_in_client(made(municipality, role))
    assert getattr(client, method)(where).status_code == told


@pytest.mark.parametrize(("place", "told"), [("everywhere", 200), ("in a unit", 403)])
def test_what_belongs_to_no_unit_takes_a_role_over_the_whole_municipality(
    municipality: Municipality, unit: Unit, place: str, told: int
) -> None:
    client = logged_in_client(made(municipality, Role.CASEWORKER, unit if place == "in a unit" else None))
    assert client.get("/hele/").status_code == 200
    answer = client.post("/hele/")
    assert answer.status_code == told
    assert told == 200 or "lov til at oprette og ændre bevillinger i hele kommunen" in answer.content.decode()


def test_the_refusal_says_what_is_lacking_who_has_it_and_who_gives_it(municipality: Municipality) -> None:
    made(municipality, Role.ADMINISTRATOR)
    client = logged_in_client(made(municipality, Role.ECONOMIST))
    told = client.get("/ret/").content.decode()
    assert "lov til at oprette og ændre bevillinger" in told
    assert "Det har Sagsbehandler og Leder." in told
    assert "Roller gives af Anna Administrator." in told
    assert "afgøre fakturaer" in client.get("/inde/").content.decode()
    assert "ikke åben for nogen" in client.get("/uden/").content.decode()


def test_the_roles_are_asked_for_once_a_request_and_only_when_needed(
    municipality: Municipality, unit: Unit, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    who = made(municipality, Role.CASEWORKER, unit)
    request = RequestFactory().get("/")
    request.user = who.user
    with acting_as(who.token), django_assert_num_queries(1):
        assert may(request, Permission.EDIT_GRANTS)
        assert not may(request, Permission.IMPORT)
        assert in_templates(request)["may"]["REVEAL_CPR"]
        with pytest.raises(LookupError, match="no permission"):
            in_templates(request)["may"]["RULE_THE_WORLD"]


def test_a_role_counts_from_its_first_day_until_its_last(municipality: Municipality) -> None:
    who = made(municipality, Role.MANAGER)
    client = logged_in_client(who)
    assert client.get("/ret/").status_code == 200
    for period in ({"starts": "2999-01-01"}, {"starts": "2020-01-01", "ends": "2021-01-01"}):
        with service_scope(municipality.id, "test"):
            Membership.objects.filter(user=who.user).update(**period)
        assert client.get("/ret/").status_code == 403


def test_a_rule_is_given_once_and_whole() -> None:
    view = requires(Permission.IMPORT)(page())
    with pytest.raises(TypeError, match="a rule already"):
        public(view)
    with pytest.raises(TypeError, match="both"):
        requires(read=Permission.IMPORT)  # type: ignore[call-overload]  # what is tested
    assert rule_of(page()) is None


def test_templates_ask_for_permissions_that_there_are() -> None:
    texts = [p.read_text("utf-8") for p in Path(styr.__file__).parent.rglob("templates/**/*.html")]
    asked = {name for text in texts for name in re.findall(r"\bmay\.(\w+)", text)}
    assert asked <= set(Permission.__members__)
