"""The pages of trips: whom they let write, how often they ask, and what comes of pressing their buttons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from db.trips.conftest import CLEAN, NOW, TODAY, Ridden, trip
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.controls.services import run_controls
from styr.kernel import clock
from styr.trips import complaining, ordering, riding, settling
from styr.trips.bulk import land_trips
from styr.trips.controls import CODES
from styr.trips.core.codes import ChangeKind, ComplaintKind, ComplaintStatus, SettlementStatus
from styr.trips.listing import TripFilter, trip_rows
from styr.trips.models import Complaint, RideChange, RideOrder, Settlement
from styr.trips.standing import rides_standing

if TYPE_CHECKING:
    from django.test import Client

    from styr.access.models import Municipality, Unit

MONTH = date(2026, 8, 1)
AT_MOST = 12


@pytest.fixture
def settled(ridden: Ridden) -> Settlement:
    """Two trips, one of them too long, and what the controls say."""
    rows = [CLEAN, trip("2", service_day=date(2026, 6, 2), km=Decimal(19), cost=Decimal("284.65"))]
    assert land_trips(rows, municipality_id=ridden.municipality_id, now=NOW).errors == ()
    run_controls(municipality_id=ridden.municipality_id, today=TODAY, now=NOW, codes=CODES)
    return Settlement.objects.get()


@pytest.fixture
def coordinator(municipality: Municipality, ridden: Ridden, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Somebody who may do everything here, on a day in July."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return logged_in_client(persona("koordinator", municipality, Role.TRANSPORT_COORDINATOR, None))


def test_every_page_asks_few_questions_and_names_what_it_shows(coordinator: Client, settled: Settlement) -> None:
    said = {
        "transport_week": "Flere km end vejen er lang", "flexroutes": "Faste ruter", "trips": "Værkstedet",
        "settlements": "A-1", "orders": "Værkstedet", "complaints": "Ingen klager", "complaint_new": "Hvad skete der",
    }  # fmt: skip
    for name, words in said.items():
        assert words in _page(coordinator, reverse(name)), name
    for column in ("nummer", "operatoer", "periode", "ture", "afvigelser", "beloeb"):
        assert "A-1" in _page(coordinator, f"{reverse('settlements')}?status=received&sorter=-{column}")
    assert "Ingen afregninger passer" in _page(coordinator, f"{reverse('settlements')}?status=asked&side=7")
    page = _page(coordinator, reverse("settlement", args=[settled.id]))
    assert "Flere km end vejen er lang" in page
    found = _page(coordinator, f"{reverse('trips')}?afvigelse=trip_km_above_road&afregning={settled.id}")
    assert "Bo Aagaard" in found
    assert "1 tur" in found


def _page(client: Client, address: str) -> str:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, address
    assert sum("SAVEPOINT" not in (one["sql"] or "") for one in asked) <= AT_MOST, (address, len(asked))
    return str(answer.content.decode())


def test_start_tells_the_coordinator_what_the_lists_behind_it_tell(
    coordinator: Client, settled: Settlement, ridden: Ridden
) -> None:
    standing = rides_standing(today=TODAY)
    _, trips, cost_ore = trip_rows(TripFilter(first=date(2026, 6, 1), last=date(2026, 6, 30)), page=1, size=50)
    _, deviating, _ = trip_rows(TripFilter(code="any"), page=1, size=50)
    assert (standing.month, standing.trips, standing.cost_ore) == (date(2026, 6, 1), trips, cost_ore)
    assert (standing.deviating, standing.settlements, standing.complaints) == (deviating, 1, 0)
    assert standing.settlements_ore == settling.settlement(settled.id).owed_ore
    assert deviating == 1
    facts = complaining.ComplaintFacts(
        kind=ComplaintKind.LATE, happened_on=date(2026, 7, 3), text="For sent", minutes=9
    )
    complaining.note_complaint(facts=facts, by=ridden.by(Role.TRANSPORT_COORDINATOR))
    with CaptureQueriesContext(connection) as asked:
        page = coordinator.get("/").content.decode()
    assert sum("SAVEPOINT" not in (query["sql"] or "") for query in asked) <= AT_MOST
    for told in ("Ture i juni 2026", "Befordring bogført 2026", "den ældste fra 3. jul. 2026", "Afregninger af kørsel"):
        assert told in page, told
    for address in set(re.findall(r'<dt><a href="([^"]+)"', page)):
        assert coordinator.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_settlement_is_decided_once_for_the_version_that_was_seen(
    coordinator: Client, settled: Settlement, ridden: Ridden
) -> None:
    address = reverse("settlement_decide", args=[settled.id])
    send(coordinator, address, {})
    send(coordinator, address, {"handling": "asked", "version": 1, "note": " "})
    settled.refresh_from_db()
    assert settled.status == "received"
    send(coordinator, address, {"handling": "accepted", "version": 1, "note": "Set"})
    settled.refresh_from_db()
    assert (settled.status, settled.decided_version, settled.note) == ("accepted", 1, "Set")
    changed = [replace(CLEAN, cost=Decimal(170))]
    land_trips(changed, municipality_id=ridden.municipality_id, now=NOW)
    settled.refresh_from_db()
    assert (settled.status, settled.version, settled.decided_version) == ("received", 2, 1)
    by = ridden.by(Role.ECONOMIST)
    with pytest.raises(settling.UnableToDecideSettlementError, match="rolle"):
        settling.decide_settlement(
            settlement_id=settled.id, status=SettlementStatus.ACCEPTED, seen_version=2, note="", by=by
        )


def test_a_month_is_ordered_once_and_changes_go_on_one_sheet(coordinator: Client, ridden: Ridden) -> None:
    by = ridden.by(Role.TRANSPORT_COORDINATOR)
    (made,) = ordering.order_month(month=MONTH, by=by)
    assert (made.number, made.operator, made.lines) == (1, "Vognmand Ærø", 42)
    assert ordering.order_month(month=MONTH, by=by) == []
    name, content = ordering.fetch_order(order_id=made.order_id, by=by)
    assert name == "bestilling-00001-202608.csv"
    lines = content.decode().splitlines()
    assert lines[2].startswith("1;03-08-2026;")
    assert all(part in lines[2] for part in ("Bo Aagaard", "Ellevej 2, 9999 Eksempel", "Værkstedet"))
    assert "6202901432" not in content.decode()
    place = riding.places_ridden_to(TODAY)[0]
    fields: dict[str, object] = {"kind": "absent", "first": "2026-08-10", "last": "2026-08-11"}
    address = reverse("ride_changes", args=[place.id])
    assert "Vælg mindst" in send(coordinator, address, fields).content.decode()
    rider = riding.riders_to(place.id, page="", today=TODAY)[0]
    send(coordinator, address, {**fields, "riders": [str(rider.grant_id)]})
    send(coordinator, address, {**fields, "riders": [str(rider.grant_id)]})
    assert RideChange.objects.get().order_id is None
    _the_table_is_the_pages_own(coordinator, reverse("orders"))
    rides = ordering.rides_between(date(2026, 8, 10), date(2026, 8, 13))
    assert {ride["day"] for ride in rides} == {date(2026, 8, 12)}
    (sheet,) = ordering.send_changes(by=by)
    assert (sheet.number, sheet.lines) == (2, 1)
    assert ordering.send_changes(by=by) == []
    told = ordering.fetch_order(order_id=sheet.order_id, by=by)[1].decode()
    assert "kører ikke fra 10-08-2026 til og med 11-08-2026" in told
    page = _page(coordinator, reverse("orders"))
    assert "Bestilling 2" in page
    RideOrder.objects.filter(number=1).update(seal="0" * 64)
    with pytest.raises(ordering.UnableToOrderError, match="plombe"):
        ordering.fetch_order(order_id=made.order_id, by=by)


def _the_table_is_the_pages_own(client: Client, address: str) -> None:
    """The changes that wait as an Excel file: the page's rows with real days, its questions and its read log."""
    reads = apps.get_model("audit", "ReadLog").objects
    with CaptureQueriesContext(connection) as on_page:
        client.get(address)
    logged = reads.count()
    with CaptureQueriesContext(connection) as in_file:
        answer = client.get(f"{address}?tabel=aendringer")
    assert (reads.count(), len(in_file)) == (logged + 1, len(on_page))
    assert [one.purpose.endswith(", hentet som Excel") for one in reads.order_by("id")][-2:] == [False, True]
    assert answer["Content-Disposition"].startswith('attachment; filename="aendringer-')
    book = load_workbook(BytesIO(answer.content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:4] == ("Borger", "Ændring", "Periode, fra", "Periode, til og med")
    assert rows[1][:4] == ("Bo Aagaard", "Kører ikke", datetime(2026, 8, 10), datetime(2026, 8, 11))  # noqa: DTZ001 - days
    assert client.get(f"{address}?tabel=andet")["Content-Type"].startswith("text/html")


def test_a_change_after_the_25th_is_told_to_be_late_and_nobody_orders_without_the_role(ridden: Ridden) -> None:
    by = ridden.by(Role.TRANSPORT_COORDINATOR)
    ordering.order_month(month=date(2026, 7, 1), by=by)
    place = riding.places_ridden_to(TODAY)[0]
    riders = riding.riders_to(place.id, page="", today=TODAY)
    day = date(2026, 7, 28)
    noted = riding.note_changes(riders=riders, kind=ChangeKind.NO_OUT, first=day, last=day, note="", by=by)
    assert noted == (1, True)
    with pytest.raises(ordering.UnableToOrderError, match="sidste dag"):
        riding.note_changes(riders=riders, kind=ChangeKind.ABSENT, first=day, last=TODAY, note="", by=by)
    other = ridden.by(Role.CASEWORKER)
    for refused in (
        lambda: ordering.order_month(month=MONTH, by=other),
        lambda: ordering.send_changes(by=other),
        lambda: riding.note_changes(riders=riders, kind=ChangeKind.ABSENT, first=day, last=day, note="", by=other),
    ):
        with pytest.raises(ordering.UnableToOrderError, match="rolle"):
            refused()


def test_a_complaint_is_noted_answered_and_counted(coordinator: Client, settled: Settlement, ridden: Ridden) -> None:
    new: dict[str, object] = {
        "kind": "late", "operator": str(settled.operator_id), "happened_on": "2026-06-03", "minutes": "40",
        "citizen": "Bo Aagaard", "text": "Bussen kom 40 minutter for sent.",
    }  # fmt: skip
    assert send(coordinator, reverse("complaint_new"), {}).status_code == 200
    assert (
        "kan ikke findes" in send(coordinator, reverse("complaint_new"), {**new, "citizen": "Ukendt"}).content.decode()
    )
    send(coordinator, reverse("complaint_new"), new)
    made = Complaint.objects.get()
    assert (made.kind, made.unit_id is not None) == (ComplaintKind.LATE.value, True)
    address = reverse("complaint", args=[made.id])
    assert "Bo Aagaard" in _page(coordinator, address)
    for words in ("", "sorter=-minutter", f"status=open&om=late&operatoer={settled.operator_id}&fra=2026-06-03"):
        listed = _page(coordinator, f"{reverse('complaints')}?{words}")
        assert "1 klage" in listed, words
        assert "Bo Aagaard" in listed, words
    assert "Ingen klager passer" in _page(coordinator, f"{reverse('complaints')}?status=closed&til=2026-06-02&side=4")
    assert "Skriv svaret" in send(coordinator, address, {"status": "closed", "answer": ""}).content.decode()
    send(coordinator, address, {"status": "closed", "answer": "Vognmanden har ændret ruten."})
    made.refresh_from_db()
    assert made.status == ComplaintStatus.CLOSED.value
    (quality,) = complaining.quality(first=date(2026, 1, 1), until=date(2027, 1, 1))
    assert (quality.operator, quality.trips, quality.complaints, quality.late) == ("Vognmand Ærø", 2, 1, 1)
    assert quality.per_ten_thousand == 5_000
    with CaptureQueriesContext(connection) as asked:
        told = _page(coordinator, reverse("citizen_transport", args=[made.citizen_id]))
    assert len(asked) <= AT_MOST
    for words in ("Værkstedet", "hverdage", "2 ture, i alt 418 kr.", "1 afvigelse", "For sent, 3. jun. 2026"):
        assert words in told, f"{words} on the citizen's own page"
    facts = complaining.ComplaintFacts(kind=ComplaintKind.LONG, happened_on=date(2026, 6, 1), text="Lang")
    with pytest.raises(complaining.UnableToComplainError, match="rolle"):
        complaining.note_complaint(facts=facts, by=ridden.by(Role.ECONOMIST))


def test_one_who_only_reads_changes_nothing(municipality: Municipality, ridden: Ridden, unit: Unit) -> None:
    client = logged_in_client(persona("sagsbehandler", municipality, Role.CASEWORKER, None))
    assert client.get(reverse("trips")).status_code == 200
    for name in ("order_make", "change_sheet_make", "complaint_new"):
        assert send(client, reverse(name), {}).status_code == 403, name
    assert "Ny klage" not in client.get(reverse("complaints")).content.decode()
