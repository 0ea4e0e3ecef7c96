"""The people of the tests: who they are, and what each may see."""

from dataclasses import dataclass
from datetime import date

import psycopg
from django.db import transaction

from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit, User
from styr.access.services import NewUser, create_user
from styr.access.web.login import issue_session_token

PASSWORD = "en lang sætning som ingen gætter"
SINCE = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Persona:
    """A person with a login, and the token their session would hold."""

    user: User
    token: str


def persona(name: str, municipality: Municipality, role: Role, unit: Unit | None = None) -> Persona:
    """Make a person with one role in the unit (None: everywhere). Call it in a scope that may write."""
    user = create_user(
        municipality_id=municipality.id,
        person=NewUser(username=name, name=name.title(), password=PASSWORD),
        roles=[(role, unit.id if unit else None)],
        starts=SINCE,
    )
    return Persona(user, issue_session_token(user_id=user.id, municipality_id=municipality.id))


def rows_seen_by(token: str, sql: str) -> list[tuple[object, ...]]:
    """What a statement gives whoever shows that token."""
    with transaction.atomic():
        before = tokens.present(token)
        rows = psycopg.Cursor(transaction.get_connection().connection).execute(sql.encode()).fetchall()
        tokens.present(before)
    return rows
