"""What an initiative brought, from what was measured; never from what was hoped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from styr.initiatives.core.codes import Measure
from styr.invoices.recovered import recovered
from styr.negotiations.queries import verified_years

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

    Recovered money is what follow-ups of invoices came to; savings are what invoices have realised, of whole years.
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
            told = [one for years in verified_years().values() for one in years if one.year >= since.year]
            if not told:
                return Effect(None, "Ikke målt endnu: ingen faktura viser en aftalt besparelse.", "savings")
            ore = sum(one.realised_ore for one in told)
            words = f"Realiseret på fakturaer for dage fra 1. januar {since.year}, i alle forhandlinger."
            return Effect(ore, words, "savings")
        case Measure.TRANSPORT:
            words = "Ikke målt endnu: udgiften pr. år står under Befordring, og ingen har gjort virkningen op."
            return Effect(None, words, "transport")
        case Measure.NONE:
            return Effect(None, "Ikke målt endnu.")
        case _:
            assert_never(measure)
