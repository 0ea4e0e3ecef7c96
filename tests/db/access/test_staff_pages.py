"""An administrator lets people in, gives them roles, and cannot lock the municipality out."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from loggedin import logged_in_client, send
from personas import PASSWORD, Persona, persona
from styr.access.blocks import blocks
from styr.access.core.acts import Act
from styr.access.core.roles import Role
from styr.access.models import CaseBlock, Limit, Membership, Municipality, Unit, User
from styr.access.queries import limit_for
from styr.access.scope import service_scope
from styr.kernel.clock import today

pytestmark = pytest.mark.django_db
NEW = "en anden lang sætning ingen gætter"


@pytest.fixture
def adam(municipality: Municipality) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("adam", municipality, Role.ADMINISTRATOR)


@pytest.fixture
def karen(municipality: Municipality, unit: Unit) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("karen", municipality, Role.CASEWORKER, unit)


@pytest.fixture
def office(adam: Persona) -> Client:
    return logged_in_client(adam)


def text(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def there(client: Client, who: Persona | User) -> HttpResponse:
    found = who.user if isinstance(who, Persona) else who
    return client.get(reverse("user", args=[found.pk]))  # type: ignore[return-value]  # the client's own class


def do(client: Client, name: str, who: Persona, **fields: object) -> str:
    """Post an act about a person, and give what their page then says."""
    answer = send(client, reverse(name, args=[who.user.pk]), fields)
    assert answer.status_code == 302, text(answer)
    return text(there(client, who))


def new_role(role: Role, unit: Unit | None = None, starts: date | None = None) -> dict[str, object]:
    return {"role": role.value, "unit": unit.pk if unit else "alle", "starts": (starts or today()).isoformat()}


def test_a_new_person_chooses_a_password_with_a_link_shown_once(
    office: Client, municipality: Municipality, unit: Unit
) -> None:
    sent = send(office, reverse("user_new"), {"username": "olga", "name": "Olga Ø", **new_role(Role.LAWYER, unit)})
    shown = office.get(sent["Location"])
    link = re.search(r"http://testserver(/konto/vaelg-adgangskode/)#([^\"<]+)", shown.content.decode())
    assert link
    assert "Jurist" in text(shown)  # type: ignore[arg-type]  # the client's own class
    assert link[2] not in office.get(sent["Location"]).content.decode()

    stranger = Client()
    key = {"noegle": link[2]}
    assert "data-from-link" in stranger.get(link[1]).content.decode()
    assert "Linket mangler" in stranger.post(link[1]).content.decode()
    assert "Du logger ind som olga" in text(stranger.post(link[1], key))  # type: ignore[arg-type]  # as above
    assert "Du logger ind som olga" in text(stranger.post(link[1], {"noegle": link[0]}))  # type: ignore[arg-type]  # as above
    assert stranger.post(link[1], {**key, "password": "kort", "again": "kort"}).status_code == 422
    assert stranger.post(link[1], {**key, "password": NEW, "again": NEW + "x"}).status_code == 422
    assert stranger.post(link[1], {**key, "password": NEW, "again": NEW})["Location"] == reverse("account_login")
    assert stranger.post(link[1], key).status_code == 404  # used
    assert stranger.post(link[1], {**key, "password": PASSWORD, "again": PASSWORD}).status_code == 404
    assert stranger.post(reverse("account_login"), {"login": "olga", "password": NEW}).status_code == 302
    assert stranger.get(reverse("access_overview")).status_code == 200


@pytest.mark.parametrize(
    "secret", ["x", "x.y", "b2xnYQoxMjM.AAAA", "%00", "æøå", "b2xnYQo5OTk5OTk5OTk5OTk5OTk5OTk.AAAA"]
)
def test_a_link_that_was_never_made_opens_nothing(municipality: Municipality, secret: str) -> None:
    assert Client().post(reverse("password_choose"), {"noegle": secret}).status_code == 404


def test_a_new_link_ends_the_old_password_and_the_open_sessions(office: Client, karen: Persona) -> None:
    at_work = logged_in_client(karen)
    assert at_work.get("/").status_code == 200
    assert "Ikke valgt" in do(office, "user_link", karen)
    assert at_work.get("/").status_code == 302
    assert Client().post(reverse("account_login"), {"login": "karen", "password": PASSWORD}).status_code == 200


def test_nobody_makes_a_link_to_themselves(office: Client, adam: Persona) -> None:
    assert "Skift adgangskode under Min konto" in do(office, "user_link", adam)


def test_a_role_is_given_from_a_day_and_ended(
    office: Client, karen: Persona, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    later = today() + timedelta(days=30)
    assert "Rollen er givet" in do(office, "user_role_give", karen, **new_role(Role.MANAGER, other_unit, later))
    assert "allerede leder der" in do(office, "user_role_give", karen, **new_role(Role.MANAGER, other_unit, later))
    assert "En revisor kan ikke" in do(office, "user_role_give", karen, **new_role(Role.AUDITOR))
    assert "for hele kommunen" in do(office, "user_role_give", karen, **new_role(Role.ADMINISTRATOR, unit))
    with service_scope(municipality.id, "test"):
        held = {row.role: row for row in Membership.objects.filter(user=karen.user)}
    assert set(held) == {Role.CASEWORKER, Role.MANAGER}
    for row in held.values():
        assert "Rollen er slut" in do(office, "user_role_end", karen, id=row.pk)
    with service_scope(municipality.id, "test"):
        left = Membership.objects.get(user=karen.user)
    assert (left.role, left.ends) == (Role.CASEWORKER, today())
    assert "allerede slut" in do(office, "user_role_end", karen, id=left.pk)
    wrong = send(office, reverse("user_role_give", args=[karen.user.pk]), {"role": "konge", "starts": "i går"})
    assert wrong.status_code == 422
    assert 'id="id_role_error"' in wrong.content.decode()


def test_the_last_administrator_cannot_be_taken_away(
    office: Client, adam: Persona, karen: Persona, municipality: Municipality
) -> None:
    with service_scope(municipality.id, "test"):
        own = Membership.objects.get(user=adam.user)
    for name, fields in (("user_close", {}), ("user_role_end", {"id": own.pk})):
        assert "mindst én administrator" in do(office, name, adam, **fields)
    short = {**new_role(Role.ADMINISTRATOR), "last_day": (today() + timedelta(days=5)).isoformat()}
    do(office, "user_role_give", karen, **short)
    assert "mindst én administrator" in do(office, "user_close", adam)  # who is one for five days does not count
    with service_scope(municipality.id, "test"):
        Membership.objects.filter(user=karen.user, role=Role.ADMINISTRATOR).update(ends=None)
    assert send(office, reverse("user_close", args=[adam.user.pk])).status_code == 302
    assert office.get("/").status_code == 302


def test_a_closed_person_is_out_at_once_and_comes_back_with_the_same_roles(office: Client, karen: Persona) -> None:
    at_work = logged_in_client(karen)
    assert "Lukket" in do(office, "user_close", karen)
    assert at_work.get("/").status_code == 302
    assert "Aktiv" in do(office, "user_reopen", karen)
    assert Client().post(reverse("account_login"), {"login": "karen", "password": PASSWORD}).status_code == 302


def test_sessions_are_listed_and_ended(office: Client, karen: Persona) -> None:
    at_work = logged_in_client(karen)
    assert "Logget ind" in text(there(office, karen))
    assert "1 session er afsluttet" in do(office, "user_sessions_end", karen)
    assert at_work.get("/").status_code == 302
    assert "Ingen er logget ind som" in text(there(office, karen))


def test_a_block_is_set_by_number_and_lifted_and_never_shows_the_citizen(
    office: Client, karen: Persona, municipality: Municipality
) -> None:
    wrong = {"cpr": "12", "reason": "Søster", "starts": today().isoformat()}
    answer = send(office, reverse("user_block", args=[karen.user.pk]), wrong)
    assert answer.status_code == 422
    assert "ikke et CPR-nummer" in text(answer)
    told = do(office, "user_block", karen, **wrong | {"cpr": "610170-1111"})
    assert "Søster" in told
    assert "610170" not in told
    with service_scope(municipality.id, "test"):
        held = CaseBlock.objects.get()
    assert held.citizen_id is None
    assert "ophævet" in do(office, "user_block_lift", karen, id=held.pk)
    with service_scope(municipality.id, "test"):
        assert blocks() == []


def test_units_are_made_renamed_and_moved_and_never_into_a_ring(
    office: Client, municipality: Municipality, unit: Unit
) -> None:
    root = unit.parent_id
    made = {"number": "111", "name": "Bostøtte", "ean": "", "parent": unit.pk}
    assert send(office, reverse("unit_new"), made)["Location"] == reverse("units")
    assert "er taget" in text(send(office, reverse("unit_new"), made))
    assert "tretten cifre" in text(send(office, reverse("unit_new"), made | {"number": "112", "ean": "123"}))
    page = office.get(reverse("units")).content.decode()
    assert page.index("Voksen") < page.index("Bostøtte") < page.index("Børn og Unge")
    ring = {"number": "1", "name": "Socialforvaltningen", "ean": "", "parent": unit.pk}
    assert "ind under sig selv" in text(send(office, reverse("unit", args=[root]), ring))
    with service_scope(municipality.id, "test"):
        below = Unit.objects.get(number="111")
    moved = made | {"name": "Støtte", "parent": root}
    assert send(office, reverse("unit", args=[below.pk]), moved).status_code == 302
    with service_scope(municipality.id, "test"):
        below.refresh_from_db()
    assert (below.name, below.parent_id) == ("Støtte", root)


def test_a_limit_is_set_on_the_page_and_counts(
    office: Client, karen: Persona, municipality: Municipality, unit: Unit
) -> None:
    which = f"{Act.APPROVE_GRANT.value}|{Role.CASEWORKER.value}"
    sent = {"which": which, "amount": "150.000,50", "starts": today().isoformat()}
    assert send(office, reverse("limits"), sent).status_code == 302
    assert "150.000,50 kr." in text(office.get(reverse("limits")))  # type: ignore[arg-type]  # the client's own class
    with service_scope(municipality.id, "test"):
        assert limit_for(user_id=karen.user.id, act="approve_grant", on=today(), unit_id=unit.id) == 15_000_050
    past = sent | {"starts": "2020-01-01"}
    assert "er gået" in text(send(office, reverse("limits"), past))
    assert send(logged_in_client(karen), reverse("limits"), sent).status_code == 403
    with service_scope(municipality.id, "test"):
        assert Limit.objects.count() == 1


def test_the_list_is_filtered_and_the_overview_tells_what_each_role_may(office: Client, karen: Persona) -> None:
    everybody = text(office.get(reverse("users")))  # type: ignore[arg-type]  # the client's own class
    assert "Sagsbehandler, Voksen" in everybody
    lawyers = text(office.get(reverse("users"), {"rolle": "lawyer"}))  # type: ignore[arg-type]  # as above
    assert "Ingen brugere passer" in lawyers
    assert "karen" in text(office.get(reverse("users"), {"q": "KAR", "adgang": "aktiv"}))  # type: ignore[arg-type]  # as above
    assert "Se borgere" in text(logged_in_client(karen).get(reverse("access_overview")))  # type: ignore[arg-type]  # as above


def test_the_pages_ask_the_database_a_fixed_number_of_times(
    office: Client, karen: Persona, unit: Unit, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    pages = [reverse(name) for name in ("users", "user_new", "units", "unit_new", "limits", "access_overview")]
    for page in (*pages, reverse("user", args=[karen.user.pk]), reverse("unit", args=[unit.pk])):
        office.get(page)
        with django_assert_max_num_queries(12, connection=connection):
            assert office.get(page).status_code == 200, page
