"""What an initiative brought, from what was measured; never from what was hoped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from django.db import transaction

from styr.initiatives.core.codes import Measure
from styr.initiatives.core.measured import Effect
from styr.initiatives.models import MeasuredEffect
from styr.initiatives.queries import all_initiatives
from styr.invoices.recovered import recovered
from styr.negotiations.queries import verified_years
from styr.transport.core.cost_matrix import KINDS
from styr.transport.cost_queries import areas_in, booked_year, told_year

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from styr.initiatives.queries import InitiativeView
    from styr.transport.core.cost_matrix import Matrix

_SAVINGS = "savings"


@transaction.atomic
def measure_all(*, municipality_id: UUID, today: date, now: datetime) -> dict[UUID, Effect]:
    """Measure every initiative and keep what it brought; a job does it. A fixed number of queries an initiative."""
    found = {one.id: measured(one, today=today) for one in all_initiatives()}
    MeasuredEffect.objects.filter(municipality_id=municipality_id).delete()
    MeasuredEffect.objects.bulk_create(
        MeasuredEffect(
            municipality_id=municipality_id, initiative_id=key, ore=one.ore, words=one.words, address=one.address,
            before_ore=one.before_ore, after_ore=one.after_ore, parts=dict(one.parts), made_at=now,
        )
        for key, one in found.items()
    )  # fmt: skip
    return found


def measured(initiative: InitiativeView, *, today: date) -> Effect:
    """What the initiative brought since it began to work, now. At most one query, of transport fourteen.

    Recovered money is what follow-ups of invoices came to; savings are what invoices have realised, of whole years; the
    cost of transport is that of the first whole year after, against the year before.
    """
    since = initiative.measured_from
    if initiative.measure is Measure.NONE or since is None:
        return Effect(None, "Ikke målt endnu: der er ikke valgt, hvad virkningen måles på.")
    if since > today:
        return Effect(None, "Ikke målt endnu: indsatsen virker først senere.")
    return _of(initiative, since, today)


def _of(initiative: InitiativeView, since: date, today: date) -> Effect:
    match initiative.measure:
        case Measure.RECOVERED:
            back = recovered(since=since, until=today + timedelta(days=1), today=today)
            words = "Kommet tilbage gennem fakturakontrollen."
            return Effect(back.amount_ore, words, "followups", parts={"recovered": back.amount_ore})
        case Measure.SAVINGS:
            return _of_savings(since)
        case Measure.TRANSPORT:
            return _of_transport(initiative, since, today)
        case Measure.NONE:
            return Effect(None, "Ikke målt endnu.")
        case _:
            assert_never(initiative.measure)


def _of_savings(since: date) -> Effect:
    told = [(key, one) for key, years in verified_years().items() for one in years if one.year >= since.year]
    if not told:
        return Effect(None, "Ikke målt endnu: ingen faktura viser en aftalt besparelse.", _SAVINGS)
    parts = {f"saving|{key}|{one.year}": one.realised_ore for key, one in told}
    words = f"Realiseret på fakturaer for dage fra 1. januar {since.year}, i alle forhandlinger."
    return Effect(sum(parts.values()), words, _SAVINGS, parts=parts)


def _of_transport(initiative: InitiativeView, since: date, today: date) -> Effect:
    first = since.year if (since.month, since.day) == (1, 1) else since.year + 1
    if first >= today.year:
        return Effect(None, f"Ikke målt endnu: det første hele år med indsatsen er {first}.", "transport")
    old = since.year - 1
    before, after = _year(old), _year(first)
    cells = _cells(initiative, before, after)
    if not cells:
        words = f"Ikke målt endnu: udgiften i {old} eller {first} kendes ikke for det, indsatsen vedrører."
        return Effect(None, words, "transport")
    was, now = (sum(cell[side] for cell in cells.values()) for side in (0, 1))
    parts = {f"transport|{area}|{kind}|{old}|{first}": a - b for (area, kind), (a, b) in cells.items()}
    words = (
        f"Udgiften til befordring i {first} mod {old}, for det, indsatsen vedrører. Flere eller færre ture er talt med."
    )
    return Effect(was - now, words, "transport", was, now, parts)


def _year(year: int) -> Matrix:
    """A year as it was booked; where nothing was, as it was mapped."""
    areas = areas_in(year)
    booked = booked_year(year, areas)
    return booked.matrix if booked.postings else told_year(year, areas)


def _cells(initiative: InitiativeView, before: Matrix, after: Matrix) -> dict[tuple[int, str], tuple[int, int]]:
    """The cost before and after of the cells that it touches and that are known in both years."""
    later = {line.area.number: line.cells for line in after.lines}
    found: dict[tuple[int, str], tuple[int, int]] = {}
    for line in before.lines:
        number = line.area.number
        if initiative.transport_areas and number not in initiative.transport_areas:
            continue
        for kind, was, now in zip(KINDS, line.cells, later.get(number, (None,) * len(KINDS)), strict=True):
            wanted = not initiative.transport_kinds or kind.value in initiative.transport_kinds
            if wanted and was is not None and now is not None:
                found[number, kind.value] = (was, now)
    return found
