"""Every role's Start: what it shows first, in twelve questions, also where nothing is read in yet."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from db.registers.registers import Registers
from loggedin import logged_in_client
from personas import persona
from styr.access.core.permissions import permissions_of
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.web.rules import rule_of

pytestmark = pytest.mark.django_db
AT_MOST = 12
FIRST = {
    Role.ECONOMIST: "Fakturaer læst",
    Role.NEGOTIATOR: "Lækker i ",
    Role.CASEWORKER: "Aktive bevillinger",
    Role.LAWYER: "Uden underskrift",
    Role.TRANSPORT_COORDINATOR: "Ubesvarede klager",
    Role.MANAGER: "Hentet hjem i ",
    Role.AUDITOR: "Hvem har adgang til hvad",
    Role.ADMINISTRATOR: "Har aldrig logget ind",
}


@pytest.mark.parametrize("filled", [True, False], ids=["with registers", "empty"])
def test_every_role_has_its_own_first_things_in_twelve_questions(
    scope: str, municipality: Municipality, *, filled: bool
) -> None:
    if filled:
        Registers(municipality.id).load()
    for role in Role:
        client = logged_in_client(persona(f"{role.value}-start", municipality, role))
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/").content.decode()
        assert sum("SAVEPOINT" not in (query["sql"] or "") for query in asked) <= AT_MOST, role
        invited = "Der er ikke indlæst noget endnu" in page
        assert (FIRST[role] in page) is (filled or role is Role.ADMINISTRATOR), role
        assert invited is not (filled or role is Role.ADMINISTRATOR), role
        for address in set(re.findall(r'<dt><a href="([^"]+)"', page)):
            rule = rule_of(resolve(address.partition("?")[0]).func)
            assert rule is not None
            assert rule.read in permissions_of([role]), (role, address)
