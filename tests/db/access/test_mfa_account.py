"""Min konto: factors, passkeys, the password and sessions, and what an administrator may do about lost ones."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator  # type: ignore[import-untyped]  # allauth ships no types
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from loggedin import logged_in_client, send
from logging_in import code_of, enrol, log_in
from personas import PASSWORD, Persona, persona, rows_seen_by
from soft_key import SoftKey
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as, service_scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def karen(municipality: Municipality, unit: Unit) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("karen", municipality, Role.CASEWORKER, unit)


@pytest.fixture
def required(settings: Settings) -> None:
    settings.STYR_SECOND_FACTOR = "required"


def reauthenticated(client: Client) -> Client:
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


def test_changing_factors_asks_for_the_password_again(karen: Persona) -> None:
    client = logged_in_client(karen)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(reverse("account_reauthenticate"), {"password": "forkert"}).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    page = reauthenticated(client).get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    assert "data:image/svg+xml" in page.content.decode()


def test_an_app_is_set_up_and_removed_from_the_account(karen: Persona) -> None:
    client = reauthenticated(logged_in_client(karen))
    client.get(reverse("mfa_activate_totp"))
    secret = client.session["mfa.totp.secret"]
    made = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert made.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert len(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]) == 10
    told = client.get(reverse("account")).content.decode()
    assert "Kodeapp" in told
    assert "10 tilbage" in told
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert "Kodeapp fjernet" in re.sub(r"\s+", " ", client.get(reverse("account")).content.decode())
    with acting_as(karen.token):
        assert not Authenticator.objects.exists()


def test_the_last_factor_stays_where_one_is_required(karen: Persona, required: None) -> None:
    client = Client()
    enrol(client)
    reauthenticated(client)
    client.post(reverse("mfa_deactivate_totp"))
    with acting_as(karen.token):
        assert Authenticator.objects.filter(type="totp").exists()


def challenge_of(page: Any, kind: str) -> str:
    return str(page.context["js_data"][kind]["publicKey"]["challenge"])


def test_a_passkey_is_made_on_the_way_in_and_lets_in_afterwards(karen: Persona, required: None) -> None:
    key = SoftKey("localhost", "http://localhost")
    client = Client(SERVER_NAME="localhost")
    log_in(client)
    asked = client.get(reverse("second_factor_passkey"))
    answer = key.made(challenge_of(asked, "creation_options"))
    made = client.post(reverse("second_factor_passkey"), {"name": "Bærbar", "credential": answer})
    assert made.status_code == 302
    client.post(reverse("second_factor_codes"))
    assert "Bærbar" in client.get(reverse("account")).content.decode()

    again = Client(SERVER_NAME="localhost")
    log_in(again)
    asked = again.get(reverse("mfa_authenticate"))
    shown = key.shown(challenge_of(asked, "request_options"))
    other = SoftKey("localhost", "http://localhost").shown(challenge_of(asked, "request_options"))
    assert again.post(reverse("mfa_authenticate"), {"credential": other}).status_code == 200
    asked = again.get(reverse("mfa_authenticate"))
    replayed = again.post(reverse("mfa_authenticate"), {"credential": shown})
    assert replayed.status_code == 200, "the challenge was another's"
    asked = again.get(reverse("mfa_authenticate"))
    shown = key.shown(challenge_of(asked, "request_options"))
    assert again.post(reverse("mfa_authenticate"), {"credential": shown}).status_code == 302
    assert "_auth_user_id" in again.session


def test_a_passkey_from_another_site_is_refused(karen: Persona, required: None) -> None:
    client = Client(SERVER_NAME="localhost")
    log_in(client)
    asked = client.get(reverse("second_factor_passkey"))
    answer = SoftKey("localhost", "https://localhost.evil.example").made(challenge_of(asked, "creation_options"))
    assert client.post(reverse("second_factor_passkey"), {"credential": answer}).status_code == 422


def test_an_administrator_takes_lost_factors_away_and_it_is_noted(
    karen: Persona, municipality: Municipality, required: None
) -> None:
    enrol(Client())
    with service_scope(municipality.id, "test"):
        adam = persona("adam", municipality, Role.ADMINISTRATOR)
    client = logged_in_client(adam)
    assert send(client, reverse("user_factors_reset", args=[karen.user.id])).status_code == 302
    assert log_in(Client()).headers["Location"] == reverse("second_factor_setup")
    changes = rows_seen_by(adam.token, "SELECT kind, changed_by FROM access_factorchange WHERE NOT added ORDER BY kind")
    assert changes == [("recovery_codes", adam.user.id), ("totp", adam.user.id)]
    with service_scope(municipality.id, "test"):
        nanna = persona("nanna", municipality, Role.MANAGER)
    assert send(logged_in_client(nanna), reverse("user_factors_reset", args=[adam.user.id])).status_code == 403


def test_nobody_writes_the_log_of_factors(karen: Persona) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, 'access_factorchange', 'INSERT, UPDATE, DELETE')")
        assert cursor.fetchone() == (False,)


def test_the_password_is_changed_with_the_old_one_and_other_sessions_end(karen: Persona) -> None:
    client, other = Client(), logged_in_client(karen)
    log_in(client)
    new = "en anden lang sætning som ingen gætter"
    wrong = send(client, reverse("account_change_password"), {"current": "x", "password": new, "again": new})
    assert wrong.status_code == 422
    weak = send(client, reverse("account_change_password"), {"current": PASSWORD, "password": "kort", "again": "kort"})
    assert weak.status_code == 422
    good = send(client, reverse("account_change_password"), {"current": PASSWORD, "password": new, "again": new})
    assert good.status_code == 302
    assert client.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302
    assert log_in(Client()).status_code == 200


def test_other_sessions_can_be_ended_from_the_account(karen: Persona) -> None:
    client, other = Client(), Client()
    log_in(client)
    log_in(other)
    assert "Afslut de andre" in client.get(reverse("account")).content.decode()
    assert send(client, reverse("account_sessions_end")).status_code == 302
    assert client.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302


def test_the_account_asks_for_few_queries(karen: Persona, django_assert_max_num_queries: Any) -> None:
    client = logged_in_client(karen)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("account")).status_code == 200


@pytest.mark.parametrize("name", ["mfa_view_recovery_codes", "mfa_deactivate_totp"])
def test_a_page_about_a_factor_that_one_does_not_have_leads_to_the_account(karen: Persona, name: str) -> None:
    answer = logged_in_client(karen).get(reverse(name))
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("mfa_index"))
