"""The registers as they were known on a day that is gone: what a forecast made that day would have rested on.

The dates tell it, where nobody kept a forecast at the time: grants, services, prices and absences that had begun, and
stops that had been decided (a grant that was stopped later goes on, as far as anybody knew). Bookings tell themselves
when they were posted, and provisions are those that their history says stood written by the end of that day. What was
granted before it began is not known here, nor what was corrected backwards since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE

if TYPE_CHECKING:
    from datetime import date

    from styr.kernel.relation import Relation

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

_PROVISIONS: Final = """
CREATE TEMP TABLE rel_provision ON COMMIT DROP AS
SELECT id AS provision_id, unit_id, section::text AS section, account_string::text AS account, kind::text AS kind,
       starts, ends, round(persons * price_ore)::bigint AS month_ore
FROM (
    SELECT DISTINCT ON (pgh_obj_id) * FROM budgets_provisionevent
    WHERE pgh_created_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen'
    ORDER BY pgh_obj_id, pgh_id DESC
) AS latest WHERE pgh_label <> 'delete'"""


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
    cursor.execute(_PROVISIONS, {"day": day})
