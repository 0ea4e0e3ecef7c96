import asyncio
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app

from styr.access import stalled, tasks
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.audit.models import SealMark
from styr.audit.services import log_read
from styr.kernel.ids import uuid7
from styr.kernel.jobs import AWAITED

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FOLLOWS = {
    "controls.rerun",  # after a change
    "budgets.forecast",  # mostly asked for by the clock, and minutes long
    "refunds.compute",
    "negotiations.potential",
    "reports.prepare",
    "agreements.send_letter",  # mail is no talk
    "invoices.send_letter",
}
"""Jobs that the clock does not begin, and that nobody waits for at a screen."""


def status_of(job_id: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job_id])
        return str(cursor.fetchone()[0])


def stall(administrator: psycopg.Connection, job_id: int, attempts: int = 0) -> None:
    """As when a worker dies with the job in hand."""
    worker = administrator.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '10 minutes') RETURNING id"
    ).fetchone()
    assert worker is not None
    administrator.execute(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = %s WHERE id = %s",
        [worker[0], attempts, job_id],
    )


def sweep() -> int:
    return asyncio.run(stalled.sweep(app.job_manager, now=NOW))


def test_the_app_role_can_put_a_job_in_the_queue_in_its_own_transaction(db: None) -> None:
    job = tasks.seal.configure(queueing_lock=None).defer(timestamp=int(NOW.timestamp()))
    assert status_of(job) == "todo"


def test_a_job_whose_worker_died_is_tried_again(administrator: psycopg.Connection) -> None:
    job = tasks.forget.configure(queueing_lock=None).defer(timestamp=0)
    stall(administrator, job)
    assert sweep() == 1
    assert status_of(job) == "todo"
    assert sweep() == 0


def test_a_job_that_kills_worker_after_worker_is_given_up(administrator: psycopg.Connection) -> None:
    job = tasks.forget.configure(queueing_lock=None).defer(timestamp=0)
    stall(administrator, job, attempts=stalled.MOST_ATTEMPTS)
    assert sweep() == 1
    assert status_of(job) == "failed"


def test_a_job_in_living_hands_is_left_alone(administrator: psycopg.Connection) -> None:
    job = tasks.forget.configure(queueing_lock=None).defer(timestamp=0)
    stall(administrator, job)
    administrator.execute("UPDATE procrastinate_workers SET last_heartbeat = now()")
    assert sweep() == 0
    assert status_of(job) == "doing"


def test_a_worker_runs_what_is_queued(municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        log_read(citizens=[uuid7()], page="/", purpose="opslag")
    job = tasks.seal.configure(queueing_lock=None).defer(timestamp=int(NOW.timestamp()))
    worker = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]  # Django's connector has it

    async def work() -> None:
        async with worker.open_async():
            await worker.run_worker_async(wait=False, listen_notify=False, install_signal_handlers=False)

    asyncio.run(work())
    assert status_of(job) == "succeeded"
    with service_scope(municipality.id, "seal"):
        assert SealMark.objects.filter(municipality_id=UUID(str(municipality.id))).exists()


def test_the_periodic_jobs_are_registered() -> None:
    planned = {key[0] for key in app.periodic_registry.periodic_tasks}
    assert {"access.seal", "access.sweep", "access.forget"} <= planned


def test_what_somebody_waits_for_goes_before_the_clock_s_jobs_and_what_follows_a_change() -> None:
    planned = {key[0] for key in app.periodic_registry.periodic_tasks}
    own = {name: task for name, task in app.tasks.items() if "builtin" not in name}
    awaited = {name for name, task in own.items() if task.priority == AWAITED}
    assert awaited == set(own) - planned - FOLLOWS
    assert all(task.priority < AWAITED for name, task in own.items() if name not in awaited)
