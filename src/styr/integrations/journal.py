"""Writes the journal of an import: the run, its files and their problems, each call inside the caller's transaction."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from styr.access.crypto import seal, unseal
from styr.integrations.core.landings import Landing
from styr.integrations.core.problems import Problem
from styr.integrations.core.report import TableCount
from styr.integrations.core.status import FileStatus, RunStatus
from styr.integrations.models import ImportFile, ImportLanding, ImportProblem, ImportRun
from styr.kernel.ids import uuid7

DOCUMENT_KIND = "e-faktura"
"""What stands in `kinds` of an e-invoice, which is no register."""

_UPSERT = """
    INSERT INTO integrations_importfile AS f (municipality_id, run_id, read_at, id, name, sha256, size, kinds, status,
                                              rows_new, rows_changed, rows_unchanged, content)
    SELECT %s, %s, greatest(%s, l.latest + interval '1 microsecond'), u.id, u.name, u.sha256, u.size, u.kinds::jsonb,
           u.status, u.new, u.changed, u.unchanged, u.content
    FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::int[], %s::int[],
                %s::int[], %s::bytea[])
         AS u (id, name, sha256, size, kinds, status, new, changed, unchanged, content),
         (SELECT max(read_at) AS latest FROM integrations_importfile WHERE status = 'landed') AS l
    ON CONFLICT (municipality_id, sha256, name) DO UPDATE SET
        run_id = excluded.run_id, size = excluded.size, kinds = excluded.kinds, status = excluded.status,
        rows_new = excluded.rows_new, rows_changed = excluded.rows_changed, rows_unchanged = excluded.rows_unchanged,
        content = excluded.content, read_at = excluded.read_at
    RETURNING f.id, f.name, f.sha256, f.xmax = 0
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One file as it goes into the journal; `content` is kept (encrypted) where it is given."""

    name: str
    sha256: str
    size: int
    status: FileStatus
    kinds: tuple[str, ...] = ()
    counts: TableCount = field(default_factory=TableCount)
    problems: Sequence[Problem] = ()
    content: bytes | None = field(default=None, repr=False)


def open_run(*, municipality_id: UUID, actor: str, sources: Sequence[str], now: datetime) -> UUID:
    """Begin a run; runs that a kill left behind are marked as interrupted (the caller holds the import's lock)."""
    ImportRun.objects.filter(status=RunStatus.RUNNING.value).update(status=RunStatus.INTERRUPTED.value, finished_at=now)
    run = ImportRun.objects.create(
        municipality_id=municipality_id,
        started_at=now,
        status=RunStatus.RUNNING.value,
        actor=actor,
        sources=list(sources),
    )
    return run.id


def earlier_unfinished(run_id: UUID) -> bool:
    """Whether an import since the last finished one was stopped, so that what was to follow it has not been done."""
    others = ImportRun.objects.exclude(id=run_id)
    finished = (
        others.filter(status=RunStatus.FINISHED.value).order_by("-started_at").values_list("started_at", flat=True)
    )
    stopped = others.filter(status__in=[RunStatus.INTERRUPTED.value, RunStatus.FAILED.value])
    latest = finished.first()
    return (stopped if latest is None else stopped.filter(started_at__gte=latest)).exists()


def close_run(run_id: UUID, *, status: RunStatus, outcome: Mapping[str, Any], now: datetime) -> None:
    """End a run with what came of it."""
    ImportRun.objects.filter(id=run_id).update(status=status.value, finished_at=now, outcome=dict(outcome))


def landed_hashes(hashes: Collection[str]) -> set[str]:
    """Those of the SHA-256 hashes whose file has landed."""
    found = ImportFile.objects.filter(sha256__in=hashes, status=FileStatus.LANDED.value)
    return set(found.values_list("sha256", flat=True))


def register_landings() -> list[Landing]:
    """All register files that have landed, in the order in which they last did."""
    found = ImportFile.objects.filter(status=FileStatus.LANDED.value).exclude(kinds=[DOCUMENT_KIND])
    ordered = found.order_by("read_at", "id").values_list("sha256", "kinds")
    return [Landing(sha256, frozenset(kinds)) for sha256, kinds in ordered]


def has_problem(code: str) -> bool:
    """Whether a file is kept out for that problem."""
    return ImportProblem.objects.filter(code=code, file__status=FileStatus.FAILED.value).exists()


def record(run_id: UUID, entries: Sequence[FileEntry], *, municipality_id: UUID, now: datetime) -> dict[str, UUID]:
    """Write files and their problems; a file that was there by name and hash is brought up to date, not doubled.

    Each call is later than everything that has landed before, so that `read_at` tells the order of landing also within
    a run and when a clock is set back.

    Returns:
        sha256 → the file's id, for files that landed or failed with their bytes known.
    """
    once = list({(entry.name, entry.sha256): entry for entry in entries}.values())
    columns = zip(*(_columns(entry, municipality_id) for entry in once), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, [municipality_id, run_id, now, *(list(column) for column in columns)])
        stored = cursor.fetchall()
    ids = {(name, sha256): pk for pk, name, sha256, _ in stored}
    ImportProblem.objects.filter(file_id__in=[pk for pk, _, _, is_new in stored if not is_new]).delete()
    ImportProblem.objects.bulk_create(
        [row for entry in once for row in _problems(ids[entry.name, entry.sha256], entry.problems, municipality_id)],
        batch_size=2_000,
    )
    return {sha256: pk for (_, sha256), pk in ids.items() if sha256}


def record_landing(run_id: UUID, *, municipality_id: UUID) -> None:
    """Note which context of the change history the transaction that is open belongs to; called after `record`.

    `record` has written to a tracked table, so the context is that of this transaction's token and no earlier one.
    """
    ImportLanding.objects.get_or_create(municipality_id=municipality_id, run_id=run_id, context_id=context_now())


def context_now() -> UUID:
    """The context under which the change history has last recorded something in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('styr.context')::uuid")
        found: UUID = cursor.fetchone()[0]
    return found


def kept_content(file_id: UUID) -> bytes | None:
    """The bytes of a file that was kept out, as they came; None where none were kept."""
    file = ImportFile.objects.only("content", "municipality_id", "sha256").get(id=file_id)
    if file.content is None:
        return None
    return unseal(file.content, place=_place(file.municipality_id, file.sha256))


def keep_content(run_id: UUID, sha256: str, data: bytes) -> None:
    """Keep the bytes of a file of a run, encrypted, with its line in the journal."""
    for file in ImportFile.objects.filter(run_id=run_id, sha256=sha256):
        file.content = seal(data, place=_place(file.municipality_id, sha256))
        file.save(update_fields=["content"])


def _columns(entry: FileEntry, municipality_id: UUID) -> tuple[object, ...]:
    return (
        uuid7(),
        entry.name,
        entry.sha256,
        entry.size,
        json.dumps(sorted(entry.kinds), ensure_ascii=False),
        entry.status.value,
        entry.counts.new,
        entry.counts.changed,
        entry.counts.unchanged,
        None if entry.content is None else seal(entry.content, place=_place(municipality_id, entry.sha256)),
    )


def _place(municipality_id: UUID, sha256: str) -> str:
    """Bound to what the bytes are and whose: the row's own key may be that of an earlier try."""
    return f"integrations_importfile|content|{municipality_id}|{sha256}"


def _problems(file_id: UUID, found: Sequence[Problem], municipality_id: UUID) -> Iterable[ImportProblem]:
    for position, problem in enumerate(found, start=1):
        yield ImportProblem(
            municipality_id=municipality_id,
            file_id=file_id,
            position=position,
            code=problem.code,
            severity=problem.severity.value,
            sheet=(problem.sheet or "")[:100],
            row=problem.row,
            column=(problem.column or "")[:100],
            value=(problem.value or "")[:100],
            message=problem.message,
            mend=problem.mend,
        )
