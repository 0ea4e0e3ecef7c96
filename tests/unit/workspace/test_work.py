"""My work: what is counted, for whom, in which order."""

import pytest

from styr.access.core.permissions import Permission, permissions_of
from styr.access.core.roles import Role
from styr.workspace.core.work import Elsewhere, Standing, my_work

MUCH = Standing(**dict.fromkeys(Standing.__dataclass_fields__, 2))
MUCH_ELSEWHERE = Elsewhere(**dict.fromkeys(Elsewhere.__dataclass_fields__, 3))


def test_every_kind_of_work_has_its_count() -> None:
    found = my_work(set(Role), set(Permission), MUCH, MUCH_ELSEWHERE, dict.fromkeys(Role, 4))
    assert [work.count for work in found] == [3, 3, 3, 3, 3, 3, *([2] * 13), *([4] * len(Role)), *([2] * 11)]


def test_what_there_is_nothing_of_is_left_out() -> None:
    assert my_work(set(Role), set(Permission), Standing(), Elsewhere(), {}) == ()


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.NEGOTIATOR, Role.AUDITOR])
def test_findings_are_counted_by_the_roles_one_has(role: Role) -> None:
    found = my_work({role}, permissions_of({role}), Standing(), Elsewhere(), dict.fromkeys(Role, 4))
    decides = Permission.DECIDE_FINDINGS in permissions_of({role})
    assert [work.query for work in found] == ([f"rolle={role.value}"] if decides else [])
