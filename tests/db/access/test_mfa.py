"""The second factor: what a password alone opens (nothing), and every way through and around."""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator  # type: ignore[import-untyped]  # allauth ships no types
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from logging_in import code_of, enrol, log_in
from personas import PASSWORD, Persona, persona, rows_seen_by
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Membership, Municipality, Unit
from styr.access.scope import acting_as, service_scope
from styr.access.web.login import SESSION_TOKEN, hold_half
from styr.kernel.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def karen(municipality: Municipality, unit: Unit) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("karen", municipality, Role.CASEWORKER, unit)


@pytest.fixture
def required(settings: Settings) -> None:
    settings.STYR_SECOND_FACTOR = "required"


def test_a_password_alone_opens_nothing_where_a_factor_is_required(
    client: Client, karen: Persona, required: None
) -> None:
    log_in(client)
    assert "_auth_user_id" not in client.session
    for name in ("start", "citizens", "invoices", "account", "mfa_activate_totp", "mfa_view_recovery_codes"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith(reverse("account_login")), name
    half = str(client.session[SESSION_TOKEN])
    assert rows_seen_by(half, "SELECT * FROM access_unit") == []
    assert rows_seen_by(half, "SELECT * FROM access_municipality") == []
    assert rows_seen_by(half, "SELECT * FROM access_membership") == []
    assert rows_seen_by(half, "SELECT styr_municipality(), styr_user(), styr_all_units(), styr_may_write()") == [
        (None, None, False, False)
    ]
    assert rows_seen_by(half, "SELECT username FROM access_user") == [("karen",)]


def test_half_a_login_of_any_purpose_reaches_no_table_but_its_own_two(karen: Persona) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'municipality_id'"
            " WHERE c.relkind IN ('r', 'v') AND c.relnamespace = 'public'::regnamespace"
            " AND has_table_privilege(c.oid, 'SELECT') AND c.relname <> 'access_user'"
        )
        tables = [row[0] for row in cursor.fetchall()]
    assert len(tables) > 50
    for purpose in ("second_factor", "enrolment"):
        grantee = tokens.Grantee(karen.user.municipality_id, karen.user.id, purpose, may_write=False)
        half = tokens.issue(grantee, now=now(), expires=now() + timedelta(minutes=5))
        with acting_as(half), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')  # noqa: S608 -- names of the catalogue
                assert cursor.fetchone() == (False,), table


def test_setting_one_up_lets_in_and_the_half_login_ends(client: Client, karen: Persona, required: None) -> None:
    log_in(client)
    half = str(client.session[SESSION_TOKEN])
    secret, codes = enrol(Client())
    assert len(codes) == 10
    with acting_as(karen.token):
        held = Authenticator.objects.get(type="totp")
        assert secret not in str(held.data)
    other = Client()
    enrolled = log_in(other)
    assert enrolled.headers["Location"] == reverse("mfa_authenticate")
    assert other.post(reverse("mfa_authenticate"), {"code": code_of(secret, 1)}).status_code == 302
    assert rows_seen_by(str(other.session[SESSION_TOKEN]), "SELECT count(*) FROM access_unit") == [(3,)]
    assert rows_seen_by(half, "SELECT kind FROM access_factorchange") == []


def test_the_half_token_dies_when_the_login_is_complete(client: Client, karen: Persona, required: None) -> None:
    log_in(client)
    half = str(client.session[SESSION_TOKEN])
    enrol(client)
    assert str(client.session[SESSION_TOKEN]) != half
    assert rows_seen_by(half, "SELECT username FROM access_user") == []


def test_who_knows_the_password_cannot_use_a_factor_that_another_login_made(karen: Persona, required: None) -> None:
    """Both stood at the page when there was none; the spare codes are shown to whoever made them alone."""
    thief = Client()
    log_in(thief)
    assert thief.get(reverse("second_factor_setup")).status_code == 200
    enrol(Client())
    assert thief.get(reverse("second_factor_codes")).headers["Location"] == reverse("account_login")
    assert thief.post(reverse("second_factor_codes")).headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in thief.session
    assert log_in(thief).headers["Location"] == reverse("mfa_authenticate")


def test_a_code_is_taken_once(karen: Persona, required: None) -> None:
    secret, _ = enrol(Client())
    code = code_of(secret, 1)
    first, second = Client(), Client()
    log_in(first)
    log_in(second)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    told = second.post(reverse("mfa_authenticate"), {"code": code})
    assert "Koden passer ikke" in told.content.decode()
    assert "_auth_user_id" not in second.session


def test_a_spare_code_lets_in_once(karen: Persona, required: None) -> None:
    _, codes = enrol(Client())
    client = Client()
    log_in(client)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[3]}).status_code == 302
    again = Client()
    log_in(again)
    assert "Koden passer ikke" in again.post(reverse("mfa_authenticate"), {"code": codes[3]}).content.decode()


def test_codes_cannot_be_guessed_for_long(karen: Persona, required: None) -> None:
    secret, _ = enrol(Client())
    client = Client()
    log_in(client)
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
    told = client.post(reverse("mfa_authenticate"), {"code": code_of(secret, 1)}).content.decode()
    assert "for mange mislykkede forsøg" in told
    assert "_auth_user_id" not in client.session


def test_one_person_s_secret_does_not_open_as_another_s(
    karen: Persona, municipality: Municipality, unit: Unit, required: None
) -> None:
    secret, _ = enrol(Client())
    with service_scope(municipality.id, "test"):
        thief = persona("tyge", municipality, Role.CASEWORKER, unit)
    with acting_as(karen.token):
        stolen = Authenticator.objects.get(type="totp").data
    with acting_as(thief.token):
        Authenticator.objects.create(user=thief.user, type="totp", data=stolen)
    client = Client(raise_request_exception=False)
    client.post(reverse("account_login"), {"login": "tyge", "password": PASSWORD})
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret, 1)}).status_code == 500


def test_factors_are_seen_and_changed_by_their_own_person_alone(
    karen: Persona, municipality: Municipality, required: None
) -> None:
    enrol(Client())
    with service_scope(municipality.id, "test"):
        adam = persona("adam", municipality, Role.ADMINISTRATOR)
        assert not Authenticator.objects.exists()
    with acting_as(adam.token):
        assert not Authenticator.objects.exists()
        assert Authenticator.objects.all().delete()[0] == 0


def test_half_a_login_makes_a_factor_only_while_enrolling(karen: Persona) -> None:
    from django.db.utils import ProgrammingError

    with transaction.atomic():
        hold_half(None, karen.user.id, karen.user.municipality_id, "second_factor")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Authenticator.objects.create(user=karen.user, type="totp", data={})
        hold_half(None, karen.user.id, karen.user.municipality_id, "enrolment")
        Authenticator.objects.create(user=karen.user, type="totp", data={})
        tokens.present("")


def test_it_may_be_required_of_some_roles_alone(
    client: Client, karen: Persona, municipality: Municipality, settings: Settings
) -> None:
    settings.STYR_SECOND_FACTOR = "administrator,economist"
    log_in(client)
    assert "_auth_user_id" in client.session
    with service_scope(municipality.id, "test"):
        Membership.objects.create(
            municipality=municipality, user=karen.user, role=Role.ECONOMIST, starts=date(2020, 1, 1)
        )
    assert log_in(Client()).headers["Location"] == reverse("second_factor_setup")
