"""Where the rides stand for whoever coordinates them: the latest month, what was found, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from datetime import date

_STANDING: Final = """
    WITH latest AS MATERIALIZED (
        SELECT date_trunc('month', max(service_day)::timestamp)::date AS month FROM trips_trip
        WHERE NOT withdrawn AND service_day <= %(today)s
    ), driven AS (
        SELECT count(*) AS trips, coalesce(sum(cost_ore + fee_ore - user_payment_ore), 0)::bigint AS cost_ore
        FROM trips_trip WHERE NOT withdrawn AND service_day >= (SELECT month FROM latest)
          AND service_day < (SELECT (month + interval '1 month')::date FROM latest)
    ), found AS (
        SELECT t.id, sum(f.amount_ore) AS ore FROM rel_finding f JOIN trips_trip t ON t.id = f.subject_id
        WHERE f.subject_kind = 'trip' AND f.status = 'open' AND NOT t.withdrawn GROUP BY t.id
    ), waiting AS (
        SELECT count(*) AS settlements, coalesce(sum(cost_ore + fee_ore - user_payment_ore), 0)::bigint AS ore
        FROM trips_settlement WHERE status = 'received'
    )
    SELECT l.month, d.trips, d.cost_ore, (SELECT count(*) FROM found),
           (SELECT coalesce(sum(greatest(ore, 0)), 0)::bigint FROM found), w.settlements, w.ore,
           (SELECT count(*) FROM trips_complaint WHERE status <> 'closed'),
           (SELECT min(happened_on) FROM trips_complaint WHERE status <> 'closed')
    FROM latest l, driven d, waiting w
"""


@dataclass(frozen=True, slots=True)
class RidesStanding:
    """Where the rides stand; amounts in øre.

    `month` is the first day of the latest month with trips (None: no trip was ever read in), `trips` and `cost_ore` are
    that month's, as the list of trips tells them. `deviating` trips have an open finding, which `at_stake_ore` is
    about. `settlements` are received and undecided, `complaints` not closed, the oldest of `oldest_complaint`.
    """

    month: date | None
    trips: int
    cost_ore: int
    deviating: int
    at_stake_ore: int
    settlements: int
    settlements_ore: int
    complaints: int
    oldest_complaint: date | None


def rides_standing(*, today: date) -> RidesStanding:
    """Return where the rides of the caller's units stand. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"today": today})
        return RidesStanding(*cursor.fetchone())
