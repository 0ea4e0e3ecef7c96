"""Bids come in sealed, and are opened by two people after the deadline."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from django.db import transaction

from styr.access.crypto import seal, unseal
from styr.kernel.ids import uuid7
from styr.tenders.acting import TenderNotVisibleError, UnableToTenderError, locked
from styr.tenders.core.codes import BidState, Element, TenderKind, TenderState
from styr.tenders.core.price_sheet import ReadSheet, SheetLot, read_sheet
from styr.tenders.models import Bid, BidPrice, Lot, Tender, TenderPerson

if TYPE_CHECKING:
    from uuid import UUID

    from styr.trips.ordering import By

MOST_BYTES: Final = 5_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A bid as it came: the price sheet, perhaps a description of the service, and from whom."""

    bidder: str
    cvr: str
    operator_id: UUID | None
    content: bytes
    attachment: bytes | None = None
    attachment_name: str = ""


@transaction.atomic
def receive(*, tender_id: UUID, received: Received, by: By) -> UUID:
    """Keep a bid sealed; another from the same bidder before the deadline takes its place. Return the bid.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`; the deadline has passed; not invited; no file.
    """
    tender = locked(tender_id, by, TenderState.PUBLISHED)
    if tender.bids_until is None or by.now >= tender.bids_until:
        raise UnableToTenderError("Fristen for tilbud er gået. Tilbuddet kan ikke tages i betragtning.")
    if not received.bidder.strip() or not received.content:
        raise UnableToTenderError("Skriv tilbudsgiverens navn, og vælg prisskemaet.")
    if max(len(received.content), len(received.attachment or b"")) > MOST_BYTES:
        raise UnableToTenderError("Filen er over 5 MB.")
    if tender.kind == TenderKind.MINI and (
        received.operator_id is None or not tender.invitations.filter(operator_id=received.operator_id).exists()
    ):
        raise UnableToTenderError("Kun de vognmænd, der er indbudt, kan byde i miniudbuddet.")
    name = received.bidder.strip()[:120]
    bid = tender.bids.filter(bidder=name).first() or Bid(
        id=uuid7(), municipality_id=tender.municipality_id, tender=tender
    )
    bid.bidder, bid.cvr, bid.operator_id = name, received.cvr, received.operator_id
    bid.received_at, bid.received_by_id = by.now, by.actor_id
    bid.content, bid.sha256 = (
        seal(received.content, place=place_of(bid.id, "content")),
        sha256(received.content).hexdigest(),
    )
    bid.attachment = seal(received.attachment, place=place_of(bid.id, "attachment")) if received.attachment else None
    bid.attachment_name = received.attachment_name[:120] if received.attachment else ""
    bid.save()
    return bid.id


@transaction.atomic
def declare(*, tender_id: UUID, conflict: bool, text: str, by: By) -> None:
    """Declare whether anything stands in one's way of opening, judging and deciding.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or a conflict is not explained.
    """
    tender = locked(tender_id, by, TenderState.DRAFT, TenderState.PUBLISHED, TenderState.OPENED)
    if conflict and not text.strip():
        raise UnableToTenderError("Skriv, hvori interessekonflikten består.")
    person = tender.people.filter(user_id=by.actor_id).first() or TenderPerson(
        id=uuid7(), municipality_id=tender.municipality_id, tender=tender, user_id=by.actor_id
    )
    if conflict and person.submitted_at is not None:
        raise UnableToTenderError("Du har allerede givet point. Kontakt den, der beslutter.")
    person.conflict, person.text, person.declared_at = conflict, text.strip()[:500], by.now
    person.save()


@transaction.atomic
def open_bids(*, tender_id: UUID, by: By) -> bool:
    """Open the bids: the first person's word waits for a second person's; return whether they are open now.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`; before the deadline; no bids; the same person
            twice; somebody who has not declared, or has a conflict.
    """
    tender = locked(tender_id, by, TenderState.PUBLISHED)
    if tender.bids_until is None or by.now < tender.bids_until:
        raise UnableToTenderError("Tilbuddene kan først åbnes, når fristen er gået.")
    if not tender.bids.exists():
        raise UnableToTenderError("Der er ingen tilbud at åbne. Annullér udbuddet, eller tal med vognmændene.")
    refuse_conflicted(tender, by)
    if tender.first_opener_id is None:
        tender.first_opener_id = by.actor_id
        tender.save(update_fields=["first_opener"])
        return False
    if tender.first_opener_id == by.actor_id:
        raise UnableToTenderError("Du har bedt om at åbne tilbuddene. En anden skal åbne dem sammen med dig.")
    tender.second_opener_id, tender.opened_at, tender.state = by.actor_id, by.now, TenderState.OPENED.value
    tender.save(update_fields=["second_opener", "opened_at", "state"])
    for bid in tender.bids.all():
        _read(bid, unseal(bid.content, place=place_of(bid.id, "content")))
    return True


