"""One invoice or credit note line as XML."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from exampletown.days import last_day

if TYPE_CHECKING:
    from exampletown.dialects import Dialect
    from exampletown.documents import Line

NAMES = {"invoice": ("InvoiceLine", "InvoicedQuantity"), "credit_note": ("CreditNoteLine", "CreditedQuantity")}


def amount(name: str, value: Decimal) -> str:
    """An amount in kroner with two decimals."""
    return f'<cbc:{name} currencyID="DKK">{value:.2f}</cbc:{name}>'


def plain(value: Decimal) -> str:
    """No exponent and no superfluous zeros after the second decimal."""
    text = f"{value:f}"
    whole, dot, rest = text.partition(".")
    rest = rest.rstrip("0") if dot else ""
    return f"{whole}.{rest}" if rest else whole


def price_text(value: Decimal) -> str:
    """At least two decimals."""
    text = plain(value)
    whole, _, rest = text.partition(".")
    return f"{whole}.{rest.ljust(2, '0')}"


def optional(name: str, text: str | None) -> str:
    """The element, or nothing."""
    return f"<cbc:{name}>{escape(text)}</cbc:{name}>" if text else ""


def allowance_xml(line: Line) -> str:
    """A deduction on the line."""
    if not line.allowance:
        return ""
    return (
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        f"{optional('AllowanceChargeReason', line.allowance_reason)}{amount('Amount', line.allowance)}"
        "</cac:AllowanceCharge>"
    )


def tax_xml(line: Line, dialect: Dialect) -> str:
    """The line’s tax total (OIOUBL only)."""
    if not dialect.line_tax:
        return ""
    return (
        f"<cac:TaxTotal>{amount('TaxAmount', Decimal(0))}<cac:TaxSubtotal>{amount('TaxableAmount', line.net)}"
        f"{amount('TaxAmount', Decimal(0))}<cac:TaxCategory>{dialect.exempt_total}</cac:TaxCategory>"
        "</cac:TaxSubtotal></cac:TaxTotal>"
    )


def originator_xml(line: Line, dialect: Dialect) -> str:
    """The citizen as originator (OIOUBL 2 only)."""
    if line.originator is None or not dialect.parties_with_cpr:
        return ""
    name, cpr = line.originator
    return (
        f'<cac:OriginatorParty><cac:PartyIdentification><cbc:ID schemeID="DK:CPR">{escape(cpr)}</cbc:ID>'
        f"</cac:PartyIdentification><cac:PartyName>{optional('Name', name)}</cac:PartyName></cac:OriginatorParty>"
    )


def period_xml(line: Line, dialect: Dialect) -> str:
    """The line’s period (not in OIOUBL 2)."""
    if not (line.tells_period and dialect.structured_period):
        return ""
    start, end = line.period
    return (
        f"<cac:InvoicePeriod><cbc:StartDate>{start}</cbc:StartDate>"
        f"<cbc:EndDate>{last_day(end)}</cbc:EndDate></cac:InvoicePeriod>"
    )


def item_xml(line: Line, dialect: Dialect) -> str:
    """Name, description, tax category and a named value."""
    named = ""
    if line.named_value is not None:
        name, value = line.named_value
        named = (
            f"<cac:AdditionalItemProperty>{optional('Name', name)}{optional('Value', value)}"
            "</cac:AdditionalItemProperty>"
        )
    return (
        f"<cac:Item>{optional('Description', line.description)}{optional('Name', line.name)}"
        f"<cac:ClassifiedTaxCategory>{dialect.exempt_line}</cac:ClassifiedTaxCategory>{named}</cac:Item>"
    )


def line_xml(line: Line, number: int, kind: str, dialect: Dialect) -> str:
    """``number`` is the line's id. An allowance stands after the tax in a credit note and before it in an invoice."""
    element, quantity = NAMES[kind]
    tax, allowance = tax_xml(line, dialect), allowance_xml(line)
    both = tax + allowance if kind == "credit_note" else allowance + tax
    return (
        f"<cac:{element}><cbc:ID>{number}</cbc:ID>{optional('Note', line.note)}"
        f'<cbc:{quantity} unitCode="{line.code}">{plain(line.quantity)}</cbc:{quantity}>'
        f"{amount('LineExtensionAmount', line.net)}{optional('AccountingCost', line.accounting_cost)}"
        f"{period_xml(line, dialect)}{originator_xml(line, dialect)}{both}{item_xml(line, dialect)}"
        f'<cac:Price><cbc:PriceAmount currencyID="DKK">{price_text(line.price)}</cbc:PriceAmount>'
        f'<cbc:BaseQuantity unitCode="{line.code}">1</cbc:BaseQuantity></cac:Price></cac:{element}>'
    )
