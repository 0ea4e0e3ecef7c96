"""The terms that our templates state, written in the register with the draft: what is signed is what is reckoned by."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils.timezone import localdate

from styr.contracts.agreed import Agreement, agreed_card
from styr.contracts.agreeing import Act, agree_terms, seen_state
from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.contracts.services import UnableToChangeContractError
from styr.drafting.steps import UnableToMoveDraftError
from styr.kernel.danish import danish_number

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.contracts.queries import ContractCard
    from styr.drafting.steps import Actor
    from styr.drafting.written import Written

_NOTICE: Final = "SELECT notice_days, absence_free_days, absence_billable FROM rel_contract WHERE contract_id = %s"
_YEAR: Final = 365
"""What is not invoiced within twelve months has lapsed: the library's clause »invoice«."""


def has_terms(card: ContractCard) -> bool:
    """Whether the register knows what is agreed beside price, notice and absence; one query."""
    return bool(agreed_card(card.id).periods)


def register_template_terms(card: ContractCard, written: Written, actor: Actor) -> None:
    """Write what the clause library says of death, vacancy, notice, indexation and invoicing from the first day on.

    Raises:
        UnableToMoveDraftError: the register cannot hold them.
    """
    terms = Agreement(
        days_after_death=int(written.days_after_death) if written.days_after_death else None,
        vacancy_billable=Decimal(0),
        notice_from=NoticeFrom.MONTH_END,
        index_kind=IndexKind.PL,
        invoice_days=_YEAR,
    )
    act = Act(actor_id=actor.id, today=localdate(actor.now), seen=seen_state(card.id))
    try:
        agree_terms(contract_id=card.id, terms=terms, valid_from=card.starts, act=act)
    except UnableToChangeContractError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused


def told_of(contract_id: UUID, on: date) -> str:
    """What the register holds of the contract's terms on a day, in a Danish sentence; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTICE, [contract_id])
        notice_days, free_days, billable = cursor.fetchone()
    notice = "intet varsel" if notice_days is None else f"varsel {notice_days} dage"
    absence = f"fravær {free_days} dage fuldt ud, derefter {danish_number(billable * 100)} %"
    period = agreed_card(contract_id).on(on)
    if period is None:
        return f"Registret: {notice}; {absence}; intet om død, tomgang, regulering og faktureringsfrist."
    terms = period.terms
    told = [
        f"{notice} {terms.notice_from.danish}",
        absence,
        "død ikke aftalt" if terms.days_after_death is None else f"{terms.days_after_death} dage efter død",
        "regulering ikke aftalt" if terms.index_kind is None else terms.index_kind.danish,
        "ingen faktureringsfrist" if terms.invoice_days is None else f"faktura inden {terms.invoice_days} dage",
    ]
    return f"Registret: {'; '.join(told)}."
