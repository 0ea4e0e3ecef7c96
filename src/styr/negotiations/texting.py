"""From agreed terms to a contract text: a supplement is drafted, goes through quality assurance, and changes the price.

The price of the register follows the signed supplement, and what is realised follows the invoices after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from styr.drafting.making import Wanted, make_draft
from styr.drafting.steps import Actor as Writer
from styr.drafting.steps import UnableToMoveDraftError
from styr.drafting.supplements import SUPPLEMENT
from styr.drafting.template_queries import templates_in_use
from styr.drafting.written import Written
from styr.negotiations.cases import UnableToNegotiateError, case_to_act_on
from styr.negotiations.core.codes import CaseStatus, Measure
from styr.negotiations.models import Saving

if TYPE_CHECKING:
    from uuid import UUID

    from styr.grants.acting import Actor


@transaction.atomic
def draft_supplement(*, negotiation_id: UUID, page: str, actor: Actor) -> UUID:
    """Draft a supplement to the contract with what was agreed; return the draft's id. `page` is logged as the reason.

    Raises:
        UnableToNegotiateError: nothing is agreed about a price of a signed contract, the supplement's template is not
            in use, there is a draft already, or the actor may not write contracts.
    """
    case = case_to_act_on(negotiation_id, actor, also_closed=True)
    saving = (
        Saving.objects.select_related("service_line")
        .filter(negotiation_id=negotiation_id, measure=Measure.PRICE)
        .exclude(status="dropped")
        .first()
    )
    if case.status != CaseStatus.AGREED or saving is None:
        raise UnableToNegotiateError("Registrér aftalen, før den skrives ind i kontrakten.")
    if case.draft_id is not None:
        raise UnableToNegotiateError("Der er allerede skrevet et tillæg om aftalen.")
    line = saving.service_line
    contract_line = None if line is None else line.contract_line_id
    if case.contract_id is None or contract_line is None:
        raise UnableToNegotiateError("Bevillingen bruger ingen kontrakt. Skriv et kontraktudkast fra bevillingen.")
    version = next((row[0] for row in templates_in_use() if row[1] == SUPPLEMENT), None)
    if version is None:
        raise UnableToNegotiateError("Skabelonen til tillæg er ikke taget i brug. Juristen gør det under Skabeloner.")
    written = Written(
        description="Prisen ændres efter aftale om forhandlingen.", starts=saving.starts.isoformat(),
        line_id=str(contract_line), price=str(saving.agreed.normalize() + 0),
    )  # fmt: skip
    asked = Wanted(case.contract_id, case.grant_id, version, written, page)
    try:
        made = make_draft(wanted=asked, actor=Writer(actor.id, actor.now))
    except UnableToMoveDraftError as refused:
        raise UnableToNegotiateError(str(refused)) from refused
    case.draft_id = made
    case.save(update_fields=["draft"])
    return made
