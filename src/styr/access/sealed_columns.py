"""The register of everything encrypted: which columns the versioned keys of `STYR_CPR_KEYS` lock."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from styr.access.cpr_field import EncryptedCprField
from styr.audit.event import Event


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column of `crypto.encrypt`'s bytes, by the database's names.

    `place` is the associated data with the row's columns in braces ("people_citizen|cpr|{id}"); it is None for the
    history's copies, which nobody may change, a rotation as little as anybody else.
    """

    table: str
    column: str
    key: str
    place: str | None

    @property
    def bound(self) -> tuple[str, ...]:
        """The columns that the place is made of."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.place or "") if name)

    def place_of(self, row: Mapping[str, object]) -> str:
        """The place of one row; raises `TypeError` for a copy in the history."""
        if self.place is None:
            raise TypeError(f"{self.table} is history and is never sealed anew")
        return self.place.format_map(row)


def sealed_columns() -> list[SealedColumn]:
    """Every encrypted column of the program, by table.

    Fields of `EncryptedCprField` are found by themselves, with their copies in the history; a domain that encrypts
    bytes of its own names the column and its place in the setting `STYR_SEALED_COLUMNS`.
    """
    found = [
        _of_cpr(model, str(field.column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields  # noqa: SLF001 -- Django's public name
        if isinstance(field, EncryptedCprField)
    ]
    named: list[tuple[str, str, str]] = settings.STYR_SEALED_COLUMNS
    found += [_named(label, field, place) for label, field, place in named]
    return sorted(found, key=lambda column: (column.table, column.column))


def _of_cpr(model: type[Model], column: str) -> SealedColumn:
    table, key = model._meta.db_table, str(model._meta.pk.column)  # noqa: SLF001 -- Django's public name
    place = None if issubclass(model, Event) else f"{table}|{column}|{{{key}}}"
    return SealedColumn(table, column, key, place)


def _named(label: str, field: str, place: str) -> SealedColumn:
    meta = apps.get_model(label)._meta  # noqa: SLF001 -- Django's public name
    return SealedColumn(meta.db_table, str(meta.get_field(field).column), str(meta.pk.column), place)
