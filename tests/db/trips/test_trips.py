"""Settlements in versions, trips placed and mended, and every control the same in both engines."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection

from db.trips.conftest import CLEAN, NOW, TODAY, Ridden, rows_of, trip
from styr.access.core.roles import Role
from styr.controls.core.focus import WHOLE
from styr.controls.core.registry import REGISTRY
from styr.controls.core.relations import TODAY as TODAY_RELATION
from styr.controls.services import run_controls
from styr.grants.core.relations import ABSENCE, GRANT
from styr.invoices.core.relations import INVOICE
from styr.kernel.calendar import CALENDAR
from styr.kernel.engine import DuckEngine, PostgresEngine
from styr.kernel.upsert import UpsertResult
from styr.transport.core.relations import CRITERION, OPERATOR, PRICE_SCHEME, RIDE_GRANT
from styr.transport.limiting import set_limit
from styr.trips.bulk import land_trips, upsert_attendance
from styr.trips.controls import CODES
from styr.trips.core.relations import ATTENDANCE, RIDE_CHANGE, SETTLEMENT, TOLERANCE, TRIP
from styr.trips.core.rows import AttendanceRow, TripRow
from styr.trips.models import Settlement, Trip
from styr.trips.placing import place_touched
from styr.trips.queries import totals_by_area

if TYPE_CHECKING:
    from typing import Any

RELATIONS = (
    *(TRIP, SETTLEMENT, ATTENDANCE, RIDE_CHANGE, RIDE_GRANT, CRITERION, OPERATOR, PRICE_SCHEME, GRANT, ABSENCE),
    *(CALENDAR, INVOICE, TOLERANCE),
)
FLAWED = {
    "trip_price_differs": trip("2", service_day=date(2026, 6, 2), cost=Decimal("173.51")),
    "trip_km_above_road": trip("3", service_day=date(2026, 6, 3), km=Decimal("15.5"), cost=Decimal("241.43")),
    "trip_solo_without_right": trip("4", service_day=date(2026, 6, 4), solo=True),
    "trip_user_payment_missing": trip("5", service_day=date(2026, 6, 8), user_payment=Decimal(0)),
    "trip_wrong_account": trip("6", service_day=date(2026, 6, 9), account_string="5455511000100140"),
    "trip_without_grant": trip("7", service_day=date(2026, 6, 10), citizen_source_id="9999"),
    "trip_implausible": trip("8", service_day=date(2026, 6, 11), km=Decimal(-10), cost=Decimal("-73.50")),
    "trip_no_show_billed": trip("9", service_day=date(2026, 6, 12), no_show=True, user_payment=None),
    "trip_outside_grant": trip("10", service_day=date(2026, 2, 2)),
    "trip_on_closing_day": trip("11", service_day=date(2026, 7, 6)),
    "trip_citizens_swapped": trip("12", service_day=date(2026, 6, 15), grant_source_id="B0000017-9"),
    "trip_duplicate": trip("13", starts="07:55"),
    "settlement_without_price": trip("14", service_day=date(2026, 6, 16), product="Ukendt"),
}


def found(code: str) -> set[str]:
    """The trips (or settlements) that the control holds open, by their own number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(t.external_no, s.number) FROM rel_finding f LEFT JOIN trips_trip t ON t.id = f.subject_id "
            "LEFT JOIN trips_settlement s ON s.id = f.subject_id WHERE f.control_code = %s AND f.status = 'open'",
            [code],
        )
        return {row[0] for row in cursor.fetchall()}


def landed(ridden: Ridden, rows: "list[TripRow]", now: datetime = NOW) -> UpsertResult:
    """Land a file of trips."""
    return land_trips(rows, municipality_id=ridden.municipality_id, now=now)


