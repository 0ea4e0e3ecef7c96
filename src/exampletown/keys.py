"""Puts the key of a bill (grant number, contract number, CPR, name and birthday) where suppliers put it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exampletown import phrases
from exampletown.dialects import DIALECTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from exampletown.bills import Bill
    from exampletown.documents import Document, Line

WAYS = (
    *(("order", 640), ("buyer_reference", 20), ("project", 12), ("property", 18), ("accounting_cost", 12)),
    *(("line_accounting_cost", 10), ("line_note", 22), ("note", 28), ("description", 26), ("contract", 45)),
    *(("contract_order", 25), ("cpr_delivery", 16), ("cpr_originator", 10), ("cpr_buyer", 14), ("cpr_note", 24)),
    *(("cpr_line", 22), ("name_note", 24), ("name_line", 20), ("name_delivery", 10), ("typo", 10)),
)
"""Where the key stands, with weights per thousand: the grant number in OrderReference most often."""
KINDS = {
    "contract": "contract_number",
    "contract_order": "contract_number",
    "typo": "name",
    "none": "none",
    "conflict": "grant_number",
}
LINE_WAYS = ("property", "line_note", "description", "line_accounting_cost")
NEEDS_STRUCTURE = {"buyer_reference", "project"}
NEEDS_CPR_PARTY = {"cpr_delivery", "cpr_originator", "cpr_buyer"}


def kind_of(way: str) -> str:
    """``grant_number | contract_number | cpr | name | none``."""
    return KINDS.get(way) or (way.partition("_")[0] if way.startswith(("cpr", "name")) else "grant_number")


def add_to_line(line: Line, place: str, text: str) -> None:
    """Append ``text`` to the line's name, description or note."""
    if place == "name":
        line.name = f"{line.name} {text}"
    elif place == "description":
        line.description = f"{line.description}, {text}" if line.description else text
    else:
        line.note = f"{line.note} - {text}" if line.note else text


def add_note(document: Document, text: str) -> None:
    """Append ``text`` to the document's only note."""
    document.note = f"{document.note}. {text}" if document.note else text


class KeyPlacer:
    """Writes keys into documents."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def place(self, bill: Bill, document: Document, way: str) -> None:
        """Write the bill's key as ``way`` says, or in the nearest place that the format has."""
        bill.reference = kind_of(way)
        if way in {"typo", "conflict"}:
            self.two_keys(bill, document, way)
        elif bill.reference == "contract_number":
            self.contract(bill, document, way)
        elif bill.reference == "grant_number":
            self.grant(document, way, bill.said_grant or (bill.grant.number if bill.grant else ""))
        elif bill.reference != "none" and bill.citizen is not None:
            self.citizen(bill, document, way)

    def two_keys(self, bill: Bill, document: Document, way: str) -> None:
        """A mistyped number with name and birthday, or one citizen's number with another's CPR."""
        if bill.citizen is None or bill.grant is None:
            return
        if way == "typo":
            document.order = phrases.wrong_check_digit(self.rng, bill.grant.number)
            add_note(document, phrases.name_phrase(self.rng, bill.citizen))
        else:
            document.order = phrases.grant_text(self.rng, bill.said_grant or bill.grant.number)
            add_note(document, phrases.cpr_phrase(self.rng, bill.citizen))

    def grant(self, document: Document, way: str, number: str) -> None:
        """The grant number in a field of the head, in the note or on every line."""
        lacks = way in NEEDS_STRUCTURE and not DIALECTS[document.format].structured_period
        if lacks or (way == "project" and document.kind != "invoice"):
            way = "note"
        if way in LINE_WAYS:
            for line in document.lines:
                self.on_line(line, way, number)
        elif way == "note":
            add_note(document, phrases.grant_phrase(self.rng, number))
        else:
            setattr(document, way, phrases.grant_text(self.rng, number))

    def on_line(self, line: Line, way: str, number: str) -> None:
        """The grant number on one line."""
        rng = self.rng
        match way:
            case "property":
                label = rng.choice(("Bevilling", "Bevillingsnummer", "Reference"))
                line.named_value = (label, phrases.grant_text(rng, number))
            case "line_accounting_cost":
                line.accounting_cost = phrases.grant_text(rng, number)
            case "line_note":
                add_to_line(line, "note", phrases.grant_phrase(rng, number))
            case _:
                add_to_line(line, "description", phrases.grant_phrase(rng, number))

    def contract(self, bill: Bill, document: Document, way: str) -> None:
        """The contract number as contract document or as order."""
        number = bill.grant.contract.number if bill.grant and bill.grant.contract else ""
        text = self.rng.choice((number, number, number.lower(), number.replace("-", " ")))
        if way == "contract":
            document.contract = text
        else:
            document.order = text

    def citizen(self, bill: Bill, document: Document, way: str) -> None:
        """CPR, or name and birthday, as a party or in text."""
        citizen = bill.citizen
        if citizen is None:
            return
        if way in NEEDS_CPR_PARTY and not DIALECTS[document.format].parties_with_cpr:
            way = "cpr_note"
        phrase = phrases.cpr_phrase if way.startswith("cpr") else phrases.name_phrase
        party = (citizen.name, citizen.cpr)
        writers: dict[str, Callable[[], None]] = {
            "cpr_delivery": lambda: setattr(document, "delivery_party", party),
            "cpr_buyer": lambda: setattr(document, "buyer_customer", party),
            "name_delivery": lambda: setattr(document, "delivery_party", (phrase(self.rng, citizen), None)),
            "cpr_note": lambda: add_note(document, phrase(self.rng, citizen)),
            "name_note": lambda: add_note(document, phrase(self.rng, citizen)),
        }
        if way in writers:
            writers[way]()
            return
        text = phrase(self.rng, citizen)
        for line in document.lines:
            if way == "cpr_originator":
                line.originator = party
            else:
                add_to_line(line, "description", text)
