"""A route plan from the grants to operation: asked for, worked out, changed by hand, published, closed to others."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate import JobContext
from procrastinate.contrib.django import app as procrastinate_app
from procrastinate.jobs import Job

from db.routes.conftest import DAY, NOW, asked, goal, planned
from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.people.models import Citizen
from styr.routes import adjusting, services, solving, tasks
from styr.routes.models import PlanRide, RoutePlan
from styr.routes.queries import PlanNotVisibleError, plan_cards, plan_sheet
from styr.routes.solving import work_out

pytestmark = pytest.mark.django_db


def test_from_the_grants_to_operation(town: Municipality, coordinator: Persona) -> None:
    first = planned(town, coordinator, asked())
    sheet = plan_sheet(first, page="test", today=DAY)
    plan = sheet.plan
    assert plan.state == "planned"
    assert not plan.faults
    assert not sheet.left_out
    assert {(line.way.value, line.name.split()[0]) for line in sheet.driven} == {
        (way, name) for way in ("out", "back") for name in ("Ida", "Bo")
    }
    assert all(line.change.minutes_now == 20 for line in sheet.rides)
    # Four rides a Monday at 150 kr. and 5 % of nothing told; four such days; the plan's own price to the oere.
    assert (plan.today_cost_ore, plan.today_rides, plan.days) == (4 * 150_00, 4, 4)
    assert plan.cost_ore == sum(route.route.cost_ore for route in sheet.routes)
    assert sheet.saving_ore == (600_00 - plan.cost_ore) * 4
    assert plan.today_co2_g is None  # Movia has no vehicles in the register
    assert {(level.name, level.rides) for level in sheet.levels} >= {("Fremme før ringetid", 2), ("Kører alene", 0)}
    assert all((level.slack or 0) >= 0 for level in sheet.levels)
    wheelchair = next(line for line in sheet.driven if line.ride.wheelchair)
    assert wheelchair.vehicle.startswith("Bus 1")
    halts = [halt for route in sheet.routes for halt in route.halts]
    assert sum(len(halt.getting_on) for halt in halts) == sum(len(halt.getting_off) for halt in halts) == 4
    services.publish(plan_id=first, valid_from=DAY, note="", actor_id=coordinator.user.id, today=DAY)
    second = planned(town, coordinator, asked("Uden bus 2", without="Bus 2"))
    services.publish(
        plan_id=second, valid_from=DAY + timedelta(days=7), note="", actor_id=coordinator.user.id, today=DAY
    )
    old = RoutePlan.objects.get(id=first)
    assert (old.state, old.valid_to) == ("ended", DAY + timedelta(days=7))
    assert [(card.plan.name, card.rides, card.plan.left_out) for card in plan_cards()] == [
        ("Uden bus 2", 4, 0), ("Værkstedet", 4, 0)
    ]  # fmt: skip


def test_who_is_not_on_the_map_is_shown_and_must_be_accounted_for(town: Municipality, coordinator: Persona) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE transport_place SET latitude = NULL, longitude = NULL WHERE number = 'H2'")
    plan_id = planned(town, coordinator, asked())
    sheet = plan_sheet(plan_id, page="test", today=DAY)
    assert {(line.name.split()[0], line.ride.left_out) for line in sheet.left_out} == {("Bo", "no_place")}
    assert sheet.saving_ore is None  # today's price has Bo's rides, the plan's has not
    with pytest.raises(services.UnableToPlanError, match="Skriv, hvordan"):
        services.publish(plan_id=plan_id, valid_from=DAY, note=" ", actor_id=coordinator.user.id, today=DAY)
    services.publish(
        plan_id=plan_id, valid_from=DAY, note="Bo kører med taxa.", actor_id=coordinator.user.id, today=DAY
    )


def test_by_hand_seen_before_it_is_kept_and_then_it_stays(town: Municipality, coordinator: Persona) -> None:
    plan_id = planned(town, coordinator, asked())
    sheet = plan_sheet(plan_id, page="test", today=DAY)
    bo = next(line for line in sheet.driven if line.name.startswith("Bo") and line.way.value == "out")
    ida = next(line for line in sheet.driven if line.name.startswith("Ida") and line.way.value == "out")
    other = next(row for row in sheet.fleet if row.name != bo.vehicle)
    tried = adjusting.try_move(ride_id=bo.ride.id, vehicle_id=other.id)
    assert tried.possible
    assert PlanRide.objects.get(id=bo.ride.id).route_id == bo.ride.route_id
    small = next(row for row in sheet.fleet if not row.lift)
    refused = adjusting.try_move(ride_id=ida.ride.id, vehicle_id=small.id)
    assert not refused.possible
    assert "lift" in refused.why
    to = {"actor_id": coordinator.user.id, "today": DAY}
    with pytest.raises(services.UnableToPlanError, match="lift"):
        adjusting.move(ride_id=ida.ride.id, vehicle_id=small.id, now=NOW, **to)
    moved = adjusting.move(ride_id=bo.ride.id, vehicle_id=other.id, now=NOW, **to)
    after = RoutePlan.objects.get(id=plan_id)
    assert after.cost_ore == moved.outcome.cost_ore == (sheet.plan.cost_ore or 0) + moved.more_ore
    services.plan_again(plan_id=plan_id, **to)
    work_out(municipality_id=town.id, plan_id=plan_id, now=lambda: NOW)
    again = {line.ride.id: line for line in plan_sheet(plan_id, page="test", today=DAY).driven}
    assert again[bo.ride.id].vehicle == other.name
    adjusting.lock(ride_id=bo.ride.id, locked=False, **to)
    assert not PlanRide.objects.get(id=bo.ride.id).locked


def test_a_job_that_goes_wrong_for_the_last_time_is_told_and_can_be_tried_again(
    town: Municipality, coordinator: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan_id = services.ask_for_plan(
        municipality_id=town.id, asked=asked(), actor_id=coordinator.user.id, today=DAY, now=NOW
    )
    address = reverse("route_plan", args=[plan_id])
    client = logged_in_client(coordinator)
    assert "Beregner ruterne" in client.get(address).content.decode()

    def broken(**_given: object) -> None:
        raise MemoryError

    monkeypatch.setattr(solving, "worked_out", lambda *_one, **_two: broken())
    for attempts in range(4):
        job = Job(
            id=1, queue="documents", lock=None, queueing_lock=None, task_name="routes.work_out", attempts=attempts
        )
        context = JobContext(job=job, app=procrastinate_app, abort_reason=lambda: None, start_timestamp=0.0)
        with pytest.raises(MemoryError):
            tasks.work_out.func(context, str(town.id), str(plan_id))
        told = RoutePlan.objects.get(id=plan_id)
        assert told.state == ("asked" if attempts < 3 else "failed")
    assert "gik galt flere gange" in told.message
    page = client.get(address).content.decode()
    assert "gik galt flere gange" in page
    assert "Prøv igen" in page
    monkeypatch.undo()
    send(client, reverse("route_plan_again", args=[plan_id]))
    work_out(municipality_id=town.id, plan_id=plan_id, now=lambda: NOW)
    assert RoutePlan.objects.get(id=plan_id).state == "planned"
    with connection.cursor() as cursor:  # the worker died over and over: the job is given up, the plan waits for nobody
        cursor.execute("UPDATE routes_routeplan SET state = 'asked' WHERE id = %s", [plan_id])
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE args ->> 'plan_id' = %s", [str(plan_id)])
    assert "gået i stå" in client.get(address).content.decode()
    services.plan_again(plan_id=plan_id, actor_id=coordinator.user.id, today=DAY)
    with pytest.raises(services.UnableToPlanError, match="beregnes igen"):
        services.plan_again(plan_id=plan_id, actor_id=coordinator.user.id, today=DAY)


def test_what_cannot_be_planned_is_refused_with_its_reason(
    town: Municipality, coordinator: Persona, unit: Unit
) -> None:
    to = {"municipality_id": town.id, "today": DAY, "now": NOW}
    of_unit = persona("ulla", town, Role.TRANSPORT_COORDINATOR, unit)
    for actor, wanted, why in (
        (coordinator, replace(asked(), vehicles=()), "mindst én vogn"),
        (coordinator, replace(asked(), seconds=0), "Regnetiden"),
        (coordinator, replace(asked(), own_day_ore=-1), "negativ"),
        (coordinator, replace(asked(), day=DAY + timedelta(days=6)), "Ingen bevillinger"),
        (of_unit, asked(), "hele kommunen"),
    ):
        with pytest.raises(services.UnableToPlanError, match=why):
            services.ask_for_plan(asked=wanted, actor_id=actor.user.id, **to)
    plan_id = services.ask_for_plan(asked=asked(), actor_id=coordinator.user.id, **to)
    services.lay_away(plan_id=plan_id, actor_id=coordinator.user.id, today=DAY)
    work_out(municipality_id=town.id, plan_id=plan_id, now=lambda: NOW)
    laid = RoutePlan.objects.get(id=plan_id)
    assert (laid.state, laid.cost_ore, laid.routes.count()) == ("dropped", None, 0)
    with pytest.raises(PlanNotVisibleError):
        services.publish(plan_id=goal(), valid_from=DAY, note="", actor_id=coordinator.user.id, today=DAY)
    with pytest.raises(services.UnableToPlanError, match="beregnet"):
        services.publish(plan_id=plan_id, valid_from=DAY, note="", actor_id=coordinator.user.id, today=DAY)


def test_the_pages_show_it_within_their_queries_and_hide_protected_addresses(
    town: Municipality, coordinator: Persona
) -> None:
    Citizen.objects.filter(source_id="1002").update(protected_from=DAY - timedelta(days=9))
    plan_id = planned(town, coordinator, asked())
    client = logged_in_client(coordinator)
    for name in ("route_plan", "route_plan_map", "route_plan_drivers"):
        client.get(reverse(name, args=[plan_id]))
        with CaptureQueriesContext(connection) as queries:
            told = client.get(reverse(name, args=[plan_id]))
        assert told.status_code == 200
        assert "Askevej" not in told.content.decode()
        assert "Ellevej" in told.content.decode()
        assert len([row for row in queries if "SAVEPOINT" not in row["sql"]]) <= 12
    drawn = json.loads(client.get(reverse("route_plan_map", args=[plan_id])).content)
    assert {feature["geometry"]["type"] for feature in drawn["features"]} == {"LineString", "Point"}
    assert [12.31, 55.96] not in [at for f in drawn["features"] for at in f["geometry"]["coordinates"]]
    sent = send(client, reverse("route_plan_publish", args=[plan_id]), {"fra": "", "note": ""})
    assert sent.status_code == 302
    assert RoutePlan.objects.get(id=plan_id).state == "planned"
    assert client.get(reverse("route_plans")).status_code == 200
    page = send(client, reverse("route_plan_new"), {})
    assert page.status_code == 200
    assert "Skal udfyldes" in page.content.decode() or "påkrævet" in page.content.decode()
