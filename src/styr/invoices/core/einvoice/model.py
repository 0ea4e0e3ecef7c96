"""An e-invoice as values: what the supplier wrote, whatever the format, before anyone judges it.

Amounts are exact `Decimal` in the document's currency, as written; a field is None where the document
has none. Dates are as written: `InvoicePeriod.last_day` is inclusive ("til og med").
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from styr.invoices.core.einvoice.accounts import PaymentAccount
from styr.invoices.core.einvoice.parties import Identifier, Party


class Format(StrEnum):
    """The four formats that are read."""

    OIOUBL2 = "oioubl2"
    OIOUBL3 = "oioubl3"
    PEPPOL3 = "peppol3"
    EN16931 = "en16931"


class Kind(StrEnum):
    """Invoice (faktura) or credit note (kreditnota); amounts of a credit note are positive when they give back."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class InvoicePeriod:
    """The time invoiced; `last_day` is inclusive, as UBL writes it."""

    start: date | None
    last_day: date | None
    description: str | None = None

    @property
    def end(self) -> date | None:
        """The day after the last day: the half-open end used everywhere else."""
        if self.last_day is None or self.last_day == date.max:
            return None
        return self.last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AllowanceCharge:
    """A discount (rabat, `is_charge` False) or a fee (gebyr).

    `factor` is as written: per cent in EN 16931, a fraction in OIOUBL 2.
    """

    is_charge: bool
    amount: Decimal | None
    base: Decimal | None = None
    factor: Decimal | None = None
    reason: str | None = None
    reason_code: str | None = None
    tax_category: str | None = None
    tax_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TaxSubtotal:
    """Tax of one category, all as written: `category` "S" or "StandardRated", `scheme` "VAT" or "63", `percent` 25."""

    taxable: Decimal | None
    amount: Decimal | None
    category: str | None
    percent: Decimal | None
    scheme: str | None = None
    exemption_reason: str | None = None
    exemption_code: str | None = None


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """One TaxTotal with its subtotals, in the currency of its amount."""

    amount: Decimal | None
    currency: str | None
    subtotals: tuple[TaxSubtotal, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals. `net`, `tax` and `payable` mean the same in every format; the others are as written.

    `net` is the amount before tax after document allowances and charges. `tax_exclusive` is TaxExclusiveAmount
    as written: the net in EN 16931 and OIOUBL 3, but the *tax total* in OIOUBL 2.
    """

    net: Decimal | None
    tax: Decimal | None
    payable: Decimal | None
    line_extension: Decimal | None = None
    tax_exclusive: Decimal | None = None
    tax_inclusive: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the invoice. `filename` holds no folder and no control characters."""

    filename: str
    mime: str
    content: bytes = field(repr=False)
    description: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DocumentReference:
    """A document that is named: number, kind and date, nothing of its contents."""

    id: str
    scheme: str | None = None
    type_code: str | None = None
    description: str | None = field(default=None, repr=False)
    issue_date: date | None = None
    uuid: str | None = None


@dataclass(frozen=True, slots=True)
class References:
    """What the supplier refers to on the document's head."""

    order: str | None = None
    sales_order: str | None = None
    contracts: tuple[str, ...] = ()
    buyer: str | None = None
    projects: tuple[str, ...] = ()
    originator: str | None = None
    despatch: str | None = None
    receipt: str | None = None
    order_date: date | None = None
    order_customer: str | None = None
    additional: tuple[DocumentReference, ...] = ()
    billing: tuple[DocumentReference, ...] = ()

    @property
    def contract(self) -> str | None:
        """The first contract named, if any."""
        return self.contracts[0] if self.contracts else None

    @property
    def project(self) -> str | None:
        """The first project named, if any."""
        return self.projects[0] if self.projects else None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery: the day, the time, the place and to whom."""

    actual_date: date | None = None
    period: InvoicePeriod | None = None
    location: Identifier | None = None
    country: str | None = None
    party: Party | None = None


@dataclass(frozen=True, slots=True)
class PaymentMeans:
    """How to pay: UNCL 4461 code, due date, channel, account and the text or number to pay with."""

    code: str | None
    due_date: date | None = None
    channel: str | None = None
    payment_id: str | None = None
    note: str | None = field(default=None, repr=False)
    account: PaymentAccount | None = None
    account_id: str | None = None
    branch: str | None = None
    mandate: str | None = None
    has_card: bool = False


@dataclass(frozen=True, slots=True)
class PaymentTerms:
    """Terms of payment; `amount` is what is to be paid under them, where the document says so."""

    note: str | None = field(default=None, repr=False)
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One invoice or credit note line; `position` counts from 1, `id` is the supplier's own line number."""

    position: int
    id: str | None
    name: str | None = field(default=None, repr=False)
    descriptions: tuple[str, ...] = field(default=(), repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    quantity: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None
    base_quantity: Decimal | None = None
    base_unit: str | None = None
    price_discount: Decimal | None = None
    price_gross: Decimal | None = None
    unit_factor: Decimal | None = None
    net: Decimal | None = None
    is_free: bool = False
    allowances: tuple[AllowanceCharge, ...] = ()
    period: InvoicePeriod | None = None
    deliveries: tuple[Delivery, ...] = ()
    order: str | None = None
    order_line: str | None = None
    accounting_cost: str | None = None
    originator: Party | None = None
    references: tuple[DocumentReference, ...] = ()
    billing: tuple[DocumentReference, ...] = ()
    properties: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    sellers_item: str | None = None
    buyers_item: str | None = None
    standard_item: Identifier | None = None
    tax_category: str | None = None
    tax_percent: Decimal | None = None
    tax_categories: int = 0
    tax_totals: tuple[TaxTotal, ...] = ()

    @property
    def text(self) -> str | None:
        """The name of what was delivered, else its first description, else the first note."""
        return self.name or next(iter(self.descriptions or self.notes), None)

    @property
    def unit_price(self) -> Decimal | None:
        """The price of one unit: the price as written where it is for one, else divided by its base quantity."""
        if self.price is None or not self.base_quantity or self.base_quantity == 1:
            return self.price
        return self.price / self.base_quantity


@dataclass(frozen=True, slots=True)
class ReadingProblem:
    """A value that is there but cannot be understood, for example a date "2026-13-01"; kept for the findings."""

    place: str
    expected: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EInvoice:
    """One e-invoice. Texts and names can hold a citizen's data: they are left out of `repr`."""

    format: Format
    kind: Kind
    customization: str | None
    profile: str | None
    number: str | None
    uuid: str | None
    type_code: str | None
    issue_date: date | None
    due_date: date | None
    tax_point_date: date | None
    currency: str | None
    tax_currency: str | None
    is_copy: bool
    has_exchange_rate: bool
    accounting_cost: str | None
    notes: tuple[str, ...] = field(repr=False)
    period: InvoicePeriod | None
    references: References
    supplier: Party
    buyer: Party
    payee: Party | None
    tax_representative: Party | None
    originator: Party | None
    buyer_customer: Party | None
    seller_supplier: Party | None
    deliveries: tuple[Delivery, ...]
    payment_means: tuple[PaymentMeans, ...]
    payment_terms: tuple[PaymentTerms, ...]
    allowances: tuple[AllowanceCharge, ...]
    tax_totals: tuple[TaxTotal, ...]
    totals: Totals
    lines: tuple[Line, ...]
    attachments: tuple[Attachment, ...]
    currencies: tuple[str, ...]
    problems: tuple[ReadingProblem, ...] = ()
