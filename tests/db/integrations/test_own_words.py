"""Sections and services that the municipality has added itself, all the way from files to findings and prices."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.contracts.core.codes import TermKind
from styr.contracts.own_terms import NewTerm, add_term, own_words_in_files
from styr.grants.queries import expected_by_month
from styr.integrations.core.problems import Severity
from styr.integrations.core.report import ImportReport

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
Importer = Callable[..., ImportReport]
Query = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def ours(municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        who = persona("lone", municipality, Role.ECONOMIST).user
        section = NewTerm(
            name="Specialundervisning", reason="Skoleområdet", law="Lov om specialundervisning", short="SPU",
            paragraph="§ 12",
        )  # fmt: skip
        service = NewTerm(name="Undervisning i hold", reason="Skoleområdet", words="Holdundervisning")
        for what, term in ((TermKind.SECTION, section), (TermKind.SERVICE, service)):
            add_term(
                municipality_id=municipality.id, what=what, term=term, starts=TODAY, actor_id=who.id, today=TODAY
            )  # fmt: skip


def rewrite(folder: Path) -> None:
    grants, lines = folder / "bevillinger.csv", folder / "bevillingsydelser.csv"
    grants.write_text(grants.read_text("utf-8").replace("BL § 32;forventet", "spu §12;bevilget"), "utf-8")
    lines.write_text(lines.read_text("utf-8").replace("1;støtte;time", "1;HOLDUNDERVISNING;time"), "utf-8")
    bill = folder / "fakturaer" / "2026-001.xml"
    bill.write_text(bill.read_text("utf-8").replace("Ophold, januar", "Undervisning i hold, januar"), "utf-8")


def told(report: ImportReport) -> list[str]:
    return [problem.sentence() for problem in report.problems if problem.severity is Severity.ERROR]


def test_files_may_use_what_the_municipality_has_added(
    ours: None, folder: Path, bring_in: Importer, seen: Query, municipality: Municipality
) -> None:
    rewrite(folder)
    assert told(bring_in(folder)) == []
    assert seen("SELECT section FROM rel_grant WHERE number = 'B1000003-7'") == [("SPU-12",)]
    assert seen("SELECT count(*) FROM rel_service WHERE service = 'undervisning_i_hold'") == [(1,)]
    of_line = (
        "SELECT l.service, l.service_other FROM invoices_invoiceline l JOIN invoices_invoice i ON i.id = l.invoice_id"
    )
    assert seen(f"{of_line} WHERE i.number = '2026-001'") == [("undervisning_i_hold", "dagbehandling")]
    with service_scope(municipality.id, "test"):
        ((grant,),) = seen("SELECT grant_id FROM rel_grant WHERE section = 'SPU-12'")
        rows = expected_by_month(from_month=date(2026, 4, 1), to_month=date(2026, 4, 1), grant_ids=[grant])
        assert sum(row.amount_ore for row in rows) > 0


def test_without_them_the_same_files_are_refused_by_row_and_column(folder: Path, bring_in: Importer) -> None:
    rewrite(folder)
    problems = told(bring_in(folder))
    assert any("Paragraffen kan ikke læses" in one for one in problems)
    assert any("Værdien kendes ikke" in one for one in problems)


def test_the_words_of_another_municipality_mean_nothing(ours: None, other_municipality: Municipality) -> None:
    with service_scope(other_municipality.id, "test"):
        assert own_words_in_files(on=TODAY).services == {}
