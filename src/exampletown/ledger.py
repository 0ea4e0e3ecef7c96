"""The town's books: what its finance system has paid and booked, right and wrong, as lines of vouchers.

Everything is drawn from random streams of its own, so that the rest of the town is what it would be without the books.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown.days import holidays, month_start, months_between
from exampletown.granting import GRANTS_AT_FULL_SCALE
from exampletown.habits import chance
from exampletown.reckoning import month_amount, shares

if TYPE_CHECKING:
    from random import Random

    from exampletown.bills import Bill
    from exampletown.model import Citizen, Grant, Town

SUSPENSE = "6455111990099940"
"""Where the bookkeeper puts what has no account of its own."""
STATE_REFUND = "5220721990000286"
CREDIT_DAYS = 30
PAID_CLEAN, PAID_WRONG, PAID_FOREIGN = 0.99, 0.7, 0.3
NAMES_GRANT, NAMES_CITIZEN = 0.7, 0.95
SHARED_COST = (20_000, 60_000)
"""What a unit of ordinary size pays a month for what it shares with others, and carries on no grant."""
UNITS = 7
USER_PAYMENT_SECTIONS = {"SEL § 107", "SEL § 108"}
WEEKEND = 5


@dataclass(slots=True, eq=False)
class Line:
    """A line of a voucher; ``grant`` is what it is really for, the ``said_…`` what the finance system knows of it."""

    posted_on: date
    month: date
    account: str
    amount: Decimal
    text: str
    kind: str
    grant: Grant | None = None
    citizen: Citizen | None = None
    cvr: str = ""
    invoice: str = ""
    says_grant: bool = True
    says_citizen: bool = True
    planted: str = ""
    copy_of: Line | None = None
    voucher: str = ""
    number: int = 1

    @property
    def place(self) -> str:
        """How the key names it."""
        return f"{self.month.year}/{self.voucher}/{self.number}"


@dataclass(slots=True, eq=False)
class Voucher:
    """Lines that were booked together."""

    lines: list[Line] = field(default_factory=list)


def bank_day(day: date) -> date:
    """The day itself, or the next on which banks are open."""
    while day.weekday() >= WEEKEND or day in holidays(day.year):
        day += timedelta(days=1)
    return day


class Books:
    """Collects what is booked while the town's post is written."""

    def __init__(self, rng: Random, town: Town) -> None:
        self.rng, self.town = rng, town
        self.vouchers: list[Voucher] = []
        self.closed = month_start(town.today)
        """The first day of the month that is not closed yet."""
        self.begins = date(min(town.window_start.year, town.today.year - 1), 1, 1)

    def note(self, bill: Bill) -> None:
        """Pay a bill that has come, if the bookkeeper does: most right ones, and many wrong ones."""
        if not bill.number or bill.damage in {"cut", "no_number"} or not bill.net:
            return
        paid_on = bank_day((bill.received or bill.issued) + timedelta(days=CREDIT_DAYS))
        if paid_on > self.town.today or not chance(self.rng, self.willingness(bill)):
            return
        sign = -1 if bill.kind == "credit_note" else 1
        said = chance(self.rng, NAMES_GRANT), chance(self.rng, NAMES_CITIZEN)
        parts: dict[tuple[str, date], tuple[Grant | None, Decimal]] = {}
        for grant, month, net in self.parts(bill):
            key = (grant.number if grant else "", month)
            parts[key] = (grant, parts.get(key, (grant, Decimal(0)))[1] + net)
        lines = [
            Line(
                *(paid_on, month, self.account_of(grant), sign * net, f"Faktura {bill.number}", "betaling"),
                grant=None if grant in self.town.ghosts else grant,
                citizen=grant.citizen if grant else bill.citizen,
                cvr=bill.supplier.cvr,
                invoice=bill.number or "",
                says_grant=said[0],
                says_citizen=said[1],
            )
            for (_, month), (grant, net) in parts.items()
            if net
        ]
        if lines:
            self.vouchers.append(Voucher(lines))

    @staticmethod
    def willingness(bill: Bill) -> float:
        """How often such a bill is paid."""
        truth = bill.truth
        if "wrong_payer" in truth.must:
            return PAID_FOREIGN
        return PAID_WRONG if truth.must or truth.one_of or truth.hard else PAID_CLEAN

    @staticmethod
    def parts(bill: Bill) -> list[tuple[Grant | None, date, Decimal]]:
        """The bill's amount by grant and by the month in which each line begins."""
        if bill.own_lines is not None:
            return [(bill.grant, month_start(line.period[0]), line.net) for line in bill.own_lines]
        told: list[tuple[Grant | None, date, Decimal]] = [
            (entry.grant, month_start(line.period[0]), line.net) for entry in bill.entries for line in entry.lines
        ]
        return told + [(bill.grant, month_start(line.period[0]), line.net) for line in bill.extras]

    @staticmethod
    def account_of(grant: Grant | None) -> str:
        """The grant's own account, or the one for what has none."""
        return grant.account if grant is not None and grant.account else SUSPENSE

    def book_what_has_no_bill(self) -> None:
        """Cash help, the months before the post begins, the citizens' own payments, and what is booked by hand."""
        for grant in self.town.grants:
            if grant.status in {"bevilget", "stoppet"}:
                self.book_months(grant)
                self.book_user_payments(grant)
        self.book_by_hand()

    def book_months(self, grant: Grant) -> None:
        """Cash help until now, and all other help until the month in which the post begins; a voucher a month."""
        until = self.closed if grant.supplier is None else self.town.window_start
        for month in self.months(grant, until):
            amount = self.owed(grant, month)
            if not amount:
                continue
            posted_on = bank_day(month_start(month, 1) + timedelta(days=-1 if grant.supplier is None else 24))
            line = Line(
                *(min(posted_on, self.town.today), month, self.account_of(grant), amount),
                *(f"{grant.section} {month:%m-%Y}", "betaling"),
                grant=grant,
                citizen=grant.citizen,
                cvr=grant.supplier.cvr if grant.supplier else "",
                says_grant=chance(self.rng, NAMES_GRANT),
            )
            self.vouchers.append(Voucher([line]))

    def book_user_payments(self, grant: Grant) -> None:
        """What a resident pays for board and lodging, each whole month; now and then one is forgotten."""
        if grant.section not in USER_PAYMENT_SECTIONS or grant.account is None:
            return
        amount = -Decimal(self.rng.randrange(1_900, 4_600))
        for month in self.months(grant, self.closed):
            if grant.start <= month and (grant.end is None or grant.end >= month_start(month, 1)):
                if chance(self.rng, 0.02):
                    continue
                account = f"{grant.account[:11]}09179"
                line = Line(*(bank_day(month), month, account, amount, f"Egenbetaling {month:%m-%Y}", "egenbetaling"))
                line.grant, line.citizen = grant, grant.citizen
                self.vouchers.append(Voucher([line]))

    def book_by_hand(self) -> None:
        """Shared costs of each unit every month, and the state's refund every quarter."""
        accounts = self.shared_accounts()
        size = self.size(None)
        for month in months_between(self.begins, self.closed):
            day = min(bank_day(month_start(month, 1) + timedelta(days=4)), self.town.today)
            for unit, account in sorted(accounts.items()):
                amount = round(self.rng.randrange(*SHARED_COST) * self.size(unit)) * Decimal(1)
                line = Line(day, month, account, amount, "Omkostningsfordeling, fælles drift", "korrektion")
                self.vouchers.append(Voucher([line]))
            if month.month % 3 == 0:
                amount = -round(self.rng.randrange(900_000, 1_900_000) * size) * Decimal(1)
                line = Line(day, month, STATE_REFUND, amount, "Refusion, særligt dyre enkeltsager", "refusion")
                self.vouchers.append(Voucher([line]))

    def shared_accounts(self) -> dict[int, str]:
        """The account of each unit's shared costs: that of its first grant."""
        return {grant.unit.number: grant.account for grant in reversed(self.town.grants) if grant.account}

    def size(self, unit: int | None) -> Decimal:
        """How large the town is beside one of full scale, or one of its units beside such a town's seventh."""
        grants = sum(unit in {None, grant.unit.number} for grant in self.town.grants)
        return Decimal(grants * (1 if unit is None else UNITS)) / GRANTS_AT_FULL_SCALE

    def months(self, grant: Grant, until: date) -> list[date]:
        """First days of the grant's months in the books before ``until``."""
        start, end = max(grant.start, self.begins), min(grant.end or until, until)
        return months_between(start, end) if start < end else []

    def owed(self, grant: Grant, month: date) -> Decimal:
        """What the grant costs that month, all lines."""
        span = (max(month, grant.start), month_start(month, 1))
        total = Decimal(0)
        for service in grant.services:
            if service.unit != "engang":
                total += month_amount(service, month, shares(grant, service, span, self.town.closed))
        return total

    def month_estimate(self, grant: Grant, on: date) -> Decimal:
        """What a whole month of the grant is believed to cost on a day, absence and ends left out of account."""
        month = month_start(max(on, grant.start), 1 if grant.start > on else 0)
        total = Decimal(0)
        for service in grant.services:
            if service.unit != "engang":
                parts = shares(grant, service, (month, month_start(month, 1)), self.town.closed, register=False)
                total += month_amount(service, month, parts)
        return total
