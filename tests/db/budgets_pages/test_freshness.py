"""Pages tell how fresh the forecast is, and whoever may edit the economy asks for a new one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.test import Client

from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.budgets.models import ForecastRun
from styr.grants.models import Grant

pytestmark = pytest.mark.django_db
CHANGED = "Noget er ændret, siden prognosen blev beregnet"


def now(page: Client, query: str = "") -> str:
    return page.get(f"/oekonomi/stand/{query}").content.decode()


def test_nothing_is_told_of_a_forecast_that_still_holds(page: Client, forecast: UUID) -> None:
    assert CHANGED not in now(page)
    assert "Bestilt" not in now(page)


def test_a_change_of_what_the_forecast_rests_on_is_told_and_can_be_reckoned_in(
    page: Client, forecast: UUID, home: Grant, book: Callable[..., Any]
) -> None:
    book(9, 5_000, home)
    told = now(page)
    assert CHANGED in told
    assert "Beregn prognosen nu" in told
    assert send(page, "/oekonomi/regn/").status_code == 302
    told = now(page)
    assert "En ny prognose er i kø" in told
    assert 'hx-trigger="load delay:2s"' in told


def test_who_follows_and_sees_it_done_is_led_to_the_new_figures(page: Client, forecast: UUID) -> None:
    assert "Den nye prognose er færdig" in now(page, "?fulgt=1")


def test_a_forecast_that_failed_is_told(page: Client, forecast: UUID, home: Grant, book: Callable[..., Any]) -> None:
    book(9, 5_000, home)
    send(page, "/oekonomi/regn/")
    ForecastRun.objects.filter(state="queued").update(state="failed", failure="Der er ikke plads på disken.")
    told = now(page)
    assert "Den seneste prognose kunne ikke beregnes" in told
    assert "Der er ikke plads på disken." in told


def test_grants_that_run_without_a_price_are_told(page: Client, forecast: UUID, home: Grant) -> None:
    assert "uden pris" not in now(page)
    apps.get_model("contracts", "ContractRate").objects.filter(contract_line__contract=home.contract_id).delete()
    assert "1 ydelse løber uden pris." in now(page)
    assert "uden pris" not in now(page, "?aar=2025")


def test_the_first_forecast_can_be_asked_for(page: Client) -> None:
    assert "Der er ikke beregnet en prognose endnu" in now(page)


def test_whoever_may_not_edit_the_economy_asks_for_none(
    municipality: Municipality, forecast: UUID, home: Grant, book: Callable[..., Any]
) -> None:
    caseworker = logged_in_client(persona("sagsbehandler", municipality, Role.CASEWORKER))
    book(9, 5_000, home)
    assert CHANGED in now(caseworker)
    assert "Beregn prognosen nu" not in now(caseworker)
    assert send(caseworker, "/oekonomi/regn/").status_code == 403
