"""Invoices that are on their way to be paid: what is sent to the finance system is not decided otherwise meanwhile.

Payment files lie above this domain, so whoever makes them tells how to ask (`asks_about_sent`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.invoices.deciding import UnableToDecideInvoiceError

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    Ask = Callable[[UUID], str]

_ASKED: Final[list[Ask]] = []


def asks_about_sent(ask: Ask) -> None:
    """Let `ask` tell what an invoice is sent to be paid in, in Danish; "" where it is in nothing."""
    if ask not in _ASKED:
        _ASKED.append(ask)


def refuse_sent(invoice_id: UUID) -> None:
    """Refuse to decide otherwise about an invoice that is sent to be paid and not refused by the finance system.

    Raises:
        UnableToDecideInvoiceError: it is; the message says in what.
    """
    for ask in _ASKED:
        if told := ask(invoice_id):
            raise UnableToDecideInvoiceError(
                f"Fakturaen er i {told} og kan blive betalt. Stop den i økonomisystemet, og læs kvitteringen ind, "
                "eller opret en opfølgning."
            )
