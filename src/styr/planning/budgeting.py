"""Making a budget version: today's grants in a coming year, with what is known and planned to change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import connection, transaction

from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.access.unit_roles import may_in
from styr.grants.account_rules import account_rules
from styr.grants.core.account_coding import narrowest
from styr.kernel.ids import uuid7
from styr.kernel.refusal import Refusal
from styr.planning import age_rules
from styr.planning.copying import copied, horizon_of
from styr.planning.core.changes import Change, ChangeKind, ImpossibleChangeError, Touches
from styr.planning.core.scenario import Lines
from styr.planning.core.transitions import transition
from styr.planning.core.versions import MONTHS, Part, VersionState
from styr.planning.models import BudgetVersion, VersionLine
from styr.planning.negotiating import planned_negotiations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from styr.grants.account_rules import AccountLine

_FACTS: Final = """
SELECT g.grant_id, g.citizen_id, g.unit_id, g.section, coalesce(g.account_string, ''), c.birth_date,
       coalesce(k.supplier_id, g.supplier_id), coalesce(s.kind, '')
FROM rel_grant g JOIN rel_citizen c USING (citizen_id)
LEFT JOIN rel_contract k ON k.contract_id = g.contract_id
LEFT JOIN rel_supplier s ON s.supplier_id = coalesce(k.supplier_id, g.supplier_id)
WHERE g.status IN ('granted', 'stopped')"""
_BELOW: Final = """
WITH RECURSIVE below AS (
    SELECT id FROM access_unit WHERE id = %s UNION SELECT u.id FROM access_unit u JOIN below ON u.parent_id = below.id
)
SELECT id FROM below"""
MOST_NEGOTIATIONS: Final = 100


class UnableToMakeBudgetError(Refusal):
    """The version cannot be made so; the message says why."""


@dataclass(frozen=True)
class Plan:
    """What a version is to be made with; `unit_id` None: the whole municipality."""

    name: str
    year: int
    unit_id: UUID | None = None
    index_percent: Decimal = Decimal(0)
    goes_on: bool = True
    transitions: bool = True
    negotiations: bool = True
    note: str = ""


@dataclass(frozen=True)
class _Grant:
    """A grant as the lines need it."""

    id: UUID
    citizen_id: UUID
    unit_id: UUID
    section: str
    account: str
    born: date
    supplier_id: UUID | None
    supplier_kind: str


@dataclass(frozen=True)
class NewLine:
    """A line to be written."""

    part: Part
    grant: _Grant
    section: str
    account: str
    supplier_id: UUID | None
    months_ore: tuple[int, ...]
    text: str = ""


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
        note=plan.note.strip(),
        made_by_id=maker_id,
        made_at=now,
    )
    lines = new_lines(plan, today=today, now=now)
    VersionLine.objects.bulk_create(
        [_row(line, version.id, municipality_id) for line in lines if any(line.months_ore)], batch_size=5_000
    )
    return version.id


def new_lines(plan: Plan, *, today: date, now: datetime) -> list[NewLine]:
    """Return the lines of a plan, worked out on what the caller may see."""
    changes = _changes(plan, today)
    indexed = len(changes) - (1 if plan.index_percent else 0)
    grants = _grants(plan.unit_id)
    codes = _Codes(plan.year)
    found: list[NewLine] = []
    finals: dict[UUID, list[int]] = defaultdict(lambda: [0] * MONTHS)
    for grant_id, supplier_id, steps in _months_of(plan, changes, indexed, today, now):
        grant = grants.get(grant_id)
        if grant is None:
            continue
        found += _parts(grant, supplier_id, steps, codes)
        finals[grant_id] = [so_far + ore for so_far, ore in zip(finals[grant_id], steps[-1], strict=True)]
    if plan.transitions:
        found += _transitions(plan.year, grants, finals, codes)
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


def _parts(grant: _Grant, supplier_id: UUID | None, steps: list[list[int]], codes: _Codes) -> Iterator[NewLine]:
    """The grant's own line, and one for what negotiations and the index make of it."""
    account = grant.account or codes.account(grant.section, grant.supplier_kind)
    parts = (
        (Part.GRANT, tuple(steps[0])),
        (Part.NEGOTIATION, _difference(steps[0], steps[1])),
        (Part.INDEX, _difference(steps[1], steps[2])),
    )
    for part, months in parts:
        if any(months):
            yield NewLine(part, grant, grant.section, account, supplier_id, months)


def _transitions(
    year: int, grants: Mapping[UUID, _Grant], finals: Mapping[UUID, list[int]], codes: _Codes
) -> Iterator[NewLine]:
    rules, ages = age_rules.rules(), age_rules.pension_ages()
    for grant_id, months in finals.items():
        grant = grants[grant_id]
        found = transition(rules, section=grant.section, born=grant.born, year=year, months_ore=months, ages=ages)
        if found is None:
            continue
        told = f"Overgang {found.turns_on:%m-%Y}"
        account = grant.account or codes.account(grant.section, grant.supplier_kind)
        yield NewLine(Part.TRANSITION, grant, grant.section, account, grant.supplier_id, found.out_ore, told)
        to = found.rule.to_section
        if to and any(found.in_ore):
            yield NewLine(Part.TRANSITION, grant, to, codes.account(to, grant.supplier_kind), None, found.in_ore, told)


class _Codes:
    """The accounts that the municipality's rules give in the year; a section's is looked up once."""

    def __init__(self, year: int) -> None:
        first = date(year, 1, 1)
        self._rules = [
            rule
            for rule in account_rules()
            if rule.valid_from <= first and (rule.valid_to is None or rule.valid_to > first)
        ]
        self._found: dict[tuple[str, str], str] = {}

    def account(self, section: str, supplier_kind: str) -> str:
        """The account of a section and kind of supplier; "" where no rule says."""
        key = (section, supplier_kind)
        if key not in self._found:
            rule: AccountLine | None = narrowest(self._rules, section=section, services=(), kind=supplier_kind)
            self._found[key] = rule.account_string if rule else ""
        return self._found[key]


def _grants(unit_id: UUID | None) -> dict[UUID, _Grant]:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS)
        found = [_Grant(*row) for row in cursor.fetchall()]
        if unit_id is None:
            return {grant.id: grant for grant in found}
    units = units_below(unit_id)
    return {grant.id: grant for grant in found if grant.unit_id in units}


def units_below(unit_id: UUID) -> frozenset[UUID]:
    """The unit and those under it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [unit_id])
        return frozenset(row[0] for row in cursor.fetchall())


def _difference(before: Iterable[int], after: Iterable[int]) -> tuple[int, ...]:
    return tuple(later - earlier for earlier, later in zip(before, after, strict=True))


def _row(line: NewLine, version_id: UUID, municipality_id: UUID) -> VersionLine:
    total = sum(line.months_ore)
    facts: dict[str, Any] = {"unit_id": line.grant.unit_id, "citizen_id": line.grant.citizen_id}
    return VersionLine(
        id=uuid7(),
        municipality_id=municipality_id,
        version_id=version_id,
        part=line.part.value,
        grant_id=line.grant.id,
        supplier_id=line.supplier_id,
        section=line.section,
        account=line.account,
        text=line.text,
        months_ore=list(line.months_ore),
        total_ore=total,
        made_ore=total,
        **facts,
    )
