"""A grant of the case system beside ours, field by field, as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.controls.core.explain import period, unit
from styr.kernel.danish import danish_number, danish_section, kroner
from styr.kernel.money import Money
from styr.kernel.units import Per

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from styr.grants.page import GrantPage, Line
    from styr.reconciliation.queries import CaseView

UNTOLD = "–"


@dataclass(frozen=True, slots=True)
class Beside:
    """One field: what the case system says, what we say, and whether they are apart. "–" is said by nobody."""

    label: str
    theirs: str
    ours: str
    apart: bool


def line_of(grant: GrantPage, *, line_no: int | None, service: str) -> Line | None:
    """The line of ours that a service was tied to: by its number, else by what it buys, else the only one."""
    by_number = [line for line in grant.lines if line.line_no == line_no]
    by_service = [line for line in grant.lines if line.service == service]
    alone = grant.lines if len(grant.lines) == 1 else ()
    return next(iter((*by_number, *by_service, *alone)), None)


def price_on(line: Line, day: date) -> Decimal | None:
    """Our price of a line on a day, kr. per unit; the last before it where none holds."""
    held = [price.amount for price in line.prices if price.starts <= day and (price.ends is None or day < price.ends)]
    return held[0] if held else next((price.amount for price in reversed(line.prices)), None)


def side_by_side(
    case: CaseView, grant: GrantPage | None, line: Line | None, *, day: date, names: Mapping[UUID, str]
) -> tuple[Beside, ...]:
    """Every field of both; one that either does not tell is never apart. `names` are the suppliers' by id."""
    price = price_on(line, day) if line else None
    rows = (
        ("Nummer", case.source_id, grant.number if grant else ""),
        ("Paragraf", danish_section(case.section), danish_section(grant.section) if grant else ""),
        ("Ydelse", case.service, line.service if line else ""),
        ("Periode", period(case.starts, case.ends), _our_period(line, grant)),
        ("Pris", _price(case.amount, case.measure), _price(price, line.unit if line else "")),
        ("Omfang", _amount(case.quantity, case.per), _amount(line.quantity, line.per) if line else ""),
        ("Leverandør", _supplier(case.supplier_id, case.cvr, names), _supplier(_of(grant), "", names)),
        ("Konto", case.account_string, grant.account_string if grant else ""),
        ("Sagsnummer", case.case_number, grant.case_number if grant else ""),
        ("Sagsbehandler", case.caseworker, grant.caseworker if grant else ""),
    )
    unlike = {"Nummer", "Sagsnummer", "Sagsbehandler"}
    return tuple(
        Beside(
            label,
            theirs or UNTOLD,
            ours or UNTOLD,
            bool(theirs and ours and theirs != ours) and label not in unlike,
        )
        for label, theirs, ours in rows
    )


def _of(grant: GrantPage | None) -> UUID | None:
    return grant.supplier_id if grant else None


def _supplier(supplier_id: UUID | None, cvr: str, names: Mapping[UUID, str]) -> str:
    name = names.get(supplier_id, "") if supplier_id else ""
    return name or (f"CVR {cvr}, som ikke findes her" if cvr else "")


def _our_period(line: Line | None, grant: GrantPage | None) -> str:
    if line is not None:
        return period(line.starts, line.ends)
    return period(grant.starts, grant.ends) if grant else ""


def _price(amount: Decimal | None, measure: str) -> str:
    if amount is None:
        return ""
    told = kroner(Money.from_kroner(amount).ore)
    return f"{told} pr. {unit(measure)}" if measure else told


def _amount(quantity: Decimal | None, per: str) -> str:
    if quantity is None:
        return ""
    if not per:
        return danish_number(quantity)
    return f"{danish_number(quantity)} {'i alt' if per == Per.TOTAL else f'pr. {Per(per).danish}'}"
