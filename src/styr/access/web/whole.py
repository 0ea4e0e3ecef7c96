"""Acts that belong to no unit: a role over the whole municipality counts, not one held in some part of it."""

from django.http import HttpRequest

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.access.web.person import person_of
from styr.access.web.refused import NotPermittedError
from styr.kernel import clock


def only_over_the_whole(request: HttpRequest, permission: Permission) -> None:
    """Refuse whoever has the permission in a part of the municipality alone.

    Raises:
        NotPermittedError: no role over the whole municipality gives it.
    """
    if not may_in(user_id=person_of(request).id, permission=permission, unit_id=None, on=clock.today()):
        raise NotPermittedError(permission)
