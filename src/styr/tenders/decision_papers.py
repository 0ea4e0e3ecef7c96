"""What comes of the judging: the decision memo (indstilling), and the letters to the bidders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.kernel.danish import danish_date, kroner
from styr.tenders.core.codes import BidState
from styr.tenders.core.paper import Block, Grid, Heading, Paper, Points, Words
from styr.tenders.papers import full_title, judged_by
from styr.tenders.wording import element_word, points_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from styr.tenders.core.evaluation import Swing
    from styr.tenders.judging import Judged
    from styr.tenders.models import Award, Bid, ServiceCriterion, Tender, TenderPerson
    from styr.tenders.papers import Issued


@dataclass(frozen=True, slots=True)
class Decision:
    """Every lot's ranking, and the bids by id."""

    judged: Sequence[Judged]
    bids: Mapping[UUID, Bid]


def decision_memo(
    tender: Tender, decision: Decision, people: Sequence[TenderPerson], criteria: Sequence[ServiceCriterion],
    issued: Issued,
) -> Paper:  # fmt: skip
    """The decision memo (indstilling): how it was judged, the ranking of each lot, and how firm it is."""
    bids = decision.bids
    blocks: list[Block] = [Heading("Grundlag"), *judged_by(tender, criteria), *_opened(tender, bids, people)]
    for one in decision.judged:
        blocks += [Heading(f"Delaftale {one.lot.number}: {one.lot.name}"), _ranking(one, bids), Words(_saved(one))]
        changed = [swing for swing in one.swings if swing.changed]
        blocks.append(Points(tuple(swing_words(swing, bids) for swing in changed)) if changed else Words(
            "Den samme vinder, når mængden af ét priselement ad gangen er ti procent større eller mindre."
        ))  # fmt: skip
    if tender.note:
        blocks += [Heading("Begrundelse"), Words(tender.note)]
    return Paper(f"Indstilling: {tender.name}", issued.municipality, issued.day, tuple(blocks))


def letter(tender: Tender, bid: Bid, decision: Decision, awards: Sequence[Award], issued: Issued) -> Paper:
    """The letter to one bidder (tildelings- eller afslagsbrev): its own places, the winner's points, and standstill."""
    won = [one for one in awards if one.bid_id == bid.id]
    by_lot = {one.lot_id: one for one in awards}
    rows = tuple(_place(bid, one, by_lot.get(one.lot.id)) for one in decision.judged)
    opening = (
        f"Vi har besluttet at tildele jer {_joined([str(one.lot.number) for one in won], 'delaftale', 'delaftalerne')}."
        if won
        else "Vi har besluttet ikke at tildele jer en aftale denne gang."
    )
    blocks: list[Block] = [
        Words(f"Til {bid.bidder}"),
        Words(f"Tak for jeres tilbud i {full_title(tender)}. {opening}"),
        Grid(("Delaftale", "Jeres plads", "Jeres point", "Vinder", "Vinderens point"), rows, 4),
        Heading("Begrundelse"),
        Words(bid.reason if bid.state == BidState.OUT else tender.note or "Det bedste forhold mellem pris og service."),
        Heading("Standstill"),
        Words(_standstill(tender)),
    ]
    return Paper(f"Afgørelse: {tender.name}", issued.municipality, issued.day, tuple(blocks))


def swing_words(swing: Swing, bids: Mapping[UUID, Bid]) -> str:
    """What would happen at another volume, in a sentence."""
    more = "større" if swing.percent > 0 else "mindre"
    name = element_word(swing.element) if swing.element else "Mængden"
    return f"{name} {abs(swing.percent)} procent {more}: {bids[swing.winner].bidder} vinder."


def _place(bid: Bid, one: Judged, award: Award | None) -> tuple[str, ...]:
    own = next((placed for placed in one.placed if placed.bid_id == bid.id), None)
    winner = award.bid if award else None
    best = next((placed for placed in one.placed if winner and placed.bid_id == winner.id), None)
    return (
        f"{one.lot.number}. {one.lot.name}",
        f"{own.rank} af {len(one.placed)}" if own else "ikke budt",
        points_word(own.points) if own else "–",
        winner.bidder if winner else "Ingen",
        points_word(best.points) if best else "–",
    )


def _opened(tender: Tender, bids: Mapping[UUID, Bid], people: Sequence[TenderPerson]) -> list[Block]:
    openers = [one.name for one in (tender.first_opener, tender.second_opener) if one]
    lines = [f"{len(bids)} tilbud blev åbnet efter fristen af {' og '.join(openers)}."] if openers else []
    lines += [
        f"{bid.bidder}: ikke taget i betragtning. {bid.reason}" for bid in bids.values() if bid.state == BidState.OUT
    ]
    lines += [f"{bid.bidder}, lav pris: {bid.explanation}" for bid in bids.values() if bid.explanation]
    told = [f"{one.user.name}: {one.text or 'ingen interessekonflikt'}" for one in people]
    return [Points(tuple(lines)), Words("Habilitet"), Points(tuple(told))]


def _ranking(one: Judged, bids: Mapping[UUID, Bid]) -> Grid:
    rows = tuple(
        (
            f"{placed.rank}", bids[placed.bid_id].bidder, kroner(placed.total_ore), points_word(placed.price_points),
            "–" if placed.service_points is None else points_word(placed.service_points), points_word(placed.points),
        )
        for placed in one.placed
    )  # fmt: skip
    return Grid(("Nr.", "Tilbudsgiver", "Pris pr. år", "Prispoint", "Servicepoint", "I alt"), rows, 2)


def _saved(one: Judged) -> str:
    if not one.placed:
        return "Ingen har budt."
    if one.lot.today_ore is None:
        return "Prisen i dag kendes ikke, så besparelsen kan ikke beregnes."
    difference = one.lot.today_ore - one.placed[0].total_ore
    word = "lavere" if difference >= 0 else "højere"
    now = kroner(one.lot.today_ore, whole=True)
    return f"Det er {kroner(abs(difference), whole=True)} {word} om året end i dag ({now})."


def _standstill(tender: Tender) -> str:
    if tender.standstill_until is None:
        return "Aftalen indgås først, når standstill-perioden er gået."
    return (
        f"Aftalen indgås tidligst efter {danish_date(tender.standstill_until)}. I kan klage over afgørelsen til "
        "Klagenævnet for Udbud. Klager I inden da, kan aftalen ikke indgås, før nævnet har taget stilling."
    )


def _joined(words: Sequence[str], one: str, many: str) -> str:
    return f"{one if len(words) == 1 else many} {' og '.join(words)}"
