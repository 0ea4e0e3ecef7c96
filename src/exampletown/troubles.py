"""What the troubles of single bills have in common."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown.bills import Bill
from exampletown.days import month_start

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from random import Random

    from exampletown.lines import Entry, LineWriter
    from exampletown.model import Grant, Supplier, Town


class Troubles:
    """One supplier's bills, and those that trouble adds to them.

    A trouble is a method that takes a clean bill and spoils it, or adds a spoiled one after it, and returns whether it
    could be done. What each means is told in the README of this package.
    """

    def __init__(self, rng: Random, town: Town, supplier: Supplier, writer: LineWriter, bills: list[Bill]) -> None:
        self.rng, self.town, self.supplier, self.writer = rng, town, supplier, writer
        self.bills = bills
        self.added: list[Bill] = []
        self.customers = {bill.citizen.number for bill in bills if bill.citizen}
        self.alike: dict[tuple[date, Decimal], set[int]] = {}
        for bill in bills:
            if bill.citizen:
                self.alike.setdefault(self.likeness(bill), set()).add(bill.citizen.number)

    @staticmethod
    def likeness(bill: Bill) -> tuple[date, Decimal]:
        """Bills that agree in this cannot be told apart without a key."""
        return month_start(bill.entries[0].start), bill.net

    def stays(self, grant: Grant) -> bool:
        """The citizen neither left nor has another grant for the same section."""
        return grant.citizen.died is None and grant.citizen.moved_out is None and grant.number not in self.town.renewed

    def after(self, bill: Bill, *, days: int = 0, entries: list[Entry] | None = None) -> Bill:
        """A new bill like ``bill``, some days later; its lines are its own."""
        issued = min(bill.issued + timedelta(days=days), self.town.today)
        own = entries
        if own is None:
            own = [copy.copy(entry) for entry in bill.entries]
            for entry in own:
                entry.lines = copy.deepcopy(entry.lines)
        later = Bill(self.supplier, bill.grant, bill.citizen, own, issued)
        later.truth.expected = later.expected
        return later

    def add(self, bill: Bill, planted: str) -> bool:
        """Send ``bill`` too."""
        bill.planted = planted
        self.added.append(bill)
        return True
