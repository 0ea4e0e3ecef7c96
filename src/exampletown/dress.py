"""Dresses a bill as a document: which key it carries and where, how the period is written, what else is in it."""

from __future__ import annotations

import copy
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown import phrases
from exampletown.days import last_day
from exampletown.dialects import DIALECTS
from exampletown.documents import Document
from exampletown.habits import chance, weighted
from exampletown.keys import LINE_WAYS, WAYS, KeyPlacer, add_note, add_to_line
from exampletown.words import TOWN

if TYPE_CHECKING:
    from random import Random

    from exampletown.bills import Bill

LONGEST_NAME = 40
DATE_ONLY_SHARE = 0.03
"""Bills for one whole month that tell it by the delivery date alone, the month's last day."""
BARE_ORDERS = ("NA", "N/A", "Ikke oplyst")


class Dresser:
    """Knows the supplier's habits and departs from them for about one bill in seven."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.keys = KeyPlacer(rng)

    def dress(self, bill: Bill, way: str, account: str, pdf: str) -> Document:
        """The document for ``bill``; ``account`` is the payee account, ``pdf`` the attachment in base64."""
        rng, supplier = self.rng, bill.supplier
        number = bill.number or ""
        unit = bill.grant.unit if bill.grant else bill.citizen.unit if bill.citizen else None
        document = Document(
            format=supplier.habits.format,
            kind=bill.kind,
            number=number,
            issued=bill.issued,
            due=bill.issued + timedelta(days=supplier.habits.due_days),
            supplier=supplier,
            buyer_name=f"{TOWN}, {unit.name}" if unit else TOWN,
            buyer_ean=bill.ean or (unit.ean if unit else ""),
            lines=[copy.copy(line) for line in bill.lines],
            payment=supplier.habits.payment if bill.account is None else "account",
            account=bill.account or account,
            uuid=str(uuid.UUID(int=rng.getrandbits(128), version=4)),
            damage=bill.damage,
            attachment=pdf if supplier.habits.attaches and chance(rng, 0.7) else None,
        )
        self.write_periods(document)
        if bill.collective:
            self.collective_keys(bill, document)
        else:
            self.keys.place(bill, document, way)
        self.fill_in(document)
        if bill.credits is not None:
            self.write_credited(bill, document)
        if document.format == "oioubl2":
            self.shorten_names(document)
        return document

    @staticmethod
    def shorten_names(document: Document) -> None:
        """An item's name in OIOUBL 2 has room for 40 characters; what is longer stands whole in the description."""
        for line in document.lines:
            if len(line.name) > LONGEST_NAME:
                line.description = f"{line.name}, {line.description}" if line.description else line.name
                line.name = line.name[:LONGEST_NAME].rstrip()

    def choose_way(self, usual: str, *, individual: bool) -> str:
        """The usual place or, now and then, another one."""
        way = usual if chance(self.rng, 0.86) else weighted(self.rng, WAYS)
        return "order" if way.startswith("contract") and not individual else way

    def write_periods(self, document: Document) -> None:
        """In one text for all lines, or on each line; structured where the format and the supplier do so."""
        rng, style = self.rng, document.supplier.habits.period_style
        periods = {line.period for line in document.lines}
        start, end = min(p[0] for p in periods), max(p[1] for p in periods)
        structured = DIALECTS[document.format].structured_period
        if chance(rng, 0.5) or style == "structured":
            document.delivered = last_day(end)
        if style == "structured" and structured:
            document.period = (start, end)
            if len(periods) > 1:
                for line in document.lines:
                    line.tells_period = True
            return
        if len(periods) == 1 and phrases.whole_month(start, end) and chance(rng, DATE_ONLY_SHARE):
            document.delivered = last_day(end)
            return
        if len(periods) == 1 and chance(rng, 0.4):
            document.note = phrases.period_text(rng, style, start, end)
            return
        place = rng.choice(("name", "name", "description", "note"))
        for line in document.lines:
            text = phrases.period_text(rng, style, *line.period)
            add_to_line(line, place, text)

    def collective_keys(self, bill: Bill, document: Document) -> None:
        """One grant number on each line."""
        way = self.rng.choice(LINE_WAYS)
        bill.reference = "grant_number"
        owners = [entry.grant.number for entry in bill.entries for _ in entry.lines]
        for line, number in zip(document.lines, owners, strict=True):
            self.keys.on_line(line, way, number)

    def fill_in(self, document: Document) -> None:
        """Own order numbers, account digits and the like: things that look like keys and are none."""
        rng = self.rng
        if document.order is None:
            if document.format == "oioubl2":
                document.order = rng.choice((*BARE_ORDERS, str(rng.randrange(10**5, 10**7))))
            elif document.buyer_reference is None:
                document.buyer_reference = rng.choice((document.buyer_name, str(rng.randrange(10**4, 10**6))))
        if document.accounting_cost is None and chance(rng, 0.4):
            document.accounting_cost = str(rng.randrange(10**9, 10**10))

    def write_credited(self, bill: Bill, document: Document) -> None:
        """Name the credited bill, as a reference or in words."""
        credited = bill.credits
        if credited is None or not bill.names_credited:
            return
        if chance(self.rng, 0.75):
            document.billing = (credited.number or "", credited.issued)
        else:
            add_note(document, f"Krediterer faktura {credited.number}")
