"""Making a budget version: today's grants in a coming year, with what is known and planned to change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.access.unit_roles import may_in
from styr.kernel.refusal import Refusal
from styr.planning.budget_lines import BudgetedGrant, Codes, NewLine, grants_of, row_of, transition_lines
from styr.planning.copying import copied, horizon_of
from styr.planning.core.changes import Change, ChangeKind, ImpossibleChangeError, Touches
from styr.planning.core.scenario import Lines
from styr.planning.core.versions import MONTHS, Part, VersionState
from styr.planning.forecast_lines import forecast_knows, forecast_lines
from styr.planning.models import BudgetVersion, VersionLine
from styr.planning.negotiating import planned_negotiations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

MOST_NEGOTIATIONS: Final = 100


class UnableToMakeBudgetError(Refusal):
    """The version cannot be made so; the message says why."""


@dataclass(frozen=True)
class Plan:
    """What a version is to be made with; `unit_id` None: the whole municipality.

    `from_forecast`: from the forecast of the year, which has prices, what goes on, provisions and experience in it
    already; so `index_percent` is nought, and `goes_on` and `negotiations` are not asked.
    """

    name: str
    year: int
    unit_id: UUID | None = None
    index_percent: Decimal = Decimal(0)
    goes_on: bool = True
    transitions: bool = True
    negotiations: bool = True
    note: str = ""
    from_forecast: bool = False


@transaction.atomic
def make_version(*, municipality_id: UUID, maker_id: UUID, plan: Plan, today: date, now: datetime) -> UUID:
    """Make a draft of the unit, or of the whole municipality, and return its id.

    The year's cost of each grant is the expected cost; negotiations come next, in the order of their months, then the
    index on prices that are not announced for the year, then the transitions. It holds every citizen of the unit, also
    one whom the maker is kept from: a budget without them would be too small.

    Raises:
        UnableToMakeBudgetError: it has no name, its year is not to come, or the maker's roles do not cover it.
    """
    _refuse(maker_id, plan, today)
    with service_scope(municipality_id, "job"):
        return _make(municipality_id, maker_id, plan, today, now)


def _make(municipality_id: UUID, maker_id: UUID, plan: Plan, today: date, now: datetime) -> UUID:
    version = BudgetVersion.objects.create(
        municipality_id=municipality_id,
        name=plan.name.strip(),
        year=plan.year,
        unit_id=plan.unit_id,
        state=VersionState.DRAFT.value,
        index_percent=plan.index_percent,
        goes_on=plan.goes_on,
        transitions=plan.transitions,
        negotiations=plan.negotiations,
        from_forecast=plan.from_forecast,
        note=plan.note.strip(),
        made_by_id=maker_id,
        made_at=now,
    )
    lines = new_lines(plan, today=today, now=now)
    VersionLine.objects.bulk_create(
        [row_of(line, version.id, municipality_id) for line in lines if any(line.months_ore)], batch_size=5_000
    )
    return version.id


def new_lines(plan: Plan, *, today: date, now: datetime) -> list[NewLine]:
    """Return the lines of a plan, worked out on what the caller may see."""
    if plan.from_forecast:
        return forecast_lines(year=plan.year, unit_id=plan.unit_id, transitions=plan.transitions)
    changes = _changes(plan, today)
    indexed = len(changes) - (1 if plan.index_percent else 0)
    grants = grants_of(plan.unit_id)
    codes = Codes(plan.year)
    found: list[NewLine] = []
    finals: dict[UUID, list[int]] = defaultdict(lambda: [0] * MONTHS)
    for grant_id, supplier_id, steps in _months_of(plan, changes, indexed, today, now):
        grant = grants.get(grant_id)
        if grant is None:
            continue
        found += _parts(grant, supplier_id, steps, codes)
        finals[grant_id] = [so_far + ore for so_far, ore in zip(finals[grant_id], steps[-1], strict=True)]
    if plan.transitions:
        found += transition_lines(plan.year, grants, finals, codes)
    return found


def refuse_outside(user_id: UUID, permission: Permission, unit_id: UUID | None, today: date) -> None:
    """Raise `UnableToMakeBudgetError` where somebody's roles that cover the unit do not give the permission."""
    if not may_in(user_id=user_id, permission=permission, unit_id=unit_id, on=today):
        where = "hele kommunen" if unit_id is None else "enheden"
        raise UnableToMakeBudgetError(f"Dine roller dækker ikke {where} i budgetlægningen.")


