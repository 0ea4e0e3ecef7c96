"""Wrong citizens, payers and senders, unknown accounts, and documents that are broken."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown import numbers
from exampletown.population import stranger
from exampletown.troubles import Troubles
from exampletown.words import TOWN_CODE

if TYPE_CHECKING:
    from exampletown.bills import Bill

DAMAGES = ("payable", "line_sum", "line_net", "no_date", "no_number", "endpoint", "cut")
UNREADABLE = {"cut", "no_number", "no_date"}
CUT_OFF = "citizen_unclear no_grant no_contract quantity rate_high rate_low uncontracted_extra duplicate"
AMBIGUOUS = 2
TRIES = 5


class PartyTroubles(Troubles):
    """Troubles about who it is for, who sends it and who pays."""

    def unknown_citizen(self, bill: Bill) -> bool:
        """A CPR number or a name with birthday that no register holds."""
        bill.citizen = stranger(self.rng, self.town)
        bill.way = self.rng.choice(("cpr_note", "cpr_delivery", "cpr_line", "name_note", "name_line"))
        bill.truth.expected = None
        bill.truth.refuse("ukendt borger", must="citizen_unclear", may="no_grant no_contract")
        return True

    def no_key(self, bill: Bill) -> bool:
        """Nothing to go by, and more than one citizen that fits."""
        if len(self.alike.get(self.likeness(bill), ())) < AMBIGUOUS or len(bill.entries) > 1:
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
        bill.truth.expected = None
        bill.truth.refuse(
            "bevillingsnummer og cpr hører til hver sin borger",
            must="citizen_unclear",
            may="rate_high rate_low quantity outside_period duplicate no_grant uncontracted_extra",
            hard="duplicate? already_paid? grant_ended?",
        )
        return True

    def no_grant(self, bill: Bill) -> bool:
        """A citizen in the register whom this supplier has no grant for."""
        for _ in range(TRIES):
            other = self.rng.choice(self.town.citizens)
            plain = other.died is None and other.moved_out is None and other.paying == TOWN_CODE
            if other.number not in self.customers and plain:
                bill.citizen = other
                bill.way = self.rng.choice(("cpr_note", "cpr_delivery", "cpr_line"))
                bill.truth.expected = None
                bill.truth.refuse("borger uden bevilling her", must="no_grant", may="citizen_unclear no_contract")
                return True
        return False

    def wrong_ean(self, bill: Bill) -> bool:
        """Sent to a location number that is not the town's."""
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
        """A payee account that is not the supplier's."""
        bill.account = numbers.bank_account(self.rng)
        bill.truth.refuse("ukendt konto", hard="new_bank_account")
        return True

    def damaged(self, bill: Bill) -> bool:
        """A document that breaks the rules of its format."""
        bill.damage = self.rng.choice(DAMAGES)
        bill.truth.refuse(f"dokumentfejl: {bill.damage}", must="document_error", hard="document_fatal")
        if bill.damage in UNREADABLE:
            bill.truth.may |= set(CUT_OFF.split())
        if bill.damage == "line_net":
            line = bill.lines[0]
            line.net += Decimal(self.rng.randrange(20, 400))
            bill.truth.may |= {"rate_high", "rate_low", "quantity", "uncontracted_extra"}
        return True
