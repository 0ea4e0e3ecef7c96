"""Reading of values that must have a form: amounts, quantities and dates, exactly as XML Schema defines them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from styr.invoices.core.einvoice.model import ReadingProblem
from styr.invoices.core.einvoice.node import Node
from styr.invoices.core.einvoice.parties import Identifier

# xs:decimal has no exponent; 18 + 10 digits is far beyond any amount and keeps every product exact
_DECIMAL: Final = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,10})?|\.\d{1,10})", re.ASCII)
_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)


@dataclass(slots=True)
class Reading:
    """One document being read: how its identifiers are named, and what could not be understood so far."""

    identify: Callable[[str, str | None], Identifier]
    problems: list[ReadingProblem] = field(default_factory=list)
    currencies: dict[str, None] = field(default_factory=dict)

    def decimal(self, parent: Node, name: str, place: str) -> Decimal | None:
        """The number in a child; `place` is the parent's path."""
        return self.number(parent.value(name), place, name)

    def amount(self, parent: Node, name: str, place: str) -> Decimal | None:
        """The amount in a child; its currency is noted."""
        node = parent.child(name)
        if not node:
            return None
        currency = node.attribute("currencyID")
        if currency is not None:
            self.currencies[currency] = None
        return self.number(node.text(), place, name)

    def number(self, text: str | None, place: str, name: str) -> Decimal | None:
        """A number as XML Schema writes it, else None and a problem."""
        if text is None:
            return None
        if _DECIMAL.fullmatch(text) is None:
            self.problems.append(ReadingProblem(f"{place}/cbc:{name}", "tal", text))
            return None
        return Decimal(text)

    def date(self, parent: Node, name: str, place: str) -> date | None:
        """The date in a child (a time zone is ignored), else None and a problem."""
        text = parent.value(name)
        if text is None:
            return None
        match = _DATE.fullmatch(text)
        try:
            return date.fromisoformat(match[1] if match else "")
        except ValueError:
            self.problems.append(ReadingProblem(f"{place}/cbc:{name}", "dato", text))
            return None

    def identifier(self, node: Node) -> Identifier | None:
        """The identifier in an element with a schemeID."""
        text = node.text()
        return self.identify(text, node.attribute("schemeID")) if text is not None else None
