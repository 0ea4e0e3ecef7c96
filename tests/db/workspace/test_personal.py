"""What belongs to a person: saved filters, notices, the calendar's secret and the daily mail; nobody else's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from db.registers.registers import Registers
from personas import Persona, persona
from placed_findings import place_finding
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.controls.core.verdict import Verdict
from styr.controls.models import Finding
from styr.kernel.ids import uuid7
from styr.workspace import calendar_feed, finding_work, mailing, news, notices, saved_filters
from styr.workspace.core.deadlines import Deadline, Kind
from styr.workspace.core.noticing import News, NoticeKind
from styr.workspace.deadlines import deadlines

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
TODAY = date(2026, 11, 21)
SITE = "https://styr.eksempel"
SEEN = "0" * 32


@contextmanager
def acting(somebody: Persona) -> Iterator[None]:
    before = tokens.present(somebody.token)
    yield
    tokens.present(before)


@pytest.fixture
def sara(scope: str, municipality: Municipality, unit: Unit) -> Persona:
    return persona("sara", municipality, Role.CASEWORKER, unit)


@pytest.fixture
def bo(scope: str, municipality: Municipality, other_unit: Unit) -> Persona:
    return persona("bo", municipality, Role.CASEWORKER, other_unit)


@pytest.fixture
def lone(scope: str, municipality: Municipality) -> Persona:
    return persona("lone", municipality, Role.ECONOMIST)


def save(somebody: Persona, name: str = "Mine", query: str = "?type=no_grant&side=3&hent=xlsx") -> None:
    saved_filters.save_filter(
        municipality_id=somebody.user.municipality_id, user_id=somebody.user.id, page="/afvigelser/", name=name,
        query=query, now=NOW,
    )  # fmt: skip


def names(somebody: Persona) -> list[str]:
    return [one.name for one in saved_filters.filters_of(user_id=somebody.user.id)]


def test_a_filter_is_kept_without_its_page_and_the_same_name_replaces_it(sara: Persona) -> None:
    with acting(sara):
        save(sara)
        save(sara, query="?type=duplicate")
        (kept,) = saved_filters.filters_of(user_id=sara.user.id, page="/afvigelser/")
        assert kept.address == "/afvigelser/?type=duplicate"
        save(sara, "Andre")
        assert names(sara) == ["Andre", "Mine"]
        assert saved_filters.filters_of(user_id=sara.user.id, page="/kontrakter/") == ()


def test_a_filter_is_its_owners_until_it_is_shared_with_the_unit(
    sara: Persona, bo: Persona, lone: Persona, municipality: Municipality, unit: Unit
) -> None:
    colleague = persona("signe", municipality, Role.CASEWORKER, unit)
    with acting(sara):
        save(sara)
        (kept,) = saved_filters.filters_of(user_id=sara.user.id)
    with acting(colleague):
        assert names(colleague) == []
    with acting(sara):
        assert saved_filters.share_filter(filter_id=kept.id, user_id=sara.user.id, shared=True, on=TODAY)
    with acting(colleague):
        (seen,) = saved_filters.filters_of(user_id=colleague.user.id)
        assert (seen.name, seen.mine, seen.by) == ("Mine", False, "Sara")
        assert not saved_filters.delete_filter(filter_id=kept.id, user_id=colleague.user.id)
        assert not saved_filters.delete_filter(filter_id=kept.id, user_id=sara.user.id)
    with acting(bo):
        assert names(bo) == []
    with acting(lone):
        assert names(lone) == ["Mine"]


def test_an_auditor_may_keep_filters_of_their_own(scope: str, municipality: Municipality) -> None:
    rita = persona("rita", municipality, Role.AUDITOR)
    with acting(rita):
        save(rita)
        assert names(rita) == ["Mine"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_filter_needs_a_name_that_can_be_read(sara: Persona, name: str) -> None:
    with acting(sara), pytest.raises(saved_filters.UnableToSaveFilterError):
        save(sara, name)


def test_a_notice_is_told_once_and_read_by_its_receiver_alone(sara: Persona, bo: Persona) -> None:
    one = News(
        user_id=sara.user.id,
        kind=NoticeKind.ASSIGNED,
        subject_id=uuid7(),
        text="Lagt hos dig",
        key="k",
        happened_at=NOW,
    )
    with acting(bo):
        for _ in range(2):
            notices.tell(municipality_id=bo.user.municipality_id, news=[one])
        assert notices.latest(user_id=sara.user.id) == ()
    with acting(sara):
        assert notices.frame_facts(user_id=sara.user.id).unread == 1
        (told,) = notices.latest(user_id=sara.user.id)
        assert notices.mark_read(user_id=sara.user.id, now=NOW, notice_id=told.id) == 1
        assert notices.mark_read(user_id=sara.user.id, now=NOW) == 0
        assert notices.frame_facts(user_id=sara.user.id).unread == 0


def test_a_finding_handed_over_noted_and_decided_tells_whom_it_lies_with(
    sara: Persona, lone: Persona, municipality: Municipality, unit: Unit
) -> None:
    found = place_finding(municipality_id=municipality.id, unit_id=unit.id, amount_ore=1)
    given = {"municipality_id": municipality.id, "finding_id": found, "actor_id": lone.user.id, "now": NOW}
    with acting(lone):
        finding_work.hand_over(**given, assignee_id=sara.user.id, today=TODAY)  # type: ignore[arg-type]
        finding_work.note(**given, text="Se bilag 3.")  # type: ignore[arg-type]
        finding_work.decide(**given, verdict=Verdict.MEND, reason="Rettes.", seen=SEEN)  # type: ignore[arg-type]
        assert notices.frame_facts(user_id=lone.user.id).unread == 0
    with acting(sara):
        kinds = {one.kind for one in notices.latest(user_id=sara.user.id)}
        assert kinds == {NoticeKind.ASSIGNED, NoticeKind.NOTED, NoticeKind.DECIDED}


def test_whoever_decided_is_told_once_when_the_evidence_changes(
    sara: Persona, municipality: Municipality, unit: Unit
) -> None:
    found = place_finding(municipality_id=municipality.id, unit_id=unit.id, amount_ore=1)
    with acting(sara):
        finding_work.decide(
            municipality_id=municipality.id, finding_id=found, verdict=Verdict.ACCEPT, reason="I orden.",
            actor_id=sara.user.id, seen=SEEN, now=NOW,
        )  # fmt: skip
    Finding.objects.filter(id=found).update(status="open", fingerprint="f" * 32, last_seen=NOW)
    for _ in range(2):
        news.look_for_news(now=NOW + timedelta(hours=1))
    with acting(sara):
        (told,) = notices.latest(user_id=sara.user.id)
        assert told.kind is NoticeKind.LAPSED
        assert "gælder ikke længere" in told.text


def test_the_calendar_holds_the_persons_own_deadlines_and_no_names(
    municipality: Municipality, sara: Persona, bo: Persona
) -> None:
    Registers(municipality.id).load()
    with acting(sara):
        secret = calendar_feed.renew_secret(user_id=sara.user.id, municipality_id=municipality.id, now=NOW)
    with acting(bo):
        other = calendar_feed.renew_secret(user_id=bo.user.id, municipality_id=municipality.id, now=NOW)
    mine = calendar_feed.calendar_for(secret, today=TODAY, now=NOW, site=SITE)
    theirs = calendar_feed.calendar_for(other, today=TODAY, now=NOW, site=SITE)
    assert mine is not None
    assert theirs is not None
    text = mine.decode()
    assert "SUMMARY:B0000017-9: Opfølgning" in text
    assert "SUMMARY:K-2026-0001: udløb" in text
    assert f"{SITE}/kontrakter/" in text.replace("\r\n ", "")
    assert b"K-2026-0001" not in theirs
    assert all(name not in text for name in ("Ida", "stergård", "610180"))


def test_a_renewed_secret_ends_the_old_one_and_a_closed_user_has_none(
    municipality: Municipality, sara: Persona
) -> None:
    with acting(sara):
        first = calendar_feed.renew_secret(user_id=sara.user.id, municipality_id=municipality.id, now=NOW)
        second = calendar_feed.renew_secret(user_id=sara.user.id, municipality_id=municipality.id, now=NOW)
    assert calendar_feed.calendar_for(first, today=TODAY, now=NOW, site=SITE) is None
    assert calendar_feed.calendar_for(second, today=TODAY, now=NOW, site=SITE) is not None
    sara.user.is_active = False
    sara.user.save()
    assert calendar_feed.calendar_for(second, today=TODAY, now=NOW, site=SITE) is None


def test_what_was_agreed_at_a_meeting_is_in_the_calendar_without_its_words() -> None:
    agreed = Deadline(TODAY, Kind.MEETING, "Ring til Ida Østergård", "Ida Østergårds Bosted", uuid7(), late=False)
    told = calendar_feed.as_ics([agreed], now=NOW, site=SITE).decode()
    assert "Aftale fra leverandørmøde" in told
    assert "ida" not in told.lower()


@pytest.mark.parametrize("secret", ["", "x", "x" * 5000, "' OR 1=1 --"])
def test_a_wrong_secret_opens_nothing(db: None, secret: str) -> None:
    assert calendar_feed.calendar_for(secret, today=TODAY, now=NOW, site=SITE) is None


def wants_mail(somebody: Persona) -> None:
    with acting(somebody):
        mailing.choose(
            user_id=somebody.user.id, municipality_id=somebody.user.municipality_id,
            address=f"{somebody.user.username}@eksempel.dk", daily=True,
        )  # fmt: skip


def test_the_daily_mail_counts_what_the_person_sees_and_names_nobody(
    municipality: Municipality, sara: Persona, bo: Persona
) -> None:
    Registers(municipality.id).load()
    for somebody in (sara, bo):
        wants_mail(somebody)
    assert mailing.send_daily_mail(today=TODAY, site=SITE) == 1
    (sent,) = mail.outbox
    assert sent.to == ["sara@eksempel.dk"]
    assert "1 – opfølgninger" in sent.body
    assert f"{SITE}/frister/?slags=opfoelgning&inden=14" in sent.body
    with acting(sara):
        assert deadlines(today=TODAY, kind=Kind.FOLLOW_UP, ahead=TODAY + timedelta(days=14)).total == 1, "as counted"
    assert all(name not in sent.body for name in ("Ida", "stergård", "610180"))


def test_nobody_is_written_to_twice_a_day(municipality: Municipality, sara: Persona) -> None:
    Registers(municipality.id).load()
    wants_mail(sara)
    assert mailing.send_daily_mail(today=TODAY, site=SITE) == 1
    assert mailing.send_daily_mail(today=TODAY, site=SITE) == 0
    assert mailing.send_daily_mail(today=TODAY + timedelta(days=1), site=SITE) == 1


def test_whoever_has_not_asked_for_mail_gets_none(municipality: Municipality, sara: Persona) -> None:
    Registers(municipality.id).load()
    assert mailing.send_daily_mail(today=TODAY, site=SITE) == 0
