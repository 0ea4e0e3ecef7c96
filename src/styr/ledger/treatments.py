"""What holds for accounts (kontobehandling), and which unit a cost centre belongs to: listed, set and ended, dated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.kernel.paging import counted_page
from styr.kernel.refusal import Refusal
from styr.ledger.core.codes import VatTreatment
from styr.ledger.core.dated import from_day_on
from styr.ledger.dated_rules import RuleTable, hold_from, rewrite
from styr.ledger.models import AccountTreatment, CostCentre

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

_COST_CENTRES: Final = """
    SELECT c.id, c.code, u.name, u.number, c.valid_from, c.valid_to, count(*) OVER ()
    FROM ledger_costcentre c JOIN access_unit u ON u.id = c.unit_id
    WHERE (%(words)s = '' OR c.code LIKE %(start)s OR u.name ILIKE %(part)s)
    ORDER BY c.code, c.valid_from DESC LIMIT %(size)s OFFSET %(first)s
"""


TREATMENTS: Final = RuleTable("kontobehandling", AccountTreatment, ("function", "cost_type", "ownership"))
COST_CENTRES: Final = RuleTable("omkostningssteder", CostCentre, ("code",))


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
class CentreLine:
    """A cost centre's unit in [valid_from, valid_to)."""

    id: UUID
    code: str
    unit: str
    unit_number: str
    valid_from: date
    valid_to: date | None


@transaction.atomic
def set_treatment(
    *, municipality_id: UUID, facts: TreatmentFacts, starts: date, actor_id: UUID | None, now: datetime
) -> UUID:
    """Let a treatment of the municipality's own hold from a day on, and return the change; its former one is kept.

    Raises:
        UnableToSetTreatmentError: the function is no five digits, or a share is given where none is evened out.
        UnableToSetRuleError: the actor's roles do not cover the whole municipality.
    """
    if not (len(facts.function) == 5 and facts.function.isdecimal()):  # noqa: PLR2004 - as told
        raise UnableToSetTreatmentError("Funktionen har fem cifre. Skriv fx 5.28.20.")
    if facts.vat_share is not None and facts.vat_treatment != VatTreatment.SHARE:
        raise UnableToSetTreatmentError("En andel kan kun angives, når en andel af beløbet udlignes.")
    given = {name: getattr(facts, name) for name in TreatmentFacts.__dataclass_fields__}
    key = {name: given.pop(name) for name in TREATMENTS.key}
    return hold_from(
        TREATMENTS,
        municipality_id=municipality_id,
        key=key,
        values=given,
        day=starts,
        title=f"{function_number(facts.function)} {facts.name}",
        actor_id=actor_id,
        now=now,
    )


def knows_function(account: str) -> bool:
    """Whether anybody has said how the function of an account (its first five digits) is treated; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM rel_account_treatment WHERE function = left(%s, 5))", [account])
        return bool(cursor.fetchone()[0])


def function_number(function: str) -> str:
    """A function as people write it: `5.28.20`."""
    return f"{function[0]}.{function[1:3]}.{function[3:]}"


def cost_centres(*, words: str, page: int, size: int) -> tuple[list[CentreLine], int]:
    """A page of cost centres whose number begins so or whose unit is named so, and how many there are. One query."""
    given: dict[str, str | int] = {
        "words": words,
        "start": f"{words}%",
        "part": f"%{words}%",
    }
    with connection.cursor() as cursor:

        def ask(first: int, most: int) -> list[tuple[Any, ...]]:
            cursor.execute(_COST_CENTRES, given | {"first": first, "size": most})
            return list(cursor.fetchall())

        rows, total = counted_page(ask, first=(max(page, 1) - 1) * size, size=size)
    return [CentreLine(*row[:6]) for row in rows], total


@transaction.atomic
def set_cost_centre(  # noqa: PLR0913 - a cost centre's parts, by keyword
    *, municipality_id: UUID, code: str, unit_id: UUID, starts: date, actor_id: UUID | None, now: datetime
) -> UUID:
    """Let a cost centre belong to a unit from a day on, and return the change; what it belonged to before is kept.

    Raises:
        UnableToSetTreatmentError: the number is no four digits.
        UnableToSetRuleError: no role of the actor's covers the unit.
    """
    if not (len(code) == 4 and code.isdecimal()):  # noqa: PLR2004 - as told
        raise UnableToSetTreatmentError("Et omkostningssted har fire cifre.")
    same = CostCentre.objects.filter(municipality_id=municipality_id, code=code).order_by("id")
    rows = from_day_on(same.values("id", "code", "unit_id", "valid_from", "valid_to"), {"unit_id": unit_id}, starts)
    return rewrite(
        COST_CENTRES,
        municipality_id=municipality_id,
        key={"code": code},
        rows=[{**row, "code": code} for row in rows],
        title=f"Omkostningssted {code}",
        actor_id=actor_id,
        now=now,
        unit_id=unit_id,
    )
