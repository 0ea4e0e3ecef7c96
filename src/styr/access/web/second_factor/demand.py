"""Whether somebody must have a second factor, and whether they have one."""

from allauth.mfa.models import Authenticator  # type: ignore[import-untyped]  # allauth ships no types
from django.conf import settings

from styr.access import queries
from styr.access.core.second_factor import demand
from styr.access.models import User
from styr.kernel import clock


def is_demanded(user: User) -> bool:
    """Whether the installation requires one of this person, who is logged in or half so."""
    wanted = demand(settings.STYR_SECOND_FACTOR)
    if wanted.everybody or not wanted.roles:
        return wanted.everybody
    return wanted.falls_on({*queries.roles_on(user_id=user.id, on=clock.today()), *queries.half_roles()})


def has_factor(user: User) -> bool:
    """Whether the person has an app or a key; spare codes alone are none. One query."""
    found: bool = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    return found
