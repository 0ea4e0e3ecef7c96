"""When the register of citizens began to name another paying municipality (betalingskommune), as its history tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils.timezone import localdate

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

_LATEST: Final = """
SELECT before, payer, at FROM (
    SELECT e.paying_municipality AS payer, e.pgh_created_at AS at, e.pgh_id,
           lag(e.paying_municipality) OVER (ORDER BY e.pgh_id) AS before
    FROM people_citizenevent e WHERE e.pgh_obj_id = %s
) AS told WHERE before IS DISTINCT FROM payer AND before IS NOT NULL ORDER BY pgh_id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class PayerChange:
    """The register named `before` and since a day `payer`; "" is that it names nobody, so that we pay ourselves."""

    before: str
    payer: str
    on: date


def latest_payer_change(citizen_id: UUID) -> PayerChange | None:
    """The latest change of a citizen that the scope sees; None where the register has named one alone. One query.

    The day is the register's: a file may tell of a change long after it was decided.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [citizen_id])
        found = cursor.fetchone()
    return PayerChange(found[0], found[1], localdate(found[2])) if found else None
