"""One supplier's post: its bills in order of issue, numbered, dressed and rendered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown.billing import Biller
from exampletown.dress import WAYS, Dresser
from exampletown.habits import weighted
from exampletown.key import Mailed
from exampletown.ubl import render

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from exampletown.bills import Bill
    from exampletown.model import Grant, Supplier, Town


class Mail:
    """Sends what one supplier sends in the window."""

    def __init__(self, rng: Random, town: Town, supplier: Supplier, pdf: str) -> None:
        self.rng, self.town, self.supplier, self.pdf = rng, town, supplier, pdf
        self.dresser = Dresser(rng)
        self.usual_way = weighted(rng, WAYS)

    def send(self, grants: list[Grant]) -> Iterator[Mailed]:
        """Every document, oldest first."""
        bills = Biller(self.rng, self.town, self.supplier).bills(grants)
        bills.sort(key=lambda bill: bill.issued)
        for serial, bill in enumerate(bills, 1):
            yield self.mail(bill, serial)

    def mail(self, bill: Bill, serial: int) -> Mailed:
        bill.number = bill.resends.number if bill.resends else self.supplier.next_invoice_number()
        individual = bill.grant is not None and bill.grant.contract is not None and bill.grant.contract.citizen is not None
        way = bill.way or self.dresser.choose_way(self.usual_way, individual=individual)
        account = self.supplier.account_on(bill.issued)
        document = self.dresser.dress(bill, way, account, self.pdf)
        received = min(bill.issued + timedelta(days=self.rng.randrange(3)), self.town.today)
        path = f"fakturaer/{received:%Y-%m}/{received:%Y%m%d}-{self.supplier.cvr}-{serial:04d}.xml"
        return Mailed(path, render(document).encode(), document.format, bill)
