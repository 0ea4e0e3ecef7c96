"""Allowances (rabat) and charges (gebyr): an amount, a reason, and a percentage that gives the amount."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.lines import line_place
from styr.invoices.core.document_checks.rule import Rule, rule
from styr.invoices.core.document_checks.wording import amount
from styr.invoices.core.einvoice.model import AllowanceCharge, EInvoice, Format


class _Rules(NamedTuple):
    amount: Rule
    reason: Rule


_HEAD: Final = {
    False: _Rules(rule(en="BR-31"), rule(en="BR-33")),
    True: _Rules(rule(en="BR-36"), rule(en="BR-38")),
}
_LINE: Final = {
    False: _Rules(rule(en="BR-41"), rule(en="BR-42")),
    True: _Rules(rule(en="BR-43"), rule(en="BR-44")),
}
_NO_BASE: Final = rule(oioubl3="PEPPOL-EN16931-R041", peppol="PEPPOL-EN16931-R041")
_NO_FACTOR: Final = rule(oioubl3="PEPPOL-EN16931-R042", peppol="PEPPOL-EN16931-R042")
_PRODUCT: Final = rule(oioubl3="PEPPOL-EN16931-R040", peppol="PEPPOL-EN16931-R040")
_GROSS_PRICE: Final = rule(oioubl3="PEPPOL-EN16931-R046", peppol="PEPPOL-EN16931-R046")
_TOLERANCE: Final = Decimal("0.02")


def wrong_allowances(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Findings of every allowance and charge on the head and the lines, and of discounted prices."""
    if invoice.format is Format.OIOUBL2:  # its factor is a fraction of its own making, and has no rule
        return
    for n, entry in enumerate(invoice.allowances, 1):
        yield from _entry(invoice, entry, f"/*/cac:AllowanceCharge[{n}]", _HEAD[entry.is_charge])
    for line in invoice.lines:
        place = line_place(invoice, line)
        for n, entry in enumerate(line.allowances, 1):
            yield from _entry(invoice, entry, f"{place}/cac:AllowanceCharge[{n}]", _LINE[entry.is_charge])
        if line.price_gross is not None and line.price is not None:
            net = line.price_gross - (line.price_discount or 0)
            if net != line.price:
                message = f"Prisen er {amount(line.price)}, men listepris mindre rabat er {amount(net)}."
                yield from _GROSS_PRICE.on(invoice, f"{place}/cac:Price", f"{message} Bed leverandøren rette prisen.")


def _entry(invoice: EInvoice, entry: AllowanceCharge, place: str, rules: _Rules) -> Iterator[DocumentFinding]:
    name = "Gebyret" if entry.is_charge else "Rabatten"
    if entry.amount is None:
        yield from rules.amount.on(invoice, place, f"{name} mangler beløb (cbc:Amount). Bed om en rettet faktura.")
    if entry.reason is None and entry.reason_code is None:
        message = f"{name} mangler begrundelse (cbc:AllowanceChargeReason). Bed om en rettet faktura."
        yield from rules.reason.on(invoice, place, message)
    if entry.factor is not None and entry.base is None:
        yield from _NO_BASE.on(invoice, place, f"{name} har en procent, men mangler det beløb, den regnes af.")
    if entry.factor is None and entry.base is not None:
        yield from _NO_FACTOR.on(invoice, place, f"{name} har et grundbeløb, men mangler procenten.")
    if entry.factor is not None and entry.base is not None and entry.amount is not None:
        expected = entry.base * entry.factor / 100
        if abs(expected - entry.amount) > _TOLERANCE:
            message = f"{name} er {amount(entry.amount)}, men procenten giver {amount(expected.quantize(_TOLERANCE))}."
            yield from _PRODUCT.on(invoice, place, f"{message} Bed om en rettet faktura.")
