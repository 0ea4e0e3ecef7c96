"""Search across the registers (Ctrl K): one query finds ids, three tell what they are, and the look is logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.access.core.permissions import Permission
from styr.drafting.core.codes import DraftState
from styr.kernel.danish import danish_date, danish_section, kroner
from styr.people import queries as people
from styr.suppliers import queries as suppliers
from styr.workspace.core.searching import Needles, needles

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date
    from uuid import UUID

    from styr.people.queries import CitizenLine

KINDS: Final = {
    "citizen": "Borgere",
    "supplier": "Leverandører",
    "contract": "Kontrakter",
    "draft": "Kontraktudkast",
    "grant": "Bevillinger",
    "invoice": "Fakturaer",
}
_NEEDS: Final = {
    "citizen": Permission.SEE_CITIZENS,
    "supplier": Permission.SEE_SUPPLIERS,
    "contract": Permission.SEE_CONTRACTS,
    "draft": Permission.SEE_CONTRACTS,
    "grant": Permission.SEE_GRANTS,
    "invoice": Permission.SEE_INVOICES,
}
_FIND: Final = "SELECT kind, id FROM styr_find(%s::tsquery, %s, %s, %s, %s, %s, %s, %s) ORDER BY kind, place"
_FACTS: Final = """
SELECT supplier_id, cvr, supplier_id, NULL::uuid, '', NULL::date, NULL::date, NULL::bigint, kind
FROM rel_supplier WHERE supplier_id = ANY(%(ids)s)
UNION ALL
SELECT contract_id, number, supplier_id, NULL, section, starts, ends, NULL, status
FROM rel_contract WHERE contract_id = ANY(%(ids)s)
UNION ALL
SELECT grant_id, number, supplier_id, citizen_id, section, starts, ends, NULL, status
FROM rel_grant WHERE grant_id = ANY(%(ids)s)
UNION ALL
SELECT invoice_id, number, supplier_id, NULL, '', issue_date, NULL, payable_ore, status
FROM rel_invoice WHERE invoice_id = ANY(%(ids)s)
UNION ALL
SELECT d.id, c.number, c.supplier_id, NULL, '', NULL, NULL, d.latest, 'draft:' || d.state
FROM drafting_contractdraft d JOIN rel_contract c ON c.contract_id = d.contract_id
WHERE d.contract_id = ANY(%(ids)s)
"""
_DRAFT: Final = "draft:"
"""Before a draft's state: drafts come along with the contracts that they are of."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is called, what tells it from others, and the page it leads to."""

    kind: str
    id: UUID
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, the best first; `more` when there was more than is shown."""

    kind: str
    title: str
    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gave; `misread` tells why a number cannot be right."""

    groups: tuple[Group, ...]
    misread: str = ""
    refused_cpr: bool = False


@dataclass(frozen=True, slots=True)
class _Facts:
    number: str
    supplier_id: UUID | None
    citizen_id: UUID | None
    section: str
    starts: date | None
    ends: date | None
    amount_ore: int | None
    status: str


def look_up(  # noqa: PLR0913 - one search, all by keyword
    text: str, *, permissions: Collection[Permission], today: date, page: str, most: int = 5, cpr_allowed: bool = True
) -> Answer:
    """Find what the text may mean among what the scope and the permissions show: at most `most` of each kind.

    Six queries at the most, however much there is. Whoever is shown lands in the read log under `page`. A CPR number is
    looked up only where `cpr_allowed`, since it must not stand in an address.
    """
    asked = needles(text)
    if asked.cpr is not None:
        return _by_cpr(asked, permissions, today, page) if cpr_allowed else Answer((), refused_cpr=True)
    found = _allowed(_ids(asked, most + 1), permissions) if asked.any else {}
    kept = {kind: ids[:most] for kind, ids in found.items()}
    facts = _facts([one for kind in KINDS if kind != "citizen" for one in kept.get(kind, ())])
    kept["draft"] = [one for one, told in facts.items() if told.status.startswith(_DRAFT)][:most]
    names = suppliers.supplier_names({one.supplier_id for one in facts.values() if one.supplier_id}) if facts else {}
    sees_citizens = Permission.SEE_CITIZENS in permissions
    named = {*kept.get("citizen", ()), *(one.citizen_id for one in facts.values() if one.citizen_id and sees_citizens)}
    lines = people.citizen_lines(citizen_ids=named, page=page, purpose="søgning", today=today) if named else {}
    hits = _hits(kept, facts, names, lines)
    groups = [Group(kind, KINDS[kind], hits[kind], len(found.get(kind, ())) > most) for kind in KINDS if hits.get(kind)]
    return Answer(tuple(groups), asked.misread)


