"""Seals (plomber): hash chains over the change history and the read log, and their verification."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.apps import apps
from django.db import connections, transaction
from django.db.models import Model
from psycopg import sql

from styr.audit.event import Event
from styr.audit.models import Gap, ReadLog, Seal, SealMark

GENESIS = "0" * 64
_RUN = 10_000  # rows under one seal


@dataclass(frozen=True, slots=True)
class Broken:
    """A seal that no longer holds: which, and what is wrong (Danish)."""

    seal_id: int
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Source:
    table: str
    key: str
    columns: tuple[str, ...]


def seal(*, municipality_id: UUID, now: datetime) -> int:
    """Seal what has settled since the last visit; gives the number of new seals.

    Runs in a scope of purpose `seal`, in one transaction that shuts out another sealer of the same municipality.
    """
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"styr.seal|{municipality_id}"])
        return sum(_seal_source(source, municipality_id, now) for source in _sources())


def verify(*, municipality_id: UUID) -> list[Broken]:
    """Every seal of the municipality that does not hold; empty when the logs are as they were sealed."""
    broken: list[Broken] = []
    chain = GENESIS
    for held in Seal.objects.filter(municipality_id=municipality_id).order_by("id").iterator():
        broken += _faults(held, chain)
        chain = held.chain
    return broken


def last_chain(*, municipality_id: UUID) -> str:
    """The chain's newest value: kept on paper or elsewhere, it vouches for everything before it."""
    newest = (
        Seal.objects.filter(municipality_id=municipality_id).order_by("-id").values_list("chain", flat=True).first()
    )
    return newest or GENESIS


def digest_of(held: Seal) -> tuple[int, str]:
    """The number of rows under the seal as they are now, and what they hash to."""
    source = _Source(held.source, _key_of(held.source), tuple(held.columns))
    return _digest(source, held.municipality_id, held.first_id, held.last_id)


def holds(held: Seal) -> bool:
    """Whether the rows under the seal are those sealed, less those that its gaps tell were erased."""
    return digest_of(held) == _told(held)


def _told(held: Seal) -> tuple[int, str]:
    """The rows and the hash that the seal, or the latest gap in its run, tells of."""
    gap = Gap.objects.filter(seal=held).order_by("-id").first()
    return (held.row_count, held.digest) if gap is None else (gap.rows_left, gap.digest_left)


def _faults(held: Seal, chain: str) -> Iterator[Broken]:
    if held.previous != chain:
        yield Broken(held.pk, held.source, "kæden er brudt: en plombe før denne er fjernet, tilføjet eller ændret")
    count, digest = digest_of(held)
    told_count, told_digest = _told(held)
    if count != told_count:
        yield Broken(held.pk, held.source, f"der er {count} rækker, hvor {told_count} blev plomberet")
    elif digest != told_digest:
        yield Broken(held.pk, held.source, "en række er ændret, efter at den blev plomberet")
    if _chain(held) != held.chain:
        yield Broken(held.pk, held.source, "selve plomben er ændret")


def _seal_source(source: _Source, municipality_id: UUID, now: datetime) -> int:
    sealed = Seal.objects.filter(municipality_id=municipality_id, source=source.table)
    first = (sealed.order_by("-last_id").values_list("last_id", flat=True).first() or 0) + 1
    made, up_to = 0, _settled(source, municipality_id)
    while last := _end_of_run(source, municipality_id, first, up_to):
        _add(source, municipality_id, (first, last), now)
        first, made = last + 1, made + 1
    return made


def _settled(source: _Source, municipality_id: UUID) -> int:
    """The number up to which every row is committed or will never be; 0 when that is not known yet.

    Whoever inserts holds the table's lock from before the number is drawn until the end of the transaction. So the
    numbers are read first and the lock's holders after: with no holder all is settled, else a mark is left, and it is
    settled when none of the holders it names is left.
    """
    marks = SealMark.objects.filter(municipality_id=municipality_id, source=source.table)
    mark = marks.first()
    (drawn,) = _row(sql.SQL("SELECT audit_last_number(%s::regclass)"), [source.table])
    writers = _writers(source)
    if mark is not None and writers.intersection(mark.writers):
        return 0
    SealMark.objects.update_or_create(
        municipality_id=municipality_id,
        source=source.table,
        defaults={"up_to": int(str(drawn)), "writers": sorted(writers)},
    )
    if not writers:
        return int(str(drawn))
    return mark.up_to if mark is not None else 0


