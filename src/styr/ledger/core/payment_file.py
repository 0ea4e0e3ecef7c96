"""Payment files as the finance system reads them, and the posting vouchers beside them. Pure.

Files are UTF-8 with `;` and CR LF, decimal comma and dd-mm-yyyy; the vouchers have the columns of `posteringer`, so
what the finance system posts can be read back as it was sent: a text that a spreadsheet would take for a formula has an
apostrophe before it, which `booking` takes off again.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from styr.kernel.calendar import is_banking_day
from styr.kernel.period import ONE_DAY
from styr.ledger.core.codes import PostingKind
from styr.ledger.core.formulas import guarded
from styr.ledger.core.payment_layout import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from uuid import UUID

    from styr.ledger.core.payment_layout import Layout

PAYMENT_COLUMNS: Final = ("fil_nr", "linje_nr", "cvr", "leverandør", "konto", "faktura_nr", "beløb", "forfald", "art")
VOUCHER_COLUMNS: Final = (
    *("bilag_nr", "linje_nr", "bogført", "periode", "konto", "beløb", "tekst", "borger_nr", "cvr", "faktura_nr"),
    *("bevilling_nr", "art"),
)
_VOUCHER_NAMES: Final = (
    *("voucher", "line_no", "booked_on", "period", "account_string", "amount", "text", "citizen", "cvr", "invoice"),
    *("grant", "kind"),
)
_AMOUNT: Final = "beløb"
FIRST_SEAL: Final = "styr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payable:
    """An invoice to be paid, or a credit note to be set off (then negative); `shares` say on whose account."""

    invoice_id: UUID
    cvr: str
    supplier: str
    account: str
    number: str
    amount_ore: int
    due: date
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What of an invoice is for one grant and month; `account_string` "" where the grant has none."""

    grant_number: str
    citizen_number: str
    account_string: str
    month: date
    amount_ore: int


def bank_days(after: date | None, until: date) -> tuple[date, ...]:
    """The bank days after the last one that has its file, until and including a day; without one, the latest alone."""
    if after is None:
        day = until
        while not is_banking_day(day):
            day -= ONE_DAY
        return (day,)
    days = ((after + ONE_DAY * n) for n in range(1, (until - after).days + 1))
    return tuple(day for day in days if is_banking_day(day))


def due_before(day: date) -> date:
    """The first due date that can wait for the next bank day's file: the bank day after the next."""
    found = day
    while True:
        found += ONE_DAY
        if is_banking_day(found):
            return found


def laid_out(layout: Layout, number: int, days: tuple[date, date], lines: Sequence[Payable]) -> tuple[bytes, bytes]:
    """The payment file and its vouchers in a layout of data; `days`: the bank day, and the day vouchers are made.

    Raises:
        UnusableLayoutError: something does not fit the layout.
    """
    bank_day, booked_on = days
    around = {"file_no": number, "bank_day": bank_day, "total": sum(one.amount_ore for one in lines)}
    payments = [_laid_payment(number, bank_day, line_no, one) for line_no, one in enumerate(lines, 1)]
    vouchers = [
        dict(zip(_VOUCHER_NAMES, row, strict=True)) | {"file_no": number}
        for line_no, one in enumerate(lines, 1)
        for row in _voucher_values(number, line_no, booked_on, one)
    ]
    return (
        write(layout, "payment", payments, around={**around, "count": len(payments)}),
        write(layout, "voucher", vouchers, around={**around, "count": len(vouchers)}),
    )


def _laid_payment(number: int, bank_day: date, line_no: int, one: Payable) -> dict[str, object]:
    account = account_words(one.account)
    reg_no, _, account_no = account.partition(" ") if one.account.startswith("bank:") else ("", "", "")
    return {
        "file_no": number,
        "line_no": line_no,
        "cvr": one.cvr,
        "supplier": one.supplier,
        "account": account,
        "reg_no": reg_no,
        "account_no": account_no,
        "invoice": one.number,
        "amount": one.amount_ore,
        "due": one.due,
        "bank_day": bank_day,
        "kind": "kreditnota" if one.amount_ore < 0 else "faktura",
    }