def test_each_control_finds_its_flaw_and_both_engines_say_the_same(ridden: Ridden) -> None:
    rows = [CLEAN, *FLAWED.values()]
    result = landed(ridden, rows)
    assert (result.inserted, result.errors) == (len(rows), ())
    called_off = trip("15", service_day=date(2026, 6, 17), cancelled=True, user_payment=None)
    landed(
        ridden, [replace(called_off, settlement="A-2"), trip("16", settlement="A-2", cancelled=True, cost=Decimal(60))]
    )
    run_controls(municipality_id=ridden.municipality_id, today=TODAY, now=NOW, codes=CODES)
    for code, flawed in FLAWED.items():
        wanted = flawed.settlement if code.startswith("settlement") else flawed.external_no
        assert found(code) == ({wanted, "15"} if code == "trip_no_show_billed" else {wanted}), code
    with DuckEngine(threads=1) as duck, connection.cursor() as cursor:
        for relation in RELATIONS:
            duck.load(relation, [{name: row[name] for name in relation.columns} for row in rows_of(relation.name)])
        duck.load(TODAY_RELATION, [{"today": TODAY}])
        postgres = PostgresEngine(cursor)
        postgres.load(TODAY_RELATION, [{"today": TODAY}])
        for code in CODES:
            expression = REGISTRY.control(code).expression(WHOLE)
            assert _sorted(duck.rows(expression)) == _sorted(postgres.rows(expression)), code


def _sorted(rows: "list[dict[str, Any]]") -> list[str]:
    return sorted(repr(sorted((name, str(value)) for name, value in row.items())) for row in rows)


def test_a_settlement_that_comes_again_is_never_counted_twice(ridden: Ridden) -> None:
    first = [CLEAN, trip("2", starts="15:05", ends="15:35", from_place="M1", to_place="H1")]
    assert landed(ridden, first).inserted == 2
    again = landed(ridden, list(reversed(first)))
    assert (again.inserted, again.changed, again.unchanged) == (0, 0, 2)
    corrected = [trip("1", cost=Decimal("160.00")), trip("3", service_day=date(2026, 6, 2))]
    changed = landed(ridden, corrected, NOW + timedelta(days=1))
    assert (changed.inserted, changed.changed) == (1, 1)
    settlement = Settlement.objects.get()
    assert (settlement.version, settlement.trips, settlement.cost_ore) == (2, 2, 16_000 + 17_350)
    assert list(settlement.versions.order_by("version").values_list("trips", "cost_ore")) == [
        (2, 34_700),
        (2, 33_350),
    ]
    assert set(Trip.objects.filter(withdrawn=True).values_list("external_no", flat=True)) == {"2"}
    assert {row["external_no"] for row in rows_of("rel_trip")} == {"1", "3"}


def test_trips_on_a_fixed_route_have_no_price_of_their_own(ridden: Ridden) -> None:
    """The vehicle is paid for the day: its riders' trips count, and are no part of what a trip or a km costs."""
    landed(ridden, [CLEAN, trip("2", cost=Decimal(0), km=Decimal(7), user_payment=None)])
    (found,) = totals_by_area(date(2026, 1, 1), date(2027, 1, 1)).values()
    assert (found.trips, found.km, found.priced, found.priced_km) == (2, Decimal(17), 1, Decimal(10))
    assert dict(found.kinds) == {"private": (15_350, 0)}
    landed(ridden, [trip("1", cost=Decimal(0), user_payment=None)])
    (found,) = totals_by_area(date(2026, 1, 1), date(2027, 1, 1)).values()
    assert (found.priced, dict(found.kinds)) == (0, {}), "nobody knows what it costs"


def test_what_is_unlikely_is_kept_and_what_cannot_be_read_is_told(ridden: Ridden) -> None:
    night = trip("1", service_day=date(2026, 3, 28), starts="23:50", ends="00:20")
    summer = trip("2", service_day=date(2026, 3, 29), starts="01:50", ends="03:10")
    nowhere = trip("3", from_place="Bageren", to_place=None, starts=None, ends=None)
    assert landed(ridden, [night, summer, nowhere]).errors == ()
    elapsed = {row["external_no"]: row["elapsed_minutes"] for row in rows_of("rel_trip")}
    assert elapsed == {"1": 30, "2": 20, "3": None}
    kept = Trip.objects.get(external_no="3")
    assert (kept.from_place_id, kept.from_told, kept.grant_id is not None) == (None, "Bageren", True)
    wrong: list[TripRow] = [trip("4", settlement="B", starts="halv otte"), trip("5", settlement="B", operator="Ingen")]
    assert {error.column for error in landed(ridden, wrong).errors} == {"start", "operatør"}


