"""The example's refunds: invented limits for its own years, the user payment that is posted, and the year computed."""

from datetime import date, datetime
from uuid import UUID

from rich.console import Console

from styr.access.scope import service_scope
from styr.refunds.computing import compute_owed, compute_year, schemes_of
from styr.refunds.core.limits import Step
from styr.refunds.limiting import enter_limits, known_limits
from styr.refunds.user_payments import adopt_posted

_STEPS = (Step(860_000_00, 25), Step(1_680_000_00, 50), Step(2_120_000_00, 75))
_SOURCE = "Eksempel: 2022-niveauet ført videre, ikke årets rigtige grænser"


def prepare_refunds(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:
    """Enter limits where none are known, and compute this year and the one before; doing it twice changes nothing."""
    with console.status("Beregner refusion"), service_scope(municipality_id, "demo"):
        known = {(limits.scheme, limits.year) for limits in known_limits()}
        for year in (today.year - 1, today.year):
            for scheme in schemes_of(year):
                if (scheme, year) not in known:
                    enter_limits(
                        municipality_id=municipality_id, scheme=scheme, year=year, steps=_STEPS, source=_SOURCE
                    )
        adopt_posted(municipality_id=municipality_id, today=today)
        for year in (today.year - 1, today.year):
            compute_year(municipality_id=municipality_id, year=year, today=today, now=now)
        compute_owed(municipality_id=municipality_id, today=today)
