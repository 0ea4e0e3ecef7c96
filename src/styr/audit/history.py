"""The history of one record and of its parts, read out of the event tables."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.utils import timezone
from psycopg import sql

from styr.audit.core.changes import HIDDEN, Change, FieldChange, ShownField, changed_fields
from styr.audit.event import Event

_NAMED_BY_ITSELF = frozenset({"status", "format"})  # Danish words that are also the fields' English names
_NEVER = frozenset({"id", "municipality", "evidence", "sort_key"})
_CITIZENS = "people.citizen"  # a name is a read of the citizen: a history gives none
_JOBS = {
    "import": "Import",
    "control": "Kontrollen",
    "demo": "Eksemplet",
    "rotate": "Nøgleskift",
    "setup": "Opsætning",
}
_QUERY = sql.SQL(
    "WITH e AS ({events}) SELECT e.label, e.record, e.pgh_id, e.kind, e.at, e.facts, "
    "lag(e.facts) OVER (PARTITION BY e.label, e.record ORDER BY e.pgh_id) AS before, "
    "(c.metadata ->> 'user')::uuid, u.name, c.metadata ->> 'purpose' "
    "FROM e LEFT JOIN pghistory_context c ON c.id = e.context "
    "LEFT JOIN {users} u ON u.id = (c.metadata ->> 'user')::uuid "
    "ORDER BY e.at DESC, e.pgh_id DESC LIMIT {most}"
)
_EVENTS = sql.SQL(
    "SELECT {label} AS label, pgh_obj_id AS record, pgh_id, pgh_label AS kind, pgh_created_at AS at, "
    "pgh_context_id AS context, to_jsonb(t) - {left_out}::text[] AS facts FROM {table} t WHERE {about}"
)


def record_history(
    model: str,
    record_id: UUID,
    *,
    parts: Sequence[str] = (),
    hidden: Collection[str] = (),
    most: int = 200,
) -> tuple[Change, ...]:
    """Who changed the record, when, and which field from what to what; the latest first. Two queries at most.

    Args:
        model: the record's model, as in `"grants.Grant"`.
        record_id: its id.
        parts: models whose rows belong to it and name it (or an earlier part) by a foreign key, parents first:
            `("grants.ServiceLine", "grants.OwnRate")`.
        hidden: names of fields whose change is told but not their values (an address under protection).
        most: at most so many changes.

    What the scope may not see is not told. CPR numbers, keyed hashes and encrypted values are never shown. A citizen's
    history names the citizen: log the read (`people.queries.visible_citizen`) before showing it.
    """
    chain = [event_model(label) for label in (model, *parts)]
    rows = _fetch(chain, record_id, most)
    shown = {_label(event): shown_fields(event) for event in chain}
    names = names_of(_pointers(rows, chain))
    return tuple(_change(row, shown, names, frozenset(hidden)) for row in rows)


def _fetch(chain: Sequence[type[Event]], record_id: UUID, most: int) -> list[tuple[Any, ...]]:
    about: dict[str, sql.Composable] = {_label(chain[0]): sql.SQL("pgh_obj_id = {}").format(sql.Literal(record_id))}
    for part in chain[1:]:
        about[_label(part)] = _about_part(part, chain, about)
    branches = [
        _EVENTS.format(
            label=sql.Literal(_label(event)),
            left_out=sql.Literal(_left_out(event)),
            table=sql.Identifier(_meta(event).db_table),
            about=about[_label(event)],
        )
        for event in chain
    ]
    users = sql.Identifier(get_user_model()._meta.db_table)  # noqa: SLF001 -- Django's public name
    query = _QUERY.format(events=sql.SQL(" UNION ALL ").join(branches), users=users, most=sql.Literal(most))
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(None))
        return [(*row[:5], _parsed(row[5]), _parsed(row[6]), *row[7:]) for row in cursor.fetchall()]


def _parsed(facts: Any) -> Any:
    return json.loads(facts) if isinstance(facts, str) else facts


def _about_part(part: type[Event], chain: Sequence[type[Event]], about: dict[str, sql.Composable]) -> sql.Composable:
    """The part's rows are those whose foreign key names a row of a model before it in the chain."""
    for field in _meta(part).concrete_fields:
        if field.name.startswith("pgh_") or not isinstance(field, models.ForeignKey):
            continue
        parent = next((event for event in chain if _label(event) in about and _names_row_of(field, event)), None)
        if parent is not None:
            return sql.SQL("{} IN (SELECT pgh_obj_id FROM {} WHERE {})").format(
                sql.Identifier(field.attname), sql.Identifier(_meta(parent).db_table), about[_label(parent)]
            )
    raise LookupError(f"{_label(part)} names none of {', '.join(about)}")


