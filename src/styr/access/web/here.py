"""A page opens by a role in some unit; what it writes takes one that covers the unit of what is written."""

from uuid import UUID

from django.http import HttpRequest

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.access.web.refused import NotPermittedError
from styr.kernel import clock


def only_where_held(request: HttpRequest, permission: Permission, unit_id: UUID) -> None:
    """Refuse (403) whoever holds the permission in other units than this one alone.

    Raises:
        NotPermittedError: no role of the request's user that covers the unit gives it.
    """
    user_id: UUID = request.user.id  # type: ignore[assignment]  # the rule let in a user
    if not may_in(user_id=user_id, permission=permission, unit_id=unit_id, on=clock.today()):
        raise NotPermittedError(permission)
