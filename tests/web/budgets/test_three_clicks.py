"""From "the year ends over the budget" to the citizen and the cause in three clicks, each figure held to plain sums."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from playwright.sync_api import expect

from db.registers.registers import Registers
from person import Site
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.budgets.core.frame import Frame
from styr.budgets.services import make_forecast
from styr.kernel import clock
from styr.kernel.danish import kroner

TODAY, NOW = date(2026, 10, 19), datetime(2026, 10, 19, 8, tzinfo=UTC)
HOME_ACCOUNT, HELP_ACCOUNT = "5385214000100140", "5384014000100190"
FORECAST = "SELECT coalesce(sum(amount_ore), 0)::bigint FROM budgets_forecastrow WHERE extract(year FROM month) = 2026"
BUDGET = "SELECT coalesce(sum(revised_ore), 0)::bigint FROM rel_budget WHERE extract(year FROM month) = 2026"


@pytest.fixture
def home(people: None, municipality: Municipality, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Ida's stay costs more than her budget, Bo's help less than his; the forecast is of October."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with service_scope(municipality.id, "test"):
        Registers(municipality.id).load()
        grants = apps.get_model("grants", "Grant").objects
        stay, help_at_home = grants.get(source_id="B0000017-9"), grants.get(source_id="SAG-77")
        for grant, account, amount in ((stay, HOME_ACCOUNT, 900_000), (help_at_home, HELP_ACCOUNT, 120_000)):
            apps.get_model("ledger", "BudgetLine").objects.create(
                municipality=municipality, year=2026, kind="original", account_string=account,
                amount_ore=amount * 100, unit_id=grant.unit_id, grant_id=grant.id, citizen_id=grant.citizen_id,
                grant_number=grant.number,
            )  # fmt: skip
        for month in range(1, 9):
            apps.get_model("ledger", "Posting").objects.create(
                municipality=municipality, year=2026, voucher=str(month), line_no=1, month=date(2026, month, 1),
                posted_on=date(2026, month, 28), account_string=HOME_ACCOUNT, amount_ore=100_000_00, kind="payment",
                unit_id=stay.unit_id, grant_id=stay.id, citizen_id=stay.citizen_id,
            )  # fmt: skip
        make_forecast(municipality_id=municipality.id, frame=Frame.of(first_year=2026, years=2, as_of=TODAY), now=NOW)
        return stay


def over_ore(municipality: Municipality, condition: str = "true", *values: object) -> int:
    """What the forecast is over the budget, by two plain sums."""
    with service_scope(municipality.id, "test"), connection.cursor() as cursor:
        sums = []
        for text in (FORECAST, BUDGET):
            cursor.execute(f"{text} AND {condition}", values)
            sums.append(int(cursor.fetchone()[0]))
    return sums[0] - sums[1]


def written(ore: int) -> str:
    return f"{'+' if ore > 0 else ''}{kroner(ore, whole=True)}"


@pytest.mark.browser
def test_the_deviation_leads_to_the_citizen_in_three_clicks(site: Site, municipality: Municipality, home: Any) -> None:
    site.log_in("oekonom")
    site.open("/oekonomi/")
    expect(site.page.locator(".verdict")).to_contain_text("over budgettet")
    everything = over_ore(municipality)
    assert int(site.page.locator("[data-over-ore]").get_attribute("data-over-ore") or 0) == everything > 0
    expect(site.page.locator(".figures")).to_contain_text(written(everything))
    site.page.locator("#stand").wait_for(state="attached")
    assert site.accessibility_faults() == []

    site.page.locator("#enheder").get_by_role("link", name="Voksen").click()
    of_unit = over_ore(municipality, "unit_id = %s", home.unit_id)
    expect(site.page.locator(".figures")).to_contain_text(written(of_unit))
    assert site.accessibility_faults() == []

    site.page.locator("#konti").get_by_role("link", name="5.38.52").click()
    of_account = over_ore(municipality, "unit_id = %s AND account LIKE '53852%%'", home.unit_id)
    expect(site.page.locator("#liste")).to_contain_text(f"afvigelse {written(of_account)}")
    assert site.accessibility_faults() == []

    site.page.get_by_role("link", name="Ida Østergård").click()
    site.page.get_by_role("heading", name="Budget, forbrug og prognose pr. måned").wait_for()
    of_citizen = over_ore(municipality, "citizen_id = %s", home.citizen_id)
    assert of_citizen == of_account
    expect(site.page.locator(".figures")).to_contain_text(written(of_citizen))
    assert site.page.url.split("?")[0].endswith(f"/borgere/{home.citizen_id}/oekonomi/")
    assert site.complaints == []