def _by_cpr(asked: Needles, permissions: Collection[Permission], today: date, page: str) -> Answer:
    found = people.citizen_with_cpr(asked.cpr) if asked.cpr and Permission.SEE_CITIZENS in permissions else None
    if found is None:
        return Answer(())
    lines = people.citizen_lines(citizen_ids=[found], page=page, purpose="søgning på CPR-nummer", today=today)
    hits = tuple(_citizen(line) for line in lines.values())
    return Answer((Group("citizen", KINDS["citizen"], hits, more=False),) if hits else ())


def _ids(asked: Needles, most: int) -> dict[str, list[UUID]]:
    given = [asked.tsquery, asked.last_name, asked.supplier, asked.cvr, asked.contract, asked.grant, asked.invoice]
    found: dict[str, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [*given, most])
        for kind, row_id in cursor.fetchall():
            found.setdefault(kind, []).append(row_id)
    return found


def _allowed(found: Mapping[str, list[UUID]], permissions: Collection[Permission]) -> dict[str, list[UUID]]:
    return {kind: ids for kind, ids in found.items() if _NEEDS[kind] in permissions}


def _facts(ids: list[UUID]) -> dict[UUID, _Facts]:
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"ids": ids})
        return {row[0]: _Facts(*row[1:]) for row in cursor.fetchall()}


def _hits(
    kept: Mapping[str, list[UUID]],
    facts: Mapping[UUID, _Facts],
    names: Mapping[UUID, str],
    lines: Mapping[UUID, CitizenLine],
) -> dict[str, tuple[Hit, ...]]:
    def of(kind: str, one: UUID) -> Hit | None:
        if kind == "citizen":
            return _citizen(lines[one]) if one in lines else None
        if kind == "supplier":
            return Hit(kind, one, names[one], f"CVR {facts[one].number}") if one in names else None
        return _numbered(kind, one, facts[one], names, lines) if one in facts else None

    return {kind: tuple(hit for one in ids if (hit := of(kind, one)) is not None) for kind, ids in kept.items()}


def _citizen(line: CitizenLine) -> Hit:
    shown = [line.cpr, "beskyttet navn og adresse" if line.protected else "", "død" if line.died_on else ""]
    return Hit("citizen", line.id, line.name, " · ".join(filter(None, shown)))


def _numbered(kind: str, one: UUID, facts: _Facts, names: Mapping[UUID, str], lines: Mapping[UUID, CitizenLine]) -> Hit:
    supplier = names.get(facts.supplier_id, "") if facts.supplier_id else ""
    citizen = lines[facts.citizen_id].name if facts.citizen_id and facts.citizen_id in lines else ""
    section = danish_section(facts.section)
    if kind == "draft":
        state = DraftState(facts.status.removeprefix(_DRAFT)).danish
        return Hit(kind, one, f"Udkast til {facts.number}", f"udgave {facts.amount_ore} · {state} · {supplier}")
    told = {
        "contract": (supplier, section),
        "grant": (citizen, section, supplier),
        "invoice": (supplier, danish_date(facts.starts) if facts.starts else "", _money(facts.amount_ore)),
    }[kind]
    return Hit(kind, one, facts.number, " · ".join(filter(None, told)))


def _money(ore: int | None) -> str:
    return "" if ore is None else kroner(ore, whole=True)
