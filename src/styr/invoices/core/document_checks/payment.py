"""How to pay: known codes, and the account that each code needs."""

import re
from collections.abc import Iterator
from typing import Final

from styr.invoices.core.document_checks.code_lists import DANISH_PAYMENT_MEANS, PAYMENT_MEANS
from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.required_parties import is_danish
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.document_checks.wording import shown
from styr.invoices.core.einvoice.accounts import AccountKind
from styr.invoices.core.einvoice.model import EInvoice, Format, Kind, PaymentMeans

_CODE: Final = rule(oioubl2="F-LIB100", en="BR-CL-16")
_DANISH_CODE: Final = rule(oioubl3="OIOUBL-BIL-005", peppol="DK-R-005")
_BANK: Final = rule(oioubl3="OIOUBL-BIL-006", peppol="DK-R-006")
_GIRO: Final = rule(peppol="DK-R-008")
_FIK: Final = rule(peppol="DK-R-010")
_CARD: Final = rule(oioubl2="F-LIB342", oioubl3="OIOUBL-BIL-046")
_MANDATE: Final = rule(oioubl3="PEPPOL-EN16931-R061", peppol="PEPPOL-EN16931-R061")
_IBAN: Final = rule(own="STYR-IBAN")

_BANK_CODES: Final = frozenset({"31", "42"})
_DIRECT_DEBIT: Final = frozenset({"49", "59"})
_GIRO_ID: Final = re.compile(r"(?:01|04|15)#.*")
_FIK_ID: Final = re.compile(r"(?:71|73|75)#.*")
_GIRO_LENGTH, _FIK_LENGTH = 7, 8


def wrong_payment(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Findings of every way to pay that the document names."""
    for n, means in enumerate(invoice.payment_means, 1):
        place = f"/*/cac:PaymentMeans[{n}]"
        yield from _code(invoice, means, f"{place}/cbc:PaymentMeansCode")
        yield from _account(invoice, means, place)
        if means.account is not None and means.account.kind is AccountKind.IBAN and not _iban_ok(means.account.value):
            message = f"IBAN {shown(means.account.value)} består ikke kontrollen. Bed leverandøren bekræfte kontoen."
            yield from _IBAN.on(invoice, f"{place}/cac:PayeeFinancialAccount/cbc:ID", message)


def _code(invoice: EInvoice, means: PaymentMeans, place: str) -> Iterator[DocumentFinding]:
    code = means.code
    if code is None:
        return
    known = DANISH_PAYMENT_MEANS if invoice.format is Format.OIOUBL2 else PAYMENT_MEANS
    if code not in known:
        yield from _CODE.on(invoice, place, f"Betalingsmåden {shown(code)} findes ikke. Bankoverførsel er 42 eller 58.")
    elif _is_domestic(invoice) and code not in DANISH_PAYMENT_MEANS:
        message = (
            f"Betalingsmåden {shown(code)} kan ikke bruges mellem danske parter. Bankoverførsel er 42, FIK-kort 93."
        )
        yield from _DANISH_CODE.on(invoice, place, message)


def _account(invoice: EInvoice, means: PaymentMeans, place: str) -> Iterator[DocumentFinding]:
    if means.code == "48" and not means.has_card and invoice.format is not Format.PEPPOL3:
        yield from _CARD.on(invoice, place, "Betalingsmåden er kort (48), men cac:CardAccount mangler.")
    if means.code in _DIRECT_DEBIT and means.mandate is None:
        yield from _MANDATE.on(invoice, place, "Betalingsmåden er direkte debitering, men cac:PaymentMandate mangler.")
    if not _is_domestic(invoice):
        return
    where = f"{place}/cac:PayeeFinancialAccount"
    if means.code in _BANK_CODES and not (means.account_id and means.branch):
        message = "Betalingsmåden er bankoverførsel, men registreringsnummer eller kontonummer mangler."
        yield from _BANK.on(invoice, where, message)
    if means.code == "50" and not _slip_ok(means, _GIRO_ID, _GIRO_LENGTH):
        yield from _GIRO.on(
            invoice, where, "Girokort skal have kortart 01, 04 eller 15 og et kontonummer på syv cifre."
        )
    if means.code == "93" and not _slip_ok(means, _FIK_ID, _FIK_LENGTH):
        yield from _FIK.on(
            invoice, where, "FIK-kort skal have kortart 71, 73 eller 75 og et kreditornummer på otte cifre."
        )


def _is_domestic(invoice: EInvoice) -> bool:
    """Danish rules of payment bind invoices between Danish parties."""
    both = is_danish(invoice.supplier) and is_danish(invoice.buyer)
    return invoice.kind is Kind.INVOICE and (both or invoice.format is Format.OIOUBL3)


def _slip_ok(means: PaymentMeans, pattern: re.Pattern[str], length: int) -> bool:
    return pattern.fullmatch(means.payment_id or "") is not None and len(means.account_id or "") == length


def _iban_ok(iban: str) -> bool:
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1
