"""The file of a budget version is read back by the import as the register `budgetter`, to the øre."""

from pathlib import Path

import pytest
from django.db import connection

from db.planning.conftest import NOW, TODAY, Town
from styr.access.scope import acting_as, service_scope
from styr.integrations.core.problems import Severity
from styr.integrations.services import import_paths
from styr.planning.budgeting import Plan, make_version
from styr.planning.exporting import UnableToExportBudgetError, budget_file
from styr.planning.models import BudgetVersion, VersionLine

pytestmark = pytest.mark.django_db
ACCOUNT = "5385214000100140"


def test_what_is_written_for_the_finance_system_is_what_comes_back(town: Town, tmp_path: Path) -> None:
    with acting_as(town.lone.token):
        version = make_version(
            municipality_id=town.municipality_id,
            maker_id=town.lone.user.id,
            plan=Plan("Budget", 2027),
            today=TODAY,
            now=NOW,
        )
        with pytest.raises(UnableToExportBudgetError, match="Kun et godkendt budget"):
            budget_file(version, page="/oekonomi/budgetlaegning/")
        BudgetVersion.objects.filter(id=version).update(state="approved", decided_by=town.voksen.user, decided_at=NOW)
        with pytest.raises(UnableToExportBudgetError, match="mangler en kontostreng"):
            budget_file(version, page="/oekonomi/budgetlaegning/")
        VersionLine.objects.filter(version_id=version, account="").update(account=ACCOUNT)
        text = budget_file(version, page="/oekonomi/budgetlaegning/")
        expected = list(VersionLine.objects.filter(version_id=version).values_list("grant_id", "months_ore"))
    (tmp_path / "budgetter.csv").write_text(text, encoding="utf-8")
    report = import_paths(paths=[tmp_path], municipality_id=town.municipality_id, actor="test", now=NOW, processes=0)
    assert all(problem.severity is Severity.NOTE for problem in report.problems)
    with service_scope(town.municipality_id, "test"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT grant_id, extract(month FROM month)::int, sum(revised_ore)::bigint FROM rel_budget GROUP BY 1, 2"
        )
        found = {(grant, month): ore for grant, month, ore in cursor.fetchall()}
    assert found == {
        (grant, number): ore for grant, months in expected for number, ore in enumerate(months, start=1) if ore
    }
