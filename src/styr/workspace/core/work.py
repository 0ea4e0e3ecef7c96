"""My work: what a person with these roles and permissions should look at, as a short list with counts."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Final

from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.workspace.core.work_kinds import FOLLOW_UP_DAYS, KEY_DAYS, KINDS, MILESTONE_DAYS, Work

__all__ = ["FOLLOW_UP_DAYS", "KEY_DAYS", "MILESTONE_DAYS", "Elsewhere", "Standing", "Work", "my_work", "picture_of"]

_PICTURES: Final = (
    Role.MANAGER,
    Role.ECONOMIST,
    Role.NEGOTIATOR,
    Role.CASEWORKER,
    Role.LAWYER,
    Role.TRANSPORT_COORDINATOR,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
"""Whose start page is shown to whoever has several roles: the widest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What there is to do, counted in the scope: whatever the roles, one query."""

    assigned: int = 0
    lapsed: int = 0
    stops: int = 0
    awaiting: int = 0
    follow_ups: int = 0
    agreed: int = 0
    prices: int = 0
    drafts: int = 0
    budgets: int = 0
    erasures: int = 0
    asked_roles: int = 0
    rounds: int = 0
    claims: int = 0
    own_drafts: int = 0
    collection: int = 0
    meetings: int = 0
    settlements: int = 0
    complaints: int = 0
    negotiations: int = 0
    milestones: int = 0
    citizens: int = 0
    suppliers: int = 0
    contracts: int = 0
    grants: int = 0
    draft_grants: int = 0
    changes: int = 0
    unordered: int = 0
    rides_undecided: int = 0
    rides_ending: int = 0
    unsigned: int = 0
    unconfirmed: int = 0
    users: int = 0
    never_in: int = 0
    keys_ending: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """What other domains say that there is to do; None where it was not asked."""

    kept_out: int | None = None
    questions: int | None = None
    second: int | None = None
    ready: int | None = None
    to_decide: int | None = None
    follow_up_cases: int | None = None


def picture_of(roles: Collection[Role]) -> Role | None:
    """The role whose picture is shown; None for whoever has none."""
    return next((role for role in _PICTURES if role in roles), None)


def my_work(
    roles: Collection[Role],
    permissions: Collection[Permission],
    standing: Standing,
    elsewhere: Elsewhere,
    by_role: Mapping[str, int],
) -> tuple[Work, ...]:
    """What there is to do, the most pressing first; what there is nothing of is left out."""
    own = {role.value: by_role.get(role.value, 0) for role in roles}
    counts: dict[str, int | None] = asdict(standing) | asdict(elsewhere) | own
    return tuple(
        replace(kind.line, count=count)
        for kind in KINDS
        if kind.needs in permissions and (count := counts.get(kind.counted) or 0)
    )
