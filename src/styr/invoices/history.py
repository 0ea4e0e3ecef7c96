"""An invoice's history in the order it happened: received, matched, controlled, decided, asked, answered, looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from styr.access.core.roles import Role
from styr.controls.on_invoices import FoundOnInvoice
from styr.invoices.case import Happened, InvoiceCase
from styr.invoices.core.codes import Decided, FollowUpState, QueryState, Status, Step
from styr.kernel.danish import kroner

_TONES: Final = {
    Decided.APPROVED: "good", Decided.FIRST: "good", Decided.REJECTED: "danger", Decided.ASKED: "info",
    Decided.WAITING: "warning", Decided.UNDONE: "",
}  # fmt: skip
LOOKS: Final = {"page": "Set", "document": "Bilag vist", "original": "Original hentet", "file": "Fil hentet"}
"""What was looked at, by the word that is stored."""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history."""

    at: datetime
    title: str
    by: str = ""
    text: str = ""
    tone: str = ""
    decision_id: UUID | None = None


def history(case: InvoiceCase, findings: Sequence[FoundOnInvoice]) -> tuple[Event, ...]:
    """Everything that happened to an invoice, the latest first."""
    events = [*_beginning(case, findings), *_decisions(case), *_questions(case), *_others(case)]
    return tuple(sorted(events, key=lambda event: event.at, reverse=True))


def _beginning(case: InvoiceCase, findings: Sequence[FoundOnInvoice]) -> Iterator[Event]:
    yield Event(case.received_at, "Modtaget", text=case.filename)
    steps = dict.fromkeys(line.step for line in case.lines if line.step is not None)
    numbers = dict.fromkeys(line.grant_number for line in case.lines if line.grant_number)
    if numbers:
        named = ", ".join(list(numbers)[:4]) + (" …" if len(numbers) > 4 else "")  # noqa: PLR2004 - what fits a line
        found = ", ".join(step.danish for step in steps if step is not Step.BY_HAND)
        yield Event(case.received_at, f"Koblet til {named}", text=f"ud fra {found}" if found else "")
    elif case.settled is None:
        yield Event(case.received_at, "Ikke koblet til en bevilling", tone="warning")
    else:
        yield Event(case.received_at, f"Forklaret af afregning {case.settled.numbers}")
    for line in case.lines:
        if line.hand_at is not None:
            yield Event(line.hand_at, f"Linje {line.line_no} koblet i hånden", line.hand_by, line.hand_reason, "info")
    for one in findings:
        yield Event(one.view.first_seen, f"Kontrol: {one.view.title}", text=one.view.source, tone="danger")


def _decisions(case: InvoiceCase) -> Iterator[Event]:
    standing = [one.id for one in case.decisions if not one.undone and one.outcome != Decided.UNDONE]
    latest = standing[-1] if standing else None
    for one in case.decisions:
        outcome = Decided(one.outcome)
        undoable = one.id == latest and case.status is not Status.PAID
        title = outcome.danish[:1].upper() + outcome.danish[1:] + (" (siden fortrudt)" if one.undone else "")
        grounds = [str(ground.get("title", "")) for ground in one.facts["grounds"] or ()]
        told = f"{one.words} ({', '.join(dict.fromkeys(grounds))})" if grounds else one.words
        yield Event(one.at, title, one.who, told, _TONES[outcome], one.id if undoable else None)


def _questions(case: InvoiceCase) -> Iterator[Event]:
    for one in case.questions:
        answered = one.facts["answered_at"]
        if answered:
            title = f"Svar fra {Role(one.outcome).danish.lower()}"
            by = str(one.facts["answered_by"])
            yield Event(datetime.fromisoformat(answered), title, by, str(one.facts["answer"]), "info")


def _others(case: InvoiceCase) -> Iterator[Event]:
    for one in case.letters:
        if one.state != QueryState.DRAFT:
            yield Event(one.at, f"Brev {QueryState(one.state).danish}", one.who, one.words)
    for one in case.follow_ups:
        if one.state != FollowUpState.OPEN:
            yield _settled(one)
    for one in case.notes:
        yield Event(one.at, f"Kreditnota {one.words} modtaget", text=kroner(int(one.facts["net_ore"])), tone="good")
    for one in case.looks:
        times = f"{one.words} gange" if one.words != "1" else ""
        yield Event(one.at, LOOKS.get(one.outcome, one.outcome), one.who, times)


def _settled(one: Happened) -> Event:
    facts: Any = one.facts
    title = f"Opfølgning {FollowUpState(one.state).danish}"
    told = (
        f"{kroner(int(facts['recovered_ore']))} af {kroner(int(facts['claimed_ore']))} hentet hjem. {facts['evidence']}"
    )
    return Event(datetime.fromisoformat(facts["settled_at"]), title, one.who, told, "good")
