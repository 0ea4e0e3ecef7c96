"""Address × method × role × place: a seeded sample here, the whole in `bench/access_matrix.py`.

STYR_MATRIX says how much: "whole", "3/20" (the third of twenty equal parts of the whole, which are all of it), names of
addresses ("payment_make,refund_limits": everybody and every method there), or how many to sample besides one of each
outcome for each address.
"""

import logging
import os
from collections import Counter
from random import Random
from time import perf_counter

import pytest

from matrix.addresses import addresses
from matrix.outcome import METHODS, Case, Expected
from matrix.table import MAY, PERMISSIONS
from matrix.world import build, everybody
from styr.access.core.permissions import Permission, permissions_of
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit

ASKED = os.environ.get("STYR_MATRIX", "150")
NAMED = frozenset() if ASKED[0].isdigit() or ASKED == "whole" else frozenset(ASKED.split(","))
PART, _, PARTS = ("1/1" if NAMED or ASKED == "whole" else ASKED).partition("/")
WHOLE = bool(PARTS)
SEED = 20261122
MOST_TOLD = 40
# A rule tells reading from writing and nothing finer; each role alone tries every method, two together one of each.
MOST_ROLES, READ_AND_WRITE = 2, {"GET", "POST"}


def test_the_table_of_roles_is_the_same_written_twice() -> None:
    assert set(Permission) == PERMISSIONS
    assert {role.value: {one.value for one in permissions_of([role])} for role in Role} == MAY


def test_every_address_has_a_rule_and_an_example() -> None:
    faults = [fault for address in addresses() for fault in address.faults()]
    assert not faults, "\n".join(["", *faults])


@pytest.mark.django_db
def test_nobody_gets_further_than_role_and_unit_allow(
    municipality: Municipality, other_municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    ids = build(municipality, other_municipality, unit, other_unit)
    people = list(everybody(municipality, other_municipality, unit, other_unit, pairs=WHOLE))
    known = [one for one in addresses() if not list(one.faults()) and (not NAMED or one.name in NAMED)]
    cases = [
        Case(address, method, who)
        for address in known
        for method in METHODS
        for who in people
        if len(who.roles) < MOST_ROLES or method in READ_AND_WRITE
    ]
    chosen = cases[int(PART) - 1 :: int(PARTS)] if WHOLE else sampled(cases)
    began = perf_counter()
    logging.disable(logging.ERROR)  # every refusal is a line of Django's log
    faults = [fault for case in chosen if (fault := case.fault(ids)) is not None]
    logging.disable(logging.NOTSET)
    wanted = Counter(case.expected().name for case in chosen)
    unauthorised = sum(fault.startswith("UNAUTHORISED") for fault in faults)
    print(  # noqa: T201 -- the figures that the bench is run for
        f"\n{len(chosen)} of {len(cases)} combinations of {len(known)} addresses, {len(METHODS)} methods and "
        f"{len(people)} people in {perf_counter() - began:.0f} s: {unauthorised} unauthorised successes, "
        f"{len(faults)} other than expected; expected {dict(sorted(wanted.items()))}"
    )
    assert not faults, "\n".join([f"{len(faults)} of {len(chosen)}:", *faults[:MOST_TOLD]])


def sampled(cases: list[Case]) -> list[Case]:
    """A seeded sample, and for each address one of each outcome: so a new page is tried at once."""
    random = Random(SEED)  # noqa: S311 -- a repeatable sample
    shuffled = random.sample(cases, len(cases))
    first: dict[tuple[str, str, Expected], Case] = {}
    for case in shuffled:
        expected = case.expected()
        if case.method == "GET" or (
            case.method == "POST" and expected in {Expected.NO, Expected.HIDDEN, Expected.ELSEWHERE}
        ):
            first.setdefault((case.address.route, case.method if expected is Expected.HIDDEN else "", expected), case)
    return [*first.values(), *shuffled[: int(ASKED)]]
