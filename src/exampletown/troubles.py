"""What goes wrong on single bills. A trouble takes a clean bill and spoils it, or adds a spoiled one after it.

Each method returns whether it could be done; what it then means is in the README of this package.
"""

from __future__ import annotations

import copy
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown import numbers
from exampletown.bills import Bill
from exampletown.days import month_start
from exampletown.documents import NOTHING, Line
from exampletown.lines import Entry, LineWriter, net_of
from exampletown.population import stranger
from exampletown.reckoning import price_on

if TYPE_CHECKING:
    from random import Random

    from exampletown.model import Citizen, Grant, Supplier, Town

EXTRAS = (
    ("Administrationsgebyr", "1", 250, 900),
    ("Materialer til aktiviteter", "1", 180, 1400),
    ("Ekstra ledsagelse til undersøgelse", "4", 380, 440),
    ("Vågen nattevagt efter telefonisk aftale", "3", 900, 1900),
    ("Udflugt og entré", "1", 150, 1100),
    ("Rengøring ved fraflytning", "1", 2500, 6200),
    ("Statusrapport", "1", 1200, 3800),
)
COUNTED = {"døgn": 3, "åbningsdag": 3, "time": 8, "tur": 6, "km": 60}
"""Units whose number can be seen to be wrong, and by how much suppliers err at most."""
DAMAGES = ("payable", "line_sum", "line_net", "no_date", "no_number", "endpoint", "cut")
CUT_OFF = "citizen_unclear no_grant no_contract quantity rate_high rate_low uncontracted_extra duplicate"


