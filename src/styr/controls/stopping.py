"""Whether a finding still stops a payment: only the invoices above can tell, and they hand the answer down."""

from collections.abc import Callable
from uuid import UUID

MayBePaid = Callable[[UUID], bool]


def _unknown(_: UUID) -> bool:
    return True


_asked: list[MayBePaid] = [_unknown]


def use_may_be_paid(answer: MayBePaid) -> None:
    """Let the domain of invoices answer; called when Django starts."""
    _asked[:] = [answer]


def stops_payment(*, hard_stop: bool, invoice_id: UUID | None) -> bool:
    """Whether a finding holds an invoice back that may still be paid; where that is unknown, it does."""
    return hard_stop and invoice_id is not None and _asked[0](invoice_id)
