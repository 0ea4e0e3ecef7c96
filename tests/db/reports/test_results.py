"""The management page: prepared figures that say what the registers say, carry their time, and are renewed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from db.budgets_pages.conftest import MOST, NOW, TODAY
from db.budgets_pages.formulas import Sheets
from loggedin import logged_in_client, send
from personas import persona
from styr.access import api_keys
from styr.access.core.permissions import permissions_of
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.budgets.queries import current_run, total_figures
from styr.grants.models import Grant
from styr.kernel import clock
from styr.reports import queries
from styr.reports.models import Figure, Prepared
from styr.reports.preparing import prepare
from styr.reports.services import PREPARE_TASK, prepare_if_old, prepare_now, request_figures

pytestmark = pytest.mark.django_db
Asked = Callable[..., tuple[Any, int]]


@pytest.fixture
def prepared(municipality: Municipality, forecast: UUID) -> UUID:
    return prepare(municipality_id=municipality.id, today=TODAY, now=NOW)


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def known() -> queries.Results:
    found = queries.results(year=2026)
    assert found is not None
    return found


def test_the_figures_are_those_of_the_forecast_and_the_steps_sum_to_the_change(prepared: UUID) -> None:
    found, run = known(), current_run()
    assert run is not None
    sums = total_figures(run_id=run.id, year=2026)
    assert (found.standing.budget_ore, found.standing.forecast_ore) == (sums.budget_ore, sums.forecast_ore)
    assert found.spent_ore == sums.so_far_ore
    waterfall = found.waterfall
    assert waterfall.this_ore == sums.forecast_ore
    assert waterfall.last_ore + sum(ore for _, ore in waterfall.parts) == waterfall.this_ore
    assert waterfall.volume_ore + waterfall.mix_ore > 0, "both grants are new this year"


def test_areas_tell_how_much_stands_under_contracts_in_order(prepared: UUID) -> None:
    areas = {area.section: area for area in known().areas}
    home, helped = areas["SEL-107"], areas["SEL-85"]
    assert (home.persons, home.grants, home.share("signed"), home.share("assured")) == (1, 1, 1.0, 0.0)
    assert helped.share("signed") == 0.0
    assert known().of("deadlines", "expiry").number == 0


def test_the_page_tells_the_story_with_few_questions(page: Client, asked: Asked, prepared: UUID) -> None:
    page.get("/resultater/")
    answer, number = asked("/resultater/")
    assert number <= MOST
    told = words(answer)
    for word in ("Året ventes at ende", "Hvad gav det", "Hvad er i fare", "Er aftalerne i orden?", "Fra 2025 til 2026",
                 "Beregnet"):  # fmt: skip
        assert word in told, word
    assert "Østergård" not in told


def test_before_the_first_time_the_page_says_so_and_asks_for_the_figures(
    page: Client, municipality: Municipality
) -> None:
    assert "Der er ingen tal at vise endnu" in words(page.get("/resultater/"))
    asked = ProcrastinateJob.objects.filter(task_name=PREPARE_TASK, status="todo")
    assert not asked.exists(), "to look at the page asks for nothing"
    assert send(page, "/resultater/regn/").headers["Location"] == "/resultater/?fulgt=1"
    assert "beregnes igen nu" in words(page.get("/resultater/friskhed/"))
    assert asked.count() == 1
    assert not request_figures(municipality_id=municipality.id)
    for part in ("rapport.pdf", "regneark.xlsx"):
        assert page.get(f"/resultater/{part}").status_code == 302
    prepare_now(municipality_id=municipality.id, today=TODAY, now=NOW)
    assert "ikke beregnet en prognose" in words(page.get("/resultater/"))


def test_figures_are_never_shown_as_newer_than_they_are(
    page: Client, municipality: Municipality, prepared: UUID, home: Grant
) -> None:
    fresh = known()
    assert not queries.is_old(fresh, today=TODAY)
    assert "Noget er ændret" not in words(page.get("/resultater/"))
    assert queries.is_old(fresh, today=TODAY.replace(day=20)), "a day has passed"
    Grant.objects.filter(id=home.id).update(caseworker="En anden")
    assert queries.is_old(known(), today=TODAY)
    assert "Noget er ændret" in words(page.get("/resultater/"))
    assert prepare_if_old(municipality_id=municipality.id, today=TODAY, now=NOW)
    assert not prepare_if_old(municipality_id=municipality.id, today=TODAY, now=NOW)
    kept = Prepared.objects.get()
    assert kept.id != prepared
    assert kept.data_at is not None
    assert kept.forecast_at is not None
    assert "De nye tal er klar" in words(page.get("/resultater/friskhed/"))


def test_each_sees_the_figures_of_their_own_units_and_administrators_none(
    municipality: Municipality, prepared: UUID, unit: Unit, other_unit: Unit
) -> None:
    whole = known().standing.forecast_ore
    for of in (unit, other_unit):
        told = words(
            logged_in_client(persona(f"leder-{of.number}", municipality, Role.MANAGER, of)).get("/resultater/")
        )
        own = sum(row.ore for row in Figure.objects.filter(unit=of, topic="economy", key="forecast"))
        assert 0 < own < whole
        assert f"{round(own / 100):,}".replace(",", ".") in told
        assert f"{round(whole / 100):,}".replace(",", ".") not in told
    administrator = logged_in_client(persona("admin", municipality, Role.ADMINISTRATOR))
    assert administrator.get("/resultater/").status_code == 403


def test_what_is_taken_along_names_nobody_and_computes_to_the_page(page: Client, prepared: UUID) -> None:
    paper = page.get("/resultater/rapport.pdf")
    assert paper["Content-Type"] == "application/pdf"
    document = pypdfium2.PdfDocument(paper.content)
    text = " ".join(page_.get_textpage().get_text_range() for page_ in document)
    document.close()
    assert "Ledelsesoverblik 2026" in text
    assert "Hvad gav det" in text
    assert "SEL § 107" not in text, "one person alone"
    assert "Østergård" not in text
    sheets = Sheets(page.get("/resultater/regneark.xlsx").content)
    for sheet in sheets.book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    kept = sheets.kept[sheet.title][cell.coordinate].value
                    computed = sheets.value(sheet.title, cell.coordinate)
                    assert (kept or 0) == pytest.approx(computed or 0), cell.coordinate
    assert "færre end 5" in str(sheets.book["Områder"]["A3"].value)


def test_the_same_figures_go_to_other_programs(municipality: Municipality, prepared: UUID) -> None:
    def asked_by(role: Role, path: str) -> Any:
        user, now = persona(f"{role.value}-{uuid4().hex[:6]}", municipality, role).user, clock.now()
        scopes = tuple(permissions_of([role]))
        _, key = api_keys.make_key(
            user_id=user.id, name="BI", scopes=scopes, last_day=now.date() + timedelta(days=30), actor_id=user.id,
            now=now,
        )  # fmt: skip
        return Client().get(f"/api/v1/results{path}", headers={"Authorization": f"Bearer {key}"})

    told = asked_by(Role.MANAGER, "").json()
    amounts = {(one["topic"], one["key"]): one["amount"] for one in told["figures"]}
    assert round(float(amounts["economy", "forecast"]) * 100) == known().standing.forecast_ore
    assert told["outdated"] is False
    assert told["areas"] == [], "fewer than five persons"
    assert asked_by(Role.MANAGER, "/initiatives").json() == []
    assert asked_by(Role.ADMINISTRATOR, "").status_code == 403
