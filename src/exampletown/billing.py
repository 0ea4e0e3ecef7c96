"""The right bills of one supplier for the months of the window, in its own rhythm, before anything goes wrong."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from exampletown.bills import Bill
from exampletown.days import month_start, months_between
from exampletown.habits import chance
from exampletown.lines import Entry, LineWriter, month_spans

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from exampletown.model import Grant, Supplier, Town

HALF = timedelta(days=15)
JOIN_SHARE = 0.4


class Biller:
    """Makes one supplier's bills."""

    def __init__(self, rng: Random, town: Town, supplier: Supplier) -> None:
        self.rng, self.town, self.supplier = rng, town, supplier
        self.writer = LineWriter(rng, supplier.habits, town.closed)
        self.window_end = month_start(town.today)

    def bills(self, grants: list[Grant]) -> list[Bill]:
        """All bills, unsorted. A grant without a price is billed by nobody here."""
        collective: dict[tuple[date, int, str], list[Entry]] = {}
        bills: list[Bill] = []
        for grant in grants:
            for entries in self.groups(grant):
                if self.joins_collective(grant, entries):
                    key = (month_start(entries[0].start), grant.unit.number, grant.section)
                    collective.setdefault(key, []).extend(entries)
                else:
                    bills.append(self.bill(grant, entries))
        for entries in collective.values():
            bill = self.bill(entries[0].grant, entries)
            bill.collective = len({entry.grant.number for entry in entries}) > 1
            bills.append(bill)
        return bills

    def bill(self, grant: Grant, entries: list[Entry]) -> Bill:
        """One bill for the entries, clean and right."""
        issued = self.issue_date(max(entry.end for entry in entries))
        bill = Bill(self.supplier, grant, grant.citizen, entries, issued)
        bill.truth.expected = bill.expected
        bill.truth.story = "hele uger" if self.bills_by_weeks(grant) else ""
        return bill

    def bills_by_weeks(self, grant: Grant) -> bool:
        """Hours may be billed from Monday to Sunday instead of by months."""
        by_weeks = self.supplier.habits.period_style == "weeks"
        return by_weeks and grant.services[0].unit == "time" and not grant.flaw

    def issue_date(self, end: date) -> date:
        """Mostly in the first ten days after the period, some in its last week; never after today."""
        offset = self.rng.randrange(0, 10) if chance(self.rng, 0.88) else -self.rng.randrange(1, 6)
        return min(end + timedelta(days=offset), self.town.today)

    def joins_collective(self, grant: Grant, entries: list[Entry]) -> bool:
        """Some suppliers gather a month of framework help on one bill."""
        framework = grant.contract is not None and grant.contract.citizen is None
        one_month = len({month_start(entry.start) for entry in entries}) == 1
        return self.supplier.habits.collective and framework and one_month and not grant.flaw

    def groups(self, grant: Grant) -> Iterator[list[Entry]]:
        """The entries that go on one bill together."""
        habits = self.supplier.habits
        if self.bills_by_weeks(grant):
            yield from self.by_weeks(grant)
            return
        waiting: list[Entry] = []
        size = self.rng.choice((2, 3, 3)) if habits.rhythm == "several" else 1
        for count, month in enumerate(self.months(grant), 1):
            month_entries = self.entries(grant, month, month_start(month, 1))
            apart = [e for e in month_entries if e.service.number > 1] if habits.supplement_apart else []
            waiting += [e for e in month_entries if e not in apart]
            if apart:
                yield apart
            if habits.rhythm == "halves" and self.can_halve(waiting):
                yield from self.halves(waiting)
                waiting = []
            elif waiting and count % size == 0:
                self.join_months(waiting)
                yield waiting
                waiting = []
        if waiting:
            yield waiting

    def join_months(self, entries: list[Entry]) -> None:
        """Some write one line for several months of the same help."""
        if len({entry.service.number for entry in entries}) == 1 < len(entries) and chance(self.rng, JOIN_SHARE):
            self.one_line(entries, entries[0].start, entries[-1].end)

    def months(self, grant: Grant) -> list[date]:
        """First days of the months that the supplier bills."""
        end = min(grant.billed_until or grant.end or self.window_end, self.window_end)
        start = max(grant.start, self.town.window_start)
        return months_between(start, end) if start < end else []

    def entries(self, grant: Grant, start: date, end: date) -> list[Entry]:
        """What is owed for the span, one entry for each service line."""
        until = grant.billed_until
        found = (
            self.writer.entry(grant, service, start, min(end, until) if until else end, register=until is None)
            for service in grant.services
        )
        return [entry for entry in found if entry is not None and entry.lines]

    @staticmethod
    def can_halve(entries: list[Entry]) -> bool:
        """Whole days at one price without absence split without rounding."""
        return len(entries) == 1 and entries[0].by_units and not entries[0].reduced and len(entries[0].lines) == 1

    def halves(self, entries: list[Entry]) -> Iterator[list[Entry]]:
        """Two bills for one month; kept whole where the halves would not add up."""
        whole = entries[0]
        middle = month_start(whole.start) + HALF
        grant, service = whole.grant, whole.service
        if not whole.start < middle < whole.end:
            yield entries
            return
        parts = [self.writer.entry(grant, service, *span) for span in ((whole.start, middle), (middle, whole.end))]
        halves = [part for part in parts if part is not None and part.by_units]
        if len(halves) == len(parts) and sum(part.expected for part in halves) == whole.expected:
            yield from ([half] for half in halves)
        else:
            yield entries

    def by_weeks(self, grant: Grant) -> Iterator[list[Entry]]:
        """Whole weeks, Monday to Sunday, four or five at a time; days outside whole weeks are left for later."""
        start = max(grant.start, self.town.window_start)
        end = min(grant.end or self.window_end, self.window_end)
        monday = start + timedelta(days=-start.weekday() % 7)
        while True:
            after = monday + timedelta(weeks=self.rng.choice((4, 4, 5)))
            if after > end:
                return
            entries = [e for span in month_spans(monday, after) for e in self.entries(grant, *span)]
            if len(entries) == 1 or self.one_line(entries, monday, after):
                yield entries
            monday = after

    @staticmethod
    def one_line(entries: list[Entry], start: date, end: date) -> bool:
        """Join the months of a span of weeks into one line where they have one exact price; False if they have not."""
        lines = [line for entry in entries for line in entry.lines]
        if not entries or len({line.price for line in lines}) != 1 or not all(e.by_units for e in entries):
            return bool(entries)
        quantity = sum((line.quantity for line in lines), lines[0].quantity * 0)
        if quantity * lines[0].price != sum(line.net for line in lines) or any(e.reduced for e in entries):
            return True
        first = lines[0]
        first.quantity, first.net, first.period = quantity, quantity * first.price, (start, end)
        for entry in entries[1:]:
            entry.lines = []
        return True
