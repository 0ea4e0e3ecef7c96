"""What happens to sealed history when a citizen is erased: rows go, and each seal is told what is left under it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from psycopg import sql

from styr.audit import sealing
from styr.audit.history import event_model
from styr.audit.models import Gap, Seal


class HistoryBrokenError(Exception):
    """A seal over the rows does not hold: somebody must find out why before anything is erased from it."""

    def __init__(self) -> None:
        super().__init__("Loggens plombe over historikken holder ikke. Få det undersøgt, før der slettes noget.")


@dataclass(frozen=True, slots=True)
class Erased:
    """How many events went from a model's history, and how many seals have a hole after it."""

    events: int
    seals: int


def erase_history(
    label: str,
    ids: Collection[UUID],
    *,
    certificate: UUID,
    now: datetime,
    erase: Callable[[str, Collection[UUID]], int],
) -> Erased:
    """Erase the events of rows of a model (`"people.citizen"`), in a scope of purpose `erase`.

    `erase(table, ids)` is the one way in which rows leave the table (`people_erase`). Every seal over them is checked
    first and told afterwards what is left of its run.

    Raises:
        HistoryBrokenError: a seal does not hold as it is.
    """
    table = event_model(label)._meta.db_table  # noqa: SLF001 -- Django's public name
    touched = _seals_over(table, ids)
    if any(not sealing.holds(seal) for seal in touched):
        raise HistoryBrokenError
    gone = erase(table, ids)
    for seal in touched:
        count, digest = sealing.digest_of(seal)
        Gap.objects.create(
            municipality_id=seal.municipality_id,
            seal=seal,
            certificate=certificate,
            rows_left=count,
            digest_left=digest,
            made_at=now,
        )
    return Erased(gone, len(touched))


def _seals_over(table: str, ids: Collection[UUID]) -> list[Seal]:
    query = sql.SQL(
        "SELECT DISTINCT s.id FROM audit_seal s JOIN {} e ON e.pgh_id BETWEEN s.first_id AND s.last_id "
        "WHERE s.source = %s AND e.pgh_obj_id = ANY(%s::uuid[])"
    ).format(sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(query.as_string(None), [table, list(ids)])
        found = [row[0] for row in cursor.fetchall()]
    return list(Seal.objects.filter(id__in=found).order_by("id"))
