"""Another program with somebody's key to the JSON interface."""

from datetime import timedelta
from uuid import UUID

from django.test import Client

from styr.access import api_keys
from styr.access.core.permissions import Permission
from styr.kernel import clock


def program_of(user_id: UUID, *scopes: Permission) -> Client:
    """A client with a new key of that person; ask with it last, since the key's scope is then the test's."""
    now = clock.now()
    until = now.date() + timedelta(days=30)
    _, key = api_keys.make_key(user_id=user_id, name="BI", scopes=scopes, last_day=until, actor_id=user_id, now=now)
    return Client(headers={"Authorization": f"Bearer {key}"})
