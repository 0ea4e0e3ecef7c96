"""People's corrections: each holds to what the person saw, and refuses what the contract does not allow."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, User
from styr.contracts import editing
from styr.contracts.core.codes import LineKind
from styr.contracts.models import Contract, Correction
from styr.contracts.queries import contract_card
from styr.contracts.services import (
    AbsenceTerms,
    NewContractLine,
    UnableToChangeContractError,
    change_contract_rate,
    register_contract,
    sign_contract,
    terminate_contract,
)
from styr.kernel.fingerprint import fingerprint
from styr.kernel.period import Period
from styr.kernel.units import Unit

TERMS = editing.Terms(
    last_day=date(2027, 6, 30), notice_days=60, absence=AbsenceTerms(free_days=3, billable=Decimal("0.25")),
    provider_unit_id=None, calendar_id=None,
)  # fmt: skip
NIGHT = NewContractLine(kind=LineKind.SUPPLEMENT, service="nattevagt", unit=Unit.DAY, price=Decimal(310))


SAID = "Registeret sagde ikke det samme som den underskrevne kontrakt"


@pytest.fixture(autouse=True)
def mads(municipality: Municipality, scope: str) -> Persona:
    """Who puts the register right."""
    return persona("mads", municipality, Role.NEGOTIATOR)


def why(reason: str = SAID) -> editing.PutRight:
    return editing.PutRight(
        reason=reason, actor_id=User.objects.get(username="mads").id, now=datetime(2026, 4, 1, 9, tzinfo=UTC)
    )


def seen(contract_id: UUID) -> str:
    return fingerprint(contract_card(contract_id))


@pytest.fixture
def draft_id(contract_id: UUID) -> UUID:
    """A draft of the same supplier, with one line."""
    signed = contract_card(contract_id)
    line = NewContractLine(kind=LineKind.BASE, service="ophold", unit=Unit.DAY, price=Decimal(1900))
    return register_contract(
        municipality_id=_municipality(contract_id), number="K-2026-0009", supplier_id=signed.supplier_id,
        section="SEL-107", period=Period(date(2026, 8, 1), None), lines=[line],
    )  # fmt: skip


def _municipality(contract_id: UUID) -> UUID:
    return Contract.objects.get(id=contract_id).municipality_id


def test_other_terms_are_kept_with_the_last_day_inclusive(contract_id: UUID) -> None:
    editing.change_terms(contract_id=contract_id, terms=TERMS, seen=seen(contract_id), put_right=why())
    card = contract_card(contract_id)
    assert (card.ends, card.notice_days, card.absence_free_days) == (date(2027, 7, 1), 60, 3)
    assert card.absence_billable == Decimal("0.25")


def test_a_signed_contract_is_put_right_only_with_a_reason_that_stays(contract_id: UUID) -> None:
    """What is agreed anew is a supplement's; the reason is in clear, so no number of a citizen stands in it."""
    change = {"contract_id": contract_id, "terms": TERMS, "seen": seen(contract_id)}
    for put_right, told in ((None, "Skriv et tillæg"), (why(" "), "Skriv et tillæg"), (why("010190-1234"), "CPR")):
        with pytest.raises(UnableToChangeContractError, match=told):
            editing.change_terms(**change, put_right=put_right)
    with pytest.raises(UnableToChangeContractError, match="Skriv et tillæg"):
        editing.add_contract_line(contract_id=contract_id, line=NIGHT, valid_from=None, seen=seen(contract_id))
    editing.change_terms(**change, put_right=why())
    editing.add_contract_line(
        contract_id=contract_id, line=NIGHT, valid_from=None, seen=seen(contract_id), put_right=why()
    )
    assert list(Correction.objects.order_by("id").values_list("subject", "reason")) == [("terms", SAID), ("line", SAID)]


