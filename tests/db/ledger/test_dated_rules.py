"""Dated rules: a municipality's own in place of the program's on its own days, confirmed, ended and taken back."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.ledger.core.dated import what_is_left
from styr.ledger.dated_rules import (
    RuleNotThereError,
    UnableToSetRuleError,
    confirm,
    end_own,
    kind_named,
    take_back,
    unconfirm,
)
from styr.ledger.rule_queries import changes, overview, shown
from styr.ledger.treatments import TreatmentFacts, UnableToSetTreatmentError, set_cost_centre, set_treatment

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
TODAY = date(2026, 7, 15)
NEW_YEAR = date(2027, 1, 1)
SCHOOLS = TreatmentFacts(function="32201", name="Skoler", state_refund="none", vat_treatment="refunded")


@pytest.fixture
def lone(municipality: Municipality, scope: str) -> UUID:
    return persona("lone", municipality, Role.ECONOMIST).user.id


def treatment(function: str, on: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vat_treatment, own FROM rel_account_treatment WHERE function = %s AND valid_from <= %s "
            "AND (valid_to IS NULL OR valid_to > %s)",
            [function, on, on],
        )
        return list(cursor.fetchall())


def test_an_own_rule_holds_on_its_own_days_and_the_programs_on_the_others(
    municipality: Municipality, lone: UUID
) -> None:
    to = {"municipality_id": municipality.id, "actor_id": lone, "now": NOW}
    set_treatment(facts=SCHOOLS, starts=NEW_YEAR, **to)
    assert treatment("32201", TODAY) == [("exempt", False)]
    assert treatment("32201", NEW_YEAR) == [("refunded", True)]
    end_own(what="kontobehandling", key="32201||", day=date(2028, 1, 1), **to)
    assert treatment("32201", date(2027, 12, 31)) == [("refunded", True)]
    assert treatment("32201", date(2028, 1, 1)) == [("exempt", False)]
    rows = [one for one in shown(kind_named("kontobehandling"), today=TODAY) if one.row.key == "32201||"]
    assert [(one.state, one.row.own, one.row.valid_to) for one in rows] == [
        ("now", False, NEW_YEAR),
        ("coming", True, date(2028, 1, 1)),
        ("coming", False, None),
    ]
    with pytest.raises(UnableToSetRuleError, match="ingen egen regel"):
        end_own(what="kontobehandling", key="32201||", day=date(2029, 1, 1), **to)
    with pytest.raises(RuleNotThereError):
        end_own(what="kontobehandling", key="32208||", day=NEW_YEAR, **to)


def test_every_change_is_kept_with_who_and_the_latest_can_be_taken_back(municipality: Municipality, lone: UUID) -> None:
    to = {"municipality_id": municipality.id, "actor_id": lone, "now": NOW}
    first = set_treatment(facts=SCHOOLS, starts=date(2026, 1, 1), **to)
    second = set_treatment(facts=SCHOOLS, starts=date(2025, 1, 1), **to)
    assert treatment("32201", date(2025, 6, 1)) == [("refunded", True)]
    with pytest.raises(UnableToSetRuleError, match="seneste ændring først"):
        take_back(change_id=first, actor_id=lone, now=NOW)
    assert take_back(change_id=second, actor_id=lone, now=NOW) == "kontobehandling"
    assert treatment("32201", date(2025, 6, 1)) == [("exempt", False)]
    assert treatment("32201", TODAY) == [("refunded", True)]
    take_back(change_id=first, actor_id=lone, now=NOW)
    assert treatment("32201", TODAY) == [("exempt", False)]
    with pytest.raises(UnableToSetRuleError, match="allerede fortrudt"):
        take_back(change_id=first, actor_id=lone, now=NOW)
    lines = changes("kontobehandling")
    assert [(line.made_by, line.undone_by, line.last) for line in lines] == [("Lone", "Lone", False)] * 2


def test_a_rule_of_the_whole_municipality_takes_a_role_over_all_of_it(
    municipality: Municipality, unit: Unit, scope: str
) -> None:
    local = persona("lokal", municipality, Role.ECONOMIST, unit=unit).user.id
    to = {"municipality_id": municipality.id, "actor_id": local, "now": NOW}
    with pytest.raises(UnableToSetRuleError, match="hele kommunen"):
        set_treatment(facts=SCHOOLS, starts=TODAY, **to)
    with pytest.raises(UnableToSetRuleError, match="hele kommunen"):
        confirm(what="kontobehandling", check_key="32201|||2020-01-01", **to)
    with pytest.raises(UnableToSetTreatmentError, match="fem cifre"):
        set_treatment(
            facts=TreatmentFacts(function="1", name="x", state_refund="none", vat_treatment="exempt"),
            starts=TODAY,
            **to,
        )


def test_a_cost_centre_goes_to_another_unit_and_back(
    municipality: Municipality, lone: UUID, unit: Unit, other_unit: Unit
) -> None:
    to = {"municipality_id": municipality.id, "actor_id": lone, "now": NOW}
    set_cost_centre(code="0001", unit_id=unit.id, starts=date(2025, 1, 1), **to)
    moved = set_cost_centre(code="0001", unit_id=other_unit.id, starts=date(2026, 1, 1), **to)
    asked = "SELECT unit_id, valid_from, valid_to FROM rel_cost_centre ORDER BY valid_from"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchall() == [
            (unit.id, date(2025, 1, 1), date(2026, 1, 1)),
            (other_unit.id, date(2026, 1, 1), None),
        ]
        take_back(change_id=moved, actor_id=lone, now=NOW)
        cursor.execute(asked)
        assert cursor.fetchall() == [(unit.id, date(2025, 1, 1), None)]


def test_a_row_of_the_program_is_confirmed_until_its_words_change(municipality: Municipality, lone: UUID) -> None:
    kind = kind_named("kontobehandling")
    key = kind.reference()[0].check_key
    before = next(line for line in overview() if line.kind is kind)
    confirm(what=kind.what, check_key=key, municipality_id=municipality.id, actor_id=lone, now=NOW)
    assert next(line for line in overview() if line.kind is kind).unchecked == before.unchecked - 1
    (one,) = [one for one in shown(kind, today=TODAY) if one.check_key == key]
    assert one.checked is not None
    assert (one.checked.by, one.checked.on, one.unchecked) == ("Lone", TODAY, False)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_rulecheck SET content = repeat('0', 64)")
    assert next(line for line in overview() if line.kind is kind).unchecked == before.unchecked
    unconfirm(what=kind.what, check_key=key, actor_id=lone, now=NOW)
    assert {line.kind.what for line in overview()} >= {"kontobehandling", "omkostningssteder", "refusionsgraenser"}
    with pytest.raises(RuleNotThereError):
        confirm(what=kind.what, check_key="00000|||2020-01-01", municipality_id=municipality.id, actor_id=lone, now=NOW)


def test_what_is_left_of_a_period() -> None:
    a, b, c, d = (date(2026, month, 1) for month in (1, 3, 6, 9))
    assert what_is_left(a, None, []) == [(a, None)]
    assert what_is_left(a, None, [(b, c)]) == [(a, b), (c, None)]
    assert what_is_left(a, d, [(c, None), (a, b)]) == [(b, c)]
    assert what_is_left(b, c, [(a, d)]) == []
    assert what_is_left(a, b, [(c, d)]) == [(a, b)]
