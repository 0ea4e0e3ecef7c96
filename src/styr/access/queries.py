"""Who is there, for the scope that asks."""

from collections.abc import Collection

from styr.access.models import Municipality, Unit, User


def usernames() -> frozenset[str]:
    """Login names in use in the municipality. One query."""
    return frozenset(User.objects.values_list("username", flat=True))


def municipality_name() -> str:
    """The name of the municipality in scope; empty without a scope. One query."""
    return Municipality.objects.values_list("name", flat=True).first() or ""


def municipality_code() -> str:
    """The code of the municipality in scope, as official registers have it; empty without a scope. One query."""
    return Municipality.objects.values_list("code", flat=True).first() or ""


def units_by_number(numbers: Collection[str]) -> dict[str, tuple[str, str]]:
    """Unit number → (name, EAN or '') of those that are there. One query."""
    found = Unit.objects.filter(number__in=numbers).values_list("number", "name", "ean")
    return {number: (name, ean) for number, name, ean in found}
