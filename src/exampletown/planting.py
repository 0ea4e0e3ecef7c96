"""Decides which bills of a supplier get which trouble, at rates like those of practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exampletown.chains import Chains
from exampletown.habits import chance, weighted
from exampletown.parties import PartyTroubles

if TYPE_CHECKING:
    from collections.abc import Callable

    from exampletown.bills import Bill

PER_TEN_THOUSAND = (
    *(("rate_high", 44), ("rate_low", 30), ("quantity_more", 40), ("quantity_fewer", 20), ("extra", 40)),
    *(("extra_alone", 10), ("resend", 24), ("twice", 24), ("paid_again", 16), ("unknown_citizen", 14), ("no_key", 30)),
    *(("conflict", 10), ("no_grant", 18), ("wrong_ean", 16), ("damaged", 32), ("new_bank", 24), ("not_party", 20)),
    *(("credited", 50), ("renumbered", 16), ("two_at_once", 12)),
)
WHOLE = 10_000
ABSENCE_SHARE = 0.3
EDGE_SHARE = 0.14
PAIRS = (("rate_high", "extra"), ("quantity_more", "new_bank"), ("rate_low", "wrong_ean"), ("extra", "new_bank"))


class Planting(Chains, PartyTroubles):
    """Goes through a supplier's bills once, oldest first."""

    def plant(self) -> list[Bill]:
        """All bills, the added ones too, unsorted."""
        quiet = WHOLE - sum(weight for _, weight in PER_TEN_THOUSAND)
        choices = [*PER_TEN_THOUSAND, ("", quiet)]
        for bill in self.bills:
            if bill.collective or bill.planted or bill.truth.touchless != "yes" or not bill.entries:
                continue
            self.spoil(bill, weighted(self.rng, choices))
        return self.bills + self.added

    def spoil(self, bill: Bill, trouble: str) -> None:
        """Give the bill its trouble; absence and cut months draw their own first."""
        if any(entry.reduced for entry in bill.entries) and chance(self.rng, ABSENCE_SHARE):
            trouble = self.rng.choice(("absence_not_deducted", "absence_not_deducted", "partly_credited"))
        elif self.at_edge(bill) and chance(self.rng, EDGE_SHARE):
            trouble = self.rng.choice(("over_the_edge", "after_end"))
        if not trouble:
            return
        if trouble == "two_at_once":
            self.two_at_once(bill)
        elif self.method(trouble)(bill):
            bill.planted = bill.planted or self.mark(trouble)

    @staticmethod
    def mark(trouble: str) -> str:
        """The bill that a later one was added to is itself right."""
        later = {"resend": "resent", "twice": "billed_twice", "extra_alone": "before_extra", "after_end": "before_end"}
        return later.get(trouble, trouble)

    def two_at_once(self, bill: Bill) -> None:
        """Two troubles on one bill."""
        one, two = self.rng.choice(PAIRS)
        if self.method(one)(bill):
            self.method(two)(bill)
            bill.planted = f"{one}+{two}"

    def method(self, trouble: str) -> Callable[[Bill], bool]:
        """The trouble by its name."""
        found: Callable[[Bill], bool] = getattr(self, trouble)
        return found

    def at_edge(self, bill: Bill) -> bool:
        """The bill touches the grant's start or end."""
        first, last = bill.entries[0], bill.entries[-1]
        return first.start == first.grant.start or last.end == last.grant.end
