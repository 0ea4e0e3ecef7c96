from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client

from db.budgets_pages.conftest import TODAY
from styr.access.models import Municipality
from styr.budgets.core.codes import Part
from styr.budgets.economy import year_picture
from styr.budgets.economy_list_rows import Narrowed, Paging
from styr.budgets.economy_lists import account_rows, citizen_rows, grant_rows, spent_by_citizen, supplier_rows
from styr.budgets.queries import bridge_of, current_run, total_figures
from styr.budgets.unpriced import unpriced_grants
from styr.grants.models import Grant
from styr.ui.amounts import deviation

pytestmark = pytest.mark.django_db
MOST = 12
PAGES = (
    "",
    "borgere/",
    "bevillinger/",
    "koncentration/",
    "historik/",
    "stand/",
    "usikkerhed/",
    "opfoelgning/",
    "opfoelgning/ny/",
)
Asked = Callable[..., tuple[Any, int]]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_with_few_queries(asked: Asked, forecast: UUID, path: str) -> None:
    answer, count = asked(f"/oekonomi/{path}")
    assert answer.status_code == 200
    assert count <= MOST


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_when_there_is_neither_budget_nor_forecast(asked: Asked, path: str) -> None:
    answer, count = asked(f"/oekonomi/{path}")
    assert answer.status_code == 200
    assert count <= MOST


def test_the_picture_says_what_the_figures_say(forecast: UUID) -> None:
    run = current_run()
    sums, figures = year_picture(run, 2026).sums, total_figures(run_id=forecast, year=2026)
    assert (
        (sums.budget_ore, sums.original_ore) == (figures.budget_ore, figures.original_ore) == (135_000_000, 135_000_000)
    )
    assert (sums.forecast_ore, sums.actual_ore) == (figures.forecast_ore, figures.actual_ore)
    assert sums.actual_ore == 8 * 101_000_00
    assert sums.accrual_ore == figures.accrual_ore


def test_every_list_adds_up_to_the_figure_that_led_to_it(forecast: UUID) -> None:
    run = current_run()
    assert run is not None
    over = year_picture(run, 2026).sums.over_ore
    for rows in (
        citizen_rows(run, 2026, Narrowed(), Paging())[0],
        grant_rows(run, 2026, Narrowed(), Paging())[0],
        supplier_rows(run, 2026, Narrowed()),
        account_rows(run, 2026, Narrowed()),
    ):
        assert sum(row.over_ore for row in rows) == over
        for row in rows:
            parts = row.price_ore + row.volume_ore + row.mix_ore + row.timing_ore + row.unplaced_ore
            assert parts == row.over_ore == row.forecast_ore - row.budget_ore


def test_a_unit_adds_up_to_its_citizens(forecast: UUID, home: Grant) -> None:
    run = current_run()
    assert run is not None
    unit = year_picture(run, 2026, unit_id=home.unit_id)
    rows, totals = citizen_rows(run, 2026, Narrowed(unit_id=home.unit_id), Paging())
    assert totals.over_ore == sum(row.over_ore for row in rows) == unit.sums.over_ore
    assert {row.citizen_id for row in rows} == {home.citizen_id, None}


def test_the_way_from_the_deviation_to_the_citizen(asked: Asked, forecast: UUID, home: Grant) -> None:
    front, _ = asked("/oekonomi/")
    told = front.content.decode()
    assert f"/oekonomi/enhed/{home.unit_id}/?aar=2026" in told
    unit, count = asked(f"/oekonomi/enhed/{home.unit_id}/?aar=2026")
    assert count <= MOST
    assert f"/oekonomi/borgere/?aar=2026&amp;enhed={home.unit_id}&amp;funktion=53852" in unit.content.decode()
    listed, _ = asked(f"/oekonomi/borgere/?aar=2026&enhed={home.unit_id}&funktion=53852")
    assert f"/borgere/{home.citizen_id}/oekonomi/?aar=2026" in listed.content.decode()
    assert "Ida Østergård" in listed.content.decode()


def test_names_on_the_pages_are_logged_as_read(asked: Asked, forecast: UUID, home: Grant) -> None:
    asked("/oekonomi/")
    row = apps.get_model("audit", "ReadLog").objects.order_by("-id").first()
    assert (row.page, row.purpose) == ("/oekonomi/", "økonomi")
    assert home.citizen_id in row.citizens


def test_the_list_can_be_narrowed_sorted_and_taken_along(page: Client, forecast: UUID, home: Grant) -> None:
    told = page.get("/oekonomi/borgere/?over=on&sorter=-forecast_ore").content.decode()
    assert "Ida Østergård" in told
    assert "Bo Aagaard" not in told
    assert page.get("/oekonomi/borgere/?hent=xlsx")["Content-Type"].endswith("sheet")
    assert "Ida Østergård" in page.get("/oekonomi/bevillinger/?paragraf=sel%20107&aarsag=price").content.decode()
    assert page.get("/oekonomi/borgere/?enhed=nonsens&aar=x&side=9").status_code == 200


def test_a_step_of_the_bridge_leads_to_rows_that_say_its_amount(asked: Asked, forecast: UUID, home: Grant) -> None:
    run = current_run()
    assert run is not None
    bridge = bridge_of(run_id=forecast, year=2026)
    for part, ore in bridge.parts:
        assert grant_rows(run, 2026, Narrowed(part=part), Paging(limit=1))[1].part_ore == (ore or None)
    assert grant_rows(run, 2026, Narrowed(), Paging())[1].part_ore is None
    told = asked("/oekonomi/bevillinger/?aarsag=price")[0].content.decode()
    assert f"heraf pris {deviation(dict(bridge.parts)[Part.PRICE])}" in told


def test_what_is_booked_on_nobody_stands_in_the_list_of_citizens(
    municipality: Municipality, forecast: UUID, home: Grant
) -> None:
    run = current_run()
    assert run is not None
    kept: Any = apps.get_model("budgets", "ForecastRow").objects.filter(run_id=forecast, basis="actual").first()
    kept.pk, kept.citizen_id, kept.grant_id, kept.section, kept.amount_ore = None, None, None, "", 7_00
    kept.save(force_insert=True)
    spent = spent_by_citizen(run, 2026, Narrowed(), [home.citizen_id])
    assert spent == {home.citizen_id: 8 * 101_000_00, None: 7_00}


def test_every_grant_without_a_price_is_listed_also_where_nothing_is_forecast(
    page: Client, forecast: UUID, home: Grant, help_at_home: Grant
) -> None:
    apps.get_model("contracts", "ContractRate").objects.filter(contract_line__contract=home.contract_id).delete()
    apps.get_model("budgets", "BridgeRow").objects.filter(grant_id=home.id).delete()
    assert unpriced_grants(TODAY).grants == 1
    told = page.get("/oekonomi/bevillinger/?uden_pris=on").content.decode()
    assert home.number in told
    assert "budget 0 kr., prognose 0 kr., afvigelse 0 kr." in told


def test_a_unit_without_an_economy_is_not_there(page: Client, forecast: UUID) -> None:
    assert page.get("/oekonomi/enhed/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_another_year_of_the_forecast_has_no_budget_and_says_so(page: Client, forecast: UUID) -> None:
    assert "Der er ikke indlæst et budget for 2027." in page.get("/oekonomi/?aar=2027").content.decode()