class Troubles:
    """Spoils one supplier's bills."""

    def __init__(self, rng: Random, town: Town, supplier: Supplier, writer: LineWriter, bills: list[Bill]) -> None:
        self.rng, self.town, self.supplier, self.writer = rng, town, supplier, writer
        self.bills = bills
        self.added: list[Bill] = []
        self.alike: dict[tuple[date, Decimal], set[int]] = {}
        for bill in bills:
            if bill.citizen:
                self.alike.setdefault(self.likeness(bill), set()).add(bill.citizen.number)
        self.customers = {bill.citizen.number for bill in bills if bill.citizen}

    def likeness(self, bill: Bill) -> tuple[date, Decimal]:
        return month_start(bill.entries[0].start), bill.net

    # --- prices and quantities ---------------------------------------------------------------------------------

    def one_line_entry(self, bill: Bill, *, whole_month: bool = False) -> Entry | None:
        """A base line that tells units × price and nothing about absence."""
        for entry in bill.entries:
            plain = entry.by_units and not entry.reduced and len(entry.lines) == 1 and entry.service.number == 1
            whole = entry.start.day == 1 and entry.end == month_start(entry.start, 1)
            if plain and (whole or not whole_month):
                return entry
        return None

    def reprice(self, bill: Bill, price: Decimal | None) -> bool:
        entry = self.one_line_entry(bill)
        if entry is None or price is None:
            return False
        line = entry.lines[0]
        net = net_of(line.quantity, price)
        if price <= 0 or price == line.price or net == line.net:
            return False
        line.price, line.net = price, net
        return True

    def rate_high(self, bill: Bill) -> bool:
        entry = self.one_line_entry(bill)
        old = entry.lines[0].price if entry else NOTHING
        raised = old * Decimal(self.rng.randrange(1005, 1075)) / 1000
        new = raised.quantize(Decimal("0.25")) if old < 100 else Decimal(round(raised))  # noqa: PLR2004 - small prices
        if new <= old or not self.reprice(bill, new):
            return False
        bill.truth.refuse(f"pris {new} i stedet for {old}", must="rate_high")
        return True

    def rate_low(self, bill: Bill) -> bool:
        entry = self.one_line_entry(bill)
        if entry is None:
            return False
        old = entry.lines[0].price
        last_year = price_on(entry.service, date(entry.start.year - 1, 12, 31)) if entry.start.month < 4 else None  # noqa: PLR2004 - spring
        new = last_year if last_year and last_year < old else old - max(Decimal(1), Decimal(round(old / 60)))
        if not self.reprice(bill, new):
            return False
        bill.truth.refuse(f"pris {new} i stedet for {old}", must="rate_low")
        return True

    def requantify(self, bill: Bill, sign: int) -> bool:
        entry = self.one_line_entry(bill, whole_month=True)
        if entry is None or entry.service.unit not in COUNTED:
            return False
        line = entry.lines[0]
        quantity = line.quantity + sign * self.rng.randrange(1, COUNTED[entry.service.unit] + 1)
        if quantity <= 0:
            return False
        bill.truth.refuse(f"{quantity} i stedet for {line.quantity} enheder", must="quantity")
        line.quantity, line.net = quantity, net_of(quantity, line.price)
        return True

    def quantity_more(self, bill: Bill) -> bool:
        return self.requantify(bill, 1)

    def quantity_fewer(self, bill: Bill) -> bool:
        return self.requantify(bill, -1)

    def absence_not_deducted(self, bill: Bill) -> bool:
        """Bill every month as if nobody had been away."""
        if not any(entry.reduced for entry in bill.entries):
            return False
        for number, entry in enumerate(bill.entries):
            kept, entry.grant.absences = entry.grant.absences, []
            full = self.writer.entry(entry.grant, entry.service, entry.start, entry.end)
            entry.grant.absences = kept
            if full is not None and entry.reduced:
                bill.entries[number] = Entry(
                    entry.grant, entry.service, entry.start, entry.end, entry.expected, full.lines, full.by_units, True
                )
        bill.truth.refuse("fravær ikke fratrukket", must="absence_not_deducted", may="quantity")
        return True

    # --- things that were not agreed ---------------------------------------------------------------------------

    def extra_line(self, bill: Bill) -> Line:
        name, quantity, low, high = self.rng.choice(EXTRAS)
        price = Decimal(self.rng.randrange(low * 2, high * 2)) / 2
        period = (bill.entries[0].start, bill.entries[-1].end)
        return Line(name, Decimal(quantity), "EA", price, net_of(Decimal(quantity), price), period)

    def extra(self, bill: Bill) -> bool:
        bill.extras.append(self.extra_line(bill))
        bill.truth.refuse(f"uaftalt linje: {bill.extras[-1].name}", must="uncontracted_extra")
        return True

    def extra_alone(self, bill: Bill) -> bool:
        """A bill of its own under the grant's number."""
        later = self.after(bill, days=self.rng.randrange(1, 20))
        later.entries, later.extras, later.way = [], [self.extra_line(bill)], "order"
        later.truth.expected = NOTHING
        later.truth.refuse("uaftalt ydelse på egen faktura", must="uncontracted_extra", may="quantity")
        return self.add(later, "extra_alone")

    # --- periods -----------------------------------------------------------------------------------------------

    def stays(self, grant: Grant) -> bool:
        """The citizen neither left nor has another grant for the same section."""
        return grant.citizen.died is None and grant.citizen.moved_out is None and grant.number not in self.town.renewed

    def over_the_edge(self, bill: Bill) -> bool:
        """The first or last month billed whole."""
        entry = bill.entries[0]
        month, grant = month_start(entry.start), entry.grant
        after = month_start(month, 1)
        first = price_on(entry.service, month)
        edge = entry.start == grant.start != month or entry.end == grant.end != after
        alone = entry.start in {month, grant.start} and entry.end in {after, grant.end} and len(bill.entries) == 1
        base = entry.service.number == 1 and self.supplier.habits.period_style != "weeks"
        if not (edge and alone and base) or first is None or not self.stays(grant) or grant.absences:
            return False
        wide = self.writer.entry(grant, entry.service, month, after, register=False)
        if wide is None or wide.start != month or wide.end != after or wide.expected == entry.expected:
            return False
        entry.lines = wide.lines
        ended = "grant_ended" if entry.end == grant.end else ""
        bill.truth.refuse(
            "hele måneden faktureret",
            must="outside_period",
            may="quantity no_contract",
            hard_may=f"{ended} contract_unsigned",
        )
        return True

    def after_end(self, bill: Bill) -> bool:
        """A month more after the grant's end."""
        grant, service = bill.entries[-1].grant, bill.entries[-1].service
        end = grant.end
        if end is None or bill.entries[-1].end != end or not self.stays(grant) or service.number > 1:
            return False
        start = end if end.day == 1 else month_start(end, 1)
        stop = month_start(start, 1)
        if stop > month_start(self.town.today):
            return False
        entry = self.writer.entry(grant, service, start, stop, register=False)
        if entry is None or service.end is not None:
            return False
        entry.expected = NOTHING
        later = self.after(bill, entries=[entry])
        later.issued = min(stop + timedelta(days=3), self.town.today)
        later.truth.expected = NOTHING
        later.truth.refuse(
            "efter bevillingens ophør",
            must="outside_period",
            may="no_contract quantity",
            hard="grant_ended",
            hard_may="contract_unsigned",
        )
        return self.add(later, "after_end")

    # --- citizens and parties ----------------------------------------------------------------------------------

    def unknown_citizen(self, bill: Bill) -> bool:
        bill.citizen = stranger(self.rng, self.town)
        bill.way = self.rng.choice(("cpr_note", "cpr_delivery", "cpr_line", "name_note", "name_line"))
        bill.truth.expected = None
        bill.truth.refuse("ukendt borger", must="citizen_unclear", may="no_grant no_contract")
        return True

    def no_key(self, bill: Bill) -> bool:
        if len(self.alike.get(self.likeness(bill), ())) < 2 or len(bill.entries) > 1:  # noqa: PLR2004 - two that fit
            return False
        bill.way = "none"
        bill.truth.expected = None
        bill.truth.refuse("ingen nøgle", must="citizen_unclear", may="no_grant no_contract")
        return True

    def conflict(self, bill: Bill) -> bool:
        """The number of another citizen's grant, and this citizen's CPR."""
        month = bill.entries[0].start
        others = [
            other.grant
            for other in self.bills
            if other.grant and other.citizen is not bill.citizen and other.entries and other.entries[0].start == month
        ]
        if not others:
            return False
        bill.said_grant, bill.way = self.rng.choice(others).number, "conflict"
        amounts = "rate_high rate_low quantity outside_period duplicate no_grant uncontracted_extra"
        bill.truth.expected = None
        bill.truth.refuse(
            "bevillingsnummer og cpr hører til hver sin borger",
            must="citizen_unclear",
            may=amounts,
            hard_may="duplicate already_paid grant_ended",
        )
        return True

    def no_grant(self, bill: Bill) -> bool:
        """A citizen in the register whom this supplier has no grant for."""
        for _ in range(5):
            other: Citizen = self.rng.choice(self.town.citizens)
            if other.number not in self.customers:
                bill.citizen = other
                bill.way = self.rng.choice(("cpr_note", "cpr_delivery", "cpr_line"))
                bill.truth.expected = None
                bill.truth.refuse("borger uden bevilling her", must="no_grant", may="citizen_unclear no_contract")
                return True
        return False

    def wrong_ean(self, bill: Bill) -> bool:
        bill.ean = numbers.gln(f"579897{self.rng.randrange(10**6):06d}")
        bill.truth.refuse("fremmed EAN", must="wrong_payer")
        return True

    def not_party(self, bill: Bill) -> bool:
        """Another supplier bills; the right one does not bill this month."""
        other = self.rng.choice(self.town.suppliers)
        if other is self.supplier or bill.grant is None:
            return False
        if any(grant.supplier is other for grant in self.town.grants_of(bill.grant.citizen)):
            return False
        bill.supplier, bill.way = other, "order"
        bill.truth.expected = None
        bill.truth.refuse("ikke aftalepart", hard="supplier_not_party", may="no_contract no_grant citizen_unclear")
        return True

    def new_bank(self, bill: Bill) -> bool:
        bill.account = numbers.bank_account(self.rng)
        bill.truth.refuse("ukendt konto", hard="new_bank_account")
        return True

    def damaged(self, bill: Bill) -> bool:
        bill.damage = self.rng.choice(DAMAGES)
        bill.truth.refuse(f"dokumentfejl: {bill.damage}", must="document_error", hard="document_fatal")
        if bill.damage in {"cut", "no_number", "no_date"}:
            bill.truth.may |= set(CUT_OFF.split())
        if bill.damage == "line_net":
            line = bill.lines[0]
            line.net += Decimal(self.rng.randrange(20, 400))
            bill.truth.may |= {"rate_high", "rate_low", "quantity", "uncontracted_extra"}
        return True

    # --- helpers -----------------------------------------------------------------------------------------------

    def after(self, bill: Bill, *, days: int = 0, entries: list[Entry] | None = None) -> Bill:
        """A new bill like ``bill``, some days later."""
        issued = min(bill.issued + timedelta(days=days), self.town.today)
        copied = copy.deepcopy([entry.lines for entry in bill.entries])
        own = [
            Entry(e.grant, e.service, e.start, e.end, e.expected, lines, e.by_units, e.reduced)
            for e, lines in zip(bill.entries, copied, strict=True)
        ]
        later = Bill(self.supplier, bill.grant, bill.citizen, own if entries is None else entries, issued)
        later.truth.expected = later.expected
        return later

    def add(self, bill: Bill, planted: str) -> bool:
        bill.planted = planted
        self.added.append(bill)
        return True
