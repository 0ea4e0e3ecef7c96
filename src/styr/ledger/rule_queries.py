"""What is to be checked, what is the municipality's own, and who changed what: over every set of dated rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Q

from styr.ledger.dated_rules import RuleKind, kinds
from styr.ledger.models import RuleChange, RuleCheck

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from styr.ledger.core.dated import RuleRow


@dataclass(frozen=True, slots=True)
class Checked:
    """Who looked a row up, and when."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A row, whether it holds today, and who has looked it up (None: nobody, or it is not to be).

    `state` is past, now or coming; `check_key` is what a confirmation of it is noted under, "" for an own row.
    """

    row: RuleRow
    state: str
    check_key: str
    checked: Checked | None

    @property
    def unchecked(self) -> bool:
        """It is to be looked up, and nobody has."""
        return self.row.to_check and self.checked is None


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change in the list; `last` when it is the latest of its rule that stands: the one that can be taken back."""

    id: UUID
    what: str
    kind: str
    title: str
    made_at: datetime
    made_by: str
    undone_at: datetime | None
    undone_by: str
    last: bool


@dataclass(frozen=True, slots=True)
class KindLine:
    """A set of rules in the overview: how many rows are the municipality's own, and how many are to be checked."""

    kind: RuleKind
    own: int
    reference: int
    unchecked: int
    checkable: int


def shown(kind: RuleKind, *, today: date, past: bool = False) -> list[ShownRule]:
    """The rows of a set that hold today or will, `past` ones too if asked for. Two queries."""
    checks, reference = _checks(kind.what), kind.reference()
    found = []
    for row in kind.rows():
        state = "past" if row.valid_to and row.valid_to <= today else "now" if row.valid_from <= today else "coming"
        if state == "past" and not past and kind.dated:
            continue
        cut_from = None if row.own else next(one for one in reference if _is_part(row, one))
        noted = checks.get((kind.what, cut_from.check_key)) if cut_from else None
        checked = Checked(noted.checked_by.name, noted.checked_on) if noted and _is_of(noted, cut_from) else None
        found.append(ShownRule(row, state, cut_from.check_key if cut_from else "", checked))
    return found


def _is_part(row: RuleRow, whole: RuleRow) -> bool:
    """Whether a row that own ones have cut is a part of one that came with the program."""
    return (
        row.key == whole.key
        and whole.valid_from <= row.valid_from
        and (whole.valid_to is None or row.valid_from < whole.valid_to)
    )


def _is_of(noted: Any, row: RuleRow | None) -> bool:
    """A confirmation is of the words that stood there, and of no others."""
    return row is not None and bool(noted.content == row.content)


def overview() -> list[KindLine]:
    """Every set of rules in a line. Two queries."""
    own, checks = _own_counts(), _checks()
    lines = []
    for kind in kinds():
        reference = kind.reference()
        noted = {key: check.content for (what, key), check in checks.items() if what == kind.what}
        unchecked = sum(row.to_check and noted.get(row.check_key) != row.content for row in reference)
        lines.append(
            KindLine(kind, own.get(kind.what, 0), len(reference), unchecked, sum(row.to_check for row in reference))
        )
    return lines


def changes(what: str = "", *, most: int = 50) -> list[ChangeLine]:
    """The latest changes, of one set or all. One query."""
    found = RuleChange.objects.select_related("made_by", "undone_by").order_by("-made_at", "-id")
    titles = {kind.what: kind.title for kind in kinds()}
    seen: set[tuple[str, str]] = set()
    lines = []
    for row in (found.filter(what=what) if what else found)[:most]:
        stands = row.undone_at is None
        last = stands and (row.what, row.key) not in seen
        if stands:
            seen.add((row.what, row.key))
        lines.append(
            ChangeLine(
                row.id, row.what, titles.get(row.what, row.what), row.title, row.made_at,
                row.made_by.name if row.made_by else "Programmet", row.undone_at,
                row.undone_by.name if row.undone_by else "", last,
            )
        )  # fmt: skip
    return lines


def changed_since(what: Collection[str], moment: datetime) -> bool:
    """Whether a rule of one of the sets was changed, or a change of it taken back, after a moment. One query."""
    found = RuleChange.objects.filter(what__in=what)
    return found.filter(Q(made_at__gt=moment) | Q(undone_at__gt=moment)).exists()


def _checks(what: str = "") -> dict[tuple[str, str], Any]:
    found = RuleCheck.objects.select_related("checked_by")
    return {(row.what, row.key): row for row in (found.filter(what=what) if what else found)}


def _own_counts() -> dict[str, int]:
    quoted = connection.ops.quote_name
    asked = [
        f"SELECT '{kind.what}', count(*) FROM {quoted(kind.table.model._meta.db_table)}"  # noqa: S608, SLF001 -- names of our own tables
        for kind in kinds()
        if kind.form or kind.address
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return dict(cursor.fetchall())
