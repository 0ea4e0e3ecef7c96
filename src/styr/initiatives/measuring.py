"""What an initiative brought, from what was measured; never from what was hoped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from styr.initiatives.core.codes import Measure
from styr.invoices.recovered import recovered

if TYPE_CHECKING:
    from styr.initiatives.queries import InitiativeView


@dataclass(frozen=True, slots=True)
class Effect:
    """What is measured, øre; `ore` is None where nothing is measured yet, and `words` says why, or of what."""

    ore: int | None
    words: str
    address: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a measured figure."""
        return self.ore is not None


def measured(initiative: InitiativeView, *, today: date) -> Effect:
    """What the initiative brought since it began to work. At most one query.

    Recovered money is what follow-ups of invoices came to.
    """
    since = initiative.measured_from
    if initiative.measure is Measure.NONE or since is None:
        return Effect(None, "Ikke målt endnu: der er ikke valgt, hvad virkningen måles på.")
    if since > today:
        return Effect(None, "Ikke målt endnu: indsatsen virker først senere.")
    return _of(initiative.measure, since, today)


def _of(measure: Measure, since: date, today: date) -> Effect:
    match measure:
        case Measure.RECOVERED:
            back = recovered(since=since, until=today + timedelta(days=1), today=today)
            return Effect(back.amount_ore, "Kommet tilbage gennem fakturakontrollen.", "followups")
        case Measure.SAVINGS:
            return Effect(None, "Ikke målt endnu: besparelserne er ikke gjort op for kommunen.")
        case Measure.TRANSPORT:
            return Effect(None, "Ikke målt endnu: udgiften til befordring er ikke gjort op for kommunen.")
        case Measure.NONE:
            return Effect(None, "Ikke målt endnu.")
        case _:
            assert_never(measure)
