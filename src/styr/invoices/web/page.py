"""What the page of one invoice shows: comparison, expected payment, document, history, and what one may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest

from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.web.rules import may, roles_of
from styr.controls.on_invoices import FoundOnInvoice, findings_of_invoices
from styr.invoices.case import CaseClaim, InvoiceCase, invoice_case
from styr.invoices.comparing import Compared, compared
from styr.invoices.core.breakdown import CostLine, amount_text, total_ore
from styr.invoices.core.codes import Decided, QueryState, Status, Waiting
from styr.invoices.core.document_view import DocumentView, document_view
from styr.invoices.core.einvoice.reader import read_einvoice
from styr.invoices.core.queries_to_supplier import Letter
from styr.invoices.core.reasons import QUESTIONS, reasons_to_approve, reasons_to_reject
from styr.invoices.deviations import document_marks
from styr.invoices.expecting import expected_lines
from styr.invoices.history import Event, history
from styr.invoices.holding import shown
from styr.invoices.opening import Reason
from styr.invoices.sealed import unseal
from styr.invoices.services import ASKABLE
from styr.invoices.web.documents import reason_for
from styr.invoices.web.letters import first_letter
from styr.invoices.web.people import actor_of
from styr.kernel import clock
from styr.kernel.clock import danish_day
from styr.kernel.danish import danish_date
from styr.people.queries import CitizenLine

_FORTNIGHT: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected payment of a claim, line by line, beside what is claimed."""

    compared: Compared
    lines: tuple[CostLine, ...]
    citizen: CitizenLine | None

    @property
    def claim(self) -> CaseClaim:
        """The claim."""
        return self.compared.claim

    @property
    def total_ore(self) -> int:
        """What the lines come to."""
        return total_ore(self.lines)

    @property
    def agrees(self) -> bool:
        """Whether the lines come to what the control expected; else something has changed since it ran."""
        return not self.lines or self.claim.expected_ore in {None, self.total_ore}


@dataclass(frozen=True, slots=True)
class Acts:
    """What may be done with the invoice, by whom looks at it."""

    decide: bool
    answer: bool
    approve: bool
    one_key: bool
    second: bool
    undo: Event | None = None


@dataclass(frozen=True, slots=True)
class InvoicePage:
    """Everything on the page of one invoice."""

    case: InvoiceCase
    findings: tuple[FoundOnInvoice, ...]
    expected: tuple[Expected, ...]
    document: DocumentView | None
    history: tuple[Event, ...]
    acts: Acts
    seen: str
    letter: Letter | None
    contact: str
    today: date
    names: Mapping[UUID, CitizenLine] = field(repr=False)
    revealed: bool = False  # whether the person has told why they must see the document as it came

    @property
    def open(self) -> tuple[FoundOnInvoice, ...]:
        """Findings that nobody has settled."""
        return tuple(one for one in self.findings if one.open)

    @property
    def stops(self) -> bool:
        """Whether something stops payment."""
        return any(one.view.hard_stop for one in self.open)

    @property
    def uncontrolled(self) -> bool:
        """Whether no control has looked at it yet."""
        return self.case.status is Status.RECEIVED

    @property
    def codes(self) -> list[str]:
        """Exception codes of the open findings."""
        return [one.exception_code for one in self.open]

    @property
    def approve_reasons(self) -> tuple[str, ...]:
        """Text modules for approving in spite of them."""
        return reasons_to_approve(self.codes)

    @property
    def reject_reasons(self) -> tuple[str, ...]:
        """Text modules for rejecting."""
        return reasons_to_reject(self.codes)

    @property
    def claim_ore(self) -> int:
        """What to ask back: what is claimed too much; where nothing tells, the whole invoice."""
        over = max(0, self.case.difference_ore)
        return over or (max(0, self.case.payable_ore) if self.open else 0)

    @property
    def overpaid_ore(self) -> int:
        """What to ask back when it is paid all the same: nothing where less is claimed than was expected."""
        return self.claim_ore if self.case.difference_ore >= 0 else 0

    @property
    def reasons_to_see(self) -> list[Reason]:
        """Why one may need the document as it came."""
        return list(Reason)

    @property
    def answer_by(self) -> date | None:
        """The day by which the open question is to be answered."""
        told = self.question.facts["due_on"] if self.question else None
        return date.fromisoformat(str(told)) if told else None

    @property
    def due_on(self) -> date:
        """When an answer is asked for."""
        return self.today + _FORTNIGHT

    @property
    def roles(self) -> list[tuple[Role, str, bool]]:
        """Whom one may ask, what one usually asks, and who is chosen at first."""
        owners = {one.view.owner_role for one in self.open}
        first = next((role for role in ASKABLE if role.value in owners), ASKABLE[0])
        return [(role, QUESTIONS[role.value], role is first) for role in ASKABLE]

    @property
    def question(self) -> Any:
        """The question that waits for an answer."""
        return next((one for one in self.case.questions if one.state == "open" and not one.undone), None)

    @property
    def unsent(self) -> list[Any]:
        """Letters that are not sent yet."""
        return [one for one in self.case.letters if one.state == QueryState.DRAFT]

    @property
    def followed(self) -> Any:
        """The open follow-up."""
        return next((one for one in self.case.follow_ups if one.state == "open"), None)

    @property
    def first_approval(self) -> Any:
        """The approval that waits for a second person."""
        waiting = [one for one in self.case.decisions if one.outcome == Decided.FIRST and not one.undone]
        return waiting[-1] if waiting and self.case.waits_for is Waiting.SECOND else None

    @property
    def citizens(self) -> tuple[CitizenLine, ...]:
        """The citizens whom its lines are for, as far as the caller may see them."""
        return tuple(self.names[one] for one in self.case.citizen_ids if one in self.names)

    @property
    def rejected_for(self) -> tuple[str, ...]:
        """What was wrong with a rejected invoice when it was rejected: it claims nothing now, so nothing is found."""
        if self.case.status is not Status.REJECTED:
            return ()
        standing = [one for one in self.case.decisions if one.outcome == Decided.REJECTED and not one.undone]
        return tuple(str(ground["sentence"]) for one in standing[-1:] for ground in one.facts["grounds"] or ())

    @property
    def unmatched(self) -> bool:
        """Whether a line has no grant, and nothing else explains the invoice."""
        return self.case.settled is None and any(line.grant_id is None for line in self.case.lines)

    @property
    def compared_with_grants(self) -> bool:
        """Whether the claims are held against grants; a settlement's sum is not, unless a line names one."""
        return self.case.settled is None or any(line.grant_id is not None for line in self.case.lines)

    @property
    def collective(self) -> bool:
        """Whether it is for several claims."""
        return len(self.expected) > 1

    @property
    def headline(self) -> tuple[str, str]:
        """(tone, words) of what is wrong with it, in one sentence."""
        over = self.case.difference_ore
        if self.case.status in {Status.APPROVED, Status.REJECTED, Status.PAID}:
            latest = self.case.decisions[-1] if self.case.decisions else None
            by = f" af {latest.who} {danish_date(danish_day(latest.at))}" if latest else ""
            tone = "danger" if self.case.status is Status.REJECTED else "good"
            return tone, f"Fakturaen er {self.case.status.danish}{by}"
        if not self.open:
            return self._calm(over)
        if self.stops:
            return "danger", "Betalingen er stoppet"
        if over > 0:
            return "danger", f"Fakturaen er {amount_text(over)} for høj"
        if over < 0:
            return "warning", f"Fakturaen er {amount_text(-over)} lavere end forventet"
        return "warning", "Afvigelserne skal forklares, før fakturaen kan betales"

    def _calm(self, over: int) -> tuple[str, str]:
        """The sentence of an invoice that nothing is found on."""
        if self.uncontrolled:
            return "info", "Fakturaen er ikke kontrolleret endnu"
        settled = self.case.settled
        words = f"summen af afregning {settled.numbers}" if settled else "som forventet"
        if over:
            return "warning", f"Fakturaen er ikke {words}"
        if settled and (settled.asked or settled.doubted):
            why = "operatøren er spurgt" if settled.asked else "ture i den har afvigelser"
            return "warning", f"Fakturaen er {words}, men {why}"
        return "good", f"Fakturaen er {words}"


