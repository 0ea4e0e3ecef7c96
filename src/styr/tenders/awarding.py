"""The decision: who gets which lot, what everybody is told, and the prices and contracts that come of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.contracts.core.codes import LineKind
from styr.contracts.queries import next_contract_number
from styr.contracts.services import NewContractLine, UnableToRegisterContractError, register_contract
from styr.kernel.danish import danish_date
from styr.kernel.ids import uuid7
from styr.kernel.period import Period
from styr.kernel.units import Unit
from styr.tenders.acting import UnableToTenderError, locked
from styr.tenders.bidding import refuse_conflicted
from styr.tenders.core.codes import BidState, Element, TenderState
from styr.tenders.core.money_rules import standstill_until
from styr.tenders.judging import JUDGES, Judged, judged_lots, service_of
from styr.tenders.models import Award, Bid, Lot, Score, Tender
from styr.tenders.queries import bids_of
from styr.transport.core.codes import OperatorKind
from styr.transport.limiting import limits_on
from styr.transport.registering import UnableToKeepRecordError, keep, record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from styr.trips.ordering import By

STANDSTILL_DAYS: Final = 10
SECTION: Final = "SEL-117"
_SERVICE: Final = "befordring"
_PRODUCT: Final = 60


def judged(tender: Tender, bids: Sequence[Bid] | None = None) -> list[Judged]:
    """Every lot with its ranking. Six queries, four where the bids are given with their prices."""
    known = bids if bids is not None else bids_of(tender)
    considered = [bid for bid in known if bid.state == BidState.OPENED and not bid.faults]
    criteria = list(tender.criteria.order_by("number"))
    scores = list(Score.objects.filter(bid__tender=tender))
    lots = list(tender.lots.order_by("number").prefetch_related("volumes"))
    return judged_lots(tender, lots, considered, service_of(criteria, scores, considered))


@transaction.atomic
def award(*, tender_id: UUID, chosen: Mapping[UUID, UUID | None], reason: str, by: By) -> None:
    """Decide every lot: lot → bid, None where it goes to nobody. It takes the right to negotiate.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`; service is not judged by two; a lot is not
            decided, or not for the best bid; an abnormally low price is not explained.
    """
    tender = locked(tender_id, by, TenderState.OPENED, permission=Permission.NEGOTIATE)
    refuse_conflicted(tender, by)
    if tender.people.filter(submitted_at__isnull=False).count() < JUDGES:
        raise UnableToTenderError("To personer skal have givet point for service, før der besluttes.")
    if not reason.strip():
        raise UnableToTenderError("Skriv begrundelsen. Den står i indstillingen og i brevene.")
    lots = judged(tender)
    if set(chosen) != {one.lot.id for one in lots}:
        raise UnableToTenderError("Tag stilling til hver delaftale.")
    for one in lots:
        _decide(one, chosen[one.lot.id])
    tender.state, tender.note = TenderState.AWARDED.value, reason.strip()[:2000]
    tender.decided_by_id, tender.decided_on = by.actor_id, by.today
    tender.save(update_fields=["state", "note", "decided_by", "decided_on"])


@transaction.atomic
def take_back_award(*, tender_id: UUID, by: By) -> None:
    """Undo the decision, while nobody has been told.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or the letters have gone.
    """
    tender = locked(tender_id, by, TenderState.AWARDED, permission=Permission.NEGOTIATE)
    if tender.told_on is not None:
        raise UnableToTenderError("Tilbudsgiverne er underrettet. En ny beslutning kræver, at udbuddet annulleres.")
    Award.objects.filter(lot__tender=tender).delete()
    tender.state, tender.decided_by, tender.decided_on = TenderState.OPENED.value, None, None
    tender.save(update_fields=["state", "decided_by", "decided_on"])


@transaction.atomic
def tell_bidders(*, tender_id: UUID, by: By) -> None:
    """Note that the letters have gone to all at once; standstill runs from the day after.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or they have been told.
    """
    tender = locked(tender_id, by, TenderState.AWARDED, permission=Permission.NEGOTIATE)
    if tender.told_on is not None:
        raise UnableToTenderError("Tilbudsgiverne er allerede underrettet.")
    days = limits_on(by.today).value("tender_standstill_days", STANDSTILL_DAYS)
    tender.told_on, tender.standstill_until = by.today, standstill_until(by.today, days=days)
    tender.save(update_fields=["told_on", "standstill_until"])


@transaction.atomic
def conclude(*, tender_id: UUID, by: By) -> tuple[int, int]:
    """Make each winner's prices a price scheme from the contract's first day, and draft contracts; return how many.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`; standstill runs; prices overlap others.
        PermissionDenied: the actor may not keep the registers of transport.
    """
    tender = locked(tender_id, by, TenderState.AWARDED, permission=Permission.NEGOTIATE)
    if tender.standstill_until is None:
        raise UnableToTenderError("Underret tilbudsgiverne først.")
    if by.today <= tender.standstill_until:
        raise UnableToTenderError(f"Standstill løber til og med {danish_date(tender.standstill_until)}.")
    won = (
        Award.objects.filter(lot__tender=tender, bid__isnull=False).select_related("lot", "bid").order_by("lot__number")
    )
    schemes = contracts = 0
    for one in won:
        bid = one.bid
        if bid is None:
            continue
        prices = {Element(row.element): row.price_ore for row in bid.prices.filter(lot=one.lot)}
        operator = _operator(bid, by)
        one.scheme_id = _scheme(tender, one.lot, operator, prices, by)
        supplier_id = record("operatoerer", operator).supplier_id
        if supplier_id is not None:
            one.contract_id = _contract(tender, supplier_id, prices, by)
            contracts += 1
        one.save(update_fields=["scheme_id", "contract"])
        schemes += 1
    tender.state = TenderState.CONCLUDED.value
    tender.save(update_fields=["state"])
    return schemes, contracts


def _decide(found: Judged, bid_id: UUID | None) -> None:
    lot = found.lot
    if bid_id is None:
        Award.objects.create(id=uuid7(), municipality_id=lot.municipality_id, lot=lot)
        return
    placed = next((one for one in found.placed if one.bid_id == bid_id), None)
    if placed is None:
        raise UnableToTenderError(f"Tilbuddet er ikke givet på delaftale {lot.number}, eller det er ikke med.")
    if placed.rank != 1:
        raise UnableToTenderError(
            f"Delaftale {lot.number} skal gå til det bedste tilbud, medmindre det tages ud med en begrundelse."
        )
    if placed.abnormal is not None and not Bid.objects.filter(id=bid_id).exclude(explanation="").exists():
        raise UnableToTenderError(
            f"Prisen på delaftale {lot.number} ser unormalt lav ud. Skriv tilbudsgiverens forklaring først."
        )
    Award.objects.create(
        id=uuid7(), municipality_id=lot.municipality_id, lot=lot, bid_id=bid_id, total_ore=placed.total_ore
    )


def _operator(bid: Bid, by: By) -> UUID:
    """The bidder as an operator: the one it was received from, else a new private one."""
    if bid.operator_id is None:
        made = _kept("operatoerer", {"name": bid.bidder, "kind": OperatorKind.PRIVATE.value, "note": "Fra udbud"}, by)
        Bid.objects.filter(id=bid.id).update(operator_id=made)
        return made
    return bid.operator_id


def _scheme(tender: Tender, lot: Lot, operator_id: UUID, prices: Mapping[Element, int], by: By) -> UUID:
    product = f"Specialkørsel U{tender.number}-{lot.number} {lot.name}"[:_PRODUCT].strip()
    told = {f"{element.value}_ore": price for element, price in prices.items()}
    days = {"valid_from": tender.starts, "valid_to": tender.ends}
    return _kept("priser", {"operator_id": operator_id, "product": product, **days, **told}, by)


def _kept(register: str, values: dict[str, object], by: By) -> UUID:
    try:
        return keep(
            register=register, record_id=None, values=values, seen="", municipality_id=by.municipality_id,
            actor_id=by.actor_id, now=by.now,
        )  # fmt: skip
    except UnableToKeepRecordError as refused:
        raise UnableToTenderError(str(refused)) from refused


def _contract(tender: Tender, supplier_id: UUID, prices: Mapping[Element, int], by: By) -> UUID:
    """A draft framework contract with the prices that its lines can hold; the price scheme holds them all."""
    units = {Element.START: Unit.TRIP, Element.KM: Unit.KM, Element.DAY: Unit.DAY}
    lines = [
        NewContractLine(
            kind=LineKind.BASE if at == 0 else LineKind.SUPPLEMENT, service=_SERVICE, unit=units[element],
            price=Decimal(prices[element]).scaleb(-2),
        )
        for at, element in enumerate(one for one in units if one in prices)
    ]  # fmt: skip
    try:
        return register_contract(
            municipality_id=by.municipality_id, number=next_contract_number(tender.starts.year),
            supplier_id=supplier_id, section=SECTION, period=Period(tender.starts, tender.ends), lines=lines,
        )  # fmt: skip
    except UnableToRegisterContractError as refused:
        raise UnableToTenderError(str(refused)) from refused
