"""Around a login through the municipality: the login page, where one is sent, the mapping, the settings."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from identity_provider import CASEWORKER, CVR, MANAGER, UNIT, IdentityProvider, privileges, running
from loggedin import logged_in_client, send
from personas import PASSWORD, Persona, persona
from signing_on import BACK, START, configured, refused, through
from styr.access.core.roles import Role
from styr.access.login_models import JobRole
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.access.sign_on.providers import read_local_login, read_providers

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(municipality: Municipality, settings: Settings) -> Iterator[IdentityProvider]:
    with running() as found:
        settings.STYR_OIDC = configured(found.issuer, NAME="Eksempel Kommune")
        with service_scope(municipality.id, "test"):
            JobRole.objects.create(municipality=municipality, pattern=CASEWORKER, role="caseworker", constraint=UNIT)
            JobRole.objects.create(municipality=municipality, pattern=MANAGER, role="manager")
        found.claims["privileges"] = privileges(CASEWORKER, unit="11")
        yield found


def test_the_organisation_s_number_must_be_the_municipality_s_where_it_is_told(
    client: Client, provider: IdentityProvider, settings: Settings
) -> None:
    settings.STYR_OIDC = configured(provider.issuer, CVR_CLAIM="cvr")
    refused(client, through(client, provider))
    provider.claims["cvr"] = "99999999"
    refused(client, through(client, provider))
    provider.claims["cvr"] = CVR
    assert through(client, provider).status_code == 302


@pytest.mark.parametrize("onward", ["https://ond.example/", "//ond.example/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere_afterwards(client: Client, provider: IdentityProvider, onward: str) -> None:
    assert through(client, provider, onward=onward).headers["Location"] == "/"


def test_a_second_factor_is_not_asked_of_whom_the_municipality_has_proved(
    client: Client, provider: IdentityProvider, settings: Settings
) -> None:
    settings.STYR_SECOND_FACTOR = "required"
    assert through(client, provider).headers["Location"] == "/"
    assert "_auth_user_id" in client.session


def test_the_login_page_shows_the_way_and_hides_the_local_one_for_all_but_administrators(
    client: Client, provider: IdentityProvider, municipality: Municipality, settings: Settings
) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "Log ind med Eksempel Kommune" in page
    assert 'name="password"' in page
    settings.STYR_LOCAL_LOGIN = "administrators"
    assert 'name="password"' not in client.get(reverse("account_login")).content.decode()
    assert 'name="password"' in client.get(reverse("account_login"), {"lokalt": ""}).content.decode()
    with service_scope(municipality.id, "test"):
        persona("karen", municipality, Role.CASEWORKER)
        persona("adam", municipality, Role.ADMINISTRATOR)
    client.post(reverse("account_login"), {"login": "karen", "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    client.post(reverse("account_login"), {"login": "adam", "password": PASSWORD})
    assert "_auth_user_id" in client.session


def test_there_is_no_way_in_for_a_municipality_without_a_provider(client: Client, municipality: Municipality) -> None:
    assert client.get(START).status_code == client.get(BACK).status_code == 404


@pytest.fixture
def adam(municipality: Municipality) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("adam", municipality, Role.ADMINISTRATOR)


def test_the_mapping_is_kept_under_settings(adam: Persona, municipality: Municipality) -> None:
    client = logged_in_client(adam)
    line = {"pattern": "http://eksempel.dk/roles/jobrole/leder/*", "role": "manager", "constraint": ""}
    assert send(client, reverse("job_roles"), line).status_code == 302
    assert "jobrole/leder/*" in client.get(reverse("job_roles")).content.decode()
    assert send(client, reverse("job_roles"), line).status_code == 422
    assert send(client, reverse("job_roles"), line | {"pattern": "http*"}).status_code == 422
    of_a_unit = line | {"role": "administrator", "constraint": UNIT}
    assert send(client, reverse("job_roles"), of_a_unit).status_code == 422
    with service_scope(municipality.id, "test"):
        row = JobRole.objects.get()
        nanna = persona("nanna", municipality, Role.MANAGER)
    assert send(logged_in_client(nanna), reverse("job_roles"), line).status_code == 403
    assert send(client, reverse("job_role_remove", args=[row.id])).status_code == 302
    with service_scope(municipality.id, "test"):
        assert not JobRole.objects.exists()


@pytest.mark.parametrize(
    "environment",
    [
        {"STYR_OIDC_999_ISSUER": "https://idp.example"},
        {"STYR_OIDC_999_ISSURE": "https://idp.example"},
    ],
)
def test_half_a_provider_stops_the_program(environment: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        read_providers(environment)


def test_an_issuer_without_https_and_an_unknown_word_stop_the_program() -> None:
    with pytest.raises(ImproperlyConfigured, match="https"):
        configured("http://idp.example")
    with pytest.raises(ImproperlyConfigured, match="STYR_LOCAL_LOGIN"):
        read_local_login("admins")