def load(request: HttpRequest, invoice_id: UUID) -> tuple[InvoiceCase, tuple[FoundOnInvoice, ...]]:
    """The invoice and its findings, with a note of who looked. Two queries."""
    case = invoice_case(invoice_id, looked=(actor_of(request), clock.now()))
    return case, findings_of_invoices([invoice_id])


def invoice_page(
    request: HttpRequest,
    case: InvoiceCase,
    findings: tuple[FoundOnInvoice, ...],
    names: Mapping[UUID, CitizenLine],
) -> InvoicePage:
    """Put the page together. Two queries: the expected cost and the municipality's name."""
    lines = expected_lines([claim.asked for claim in case.claims if claim.asked is not None])
    expected = tuple(
        Expected(
            compared(case, claim, findings, case.services),
            lines.get(claim.id, ()),
            names.get(claim.grant.citizen_id) if claim.grant else None,
        )
        for claim in case.claims
    )
    invoice = read_einvoice(unseal(case.content, document_id=case.document_id))
    events = history(case, findings)
    contact = invoice.supplier.contact
    return InvoicePage(
        case=case,
        findings=findings,
        expected=expected,
        document=document_view(invoice, document_marks(case, findings)),
        history=events,
        acts=_acts(request, case, findings, events),
        seen=shown(case.status, case.waits_for, len(case.decisions), findings),
        letter=first_letter(findings),
        contact=(contact.email or "") if contact else "",
        today=clock.today(),
        names=names,
        revealed=may(request, Permission.REVEAL_CPR) and reason_for(request, case.id) is not None,
    )


def _acts(request: HttpRequest, case: InvoiceCase, findings: Sequence[FoundOnInvoice], events: Sequence[Event]) -> Acts:
    decides = may(request, Permission.DECIDE_INVOICES)
    undecided = case.status in {Status.RECEIVED, Status.READY, Status.DEVIATING}
    waits = case.waits_for
    stops = any(one.open and one.view.hard_stop for one in findings)
    first = next((one for one in reversed(case.decisions) if one.outcome == Decided.FIRST and not one.undone), None)
    found = {(str(one.view.id), one.view.fingerprint) for one in findings if one.open}
    others = first is not None and first.facts["by"] != str(request.user.pk) and found <= first.agreed_to
    other = waits is Waiting.SECOND and others
    question = next((one for one in case.questions if one.state == "open" and not one.undone), None)
    asked = question is not None and question.outcome in {role.value for role in roles_of(request)}
    return Acts(
        decide=decides and undecided and waits in {Waiting.NOBODY, Waiting.SECOND},
        answer=may(request, Permission.ANSWER_QUESTIONS) and asked,
        approve=decides and undecided and (waits is Waiting.NOBODY or other),
        one_key=not stops and case.status is not Status.RECEIVED,
        second=other,
        undo=next((event for event in events if event.decision_id is not None), None) if decides else None,
    )
