"""The example's contract templates, taken into use by its lawyer, and drafts of contracts on their way."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from rich.console import Console

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.contracts.core.codes import ContractKind, ContractStatus
from styr.contracts.listing import ContractFilter, contract_rows
from styr.drafting import approving, listing, making, rounds, template_services
from styr.drafting.core.codes import TemplateState
from styr.drafting.facts import grants_on
from styr.drafting.steps import Actor
from styr.drafting.template_queries import own_party, templates, templates_in_use
from styr.drafting.written import Written
from styr.kernel.refusal import Refusal

_MOST: Final = 3
_CVR: Final = "12345674"
"""No company's number: it only passes the check."""
_WRITTEN: Final = Written(
    description="støtte til at klare hverdagen, struktur på dagen og kontakt til familien", hours="20",
    night_watch="sovende", trial="3 måneder", days_after_death="14",
)  # fmt: skip


def prepare_drafts(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:
    """Take the library's templates into use, and begin a draft or two; doing it twice changes nothing."""
    with console.status("Danner kontraktudkast"), service_scope(municipality_id, "demo"):
        lawyer, *_ = colleagues_who(Permission.DECIDE_TERMS, unit_id=None, on=today)
        by = template_services.By(municipality_id, lawyer.id, now)
        _take_templates(by)
        if not listing.draft_page(listing.DraftFilter(), sort="", falling=True, page=1, size=1)[1]:
            writer, *_ = colleagues_who(Permission.EDIT_CONTRACTS, unit_id=None, on=today)
            _begin(Actor(writer.id, now), today)


def _take_templates(by: template_services.By) -> None:
    if own_party() is None:
        template_services.name_own_party(cvr=_CVR, ean="", by=by)
    template_services.bring_library(by)
    for one in templates():
        if one.in_use is None and one.newest is not None and one.newest.state is TemplateState.CLEAN:
            template_services.take_into_use(version_id=one.newest.id, by=by)


def _begin(writer: Actor, today: date) -> None:
    """Drafts of the first contracts that can have one: one with us, one with the supplier, one to be approved."""
    wanted = ContractFilter(status=ContractStatus.DRAFT, kind=ContractKind.INDIVIDUAL)
    rows, _total = contract_rows(wanted, today=today, sort="nummer", page=1, size=40)
    made: list[UUID] = []
    known = {code: version_id for version_id, code, _title in templates_in_use()}
    for row in rows:
        if len(made) == _MOST:
            break
        buying = grants_on(row.id)
        if row.section in known and buying:
            asked = making.Wanted(row.id, buying[0], known[row.section], _WRITTEN, "/udkast/ny/", registers=True)
            try:
                made.append(making.make_draft(wanted=asked, actor=writer))
            except Refusal:
                continue
    later = Actor(writer.id, writer.now + timedelta(minutes=5))
    for draft_id in made[1:2]:
        rounds.send_out(draft_id=draft_id, to="Leverandørens kontor, sikker post", actor=later)
    for draft_id in made[2:3]:
        approving.submit(draft_id=draft_id, actor=later)
