"""The registers as they were known on a day that is gone: what a forecast made that day would have rested on.

The dates tell it, where nobody kept a forecast at the time: grants, services, prices and absences that had begun, and
stops that had been decided (a grant that was stopped later goes on, as far as anybody knew). Bookings tell themselves
when they were posted. What was granted before it began is not known here, nor what was corrected backwards since; and
provisions have no day on which they were written, so none are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE

if TYPE_CHECKING:
    from datetime import date

    from styr.kernel.relation import Relation

REPLAYED: Final = "genskabt"
"""The word in the name of a kept forecast that was made afterwards in this way."""

_LATER: Final = "x.status = 'stopped' AND x.ends > %(day)s"
_MADE: Final[tuple[tuple[Relation, dict[str, str], str], ...]] = (
    (
        GRANT,
        {
            "status": f"CASE WHEN {_LATER} THEN 'granted' ELSE x.status END",
            "ends": f"CASE WHEN {_LATER} THEN NULL ELSE x.ends END",
        },
        "public.rel_grant x WHERE x.starts <= %(day)s",
    ),
    (
        SERVICE,
        {"ends": "CASE WHEN g.ends IS NULL AND x.ends = was.ends THEN NULL ELSE x.ends END"},
        (
            "public.rel_service x JOIN pg_temp.rel_grant g USING (grant_id) "
            "JOIN public.rel_grant was USING (grant_id) WHERE x.starts <= %(day)s"
        ),
    ),
    (
        RATE,
        {"valid_to": "CASE WHEN x.valid_to <= %(day)s THEN x.valid_to END"},
        "public.rel_rate x WHERE x.valid_from <= %(day)s",
    ),
    (SERVICE_ABSENCE, {}, "public.rel_service_absence x WHERE x.starts <= %(day)s"),
)


def know_as_on(cursor: Any, day: date) -> None:
    """Let the rest of the transaction see the registers as they were known on a day.

    Tables of the transaction's own take the relations' names; they are gone when it ends.
    """
    for relation, told, source in _MADE:
        columns = ", ".join(f"{told.get(name, f'x.{name}')} AS {name}" for name in relation.columns)
        cursor.execute(
            f"CREATE TEMP TABLE {relation.name} ON COMMIT DROP AS SELECT {columns} FROM {source}",  # noqa: S608 - ours
            {"day": day},
        )
        cursor.execute(f"ANALYZE pg_temp.{relation.name}")
    cursor.execute("CREATE TEMP TABLE rel_provision ON COMMIT DROP AS SELECT * FROM public.rel_provision WHERE false")
