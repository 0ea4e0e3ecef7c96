"""The municipality's own rules and calendars: dated, kept, and held to their limits."""

from datetime import date

import pytest

from styr.access.models import Municipality
from styr.audit.queries import record_history
from styr.contracts.models import CalendarDay, OpeningCalendar
from styr.contracts.reference import editing
from styr.grants import duplicate_rules as rules
from styr.grants.core.codes import Verdict

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def set_rule(municipality: Municipality, verdict: Verdict, starts: date, note: str = "Byrådets beslutning") -> None:
    rules.set_duplicate_rule(
        municipality_id=municipality.id, sections=("SEL-85", "SEL-107"), verdict=verdict, starts=starts, note=note,
        today=TODAY,
    )  # fmt: skip


def own() -> list[tuple[str, date, date | None]]:
    return [(one.verdict.value, one.valid_from, one.valid_to) for one in rules.duplicate_rules() if one.id]


def test_a_new_rule_ends_the_old_one_and_keeps_it(scope: str, municipality: Municipality) -> None:
    set_rule(municipality, Verdict.WARN, TODAY)
    set_rule(municipality, Verdict.REFUSE, date(2027, 1, 1))
    assert sorted(own(), key=lambda rule: rule[1]) == [
        ("warn", TODAY, date(2027, 1, 1)),
        ("refuse", date(2027, 1, 1), None),
    ]


def test_a_rule_of_the_municipality_stands_instead_of_the_programs(scope: str, municipality: Municipality) -> None:
    (first, *_) = [one for one in rules.duplicate_rules() if not one.id]
    rules.set_duplicate_rule(
        municipality_id=municipality.id, sections=(first.section_a, first.section_b), verdict=Verdict.WARN,
        starts=TODAY, note="Vores egen", today=TODAY,
    )  # fmt: skip
    same = [
        one for one in rules.duplicate_rules() if (one.section_a, one.section_b) == (first.section_a, first.section_b)
    ]
    assert {(one.id is None, one.replaced) for one in same} == {(False, False), (True, True)}


@pytest.mark.parametrize(("starts", "note"), [(date(2026, 11, 20), "Før"), (TODAY, " ")])
def test_a_rule_is_refused_for_the_past_and_without_a_reason(
    scope: str, municipality: Municipality, starts: date, note: str
) -> None:
    with pytest.raises(rules.UnableToSetRuleError):
        set_rule(municipality, Verdict.WARN, starts, note)


def test_closing_days_are_reckoned_at_once_and_can_be_opened_again(scope: str, municipality: Municipality) -> None:
    made = editing.create_calendar(municipality_id=municipality.id, code=" Værkstedet  Nord ")
    calendar = OpeningCalendar.objects.get(id=made)
    assert calendar.code == "Værkstedet Nord"

    def opened_before(day: date) -> int:
        return CalendarDay.objects.get(calendar=calendar, day=day).open_before

    before = opened_before(date(2027, 8, 1))
    week = [date(2027, 7, day) for day in range(5, 12)]
    assert editing.close_days(calendar_id=made, days=week) == 5  # Saturday and Sunday are closed anyway
    assert editing.close_days(calendar_id=made, days=week) == 0
    assert opened_before(date(2027, 8, 1)) == before - 5
    assert editing.open_day(calendar_id=made, day=date(2027, 7, 5))
    assert not editing.open_day(calendar_id=made, day=date(2027, 7, 5))
    assert opened_before(date(2027, 8, 1)) == before - 4
    card = editing.calendar_card(made, year=2027)
    assert card is not None
    assert len(card.days) == 4


def test_a_calendars_history_tells_who_changed_it(scope: str, municipality: Municipality) -> None:
    made = editing.create_calendar(municipality_id=municipality.id, code="Nord")
    editing.close_days(calendar_id=made, days=[date(2027, 7, 5)])
    told = record_history("contracts.OpeningCalendar", made, parts=("contracts.ClosingDay",))
    assert [change.kind for change in told] == ["insert", "insert"]


def test_calendars_are_listed_with_what_follows_them(scope: str, municipality: Municipality) -> None:
    made = editing.create_calendar(municipality_id=municipality.id, code="Nord")
    editing.close_days(calendar_id=made, days=[date(2027, 7, 5)])
    assert [(one.code, one.closing_days, one.contracts) for one in editing.calendars()] == [("Nord", 1, 0)]


@pytest.mark.parametrize("days", [[], [date(2027, 7, 4)], [date(2099, 7, 5)]])
def test_days_that_cannot_be_closed_are_refused(scope: str, municipality: Municipality, days: list[date]) -> None:
    made = editing.create_calendar(municipality_id=municipality.id, code="Nord")
    with pytest.raises(editing.UnableToChangeCalendarError):
        editing.close_days(calendar_id=made, days=days)


@pytest.mark.parametrize("code", ["", "x" * 61, "Nord"])
def test_a_calendar_needs_a_name_of_its_own(scope: str, municipality: Municipality, code: str) -> None:
    editing.create_calendar(municipality_id=municipality.id, code="Nord")
    with pytest.raises(editing.UnableToChangeCalendarError):
        editing.create_calendar(municipality_id=municipality.id, code=code)
