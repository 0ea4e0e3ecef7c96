"""What the audit trail (revisionsspor) tells: everything about one citizen, to be handed out on request."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from styr.audit.core.changes import Change, FieldChange
from styr.audit.event import Event
from styr.audit.history import record_history
from styr.audit.models import ReadLog

__all__ = ["Change", "FieldChange", "LogRow", "ReadFilter", "ReadRow", "citizen_log", "reads_of", "record_history"]

CITIZEN = "people.citizen"
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of a citizen's log (borgerens log, GDPR art. 15): `kind` is read | insert | update | delete.

    `what` is a page or a table's Danish name; `facts` are the row's values after the change (before it, for a
    delete), encrypted values and their indexes left out.
    """

    at: datetime
    kind: str
    what: str
    user_id: UUID | None
    purpose: str
    facts: dict[str, str]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One look at a citizen: `who` is a person's name, or empty for a job, whose kind is `job`."""

    at: datetime
    who: str
    user_id: UUID | None
    job: str
    page: str
    purpose: str
    others: int


@dataclass(frozen=True, slots=True)
class ReadFilter:
    """Which looks are asked for: by whom (a part of the name, or of a job's kind), and from and to which day."""

    who: str = ""
    since: date | None = None
    until: date | None = None


def reads_of(
    citizen_id: UUID, wanted: ReadFilter, *, oldest: bool = False, part: tuple[int, int] = (0, 100)
) -> tuple[list[ReadRow], int]:
    """Who looked at the citizen (hvem har set), the latest first, and how many looks there are; two queries.

    `part` is the first look and how many. `others` counts the other citizens that the same page showed. Only for those
    who may see logs.
    """
    found = ReadLog.objects.filter(id__in=RawSQL("SELECT audit_reads_of(%s)", [citizen_id]))
    if wanted.who:
        found = found.filter(Q(actor__name__icontains=wanted.who) | Q(actor__isnull=True, job__icontains=wanted.who))
    if wanted.since:
        found = found.filter(read_at__date__gte=wanted.since)
    if wanted.until:
        found = found.filter(read_at__date__lte=wanted.until)
    order = ("read_at", "id") if oldest else ("-read_at", "-id")
    rows = found.select_related("actor").order_by(*order)[part[0] : part[0] + part[1]]
    told = [
        ReadRow(
            at=row.read_at,
            who="" if row.actor is None else str(row.actor),
            user_id=row.actor_id,
            job=row.job,
            page=row.page,
            purpose=row.purpose,
            others=len(row.citizens) - 1,
        )
        for row in rows
    ]
    return told, found.count()


def citizen_log(citizen_id: UUID) -> list[LogRow]:
    """Every read and every change of the citizen's rows that the scope sees, oldest first."""
    rows = [*_reads(citizen_id), *_changes(citizen_id)]
    return sorted(rows, key=lambda row: row.at)


def _reads(citizen_id: UUID) -> Iterator[LogRow]:
    ids = RawSQL("SELECT audit_reads_of(%s)", [citizen_id])
    for read in ReadLog.objects.filter(id__in=ids).iterator():
        yield LogRow(read.read_at, "read", read.page, read.actor_id, read.purpose or read.job, {})


def _changes(citizen_id: UUID) -> Iterator[LogRow]:
    """The citizen's own events, those of rows naming the citizen, and those of rows naming such rows (their lines)."""
    known: dict[str, set[UUID]] = {CITIZEN: {citizen_id}}
    told: dict[tuple[str, int], LogRow] = {}
    for _ in range(_DEEPEST):
        before = len(told)
        for model in _event_models():
            condition = _about(model, known)
            if condition is None:
                continue
            for event in model._default_manager.filter(condition).select_related("pgh_context"):  # noqa: SLF001 -- Django's public name
                known.setdefault(_tracked(model), set()).add(event.pgh_obj_id)
                told[_tracked(model), event.pk] = _row(event)
        if len(told) == before:
            break
    yield from told.values()


def _event_models() -> list[type[Any]]:
    return [model for model in apps.get_models() if issubclass(model, Event)]


def _tracked(model: type[Any]) -> str:
    return str(model.pgh_tracked_model._meta.label_lower)  # noqa: SLF001 -- Django's public name


def _about(model: type[Any], known: dict[str, set[UUID]]) -> Q | None:
    """Which of the model's events tell about the known rows; None when it has no column that could."""
    condition = None
    for field in model._meta.concrete_fields:  # noqa: SLF001 -- Django's public name
        target = field.related_model._meta.label_lower if isinstance(field, models.ForeignKey) else None  # noqa: SLF001 -- as above
        if target in known:
            found = Q(**{f"{field.attname}__in": known[target]})
            condition = found if condition is None else condition | found
    return condition


def _row(event: Any) -> LogRow:
    context = event.pgh_context.metadata if event.pgh_context else {}
    facts = {
        str(field.verbose_name): str(value)
        for field in event._meta.concrete_fields  # noqa: SLF001 -- Django's public name
        if not field.name.startswith("pgh_")
        and not field.name.endswith("_index")
        and not isinstance(field, models.BinaryField)
        and (value := getattr(event, field.attname)) is not None
    }
    user = context.get("user")
    what = str(event.pgh_tracked_model._meta.verbose_name)  # noqa: SLF001 -- Django's public name
    return LogRow(
        event.pgh_created_at,
        event.pgh_label,
        what,
        UUID(user) if user else None,
        str(context.get("purpose") or ""),
        facts,
    )
