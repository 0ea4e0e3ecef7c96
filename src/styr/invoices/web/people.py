"""Who is at the page: their id, what they may do, and the queue as it is theirs."""

from uuid import UUID

from django.http import HttpRequest

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, roles_of
from styr.invoices.queries import Asker
from styr.kernel import clock


def actor_of(request: HttpRequest) -> UUID:
    """The id of whoever is logged in."""
    return UUID(str(request.user.pk))


def asker_of(request: HttpRequest) -> Asker:
    """Who looks at the queue."""
    return Asker(
        user_id=actor_of(request),
        roles=frozenset(role.value for role in roles_of(request)),
        decides=may(request, Permission.DECIDE_INVOICES),
        today=clock.today(),
    )
