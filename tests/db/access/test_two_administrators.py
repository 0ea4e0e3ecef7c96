"""No administrator reaches everything alone: not their own roles and blocks, and not another's whole login."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator  # type: ignore[import-untyped]  # allauth ships no types
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from db.access.test_staff_pages import do, new_role, text, there
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import CaseBlock, Membership, Municipality, PasswordLink, Unit
from styr.access.scope import acting_as, service_scope
from styr.access.web.login import issue_session_token
from styr.kernel.clock import now, today
from styr.workspace import news, notices
from styr.workspace.core.noticing import NoticeKind

pytestmark = pytest.mark.django_db


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


def has_an_app(who: Persona) -> None:
    with acting_as(who.token):
        Authenticator.objects.create(user=who.user, type="totp", data={"secret": "x"})


def test_nobody_gives_themselves_a_role_or_takes_one_up_again(
    adam: Client, people: dict[str, Persona], municipality: Municipality
) -> None:
    own = people["adam"]
    assert "Du kan ikke give dig selv en rolle" in do(adam, "user_role_give", own, **new_role(Role.ECONOMIST))
    given = {"municipality_id": municipality.id, "user": own.user, "role": "economist"}
    with acting_as(own.token), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Membership.objects.create(**given, starts=today())
    with service_scope(municipality.id, "test"):
        over = Membership.objects.create(**given, starts=today() - timedelta(9), ends=today() - timedelta(1))
    with acting_as(own.token), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Membership.objects.filter(pk=over.pk).update(ends=None)
    with service_scope(municipality.id, "test"):
        held = Membership.objects.get(user=own.user, role="administrator")
    assert send(adam, reverse("user_role_end", args=[own.user.pk]), {"id": held.pk}).status_code == 302
    assert adam.get(reverse("users")).status_code == 403


def test_nobody_lifts_their_own_block(adam: Client, people: dict[str, Persona], municipality: Municipality) -> None:
    own, other = people["adam"], people["eva"]
    with service_scope(municipality.id, "test"):
        held = CaseBlock.objects.create(
            municipality=municipality, user=own.user, cpr_index="a" * 64, reason="Søn", starts=today() - timedelta(1)
        )
    assert "ikke ophæve din egen spærring" in do(adam, "user_block_lift", own, id=held.pk)
    with acting_as(own.token):
        assert CaseBlock.objects.filter(pk=held.pk).update(ends=today()) == 0
        assert CaseBlock.objects.filter(pk=held.pk).delete()[0] == 0
    assert "ophævet" in do(logged_in_client(other), "user_block_lift", own, id=held.pk)


def test_a_new_password_and_a_new_factor_take_two_administrators(
    adam: Client, people: dict[str, Persona], municipality: Municipality
) -> None:
    karen, eva = people["karen"], logged_in_client(people["eva"])
    has_an_app(karen)
    do(adam, "user_link", karen)
    assert "Lad en anden administrator nulstille" in do(adam, "user_factors_reset", karen)
    assert "er nulstillet" in do(eva, "user_factors_reset", karen)
    assert "Lad en anden administrator lave linket" in do(eva, "user_link", karen)
    with (
        acting_as(people["eva"].token),
        pytest.raises((ProgrammingError, IntegrityError), match="row-level security"),
        transaction.atomic(),
    ):
        PasswordLink.objects.create(
            municipality=municipality, user=karen.user, made_by=people["eva"].user.id, made_at=now(), expires_at=now()
        )
    assert "Der er lavet et nyt link" in do(adam, "user_link", karen)
    assert "dit eget login-trin" in do(adam, "user_factors_reset", people["adam"])
    assert "får besked" in text(there(adam, karen))


def test_the_person_and_those_who_read_the_logs_are_told(adam: Client, people: dict[str, Persona]) -> None:
    karen, jens = people["karen"], people["jens"]
    has_an_app(karen)
    do(adam, "user_factors_reset", karen)
    do(logged_in_client(people["eva"]), "user_link", karen)
    for _ in range(2):
        news.look_for_news(now=now())
    with acting_as(issue_session_token(user_id=karen.user.id, municipality_id=karen.user.municipality_id)):
        told = notices.latest(user_id=karen.user.id)
    assert {one.kind for one in told} == {NoticeKind.LOGIN}
    assert sorted(one.text for one in told) == [
        "En administrator har fjernet et ekstra login-trin for dig",
        "En administrator har lavet et adgangskodelink til dig",
    ]
    with acting_as(jens.token):
        assert sum("brugeren karen" in one.text for one in notices.latest(user_id=jens.user.id)) == 2
    with acting_as(people["eva"].token):
        assert notices.latest(user_id=people["eva"].user.id) == ()
