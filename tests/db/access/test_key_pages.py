"""Keys for other programs at the pages: each makes their own, an administrator a program's, and each is shown once."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from db.access.test_staff_pages import adam, do, karen, new_role, office, text
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access import api_keys
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import ApiKey, Municipality, Unit, User
from styr.access.scope import acting_as, service_scope
from styr.kernel.clock import now, today
from styr.workspace import news
from styr.workspace.models import Notice

__all__ = ["adam", "karen", "office"]
pytestmark = pytest.mark.django_db
_SHOWN = re.compile(r'id="noeglen"[^>]* value="([^"]+)"')


def asked(*scopes: Permission, days: int = 30) -> dict[str, object]:
    last = today() + timedelta(days=days)
    return {"name": "Regneark", "last_day": last.isoformat(), "scopes": [one.value for one in scopes]}


def opens(key: str) -> int:
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {key}"}).status_code


def shown_once(client: Client, sent: HttpResponse) -> str:
    assert sent.status_code == 302, text(sent)
    found = _SHOWN.search(client.get(sent["Location"]).content.decode())
    assert found
    assert found[1] not in client.get(sent["Location"]).content.decode()
    return found[1]


def test_a_person_makes_and_ends_their_own_key_within_their_own_permissions(karen: Persona, office: Client) -> None:
    mine = logged_in_client(karen)
    page = mine.get(reverse("account_key_new")).content.decode()
    assert Permission.SEE_GRANTS.value in page
    assert Permission.MANAGE_USERS.value not in page
    assert send(mine, reverse("account_key_new"), asked(Permission.MANAGE_USERS)).status_code == 422
    assert "højst i et år" in text(send(mine, reverse("account_key_new"), asked(Permission.SEE_GRANTS, days=400)))
    key = shown_once(mine, send(mine, reverse("account_key_new"), asked(Permission.SEE_GRANTS)))
    assert opens(key) == 200
    everybody = office.get(reverse("api_keys")).content.decode()
    assert "Regneark" in everybody
    assert key not in everybody
    with acting_as(karen.token):
        held = ApiKey.objects.get()
    assert send(office, reverse("account_key_end", args=[held.pk])).status_code == 302
    assert opens(key) == 200  # not the administrator's own
    assert send(mine, reverse("account_key_end", args=[held.pk])).status_code == 302
    assert opens(key) == 401


def test_an_administrator_makes_a_program_and_its_key_and_those_who_read_the_logs_are_told(
    office: Client, karen: Persona, municipality: Municipality
) -> None:
    with service_scope(municipality.id, "test"):
        lawyer = persona("jens", municipality, Role.LAWYER)
    fields = {"username": "opus", "name": "Økonomisystemet", **new_role(Role.AUDITOR)}
    made = send(office, reverse("program_new"), fields)
    assert made.status_code == 302, text(made)
    key = shown_once(office, send(office, made["Location"], asked(Permission.SEE_INVOICES)))
    assert opens(key) == 200
    with service_scope(municipality.id, "test"):
        program = User.objects.get(username="opus")
        held = ApiKey.objects.get()
    assert "har ingen adgangskode" in do(office, "user_link", Persona(program, ""))
    assert "Systembruger" in text(office.get(reverse("user", args=[program.pk])))  # type: ignore[arg-type]  # the client's
    assert "Økonomisystemet" in text(office.get(reverse("api_keys")))  # type: ignore[arg-type]  # as above
    news.look_for_news(now=now())
    with acting_as(lawyer.token):
        told = sorted(Notice.objects.values_list("text", flat=True))
        assert "systembrugeren opus" in told[0]
        assert told[1:] == ["Kommunens eneste administrator har givet rollen revisor til opus"]
    with acting_as(karen.token):
        assert not Notice.objects.exists()
    assert send(office, reverse("api_key_end", args=[held.pk])).status_code == 302
    assert opens(key) == 401
    assert logged_in_client(karen).get(reverse("api_keys")).status_code == 403


def test_nobody_makes_anothers_key(office: Client, adam: Persona, karen: Persona, municipality: Municipality) -> None:
    assert office.get(reverse("user_key_new", args=[karen.user.pk])).status_code == 404
    given = {"name": "Regneark", "scopes": [Permission.SEE_GRANTS], "last_day": today()}
    with acting_as(adam.token):
        with pytest.raises(api_keys.UnableToMakeKeyError, match="selv sine nøgler"):
            api_keys.make_key(user_id=karen.user.id, **given, actor_id=adam.user.id, now=now())  # type: ignore[arg-type]
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ApiKey.objects.create(municipality=municipality, user=karen.user, token_hash=b"x", made_at=now(), **given)


def test_a_program_never_has_a_password(municipality: Municipality, unit: Unit) -> None:
    with service_scope(municipality.id, "test"):
        program = User(municipality=municipality, username="opus", name="Opus", is_program=True)
        program.set_password("en lang sætning som ingen gætter")
        with pytest.raises(IntegrityError, match="program_has_no_password"), transaction.atomic():
            program.save(force_insert=True)
