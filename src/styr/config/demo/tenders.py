"""The example's tenders: special rides for next year, opened and judged, and a draft that divides them otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Final
from uuid import UUID

import openpyxl
from rich.console import Console

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.kernel.refusal import Refusal
from styr.tenders import asking, bidding, judging, preparing
from styr.tenders.core.codes import Element, SplitBy, TenderKind
from styr.tenders.core.price_sheet import FIRST_ROW, HEADS, SHEET, price_sheet
from styr.tenders.gathering import Choice
from styr.tenders.preparing import NewTender
from styr.tenders.queries import tender_cards, tender_of
from styr.trips.listing import operators
from styr.trips.ordering import By

_NAME: Final = "Specialkørsel"
_BIDS: Final = (
    ("Klit Minibus ApS", Decimal(100), 8, "Faste chauffører på alle ruter."),
    ("Vesterhav Taxi A/S", Decimal(108), 9, "Reservevogn inden for 20 minutter."),
    ("Fjordbus I/S", Decimal(121), 6, "Delvist faste chauffører."),
)
"""Who bids, how dear beside the dearest element's usual price in per cent, and the points they get."""
_PRICE: Final = HEADS.index("Pris i kr.")
_USUAL: Final = {
    Element.START: Decimal(48), Element.KM: Decimal("12.50"), Element.NO_SHOW: Decimal(60),
}  # fmt: skip


def put_out_to_tender(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:
    """Carry one tender through to the ranking and make another a draft, where there is none; twice changes nothing."""
    with console.status("Udbyder kørsel"), service_scope(municipality_id, "demo"):
        able = [one.id for one in colleagues_who(Permission.EDIT_TRANSPORT, unit_id=None, on=today)]
        if tender_cards() or len(able) < judging.JUDGES:
            return
        first, second = able[: judging.JUDGES]

        def by(actor_id: UUID, days_ago: int) -> By:
            day = today - timedelta(days=days_ago)
            return By(
                municipality_id=municipality_id, actor_id=actor_id, today=day,
                now=datetime.combine(day, time(10), tzinfo=UTC),
            )  # fmt: skip

        asked = _asked(today)
        try:
            tender_id = preparing.make_tender(asked=asked, by=by(first, 50))
            closes = datetime.combine(today - timedelta(days=12), time(12), tzinfo=UTC)
            asking.publish(
                tender_id=tender_id, questions_until=(closes - timedelta(days=10)).date(), bids_until=closes,
                by=by(first, 49),
            )  # fmt: skip
        except Refusal:
            return
        asking.ask(tender_id=tender_id, text="Må der køres med elbiler med lift?", by=by(first, 35))
        question = tender_of(tender_id).questions.get()
        asking.answer(question_id=question.id, text="Ja, når kravene til liften er opfyldt.", by=by(first, 33))
        _bid(tender_id, by(first, 20))
        for actor_id in (first, second):
            bidding.declare(tender_id=tender_id, conflict=False, text="", by=by(actor_id, 11))
            bidding.open_bids(tender_id=tender_id, by=by(actor_id, 11))
        for actor_id in (first, second):
            _judge(tender_id, by(actor_id, 8))
        later = replace(asked, name=f"{_NAME} efter behov i vognen", split_by=SplitBy.NEED)
        preparing.make_tender(asked=later, by=By(municipality_id=municipality_id, actor_id=first, today=today, now=now))


def _asked(today: date) -> NewTender:
    starts = date(today.year + 1, 7, 1)
    month = today.replace(day=1)
    return NewTender(
        name=f"{_NAME} {starts.year}", kind=TenderKind.OPEN, choice=Choice(private_only=False),
        split_by=SplitBy.DESTINATION,
        basis_from=month.replace(year=month.year - 1), basis_to=month, starts=starts,
        ends=starts.replace(year=starts.year + 3), elements=tuple(_USUAL),
    )  # fmt: skip


def _bid(tender_id: UUID, by: By) -> None:
    tender = tender_of(tender_id)
    known = {name: operator_id for operator_id, name in operators()}
    lots = bidding.sheet_lots(list(tender.lots.order_by("number").prefetch_related("volumes")), tender.elements)
    blank = price_sheet(tender.name, lots, {})
    for name, percent, _, _ in _BIDS:
        received = bidding.Received(
            bidder=name, cvr="", operator_id=known.get(name), content=_filled(blank, percent)
        )  # fmt: skip
        bidding.receive(tender_id=tender_id, received=received, by=by)


def _filled(blank: bytes, percent: Decimal) -> bytes:
    """The price sheet with every price filled in, as many per cent of the usual one."""
    book = openpyxl.load_workbook(BytesIO(blank))
    sheet = book[SHEET]
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        _, _, element = str(row[0].value or "").partition("-")
        if element:
            row[_PRICE].value = (_USUAL[Element(element)] * percent / 100).quantize(Decimal("0.01"))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _judge(tender_id: UUID, by: By) -> None:
    tender = tender_of(tender_id)
    said = {name: (points, why) for name, _, points, why in _BIDS}
    points = {
        (bid.id, one.id): said[bid.bidder] for bid in judging.judged_bids(tender) for one in tender.criteria.all()
    }
    judging.give_points(tender_id=tender_id, points=points, by=by)
