"""A bill: what a supplier means to send, before it is dressed as a document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from exampletown.documents import NOTHING, Line
from exampletown.truth import Truth

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from exampletown.lines import Entry
    from exampletown.model import Citizen, Grant, Supplier


@dataclass(slots=True, eq=False)
class Bill:
    """``grant`` and ``citizen`` are those it is about; the ``said_…`` fields what it says instead, if not the truth."""

    supplier: Supplier
    grant: Grant | None
    citizen: Citizen | None
    entries: list[Entry]
    issued: date
    kind: str = "invoice"
    collective: bool = False
    truth: Truth = field(default_factory=Truth)
    number: str | None = None
    way: str | None = None
    extras: list[Line] = field(default_factory=list)
    own_lines: list[Line] | None = None
    """Replaces the entries' lines (credit notes)."""
    said_grant: str | None = None
    account: str | None = None
    ean: str | None = None
    damage: str | None = None
    credits: Bill | None = None
    names_credited: bool = True
    resends: Bill | None = None
    received: date | None = None
    kept: bool = False
    """The document's text is needed again when it is resent."""
    content: str = ""
    after_credit: bool = False
    planted: str = ""
    reference: str = ""
    """The kind of key that the document ended up carrying."""

    @property
    def lines(self) -> list[Line]:
        """The lines as they will stand in the document."""
        if self.own_lines is not None:
            return self.own_lines
        return [line for entry in self.entries for line in entry.lines] + self.extras

    @property
    def net(self) -> Decimal:
        """Sum of the lines, kroner."""
        return sum((line.net for line in self.lines), NOTHING)

    @property
    def expected(self) -> Decimal:
        """Sum of what is right for the entries, kroner."""
        return sum((entry.expected for entry in self.entries), NOTHING)
