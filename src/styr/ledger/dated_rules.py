"""Change, end, confirm and take back dated rules, whichever domain they are of; every change is kept with both sides.

A domain tells its rules as a `RuleKind` (`register`); the pages below /opsaetning/regler/ are the same for all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils.timezone import localdate

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.kernel.refusal import NotThere, Refusal
from styr.ledger.core.dated import RuleRow, from_day_on, in_force
from styr.ledger.models import RuleChange, RuleCheck

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from django.db import models

_KINDS: Final[dict[str, RuleKind]] = {}
_LEAVE_OUT: Final = {"id", "municipality_id"}


class UnableToSetRuleError(Refusal):
    """The rule cannot be set, ended or taken back so; the message says why."""


class RuleNotThereError(NotThere):
    """There is no such rule or change for the caller."""

    def __init__(self) -> None:
        super().__init__("Reglen findes ikke.")


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Where a municipality's own rows are; `key` are the columns that say what a row is a rule about."""

    what: str
    model: type[models.Model]
    key: tuple[str, ...]
    permission: Permission = Permission.CHANGE_SETTINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleKind:
    """A set of dated rules (regelsæt): what came with the program, the municipality's own, and how they are shown.

    `form` is a Django form whose `save(municipality_id, actor_id, now)` sets a rule; none where nothing can be set.
    A set that is not `dated` by days has a row a key (a year's limits), which is there or not. `begins` is the heading
    of its days; `address` is the URL name of a list of its own, for rules that are too many to stand on one page.
    """

    table: RuleTable
    title: str
    about: str
    columns: tuple[str, ...]
    reference: Callable[[], Sequence[RuleRow]]
    own: Callable[[], Sequence[RuleRow]]
    form: Callable[..., Any] | None = None
    dated: bool = True
    begins: str = "Gælder"
    address: str = ""

    @property
    def what(self) -> str:
        """The word in its address."""
        return self.table.what

    def rows(self) -> list[RuleRow]:
        """Every row with the days it holds. One query."""
        return in_force(self.reference(), self.own())


def register(kind: RuleKind) -> None:
    """Let a set of rules be seen and changed."""
    _KINDS[kind.what] = kind


def kinds() -> tuple[RuleKind, ...]:
    """Every set of rules, by title."""
    return tuple(sorted(_KINDS.values(), key=lambda kind: kind.title))


def kind_named(what: str) -> RuleKind:
    """The set of rules of a name; raises `RuleNotThereError`."""
    try:
        return _KINDS[what]
    except KeyError:
        raise RuleNotThereError from None


@transaction.atomic
def hold_from(  # noqa: PLR0913 - a rule's parts, by keyword
    table: RuleTable,
    *,
    municipality_id: UUID,
    key: Mapping[str, Any],
    values: Mapping[str, Any] | None,
    day: date,
    title: str,
    actor_id: UUID | None,
    now: datetime,
) -> UUID:
    """Let a municipality's own rule hold from a day on (None: end there), and return the change.

    What held before ends on that day, what was to come later gives way; both are kept in the change.

    Raises:
        UnableToSetRuleError: the actor's roles do not cover the whole municipality, or there is nothing to end.
    """
    before = _rows(table, municipality_id, key)
    after = from_day_on(before, None if values is None else {**key, **values}, day)
    if values is None and after == before:
        raise UnableToSetRuleError("Der er ingen egen regel, der gælder på den dag.")
    return rewrite(table, municipality_id=municipality_id, key=key, rows=after, title=title, actor_id=actor_id, now=now)


@transaction.atomic
def rewrite(  # noqa: PLR0913 - as above
    table: RuleTable,
    *,
    municipality_id: UUID,
    key: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    title: str,
    actor_id: UUID | None,
    now: datetime,
    unit_id: UUID | None = None,
) -> UUID:
    """Let these be the rows of a rule, keep what was, and return the change. `unit_id`: whose rule it is, if a unit's.

    Raises:
        UnableToSetRuleError: no role of the actor's covers the unit, or the whole municipality.
    """
    _only_by_right(table, actor_id, unit_id, now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('rules'), hashtext(%s))", [str(municipality_id)])
    before = _rows(table, municipality_id, key)
    _write(table, municipality_id, before, rows)
    change = RuleChange.objects.create(
        municipality_id=municipality_id,
        what=table.what,
        key=_word(key),
        title=title[:200],
        before=before,
        after=_rows(table, municipality_id, key),
        made_at=now,
        made_by_id=actor_id,
    )
    return change.id


