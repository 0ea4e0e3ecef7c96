"""The pages of dated rules: one look, few questions to the database, set, looked up, ended and taken back."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope

pytestmark = pytest.mark.django_db
KINDS = (
    *("kontobehandling", "refusionsgraenser", "refusionsregler", "refusionskonti", "overgange"),
    "folkepensionsalder",
)


@pytest.fixture
def desk(municipality: Municipality, unit: Unit) -> tuple[Client, Client]:
    with service_scope(municipality.id, "test"):
        people = persona("lone", municipality, Role.ECONOMIST), persona("lokal", municipality, Role.ECONOMIST, unit)
        return logged_in_client(people[0]), logged_in_client(people[1])


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_set_opens_with_few_questions(desk: tuple[Client, Client]) -> None:
    client, _ = desk
    for address in (reverse("rules"), *(reverse("rule_kind", args=[kind]) for kind in KINDS)):
        with CaptureQueriesContext(connection) as asked:
            page = text(client, f"{address}?alle=")
        assert len(asked) <= 12, (address, len(asked))
        assert "Daterede regler" in page
    assert client.get(reverse("rule_kind", args=["omkostningssteder"])).status_code == 302
    assert client.get(reverse("rule_kind", args=["ukendt"])).status_code == 404


def test_an_own_rule_is_set_looked_at_and_taken_back(desk: tuple[Client, Client]) -> None:
    client, local = desk
    address = reverse("rule_kind", args=["overgange"])
    told = {"from_section": "BL-43", "age": "18", "to_section": "SEL-108", "share": "100", "source": "Byrådet"}
    assert "Sæt jeres egen" not in text(local, address)
    send(local, address, {**told, "starts": "2026-01-01"})
    assert "Jeres egen" not in text(client, address)
    send(client, address, {**told, "starts": "2026-01-01"})
    page = text(client, address)
    assert "Jeres egen" in page
    assert "SEL § 108" in page
    (back,) = set(re.findall(r'action="(/opsaetning/regler/aendringer/[^"]+)"', page))
    client.post(back)
    page = text(client, address)
    assert "Jeres egen</" not in page
    assert "Fortrudt" in page


def test_a_row_is_confirmed_and_the_limits_of_a_new_year_are_entered_and_removed(desk: tuple[Client, Client]) -> None:
    client, _ = desk
    ages = reverse("rule_kind", args=["folkepensionsalder"])
    send(client, reverse("rule_check", args=["folkepensionsalder"]), {"regel": "1963-01-01|1963-01-01"})
    assert "kontrolleret af Lone" in text(client, ages)
    send(
        client, reverse("rule_check", args=["folkepensionsalder"]), {"regel": "1963-01-01|1963-01-01", "fortryd": "ja"}
    )
    assert "kontrolleret af Lone" not in text(client, ages)
    limits = reverse("rule_kind", args=["refusionsgraenser"])
    told = {"scheme": "SEL-176", "year": "2026", "source": "Skrivelse", "over1": "900.000", "percent1": "25"}
    send(client, limits, {**told, "percent2": "50", "percent3": "75"})
    assert "900.000 kr.: 25 %" in text(client, limits)
    send(client, reverse("rule_end", args=["refusionsgraenser"]), {"regel": "SEL-176|2026"})
    assert "900.000 kr.: 25 %" not in text(client, limits)


def test_ages_and_accounts_of_the_refund_are_set_as_they_are_shown(desk: tuple[Client, Client]) -> None:
    client, _ = desk
    numbers, accounts = (reverse("rule_kind", args=[kind]) for kind in ("refusionsregler", "refusionskonti"))
    told = {"rule": "age_limit", "value": "68", "source": "Lov af 2028"}
    send(client, numbers, {**told, "starts": "2030-06-01"})
    assert "Lov af 2028" not in text(client, numbers)
    send(client, numbers, {**told, "starts": "2030-01-01"})
    assert "Lov af 2028" in text(client, numbers)
    send(
        client, accounts, {"account": "5.28.24", "treatment": "counts", "starts": "2026-01-01", "source": "Revisionen"}
    )
    assert "Revisionen" in text(client, accounts)
    change = text(client, f"{accounts}?ret=52824|2007-01-01&alle=")
    assert 'value="BL" selected' not in change, "a function says nothing of the law"