@transaction.atomic
def mend(*, bid_id: UUID, content: bytes, note: str, by: By) -> UUID:
    """Take a mended price sheet for a bid whose own could not be read, and say why that is fair; return the tender.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`; the sheet had no faults; no reason.
    """
    bid = bid_of(bid_id)
    locked(bid.tender_id, by, TenderState.OPENED)
    if not bid.faults:
        raise UnableToTenderError("Tilbuddets priser er læst og kan ikke ændres efter åbningen.")
    if not note.strip() or not content or len(content) > MOST_BYTES:
        raise UnableToTenderError("Vælg filen (højst 5 MB), og skriv, hvorfor den må afløse den første.")
    bid.content, bid.sha256 = seal(content, place=place_of(bid.id, "content")), sha256(content).hexdigest()
    bid.reason = note.strip()[:1000]
    bid.save(update_fields=["content", "sha256", "reason"])
    _read(bid, content)
    return bid.tender_id


@transaction.atomic
def leave_out(*, bid_id: UUID, reason: str, by: By) -> UUID:
    """Do not consider a bid, and say why; return the tender.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or no reason.
    """
    bid = bid_of(bid_id)
    tender = locked(bid.tender_id, by, TenderState.OPENED)
    refuse_conflicted(tender, by)
    if not reason.strip():
        raise UnableToTenderError("Skriv, hvorfor tilbuddet ikke tages i betragtning.")
    bid.state, bid.reason = BidState.OUT.value, reason.strip()[:1000]
    bid.save(update_fields=["state", "reason"])
    return bid.tender_id


@transaction.atomic
def take_in_again(*, bid_id: UUID, by: By) -> UUID:
    """Consider a bid after all; return the tender.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`.
    """
    bid = bid_of(bid_id)
    locked(bid.tender_id, by, TenderState.OPENED)
    Bid.objects.filter(id=bid.id, state=BidState.OUT.value).update(state=BidState.OPENED.value)
    return bid.tender_id


@transaction.atomic
def explain_price(*, bid_id: UUID, text: str, by: By) -> UUID:
    """Keep what a bidder answered about an abnormally low price, and what we make of it; return the tender.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or nothing is said.
    """
    bid = bid_of(bid_id)
    locked(bid.tender_id, by, TenderState.OPENED)
    if not text.strip():
        raise UnableToTenderError("Skriv tilbudsgiverens forklaring og jeres vurdering.")
    Bid.objects.filter(id=bid.id).update(explanation=text.strip()[:1000])
    return bid.tender_id


def refuse_conflicted(tender: Tender, by: By) -> TenderPerson:
    """The actor's declaration; raises `UnableToTenderError` where there is none, or one of a conflict."""
    person = tender.people.filter(user_id=by.actor_id).first()
    if person is None:
        raise UnableToTenderError("Erklær først, om du har en interessekonflikt.")
    if person.conflict:
        raise UnableToTenderError("Du har erklæret en interessekonflikt og kan ikke tage del i bedømmelsen.")
    return person


def bid_of(bid_id: UUID) -> Bid:
    """The bid; raises `TenderNotVisibleError`."""
    found = Bid.objects.filter(id=bid_id).first()
    if found is None:
        raise TenderNotVisibleError
    return found


def sheet_lots(lots: list[Lot], elements: list[str]) -> list[SheetLot]:
    """The lots, with their volumes fetched, as the price sheet asks about them."""
    made = []
    for lot in lots:
        held = {one.element: one.quantity for one in lot.volumes.all()}
        volumes = {Element(one): held[one] for one in elements if one in held}
        made.append(SheetLot(lot.number, lot.name, volumes))
    return made


def place_of(bid_id: UUID, column: str) -> str:
    """Where a bid's file is sealed to."""
    return f"tenders_bid|{column}|{bid_id}"


def _read(bid: Bid, content: bytes) -> None:
    tender = bid.tender
    lots = list(tender.lots.order_by("number").prefetch_related("volumes"))
    found: ReadSheet = read_sheet(content, sheet_lots(lots, tender.elements))
    bid.faults = [str(one) for one in found.faults]
    bid.state = BidState.OPENED.value
    bid.save(update_fields=["faults", "state"])
    bid.prices.all().delete()
    if found.faults:
        return
    by_number = {lot.number: lot for lot in lots}
    BidPrice.objects.bulk_create(
        BidPrice(
            id=uuid7(), municipality_id=bid.municipality_id, bid=bid, lot=by_number[number], element=element.value,
            price_ore=price,
        )
        for number, prices in found.prices.items() for element, price in prices.items()
    )  # fmt: skip
