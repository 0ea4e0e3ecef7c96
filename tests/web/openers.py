"""Who opens a page in the test of every page."""

from django.test import Client
from django.urls import reverse

from loggedin import logged_in_client
from matrix.addresses import Address, addresses
from personas import PASSWORD, Persona, persona
from styr.access.core.permissions import permissions_of
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.access.web.rules import Who

ORDER = (
    *(Role.CASEWORKER, Role.ECONOMIST, Role.NEGOTIATOR, Role.LAWYER, Role.MANAGER, Role.TRANSPORT_COORDINATOR),
    *(Role.AUDITOR, Role.ADMINISTRATOR),
)
"""The first who may both read and write there opens a page, else the first who may read."""


def who_opens(address: Address) -> Role | None:
    """Who opens it; None: a stranger."""
    if (rule := address.rule) is None or rule.who is Who.PUBLIC:
        return None
    able = [role for role in ORDER if rule.read is None or rule.read in permissions_of([role])]
    writing = [role for role in able if rule.write is None or rule.write in permissions_of([role])]
    return (writing or able)[0]


def opener(name: str) -> Role:
    """Who opens the page of that name."""
    found = who_opens(next(address for address in addresses() if address.name == name))
    assert found
    return found


def everybody(municipality: Municipality) -> dict[Role, tuple[Persona, Client]]:
    """Somebody in every role, whose password was asked for a moment ago, as some pages of the account want."""
    with service_scope(municipality.id, "test"):
        people = {
            role: persona(f"{role.name.lower().replace('_', '-')} {municipality.code}", municipality, role)
            for role in ORDER
        }
        found = {role: (somebody, logged_in_client(somebody)) for role, somebody in people.items()}
    for _, client in found.values():
        assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return found