def _names_row_of(field: models.ForeignKey[Any, Any], event: type[Event]) -> bool:
    return bool(_meta(field.related_model).label_lower == _label(event))


def names_of(pointers: dict[type[models.Model], set[str]]) -> dict[str, str]:
    """The name or number of rows that are pointed at, by id; one query, none when there is nothing to name."""
    branches = [
        sql.SQL("SELECT id::text, {}::text FROM {} WHERE id = ANY({}::uuid[])").format(
            sql.Identifier(column), sql.Identifier(_meta(model).db_table), sql.Literal(sorted(ids))
        )
        for model, ids in pointers.items()
        if (column := _naming_column(model)) and ids
    ]
    if not branches:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(" UNION ALL ").join(branches).as_string(None))
        return dict(cursor.fetchall())


def _pointers(rows: Iterable[tuple[Any, ...]], chain: Sequence[type[Event]]) -> dict[type[models.Model], set[str]]:
    found: dict[type[models.Model], set[str]] = {}
    columns = {_label(event): named_keys(event) for event in chain}
    for row in rows:
        for facts in (row[5], row[6] or {}):
            for column, target in columns[row[0]].items():
                if facts.get(column):
                    found.setdefault(target, set()).add(str(facts[column]))
    return found


def named_keys(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """The model's columns that point at rows with a name or a number, and at which; citizens have none here."""
    return {
        field.attname: field.related_model
        for field in _meta(model).concrete_fields
        if isinstance(field, models.ForeignKey) and _is_shown(field) and _naming_column(field.related_model)
    }


def _naming_column(model: type[models.Model]) -> str | None:
    if model._meta.label_lower == _CITIZENS:  # noqa: SLF001 -- Django's public name
        return None
    own = {field.name for field in _meta(model).concrete_fields}
    return next((name for name in ("name", "number") if name in own), None)


def _change(
    row: tuple[Any, ...], shown: dict[str, tuple[ShownField, ...]], names: dict[str, str], hidden: frozenset[str]
) -> Change:
    label, record, _, kind, at, facts, before, user_id, user, purpose = row
    complete = kind != "update" or before is not None
    fields: tuple[FieldChange, ...] = ()
    if kind == "delete":
        before, facts = facts, {}
    if complete:
        seen = tuple(field for field in shown[label] if field.name not in hidden)
        fields = changed_fields(before, facts, seen, names) + _veiled(before, facts, shown[label], hidden)
    return Change(
        at=timezone.localtime(at),
        kind=kind,
        what=str(_meta(apps.get_model(label)).verbose_name),
        record_id=record,
        user_id=user_id,
        who=user or _JOBS.get(purpose or "", "Programmet"),
        fields=fields,
        complete=complete,
    )


def _veiled(
    before: dict[str, Any] | None, after: dict[str, Any], shown: tuple[ShownField, ...], hidden: frozenset[str]
) -> tuple[FieldChange, ...]:
    touched = [one for one in shown if one.name in hidden and (before or {}).get(one.name) != after.get(one.name)]
    return tuple(FieldChange(one.label, HIDDEN, HIDDEN) for one in touched)


def shown_fields(model: type[models.Model]) -> tuple[ShownField, ...]:
    """The columns of a model, or of its events, that people may be shown: nothing keyed, hashed or encrypted."""
    return tuple(
        ShownField(
            name=field.attname,
            label=str(field.verbose_name),
            read=field.to_python,
            choices={str(code): str(name) for code, name in field.flatchoices},
        )
        for field in _meta(model).concrete_fields
        if _is_shown(field) and (not field.is_relation or _naming_column(field.related_model))
    )


def _is_shown(field: Any) -> bool:
    """A field that people know by a Danish name; not keys, hashes, nor anything encrypted."""
    if field.name in _NEVER or field.name.startswith("pgh_") or field.name.endswith("_index"):
        return False
    if isinstance(field, models.BinaryField | models.UUIDField):
        return False
    return str(field.verbose_name) != field.name.replace("_", " ") or field.name in _NAMED_BY_ITSELF


def _left_out(event: type[Event]) -> list[str]:
    """Columns that never leave the database with a history."""
    return [field.column for field in _meta(event).concrete_fields if not _is_shown(field)]


def event_model(label: str) -> type[Event]:
    """The event model of a tracked model, as in `"grants.Grant"`."""
    tracked = apps.get_model(label)
    found: type[Event] = apps.get_model(tracked._meta.app_label, f"{tracked.__name__}Event")  # noqa: SLF001 -- Django's public name
    return found


def _label(event: type[Event]) -> str:
    tracked: Any = event.pgh_tracked_model
    return str(tracked._meta.label_lower)  # noqa: SLF001 -- Django's public name


def _meta(model: type[models.Model]) -> Any:
    return model._meta  # noqa: SLF001 -- Django's public name
