"""Use cases of the mapping from the municipality's job-function roles to the roles here, kept by who administers."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from styr.access.core.roles import Role
from styr.access.login_models import JobRole
from styr.kernel.refusal import Refusal

_SHORTEST = 8


class UnableToMapRoleError(Refusal):
    """The mapping cannot be made so; the message says why."""


@dataclass(frozen=True, slots=True)
class MappedRole:
    """One line of the mapping; `constraint` is empty where the role is given in the whole municipality."""

    id: UUID
    pattern: str
    role: Role
    constraint: str


def mapped_roles() -> list[MappedRole]:
    """The municipality's mapping, by name of the role. One query."""
    rows = JobRole.objects.order_by("pattern", "role")
    return [MappedRole(row.id, row.pattern, Role(row.role), row.constraint) for row in rows]


def map_role(*, municipality_id: UUID, pattern: str, role: Role, constraint: str) -> UUID:
    """Let a role of the provider give one here; gives the line's id. People go by `role_requests.map_or_ask`.

    Raises `UnableToMapRoleError`: a pattern that would fit nearly every role, administration of a unit, a line that is
    there already.
    """
    wanted, limit = refuse_mapping(pattern=pattern, role=role, constraint=constraint)
    made = JobRole(municipality_id=municipality_id, pattern=wanted, role=role, constraint=limit)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as taken:
        raise UnableToMapRoleError("Jobfunktionsrollen giver allerede den rolle.") from taken
    return made.id


def refuse_mapping(*, pattern: str, role: Role, constraint: str) -> tuple[str, str]:
    """Return the pattern and the constraint as they are kept; raises as `map_role`, but for a line that is there."""
    wanted, limit = pattern.strip(), constraint.strip()
    if len(wanted.replace("*", "")) < _SHORTEST:
        raise UnableToMapRoleError("Skriv mere af rollens navn: mønsteret må ikke passe på næsten alt.")
    if role is Role.ADMINISTRATOR and limit:
        raise UnableToMapRoleError("En administrator er det for hele kommunen: lad dataafgrænsningen stå tom.")
    if JobRole.objects.filter(pattern=wanted, role=role).exists():
        raise UnableToMapRoleError("Jobfunktionsrollen giver allerede den rolle.")
    return wanted, limit


def unmap_role(*, job_role_id: UUID) -> None:
    """Take a line away: roles it gave end at each person's next login. Raises `UnableToMapRoleError`."""
    row = JobRole.objects.filter(pk=job_role_id).first()
    if row is None:
        raise UnableToMapRoleError("Rækken findes ikke.")
    row.delete()
