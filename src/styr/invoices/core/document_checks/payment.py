"""How to pay: known codes, and the account that each code needs."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from styr.invoices.core.document_checks.check_digits import is_iban
from styr.invoices.core.document_checks.code_lists import (
    DANISH_PAYMENT_MEANS,
    OIOUBL2_PAYMENT_MEANS,
    PAYMENT_MEANS,
)
from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.required_parties import is_danish
from styr.invoices.core.document_checks.rule import Rule, rule
from styr.invoices.core.document_checks.wording import shown
from styr.invoices.core.einvoice.accounts import AccountKind
from styr.invoices.core.einvoice.model import EInvoice, Format, Kind, PaymentMeans

_CODE: Final = rule(oioubl2="F-LIB100", en="BR-CL-16")
_DANISH_CODE: Final = rule(oioubl3="OIOUBL-BIL-005", peppol="DK-R-005")
_BANK: Final = rule(oioubl2="F-LIB127", oioubl3="OIOUBL-BIL-006", peppol="DK-R-006")
_CARD: Final = rule(oioubl2="F-LIB342", oioubl3="OIOUBL-BIL-046")
_MANDATE: Final = rule(oioubl3="PEPPOL-EN16931-R061", peppol="PEPPOL-EN16931-R061")
_IBAN: Final = rule(own="STYR-IBAN")

_DOMESTIC_TRANSFER, _FOREIGN_TRANSFER, _CARD_PAYMENT = "42", "31", "48"
_DIRECT_DEBIT: Final = frozenset({"49", "59"})


class _Slip(NamedTuple):
    """A payment slip: the form of its kind ("71" in OIOUBL 2, "71#…" in Peppol) and of its account."""

    kind: re.Pattern[str]
    kind_rule: Rule
    kind_message: str
    account: re.Pattern[str]
    account_rule: Rule
    account_message: str


_SLIPS: Final = {
    "50": _Slip(
        re.compile(r"(?:01|04|15)(?:#.*)?"),
        rule(oioubl2="F-LIB147", peppol="DK-R-008"),
        "Girokort skal have kortart 01, 04 eller 15 (cbc:PaymentID).",
        re.compile(r"\d{7,8}", re.ASCII),
        rule(oioubl2="F-LIB321", peppol="DK-R-008"),
        "Girokort skal have et kontonummer på syv eller otte cifre.",
    ),
    "93": _Slip(
        re.compile(r"(?:71|73|75)(?:#.*)?"),
        rule(oioubl2="F-LIB155", peppol="DK-R-010"),
        "FIK-kort skal have kortart 71, 73 eller 75 (cbc:PaymentID).",
        re.compile(r"\d{8}", re.ASCII),
        rule(oioubl2="F-LIB305", peppol="DK-R-010"),
        "FIK-kort skal have et kreditornummer på otte cifre.",
    ),
}


def wrong_payment(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Findings of every way to pay that the document names."""
    for n, means in enumerate(invoice.payment_means, 1):
        place = f"/*/cac:PaymentMeans[{n}]"
        yield from _code(invoice, means, f"{place}/cbc:PaymentMeansCode")
        yield from _what_the_code_needs(invoice, means, place)
        if _is_domestic(invoice):
            yield from _danish_account(invoice, means, place)
        if means.account is not None and means.account.kind is AccountKind.IBAN and not is_iban(means.account.value):
            message = f"IBAN {shown(means.account.value)} består ikke kontrollen. Bed leverandøren bekræfte kontoen."
            yield from _IBAN.on(invoice, f"{place}/cac:PayeeFinancialAccount/cbc:ID", message)


def _code(invoice: EInvoice, means: PaymentMeans, place: str) -> Iterator[DocumentFinding]:
    code = means.code
    if code is None:
        return
    known = OIOUBL2_PAYMENT_MEANS if invoice.format is Format.OIOUBL2 else PAYMENT_MEANS
    if code not in known:
        yield from _CODE.on(invoice, place, f"Betalingsmåden {shown(code)} findes ikke. Bankoverførsel er 42 eller 58.")
    elif _is_domestic(invoice) and code not in DANISH_PAYMENT_MEANS:
        message = (
            f"Betalingsmåden {shown(code)} kan ikke bruges mellem danske parter. Bankoverførsel er 42, FIK-kort 93."
        )
        yield from _DANISH_CODE.on(invoice, place, message)


def _what_the_code_needs(invoice: EInvoice, means: PaymentMeans, place: str) -> Iterator[DocumentFinding]:
    if means.code == _CARD_PAYMENT and not means.has_card:
        yield from _CARD.on(invoice, place, "Betalingsmåden er kort (48), men cac:CardAccount mangler.")
    if means.code in _DIRECT_DEBIT and means.mandate is None:
        yield from _MANDATE.on(invoice, place, "Betalingsmåden er direkte debitering, men cac:PaymentMandate mangler.")


def _danish_account(invoice: EInvoice, means: PaymentMeans, place: str) -> Iterator[DocumentFinding]:
    # OIOUBL 2 uses 31 for accounts abroad, which have no registration number
    is_transfer = means.code == _DOMESTIC_TRANSFER or (
        means.code == _FOREIGN_TRANSFER and invoice.format is not Format.OIOUBL2
    )
    if is_transfer and not (means.account_id and means.branch):
        message = "Betalingsmåden er bankoverførsel, men registreringsnummer eller kontonummer mangler."
        yield from _BANK.on(invoice, f"{place}/cac:PayeeFinancialAccount", message)
    slip = _SLIPS.get(means.code or "")
    if slip is None:
        return
    if slip.kind.fullmatch(means.payment_id or "") is None:
        yield from slip.kind_rule.on(invoice, f"{place}/cbc:PaymentID", slip.kind_message)
    if slip.account.fullmatch(means.account_id or "") is None:
        yield from slip.account_rule.on(invoice, f"{place}/cac:PayeeFinancialAccount", slip.account_message)


def _is_domestic(invoice: EInvoice) -> bool:
    """Danish rules of payment bind invoices between Danish parties; OIOUBL 3 has them for all."""
    both = is_danish(invoice.supplier) and is_danish(invoice.buyer)
    return invoice.kind is Kind.INVOICE and (both or invoice.format is Format.OIOUBL3)
