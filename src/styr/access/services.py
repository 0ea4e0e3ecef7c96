"""Use cases of access: municipalities, units, people, and the tokens of jobs."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.keys import keys
from styr.access.models import Membership, Municipality, TokenKey, Unit, User
from styr.access.scope import issue_service_token

__all__ = ["create_municipality", "create_user", "install_token_key", "issue_service_token", "save_units"]


def create_municipality(*, code: str, name: str, using: str = "owner") -> Municipality:
    """Make the municipality (kommune) of that code (three digits), or give the one there is.

    Founding a tenant is the owner's: the app role sees one municipality and can make none.
    """
    found, _ = Municipality.objects.using(using).get_or_create(code=code, defaults={"name": name})
    return found


def install_token_key(*, using: str = "owner") -> None:
    """Give the database the issuing key of the settings; run after `migrate`, and when the key is changed."""
    inner, outer = tokens.key_blocks(keys().token)
    TokenKey.objects.using(using).update_or_create(id=1, defaults={"inner": inner, "outer": outer})


@transaction.atomic
def create_user(
    *,
    municipality_id: UUID,
    username: str,
    name: str,
    password: str,
    roles: Sequence[tuple[Role, UUID | None]],
    starts: date,
) -> User:
    """Make a person who may log in, with a role in each of the units (None: the whole municipality).

    Raises `ValidationError` when the password is too weak; runs in the municipality's scope.
    """
    user = User(municipality_id=municipality_id, username=username, name=name)
    validate_password(password, user)
    user.set_password(password)
    user.save(force_insert=True)
    Membership.objects.bulk_create(
        Membership(municipality_id=municipality_id, user=user, unit_id=unit_id, role=role, starts=starts)
        for role, unit_id in roles
    )
    return user


def save_units(*, municipality_id: UUID, units: Sequence[tuple[str, str, str]]) -> dict[str, UUID]:
    """Make or rename units given as (number, name, EAN or ''); gives number → id. Runs in the municipality's scope."""
    Unit.objects.bulk_create(
        [Unit(municipality_id=municipality_id, number=number, name=name, ean=ean) for number, name, ean in units],
        update_conflicts=True,
        unique_fields=["municipality", "number"],
        update_fields=["name", "ean"],
    )
    rows = Unit.objects.filter(number__in=[number for number, _, _ in units]).values_list("number", "id")
    return dict(rows)