def end_own(  # noqa: PLR0913 - as above
    *, what: str, key: str, municipality_id: UUID, day: date, actor_id: UUID, now: datetime
) -> UUID:
    """Let a municipality's own rule end on a day, so that the program's holds again; return the change.

    Raises:
        RuleNotThereError: the municipality has no such rule of its own.
        UnableToSetRuleError: it does not hold on that day, or the actor may not.
    """
    kind = kind_named(what)
    row = next((row for row in kind.own() if row.key == key), None)
    if row is None:
        raise RuleNotThereError
    told: dict[str, Any] = {"municipality_id": municipality_id, "key": row.about, "actor_id": actor_id, "now": now}
    title = f"{row.title}: egen regel ophører"
    if not kind.dated:
        return rewrite(kind.table, rows=[], title=title, **told)
    return hold_from(kind.table, values=None, day=day, title=title, **told)


@transaction.atomic
def take_back(*, change_id: UUID, actor_id: UUID, now: datetime) -> str:
    """Make a rule what it was before a change; return the name of its set.

    Raises:
        RuleNotThereError: there is no such change for the caller.
        UnableToSetRuleError: it is taken back already, the rule has been changed since, or the actor may not.
    """
    change = RuleChange.objects.select_for_update().filter(id=change_id).first()
    if change is None:
        raise RuleNotThereError
    table = kind_named(change.what).table
    _only_by_right(table, actor_id, _unit_of(change), now)
    if change.undone_at is not None:
        raise UnableToSetRuleError("Ændringen er allerede fortrudt.")
    key = json.loads(change.key)
    current = _rows(table, change.municipality_id, key)
    if _plain(current) != change.after:
        raise UnableToSetRuleError("Reglen er ændret igen siden. Fortryd den seneste ændring først.")
    _write(table, change.municipality_id, current, change.before)
    change.undone_at, change.undone_by_id = now, actor_id
    change.save(update_fields=["undone_at", "undone_by"])
    return change.what


@transaction.atomic
def confirm(*, what: str, check_key: str, municipality_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Note that a row of the program has been looked up at its source today.

    Raises:
        RuleNotThereError: no such row came with the program.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    kind = kind_named(what)
    _only_by_right(kind.table, actor_id, None, now)
    row = next((row for row in kind.reference() if row.check_key == check_key), None)
    if row is None:
        raise RuleNotThereError
    noted = {"content": row.content, "checked_on": localdate(now), "checked_by_id": actor_id}
    RuleCheck.objects.update_or_create(municipality_id=municipality_id, what=what, key=check_key, defaults=noted)


@transaction.atomic
def unconfirm(*, what: str, check_key: str, actor_id: UUID, now: datetime) -> None:
    """Take a confirmation back; raises `UnableToSetRuleError`."""
    _only_by_right(kind_named(what).table, actor_id, None, now)
    RuleCheck.objects.filter(what=what, key=check_key).delete()


def _only_by_right(table: RuleTable, actor_id: UUID | None, unit_id: UUID | None, now: datetime) -> None:
    """An import or the demonstration (no actor) is held by its own scope."""
    if actor_id and not may_in(user_id=actor_id, permission=table.permission, unit_id=unit_id, on=localdate(now)):
        raise UnableToSetRuleError("Reglen gælder hele kommunen. Den ændres af en, der har rollen for alle enheder.")


def _unit_of(change: RuleChange) -> UUID | None:
    rows = change.after or change.before
    unit: UUID | None = rows[0].get("unit_id") if rows else None
    return unit


def _columns(table: RuleTable) -> list[Any]:
    return list(table.model._meta.concrete_fields)  # noqa: SLF001 -- Django's public name


def _rows(table: RuleTable, municipality_id: UUID, key: Mapping[str, Any]) -> list[dict[str, Any]]:
    names = [column.attname for column in _columns(table) if column.attname != "municipality_id"]
    found = table.model._default_manager.filter(municipality_id=municipality_id, **key).order_by("id")  # noqa: SLF001 -- as above
    return list(found.values(*names))


def _write(
    table: RuleTable, municipality_id: UUID, before: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]
) -> None:
    """Rows that go, then those that change, then new ones: no two periods ever overlap on the way."""
    read = {column.attname: column.to_python for column in _columns(table)}
    wanted = [{name: read[name](value) for name, value in row.items()} for row in rows]
    manager = table.model._default_manager  # noqa: SLF001 -- Django's public name
    ids = {row["id"] for row in wanted if "id" in row}
    known = {row["id"]: row for row in before}
    manager.filter(id__in=known.keys() - ids).delete()
    for row in wanted:
        if row.get("id") in known and row != known[row["id"]]:
            manager.filter(id=row["id"]).update(**{name: row[name] for name in row.keys() - _LEAVE_OUT})
    manager.bulk_create(
        table.model(municipality_id=municipality_id, **row) for row in wanted if row.get("id") not in known
    )


def _plain(rows: Sequence[Mapping[str, Any]]) -> Any:
    return json.loads(json.dumps(rows, cls=DjangoJSONEncoder))


def _word(key: Mapping[str, Any]) -> str:
    return json.dumps(dict(key), sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
