"""What goes wrong in the books, and the key to it, found by looking through them and not by remembering."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown.days import month_start
from exampletown.ledger import SUSPENSE, Books, Line, Voucher, bank_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from exampletown.model import Grant

LEDGER_COLUMNS = ("subject_kind", "subject", "defect", "other", "note")
Row = tuple[str, str, str, str, str]

DUPLICATES, WRONG_ACCOUNTS, NOBODYS, SILENT = 40, 60, 25, 18
"""How many of each at full scale: booked twice, wrong account, for nobody's grant, cash help that is never paid."""

SILENT_MONTHS = 3
"""A grant that has run so many closed months without a krone being booked has no payments."""

WRONG_FUNCTIONS = ("53859", "53838", "52821", "55703")
FUNCTION = 5


def spoil(books: Books, scale: float) -> None:
    """Plant the faults; everything drawn comes from the books' own random stream."""
    silence(books, max(1, round(SILENT * scale)))
    lines = [line for voucher in books.vouchers for line in voucher.lines]
    payments = [line for line in lines if line.kind == "betaling" and line.grant is not None and line.amount > 0]
    rng = books.rng
    for line in rng.sample(payments, min(len(payments), max(1, round(WRONG_ACCOUNTS * scale)))):
        if line.account != SUSPENSE:
            wrong = rng.choice([number for number in WRONG_FUNCTIONS if number != line.account[:FUNCTION]])
            line.account = wrong + line.account[FUNCTION:]
    for line in rng.sample(payments, min(len(payments), max(1, round(DUPLICATES * scale)))):
        again = dataclasses.replace(line, copy_of=line, posted_on=late(books, line.posted_on, rng.randrange(1, 20)))
        books.vouchers.append(Voucher([again]))
    for line in rng.sample(payments, min(len(payments), max(1, round(NOBODYS * scale)))):
        stray = dataclasses.replace(line, grant=None, invoice="", says_grant=False, text="Udlæg efter regning")
        stray.cvr = rng.choice(books.town.suppliers).cvr
        stray.amount = rng.randrange(2_000, 45_000) * type(line.amount)(1)
        stray.posted_on = late(books, line.posted_on, rng.randrange(1, 20))
        books.vouchers.append(Voucher([stray]))


def silence(books: Books, number: int) -> None:
    """Let some cash help never be paid."""
    cash = [grant for grant in books.town.grants if grant.supplier is None and long_running(books, grant)]
    chosen = set(map(id, books.rng.sample(cash, min(len(cash), number))))
    books.vouchers = [voucher for voucher in books.vouchers if id(voucher.lines[0].grant) not in chosen]


def late(books: Books, day: date, days: int) -> date:
    """A bank day some days after, today at the latest."""
    return min(bank_day(day + timedelta(days=days)), books.town.today)


def number_vouchers(books: Books) -> None:
    """Give vouchers their numbers in order of booking, and lines theirs."""
    books.vouchers.sort(key=lambda voucher: (voucher.lines[0].posted_on, voucher.lines[0].text))
    for serial, voucher in enumerate(books.vouchers, 1):
        for number, line in enumerate(voucher.lines, 1):
            line.voucher, line.number = f"{4_100_000 + serial}", number


def ledger_defects(books: Books) -> Iterator[Row]:
    """``(subject kind, posting's accounting year/voucher/line or grant's number, defect, other, note)``."""
    paid: defaultdict[str, int] = defaultdict(int)
    for voucher in books.vouchers:
        for line in voucher.lines:
            if line.grant is not None and line.kind == "betaling":
                paid[line.grant.number] += 1
            yield from line_defects(line)
    for grant in books.town.grants:
        if grant.status in {"bevilget", "stoppet"} and long_running(books, grant) and not paid[grant.number]:
            yield "grant", grant.number, "grant_without_payment", "", grant.section


def line_defects(line: Line) -> Iterator[Row]:
    """What is wrong with one line."""
    if line.copy_of is not None:
        yield "posting", line.place, "duplicate_posting", line.copy_of.place, ""
    if line.kind != "betaling":
        return
    if line.grant is None:
        yield "posting", line.place, "payment_without_grant", "", line.text
    elif line.grant.account is None:
        yield "posting", line.place, "wrong_account", line.grant.number, "bevillingen har ingen konto"
    elif line.account[:FUNCTION] != line.grant.account[:FUNCTION]:
        yield "posting", line.place, "wrong_account", line.grant.number, line.grant.account


def long_running(books: Books, grant: Grant) -> bool:
    """Granted and running through the last closed months."""
    since = month_start(books.town.today, -SILENT_MONTHS)
    runs = grant.start <= since and (grant.end is None or grant.end >= books.closed)
    return grant.status == "bevilget" and runs
