"""The use cases of saved choices of columns: keep a tried one as a new version, go back to one, retire one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from styr.integrations.core.answers import ChosenColumns
from styr.integrations.models import ColumnMapping, ColumnMappingVersion
from styr.kernel.refusal import NotThere, Refusal


class UnableToKeepMappingError(Refusal):
    """The choice of columns cannot be kept so."""


class MappingNotVisibleError(NotThere):
    """There is no such choice of columns, or it is not the asker's to see."""

    def __init__(self) -> None:
        super().__init__("Kolonnevalget findes ikke, eller du har ikke adgang til det.")


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of reading a file by a choice of columns: its headings, the rows that could be read, and errors."""

    file: str
    headings: tuple[str, ...]
    rows: int
    errors: int


@transaction.atomic
def keep_mapping(  # noqa: PLR0913 - one use case, all by keyword
    *, municipality_id: UUID, name: str, chosen: ChosenColumns, tried: Tried, actor_id: UUID, now: datetime
) -> UUID:
    """Keep a choice that a file was read by; what is kept by that name already gets another version. Return its id.

    Raises:
        UnableToKeepMappingError: not a row could be read by it, or the name belongs to another kind of extract.
    """
    if not tried.rows:
        raise UnableToKeepMappingError("Kolonnevalget er ikke gemt: ingen række kunne læses med det.")
    held = ColumnMapping.objects.select_for_update().filter(municipality_id=municipality_id, name=name).first()
    if held is not None and (held.register, held.source or chosen.source) != (chosen.register, chosen.source):
        raise UnableToKeepMappingError(f"»{name}« er et kolonnevalg til en anden slags udtræk. Vælg et andet navn.")
    if held is not None and held.retired_at is None and _same(held, chosen, tried):
        return held.id
    mapping = held or ColumnMapping(municipality_id=municipality_id, name=name, version=0)
    mapping.register, mapping.source = chosen.register, chosen.source
    mapping.headings, mapping.fields = list(tried.headings), dict(chosen.places)
    mapping.constants, mapping.words = dict(chosen.constants), {key: dict(of) for key, of in chosen.words.items()}
    return _saved(mapping, tried, actor_id, now)


@transaction.atomic
def use_version(*, mapping_id: UUID, number: int, actor_id: UUID, now: datetime) -> int:
    """Take an earlier version into use again, as a new one; return its number.

    Raises:
        MappingNotVisibleError: there is no such version.
    """
    mapping = _held(mapping_id)
    version = ColumnMappingVersion.objects.filter(mapping=mapping, number=number).first()
    if version is None:
        raise MappingNotVisibleError
    mapping.headings, mapping.fields = version.headings, version.fields
    mapping.constants, mapping.words = version.constants, version.words
    _saved(mapping, Tried(version.file, tuple(version.headings), version.rows, version.errors), actor_id, now)
    return mapping.version


@transaction.atomic
def retire_mapping(*, mapping_id: UUID, retired: bool, now: datetime) -> None:
    """Let files be read by it no more, or again; its versions are kept.

    Raises:
        MappingNotVisibleError: there is none such.
    """
    mapping = _held(mapping_id)
    mapping.retired_at = now if retired else None
    mapping.save(update_fields=["retired_at"])


def _held(mapping_id: UUID) -> ColumnMapping:
    mapping = ColumnMapping.objects.select_for_update().filter(id=mapping_id).first()
    if mapping is None:
        raise MappingNotVisibleError
    return mapping


def _same(held: ColumnMapping, chosen: ChosenColumns, tried: Tried) -> bool:
    now = (held.headings, held.fields, held.constants, held.words)
    return now == (list(tried.headings), dict(chosen.places), dict(chosen.constants), dict(chosen.words))


def _saved(mapping: ColumnMapping, tried: Tried, actor_id: UUID, now: datetime) -> UUID:
    mapping.version += 1
    mapping.saved_by_id, mapping.saved_at, mapping.retired_at = actor_id, now, None
    mapping.save()
    ColumnMappingVersion.objects.create(
        municipality_id=mapping.municipality_id,
        mapping=mapping,
        number=mapping.version,
        headings=mapping.headings,
        fields=mapping.fields,
        constants=mapping.constants,
        words=mapping.words,
        file=tried.file,
        rows=tried.rows,
        errors=tried.errors,
        saved_by_id=actor_id,
        saved_at=now,
    )
    return mapping.id
