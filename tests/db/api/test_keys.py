"""Keys of other programs: what opens, what does not, and what a key can never do."""

from datetime import date, timedelta

import pytest
from django.test import Client

from db.api.conftest import Keyed, body
from personas import persona
from styr.access import api_keys
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import ApiKey, Membership, Municipality, Unit, User
from styr.audit.models import ReadLog
from styr.kernel import clock


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer vrøvl", "Basic abc", "Bearer " + "a" * 5000])
def test_without_a_key_that_opens_there_is_nothing(keyed: Keyed, header: str) -> None:
    answer = Client().get("/api/v1/citizens", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert b"\xc3\x98sterg" not in answer.content


def test_a_session_of_the_pages_is_no_key(municipality: Municipality, scope: str) -> None:
    someone = persona("lone", municipality, Role.ECONOMIST)
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {someone.token}"})
    assert answer.status_code == 401


def test_the_key_tells_whose_it_is_and_what_it_may(keyed: Keyed) -> None:
    program = keyed(Role.ECONOMIST, scopes=(Permission.SEE_GRANTS,))
    assert body(program.get("/me"))["scopes"] == ["see_grants"]
    assert program.get("/grants").status_code == 200
    refused = program.get("/citizens")
    assert refused.status_code == 403
    assert "se borgere" in body(refused)["detail"]


def test_a_key_reaches_no_further_than_its_owner_s_units(keyed: Keyed, other_unit: Unit) -> None:
    program = keyed(Role.CASEWORKER, other_unit)
    names = [row["name"] for row in body(program.get("/citizens"))["rows"]]
    assert names == ["Bo Aagaard"]


def test_what_the_key_shows_is_in_the_read_log_under_its_owner(keyed: Keyed) -> None:
    body(keyed(Role.CASEWORKER).get("/citizens"))
    logged = ReadLog.objects.get(page="/api/v1/citizens")
    assert (logged.purpose, len(logged.citizens)) == ("API", 2)
    assert logged.actor_id is not None


def test_a_key_ends_when_it_is_closed_when_its_owner_leaves_and_when_the_role_ends(keyed: Keyed) -> None:
    program = keyed(Role.ECONOMIST)
    key = ApiKey.objects.get()
    User.objects.filter(id=key.user_id).update(is_active=False)
    assert program.get("/me").status_code == 401
    User.objects.filter(id=key.user_id).update(is_active=True)
    assert program.get("/grants").status_code == 200
    Membership.objects.filter(user_id=key.user_id).delete()
    assert program.get("/grants").status_code == 403
    api_keys.revoke_key(key_id=key.id, now=clock.now())
    assert program.get("/me").status_code == 401
    with pytest.raises(api_keys.UnableToMakeKeyError, match="allerede lukket"):
        api_keys.revoke_key(key_id=key.id, now=clock.now())


@pytest.mark.parametrize(
    ("name", "scopes", "days", "told"),
    [
        ("", (Permission.SEE_GRANTS,), 10, "navn"),
        ("Opus", (), 10, "mindst én"),
        ("Opus", (Permission.MANAGE_USERS,), 10, "må ikke selv styre brugere"),
        ("Opus", (Permission.SEE_GRANTS,), -1, "højst i et år"),
        ("Opus", (Permission.SEE_GRANTS,), 366, "højst i et år"),
    ],
)
def test_a_key_that_gives_too_much_or_nothing_is_not_made(  # noqa: PLR0917 - two fixtures and a case
    municipality: Municipality, scope: str, name: str, scopes: tuple[Permission, ...], days: int, told: str
) -> None:
    user = persona("lone", municipality, Role.ECONOMIST).user
    now = clock.now()
    with pytest.raises(api_keys.UnableToMakeKeyError, match=told):
        api_keys.make_key(
            user_id=user.id,
            name=name,
            scopes=scopes,
            last_day=clock.today() + timedelta(days=days),
            actor_id=user.id,
            now=now,
        )


def test_the_list_of_keys_never_holds_a_key(keyed: Keyed) -> None:
    program = keyed(Role.ECONOMIST)
    (line,) = api_keys.key_lines()
    assert line.name == "Økonomisystemet"
    assert line.last_day > date(2020, 1, 1)
    assert program.key not in repr(line)
    assert not ApiKey.objects.filter(name__contains=program.key).exists()