def _refuse(maker_id: UUID, plan: Plan, today: date) -> None:
    if not plan.name.strip():
        raise UnableToMakeBudgetError("Giv versionen et navn.")
    if not today.year <= plan.year < horizon_of(today).until.year:
        raise UnableToMakeBudgetError("Vælg et af de kommende år.")
    if plan.from_forecast and plan.index_percent:
        raise UnableToMakeBudgetError("Prognosen er fremskrevet i forvejen. Skriv ingen fremskrivning her.")
    if plan.from_forecast and not forecast_knows(plan.year):
        raise UnableToMakeBudgetError(f"Der er ikke beregnet en prognose for {plan.year} at begynde med.")
    refuse_outside(maker_id, Permission.EDIT_ECONOMY, plan.unit_id, today)


def _changes(plan: Plan, today: date) -> list[Change]:
    """Planned negotiations, then the index from the first of the year on prices not announced for it."""
    planned = planned_negotiations() if plan.negotiations else ()
    ended = date(plan.year + 1, 1, 1)
    changes = sorted((one.change for one in planned if one.change.from_month < ended), key=lambda one: one.from_month)
    if len(changes) > MOST_NEGOTIATIONS:
        raise UnableToMakeBudgetError("Der er for mange planlagte forhandlinger at regne med på én gang.")
    if plan.index_percent:
        first = max(date(plan.year, 1, 1), date(today.year, 1, 1))
        try:
            changes.append(
                Change(ChangeKind.RATE, first, Touches(priced_before=date(plan.year, 1, 1)), percent=plan.index_percent)
            )
        except ImpossibleChangeError as wrong:
            raise UnableToMakeBudgetError(str(wrong)) from wrong
    return changes


def _months_of(
    plan: Plan, changes: Sequence[Change], indexed: int, today: date, now: datetime
) -> Iterator[tuple[UUID, UUID | None, list[list[int]]]]:
    """Yield (grant, supplier, its months as expected, as negotiated, as indexed) of the year."""
    bench = copied(today=today, now=now, goes_on=plan.goes_on).bench
    first = (plan.year - bench.months[0].year) * MONTHS
    after = (0, indexed, len(changes))
    rows, lines = bench.by_line(changes, Lines(range(first, first + MONTHS), tuple(dict.fromkeys(after))))
    number, grant, supplier = (lines[name].to_pylist() for name in ("line_no", "grant_id", "supplier_id"))
    keys = {
        no: (UUID(str(one)), None if other is None else UUID(str(other)))
        for no, one, other in zip(number, grant, supplier, strict=True)
        if one is not None
    }
    columns = [rows[f"ore_{step}"].to_pylist() for step in after]
    sums: dict[tuple[UUID, UUID | None], list[list[int]]] = {}
    for at, (line, month) in enumerate(zip(rows["line_no"].to_pylist(), rows["month_no"].to_pylist(), strict=True)):
        held = sums.setdefault(keys[line], [[0] * MONTHS for _ in columns])
        for step, column in enumerate(columns):
            held[step][month - first] += column[at]
    for (grant_id, supplier_id), steps in sums.items():
        yield grant_id, supplier_id, steps


def _parts(grant: BudgetedGrant, supplier_id: UUID | None, steps: list[list[int]], codes: Codes) -> Iterator[NewLine]:
    """The grant's own line, and one for what negotiations and the index make of it."""
    account = grant.account or codes.account(grant.section, grant.supplier_kind)
    parts = (
        (Part.GRANT, tuple(steps[0])),
        (Part.NEGOTIATION, _difference(steps[0], steps[1])),
        (Part.INDEX, _difference(steps[1], steps[2])),
    )
    for part, months in parts:
        if any(months):
            yield NewLine.of(part, grant, grant.section, account, supplier_id, months)


def _difference(before: Iterable[int], after: Iterable[int]) -> tuple[int, ...]:
    return tuple(later - earlier for earlier, later in zip(before, after, strict=True))
