"""Requests and reminders that we mail ourselves: each once, also when a job is killed or runs twice; two at most."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import acting_as
from styr.agreements import collecting, collection_queries, mailing
from styr.agreements.core.codes import CollectionState, MailState
from styr.agreements.models import CollectionCase, CollectionStep
from styr.contracts.models import Contract
from styr.grants.models import Grant
from styr.workspace import notices
from styr.workspace.happenings import tell_what_happened

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
ADDRESS = "kontor@aeroehus.example"


@pytest.fixture
def mads(municipality: Municipality, contract_id: UUID) -> Persona:
    """A negotiator, and a supplier with running grants and no signed contract."""
    Contract.objects.update(status="draft", signed_on=None)
    Grant.objects.filter(contract_id=contract_id).update(ends=None, status="granted")
    return persona("mads", municipality, Role.NEGOTIATOR)


@pytest.fixture
def case(mads: Persona) -> CollectionCase:
    """Asked by mail, with a week to answer."""
    collecting.open_cases(municipality_id=mads.user.municipality_id, actor_id=mads.user.id, today=TODAY, now=NOW)
    made = CollectionCase.objects.order_by("id")[0]
    ask(mads, made, "Kære leverandør")
    return made


def ask(mads: Persona, case: CollectionCase, text: str, to: str = ADDRESS) -> None:
    collecting.letter_sent(
        case_id=case.id, text=text, due_on=TODAY + timedelta(days=7), actor_id=mads.user.id, today=TODAY, now=NOW,
        recipient=to,
    )  # fmt: skip


def worked() -> list[bool]:
    """What the worker does with every letter there is."""
    steps = CollectionStep.objects.exclude(recipient="").order_by("at", "id")
    return [mailing.deliver(municipality_id=step.municipality_id, step_id=step.id) for step in steps]


def remind(case: CollectionCase, days: int) -> int:
    later = NOW + timedelta(days=days)
    return mailing.remind_in(case.municipality_id, today=later.date(), now=later)


def test_a_letter_is_mailed_once_and_two_reminders_follow(case: CollectionCase) -> None:
    assert (worked(), worked(), len(mail.outbox)) == ([True], [False], 1)
    assert (mail.outbox[0].to, mail.outbox[0].body) == ([ADDRESS], "Kære leverandør")
    assert [remind(case, days) for days in (7, 8, 8, 9)] == [0, 1, 0, 0]
    assert worked() == [False, True]
    assert "Vi bad jer den 22. nov. 2026" in mail.outbox[1].body
    assert [remind(case, days) for days in (22, 23, 60)] == [0, 1, 0]
    card = collection_queries.case_card(case.id, today=TODAY)
    assert (card.state, card.steps[0].by, card.steps[0].mail) == (CollectionState.REMINDED, "", MailState.WAITING)


def test_the_owner_is_told_when_no_more_reminders_follow(mads: Persona, case: CollectionCase) -> None:
    """Not before the two are used up and the last day for an answer has gone by; and told once, with a link."""
    day = TODAY
    for _ in range(mailing.MOST_REMINDERS):
        day += timedelta(days=30)
        assert collection_queries.unanswered_cases(today=day) == []
        mailing.remind_in(case.municipality_id, today=day, now=NOW)
    assert collection_queries.unanswered_cases(today=day) == []
    [found] = collection_queries.unanswered_cases(today=day + timedelta(days=60))
    assert (found.case_id, found.owner_id) == (case.id, mads.user.id)
    for _ in range(2):
        tell_what_happened(now=NOW + timedelta(days=150))
    with acting_as(mads.token):
        (notice,) = notices.latest(user_id=mads.user.id)
    assert notice.text.endswith("Ring til leverandøren.")


def test_who_has_answered_or_was_asked_by_other_means_is_not_reminded(mads: Persona, case: CollectionCase) -> None:
    collecting.note_received(case_id=case.id, file_name="aftale.pdf", actor_id=mads.user.id, now=NOW)
    assert remind(case, 30) == 0
    ask(mads, case, "Vi mangler et bilag", "")
    assert remind(case, 30) == 0


def test_a_job_killed_while_it_sends_does_not_send_again(case: CollectionCase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows whether it arrived, and the page says so."""

    def killed(_mail: EmailMessage) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            worked()
    assert (worked(), len(mail.outbox)) == ([False], 0)
    assert CollectionStep.objects.get(case=case, kind="asked").mail == MailState.HANDED


def test_a_server_that_is_out_is_told_and_a_bad_letter_refused(
    mads: Persona, case: CollectionCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out(_mail: EmailMessage) -> int:
        raise SMTPServerDisconnected

    monkeypatch.setattr(EmailMessage, "send", out)
    assert worked() == [False]
    assert CollectionStep.objects.get(case=case, kind="asked").mail == MailState.FAILED
    for text, to, why in (("Kære", "ingen", "Mailadressen"), ("Om 610180-1321", ADDRESS, "CPR-nummer")):
        with pytest.raises(mailing.UnableToMailError, match=why):
            ask(mads, case, text, to)
