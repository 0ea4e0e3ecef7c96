"""What tells one format from another; everything else is UBL 2.1 and read the same way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from styr.invoices.core.einvoice.model import Format, TaxTotal
from styr.invoices.core.einvoice.parties import Identifier, IdentifierKind


@dataclass(frozen=True, slots=True)
class WrittenTotals:
    """The monetary totals as they stand in the document, before a dialect says what they mean."""

    currency: str | None
    line_extension: Decimal | None
    tax_exclusive: Decimal | None
    tax_inclusive: Decimal | None
    allowances: Decimal | None
    charges: Decimal | None
    tax_totals: tuple[TaxTotal, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One format.

    Attributes:
        claims: whether a document with this CustomizationID is of the format.
        schemes: what the scheme of an identifier means, by its name in capitals.
        net: the amount before tax after document allowances and charges.
        tax: the tax total in the document's currency.
    """

    format: Format
    claims: Callable[[str], bool]
    schemes: Mapping[str, IdentifierKind]
    net: Callable[[WrittenTotals], Decimal | None]
    tax: Callable[[WrittenTotals], Decimal | None]

    def identify(self, value: str, scheme: str | None) -> Identifier:
        """The identifier with its kind by this format's scheme names."""
        kind = self.schemes.get(scheme.upper(), IdentifierKind.OTHER) if scheme else IdentifierKind.OTHER
        return Identifier(value, scheme, kind)
