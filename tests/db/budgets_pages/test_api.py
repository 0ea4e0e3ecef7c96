"""The economy as JSON says what its pages say."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from db.budgets_pages.conftest import MOST, TODAY
from personas import Persona
from styr.access import api_keys
from styr.access.api import kr
from styr.access.core.permissions import Permission
from styr.budgets.economy import year_picture
from styr.budgets.queries import current_run
from styr.grants.models import Grant
from styr.kernel import clock

pytestmark = pytest.mark.django_db


def test_the_year_and_its_grants_add_up_to_the_page_s_figures(
    forecast: UUID, home: Grant, economist: Persona, asked: Callable[..., tuple[Any, int]]
) -> None:
    scopes, until = (Permission.SEE_ECONOMY,), clock.now().date() + timedelta(days=30)
    _, key = api_keys.make_key(
        user_id=economist.user.id, name="BI", scopes=scopes, last_day=until, actor_id=economist.user.id, now=clock.now()
    )
    program = Client(headers={"Authorization": f"Bearer {key}"})
    answer, queries = asked("/api/v1/economy", program)
    told = answer.json()
    sums = year_picture(current_run(), 2026).sums
    assert queries <= MOST
    assert (told["year"], told["as_of"]) == (2026, TODAY.isoformat())
    assert told["sums"]["forecast"] == kr(sums.forecast_ore)
    assert told["sums"]["budget"] == "1350000.00"
    assert sum(float(month["sums"]["actual"]) for unit in told["units"] for month in unit["months"]) == 808_000
    rows, queries = asked("/api/v1/economy/grants", program)
    listed = rows.json()
    assert queries <= MOST
    assert (listed["forecast"], listed["budget"]) == (told["sums"]["forecast"], told["sums"]["budget"])
    mine = next(row for row in listed["rows"] if row["grant"] == str(home.id))
    parts = sum(float(mine[part]) for part in ("price", "volume", "mix", "timing", "unplaced"))
    assert abs(parts - (float(mine["forecast"]) - float(mine["budget"]))) < 0.01
    beyond = asked("/api/v1/economy/grants?page=99", program)[0].json()
    assert beyond["rows"] == []
    assert beyond["total"] == listed["total"] > 0
    assert (beyond["forecast"], beyond["budget"]) == (listed["forecast"], listed["budget"])
