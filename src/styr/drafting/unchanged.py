"""What was approved is what is signed: the contract of the register is held against what it was at the approval."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from styr.contracts.agreed import agreed_card
from styr.contracts.editing import hold_contract
from styr.contracts.queries import contract_card
from styr.drafting.core.codes import StepKind
from styr.drafting.models import DraftStep
from styr.drafting.steps import UnableToMoveDraftError
from styr.kernel.fingerprint import fingerprint

if TYPE_CHECKING:
    from uuid import UUID

    from styr.drafting.models import ContractDraft

APPROVALS: Final = (StepKind.APPROVED_AMOUNT, StepKind.APPROVED_TERMS)


def agreed_mark(contract_id: UUID) -> str:
    """The fingerprint of parties, period, lines, prices and terms: all that is signed. Four queries.

    How far the contract has come is left out, since signing moves it, and so are the names that other registers hold.
    """
    card = replace(contract_card(contract_id), status="", signed_on=None, supplier_name="", provider_unit_name=None)
    agreed = agreed_card(contract_id)
    return fingerprint((card, agreed.periods, agreed.supplements, agreed.framework))


def refuse_changed(draft: ContractDraft) -> None:
    """Refuse where the register no longer holds what was sent to be approved, and what was approved since.

    The contract and its lines are held until the transaction ends, so that what is looked at is what is signed. A step
    without a fingerprint is from before they were kept, and is not held against anything.

    Raises:
        UnableToMoveDraftError: the contract was changed after one of the approvals.
    """
    hold_contract(draft.contract_id)
    steps = DraftStep.objects.filter(draft=draft, kind__in=(StepKind.SUBMITTED, *APPROVALS))
    approved: set[str] = set()
    for kind, agreed in steps.order_by("taken_at", "id").values_list("kind", "agreed"):
        approved = {agreed} if kind == StepKind.SUBMITTED else {*approved, agreed}
    if approved - {"", agreed_mark(draft.contract_id)}:
        raise UnableToMoveDraftError(
            "Kontrakten i registret er ændret, siden udkastet blev sendt til godkendelse eller godkendt. Dan det igen."
        )
