"""A role takes two administrators where there are two: at the pages, for who goes round them, and in the database."""

from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from db.access.test_staff_pages import do, new_role, text, there
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.login_models import JobRole
from styr.access.models import Membership, Municipality, Unit, User
from styr.access.queries import roles_on
from styr.access.role_request_models import RoleRequest
from styr.access.role_requests import confirm, waiting_roles
from styr.access.scope import acting_as, service_scope
from styr.access.staff import UnableToChangeUserError, deactivate_user, end_role
from styr.kernel.clock import now, today
from styr.workspace import news, notices

pytestmark = pytest.mark.django_db
LINE = {"pattern": "http://kommune.dk/roles/jobrole/leder/1", "role": "manager", "constraint": ""}


@pytest.fixture
def people(municipality: Municipality, unit: Unit) -> dict[str, Persona]:
    with service_scope(municipality.id, "test"):
        return {
            "adam": persona("adam", municipality, Role.ADMINISTRATOR),
            "eva": persona("eva", municipality, Role.ADMINISTRATOR),
            "karen": persona("karen", municipality, Role.CASEWORKER, unit),
            "jens": persona("jens", municipality, Role.LAWYER),
        }


@pytest.fixture
def adam(people: dict[str, Persona]) -> Client:
    return logged_in_client(people["adam"])


@pytest.fixture
def eva(people: dict[str, Persona]) -> Client:
    return logged_in_client(people["eva"])


def roles(who: Persona | User) -> set[Role]:
    user = who.user if isinstance(who, Persona) else who
    with service_scope(user.municipality_id, "test"):
        return set(roles_on(user_id=user.pk, on=today()))


def asked(municipality: Municipality) -> RoleRequest:
    with service_scope(municipality.id, "test"):
        return RoleRequest.objects.get(answer="waiting")


def test_a_role_gives_nothing_before_another_administrator_confirms_it(
    adam: Client, eva: Client, people: dict[str, Persona], municipality: Municipality
) -> None:
    karen = people["karen"]
    said = do(adam, "user_role_give", karen, **new_role(Role.MANAGER))
    assert "venter på, at en anden administrator bekræfter" in said
    assert "Træk tilbage" in said
    assert "allerede på, at en anden" in do(adam, "user_role_give", karen, **new_role(Role.MANAGER))
    assert roles(karen) == {Role.CASEWORKER}
    waits = asked(municipality)
    given = {"id": waits.pk, "handling": "bekraeft"}
    assert "En anden administrator end den" in do(adam, "user_role_answer", karen, **given)
    assert "1 rolle" in text(eva.get(reverse("users"))) or "En rolle venter" in text(eva.get(reverse("users")))  # type: ignore[arg-type]  # the client's own class
    assert "Rollen er bekræftet" in do(eva, "user_role_answer", karen, **given)
    assert roles(karen) == {Role.CASEWORKER, Role.MANAGER}
    assert "venter ikke længere" in do(eva, "user_role_answer", karen, **given)


def test_a_new_person_has_no_role_before_it_is_confirmed_and_declined_roles_are_gone(
    adam: Client, eva: Client, municipality: Municipality, unit: Unit
) -> None:
    send(adam, reverse("user_new"), {"username": "olga", "name": "Olga Ø", **new_role(Role.LAWYER, unit)})
    with service_scope(municipality.id, "test"):
        olga = User.objects.get(username="olga")
    assert roles(olga) == set()
    assert "Bekræft rollen" in text(there(eva, olga))
    send(eva, reverse("user_role_answer", args=[olga.pk]), {"id": asked(municipality).pk, "handling": "afvis"})
    assert roles(olga) == set()
    assert "Bekræft rollen" not in text(there(eva, olga))


def test_a_job_function_role_waits_too(
    adam: Client, eva: Client, people: dict[str, Persona], municipality: Municipality
) -> None:
    assert send(adam, reverse("job_roles"), LINE).status_code == 302
    with service_scope(municipality.id, "test"):
        assert not JobRole.objects.exists()
    page = text(eva.get(reverse("job_roles")))  # type: ignore[arg-type]  # the client's own class
    assert "Leder venter på bekræftelse" in page
    given = {"id": asked(municipality).pk, "handling": "bekraeft"}
    send(adam, reverse("job_role_answer"), given)
    with service_scope(municipality.id, "test"):
        assert not JobRole.objects.exists()
    send(eva, reverse("job_role_answer"), given)
    with service_scope(municipality.id, "test"):
        assert JobRole.objects.get().pattern == LINE["pattern"]


def test_nobody_confirms_the_role_that_they_get(
    adam: Client, people: dict[str, Persona], municipality: Municipality
) -> None:
    with service_scope(municipality.id, "test"):
        third = persona("ida", municipality, Role.ADMINISTRATOR)
    do(adam, "user_role_give", people["eva"], **new_role(Role.MANAGER))
    with acting_as(people["eva"].token), pytest.raises(UnableToChangeUserError, match="give dig selv"):
        confirm(request_id=asked(municipality).pk, actor_id=people["eva"].user.pk, now=now(), today=today())
    with acting_as(third.token):
        confirm(request_id=asked(municipality).pk, actor_id=third.user.pk, now=now(), today=today())
    assert Role.MANAGER in roles(people["eva"])