def payment_csv(number: int, lines: Sequence[Payable]) -> bytes:
    """The payment file: a line an invoice."""
    rows = (
        (
            number,
            line_no,
            one.cvr,
            one.supplier,
            account_words(one.account),
            one.number,
            kroner(one.amount_ore),
            one.due.strftime("%d-%m-%Y"),
            "kreditnota" if one.amount_ore < 0 else "faktura",
        )
        for line_no, one in enumerate(lines, 1)
    )
    return _csv(PAYMENT_COLUMNS, rows)


def voucher_csv(number: int, booked_on: date, lines: Sequence[Payable]) -> bytes:
    """The vouchers: a voucher an invoice, a line a grant and month; each voucher sums to what is paid.

    `booked_on` is the day they were made. What an invoice holds beyond its shares lies on the largest of them.
    """
    rows = [row for line_no, one in enumerate(lines, 1) for row in _voucher(number, line_no, booked_on, one)]
    return _csv(VOUCHER_COLUMNS, rows)


def _voucher(number: int, line_no: int, booked_on: date, paid: Payable) -> Iterable[tuple[object, ...]]:
    for row in _voucher_values(number, line_no, booked_on, paid):
        told = dict(zip(_VOUCHER_NAMES, row, strict=True))
        told |= {"booked_on": booked_on.strftime("%d-%m-%Y"), "period": told["period"].strftime("%m-%Y")}
        yield tuple((told | {"amount": kroner(told["amount"])}).values())


def _voucher_values(number: int, line_no: int, booked_on: date, paid: Payable) -> Iterable[tuple[Any, ...]]:
    shares = _merged(paid.shares) or [
        Share(grant_number="", citizen_number="", account_string="", month=booked_on.replace(day=1), amount_ore=0)
    ]
    largest = max(range(len(shares)), key=lambda at: abs(shares[at].amount_ore))
    rest = paid.amount_ore - sum(share.amount_ore for share in shares)
    for at, share in enumerate(shares):
        amount = share.amount_ore + (rest if at == largest else 0)
        yield (
            *(voucher_number(number, line_no), at + 1, booked_on, share.month),
            *(share.account_string, amount, f"Faktura {paid.number}", share.citizen_number, paid.cvr),
            *(paid.number, share.grant_number, PostingKind.PAYMENT.danish),
        )


def _merged(shares: Iterable[Share]) -> list[Share]:
    """One share a grant, account and month."""
    sums: defaultdict[tuple[str, str, str, date], int] = defaultdict(int)
    for share in shares:
        sums[share.grant_number, share.citizen_number, share.account_string, share.month] += share.amount_ore
    return [
        Share(grant_number=key[0], citizen_number=key[1], account_string=key[2], month=key[3], amount_ore=ore)
        for key, ore in sorted(sums.items())
        if ore
    ]


def voucher_number(number: int, line_no: int) -> str:
    """The voucher's number: ours, and used once."""
    return f"STYR-{number:05d}-{line_no:05d}"


def seal_of(number: int, bank_day: date, content: bytes, vouchers: bytes, before: str) -> str:
    """The seal: SHA-256 over the number, the day, both files and the seal of the file before."""
    parts = (str(number), bank_day.isoformat(), sha256(content), sha256(vouchers), before or FIRST_SEAL)
    return sha256("|".join(parts).encode())


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def kroner(ore: int) -> str:
    """Øre as kroner with a decimal comma and no thousand marks.

    >>> kroner(-1205)
    '-12,05'
    """
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100},{abs(ore) % 100:02d}"


def account_words(account: str) -> str:
    """A payee account as the invoice's reading keeps it (`bank:9987-0527867029`, `iban:DK50…`), as people write it.

    >>> account_words("bank:9987-0527867029")
    '9987 0527867029'
    """
    kind, colon, value = account.partition(":")
    return value.replace("-", " ") if kind == "bank" else value if colon else account


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    held = io.StringIO()
    writer = csv.writer(held, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_safe(column, cell) for column, cell in zip(columns, row, strict=True)] for row in rows])
    return held.getvalue().encode()


def _safe(column: str, cell: object) -> str:
    """The cell's text, which no spreadsheet takes for a formula; an amount below zero is none."""
    return str(cell) if column == _AMOUNT else guarded(str(cell))
