"""Bills that belong together: resends, double billing, credits and new bills."""

from __future__ import annotations

import copy
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown.amounts import AmountTroubles
from exampletown.bills import Bill
from exampletown.documents import NOTHING, Line
from exampletown.habits import chance

if TYPE_CHECKING:
    from datetime import date

NAMED_SHARE = 0.85


class Chains(AmountTroubles):
    """Adds later bills to earlier ones."""

    def later_day(self, bill: Bill, first: int, last: int) -> date | None:
        """A day between ``first`` and ``last`` days after, or None when today comes before."""
        day = bill.issued + timedelta(days=self.rng.randrange(first, last))
        return day if day <= self.town.today else None

    def resend(self, bill: Bill) -> bool:
        """The same document once more, received later."""
        day = self.later_day(bill, 5, 45)
        if day is None:
            return False
        again = self.after(bill)
        again.resends, again.received = bill, day
        again.truth.expected = NOTHING
        again.truth.refuse("genfremsendt", must="duplicate", hard="duplicate already_paid")
        bill.kept = True
        return self.add(again, "resend")

    def twice(self, bill: Bill) -> bool:
        """The same help and period under a new number."""
        day = self.later_day(bill, 8, 70)
        if day is None:
            return False
        again = self.after(bill)
        again.issued = day
        again.truth.expected = NOTHING
        again.truth.refuse("faktureret to gange", must="duplicate", may="quantity", hard="duplicate already_paid")
        return self.add(again, "twice")

    def paid_again(self, bill: Bill) -> bool:
        """This month's bill holds last month's lines again."""
        first = bill.entries[0]
        before = [
            other
            for other in self.bills
            if other.grant is bill.grant
            and other.entries
            and other.entries[-1].end == first.start
            and other.entries[0].service is first.service
            and not other.planted
            and other.truth.touchless == "yes"
        ]
        if not before or before[0].issued >= bill.issued:
            return False
        owed = bill.truth.expected
        bill.entries = [*self.after(before[0]).entries, *bill.entries]
        before[0].planted = "paid_first"
        bill.truth.expected = owed
        bill.truth.refuse("forrige måned med igen", must="duplicate", may="quantity", hard="already_paid duplicate")
        return True

    def credit(self, bill: Bill, day: date, lines: list[Line], planted: str) -> Bill:
        """A credit note for ``bill``; right in itself."""
        note = Bill(self.supplier, bill.grant, bill.citizen, list(bill.entries), day, kind="credit_note")
        note.own_lines = lines
        note.credits, note.way = bill, bill.way
        note.names_credited = chance(self.rng, NAMED_SHARE)
        note.truth.expected = -note.net
        note.truth.excuse("kreditnota")
        self.add(note, planted)
        return note

    def forgive(self, bill: Bill, story: str) -> None:
        """What was wrong has been credited since: seeing the fault and seeing the credit are both right."""
        truth = bill.truth
        codes = " ".join(sorted(truth.must | truth.may))
        truth.must, truth.touchless = set(), "yes"
        truth.excuse(story, may=codes)

    def rebill(self, note: Bill, right: Bill, planted: str) -> None:
        """The right bill under a new number a few days after the credit note."""
        right.issued = min(note.issued + timedelta(days=self.rng.randrange(4)), self.town.today)
        right.after_credit = True
        if not note.names_credited:
            right.truth.excuse(
                "ny faktura efter kreditnota uden henvisning", may="duplicate", hard_may="duplicate already_paid"
            )
        self.add(right, planted)

    def credited(self, bill: Bill) -> bool:
        """Wrong, credited in full, billed again."""
        day = self.later_day(bill, 6, 40)
        right = self.after(bill)
        spoil = self.rng.choice((self.rate_high, self.quantity_more))
        if day is None or not spoil(bill):
            return False
        self.forgive(bill, "siden krediteret")
        note = self.credit(bill, day, copy.deepcopy(bill.lines), "credit_note")
        self.rebill(note, right, "rebilled")
        return True

    def renumbered(self, bill: Bill) -> bool:
        """Right, but credited and sent again under a new number."""
        day = self.later_day(bill, 6, 40)
        if day is None:
            return False
        right = self.after(bill)
        bill.truth.excuse("siden krediteret og sendt igen")
        note = self.credit(bill, day, copy.deepcopy(bill.lines), "credit_note")
        self.rebill(note, right, "rebilled")
        return True

    def partly_credited(self, bill: Bill) -> bool:
        """A whole month, the absence credited later."""
        day = self.later_day(bill, 10, 60)
        if day is None or len(bill.entries) > 1 or not self.absence_not_deducted(bill):
            return False
        difference = bill.net - bill.expected
        period = (bill.entries[0].start, bill.entries[-1].end)
        self.forgive(bill, "fravær siden krediteret")
        self.credit(
            bill, day, [Line("Regulering for fravær", Decimal(1), "EA", difference, difference, period)], "credit_note"
        )
        return True
