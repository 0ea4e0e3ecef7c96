"""Everything about one citizen, table by table, in words that a citizen can read: for access requests and archives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from styr.audit.core.changes import changed_fields
from styr.audit.history import shown_fields
from styr.audit.reach import Reached


@dataclass(frozen=True, slots=True)
class DossierTable:
    """The rows of one kind: its Danish name, and each row as (label, text) pairs without empty fields."""

    label: str
    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


def dossier(reached: Reached, *, names: Mapping[str, str]) -> Iterator[DossierTable]:
    """Yield the tables that hold anything, in the order of their names; one query a table.

    `names` gives the Danish names of rows that are pointed at (units, suppliers), by id. Keys, hashes and encrypted
    values are left out: the CPR number is the caller's to add.
    """
    for label in sorted(reached):
        model = apps.get_model(label)
        fields = shown_fields(model)
        columns = {field.name for field in fields}
        found = model._default_manager.filter(pk__in=reached[label]).order_by("pk")  # noqa: SLF001 -- Django's public name
        rows = tuple(
            tuple((one.label, one.after) for one in changed_fields(None, _facts(row, columns), fields, names))
            for row in found.iterator()
        )
        if rows:
            title = str(model._meta.verbose_name_plural)  # noqa: SLF001 -- Django's public name
            yield DossierTable(label, title[:1].upper() + title[1:], rows)


def _facts(row: models.Model, columns: set[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in columns}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
