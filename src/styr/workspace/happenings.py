"""Telling people what happened among invoices, grants, imports, findings and approvals while they were elsewhere.

What is addressed to one person is told to them. What is addressed to a role is told to those who hold it, may do the
act for that amount, and whom the database lets see the case: each is asked in their own scope.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate

from styr.access.core.acts import Act
from styr.access.core.permissions import Permission, roles_with
from styr.access.core.roles import Role
from styr.access.holders import role_holders
from styr.access.queries import highest_limit_for
from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.agreements.collection_queries import unanswered_cases
from styr.controls import happened as in_findings
from styr.grants import happened as in_grants
from styr.grants.core.codes import StepKind
from styr.integrations import happened as in_imports
from styr.invoices import happened as in_invoices
from styr.kernel.danish import danish_date, kroner
from styr.workspace import approvals
from styr.workspace.acting import seeing_as
from styr.workspace.core.noticing import News, NoticeKind
from styr.workspace.news import LOOKS_BACK
from styr.workspace.notices import tell

_WORDS: Final = {
    StepKind.APPROVED: (NoticeKind.GRANTED, "Bevilling {number} er godkendt"),
    StepKind.SENT_BACK: (NoticeKind.RETURNED, "Bevilling {number} er sendt tilbage til dig"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Something that roles are called for: who are not meant (`besides`), and the act and amount (øre) it takes."""

    kind: NoticeKind
    subject_id: UUID
    roles: frozenset[Role]
    besides: frozenset[UUID]
    text: str
    key: str
    happened_at: datetime
    act: Act | None = None
    amount_ore: int = 0

    def to(self, user_id: UUID) -> News:
        """The notice that one of those called for gets."""
        return News(
            user_id=user_id,
            kind=self.kind,
            subject_id=self.subject_id,
            text=self.text,
            key=self.key,
            happened_at=self.happened_at,
        )


@dataclass(slots=True)
class _Person:
    """Somebody who holds a role, and what they were found to see and be allowed."""

    user_id: UUID
    roles: frozenset[Role]
    seen: frozenset[UUID] = frozenset()
    limits: dict[Act, int | None] = field(default_factory=dict)

    def is_called(self, call: Call) -> bool:
        if self.user_id in call.besides or not self.roles & call.roles or call.subject_id not in self.seen:
            return False
        limit = self.limits.get(call.act) if call.act else None
        return limit is None or call.amount_ore <= limit


def tell_what_happened(*, now: datetime) -> None:
    """Tell what happened lately in every municipality; doing it twice tells once."""
    since = now - LOOKS_BACK
    for municipality_id in municipality_ids():
        with service_scope(municipality_id, "job"):
            news = [*_answers(since), *_outcomes(since), *_imports(since), *_findings(since)]
            news += _silent(localdate(now), now)
            news += approvals.answered(since=since)
            calls = [*_questions(since), *_second_approvals(since), *_grants_to_approve(since), *_waiting(since)]
            roles = frozenset().union(*(call.roles for call in calls))
            holders = role_holders(roles=roles, on=localdate(now)) if calls else {}
        people = [_Person(user_id, own) for user_id, own in holders.items()]
        for person in people:
            _look(person, municipality_id, calls, localdate(now))
        news += [call.to(person.user_id) for person in people for call in calls if person.is_called(call)]
        if news:
            with service_scope(municipality_id, "job"):
                tell(municipality_id=municipality_id, news=news)


def _look(person: _Person, municipality_id: UUID, calls: Iterable[Call], today: date) -> None:
    """See what the person sees of what they are called for, in a scope of their own."""
    mine = [call for call in calls if call.roles & person.roles]
    ids = {call.subject_id for call in mine}
    with seeing_as(user_id=person.user_id, municipality_id=municipality_id, purpose="job"):
        person.seen = in_invoices.invoices_seen(ids) | in_grants.grants_seen(ids) | approvals.seen(ids)
        acts = {call.act for call in mine if call.act is not None}
        person.limits = {act: highest_limit_for(user_id=person.user_id, act=act, on=today) for act in acts}


def _questions(since: datetime) -> list[Call]:
    return [
        Call(
            kind=NoticeKind.QUESTION,
            subject_id=one.invoice_id,
            roles=frozenset({one.to_role}),
            besides=frozenset({one.by}),
            text=f"Spørgsmål til dig som {one.to_role.danish.lower()} om en faktura på {_kr(one.payable_ore)}, "
            f"svar senest {danish_date(one.due_on)}",
            key=f"question:{one.question_id}",
            happened_at=one.at,
        )
        for one in in_invoices.questions_asked(since=since)
    ]