def test_a_file_lands_whole_or_not_at_all_and_its_mended_rows_come_in(ridden: Ridden) -> None:
    """One unreadable time keeps the whole settlement out; the mended file is not taken for the same one again."""
    to: dict[str, Any] = {"municipality_id": ridden.municipality_id, "now": NOW}
    refused = land_trips([CLEAN, trip("2", starts="kl. otte")], **to)
    assert (refused.inserted, [error.column for error in refused.errors]) == (0, ["start"])
    assert not Settlement.objects.exists()
    mended = land_trips([CLEAN, trip("2", starts="08:00")], **to)
    assert (mended.inserted, mended.errors) == (2, ())
    assert Settlement.objects.get().version == 1
    again = land_trips([CLEAN, trip("2", starts="25:00")], **to)
    assert (again.changed, len(again.errors)) == (0, 1)
    assert Settlement.objects.get().version == 1, "what was read before stands"


def test_the_municipality_s_own_tolerance_holds_from_its_day(ridden: Ridden) -> None:
    """15 per cent and a kilometre are ours; from 10 June the municipality allows 60 per cent."""
    far = {"km": Decimal("15.5"), "cost": Decimal("241.43")}
    rows = [trip("2", service_day=date(2026, 6, 9), **far), trip("3", service_day=date(2026, 6, 10), **far)]
    land_trips(rows, municipality_id=ridden.municipality_id, now=NOW)
    control: dict[str, Any] = {
        "municipality_id": ridden.municipality_id, "today": TODAY, "now": NOW, "codes": ["trip_km_above_road"],
    }  # fmt: skip
    run_controls(**control)
    assert found("trip_km_above_road") == {"2", "3"}
    actor = ridden.by(Role.TRANSPORT_COORDINATOR).actor_id
    set_limit(
        municipality_id=ridden.municipality_id, rule="trip_km_percent", value=60, starts=date(2026, 6, 10),
        source="Direktionen", actor_id=actor, now=NOW,
    )  # fmt: skip
    run_controls(**control)
    assert found("trip_km_above_road") == {"2"}


def test_a_changed_grant_places_and_controls_its_trips_again(ridden: Ridden) -> None:
    """The trips of a citizen are narrowed to when the grant, its criterion or the operator's prices change."""
    land_trips([CLEAN, trip("2", cost=Decimal(900))], municipality_id=ridden.municipality_id, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT grant_id, criterion_id, operator_id FROM rel_ride_grant")
        grant, *others = cursor.fetchone()
        cursor.execute("UPDATE trips_trip SET grant_id = NULL")
    assert place_touched([grant]) == 2, "the grant is found again"
    for changed in (grant, *others):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM controls_finding")
        run_controls(
            municipality_id=ridden.municipality_id, today=TODAY, now=NOW, codes=["trip_price_differs"],
            narrow_ids=[changed],
        )  # fmt: skip
        assert found("trip_price_differs") == {"2"}, changed


def test_reimbursement_is_paid_for_days_attended_alone(ridden: Ridden) -> None:
    from styr.transport import bulk as transport
    from styr.transport.core.rows import OperatorRow, PriceRow

    to = {"municipality_id": ridden.municipality_id}
    transport.upsert_operators([OperatorRow(name="Godtgørelse", kind="reimbursement")], **to)
    own_car = PriceRow(operator="Godtgørelse", product="Egen bil", valid_from=date(2025, 1, 1), km=Decimal("2.23"))
    transport.upsert_prices([own_car], **to)
    paid = [
        trip(str(day), operator="Godtgørelse", settlement="G-1", product="Egen bil", cost=Decimal("22.30"),
             service_day=date(2026, 6, day))
        for day in (1, 2)
    ]  # fmt: skip
    landed(ridden, paid)
    upsert_attendance(
        [
            AttendanceRow(grant_source_id="SAG-77", day=date(2026, 6, 1), present=True),
            AttendanceRow(grant_source_id="SAG-77", day=date(2026, 6, 2), present=False),
        ],
        **to,
    )
    run_controls(municipality_id=ridden.municipality_id, today=TODAY, now=NOW, codes=["trip_not_attended"])
    assert found("trip_not_attended") == {"2"}
