"""A winner who is a supplier gets a draft contract with its prices; the letters are files, to each bidder its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import docx
import pytest
from django.db import connection
from django.urls import reverse

from db.tenders.rides import ASKED, NOW, filled, load
from loggedin import logged_in_client
from personas import persona
from styr.access.core.roles import Role
from styr.tenders import asking, awarding, bidding, judging, preparing
from styr.tenders.bidding import Received
from styr.tenders.models import Award, Bid, Tender
from styr.trips.ordering import By

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.test import Client

    from styr.access.models import Municipality
    from styr.tenders.judging import Judged

pytestmark = pytest.mark.django_db
UNTIL = datetime(2026, 8, 20, 12, tzinfo=UTC)
LATE = UNTIL + timedelta(hours=1)
AFTER = datetime(2026, 9, 1, 9, tzinfo=UTC)


def test_the_winner_s_letter_prices_and_draft_contract(
    municipality: Municipality, scope: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(municipality.id)
    mie, lone = (persona(role.value, municipality, role) for role in (Role.TRANSPORT_COORDINATOR, Role.MANAGER))

    def by(user_id: UUID, now: datetime = LATE) -> By:
        return By(municipality_id=municipality.id, actor_id=user_id, today=now.date(), now=now)

    made = _opened(by, mie.user.id, lone.user.id)
    client = logged_in_client(lone)
    monkeypatch.setattr("styr.tenders.web.files.clock", SimpleNamespace(today=LATE.date, now=lambda: LATE))
    winner, loser = (Bid.objects.get(bidder=name) for name in ("Vognmand Ærø", "Klit Minibus"))
    assert _letter(client, winner, "docx").status_code == 404, "nobody has decided"
    best: dict[UUID, UUID | None] = {one.lot.id: one.placed[0].bid_id for one in _ranking(made)}
    assert set(best.values()) == {winner.id}
    awarding.award(tender_id=made, chosen=best, reason="Bedste pris.", by=by(lone.user.id))
    awarding.tell_bidders(tender_id=made, by=by(lone.user.id))
    assert "tildele jer delaftalerne 1 og 2" in _words(client, winner)
    refused = _words(client, loser)
    assert "ikke at tildele jer" in refused
    assert "Bedste pris." in refused
    assert _letter(client, loser, "pdf").content.startswith(b"%PDF")
    assert _letter(client, loser, "txt").status_code == 404
    assert awarding.conclude(tender_id=made, by=by(lone.user.id, AFTER)) == (2, 2)
    contracts = list(Award.objects.filter(lot__tender=made).order_by("lot__number").values_list("contract", flat=True))
    assert [_contract(one) for one in contracts] == [
        ("draft", "SEL-117", date(2027, 1, 1), date(2029, 1, 1), [("trip", 40), ("km", 11)]),
        ("draft", "SEL-117", date(2027, 1, 1), date(2029, 1, 1), [("trip", 45), ("km", 12)]),
    ]


def _opened(by: Callable[..., By], mie: UUID, lone: UUID) -> UUID:
    """Two bids on both lots, opened and judged alike by both."""

    made = preparing.make_tender(asked=ASKED, by=by(mie, NOW))
    asking.publish(tender_id=made, questions_until=date(2026, 8, 10), bids_until=UNTIL, by=by(mie, NOW))
    tender = Tender.objects.get(id=made)
    for name, prices in (
        ("Vognmand Ærø", {1: ("40", "11", "60"), 2: ("45", "12", "60")}),
        ("Klit Minibus", {1: ("50", "12", "60"), 2: ("55", "13", "60")}),
    ):
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM transport_operator WHERE name = %s", [name])
            operator = cursor.fetchone()[0]
        received = Received(bidder=name, cvr="", operator_id=operator, content=filled(tender, prices))
        bidding.receive(tender_id=made, received=received, by=by(mie, NOW))
    for user in (mie, lone):
        bidding.declare(tender_id=made, conflict=False, text="", by=by(user))
        bidding.open_bids(tender_id=made, by=by(user))
    points = {
        (bid.id, one.id): (7, "som beskrevet") for bid in judging.judged_bids(tender) for one in tender.criteria.all()
    }
    for user in (mie, lone):
        judging.give_points(tender_id=made, points=points, by=by(user))
    return made


def _ranking(made: UUID) -> list[Judged]:
    return awarding.judged(Tender.objects.get(id=made))


def _letter(client: Client, bid: Bid, kind: str) -> Any:
    return client.get(reverse("bid_letter", args=[bid.tender_id, bid.id, kind]))


def _words(client: Client, bid: Bid) -> str:
    """What the Word letter says, its tables left out."""
    answer = _letter(client, bid, "docx")
    assert "attachment" in answer["Content-Disposition"]
    return "\n".join(one.text for one in docx.Document(BytesIO(answer.content)).paragraphs)


def _contract(contract_id: UUID) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.status, k.section, k.starts, k.ends, s.name FROM rel_contract k "
            "JOIN suppliers_supplier s ON s.id = k.supplier_id WHERE contract_id = %s",
            [contract_id],
        )
        *facts, supplier = cursor.fetchone()
        assert supplier == "Bostedet Ærø ApS"
        cursor.execute(
            "SELECT l.unit, r.amount FROM rel_contract_line l JOIN rel_contract_rate r USING (contract_line_id) "
            "WHERE l.contract_id = %s ORDER BY l.line_no",
            [contract_id],
        )
        return (*facts, [(unit, int(amount)) for unit, amount in cursor.fetchall()])
