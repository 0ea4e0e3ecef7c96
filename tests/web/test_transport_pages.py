"""The pages of transport: what they show, whom they let write, and how often they ask the database."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.urls import reverse

from db.registers.registers import Registers
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.scope import service_scope
from styr.kernel import clock
from styr.ledger.bulk import upsert_postings
from styr.ledger.core.rows import PostingRow
from styr.people.models import Citizen
from styr.transport.bulk import (
    upsert_area_accounts,
    upsert_operators,
    upsert_places,
    upsert_ride_grants,
    upsert_vehicles,
)
from styr.transport.core.rows import (
    AreaAccountRow,
    CostRow,
    OperatorRow,
    RideGrantRow,
    TransportPlaceRow,
    VehicleRow,
)
from styr.transport.cost_bulk import upsert_costs
from styr.transport.models import Assessment, Criterion, Place, RideGrant, Vehicle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from styr.access.models import Municipality, Unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)
MOST = 12 + 2
"""Queries a page, and the two that the test client's own transaction takes."""


@pytest.fixture(autouse=True)
def in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the middle of July 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def town(municipality: Municipality, scope: str) -> UUID:
    """A mapped year, a booked one, and one transport grant whose destination nobody has found."""
    registers = Registers(municipality.id).load()
    to: dict[str, Any] = {"municipality_id": municipality.id}
    upsert_costs(
        [CostRow(year=2025, area_no=9, private=Decimal(100), movia=Decimal(300), movia_admin=Decimal(15))], **to
    )
    upsert_area_accounts([AreaAccountRow(area_no=9, prefix="53859")], **to)
    upsert_operators([OperatorRow(name="Klit Minibus", kind="private", supplier_source_id="L1")], **to)
    bought: dict[str, Any] = {"posted_on": date(2026, 3, 3), "account_string": "5385901000100140", "line_no": 1}
    rows = [
        PostingRow(voucher="1", amount=Decimal(1_250), supplier_cvr="12345674", **bought),
        PostingRow(voucher="2", amount=Decimal(40), **bought),
    ]
    upsert_postings(rows, municipality_id=municipality.id, now=clock.now())
    home = TransportPlaceRow(
        number="H1", kind="home", street="Ellevej 1", latitude="55.70", longitude="12.50", citizen_source_id="1001"
    )
    goal = TransportPlaceRow(number="M1", kind="destination", name="Værkstedet", street="Ukendt vej 7", town="Eksempel")
    upsert_places([home, goal], **to)
    upsert_vehicles([VehicleRow(operator="Klit Minibus", name="Bus 1", seats=0)], **to)
    ride = RideGrantRow(grant_source_id="B0000017-9", criterion="K16", home="H1", destination="M1", weekdays="hverdage")
    upsert_ride_grants([ride], **to)
    assert registers.results
    return RideGrant.objects.get().grant_id


def _client(municipality: Municipality, role: Role, unit: Unit | None = None) -> Client:
    return logged_in_client(persona(f"{role.value}{'1' if unit else ''}", municipality, role, unit))


@pytest.fixture
def driver(municipality: Municipality, scope: str) -> Client:
    """Somebody who coordinates transport everywhere."""
    return _client(municipality, Role.TRANSPORT_COORDINATOR)


