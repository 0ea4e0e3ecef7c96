"""Everything about one citizen, table by table, in words that a citizen can read: for access requests and archives."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from styr.audit.core.changes import changed_fields
from styr.audit.history import named_keys, names_of, shown_fields
from styr.audit.reach import Reached


@dataclass(frozen=True, slots=True)
class DossierTable:
    """The rows of one kind: its Danish name, and each row as (label, text) pairs without empty fields."""

    label: str
    title: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


def dossier(reached: Reached) -> Iterator[DossierTable]:
    """Yield the tables that hold anything, in the order of their names; one query a table, and one for all names.

    Keys, hashes and encrypted values are left out: the CPR number is the caller's to add.
    """
    found = {label: list(_rows(apps.get_model(label), reached[label])) for label in sorted(reached)}
    names = names_of(_pointers(found))
    for label, rows in found.items():
        model = apps.get_model(label)
        fields = shown_fields(model)
        told = tuple(
            tuple((one.label, one.after) for one in changed_fields(None, facts, fields, names)) for facts in rows
        )
        if told:
            title = str(model._meta.verbose_name_plural)  # noqa: SLF001 -- Django's public name
            yield DossierTable(label, title[:1].upper() + title[1:], told)


def _rows(model: Any, ids: set[UUID]) -> Iterator[dict[str, Any]]:
    columns = [field.name for field in shown_fields(model)]
    for row in model._default_manager.filter(pk__in=ids).order_by("pk").iterator():  # noqa: SLF001 -- Django's public name
        yield {name: _plain(getattr(row, name)) for name in columns}


def _pointers(found: dict[str, list[dict[str, Any]]]) -> dict[type[models.Model], set[str]]:
    pointers: dict[type[models.Model], set[str]] = {}
    for label, rows in found.items():
        for column, target in named_keys(apps.get_model(label)).items():
            pointers.setdefault(target, set()).update(facts[column] for facts in rows if facts.get(column))
    return pointers


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
