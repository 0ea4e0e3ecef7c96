import base64

import pytest

from identity_provider import CASEWORKER, CVR, MANAGER, UNIT, privileges
from styr.access.core.job_roles import Given, Mapping, UnreadablePrivilegesError, given, read_privileges
from styr.access.core.roles import Role
from styr.access.core.second_factor import UnknownDemandError, demand

MAPPED = [
    Mapping(CASEWORKER, Role.CASEWORKER, UNIT),
    Mapping("http://eksempel.dk/roles/jobrole/leder/*", Role.MANAGER),
    Mapping("http://eksempel.dk/roles/jobrole/revisor/1", Role.AUDITOR),
]


def test_a_role_is_given_in_each_unit_that_its_constraint_names() -> None:
    found = read_privileges(privileges(CASEWORKER, unit="11, 12"))
    assert given(found, MAPPED, cvr=CVR) == {Given(Role.CASEWORKER, "11"), Given(Role.CASEWORKER, "12")}


def test_a_role_without_its_constraint_is_given_nowhere() -> None:
    assert given(read_privileges(privileges(CASEWORKER)), MAPPED, cvr=CVR) == frozenset()


def test_a_star_stands_for_anything_and_nothing_else_does() -> None:
    assert given(read_privileges(privileges(MANAGER)), MAPPED, cvr=CVR) == {Given(Role.MANAGER, None)}
    other = MANAGER.replace("eksempel.dk", "eksempelXdk")
    assert given(read_privileges(privileges(other)), MAPPED, cvr=CVR) == frozenset()
    assert given(read_privileges(privileges(f"x{MANAGER}")), MAPPED, cvr=CVR) == frozenset()


def test_another_s_cvr_number_gives_nothing() -> None:
    assert given(read_privileges(privileges(MANAGER, cvr="11111111")), MAPPED, cvr=CVR) == frozenset()


def test_an_auditor_is_nothing_else() -> None:
    found = read_privileges(privileges(MANAGER, "http://eksempel.dk/roles/jobrole/revisor/1"))
    assert given(found, MAPPED, cvr=CVR) == {Given(Role.AUDITOR, None)}


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        "!",
        coded("<a"),
        coded("<PrivilegeList/>"),
        coded('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'),
        coded(
            '<!DOCTYPE a><bpp:PrivilegeList xmlns:bpp="http://itst.dk/oiosaml/basic_privilege_profile"/>',
        ),
        "A" * 300_000,
    ],
)
def test_what_is_no_list_of_privileges_is_refused(text: str) -> None:
    with pytest.raises(UnreadablePrivilegesError):
        read_privileges(text)


def test_a_comment_in_a_role_s_name_does_not_shorten_it() -> None:
    found = read_privileges(privileges(f"{MANAGER}<!-- -->.ond.example"))
    assert [one.urn for one in found] == [f"{MANAGER}.ond.example"]


def test_a_second_factor_is_demanded_of_all_of_none_or_of_roles() -> None:
    assert demand("required").falls_on(())
    assert not demand("optional").falls_on(["administrator"])
    some = demand("administrator, auditor")
    assert some.falls_on(["auditor"])
    assert not some.falls_on(["caseworker"])
    for wrong in ("", "yes", "required,caseworker", "admin"):
        with pytest.raises(UnknownDemandError):
            demand(wrong)
