"""What the pages about drafts show: fixed numbers of queries, everything within the caller's scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from styr.access.crypto import unseal
from styr.drafting.core.codes import CLOSED, CheckAnswer, DraftState, Making, Party, Standing, StepKind, TemplateState
from styr.drafting.core.signing.verdict import signature_of
from styr.drafting.models import ContractDraft, DraftStep, DraftVersion, QualityAnswer, SignedFile
from styr.drafting.sealed import place_of
from styr.drafting.steps import DraftNotVisibleError

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a draft, without its text."""

    id: UUID
    number: int
    party: Party
    name: str
    kind: str
    red: int
    missing: int
    making: Making
    message: str
    has_pdf: bool
    has_redline: bool
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in the log."""

    kind: StepKind
    version: int | None
    note: str
    year_ore: int | None
    limit_ore: int | None
    deviations: int | None
    taken_at: datetime
    taken_by: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer of the checklist."""

    answer: CheckAnswer
    note: str
    answered_at: datetime
    answered_by: str


@dataclass(frozen=True, slots=True)
class SignedCard:
    """The signed file: what its signatures say, and its checksum."""

    name: str
    sha256: str
    size: int
    standing: Standing
    sentences: tuple[str, ...]
    differences: int | None
    note: str
    signed_on: date
    received_at: datetime
    received_by: str


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """The contract that a draft is of; `ends` is exclusive, the citizen an id: names come through `people.queries`."""

    id: UUID
    number: str
    supplier_id: UUID
    supplier_name: str
    provider_unit_id: UUID | None
    provider_unit_name: str
    section: str
    starts: date
    ends: date | None
    citizen_id: UUID | None


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """The grant that a draft is for; `ends` is exclusive."""

    id: UUID
    number: str
    section: str
    starts: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """The version of a template that a draft stands on."""

    id: UUID
    code: str
    title: str
    number: int
    retired: bool


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft by itself; `answered` counts the answers of the checklist about its newest version."""

    id: UUID
    state: DraftState
    latest: int
    owner: str
    contract: ContractFacts
    grant: GrantFacts | None
    template: TemplateFacts
    answered: int
    signed: SignedCard | None


def draft_card(draft_id: UUID) -> DraftCard:
    """Return a draft with what it is of, and the signed file if there is one; one query.

    Raises:
        DraftNotVisibleError: there is none for the caller.
    """
    rows = ContractDraft.objects.select_related(
        "owner", "contract__supplier", "contract__provider_unit", "grant", "template_version__template",
        "signed__received_by",
    ).defer("facts", "template_version__content", "signed__content")  # fmt: skip
    newest = Q(versions__number=F("latest"))
    row = rows.annotate(answered=Count("versions__answers", filter=newest)).filter(id=draft_id).first()
    if row is None:
        raise DraftNotVisibleError
    contract, template, place = row.contract, row.template_version, row.contract.provider_unit
    answered: int = row.__dict__["answered"]
    return DraftCard(
        id=row.id,
        state=DraftState(row.state),
        latest=row.latest,
        owner=row.owner.name,
        contract=ContractFacts(
            contract.id, contract.number, contract.supplier_id, contract.supplier.name, contract.provider_unit_id,
            "" if place is None else place.name, contract.section, contract.starts, contract.ends,
            contract.citizen_id,
        ),
        grant=None if row.grant is None else _grant(row),
        template=TemplateFacts(
            template.template_id, template.template.code, template.template.title, template.number,
            template.state != TemplateState.IN_USE,
        ),
        answered=answered,
        signed=_signed(row.signed) if hasattr(row, "signed") else None,
    )  # fmt: skip


def versions_of(draft_id: UUID) -> tuple[VersionLine, ...]:
    """The draft's versions, the newest first; one query."""
    rows = DraftVersion.objects.filter(draft_id=draft_id).order_by("-number").select_related("made_by")
    there = {"has_pdf": Q(pdf__isnull=False), "has_redline": Q(redline__isnull=False)}
    return tuple(_version(row) for row in rows.defer("content", "read", "pdf", "redline").annotate(**there))


