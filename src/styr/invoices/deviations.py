"""Which rows of the comparison, and which values of the document, each control is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from styr.invoices.core.document_view import Mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from styr.controls.on_invoices import FoundOnInvoice
    from styr.invoices.case import InvoiceCase

OFF: Final[Mapping[str, tuple[str, ...]]] = {
    "citizen_unclear": ("citizen",),
    "unsure": ("citizen",),
    "no_grant": ("citizen", "status"),
    "no_contract": ("status",),
    "contract_unsigned": ("status",),
    "outside_period": ("period", "quantity"),
    "grant_ended": ("period",),
    "citizen_dead_or_moved": ("period", "quantity"),
    "duplicate": ("period", "amount"),
    "already_paid": ("period", "amount"),
    "too_late": ("period",),
    "outdated": ("period",),
    "ahead": ("period",),
    "rate_high": ("price",),
    "rate_low": ("price",),
    "rate_high_changing": ("price",),
    "rate_low_changing": ("price",),
    "quantity": ("quantity",),
    "absence_not_deducted": ("quantity",),
    "uncontracted_extra": ("service", "supplements"),
    "supplier_not_party": ("supplier",),
    "unknown_supplier": ("supplier",),
    "wrong_paying_municipality": ("payer",),
    "wrong_payer": ("ean",),
    "new_bank_account": ("account",),
    "sent_before": ("number",),
    "other_currency": ("currency",),
    "taxed": ("tax",),
    "other_amount": ("payable",),
    "beside_lines": ("net",),
    "undated": ("issued",),
    "held_by_registers": ("status",),
}
"""By control, the rows that it is about."""
WARNS: Final = frozenset({"outside_period", "quantity", "rate_low", "rate_low_changing", "ahead", "unsure", "outdated"})
_OF_DOCUMENT: Final = frozenset({"document_error", "document_fatal"})
ON_CONTRACT: Final = frozenset({"contract_unsigned", "no_contract"})
_IN_DOCUMENT: Final = {"citizen": "text", "service": "text", "supplements": "text", "status": "text"}
_NAMED_LINE: Final = re.compile(r"Linje (?:»(\d{1,4})«|nr\. (\d{1,4}))")
"""How a fault of the document itself names the line it is in; see `core.document_checks.lines`."""
_LINE_FIELDS: Final = frozenset({"price", "quantity", "period", "amount", "text"})


def short(code: str) -> str:
    """A control's code without the domain's name before it."""
    return code.removeprefix("invoice_")


def document_marks(case: InvoiceCase, findings: Sequence[FoundOnInvoice]) -> dict[tuple[int | None, str], Mark]:
    """Which values of the document deviate, and why; see `core.document_view`."""
    lines: dict[UUID, tuple[int, ...]] = {claim.id: claim.line_nos for claim in case.claims}
    marks: dict[tuple[int | None, str], Mark] = {}
    for one in findings:
        if not one.open:
            continue
        code = short(one.view.code)
        mark = Mark(one.view.sentence, "warning" if code in WARNS else "danger")
        at: Sequence[int | None] = lines.get(one.view.subject_id, (None,))
        for key in OFF.get(code, ()):
            name = _IN_DOCUMENT.get(key, key)
            for line in at:
                place = line if name in _LINE_FIELDS else None
                if place is not None or name not in _LINE_FIELDS:
                    marks.setdefault((place, name), mark)
        for line in _named_lines(case, one) if code in _OF_DOCUMENT else ():
            marks.setdefault((line, "text"), mark)
    return marks


def _named_lines(case: InvoiceCase, one: FoundOnInvoice) -> set[int]:
    """The lines that the finding's sentence names, of those that there are."""
    named = {int(by_name or by_place) for by_name, by_place in _NAMED_LINE.findall(one.view.sentence)}
    return named & {line.line_no for line in case.lines}
