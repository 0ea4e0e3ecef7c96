"""Where an invoice says whom and what it is about: every text and identifier with the place it stands in.

Matching reads these; nothing is interpreted here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from styr.invoices.core.einvoice.model import Delivery, EInvoice, Line
from styr.invoices.core.einvoice.parties import IdentifierKind, Party


class Place(StrEnum):
    """The kinds of place, the strongest first."""

    ORDER = "order"
    CONTRACT = "contract"
    PROJECT = "project"
    BUYER_REFERENCE = "buyer_reference"
    PROPERTY = "property"
    DOCUMENT = "document"
    DELIVERY_PARTY = "delivery_party"
    ORIGINATOR = "originator"
    BUYER_CUSTOMER = "buyer_customer"
    CONTACT = "contact"
    ACCOUNTING_COST = "accounting_cost"
    ITEM = "item"
    NOTE = "note"
    PERIOD = "period"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Found:
    """One text or identifier.

    Attributes:
        place: the kind of place.
        text: as written, stripped.
        kind: what an identifier is by its scheme; None for plain text.
        label: the name of an item property ("Bevilling"), else "".
        line: the position of the line it stands on, None for the head.
    """

    place: Place
    text: str = field(repr=False)
    kind: IdentifierKind | None = None
    label: str = ""
    line: int | None = None


def found_texts(invoice: EInvoice) -> tuple[Found, ...]:
    """Everything that can name a grant, a contract, a citizen or a period: the head first, then line by line."""
    return (*_head(invoice), *(found for line in invoice.lines for found in _line(line)))


def _head(invoice: EInvoice) -> Iterator[Found]:
    refs = invoice.references
    yield from _texts(Place.ORDER, (refs.order, refs.sales_order, refs.order_customer))
    yield from _texts(Place.CONTRACT, refs.contracts)
    yield from _texts(Place.PROJECT, refs.projects)
    yield from _texts(Place.BUYER_REFERENCE, (refs.buyer,))
    yield from _texts(Place.DOCUMENT, (refs.originator, refs.despatch, refs.receipt))
    yield from _texts(Place.DOCUMENT, (text for ref in refs.additional for text in (ref.id, ref.description)))
    yield from _party(Place.ORIGINATOR, invoice.originator)
    yield from _party(Place.BUYER_CUSTOMER, invoice.buyer_customer)
    yield from _deliveries(invoice.deliveries, None)
    contact = invoice.buyer.contact
    yield from _texts(Place.CONTACT, (contact.id, contact.name) if contact else ())
    yield from _texts(Place.ACCOUNTING_COST, (invoice.accounting_cost,))
    yield from _texts(Place.NOTE, invoice.notes)
    yield from _texts(Place.PERIOD, (invoice.period.description if invoice.period else None,))
    yield from _texts(Place.PAYMENT, (means.note for means in invoice.payment_means))
    yield from _texts(Place.PAYMENT, (terms.note for terms in invoice.payment_terms))


def _line(line: Line) -> Iterator[Found]:
    at = line.position
    yield from _texts(Place.ORDER, (line.order,), at)
    yield from (Found(Place.PROPERTY, value, None, name, at) for name, value in line.properties)
    yield from _texts(Place.DOCUMENT, (text for ref in line.references for text in (ref.id, ref.description)), at)
    yield from _party(Place.ORIGINATOR, line.originator, at)
    yield from _deliveries(line.deliveries, at)
    yield from _texts(Place.ACCOUNTING_COST, (line.accounting_cost,), at)
    yield from _texts(Place.ITEM, (line.name, *line.descriptions, line.buyers_item, line.sellers_item), at)
    yield from _texts(Place.NOTE, line.notes, at)
    yield from _texts(Place.PERIOD, (line.period.description if line.period else None,), at)


def _deliveries(deliveries: tuple[Delivery, ...], line: int | None) -> Iterator[Found]:
    for delivery in deliveries:
        yield from _party(Place.DELIVERY_PARTY, delivery.party, line)
        if delivery.location is not None:
            yield Found(Place.DELIVERY_PARTY, delivery.location.value, delivery.location.kind, "", line)


def _party(place: Place, party: Party | None, line: int | None = None) -> Iterator[Found]:
    if party is None:
        return
    for identifier in party.all_identifiers():
        yield Found(place, identifier.value, identifier.kind, "", line)
    contact = party.contact
    names = (party.name, party.registration_name, *party.person_names)
    yield from _texts(place, (*names, *((contact.id, contact.name) if contact else ())), line)


def _texts(place: Place, texts: Iterable[str | None], line: int | None = None) -> Iterator[Found]:
    for text in texts:
        if text is not None:
            yield Found(place, text, None, "", line)
