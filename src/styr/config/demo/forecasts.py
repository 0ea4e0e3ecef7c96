"""The example's forecasts: assumptions, the one that stands, and what each first of a month would have believed.

The frozen ones are made afterwards, of registers that know more than was known then: they show the pages, and prove
nothing about how well forecasts hit. `bench/backtest.py` measures that, and takes away what was not known.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from rich.console import Console

from styr.access.scope import service_scope
from styr.budgets.assumptions import ProvisionFacts, add_provision, index_rates, provisions, set_index_rate
from styr.budgets.core.codes import ProvisionKind, RunKind
from styr.budgets.core.frame import Frame
from styr.budgets.queries import current_run, frozen_runs
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
        for month in range(2, today.month + 1):
            first = date(today.year, month, 1)
            if first in kept:
                continue
            frame, label = Frame.of(first_year=today.year, as_of=first), f"Pr. 1. {danish_month(first)}"
            make_forecast(municipality_id=municipality_id, frame=frame, now=now, kind=RunKind.FROZEN, label=label)


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
