"""Grant, contract and invoice side by side: one row for each thing that must agree, with what deviates and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from styr.contracts.core.codes import ContractStatus
from styr.grants.core.codes import GrantStatus
from styr.invoices.core.breakdown import amount_text, counted_in, price_text
from styr.invoices.deviations import OFF, ON_CONTRACT, WARNS, short
from styr.kernel.danish import danish_date, danish_number, danish_section
from styr.kernel.period import ONE_DAY
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from styr.controls.on_invoices import FoundOnInvoice
    from styr.invoices.case import CaseClaim, CaseLine, InvoiceCase
    from styr.invoices.core.breakdown import Span

NONE: Final = "–"
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Cell:
    """What one of the three says; `note` tells what is wrong with it in a few words."""

    text: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that must agree; `why` is the finding's sentence."""

    key: str
    label: str
    grant: Cell
    contract: Cell
    invoice: Cell
    why: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim side by side; `asked` is what is claimed as it is reckoned: "31 døgn × 1.542 kr."."""

    claim: CaseClaim
    rows: tuple[Row, ...]
    findings: tuple[FoundOnInvoice, ...]
    off: bool = field(default=False)
    asked: str = ""


def compared(
    case: InvoiceCase, claim: CaseClaim, findings: Sequence[FoundOnInvoice], services: Mapping[str, str]
) -> Compared:
    """Put a claim beside its grant and contract; `services` are the names of services by code."""
    about = tuple(one for one in findings if one.open and one.view.subject_id in {claim.id, case.id})
    why: dict[str, FoundOnInvoice] = {}
    for one in about:
        for key in OFF.get(short(one.view.code), ()):
            why.setdefault(key, one)
    rows = tuple(_marked(row, why) for row in _rows(case, claim, services) if _kept(row, why))
    return Compared(claim, rows, about, any(row.why for row in rows), _asked(claim, _lines_of(case, claim)))


def _lines_of(case: InvoiceCase, claim: CaseClaim) -> list[CaseLine]:
    return [line for line in case.lines if line.line_no in claim.line_nos]


def _asked(claim: CaseClaim, lines: Sequence[CaseLine]) -> str:
    """Say "31 døgn × 1.542 kr.", "samlet pris" where one price stands for all; "" where there are several prices."""
    if claim.quantity is None or claim.lowest_price is None or claim.lowest_price != claim.highest_price:
        return ""
    unit = claim.grant.unit if claim.grant else ""
    if _collective(claim, lines, unit):
        return "samlet pris"
    return f"{_count(claim.quantity)} {counted_in(unit, claim.quantity)} × {price_text(claim.lowest_price)}"


def _kept(row: Row, why: Mapping[str, FoundOnInvoice]) -> bool:
    """A row that says nothing is left out, unless something is wrong there."""
    return row.key in why or any(cell.text != NONE for cell in (row.grant, row.contract, row.invoice))


def _marked(row: Row, why: Mapping[str, FoundOnInvoice]) -> Row:
    found = why.get(row.key)
    if found is None:
        return row
    code = short(found.view.code)
    tone = "warning" if code in WARNS else "danger"
    note = row.invoice.note or found.view.title
    sides = {"grant": row.grant, "contract": row.contract, "invoice": Cell(row.invoice.text, "", "")}
    side = "contract" if code in ON_CONTRACT and row.key == "status" else "invoice"
    sides[side] = Cell(sides[side].text, tone, note)
    return Row(row.key, row.label, sides["grant"], sides["contract"], sides["invoice"], found.view.sentence)


def _rows(case: InvoiceCase, claim: CaseClaim, services: Mapping[str, str]) -> Iterator[Row]:
    grant, contract = claim.grant, claim.contract
    lines = _lines_of(case, claim)
    unit = grant.unit if grant else (lines[0].unit if lines else "")
    g_service = services.get(grant.service, grant.service) if grant and grant.service else NONE
    c_service = services.get(contract.service, contract.service) if contract and contract.service else NONE
    i_service = ", ".join(dict.fromkeys(services.get(line.service, line.service) for line in lines if line.service))
    yield _row("citizen", "Bevilling", grant.number if grant else "ingen", _numbered(claim), _found_by(lines))
    yield _row("service", "Ydelse", g_service, c_service, i_service or NONE)
    yield _row(
        "section",
        "Paragraf",
        _section(grant.section if grant else None),
        _section(contract.section if contract else None),
        NONE,
    )
    yield _row("status", "Status", _grant_status(claim), _contract_status(claim), NONE)
    yield Row(
        "period", "Periode", Cell(_period(grant.starts, grant.ends) if grant else NONE),
        Cell(_period(contract.starts, contract.ends) if contract else NONE),
        Cell(_period(claim.starts, claim.ends), note=_days_over(claim)),
    )  # fmt: skip
    yield Row(
        "quantity", f"Antal {counted_in(unit, None)}" if unit else "Antal", Cell(_count(claim.expected_quantity)),
        Cell(_absence_terms(claim)), Cell(_asked_count(claim, lines, unit), note=_more(claim, lines, unit)),
    )  # fmt: skip
    yield Row(
        "price", f"Takst pr. {Unit(unit).danish}" if unit in set(Unit) else "Takst", Cell(_granted(claim)),
        _agreed(claim), Cell(_asked_price(claim), note=_dearer(claim)),
    )  # fmt: skip
    extras = ", ".join(services.get(code, code) for code in contract.supplements) if contract else ""
    yield _row("supplements", "Tillæg", NONE, extras or ("ingen" if contract else NONE), NONE)
    yield Row(
        "amount", "Beløb", Cell(NONE if claim.expected_ore is None else amount_text(claim.expected_ore)), Cell(NONE),
        _amount(claim),
    )  # fmt: skip
    yield _row("supplier", "Leverandør", NONE, contract.supplier_name if contract else NONE, case.supplier_name or NONE)
    yield _row("ean", "EAN-nummer", (grant.ean if grant else "") or NONE, NONE, case.buyer_ean or NONE)
    yield _row("coding", "Konto", _coding(grant.account_string if grant else None), NONE, NONE)
    yield _row("payer", "Betaler", (grant.paying if grant else "") or NONE, NONE, NONE)
    yield _row("account", "Til konto", NONE, NONE, _account(case.payee_account))


def _row(key: str, label: str, grant: str, contract: str, invoice: str) -> Row:
    return Row(key, label, Cell(grant), Cell(contract), Cell(invoice))


def _amount(claim: CaseClaim) -> Cell:
    over = claim.difference_ore
    if not over:
        return Cell(amount_text(claim.claimed_ore))
    return Cell(amount_text(claim.claimed_ore), "danger" if over > 0 else "warning", f"{_signed(over)}")


def _numbered(claim: CaseClaim) -> str:
    return claim.contract.number if claim.contract else "ingen kontrakt"


def _found_by(lines: Sequence[CaseLine]) -> str:
    steps = dict.fromkeys(line.step.danish for line in lines if line.step is not None)
    return f"ved {', '.join(steps)}" if steps else NONE


def _coding(account: str | None) -> str:
    """The account in its parts, `5.38.38 1 4 3284 013 40`, so that a narrow column breaks it between them."""
    if account is None or len(account) != _DIGITS:
        return account or NONE
    a = account
    return f"{a[0]}.{a[1:3]}.{a[3:5]} {a[5]} {a[6]} {a[7:11]} {a[11:14]} {a[14:]}"


def _section(code: str | None) -> str:
    return danish_section(code) if code else NONE


def _grant_status(claim: CaseClaim) -> str:
    return GrantStatus(claim.grant.status).danish if claim.grant else NONE


def _contract_status(claim: CaseClaim) -> str:
    contract = claim.contract
    if contract is None:
        return NONE
    status = ContractStatus(contract.status).danish
    return f"{status} {danish_date(contract.signed_on)}" if contract.signed_on else status


def _period(starts: date | None, ends: date | None) -> str:
    if starts is None:
        return NONE
    if ends is None:
        return f"fra {danish_date(starts)}"
    last = ends - ONE_DAY
    if starts == last:
        return danish_date(starts)
    if (starts.year, starts.month) == (last.year, last.month):
        return f"{starts.day}.–{danish_date(last)}"
    return f"{danish_date(starts)} – {danish_date(last)}"


def _days_over(claim: CaseClaim) -> str:
    grant = claim.grant
    if grant is None or claim.starts is None or claim.ends is None:
        return ""
    before = max(0, (min(grant.starts, claim.ends) - claim.starts).days)
    after = max(0, (claim.ends - max(grant.ends, claim.starts)).days) if grant.ends else 0
    return f"{before + after} dage uden for bevillingen" if before + after > 1 else ""


def _count(quantity: Decimal | None) -> str:
    return NONE if quantity is None else danish_number(quantity.normalize())


def _asked_count(claim: CaseClaim, lines: Sequence[CaseLine], unit: str) -> str:
    """The quantity as it is written, with its unit where that is another than the service's."""
    written = {line.unit for line in lines}
    if claim.quantity is None or written == {unit}:
        return _count(claim.quantity)
    counted = f"{_count(claim.quantity)} {counted_in(written.pop() if len(written) == 1 else '', claim.quantity)}"
    return f"{counted}, samlet pris" if _collective(claim, lines, unit) else counted