def test_the_database_gives_no_role_by_one_alone(people: dict[str, Persona], municipality: Municipality) -> None:
    adam, karen = people["adam"], people["karen"]
    alone = {"municipality": municipality, "user": karen.user, "role": "economist", "starts": today()}
    waits = {**alone, "asked_at": now()}
    tries = (
        lambda: Membership.objects.create(**alone),
        lambda: RoleRequest.objects.create(**waits, asked_by=people["eva"].user),  # as if eva had asked
        lambda: RoleRequest.objects.create(**waits, asked_by=adam.user, answer="alone"),
        lambda: Membership.objects.filter(user=karen.user).update(role="manager"),
        lambda: Membership.objects.filter(user=karen.user).update(unit=None),
        lambda: JobRole.objects.create(municipality=municipality, pattern="http://k.dk/jobrole/x", role="manager"),
    )
    for attempt in tries:
        with acting_as(adam.token), pytest.raises(Error), transaction.atomic():
            attempt()
    with acting_as(adam.token):
        own = RoleRequest.objects.create(**waits, asked_by=adam.user)
        with pytest.raises(Error), transaction.atomic():
            RoleRequest.objects.filter(pk=own.pk).update(asked_by=people["eva"].user)
        with pytest.raises(Error), transaction.atomic():
            Membership.objects.create(**alone)
        with pytest.raises(Error), transaction.atomic():
            RoleRequest.objects.filter(pk=own.pk).update(answer="confirmed", answered_by=adam.user, answered_at=now())
    assert roles(karen) == {Role.CASEWORKER}


@pytest.mark.parametrize("way", ["closed", "ended"])
def test_putting_the_other_out_first_does_not_make_one_alone(
    adam: Client, people: dict[str, Persona], municipality: Municipality, way: str
) -> None:
    with service_scope(municipality.id, "test"):
        held = Membership.objects.get(user=people["eva"].user)
    with acting_as(people["adam"].token):
        if way == "closed":
            deactivate_user(user_id=people["eva"].user.pk, today=today())
        else:
            end_role(membership_id=held.pk, on=today(), today=today())
    assert "venter på" in do(adam, "user_role_give", people["karen"], **new_role(Role.MANAGER))
    assert roles(people["karen"]) == {Role.CASEWORKER}


def test_the_only_administrator_gives_it_at_once_and_those_who_read_the_logs_are_told(
    people: dict[str, Persona], municipality: Municipality
) -> None:
    with service_scope(municipality.id, "test"):
        Membership.objects.filter(user=people["eva"].user).update(
            starts=today() - timedelta(30), ends=today() - timedelta(8)
        )
    alone = logged_in_client(people["adam"])
    assert "ingen anden administrator" in do(alone, "user_role_give", people["karen"], **new_role(Role.MANAGER))
    assert Role.MANAGER in roles(people["karen"])
    send(alone, reverse("job_roles"), LINE)
    for _ in range(2):
        news.look_for_news(now=now())
    with acting_as(people["jens"].token):
        told = sorted(one.text for one in notices.latest(user_id=people["jens"].user.pk))
    assert told == [
        "Kommunens eneste administrator har givet rollen leder til jobfunktionsrollen " + LINE["pattern"],
        "Kommunens eneste administrator har givet rollen leder til karen",
    ]


def test_the_other_administrator_is_told_that_a_role_waits(
    adam: Client, people: dict[str, Persona], municipality: Municipality
) -> None:
    do(adam, "user_role_give", people["karen"], **new_role(Role.MANAGER))
    news.look_for_news(now=now())
    with acting_as(people["eva"].token):
        (told,) = notices.latest(user_id=people["eva"].user.pk)
        assert len(waiting_roles()) == 1
    assert told.text == "En administrator beder dig bekræfte rollen leder til karen"


def test_a_job_is_nobody_and_gives_roles_as_before(people: dict[str, Persona], municipality: Municipality) -> None:
    """Login through the municipality, `styr setup` and the example municipality."""
    for purpose in ("login", "setup", "demo"):
        with service_scope(municipality.id, purpose):
            Membership.objects.create(
                municipality=municipality, user=people["karen"].user, role="manager", starts=today(),
                unit=Unit.objects.filter(number=purpose).first() or Unit.objects.create(
                    municipality=municipality, number=purpose, name=purpose
                ),
            )  # fmt: skip


def test_a_closed_account_is_opened_without_its_roles(
    adam: Client, eva: Client, people: dict[str, Persona], municipality: Municipality
) -> None:
    karen = people["karen"]
    do(adam, "user_close", karen)
    with acting_as(people["adam"].token), pytest.raises(Error, match="without its roles"), transaction.atomic():
        User.objects.filter(pk=karen.user.pk).update(is_active=True)
    assert "1 rolle venter" in do(adam, "user_reopen", karen)
    assert roles(karen) == set()
    assert "Rollen er bekræftet" in do(eva, "user_role_answer", karen, id=asked(municipality).pk, handling="bekraeft")
    assert roles(karen) == {Role.CASEWORKER}


def test_what_the_municipality_s_login_gave_is_not_asked_for_when_an_account_is_opened(
    adam: Client, people: dict[str, Persona], municipality: Municipality
) -> None:
    """The next login gives it; asked for here it would be an ordinary role, which no login ends."""
    karen = people["karen"]
    with service_scope(municipality.id, "login"):
        Membership.objects.create(
            municipality=municipality, user=karen.user, role=Role.MANAGER, starts=today() - timedelta(9),
            from_login=True,
        )  # fmt: skip
    do(adam, "user_close", karen)
    assert "1 rolle venter" in do(adam, "user_reopen", karen)
    assert asked(municipality).role == Role.CASEWORKER
    assert roles(karen) == set()
