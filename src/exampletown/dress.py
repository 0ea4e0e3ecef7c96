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
from exampletown.habits import weighted
from exampletown.words import TOWN

if TYPE_CHECKING:
    from random import Random

    from exampletown.bills import Bill
    from exampletown.documents import Line

WAYS = (
    *(("order", 655), ("buyer_reference", 20), ("project", 12), ("property", 18), ("accounting_cost", 12)),
    *(("line_accounting_cost", 10), ("line_note", 22), ("note", 28), ("description", 26), ("contract", 28)),
    *(("contract_order", 14), ("cpr_delivery", 16), ("cpr_originator", 10), ("cpr_buyer", 14), ("cpr_note", 24)),
    *(("cpr_line", 22), ("name_note", 24), ("name_line", 20), ("name_delivery", 10), ("typo", 10)),
)
KEY_OF_WAY = {
    "conflict": "grant_number",
    "contract": "contract_number",
    "contract_order": "contract_number",
    "typo": "name",
    "none": "none",
}
LINE_WAYS = ("property", "line_note", "description", "line_accounting_cost")
BARE_ORDERS = ("NA", "N/A", "Ikke oplyst")


class Dresser:
    """Knows the supplier's habits and departs from them for about one bill in seven."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def dress(self, bill: Bill, way: str, account: str, pdf: str) -> Document:
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
            attachment=pdf if supplier.habits.attaches and rng.random() < 0.7 else None,  # noqa: PLR2004 - most
        )
        self.write_periods(document)
        if bill.collective:
            self.collective_keys(bill, document)
        else:
            self.write_key(bill, document, way)
        self.fill_in(document)
        if bill.credits is not None:
            self.write_credited(bill, document)
        return document

    def choose_way(self, usual: str, *, individual: bool) -> str:
        """The usual place or, now and then, another one."""
        way = usual if self.rng.random() < 0.86 else weighted(self.rng, WAYS)  # noqa: PLR2004 - six of seven
        return "order" if way.startswith("contract") and not individual else way

    # --- periods -----------------------------------------------------------------------------------------------

    def write_periods(self, document: Document) -> None:
        """In one text for all lines, or on each line; structured where the format and the supplier do so."""
        rng, style = self.rng, document.supplier.habits.period_style
        periods = {line.period for line in document.lines}
        start, end = min(p[0] for p in periods), max(p[1] for p in periods)
        structured = DIALECTS[document.format].structured_period
        if rng.random() < 0.5 or style == "structured":  # noqa: PLR2004 - half
            document.delivered = last_day(end)
        if style == "structured" and structured:
            document.period = (start, end)
            if len(periods) > 1:
                for line in document.lines:
                    line.tells_period = True
            return
        if len(periods) == 1 and rng.random() < 0.4:  # noqa: PLR2004 - four of ten
            document.note = phrases.period_text(rng, style, start, end)
            return
        place = rng.choice(("name", "name", "description", "note"))
        for line in document.lines:
            text = phrases.period_text(rng, style, *line.period)
            self.add_to_line(line, place, text)

    @staticmethod
    def add_to_line(line: Line, place: str, text: str) -> None:
        if place == "name":
            line.name = f"{line.name} {text}"
        elif place == "description":
            line.description = f"{line.description}, {text}" if line.description else text
        else:
            line.note = f"{line.note} - {text}" if line.note else text

    # --- keys --------------------------------------------------------------------------------------------------

    def write_key(self, bill: Bill, document: Document, way: str) -> None:
        """Put the key where ``way`` says, or in the nearest place that the format has."""
        bill.reference = KEY_OF_WAY.get(way) or (
            way.split("_")[0] if way.startswith(("cpr", "name")) else "grant_number"
        )
        if bill.reference == "grant_number" or way == "typo":
            self.write_grant(bill, document, way)
        elif bill.reference == "contract_number":
            self.write_contract(bill, document, way)
        elif bill.reference in {"cpr", "name"}:
            self.write_citizen(bill, document, way)

    def write_grant(self, bill: Bill, document: Document, way: str) -> None:
        rng = self.rng
        number = bill.said_grant or (bill.grant.number if bill.grant else "")
        if way == "conflict" and bill.citizen:
            document.order = phrases.grant_text(rng, number)
            self.note(document, phrases.cpr_phrase(rng, bill.citizen))
            return
        if way == "typo":
            document.order = phrases.wrong_check_digit(rng, number)
            if bill.citizen:
                self.note(document, phrases.name_phrase(rng, bill.citizen))
            return
        structured = DIALECTS[document.format].structured_period
        if (way in {"buyer_reference", "project"} and not structured) or (way == "project" and bill.kind != "invoice"):
            way = "note"
        match way:
            case "order":
                document.order = phrases.grant_text(rng, number)
            case "buyer_reference":
                document.buyer_reference = phrases.grant_text(rng, number)
            case "project":
                document.project = phrases.grant_text(rng, number)
            case "accounting_cost":
                document.accounting_cost = phrases.grant_text(rng, number)
            case "note":
                self.note(document, phrases.grant_phrase(rng, number))
            case _:
                for line in document.lines:
                    self.line_key(line, way, number)

    def line_key(self, line: Line, way: str, number: str) -> None:
        rng = self.rng
        match way:
            case "property":
                line.named_value = (
                    rng.choice(("Bevilling", "Bevillingsnummer", "Reference")),
                    phrases.grant_text(rng, number),
                )
            case "line_accounting_cost":
                line.accounting_cost = phrases.grant_text(rng, number)
            case "line_note":
                self.add_to_line(line, "note", phrases.grant_phrase(rng, number))
            case _:
                self.add_to_line(line, "description", phrases.grant_phrase(rng, number))

    def write_contract(self, bill: Bill, document: Document, way: str) -> None:
        contract = bill.grant.contract if bill.grant else None
        number = bill.said_grant or (contract.number if contract else "")
        text = self.rng.choice((number, number, number.lower(), number.replace("-", " ")))
        if way == "contract":
            document.contract = text
        else:
            document.order = text

    def write_citizen(self, bill: Bill, document: Document, way: str) -> None:
        rng, citizen = self.rng, bill.citizen
        if citizen is None:
            return
        if way in {"cpr_delivery", "cpr_originator", "cpr_buyer"} and not DIALECTS[document.format].parties_with_cpr:
            way = "cpr_note"
        match way:
            case "cpr_delivery":
                document.delivery_party = (citizen.name, citizen.cpr)
            case "cpr_buyer":
                document.buyer_customer = (citizen.name, citizen.cpr)
            case "cpr_originator":
                for line in document.lines:
                    line.originator = (citizen.name, citizen.cpr)
            case "cpr_note":
                self.note(document, phrases.cpr_phrase(rng, citizen))
            case "name_note":
                self.note(document, phrases.name_phrase(rng, citizen))
            case "name_delivery":
                document.delivery_party = (phrases.name_phrase(rng, citizen), None)
            case _:
                text = phrases.cpr_phrase(rng, citizen) if way == "cpr_line" else phrases.name_phrase(rng, citizen)
                for line in document.lines:
                    self.add_to_line(line, "description", text)

    def collective_keys(self, bill: Bill, document: Document) -> None:
        """One grant number on each line."""
        way = self.rng.choice(LINE_WAYS)
        bill.reference = "grant_number"
        owners = [entry.grant.number for entry in bill.entries for _ in entry.lines]
        for line, number in zip(document.lines, owners, strict=True):
            self.line_key(line, way, number)

    @staticmethod
    def note(document: Document, text: str) -> None:
        document.note = f"{document.note}. {text}" if document.note else text

    # --- the rest ----------------------------------------------------------------------------------------------

    def fill_in(self, document: Document) -> None:
        """Own order numbers, account digits and the like: things that look like keys and are none."""
        rng = self.rng
        if document.order is None:
            if document.format == "oioubl2":
                document.order = rng.choice((*BARE_ORDERS, str(rng.randrange(10**5, 10**7))))
            elif document.buyer_reference is None:
                document.buyer_reference = rng.choice((document.buyer_name, str(rng.randrange(10**4, 10**6))))
        if document.accounting_cost is None and rng.random() < 0.4:  # noqa: PLR2004 - about half the invoices
            document.accounting_cost = str(rng.randrange(10**9, 10**10))

    def write_credited(self, bill: Bill, document: Document) -> None:
        credited = bill.credits
        if credited is None or not bill.names_credited:
            return
        if self.rng.random() < 0.75:  # noqa: PLR2004 - three of four
            document.billing = (credited.number or "", credited.issued)
        else:
            self.note(document, f"Krediterer faktura {credited.number}")