def _collective(claim: CaseClaim, lines: Sequence[CaseLine], unit: str) -> bool:
    """Whether one price stands for all that the period costs: then its quantity is held against nothing."""
    return claim.quantity == 1 and claim.expected_quantity != 1 and {line.unit for line in lines} != {unit}


def _more(claim: CaseClaim, lines: Sequence[CaseLine], unit: str) -> str:
    if claim.quantity is None or claim.expected_quantity is None or _collective(claim, lines, unit):
        return ""
    over = (claim.quantity - claim.expected_quantity).normalize()
    return f"{'+' if over > 0 else ''}{danish_number(over)} {counted_in(unit, over)}" if over else ""


def _absence_terms(claim: CaseClaim) -> str:
    contract = claim.contract
    if contract is None or contract.absence_share >= 1:
        return NONE
    share = danish_number((contract.absence_share * 100).normalize())
    after = f" efter {contract.free_days} dage" if contract.free_days else ""
    return f"fravær {share} %{after}"


def _granted(claim: CaseClaim) -> str:
    """What the grant's service is priced at: by its contract line and factor, or by a price of its own."""
    return _prices(claim.asked.prices) if claim.asked else NONE


def _agreed(claim: CaseClaim) -> Cell:
    """The contract line's own rates, marked where the grant is priced at another; none where it has no line there."""
    agreed, granted = _prices(claim.contract.prices) if claim.contract else NONE, _granted(claim)
    if agreed == granted or NONE in {agreed, granted}:
        return Cell(agreed)
    return Cell(agreed, "warning", "en anden end bevillingens")


def _prices(spans: Sequence[Span]) -> str:
    return " / ".join(dict.fromkeys(price_text(span.figure) for span in spans)) or NONE


def _asked_price(claim: CaseClaim) -> str:
    prices = [price for price in (claim.lowest_price, claim.highest_price) if price is not None]
    return " – ".join(dict.fromkeys(price_text(price) for price in prices)) or NONE


def _dearer(claim: CaseClaim) -> str:
    if claim.highest_price is None or not claim.expected_price:
        return ""
    over = claim.highest_price - claim.expected_price
    share = (over / claim.expected_price * 100).quantize(Decimal("0.1"))
    return f"{'+' if over > 0 else ''}{price_text(over)} ({danish_number(share)} %)" if over else ""


def _signed(ore: int) -> str:
    return f"{'+' if ore > 0 else ''}{amount_text(ore)}"


def _account(key: str) -> str:
    kind, _, value = key.partition(":")
    return NONE if not key or kind == "nemkonto" else value
