"""Tenders of rides as JSON: how far each has come, its lots, and who won them. What is sealed stays so."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from styr.access.api import Problem, kr, plain, scoped
from styr.access.core.permissions import Permission
from styr.tenders import queries
from styr.tenders.core.anonymous import FEWEST
from styr.tenders.core.codes import Element, TenderKind, TenderState
from styr.tenders.models import Award

router = Router(tags=["Transport"])
_DECIDED = frozenset({TenderState.AWARDED, TenderState.CONCLUDED})


class TenderOut(Schema):
    """A tender for [starts, ends); `bids` is how many were received, whatever is in them."""

    id: UUID
    number: int
    name: str
    kind: TenderKind
    state: TenderState
    starts: date
    ends: date
    published_on: date | None
    bids_until: datetime | None
    lots: int
    bids: int


class VolumeOut(Schema):
    """How much a year of what is paid for."""

    element: Element
    quantity: str


class LotOut(Schema):
    """A lot of rides in a year. Everything about fewer than five citizens is null, also what was paid and won.

    `today` is what the lot costs a year now, `won` what the winner asks; null before it is decided. `winner` is null
    where nobody was chosen.
    """

    number: int
    name: str
    riders: int | None
    trips: int | None
    volumes: list[VolumeOut]
    today: str | None
    winner: str | None
    won: str | None


class TenderLotsOut(Schema):
    """A tender with its lots."""

    tender: TenderOut
    decided_on: date | None
    lots: list[LotOut]


@router.get("", response=list[TenderOut], summary="Tenders of rides, the latest first")
@scoped(Permission.SEE_TRANSPORT)
def tenders(request: HttpRequest) -> list[TenderOut]:  # noqa: ARG001 - ninja's
    """Return the latest 200 at the most."""
    return [_tender(one) for one in queries.tender_cards()]


@router.get("/{uuid:tender_id}", response={200: TenderLotsOut, 404: Problem}, summary="One tender with its lots")
@scoped(Permission.SEE_TRANSPORT)
def tender(request: HttpRequest, tender_id: UUID) -> TenderLotsOut:  # noqa: ARG001 - ninja's
    """Return the tender with its lots; the winners once it is decided."""
    found = queries.tender_of(tender_id)
    lots = queries.lot_views(found)
    card = queries.TenderCard(found, len(lots), found.bids.count(), None, None)
    decided = card.state in _DECIDED
    won = {one.lot_id: one for one in queries.awards_of(found)} if decided else {}
    return TenderLotsOut(
        tender=_tender(card),
        decided_on=found.decided_on if decided else None,
        lots=[lot_out(one, won.get(one.lot.id)) for one in lots],
    )


def _tender(card: queries.TenderCard) -> TenderOut:
    one = card.tender
    return TenderOut(
        id=one.id,
        number=one.number,
        name=one.name,
        kind=card.kind,
        state=card.state,
        starts=one.starts,
        ends=one.ends,
        published_on=one.published_on,
        bids_until=one.bids_until,
        lots=card.lots,
        bids=card.bids,
    )


def lot_out(view: queries.LotView, award: Award | None) -> LotOut:
    """The lot; of few citizens only that it is there, since prices and volumes would be about each of them."""
    lot, told = view.lot, view.lot.riders >= FEWEST
    bid = award.bid if award else None
    return LotOut(
        number=lot.number,
        name=lot.name,
        riders=lot.riders if told else None,
        trips=view.trips if told else None,
        volumes=[VolumeOut(element=Element(row.element), quantity=plain(row.quantity)) for row in view.volumes]
        if told
        else [],
        today=kr(lot.today_ore) if told and lot.today_ore is not None else None,
        winner=bid.bidder if bid else None,
        won=kr(award.total_ore) if told and award and award.total_ore is not None else None,
    )
