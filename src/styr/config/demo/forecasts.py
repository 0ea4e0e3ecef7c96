"""The example's forecasts: assumptions, the one that stands, and what each first of a month would have believed.

The frozen ones are made afterwards, of the registers as they were known on their day (`budgets.replaying`): nothing
that began, was stopped or was booked later is in them. Their names say so.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection
from rich.console import Console

from styr.access.scope import service_scope
from styr.budgets.assumptions import ProvisionFacts, add_provision, index_rates, provisions, set_index_rate
from styr.budgets.core.codes import ProvisionKind, RunKind
from styr.budgets.core.frame import Frame
from styr.budgets.queries import current_run, frozen_runs
from styr.budgets.replaying import know_as_on
from styr.budgets.services import make_forecast, usual_frame
from styr.kernel.danish import danish_month

_PERCENTS = (Decimal("2.9"), Decimal("2.4"))
_NOTE = "Eksempel: kommunens egen forudsætning"


def make_forecasts(*, municipality_id: UUID, today: date, now: datetime, changed: bool, console: Console) -> None:
    """Make what is not there yet; everything anew where the registers `changed`."""
    with console.status("Regner prognosen"), service_scope(municipality_id, "demo"):
        _assume(municipality_id, today)
        run = current_run()
        if changed or run is None or run.as_of != today:
            make_forecast(municipality_id=municipality_id, frame=usual_frame(today), now=now)
        kept = {frozen.as_of for frozen in frozen_runs()}
    firsts = (date(today.year, month, 1) for month in range(2, today.month + 1))
    for first in (day for day in firsts if day not in kept):
        with console.status(f"Genskaber prognosen pr. 1. {danish_month(first)}"):
            _replay(municipality_id, first, now)


def _replay(municipality_id: UUID, first: date, now: datetime) -> None:
    """What would have been forecast that day; in a transaction of its own, in which the registers are as they were."""
    frame = Frame.of(first_year=first.year, as_of=first)
    label = f"Pr. 1. {danish_month(first)}, {RunKind.REPLAYED.danish}"
    with service_scope(municipality_id, "demo"):
        with connection.cursor() as cursor:
            know_as_on(cursor, first)
        then = now.replace(month=first.month, day=first.day)
        make_forecast(municipality_id=municipality_id, frame=frame, now=then, kind=RunKind.REPLAYED, label=label)


def _assume(municipality_id: UUID, today: date) -> None:
    if not index_rates():
        for ahead, percent in enumerate(_PERCENTS, start=1):
            set_index_rate(municipality_id=municipality_id, year=today.year + ahead, percent=percent, note=_NOTE)
    if not provisions():
        waiting = ProvisionFacts(
            kind=ProvisionKind.WAITING_LIST,
            persons=Decimal(2),
            price_ore=75_000_00,
            starts=date(today.year + today.month // 12, today.month % 12 + 1, 1),
            section="SEL-107",
            note="Eksempel: to borgere på venteliste til botilbud",
        )
        add_provision(municipality_id=municipality_id, facts=waiting)
