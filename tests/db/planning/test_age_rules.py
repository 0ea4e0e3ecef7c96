"""A municipality's own transitions and ages of pension stand in place of the program's."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.ledger.dated_rules import take_back
from styr.planning.age_rules import (
    UnableToSetAgeRuleError,
    pension_ages,
    rules,
    set_pension_age,
    set_transition,
)
from styr.planning.core.transitions import PENSION, pension_months, transition

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
MONTHS = [100_00] * 12


@pytest.fixture
def lone(municipality: Municipality, scope: str) -> UUID:
    return persona("lone", municipality, Role.ECONOMIST).user.id


def test_an_own_transition_counts_for_whoever_turns_the_age_while_it_holds(
    municipality: Municipality, lone: UUID
) -> None:
    told = {"from_section": "BL-43", "age": "18", "share": 80, "source": "Byrådet"}
    to = {"municipality_id": municipality.id, "actor_id": lone, "now": NOW}
    change = set_transition(to_section="SEL-108", starts=date(2027, 1, 1), **told, **to)
    before = transition(rules(), section="BL-43", born=date(2008, 7, 1), year=2027, months_ore=MONTHS)
    after = transition(rules(), section="BL-43", born=date(2009, 7, 1), year=2027, months_ore=MONTHS)
    assert before is not None
    assert after is not None
    assert (before.rule.to_section, after.rule.to_section, sum(after.in_ore)) == ("SEL-107", "SEL-108", 6 * 80_00)
    take_back(change_id=change, actor_id=lone, now=NOW)
    again = transition(rules(), section="BL-43", born=date(2009, 7, 1), year=2027, months_ore=MONTHS)
    assert again is not None
    assert again.rule.to_section == "SEL-107"
    set_transition(to_section="BL-43", starts=date(2026, 1, 1), **told, **to)
    assert transition(rules(), section="BL-43", born=date(2009, 7, 1), year=2027, months_ore=MONTHS) is None
    with pytest.raises(UnableToSetAgeRuleError, match="hele år"):
        set_transition(to_section="", starts=date(2026, 1, 1), **{**told, "age": "atten"}, **to)


def test_an_own_age_of_pension_holds_for_whoever_is_born_then(municipality: Municipality, lone: UUID) -> None:
    to = {"municipality_id": municipality.id, "actor_id": lone, "now": NOW}
    set_pension_age(born_from=date(1975, 1, 1), months=71 * 12, source="Lov", **to)
    set_pension_age(born_from=date(1971, 1, 1), months=70 * 12 + 6, source="Lov", **to)
    ages = pension_ages()
    assert [pension_months(born, ages) for born in (date(1970, 12, 31), date(1971, 1, 1), date(1975, 1, 1))] == [
        69 * 12,
        70 * 12 + 6,
        71 * 12,
    ]
    assert PENSION in {rule.age for rule in rules()}
