"""Reading of how to pay: the UNCL 4461 code decides where in the element the account stands."""

from typing import Final

from styr.invoices.core.einvoice.accounts import AccountKind, PaymentAccount, bank_account, slip_account
from styr.invoices.core.einvoice.model import PaymentMeans, PaymentTerms
from styr.invoices.core.einvoice.node import Node
from styr.invoices.core.einvoice.reading import Reading

# OIOUBL guide G16 and DK-R-005…011: 50 giro slip, 93 FIK slip, 97 the payee's NemKonto
_SLIPS: Final = frozenset({"50", "93"})
_NEMKONTO: Final = "97"


def read_payment_means(root: Node, reading: Reading) -> tuple[PaymentMeans, ...]:
    """Every way to pay that the document names."""
    return tuple(
        _means(node, reading, f"/*/cac:PaymentMeans[{n}]") for n, node in enumerate(root.all("PaymentMeans"), 1)
    )


def _means(node: Node, reading: Reading, place: str) -> PaymentMeans:
    payee = node.child("PayeeFinancialAccount")
    return PaymentMeans(
        code=node.value("PaymentMeansCode"),
        due_date=reading.date(node, "PaymentDueDate", place),
        channel=node.value("PaymentChannelCode"),
        payment_id=node.value("PaymentID"),
        note=payee.value("PaymentNote") or node.value("InstructionID"),
        account=_account(node),
        account_id=_account_id(node),
        branch=payee.child("FinancialInstitutionBranch").value("ID"),
        mandate=node.child("PaymentMandate").value("ID"),
        has_card=bool(node.child("CardAccount")),
    )


def _account(node: Node) -> PaymentAccount | None:
    code = node.value("PaymentMeansCode")
    if code == _NEMKONTO:
        return PaymentAccount(AccountKind.NEMKONTO, "")
    number = _account_id(node)
    if number is None:
        return None
    slip = slip_account((node.value("PaymentID") or "")[:2], number) if code in _SLIPS else None
    branch = node.child("PayeeFinancialAccount").child("FinancialInstitutionBranch").value("ID")
    return slip or bank_account(branch, number)


def _account_id(node: Node) -> str | None:
    return node.child("PayeeFinancialAccount").value("ID") or node.child("CreditAccount").value("AccountID")


def read_payment_terms(root: Node, reading: Reading) -> tuple[PaymentTerms, ...]:
    """The terms of payment, in document order."""
    return tuple(
        PaymentTerms(node.value("Note"), reading.amount(node, "Amount", f"/*/cac:PaymentTerms[{n}]"))
        for n, node in enumerate(root.all("PaymentTerms"), 1)
    )
