"""Of two who save within the same moment the second waits for the first, and is told of it."""

import re
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access import staff, units
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit, User
from styr.access.scope import service_scope

pytestmark = pytest.mark.django_db(transaction=True)
_PATIENCE = 90  # at most: the two are waited for, not slept for
_WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
"""Not `pg_locks` by its database: who waits for a row waits for a transaction, which belongs to none."""


class Moment:
    """Two forms sent at once: the one that comes first to its use case stays there until the other is on its way."""

    def __init__(self, administrator: psycopg.Connection) -> None:
        self._administrator = administrator
        self.arrived, self.both = Event(), Event()

    def stay(self, does: Callable[..., Any]) -> Callable[..., Any]:
        """The use case, in which the first stays until the second waits for it, or comes here as well."""

        def stays(**told: Any) -> Any:
            if self.arrived.is_set():
                self.both.set()
            self.arrived.set()
            until = monotonic() + _PATIENCE
            while not (self.both.is_set() or self._someone_waits()) and monotonic() < until:
                sleep(0.01)
            return does(**told)

        return stays

    def _someone_waits(self) -> bool:
        (count,) = self._administrator.execute(_WAITING, [connection.settings_dict["NAME"]]).fetchone() or (0,)
        return bool(count)

    def answers(self, *senders: Callable[[], HttpResponse]) -> list[HttpResponse]:
        """What the first and the second are answered."""
        answered: dict[int, HttpResponse] = {}

        def sends(at: int, sender: Callable[[], HttpResponse]) -> None:
            try:
                answered[at] = sender()
            finally:
                connection.close()

        both = [Thread(target=sends, args=(at, sender)) for at, sender in enumerate(senders)]
        both[0].start()
        assert self.arrived.wait(_PATIENCE)
        both[1].start()
        for one in both:
            one.join(_PATIENCE)
        return [answered[at] for at in range(len(senders))]


@pytest.fixture
def adam(municipality: Municipality) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("adam", municipality, Role.ADMINISTRATOR)


def _seen(page: HttpResponse) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page.content.decode())
    assert found
    return found.group(1)


def _sent(client: Client, address: str, fields: dict[str, Any]) -> Callable[[], HttpResponse]:
    return lambda: send(client, address, fields)


def test_of_two_who_rename_somebody_at_once_the_second_is_told_what_the_first_wrote(
    adam: Persona, municipality: Municipality, administrator: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = Moment(administrator)
    monkeypatch.setattr(staff, "rename_user", moment.stay(staff.rename_user))
    windows = [logged_in_client(adam), logged_in_client(adam)]
    seen = _seen(windows[0].get(reverse("user", args=[adam.user.pk])))  # type: ignore[arg-type]  # the client's own
    address = reverse("user_rename", args=[adam.user.pk])
    names = ["Adam Først", "Adam Sidst"]
    first, second = moment.answers(
        *(_sent(window, address, {"name": name, "seen": seen}) for window, name in zip(windows, names, strict=True))
    )
    assert first.status_code == 302
    assert second.status_code == 422
    assert "En anden har rettet siden" in second.content.decode()
    assert "Navn »Adam Først«" in second.content.decode()
    with service_scope(municipality.id, "test"):
        assert User.objects.get(pk=adam.user.pk).name == "Adam Først"


def test_of_two_who_change_a_unit_at_once_the_second_is_told_and_may_save_again(
    adam: Persona,
    municipality: Municipality,
    unit: Unit,
    administrator: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moment = Moment(administrator)
    monkeypatch.setattr(units, "change_unit", moment.stay(units.change_unit))
    windows = [logged_in_client(adam), logged_in_client(adam)]
    address = reverse("unit", args=[unit.pk])
    seen = _seen(windows[0].get(address))  # type: ignore[arg-type]  # the client's own class
    told = {"number": unit.number, "ean": "", "parent": unit.parent_id, "seen": seen}
    first, second = moment.answers(
        _sent(windows[0], address, {**told, "name": "Den første"}),
        _sent(windows[1], address, {**told, "name": "Den anden"}),
    )
    assert first.status_code == 302
    assert "Navn »Den første«" in second.content.decode()
    assert send(windows[1], address, {**told, "name": "Den anden", "seen": _seen(second)}).status_code == 302
    with service_scope(municipality.id, "test"):
        assert Unit.objects.get(pk=unit.pk).name == "Den anden"
