"""What is agreed beside prices (aftalte vilkår): the terms that compute, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.contracts.core.codes import NoticeFrom

if TYPE_CHECKING:
    from decimal import Decimal

    from styr.contracts.core.codes import IndexKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The terms themselves; None where the contract says nothing, shares from 0 to 1, percentages a year.

    `notice_days`, `free_days` and `billable` are those that a supplement brought; None is as the contract itself says.
    """

    days_after_death: int | None = None
    days_after_move: int | None = None
    vacancy_billable: Decimal | None = None
    notice_from: NoticeFrom = NoticeFrom.DAY
    index_kind: IndexKind | None = None
    index_percent: Decimal | None = None
    invoice_days: int | None = None
    notice_days: int | None = None
    free_days: int | None = None
    billable: Decimal | None = None
