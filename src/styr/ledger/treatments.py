"""What holds for accounts (kontobehandling), and which unit a cost centre belongs to: listed, set and ended, dated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.db.models import Q

from styr.kernel.refusal import Refusal
from styr.ledger.core.codes import StateRefund, VatTreatment
from styr.ledger.models import AccountTreatment, CostCentre

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

_ROWS: Final = """
    SELECT t.function, t.cost_type, t.ownership, t.name, t.state_refund, t.vat_treatment, t.vat_share, t.valid_from,
           t.valid_to, t.own, coalesce(o.note, d.note, '')
    FROM rel_account_treatment t
    LEFT JOIN ledger_accounttreatment o ON t.own AND o.function = t.function AND o.cost_type = t.cost_type
         AND o.ownership = t.ownership AND o.valid_from = t.valid_from
    LEFT JOIN ledger_defaultaccounttreatment d ON NOT t.own AND d.function = t.function AND d.cost_type = t.cost_type
         AND d.ownership = t.ownership AND d.valid_from = t.valid_from
    WHERE t.valid_to IS NULL OR t.valid_to > %s
    ORDER BY t.function, t.cost_type, t.ownership, t.valid_from
"""
_CENTRES: Final = """
    SELECT c.id, c.code, u.name, u.number, c.valid_from, c.valid_to, count(*) OVER ()
    FROM ledger_costcentre c JOIN access_unit u ON u.id = c.unit_id
    WHERE (%(words)s = '' OR c.code LIKE %(start)s OR u.name ILIKE %(part)s)
    ORDER BY c.code, c.valid_from DESC LIMIT %(size)s OFFSET %(first)s
"""


class UnableToSetTreatmentError(Refusal):
    """The treatment or cost centre cannot be set so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentFacts:
    """What is to hold for a function ("" of type and ownership is any); `vat_share` 0..1."""

    function: str
    cost_type: str = ""
    ownership: str = ""
    name: str
    state_refund: str
    vat_treatment: str
    vat_share: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TreatmentLine:
    """A treatment in [valid_from, valid_to), the municipality's own or the program's, which is to be checked."""

    function: str
    cost_type: str
    ownership: str
    name: str
    state_refund: str
    vat_treatment: str
    vat_share: Decimal | None
    valid_from: date
    valid_to: date | None
    own: bool
    note: str

    @property
    def function_number(self) -> str:
        """The function as people write it: `5.28.20`."""
        return f"{self.function[0]}.{self.function[1:3]}.{self.function[3:]}"

    @property
    def refund_word(self) -> str:
        """What the state refunds, in Danish."""
        return StateRefund(self.state_refund).danish

    @property
    def vat_word(self) -> str:
        """What becomes of the VAT, in Danish."""
        return VatTreatment(self.vat_treatment).danish

    @property
    def lacks_share(self) -> bool:
        """A part of the amount is evened out, and nobody has said how large."""
        return self.vat_treatment == VatTreatment.SHARE and self.vat_share is None


@dataclass(frozen=True, slots=True)
class CentreLine:
    """A cost centre's unit in [valid_from, valid_to)."""

    id: UUID
    code: str
    unit: str
    unit_number: str
    valid_from: date
    valid_to: date | None


def treatments(*, today: date) -> tuple[TreatmentLine, ...]:
    """Every treatment that holds today or will, by function. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [today])
        return tuple(TreatmentLine(*row) for row in cursor.fetchall())


@transaction.atomic
def set_treatment(*, municipality_id: UUID, facts: TreatmentFacts, starts: date) -> UUID:
    """Let a treatment of the municipality's own hold from a day on; its former one ends there and is kept.

    Raises:
        UnableToSetTreatmentError: the function is no five digits, or a share is given where none is evened out.
    """
    if not (len(facts.function) == 5 and facts.function.isdecimal()):  # noqa: PLR2004 - as told
        raise UnableToSetTreatmentError("Funktionen har fem cifre. Skriv fx 5.28.20.")
    if facts.vat_share is not None and facts.vat_treatment != VatTreatment.SHARE:
        raise UnableToSetTreatmentError("En andel kan kun angives, når en andel af beløbet udlignes.")
    same = AccountTreatment.objects.filter(
        municipality_id=municipality_id,
        function=facts.function,
        cost_type=facts.cost_type,
        ownership=facts.ownership,
    )
    same.filter(valid_from__gte=starts).delete()
    same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=starts)).update(valid_to=starts)
    made = AccountTreatment.objects.create(
        municipality_id=municipality_id,
        valid_from=starts,
        **{name: getattr(facts, name) for name in TreatmentFacts.__dataclass_fields__},
    )
    return made.id


def cost_centres(*, words: str, page: int, size: int) -> tuple[list[CentreLine], int]:
    """A page of cost centres whose number begins so or whose unit is named so, and how many there are. One query."""
    given: dict[str, str | int] = {
        "words": words,
        "start": f"{words}%",
        "part": f"%{words}%",
        "size": size,
        "first": (max(page, 1) - 1) * size,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CENTRES, given)
        rows = cursor.fetchall()
    return [CentreLine(*row[:6]) for row in rows], rows[0][6] if rows else 0


@transaction.atomic
def set_cost_centre(*, municipality_id: UUID, code: str, unit_id: UUID, starts: date) -> UUID:
    """Let a cost centre belong to a unit from a day on; what it belonged to before ends there and is kept.

    Raises:
        UnableToSetTreatmentError: the number is no four digits.
    """
    if not (len(code) == 4 and code.isdecimal()):  # noqa: PLR2004 - as told
        raise UnableToSetTreatmentError("Et omkostningssted har fire cifre.")
    same = CostCentre.objects.filter(municipality_id=municipality_id, code=code)
    same.filter(valid_from__gte=starts).delete()
    same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=starts)).update(valid_to=starts)
    made = CostCentre.objects.create(municipality_id=municipality_id, code=code, unit_id=unit_id, valid_from=starts)
    return made.id
