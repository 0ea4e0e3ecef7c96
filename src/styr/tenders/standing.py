"""How the bids stand, as the page shows it: points, the ranking of each lot, and what would change it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.tenders.decision_papers import swing_words
from styr.tenders.models import Score
from styr.tenders.wording import points_word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from styr.tenders.core.evaluation import Placed
    from styr.tenders.judging import Judged
    from styr.tenders.models import Award, Bid, Lot, ServiceCriterion, Tender, TenderPerson


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A bid's points by a criterion: (who, points, reason)."""

    bid_id: UUID
    criterion: str
    given: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class RankedBid:
    """A bid's place on a lot."""

    placed: Placed
    bid: Bid

    @property
    def price_points(self) -> str:
        """Points for price."""
        return points_word(self.placed.price_points)

    @property
    def service_points(self) -> str:
        """Points for service, "–" until both have given theirs."""
        return "–" if self.placed.service_points is None else points_word(self.placed.service_points)

    @property
    def points(self) -> str:
        """All points."""
        return points_word(self.placed.points)


@dataclass(frozen=True, slots=True)
class DecidedLot:
    """A lot's ranking, what would change it, and what was decided."""

    lot: Lot
    ranked: tuple[RankedBid, ...]
    swings: tuple[str, ...]
    award: Award | None

    @property
    def saving_ore(self) -> int | None:
        """How much cheaper the best is a year than today; None where either is not known."""
        if not self.ranked or self.lot.today_ore is None:
            return None
        return self.lot.today_ore - self.ranked[0].placed.total_ore


def score_rows(tender: Tender, criteria: Sequence[ServiceCriterion], shown: Sequence[TenderPerson]) -> list[ScoreRow]:
    """The points of those who are shown. One query, none where nobody is."""
    if not shown:
        return []
    names = {one.id: one.user.name for one in shown}
    held: defaultdict[tuple[UUID, UUID], list[tuple[str, int, str]]] = defaultdict(list)
    for score in Score.objects.filter(bid__tender=tender, person_id__in=names).order_by("person__declared_at"):
        held[score.bid_id, score.criterion_id].append((names[score.person_id], score.points, score.reason))
    words = {one.id: one.name for one in criteria}
    return [ScoreRow(bid, words.get(criterion, ""), tuple(given)) for (bid, criterion), given in held.items()]


def decided_lot(found: Judged, bids: Mapping[UUID, Bid], award: Award | None) -> DecidedLot:
    """The lot as the page shows it."""
    return DecidedLot(
        lot=found.lot,
        ranked=tuple(RankedBid(placed, bids[placed.bid_id]) for placed in found.placed),
        swings=tuple(swing_words(swing, bids) for swing in found.swings if swing.changed),
        award=award,
    )
