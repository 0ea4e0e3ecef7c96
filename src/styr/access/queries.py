"""Who is there, for the scope that asks."""

from styr.access.models import Municipality, User


def usernames() -> frozenset[str]:
    """Login names in use in the municipality. One query."""
    return frozenset(User.objects.values_list("username", flat=True))


def municipality_name() -> str:
    """The name of the municipality in scope; empty without a scope. One query."""
    return Municipality.objects.values_list("name", flat=True).first() or ""