def test_a_year_is_laid_out_with_lower_bounds_and_held_against_another(
    town: UUID, driver: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(MOST):
        page = driver.get(reverse("transport")).content.decode()
    assert "Befordring 2025" in page
    assert "mindst 400 kr." in page
    assert "Ikke estimeret" in page
    assert "5 %" in page, "administration's part of what Movia takes"
    with django_assert_max_num_queries(MOST + 6):
        booked = driver.get(reverse("transport"), {"aar": "2026", "mod": "2025"}).content.decode()
    assert "1.250 kr." in booked
    assert "40 kr. er ikke placeret hos en operatør" in booked
    assert "100 %" in booked
    with django_assert_max_num_queries(MOST):
        listed = driver.get(reverse("transport_postings"), {"aar": "2026", "omraade": "9", "operatoer": "private"})
    assert "Bostedet Ærø ApS" in listed.content.decode()


def test_before_anything_is_known_the_pages_say_what_to_do(driver: Client) -> None:
    for name in ("transport", "transport_registers", "ride_grants", "transport_postings"):
        assert driver.get(reverse(name)).status_code == 200
    assert "Ingen udgifter til befordring endnu" in driver.get(reverse("transport")).content.decode()
    assert send(driver, reverse("transport_take_shipped")).status_code == 302
    assert "30" in driver.get(reverse("transport_registers")).content.decode()


@contextmanager
def answering(told: object, *, status: int = 200) -> Iterator[tuple[str, list[str]]]:
    """A stub of a service on this machine: what it answers, and what it was asked."""
    asked: list[str] = []

    class Stub(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(told if isinstance(told, bytes) else json.dumps(told).encode())

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Stub)
    Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.02}).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_a_place_is_found_by_the_address_register_and_what_it_cannot_say_changes_nothing(
    town: UUID, driver: Client, settings: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("ride_grant", args=[town])
    with django_assert_max_num_queries(MOST + 1):
        page = driver.get(address).content.decode()
    assert "Kan ikke afgøres" in page
    assert "Find vejens længde" in page
    assert "Et sted mangler koordinater" in page
    goal = Place.objects.get(number="M1")
    find = reverse("transport_place_find", args=[goal.id])
    settings.STYR_ADDRESS_SERVICE = ""
    assert "er ikke sat op" in send(driver, find, follow=True).content.decode()
    settings.STYR_ADDRESS_SERVICE = "http://127.0.0.1:9"
    assert "svarer ikke" in send(driver, find, follow=True).content.decode()
    for wrong in ([{"x": "langt"}], b"<html>", {"no": "list"}):
        with answering(wrong) as (base, _):
            settings.STYR_ADDRESS_SERVICE = base
            assert "ikke kan læses" in send(driver, find, follow=True).content.decode()
    with answering([]) as (base, _):
        settings.STYR_ADDRESS_SERVICE = base
        assert "kender ikke adressen" in send(driver, find, follow=True).content.decode()
    with answering([{"betegnelse": "Rigtig vej 7, 9999 Eksempel", "x": 12.62, "y": 55.72}]) as (base, asked):
        settings.STYR_ADDRESS_SERVICE = base
        send(driver, find)
        assert "q=Ukendt+vej+7" in asked[0]
    goal.refresh_from_db()
    assert (goal.latitude, goal.source) == (Decimal("55.720000"), "register")


def test_a_ride_is_assessed_with_facts_and_sources_and_a_person_decides(
    town: UUID, driver: Client, settings: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("ride_grant", args=[town])
    Place.objects.filter(number="M1").update(latitude=Decimal("55.72"), longitude=Decimal("12.62"))
    page = driver.get(address).content.decode()
    assert "skønnet ud fra luftlinjen" in page
    assert "Mål vejen: skønnet kan ikke afgøre det." in page
    with answering({"code": "Ok", "routes": [{"distance": 10_400.4}]}) as (base, asked):
        settings.STYR_ROUTE_SERVICE = base
        send(driver, reverse("ride_grant_measure", args=[town]))
        assert asked[0].startswith("/route/v1/driving/12.500000,55.700000;12.620000,55.720000")
    with answering({"code": "NoRoute"}) as (base, _):
        settings.STYR_ROUTE_SERVICE = base
        told = send(driver, reverse("ride_grant_measure", args=[town]), follow=True).content.decode()
        assert "fandt ingen vej" in told
    Citizen.objects.update(protected_from=date(2020, 1, 1))
    with answering({"code": "Ok", "routes": [{"distance": 1}]}) as (base, asked):
        settings.STYR_ROUTE_SERVICE = base
        assert "beskyttet" in send(driver, reverse("ride_grant_measure", args=[town]), follow=True).content.decode()
        assert not asked
    Citizen.objects.update(protected_from=None)
    send(driver, reverse("ride_grant_facts", args=[town]), {"enrolled": "ja", "reduced": "nej"})
    page = driver.get(address).content.decode()
    assert "Reglens betingelser er opfyldt" in page
    assert "Kommunen betaler for 0,4 km hver vej." in page
    assert "10,4 km (ruteberegner)" in page
    send(driver, reverse("ride_grant_decide", args=[town]), {"outcome": "granted", "reason": " Vejen er  lang. "})
    kept = Assessment.objects.get()
    assert (kept.verdict, kept.outcome, kept.reason) == ("met", "granted", "Vejen er lang.")
    assert {row["fact"] for row in kept.shown} >= {"ja", "10,4 km (ruteberegner)"}
    send(driver, reverse("ride_grant_decide", args=[town]), {})
    assert Assessment.objects.count() == 1
    with django_assert_max_num_queries(MOST):
        assert "Bevilget" in driver.get(reverse("ride_grants"), {"q": "Ida"}).content.decode()


def test_a_ride_is_changed_as_it_was_shown_and_only_where_one_may(
    town: UUID, driver: Client, municipality: Municipality, other_unit: Unit
) -> None:
    address = reverse("ride_grant", args=[town])
    form = driver.get(address).context["form"]
    ride = RideGrant.objects.get()
    told = {
        **{name: str(getattr(ride, f"{name}_id") or "") for name in ("criterion", "operator", "home", "destination")},
        "weekdays": ["0", "2"],
        "out_arrive": "08:10",
        "road_km": "12,5",
        "user_payment": "10,50",
        "solo": "on",
        "version": form.initial["version"],
    }
    assert send(driver, address, told).status_code == 302
    ride.refresh_from_db()
    assert (ride.weekdays, ride.road_km, ride.user_payment_ore, ride.road_source) == (
        5,
        Decimal("12.50"),
        1050,
        "person",
    )
    assert "ændret af en anden" in send(driver, address, told).content.decode()
    assert send(driver, address, {}).status_code == 200
    with service_scope(municipality.id, "test"):
        elsewhere = _client(municipality, Role.TRANSPORT_COORDINATOR, other_unit)
        reader = _client(municipality, Role.AUDITOR)
        administrator = _client(municipality, Role.ADMINISTRATOR)
    assert elsewhere.get(address).status_code == 404
    assert reader.get(address).status_code == 200
    assert send(reader, address, told).status_code == 403
    assert administrator.get(reverse("transport")).status_code == 403


def test_registers_are_shown_kept_and_mended_by_form(
    town: UUID,
    driver: Client,
    municipality: Municipality,
    unit: Unit,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for word in ("omraader", "kriterier", "konti", "steder", "operatoerer", "priser", "vogne"):
        with django_assert_max_num_queries(MOST):
            assert driver.get(reverse("transport_register", args=[word])).status_code == 200
        with django_assert_max_num_queries(MOST):
            assert driver.get(reverse("transport_record_new", args=[word])).status_code == 200
        assert send(driver, reverse("transport_record_new", args=[word]), {}).status_code == 200, word
    assert driver.get("/befordring/registre/ukendt/").status_code == 404
    bus = Vehicle.objects.get()
    address = reverse("transport_record", args=["vogne", bus.id])
    told = driver.get(address).context["form"].initial
    given = {name: "" if value is None else value for name, value in told.items() if value is not False}
    assert "ingen pladser" in send(driver, address, given).content.decode()
    assert send(driver, address, given | {"seats": 8}).status_code == 302
    bus.refresh_from_db()
    assert bus.seats == 8
    assert "En anden har ændret" in send(driver, address, given | {"seats": 9}).content.decode()
    criterion = Criterion.objects.get(code="K16")
    address = reverse("transport_record", args=["kriterier", criterion.id])
    told = driver.get(address).context["form"].initial
    given = {name: "" if value is None else value for name, value in told.items() if value is not False}
    given |= {"valid_from": "2007-01-01", "terms": "Nye vilkår", "from_day": "2026-08-01"}
    assert send(driver, address, given).status_code == 302
    assert list(Criterion.objects.filter(code="K16").order_by("valid_from").values_list("valid_from", "terms"))[1] == (
        date(2026, 8, 1), "Nye vilkår",
    )  # fmt: skip
    home = Place.objects.get(kind="home")
    assert "Ellevej" not in driver.get(reverse("transport_register", args=["steder"]), {"q": "Elle"}).content.decode()
    assert "Ellevej 1" in driver.get(reverse("transport_record", args=["steder", home.id])).content.decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_citizen SET protected_from = '2020-01-01' WHERE source_id = '1001'")
    assert "Ellevej" not in driver.get(reverse("transport_record", args=["steder", home.id])).content.decode()
    find = reverse("transport_place_find", args=[home.id])
    assert "sendes ikke" in send(driver, find, follow=True).content.decode()
    with service_scope(municipality.id, "test"):
        local = _client(municipality, Role.TRANSPORT_COORDINATOR, unit)
    refused = send(local, reverse("transport_take_shipped"), follow=True)
    assert "dækker hele kommunen" in refused.content.decode()
    assert send(local, address, given).status_code == 403
