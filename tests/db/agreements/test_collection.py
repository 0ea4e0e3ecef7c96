"""The drive that collects contracts: who lacks one, what was asked when, and how much is covered."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from loggedin import logged_in_client, send
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.agreements import collecting, collection_queries
from styr.agreements.collection_queries import CaseFilter
from styr.agreements.core.codes import CollectionState, StepKind
from styr.agreements.coverage import coverage, lacking
from styr.agreements.models import CollectionCase, CollectionStep
from styr.contracts.models import Contract
from styr.grants.models import Grant

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def mads(municipality: Municipality, contract_id: UUID) -> Persona:
    """A contract negotiator of the whole municipality; the contracts of the register are drafts again."""
    Contract.objects.update(status="draft", signed_on=None)
    contract = Contract.objects.get(id=contract_id)
    Grant.objects.filter(contract_id=contract_id).update(starts=date(2026, 1, 1), ends=None, status="granted")
    assert Grant.objects.filter(supplier_id=contract.supplier_id).exists()
    return persona("mads", municipality, Role.NEGOTIATOR)


@pytest.fixture
def client_of_mads(mads: Persona) -> Client:
    """The negotiator at the pages."""
    return logged_in_client(mads)


def opened(mads: Persona) -> CollectionCase:
    act = {"municipality_id": mads.user.municipality_id, "actor_id": mads.user.id, "today": TODAY, "now": NOW}
    assert collecting.open_cases(**act) == len(lacking(today=TODAY)) > 0
    assert collecting.open_cases(**act) == 0
    return CollectionCase.objects.order_by("id")[0]


def test_a_supplier_with_grants_and_no_signed_contract_gets_one_case(mads: Persona) -> None:
    """The case says which grants lack a contract; when it is signed, nothing lacks any more."""
    case = opened(mads)
    card = collection_queries.case_card(case.id, today=TODAY)
    assert card.grants
    assert (card.state, card.owner) == (CollectionState.OPEN, mads.user.name)
    Contract.objects.update(status="signed", signed_on=TODAY)
    assert collection_queries.case_card(case.id, today=TODAY).grants == ()


def test_asked_reminded_received_and_closed_with_every_step_kept(mads: Persona) -> None:
    """The first letter is a request, the next a reminder; a case that is closed says no."""
    case = opened(mads)
    act = {"case_id": case.id, "actor_id": mads.user.id, "now": NOW}
    for due_on in (TODAY, TODAY + timedelta(days=7)):
        collecting.letter_sent(text="Kære leverandør", due_on=due_on, today=TODAY, **act)
    with pytest.raises(collecting.UnableToCollectError, match="overskredet"):
        collecting.letter_sent(text="Kære", due_on=date(2026, 1, 1), today=TODAY, **act)
    late = collection_queries.case_lines(
        CaseFilter(overdue=True), person_id=mads.user.id, today=TODAY + timedelta(days=8)
    )
    assert [(one.id, one.state) for one in late] == [(case.id, CollectionState.REMINDED)]
    collecting.note_received(file_name="aftale.pdf", **act)
    collecting.close_case(text="Kontrakten er registreret", today=TODAY, **act)
    with pytest.raises(collecting.UnableToCollectError, match="afsluttet"):
        collecting.add_note(text="for sent", today=TODAY, **act)
    kinds = list(CollectionStep.objects.filter(case=case).order_by("id").values_list("kind", flat=True))
    assert [StepKind(one).name for one in kinds] == ["OPENED", "ASKED", "REMINDED", "RECEIVED", "CLOSED"]


def test_only_roles_for_the_whole_municipality_collect(
    mads: Persona, municipality: Municipality, other_unit: Unit
) -> None:
    """A case belongs to no unit, so a role in one unit does not reach it."""
    case = opened(mads)
    stranger = persona("fremmed", municipality, Role.NEGOTIATOR, other_unit)
    with pytest.raises(collecting.UnableToCollectError, match="hele kommunen"):
        collecting.add_note(case_id=case.id, text="x", actor_id=stranger.user.id, today=TODAY, now=NOW)


def test_the_pages_from_finding_to_file(
    mads: Persona, client_of_mads: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Find, ask, take the answer in, and see it on the case; each page asks at most 12 times."""
    assert "Ingen sager" in client_of_mads.get("/aftaler/indsamling/").content.decode()
    assert send(client_of_mads, "/aftaler/indsamling/find/").status_code == 302
    case = CollectionCase.objects.order_by("id")[0]
    client_of_mads.get("/aftaler/indsamling/")
    with django_assert_max_num_queries(12):
        assert "Indsamling af kontrakter" in client_of_mads.get("/aftaler/indsamling/").content.decode()
    address = f"/aftaler/indsamling/{case.id}/"
    with django_assert_max_num_queries(12):
        page = client_of_mads.get(address).content.decode()
    assert "Vi mangler en underskrevet kontrakt" in page
    assert client_of_mads.get(address + "brev/").content.startswith(b"PK")
    sent = {"text": "Kære leverandør", "due_on": "2099-01-01"}
    assert send(client_of_mads, address + "sendt/", sent).status_code == 302
    file = {"file": SimpleUploadedFile("svar.txt", "Aftalen gælder fra den 1. marts 2026.".encode())}
    answer = send(client_of_mads, f"/aftaler/ny/?sag={case.id}", {**file, "collection": str(case.id)})
    assert answer.status_code == 302
    page = client_of_mads.get(address).content.decode()
    assert "svar.txt" in page
    assert "Modtaget" in page
    assert send(client_of_mads, address + "notat/", {"text": "Tak", "handling": "afslut"}).status_code == 302
    case.refresh_from_db()
    assert case.state == CollectionState.CLOSED.value


def test_coverage_is_a_share_of_what_was_spent(mads: Persona) -> None:
    """Without invoices there is no share to tell."""
    assert coverage(today=TODAY).share("signed") is None
