"""User payment for rides: charged once a month, less what the operator took, and mended with the settlement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from db.trips.conftest import CLEAN, NOW, TODAY, Ridden, trip
from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.controls.services import run_controls
from styr.kernel import clock
from styr.refunds.models import UserPayment
from styr.trips import charging
from styr.trips.bulk import land_trips
from styr.trips.controls import CODES

if TYPE_CHECKING:
    from styr.access.models import Municipality
    from styr.trips.core.rows import TripRow

JUNE = date(2026, 6, 1)
AT_MOST = 12
ROWS = [
    CLEAN,  # the haulier took all of it
    trip("2", service_day=date(2026, 6, 2), user_payment=None),
    trip("3", service_day=date(2026, 6, 3), user_payment=None),
    trip("4", service_day=date(2026, 6, 4), user_payment=None, no_show=True),
    trip("5", service_day=date(2026, 6, 8), user_payment=None, cancelled=True),
    trip("6", service_day=date(2026, 6, 3), user_payment=None, starts="07:55"),  # the same as 3, asked for twice
]


def landed(ridden: Ridden, rows: list[TripRow]) -> None:
    assert land_trips(rows, municipality_id=ridden.municipality_id, now=NOW).errors == ()
    run_controls(municipality_id=ridden.municipality_id, today=TODAY, now=NOW, codes=CODES)


def test_a_month_is_charged_once_and_mended_with_its_settlement(ridden: Ridden) -> None:
    landed(ridden, ROWS)
    by = ridden.by(Role.ECONOMIST)
    (rider,) = charging.riders_of_month(JUNE)
    assert (rider.trips, rider.waiting, rider.due_ore, rider.paid_ore, rider.rest_ore) == (3, 1, 6_000, 2_000, 4_000)
    made = charging.charge_rides(month=JUNE, by=by)
    assert (made.new, made.changed, made.gone) == (1, 0, 0)
    payment = UserPayment.objects.get()
    assert (payment.kind, payment.month_ore, payment.starts, payment.ends) == (
        "transport", 4_000, JUNE, date(2026, 7, 1),
    )  # fmt: skip
    assert not charging.charge_rides(month=JUNE, by=by).any
    landed(ridden, [CLEAN, ROWS[1]])
    (month,) = [one for one in charging.months_of_rides(TODAY) if one.month == JUNE]
    assert (month.charged_ore, month.rest_ore, month.state[1]) == (4_000, 2_000, "Skal rettes")
    assert charging.charge_rides(month=JUNE, by=by).changed == 1
    landed(ridden, [CLEAN])
    assert charging.charge_rides(month=JUNE, by=by).gone == 1
    assert not UserPayment.objects.exists()


def test_only_an_ended_month_and_only_by_who_may(ridden: Ridden) -> None:
    economist, coordinator = ridden.by(Role.ECONOMIST), ridden.by(Role.TRANSPORT_COORDINATOR)
    for month, by, why in (
        (TODAY, economist, "slut"),
        (date(2024, 1, 1), economist, "slut"),
        (JUNE, coordinator, "rolle"),
    ):
        with pytest.raises(charging.UnableToChargeRidesError, match=why):
            charging.charge_rides(month=month, by=by)


def test_the_page_shows_the_month_and_charges_it(
    municipality: Municipality, ridden: Ridden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    landed(ridden, ROWS)
    client = logged_in_client(persona("økonom", municipality, Role.ECONOMIST, None))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("ride_charges")).content.decode()
    assert len(asked) <= AT_MOST
    assert "Bo Aagaard" in page
    assert "40,00" in page
    send(client, reverse("ride_charges_make"), {})
    assert not UserPayment.objects.exists()
    send(client, reverse("ride_charges_make"), {"maaned": "2026-06-01"})
    assert UserPayment.objects.get().month_ore == 4_000
    assert "Ret opkrævningen" in client.get(reverse("ride_charges"), {"maaned": "2026-06-01"}).content.decode()
    reader = logged_in_client(persona("koordinator", municipality, Role.TRANSPORT_COORDINATOR, None))
    assert send(reader, reverse("ride_charges_make"), {"maaned": "2026-06-01"}).status_code == 403
