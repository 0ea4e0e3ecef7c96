from datetime import date

from styr.contracts.core.codes import ContractStatus, MilestoneKind
from styr.contracts.core.milestones import Milestone, Terms, milestones

SIGNED = Terms(status=ContractStatus.SIGNED, ends=date(2027, 1, 1), notice_days=30, evaluations=(date(2026, 6, 30),))


def test_notice_given_on_the_notice_date_runs_out_with_the_last_day() -> None:
    assert milestones(SIGNED) == [
        Milestone(date(2026, 6, 30), MilestoneKind.EVALUATION),
        Milestone(date(2026, 12, 1), MilestoneKind.NOTICE),
        Milestone(date(2026, 12, 31), MilestoneKind.EXPIRY),
    ]


def test_an_open_contract_only_has_its_evaluations() -> None:
    open_ended = Terms(status=ContractStatus.SENT, ends=None, notice_days=30, evaluations=(date(2026, 6, 30),))
    assert [found.kind for found in milestones(open_ended)] == [MilestoneKind.EVALUATION]


def test_without_agreed_notice_there_is_no_notice_date() -> None:
    terms = Terms(status=ContractStatus.SIGNED, ends=date(2027, 1, 1), notice_days=None)
    assert [found.kind for found in milestones(terms)] == [MilestoneKind.EXPIRY]


def test_drafts_and_terminated_contracts_call_for_nothing() -> None:
    for status in (ContractStatus.DRAFT, ContractStatus.TERMINATED):
        assert milestones(Terms(status=status, ends=date(2027, 1, 1), notice_days=30)) == []