def _second_approvals(since: datetime) -> list[Call]:
    return [
        Call(
            kind=NoticeKind.SECOND,
            subject_id=one.invoice_id,
            roles=frozenset(roles_with(Permission.DECIDE_INVOICES)),
            besides=frozenset({one.by}),
            text=f"En faktura på {_kr(one.payable_ore)} venter på anden godkendelse",
            key=f"second:{one.decision_id}",
            happened_at=one.at,
            act=Act.APPROVE_INVOICE,
            amount_ore=abs(one.payable_ore),
        )
        for one in in_invoices.first_approvals(since=since)
    ]


def _grants_to_approve(since: datetime) -> list[Call]:
    return [
        Call(
            kind=NoticeKind.APPROVAL,
            subject_id=one.grant_id,
            roles=frozenset(roles_with(Permission.APPROVE_GRANTS)),
            besides=frozenset({one.by}),
            text=f"Bevilling {one.number} til {_kr(one.year_cost_ore)} om året venter på godkendelse",
            key=f"approval:{one.step_id}",
            happened_at=one.at,
            act=Act.APPROVE_GRANT,
            amount_ore=one.year_cost_ore,
        )
        for one in in_grants.submitted(since=since)
    ]


def _waiting(since: datetime) -> list[Call]:
    return [
        Call(
            kind=one.kind,
            subject_id=one.subject_id,
            roles=frozenset(roles_with(one.needs)),
            besides=one.besides,
            text=one.text,
            key=one.key,
            happened_at=one.at,
            act=one.act,
            amount_ore=one.amount_ore,
        )
        for one in approvals.waiting(since=since)
    ]


def _answers(since: datetime) -> list[News]:
    return [
        News(
            user_id=one.asked_by,
            kind=NoticeKind.ANSWERED,
            subject_id=one.invoice_id,
            text=f"Dit spørgsmål om en faktura på {_kr(one.payable_ore)} er besvaret",
            key=f"answered:{one.question_id}",
            happened_at=one.at,
        )
        for one in in_invoices.questions_answered(since=since)
        if one.answered_by != one.asked_by
    ]


def _outcomes(since: datetime) -> list[News]:
    return [
        News(
            user_id=one.sent_by,
            kind=_WORDS[one.kind][0],
            subject_id=one.grant_id,
            text=_WORDS[one.kind][1].format(number=one.number),
            key=f"outcome:{one.step_id}",
            happened_at=one.at,
        )
        for one in in_grants.outcomes(since=since)
    ]


def _silent(today: date, now: datetime) -> list[News]:
    """Suppliers that have not answered when no more reminders are sent by themselves: their case's owner calls them."""
    return [
        News(
            user_id=one.owner_id,
            kind=NoticeKind.SILENT,
            subject_id=one.case_id,
            text=f"En leverandør svarede ikke senest {danish_date(one.due_on)}, og der sendes ikke flere påmindelser. "
            "Ring til leverandøren.",
            key=f"silent:{one.case_id}:{one.due_on}",
            happened_at=now,
        )
        for one in unanswered_cases(today=today)
    ]


def _imports(since: datetime) -> list[News]:
    failed = [
        News(
            user_id=one.handed_in_by,
            kind=NoticeKind.IMPORT_FAILED,
            subject_id=one.upload_id,
            text="Filer, du har lagt ind, kunne ikke indlæses",
            key=f"import-failed:{one.upload_id}:{one.at.isoformat()}",
            happened_at=one.at,
        )
        for one in in_imports.imports_failed(since=since)
    ]
    return failed + [
        News(
            user_id=one.handed_in_by,
            kind=NoticeKind.IMPORT_UNDONE,
            subject_id=one.run_id,
            text="En indlæsning, du har lavet, er fortrudt",
            key=f"import-undone:{one.run_id}",
            happened_at=one.at,
        )
        for one in in_imports.imports_taken_back(since=since)
    ]


def _findings(since: datetime) -> list[News]:
    return [
        News(
            user_id=one.holder,
            kind=NoticeKind.CHANGED,
            subject_id=one.finding_id,
            text=f"»{one.title}«, som ligger hos dig, {'er lukket' if one.closed else 'har fået et nyt grundlag'}",
            key=f"changed:{one.finding_id}:{'closed' if one.closed else one.fingerprint}",
            happened_at=one.at,
        )
        for one in in_findings.held_findings_changed(since=since)
    ]


def _kr(amount_ore: int) -> str:
    return kroner(amount_ore, whole=True)
