"""Roles apart (roller adskilt): whoever granted the help does not negotiate its price.

The registers of grants know a caseworker by name alone. Where one of our users bears the name, they are compared by
their id; where nobody does, or several do, only the name is known, and the page says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from uuid import UUID

_NAMED: Final = """
SELECT btrim(g.caseworker), u.id FROM rel_grant g
LEFT JOIN access_user u ON lower(btrim(g.caseworker)) IN (lower(btrim(u.name)), lower(btrim(u.username)))
WHERE (g.grant_id = %(grant)s OR g.contract_id = %(contract)s) AND g.status IN ('granted', 'expected')
  AND btrim(g.caseworker) <> '' ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Caseworker:
    """A caseworker of a grant that a negotiation is about, and the users who bear the name."""

    name: str
    user_ids: frozenset[UUID]

    @property
    def words(self) -> str:
        """How surely we know who it is."""
        if len(self.user_ids) == 1:
            return "kendt som bruger"
        if self.user_ids:
            return "flere brugere hedder det; ingen af dem kan forhandle"
        return "kun kendt ved navn: ingen bruger hedder det, så rollerne kan ikke sammenlignes"


def caseworkers(*, grant_id: UUID, contract_id: UUID | None) -> list[Caseworker]:
    """Return the caseworkers of the grant, and of others under its contract; one query."""
    named: dict[str, set[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, {"grant": grant_id, "contract": contract_id})
        for name, user_id in cursor.fetchall():
            known = named.setdefault(name, set())
            if user_id is not None:
                known.add(user_id)
    return [Caseworker(name, frozenset(users)) for name, users in named.items()]