def _writers(source: _Source) -> set[str]:
    query = sql.SQL(
        "SELECT coalesce(array_agg(virtualtransaction), '{{}}') FROM pg_locks WHERE locktype = 'relation' AND granted "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
        "AND relation = %s::regclass AND mode = 'RowExclusiveLock'"
    ).format()
    (found,) = _row(query, [source.table])
    return set(found) if isinstance(found, list) else set()


def _add(source: _Source, municipality_id: UUID, run: tuple[int, int], now: datetime) -> None:
    count, digest = _digest(source, municipality_id, *run)
    made = Seal(
        municipality_id=municipality_id,
        source=source.table,
        columns=list(source.columns),
        first_id=run[0],
        last_id=run[1],
        row_count=count,
        digest=digest,
        previous=last_chain(municipality_id=municipality_id),
        sealed_at=now,
    )
    made.chain = _chain(made)
    made.save(force_insert=True)


def _end_of_run(source: _Source, municipality_id: UUID, first: int, up_to: int) -> int | None:
    """The number of the last row of the next run, or None when the municipality has no row there."""
    query = sql.SQL(
        "SELECT max(n) FROM (SELECT {key} AS n FROM {table} WHERE municipality_id = %s AND {key} BETWEEN %s AND %s "
        "ORDER BY {key} LIMIT %s) AS run"
    ).format(key=sql.Identifier(source.key), table=sql.Identifier(source.table))
    (last,) = _row(query, [municipality_id, first, up_to, _RUN])
    return None if last is None else int(str(last))


def _digest(source: _Source, municipality_id: UUID, first: int, last: int) -> tuple[int, str]:
    """The number of rows of the run, and the SHA-256 of their columns as JSON, one row a line, in order."""
    query = sql.SQL(
        "SELECT count(*), encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' ORDER BY n), ''), 'UTF8')), 'hex') "
        "FROM (SELECT {key} AS n, jsonb_build_array({columns})::text AS line FROM {table} "
        "WHERE municipality_id = %s AND {key} BETWEEN %s AND %s) AS run"
    ).format(
        key=sql.Identifier(source.key),
        table=sql.Identifier(source.table),
        columns=sql.SQL(", ").join(map(sql.Identifier, source.columns)),
    )
    count, digest = _row(query, [municipality_id, first, last])
    return int(str(count)), str(digest)


def _chain(held: Seal) -> str:
    told = (
        held.previous,
        held.municipality_id,
        held.source,
        ",".join(held.columns),
        held.first_id,
        held.last_id,
        held.row_count,
        held.digest,
        held.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
    )
    return hashlib.sha256("|".join(map(str, told)).encode()).hexdigest()


def _sources() -> list[_Source]:
    """The read log, the gaps and every event table of a tenant, in a fixed order."""
    models: list[type[Model]] = [ReadLog, Gap, *(model for model in apps.get_models() if issubclass(model, Event))]
    found = (_source(model) for model in models)
    return sorted((source for source in found if "municipality_id" in source.columns), key=lambda source: source.table)


def _source(model: type[Model]) -> _Source:
    meta = model._meta  # noqa: SLF001 -- Django's public name
    return _Source(meta.db_table, _key_of(meta.db_table), tuple(str(field.column) for field in meta.concrete_fields))


def _key_of(table: str) -> str:
    logs = {ReadLog._meta.db_table, Gap._meta.db_table}  # noqa: SLF001 -- Django's public name
    return "id" if table in logs else "pgh_id"


def _row(query: sql.Composable, params: Sequence[UUID | int | str]) -> tuple[object, ...]:
    with connections["default"].cursor() as cursor:
        cursor.execute(query, params)
        return tuple(cursor.fetchone())
