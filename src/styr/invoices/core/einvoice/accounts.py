"""Where to pay: one normal form for bank accounts, IBAN, FIK and giro, so that accounts can be compared."""

import re
from dataclasses import dataclass
from enum import StrEnum

_DANISH_IBAN = re.compile(r"DK\d\d(\d{4})(\d{10})", re.ASCII)
_IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]{8,30}", re.ASCII)
_BRANCH, _NUMBER = 4, 10
_NOT_DIGIT = re.compile(r"\D", re.ASCII)
_FIK_CARDS = frozenset({"71", "73", "75"})
_GIRO_CARDS = frozenset({"01", "04", "15"})


class AccountKind(StrEnum):
    """What kind of account; `nemkonto` is the payee's own, which the document does not name."""

    BANK = "bank"
    IBAN = "iban"
    FIK = "fik"
    GIRO = "giro"
    NEMKONTO = "nemkonto"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PaymentAccount:
    """An account in normal form.

    `value`: bank "1234-0001234567" (registration number, account of ten digits), also when written as a Danish IBAN;
    other IBAN without spaces; FIK creditor number of eight digits; giro account without leading zeros; "" for NemKonto.
    """

    kind: AccountKind
    value: str

    @property
    def key(self) -> str:
        """Kind and value in one string, equal exactly when the money would land in the same place."""
        return f"{self.kind}:{self.value}"


def bank_account(registration: str | None, account: str) -> PaymentAccount:
    """The account of a Danish registration number (four digits) and account number, or of an IBAN."""
    iban = _from_iban(account)
    if iban is not None:
        return iban
    branch = _NOT_DIGIT.sub("", registration or "")
    number = _NOT_DIGIT.sub("", account)
    if not branch and len(number) == _BRANCH + _NUMBER:  # both written in one
        branch, number = number[:_BRANCH], number[_BRANCH:]
    if not 0 < len(branch) <= _BRANCH or not 0 < len(number) <= _NUMBER:
        return PaymentAccount(AccountKind.OTHER, account.strip())
    return PaymentAccount(AccountKind.BANK, f"{branch:0>4}-{number:0>10}")


def fik_account(creditor: str) -> PaymentAccount:
    """The account of a FIK payment slip: the creditor number (eight digits)."""
    return PaymentAccount(AccountKind.FIK, f"{_NOT_DIGIT.sub('', creditor):0>8}")


def giro_account(account: str) -> PaymentAccount:
    """The account of a giro payment slip."""
    return PaymentAccount(AccountKind.GIRO, _NOT_DIGIT.sub("", account).lstrip("0"))


def parse_account(text: str) -> PaymentAccount | None:
    """Read an account as people write it: "1234-0001234567", "1234 1234567", an IBAN, "+71<…+87654321<".

    Returns:
        The account in normal form, or None where the text is no account.
    """
    compact = text.strip().upper()
    iban = _from_iban(compact)
    if iban is not None:
        return iban
    slip = re.fullmatch(r"\+?(\d\d)<?\d*\s*\+(\d{7,8})<?", compact)
    if slip is not None:
        return fik_account(slip[2]) if slip[1] in _FIK_CARDS else giro_account(slip[2])
    bank = re.fullmatch(r"(\d{4})[\s./-]*(\d[\d\s]{3,11})", compact)
    if bank is not None:
        return bank_account(bank[1], bank[2])
    return None


def slip_account(card: str, account: str) -> PaymentAccount | None:
    """The account of a payment slip by its card type ("71", "01" …); None for a card that is not known."""
    if card in _FIK_CARDS:
        return fik_account(account)
    return giro_account(account) if card in _GIRO_CARDS else None


def _from_iban(text: str) -> PaymentAccount | None:
    compact = re.sub(r"\s", "", text).upper()
    danish = _DANISH_IBAN.fullmatch(compact)
    if danish is not None:
        return PaymentAccount(AccountKind.BANK, f"{danish[1]}-{danish[2]}")
    return PaymentAccount(AccountKind.IBAN, compact) if _IBAN.fullmatch(compact) else None
