"""From a document to the register: nothing before it is confirmed, then a draft, its terms, its prices, its mark."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.agreements import assuring, making, parting, queries, services
from styr.agreements.core.codes import ClauseState, FieldState
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.models import AgreementDocument, ProposedField, QualityMark
from styr.contracts.models import Contract
from styr.contracts.queries import contract_card
from styr.kernel.fingerprint import fingerprint

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CONTRACT = """KONTRAKT

Aftalen er indgået mellem Hvidbjerg Kommune og Bostedet Engen ApS, CVR-nr. {cvr}.
Aftalen angår serviceloven § 107 og gælder fra den 1. marts 2026 til den 28. februar 2027.

Pris
Døgntaksten udgør 2.450,00 kr. pr. døgn.

Opsigelse
Aftalen kan opsiges med tre måneders varsel.
"""


@pytest.fixture
def mads(municipality: Municipality, contract_id: UUID) -> Persona:
    """A contract negotiator of the whole municipality."""
    return persona("mads", municipality, Role.NEGOTIATOR)


@pytest.fixture
def client_of_mads(mads: Persona) -> Client:
    """The negotiator at the pages."""
    return logged_in_client(mads)


def handed_in(mads: Persona, contract_id: UUID | None) -> UUID:
    cvr = Contract.objects.select_related("supplier").get(number="K-2026-0001").supplier.cvr
    return services.take_document(
        municipality_id=mads.user.municipality_id,
        file=services.HandedIn("aftale.txt", CONTRACT.format(cvr=cvr).encode()),
        contract_id=contract_id,
        actor_id=mads.user.id,
        now=NOW,
    )


def confirm_all(document_id: UUID, mads: Persona) -> None:
    for field in ProposedField.objects.filter(document_id=document_id):
        services.decide_field(field_id=field.id, state=FieldState.CONFIRMED, value="", actor_id=mads.user.id, now=NOW)


def test_confirmed_facts_become_a_draft_contract_in_the_browser(
    mads: Persona, client_of_mads: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The form holds what was confirmed and nothing else; the document follows its contract."""
    document_id = handed_in(mads, None)
    address = f"/aftaler/{document_id}/kontrakt/"
    assert "ikke afgjort" in client_of_mads.get(address).content.decode()
    before = making.contract_proposal(document_id)
    assert (before.proposal.prices, before.supplier_id) == ((), None)
    confirm_all(document_id, mads)
    with django_assert_max_num_queries(12):
        page = client_of_mads.get(address).content.decode()
    assert 'value="2.450"' in page or 'value="2.450,00"' in page
    said = making.contract_proposal(document_id)
    assert (said.proposal.notice_days, said.proposal.last_day) == (90, date(2027, 2, 28))
    written = {
        "number": "K-2026-0777", "supplier": str(said.supplier_id), "section": "SEL-107", "starts": "2026-03-01",
        "last_day": "2027-02-28", "notice_days": "90", "free_days": "0", "billable": "100", "linje0-taken": "on",
        "linje0-kind": "base", "linje0-service": "ophold", "linje0-unit": "day", "linje0-price": "2.450,00",
    }  # fmt: skip
    answer = send(client_of_mads, address, written)
    assert answer.status_code == 302, answer.content.decode()
    made = Contract.objects.get(number="K-2026-0777")
    card = contract_card(made.id)
    assert (card.status, card.notice_days, card.lines[0].rates[0].amount) == ("draft", 90, Decimal(2450))
    document = AgreementDocument.objects.get(id=document_id)
    assert document.contract_id == made.id
    assert set(document.fields.values_list("contract_ref", flat=True)) == {made.id}


def test_a_contract_takes_over_what_is_chosen_and_no_more(mads: Persona, contract_id: UUID) -> None:
    """Terms that differ are shown, the chosen one is changed, and a contract changed meanwhile is not."""
    document_id = handed_in(mads, contract_id)
    confirm_all(document_id, mads)
    card = contract_card(contract_id)
    found = making.differences(card, making.contract_proposal(document_id).proposal)
    assert {"notice_days"} <= {one.code for one in found}
    act = {"document_id": document_id, "actor_id": mads.user.id, "now": NOW}
    with pytest.raises(making.UnableToMakeContractError, match="Vælg"):
        making.amend_contract(taken=(), seen=fingerprint(card), **act)
    making.amend_contract(taken={"notice_days"}, seen=fingerprint(card), **act)
    changed = contract_card(contract_id)
    assert (changed.notice_days, changed.ends) == (90, card.ends)
    line = changed.lines[0]
    making.amend_price(
        document_id=document_id, line_id=line.id, valid_from=card.starts, amount=Decimal(2450),
        seen=fingerprint(changed), actor_id=mads.user.id, now=NOW,
    )  # fmt: skip
    assert Decimal(2450) in {rate.amount for rate in contract_card(contract_id).lines[0].rates}


def test_a_contract_is_assured_when_everything_read_has_been_decided(mads: Persona, contract_id: UUID) -> None:
    """Facts that wait and risks without a judgement stand in the way; the mark tells who and when."""
    document_id = handed_in(mads, contract_id)
    act = {"document_id": document_id, "actor_id": mads.user.id, "now": NOW}
    with pytest.raises(assuring.UnableToAssureError, match="ikke er bekræftet"):
        assuring.assure_by_document(**act)
    confirm_all(document_id, mads)
    with pytest.raises(assuring.UnableToAssureError, match="ikke afgjort"):
        assuring.assure_by_document(**act)
    for clause in queries.document_card(document_id).clauses:
        if clause.verdict is not Verdict.OK:
            services.judge_clause(
                clause_id=clause.id, state=ClauseState.ACCEPTED, note="Aftalt", actor_id=mads.user.id, now=NOW
            )
    assuring.assure_by_document(**act)
    assuring.assure_by_document(**act)
    mark = QualityMark.objects.get()
    assert (mark.contract_id, mark.assured_by_id, mark.assured_on) == (contract_id, mads.user.id, NOW.date())


def test_roles_that_do_not_cover_the_unit_change_nothing(
    mads: Persona, contract_id: UUID, municipality: Municipality, other_unit: Unit
) -> None:
    """A negotiator of another unit may hand in nothing here, and nothing that belongs to no unit."""
    document_id = handed_in(mads, contract_id)
    stranger = persona("fremmed", municipality, Role.NEGOTIATOR, other_unit)
    field = ProposedField.objects.filter(document_id=document_id)[0]
    confirm = {"state": FieldState.CONFIRMED, "value": "", "actor_id": stranger.user.id, "now": NOW}
    with pytest.raises(services.UnableToDecideError, match="rolle i enheden"):
        services.decide_field(field_id=field.id, **confirm)
    with pytest.raises(services.UnableToTakeDocumentError, match="egne enheder"):
        handed_in(stranger, None)
    card = contract_card(contract_id)
    with pytest.raises(making.UnableToMakeContractError, match="rolle i enheden"):
        making.amend_contract(
            document_id=document_id, taken={"notice_days"}, seen=fingerprint(card), actor_id=stranger.user.id,
            now=NOW,
        )  # fmt: skip


def test_a_file_of_text_is_not_parted(mads: Persona) -> None:
    """Only a PDF can be parted; what to do instead is told."""
    document_id = handed_in(mads, None)
    with pytest.raises(parting.UnableToPartError, match="Del filen"):
        parting.part_document(document_id=document_id, starts=[1, 2], actor_id=mads.user.id, now=NOW)
