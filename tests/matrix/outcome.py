"""What the matrix expects of a request, from the rule, the table and the thing's unit; and what it got."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import connection, transaction

from loggedin import send
from matrix.addresses import Address
from matrix.examples import NEEDS_NO_KEY
from matrix.table import may
from matrix.world import THINGS, Place, Someone, Whose
from styr.access.web.rules import Who

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_BAD_METHOD = 405


class Expected(Enum):
    """What must come of a request."""

    ANYTHING = "no fault of the program's"
    LOGIN = "a way to the login page"
    NO = "403"
    HIDDEN = "404, as if the thing were not there"
    KEY = "a refusal, since no key was shown"
    ELSEWHERE = "no change: the role that may is held in another unit"
    IN = "neither a refusal nor a fault"


_RIGHT: Mapping[Expected, frozenset[int]] = {
    Expected.LOGIN: frozenset({302}),
    Expected.NO: frozenset({403}),
    Expected.HIDDEN: frozenset({404, _BAD_METHOD}),
    Expected.KEY: frozenset({400, 401, 403, 404, _BAD_METHOD}),
}
_REFUSALS = frozenset({401, 403, 404})
_NOT_DONE = frozenset({302, 303, 400, 409, 422})


@dataclass(frozen=True, slots=True)
class Case:
    """One combination: who asks for which address how."""

    address: Address
    method: str
    who: Someone

    def expected(self) -> Expected:
        """Worked out without the middleware: the rule's words, the table of `table.py`, and where the thing lies."""
        rule = self.address.rule
        if rule is None:
            raise LookupError(f"{self.address.route} has no rule")
        if rule.who is Who.PUBLIC or self.address.name in NEEDS_NO_KEY:
            return Expected.ANYTHING
        if rule.who is Who.KEYED:
            return Expected.KEY
        if not self.who.roles:
            return Expected.LOGIN
        needed = rule.read if self.method in _READS else rule.write
        everywhere = self.who.place in {Place.EVERYWHERE, Place.FOREIGN}
        held = self.who.roles | self.who.elsewhere
        of_no_unit = rule.everywhere and needed == rule.write and not everywhere
        if of_no_unit or (needed is not None and not may(held, needed.value, whole_municipality=everywhere)):
            return Expected.NO
        if not all(self.who.sees(THINGS[name]) for name in self.address.things):
            return Expected.HIDDEN
        return Expected.ELSEWHERE if needed is not None and self._not_here(needed.value) else Expected.IN

    def _not_here(self, permission: str) -> bool:
        """Whether a change of something of the unit takes a role that the person has in the other unit alone."""
        ours = any(THINGS[name].whose is Whose.UNIT for name in self.address.things)
        here = may(self.who.roles, permission, whole_municipality=False)
        return self.method not in _READS and ours and bool(self.who.elsewhere) and not here

    def fault(self, ids: Mapping[str, Any]) -> str | None:
        """Ask, undo whatever came of it, and tell what was wrong; None when it is as expected."""
        status, location, wrote = self._asked(ids)
        wanted = self.expected()
        if self._right(wanted, status, location) and not (wrote and wanted not in {Expected.IN, Expected.ANYTHING}):
            return None
        got = f"{status}{f' to {location}' if location else ''}{' and a change in the database' if wrote else ''}"
        kind = "UNAUTHORISED " if self._let_in(wanted, status, wrote=wrote) else ""
        asked = f"{self.method} {self.address.path(ids)} ({self.address.name}) by {self.who}"
        return f"{kind}{asked}: {got}, not {wanted.value}"

    def _asked(self, ids: Mapping[str, Any]) -> tuple[int, str, bool]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('styr.context', '', true)")
            self.who.client.raise_request_exception = False
            cookies = self.who.client.cookies.copy()
            path = self.address.path(ids)
            if self.method == "POST":
                answer: Any = send(self.who.client, path)
            else:
                answer = self.who.client.generic(self.method, path)
            cursor.execute("SELECT coalesce(current_setting('styr.context', true), '') <> ''")
            (wrote,) = cursor.fetchone()
            self.who.client.cookies = cookies  # the browser's part of the session is put back as well
            transaction.set_rollback(True)
        return answer.status_code, answer.headers.get("Location", ""), wrote

    def _right(self, wanted: Expected, status: int, location: str) -> bool:
        if status >= 500:
            return False
        if wanted is Expected.LOGIN:
            return status == 302 and location.startswith("/konto/log-ind/")
        if wanted is Expected.IN:
            return status not in _REFUSALS or (status == 404 and self._may_be_missing)
        if wanted is Expected.HIDDEN and self.method not in _READS and status in _NOT_DONE:
            return (
                True  # an act may also say no on the page it goes back to; that nothing was written is looked at apart
            )
        return wanted in {Expected.ANYTHING, Expected.ELSEWHERE} or status in _RIGHT[wanted]

    @property
    def _may_be_missing(self) -> bool:
        """A form that was sent empty names nothing, and some words name what is not there."""
        return not self.address.sure or (self.method == "POST" and not self.address.things)

    @staticmethod
    def _let_in(wanted: Expected, status: int, *, wrote: bool) -> bool:
        """Whether somebody got what they must not have: a page, or a change."""
        if wanted is Expected.ELSEWHERE:
            return wrote
        shut = wanted in {Expected.LOGIN, Expected.NO, Expected.HIDDEN, Expected.KEY}
        return shut and (wrote or 200 <= status < 300)
