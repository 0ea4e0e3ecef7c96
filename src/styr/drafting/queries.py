"""What the pages about drafts show: fixed numbers of queries, everything within the caller's scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from styr.access.crypto import unseal
from styr.contracts import queries as contracts
from styr.drafting.core.codes import (
    CLOSED,
    CheckAnswer,
    DraftState,
    Making,
    Party,
    Standing,
    StepKind,
    TemplateState,
)
from styr.drafting.core.signing.verdict import signature_of
from styr.drafting.models import ContractDraft, DraftStep, DraftVersion, QualityAnswer, SignedFile
from styr.drafting.sealed import place_of
from styr.drafting.steps import DraftNotVisibleError

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from styr.contracts.queries import ContractCard


@dataclass(frozen=True, slots=True)
class DraftFilter:
    """Which drafts: words of the contract's number or the supplier's name; open ones, or those in a state."""

    words: str = ""
    state: str = ""
    open_only: bool = False
    owner_id: UUID | None = None
    template_version_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list; the citizen is an id: names come through `people.queries`."""

    id: UUID
    contract_id: UUID
    contract_number: str
    supplier_name: str
    section: str
    citizen_id: UUID | None
    state: DraftState
    latest: int
    red: int
    missing: int
    owner: str
    changed_at: datetime


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
class DraftCard:
    """Everything the page about a draft shows; versions and steps with the newest first."""

    id: UUID
    state: DraftState
    owner: str
    unit_id: UUID | None
    grant_id: UUID | None
    contract: ContractCard
    template_title: str
    template_id: UUID
    template_number: int
    template_retired: bool
    versions: tuple[VersionLine, ...]
    steps: tuple[StepLine, ...]
    answers: dict[str, AnswerLine]
    signed: SignedCard | None

    @property
    def newest(self) -> VersionLine:
        """The version that counts."""
        return self.versions[0]


SORTS = {"kontrakt": "contract__number", "leverandoer": "contract__supplier__name", "aendret": "changed_at",
         "tilstand": "state"}  # fmt: skip
"""The words a list can be sorted by."""


def draft_page(wanted: DraftFilter, *, sort: str, falling: bool, page: int, size: int) -> tuple[list[DraftLine], int]:
    """Return one page of the drafts, and how many there are; three queries."""
    rows = ContractDraft.objects.defer("facts").select_related("contract__supplier", "owner")
    for word in wanted.words.split():
        rows = rows.filter(Q(contract__number__icontains=word) | Q(contract__supplier__name__icontains=word))
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.open_only:
        rows = rows.exclude(state__in=CLOSED)
    if wanted.owner_id is not None:
        rows = rows.filter(owner_id=wanted.owner_id)
    if wanted.template_version_id is not None:
        rows = rows.filter(template_version_id=wanted.template_version_id)
    total = rows.count()
    order = SORTS.get(sort, "changed_at")
    first = (min(page, max(1, -(-total // size))) - 1) * size
    found = list(rows.order_by(f"-{order}" if falling else order, "-id")[first : first + size])
    newest = DraftVersion.objects.filter(draft__in=found, number=F("draft__latest"))
    judged = {row[0]: row[1:] for row in newest.values_list("draft_id", "red", "missing")}
    return [_line(row, judged.get(row.id, (0, 0))) for row in found], total


def draft_card(draft_id: UUID) -> DraftCard:
    """Return a draft with its versions, steps and answers; eight queries.

    Raises:
        DraftNotVisibleError: there is none for the caller.
    """
    rows = ContractDraft.objects.select_related("owner", "template_version__template")
    row = rows.defer("facts", "template_version__content").filter(id=draft_id).first()
    if row is None:
        raise DraftNotVisibleError
    steps = row.steps.select_related("taken_by").annotate(of_version=F("version__number"))
    answers = QualityAnswer.objects.filter(version__draft=row, version__number=row.latest).select_related("answered_by")
    signed = SignedFile.objects.defer("content").select_related("received_by").filter(draft=row).first()
    return DraftCard(
        id=row.id,
        state=DraftState(row.state),
        owner=row.owner.name,
        unit_id=row.unit_id,
        grant_id=row.grant_id,
        contract=contracts.contract_card(row.contract_id),
        template_title=row.template_version.template.title,
        template_id=row.template_version.template_id,
        template_number=row.template_version.number,
        template_retired=row.template_version.state != TemplateState.IN_USE,
        versions=tuple(_version(one) for one in _bare(row.versions.order_by("-number"))),
        steps=tuple(_step(one) for one in steps.order_by("-taken_at", "-id")),
        answers={one.code: _answer(one) for one in answers},
        signed=None if signed is None else _signed(signed),
    )


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


def drafts_of_contract(contract_id: UUID) -> list[tuple[UUID, DraftState]]:
    """The drafts of a contract with their states, the latest first; one query."""
    rows = ContractDraft.objects.filter(contract_id=contract_id).order_by("-made_at")
    return [(row[0], DraftState(row[1])) for row in rows.values_list("id", "state")]


def quality_assured_contracts() -> frozenset[UUID]:
    """The contracts that were signed after the checklist was answered; one query."""
    return frozenset(ContractDraft.objects.filter(state=DraftState.SIGNED).values_list("contract_id", flat=True))


def _line(row: ContractDraft, judged: tuple[int, int]) -> DraftLine:
    contract = row.contract
    return DraftLine(
        row.id, contract.id, contract.number, contract.supplier.name, contract.section, contract.citizen_id,
        DraftState(row.state), row.latest, *judged, row.owner.name, row.changed_at,
    )  # fmt: skip


def _bare(rows: QuerySet[DraftVersion]) -> QuerySet[DraftVersion]:
    """Versions without their files, and whether these are there."""
    return (
        rows.defer("content", "read", "pdf", "redline")
        .select_related("made_by")
        .annotate(has_pdf=Q(pdf__isnull=False), has_redline=Q(redline__isnull=False))
    )


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