def steps_of(draft_id: UUID) -> tuple[StepLine, ...]:
    """What was done with the draft, the latest first; one query."""
    rows = DraftStep.objects.filter(draft_id=draft_id).select_related("taken_by")
    return tuple(_step(row) for row in rows.annotate(of_version=F("version__number")).order_by("-taken_at", "-id"))


def answers_of(draft_id: UUID) -> dict[str, AnswerLine]:
    """The answers of the checklist about the newest version, by item; one query."""
    rows = QualityAnswer.objects.filter(version__draft_id=draft_id, version__number=F("version__draft__latest"))
    return {row.code: _answer(row) for row in rows.select_related("answered_by")}


def version_of(draft_id: UUID, number: int) -> DraftVersion:
    """Return a version of a draft with its text and without its files; one query.

    Raises:
        DraftNotVisibleError: there is none for the caller.
    """
    found = DraftVersion.objects.defer("content", "pdf", "redline").filter(draft_id=draft_id, number=number).first()
    if found is None:
        raise DraftNotVisibleError
    return found


def version_file(draft_id: UUID, number: int, what: str) -> tuple[str, str, bytes]:
    """The name, the kind and the bytes of a version's file: `what` is "content", "pdf" or "redline"; one query.

    Raises:
        DraftNotVisibleError: there is none for the caller, or it is not made.
    """
    found = DraftVersion.objects.defer("read").filter(draft_id=draft_id, number=number).first()
    stored = None if found is None else getattr(found, what)
    if found is None or stored is None:
        raise DraftNotVisibleError
    return found.name, found.kind, unseal(stored, place=place_of("draftversion", what, found.id))


def facts_of(draft_id: UUID) -> bytes:
    """What was written of a draft, still sealed (`facts.written_of` opens it); one query.

    Raises:
        DraftNotVisibleError: there is none for the caller.
    """
    found = ContractDraft.objects.filter(id=draft_id).values_list("facts", flat=True).first()
    if found is None:
        raise DraftNotVisibleError
    return bytes(found)


def draft_under_way(contract_id: UUID) -> UUID | None:
    """The contract's draft that is neither signed nor given up; one query."""
    rows = ContractDraft.objects.filter(contract_id=contract_id).exclude(state__in=CLOSED)
    return rows.values_list("id", flat=True).first()


def _grant(row: ContractDraft) -> GrantFacts:
    grant = row.grant
    assert grant is not None  # noqa: S101 - asked before
    return GrantFacts(grant.id, grant.number, grant.section, grant.starts, grant.ends)


def _version(row: DraftVersion) -> VersionLine:
    there: dict[str, bool] = row.__dict__
    return VersionLine(
        row.id, row.number, Party(row.party), row.name, row.kind, row.red, row.missing, Making(row.making), row.message,
        there["has_pdf"], there["has_redline"], row.made_at, row.made_by.name,
    )  # fmt: skip


def _step(row: DraftStep) -> StepLine:
    version: int | None = row.__dict__["of_version"]
    return StepLine(
        StepKind(row.kind), version, row.note, row.year_ore, row.limit_ore, row.deviations, row.taken_at,
        row.taken_by.name,
    )  # fmt: skip


def _answer(row: QualityAnswer) -> AnswerLine:
    return AnswerLine(CheckAnswer(row.answer), row.note, row.answered_at, row.answered_by.name)


def _signed(row: SignedFile) -> SignedCard:
    return SignedCard(
        row.name, row.sha256, row.size, Standing(row.standing),
        tuple(signature_of(one).sentence() for one in row.signatures), row.differences, row.note, row.signed_on,
        row.received_at, row.received_by.name,
    )  # fmt: skip
