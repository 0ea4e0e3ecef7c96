from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from db.controls.things import HEAVY, divided, load, thing
from styr.access.models import Municipality, Unit
from styr.controls import queries, showing
from styr.controls.core.registry import OwnerRole, Registry, Severity
from styr.controls.core.verdict import Status
from styr.controls.queries import FindingFilter
from styr.controls.services import run_controls

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    made = Registry()
    made.register(HEAVY)
    stop = replace(HEAVY, code="stop", title="Stop", hard_stop=True, severity=Severity.ERROR)
    made.register(replace(stop, owner_role=OwnerRole.ECONOMIST))
    made.register(replace(HEAVY, code="broken", title="I stykker", expression=divided))
    for function in (showing.title_of, showing.source_of, showing.sentence_of):
        monkeypatch.setattr(function, "__defaults__", (made,))
    return made


Fill = Callable[[int], None]


@pytest.fixture
def fill(scope: str, municipality: Municipality, unit: Unit, other_unit: Unit, registry: Registry) -> Fill:
    """Make `number` things with prices 1, 2, 3 … øre and one without a price; every other in the other unit."""

    def filled(number: int) -> None:
        units = (unit.id, other_unit.id)
        rows = [thing(f"sten {n}", "12.5", price_ore=n, unit_id=units[n % 2]) for n in range(1, number + 1)]
        load([*rows, thing("grus", "50", price_ore=None)])
        run_controls(municipality_id=municipality.id, today=TODAY, now=NOW, registry=registry)

    return filled


def test_a_page_shows_the_most_expensive_first_and_sums_the_whole_list(fill: Fill) -> None:
    fill(30)
    page = queries.finding_page(FindingFilter(codes=("heavy",)), size=20)
    assert (page.total, page.pages, page.amount_ore, page.unknown) == (31, 2, 465, 1)
    assert [row.amount_ore for row in page.rows[:2]] == [30, 29]
    last = queries.finding_page(FindingFilter(codes=("heavy",)), page=99, size=20)
    assert (last.page, len(last.rows), last.rows[-1].amount_ore) == (2, 11, None)
    assert page.rows[0].sentence == "sten 30 vejer 12,5 kg og er 324 dage gammel."
    assert page.rows[0].source == "Vægtloven"
    assert not page.rows[0].lapsed


@pytest.mark.parametrize(
    ("wanted", "total"),
    [
        (FindingFilter(), 22),
        (FindingFilter(owner_role="economist"), 11),
        (FindingFilter(codes=("heavy", "nothing")), 11),
        (FindingFilter(codes=()), 0),
        (FindingFilter(hard_stop=True), 11),
        (FindingFilter(hard_stop=False), 11),
        (FindingFilter(least_ore=6), 10),
        (FindingFilter(status=Status.CLOSED), 0),
        (FindingFilter(status=None), 22),
    ],
)
def test_a_list_holds_what_is_asked_for(fill: Fill, wanted: FindingFilter, total: int) -> None:
    fill(10)
    assert queries.finding_page(wanted).total == total


def test_a_list_of_one_unit(fill: Fill, unit: Unit) -> None:
    fill(10)
    assert queries.finding_page(FindingFilter(unit_id=unit.id)).total == 10


def test_the_summary_counts_by_kind_and_tells_what_could_not_run(fill: Fill) -> None:
    fill(12)
    told = queries.summary()
    assert [(kind.code, kind.title, kind.count, kind.amount_ore, kind.unknown) for kind in told.kinds] == [
        ("heavy", "Tung ting", 13, 78, 1),
        ("stop", "Stop", 13, 78, 1),
    ]
    assert told.count == 26
    assert [view.amount_ore for view in told.expensive] == [12, 12, 11, 11, 10, 10, 9, 9, 8, 8]
    assert told.run is not None
    assert told.run.failures == ("I stykker: kontrollen kunne ikke køre",)
    assert queries.counts_by_owner() == {"economist": 13, "negotiator": 13}


def test_before_the_first_run_there_is_nothing(scope: str) -> None:
    assert queries.summary() == queries.Summary((), (), None)
    page = queries.finding_page()
    assert (page.rows, page.page, page.pages, page.total, page.amount_ore) == ((), 1, 1, 0, 0)


@pytest.mark.parametrize(
    ("ask", "queries_asked"),
    [
        (lambda: queries.finding_page(size=200), 2),
        (queries.most_expensive, 1),
        (queries.findings_by_kind, 1),
        (queries.counts_by_owner, 1),
        (queries.latest_run, 1),
        (queries.summary, 3),
    ],
)
def test_every_list_has_a_fixed_number_of_queries(fill: Fill, ask: Callable[[], object], queries_asked: int) -> None:
    for number in (3, 250):
        fill(number)
        with CaptureQueriesContext(connection) as captured:
            ask()
        assert len(captured) == queries_asked


def test_the_evidence_of_a_finding_is_typed(fill: Fill, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(1)
    found = queries.finding_page(FindingFilter(codes=("heavy",))).rows[0]
    assert queries.evidence_of(found.id) == {}  # the program's own registry does not know the control
    monkeypatch.setattr(queries, "REGISTRY", registry)
    assert queries.evidence_of(found.id) == {
        "name": "sten 1",
        "weight": Decimal("12.5"),
        "bought": date(2026, 1, 1),
        "days": 324,
    }
