"""How often somebody may try to log in, and what they are told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from personas import PASSWORD, Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.services import forget_expired

pytestmark = pytest.mark.django_db


@pytest.fixture
def karen(municipality: Municipality, unit: Unit) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("karen", municipality, Role.CASEWORKER, unit)


def attempt(client: Client, username: str, password: str = "forkert", address: str = "10.0.0.1") -> HttpResponse:  # noqa: S107 -- a wrong one
    told = {"login": username, "password": password}
    return client.post(reverse("account_login"), told, REMOTE_ADDR=address)  # type: ignore[return-value]  # the test client's own class


def test_many_who_mistype_behind_one_address_keep_nobody_out(client: Client, karen: Persona) -> None:
    for number in range(60):
        assert attempt(client, f"kollega{number}").status_code == 200
    assert attempt(client, "karen", PASSWORD).status_code == 302


def test_one_name_is_closed_for_a_while_from_wherever_it_is_tried(client: Client, karen: Persona) -> None:
    for number in range(5):
        told = attempt(client, "karen", address=f"10.0.0.{number}").content.decode()
        assert "Brugernavn eller adgangskode passer ikke" in told
    told = attempt(client, "karen", PASSWORD, address="10.0.1.1").content.decode()
    assert "Der er for mange mislykkede forsøg. Vent fem minutter, og prøv igen." in told
    assert "_auth_user_id" not in client.session


def test_a_right_password_costs_no_attempt(karen: Persona) -> None:
    for _ in range(8):
        assert attempt(Client(), "karen", PASSWORD).status_code == 302


def test_too_many_from_one_address_are_told_so_in_danish(client: Client, karen: Persona, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip", "login_failed": "100/10m/ip,5/5m/key"}
    assert [attempt(client, f"navn{number}").status_code for number in range(3)] == [200, 200, 429]
    page = attempt(client, "karen", PASSWORD).content.decode()
    assert "Vent et minut, og prøv igen." in page
    assert '<html lang="da"' in page
    assert attempt(client, "karen", PASSWORD, address="10.0.0.2").status_code == 302


def test_behind_a_counted_proxy_each_client_has_its_own_address(
    client: Client, karen: Persona, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    told = {"login": "ingen", "password": "forkert"}

    def from_client(seen: str) -> int:
        return client.post(reverse("account_login"), told, headers={"X-Forwarded-For": seen}).status_code

    assert [from_client("203.0.113.1") for _ in range(3)] == [200, 200, 429]
    assert from_client("9.9.9.9, 203.0.113.1") == 429, "what the client itself claims is not believed"
    assert from_client("203.0.113.2") == 200


def test_the_store_keeps_adds_and_forgets() -> None:
    assert cache.add("navn", [1.5, 2.0], 60)
    assert not cache.add("navn", [9.0], 60)
    assert cache.get("navn") == [1.5, 2.0]
    cache.set("navn", {"antal": 3}, 60)
    assert cache.get("navn") == {"antal": 3}
    assert cache.touch("navn", None)
    assert cache.delete("navn")
    assert not cache.delete("navn")
    assert not cache.touch("navn", 60)
    assert cache.get("navn", "intet") == "intet"
    with pytest.raises(NotImplementedError):
        cache.clear()


def test_what_is_past_its_time_is_gone_and_may_be_added_again() -> None:
    cache.set("kort", 1, 0)
    assert cache.get("kort") is None
    assert cache.add("kort", 2, 60)
    cache.set("glemt", 1, -5)
    forget_expired()
    assert cache.get("kort") == 2


def test_the_counts_cannot_be_read_as_a_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(current_user, 'access_shared', 'SELECT')")
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db(transaction=True)
def test_processes_that_count_at_once_lose_nothing() -> None:
    """allauth's own way: take the lock, read, write, give the lock back; each in a transaction of its own."""

    def count(_: int) -> bool:
        try:
            with transaction.atomic():
                locked = cache.add("fælles:lock", "taget", 10)
                if locked:
                    cache.set("fælles", cache.get("fælles", 0) + 1, 60)
                    cache.delete("fælles:lock")
            return locked
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(count, range(24)))
    assert cache.get("fælles") == sum(taken) == 24
