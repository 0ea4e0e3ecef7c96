"""What is read of budget versions: each reader sees the lines of their own units, and the sums of those."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Count, Q, Sum

from styr.kernel.refusal import NotThere
from styr.planning.core.versions import Part, VersionState
from styr.planning.models import BudgetVersion, LineNote, VersionLine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

BY: Final = ("section", "unit_id", "part", "account", "supplier_id")


class VersionNotVisibleError(NotThere):
    """There is no such version or line, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Budgetversionen findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True)
class VersionCard:
    """A version with what it was made with; the sums are of the lines that the reader sees, øre.

    `without_account` lines cost something and name no account: with them there is no file for the finance system.
    """

    id: UUID
    name: str
    year: int
    unit_id: UUID | None
    state: VersionState
    based_on_id: UUID | None
    index_percent: Decimal
    goes_on: bool
    transitions: bool
    negotiations: bool
    from_forecast: bool
    note: str
    made_by_id: UUID
    maker: str
    made_at: datetime
    sent_by_id: UUID | None
    sender: str
    sent_at: datetime | None
    decider: str
    decided_at: datetime | None
    answer: str
    total_ore: int
    lines: int
    edited: int
    without_account: int


@dataclass(frozen=True)
class SumRow:
    """What the lines of a section, unit, part, account or supplier add up to, øre."""

    key: Any
    total_ore: int
    lines: int


@dataclass(frozen=True)
class LineFilter:
    """Which lines are wanted."""

    section: str | None = None
    unit_id: UUID | None = None
    part: str | None = None
    account: str | None = None
    edited: bool = False
    without_account: bool = False


@dataclass(frozen=True)
class LineRow:
    """A line of a version; the citizen is an id: names come through `people.queries`."""

    id: UUID
    version_id: UUID
    unit_id: UUID
    part: Part
    citizen_id: UUID | None
    grant_id: UUID | None
    supplier_id: UUID | None
    section: str
    account: str
    text: str
    months_ore: tuple[int, ...]
    total_ore: int
    made_ore: int
    edited: bool
    notes: int


@dataclass(frozen=True)
class NoteLine:
    """What was written about a line, by whom and when; the amounts where it was the reason for a change."""

    text: str
    before_ore: int | None
    after_ore: int | None
    writer: str
    written_at: datetime


def versions() -> tuple[VersionCard, ...]:
    """Return every version but those put away, the latest year first, then the latest made; one query."""
    return tuple(_card(row) for row in _versions().exclude(state=VersionState.PUT_AWAY.value))


def version(version_id: UUID) -> VersionCard:
    """Return one; one query.

    Raises:
        VersionNotVisibleError: there is none for the caller.
    """
    row = _versions().filter(id=version_id).first()
    if row is None:
        raise VersionNotVisibleError
    return _card(row)


def sums(version_id: UUID, by: str) -> tuple[SumRow, ...]:
    """Return the sums by one of `BY`, the largest first; one query."""
    rows = VersionLine.objects.filter(version_id=version_id).values(by)
    found = rows.annotate(total=Sum("total_ore"), count=Count("id")).order_by("-total", by)
    return tuple(SumRow(row[by], int(row["total"]), row["count"]) for row in found)


def month_sums(version_id: UUID) -> list[int]:
    """Return the twelve months of the lines that the caller sees, øre; one query."""
    names = {f"m{month}": Sum(f"months_ore__{month}") for month in range(12)}
    row = VersionLine.objects.filter(version_id=version_id).aggregate(**names)
    return [int(row[f"m{month}"] or 0) for month in range(12)]


def line_rows(version_id: UUID, wanted: LineFilter, *, sort: str, page: int, size: int) -> tuple[list[LineRow], int]:
    """Return a page of a version's lines and how many there are; two queries."""
    rows = VersionLine.objects.filter(_wanted(wanted), version_id=version_id)
    total = rows.count()
    last = max(1, -(-total // size))
    start = (min(page, last) - 1) * size
    found = rows.annotate(note_count=Count("notes")).order_by(sort, "id")[start : start + size]
    return [_line(row) for row in found], total


def line(line_id: UUID) -> LineRow:
    """Return a line; one query.

    Raises:
        VersionNotVisibleError: there is none for the caller.
    """
    row = VersionLine.objects.filter(id=line_id).annotate(note_count=Count("notes")).first()
    if row is None:
        raise VersionNotVisibleError
    return _line(row)


def notes_of(line_id: UUID) -> tuple[NoteLine, ...]:
    """Return what was written about a line, the latest first; one query."""
    rows = LineNote.objects.filter(line_id=line_id).select_related("written_by").order_by("-written_at", "-id")
    return tuple(NoteLine(row.text, row.before_ore, row.after_ore, row.written_by.name, row.written_at) for row in rows)


def sections_of(version_ids: Sequence[UUID], by: str) -> dict[UUID, dict[Any, int]]:
    """Return version → section (or unit, part, account) → øre, for comparing; one query."""
    rows = (
        VersionLine.objects.filter(version_id__in=version_ids).values("version_id", by).annotate(total=Sum("total_ore"))
    )
    found: dict[UUID, dict[Any, int]] = {one: {} for one in version_ids}
    for row in rows:
        found[row["version_id"]][row[by]] = int(row["total"])
    return found


def editors_of(version_id: UUID) -> frozenset[UUID]:
    """Return who has changed lines of a version; one query."""
    rows = LineNote.objects.filter(line__version_id=version_id, before_ore__isnull=False)
    return frozenset(rows.values_list("written_by_id", flat=True))


def _versions() -> Any:
    return (
        BudgetVersion.objects.select_related("made_by", "sent_by", "decided_by")
        .annotate(
            total=Sum("lines__total_ore"),
            line_count=Count("lines"),
            edited_count=Count("lines", filter=Q(lines__edited=True)),
            bare_count=Count("lines", filter=Q(lines__account="") & ~Q(lines__total_ore=0)),
        )
        .order_by("-year", "-made_at")
    )


def _wanted(wanted: LineFilter) -> Q:
    asked = Q()
    for name in ("section", "unit_id", "part", "account"):
        if (value := getattr(wanted, name)) is not None:
            asked &= Q(**{name: value})
    if wanted.edited:
        asked &= Q(edited=True)
    return asked & Q(account="") if wanted.without_account else asked


def _card(row: Any) -> VersionCard:
    plain: tuple[str, ...] = (
        "id",
        "name",
        "year",
        "unit_id",
        "based_on_id",
        "index_percent",
        "goes_on",
        "transitions",
        "negotiations",
        "from_forecast",
    )
    plain += ("note", "made_by_id", "made_at", "sent_by_id", "sent_at", "decided_at", "answer")
    return VersionCard(
        **{name: getattr(row, name) for name in plain},
        state=VersionState(row.state),
        maker=row.made_by.name,
        sender=row.sent_by.name if row.sent_by else "",
        decider=row.decided_by.name if row.decided_by else "",
        total_ore=int(row.total or 0),
        lines=row.line_count,
        edited=row.edited_count,
        without_account=row.bare_count,
    )


def _line(row: Any) -> LineRow:
    plain: tuple[str, ...] = (
        "id",
        "version_id",
        "unit_id",
        "citizen_id",
        "grant_id",
        "supplier_id",
        "section",
        "account",
        "text",
    )
    plain += ("total_ore", "made_ore", "edited")
    return LineRow(
        **{name: getattr(row, name) for name in plain},
        part=Part(row.part),
        months_ore=tuple(row.months_ore),
        notes=row.note_count,
    )
