"""The own vehicles from files to pages: use, half empty buses, choices, costs, duties, papers, and who may."""

from datetime import date, timedelta
from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from db.fleet.conftest import DAY, FILES, NOW
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.fleet import services
from styr.fleet.assuming import set_assumption
from styr.fleet.bulk import upsert_log
from styr.fleet.core.codes import Alternative, Source
from styr.fleet.core.rows import LogRow
from styr.fleet.models import Choice, Duty, LogEntry, VehicleCost
from styr.fleet.queries import VehicleNotVisibleError, fleet_sheet
from styr.routes.models import RoutePlan
from styr.transport.models import Place, Vehicle

pytestmark = pytest.mark.django_db


def bus(number: int = 1) -> Vehicle:
    return Vehicle.objects.get(name=f"Bus {number}")


def test_files_land_once_and_the_sheet_says_how_the_buses_are_used(town: Municipality, coordinator: Persona) -> None:
    assert (Duty.objects.count(), VehicleCost.objects.count(), LogEntry.objects.count()) == (3, 3, 2)
    assert VehicleCost.objects.get(vehicle=bus()).leasing_month_ore == 450_000
    assert LogEntry.objects.get(vehicle=bus(2)).ends == 24 * 60 + 15, "over midnight"
    sheet = fleet_sheet(DAY)
    by_name = {line.car.name: line for line in sheet.lines}
    first = by_name["Bus 1"]
    # Eight weeks: Mondays both, Tuesdays Bo, Wednesdays and Fridays Ida; closed on Maundy Thursday … Whit Monday.
    ridden = {use.day for use in first.uses if use.source is Source.STANDING}
    assert {day.weekday() for day in ridden} == {0, 1, 2, 4}
    assert date(2026, 5, 25) not in ridden, "Whit Monday"
    out = next(use for use in first.uses if use.source is Source.STANDING and use.starts < 720)
    assert (out.starts, out.ends) == (8 * 60 + 10 - 60, 8 * 60 + 10)
    assert sheet.peak.vehicles == 3
    assert by_name["Uden plads"].idle
    (half,) = sheet.half_empty
    assert (half.place, half.filled.vehicles, half.filled.seats, half.filled.most, half.filled.enough) == (
        "Værkstedet", 3, 24, 2, 1,
    )  # fmt: skip
    assert half.filled.percent == round(100 * half.filled.riders / (24 * half.filled.runs))
    assert first.hundredths_km_year == round(2450 * 365 / 56)
    assert by_name["Bus 3"].hundredths_km_year is None, "nobody wrote its km down"
    assert by_name["Bus 3"].kept.cost_ore is None
    assert first.kept.cost_ore is not None
    refused = upsert_log(
        [
            LogRow(vehicle=name, day=DAY, starts=starts, ends="9:00")
            for name, starts in (("Bus 9", "8:00"), ("Bus 1", "x"))
        ],
        municipality_id=town.id,
    ).errors
    assert [error.column for error in refused] == ["vogn", "fra"]


def test_a_choice_a_cost_and_a_duty_are_kept_by_whoever_may(
    town: Municipality, coordinator: Persona, unit: Unit
) -> None:
    by = services.By(town.id, coordinator.user.id, DAY, NOW)
    with pytest.raises(services.UnableToChangeFleetError, match="begrundelse"):
        services.choose(vehicle_id=bus().id, alternative=Alternative.DROP, reason=" ", by=by)
    with pytest.raises(services.UnableToChangeFleetError, match="el allerede"):
        services.choose(vehicle_id=bus(3).id, alternative=Alternative.ELECTRIC, reason="Ren", by=by)
    with pytest.raises(services.UnableToChangeFleetError, match="ledig"):
        services.choose(vehicle_id=bus().id, alternative=Alternative.SHARE, reason="Deles", by=by)
    for reason in ("Gammel", "Gammel og dyr"):
        services.choose(vehicle_id=bus().id, alternative=Alternative.DROP, reason=reason, by=by)
    assert Choice.objects.get().reason == "Gammel og dyr"
    line = next(one for one in fleet_sheet(DAY).lines if one.car.name == "Bus 1")
    assert line.saving_ore == (line.kept.cost_ore or 0) - (line.chosen.cost_ore or 0)
    services.set_cost(vehicle_id=bus().id, starts=DAY, amounts={"leasing_month_ore": 1}, by=by)
    held = list(VehicleCost.objects.filter(vehicle=bus()).order_by("valid_from"))
    assert [(row.valid_to, row.leasing_month_ore) for row in held] == [(DAY, 450_000), (None, 1)]
    place = Place.objects.get(number="M1").id
    with pytest.raises(services.UnableToChangeFleetError, match="allerede"):
        services.add_duty(vehicle_id=bus().id, place_id=place, starts=DAY, by=by)
    home = Place.objects.get(number="H1").id
    with pytest.raises(services.UnableToChangeFleetError, match="Stedet"):
        services.add_duty(vehicle_id=bus().id, place_id=home, starts=DAY, by=by)
    services.end_duty(vehicle_id=bus().id, place_id=place, by=by)
    assert Duty.objects.get(vehicle=bus()).valid_to == DAY
    services.add_duty(vehicle_id=bus().id, place_id=place, starts=DAY + timedelta(days=1), by=by)
    services.end_duty(vehicle_id=bus().id, place_id=place, by=by)
    with pytest.raises(VehicleNotVisibleError):
        services.end_duty(vehicle_id=bus().id, place_id=place, by=by)
    with pytest.raises(VehicleNotVisibleError):
        services.set_cost(vehicle_id=uuid4(), starts=DAY, amounts={}, by=by)
    local = persona("ulla", town, Role.TRANSPORT_COORDINATOR, unit)
    with pytest.raises(services.UnableToChangeFleetError, match="hele kommunen"):
        services.end_duty(vehicle_id=bus(2).id, place_id=place, by=services.By(town.id, local.user.id, DAY, NOW))
    assert set_assumption(
        municipality_id=town.id, rule="half_full_percent", value=5, starts=DAY, source="Udvalget",
        actor_id=coordinator.user.id, now=NOW,
    )  # fmt: skip
    assert not fleet_sheet(DAY).half_empty


