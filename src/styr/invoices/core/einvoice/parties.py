"""A party of an invoice: identifiers with their schemes, names, address and contact."""

from dataclasses import dataclass, field
from enum import StrEnum


class IdentifierKind(StrEnum):
    """What an identifier is, whatever the format calls its scheme."""

    CVR = "cvr"
    SE = "se"
    GLN = "gln"
    P_NUMBER = "p_number"
    CPR = "cpr"
    IBAN = "iban"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as written, its scheme as written, and what it is.

    `value` can be a CPR: then `str` and `repr` show its date part only.
    """

    value: str
    scheme: str | None
    kind: IdentifierKind

    def __str__(self) -> str:
        return f"{self.value[:6]}-••••" if self.kind is IdentifierKind.CPR else self.value

    def __repr__(self) -> str:
        return f"Identifier({self!s}, {self.scheme})"


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `lines` holds what the format keeps unstructured."""

    street: str | None = None
    number: str | None = None
    city: str | None = None
    postal_zone: str | None = None
    country: str | None = None
    format_code: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contact:
    """Who to ask; `id` is the buyer's own reference to a person or a department."""

    id: str | None = None
    name: str | None = None
    telephone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party; texts and names can be a citizen's, so `repr` leaves them out.

    `cvr` is eight digits (or None), taken from the legal entity first, then the party's own identifiers.
    """

    endpoint: Identifier | None = None
    identifiers: tuple[Identifier, ...] = ()
    name: str | None = field(default=None, repr=False)
    registration_name: str | None = field(default=None, repr=False)
    legal_id: Identifier | None = None
    tax_ids: tuple[Identifier, ...] = ()
    tax_schemes: tuple[str, ...] = ()
    address: Address | None = field(default=None, repr=False)
    contact: Contact | None = field(default=None, repr=False)
    person_names: tuple[str, ...] = field(default=(), repr=False)
    cvr: str | None = None
    has_legal_entity: bool = False

    @property
    def display_name(self) -> str | None:
        """The trading name, else the registered one."""
        return self.name or self.registration_name

    def all_identifiers(self) -> tuple[Identifier, ...]:
        """Every identifier of the party with its scheme, the endpoint first."""
        found = (self.endpoint, *self.identifiers, self.legal_id, *self.tax_ids)
        return tuple(identifier for identifier in found if identifier is not None)


NO_PARTY = Party()