def test_whoever_saw_an_older_state_changes_nothing(contract_id: UUID) -> None:
    old = seen(contract_id)
    editing.change_terms(contract_id=contract_id, terms=TERMS, seen=old, put_right=why())
    after = contract_card(contract_id)
    with pytest.raises(editing.ContractChangedMeanwhileError):
        editing.add_contract_line(contract_id=contract_id, line=NIGHT, valid_from=None, seen=old, put_right=why())
    assert contract_card(contract_id) == after


def test_a_new_price_on_a_line_is_a_change_that_a_colleague_must_see(contract_id: UUID) -> None:
    old = seen(contract_id)
    line = contract_card(contract_id).lines[0]
    change_contract_rate(contract_line_id=line.id, valid_from=date(2026, 9, 1), amount=Decimal(2500))
    with pytest.raises(editing.ContractChangedMeanwhileError):
        editing.require_seen(contract_id, old)


def test_a_draft_is_sent_taken_back_and_sent_again(draft_id: UUID) -> None:
    editing.send_contract(contract_id=draft_id, seen=seen(draft_id))
    with pytest.raises(UnableToChangeContractError, match="Kun en kladde"):
        editing.send_contract(contract_id=draft_id, seen=seen(draft_id))
    editing.take_back_contract(contract_id=draft_id, seen=seen(draft_id))
    assert contract_card(draft_id).status == "draft"
    editing.send_contract(contract_id=draft_id, seen=seen(draft_id))
    sign_contract(contract_id=draft_id, signed_on=date(2026, 7, 20))
    with pytest.raises(UnableToChangeContractError, match="trækkes tilbage"):
        editing.take_back_contract(contract_id=draft_id, seen=seen(draft_id))


def test_a_line_is_added_after_the_last_at_its_price_from_its_day(contract_id: UUID) -> None:
    editing.add_contract_line(
        contract_id=contract_id, line=NIGHT, valid_from=date(2026, 9, 1), seen=seen(contract_id), put_right=why()
    )
    line = contract_card(contract_id).lines[-1]
    assert (line.line_no, line.service) == (3, "nattevagt")
    assert [(rate.valid_from, rate.amount) for rate in line.rates] == [(date(2026, 9, 1), Decimal(310))]


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_price_outside_the_contract_is_refused(contract_id: UUID, day: date) -> None:
    with pytest.raises(UnableToChangeContractError, match="kontraktens periode"):
        editing.add_contract_line(
            contract_id=contract_id, line=NIGHT, valid_from=day, seen=seen(contract_id), put_right=why()
        )


def test_a_special_rate_without_hours_purpose_and_evaluation_is_refused_by_name(contract_id: UUID) -> None:
    loose = NewContractLine(kind=LineKind.SPECIAL, service="saertakst", unit=Unit.DAY, price=Decimal(1950))
    with pytest.raises(UnableToChangeContractError, match=r"timer pr\. uge, timepris, formål, evalueringsdato"):
        editing.add_contract_line(
            contract_id=contract_id, line=loose, valid_from=None, seen=seen(contract_id), put_right=why()
        )
    assert len(contract_card(contract_id).lines) == 2


def test_a_line_leaves_a_draft_but_not_a_signed_contract(contract_id: UUID, draft_id: UUID) -> None:
    draft = contract_card(draft_id).lines[0]
    editing.remove_contract_line(contract_line_id=draft.id, seen=seen(draft_id))
    assert contract_card(draft_id).lines == ()
    signed = contract_card(contract_id).lines[0]
    with pytest.raises(UnableToChangeContractError, match="kladde"):
        editing.remove_contract_line(contract_line_id=signed.id, seen=seen(contract_id))


def test_a_terminated_contract_lies_fast(contract_id: UUID) -> None:
    terminate_contract(contract_id=contract_id, last_day=date(2026, 10, 31))
    with pytest.raises(UnableToChangeContractError, match="ligger fast"):
        editing.change_terms(contract_id=contract_id, terms=TERMS, seen=seen(contract_id), put_right=why())
    with pytest.raises(UnableToChangeContractError, match="opsagt"):
        editing.add_contract_line(contract_id=contract_id, line=NIGHT, valid_from=None, seen=seen(contract_id))
