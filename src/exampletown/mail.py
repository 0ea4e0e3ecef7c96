"""One supplier's post: its bills in order of issue, numbered, dressed and rendered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown.billing import Biller
from exampletown.dress import Dresser
from exampletown.habits import weighted
from exampletown.key import Mailed
from exampletown.keys import WAYS
from exampletown.planting import Planting
from exampletown.state import tell_state
from exampletown.ubl import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from exampletown.bills import Bill
    from exampletown.model import Grant, Supplier, Town

GHOST_WAYS = ("contract", "contract_order", "cpr_note", "cpr_line")
CUT_AT = 0.6


def encoded(content: str, encoding: str) -> bytes:
    """The document's bytes; what the encoding lacks is written as a character reference."""
    if encoding != "utf-8-sig":
        content = content.replace('encoding="UTF-8"', f'encoding="{encoding.upper()}"', 1)
    return content.encode(encoding, "xmlcharrefreplace")


class Mail:
    """Sends what one supplier sends in the window."""

    def __init__(self, rng: Random, town: Town, supplier: Supplier, pdf: str) -> None:
        self.rng, self.town, self.supplier, self.pdf = rng, town, supplier, pdf
        self.dresser = Dresser(rng)
        self.usual_way = weighted(rng, WAYS)

    def send(self, grants: list[Grant]) -> Iterator[Mailed]:
        """Every document, oldest first."""
        biller = Biller(self.rng, self.town, self.supplier)
        bills = biller.bills(grants)
        bills.sort(key=lambda bill: bill.issued)
        for bill in bills:
            tell_state(bill)
            if bill.grant is not None and bill.grant.flaw == "orphan":
                bill.way = self.rng.choice(GHOST_WAYS)
        everything = Planting(self.rng, self.town, self.supplier, biller.writer, bills).plant()
        everything.sort(key=lambda bill: bill.issued)
        for serial, bill in enumerate(everything, 1):
            yield self.mail(bill, serial)

    def mail(self, bill: Bill, serial: int) -> Mailed:
        """Number it, write it, and say where it lands."""
        content = self.resent(bill) if bill.resends else self.written(bill)
        received = bill.received or min(bill.issued + timedelta(days=self.rng.randrange(3)), self.town.today)
        sender = bill.supplier.cvr if bill.supplier is self.supplier else f"{bill.supplier.cvr}-{self.supplier.number}"
        path = f"fakturaer/{received:%Y-%m}/{received:%Y%m%d}-{sender}-{serial:04d}.xml"
        if bill.damage in {"cut", "no_number"}:
            bill.number = ""
        raw = encoded(content, bill.supplier.habits.encoding)
        if bill.damage == "cut":
            raw = raw[: round(len(raw) * CUT_AT)]
        return Mailed(path, raw, bill.supplier.habits.format, bill)

    def written(self, bill: Bill) -> str:
        """A new document with the next number."""
        bill.number = bill.supplier.next_invoice_number()
        contract = bill.grant.contract if bill.grant else None
        individual = contract is not None and contract.citizen is not None
        way = bill.way or self.dresser.choose_way(self.usual_way, individual=individual)
        document = self.dresser.dress(bill, way, bill.supplier.account_on(bill.issued), self.pdf)
        content = render(document)
        if bill.kept:
            bill.content = content
        return content

    @staticmethod
    def resent(bill: Bill) -> str:
        """The same document; only a comment shows that it was sent again."""
        first = bill.resends
        if first is None:
            return ""
        bill.number, bill.reference = first.number, first.reference
        return f"{first.content}<!-- genfremsendt -->\n"
