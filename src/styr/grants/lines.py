"""A service line as a person or a program writes it, and why the register would not have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from django.db import IntegrityError

    from styr.kernel.units import Per, Unit


class UnableToRegisterGrantError(Refusal):
    """The grant or its line cannot be made as asked."""


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """A service line to be made: `quantity` of `unit` per `per`, priced by a contract line or by `price` (kr.)."""

    service: str
    unit: Unit
    per: Per
    quantity: Decimal
    factor: Decimal
    contract_line_id: UUID | None = None
    price: Decimal | None = None
    starts: date | None = None
    ends: date | None = None


_REFUSALS = {
    "service_line_no_duplicate": "To linjer køber samme ydelse i samme periode. Læg antallene sammen på én linje.",
    "grant_section_code": "Paragraffen kendes ikke. Skriv fx SEL § 107.",
    "grant_account_is_digits": "En kontostreng har seksten cifre.",
}


def refusal_of(error: IntegrityError) -> str:
    """The Danish sentence for the constraint that refused."""
    text = str(error)
    return next(
        (said for name, said in _REFUSALS.items() if name in text), "Bevillingen opfylder ikke registrets regler."
    )
