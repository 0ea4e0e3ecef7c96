"""Wrong prices, quantities and periods, absence that was forgotten, and things that were never agreed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown.days import month_start
from exampletown.documents import NOTHING, Line
from exampletown.lines import Entry, net_of
from exampletown.reckoning import price_on
from exampletown.troubles import Troubles

if TYPE_CHECKING:
    from exampletown.bills import Bill

EXTRAS = (
    ("Administrationsgebyr", "1", 250, 900, ""),
    ("Materialer til aktiviteter", "1", 180, 1400, "aktivitet"),
    ("Ekstra ledsagelse til undersøgelse", "4", 380, 440, "ledsagelse"),
    ("Vågen nattevagt efter telefonisk aftale", "3", 900, 1900, "nattevagt"),
    ("Udflugt og entré", "1", 150, 1100, ""),
    ("Rengøring ved fraflytning", "1", 2500, 6200, ""),
    ("Statusrapport", "1", 1200, 3800, ""),
)
"""Text, quantity, lowest and highest price, and the service that it would be more of where the grant holds it."""
COUNTED = {"døgn": 3, "åbningsdag": 3, "time": 8, "tur": 6, "km": 60}
"""Units whose number can be seen to be wrong, and by how much suppliers err at most."""
SMALL_PRICE = 100
SPRING = 4


class AmountTroubles(Troubles):
    """Troubles that change what is to be paid."""

    def one_line_entry(self, bill: Bill, *, whole_month: bool = False) -> Entry | None:
        """A base line that tells units × price and nothing about absence."""
        for entry in bill.entries:
            plain = entry.by_units and not entry.reduced and len(entry.lines) == 1 and entry.service.number == 1
            whole = entry.start.day == 1 and entry.end == month_start(entry.start, 1)
            if plain and (whole or not whole_month):
                return entry
        return None

    def reprice(self, entry: Entry, price: Decimal) -> bool:
        """Put another price on the line; False when that changes nothing."""
        line = entry.lines[0]
        net = net_of(line.quantity, price)
        if price <= 0 or price == line.price or net == line.net:
            return False
        line.price, line.net = price, net
        return True

    def rate_high(self, bill: Bill) -> bool:
        """A raise of up to seven per cent that nobody agreed."""
        entry = self.one_line_entry(bill)
        if entry is None:
            return False
        old = entry.lines[0].price
        raised = old * Decimal(self.rng.randrange(1005, 1075)) / 1000
        new = raised.quantize(Decimal("0.25")) if old < SMALL_PRICE else Decimal(round(raised))
        if new <= old or not self.reprice(entry, new):
            return False
        bill.truth.refuse(f"pris {new} i stedet for {old}", must="rate_high")
        return True

    def rate_low(self, bill: Bill) -> bool:
        """Last year's price in spring, otherwise a slip."""
        entry = self.one_line_entry(bill)
        if entry is None:
            return False
        old = entry.lines[0].price
        last_year = price_on(entry.service, date(entry.start.year - 1, 12, 31)) if entry.start.month < SPRING else None
        new = last_year if last_year and last_year < old else old - max(Decimal(1), Decimal(round(old / 60)))
        if not self.reprice(entry, new):
            return False
        bill.truth.refuse(f"pris {new} i stedet for {old}", must="rate_low")
        return True

    def requantify(self, bill: Bill, sign: int) -> bool:
        """Some units more or fewer than were delivered."""
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
        """Too many units."""
        return self.requantify(bill, 1)

    def quantity_fewer(self, bill: Bill) -> bool:
        """Too few units."""
        return self.requantify(bill, -1)

    def absence_not_deducted(self, bill: Bill) -> bool:
        """Bill every month as if nobody had been away."""
        if not any(entry.reduced for entry in bill.entries):
            return False
        for entry in bill.entries:
            kept, entry.grant.absences = entry.grant.absences, []
            full = self.writer.entry(entry.grant, entry.service, entry.start, entry.end)
            entry.grant.absences = kept
            if full is not None and entry.reduced:
                entry.lines, entry.by_units = full.lines, full.by_units
        bill.truth.refuse("fravær ikke fratrukket", must="absence_not_deducted", may="quantity")
        return True

    def extra_line(self, bill: Bill) -> Line:
        """A line for something that neither grant nor contract holds."""
        held = {service.service for service in bill.entries[0].grant.services}
        name, quantity, low, high, _ = self.rng.choice([extra for extra in EXTRAS if extra[4] not in held])
        price = Decimal(self.rng.randrange(low * 2, high * 2)) / 2
        period = (bill.entries[0].start, bill.entries[-1].end)
        return Line(name, Decimal(quantity), "EA", price, net_of(Decimal(quantity), price), period)

    def extra(self, bill: Bill) -> bool:
        """The uncontracted line on the ordinary bill."""
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

    def edge_entry(self, bill: Bill) -> Entry | None:
        """The only base entry of a month that the grant's start or end cuts."""
        entry, grant = bill.entries[0], bill.entries[0].grant
        month = month_start(entry.start)
        after = month_start(month, 1)
        edge = entry.start == grant.start != month or entry.end == grant.end != after
        alone = entry.start in {month, grant.start} and entry.end in {after, grant.end} and len(bill.entries) == 1
        base = entry.service.number == 1 and self.supplier.habits.period_style != "weeks"
        priced = price_on(entry.service, month) is not None
        return entry if edge and alone and base and priced and self.stays(grant) and not grant.absences else None

    def over_the_edge(self, bill: Bill) -> bool:
        """The first or last month billed whole."""
        entry = self.edge_entry(bill)
        if entry is None:
            return False
        month = month_start(entry.start)
        after = month_start(month, 1)
        wide = self.writer.entry(entry.grant, entry.service, month, after, register=False)
        if wide is None or wide.start != month or wide.end != after or wide.expected == entry.expected:
            return False
        entry.lines = wide.lines
        stops = "contract_unsigned? grant_ended?" if entry.end == entry.grant.end else "contract_unsigned?"
        bill.truth.refuse("hele måneden faktureret", must="outside_period", may="quantity no_contract", hard=stops)
        return True

    def after_end(self, bill: Bill) -> bool:
        """A month more after the grant's end."""
        last = bill.entries[-1]
        end = last.grant.end
        base = last.service.number == 1 and last.service.end is None
        if end is None or last.end != end or not base or not self.stays(last.grant):
            return False
        start = end if end.day == 1 else month_start(end, 1)
        stop = month_start(start, 1)
        entry = self.writer.entry(last.grant, last.service, start, stop, register=False)
        if entry is None or stop > month_start(self.town.today):
            return False
        entry.expected = NOTHING
        later = self.after(bill, entries=[entry])
        later.issued = min(stop + timedelta(days=3), self.town.today)
        stops = "grant_ended contract_unsigned?"
        later.truth.refuse("efter bevillingens ophør", must="outside_period", may="no_contract quantity", hard=stops)
        return self.add(later, "after_end")
