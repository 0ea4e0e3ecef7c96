"""Service is judged by two people apart, and the bids are ranked lot by lot."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from styr.kernel.ids import uuid7
from styr.tenders.acting import UnableToTenderError, locked
from styr.tenders.bidding import refuse_conflicted
from styr.tenders.core.codes import BidState, Element, PriceModel, TenderState
from styr.tenders.core.evaluation import Offer, Placed, Rules, Swing, ranked, sensitivity, service_points
from styr.tenders.models import Bid, Lot, Score, ServiceCriterion, Tender, TenderPerson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from fractions import Fraction
    from uuid import UUID

    from styr.trips.ordering import By

JUDGES: Final = 2
"""How many people give points, none seeing another's before all have given theirs."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A lot with its bids in their order, and what ten per cent more or less would do."""

    lot: Lot
    placed: tuple[Placed, ...]
    swings: tuple[Swing, ...]


@transaction.atomic
def give_points(*, tender_id: UUID, points: Mapping[tuple[UUID, UUID], tuple[int, str]], by: By) -> None:
    """Give points for every bid by every criterion, (bid, criterion) → (points, reason), and close them.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`; some are missing; two have given theirs; no
            declaration, or a conflict.
    """
    tender = locked(tender_id, by, TenderState.OPENED)
    person = refuse_conflicted(tender, by)
    if person.submitted_at is not None:
        raise UnableToTenderError("Du har afgivet dine point. De kan ikke ændres.")
    if tender.people.filter(submitted_at__isnull=False).count() >= JUDGES:
        raise UnableToTenderError("To har allerede givet point.")
    bids, criteria = judged_bids(tender), list(tender.criteria.order_by("number"))
    wanted = {(bid.id, criterion.id) for bid in bids for criterion in criteria}
    if set(points) != wanted:
        raise UnableToTenderError("Giv point for alle tilbud på alle kriterier.")
    if any(not 0 <= number <= 10 for number, _ in points.values()):  # noqa: PLR2004 -- the scale
        raise UnableToTenderError("Point er hele tal fra 0 til 10.")
    Score.objects.bulk_create(
        Score(
            id=uuid7(), municipality_id=tender.municipality_id, bid_id=bid, criterion_id=criterion, person=person,
            points=number, reason=reason.strip()[:500],
        )
        for (bid, criterion), (number, reason) in points.items()
    )  # fmt: skip
    TenderPerson.objects.filter(id=person.id).update(submitted_at=by.now)


def judged_bids(tender: Tender) -> list[Bid]:
    """The bids that are considered: opened, read without faults, and not left out. By name."""
    return list(tender.bids.filter(state=BidState.OPENED.value, faults=[]).order_by("bidder"))


def rules_of(tender: Tender) -> Rules:
    """What was chosen before anybody bid."""
    return Rules(tender.price_weight, PriceModel(tender.price_model), tender.spread_percent, tender.abnormal_percent)


def service_of(
    criteria: Sequence[ServiceCriterion], scores: Sequence[Score], bids: Sequence[Bid]
) -> dict[UUID, Fraction | None]:
    """Each bid's service points; None for all until two people have given theirs."""
    given: defaultdict[tuple[UUID, UUID], list[int]] = defaultdict(list)
    for score in scores:
        given[score.bid_id, score.criterion_id].append(score.points)
    closed = len({score.person_id for score in scores}) >= JUDGES
    return {
        bid.id: service_points((one.weight, given[bid.id, one.id]) for one in criteria) if closed else None
        for bid in bids
    }


def judged_lots(
    tender: Tender, lots: Sequence[Lot], bids: Sequence[Bid], service: Mapping[UUID, Fraction | None]
) -> list[Judged]:
    """Every lot with its ranking; volumes and prices are fetched beforehand."""
    rules = rules_of(tender)
    prices: defaultdict[UUID, dict[UUID, dict[Element, int]]] = defaultdict(dict)
    for bid in bids:
        for price in bid.prices.all():
            prices[price.lot_id].setdefault(bid.id, {})[Element(price.element)] = price.price_ore
    made = []
    for lot in lots:
        volumes: dict[Element, Decimal] = {Element(one.element): one.quantity for one in lot.volumes.all()}
        offers = [Offer(bid, held, service[bid]) for bid, held in prices[lot.id].items()]
        made.append(Judged(lot, tuple(ranked(offers, volumes, rules)), tuple(sensitivity(offers, volumes, rules))))
    return made
