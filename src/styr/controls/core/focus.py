"""Narrowing: a control looks at every subject, or only at those that a change touched."""

from dataclasses import dataclass
from typing import Final

import ibis

from styr.kernel.relation import NARROW


@dataclass(frozen=True, slots=True)
class Focus:
    """Call it on the *base* relation of a control, before any join, with the column that becomes `subject_id`.

    `focus(GRANT.table(), "grant_id")` is the table itself in a whole run and, in a narrowed run, a semi-join to
    `rel_narrow(id)`. Only the subject's own side of a self-join is narrowed: the other side must stay whole.
    """

    narrowed: bool

    def __call__(self, table: ibis.Table, column: str) -> ibis.Table:
        """Return the rows of `table` whose `column` is in focus."""
        if not self.narrowed:
            return table
        touched = NARROW.table()
        return table.semi_join(touched, table[column] == touched["id"])


WHOLE: Final = Focus(narrowed=False)
NARROWED: Final = Focus(narrowed=True)
