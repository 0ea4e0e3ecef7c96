"""Who somebody is here when the municipality's own login has proved them, and the roles that it gives."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from styr.access import tokens
from styr.access.core.job_roles import Given, Mapping, Privilege, given
from styr.access.core.roles import Role
from styr.access.login_models import JobRole, LoginIdentity
from styr.access.models import Membership, Unit, User
from styr.access.queries import current
from styr.access.scope import service_scope
from styr.kernel.refusal import Refusal

_NAME_LENGTH = 200


class NotLetInError(Refusal):
    """The person is who they say, and is let in nowhere; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Proved:
    """What the provider proved: the municipality's code, who, what they are called, and their job-function roles.

    `cvr` is the municipality's own: roles for any other number give nothing.
    """

    code: str
    issuer: str
    subject: str
    name: str
    cvr: str
    privileges: tuple[Privilege, ...]


def let_in(proved: Proved, *, today: date) -> User:
    """The person, made at their first login, with exactly the roles that the provider gives today.

    Roles given here by an administrator stay as they are. Raises `NotLetInError`: no such municipality, access closed,
    or no role at all; roles of earlier logins have then ended.
    """
    municipality_id = _municipality(proved.code)
    with service_scope(municipality_id, "login"):
        mappings = [Mapping(row.pattern, Role(row.role), row.constraint) for row in JobRole.objects.all()]
        roles = _placed(given(proved.privileges, mappings, cvr=proved.cvr))
        user = _known(proved)
        if user is None and roles:
            user = _made(proved, municipality_id)
        if user is not None:
            _replace(user, roles, today)
        holds_any = user is not None and Membership.objects.filter(current(today), user=user).exists()
    if user is not None and not user.is_active:
        raise NotLetInError("Din adgang til Styr er lukket. Tal med kommunens administrator.")
    if user is None or not holds_any:
        raise NoRoleError
    return user


class NoRoleError(NotLetInError):
    """The provider gives no role that is mapped to one here."""

    def __init__(self) -> None:
        super().__init__(
            "Du er logget ind i kommunen, men ingen af dine jobfunktionsroller giver adgang til Styr. "
            "Bed din leder om en, eller bed kommunens administrator se efter under Opsætning, Jobfunktionsroller."
        )


def _municipality(code: str) -> UUID:
    (found,) = tokens.call(
        "SELECT styr_login_municipality(%s, %s)", [code, tokens.prove(f"municipality|{code}")], using="default"
    )
    if not isinstance(found, UUID):
        raise NotLetInError("Kommunen findes ikke i Styr.")
    return found


def _known(proved: Proved) -> User | None:
    """Found by the issuer's subject alone: a name or an address may be another's tomorrow."""
    found = LoginIdentity.objects.select_related("user").filter(issuer=proved.issuer, subject=proved.subject).first()
    return None if found is None else found.user


def _made(proved: Proved, municipality_id: UUID) -> User:
    """A person without a password; the login name is made of the subject, so that it is nobody else's."""
    mark = hashlib.sha256(f"{proved.issuer}|{proved.subject}".encode()).hexdigest()[:16]
    name = proved.name.strip()[:_NAME_LENGTH] or "Ukendt navn"
    user = User(municipality_id=municipality_id, username=f"{proved.code}-{mark}", name=name)
    user.set_unusable_password()
    user.save(force_insert=True)
    LoginIdentity.objects.create(
        municipality_id=municipality_id, user=user, issuer=proved.issuer, subject=proved.subject
    )
    return user


_Place = tuple[Role, UUID | None]


def _placed(roles: Collection[Given]) -> frozenset[_Place]:
    """The roles with their units' ids; a unit that is not here gives nothing."""
    numbers = {one.unit_number for one in roles if one.unit_number is not None}
    units = dict(Unit.objects.filter(number__in=numbers).values_list("number", "id"))
    return frozenset(
        (one.role, None if one.unit_number is None else units[one.unit_number])
        for one in roles
        if one.unit_number is None or one.unit_number in units
    )


@transaction.atomic
def _replace(user: User, roles: Collection[_Place], today: date) -> None:
    """End the roles of earlier logins that are not given any more, and give those that are new."""
    User.objects.select_for_update().get(pk=user.pk)
    held = list(Membership.objects.filter(current(today), user=user))
    for one in held:
        if one.from_login and (Role(one.role), one.unit_id) not in roles:
            _end(one, today)
    kept = {(Role(one.role), one.unit_id) for one in held}
    for role, unit_id in sorted(set(roles) - kept, key=str):
        Membership.objects.create(
            municipality_id=user.municipality_id,
            user=user,
            unit_id=unit_id,
            role=role,
            starts=today,
            from_login=True,
        )


def _end(membership: Membership, today: date) -> None:
    if membership.starts >= today:
        membership.delete()
    else:
        membership.ends = today
        membership.save(update_fields=["ends"])
