"""What the pages of saved choices of columns read; every query runs in the caller's scope."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from styr.integrations.mappings.core.sources import first_source_of, source_of
from styr.integrations.mappings.services import MappingNotVisibleError
from styr.integrations.models import ColumnMapping, ColumnMappingVersion


@dataclass(frozen=True, slots=True)
class MappingLine:
    """A saved choice of columns, as a list shows it: its newest version."""

    id: UUID
    name: str
    source: str
    version: int
    columns: int
    who: str
    saved_at: datetime
    retired: bool


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version, what it was tried on, and what it changed from the one before, in Danish."""

    number: int
    who: str
    saved_at: datetime
    file: str
    rows: int
    errors: int
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A field of the register: the heading, fixed value, or nothing, that fills it, and the words that are ours."""

    name: str
    heading: str
    fixed: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MappingView:
    """A saved choice of columns with all its versions, the latest first."""

    line: MappingLine
    fields: tuple[Told, ...]
    versions: tuple[VersionLine, ...]


def mappings() -> tuple[MappingLine, ...]:
    """Return every saved choice of columns, those in use first. One query."""
    rows = ColumnMapping.objects.select_related("saved_by").order_by("-retired_at", "name")
    return tuple(sorted((_line(row) for row in rows), key=lambda one: (one.retired, one.name.casefold())))


def mapping_view(mapping_id: UUID) -> MappingView:
    """Return one with its versions; two queries.

    Raises:
        MappingNotVisibleError: there is none such.
    """
    row = ColumnMapping.objects.select_related("saved_by").filter(id=mapping_id).first()
    if row is None:
        raise MappingNotVisibleError
    versions = list(ColumnMappingVersion.objects.filter(mapping=row).select_related("saved_by").order_by("number"))
    before: list[ColumnMappingVersion | None] = [None, *versions[:-1]]
    told = [_version(row, one, former) for one, former in zip(versions, before, strict=True)]
    return MappingView(_line(row), tuple(_fields(row)), tuple(reversed(told)))


def _line(row: ColumnMapping) -> MappingLine:
    source = source_of(row.source) or first_source_of(row.register)
    return MappingLine(
        id=row.id,
        name=row.name,
        source=source.title,
        version=row.version,
        columns=len(row.fields),
        who=row.saved_by.name,
        saved_at=row.saved_at,
        retired=row.retired_at is not None,
    )


def _fields(row: ColumnMapping) -> list[Told]:
    spec = (source_of(row.source) or first_source_of(row.register)).spec
    told = []
    for column in spec.columns:
        at, fixed = row.fields.get(column.field), row.constants.get(column.field, "")
        if at is not None or fixed:
            words = tuple(row.words.get(column.field, {}).items())
            told.append(Told(column.name, "" if at is None else _heading(row.headings, at), fixed, words))
    return told


def _version(row: ColumnMapping, one: ColumnMappingVersion, before: ColumnMappingVersion | None) -> VersionLine:
    spec = (source_of(row.source) or first_source_of(row.register)).spec
    changes = []
    for column in spec.columns if before else ():
        was, now = _filled(before, column.field), _filled(one, column.field)
        if was != now:
            changes.append(f"{column.name}: {was or 'intet'} → {now or 'intet'}")
    return VersionLine(one.number, one.saved_by.name, one.saved_at, one.file, one.rows, one.errors, tuple(changes))


def _filled(version: Any, field: str) -> str:
    """What fills a field in a version: the column's place in the sheet and heading, or the fixed value; its words."""
    at, fixed = version.fields.get(field), version.constants.get(field, "")
    filled = f"kolonne {at + 1} »{_heading(version.headings, at)}«" if at is not None else fixed and f"altid »{fixed}«"
    words = version.words.get(field, {})
    return f"{filled} med {len(words)} af jeres ord" if words else filled


def _heading(headings: list[str], at: int) -> str:
    return headings[at] if at < len(headings) else ""
