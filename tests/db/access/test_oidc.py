"""Login through a municipality's own provider: who is let in as whom, and everything that must not work."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from identity_provider import CASEWORKER, MANAGER, UNIT, IdentityProvider, new_key, privileges, running
from personas import persona, rows_seen_by
from signing_on import BACK, START, configured, refused, through
from styr.access.core.roles import Role
from styr.access.login_models import JobRole, LoginIdentity
from styr.access.models import Membership, Municipality, User
from styr.access.models import Unit as UnitRow
from styr.access.scope import service_scope
from styr.access.web.login import SESSION_TOKEN
from styr.kernel.clock import now, today

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


def roles_of(municipality: Municipality) -> set[tuple[str, str | None, bool]]:
    with service_scope(municipality.id, "test"):
        running_now = Membership.objects.filter(ends=None).values_list("role", "unit__number", "from_login")
        return set(running_now)


def test_the_first_login_makes_the_person_with_the_roles_in_the_units(
    client: Client, provider: IdentityProvider, municipality: Municipality
) -> None:
    answer = through(client, provider, onward="/konto/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/")
    token = str(client.session[SESSION_TOKEN])
    assert rows_seen_by(token, "SELECT name, username LIKE '999-%' FROM access_user") == [("Karen Holm", True)]
    assert rows_seen_by(token, "SELECT styr_all_units(), cardinality(styr_units())") == [(False, 1)]
    assert roles_of(municipality) == {("caseworker", "11", True)}
    page = client.get("/konto/")
    assert page.status_code == 200
    assert "Skift adgangskode" not in page.content.decode()


def test_the_next_login_is_the_same_person_whatever_they_are_called_now(
    provider: IdentityProvider, municipality: Municipality
) -> None:
    through(Client(), provider)
    provider.claims["name"] = "Karen Lund"
    through(Client(), provider)
    provider.claims |= {"sub": "person-2", "name": "Karen Holm"}
    through(Client(), provider)
    with service_scope(municipality.id, "test"):
        assert LoginIdentity.objects.count() == User.objects.count() == 2


def test_a_local_user_of_the_same_name_is_somebody_else(provider: IdentityProvider, municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        local = persona("Karen Holm", municipality, Role.ADMINISTRATOR)
    provider.claims |= {"sub": "Karen Holm", "preferred_username": "Karen Holm"}
    client = Client()
    through(client, provider)
    assert client.session["_auth_user_id"] != str(local.user.id)


def test_each_login_replaces_what_the_last_one_gave_and_leaves_what_is_given_here(
    provider: IdentityProvider, municipality: Municipality, other_unit: UnitRow
) -> None:
    through(Client(), provider)
    with service_scope(municipality.id, "test"):
        user = User.objects.get()
        Membership.objects.create(
            municipality=municipality, user=user, unit=other_unit, role="lawyer", starts=date(2020, 1, 1)
        )
        Membership.objects.filter(from_login=True).update(starts=today() - timedelta(days=9))
    provider.claims["privileges"] = privileges(MANAGER)
    through(Client(), provider)
    assert roles_of(municipality) == {("manager", None, True), ("lawyer", "12", False)}
    with service_scope(municipality.id, "test"):
        assert Membership.objects.get(role="caseworker").ends == today()


def test_one_whose_roles_are_gone_is_refused_and_loses_them_at_once(
    provider: IdentityProvider, municipality: Municipality
) -> None:
    first = Client()
    through(first, provider)
    provider.claims["privileges"] = privileges("http://eksempel.dk/roles/jobrole/andet/1")
    client = Client()
    answer = through(client, provider)
    assert answer.status_code == 403
    assert "ingen af dine jobfunktionsroller giver adgang" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert roles_of(municipality) == set()
    assert rows_seen_by(str(first.session[SESSION_TOKEN]), "SELECT cardinality(styr_units())") == [(0,)]


@pytest.mark.parametrize(
    "listed",
    [
        None,
        "",
        privileges(CASEWORKER, cvr="99999999", unit="11"),
        privileges(CASEWORKER),
        privileges(CASEWORKER, unit="ukendt"),
        privileges(f"{CASEWORKER}/mere", unit="11"),
    ],
    ids=["no claim", "empty", "another's CVR", "no unit", "unknown unit", "a longer name"],
)
def test_roles_that_give_nothing_make_nobody(
    client: Client, provider: IdentityProvider, municipality: Municipality, listed: str | None
) -> None:
    provider.claims["privileges"] = listed
    assert through(client, provider).status_code == 403
    with service_scope(municipality.id, "test"):
        assert not User.objects.exists()


def test_a_list_that_is_not_understood_lets_nobody_in(client: Client, provider: IdentityProvider) -> None:
    provider.claims["privileges"] = "ikke base64!"
    refused(client, through(client, provider))


def test_somebody_whose_access_is_closed_stays_out(provider: IdentityProvider, municipality: Municipality) -> None:
    through(Client(), provider)
    with service_scope(municipality.id, "test"):
        User.objects.update(is_active=False)
    client = Client()
    answer = through(client, provider)
    assert answer.status_code == 403
    assert "Din adgang til Styr er lukket" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def moment(seconds: int) -> int:
    return int(now().timestamp()) + seconds


WRONG: dict[str, Callable[[IdentityProvider], object]] = {
    "issuer": lambda it: it.claims.update(iss="https://en-anden.example"),
    "audience": lambda it: it.claims.update(aud="et andet program"),
    "audience among others": lambda it: it.claims.update(aud=["styr", "andet"], azp="andet"),
    "no audience": lambda it: it.claims.update(aud=None),
    "nonce": lambda it: it.claims.update(nonce="en andens"),
    "no nonce": lambda it: it.claims.update(nonce=None),
    "no subject": lambda it: it.claims.update(sub=None),
    "empty subject": lambda it: it.claims.update(sub=" "),
    "expired": lambda it: it.claims.update(exp=moment(-120)),
    "no expiry": lambda it: it.claims.update(exp=None),
    "made long ago": lambda it: it.claims.update(iat=moment(-3600)),
    "not yet": lambda it: it.claims.update(nbf=moment(3600)),
    "unsigned": lambda it: it.__dict__.update(algorithm="none", signs_with=""),
    "signed with the client's secret": lambda it: it.__dict__.update(algorithm="HS256", signs_with="hemmelig" * 4),
    "another's key": lambda it: it.__dict__.update(signs_with=new_key()),
    "a key that is not told": lambda it: it.__dict__.update(signs_with=new_key(), kid="2"),
    "another's description": lambda it: it.described.update(issuer="https://en-anden.example"),
    "keys over plain http": lambda it: it.described.update(jwks_uri="http://example.org/jwks"),
    "codes over plain http": lambda it: it.described.update(token_endpoint="http://example.org/token"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_an_answer_that_does_not_hold_lets_nobody_in(
    client: Client, provider: IdentityProvider, municipality: Municipality, fault: str
) -> None:
    start = client.get(START).headers["Location"]
    WRONG[fault](provider)
    if provider.described:
        from hashlib import sha256

        from django.core.cache import cache

        told = sha256(f"{provider.issuer}/.well-known/openid-configuration".encode()).hexdigest()
        cache.delete(f"oidc:{told}")
    refused(client, client.get(BACK, provider.authorize(start)))
    with service_scope(municipality.id, "test"):
        assert not User.objects.exists()


def test_the_answer_belongs_to_the_browser_that_asked(client: Client, provider: IdentityProvider) -> None:
    refused(client, through(client, provider, state="en andens"))
    refused(client, through(client, provider, iss="https://en-anden.example"))
    refused(client, through(client, provider, error="access_denied"))
    address = Client().get(START).headers["Location"]
    refused(client, client.get(BACK, provider.authorize(address)))


def test_an_answer_and_its_code_are_taken_once(provider: IdentityProvider) -> None:
    client = Client()
    address = client.get(START).headers["Location"]
    answer = provider.authorize(address)
    assert client.get(BACK, answer).status_code == 302
    client.post(reverse("account_logout"))
    refused(client, client.get(BACK, answer))
    thief = Client()
    other = thief.get(START).headers["Location"]
    mine = provider.authorize(other)
    refused(thief, thief.get(BACK, answer | {"state": mine["state"]}))


def test_an_attempt_that_took_too_long_is_over(client: Client, provider: IdentityProvider) -> None:
    address = client.get(START).headers["Location"]
    session = client.session
    session["styr_oidc"] = session["styr_oidc"] | {"begun": moment(-700)}
    session.save()
    refused(client, client.get(BACK, provider.authorize(address)))


def test_one_municipality_s_provider_proves_nobody_of_another(
    provider: IdentityProvider, municipality: Municipality, other_municipality: Municipality, settings: Settings
) -> None:
    """The same subject at the other municipality's provider is another person, with the other's roles and rows."""
    through(Client(), provider)
    with running() as second:
        settings.STYR_OIDC = settings.STYR_OIDC | configured(second.issuer, code="998", cvr="11111111")
        second.claims["privileges"] = privileges(MANAGER, cvr="11111111")
        client = Client()
        address = client.get(START.replace("999", "998")).headers["Location"]
        answer = second.authorize(address)
        refused(client, client.get(BACK, answer))
        client = Client()
        address = client.get(START.replace("999", "998")).headers["Location"]
        assert client.get(BACK.replace("999", "998"), second.authorize(address)).status_code == 403
        with service_scope(other_municipality.id, "test"):
            JobRole.objects.create(municipality=other_municipality, pattern=MANAGER, role="manager")
        client = Client()
        address = client.get(START.replace("999", "998")).headers["Location"]
        assert client.get(BACK.replace("999", "998"), second.authorize(address)).status_code == 302
        token = str(client.session[SESSION_TOKEN])
        assert rows_seen_by(token, "SELECT code FROM access_municipality") == [("998",)]
        assert rows_seen_by(token, "SELECT count(*) FROM access_user") == [(1,)]
