"""Every key on an invoice that can lead to a grant, with the place where it was found.

CPR numbers and names leave here only as blind indexes (HMAC): a key of either kind can be compared with
`rel_citizen.cpr_index` and `rel_citizen.name_key`, and can never be read.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from styr.invoices.core.einvoice.found import Found, Place
from styr.invoices.core.einvoice.parties import IdentifierKind
from styr.invoices.core.extract.people import births_in, cprs_in, names_in
from styr.kernel.grant_number import GrantNumber

_CONTRACT: Final = re.compile(
    r"(?<![0-9A-ZÆØÅ])K[\s.\-–]{0,3}((?:19|20)\d\d)[\s.\-–/]{0,3}(\d{4,5})(?!\d)", re.IGNORECASE
)
_PEOPLE: Final = frozenset(
    {
        Place.DELIVERY_PARTY, Place.ORIGINATOR, Place.BUYER_CUSTOMER, Place.NOTE, Place.ITEM, Place.PROPERTY,
        Place.DOCUMENT, Place.PERIOD, Place.PROJECT, Place.BUYER_REFERENCE, Place.ORDER, Place.CONTACT,
    }
)  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_MOST_NAMES: Final = 60
_NO_PERSON: Final = frozenset({IdentifierKind.CVR, IdentifierKind.GLN, IdentifierKind.IBAN, IdentifierKind.P_NUMBER})


class KeyKind(StrEnum):
    """The kinds of keys, strongest first."""

    GRANT = "grant_number"
    CONTRACT = "contract_number"
    CPR = "cpr"
    NAME = "name"
    BIRTH = "birth_date"


class BlindIndex(Protocol):
    """Turns identities into blind indexes, the same as those of the citizen register; must be picklable."""

    def cpr(self, digits: str) -> str:
        """The index of a CPR number of ten digits."""
        ...

    def name(self, full_name: str) -> str:
        """The index of a full name, however it is spaced and capitalised."""
        ...


@dataclass(frozen=True, slots=True)
class InvoiceKey:
    """A key: `line` is the line's position, None on the document's head; `value` normalised, CPR and names blinded."""

    kind: KeyKind
    value: str
    place: Place
    line: int | None = None


def extract_keys(found: Iterable[Found], *, issued: date, index: BlindIndex) -> tuple[InvoiceKey, ...]:
    """All keys in the texts of one invoice, none twice at the same level (head or line)."""
    once: dict[tuple[KeyKind, str, int | None], InvoiceKey] = {}
    names = 0
    for text in found:
        for key in _keys(text, issued, index):
            names += key.kind is KeyKind.NAME
            if key.kind is not KeyKind.NAME or names <= _MOST_NAMES:
                once.setdefault((key.kind, key.value, key.line), key)
    return tuple(once.values())


def contract_numbers_in(text: str) -> Iterator[str]:
    """Contract numbers as `K-2026-0123`, however they are spaced, dashed or capitalised."""
    return (f"K-{match[1]}-{match[2]}" for match in _CONTRACT.finditer(text))


def _keys(found: Found, issued: date, index: BlindIndex) -> Iterator[InvoiceKey]:
    if found.kind in _NO_PERSON:
        return
    text, place, line = found.text, found.place, found.line
    yield from (InvoiceKey(KeyKind.GRANT, str(grant), place, line) for grant in GrantNumber.find_all(text))
    yield from (InvoiceKey(KeyKind.CONTRACT, contract, place, line) for contract in contract_numbers_in(text))
    if _DIGIT.search(text):
        labelled = f"{found.label}: {text}" if found.label else text
        yield from (InvoiceKey(KeyKind.CPR, index.cpr(cpr.digits), place, line) for cpr in cprs_in(text))
        births = births_in(labelled, issued=issued)
        yield from (InvoiceKey(KeyKind.BIRTH, born.isoformat(), place, line) for born in births)
    if place in _PEOPLE and found.kind is None:
        yield from (InvoiceKey(KeyKind.NAME, index.name(name), place, line) for name in names_in(text))
