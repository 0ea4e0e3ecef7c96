from collections.abc import Callable
from dataclasses import replace
from datetime import date

import ibis
import pytest

from styr.controls.core.focus import NARROWED, WHOLE, Focus
from styr.controls.core.registry import (
    Control,
    ControlError,
    OwnerRole,
    Reach,
    Registry,
    Severity,
    Stake,
    SubjectKind,
    checked,
)
from styr.kernel.relation import Relation

GRANTS = ibis.table(
    {"grant_id": "uuid", "unit_id": "uuid", "number": "string", "ends": "date", "cpr": "string", "weight": "float64"},
    name="rel_grant",
)


def ended(focus: Focus) -> ibis.Table:
    grants = focus(GRANTS, "grant_id")
    return grants.select(
        subject_id=grants["grant_id"],
        unit_id=grants["unit_id"],
        amount_ore=ibis.null("int64"),
        grant_id=grants["grant_id"],
        number=grants["number"],
        ends=grants["ends"],
    )


CONTROL = Control(
    code="ended",
    title="Bevilling er udløbet",
    explanation="Bevilling {number} udløb {ends:last}.",
    owner_role=OwnerRole.CASEWORKER,
    source="SEL § 148",
    severity=Severity.WARNING,
    hard_stop=False,
    subject_kind=SubjectKind.GRANT,
    expression=ended,
)


def test_evidence_is_every_column_that_is_neither_required_nor_a_link() -> None:
    registered = checked(CONTROL)
    assert list(registered.evidence) == ["number", "ends"]
    assert registered.links == ("grant_id",)


def test_a_code_is_registered_once() -> None:
    registry = Registry()
    registry.register(CONTROL)
    with pytest.raises(ControlError, match="taken"):
        registry.register(CONTROL)
    assert len(registry) == 1
    assert "ended" in registry
    assert registry["ended"].control is CONTROL
    assert [entry.control.code for entry in registry] == ["ended"]


@pytest.mark.parametrize(
    ("explanation", "complaint"),
    [
        ("Bevilling {nummer}", "is no column"),
        ("Bevilling {number:last}", "does not fit"),
        ("Bevilling {number:kr}", "does not fit"),
        ("Bevilling {number:dag|dage}", "does not fit"),
        ("Bevilling {ends:period starts}", "does not fit"),
        ("Bevilling {number!r}", "conversions"),
        ("Bevilling {number", "cannot be read"),
        ("Bevilling {}", "is no column"),
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(explanation: str, complaint: str) -> None:
    with pytest.raises(ControlError, match=complaint):
        checked(replace(CONTROL, explanation=explanation))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda table: table.drop("unit_id"), "unit_id must be uuid"),
        (lambda table: table.mutate(amount_ore=ibis.literal(1.5)), "amount_ore must be int64"),
        (lambda table: table.mutate(grant_id=ibis.literal("x")), "grant_id must be uuid"),
        (lambda table: table.mutate(cpr=ibis.literal("0102030405")), "evidence may not hold cpr"),
        (lambda table: table.mutate(weight=ibis.literal(1.5)), "may not be float64"),
    ],
)
def test_columns_of_the_wrong_kind_are_refused(change: Callable[[ibis.Table], ibis.Table], complaint: str) -> None:
    with pytest.raises(ControlError, match=complaint):
        checked(replace(CONTROL, expression=lambda focus: change(ended(focus))))


def test_moving_columns_and_exception_codes_must_exist() -> None:
    with pytest.raises(ControlError, match="moving"):
        checked(replace(CONTROL, moving=frozenset({"days"})))
    with pytest.raises(ControlError, match="twelve"):
        Registry().register(replace(CONTROL, exception_code="odd"))
    checked(replace(CONTROL, moving=frozenset({"amount_ore", "ends"}), exception_code="no_grant"))


def test_administrators_own_no_findings() -> None:
    with pytest.raises(ControlError, match="administrator"):
        Registry().register(replace(CONTROL, owner_role=OwnerRole.ADMINISTRATOR))


def test_a_rule_is_in_force_from_its_first_day_until_the_day_before_its_end() -> None:
    rule = replace(CONTROL, valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [rule.in_force(day) for day in days] == [False, True, True, False]
    assert CONTROL.in_force(date(1900, 1, 1))


def test_focus_narrows_only_when_asked() -> None:
    assert WHOLE(GRANTS, "grant_id") is GRANTS
    assert "rel_narrow" in ibis.to_sql(NARROWED(GRANTS, "grant_id"), dialect="postgres")


def test_a_registered_control_is_checked_when_it_is_first_asked_for() -> None:
    built = []

    def counted(focus: Focus) -> ibis.Table:
        built.append(focus)
        return ended(focus)

    registry = Registry()
    registry.register(replace(CONTROL, expression=counted))
    assert registry.control("ended").title == CONTROL.title
    assert built == []
    assert registry["ended"] is registry["ended"]
    assert len(built) == 1


def test_a_reach_gives_ids_and_has_a_name_of_its_own() -> None:
    registry = Registry()
    reach = Reach("grants", lambda: GRANTS.select(id=GRANTS["grant_id"]))
    registry.register_reach(reach)
    assert registry.reaches == (reach,)
    with pytest.raises(ControlError, match="taken"):
        registry.register_reach(reach)
    with pytest.raises(ControlError, match="one column"):
        registry.register_reach(Reach("odd", lambda: GRANTS.select("grant_id")))


def test_a_stake_reckons_the_amount_in_place_of_the_expression() -> None:
    stake = Stake(Relation("rel_asked", {"subject_id": "uuid", "ends": "date"}), lambda: GRANTS)
    with pytest.raises(ControlError, match="the stake reckons amount_ore"):
        checked(replace(CONTROL, stake=stake, explanation="x"))
    staked = replace(
        CONTROL, stake=stake, explanation="{number}", expression=lambda focus: ended(focus).drop("amount_ore")
    )
    assert list(checked(staked).evidence) == ["number"]
    with pytest.raises(ControlError, match="column ends must be date"):
        checked(replace(staked, expression=lambda focus: ended(focus).drop("amount_ore", "ends")))
