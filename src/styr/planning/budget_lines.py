"""The lines of a budget version as values: what they are of, which account they stand on, and who turns an age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.grants.account_rules import account_rules
from styr.grants.core.account_coding import narrowest
from styr.kernel.ids import uuid7
from styr.planning import age_rules
from styr.planning.core.transitions import transition
from styr.planning.core.versions import Part
from styr.planning.models import VersionLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from styr.grants.account_rules import AccountLine

_COUNTED: Final = ("granted", "stopped")
_FACTS: Final = """
SELECT g.grant_id, g.citizen_id, g.unit_id, g.section, coalesce(g.account_string, ''), c.birth_date,
       coalesce(k.supplier_id, g.supplier_id), coalesce(s.kind, '')
FROM rel_grant g JOIN rel_citizen c USING (citizen_id)
LEFT JOIN rel_contract k ON k.contract_id = g.contract_id
LEFT JOIN rel_supplier s ON s.supplier_id = coalesce(k.supplier_id, g.supplier_id)
WHERE g.status = ANY(%s)"""
_BELOW: Final = """
WITH RECURSIVE below AS (
    SELECT id FROM access_unit WHERE id = %s UNION SELECT u.id FROM access_unit u JOIN below ON u.parent_id = below.id
)
SELECT id FROM below"""


@dataclass(frozen=True)
class BudgetedGrant:
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
    """A line to be written: of a grant, or of a unit and perhaps a citizen beside the grants."""

    part: Part
    unit_id: UUID
    citizen_id: UUID | None
    grant_id: UUID | None
    section: str
    account: str
    supplier_id: UUID | None
    months_ore: tuple[int, ...]
    text: str = ""

    @classmethod
    def of(  # noqa: PLR0913, PLR0917 - a grant's line is all of these
        cls, part: Part, grant: BudgetedGrant, section: str, account: str, supplier_id: UUID | None,
        months_ore: tuple[int, ...], text: str = "",
    ) -> NewLine:  # fmt: skip
        """A line of a grant."""
        return cls(part, grant.unit_id, grant.citizen_id, grant.id, section, account, supplier_id, months_ore, text)


def transition_lines(
    year: int, grants: Mapping[UUID, BudgetedGrant], finals: Mapping[UUID, list[int]], codes: Codes
) -> Iterator[NewLine]:
    """What becomes of the grants' months where somebody turns the age of a rule: out, and in again elsewhere."""
    rules, ages = age_rules.rules(), age_rules.pension_ages()
    for grant_id, months in finals.items():
        grant = grants[grant_id]
        found = transition(rules, section=grant.section, born=grant.born, year=year, months_ore=months, ages=ages)
        if found is None:
            continue
        told = f"Overgang {found.turns_on:%m-%Y}"
        account = grant.account or codes.account(grant.section, grant.supplier_kind)
        yield NewLine.of(Part.TRANSITION, grant, grant.section, account, grant.supplier_id, found.out_ore, told)
        to = found.rule.to_section
        if to and any(found.in_ore):
            yield NewLine.of(
                Part.TRANSITION, grant, to, codes.account(to, grant.supplier_kind), None, found.in_ore, told
            )


class Codes:
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


def grants_of(unit_id: UUID | None, statuses: Sequence[str] = _COUNTED) -> dict[UUID, BudgetedGrant]:
    """The grants of the unit and those under it (None: everywhere), by id. One query, two for a unit."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [list(statuses)])
        found = [BudgetedGrant(*row) for row in cursor.fetchall()]
        if unit_id is None:
            return {grant.id: grant for grant in found}
    units = units_below(unit_id)
    return {grant.id: grant for grant in found if grant.unit_id in units}


def units_below(unit_id: UUID) -> frozenset[UUID]:
    """The unit and those under it. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, [unit_id])
        return frozenset(row[0] for row in cursor.fetchall())


def top_unit() -> UUID | None:
    """The uppermost unit, the first of them by number; None where there is none. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM access_unit WHERE parent_id IS NULL ORDER BY number LIMIT 1")
        found = cursor.fetchone()
    return found[0] if found else None


def row_of(line: NewLine, version_id: UUID, municipality_id: UUID) -> VersionLine:
    """The line as it is written, as part of a version."""
    total = sum(line.months_ore)
    return VersionLine(
        id=uuid7(),
        municipality_id=municipality_id,
        version_id=version_id,
        part=line.part.value,
        unit_id=line.unit_id,
        citizen_id=line.citizen_id,
        grant_id=line.grant_id,
        supplier_id=line.supplier_id,
        section=line.section,
        account=line.account,
        text=line.text,
        months_ore=list(line.months_ore),
        total_ore=total,
        made_ore=total,
    )