def test_the_pages_show_it_within_their_queries_and_a_link_fills_a_new_plan_in(
    town: Municipality, coordinator: Persona
) -> None:
    client = logged_in_client(coordinator)
    pages = [
        reverse("fleet"),
        reverse("fleet_plan"),
        reverse("fleet_requirements"),
        reverse("fleet_vehicle", args=[bus().id]),
        reverse("transport_week_lines"),
    ]
    for address in pages:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            told = client.get(address)
        assert told.status_code == 200
        asked = [row["sql"] for row in queries if "SAVEPOINT" not in row["sql"]]
        assert len(asked) <= 12 + 2, asked
    page = client.get(reverse("fleet"))
    assert "Tre minibusser til Værkstedet er halvtomme" in page.content.decode()
    (waiting,) = page.context["waiting"]
    given = parse_qs(urlsplit(waiting.address).query)
    assert (given["egne_i_dag"], given["dag"]) == (["3"], [DAY.isoformat()]), "Monday, when both ride"
    assert len(given["vogne"]) == 3
    (line,) = client.get(reverse("transport_week_lines")).context["lines"]
    assert line.address == waiting.address, "the coordinator's week begins at the same plan"
    form = client.get(waiting.address).context["form"]
    assert form["egen_pris"].value() == given["egen_pris"][0]
    assert set(form["vogne"].value()) == {str(bus(number).id) for number in (1, 2, 3)}
    for address in (reverse("fleet"), reverse("fleet_plan"), reverse("fleet_requirements")):
        sheet = load_workbook(BytesIO(client.get(address, {"hent": "xlsx"}).content)).worksheets[0]
        assert (sheet.max_row or 0) > 4
    assert client.get(reverse("fleet_paper", args=["pdf"])).content.startswith(b"%PDF")
    word = Document(BytesIO(client.get(reverse("fleet_paper", args=["word"])).content))
    words = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "Værkstedet: 3 vogne med 24 pladser" in words
    assert client.get(reverse("fleet_paper", args=["exe"])).status_code == 404
    assert client.get(reverse("fleet_vehicle", args=[uuid4()])).status_code == 404
    cost: dict[str, object] = {"fra": "2026-07-01", "leasing": "5.000,00", "forbrug": "11,5", "kilde": "Ny aftale"}
    send(client, reverse("fleet_cost", args=[bus().id]), cost)
    assert VehicleCost.objects.get(vehicle=bus(), valid_to=None).leasing_month_ore == 500_000
    for name in ("fleet_choose", "fleet_cost", "fleet_duty", "fleet_duty_end"):
        assert send(client, reverse(name, args=[bus().id]), {}).status_code == 302
    sent: dict[str, object] = {"valg": "drop", "begrundelse": "Sjældent ude"}
    assert "står i planen" in send(client, reverse("fleet_choose", args=[bus().id]), sent, follow=True).content.decode()
    assert "Sjældent ude" in client.get(reverse("fleet_plan")).content.decode()
    assert not RoutePlan.objects.exists(), "looking plans nothing"


def test_who_sees_some_units_is_told_that_the_figures_are_a_part(town: Municipality, unit: Unit, scope: str) -> None:
    """Others' rides may use the vehicles too: nothing is called half empty, shareable or spare."""
    client = logged_in_client(persona("bodil", town, Role.TRANSPORT_COORDINATOR, unit))
    page = client.get(reverse("fleet"))
    assert "Du ser kun dine egne enheders kørsel" in page.content.decode()
    sheet = page.context["sheet"]
    assert (sheet.whole, sheet.half_empty, {line.takers for line in sheet.lines}) == (False, (), {None})
    told = client.get(reverse("fleet_vehicle", args=[bus().id])).content.decode()
    assert "Kan kun ses med en rolle i hele kommunen" in told


def test_the_cost_mapping_is_laid_out_from_trips_where_nothing_else_is_known(
    town: Municipality, coordinator: Persona
) -> None:
    client = logged_in_client(coordinator)
    client.get(reverse("transport"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("transport"))
    assert len([row for row in queries if "SAVEPOINT" not in row["sql"]]) <= 12 + 2
    words = page.content.decode()
    assert "Som turene er afregnet" in words
    assert "Ikke estimeret" in words
    assert page.context["matrix"].total.ore == 16 * 28_80
    assert dict(page.context["sources"]) == {"koert": "Kørt"}
    assert not page.context["compared"]


def test_an_empty_fleet_says_what_to_do_and_others_are_kept_out(municipality: Municipality, scope: str) -> None:
    driver = logged_in_client(persona("karen", municipality, Role.TRANSPORT_COORDINATOR))
    assert "Ingen egne vogne endnu" in driver.get(reverse("fleet")).content.decode()
    assert driver.get(reverse("fleet_plan")).status_code == 200
    with service_scope(municipality.id, "test"):
        reader = logged_in_client(persona("rune", municipality, Role.AUDITOR))
        administrator = logged_in_client(persona("arne", municipality, Role.ADMINISTRATOR))
    assert reader.get(reverse("fleet")).status_code == 200
    assert send(reader, reverse("fleet_choose", args=[uuid4()]), {}).status_code == 403
    assert administrator.get(reverse("fleet")).status_code == 403
    assert "kørebog" in FILES
