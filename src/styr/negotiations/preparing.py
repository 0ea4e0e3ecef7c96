"""Working the potential out: stored rows a service line and reason, made inside the database by a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from styr.access.scope import service_scope
from styr.kernel.engine import compile_postgres
from styr.negotiations.core.potential.bought import RESULT, bought
from styr.negotiations.core.potential.reasons import reasons
from styr.negotiations.core.potential.working import year_ahead
from styr.negotiations.estimating import kept, shares_on
from styr.negotiations.histories import Histories
from styr.negotiations.models import PotentialStand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    import ibis

    from styr.negotiations.core.codes import Reason
    from styr.negotiations.core.potential.shares import Share

PREPARE_TASK: Final = "negotiations.potential"
"""The job's name: services defer it, `tasks.py` performs it."""
PURPOSE: Final = "control"
HISTORIES: Final = Histories(
    (
        *("grants.Grant", "grants.ServiceLine", "grants.OwnRate", "grants.Absence"),
        *("contracts.Contract", "contracts.ContractLine", "contracts.ContractRate", "contracts.AgreedTerms"),
        *("contracts.ClosingDay", "contracts.CalendarDay", "suppliers.Supplier", "suppliers.PortalRate"),
        *("deliveries.Delivery", "invoices.Invoice", "invoices.LineMatch", "negotiations.OwnShare"),
    )
)
"""What the potential is worked out from: a change in any makes it old."""
_DAYS: Final = """WITH rel_today AS MATERIALIZED (SELECT date '{today}' AS today),
rel_month AS MATERIALIZED (
    SELECT month::date AS month_start, (month + interval '1 month')::date AS month_end,
           greatest(month::date, date '{today}') AS first_day,
           least((month + interval '1 month')::date, date '{until}') AS end_day
    FROM generate_series(date_trunc('month', timestamp '{today}'), date '{until}' - 1, interval '1 month') month
)
{asked}"""
_BOUGHT: Final = (
    "DROP TABLE IF EXISTS pg_temp.rel_bought; CREATE TEMPORARY TABLE rel_bought ON COMMIT DROP AS {text}; "
    "ANALYZE pg_temp.rel_bought"
)
_COLUMNS: Final = ", ".join("measure" if name == "unit" else name for name in RESULT)
_ROWS: Final = """INSERT INTO negotiations_potentialrow (id, municipality_id, stand_id, key, counts, {columns})
SELECT gen_random_uuid(), %(municipality)s, %(stand)s, coalesce(contract_id, grant_id),
       row_number() OVER (PARTITION BY service_id
                          ORDER BY likely_ore DESC, high_ore DESC, reason COLLATE "C") = 1, {asked_columns}
FROM ({asked}) AS asked"""
_VOLUMES: Final = """
INSERT INTO negotiations_potentialvolume
       (id, municipality_id, stand_id, unit_id, supplier_id, grants, contracts, year_ore)
SELECT gen_random_uuid(), %(municipality)s, %(stand)s, unit_id, supplier_id, count(DISTINCT grant_id),
       count(DISTINCT contract_id), sum(year_ore)::bigint
FROM rel_bought GROUP BY unit_id, supplier_id"""


@transaction.atomic
def prepare(*, municipality_id: UUID, today: date, now: datetime) -> UUID:
    """Work the potential out anew in the place of what was before; the stand's id.

    Runs in the caller's scope, which must span the whole municipality. A fixed number of statements.
    """
    seen, estimates = HISTORIES.now(), shares_on(today)
    PotentialStand.objects.filter(municipality_id=municipality_id).delete()
    made_at = max(now, HISTORIES.latest(seen) or now)
    stand = PotentialStand.objects.create(
        municipality_id=municipality_id, as_of=today, made_at=made_at, seen=seen, shares=kept(estimates)
    )
    gather(today=today)
    given = {"municipality": municipality_id, "stand": stand.id}
    with connection.cursor() as cursor:
        # The planner takes a spread of prices for one row and works it out anew for each contract (7 s for 6,000).
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_within(today, _inserted(estimates)), given)
        cursor.execute("SET LOCAL enable_nestloop = on")
        cursor.execute(_VOLUMES, given)
        cursor.execute("SELECT negotiations_analyze('negotiations_potentialrow')")
    return stand.id


def gather(*, today: date) -> None:
    """Make `rel_bought`, what is bought today, for this transaction."""
    text = _within(today, f"SELECT * FROM ({_compiled(bought, 'negotiations.bought')}) AS asked")  # noqa: S608 - compiled
    with connection.cursor() as cursor:
        cursor.execute(_BOUGHT.format(text=text))


def prepare_now(*, municipality_id: UUID, today: date, now: datetime) -> None:
    """Work it out in a scope over the whole municipality."""
    with service_scope(municipality_id, PURPOSE):
        prepare(municipality_id=municipality_id, today=today, now=now)


def prepare_if_old(*, municipality_id: UUID, today: date, now: datetime) -> bool:
    """The same where anything has changed or a day has passed; whether it was so."""
    with service_scope(municipality_id, PURPOSE):
        stand = PotentialStand.objects.first()
        if stand is not None and stand.as_of == today and not HISTORIES.changed_since(stand.seen):
            return False
        prepare(municipality_id=municipality_id, today=today, now=now)
        return True


def request_potential(*, municipality_id: UUID) -> bool:
    """Ask for the potential of a municipality; False where somebody already has, and nobody has begun."""
    lock = f"{PREPARE_TASK}:{municipality_id}"
    job = jobs.configure_task(PREPARE_TASK, lock=lock, queueing_lock=lock)
    try:
        with transaction.atomic():  # a second request is refused by the database, and the page goes on
            job.defer(municipality_id=str(municipality_id))
    except AlreadyEnqueued:
        return False
    return True


def _inserted(estimates: Mapping[Reason, Share]) -> str:
    told = sorted((reason.value, one.low, one.likely, one.high) for reason, one in estimates.items())
    asked = _compiled(lambda: reasons(estimates), f"negotiations.reasons {told}").replace("%", "%%")
    return _ROWS.format(columns=_COLUMNS, asked_columns=", ".join(RESULT), asked=asked)


def _compiled(built: Callable[[], ibis.Table], key: str) -> str:
    return compile_postgres(built, key=key)


def _within(today: date, asked: str) -> str:
    return _DAYS.format(today=today.isoformat(), until=year_ahead(today).until.isoformat(), asked=asked)
