"""A budget that begins with the forecast of its year: its grants, and what it holds beside them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from styr.budgets.core.codes import Basis
from styr.budgets.economy_rows import BasisMonth, basis_months
from styr.budgets.queries import current_run
from styr.planning.budget_lines import Codes, NewLine, grants_of, top_unit, transition_lines, units_below
from styr.planning.core.versions import MONTHS, Part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from styr.planning.budget_lines import BudgetedGrant

_ANY: Final = ("granted", "stopped", "expected", "awaiting")
_Key = tuple["UUID | None", "UUID | None", "UUID | None", str, str, Basis | None]


def forecast_knows(year: int) -> bool:
    """Whether the forecast that stands tells of the year. One query."""
    run = current_run()
    return run is not None and year in run.years


def forecast_lines(*, year: int, unit_id: UUID | None, transitions: bool) -> list[NewLine]:
    """Return the lines of a year's forecast; they add up to it, before anybody turns an age.

    A grant's months are a line of the grant; provisions, what recurs without a grant and those who come and go are
    lines of their unit. What lies on no unit is put on the uppermost one, and its text says so.
    """
    run = current_run()
    if run is None:
        return []
    grants, codes = grants_of(unit_id, _ANY), Codes(year)
    within = None if unit_id is None else units_below(unit_id)
    months: dict[_Key, list[int]] = defaultdict(lambda: [0] * MONTHS)
    for row in basis_months(run, year):
        if within is None or row.unit_id in within:
            months[_key_of(row, grants)][row.month.month - 1] += row.amount_ore
    found = list(_lines(months, grants, codes, top_unit()))
    if transitions:
        finals: dict[UUID, list[int]] = defaultdict(lambda: [0] * MONTHS)
        for line in found:
            if line.grant_id is not None:
                so_far = finals[line.grant_id]
                finals[line.grant_id] = [one + more for one, more in zip(so_far, line.months_ore, strict=True)]
        found += transition_lines(year, grants, finals, codes)
    return found


def _key_of(row: BasisMonth, grants: Mapping[UUID, BudgetedGrant]) -> _Key:
    if row.grant_id in grants:
        return row.grant_id, row.unit_id, row.citizen_id, row.section, row.account, None
    return None, row.unit_id, row.citizen_id, row.section, row.account, row.basis


def _lines(
    months: Mapping[_Key, list[int]], grants: Mapping[UUID, BudgetedGrant], codes: Codes, top: UUID | None
) -> Iterator[NewLine]:
    for (grant_id, unit_id, citizen_id, section, account, basis), amounts in months.items():
        grant = None if grant_id is None else grants[grant_id]
        unit = unit_id or (grant.unit_id if grant else None) or top
        if unit is None:
            continue
        kind = grant.supplier_kind if grant else ""
        stands_on = account or (codes.account(section, kind) if section else "")
        part = Part.FORECAST if grant is None else Part.GRANT
        text = "" if basis is None else f"{basis.danish.capitalize()}{'' if unit_id else ' (uden enhed i prognosen)'}"
        supplier_id = grant.supplier_id if grant else None
        yield NewLine(part, unit, citizen_id, grant_id, section, stands_on, supplier_id, tuple(amounts), text)
